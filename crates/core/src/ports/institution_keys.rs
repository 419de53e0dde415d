//! The keys of an approved body (特定利用者証明検証者, 公的個人認証法第38条の2), which let a card's user-authentication key sign
//! without PIN after a face match.
//!
//! Public are only that they exist and what the card checks a terminal's certificate against. A real adapter needs the
//! certificate, the private key in its secure module and the rules of use that the minister's approval comes with; this
//! repository has none of them. The adapter here simulates the shape for cards of the test authority and says so.

use crate::domain::failure::Failure;

/// What an approved body's terminal can show to a card.
pub trait InstitutionKeys: super::Diagnose + Send + Sync {
    /// The terminal's card-verifiable certificate (7F21), as the body issued it.
    ///
    /// # Errors
    /// When the secure module does not give it.
    fn certificate(&self) -> Result<Vec<u8>, Failure>;

    /// The terminal's answer to the card's challenge.
    ///
    /// # Errors
    /// When the secure module does not sign.
    fn answer(&self, challenge: &[u8]) -> Result<Vec<u8>, Failure>;

    /// Whether this is a simulation, whose signatures prove nothing about a real card.
    fn is_simulated(&self) -> bool;
}
