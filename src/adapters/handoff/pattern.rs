//! How the files are called.

use jiff::civil::DateTime;

use super::config::DropConfigError;
use super::names::{compact_date, compact_time};

/// A file name with fields in braces, which ends as its form does. `{terminal}`, `{facility}` and `{check}` (the gateway's name
/// of the check) say whose it is; `{time}` (`YYYYMMDDhhmmss`) and `{date}` (`YYYYMMDD`) when the check was processed, in
/// Japan; `{seq}` counts from 1 until a name is free. Without `{seq}` a taken name is avoided by a number behind
/// `{terminal}`, or at the end; the time never moves, because readers refuse a file of tomorrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(Field),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Terminal,
    Facility,
    Check,
    Time,
    Date,
    Seq,
}

const FIELDS: [(&str, Field); 6] = [
    ("terminal", Field::Terminal),
    ("facility", Field::Facility),
    ("check", Field::Check),
    ("time", Field::Time),
    ("date", Field::Date),
    ("seq", Field::Seq),
];

/// Refused by Windows in file names, and `/` everywhere.
const ILLEGAL: &str = "<>:\"/\\|?*{}";

/// Names of devices, which Windows keeps for itself whatever follows the first dot.
const DEVICES: [&str; 22] = [
    "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2",
    "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
];

/// Longest text beside the fields, in characters: with every field filled in, a name stays below 255.
const LONGEST: usize = 80;

/// Longest part of a check's name that goes into a file name.
const LONGEST_CHECK: usize = 64;

/// What a name is made of.
pub struct Naming<'a> {
    /// The kiosk.
    pub terminal: &'a str,
    /// 医療機関等コード.
    pub facility: &'a str,
    /// The gateway's name of the check.
    pub check: &'a str,
    /// When it was processed, in Japan.
    pub shown: DateTime,
}

impl FilePattern {
    /// A pattern of names that end in `.` and `ending`.
    ///
    /// # Errors
    /// [`DropConfigError::Pattern`] with what is missing, unknown, or refused by some system.
    pub fn new(pattern: &str, ending: &str) -> Result<Self, DropConfigError> {
        let wrong = |why: String| DropConfigError::Pattern(pattern.to_owned(), why);
        let stem = pattern.strip_suffix(ending).and_then(|rest| rest.strip_suffix('.'));
        let stem = stem.ok_or_else(|| wrong(format!("it must end in .{ending}")))?;
        let pieces = split(stem).map_err(wrong)?;
        check(&pieces).map_err(wrong)?;
        Ok(Self(pieces))
    }

    fn has(&self, field: Field) -> bool {
        self.0.contains(&Piece::Field(field))
    }

    /// The file name without its ending, for the `number`th try (from 1).
    pub(super) fn stem(&self, naming: &Naming<'_>, number: u32) -> String {
        let mut stem: String = self.0.iter().map(|piece| self.filled(piece, naming, number)).collect();
        if number > 1 && !self.has(Field::Seq) && !self.has(Field::Terminal) {
            stem.push_str(&format!("_{number}"));
        }
        stem
    }

    fn filled(&self, piece: &Piece, naming: &Naming<'_>, number: u32) -> String {
        match piece {
            Piece::Text(text) => text.clone(),
            Piece::Field(Field::Terminal) if number > 1 && !self.has(Field::Seq) => {
                format!("{}-{number}", naming.terminal)
            }
            Piece::Field(Field::Terminal) => naming.terminal.to_owned(),
            Piece::Field(Field::Facility) => naming.facility.to_owned(),
            Piece::Field(Field::Check) => {
                let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
                naming.check.chars().take(LONGEST_CHECK).map(plain).collect()
            }
            Piece::Field(Field::Time) => compact_time(naming.shown),
            Piece::Field(Field::Date) => compact_date(naming.shown.date()),
            Piece::Field(Field::Seq) => number.to_string(),
        }
    }

    /// What every name of that kiosk starts with.
    pub(super) fn start(&self, terminal: &str, facility: &str) -> String {
        let mut start = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => start.push_str(text),
                Piece::Field(Field::Facility) => start.push_str(facility),
                Piece::Field(Field::Terminal) => return start + terminal,
                Piece::Field(_) => break,
            }
        }
        start
    }
}

/// The name that card readers of the official kind give: `OQSsiquc01res_face_{terminal}_{time}`.
impl Default for FilePattern {
    fn default() -> Self {
        let text = |text: &str| Piece::Text(text.into());
        Self(vec![text("OQSsiquc01res_face_"), Piece::Field(Field::Terminal), text("_"), Piece::Field(Field::Time)])
    }
}

