//! Whose chart: the clinic's own list, read into memory alone, and who of it a patient may be. Nobody is joined by itself.

use std::path::PathBuf;
use std::time::SystemTime;

use encoding_rs::SHIFT_JIS;
use jiff::civil::Date;
use parking_lot::Mutex;
use serde::Deserialize;

use super::contract::CheckedPatient;

/// Largest list that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// Where the list is and how its columns are called.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartSettings {
    /// A CSV file with a line of names, UTF-8 or CP932.
    pub file: PathBuf,
    /// Name of the column of chart numbers.
    pub number: String,
    /// Name of the column of kana.
    pub kana: String,
    /// Name of the column of birth dates: `1948-03-01`, `1948/3/1` or `19480301`.
    pub birth: String,
}

/// One line of the list. Personal.
#[derive(Clone, PartialEq, Eq)]
pub struct Chart {
    pub number: String,
    kana: String,
    birth: Date,
}

/// What the list says of a patient.
#[derive(Clone, PartialEq, Eq)]
pub enum Whose {
    /// There is no list, or it cannot be read.
    NoList,
    /// The chart with the very number of the insurer's answer.
    Exact,
    /// The answer has a number that the list has not.
    NotInList,
    /// Same kana and birth date: numbers that somebody may choose from; empty for nobody.
    Candidates(Vec<String>),
}

/// Why a list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The file.
    #[error("the list of charts: {0}")]
    Read(#[from] std::io::Error),
    /// It is larger than any list.
    #[error("the list of charts is larger than 64 MiB")]
    TooLarge,
    /// A column that the settings name.
    #[error("the list of charts has no column {0:?}")]
    Column(String),
    /// It is no CSV.
    #[error("the list of charts is no CSV in line {0}")]
    Form(u64),
}

/// The list, read again whenever its file changes.
pub struct Charts {
    settings: Option<ChartSettings>,
    read: Mutex<Read>,
}

#[derive(Default)]
struct Read {
    of: Option<(SystemTime, u64)>,
    charts: Option<Vec<Chart>>,
}

impl Charts {
    /// The list of those settings, if there is one.
    pub fn new(settings: Option<ChartSettings>) -> Self {
        Self { settings, read: Mutex::default() }
    }

    /// Whose chart a patient's is.
    pub fn whose(&self, patient: &CheckedPatient) -> Whose {
        let Some(settings) = &self.settings else { return Whose::NoList };
        let mut read = self.read.lock();
        read.refresh(settings);
        let Some(charts) = &read.charts else { return Whose::NoList };
        if let Some(number) = &patient.chart_number {
            let known = charts.iter().any(|chart| chart.number == *number);
            return if known { Whose::Exact } else { Whose::NotInList };
        }
        let (Some(kana), Some(birth)) = (&patient.kana, patient.birth_date) else {
            return Whose::Candidates(Vec::new());
        };
        let kana = folded(kana);
        let same = charts.iter().filter(|chart| chart.birth == birth.0 && chart.kana == kana);
        Whose::Candidates(same.map(|chart| chart.number.clone()).collect())
    }
}

impl Read {
    fn refresh(&mut self, settings: &ChartSettings) {
        let now = std::fs::metadata(&settings.file).and_then(|found| Ok((found.modified()?, found.len())));
        let now = now.ok();
        if now.is_some() && now == self.of {
            return;
        }
        self.of = now;
        self.charts = match load(settings) {
            Ok(charts) => {
                tracing::info!(charts = charts.len(), "the list of charts is read");
                Some(charts)
            }
            Err(error) => {
                tracing::warn!(%error, "no list of charts is used");
                None
            }
        };
    }
}

/// Reads a list; lines without number, kana or a date are left out.
///
/// # Errors
/// When the file or a column is not there, or it is no CSV.
pub fn load(settings: &ChartSettings) -> Result<Vec<Chart>, ChartError> {
    if std::fs::metadata(&settings.file)?.len() > LARGEST {
        return Err(ChartError::TooLarge);
    }
    let bytes = std::fs::read(&settings.file)?;
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').into(),
        Err(_) => SHIFT_JIS.decode(&bytes).0,
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let form = |error: csv::Error| ChartError::Form(error.position().map_or(0, csv::Position::line));
    let names = reader.headers().map_err(form)?.clone();
    let column = |name: &String| {
        names.iter().position(|found| found.trim() == name).ok_or_else(|| ChartError::Column(name.clone()))
    };
    let (number, kana, birth) = (column(&settings.number)?, column(&settings.kana)?, column(&settings.birth)?);
    let mut charts = Vec::new();
    for line in reader.records() {
        let line = line.map_err(form)?;
        let cell = |at: usize| line.get(at).map(str::trim).filter(|text| !text.is_empty());
        if let (Some(number), Some(kana), Some(birth)) = (cell(number), cell(kana), cell(birth).and_then(day)) {
            charts.push(Chart { number: number.to_owned(), kana: folded(kana), birth });
        }
    }
    Ok(charts)
}

