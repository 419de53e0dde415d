//! The section `[handoff]`: where files for the receipt computer lie, what they look like, and how they come there.

use std::path::PathBuf;

use serde::Deserialize;

use super::place;

/// Files for the receipt computer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handoff {
    /// Drop folder.
    #[serde(deserialize_with = "place::one")]
    pub folder: PathBuf,
    /// Label, bytes and repertoire of the XML.
    #[serde(default)]
    pub encoding: Encoding,
    /// How the insurances of an answer become files.
    #[serde(default)]
    pub results: Results,
    /// Order of the elements.
    #[serde(default)]
    pub order: Order,
    /// How programs that watch the folder hear of a file.
    #[serde(default)]
    pub arrival: Arrival,
    /// Permission bits of the files, in octal digits.
    #[serde(default)]
    pub mode: Mode,
    /// Their group, by name or number; that of the folder without it.
    pub group: Option<String>,
    /// Folder of the JSON twins; none are written without it.
    #[serde(default, deserialize_with = "place::maybe")]
    pub twin: Option<PathBuf>,
    /// File names; the official pattern without it.
    pub pattern: Option<String>,
    /// Minutes of running after which staff are told of a file that nobody took; 0 for never.
    #[serde(default = "stay_minutes")]
    pub stay_minutes: u16,
    /// Minutes of running after which such a file is removed and a note left; 0 for never.
    #[serde(default)]
    pub remove_minutes: u16,
    /// Folder in which each reception is announced by a line in `receipt.txt`; not announced without it.
    #[serde(default, deserialize_with = "place::maybe")]
    pub receipt_line: Option<PathBuf>,
    /// Folder of requests (`req`) through which 照会番号 are registered; by the gateway without it.
    #[serde(default, deserialize_with = "place::maybe")]
    pub reference_requests: Option<PathBuf>,
    /// Folder in which the official software answers them (`res`); its answers are not read without it.
    #[serde(default, deserialize_with = "place::maybe")]
    pub reference_answers: Option<PathBuf>,
    /// What the site found out of the encryption of face results.
    pub face_encryption: Option<FaceEncryption>,
    /// Days with a delivery for which a delivered check is remembered, so that it is never delivered again.
    #[serde(default = "remember_days")]
    pub remember_days: u16,
    /// Days on which a file is tried before it is set aside for staff.
    #[serde(default = "spool_days")]
    pub spool_days: u16,
}

impl Handoff {
    /// Official names and forms in that folder, nothing beside them.
    pub fn into_folder(folder: PathBuf) -> Self {
        Self {
            folder,
            encoding: Encoding::default(),
            results: Results::default(),
            order: Order::default(),
            arrival: Arrival::default(),
            mode: Mode::default(),
            group: None,
            twin: None,
            pattern: None,
            stay_minutes: stay_minutes(),
            remove_minutes: 0,
            receipt_line: None,
            reference_requests: None,
            reference_answers: None,
            face_encryption: None,
            remember_days: remember_days(),
            spool_days: spool_days(),
        }
    }

    /// Whether every span lies in its range.
    ///
    /// # Errors
    /// The first one that does not.
    pub(super) fn check(&self) -> Result<(), &'static str> {
        if !(1..=3650).contains(&self.remember_days) || !(1..=365).contains(&self.spool_days) {
            return Err("handoff: remember_days lies between 1 and 3650, spool_days between 1 and 365");
        }
        if self.remove_minutes > 0 && self.remove_minutes < self.stay_minutes.max(60) {
            return Err("handoff: remove_minutes is 0, or at least 60 and not less than stay_minutes");
        }
        if self.group.as_deref().is_some_and(|group| group.trim() != group || group.is_empty()) {
            return Err("handoff: group is the name or the number of a group, without spaces around it");
        }
        if self.face_encryption == Some(FaceEncryption::Encrypted) {
            return Err(
                "handoff: face results are encrypted at this site (`e`), which the kiosk cannot write: have the \
                        receipt computer's vendor set `n` for the face kind in encrypt_face.conf",
            );
        }
        Ok(())
    }
}

fn stay_minutes() -> u16 {
    30
}

fn remember_days() -> u16 {
    30
}

fn spool_days() -> u16 {
    7
}

/// Label, bytes and repertoire of the XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Encoding {
    /// Labelled `Shift_JIS`, JIS X 0208 alone.
    #[default]
    #[serde(rename = "shift_jis")]
    ShiftJis,
    /// Labelled `Windows-31J`, with the vendors' characters.
    #[serde(rename = "windows-31j")]
    Windows31J,
    /// Labelled `Shift_JIS`, with the vendors' characters.
    #[serde(rename = "shift_jis-windows")]
    ShiftJisOfWindows,
    #[serde(rename = "utf-8")]
    Utf8,
}

/// How the insurances of an answer become files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Results {
    /// All in one.
    #[default]
    OneFile,
    /// A file for each.
    OnePerResult,
    /// The first alone.
    First,
}

/// Order of the elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// Status and validity, then the list.
    #[default]
    ResultsLast,
    /// The list, then status and validity.
    ResultsFirst,
}

/// How programs that watch the folder hear of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arrival {
    /// Created.
    #[default]
    Link,
    /// Renamed.
    Rename,
    /// Created and Changed.
    Write,
}

/// What stands for the face kind in `encrypt_face.conf`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum FaceEncryption {
    /// Not encrypted.
    #[serde(rename = "n")]
    Plain,
    /// Encrypted.
    #[serde(rename = "e")]
    Encrypted,
}

/// Permission bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode(pub u32);

/// Readable for the group, which is to be the receipt computer's account.
impl Default for Mode {
    fn default() -> Self {
        Self(0o640)
    }
}

impl<'de> Deserialize<'de> for Mode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let digits = text.strip_prefix("0o").unwrap_or(&text);
        let mode = u32::from_str_radix(digits, 8).ok().filter(|_| (3..=4).contains(&digits.len()));
        // The kiosk reads and removes its own files; nobody runs them; whoever may write them may exchange them.
        let right = mode.filter(|mode| mode & 0o600 == 0o600 && mode & !0o664 == 0);
        right.map(Mode).ok_or_else(|| {
            serde::de::Error::custom("mode is octal in quotes, \"0600\" to \"0664\": 6 for the kiosk, 0, 4 or 6 for the group, 0 or 4 for others")
        })
    }
}
