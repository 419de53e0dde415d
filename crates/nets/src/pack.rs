//! Packs: a folder of networks and the list that names them, with the hash that each file must have.
//!
//! A list has `[pack]` with name and version, and a `[[model]]` for each file. What it says besides is its owner's: of the whole
//! (`W`), and of each file (`M`).

use std::ffi::OsStr;
use std::fmt::Debug;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::{Instructions, Network};

/// Names the folder of the models for every command that is not told otherwise.
const DIR_VARIABLE: &str = "UKETSUKE_MODELS";

/// The file that describes a pack.
const MANIFEST: &str = "manifest.toml";

/// Largest manifest and largest network taken.
const MOST_MANIFEST_BYTES: u64 = 1 << 20;
const MOST_MODEL_BYTES: u64 = 1 << 30;

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

/// Name and version of a pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    name: String,
    version: String,
}

impl std::fmt::Display for Title {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

#[derive(Deserialize)]
struct Manifest<R> {
    pack: Title,
    #[serde(default = "Vec::new")]
    model: Vec<Listed<R>>,
    #[serde(flatten)]
    whole: toml::Table,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "licence and origin are for the reader of the file, and must be there")]
struct Listed<R> {
    role: R,
    file: String,
    sha256: String,
    r#use: String,
    licence: String,
    carrier: String,
    #[serde(default)]
    carrier_file: Option<String>,
    #[serde(default)]
    carrier_sha256: Option<String>,
    #[serde(flatten)]
    more: toml::Table,
}

/// One file of a pack.
#[derive(Debug, Clone)]
pub struct Entry<R, M> {
    /// What it is for.
    pub role: R,
    /// Name of the file beside the manifest.
    pub file: String,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// What the list says of it besides.
    pub more: M,
    dir: PathBuf,
}

/// A checked list; its files are read one by one.
#[derive(Debug, Clone)]
pub struct Pack<R, M> {
    title: Title,
    dir: PathBuf,
    entries: Vec<Entry<R, M>>,
}

impl<R: DeserializeOwned + Copy + PartialEq + Debug, M: DeserializeOwned> Pack<R, M> {
    /// The list `text` of the folder `dir`, and what it says of the whole.
    ///
    /// # Errors
    /// When it is no list, leaves something open, or says what nobody asks for.
    pub fn parse<W: DeserializeOwned>(text: &str, dir: &Path) -> Result<(Self, W), ModelError> {
        let list = dir.join(MANIFEST);
        let wrong = |cause: String| ModelError::Manifest(list.clone(), cause);
        let Manifest { pack: title, model, whole } =
            toml::from_str::<Manifest<R>>(text).map_err(|error| wrong(error.to_string()))?;
        let entry = |listed: Listed<R>| {
            let Listed { role, file, sha256, more, .. } = listed;
            let more = more.try_into().map_err(|error| wrong(format!("{file}: {error}")))?;
            let entry = Entry { role, file, sha256, more, dir: dir.to_path_buf() };
            entry.check().map_err(|cause| wrong(format!("{}: {cause}", entry.file)))?;
            Ok(entry)
        };
        let entries = model.into_iter().map(entry).collect::<Result<_, ModelError>>()?;
        let whole = whole.try_into().map_err(|error| wrong(error.to_string()))?;
        Ok((Self { title, dir: dir.into(), entries }, whole))
    }

    /// Name and version.
    pub fn title(&self) -> &Title {
        &self.title
    }

    /// Its folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Its files.
    pub fn entries(&self) -> &[Entry<R, M>] {
        &self.entries
    }

    /// The files of `role`, in the order of the list.
    pub fn of(&self, role: R) -> impl Iterator<Item = &Entry<R, M>> {
        self.entries.iter().filter(move |entry| entry.role == role)
    }

    /// The one file of `role`.
    ///
    /// # Errors
    /// When there is none.
    pub fn one(&self, role: R) -> Result<&Entry<R, M>, ModelError> {
        self.of(role).next().ok_or_else(|| self.unusable(format!("no file is for {role:?}")))
    }

    /// Takes the files of `other` for every role that this list leaves out.
    pub fn fill_from(&mut self, other: Self) {
        let missing = |entry: &Entry<R, M>| self.of(entry.role).next().is_none();
        let missing: Vec<_> = other.entries.into_iter().filter(missing).collect();
        self.entries.extend(missing);
    }

    /// The error of a list that cannot be used for `cause`.
    pub fn unusable(&self, cause: String) -> ModelError {
        ModelError::Manifest(self.dir.join(MANIFEST), cause)
    }
}

