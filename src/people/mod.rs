//! The synthetic people and the test card authority, shared by virtual card, gateway and demo.
//!
//! Facts, portraits and keys are compiled in from `assets/people`; `assets/people/README.md` says where they come from.

pub mod authority;
mod cv_certificate;
pub mod insurance;
pub mod insured;
mod person;
mod register;
mod x509;

pub use person::{NUMBER_PICTURE, Person, Pictures, Sex};
pub use register::{People, all, by_id};

/// Why people or their keys cannot be used: a fault of the file named with `--people`, or else of the build.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// A file of people or a portrait cannot be read.
    #[error("{}: {}", .0.display(), .1)]
    Read(std::path::PathBuf, std::io::Error),
    /// The facts do not parse.
    #[error("the facts about people are not valid: {0}")]
    Facts(#[from] toml::de::Error),
    /// A fact has the wrong form.
    #[error("person {person:?}: {what}")]
    Fact { person: String, what: &'static str },
    /// There is nobody of that id.
    #[error("there is no person {0:?}; `uketsuke gateway people` lists them")]
    Unknown(String),
    /// A key file does not hold a private RSA key.
    #[error("test key {name}: {source}")]
    Key {
        name: String,
        /// Why not.
        source: rsa::pkcs8::Error,
    },
    /// A public key could not be encoded.
    #[error("test certificate: {0}")]
    PublicKey(#[from] x509_cert::spki::Error),
    /// A certificate could not be read back.
    #[error("test certificate: {0}")]
    Certificate(#[from] crate::certificates::CertificateFault),
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
