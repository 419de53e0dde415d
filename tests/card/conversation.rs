//! Conversations with a virtual card, written as text.

use uketsuke::adapters::card::tlv;
use uketsuke::adapters::card::virtual_card::VirtualCard;
use uketsuke::people::{Person, by_id};

/// Whose card it is.
pub fn person() -> Person {
    by_id("p01").unwrap()
}

const APPLICATIONS: [(&str, &str); 6] = [
    ("JPKI", "D392F000260100000001"),
    ("VISUAL", "D3921000310001010402"),
    ("TEXT", "D3921000310001010408"),
    ("JUKI", "D3921000310001010401"),
    ("COMMON", "D3921000310001010100"),
    ("ISD", "A0000001510000"),
];

/// The bytes of one command as a row writes it.
pub fn command(text: &str) -> Vec<u8> {
    if let Some(name) = text.strip_prefix("select ") {
        let application = APPLICATIONS.iter().find(|(known, _)| *known == name);
        let hex = application
            .map_or_else(|| format!("00A4020C02{name}"), |(_, aid)| format!("00A4040C{:02X}{aid}", aid.len() / 2));
        return command(&hex);
    }
    let mut bytes = Vec::new();
    for word in text.split_whitespace() {
        match word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) {
            Some(secret) => {
                let secret = match secret {
                    "A" => person().impossible_number(),
                    "B" => person().code_b(),
                    other => other.to_owned(),
                };
                bytes.push(secret.len() as u8);
                bytes.extend(secret.bytes());
            }
            None => {
                bytes.extend((0..word.len()).step_by(2).map(|at| u8::from_str_radix(&word[at..at + 2], 16).unwrap()))
            }
        }
    }
    bytes
}

/// Hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn fits(answer: &[u8], wanted: &str) -> bool {
    let (data, word) = wanted.rsplit_once(' ').unwrap_or(("", wanted));
    let (given, status) = answer.split_at(answer.len().saturating_sub(2));
    let data_fits = match data {
        "*" => true,
        counted if counted.starts_with('#') => counted[1..].parse() == Ok(given.len()),
        beginning if beginning.ends_with('*') => hex(given).starts_with(beginning.trim_end_matches('*')),
        whole => hex(given) == whole.replace(' ', ""),
    };
    data_fits && hex(status) == word
}

/// Says each line and looks whether the answer fits.
pub fn converse(card: &mut VirtualCard, conversation: &[(&str, &str)]) {
    for (number, (line, wanted)) in conversation.iter().enumerate() {
        match *line {
            "power on" => card.power_on(),
            "power off" => card.power_off(),
            "warm reset" => card.reset(),
            line => {
                let answer = card.apdu(&command(line));
                assert!(fits(&answer, wanted), "{number}: {line}: {} instead of {wanted}", hex(&answer));
            }
        }
    }
}

/// Reads the current file as jpki/myna does: seven bytes, then the rest in blocks that must each end in 9000.
pub fn in_blocks(card: &mut VirtualCard, file: &str) -> Vec<u8> {
    converse(card, &[(&*format!("select {file}"), "9000")]);
    let mut read = |at: usize, count: usize| {
        let answer = card.apdu(&command(&format!("00B0{at:04X}{:02X}", count & 0xFF)));
        assert!(answer.ends_with(&[0x90, 0x00]), "{}", hex(&answer));
        answer[..answer.len() - 2].to_vec()
    };
    let mut content = read(0, 7);
    let total = tlv::length(&content).unwrap();
    while content.len() < total {
        let block = read(content.len(), (total - content.len()).min(256));
        content.extend(block);
    }
    content
}

/// The tags of the objects inside a file.
pub fn tags(file: &[u8]) -> Vec<u16> {
    tlv::all(tlv::first(file).unwrap().value).unwrap().iter().map(|object| object.tag).collect()
}