impl<R, M> Entry<R, M> {
    fn check(&self) -> Result<(), &'static str> {
        if self.file.is_empty() || Path::new(&self.file).file_name() != Some(OsStr::new(&self.file)) {
            return Err("file is the name of a file beside the manifest, without folders");
        }
        if self.sha256.len() != 64 || !self.sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err("sha256 has 64 hexadecimal digits");
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
        let path = self.path();
        let bytes = read(&path, MOST_MODEL_BYTES)?;
        if sha256(&bytes).eq_ignore_ascii_case(&self.sha256) { Ok(bytes) } else { Err(ModelError::WrongHash(path)) }
    }

    /// Its network, made ready for inputs of `shape` (batch, channels, rows, columns).
    ///
    /// # Errors
    /// When the file cannot be read, is another one or no network of such a shape.
    pub fn network(&self, shape: [usize; 4], instructions: Instructions) -> Result<Network, ModelError> {
        self.load(&self.read()?, shape, instructions)
    }

    /// The same for each of `shapes`.
    ///
    /// # Errors
    /// The same.
    pub fn networks(&self, shapes: &[[usize; 4]], instructions: Instructions) -> Result<Vec<Network>, ModelError> {
        let bytes = self.read()?;
        shapes.iter().map(|shape| self.load(&bytes, *shape, instructions)).collect()
    }

    fn load(&self, bytes: &[u8], shape: [usize; 4], instructions: Instructions) -> Result<Network, ModelError> {
        Network::load(bytes, shape, instructions).map_err(|error| self.not_loadable(format!("{error:#}")))
    }

    /// The error of a file that is the pinned one and still no use, for `cause`.
    pub fn not_loadable(&self, cause: String) -> ModelError {
        ModelError::NotLoadable(self.path(), cause)
    }
}

/// The list in the folder `dir`, as text, and its hash.
///
/// # Errors
/// When it cannot be read, is not text, or has another hash than `pin`.
pub fn read_manifest(dir: &Path, pin: Option<&str>) -> Result<(String, String), ModelError> {
    let path = dir.join(MANIFEST);
    let bytes = read(&path, MOST_MANIFEST_BYTES)?;
    let hash = sha256(&bytes);
    if pin.is_some_and(|pin| !pin.eq_ignore_ascii_case(&hash)) {
        return Err(ModelError::WrongHash(path));
    }
    let text = String::from_utf8(bytes).map_err(|error| ModelError::Manifest(path, error.to_string()))?;
    Ok((text, hash))
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

    /// A list that says nothing of itself or its files that is not needed.
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nothing {}

    const LIST: &str = "[pack]\nname='P'\nversion='1'\n[[model]]\nrole='a'\nfile='a.onnx'\nuse='u'\nlicence='l'\ncarrier='c'\n\
                        sha256='ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'\n";

    fn parse(text: &str, dir: &Path) -> Result<Pack<char, Nothing>, ModelError> {
        Pack::parse::<Nothing>(text, dir).map(|(pack, _)| pack)
    }

    #[test]
    fn a_file_is_read_when_it_is_the_pinned_one_alone() {
        let dir = tempfile::tempdir().expect("a folder");
        let pack = parse(LIST, dir.path()).expect("a list");
        let (entry, path) = (pack.one('a').expect("its file"), dir.path().join("a.onnx"));
        assert!(matches!(entry.read(), Err(ModelError::Unreadable(at, _)) if at == path));
        std::fs::write(&path, "a").expect("written");
        assert_eq!(entry.read().expect("the pinned one"), b"a");
        std::fs::write(&path, "b").expect("written");
        assert!(matches!(entry.read(), Err(ModelError::WrongHash(at)) if at == path));
    }

    #[test]
    fn a_list_that_leaves_something_open_or_says_more_is_refused() {
        type Change = fn(&str) -> String;
        let changes: [(&str, Change); 7] = [
            ("licence", |t| t.replace("licence='l'\n", "")),
            ("without folders", |t| t.replace("a.onnx", "../a.onnx")),
            ("without folders", |t| t.replace("a.onnx", "")),
            ("64 hexadecimal", |t| t.replace("sha256='", "sha256='x")),
            ("unknown field `colour`", |t| format!("{t}colour='red'\n")),
            ("unknown field `colour`", |t| format!("colour='red'\n{t}")),
            ("unknown field `colour`", |t| t.replace("name='P'", "name='P'\ncolour='red'")),
        ];
        for (word, change) in changes {
            let error = parse(&change(LIST), Path::new("folder")).expect_err(word).to_string();
            assert!(error.contains(word) && error.contains("manifest.toml"), "{word}: {error}");
        }
        let error = parse(LIST, Path::new("folder")).expect("a list").one('b').expect_err("no such file").to_string();
        assert!(error.contains("'b'"), "{error}");
    }
}
