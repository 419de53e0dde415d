//! Opens the databases of journal and queue; one that is damaged is set aside as it is, and a new one begun.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode};

use crate::adapters::sealed::set_aside;

/// An open database.
pub struct Opened {
    pub database: Connection,
    /// The name that a damaged one has now.
    pub set_aside: Option<String>,
}

/// Opens or creates a database; each commit is on the disk, and what is deleted is overwritten.
///
/// # Errors
/// When it cannot be read or written, or a damaged one cannot be moved.
pub fn open(file: &Path) -> rusqlite::Result<Opened> {
    match whole(file) {
        Err(error) if is_damaged(&error) => {
            let name = move_away(file).map_err(|_| error)?;
            tracing::error!(file = name, "a damaged database was set aside and a new one begun");
            Ok(Opened { database: whole(file)?, set_aside: Some(name) })
        }
        opened => opened.map(|database| Opened { database, set_aside: None }),
    }
}

/// Whether that error means that the file holds no whole database.
pub fn is_damaged(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}

/// Opens or creates a database as it is.
///
/// # Errors
/// When it cannot be read or written, or is damaged.
pub fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let database = Connection::open(file)?;
    database.busy_timeout(Duration::from_secs(5))?;
    database.pragma_update(None, "journal_mode", "WAL")?;
    database.pragma_update(None, "synchronous", "FULL")?;
    database.pragma_update(None, "secure_delete", "ON")?;
    Ok(database)
}

/// Opens or creates a database for a mere look: a damaged one stays where it is.
///
/// # Errors
/// When it cannot be read or written, or is damaged.
pub fn look(file: &Path) -> rusqlite::Result<Connection> {
    whole(file)
}

fn whole(file: &Path) -> rusqlite::Result<Connection> {
    let database = connect(file)?;
    let said: String = database.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if said == "ok" {
        return Ok(database);
    }
    let corrupt = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    Err(rusqlite::Error::SqliteFailure(corrupt, Some(said)))
}

/// The database and what SQLite keeps beside it, each under a name with the moment.
fn move_away(file: &Path) -> std::io::Result<String> {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = format!("{stem}-{}.sqlite", Timestamp::now().strftime("%Y%m%dT%H%M%SZ"));
    let name = set_aside(file, file, &name)?;
    for ending in ["-wal", "-shm"] {
        let mut beside = file.as_os_str().to_owned();
        beside.push(ending);
        let beside = PathBuf::from(beside);
        if beside.exists() {
            set_aside(file, &beside, &format!("{name}{ending}"))?;
        }
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::sealed::set_aside_folder;

    /// A database with a row in it, and its bytes.
    fn filled(file: &Path) -> Vec<u8> {
        let opened = open(file).expect("opened");
        opened.database.execute_batch("CREATE TABLE t (x TEXT)").expect("made");
        for n in 0..200 {
            opened
                .database
                .execute("INSERT INTO t VALUES (?1)", [format!("row {n} {}", "x".repeat(100))])
                .expect("written");
        }
        drop(opened);
        std::fs::read(file).expect("read")
    }

    #[test]
    fn a_damaged_database_is_set_aside_whole_and_a_new_one_serves() {
        type Damage = fn(&mut Vec<u8>);
        let damages: [(&str, Damage); 4] = [
            ("no header", |bytes| bytes[..32].fill(0)),
            ("other bytes", |bytes| *bytes = b"this is no database at all, but it is a file".repeat(50)),
            ("a page of zeros", |bytes| bytes[4_096..8_192].fill(0)),
            ("cut in the middle", |bytes| bytes.truncate(4_096 + 1_000)),
        ];
        for (what, damage) in damages {
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("journal.sqlite");
            let mut bytes = filled(&file);
            damage(&mut bytes);
            std::fs::write(&file, &bytes).expect("damaged");
            let opened = open(&file).expect(what);
            let name = opened.set_aside.expect(what);
            opened.database.execute_batch("CREATE TABLE t (x TEXT)").expect("a new one");
            assert!(name.starts_with("journal-20") && name.ends_with("Z.sqlite"), "{name}");
            assert_eq!(std::fs::read(set_aside_folder(&file).join(name)).expect("kept"), bytes, "{what}");
            drop(opened.database);
            assert!(open(&file).expect("again").set_aside.is_none(), "{what}");
        }
    }

    #[test]
    fn a_folder_in_its_place_is_no_damage() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("journal.sqlite");
        std::fs::create_dir(&file).expect("made");
        assert!(open(&file).is_err() && !set_aside_folder(&file).exists());
    }
}
