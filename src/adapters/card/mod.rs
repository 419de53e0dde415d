//! The card reader port: My Number Card over PC/SC, and the virtual card.
//!
//! `client` speaks to a card over any [`Channel`]; `pcsc` is the channel of a real reader, `virtual_card` the card itself.
//! Our client never touches code A, nor any file that only code A opens: the 12-digit number stays unread.

pub mod apdu;
pub mod authenticity;
pub mod burst;
pub mod client;
pub mod files;
pub mod institution;
pub mod pcsc;
pub mod survey;
pub mod tlv;
pub mod trust;
pub mod virtual_card;
pub mod vpcd;

mod card_face;
pub mod certificate;
mod error;
mod printed_name;

use zeroize::Zeroizing;

pub use card_face::CardFace;
pub use certificate::CertificateDer;
pub use error::{CardError, SecretKind, Step, failure_of};
pub use trust::CardTrust;

/// Why an APDU got no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChannelError {
    /// The card is not on the reader any more.
    #[error("the card was taken away")]
    CardGone,
    /// Another program or the reader reset the card; what was verified is lost.
    #[error("the card was reset")]
    CardReset,
    /// The card is there and does not answer.
    #[error("the card does not answer: {0}")]
    Mute(String),
    /// Another program holds the card.
    #[error("another program holds the card")]
    Busy,
    /// No usable reader.
    #[error("no card reader: {0}")]
    ReaderGone(String),
    /// The PC/SC service does not answer.
    #[error("the card service does not answer: {0}")]
    ServiceStopped(String),
}

/// The way to one powered card.
pub trait Channel {
    /// Sends one command APDU and gives the whole response APDU, status word included.
    ///
    /// # Errors
    /// When no response came; the command may have been carried out all the same.
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError>;

    /// Whether reader and driver may pass extended-length APDUs; where that is not known, the client tries one.
    fn extended_length(&self) -> bool;

    /// The most data that they pass in one answer.
    fn largest_answer(&self) -> u32 {
        if self.extended_length() { 0x1_0000 } else { 256 }
    }

    /// Whether the reader has a keypad of its own for PINs.
    fn has_keypad(&self) -> bool {
        false
    }

    /// Lets the patient type a PIN of four digits on the reader's own keypad and shows it to the current file; `None` when
    /// the reader has no keypad. The answer is the card's, or 64xx when nobody typed one.
    fn verify_on_keypad(&mut self) -> Option<Result<Zeroizing<Vec<u8>>, ChannelError>> {
        None
    }
}

impl<C: Channel + ?Sized> Channel for &mut C {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        (**self).transmit(command)
    }

    fn extended_length(&self) -> bool {
        (**self).extended_length()
    }

    fn largest_answer(&self) -> u32 {
        (**self).largest_answer()
    }

    fn has_keypad(&self) -> bool {
        (**self).has_keypad()
    }

    fn verify_on_keypad(&mut self) -> Option<Result<Zeroizing<Vec<u8>>, ChannelError>> {
        (**self).verify_on_keypad()
    }
}