/// A date as lists have it.
fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    match parts[..] {
        [year, month, day] => Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok(),
        [whole] if whole.len() == 8 && whole.is_ascii() => {
            let (year, rest) = whole.split_at_checked(4)?;
            let (month, day) = rest.split_at_checked(2)?;
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        }
        _ => None,
    }
}

/// A text as it is compared: half width and full width, hiragana and katakana, cases and spaces are one.
pub fn folded(text: &str) -> String {
    let wide = icu_normalizer::ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    let katakana = |c: char| match c {
        '\u{3041}'..='\u{3096}' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        other => other,
    };
    wide.chars().filter(|c| !c.is_whitespace()).map(katakana).flat_map(char::to_lowercase).collect()
}

/// Whether the gateway takes a chart number as 照会番号: 1 to 20 ASCII letters, digits or hyphens.
pub fn is_reference(number: &str) -> bool {
    (1..=20).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::qualification::contract::WireDate;

    const LIST: &str = "患者番号,カナ,生年月日,住所\r\n10482,ﾐﾎﾝ ﾊﾅｺ,1948/3/1,x\r\n10483,ミホン　ハナコ,19480301,y\r\n\
                        7,みほん けん,1980-12-31,z\r\n,ナシ,1980-01-01,\r\n8,ナシ,いつか,\r\n";

    fn list(bytes: &[u8]) -> (tempfile::TempDir, Charts) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("charts.csv");
        std::fs::write(&file, bytes).expect("written");
        let settings =
            ChartSettings { file, number: "患者番号".into(), kana: "カナ".into(), birth: "生年月日".into() };
        (folder, Charts::new(Some(settings)))
    }

    fn patient(kana: &str, birth: &str, number: Option<&str>) -> CheckedPatient {
        CheckedPatient {
            check_id: "c".into(),
            name: "n".into(),
            kana: Some(kana.into()),
            lost_signs: Vec::new(),
            sex: "female".into(),
            birth_date: Some(WireDate(birth.parse().expect("a day"))),
            validity: "valid".into(),
            valid_from: None,
            valid_until: None,
            copayment_percent: None,
            certificate_until: None,
            grace_until: None,
            registered_now: false,
            chart_number: number.map(str::to_owned),
        }
    }

    #[test]
    fn same_kana_and_birth_date_are_candidates_in_both_codes() {
        let (sjis, _, _) = SHIFT_JIS.encode(LIST);
        let marked = format!("\u{feff}{LIST}");
        for bytes in [LIST.as_bytes(), marked.as_bytes(), &sjis] {
            let (_folder, charts) = list(bytes);
            let of = |kana: &str, birth: &str, number| charts.whose(&patient(kana, birth, number));
            assert!(
                of("ミホン　ハナコ", "1948-03-01", None) == Whose::Candidates(vec!["10482".into(), "10483".into()])
            );
            assert!(of("ミホン ケン", "1980-12-31", None) == Whose::Candidates(vec!["7".into()]));
            assert!(of("ミホン ケン", "1980-12-30", None) == Whose::Candidates(Vec::new()));
            assert!(of("ミホン ケン", "1948-03-01", Some("7")) == Whose::Exact, "the number is enough");
            assert!(of("ミホン ケン", "1980-12-31", Some("9")) == Whose::NotInList);
        }
    }

    #[test]
    fn a_list_is_read_again_when_it_changes_and_left_out_when_it_is_gone() {
        let (folder, charts) = list(LIST.as_bytes());
        let ken = patient("ミホン ケン", "1980-12-31", None);
        assert!(charts.whose(&ken) == Whose::Candidates(vec!["7".into()]));
        let file = folder.path().join("charts.csv");
        std::fs::write(&file, "患者番号,カナ,生年月日\n12345,ミホン ケン,1980-12-31\n").expect("written");
        assert!(charts.whose(&ken) == Whose::Candidates(vec!["12345".into()]));
        std::fs::write(&file, "番号,カナ\n1,ミホン ケン\n").expect("written");
        assert!(charts.whose(&ken) == Whose::NoList);
        std::fs::remove_file(&file).expect("removed");
        assert!(charts.whose(&ken) == Whose::NoList);
    }

    #[test]
    fn a_number_of_the_contract_is_told_from_others() {
        assert!(is_reference("K-10482") && !is_reference("") && !is_reference("患1") && !is_reference(&"1".repeat(21)));
    }
}
