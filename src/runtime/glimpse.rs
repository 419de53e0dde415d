//! The typed digits for the patient's own eyes, while they ask to see them.

use std::sync::Arc;

use crate::domain::secret::Secret;

/// What is typed at the moment: wiped when the last one who shows it lets go, never printed.
#[derive(Clone)]
pub struct Glimpse(Arc<Secret<Vec<u8>>>);

impl Glimpse {
    /// A copy of these ASCII digits.
    pub fn new(digits: &[u8]) -> Self {
        Self(Arc::new(Secret::new(digits.to_vec())))
    }

    /// The digit at `place`, 0 to 9; `None` when none is in.
    pub fn digit(&self, place: usize) -> Option<u8> {
        self.0.expose().get(place).and_then(|digit| digit.checked_sub(b'0')).filter(|digit| *digit <= 9)
    }
}

impl std::fmt::Debug for Glimpse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<digits>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_shows_single_digits_and_prints_none() {
        let glimpse = Glimpse::new(b"1290");
        assert_eq!(
            (0..5).map(|place| glimpse.digit(place)).collect::<Vec<_>>(),
            [Some(1), Some(2), Some(9), Some(0), None]
        );
        assert_eq!(format!("{glimpse:?}"), "<digits>");
    }
}
