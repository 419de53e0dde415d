//! Model packs: what a folder of networks holds, where its lines are drawn, and the check that its files are the ones
//! it names.
//!
//! The pack that comes with the program is compiled in (its list, not its networks). A site may name another folder with
//! a `manifest.toml` of its own, for instance a vendor's licensed recogniser; roles it leaves out are filled from ours.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use uketsuke_core::domain::face::{self, Rule};

use super::sample::Planes;

/// The list of our own pack; part of the program, so a changed file on disk cannot bring its own.
const BUILT_IN: &str = include_str!("../../../models/manifest.toml");

/// Names the folder of the models for every command that is not told otherwise.
const DIR_VARIABLE: &str = "UKETSUKE_MODELS";

/// The file that describes a pack.
const MANIFEST: &str = "manifest.toml";

/// Largest manifest and largest network taken.
const MOST_MANIFEST_BYTES: u64 = 1 << 20;
const MOST_MODEL_BYTES: u64 = 1 << 30;

/// Where the models are and which pack is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackChoice {
    /// Folder of the program's own models; without it the usual place.
    pub models: Option<PathBuf>,
    /// Folder of another pack; without it the program's own.
    pub pack: Option<PathBuf>,
    /// SHA-256 of that pack's manifest in hexadecimal; another manifest is refused.
    pub sha256: Option<String>,
}

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file cannot be read.
    #[error("model file {0} cannot be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The file is not the pinned one.
    #[error("model file {0} is not the pinned one (SHA-256 differs)")]
    WrongHash(PathBuf),
    /// The network runtime refuses the file, or its output is not what its role needs.
    #[error("model file {0} does not load: {1}")]
    NotLoadable(PathBuf, String),
    /// The list of models is damaged or not complete.
    #[error("the list of models {0} is not usable: {1}")]
    Manifest(PathBuf, String),
}

/// What a network is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Faces in the whole picture.
    DetectCoarse,
    /// Five points on a crop.
    DetectFine,
    /// Numbers of an aligned face; a pack may have several, whose cosines are averaged.
    Embed,
    /// Attacks, near crop.
    LiveNear,
    /// Attacks, far crop.
    LiveFar,
    /// 478 points of a face.
    Landmarks,
}

impl Role {
    /// Every role a pack must fill.
    pub const ALL: [Self; 6] =
        [Self::DetectCoarse, Self::DetectFine, Self::Embed, Self::LiveNear, Self::LiveFar, Self::Landmarks];

    /// As the manifest writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DetectCoarse => "detect-coarse",
            Self::DetectFine => "detect-fine",
            Self::Embed => "embed",
            Self::LiveNear => "live-near",
            Self::LiveFar => "live-far",
            Self::Landmarks => "landmarks",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    pack: Name,
    decision: Decision,
    #[serde(default)]
    model: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    name: String,
    version: String,
}

/// Where the lines are drawn and what they stand for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Lowest score of a match.
    pub match_at: f32,
    /// Lowest texture of a live face, and the lowest that a sign of life lifts to it; without them the usual ones.
    pub live_at: Option<f32>,
    /// See [`Rule::doubt_at`].
    pub doubt_at: Option<f32>,
    /// Share of strangers that pass that line, one frame against one portrait.
    pub fmr: f64,
    /// Share of true pairs that fail it, one frame against one portrait.
    pub fnmr: f64,
    /// On whom and how the two shares were measured.
    pub measured: String,
    /// Other lines of the same measurement.
    #[serde(default)]
    pub point: Vec<Point>,
}

/// One line and its shares.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The line.
    pub match_at: f32,
    /// Strangers that pass.
    pub fmr: f64,
    /// True pairs that fail.
    pub fnmr: f64,
}

/// One network of a pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "licence and origin are for the reader of the file, and must be there")]
pub struct Entry {
    /// What it is for.
    pub role: Role,
    /// Name of the file beside the manifest.
    pub file: String,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// Batch, channels, rows, columns.
    pub input: [usize; 4],
    /// Order of the colour planes of a recogniser's input.
    #[serde(default)]
    pub planes: Planes,
    /// Taken off every value (0 to 255) of a recogniser's input.
    #[serde(default)]
    pub mean: f32,
    /// What is left is multiplied by this.
    #[serde(default = "one")]
    pub scale: f32,
    /// Share of a recogniser in the score, beside the others of the pack.
    #[serde(default = "one")]
    pub weight: f32,
    r#use: String,
    licence: String,
    carrier: String,
    #[serde(default)]
    carrier_file: Option<String>,
    #[serde(default)]
    carrier_sha256: Option<String>,
    /// Folder of the file; not in the manifest.
    #[serde(skip)]
    dir: PathBuf,
}

