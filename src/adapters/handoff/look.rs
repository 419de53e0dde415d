//! What `doctor` sees: the drop folder, what lies in its way, what was taken, and what waits for it.

use std::io;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::ports::Finding;

use super::config::{DropConfig, SpoolConfig};
use super::ground::{Ground, Thing, unforeseen};
use super::index;
use super::leftovers::INDEX;
use super::placing::{Arrival, TEMPORARY};
use super::spool;
use super::store::access;

/// What is written to see that there is room: some hundred deliveries.
const PROBE: usize = 1 << 20;

/// A folder that is slower than this holds up receptions.
const PATIENCE: Duration = Duration::from_secs(10);

/// Most things in the way that are named.
const NAMED: usize = 5;

/// A line for the folder, for what lies in the way, for what was taken, and for what waits.
pub fn at(config: &DropConfig) -> Vec<Finding> {
    let spooled = config.spool.as_ref().map(|spool| at_spool(spool, Timestamp::now()));
    at_folder_in_time(config).into_iter().chain(encryption(config)).chain(spooled).collect()
}

/// A share that hangs would hold up the look itself.
fn at_folder_in_time(config: &DropConfig) -> Vec<Finding> {
    let (tell, told) = sync_channel(1);
    let (owned, shown) = (config.clone(), config.folder.display());
    let looked = std::thread::Builder::new().name("handoff-look".into()).spawn(move || {
        // The asker may have given up.
        let _ = tell.send(at_folder(&owned));
    });
    let slow = || {
        let detail = format!("{shown} does not answer within {} s", PATIENCE.as_secs());
        vec![Finding::bad("handoff", detail, "Check the share and its server; files wait in the kiosk meanwhile.")]
    };
    match looked {
        Ok(_) => told.recv_timeout(PATIENCE).unwrap_or_else(|_| slow()),
        Err(error) => vec![Finding::bad("handoff", format!("no thread for a look: {error}"), "Close other programs.")],
    }
}

fn at_folder(config: &DropConfig) -> Vec<Finding> {
    let shown = config.folder.display();
    let bad = |detail: String, remedy: &str| vec![Finding::bad("handoff", detail, remedy)];
    let folder = match Ground::open(&config.folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return missing(&config.folder),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return bad(format!("{shown} is no folder"), "Correct the path of the drop folder.");
        }
        Err(error) => return bad(format!("{shown}: {error}"), "Check the share and the rights on the drop folder."),
        Ok(folder) => folder,
    };
    let mut findings = match probe(config, &folder) {
        Ok(detail) => vec![Finding::good("handoff", detail)],
        Err(error) if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => bad(
            format!("{shown} is full"),
            "Free space: let the receipt computer fetch its files, or move old ones away.",
        ),
        Err(error) => bad(
            format!("{shown} cannot be written: {error}"),
            "Give the account of the kiosk the right to create, rename and remove files there, and make it a member of \
             the group in the settings.",
        ),
    };
    findings.extend(in_the_way(config, &folder).unwrap_or_else(|error| {
        Some(Finding::bad("handoff", format!("{shown} cannot be listed: {error}"), "Let the kiosk's account list it."))
    }));
    findings.extend(taken(config, &folder, Timestamp::now()));
    findings.extend(others(config));
    findings
}

/// The further folders of the settings, each written into as the kiosk does.
fn others(config: &DropConfig) -> Vec<Finding> {
    let folders =
        [("twins", &config.beside_folder), ("receipt lines", &config.announce), ("requests", &config.requests)];
    let named = folders.into_iter().filter_map(|(what, folder)| Some((what, folder.as_deref()?)));
    named.map(|(what, folder)| other(config, what, folder)).collect()
}

fn other(config: &DropConfig, what: &str, path: &Path) -> Finding {
    let written = || -> io::Result<()> {
        let (folder, name) = (Ground::open(path)?, format!(".uketsuke-probe-{}{TEMPORARY}", unforeseen()?));
        folder.write_new(&name, b"", access(config)?)?;
        folder.remove(&name)
    };
    match written() {
        Ok(()) => Finding::good("handoff", format!("{what}: {} can be written", path.display())),
        Err(error) => Finding::bad(
            "handoff",
            format!("{what}: {} cannot be written: {error}", path.display()),
            "Create that folder and give the account of the kiosk all rights on it, or take it out of the settings.",
        ),
    }
}

/// The nearest thing that is there tells whether the drive, the share or only the folder is missing.
fn missing(folder: &Path) -> Vec<Finding> {
    let there = folder.ancestors().skip(1).find(|above| above.exists());
    let (detail, remedy) = match there {
        None => (
            format!("{}: its drive or server is not there", folder.display()),
            "Connect it for the kiosk's account; drives mapped at log-on belong to one account, so write \
             '\\\\server\\share' instead of a letter.",
        ),
        Some(above) => (
            format!("{} does not exist (the last folder that does is {})", folder.display(), above.display()),
            "Create the drop folder, connect its share, or correct its path.",
        ),
    };
    vec![Finding::bad("handoff", detail, remedy)]
}

