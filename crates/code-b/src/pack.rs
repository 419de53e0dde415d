//! The networks of the print reader: where they lie, which files they must be, and the readers made of them.

use std::path::Path;

use serde::Deserialize;
use uketsuke_nets::{Instructions, ModelError, Network, Pack, default_dir};

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

/// The list says no more than any list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoMore {}

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
        let (pack, NoMore {}) = Pack::<Role, NoMore>::parse(BUILT_IN, &dir)?;
        let networks = |role, shapes: &[_]| pack.one(role)?.networks(shapes, Instructions::best());
        let signs = pack.one(Role::SecondSigns)?;
        let second_signs = String::from_utf8(signs.read()?).map_err(|error| signs.not_loadable(error.to_string()))?;
        Ok(Self {
            lines: networks(Role::Lines, &ROWS.map(|rows| [1, 3, rows, COLUMNS]))?,
            own: networks(Role::Own, &STRIP_COLUMNS.map(|columns| [1, 1, STRIP_ROWS, columns]))?,
            second: networks(Role::Second, &SECOND_COLUMNS.map(|columns| [1, 3, SECOND_ROWS, columns]))?,
            second_signs,
            title: pack.title().to_string(),
        })
    }

    /// Name and version of the pack.
    pub fn title(&self) -> &str {
        &self.title
    }
}
