//! Changes settings in their text: comments, order and everything that is not asked for stay as they are.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::cli::CliError;
use crate::unquoted;

/// One setting as it is to stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub section: &'static str,
    pub key: &'static str,
    /// Written as TOML; none makes a comment of what stands there.
    pub value: Option<String>,
}

/// What a setting was and becomes, as TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `section.key`.
    pub what: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// The text with these settings, and which of them it changes.
///
/// # Errors
/// When the text cannot be read, or has the settings in a form that cannot be changed piece by piece.
pub fn apply(text: &str, settings: &[Setting]) -> Result<(String, Vec<Change>), CliError> {
    let (mut text, mut changes) = (text.to_owned(), Vec::new());
    for setting in settings {
        let (next, before) = one(&text, setting)?;
        if before != setting.value {
            let what = format!("{}.{}", setting.section, setting.key);
            changes.push(Change { what, before, after: setting.value.clone() });
            text = next;
        }
    }
    Ok((text, changes))
}

/// The text with one setting, and what stood there.
fn one(text: &str, setting: &Setting) -> Result<(String, Option<String>), CliError> {
    let found = value(text, setting)?;
    let before = found.clone().and_then(|range| text.get(range)).map(str::to_owned);
    let next = match (found, &setting.value) {
        (Some(range), Some(value)) => spliced(text, range, value),
        (Some(range), None) => commented(text, range, setting)?,
        (None, Some(value)) => added(text, setting, value),
        (None, None) => text.to_owned(),
    };
    Ok((next, before))
}

/// Where the value of a setting stands.
fn value(text: &str, setting: &Setting) -> Result<Option<Range<usize>>, CliError> {
    let table = DeTable::parse(text).map_err(|error| {
        let remedy = "correct the settings, or move them away: setup then begins with the example";
        CliError::usage(format!("the settings cannot be read: {}", unquoted::toml(text, &error, "")), remedy)
    })?;
    let section = table.get_ref().iter().find(|(name, _)| name.get_ref() == setting.section);
    let Some((_, section)) = section else { return Ok(None) };
    let DeValue::Table(section) = section.get_ref() else { return Ok(None) };
    let entry = section.iter().find(|(name, _)| name.get_ref() == setting.key);
    Ok(entry.map(|(_, value)| value.span()))
}

fn spliced(text: &str, range: Range<usize>, new: &str) -> String {
    let (before, after) = (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
    format!("{before}{new}{after}")
}

/// Where the line of that place begins.
fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// The setting as a comment, which says how it was.
fn commented(text: &str, range: Range<usize>, setting: &Setting) -> Result<String, CliError> {
    let start = line_start(text, range.start);
    let whole = text.get(start..range.end).unwrap_or_default();
    if !whole.trim_start().starts_with(setting.key) || whole.contains('\n') {
        let cause = format!("the settings hold {}.{} in another form than one line", setting.section, setting.key);
        return Err(CliError::usage(cause, "write it as a line of its own below its section"));
    }
    Ok(spliced(text, start..start, "# "))
}

/// The setting as the first of its section, or with a section of its own at the end.
fn added(text: &str, setting: &Setting, value: &str) -> String {
    let line = format!("{} = {value}\n", setting.key);
    let header = format!("[{}]", setting.section);
    let mut at = 0;
    for written in text.split_inclusive('\n') {
        at += written.len();
        let bare = written.split('#').next().unwrap_or_default().trim();
        if bare == header {
            let lead = if written.ends_with('\n') { "" } else { "\n" };
            return spliced(text, at..at, &format!("{lead}{line}"));
        }
    }
    let lead = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{lead}\n{header}\n{line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, section: &'static str, key: &'static str, value: Option<&str>) -> (String, Vec<Change>) {
        let setting = Setting { section, key, value: value.map(str::to_owned) };
        apply(text, &[setting]).map_err(|error| error.cause).expect("changed")
    }

    #[test]
    fn a_value_is_changed_and_all_else_stays() {
        let text = "# head\n[a]\n# why\nx = \"1\" # note\ny = 2\n";
        let (next, changes) = set(text, "a", "x", Some("\"9\""));
        assert_eq!(next, "# head\n[a]\n# why\nx = \"9\" # note\ny = 2\n");
        assert_eq!(changes, [Change { what: "a.x".into(), before: Some("\"1\"".into()), after: Some("\"9\"".into()) }]);
        assert_eq!(set(text, "a", "x", Some("\"1\"")), (text.into(), Vec::new()));
    }

    #[test]
    fn a_setting_that_goes_stays_as_a_comment() {
        assert_eq!(set("[a]\nx = 1\ny = 2\n", "a", "x", None).0, "[a]\n# x = 1\ny = 2\n");
        assert_eq!(set("[a]\n", "a", "x", None), ("[a]\n".into(), Vec::new()));
        let inline = Setting { section: "a", key: "x", value: None };
        assert!(apply("a = { x = 1, y = 2 }\n", &[inline]).is_err());
    }

    #[test]
    fn a_new_setting_comes_into_its_section() {
        assert_eq!(set("[a] # c\ny = 2\n", "a", "x", Some("1")).0, "[a] # c\nx = 1\ny = 2\n");
        assert_eq!(set("[a]", "a", "x", Some("1")).0, "[a]\nx = 1\n");
        assert_eq!(set("[b]\n", "a", "x", Some("1")).0, "[b]\n\n[a]\nx = 1\n");
        assert!(apply("[a", &[Setting { section: "a", key: "x", value: None }]).is_err());
    }
}
