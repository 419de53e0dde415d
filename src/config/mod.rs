//! Typed settings from `uketsuke.toml`. An unknown key is refused with its name; nothing is guessed.

mod desk;
mod files;
mod handoff;
mod place;
mod sound;
mod terms;
mod visit;

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use crate::bounded;
use crate::domain::face::{self, Rule};
use crate::domain::session::Settings;
use crate::unquoted;

pub use desk::Desk;
pub use files::{AuditLog, Queue};
pub use handoff::{Arrival, Encoding, FaceEncryption, Handoff, Mode, Order, Results};
pub use sound::Sound;
pub use terms::{sample_terms, terms};
pub use visit::{After, Consent, Reception, Waiting};

/// All settings of one kiosk.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Who and where.
    pub site: Site,
    /// Card reader.
    #[serde(default)]
    pub reader: Reader,
    /// Whom to believe about cards.
    #[serde(default)]
    pub card: Card,
    #[serde(default)]
    pub camera: Camera,
    pub gateway: Gateway,
    /// Files for the receipt computer.
    pub handoff: Handoff,
    /// The desk's server; staff are told in the log alone without it.
    pub desk: Option<Desk>,
    /// Window.
    #[serde(default)]
    pub screen: Screen,
    /// Speech and signals.
    #[serde(default)]
    pub sound: Sound,
    /// Where the kiosk keeps its own files.
    #[serde(default)]
    pub state: State,
    #[serde(default)]
    pub audit: AuditLog,
    /// Offline queue.
    #[serde(default)]
    pub queue: Queue,
    /// Face models.
    #[serde(default)]
    pub models: Models,
    /// Face decision.
    #[serde(default)]
    pub face: Face,
    /// First registration; not offered without it.
    pub registration: Option<Registration>,
    /// Staff at the kiosk's screen.
    #[serde(default)]
    pub staff: Staff,
    /// How consents are asked for.
    #[serde(default)]
    pub consent: Consent,
    /// What else is asked, and what comes after.
    #[serde(default)]
    pub reception: Reception,
    /// How long patients are waited for.
    #[serde(default)]
    pub timing: Waiting,
}

/// First registration on the spot.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// File of the terms of use that patients agree to, of the form of `assets/terms/sample-1.toml`.
    #[serde(deserialize_with = "place::one")]
    pub terms: PathBuf,
    /// The idle screen also offers to ask how far the registration of a card has come, and to register it.
    #[serde(default = "yes")]
    pub inquiry: bool,
}

/// Who and where.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// 医療機関コード, ten digits.
    pub facility_code: String,
    /// Unique among the kiosks of the site.
    pub terminal_id: String,
    /// Language of the idle screen.
    #[serde(default = "ja")]
    pub language: String,
}

/// Card reader.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reader {
    /// PC/SC name or a part of it, `*` standing for anything; without it the first one that a patient's card can lie on.
    pub name: Option<String>,
    /// The PIN is typed on the screen although the reader has a keypad of its own.
    #[serde(default)]
    pub ignore_keypad: bool,
}

/// Whom to believe about cards. Nobody by default: then chain and issuer are the gateway's to check.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Card {
    /// Certificates of the user-authentication authority, PEM or DER, every generation.
    #[serde(deserialize_with = "place::many")]
    pub certificate_authorities: Vec<PathBuf>,
    /// Public keys that sign the certificates of card face issuers, PEM or DER.
    #[serde(deserialize_with = "place::many")]
    pub face_authorities: Vec<PathBuf>,
    /// What becomes of a card face when no such key is named.
    pub unchecked_face: UncheckedFace,
}

/// What becomes of a card face that cannot be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UncheckedFace {
    /// It is compared with the patient all the same; the gateway gets what it needs to check it.
    #[default]
    Accept,
    /// Staff are called.
    Refuse,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Camera {
    /// A number, or a stable name; without it the first one.
    pub id: Option<String>,
    /// Code B is read from the card's print.
    pub card: Option<CardCamera>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardCamera {
    /// The camera that sees the card: a number, or a stable name; without it the one that looks at the face.
    pub id: Option<String>,
    /// How the card comes before it.
    #[serde(default)]
    pub look: CardLook,
}

/// How the card comes before the camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CardLook {
    /// The camera sees it where it lies on the reader: the patient does nothing for it.
    #[default]
    Lying,
    /// The patient shows its front, and puts it back.
    Shown,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gateway {
    /// `https://HOST[:PORT]`.
    pub url: String,
    /// Folder of root, terminal certificate and key.
    #[serde(deserialize_with = "place::one")]
    pub identity: PathBuf,
    /// SHA-256 of the public keys of the roots to believe, in base64; without it every root of the folder is believed.
    #[serde(default)]
    pub pins: Vec<String>,
}

/// Window.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Screen {
    /// Pixels, `1080x1920`; without it the panel's own.
    pub size: Option<String>,
    /// Inches of the panel; without it the usual one of that size.
    pub diagonal_inches: Option<f32>,
    /// Borderless over the whole panel.
    pub fullscreen: bool,
    /// No animation.
    pub reduced_motion: bool,
    /// The digits of the PIN keypad in another order for every visit; each patient can change that.
    pub shuffle_keypad: bool,
}

