//! What a parser says of a text, without what stands there: the text may hold a secret, and whoever reads logs reads errors.

/// Letters of the longest name that is shown.
const LONGEST: usize = 40;

/// Where a TOML text goes wrong and how. Of what stands there only the names of keys are said, and of those only such as
/// can be no code, number or key.
pub fn toml(text: &str, error: &toml::de::Error) -> String {
    let place = error.span().and_then(|span| text.get(..span.start)).map(|before| {
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("line {line}, column {column}: ")
    });
    format!("{}{}", place.unwrap_or_default(), kind(error.message()))
}

/// The kind of a fault, told by the fixed words of serde's messages.
fn kind(message: &str) -> String {
    let between = |before: &str| message.strip_prefix(before)?.split('`').next();
    if let Some(name) = between("missing field `") {
        return format!("`{name}` is missing");
    }
    if let Some(name) = between("unknown field `") {
        return format!("{} is no key that is known here", shown(name));
    }
    if let Some(name) = between("duplicate field `").or_else(|| between("duplicate key `")) {
        return format!("{} is there twice", shown(name));
    }
    let is_value = ["invalid type: ", "invalid value: ", "invalid length ", "unknown variant `"];
    if message == "wanted string or table" {
        return "another value is expected: a word".into();
    }
    match (is_value.iter().any(|words| message.starts_with(words)), message.rsplit_once(", expected ")) {
        // What stands behind the last of these words is what we asked for, never what was there.
        (true, Some((_, wanted))) => format!("another value is expected: {wanted}"),
        (true, None) => "another value is expected".into(),
        (false, _) => "this is no TOML, or a value that cannot be used".into(),
    }
}

/// The name of a key, or of one of staff; something else where it holds a digit or is long: then it may be a secret in the
/// wrong place.
pub fn shown(name: &str) -> String {
    let fits = name.chars().count() <= LONGEST && name.chars().all(|c| c.is_alphabetic() || "_- \u{30fb}".contains(c));
    if fits { format!("`{name}`") } else { "what stands there".into() }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only its form counts")]
    struct Form {
        port: u16,
        kind: Kind,
    }

    #[derive(Debug, Deserialize)]
    enum Kind {
        One,
    }

    const SECRET: &str = "hunter2-4711";

    #[test]
    fn a_secret_in_any_place_is_not_said() {
        let right = "port = 1\nkind = \"One\"\n";
        let mut texts = vec![
            format!("port = \"{SECRET}\""),
            format!("{SECRET} = 1"),
            format!("\"{SECRET}\" = 1"),
            format!("port = 1\nkind = \"{SECRET}\""),
            format!("port = [\"{SECRET}\"]"),
            format!("{right}{SECRET}"),
            format!("{right}{SECRET} = 1\n{SECRET} = 2"),
            format!("{right}x = \"{SECRET}"),
            format!("{right}x = \"\\q{SECRET}\""),
            format!("[{SECRET}"),
        ];
        // The secret pasted at every place of a right text.
        let places = (0..=right.len()).filter(|place| right.is_char_boundary(*place));
        texts.extend(places.map(|place| format!("{}{SECRET}{}", &right[..place], &right[place..])));
        let mut refused = 0;
        for text in &texts {
            let Err(error) = toml::from_str::<Form>(text) else { continue };
            refused += 1;
            let said = super::toml(text, &error);
            assert!(!said.contains("4711") && !said.contains("hunter"), "{said}");
        }
        assert!(refused > 25, "{refused}");
    }

    #[test]
    fn what_helps_is_said() {
        let said = |text: &str| toml::from_str::<Form>(text).map_err(|error| super::toml(text, &error)).unwrap_err();
        assert_eq!(said("colour = 1"), "line 1, column 1: `colour` is no key that is known here");
        assert_eq!(said("port = 1\nkind = 3"), "line 2, column 8: another value is expected: a word");
        assert!(said("port = 1").contains("`kind` is missing"));
        assert!(said("port = \"a\"\nkind = \"One\"").contains("expected: u16"));
    }
}
