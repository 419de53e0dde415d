//! Certificates and keys as the world writes them: every spelling is read whole or refused with its cause, no text of a
//! refusal holds a piece of a key, and who signed a certificate is what OpenSSL says too.

mod keys;
mod planted;
mod signed;
mod spellings;
mod spelt;

use std::path::PathBuf;

use uketsuke::certificates::FileError;

/// A file that once was not read.
fn input(name: &str) -> Vec<u8> {
    std::fs::read(super::repository("tests/ports/certificates/inputs").join(name)).expect("an input")
}

/// A folder with one file in it.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn file(&self, bytes: &[u8]) -> PathBuf {
        let file = self.0.path().join("planted.pem");
        std::fs::write(&file, bytes).expect("written");
        file
    }
}

/// Everything that is said of a file that is refused.
fn said(error: &FileError) -> String {
    format!("{error}\n{error:?}\n{}", error.remedy)
}
