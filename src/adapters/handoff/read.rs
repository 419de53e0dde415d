//! Reads a delivered file back, for tests and for whoever wants to see what was handed over.

use jiff::Timestamp;
use jiff::civil::Date;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use crate::domain::consent::{Consent, ConsentAnswer};
use crate::domain::qualification::Qualification;
use crate::domain::secret::Personal;

use super::names::{CONSENT_ORDER, consent_prefix, parse_date, parse_timestamp};
use super::{cp932, kana};

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
    let (consents, consented_at) = consents(first)?;
    Ok(HandedOver {
        facility_code: header.must("MedicalInstitutionCode")?,
        check_id: header.must("ArbitraryFileIdentifier")?,
        processed_at: time("ProcessExecutionTime")?,
        check_date: header
            .date("QualificationConfirmationDate")?
            .ok_or(ReadError::Element("QualificationConfirmationDate"))?,
        raw_validity: body.must("QualificationValidity")?,
        side_note: body.text("ProcessingResultCode"),
        reference_number: first.personal("ReferenceNumber"),
        qualifications: results.iter().map(qualification).collect::<Result<_, _>>()?,
        consents,
        consented_at,
    })
}

/// The declaration is ASCII in either code.
fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if bytes.len() > LONGEST {
        return Err(ReadError::TooLong);
    }
    let head: String = bytes.iter().take(100).map(|b| char::from(*b).to_ascii_lowercase()).collect();
    let declaration = head.split("?>").next().unwrap_or_default();
    if declaration.contains("shift_jis") {
        cp932::decode(bytes).ok_or(ReadError::Encoding)
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
    let limit = result.child("LimitApplicationCertificateRelatedInfo").ok();
    Ok(Qualification {
        card_classification: result.must("InsuredCardClassification")?,
        insurer_number: Personal(result.text("InsurerNumber").unwrap_or_default()),
        insurer_name: Personal(result.must("InsurerName")?),
        insured_symbol: result.personal("InsuredCardSymbol"),
        insured_number: result.personal("InsuredIdentificationNumber"),
        branch_number: result.personal("InsuredBranchNumber"),
        relationship: result.text("PersonalFamilyClassification"),
        name: Personal(result.must("Name")?),
        name_kana: result.text("NameKana").map(|half| Personal(kana::to_full(&half))),
        sex: result.must("Sex1")?,
        birth_date: Personal(result.date("Birthdate")?),
        address: result.personal("Address"),
        postal_code: result.personal("PostNumber"),
        qualified_on: result.date("QualificationDate")?,
        disqualified_on: result.date("DisqualificationDate")?,
        valid_from: result.date("InsuredCardValidDate")?,
        valid_to: result.date("InsuredCardExpirationDate")?,
        ratio_percent: ratio(result)?,
        limit_category: limit.and_then(|limit| limit.text("LimitApplicationCertificateClassificationFlag")),
    })
}

fn ratio(result: &Element) -> Result<Option<u8>, ReadError> {
    let own = result.text("InsuredPartialContributionRatio");
    let elderly = result.child("ElderlyRecipientCertificateInfo").ok();
    let digits = own.or_else(|| elderly.and_then(|info| info.text("ElderlyRecipientContributionRatio")));
    digits.map(|d| d.parse().map_err(|_| ReadError::Element("InsuredPartialContributionRatio"))).transpose()
}

fn consents(result: &Element) -> Result<(Vec<Consent>, Option<Timestamp>), ReadError> {
    let (mut consents, mut at) = (Vec::new(), None);
    for scope in CONSENT_ORDER {
        let prefix = consent_prefix(scope);
        let answer = match result.text(&format!("{prefix}ConsFlg")).as_deref() {
            None => continue,
            Some("1") => ConsentAnswer::Given,
            Some("0") => ConsentAnswer::Refused,
            Some(_) => return Err(ReadError::Element("ConsFlg")),
        };
        consents.push(Consent { scope, answer });
        if let Some(time) = result.text(&format!("{prefix}ConsTime")) {
            at = Some(parse_timestamp(&time).ok_or(ReadError::Element("ConsTime"))?);
        }
    }
    Ok((consents, at))
}
