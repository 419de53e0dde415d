//! Why a burst failed, and the one word of the core for it.

use crate::domain::failure::Failure;

use super::ChannelError;

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
        step: &'static str,
        /// The status word.
        word: u16,
    },
    /// An answer is not what the step must give.
    #[error("the answer to {step} cannot be used: {why}")]
    Garbled {
        /// What was asked.
        step: &'static str,
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
            | CardError::Refused { .. }
            | CardError::Garbled { .. } => Failure::CardUnreadable,
            CardError::InvalidFace(_) => Failure::CardFaceInvalid,
            CardError::Fact(failure) => *failure,
        }
    }
}

pub(super) type Result<T> = std::result::Result<T, CardError>;

pub(super) fn garbled(step: &'static str, why: impl Into<String>) -> CardError {
    CardError::Garbled { step, why: why.into() }
}
