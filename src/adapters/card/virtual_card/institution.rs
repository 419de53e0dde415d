//! **Simulated**: how a terminal of an approved body proves itself to the card, so that the user-authentication key signs
//! without PIN.
//!
//! Public are only that such a mechanism exists, that the card checks a terminal's card-verifiable certificate against file
//! 0016 with `80 A2 06 C1` (body) and `80 A2 00 C1` (signature), and that the card gives challenges. That the terminal then
//! signs a challenge for `00 82`, with what padding, and that key 0017 opens by it, is invented here after the shape of
//! ISO/IEC 7816-4. No real card is known to follow it.

use rsa::RsaPublicKey;

use super::super::apdu::Command;
use super::super::authenticity::{is_signed, key_in_cv_body};
use super::super::files::{self, Ef};
use super::super::tlv;
use super::content::Node;
use super::{VirtualCard, word};

/// How far a terminal has come in proving itself.
#[derive(Default)]
pub(super) enum Terminal {
    #[default]
    Unknown,
    /// It has handed over the body of its certificate.
    Claims(Vec<u8>),
    /// Its certificate holds.
    Certified(Box<RsaPublicKey>),
}

impl VirtualCard {
    /// Takes a terminal's certificate in two pieces, body and signature; file 0016 must be the current one.
    pub(super) fn take_terminal_certificate(&mut self, command: &Command) -> Result<Vec<u8>, u16> {
        let authority = match self.file.and_then(|file| self.node(file)).ok_or(0x6986_u16)? {
            Node::TerminalAuthority(key) => key.clone(),
            _ => return Err(0x6981),
        };
        let piece = tlv::first(&command.data).map_err(|_| 0x6A80_u16)?;
        self.terminal = match (command.p1, command.p2, piece.tag) {
            (0x06, 0xC1, 0x5F4E) => Terminal::Claims(piece.value.to_vec()),
            (0x00, 0xC1, 0x5F37) => {
                let Terminal::Claims(body) = std::mem::take(&mut self.terminal) else { return Err(0x6985) };
                let key = key_in_cv_body(&body).map_err(|_| 0x6A80_u16)?;
                if !is_signed(&authority, &body, piece.value) {
                    return Err(0x6A80);
                }
                Terminal::Certified(Box::new(key))
            }
            (0x06 | 0x00, 0xC1, _) => return Err(0x6A80),
            _ => return Err(0x6A86),
        };
        Ok(word(0x9000))
    }

    /// EXTERNAL AUTHENTICATE: the certified terminal's signature over the card's last challenge.
    pub(super) fn authenticate_terminal(&mut self, command: &Command) -> Result<Vec<u8>, u16> {
        let application = self.application.filter(|aid| *aid == files::JPKI).ok_or(0x6985_u16)?;
        let challenge = self.challenge.take().ok_or(0x6985_u16)?;
        let Terminal::Certified(key) = &self.terminal else { return Err(0x6985) };
        if !is_signed(key, &challenge, &command.data) {
            return Err(0x6300);
        }
        let proven: Ef = files::JPKI_TERMINAL_AUTHORITY;
        self.verified.insert((application, proven));
        Ok(word(0x9000))
    }
}
