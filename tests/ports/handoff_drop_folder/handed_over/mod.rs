//! Reads delivered files back, with tables of its own.

mod certificates;
pub mod twin;

use encoding_rs::SHIFT_JIS;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use uketsuke::domain::consent::{Consent, ConsentAnswer, PrescriptionForm, Scope};
use uketsuke::domain::qualification::{AskedBy, Qualification};
use uketsuke::domain::secret::Personal;

/// The consents in the order of the file, with what their elements start with.
const CONSENTS: [(Scope, &str); 4] = [
    (Scope::SpecificHealthCheckup, "SpecificHealthCheckupsInfo"),
    (Scope::Pharmaceutical, "PharmacistsInfo"),
    (Scope::Diagnosis, "DiagnosisInfo"),
    (Scope::Operation, "OperationInfo"),
];

/// Longest file that is read, in bytes.
const LONGEST: usize = 4 << 20;

/// Deepest nesting that is read; the document has six levels.
const DEEPEST: usize = 16;

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Longer than 4 MiB.
    #[error("the file is too long")]
    TooLong,
    /// Not in the character code it declares.
    #[error("the file is not in the character code it declares")]
    Encoding,
    /// Not well-formed, or with a document type.
    #[error("no usable XML: {0}")]
    Xml(String),
    /// No JSON twin.
    #[error("no usable JSON twin")]
    Json,
    /// An element is missing or its value has another form.
    #[error("element {0} is missing or wrong")]
    Element(&'static str),
}

/// What a file holds. Kana are full width again; what was never written (notices, questions without an answer)
/// is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// 医療機関等コード.
    pub facility_code: String,
    /// The gateway's name of the check.
    pub check_id: String,
    /// When it was processed, to the second.
    pub processed_at: Timestamp,
    /// 資格確認日.
    pub check_date: Date,
    /// 照会区分.
    pub asked_by: AskedBy,
    /// 資格有効性.
    pub raw_validity: String,
    /// The upstream's code of a side note.
    pub side_note: Option<String>,
    /// 照会番号.
    pub reference_number: Option<Personal<String>>,
    /// The insurances.
    pub qualifications: Vec<Qualification>,
    /// Given and refused ones, in the order of the file.
    pub consents: Vec<Consent>,
    /// Given or refused for the 限度額; else not asked.
    pub limit: ConsentAnswer,
    /// 処方箋発行形態.
    pub prescription: Option<PrescriptionForm>,
    /// When they were given, to the second.
    pub consented_at: Option<Timestamp>,
}

#[derive(Default)]
struct Element {
    name: String,
    text: String,
    inner: Vec<Element>,
}

impl Element {
    fn child(&self, name: &'static str) -> Result<&Element, ReadError> {
        self.inner.iter().find(|e| e.name == name).ok_or(ReadError::Element(name))
    }

    fn text(&self, name: &str) -> Option<String> {
        self.inner.iter().find(|e| e.name == name).map(|e| e.text.clone())
    }

    fn must(&self, name: &'static str) -> Result<String, ReadError> {
        self.text(name).ok_or(ReadError::Element(name))
    }

    fn personal(&self, name: &str) -> Option<Personal<String>> {
        self.text(name).map(Personal)
    }

    fn date(&self, name: &'static str) -> Result<Option<Date>, ReadError> {
        match self.text(name).filter(|text| !text.is_empty()) {
            None => Ok(None),
            Some(text) => parse_date(&text).map(Some).ok_or(ReadError::Element(name)),
        }
    }
}

/// Reads one file.
///
/// # Errors
/// The first thing that is not as the official form has it.
pub fn read(bytes: &[u8]) -> Result<HandedOver, ReadError> {
    let root = tree(&decode(bytes)?)?;
    if root.name != "XmlMsg" {
        return Err(ReadError::Element("XmlMsg"));
    }
    let (header, body) = (root.child("MessageHeader")?, root.child("MessageBody")?);
    let results = &body.child("ResultList")?.inner;
    let first = results.first().ok_or(ReadError::Element("ResultOfQualificationConfirmation"))?;
    let time = |name| parse_timestamp(&header.must(name)?).ok_or(ReadError::Element(name));
    let (consents, limit, consented_at) = consents(first)?;
    Ok(HandedOver {
        facility_code: header.must("MedicalInstitutionCode")?,
        check_id: header.must("ArbitraryFileIdentifier")?,
        processed_at: time("ProcessExecutionTime")?,
        check_date: header
            .date("QualificationConfirmationDate")?
            .ok_or(ReadError::Element("QualificationConfirmationDate"))?,
        asked_by: asked_by(header)?,
        raw_validity: body.must("QualificationValidity")?,
        side_note: body.text("ProcessingResultCode"),
        reference_number: first.personal("ReferenceNumber"),
        qualifications: results.iter().map(qualification).collect::<Result<_, _>>()?,
        consents,
        limit,
        prescription: prescription(body)?,
        consented_at,
    })
}

