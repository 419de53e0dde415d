//! Why a burst failed, and the one word of the core for it.

use std::fmt;

use crate::domain::failure::Failure;

use super::ChannelError;
use super::apdu::Status;

/// Which secret a step is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// The four-digit user-authentication PIN.
    Pin,
    /// Code B of the visual application.
    CodeB,
    /// Any other; only looked at, never sent.
    Other,
}

/// What was asked of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Selecting an application.
    Application,
    /// Selecting a file.
    File,
    /// Reading a secret's counter.
    Counter(SecretKind),
    /// Showing a secret.
    Secret(SecretKind),
    /// Reading the user-authentication certificate.
    Certificate,
    /// Letting the user-authentication key sign.
    Signature,
    /// Reading the card face.
    CardFace,
    /// Reading the certificate of the card face issuer.
    IssuerCertificate,
    /// Letting the card's own key answer.
    CardKey,
    /// Letting the card believe an approved body's terminal.
    Terminal,
}

impl Step {
    /// Every step, for the table in the documentation and its test.
    pub const ALL: [Step; 14] = [
        Step::Application,
        Step::File,
        Step::Counter(SecretKind::Pin),
        Step::Counter(SecretKind::CodeB),
        Step::Counter(SecretKind::Other),
        Step::Secret(SecretKind::Pin),
        Step::Secret(SecretKind::CodeB),
        Step::Secret(SecretKind::Other),
        Step::Certificate,
        Step::Signature,
        Step::CardFace,
        Step::IssuerCertificate,
        Step::CardKey,
        Step::Terminal,
    ];
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::Application => "the application",
            Step::File => "the file",
            Step::Counter(_) => "the counter",
            Step::Secret(_) => "the secret",
            Step::Certificate => "the certificate",
            Step::Signature => "the signature",
            Step::CardFace => "the card face",
            Step::IssuerCertificate => "the issuer's certificate",
            Step::CardKey => "the card key's answer",
            Step::Terminal => "the terminal's proof",
        })
    }
}

/// The one failure that a status word means when it ends a step; the same for every word of no meaning of its own there.
///
/// Words that end no step (9000, 61xx, 6Cxx, 6282 with data) are the client's to follow up; as an end they are garbage.
pub fn failure_of(step: Step, word: u16) -> Failure {
    use Failure::{
        CardUnreadable, CodeBBlocked, CodeBWrong, NoCertificate, NoPortrait, NotMyNumberCard, PinAbsent, PinBlocked,
        PinWrong,
    };
    match (Status::of(word), step) {
        (Status::Blocked | Status::TriesLeft(0), Step::Counter(SecretKind::Pin) | Step::Secret(SecretKind::Pin)) => {
            PinBlocked
        }
        (
            Status::Blocked | Status::TriesLeft(0),
            Step::Counter(SecretKind::CodeB) | Step::Secret(SecretKind::CodeB),
        ) => CodeBBlocked,
        (Status::TriesLeft(_) | Status::Wrong, Step::Secret(SecretKind::Pin)) => PinWrong,
        (Status::TriesLeft(_) | Status::Wrong, Step::Secret(SecretKind::CodeB)) => CodeBWrong,
        (Status::NotFound, Step::Application) => NotMyNumberCard,
        (Status::NotFound, Step::Counter(SecretKind::Pin) | Step::Secret(SecretKind::Pin)) => PinAbsent,
        (Status::NotFound, Step::Counter(SecretKind::CodeB) | Step::Secret(SecretKind::CodeB) | Step::CardFace) => {
            NoPortrait
        }
        (Status::NotFound, Step::Certificate | Step::Signature) => NoCertificate,
        _ => CardUnreadable,
    }
}