fn split(stem: &str) -> Result<Vec<Piece>, String> {
    let (mut pieces, mut rest) = (Vec::new(), stem);
    while let Some((text, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("a { has no }")?;
        let known = || FIELDS.map(|(name, _)| format!("{{{name}}}")).join(" ");
        let (_, field) = FIELDS
            .into_iter()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| format!("there is no field {{{name}}}; there are {}", known()))?;
        if pieces.contains(&Piece::Field(field)) {
            return Err(format!("{{{name}}} stands there twice"));
        }
        pieces.extend([Piece::Text(text.to_owned()), Piece::Field(field)]);
        rest = after;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    pieces.retain(|piece| *piece != Piece::Text(String::new()));
    Ok(pieces)
}

fn check(pieces: &[Piece]) -> Result<(), String> {
    let has = |field| pieces.contains(&Piece::Field(field));
    let distinct = has(Field::Check) || (has(Field::Terminal) && has(Field::Time));
    if !distinct {
        return Err("it must contain {check}, or {terminal} and {time}, or two receptions get one name".into());
    }
    let texts: String =
        pieces.iter().filter_map(|piece| if let Piece::Text(text) = piece { Some(&**text) } else { None }).collect();
    if let Some(bad) = texts.chars().find(|c| c.is_control() || ILLEGAL.contains(*c)) {
        return Err(format!("the character {bad:?} is not allowed in file names on Windows"));
    }
    if texts.chars().count() > LONGEST {
        return Err(format!("the text beside the fields is longer than {LONGEST} characters"));
    }
    let first = if let Some(Piece::Text(text)) = pieces.first() { text.as_str() } else { "" };
    if first.starts_with(['.', ' ']) {
        return Err("it must not start with a dot or a space".into());
    }
    let device = first.split('.').next().unwrap_or_default().trim_end();
    if first.contains('.') && DEVICES.iter().any(|name| name.eq_ignore_ascii_case(device)) {
        return Err(format!("Windows keeps the name {device} for a device"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const OFFICIAL: &str = "OQSsiquc01res_face_{terminal}_{time}.xml";

    fn stem(pattern: &str, number: u32) -> String {
        let shown = date(2026, 12, 31).at(23, 59, 59, 0);
        let naming = Naming { terminal: "K1", facility: "1312345678", check: "c:1/2", shown };
        FilePattern::new(pattern, "xml").expect("a pattern").stem(&naming, number)
    }

    #[test]
    fn a_taken_name_moves_the_sequence_the_terminal_or_the_end_and_never_the_time() {
        assert_eq!(FilePattern::default(), FilePattern::new(OFFICIAL, "xml").expect("the official pattern"));
        assert_eq!(stem(OFFICIAL, 1), "OQSsiquc01res_face_K1_20261231235959");
        assert_eq!(stem(OFFICIAL, 2), "OQSsiquc01res_face_K1-2_20261231235959");
        assert_eq!(stem("a_{terminal}_{time}_{seq}.xml", 2), "a_K1_20261231235959_2");
        assert_eq!(stem("受付_{facility}_{date}_{check}.xml", 1), "受付_1312345678_20261231_c_1_2");
        assert_eq!(stem("{check}.xml", 2), "c_1_2_2");
    }

    #[test]
    fn a_pattern_that_cannot_work_says_why() {
        for (pattern, why) in [
            ("{terminal}_{time}", "must end in .xml"),
            ("a.xml", "must contain"),
            ("{terminal}_{date}_{seq}.xml", "must contain"),
            ("{terminal}{terminal}{time}.xml", "twice"),
            ("{terminal}{time}{name}.xml", "no field {name}"),
            ("{terminal}{time.xml", "no }"),
            ("../{terminal}_{time}.xml", "'/'"),
            ("{terminal}:{time}.xml", "':'"),
            ("{terminal}}{time}.xml", "'}'"),
            ("a\u{7}{terminal}{time}.xml", "not allowed"),
            (".{terminal}_{time}.xml", "start with a dot"),
            ("con.{terminal}{time}.xml", "for a device"),
        ] {
            let error = FilePattern::new(pattern, "xml").expect_err(pattern).to_string();
            assert!(error.contains(why), "{error}");
        }
        let long = format!("{}{{check}}.xml", "x".repeat(LONGEST + 1));
        assert!(FilePattern::new(&long, "xml").is_err());
    }
}
