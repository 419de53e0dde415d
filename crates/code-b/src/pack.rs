//! The networks of the print reader: where they lie, which files they must be, and the readers made of them.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use uketsuke_face::network::Network;
use uketsuke_face::{Instructions, ModelError, default_dir, read_pinned};

use super::find::{COLUMNS, ROWS};
use super::read::{SECOND_COLUMNS, SECOND_ROWS, STRIP_COLUMNS, STRIP_ROWS};

/// The list; part of the program, so a changed file on disk cannot bring its own.
const BUILT_IN: &str = include_str!("../../../models/code-b/manifest.toml");
/// The folder beside the face engine's networks.
const FOLDER: &str = "code-b";

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Role {
    Lines,
    Own,
    Second,
    SecondSigns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    pack: Name,
    model: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    name: String,
    version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "licence and origin are for the reader of the file, and must be there")]
struct Entry {
    role: Role,
    file: String,
    sha256: String,
    r#use: String,
    licence: String,
    carrier: String,
    #[serde(default)]
    carrier_file: Option<String>,
    #[serde(default)]
    carrier_sha256: Option<String>,
}

/// The networks, made ready for each size of picture that they are run on.
pub struct Models {
    pub(super) lines: Vec<Network>,
    pub(super) own: Vec<Network>,
    pub(super) second: Vec<Network>,
    pub(super) second_signs: String,
    title: String,
}

impl Models {
    /// Reads, checks and prepares the networks in `models/code-b`; `models` is the folder of all models, without it the usual
    /// place. Takes some seconds.
    ///
    /// # Errors
    /// When a file cannot be read, is not the pinned one or is no network for its role.
    pub fn load(models: Option<&Path>) -> Result<Self, ModelError> {
        let dir = models.map_or_else(default_dir, Path::to_path_buf).join(FOLDER);
        let list = dir.join("manifest.toml");
        let manifest: Manifest =
            toml::from_str(BUILT_IN).map_err(|error| ModelError::Manifest(list.clone(), error.to_string()))?;
        let pack = Pack { dir, list, entries: manifest.model };
        let signs = pack.file(Role::SecondSigns)?;
        let path = pack.path(Role::SecondSigns)?;
        let second_signs =
            String::from_utf8(signs).map_err(|error| ModelError::NotLoadable(path, error.to_string()))?;
        Ok(Self {
            lines: pack.network(Role::Lines, ROWS.map(|rows| [1, 3, rows, COLUMNS]))?,
            own: pack.network(Role::Own, STRIP_COLUMNS.map(|columns| [1, 1, STRIP_ROWS, columns]))?,
            second: pack.network(Role::Second, SECOND_COLUMNS.map(|columns| [1, 3, SECOND_ROWS, columns]))?,
            second_signs,
            title: format!("{} {}", manifest.pack.name, manifest.pack.version),
        })
    }

    /// Name and version of the pack.
    pub fn title(&self) -> &str {
        &self.title
    }
}

struct Pack {
    dir: PathBuf,
    list: PathBuf,
    entries: Vec<Entry>,
}

impl Pack {
    fn entry(&self, role: Role) -> Result<&Entry, ModelError> {
        let none = || ModelError::Manifest(self.list.clone(), format!("no file is for {role:?}"));
        self.entries.iter().find(|entry| entry.role == role).ok_or_else(none)
    }

    fn path(&self, role: Role) -> Result<PathBuf, ModelError> {
        Ok(self.dir.join(&self.entry(role)?.file))
    }

    fn file(&self, role: Role) -> Result<Vec<u8>, ModelError> {
        read_pinned(&self.path(role)?, &self.entry(role)?.sha256)
    }

    fn network<const N: usize>(&self, role: Role, shapes: [[usize; 4]; N]) -> Result<Vec<Network>, ModelError> {
        let bytes = self.file(role)?;
        let path = self.path(role)?;
        let load = |shape| {
            let loaded = Network::load(&bytes, shape, Instructions::best());
            loaded.map_err(|error| ModelError::NotLoadable(path.clone(), format!("{error:#}")))
        };
        shapes.into_iter().map(load).collect()
    }
}