fn one() -> f32 {
    1.0
}

/// A checked description of a pack; its networks are read by [`Models`](super::Models).
#[derive(Debug, Clone)]
pub struct Pack {
    name: String,
    version: String,
    dir: PathBuf,
    decision: Decision,
    entries: Vec<Entry>,
    /// Hash of a manifest that nobody pinned.
    unpinned: Option<String>,
}

impl Pack {
    /// The chosen pack.
    ///
    /// # Errors
    /// When its list cannot be read, is not the pinned one, or leaves something open.
    pub fn open(choice: &PackChoice) -> Result<Self, ModelError> {
        let ours = choice.models.clone().unwrap_or_else(default_dir);
        let built_in = Self::parse(BUILT_IN, &ours)?;
        match &choice.pack {
            Some(dir) => Self::other(dir, choice.sha256.as_deref(), built_in),
            None => Ok(built_in),
        }
    }

    fn other(dir: &Path, pin: Option<&str>, built_in: Self) -> Result<Self, ModelError> {
        let path = dir.join(MANIFEST);
        let bytes = read(&path, MOST_MANIFEST_BYTES)?;
        let hash = sha256(&bytes);
        if pin.is_some_and(|pin| !pin.eq_ignore_ascii_case(&hash)) {
            return Err(ModelError::WrongHash(path));
        }
        let text = String::from_utf8(bytes).map_err(|error| ModelError::Manifest(path.clone(), error.to_string()))?;
        let mut pack = Self::parse(&text, dir)?;
        if !pack.fills(Role::Embed) {
            return Err(ModelError::Manifest(path, "it has no recogniser (role \"embed\")".into()));
        }
        let missing = built_in.entries.into_iter().filter(|entry| !pack.entries.iter().any(|e| e.role == entry.role));
        let missing: Vec<_> = missing.collect();
        pack.entries.extend(missing);
        pack.unpinned = pin.is_none().then_some(hash);
        Ok(pack)
    }

    fn parse(text: &str, dir: &Path) -> Result<Self, ModelError> {
        let wrong = |cause: String| ModelError::Manifest(dir.join(MANIFEST), cause);
        let manifest: Manifest = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        let mut entries = manifest.model;
        for entry in &mut entries {
            entry.check().map_err(|cause| wrong(format!("{}: {cause}", entry.file)))?;
            entry.dir = dir.to_path_buf();
        }
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Embed) {
            if entries.iter().filter(|entry| entry.role == role).count() > 1 {
                return Err(wrong(format!("two models are for {}", role.name())));
            }
        }
        let decision = manifest.decision;
        let share = |value: f64| (0.0..=1.0).contains(&value);
        if !share(decision.fmr) || !share(decision.fnmr) {
            return Err(wrong("decision: fmr and fnmr lie between 0 and 1".into()));
        }
        let lines = [
            ("match_at", Some(decision.match_at), face::MATCH_AT),
            ("live_at", decision.live_at, face::LIVE_AT),
            ("doubt_at", decision.doubt_at, face::DOUBT_AT),
        ];
        for (name, line, range) in lines {
            if line.is_some_and(|line| !range.contains(&line)) {
                let (least, most) = (range.start(), range.end());
                return Err(wrong(format!(
                    "decision: {name} lies between {least} and {most}; below, everybody would pass"
                )));
            }
        }
        let Name { name, version } = manifest.pack;
        Ok(Self { name, version, dir: dir.into(), decision, entries, unpinned: None })
    }

    fn fills(&self, role: Role) -> bool {
        self.entries.iter().any(|entry| entry.role == role)
    }

    /// Name and version.
    pub fn title(&self) -> String {
        format!("{} {}", self.name, self.version)
    }

    /// Its folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where its lines are drawn.
    pub fn decision(&self) -> &Decision {
        &self.decision
    }

    /// The hash of the manifest when the settings do not pin it.
    pub fn unpinned(&self) -> Option<&str> {
        self.unpinned.as_deref()
    }

    /// `rule` with this pack's lines.
    pub fn rule(&self, rule: Rule) -> Rule {
        let Decision { match_at, live_at, doubt_at, .. } = self.decision;
        Rule { match_at, live_at: live_at.unwrap_or(rule.live_at), doubt_at: doubt_at.unwrap_or(rule.doubt_at), ..rule }
    }

    /// Its networks.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The networks of `role`, in the order of the list.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.role == role)
    }

    /// The one network of `role`.
    ///
    /// # Errors
    /// When there is none.
    pub fn one(&self, role: Role) -> Result<&Entry, ModelError> {
        let none = || ModelError::Manifest(self.dir.join(MANIFEST), format!("no model is for {}", role.name()));
        self.of(role).next().ok_or_else(none)
    }
}