impl Default for Screen {
    fn default() -> Self {
        Self { size: None, diagonal_inches: None, fullscreen: true, reduced_motion: false, shuffle_keypad: false }
    }
}

/// Where the kiosk keeps its own files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct State {
    /// The folder; must be writable by the kiosk alone.
    #[serde(deserialize_with = "place::one")]
    pub folder: PathBuf,
}

impl Default for State {
    fn default() -> Self {
        Self { folder: state_folder() }
    }
}

/// Staff at the kiosk's screen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// The file of names and hashed codes that `uketsuke staff` writes; without it `staff.toml` in the system's place.
    #[serde(default, deserialize_with = "place::maybe")]
    pub file: Option<PathBuf>,
}

/// Face models.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Models {
    /// The folder; without it the one beside the program.
    #[serde(default, deserialize_with = "place::maybe")]
    pub folder: Option<PathBuf>,
}

/// Face decision; each value replaces the one of the model pack.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Face {
    /// Lowest cosine of a match.
    pub match_at: Option<f32>,
    /// Lowest liveness of a live person.
    pub live_at: Option<f32>,
    /// Liveness also asks for a turn of the head to a side drawn by lot.
    #[serde(default)]
    pub active: bool,
    /// Attempts before PIN and staff are offered instead.
    pub max_tries: Option<u8>,
    /// Folder of another model pack than the one delivered, for instance a vendor's licensed recogniser.
    #[serde(default, deserialize_with = "place::maybe")]
    pub pack: Option<PathBuf>,
    /// SHA-256 of that pack's `manifest.toml`; another manifest is refused.
    pub pack_sha256: Option<String>,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No such file, or not readable.
    #[error("{}: {}", .0.display(), .1)]
    Read(PathBuf, std::io::Error),
    /// Not TOML, a wrong type, an unknown or missing key.
    #[error("{}: {}", .0.display(), .1)]
    Parse(PathBuf, String),
    /// In another character code than UTF-8.
    #[error("{}: the file is in {}, not in UTF-8; open it in an editor and save it as UTF-8 (Notepad: Save as, Encoding)", .0.display(), .1)]
    Code(PathBuf, &'static str),
    /// A value out of its range.
    #[error("{}: {}", .0.display(), .1)]
    Range(PathBuf, &'static str),
}

fn ja() -> String {
    "ja".into()
}

fn yes() -> bool {
    true
}

#[cfg(windows)]
fn program_data() -> PathBuf {
    std::env::var_os("ProgramData").map_or_else(|| PathBuf::from(r"C:\ProgramData"), PathBuf::from).join("Uketsuke")
}

/// The system's place of the settings.
pub fn default_path() -> PathBuf {
    #[cfg(windows)]
    return program_data().join("uketsuke.toml");
    #[cfg(not(windows))]
    PathBuf::from("/etc/uketsuke/uketsuke.toml")
}

fn state_folder() -> PathBuf {
    #[cfg(windows)]
    return program_data().join("state");
    #[cfg(not(windows))]
    PathBuf::from("/var/lib/uketsuke")
}

impl Config {
    /// The settings of a kiosk of whatever site its certificate names, all else as usual.
    pub fn usual(gateway: Gateway, handoff: Handoff, state_folder: PathBuf) -> Self {
        Self {
            site: Site { facility_code: String::new(), terminal_id: String::new(), language: ja() },
            reader: Reader::default(),
            card: Card::default(),
            camera: Camera::default(),
            gateway,
            handoff,
            desk: None,
            screen: Screen::default(),
            sound: Sound::default(),
            state: State { folder: state_folder },
            audit: AuditLog::default(),
            queue: Queue::default(),
            models: Models::default(),
            face: Face::default(),
            registration: None,
            staff: Staff::default(),
            consent: Consent::default(),
            reception: Reception::default(),
            timing: Waiting::default(),
        }
    }

    /// Reads and checks the settings.
    ///
    /// # Errors
    /// With file, line and key of what is wrong.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        Self::of_text(path, &text_of(path)?)
    }

    /// The same of a text that is to stand in that file.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn of_text(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let config: Self = toml::from_str(text).map_err(|error| {
            let more = place::about_backslashes(text, error.span());
            let more = more.map(|more| format!("; {}", more.trim_start_matches(['\n', ' ']))).unwrap_or_default();
            ConfigError::Parse(path.into(), format!("{}{more}", unquoted::toml(text, &error, place::EXAMPLE)))
        })?;
        config.check().map_err(|reason| ConfigError::Range(path.into(), reason))?;
        Ok(config)
    }

    fn check(&self) -> Result<(), &'static str> {
        let within = |value: Option<f32>, range: RangeInclusive<f32>| value.is_none_or(|value| range.contains(&value));
        if !within(self.face.match_at, face::MATCH_AT) || !within(self.face.live_at, face::LIVE_AT) {
            return Err(
                "face: match_at lies between 0.1 and 0.99 and live_at between 0.05 and 0.99; below, everybody would pass",
            );
        }
        if self.face.max_tries.is_some_and(|tries| tries == 0 || tries > 5) {
            return Err("face: max_tries lies between 1 and 5, because each try is another draw for an impostor");
        }
        let is_hash = |text: &String| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        if self.face.pack_sha256.as_ref().is_some_and(|hash| self.face.pack.is_none() || !is_hash(hash)) {
            return Err("face: pack_sha256 has 64 hexadecimal digits and belongs to a pack");
        }
        if self.screen.size.is_some() && self.size().is_none() {
            return Err("screen: size is WIDTHxHEIGHT in pixels");
        }
        if self.sound.volume.is_some_and(|step| !(1..=5).contains(&step)) {
            return Err("sound: volume lies between 1 and 5");
        }
        if self.screen.diagonal_inches.is_some_and(|inches| !(5.0..=60.0).contains(&inches)) {
            return Err("screen: diagonal_inches lies between 5 and 60");
        }
        files::check(&self.queue, &self.audit)?;
        self.handoff.check()?;
        self.consent.plan()?;
        self.timing.timing()?;
        Ok(())
    }

    /// Width and height of the window in pixels.
    pub fn size(&self) -> Option<(u32, u32)> {
        parse_size(self.screen.size.as_deref()?)
    }

    /// Folder of the audit log.
    pub fn audit_folder(&self) -> PathBuf {
        self.audit.folder.clone().unwrap_or_else(|| self.state.folder.join("audit"))
    }

    /// File of the staff codes.
    pub fn staff_file(&self) -> PathBuf {
        self.staff.file.clone().unwrap_or_else(|| default_path().with_file_name("staff.toml"))
    }

    /// What the core is told; reads the terms of use. `usual` is the face rule of the model pack.
    ///
    /// # Errors
    /// When the terms of use cannot be used.
    pub fn settings(&self, usual: Rule) -> Result<Settings, ConfigError> {
        let face = Rule {
            match_at: self.face.match_at.unwrap_or(usual.match_at),
            live_at: self.face.live_at.unwrap_or(usual.live_at),
            active: self.face.active,
            max_tries: self.face.max_tries.unwrap_or(usual.max_tries),
            ..usual
        };
        let terms = self.registration.as_ref().map(|registration| terms(&registration.terms)).transpose()?;
        Ok(Settings {
            timing: self.timing.timing().unwrap_or_default(),
            face,
            terms: terms.map(Arc::new),
            inquiry: self.registration.as_ref().is_some_and(|registration| registration.inquiry),
            consents: self.consent.plan().unwrap_or_default(),
            ..self.reception.apply(Settings::default())
        })
    }
}

/// The text of a file that a site wrote, which is not read to its end when it has none.
///
/// # Errors
/// When there is none, or it is no text in UTF-8.
pub fn text_of(path: &Path) -> Result<String, ConfigError> {
    let failed = |error| ConfigError::Read(path.into(), error);
    let bytes = bounded::read(path).map_err(failed)?;
    place::text(bytes).map_err(|code| ConfigError::Code(path.into(), code))
}

/// `WIDTHxHEIGHT` in pixels.
pub fn parse_size(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once('x')?;
    let side = |text: &str| text.trim().parse().ok().filter(|pixels| (320..=8192).contains(pixels));
    Some((side(width)?, side(height)?))
}

#[cfg(test)]
mod tests;
