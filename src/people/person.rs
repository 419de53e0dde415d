//! Who the synthetic people are.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::{Date, date};
use serde::Deserialize;

use super::PeopleError;

/// What a card says of sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

impl Sex {
    /// The digit on card and wire: 1 male, 2 female.
    pub fn digit(self) -> char {
        match self {
            Sex::Male => '1',
            Sex::Female => '2',
        }
    }

    /// The printed word.
    pub fn printed(self) -> &'static str {
        match self {
            Sex::Male => "男",
            Sex::Female => "女",
        }
    }
}

/// One invented person with an invented card.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Person {
    /// `p01` …: up to sixteen small letters, digits and hyphens.
    pub id: String,
    /// Which of the eight built-in people lends keys and pictures; the one of the same id without it.
    #[serde(default)]
    pub like: Option<String>,
    /// A portrait of one's own: a grey JP2 file, relative to the file that names it.
    #[serde(default)]
    pub portrait: Option<PathBuf>,
    /// 氏名, parts separated by U+3000.
    pub name: String,
    /// カナ, full width, parts separated by U+3000.
    pub kana: String,
    /// 生年月日.
    #[serde(deserialize_with = "day")]
    pub birth: Date,
    /// 性別.
    pub sex: Sex,
    /// 郵便番号, seven digits.
    pub postal_code: String,
    /// 住所.
    pub address: String,
    /// 市区町村コード, five digits; 99 is no prefecture.
    pub municipality: String,
    /// Four-digit PIN of user authentication and text application.
    pub pin: String,
    /// Password of the signing certificate; `None` for people under fifteen, who have none.
    pub signing_password: Option<String>,
    /// The four digits printed under the photo.
    pub security_code: String,
    /// Last valid day of the card.
    #[serde(deserialize_with = "day")]
    pub card_until: Date,
    /// The card's manufacture number, fifteen digits.
    pub serial: String,
    /// What `portrait` names, read.
    #[serde(skip)]
    pub(super) own_portrait: Option<Arc<[u8]>>,
}

fn day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

/// The pictures of a card face, as files; empty for an id that has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pictures {
    /// JP2, one grey component.
    pub portrait: &'static [u8],
    /// PNG, one bit: the printed name.
    pub name: &'static [u8],
    /// PNG, one bit: the printed address.
    pub address: &'static [u8],
    /// PNG, one bit, 24x12: the security code.
    pub security_code: &'static [u8],
}

/// PNG, one bit, 72x12: the word TEST, where a real card shows the 12-digit number.
pub const NUMBER_PICTURE: &[u8] = include_bytes!("../../assets/people/number.png");

macro_rules! pictures {
    ($($id:literal),*) => {
        fn pictures(id: &str) -> Pictures {
            match id {
                $($id => Pictures {
                    portrait: include_bytes!(concat!("../../assets/people/", $id, "/portrait.jp2")),
                    name: include_bytes!(concat!("../../assets/people/", $id, "/name.png")),
                    address: include_bytes!(concat!("../../assets/people/", $id, "/address.png")),
                    security_code: include_bytes!(concat!("../../assets/people/", $id, "/security.png")),
                },)*
                _ => Pictures::default(),
            }
        }
    };
}

pictures!("p01", "p02", "p03", "p04", "p05", "p06", "p07", "p08");

/// First days of the eras a living person can be born in, latest first.
const ERAS: [Date; 4] = [date(2019, 5, 1), date(1989, 1, 8), date(1926, 12, 25), date(1912, 7, 30)];

impl Person {
    /// 照合番号B, built from what is printed: YYMMDD in the Japanese era, year of expiry, security code.
    pub fn code_b(&self) -> String {
        let era = ERAS.into_iter().find(|start| *start <= self.birth);
        let year = era.map_or(self.birth.year() % 100, |start| self.birth.year() - start.year() + 1);
        format!(
            "{year:02}{:02}{:02}{:04}{}",
            self.birth.month(),
            self.birth.day(),
            self.card_until.year(),
            self.security_code
        )
    }