impl Entry {
    fn check(&self) -> Result<(), &'static str> {
        let [batch, channels, rows, columns] = self.input;
        let sides = 32..=1024;
        if self.file.is_empty() || Path::new(&self.file).file_name() != Some(std::ffi::OsStr::new(&self.file)) {
            return Err("file is the name of a file beside the manifest, without folders");
        }
        if self.sha256.len() != 64 || !self.sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err("sha256 has 64 hexadecimal digits");
        }
        if batch != 1 || channels != 3 || !sides.contains(&rows) || !sides.contains(&columns) {
            return Err("input is [1, 3, rows, columns] with sides of 32 to 1024");
        }
        if self.role == Role::Embed && rows != columns {
            return Err("a recogniser's input is square");
        }
        if !(self.mean.is_finite() && self.scale.is_finite() && self.scale > 0.0) {
            return Err("mean and scale are numbers, and scale is above 0");
        }
        if self.weight <= 0.0 || self.weight > 1e3 || self.weight.is_nan() {
            return Err("weight is above 0 and at most 1000");
        }
        Ok(())
    }

    /// The path of its file.
    pub fn path(&self) -> PathBuf {
        self.dir.join(&self.file)
    }

    /// The bytes of its file, checked.
    ///
    /// # Errors
    /// When it cannot be read or is another file.
    pub fn read(&self) -> Result<Vec<u8>, ModelError> {
        read_pinned(&self.path(), &self.sha256)
    }
}

/// The bytes of a file that is the pinned one: `pin` is its SHA-256 in hexadecimal.
///
/// # Errors
/// When it cannot be read or is another file.
pub fn read_pinned(path: &Path, pin: &str) -> Result<Vec<u8>, ModelError> {
    let bytes = read(path, MOST_MODEL_BYTES)?;
    if sha256(&bytes).eq_ignore_ascii_case(pin) { Ok(bytes) } else { Err(ModelError::WrongHash(path.into())) }
}

/// The folder named by `UKETSUKE_MODELS`, else `models` beside the program, above it, or in the current folder.
pub fn default_dir() -> PathBuf {
    if let Some(dir) = std::env::var_os(DIR_VARIABLE) {
        return PathBuf::from(dir);
    }
    let program = std::env::current_exe().unwrap_or_default();
    let beside = program.ancestors().skip(1).take(4).map(|folder| folder.join("models"));
    beside.chain([PathBuf::from("models")]).find(|dir| dir.is_dir()).unwrap_or_else(|| PathBuf::from("models"))
}

fn read(path: &Path, most: u64) -> Result<Vec<u8>, ModelError> {
    let unreadable = |error| ModelError::Unreadable(path.to_path_buf(), error);
    let length = std::fs::metadata(path).map_err(unreadable)?.len();
    if length > most {
        let error = std::io::Error::other(format!("{length} bytes are more than the {most} it may have"));
        return Err(unreadable(error));
    }
    std::fs::read(path).map_err(unreadable)
}

fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository_models() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models")
    }

    fn ours() -> PackChoice {
        PackChoice { models: Some(repository_models()), ..PackChoice::default() }
    }

    /// A vendor's folder with one recogniser, ours under another name, and its manifest.
    fn vendor(change: impl Fn(String) -> String) -> (tempfile::TempDir, PackChoice) {
        let dir = tempfile::tempdir().expect("a folder");
        let built_in = Pack::open(&ours()).expect("our pack");
        let entry = built_in.of(Role::Embed).last().expect("a recogniser");
        std::fs::copy(entry.path(), dir.path().join("licensed.onnx")).expect("copied");
        let manifest = format!(
            "[pack]\nname='Vendor'\nversion='7'\n[decision]\nmatch_at=0.3\nfmr=1e-4\nfnmr=0.01\nmeasured='by the vendor'\n\
             [[model]]\nrole='embed'\nfile='licensed.onnx'\nsha256='{}'\ninput=[1,3,112,112]\nplanes='bgr'\n\
             mean=127.5\nscale=0.0078125\nuse='faces'\nlicence='bought'\ncarrier='a disc'\n",
            entry.sha256
        );
        std::fs::write(dir.path().join(MANIFEST), change(manifest)).expect("written");
        let choice = PackChoice { pack: Some(dir.path().into()), ..ours() };
        (dir, choice)
    }

    #[test]
    fn the_committed_files_are_the_pinned_ones_and_fill_every_role() {
        let pack = Pack::open(&ours()).expect("our pack");
        assert!(Role::ALL.into_iter().all(|role| pack.fills(role)));
        for entry in pack.entries() {
            assert!(entry.read().is_ok(), "{}", entry.file);
        }
    }

    #[test]
    fn the_usual_rule_has_the_line_of_our_pack() {
        let pack = Pack::open(&ours()).expect("our pack");
        assert_eq!(pack.rule(Rule::default()), Rule::default());
        assert!(pack.decision().fmr <= 1e-3, "the line is drawn for strangers of the same sex");
    }

    #[test]
    fn one_flipped_bit_is_refused() {
        let (dir, choice) = vendor(|text| text);
        let path = dir.path().join("licensed.onnx");
        let pack = Pack::open(&choice).expect("the vendor's pack");
        let entry = pack.one(Role::Embed).expect("its recogniser");
        let mut bytes = entry.read().expect("the file");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&path, &bytes).expect("written");
        assert!(matches!(entry.read(), Err(ModelError::WrongHash(p)) if p == path));
    }

    #[test]
    fn a_vendors_pack_brings_recogniser_and_line_and_takes_the_rest_from_ours() {
        let (_dir, choice) = vendor(|text| text);
        let pack = Pack::open(&choice).expect("the vendor's pack");
        assert_eq!((pack.title().as_str(), pack.of(Role::Embed).count()), ("Vendor 7", 1));
        assert!(Role::ALL.into_iter().all(|role| pack.fills(role)));
        assert_eq!(pack.rule(Rule::default()).match_at, 0.3);
        let hash = pack.unpinned().expect("nobody pinned it").to_owned();
        let pinned = PackChoice { sha256: Some(hash.to_uppercase()), ..choice.clone() };
        assert!(Pack::open(&pinned).expect("the pinned pack").unpinned().is_none());
        let other = PackChoice { sha256: Some("0".repeat(64)), ..choice };
        assert!(matches!(Pack::open(&other), Err(ModelError::WrongHash(_))));
    }

    #[test]
    fn a_manifest_that_leaves_something_open_is_refused() {
        type Change = fn(String) -> String;
        let changes: [(&str, Change); 17] = [
            ("without folders", |t| t.replace("'licensed.onnx'", "'../licensed.onnx'")),
            ("64 hexadecimal", |t| t.replace("sha256='", "sha256='x")),
            ("input is", |t| t.replace("[1,3,112,112]", "[2,3,112,112]")),
            ("square", |t| t.replace("[1,3,112,112]", "[1,3,112,96]")),
            ("scale", |t| t.replace("0.0078125", "0.0")),
            ("match_at", |t| t.replace("match_at=0.3", "match_at=3.0")),
            ("match_at", |t| t.replace("match_at=0.3", "match_at=0.0")),
            ("match_at", |t| t.replace("match_at=0.3", "match_at=-0.3")),
            ("match_at", |t| t.replace("match_at=0.3", "match_at=nan")),
            ("live_at", |t| t.replace("match_at=0.3", "match_at=0.3\nlive_at=0.0")),
            ("live_at", |t| t.replace("match_at=0.3", "match_at=0.3\nlive_at=-inf")),
            ("live_at", |t| t.replace("match_at=0.3", "match_at=0.3\nlive_at=nan")),
            ("doubt_at", |t| t.replace("match_at=0.3", "match_at=0.3\ndoubt_at=0.0")),
            ("doubt_at", |t| t.replace("match_at=0.3", "match_at=0.3\ndoubt_at=nan")),
            ("recogniser", |t| t.replace("role='embed'", "role='live-near'")),
            ("licence", |t| t.replace("licence='bought'\n", "")),
            ("unknown", |t| t + "colour='red'\n"),
        ];
        for (word, change) in changes {
            let (_dir, choice) = vendor(change);
            let error = Pack::open(&choice).expect_err(word).to_string();
            assert!(error.contains(word), "{word}: {error}");
        }
    }

    #[test]
    fn a_missing_file_is_named() {
        let dir = tempfile::tempdir().expect("a folder");
        let choice = PackChoice { pack: Some(dir.path().into()), ..ours() };
        assert!(matches!(Pack::open(&choice), Err(ModelError::Unreadable(path, _)) if path.starts_with(dir.path())));
    }
}
