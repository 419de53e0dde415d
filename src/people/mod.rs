//! The synthetic people and the test card authority, shared by virtual card, gateway and demo.
//!
//! Facts, portraits and keys are compiled in from `assets/people`; `assets/people/README.md` says where they come from.

pub mod authority;
mod cv_certificate;
pub mod insurance;
mod person;
mod x509;

pub use person::{NUMBER_PICTURE, Person, Pictures, Sex, all, by_id};

/// Why the compiled-in people or their keys cannot be used: always a fault of the build, never of a visitor.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// `people.toml` does not parse.
    #[error("people.toml is not valid: {0}")]
    Facts(#[from] toml::de::Error),
    /// A fact has the wrong form.
    #[error("people.toml: {person}: {what}")]
    Fact {
        /// Whose.
        person: String,
        /// What is wrong.
        what: &'static str,
    },
    /// There is nobody of that id.
    #[error("there is no person {0:?}; `uketsuke gateway people` lists them")]
    Unknown(String),
    /// A key file does not hold a private RSA key.
    #[error("test key {name}: {source}")]
    Key {
        /// Which.
        name: String,
        /// Why not.
        source: rsa::pkcs8::Error,
    },
    /// A public key could not be encoded.
    #[error("test certificate: {0}")]
    PublicKey(#[from] x509_cert::spki::Error),
    /// A certificate could not be encoded.
    #[error("test certificate: {0}")]
    Encoding(#[from] x509_cert::der::Error),
    /// A certificate could not be signed.
    #[error("test certificate: {0}")]
    Signature(#[from] rsa::signature::Error),
    /// A date outside what a certificate can hold.
    #[error("test certificate: {0}")]
    Date(#[from] jiff::Error),
}
