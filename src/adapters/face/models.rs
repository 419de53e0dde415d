//! The pinned model files: the list compiled into the program, the check of each hash, the loading.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::network::Network;

/// The list of models with their hashes; part of the program, so a changed file on disk cannot bring its own.
const MANIFEST: &str = include_str!("../../../models/manifest.toml");

/// Names the folder of the models for every command that is not told otherwise.
pub const DIR_VARIABLE: &str = "UKETSUKE_MODELS";

/// Why the models cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file cannot be read.
    #[error("model file {0} cannot be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The file is not the pinned one.
    #[error("model file {0} is not the pinned one (SHA-256 differs)")]
    WrongHash(PathBuf),
    /// The network runtime refuses the file.
    #[error("model file {0} does not load: {1}")]
    NotLoadable(PathBuf, String),
    /// The list of models is not complete.
    #[error("the list of models is not usable: {0}")]
    Manifest(String),
}

#[derive(Deserialize)]
struct Manifest {
    model: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    role: String,
    file: String,
    sha256: String,
    input: [usize; 4],
}

/// Kinds of operators and their milliseconds per run.
pub type OperatorTimes = Vec<(String, f64)>;

/// All networks of the engine.
pub struct Models {
    pub(super) detect_coarse: Network,
    pub(super) detect_fine: Network,
    pub(super) embed: Network,
    pub(super) live_near: Network,
    pub(super) live_far: Network,
    pub(super) landmarks: Network,
}

impl Models {
    /// Reads, checks and prepares every model in `dir`. Takes about half a second.
    pub fn load(dir: &Path) -> Result<Self, ModelError> {
        let manifest = parse(MANIFEST)?;
        let load = |role: &str| load_entry(dir, entry(&manifest, role)?);
        Ok(Self {
            detect_coarse: load("detect-coarse")?,
            detect_fine: load("detect-fine")?,
            embed: load("embed")?,
            live_near: load("live-near")?,
            live_far: load("live-far")?,
            landmarks: load("landmarks")?,
        })
    }

    /// For each network the milliseconds by kind of operator, slowest first; for benches.
    pub fn operators(&self, rounds: u32) -> Result<Vec<(&'static str, OperatorTimes)>, String> {
        let networks = [
            ("detect-coarse", &self.detect_coarse),
            ("detect-fine", &self.detect_fine),
            ("embed", &self.embed),
            ("live-near", &self.live_near),
            ("live-far", &self.live_far),
            ("landmarks", &self.landmarks),
        ];
        let times =
            |(role, network): (_, &Network)| Ok((role, network.operators(rounds).map_err(|e| format!("{e:#}"))?));
        networks.into_iter().map(times).collect()
    }

    /// Reads and checks every file without preparing it; the names of the files, in the order of the list.
    pub fn check(dir: &Path) -> Result<Vec<String>, ModelError> {
        let manifest = parse(MANIFEST)?;
        for entry in &manifest.model {
            read_pinned(dir, entry)?;
        }
        Ok(manifest.model.into_iter().map(|entry| entry.file).collect())
    }
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

fn parse(text: &str) -> Result<Manifest, ModelError> {
    toml::from_str(text).map_err(|error| ModelError::Manifest(error.to_string()))
}

fn entry<'m>(manifest: &'m Manifest, role: &str) -> Result<&'m Entry, ModelError> {
    let found = manifest.model.iter().find(|entry| entry.role == role);
    found.ok_or_else(|| ModelError::Manifest(format!("no model for {role}")))
}

fn read_pinned(dir: &Path, entry: &Entry) -> Result<Vec<u8>, ModelError> {
    let path = dir.join(&entry.file);
    let bytes = std::fs::read(&path).map_err(|error| ModelError::Unreadable(path.clone(), error))?;
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if hash == entry.sha256 { Ok(bytes) } else { Err(ModelError::WrongHash(path)) }
}

fn load_entry(dir: &Path, entry: &Entry) -> Result<Network, ModelError> {
    let bytes = read_pinned(dir, entry)?;
    Network::load(&bytes, entry.input)
        .map_err(|error| ModelError::NotLoadable(dir.join(&entry.file), format!("{error:#}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository_models() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("models")
    }

    #[test]
    fn the_committed_files_are_the_pinned_ones() {
        assert_eq!(Models::check(&repository_models()).expect("all files").len(), 6);
    }

    #[test]
    fn one_flipped_bit_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let manifest = parse(MANIFEST).expect("the list");
        let entry = entry(&manifest, "detect-coarse").expect("an entry");
        let path = dir.path().join(&entry.file);
        let mut bytes = std::fs::read(repository_models().join(&entry.file)).expect("the file");
        std::fs::write(&path, &bytes).expect("written");
        assert!(read_pinned(dir.path(), entry).is_ok());
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&path, &bytes).expect("written");
        assert!(matches!(read_pinned(dir.path(), entry), Err(ModelError::WrongHash(p)) if p == path));
    }

    #[test]
    fn a_missing_file_is_named() {
        let dir = tempfile::tempdir().expect("a folder");
        assert!(
            matches!(Models::load(dir.path()), Err(ModelError::Unreadable(path, _)) if path.starts_with(dir.path()))
        );
    }

    #[test]
    fn a_list_without_a_role_is_refused() {
        let manifest = parse("model = []").expect("a list");
        assert!(matches!(entry(&manifest, "embed"), Err(ModelError::Manifest(_))));
        assert!(parse("model = 3").is_err());
    }
}
