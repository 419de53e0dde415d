//! The committed clips of speech and signals, as `assets/sounds/manifest.toml` lists them.

use std::sync::OnceLock;

use serde::Deserialize;

#[derive(Deserialize)]
struct Manifest {
    clip: Vec<Listed>,
}

/// One clip; a signal has no language, key or text.
#[derive(Debug, Deserialize)]
pub struct Listed {
    /// Its file below the folder of the clips.
    pub file: String,
    /// SHA-256 of that file, in hexadecimal.
    pub sha256: String,
    /// Tag of its language.
    pub language: Option<String>,
    /// Key of the text that it says.
    pub key: Option<String>,
    /// What the screen shows where it is said.
    pub text: Option<String>,
}

/// Every clip; read once.
///
/// # Errors
/// What is wrong with the list that this program was built with.
pub fn listed() -> Result<&'static [Listed], &'static str> {
    static LIST: OnceLock<Result<Vec<Listed>, String>> = OnceLock::new();
    let read = || toml::from_str(include_str!("../assets/sounds/manifest.toml")).map(|list: Manifest| list.clip);
    let list = LIST.get_or_init(|| read().map_err(|error| error.message().to_owned()));
    list.as_deref().map_err(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_this_program_can_be_read() {
        assert!(listed().expect("the list").len() > 500);
    }
}