    /// Twelve digits for foreign clients of the virtual card, with a check digit that is wrong on purpose:
    /// nobody can have this number. Our own client never reads it.
    pub fn impossible_number(&self) -> String {
        let body: String = self.serial.chars().rev().take(11).collect();
        let wrong = (check_digit(&body) + 1) % 10;
        format!("{body}{wrong}")
    }

    /// The portrait as the card holds it: grey JP2, 192x240 for the built-in people.
    pub fn portrait(&self) -> &[u8] {
        self.own_portrait.as_deref().unwrap_or(self.pictures().portrait)
    }

    /// The pictures of the built-in person behind this one.
    pub fn pictures(&self) -> Pictures {
        pictures(self.model())
    }

    /// The built-in person whose keys and pictures this one has.
    pub fn model(&self) -> &str {
        self.like.as_deref().unwrap_or(&self.id)
    }

    pub(super) fn checked(self) -> Result<Self, PeopleError> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let digits = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
        let wrong = [
            (!digits(&self.pin, 4), "pin is four digits"),
            (!digits(&self.security_code, 4), "security_code is four digits"),
            (!digits(&self.postal_code, 7), "postal_code is seven digits"),
            (!digits(&self.municipality, 5), "municipality is five digits"),
            (!digits(&self.serial, 15), "serial is fifteen digits"),
            (!(1..=16).contains(&self.id.len()) || !self.id.chars().all(plain), "id is up to sixteen of a-z, 0-9, -"),
            (self.pictures() == Pictures::default(), "no built-in person has that id: say `like = \"p01\"`"),
            (self.signing_password.is_some() && self.model() == "p08", "p08 lends no signing key"),
        ];
        match wrong.into_iter().find(|(bad, _)| *bad) {
            Some((_, what)) => Err(PeopleError::Fact { person: self.id, what }),
            None => Ok(self),
        }
    }
}

/// The right check digit of an eleven-digit body: weights 2 to 7 from the right, again from 2 (総務省令第85号, 2014).
fn check_digit(body: &str) -> u32 {
    let sum: u32 = body
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .zip((2..=7).cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::{all, by_id};

    #[test]
    fn eight_people_have_plausible_codes() {
        let people = all().unwrap();
        assert_eq!(people.len(), 8);
        for person in people {
            let code = person.code_b();
            assert_eq!(crate::domain::code_b::plausible(code.as_bytes(), date(2026, 11, 20)), Ok(()), "{}", person.id);
            assert!(person.portrait().len() <= 5 * 1024);
            assert_eq!(person.portrait().get(4..8), Some(b"jP  ".as_slice()));
        }
    }

    #[test]
    fn code_b_counts_years_in_the_era() {
        assert_eq!(by_id("p01").unwrap().code_b(), "13041220344821");
        assert_eq!(by_id("p07").unwrap().code_b(), "20031420352680");
        let mut born_on_the_change = by_id("p01").unwrap();
        born_on_the_change.birth = date(1989, 1, 8);
        assert_eq!(&born_on_the_change.code_b()[..6], "010108");
        born_on_the_change.birth = date(1989, 1, 7);
        assert_eq!(&born_on_the_change.code_b()[..6], "640107");
    }

    #[test]
    fn check_digit_follows_the_ordinance() {
        // Worked by hand: 12345678901 → sum of digit × weight 1·2+0·3+9·4+8·5+7·6+6·7+5·2+4·3+3·4+2·5+1·6 = 212, 212 mod 11 = 3, 11 − 3 = 8.
        assert_eq!(check_digit("12345678901"), 8);
    }

    #[test]
    fn nobody_can_have_the_twelve_digits() {
        for person in all().unwrap() {
            let number = person.impossible_number();
            assert_eq!(number.len(), 12);
            let (body, last) = number.split_at(11);
            assert_ne!(last.parse::<u32>().unwrap(), check_digit(body), "{}", person.id);
        }
    }

    #[test]
    fn a_stranger_is_an_error() {
        assert!(matches!(by_id("p99"), Err(PeopleError::Unknown(id)) if id == "p99"));
    }
}
