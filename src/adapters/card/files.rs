//! Applications and files of the card, and which secret opens what.
//!
//! Files that only code A opens (text 0001, visual 0005) and code A itself (text 0014, visual 0013) have no name
//! here on purpose: our client must not be able to reach them.

/// An application's name on the card (AID).
pub type Aid = [u8; 10];

/// 公的個人認証AP.
pub const JPKI: Aid = [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01];
/// 券面事項確認AP.
pub const VISUAL: Aid = [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02];
/// 券面事項入力補助AP.
pub const TEXT: Aid = [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08];
/// 住基AP.
pub const JUKI: Aid = [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01];
/// 共通カードAP.
pub const COMMON: Aid = [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00];

/// GlobalPlatform's Issuer Security Domain: selecting it brings back the state after power-up.
pub const ISSUER_DOMAIN: [u8; 7] = [0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00];

/// An elementary file's number inside its application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ef(pub u16);

impl Ef {
    /// The short identifier for P1 or P2; `None` for numbers that have none.
    pub fn short(self) -> Option<u8> {
        matches!(self.0, 1..=0x1E).then_some(0x80 | self.0 as u8)
    }
}

/// JPKI: the token record; its first 32 bytes are the label.
pub const JPKI_TOKEN: Ef = Ef(0x0006);
/// JPKI: user-authentication certificate.
pub const JPKI_AUTH_CERTIFICATE: Ef = Ef(0x000A);
/// JPKI: the key reference that terminal certificates are checked against.
pub const JPKI_TERMINAL_AUTHORITY: Ef = Ef(0x0016);
/// JPKI: user-authentication key.
pub const JPKI_AUTH_KEY: Ef = Ef(0x0017);
/// JPKI: user-authentication PIN, four digits.
pub const JPKI_AUTH_PIN: Ef = Ef(0x0018);
/// JPKI: signing password.
pub const JPKI_SIGN_PIN: Ef = Ef(0x001B);
/// Visual: the card face.
pub const VISUAL_FACE: Ef = Ef(0x0002);
/// Visual: the issuer's card-verifiable certificate.
pub const VISUAL_ISSUER: Ef = Ef(0x0004);
pub const VISUAL_CODE_B: Ef = Ef(0x0012);
/// Text: PIN, four digits.
pub const TEXT_PIN: Ef = Ef(0x0011);
pub const TEXT_CODE_B: Ef = Ef(0x0015);
/// Juki: PIN, four digits.
pub const JUKI_PIN: Ef = Ef(0x001C);

/// Tag of the card face file.
pub const TAG_FACE: u16 = 0xFF20;
/// Tag of a card-verifiable certificate.
pub const TAG_CV_CERTIFICATE: u16 = 0x7F21;

/// Wrong entries that a four-digit PIN allows.
pub const PIN_TRIES: u8 = 3;
/// Wrong entries that the signing password allows.
pub const SIGN_TRIES: u8 = 5;
/// Wrong entries that code B allows.
pub const CODE_B_TRIES: u8 = 10;
