//! What can be wrong with a virtual card, by name.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {
        /// One thing that is wrong with a card; several may be.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fault {
            $($(#[$doc])* $name,)*
            /// Every APDU takes this long; written `slow-link=MS`.
            SlowLink(Duration),
        }

        impl Fault {
            /// Every fault but the slow link.
            pub const NAMED: &'static [Fault] = &[$(Fault::$name,)*];
        }

        impl fmt::Display for Fault {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Fault::$name => f.write_str($word),)*
                    Fault::SlowLink(each) => write!(f, "slow-link={}", each.as_millis()),
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
    /// One try of the user-authentication PIN is left.
    PinLastTry = "pin-last-try";
    /// Issued without PIN (顔認証マイナンバーカード).
    PinAbsent = "pin-absent";
    /// Every try of code B is used up.
    CodeBBlocked = "code-b-blocked";
    /// Three tries of code B are left, too few to offer it.
    CodeBFewTries = "code-b-few-tries";
    /// The user-authentication certificate ended a month ago.
    ExpiredCertificate = "expired-certificate";
    /// The user-authentication certificate ends within two months.
    ExpiringCertificate = "expiring-certificate";
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
    /// The card refuses extended-length READ BINARY.
    ShortOnly = "short-only";
    /// The card answers 61xx and wants GET RESPONSE, as over T=0.
    GetResponse = "get-response";
    /// Answers no command.
    Mute = "mute";
}

/// Why a word names no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no fault {word:?}; faults are {}, slow-link=MS", Fault::NAMED.iter().map(Fault::to_string).collect::<Vec<_>>().join(", "))]
pub struct UnknownFault {
    word: String,
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(word: &str) -> Result<Self, UnknownFault> {
        let slow = word.strip_prefix("slow-link=").and_then(|ms| ms.parse::<u32>().ok());
        let slow = slow.map(|ms| Fault::SlowLink(Duration::from_millis(ms.into())));
        let named = || Fault::NAMED.iter().copied().find(|fault| fault.to_string() == word);
        slow.or_else(named).ok_or_else(|| UnknownFault { word: word.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back() {
        for fault in Fault::NAMED.iter().copied().chain([Fault::SlowLink(Duration::from_millis(10))]) {
            assert_eq!(fault.to_string().parse(), Ok(fault));
        }
        let error = "nonsense".parse::<Fault>().unwrap_err().to_string();
        assert!(error.contains("pin-blocked"), "{error}");
    }
}
