//! Paths in the settings, as people write them: taken as meant, or refused with the line, the key and what to write instead.

use std::path::{Path, PathBuf};

use uketsuke::config::{Config, ConfigError};

/// A path that is right on this system.
const RIGHT: &str = if cfg!(windows) { r"'C:\uketsuke\x'" } else { "'/srv/uketsuke/x'" };

/// Every setting that is a path, and how it is written around its value.
const PATHS: [(&str, &str); 16] = [
    ("handoff.folder", "@"),
    ("handoff.twin", "@"),
    ("handoff.receipt_line", "@"),
    ("handoff.reference_requests", "@"),
    ("handoff.reference_answers", "@"),
    ("gateway.identity", "@"),
    ("desk.roots", "@"),
    ("state.folder", "@"),
    ("audit.folder", "@"),
    ("audit.key", "@"),
    ("audit.witness", "@"),
    ("models.folder", "@"),
    ("face.pack", "@"),
    ("staff.file", "@"),
    ("registration.terms", "@"),
    ("card.certificate_authorities", "[@]"),
];

/// Settings in which one path is `value`, all others are right.
fn settings(key: &str, shape: &str, value: &str) -> String {
    let mut text = "[site]\nfacility_code='1310000001'\nterminal_id='T001'\n".to_owned();
    let least = [("gateway.identity", "@"), ("handoff.folder", "@")];
    let mut keys: Vec<(&str, String)> = least.iter().map(|(key, _)| (*key, RIGHT.to_owned())).collect();
    keys.retain(|(other, _)| *other != key);
    keys.push((key, shape.replace('@', value)));
    let mut sections: std::collections::BTreeMap<&str, String> = std::collections::BTreeMap::new();
    for (key, value) in &keys {
        let (section, name) = key.split_once('.').expect("a section");
        sections.entry(section).or_default().push_str(&format!("{name} = {value}\n"));
    }
    sections.entry("gateway").or_default().push_str("url = 'https://localhost:8443'\n");
    sections.entry("desk").and_modify(|lines| lines.push_str("url = 'https://localhost:8444'\n"));
    for (section, lines) in sections {
        text.push_str(&format!("[{section}]\n{lines}"));
    }
    text
}

fn load(bytes: &[u8]) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("uketsuke.toml");
    std::fs::write(&path, bytes).expect("written");
    Config::load(&path)
}

fn refused(text: &str) -> String {
    load(text.as_bytes()).expect_err(text).to_string()
}

/// The settings of a vendor who wrote `folder = "C:\temp\new"`.
#[test]
fn a_path_with_a_tab_and_a_line_break_in_it_is_refused() {
    let text =
        std::fs::read(crate::repository("tests/fixtures/handoff/settings.backslash-t-n.toml")).expect("the file");
    let error = load(&text).expect_err("a tab and a line break").to_string();
    assert!(error.contains("folder") && error.contains("tab") && error.contains("single quotes"), "{error}");
}