fn asked_by(header: &Element) -> Result<AskedBy, ReadError> {
    match header.text("ReferenceClassification").as_deref() {
        Some("1") => Ok(AskedBy::Card),
        Some("2") => Ok(AskedBy::InsuredNumber),
        None => Ok(AskedBy::Demographics),
        Some(_) => Err(ReadError::Element("ReferenceClassification")),
    }
}

fn prescription(body: &Element) -> Result<Option<PrescriptionForm>, ReadError> {
    match body.text("PrescriptionIssueSelect").as_deref() {
        None => Ok(None),
        Some("1") => Ok(Some(PrescriptionForm::Electronic)),
        Some("2") => Ok(Some(PrescriptionForm::Paper)),
        Some(_) => Err(ReadError::Element("PrescriptionIssueSelect")),
    }
}

/// The declaration is ASCII in either code.
fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if bytes.len() > LONGEST {
        return Err(ReadError::TooLong);
    }
    let head: String = bytes.iter().take(100).map(|b| char::from(*b).to_ascii_lowercase()).collect();
    let declaration = head.split("?>").next().unwrap_or_default();
    if declaration.contains("shift_jis") || declaration.contains("windows-31j") {
        let text = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes);
        text.map(Into::into).ok_or(ReadError::Encoding)
    } else {
        String::from_utf8(bytes.to_vec()).map_err(|_| ReadError::Encoding)
    }
}

fn tree(text: &str) -> Result<Element, ReadError> {
    let wrong = |why: &dyn std::fmt::Display| ReadError::Xml(why.to_string());
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| wrong(&error))?;
        let depth = open.len();
        let parent = open.last_mut().ok_or_else(|| wrong(&"an element ends twice"))?;
        match event {
            Event::Start(start) if depth < DEEPEST => {
                open.push(Element { name: start.name().as_ref().to_owned(), ..Element::default() });
            }
            Event::Start(_) => return Err(wrong(&"nested too deep")),
            Event::Empty(start) => {
                parent.inner.push(Element { name: start.name().as_ref().to_owned(), ..Element::default() });
            }
            Event::Text(text) => parent.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().map_err(|error| wrong(&error))? {
                Some(c) => parent.text.push(c),
                None => parent
                    .text
                    .push_str(resolve_predefined_entity(&reference).ok_or_else(|| wrong(&"an unknown entity"))?),
            },
            Event::CData(data) => parent.text.push_str(&data.xml10_content()),
            Event::End(_) => {
                let ended = open.pop();
                let parent = open.last_mut().ok_or_else(|| wrong(&"an element ends twice"))?;
                parent.inner.extend(ended);
            }
            Event::DocType(_) => return Err(wrong(&"a document type is not accepted")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof if depth == 1 => break,
            Event::Eof => return Err(wrong(&"the file ends too early")),
        }
    }
    open.pop().and_then(|mut top| top.inner.pop()).ok_or_else(|| wrong(&"there is no element"))
}

fn qualification(result: &Element) -> Result<Qualification, ReadError> {
    Ok(Qualification {
        card_classification: result.must("InsuredCardClassification")?,
        insurer_number: Personal(result.text("InsurerNumber").unwrap_or_default()),
        insurer_name: Personal(result.must("InsurerName")?),
        insured_symbol: result.personal("InsuredCardSymbol"),
        insured_number: result.personal("InsuredIdentificationNumber"),
        branch_number: result.personal("InsuredBranchNumber"),
        relationship: result.text("PersonalFamilyClassification"),
        insured_name: result.personal("InsuredName"),
        name: Personal(result.must("Name")?),
        name_other: result.personal("NameOfOther"),
        name_kana: result.text("NameKana").map(|half| Personal(full_width(&half))),
        name_other_kana: result.text("NameOfOtherKana").map(|half| Personal(full_width(&half))),
        sex: result.must("Sex1")?,
        sex_on_back: result.text("Sex2"),
        birth_date: Personal(result.date("Birthdate")?),
        address: result.personal("Address"),
        postal_code: result.personal("PostNumber"),
        qualified_on: result.date("QualificationDate")?,
        disqualified_on: result.date("DisqualificationDate")?,
        certificate_issued_on: result.date("InsuredCertificateIssuanceDate")?,
        valid_from: result.date("InsuredCardValidDate")?,
        valid_to: result.date("InsuredCardExpirationDate")?,
        ratio_percent: certificates::ratio(result, "InsuredPartialContributionRatio")?,
        preschool: preschool(result)?,
        loss_reason: result.text("ReasonOfLoss"),
        elderly: certificates::elderly(result)?,
        limit: certificates::limit(result)?,
        specific_diseases: certificates::diseases(result)?,
        public_expenses: Vec::new(),
        medical_ticket: certificates::ticket(result)?,
    })
}

