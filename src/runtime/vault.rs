//! The vault: everything of a visit that must not be seen, in memory only, wiped at its end.

use std::sync::Arc;

use jiff::Timestamp;
use zeroize::Zeroize;

use crate::domain::code_b;
use crate::domain::qualification::{CardProof, Challenge, QualificationAnswer};
use crate::domain::secret::{CodeB, Pin, Portrait, Secret};
use crate::ports::FrameSlot;

/// Secrets and personal data of the running visit. No `Debug`, no `Clone`.
pub(super) struct Vault {
    digits: Secret<Vec<u8>>,
    pub(super) code_b: Option<CodeB>,
    pub(super) portrait: Option<Arc<Portrait>>,
    pub(super) frames: Option<FrameSlot>,
    pub(super) challenge: Option<Challenge>,
    pub(super) proof: Option<CardProof>,
    pub(super) answer: Option<QualificationAnswer>,
    pub(super) consented_at: Option<Timestamp>,
}

impl Vault {
    pub(super) fn new() -> Self {
        Self {
            // Never grows beyond this, so no copy is left behind by a reallocation.
            digits: Secret::new(Vec::with_capacity(code_b::LENGTH)),
            code_b: None,
            portrait: None,
            frames: None,
            challenge: None,
            proof: None,
            answer: None,
            consented_at: None,
        }
    }

    /// Keeps one typed digit; false when it is none or there is no room.
    pub(super) fn push_digit(&mut self, digit: u8) -> bool {
        let digits = self.digits.expose_mut();
        let fits = digit <= 9 && digits.len() < code_b::LENGTH;
        if fits {
            digits.push(b'0' + digit);
        }
        fits
    }

    pub(super) fn pop_digit(&mut self) {
        if let Some(mut digit) = self.digits.expose_mut().pop() {
            digit.zeroize();
        }
    }

    pub(super) fn forget_digits(&mut self) {
        self.digits.expose_mut().zeroize();
    }

    /// The typed PIN, taken out; `None` when it is not four digits.
    pub(super) fn take_pin(&mut self) -> Option<Pin> {
        let pin = <[u8; 4]>::try_from(self.digits.expose().as_slice()).ok().map(Secret::new);
        self.forget_digits();
        pin
    }

    /// The known or typed code B, taken out; `None` when there is none of fourteen digits.
    pub(super) fn take_code_b(&mut self) -> Option<CodeB> {
        if let Some(known) = self.code_b.take() {
            return Some(known);
        }
        let code = <[u8; code_b::LENGTH]>::try_from(self.digits.expose().as_slice()).ok().map(Secret::new);
        self.forget_digits();
        code
    }

    /// Ends the pictures: nobody can publish or look any more.
    pub(super) fn close_frames(&mut self) {
        if let Some(frames) = self.frames.take() {
            frames.close();
        }
    }

    /// Forgets everything.
    pub(super) fn wipe(&mut self) {
        self.close_frames();
        *self = Self::new();
    }

    /// Whether nothing is kept.
    pub(super) fn is_empty(&self) -> bool {
        self.digits.expose().is_empty()
            && self.code_b.is_none()
            && self.portrait.is_none()
            && self.frames.is_none()
            && self.challenge.is_none()
            && self.proof.is_none()
            && self.answer.is_none()
            && self.consented_at.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_become_a_pin_once() {
        let mut vault = Vault::new();
        for digit in [1, 2, 9, 3] {
            assert!(vault.push_digit(digit));
        }
        vault.pop_digit();
        assert!(vault.push_digit(4));
        assert!(!vault.push_digit(10));
        assert!(vault.take_pin().is_some_and(|pin| pin.expose() == b"1294"));
        assert!(vault.take_pin().is_none());
        assert!(vault.is_empty());
    }

    #[test]
    fn a_known_code_goes_before_typed_digits() {
        let mut vault = Vault::new();
        vault.code_b = Some(Secret::new(*b"55021720352285"));
        assert!(vault.take_code_b().is_some());
        for digit in 0..20 {
            vault.push_digit(digit % 10);
        }
        assert!(vault.take_code_b().is_some_and(|code| code.expose() == b"01234567890123"));
    }

    #[test]
    fn wiping_closes_the_pictures() {
        let mut vault = Vault::new();
        let frames = FrameSlot::new();
        vault.frames = Some(frames.clone());
        vault.portrait = Some(Arc::new(Secret::new(vec![1, 2, 3])));
        vault.wipe();
        assert!(frames.is_closed() && vault.is_empty());
    }
}
