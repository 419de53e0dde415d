//! What editors, mail programs and shells make of a PEM file.

/// A way of spelling a text.
pub type Way = (&'static str, fn(&str) -> String);

/// What happens to its lines.
pub const LINES: [Way; 21] = [
    ("as it is", str::to_owned),
    ("CRLF", |text| text.replace('\n', "\r\n")),
    ("CR", |text| text.replace('\n', "\r")),
    ("one line", |text| text.replace('\n', "")),
    ("one line with spaces", |text| text.replace('\n', " ")),
    ("line ends spelled out", |text| text.replace('\n', "\\n")),
    ("line ends of Windows spelled out", |text| text.replace('\n', "\\r\\n")),
    ("a shell's continued lines", |text| text.replace('\n', "\\\n")),
    ("quoted by a mail program", |text| quoted(text, "> ")),
    ("quoted twice", |text| quoted(text, "> > ")),
    ("quoted with bars", |text| quoted(text, "| ")),
    ("spaces before", |text| quoted(text, "    ")),
    ("tabs before", |text| quoted(text, "\t")),
    ("spaces behind", |text| text.replace('\n', "   \n")),
    ("empty lines between", |text| text.replace('\n', "\n\n")),
    ("empty lines around", |text| format!("\n\n\n{text}\n\n\n")),
    ("no end of the last line", |text| text.trim_end().to_owned()),
    ("bodies in one line", |text| bodies(text, |body| format!("\n{}\n", body.replace('\n', "")))),
    ("short lines", |text| bodies(text, |body| format!("\n{}\n", in_lines_of(&body.replace('\n', ""), 20)))),
    ("quoted-printable", |text| text.replace("=\n", "=3D\n").replace("\nMII", "\nM=\nII")),
    ("line separators", |text| text.replace('\n', "\u{2028}")),
];

/// What happens to the dashes of BEGIN and END.
pub const DASHES: [Way; 9] = [
    ("hyphens", str::to_owned),
    ("en dashes", |text| text.replace('-', "\u{2013}")),
    ("em dashes", |text| text.replace('-', "\u{2014}")),
    ("two hyphens made an em dash", |text| text.replace("--", "\u{2014}")),
    ("minus signs", |text| text.replace('-', "\u{2212}")),
    ("hyphens that do not break", |text| text.replace('-', "\u{2011}")),
    ("full width", |text| text.replace('-', "\u{ff0d}")),
    ("the long vowel mark", |text| text.replace('-', "\u{30fc}")),
    ("only three of them", |text| text.replace("-----", "---")),
];

/// What stands around it.
pub const AROUND: [Way; 9] = [
    ("nothing", str::to_owned),
    ("bag attributes", |text| {
        format!(
            "Bag Attributes\n    friendlyName: Backend certificate 2026\n    localKeyID: 01 02\nKey Attributes: <No Attributes>\n{text}"
        )
    }),
    ("the certificate in words", |text| {
        format!("Certificate:\n    Data:\n        Version: 3 (0x2)\n    Signature Algorithm: ecdsa-with-SHA256\n{text}")
    }),
    ("a comment", |text| format!("# 認証局の証明書（二枚）\n{text}")),
    ("a greeting and a signature", |text| format!("お世話になっております。\n\n{text}\n-- \n株式会社 例\nTEL 000\n")),
    ("signs that cannot be seen", |text| format!("\u{feff}{}", text.replace("MII", "M\u{200b}II"))),
    ("spaces that do not break", |text| text.replace('\n', "\n\u{a0}")),
    ("quotation marks", |text| format!("\"{text}\"")),
    ("small letters", |text| text.replace("BEGIN", "begin").replace("END", "end")),
];

/// A way of writing a text as bytes.
pub type Code = (&'static str, fn(&str) -> Vec<u8>);

pub const CODES: [Code; 8] = [
    ("UTF-8", |text| text.as_bytes().to_vec()),
    ("UTF-8 with a mark", |text| [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
    ("UTF-16 of Windows", |text| utf16("\u{feff}", text, u16::to_le_bytes)),
    ("UTF-16 the other way", |text| utf16("\u{feff}", text, u16::to_be_bytes)),
    ("UTF-16 without a mark", |text| utf16("", text, u16::to_le_bytes)),
    ("UTF-16 the other way without a mark", |text| utf16("", text, u16::to_be_bytes)),
    ("CP932", |text| encoding_rs::SHIFT_JIS.encode(text).0.into_owned()),
    ("CP1252", |text| encoding_rs::WINDOWS_1252.encode(text).0.into_owned()),
];

fn utf16(mark: &str, text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn quoted(text: &str, mark: &str) -> String {
    text.lines().map(|line| format!("{mark}{line}\n")).collect()
}

fn in_lines_of(body: &str, length: usize) -> String {
    body.as_bytes().chunks(length).map(|line| String::from_utf8_lossy(line).into_owned() + "\n").collect()
}

/// Changes what stands between BEGIN and END.
fn bodies(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut parts = text.split("-----").map(str::to_owned).collect::<Vec<_>>();
    for n in 1..parts.len() {
        if parts[n - 1].starts_with("BEGIN") {
            parts[n] = change(&parts[n]);
        }
    }
    parts.join("-----")
}

/// Every pair of ways, each way alone among them: its name and the file.
pub fn every(text: &str) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut add = |ways: &[&Way], code: &Code| {
        let spelt = ways.iter().fold(text.to_owned(), |text, (_, way)| way(&text));
        // What a code cannot write nobody sends in it.
        let writes = match code.0 {
            "CP932" => !encoding_rs::SHIFT_JIS.encode(&spelt).2,
            "CP1252" => !encoding_rs::WINDOWS_1252.encode(&spelt).2,
            _ => true,
        };
        if writes {
            let names = ways.iter().map(|way| way.0).chain([code.0]).collect::<Vec<_>>();
            all.push((names.join(", "), code.1(&spelt)));
        }
    };
    for lines in &LINES {
        AROUND.iter().for_each(|around| add(&[around, lines], &CODES[0]));
        DASHES.iter().for_each(|dashes| add(&[dashes, lines], &CODES[0]));
        CODES.iter().for_each(|code| add(&[lines], code));
    }
    for dashes in &DASHES {
        AROUND.iter().for_each(|around| add(&[dashes, around], &CODES[0]));
        CODES.iter().for_each(|code| add(&[dashes], code));
    }
    for around in &AROUND {
        CODES.iter().for_each(|code| add(&[around], code));
    }
    all
}
