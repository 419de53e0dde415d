//! The vault: everything of a visit that must not be seen, in memory only, wiped at its end.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use crate::domain::card::CardMark;
use crate::domain::code_b::{LENGTH, Part, PrintDates};
use crate::domain::qualification::{CardProof, Challenge, QualificationAnswer};
use crate::domain::secret::{CodeB, Pin, Portrait, PrintedName, Secret};
use crate::domain::staff::StaffCode;
use crate::ports::FrameSlot;

use super::glimpse::Glimpse;

/// Digits of the longest part that is typed.
const LONGEST: usize = 6;

/// Secrets and personal data of the running visit. No `Debug`, no `Clone`.
pub(super) struct Vault {
    /// What is typed: the parts of code B; PIN and staff code in the place of the first.
    digits: [Secret<Vec<u8>>; 3],
    pub(super) code_b: Option<CodeB>,
    /// The dates that were read beside it, until the opened card has been held against them.
    pub(super) print: Option<Box<PrintDates>>,
    pub(super) portrait: Option<Arc<Portrait>>,
    /// The name as the card has it printed.
    pub(super) name: Option<Arc<PrintedName>>,
    pub(super) frames: Option<FrameSlot>,
    pub(super) challenge: Option<Challenge>,
    pub(super) proof: Option<CardProof>,
    pub(super) answer: Option<QualificationAnswer>,
    /// Keys the marks of cards; of this run, so it outlives visits.
    mark_key: [u8; 32],
}

impl Vault {
    pub(super) fn new() -> Self {
        let mut mark_key = [0; 32];
        if let Err(error) = getrandom::fill(&mut mark_key) {
            // The hash is then only as good as the certificate is long; nothing else depends on it.
            tracing::error!(%error, "no randomness for the key of card marks");
        }
        Self::with_key(mark_key)
    }

    fn with_key(mark_key: [u8; 32]) -> Self {
        Self {
            // They never grow beyond this, so no copy is left behind by a reallocation.
            digits: [(); 3].map(|()| Secret::new(Vec::with_capacity(LONGEST))),
            code_b: None,
            print: None,
            portrait: None,
            name: None,
            frames: None,
            challenge: None,
            proof: None,
            answer: None,
            mark_key,
        }
    }

    /// The mark of a card as the core may know it: nobody else can make it from the certificate.
    pub(super) fn keyed(&self, bare: CardMark) -> CardMark {
        CardMark(Sha256::new().chain_update(self.mark_key).chain_update(bare.0).finalize().into())
    }

    /// Keeps one typed digit of that place; false when it is none or there is no room.
    pub(super) fn push_digit(&mut self, place: usize, digit: u8) -> bool {
        let Some(digits) = self.digits.get_mut(place).map(Secret::expose_mut) else { return false };
        let fits = digit <= 9 && digits.len() < LONGEST;
        if fits {
            digits.push(b'0' + digit);
        }
        fits
    }

    pub(super) fn pop_digit(&mut self, place: usize) {
        if let Some(mut digit) = self.digits.get_mut(place).and_then(|digits| digits.expose_mut().pop()) {
            digit.zeroize();
        }
    }

    /// Forgets the digits of that place.
    pub(super) fn clear_digits(&mut self, place: usize) {
        if let Some(digits) = self.digits.get_mut(place) {
            digits.expose_mut().zeroize();
        }
    }

    /// Forgets all that was typed.
    pub(super) fn forget_digits(&mut self) {
        self.digits.iter_mut().for_each(|digits| digits.expose_mut().zeroize());
    }

    /// The digits of that place.
    pub(super) fn digits(&self, place: usize) -> &[u8] {
        self.digits.get(place).map_or(&[], |digits| digits.expose())
    }

    /// The same for the patient's own eyes.
    pub(super) fn glimpse(&self, place: usize) -> Glimpse {
        Glimpse::new(self.digits(place))
    }

    /// The typed PIN, taken out; `None` when it is not four digits.
    pub(super) fn take_pin(&mut self) -> Option<Pin> {
        let pin = Secret::copied(self.digits(0));
        self.forget_digits();
        pin
    }

    /// The typed staff code, taken out; `None` when it is not six digits.
    pub(super) fn take_staff_code(&mut self) -> Option<StaffCode> {
        let code = Secret::copied(self.digits(0));
        self.forget_digits();
        code
    }

    /// The known or typed code B, taken out; `None` when there is none of fourteen digits.
    pub(super) fn take_code_b(&mut self) -> Option<CodeB> {
        if let Some(known) = self.code_b.take() {
            return Some(known);
        }
        let full = Part::ALL.iter().all(|part| self.digits(part.index()).len() == usize::from(part.length()));
        let code = full.then(|| {
            let mut code = Secret::new([0; LENGTH]);
            let typed = self.digits.iter().flat_map(|digits| digits.expose());
            code.expose_mut().iter_mut().zip(typed).for_each(|(place, digit)| *place = *digit);
            code
        });
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
        *self = Self::with_key(self.mark_key);
    }

    /// Whether nothing is kept.
    pub(super) fn is_empty(&self) -> bool {
        self.digits.iter().all(|digits| digits.expose().is_empty())
            && self.code_b.is_none()
            && self.print.is_none()
            && self.portrait.is_none()
            && self.name.is_none()
            && self.frames.is_none()
            && self.challenge.is_none()
            && self.proof.is_none()
            && self.answer.is_none()
    }
}

impl Drop for Vault {
    /// Also when the task breaks off: camera and engine stop; the secrets wipe themselves.
    fn drop(&mut self) {
        self.close_frames();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_become_a_pin_once() {
        let mut vault = Vault::new();
        for digit in [1, 2, 9, 3] {
            assert!(vault.push_digit(0, digit));
        }
        vault.pop_digit(0);
        assert!(vault.push_digit(0, 4));
        assert!(!vault.push_digit(0, 10) && !vault.push_digit(3, 1));
        assert!(vault.take_pin().is_some_and(|pin| pin.expose() == b"1294"));
        assert!(vault.take_pin().is_none());
        assert!(vault.is_empty());
    }

    #[test]
    fn a_known_code_goes_before_typed_digits() {
        let mut vault = Vault::new();
        vault.code_b = Some(Secret::new(*b"55021720352285"));
        assert!(vault.take_code_b().is_some());
        for (digit, place) in [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2].into_iter().enumerate() {
            assert!(vault.push_digit(place, digit as u8 % 10));
        }
        assert!(!vault.push_digit(0, 9), "there is no room for a seventh digit");
        assert!(vault.take_code_b().is_some_and(|code| code.expose() == b"01234567890123"));
        assert!(vault.take_code_b().is_none() && vault.is_empty());
    }

    #[test]
    fn a_mark_tells_cards_apart_and_kiosks_too() {
        let (mut vault, other) = (Vault::new(), Vault::new());
        let (one, two) = (CardMark([1; 32]), CardMark([2; 32]));
        let before = vault.keyed(one);
        vault.wipe();
        assert_eq!(vault.keyed(one), before);
        assert!(vault.keyed(two) != before && other.keyed(one) != before && before != one);
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
