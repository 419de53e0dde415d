//! The blocks of a PEM file, all of them or an error: never fewer than the file holds.
//!
//! More is taken than RFC 7468 writes: everything on one line, quoted lines of a mail, `\n` spelled out by a shell, text
//! before, between and behind. What cannot be taken is named by line and kind, never by what stands there.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

/// One block.
pub(super) struct Block {
    /// What it says it is, one of [`LABELS`].
    pub label: &'static str,
    /// The line of its BEGIN, from 1.
    pub line: usize,
    /// What it holds; the body of an encrypted key in the old form stays shut.
    pub contents: Contents,
}

pub(super) enum Contents {
    Der(Zeroizing<Vec<u8>>),
    /// `Proc-Type: 4,ENCRYPTED`.
    Encrypted,
}

/// What blocks are called. One that is called otherwise is an error: it may be a misspelled certificate.
const LABELS: [&str; 24] = [
    "CERTIFICATE",
    "X509 CERTIFICATE",
    "TRUSTED CERTIFICATE",
    "X509 CRL",
    "PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "DSA PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "SSH2 ENCRYPTED PRIVATE KEY",
    "PUBLIC KEY",
    "RSA PUBLIC KEY",
    "SSH2 PUBLIC KEY",
    "EC PARAMETERS",
    "DH PARAMETERS",
    "DSA PARAMETERS",
    "CERTIFICATE REQUEST",
    "NEW CERTIFICATE REQUEST",
    "PKCS7",
    "CMS",
    "ATTRIBUTE CERTIFICATE",
    "PGP PRIVATE KEY BLOCK",
    "PGP PUBLIC KEY BLOCK",
];

/// A marker line, taken apart.
struct Marker {
    begins: bool,
    label: &'static str,
    /// Where it starts and ends in the text.
    start: usize,
    end: usize,
}

/// The two words that open and close a block.
const WORDS: [(&str, bool); 2] = [("BEGIN", true), ("END", false)];

/// Every block of the text, in order.
///
/// # Errors
/// Says by line and kind what is damaged.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, String> {
    let mut found = Vec::new();
    let mut open: Option<Marker> = None;
    for marker in markers(text)? {
        let line = line_of(text, marker.start);
        match (open.take(), marker.begins) {
            (None, true) => open = Some(marker),
            (None, false) => {
                return Err(format!(
                    "line {line}: the end of a {} whose BEGIN line is missing or damaged",
                    marker.label
                ));
            }
            (Some(begin), true) => return Err(cut_off(text, &begin)),
            (Some(begin), false) if begin.label != marker.label => {
                let began = line_of(text, begin.start);
                return Err(format!(
                    "line {line}: a {} ends here, and a {} began in line {began}: parts of two files are mixed",
                    marker.label, begin.label
                ));
            }
            (Some(begin), false) => found.push(block(text, &begin, marker.start)?),
        }
    }
    match open {
        Some(begin) => Err(cut_off(text, &begin)),
        None => Ok(found),
    }
}

fn block(text: &str, begin: &Marker, end: usize) -> Result<Block, String> {
    let line = line_of(text, begin.start);
    let contents = contents(text.get(begin.end..end).unwrap_or_default()).map_err(|fault| {
        let place = line_of(text, begin.end + fault.at);
        format!("line {place}, in the {} that begins in line {line}: {}", begin.label, fault.what)
    })?;
    Ok(Block { label: begin.label, line, contents })
}

fn cut_off(text: &str, begin: &Marker) -> String {
    let line = line_of(text, begin.start);
    format!("line {line}: a {} begins here and has no END line: the text was cut off", begin.label)
}

fn line_of(text: &str, place: usize) -> usize {
    text.bytes().take(place).filter(|byte| *byte == b'\n').count() + 1
}

/// Every marker; a damaged one is an error, because a block would be lost with it.
fn markers(text: &str) -> Result<Vec<Marker>, String> {
    let mut found: Vec<Marker> = Vec::new();
    let mut from = 0;
    while let Some((place, word, begins)) = next_word(text, from) {
        from = place + word.len();
        let damage = match around(text, place, word) {
            Around::Label { label, start, end } => match LABELS.into_iter().find(|known| *known == label) {
                Some(label) => {
                    from = end;
                    found.push(Marker { begins, label, start, end });
                    continue;
                }
                None => "a block of a kind that is not known; its name is perhaps misspelled",
            },
            Around::Damaged => "a BEGIN or END line that lacks its dashes",
            Around::Prose => continue,
        };
        return Err(format!("line {}: {damage}", line_of(text, place)));
    }
    let last = text.trim_end().lines().next_back().unwrap_or_default().trim_start_matches([' ', '>', '|']);
    let begun = !last.is_empty() && "-----BEGIN".starts_with(last);
    match begun && !found.is_empty() {
        true => Err(format!("line {}: a BEGIN line that was cut off", line_of(text, text.trim_end().len()))),
        false => Ok(found),
    }
}

