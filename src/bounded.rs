//! Files that a site wrote are read to a bound, and only where they are plain: one without end fills memory, a pipe waits for ever.

use std::fs::File;
use std::io::{Error, ErrorKind, Read};
use std::path::Path;

/// Most bytes: a bundle of every root that there is has a quarter of it.
pub const MOST_BYTES: u64 = 1 << 20;

/// The bytes of a plain file.
///
/// # Errors
/// What the file system says, and when it is no plain file or larger than [`MOST_BYTES`].
pub fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    // Asked by name first, for opening a pipe would wait already.
    if !std::fs::metadata(path)?.is_file() {
        return Err(Error::new(ErrorKind::InvalidInput, "it is no plain file"));
    }
    let file = File::open(path)?;
    let mut bytes = Vec::new();
    let read = file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if read as u64 > MOST_BYTES {
        return Err(Error::other(format!("it is larger than {MOST_BYTES} bytes")));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_end_and_what_is_no_file_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        std::fs::write(&path, vec![b'x'; 1 << 20]).expect("written");
        assert_eq!(read(&path).expect("as long as can be").len(), 1 << 20);
        File::options().write(true).open(&path).and_then(|file| file.set_len(1 << 40)).expect("a sparse file");
        assert!(read(&path).expect_err("too long").to_string().contains("larger"));
        assert!(read(folder.path()).expect_err("a folder").to_string().contains("no plain file"));
        #[cfg(unix)]
        {
            let pipe = folder.path().join("pipe");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
            assert!(read(&pipe).expect_err("a pipe").to_string().contains("no plain file"));
            assert!(read(Path::new("/dev/zero")).expect_err("a device").to_string().contains("no plain file"));
        }
    }
}
