//! Everything by the folder's handle.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

use rustix::fs::{
    AtFlags, Dir, FileType, Gid, Mode, OFlags, RenameFlags, Stat, fchmod, fchown, fstat, fsync, linkat, openat,
    renameat, renameat_with, statat, unlinkat,
};

use super::{Access, Thing};

/// An open folder. Open it for each piece of work: a share that is mounted over the path later is another folder.
#[derive(Debug)]
pub struct Ground {
    handle: OwnedFd,
    /// The account of the kiosk.
    account: u32,
}

/// The number of a group, which may be given as one.
///
/// # Errors
/// When there is no such group.
pub fn group_number(group: &str) -> io::Result<u32> {
    if let Ok(number) = group.parse() {
        return Ok(number);
    }
    uzers::get_group_by_name(group).map(|group| group.gid()).ok_or_else(|| {
        io::Error::new(io::ErrorKind::NotFound, format!("there is no group {group:?}; make it, or correct `group`"))
    })
}

impl Ground {
    /// The folder at a path, which may itself lead through links: the site chose it.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let handle = rustix::fs::open(path, flags, Mode::empty())?;
        Ok(Self { handle, account: uzers::get_effective_uid() })
    }

    /// A new file, empty and open for writing.
    ///
    /// # Errors
    /// `AlreadyExists` when anything lies at the name, else what the file system says.
    pub fn create(&self, name: &str, access: Access) -> io::Result<File> {
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = File::from(openat(&self.handle, name, flags, Mode::RUSR | Mode::WUSR)?);
        grant(&file, access).inspect_err(|_| {
            // It was made a moment ago and holds nothing.
            let _ = self.remove(name);
        })?;
        Ok(file)
    }

    /// A plain file, open for reading; `None` when anything else or nothing lies there.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open_plain(&self, name: &str) -> io::Result<Option<File>> {
        if !matches!(self.thing(name)?, Thing::File { .. }) {
            return Ok(None);
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        // What was a file a moment ago may be a link or a pipe now.
        let file = match openat(&self.handle, name, flags, Mode::empty()) {
            Err(rustix::io::Errno::NOENT | rustix::io::Errno::LOOP) => return Ok(None),
            file => file?,
        };
        let plain = FileType::from_raw_mode(fstat(&file)?.st_mode) == FileType::RegularFile;
        Ok(plain.then(|| File::from(file)))
    }

    /// What lies at a name.
    ///
    /// # Errors
    /// What the file system says.
    pub fn thing(&self, name: &str) -> io::Result<Thing> {
        Ok(self.stat(name)?.map_or(Thing::Nothing, |found| match FileType::from_raw_mode(found.st_mode) {
            FileType::RegularFile => Thing::File { own: found.st_uid == self.account },
            FileType::Symlink => Thing::Link,
            FileType::Fifo => Thing::Pipe,
            FileType::Socket => Thing::Socket,
            FileType::Directory => Thing::Folder,
            _ => Thing::Other,
        }))
    }

    /// Whether a plain file of the kiosk's account lies there that has no second name elsewhere.
    ///
    /// # Errors
    /// What the file system says.
    pub fn is_own_alone(&self, name: &str) -> io::Result<bool> {
        let alone = self.stat(name)?.is_some_and(|found| found.st_nlink == 1);
        Ok(alone && self.thing(name)? == Thing::File { own: true })
    }

    fn stat(&self, name: &str) -> io::Result<Option<Stat>> {
        match statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW) {
            Err(rustix::io::Errno::NOENT) => Ok(None),
            found => Ok(Some(found?)),
        }
    }

    /// Gives a file of the folder `from` a further name here.
    ///
    /// # Errors
    /// `AlreadyExists` when anything lies at the name, `CrossesDevices` when the folders have no file system in common,
    /// else what the file system says.
    pub fn link(&self, from: &Self, old: &str, name: &str) -> io::Result<()> {
        Ok(linkat(&from.handle, old, &self.handle, name, AtFlags::empty())?)
    }

    /// Renames a file of the folder, never over anything.
    ///
    /// # Errors
    /// `AlreadyExists` when anything lies at the name, else what the file system says.
    pub fn rename_new(&self, old: &str, name: &str) -> io::Result<()> {
        use rustix::io::Errno;
        match renameat_with(&self.handle, old, &self.handle, name, RenameFlags::NOREPLACE) {
            // A share that cannot refuse by itself: names of this kiosk are its own, so looking first is enough.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
                if self.thing(name)? != Thing::Nothing {
                    return Err(io::ErrorKind::AlreadyExists.into());
                }
                Ok(renameat(&self.handle, old, &self.handle, name)?)
            }
            renamed => Ok(renamed?),
        }
    }

    /// Moves a file of the folder `from` over what lies at the name here.
    ///
    /// # Errors
    /// What the file system says; what lay there then still does.
    pub fn replace(&self, from: &Self, old: &str, name: &str) -> io::Result<()> {
        Ok(renameat(&from.handle, old, &self.handle, name)?)
    }

    /// Removes a name; a link itself, never what it leads to.
    ///
    /// # Errors
    /// What the file system says.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.handle, name, AtFlags::empty())?)
    }

    /// Every name of the folder.
    ///
    /// # Errors
    /// What the file system says.
    pub fn names(&self) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.handle)? {
            let name = entry?.file_name().to_bytes().to_vec();
            if name != b"." && name != b".." {
                names.push(OsString::from_vec(name));
            }
        }
        Ok(names)
    }

    /// Makes the names of the folder durable, where the system can.
    pub fn sync(&self) {
        if let Err(error) = fsync(&self.handle) {
            tracing::warn!(%error, "the drop folder cannot be synced");
        }
    }
}

/// Group before mode: a new group may cost bits of the mode. A file system that knows neither is content with what its files
/// have anyway, as long as that is enough.
fn grant(file: &File, access: Access) -> io::Result<()> {
    let refused = |what: &str, error: rustix::io::Errno| {
        let error = io::Error::from(error);
        io::Error::new(error.kind(), format!("the file cannot get the {what} of the settings: {error}"))
    };
    if let Some(group) = access.group
        && let Err(error) = fchown(file, None, Some(Gid::from_raw(group)))
        && fstat(file)?.st_gid != group
    {
        return Err(refused("group", error));
    }
    if let Err(error) = fchmod(file, Mode::from_raw_mode(access.mode))
        && fstat(file)?.st_mode & access.mode != access.mode
    {
        return Err(refused("mode", error));
    }
    Ok(())
}