fn next_word(text: &str, from: usize) -> Option<(usize, &'static str, bool)> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find_map(|place| {
        let (word, begins) = WORDS.into_iter().find(|(word, _)| {
            bytes.get(place..place + word.len()).is_some_and(|there| there.eq_ignore_ascii_case(word.as_bytes()))
        })?;
        Some((place, word, begins))
    })
}

/// What stands around a BEGIN or END.
enum Around {
    /// Dashes on both sides and a name between.
    Label { label: String, start: usize, end: usize },
    /// A name of a block without them.
    Damaged,
    /// Something else was said.
    Prose,
}

fn around(text: &str, place: usize, word: &str) -> Around {
    let (before, behind) = (text.get(..place).unwrap_or_default(), text.get(place + word.len()..).unwrap_or_default());
    let before = before.trim_end_matches(' ');
    let start = before.trim_end_matches('-').len();
    let name = behind.split(|c: char| !c.is_ascii_alphanumeric() && !c.is_whitespace()).next().unwrap_or_default();
    let label = name.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_uppercase();
    let after = behind.get(name.len()..).unwrap_or_default();
    let rest = after.trim_start_matches('-');
    let (left, right) = (before.len() - start, after.len() - rest.len());
    let shouted = text.get(place..place + word.len()) == Some(word);
    let known = LABELS.contains(&label.as_str());
    if left >= 2 && right >= 2 && name.starts_with(char::is_whitespace) && (shouted || known) {
        return Around::Label { label, start, end: text.len() - rest.len() };
    }
    // The first line of it, for the rest may be anything.
    let line = behind.lines().next().unwrap_or_default();
    let first = line.trim_start_matches([' ', '_']).split(|c: char| c != ' ' && !c.is_ascii_uppercase()).next();
    let names_one = first.is_some_and(|first| LABELS.iter().any(|known| first.trim_end() == *known));
    let alone = before.is_empty() || before.ends_with(['\n', '-', '>', '=', '#', '*', '_']);
    if shouted && alone && (names_one || left >= 2) { Around::Damaged } else { Around::Prose }
}

/// What is wrong in a body, and where.
struct Fault {
    at: usize,
    what: &'static str,
}

fn contents(body: &str) -> Result<Contents, Fault> {
    if body.contains("Proc-Type") && body.contains("ENCRYPTED") {
        return Ok(Contents::Encrypted);
    }
    let skipped = headers(body);
    let code = base64_of(body.get(skipped..).unwrap_or_default())
        .map_err(|Fault { at, what }| Fault { at: at + skipped, what })?;
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let mut der = Zeroizing::new(Vec::with_capacity(code.len()));
    let end = Fault { at: body.len(), what: "a sign is missing or too many" };
    if code.is_empty() {
        return Err(Fault { at: 0, what: "nothing stands between BEGIN and END" });
    }
    // What the decoder says names the sign that it saw.
    GeneralPurpose::new(&STANDARD, config).decode_vec(code.as_slice(), &mut der).map_err(|_| end)?;
    Ok(Contents::Der(der))
}

/// Bytes of the header lines (`Comment: …`) at the beginning of a body.
fn headers(body: &str) -> usize {
    let mut skipped = 0;
    for line in body.split_inclusive('\n') {
        let plain = line.trim_start_matches(['>', '|', ' ']);
        let is_header = plain
            .split_once(": ")
            .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
        if !is_header && !plain.trim().is_empty() {
            break;
        }
        skipped += line.len();
    }
    skipped
}

/// The base64 of a body, without what mail programs, shells and source code put around it.
fn base64_of(body: &str) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let mut code = Zeroizing::new(Vec::with_capacity(body.len()));
    let mut signs = body.char_indices().peekable();
    let mut line_begins = true;
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\n' => line_begins = true,
            ' ' | '"' | '\'' | ',' => {}
            '>' | '|' if line_begins => {}
            '\\' if signs.next_if(|(_, next)| matches!(next, 'n' | 'r' | 't' | '\n')).is_some() => {}
            // Quoted-printable: `=3D` stands for `=`, and a `=` at the end of a line for nothing.
            '=' if signs.next_if(|(_, next)| *next == '3').is_some() => {
                signs.next_if(|(_, next)| matches!(next, 'D' | 'd'));
            }
            '=' => {}
            'A'..='Z' | 'a'..='z' | '0'..='9' | '+' | '/' => {
                line_begins = false;
                code.push(sign as u8);
            }
            '-' | '_' => return Err(Fault { at, what: "a dash between the signs of base64" }),
            _ => return Err(Fault { at, what: "a sign that is none of base64" }),
        }
    }
    Ok(code)
}

/// The DER of a text that is base64 alone, without BEGIN and END.
pub(super) fn bare(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    match contents(text) {
        Ok(Contents::Der(der)) if der.first() == Some(&0x30) => Some(der),
        _ => None,
    }
}
