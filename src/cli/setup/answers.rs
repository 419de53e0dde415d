//! What a site says: its form in a file, which answers are taken, and which setting each becomes.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::adapters::qualification::contract::{is_facility_code, is_terminal_id};
use crate::cli::CliError;
use crate::config;
use crate::domain::written::narrow;
use crate::i18n::Language;
use crate::unquoted;

use super::edit::Setting;

/// The answers, each as it was given; what is left out keeps its setting or takes the usual one.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Answers {
    /// The ten digits of the medical institution code.
    pub facility_code: String,
    pub terminal_id: String,
    /// Address of the gateway.
    pub gateway: String,
    /// Folder of root, terminal certificate and key.
    pub identity: PathBuf,
    /// The drop folder.
    pub folder: PathBuf,
    /// Language of the idle screen.
    pub language: Option<String>,
    /// Part of the reader's name; the first that fits without it.
    pub reader: Option<String>,
    /// Number or lasting name of the camera; the first without it.
    pub camera: Option<String>,
    /// Pixels of the panel; its own without it.
    pub screen: Option<String>,
    /// Inches of the panel.
    pub inches: Option<f32>,
}

impl Answers {
    /// Those of a file.
    ///
    /// # Errors
    /// When it cannot be read, or an answer cannot be.
    pub fn read(path: &Path) -> Result<Self, CliError> {
        let wrong = |cause: String| {
            let cause = format!("{}: {cause}", path.display());
            CliError::usage(cause, "write the answers as in the example site.toml that comes with the package")
        };
        let text = config::text_of(path).map_err(|error| wrong(error.to_string()))?;
        let answers: Self =
            toml::from_str(&text).map_err(|error| wrong(unquoted::toml(&text, &error, "quote each answer")))?;
        match answers.wrong() {
            None => Ok(answers),
            Some(what) => Err(wrong(what.into())),
        }
    }

    /// The first answer that cannot be, with what it should be.
    fn wrong(&self) -> Option<&'static str> {
        let checks = [
            (facility_code(&self.facility_code).is_some(), "facility_code has ten digits"),
            (terminal_id(&self.terminal_id).is_some(), "terminal_id has 1 to 32 letters, digits or hyphens"),
            (gateway(&self.gateway).is_some(), "gateway is an address: https://HOST or https://HOST:PORT"),
            (self.identity.is_absolute(), "identity is the whole path of a folder"),
            (self.folder.is_absolute(), "folder is the whole path of a folder"),
            (self.language.as_deref().is_none_or(|tag| language(tag).is_some()), "language is a tag such as ja or en"),
            (self.screen.as_deref().is_none_or(|size| screen(size).is_some()), "screen is WIDTHxHEIGHT in pixels"),
        ];
        checks.into_iter().find(|(right, _)| !right).map(|(_, what)| what)
    }

    /// The settings that they are.
    pub fn settings(&self) -> Vec<Setting> {
        let quoted = |text: &str| toml::Value::String(text.into()).to_string();
        let path = |path: &Path| quoted(&path.to_string_lossy());
        let always = |section, key, value| Setting { section, key, value: Some(value) };
        let mut settings = vec![
            always("site", "facility_code", quoted(&facility_code(&self.facility_code).unwrap_or_default())),
            always("site", "terminal_id", quoted(&terminal_id(&self.terminal_id).unwrap_or_default())),
            always("gateway", "url", quoted(&gateway(&self.gateway).unwrap_or_default())),
            always("gateway", "identity", path(&self.identity)),
            always("handoff", "folder", path(&self.folder)),
            Setting { section: "reader", key: "name", value: self.reader.as_deref().map(quoted) },
            Setting { section: "camera", key: "id", value: self.camera.as_deref().map(quoted) },
            Setting {
                section: "screen",
                key: "size",
                value: self.screen.as_deref().and_then(screen).map(|s| quoted(&s)),
            },
            Setting {
                section: "screen",
                key: "diagonal_inches",
                value: self.inches.map(|inches| format!("{inches:?}")),
            },
        ];
        settings.extend(self.language.as_deref().map(|tag| always("site", "language", quoted(tag))));
        settings
    }
}

/// Ten digits, of whatever width they are written in.
pub fn facility_code(text: &str) -> Option<String> {
    Some(narrow(text)).filter(|code| is_facility_code(code))
}

/// A name that certificates can hold.
pub fn terminal_id(text: &str) -> Option<String> {
    Some(narrow(text)).filter(|id| is_terminal_id(id))
}

/// `https://HOST[:PORT]` without anything behind; whether it leads anywhere is tried.
pub fn gateway(text: &str) -> Option<String> {
    let text = narrow(text);
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://")?;
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    (!host.is_empty() && host.chars().all(is_host)).then(|| text.to_owned())
}

/// The tag of a language of the screens.
pub fn language(text: &str) -> Option<String> {
    Language::by_tag(text.trim()).map(|language| language.tag().to_owned())
}

/// `WIDTHxHEIGHT` in pixels.
pub fn screen(text: &str) -> Option<String> {
    let text = narrow(text).to_lowercase().replace('×', "x");
    config::parse_size(&text).map(|(width, height)| format!("{width}x{height}"))
}

/// A whole path.
pub fn path(text: &str) -> Option<String> {
    let text = text.trim();
    Path::new(text).is_absolute().then(|| text.to_owned())
}
