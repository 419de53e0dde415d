//! What the packages put on a Linux machine to make it a kiosk, looked at as files below a root: of this machine, or of an image
//! that is being prepared. Nothing is started, opened or changed.

mod accounts;
mod files;
mod system;

use std::path::{Path, PathBuf};

use crate::ports::Finding;

use accounts::Accounts;

/// The account of the kiosk, as unit and rules name it.
const ACCOUNT: &str = "uketsuke";
/// What brings everything at once.
const PACKAGE: &str = "install the package: apt install ./uketsuke-kiosk_*.deb";
/// What puts accounts, groups and folders right again.
const RECONFIGURE: &str = "run: dpkg-reconfigure uketsuke-kiosk";

/// What the settings name.
pub struct Named {
    pub settings: PathBuf,
    pub state: PathBuf,
    /// Folder of root, terminal certificate and key, and its files.
    pub identity: (PathBuf, [&'static str; 3]),
    /// The drop folder.
    pub folder: PathBuf,
    /// The group that may read the files in it.
    pub group: Option<String>,
    pub models: PathBuf,
}

/// A line for each thing that should be there.
pub fn findings(root: &Path, named: &Named) -> Vec<Finding> {
    let root = Root(root);
    let accounts = match Accounts::read(&root) {
        Ok(accounts) => accounts,
        Err(error) => {
            return vec![Finding::bad("account", error, "run this on the kiosk, or name its image with --root")];
        }
    };
    let mut findings =
        vec![system::program(&root), accounts.account(&named.state), accounts.groups(named.group.as_deref())];
    findings.extend(system::findings(&root));
    findings.extend(files::findings(&root, named, &accounts));
    findings
}

/// Everything is looked for below it.
struct Root<'a>(&'a Path);

impl Root<'_> {
    /// Where a path of the kiosk lies as seen from here.
    fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.0.join(path.as_ref().strip_prefix("/").unwrap_or(path.as_ref()))
    }

    /// Whether it is there; a link counts by itself, because where it leads is below the root.
    fn has(&self, path: impl AsRef<Path>) -> bool {
        self.at(path).symlink_metadata().is_ok()
    }

    /// The first of these that is there.
    fn first<'a>(&self, paths: &[&'a str]) -> Option<&'a str> {
        paths.iter().find(|path| self.has(path)).copied()
    }
}
