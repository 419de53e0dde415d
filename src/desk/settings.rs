//! The settings of a desk, `desk.toml`. An unknown key is refused with its name.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::charts::ChartSettings;
use crate::unquoted;

/// All settings of one desk.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address and port.
    #[serde(default = "listen")]
    pub listen: SocketAddr,
    /// Whether other machines may reach it; without it only an address of this machine is taken.
    #[serde(default)]
    pub beyond_this_machine: bool,
    /// Folder of the certificates, as `uketsuke desk pki` writes it.
    pub pki: PathBuf,
    /// Folder of database, keys and audit log; the desk's account alone can open it.
    pub state: PathBuf,
    /// Days of which patients and calls are kept; 1 is today.
    #[serde(default = "one")]
    pub keep_days: u8,
    /// Minutes without a hand after which the password is asked for again.
    #[serde(default = "ten")]
    pub lock_minutes: u16,
    /// Seconds without a hand after which the page covers itself; 0 for never.
    #[serde(default = "two_minutes")]
    pub blank_seconds: u32,
    /// The clinic's list of charts.
    #[serde(default)]
    pub charts: Option<ChartSettings>,
    /// Address of this machine at which counts for monitoring are served.
    #[serde(default)]
    pub metrics: Option<SocketAddr>,
    /// Requests a second that one kiosk or one browser's address may make; 0 for no limit.
    #[serde(default = "forty")]
    pub rate_limit: u32,
}

fn listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8444))
}

fn one() -> u8 {
    1
}

fn ten() -> u16 {
    10
}

fn two_minutes() -> u32 {
    120
}

fn forty() -> u32 {
    40
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("{}: {}", .0.display(), .1)]
    Read(PathBuf, std::io::Error),
    /// It says something that cannot be.
    #[error("{0}")]
    Wrong(String),
}

impl Settings {
    /// Those of a file.
    ///
    /// # Errors
    /// When it cannot be read, or says what cannot be.
    pub fn load(file: &Path) -> Result<Self, SettingsError> {
        let text = std::fs::read_to_string(file).map_err(|error| SettingsError::Read(file.to_owned(), error))?;
        let settings: Self = toml::from_str(&text).map_err(|error| {
            SettingsError::Wrong(format!("{}: {}", file.display(), unquoted::toml(&text, &error, "")))
        })?;
        settings.checked()
    }

    /// Those without a file.
    pub fn of(pki: PathBuf, state: PathBuf) -> Self {
        Self {
            listen: listen(),
            beyond_this_machine: false,
            pki,
            state,
            keep_days: one(),
            lock_minutes: ten(),
            blank_seconds: two_minutes(),
            charts: None,
            metrics: None,
            rate_limit: forty(),
        }
    }

    /// The same, if it can be.
    ///
    /// # Errors
    /// When a value makes no sense.
    pub fn checked(self) -> Result<Self, SettingsError> {
        let wrong = |text: &str| Err(SettingsError::Wrong(text.to_owned()));
        if !(1..=31).contains(&self.keep_days) {
            return wrong("keep_days is 1 to 31");
        }
        if !(1..=480).contains(&self.lock_minutes) {
            return wrong("lock_minutes is 1 to 480");
        }
        if self.metrics.is_some_and(|metrics| !metrics.ip().is_loopback()) {
            return wrong("metrics is an address of this machine, as 127.0.0.1:9444");
        }
        if !self.beyond_this_machine && !self.listen.ip().is_loopback() {
            return wrong("listen is an address that other machines reach; say beyond_this_machine = true if they may");
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.toml");
        std::fs::write(&file, format!("pki = '/p'\nstate = '/s'\n{text}")).expect("written");
        Settings::load(&file).map_err(|error| error.to_string())
    }

    #[test]
    fn the_usual_is_this_machine_and_today() {
        assert_eq!(read(""), Ok(Settings::of("/p".into(), "/s".into())));
    }

    #[test]
    fn what_cannot_be_is_refused_by_its_name() {
        let cases = [
            ("lissten = '127.0.0.1:1'", "lissten"),
            ("keep_days = 0", "keep_days"),
            ("lock_minutes = 0", "lock_minutes"),
            ("listen = '0.0.0.0:8444'", "beyond_this_machine"),
            ("listen = 'here'", "listen"),
            ("metrics = '0.0.0.0:9444'", "metrics"),
            ("[charts]\nfile = '/c'\nnumber = 'n'\nkana = 'k'", "birth"),
        ];
        for (text, named) in cases {
            let error = read(text).expect_err(text);
            assert!(error.contains(named), "{text}: {error}");
        }
        assert!(read("listen = '0.0.0.0:8444'\nbeyond_this_machine = true").is_ok());
    }
}