/// Writes as a delivery does, and removes it again; what that showed.
fn probe(config: &DropConfig, folder: &Ground) -> io::Result<String> {
    let access = access(config)?;
    let name = format!(".uketsuke-probe-{}{TEMPORARY}", unforeseen()?);
    folder.write_new(&name, &vec![0x55; PROBE], access)?;
    let removed = folder.remove(&name);
    let forms = std::iter::once(&config.form).chain(&config.beside).map(|form| form.label());
    let forms = forms.collect::<Vec<_>>().join(", ");
    let whose = config.group.as_ref().map_or_else(String::new, |group| format!(", group {group}"));
    let rights = if cfg!(unix) { format!(", mode {:04o}{whose}", config.mode) } else { String::new() };
    let aside = match config.arrival {
        Arrival::Write => "written under its name",
        Arrival::Rename => "temporary files in the folder, under names of chance",
        Arrival::Link if is_near(config, folder) => "temporary files in the kiosk's own folder",
        Arrival::Link => {
            "temporary files in the folder, under names of chance, because the kiosk's own is on another file system"
        }
    };
    removed?;
    let (shown, arrival) = (config.folder.display(), config.arrival.name());
    Ok(format!("{shown} can be written, at least 1 MiB is free, {forms}{rights}, arrival by {arrival}: {aside}"))
}

/// Whether a file of the kiosk's own folder can get a name in the drop folder.
fn is_near(config: &DropConfig, folder: &Ground) -> bool {
    let near = || -> io::Result<()> {
        let (own, name) = (Ground::open(&config.own)?, format!(".uketsuke-probe-{}{TEMPORARY}", unforeseen()?));
        own.write_new(&name, b"", super::ground::Access::PRIVATE)?;
        let linked = folder.link(&own, &name, &name);
        if linked.is_ok() {
            folder.remove(&name)?;
        }
        own.remove(&name)?;
        linked
    };
    near().is_ok()
}

/// Names like those of the kiosk at which no plain file of its account lies.
fn in_the_way(config: &DropConfig, folder: &Ground) -> io::Result<Option<Finding>> {
    let start = config.pattern.start(&config.terminal_id, &config.facility_code);
    let mut found = Vec::new();
    for name in folder.names()?.into_iter().filter_map(|name| name.into_string().ok()) {
        let rest = name.strip_prefix(&start).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
        if rest.is_none() && !name.starts_with(".uketsuke-") {
            continue;
        }
        match folder.thing(&name)? {
            Thing::Nothing | Thing::File { own: true } => {}
            thing => found.push(format!("{name:?} is {thing}")),
        }
    }
    found.sort();
    let more = found.len().saturating_sub(NAMED);
    found.truncate(NAMED);
    let and_more = if more > 0 { format!(", and {more} more") } else { String::new() };
    let remedy = "Nothing of the kiosk lies there: find out who put it there, then remove it. Deliveries go around it.";
    let detail = || format!("in the way in {}: {}{and_more}", config.folder.display(), found.join(", "));
    Ok((!found.is_empty()).then(|| Finding::warning("handoff", detail(), remedy)))
}

/// Face results can be encrypted by a vendor's module, and then the receipt computer expects them so.
fn encryption(config: &DropConfig) -> Option<Finding> {
    let asked = Finding::warning(
        "handoff",
        "whether face results are encrypted at this site is not said; the kiosk writes them plain",
        "Look into encrypt_face.conf of the official software, or ask its vendor: the face kind must stand there with `n`. \
         Then write face_encryption = \"n\" below [handoff].",
    );
    (!config.known_plain).then_some(asked)
}

/// How many of the last day's files were taken. Without a list there is nothing to say.
fn taken(config: &DropConfig, folder: &Ground, now: Timestamp) -> Option<Finding> {
    let since = now.checked_sub(SignedDuration::from_hours(24)).ok()?;
    let mut entries = index::survey(&config.own.join(INDEX)).ok()?;
    entries.retain(|entry| entry.at() >= since && entry.at() <= now);
    let lies = |entry: &index::Entry| folder.thing(&entry.name()).is_ok_and(|thing| thing != Thing::Nothing);
    let all = entries.len();
    entries.retain(lies);
    let oldest = entries.iter().map(index::Entry::at).min().map_or(0, |at| now.duration_since(at).as_mins());
    let detail = format!(
        "of {all} files of the last 24 hours {} were taken, {} still lie there, the oldest for {oldest} min",
        all - entries.len(),
        entries.len()
    );
    let limit =
        config.stay.tell_after.map_or(i64::MAX, |limit| i64::try_from(limit.as_secs() / 60).unwrap_or(i64::MAX));
    if oldest <= limit {
        return Some(Finding::good("handoff", detail));
    }
    let remedy =
        "See whether the receipt computer runs and watches this folder, and how it hears of files (`arrival`).";
    Some(Finding::warning("handoff", detail, remedy))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_drive_share_or_folder() {
        let home = tempfile::tempdir().expect("a folder");
        let detail = |path: &Path| missing(path).remove(0).detail;
        let folder = detail(&home.path().join("a/b"));
        assert!(folder.contains("last folder that does is") && folder.contains(&home.path().display().to_string()));
        for drive in [r"Z:\uketsuke\face", r"\\no-such-server\share\face"] {
            assert!(detail(Path::new(drive)).contains("drive or server is not there"), "{drive}");
        }
    }
}
