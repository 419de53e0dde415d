//! The face engine's packs: what its networks are for, what they take in, and where the lines are drawn.
//!
//! The pack that comes with the program is compiled in (its list, not its networks). A site may name another folder with
//! a `manifest.toml` of its own, for instance a vendor's licensed recogniser; roles it leaves out are filled from ours.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use uketsuke_core::domain::face::{self, Rule};
use uketsuke_nets::{ModelError, default_dir, read_manifest};

use super::sample::Planes;

/// The list of our own pack; part of the program, so a changed file on disk cannot bring its own.
const BUILT_IN: &str = include_str!("../../../models/manifest.toml");

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

/// What a list of ours says besides its files.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Besides {
    decision: Decision,
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

/// What a network takes in, and what its numbers count.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
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
}

/// One network of a pack.
pub type Entry = uketsuke_nets::Entry<Role, Input>;

fn one() -> f32 {
    1.0
}

/// A checked description of a pack; its networks are read by [`Models`](super::Models).
#[derive(Debug, Clone)]
pub struct Pack {
    files: uketsuke_nets::Pack<Role, Input>,
    decision: Decision,
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
        let (text, hash) = read_manifest(dir, pin)?;
        let mut pack = Self::parse(&text, dir)?;
        if pack.of(Role::Embed).next().is_none() {
            return Err(pack.files.unusable("it has no recogniser (role \"embed\")".into()));
        }
        pack.files.fill_from(built_in.files);
        pack.unpinned = pin.is_none().then_some(hash);
        Ok(pack)
    }

    fn parse(text: &str, dir: &Path) -> Result<Self, ModelError> {
        let (files, Besides { decision }) = uketsuke_nets::Pack::parse(text, dir)?;
        let pack = Self { files, decision, unpinned: None };
        for entry in pack.entries() {
            entry.more.check(entry.role).map_err(|cause| pack.files.unusable(format!("{}: {cause}", entry.file)))?;
        }
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Embed) {
            if pack.of(role).count() > 1 {
                return Err(pack.files.unusable(format!("two models are for {}", role.name())));
            }
        }
        pack.decision.check().map_err(|cause| pack.files.unusable(format!("decision: {cause}")))?;
        Ok(pack)
    }

    /// Name and version.
    pub fn title(&self) -> String {
        self.files.title().to_string()
    }

    /// Its folder.
    pub fn dir(&self) -> &Path {
        self.files.dir()
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
        self.files.entries()
    }

    /// The networks of `role`, in the order of the list.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &Entry> {
        self.files.of(role)
    }

    /// The one network of `role`.
    ///
    /// # Errors
    /// When there is none.
    pub fn one(&self, role: Role) -> Result<&Entry, ModelError> {
        self.files.one(role)
    }
}

impl Decision {
    fn check(&self) -> Result<(), String> {
        let share = |value: f64| (0.0..=1.0).contains(&value);
        if !share(self.fmr) || !share(self.fnmr) {
            return Err("fmr and fnmr lie between 0 and 1".into());
        }
        let lines = [
            ("match_at", Some(self.match_at), face::MATCH_AT),
            ("live_at", self.live_at, face::LIVE_AT),
            ("doubt_at", self.doubt_at, face::DOUBT_AT),
        ];
        for (name, line, range) in lines {
            if line.is_some_and(|line| !range.contains(&line)) {
                let (least, most) = (range.start(), range.end());
                return Err(format!("{name} lies between {least} and {most}; below, everybody would pass"));
            }
        }
        Ok(())
    }
}

impl Input {
    fn check(&self, role: Role) -> Result<(), &'static str> {
        let [batch, channels, rows, columns] = self.input;
        let sides = 32..=1024;
        if batch != 1 || channels != 3 || !sides.contains(&rows) || !sides.contains(&columns) {
            return Err("input is [1, 3, rows, columns] with sides of 32 to 1024");
        }
        if role == Role::Embed && rows != columns {
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
        std::fs::write(dir.path().join("manifest.toml"), change(manifest)).expect("written");
        let choice = PackChoice { pack: Some(dir.path().into()), ..ours() };
        (dir, choice)
    }

    #[test]
    fn the_committed_files_are_the_pinned_ones_and_fill_every_role() {
        let pack = Pack::open(&ours()).expect("our pack");
        assert!(Role::ALL.into_iter().all(|role| pack.one(role).is_ok()));
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
        assert!(Role::ALL.into_iter().all(|role| pack.one(role).is_ok()));
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
