//! How a file gets its name in a folder that others watch: whole or not at all, and never over another one.

use std::io;

use super::ground::{Access, Ground, unforeseen};

/// How programs that watch the folder hear of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, strum::VariantArray)]
pub enum Arrival {
    /// It appears whole under its name: heard as Created.
    #[default]
    Link,
    /// It is renamed within the folder: heard as Renamed.
    Rename,
    /// It is made, written and closed under its name: heard as Created and Changed. Whoever reads too early reads a part.
    Write,
}

impl Arrival {
    /// As the settings and `doctor` name it.
    pub fn name(self) -> &'static str {
        match self {
            Arrival::Link => "link",
            Arrival::Rename => "rename",
            Arrival::Write => "write",
        }
    }
}

/// Two folders and the way from one into the other.
pub struct Hand<'a> {
    /// The kiosk's own.
    pub own: &'a Ground,
    /// The one that others watch.
    pub folder: &'a Ground,
    pub arrival: Arrival,
    pub access: Access,
    /// What temporary names in the watched folder start with.
    pub prefix: &'a str,
}

/// Where a prepared file lies.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Lies {
    /// In the kiosk's own folder.
    Own(String),
    /// In the watched folder, under a name that nobody can foresee.
    Beside(String),
    /// Nowhere yet: it is to be written under its name.
    InMemory,
}

/// A file written and synced where nobody looks for it; removed again unless it gets its name.
pub struct Prepared<'a> {
    hand: &'a Hand<'a>,
    bytes: &'a [u8],
    lies: Lies,
}

/// What the names of temporary files end in.
pub const TEMPORARY: &str = ".tmp";

impl<'a> Hand<'a> {
    /// Writes and syncs a file.
    ///
    /// # Errors
    /// What the file system says; nothing is left then.
    pub fn prepare(&'a self, bytes: &'a [u8]) -> io::Result<Prepared<'a>> {
        let lies = match self.arrival {
            Arrival::Link => {
                let name = format!("{}{TEMPORARY}", unforeseen()?);
                self.own.write_new(&name, bytes, self.access)?;
                Lies::Own(name)
            }
            // A file that is renamed from elsewhere is heard as Created.
            Arrival::Rename => self.beside(bytes)?,
            Arrival::Write => Lies::InMemory,
        };
        Ok(Prepared { hand: self, bytes, lies })
    }

    fn beside(&self, bytes: &[u8]) -> io::Result<Lies> {
        let name = format!("{}{}{TEMPORARY}", self.prefix, unforeseen()?);
        self.folder.write_new(&name, bytes, self.access)?;
        Ok(Lies::Beside(name))
    }
}

impl Prepared<'_> {
    /// Gives the file its name.
    ///
    /// # Errors
    /// `AlreadyExists` when anything lies there, else what the file system says; nothing is left in either case.
    pub fn claim(mut self, name: &str) -> io::Result<()> {
        match self.hand.arrival {
            Arrival::Write => self.hand.folder.write_new(name, self.bytes, self.hand.access),
            Arrival::Rename => self.rename(name),
            Arrival::Link => match self.link(name) {
                // No file system in common: the same from within the folder.
                Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                    self.come_beside()?;
                    self.link(name).or_else(|error| self.rename_after(error, name))
                }
                Err(error) => self.rename_after(error, name),
                linked => linked,
            },
        }
    }

    /// Gives the file the name of an own one that lies there, or that lay there.
    ///
    /// # Errors
    /// What the file system says; the other file is then still there, unless files are written under their names.
    pub fn replace(mut self, name: &str) -> io::Result<()> {
        let folder = self.hand.folder;
        let from = match &self.lies {
            Lies::InMemory => {
                if folder.thing(name)? != super::ground::Thing::Nothing {
                    folder.remove(name)?;
                }
                return folder.write_new(name, self.bytes, self.hand.access);
            }
            Lies::Own(temporary) => folder.replace(self.hand.own, temporary, name),
            Lies::Beside(temporary) => folder.replace(folder, temporary, name),
        };
        match from {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                self.come_beside()?;
                return self.replace(name);
            }
            replaced => replaced?,
        }
        self.lies = Lies::InMemory;
        Ok(())
    }

    fn link(&self, name: &str) -> io::Result<()> {
        match &self.lies {
            Lies::Own(temporary) => self.hand.folder.link(self.hand.own, temporary, name),
            Lies::Beside(temporary) => self.hand.folder.link(self.hand.folder, temporary, name),
            Lies::InMemory => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Some shares know no second names (FAT, some servers); a taken name is no reason to try that.
    fn rename_after(&mut self, error: io::Error, name: &str) -> io::Result<()> {
        if error.kind() == io::ErrorKind::AlreadyExists {
            return Err(error);
        }
        self.rename(name)
    }

    fn rename(&mut self, name: &str) -> io::Result<()> {
        self.come_beside()?;
        let Lies::Beside(temporary) = &self.lies else { return Err(io::ErrorKind::NotFound.into()) };
        self.hand.folder.rename_new(temporary, name)?;
        self.lies = Lies::InMemory;
        Ok(())
    }

    /// Has the file lie in the watched folder.
    fn come_beside(&mut self) -> io::Result<()> {
        if !matches!(self.lies, Lies::Beside(_)) {
            let lies = self.hand.beside(self.bytes)?;
            self.remove();
            self.lies = lies;
        }
        Ok(())
    }

    fn remove(&mut self) {
        let removed = match &self.lies {
            Lies::Own(temporary) => self.hand.own.remove(temporary),
            Lies::Beside(temporary) => self.hand.folder.remove(temporary),
            Lies::InMemory => Ok(()),
        };
        if let Err(error) = removed {
            tracing::warn!(%error, "a temporary file of the handoff stays until the next start");
        }
    }
}

/// A file that has its name has lost the other one, or loses it here.
impl Drop for Prepared<'_> {
    fn drop(&mut self) {
        self.remove();
    }
}
