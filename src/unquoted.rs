//! What a parser says of a text, without what stands there: the text may hold a secret, and whoever reads logs reads errors.

/// Letters of the longest name that is shown.
const LONGEST: usize = 40;

/// Where a TOML text goes wrong and how. Of what stands there only the names of keys are said, and of those only such as
/// can be no code, number or key. A message that ends with `ours` is one of our own, which repeats nothing of the text.
pub fn toml(text: &str, error: &toml::de::Error, ours: &str) -> String {
    let place = error.span().and_then(|span| text.get(..span.start)).map(|before| {
        let line = before.matches('\n').count() + 1;
        let written = before.rsplit('\n').next().unwrap_or_default();
        let key = written.split_once('=').map(|(key, _)| key.trim()).filter(|key| is_name(key));
        let key = key.map(|key| format!(" (`{key}`)")).unwrap_or_default();
        format!("line {line}, column {}{key}: ", written.chars().count() + 1)
    });
    let message = error.message();
    let said = if is_ours(message, ours) { message.to_owned() } else { kind(message) };
    format!("{}{said}", place.unwrap_or_default())
}

/// Words of the libraries that repeat what was there.
const REPEATS: [&str; 4] = ["invalid type: ", "invalid value: ", "invalid length ", "unknown variant `"];

fn is_ours(message: &str, ours: &str) -> bool {
    let repeats = REPEATS.iter().chain(&["unknown field `", "missing field `", "duplicate "]);
    !ours.is_empty() && message.ends_with(ours) && !repeats.copied().any(|words| message.starts_with(words))
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
    if message == "wanted string or table" {
        return "another value is expected: a word".into();
    }
    match (REPEATS.iter().any(|words| message.starts_with(words)), message.rsplit_once(", expected ")) {
        // What stands behind the last of these words is what we asked for, never what was there.
        (true, Some((_, wanted))) => format!("another value is expected: {wanted}"),
        (true, None) => "another value is expected".into(),
        (false, _) => "this is no TOML, or a value that cannot be used".into(),
    }
}

/// The name of a key, or of one of staff; something else where it holds a digit or is long: then it may be a secret in the
/// wrong place.
pub fn shown(name: &str) -> String {
    if is_name(name) { format!("`{name}`") } else { "what stands there".into() }
}

fn is_name(text: &str) -> bool {
    text.chars().count() <= LONGEST && text.chars().all(|c| c.is_alphabetic() || "_- \u{30fb}".contains(c))
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
            let said = super::toml(text, &error, "in single quotes");
            assert!(!said.contains("4711") && !said.contains("hunter"), "{said}");
        }
        assert!(refused > 25, "{refused}");
    }

    #[test]
    fn what_helps_is_said() {
        let said =
            |text: &str| toml::from_str::<Form>(text).map_err(|error| super::toml(text, &error, "")).unwrap_err();
        assert_eq!(said("colour = 1"), "line 1, column 1: `colour` is no key that is known here");
        assert_eq!(said("port = 1\nkind = 3"), "line 2, column 8 (`kind`): another value is expected: a word");
        assert!(said("port = 1").contains("`kind` is missing"));
        assert!(said("port = \"a\"\nkind = \"One\"").contains("expected: u16"));
    }
}
