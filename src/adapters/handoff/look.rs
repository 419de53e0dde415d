//! What `doctor` sees: the drop folder, and what waits for it.

use std::io;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use jiff::Timestamp;

use crate::ports::Finding;

use super::config::{DropConfig, SpoolConfig};
use super::place::Prepared;
use super::spool;
use super::store::own_file;

/// What is written to see that there is room: some hundred deliveries.
const PROBE: usize = 1 << 20;

/// A folder that is slower than this holds up receptions.
const PATIENCE: Duration = Duration::from_secs(10);

/// A line for the folder and one for what waits.
pub fn at(config: &DropConfig) -> Vec<Finding> {
    let spooled = config.spool.as_ref().map(|spool| at_spool(spool, Timestamp::now()));
    [at_folder_in_time(config)].into_iter().chain(spooled).collect()
}

/// A share that hangs would hold up the look itself.
fn at_folder_in_time(config: &DropConfig) -> Finding {
    let (tell, told) = sync_channel(1);
    let (owned, shown) = (config.clone(), config.folder.display());
    let looked = std::thread::Builder::new().name("handoff-look".into()).spawn(move || {
        // The asker may have given up.
        let _ = tell.send(at_folder(&owned));
    });
    let slow = || {
        let detail = format!("{shown} does not answer within {} s", PATIENCE.as_secs());
        Finding::bad("handoff", detail, "Check the share and its server; files wait in the kiosk meanwhile.")
    };
    match looked {
        Ok(_) => told.recv_timeout(PATIENCE).unwrap_or_else(|_| slow()),
        Err(error) => Finding::bad("handoff", format!("no thread for a look: {error}"), "Close other programs."),
    }
}

fn at_folder(config: &DropConfig) -> Finding {
    let shown = config.folder.display();
    let bad = |detail: String, remedy: &str| Finding::bad("handoff", detail, remedy);
    match std::fs::metadata(&config.folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return bad(
                format!("{shown} does not exist"),
                "Create the drop folder, connect its share, or correct its path.",
            );
        }
        Err(error) => return bad(format!("{shown}: {error}"), "Check the share and the rights on the drop folder."),
        Ok(found) if !found.is_dir() => {
            return bad(format!("{shown} is no folder"), "Correct the path of the drop folder.");
        }
        Ok(_) => {}
    }
    match probe(&own_file(config, "probe.tmp")) {
        Ok(()) => {
            let forms = std::iter::once(&config.form).chain(&config.beside).map(|form| form.label());
            let forms = forms.collect::<Vec<_>>().join(", ");
            Finding::good("handoff", format!("{shown} can be written, at least 1 MiB is free, {forms}"))
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => bad(
            format!("{shown} is full"),
            "Free space: let the receipt computer fetch its files, or move old ones away.",
        ),
        Err(error) => bad(
            format!("{shown} cannot be written: {error}"),
            "Give the account of the kiosk the right to create, rename and remove files there.",
        ),
    }
}

/// Dropping the file unclaimed removes it.
fn probe(file: &Path) -> io::Result<()> {
    Prepared::write(file.to_owned(), &vec![0x55; PROBE]).map(drop)
}

fn at_spool(spool: &SpoolConfig, now: Timestamp) -> Finding {
    match spool::survey(&spool.folder, now) {
        Ok((0, _)) => Finding::good("spool", "no file waits for the drop folder"),
        Ok((files, oldest)) => Finding::warning(
            "spool",
            format!("{files} files wait for the drop folder, the oldest for {} min", oldest.as_mins().max(0)),
            "The running kiosk delivers them when the drop folder works again; see the line `handoff`.",
        ),
        Err(error) => Finding::bad(
            "spool",
            format!("{}: {error}", spool.folder.display()),
            "Give the account of the kiosk all rights on its state folder.",
        ),
    }
}