fn preschool(result: &Element) -> Result<Option<bool>, ReadError> {
    match result.text("PreschoolClassification").as_deref() {
        None => Ok(None),
        Some("1") => Ok(Some(true)),
        Some("2") => Ok(Some(false)),
        Some(_) => Err(ReadError::Element("PreschoolClassification")),
    }
}

fn flag(result: &Element, name: &str) -> Result<Option<ConsentAnswer>, ReadError> {
    match result.text(name).as_deref() {
        None => Ok(None),
        Some("1") => Ok(Some(ConsentAnswer::Given)),
        Some("0") => Ok(Some(ConsentAnswer::Refused)),
        Some(_) => Err(ReadError::Element("ConsFlg")),
    }
}

fn consents(result: &Element) -> Result<(Vec<Consent>, ConsentAnswer, Option<Timestamp>), ReadError> {
    let (mut consents, mut at) = (Vec::new(), None);
    let mut look = |prefix: &str| {
        if let Some(time) = result.text(&format!("{prefix}ConsTime")) {
            at = Some(parse_timestamp(&time).ok_or(ReadError::Element("ConsTime"))?);
        }
        flag(result, &format!("{prefix}ConsFlg"))
    };
    let limit = look("LimitApplicationCertificateRelated")?.unwrap_or(ConsentAnswer::NotAsked);
    for (scope, prefix) in CONSENTS {
        consents.extend(look(prefix)?.map(|answer| Consent { scope, answer }));
    }
    Ok((consents, limit, at))
}

fn number(digits: Option<&str>) -> Option<i16> {
    digits.filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

/// A date written as `YYYYMMDD`.
fn parse_date(text: &str) -> Option<Date> {
    if text.len() != 8 {
        return None;
    }
    let (month, day) = (number(text.get(4..6))?, number(text.get(6..8))?);
    Date::new(number(text.get(..4))?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A moment written as `YYYYMMDDhhmmss` in Japan.
fn parse_timestamp(text: &str) -> Option<Timestamp> {
    if text.len() != 14 {
        return None;
    }
    let part = |from: usize| i8::try_from(number(text.get(from..from + 2))?).ok();
    let time = Time::new(part(8)?, part(10)?, part(12)?, 0).ok()?;
    Offset::constant(9).to_timestamp(parse_date(text.get(..8)?)?.to_datetime(time)).ok()
}

/// Full width, each mark joined with the character before it.
fn full_width(half: &str) -> String {
    const FULL: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
    let shifted = |c: char, by: u32| char::from_u32(u32::from(c) + by).unwrap_or(c);
    let mut out = String::with_capacity(half.len());
    for c in half.chars() {
        let marked = match (out.chars().last(), c) {
            (Some('ウ'), '\u{ff9e}') => Some('ヴ'),
            (Some('ワ'), '\u{ff9e}') => Some('ヷ'),
            (Some('ヲ'), '\u{ff9e}') => Some('ヺ'),
            (Some(base), '\u{ff9e}') if "カキクケコサシスセソタチツテトハヒフヘホ".contains(base) => {
                Some(shifted(base, 1))
            }
            (Some(base), '\u{ff9f}') if "ハヒフヘホ".contains(base) => Some(shifted(base, 2)),
            _ => None,
        };
        if marked.is_some() {
            out.pop();
        }
        out.push(marked.unwrap_or(match c {
            ' ' => '\u{3000}',
            '!'..='~' => shifted(c, 0xfee0),
            '\u{ff61}'..='\u{ff9d}' => FULL.chars().nth(u32::from(c) as usize - 0xff61).unwrap_or(c),
            '\u{ff9e}' => '゛',
            '\u{ff9f}' => '゜',
            c => c,
        }));
    }
    out
}
