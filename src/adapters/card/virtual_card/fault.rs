//! What can be wrong with a virtual card, by name.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// How slow a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// Every exchange takes this long,
    pub per_apdu: Duration,
    /// and every byte of command and response this long besides.
    pub per_byte: Duration,
}

impl Link {
    /// A contactless card at 106 kbit/s whose every exchange takes ten milliseconds.
    pub const CONTACTLESS: Link = Link { per_apdu: Duration::from_millis(10), per_byte: Duration::from_nanos(75_472) };

    /// How long one exchange of so many bytes takes.
    pub fn takes(&self, bytes: usize) -> Duration {
        self.per_apdu + self.per_byte * u32::try_from(bytes).unwrap_or(u32::MAX)
    }
}

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {
        /// One thing that is wrong with a card; several may be.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fault {
            $($(#[$doc])* $name,)*
            /// So many tries of the user-authentication PIN are left; written `pin-tries=N`.
            PinTries(u8),
            /// So many tries of code B are left; written `code-b-tries=N`.
            CodeBTries(u8),
            /// Taken away instead of answering this command, the first being 1; written `pulled-after=N`.
            PulledAfter(u32),
            /// Every exchange takes time; written `slow-link=MS` or `slow-link=MS+MICROSECONDS` for each byte.
            SlowLink(Link),
        }

        impl Fault {
            /// Every fault without a number.
            pub const NAMED: &'static [Fault] = &[$(Fault::$name,)*];
        }

        impl fmt::Display for Fault {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Fault::$name => f.write_str($word),)*
                    Fault::PinTries(left) => write!(f, "pin-tries={left}"),
                    Fault::CodeBTries(left) => write!(f, "code-b-tries={left}"),
                    Fault::PulledAfter(count) => write!(f, "pulled-after={count}"),
                    Fault::SlowLink(link) => {
                        write!(f, "slow-link={}", link.per_apdu.as_millis())?;
                        match link.per_byte.as_nanos() {
                            0 => Ok(()),
                            nanos => write!(f, "+{}", nanos as f64 / 1e3),
                        }
                    }
                }
            }
        }
    };
}

faults! {
    /// Taken away while the card face is read.
    PulledMidRead = "pulled-mid-read";
    /// Every try of the user-authentication PIN is used up.
    PinBlocked = "pin-blocked";
    /// Issued without PIN (顔認証マイナンバーカード).
    PinAbsent = "pin-absent";
    /// Every try of code B is used up.
    CodeBBlocked = "code-b-blocked";
    /// The user-authentication certificate ended a month ago.
    ExpiredCertificate = "expired-certificate";
    /// The user-authentication certificate ended five months ago, past its grace.
    PastGraceCertificate = "past-grace-certificate";
    /// The user-authentication certificate ends within two months.
    ExpiringCertificate = "expiring-certificate";
    /// The user-authentication certificate begins tomorrow.
    EarlyCertificate = "early-certificate";
    /// The user-authentication certificate is on the authority's list of revoked ones; the card does not know.
    RevokedCertificate = "revoked-certificate";
    /// The user-authentication certificate bears the authority's name and another one's signature.
    UnknownIssuer = "unknown-issuer";
    /// The user-authentication certificate is of the authority's older generation, which bears the same name.
    OlderAuthority = "older-authority";
    /// The user-authentication certificate is one for signing documents.
    WrongKeyUsage = "wrong-key-usage";
    /// No user-authentication certificate.
    NoCertificate = "no-certificate";
    /// No portrait, as on infants' cards.
    NoPortrait = "no-portrait";
    /// The portrait was damaged, so that the issuer's signature does not cover it.
    CorruptedPortrait = "corrupted-portrait";
    /// The files are another card's copy: the issuer's signature holds, the card key is another one.
    Cloned = "cloned";
    /// The issuer's signature on the card face is over something else.
    ForgedFace = "forged-face";
    /// Nobody known signed the certificate of the card face issuer.
    UnknownFaceIssuer = "unknown-face-issuer";
    /// An Android phone: certificates only, the PIN comes first.
    Phone = "phone";
    /// An iPhone.
    IPhone = "iphone";
    /// 住民基本台帳カード, the predecessor.
    Juki = "juki";
    /// Not a My Number Card at all.
    OtherCard = "other-card";
    /// 6F00 to the first command after power-up.
    First6F00 = "first-6f00";
    /// Two extra bytes before and much filler behind the card face.
    Filler = "filler";
    /// Two extra bytes before the card face and nothing behind it.
    Prefix = "prefix";
    /// Zeros behind the card face instead of FF.
    ZeroFiller = "zero-filler";
    /// Nothing behind the card face.
    NoFiller = "no-filler";
    /// The card refuses extended-length READ BINARY.
    ShortOnly = "short-only";
    /// The card answers 61xx and wants GET RESPONSE, as over T=0.
    GetResponse = "get-response";
    /// Answers no command.
    Mute = "mute";
}

/// Why a word names no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no fault {word:?}; faults are {}, pin-tries=N, code-b-tries=N, pulled-after=N, slow-link=MS[+MICROSECONDS]",
    Fault::NAMED.iter().map(Fault::to_string).collect::<Vec<_>>().join(", ")
)]
pub struct UnknownFault {
    word: String,
}

/// A fault with a number behind its name.
fn numbered(name: &str, number: &str) -> Option<Fault> {
    match name {
        "pin-tries" => number.parse().ok().filter(|left| *left <= 3).map(Fault::PinTries),
        "code-b-tries" => number.parse().ok().filter(|left| *left <= 10).map(Fault::CodeBTries),
        "pulled-after" => number.parse().ok().filter(|count| *count > 0).map(Fault::PulledAfter),
        "slow-link" => {
            let (apdu, byte) = number.split_once('+').unwrap_or((number, "0"));
            let micros: f64 = byte.parse().ok().filter(|micros| (0.0..=1e6).contains(micros))?;
            let per_byte = Duration::from_nanos((micros * 1e3).round() as u64);
            Some(Fault::SlowLink(Link { per_apdu: Duration::from_millis(apdu.parse::<u32>().ok()?.into()), per_byte }))
        }
        _ => None,
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(word: &str) -> Result<Self, UnknownFault> {
        let numbered = word.split_once('=').and_then(|(name, number)| numbered(name, number));
        let named = || Fault::NAMED.iter().copied().find(|fault| fault.to_string() == word);
        numbered.or_else(named).ok_or_else(|| UnknownFault { word: word.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back() {
        let slow = Fault::SlowLink(Link { per_apdu: Duration::from_millis(10), per_byte: Duration::ZERO });
        let numbered = [slow, Fault::SlowLink(Link::CONTACTLESS), Fault::PinTries(1), Fault::CodeBTries(3)];
        for fault in Fault::NAMED.iter().copied().chain(numbered).chain([Fault::PulledAfter(7)]) {
            assert_eq!(fault.to_string().parse(), Ok(fault));
        }
        for wrong in ["nonsense", "pin-tries=4", "code-b-tries=", "pulled-after=0", "slow-link=1+x", "slow-link=-1"] {
            let error = wrong.parse::<Fault>().unwrap_err().to_string();
            assert!(error.contains("pin-blocked") && error.contains(wrong), "{error}");
        }
    }

    #[test]
    fn a_contactless_link_takes_its_time_for_each_byte() {
        assert_eq!(Link::CONTACTLESS.takes(0), Duration::from_millis(10));
        // 106 kbit/s are 13.25 bytes in a millisecond.
        assert_eq!(Link::CONTACTLESS.takes(13_250).as_millis(), 10 + 1000);
    }
}
