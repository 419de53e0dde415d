//! Puts a file in the place of another in one step: after a power cut there is the one or the other.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where the settings of before are kept.
pub fn former(path: &Path) -> PathBuf {
    beside(path, ".before")
}

/// Writes the text; what stood there is kept under [`former`], with its rights.
///
/// # Errors
/// When the system refuses; then the file is as it was.
pub fn replace(path: &Path, text: &str, before: Option<&str>) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    if let Some(before) = before {
        in_one_step(&former(path), before, path)?;
    }
    in_one_step(path, text, path)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn in_one_step(path: &Path, text: &str, like: &Path) -> io::Result<()> {
    let new = beside(path, ".new");
    // What an earlier run left there is nobody's.
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let written = written(&new, text, like).and_then(|()| fs::rename(&new, path));
    if written.is_err() {
        // The error above is the one to tell.
        let _ = fs::remove_file(&new);
    }
    written?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn written(new: &Path, text: &str, like: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(new)?;
    file.set_permissions(rights(like)?)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    owner(new, like)
}

/// The rights of the file that was there; the settings hold no secret, and only root changes them.
#[cfg(unix)]
fn rights(like: &Path) -> io::Result<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    match fs::metadata(like) {
        Ok(metadata) => Ok(metadata.permissions()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Permissions::from_mode(0o640)),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn owner(new: &Path, like: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    match fs::metadata(like) {
        Ok(metadata) => chown(new, Some(metadata.uid()), Some(metadata.gid())),
        // A new one gets the group of its folder, where that is marked so.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Elsewhere the folder's rights hold.
#[cfg(not(unix))]
fn rights(like: &Path) -> io::Result<Permissions> {
    fs::metadata(like.parent().unwrap_or(like)).map(|metadata| metadata.permissions())
}

#[cfg(not(unix))]
fn owner(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}