/// Why a burst ended early. Texts hold steps and status words, never data.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// No answer came.
    #[error(transparent)]
    Channel(#[from] ChannelError),
    /// The card refused a step.
    #[error("the card answered {word:04X} to {step}")]
    Refused {
        /// What was asked.
        step: Step,
        /// The status word.
        word: u16,
    },
    /// An answer is not what the step must give.
    #[error("the answer to {step} cannot be used: {why}")]
    Garbled {
        /// What was asked.
        step: Step,
        /// What is wrong with it.
        why: String,
    },
    /// The card face is there but not in the form of a card face, or its key does not answer.
    #[error("the card face is not valid: {0}")]
    InvalidFace(String),
    /// A fact about the card, already in the words of the core.
    #[error("{}", .0.slug())]
    Fact(Failure),
}

impl CardError {
    /// The one entry of the closed list that this is.
    pub fn failure(&self) -> Failure {
        match self {
            CardError::Channel(ChannelError::CardGone) => Failure::CardGone,
            CardError::Channel(ChannelError::ReaderGone(_)) => Failure::ReaderGone,
            CardError::Channel(ChannelError::ServiceStopped(_)) => Failure::CardServiceStopped,
            CardError::Channel(ChannelError::CardReset | ChannelError::Mute(_) | ChannelError::Busy)
            | CardError::Garbled { .. } => Failure::CardUnreadable,
            CardError::Refused { step, word } => failure_of(*step, *word),
            CardError::InvalidFace(_) => Failure::CardFaceInvalid,
            CardError::Fact(failure) => *failure,
        }
    }
}

pub(super) type Result<T> = std::result::Result<T, CardError>;

pub(super) fn garbled(step: Step, why: impl Into<String>) -> CardError {
    CardError::Garbled { step, why: why.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every status word that public sources have seen, by what the failure is at each sort of step: selecting an
    /// application, showing or counting the PIN, code B, reading the certificate, the card face, and anywhere else.
    const TABLE: &[(&[u16], [&str; 7])] = &[
        // As an end of a step these are garbage: the client follows them up itself.
        (&[0x9000, 0x6110, 0x6C20, 0x6282], ["U-104"; 7]),
        (&[0x6B00], ["U-104"; 7]),
        (&[0x63C3, 0x63C9], ["U-104", "U-201", "U-104", "U-212", "U-104", "U-104", "U-104"]),
        (&[0x6300], ["U-104", "U-201", "U-104", "U-212", "U-104", "U-104", "U-104"]),
        (&[0x63C0], ["U-104", "U-202", "U-202", "U-213", "U-104", "U-104", "U-104"]),
        (&[0x6983, 0x6984], ["U-104", "U-202", "U-202", "U-213", "U-104", "U-104", "U-104"]),
        (&[0x6A82, 0x6A88, 0x6A83], ["U-105", "U-203", "U-203", "U-221", "U-107", "U-221", "U-104"]),
        (&[0x6700, 0x6A86, 0x6981, 0x6986, 0x6982, 0x6985, 0x6988, 0x69FC, 0x66F1, 0x6A80], ["U-104"; 7]),
        (&[0x6D00, 0x6E00, 0x6F00], ["U-104"; 7]),
    ];
    const STEPS: [Step; 7] = [
        Step::Application,
        Step::Secret(SecretKind::Pin),
        Step::Counter(SecretKind::Pin),
        Step::Secret(SecretKind::CodeB),
        Step::Certificate,
        Step::CardFace,
        Step::CardKey,
    ];

    #[test]
    fn every_known_status_word_is_one_failure() {
        for (words, codes) in TABLE {
            for word in *words {
                let got = STEPS.map(|step| failure_of(step, *word).code());
                assert_eq!(got, *codes, "{word:04X}");
            }
        }
    }

    #[test]
    fn no_status_word_at_all_is_more_than_unreadable_by_accident() {
        let known: Vec<u16> = TABLE.iter().flat_map(|(words, _)| words.iter().copied()).collect();
        for word in 0..=u16::MAX {
            let counter = word & 0xFFF0 == 0x63C0;
            for step in Step::ALL {
                let failure = failure_of(step, word);
                if !known.contains(&word) && !counter {
                    assert_eq!(failure, Failure::CardUnreadable, "{word:04X} at {step:?}");
                }
            }
        }
    }
}
