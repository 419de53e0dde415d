//! What the kiosk knows of the card on the reader: facts that may be shown and logged.

use jiff::civil::Date;

/// What kind of card answers, read from the token label, never from the ATR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardKind {
    /// 個人番号カード.
    MyNumber,
    /// 住民基本台帳カード, the predecessor.
    Juki,
    /// An Android phone carrying the certificates.
    AndroidPhone,
    /// An iPhone carrying the certificates.
    IPhone,
    /// Anything else that answers APDUs.
    Other,
}

/// The retry counter of one secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tries {
    /// So many wrong entries are still possible.
    Left(u8),
    /// The secret is blocked; only the municipal office can unblock it.
    Blocked,
    /// The card has no such secret (a card issued without PIN, a phone without card face).
    Absent,
}

/// Tells one card from another and names nobody: a hash over the certificate, keyed anew at every start of the kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardMark(pub [u8; 32]);

/// What a first look at the card tells, without using any try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardFacts {
    /// Kind of card.
    pub kind: CardKind,
    /// Counter of the four-digit user-authentication PIN.
    pub pin: Tries,
    /// Counter of code B of the visual application.
    pub code_b: Tries,
    /// Last valid day of the user-authentication certificate; `None` when the card has none.
    pub certificate_until: Option<Date>,
    /// Which card it is; `None` when it has no certificate. The reader gives a bare hash, the runtime keys it.
    pub mark: Option<CardMark>,
    /// The reader it lies on takes the PIN on a keypad of its own.
    pub keypad: bool,
}

/// What the opened card face tells; the portrait itself goes to the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardFaceFacts {
    /// Last valid day of the card.
    pub card_until: Date,
    /// Whether there is a portrait (infants' cards have none).
    pub has_portrait: bool,
    /// Whether the issuer's signature covers what was read.
    pub authenticity: Authenticity,
    /// How it fits what was read from the card's print. The reader does not know, the runtime says it.
    pub print: PrintCheck,
}

/// What the chip makes of the dates that were read from the card's print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PrintCheck {
    /// None were read.
    #[default]
    NotRead,
    /// They are the chip's.
    Agrees,
    /// They are others: the print was altered, or misread.
    Differs,
}

/// The verdict on the data of the card face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authenticity {
    /// Issuer signature over the data holds and the chain ends at a trusted key.
    Genuine,
    /// The issuer's signature does not cover what was read.
    Forged,
    /// Nobody trusted vouches for the issuer.
    UnknownIssuer,
    /// The data are an issuer's, but the card does not hold the key that they name: a copy.
    KeyNotHeld,
    /// No trusted issuer key is configured, so nothing can be said.
    Unchecked,
}

impl Authenticity {
    /// Whether the card face may serve for a comparison. What was not checked may; a site that wants otherwise has its
    /// reader refuse such a face.
    pub fn may_serve(self) -> bool {
        matches!(self, Authenticity::Genuine | Authenticity::Unchecked)
    }
}