#[test]
fn every_setting_that_is_a_path_is_looked_at() {
    for (key, shape) in PATHS {
        load(settings(key, shape, RIGHT).as_bytes()).unwrap_or_else(|error| panic!("{key}: {error}"));
        let error = refused(&settings(key, shape, r#""C:\temp\new""#));
        let name = key.split_once('.').expect("a section").1;
        assert!(error.contains(name) && error.contains("single quotes"), "{key}: {error}");
    }
}

/// How a path is spoilt, and what the refusal must say.
fn spoilt() -> Vec<(String, &'static str)> {
    let mut all: Vec<(String, &'static str)> = Vec::new();
    let mut add = |value: String, word| all.push((value, word));
    // In double quotes each of these letters after a backslash is another sign, or none.
    for letter in ["b", "t", "n", "f", "r", "e", "d", "s", "x", "u", "q", "k"] {
        for folder in ["temp", "ew", "rop", "ace", "0041"] {
            add(format!(r#""C:\{letter}{folder}""#), "single quotes");
            add(format!(r#""\\\\server\{letter}{folder}\\face""#), "single quotes");
        }
    }
    for relative in ["drop", "./drop", "../drop", ".", "..", "drop/face", "state/../drop", "", "C:drop", "C:"] {
        add(format!("'{relative}'"), "whole path");
    }
    for space in [" ", "  ", "\u{3000}", "\u{a0}"] {
        add(format!("'/srv/drop{space}'"), "space");
        add(format!("'{space}/srv/drop'"), "space");
        add(format!("'/srv/drop{space}/face'"), "space");
        add(format!("'/srv/{space}drop/face'"), "space");
    }
    for home in ["~", "~/drop", "~kiosk/drop", "$HOME/drop", "${HOME}/drop", "%ProgramData%/drop", "%USERPROFILE%"] {
        add(format!("'{home}'"), "not filled in");
    }
    for within in ["/srv/$HOME/drop", "/srv/${SITE}/drop", "/srv/%SITE%/drop"] {
        add(format!("'{within}'"), "not filled in");
    }
    for url in ["file:///srv/drop", "smb://server/share", "https://server/share", "FILE://srv"] {
        add(format!("'{url}'"), "no address");
    }
    for sign in 0..32_u32 {
        if sign != 9 && sign != 10 && sign != 13 {
            add(format!("\"/srv/a\\u{sign:04x}b\""), "single quotes");
        }
    }
    for quoted in ["'\"/srv/drop\"'", "'“/srv/drop”'", "'「/srv/drop」'"] {
        add(quoted.to_owned(), "quotes");
    }
    if cfg!(windows) {
        for bad in [r"C:\srv\a|b", r"C:\srv\a?b", r"C:\srv\a*b", r"C:\srv\a<b", r"C:\srv\drop.", r"C:\srv\aux"] {
            add(format!("'{bad}'"), "Windows");
        }
    } else {
        for letter in 'A'..='Z' {
            add(format!(r"'{letter}:\uketsuke\face'"), "of Windows");
            add(format!("'{letter}:/uketsuke/face'"), "of Windows");
        }
        add(r"'\\server\share'".into(), "of Windows");
    }
    all
}

#[test]
fn whatever_is_no_whole_path_is_refused_with_what_to_write() {
    let all = spoilt();
    for (value, word) in &all {
        let error = refused(&settings("handoff.folder", "@", value));
        assert!(error.contains(word), "{value} should speak of {word:?}: {error}");
    }
    println!("{} spoilt paths refused, each with its remedy", all.len());
    assert!(all.len() >= 200, "{}", all.len());
}

#[test]
fn what_people_really_use_is_taken_as_it_stands() {
    let paths: &[&str] = if cfg!(windows) {
        &[r"C:\uketsuke", r"\\server\share\face", r"\\?\C:\x", r"D:\オン資\face", r"C:\Program Files\x", "C:/x/y"]
    } else {
        &[
            "/srv/uketsuke",
            "/mnt/オン資/face",
            "/srv/a b/c",
            "/srv/50%/face",
            "/srv/a$b",
            "//server/share",
            "/srv/~x",
            "/",
        ]
    };
    for path in paths {
        let config = load(settings("handoff.folder", "@", &format!("'{path}'")).as_bytes()).expect(path);
        assert_eq!(config.handoff.folder, PathBuf::from(path));
    }
}

/// The text as Notepad, Excel and editors of other lands save it.
#[test]
fn a_file_in_another_character_code_is_named_as_such() {
    let text = format!("# 受付の設定\n{}", settings("handoff.folder", "@", RIGHT));
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: bool| {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(bytes).collect::<Vec<u8>>()
    };
    let cp932 = encoding_rs::SHIFT_JIS.encode(&text).0.into_owned();
    let (eucjp, iso2022) =
        (encoding_rs::EUC_JP.encode(&text).0.into_owned(), encoding_rs::ISO_2022_JP.encode(&text).0.into_owned());
    for (bytes, name) in [
        (utf16(u16::to_le_bytes, true), "UTF-16"),
        (utf16(u16::to_be_bytes, true), "UTF-16"),
        (utf16(u16::to_le_bytes, false), "UTF-16"),
        (utf16(u16::to_be_bytes, false), "UTF-16"),
        (cp932, "Shift_JIS"),
        (eucjp, "EUC-JP"),
        (iso2022, "ISO-2022-JP"),
        (
            [b"\xff\xfe\0\0".as_slice(), &text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect::<Vec<_>>()]
                .concat(),
            "UTF-32",
        ),
        (vec![0xff; 40], "no text"),
    ] {
        let error = load(&bytes).expect_err(name).to_string();
        assert!(error.contains(name) && error.contains("UTF-8"), "{name}: {error}");
    }
    let with_mark = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    assert!(load(&with_mark).is_ok(), "UTF-8 with a mark in front is what Notepad writes");
    assert!(load(text.replace('\n', "\r\n").as_bytes()).is_ok());
}

/// A path setting that nobody looks at would be found here.
#[test]
fn no_path_setting_goes_unlooked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/config");
    let mut found = 0;
    for entry in std::fs::read_dir(folder).expect("the settings") {
        let text = std::fs::read_to_string(entry.expect("a file").path()).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in
            lines.iter().enumerate().filter(|(_, line)| line.trim().starts_with("pub ") && !line.contains("fn "))
        {
            if line.contains(": PathBuf") || line.contains("<PathBuf>") {
                found += 1;
                assert!(lines[at - 1].contains("deserialize_with = \"place::"), "{line} is not looked at");
            }
        }
    }
    assert_eq!(
        found,
        PATHS.len() + 1,
        "each path setting has its row in this test; the face authorities go with the others"
    );
}
