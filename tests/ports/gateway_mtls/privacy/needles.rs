//! Every spelling of every person, and a search that looks at each byte once.

use std::collections::HashMap;

use encoding_rs::SHIFT_JIS;
use uketsuke::people::insurance::Insurance;
use uketsuke::people::insured::Patient;

/// Bytes that every spelling shares with the index; a shorter one would be found by chance in sealed bytes.
const PREFIX: usize = 6;

/// What kind of bytes are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Lines that people read: dates and the PIN are looked for as well.
    Text,
    /// Databases and sealed bytes.
    Binary,
}

/// Bytes in which nobody must be found.
pub struct Haystack {
    pub name: String,
    pub kind: Kind,
    pub bytes: Vec<u8>,
}

struct Needle {
    bytes: Vec<u8>,
    whose: String,
    kind: Kind,
}

/// Spellings by their first bytes.
pub struct Needles {
    all: Vec<Needle>,
    by_start: HashMap<[u8; PREFIX], Vec<usize>>,
}

impl Needles {
    /// Names, kana and addresses as UTF-8, CP932 and in escapes, with and without spaces; numbers alone and joined; birth
    /// dates; the PIN in every form in which a program might print four digits.
    pub fn of(people: &[(Patient, Insurance)], pin: &str) -> Self {
        let mut needles = Self { all: Vec::new(), by_start: HashMap::new() };
        for (patient, insurance) in people {
            words(patient, insurance).iter().for_each(|word| needles.add_word(&patient.id, word));
            for number in numbers(insurance) {
                needles.add(&patient.id, number.into_bytes(), Kind::Binary);
            }
            for date in [patient.birth.to_string(), patient.birth.strftime("%Y%m%d").to_string()] {
                needles.add(&patient.id, date.into_bytes(), Kind::Text);
            }
        }
        let digits: Vec<_> = pin.bytes().collect();
        let values = digits.iter().map(|digit| digit - b'0').collect::<Vec<_>>();
        let quoted = [format!("\"{pin}\""), format!("={pin} "), format!(" {pin} ")];
        let spelled =
            [format!("{digits:?}"), format!("{values:?}")].map(|list| list.trim_matches(['[', ']']).to_owned());
        for spelling in quoted.into_iter().chain(spelled) {
            needles.add("PIN", spelling.into_bytes(), Kind::Text);
        }
        needles
    }

    fn add_word(&mut self, whose: &str, word: &str) {
        self.add(whose, word.as_bytes().to_vec(), Kind::Binary);
        let (cp932, _, unmappable) = SHIFT_JIS.encode(word);
        if !unmappable {
            self.add(whose, cp932.into_owned(), Kind::Binary);
        }
        self.add(whose, word.escape_unicode().to_string().into_bytes(), Kind::Binary);
        let json: String = word.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        self.add(whose, json.into_bytes(), Kind::Binary);
    }

    fn add(&mut self, whose: &str, bytes: Vec<u8>, kind: Kind) {
        let Some(start) = bytes.first_chunk::<PREFIX>() else { return };
        let entries = self.by_start.entry(*start).or_default();
        if entries.iter().all(|known| self.all[*known].bytes != bytes) {
            entries.push(self.all.len());
            self.all.push(Needle { bytes, whose: whose.to_owned(), kind });
        }
    }

    /// How many spellings there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Each spelling, with the kind of bytes in which it is looked for.
    pub fn spellings(&self) -> impl Iterator<Item = (Kind, &[u8])> {
        self.all.iter().map(|needle| (needle.kind, needle.bytes.as_slice()))
    }

    /// Whose data is in there, and around what.
    pub fn search(&self, haystack: &Haystack) -> Vec<String> {
        let mut found = Vec::new();
        for at in 0..haystack.bytes.len() {
            let rest = &haystack.bytes[at..];
            let Some(start) = rest.first_chunk::<PREFIX>() else { break };
            for needle in self.by_start.get(start).into_iter().flatten().map(|known| &self.all[*known]) {
                if (needle.kind == Kind::Binary || haystack.kind == Kind::Text) && rest.starts_with(&needle.bytes) {
                    let around = &haystack.bytes[at.saturating_sub(60)..(at + 80).min(haystack.bytes.len())];
                    found.push(format!("{} in {}: {}", needle.whose, haystack.name, String::from_utf8_lossy(around)));
                }
            }
        }
        found
    }
}

/// Names and addresses, whole, stripped of spaces, and in their longer parts.
fn words(patient: &Patient, insurance: &Insurance) -> Vec<String> {
    let names = [Some(&patient.name), insurance.name.as_ref(), insurance.name_other.as_ref()];
    let more =
        [insurance.insured_name.as_ref(), Some(&patient.kana), Some(&patient.address), insurance.address.as_ref()];
    let mut words = Vec::new();
    for word in names.into_iter().chain(more).flatten() {
        words.push(word.clone());
        words.push(word.chars().filter(|c| !c.is_whitespace()).collect());
        words.extend(word.split_whitespace().map(str::to_owned));
    }
    words
}

/// Numbers alone and as they are written together.
fn numbers(insurance: &Insurance) -> Vec<String> {
    let symbol = insurance.symbol.as_deref().unwrap_or_default();
    let branch = insurance.branch.as_deref().unwrap_or_default();
    let (insurer, number) = (&insurance.insurer_number, &insurance.number);
    let mut numbers = vec![insurer.clone(), number.clone()];
    for between in ["", "-", "・", " ", ","] {
        numbers.push([symbol, number].join(between));
        numbers.push([symbol, number, branch].join(between));
        numbers.push([insurer, symbol, number, branch].join(between));
    }
    if let Some(expense) = &insurance.public_expense {
        numbers.extend([expense.payer_number.clone(), expense.recipient_number.clone()]);
    }
    if let Some(ticket) = &insurance.medical_ticket {
        numbers.extend([ticket.payer_number.clone(), ticket.recipient_number.clone()]);
    }
    numbers
}
