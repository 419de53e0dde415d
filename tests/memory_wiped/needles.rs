//! What is looked for: everything that a visit knows of a patient, in the forms in which a program could keep it.

use data_encoding::BASE64;
use uketsuke::people::{self, Person};

use super::repository;

/// Some bytes and whose they are.
#[derive(Clone)]
pub struct Needle {
    pub what: String,
    pub bytes: Vec<u8>,
}

/// The PIN that is typed in these visits: digits that stand nowhere else in a program.
pub const PIN: &str = "7391";

/// Another one, for visits before the count.
pub const OTHER_PIN: &str = "5826";

/// Everything of that person but the PIN.
pub fn of(person: &Person) -> Vec<Needle> {
    let mut all = Vec::new();
    let mut add = |what: &str, bytes: Vec<u8>| all.push(Needle { what: format!("{} of {}", what, person.id), bytes });
    for (what, word) in [("name", &person.name), ("kana", &person.kana), ("address", &person.address)] {
        let plain: String = word.chars().filter(|sign| !sign.is_whitespace()).collect();
        add(what, word.as_bytes().to_vec());
        add(what, plain.as_bytes().to_vec());
        add(what, encoding_rs::SHIFT_JIS.encode(word).0.into_owned());
        add(what, word.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    add("birth date", person.birth.strftime("%Y%m%d").to_string().into_bytes());
    add("birth date", person.birth.to_string().into_bytes());
    let code = person.code_b();
    add("code B", code.bytes().map(|digit| digit - b'0').collect());
    add("code B", code.into_bytes());
    let portrait =
        std::fs::read(repository(&format!("assets/people/{}/portrait.jp2", person.model()))).expect("a portrait");
    add("portrait's header", portrait[..80].to_vec());
    add("portrait", portrait[portrait.len() / 2..][..64].to_vec());
    all
}

/// The PIN as a command to the card, as digits in a row, and as digits in the places of a channel.
pub fn of_pin() -> Vec<Needle> {
    let mut all = Vec::new();
    let mut add = |what: &str, bytes: Vec<u8>| all.push(Needle { what: format!("PIN {what}"), bytes });
    add("in a command", [&[0x00, 0x20, 0x00, 0x80, 4], PIN.as_bytes()].concat());
    add("in a command", [&[0x00, 0x20, 0x00, 0x80, 0, 0, 4], PIN.as_bytes()].concat());
    add("as text", PIN.as_bytes().to_vec());
    add("as numbers", PIN.bytes().map(|digit| digit - b'0').collect());
    for around in ["\"PIN\"", "=PIN ", " PIN ", ":PIN,", ":PIN}"] {
        add("as a word", around.replace("PIN", PIN).into_bytes());
    }
    all
}

/// Four digits alone stand by chance in a file of hashes; as a word they do not.
pub fn tells_on_disk(needle: &Needle) -> bool {
    needle.bytes.len() > PIN.len()
}

/// A nonce that the gateway gave out.
pub fn of_nonce(nonce: &[u8]) -> [Needle; 2] {
    let needle = |what: &str, bytes: Vec<u8>| Needle { what: what.to_owned(), bytes };
    [needle("nonce", nonce.to_vec()), needle("nonce in base64", BASE64.encode(nonce).into_bytes())]
}

/// Who comes.
pub fn people() -> Vec<Person> {
    ["p01", "p02", "p03"].map(|id| people::by_id(id).expect("a person")).into()
}
