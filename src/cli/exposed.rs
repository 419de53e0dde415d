//! What of a kiosk's own files is open to other accounts.

use crate::adapters::qualification::contract::identity_files::TERMINAL_KEY;
use crate::adapters::sealed::{Exposed, guarded, guarded_folder};
use crate::config::Config;
use crate::ports::Finding;

use super::{CliError, Outcome};

/// What is open to other accounts of what these settings name: keys, staff codes, the kiosk's own folder.
fn exposed(config: &Config) -> Vec<Exposed> {
    let state = &config.state.folder;
    let own = ["journal.key", "queue.key", "spool.key", "handoff/announce.key", "outbox.key", "audit.key"]
        .map(|name| state.join(name));
    let named =
        [config.staff_file(), config.gateway.identity.join(TERMINAL_KEY)].into_iter().chain(config.audit.key.clone());
    let files = own.into_iter().chain(named).filter_map(|file| guarded(&file).err());
    guarded_folder(state).err().into_iter().chain(files).collect()
}

/// Keys that others can read protect nobody: with such a place no patient is served.
pub fn refuse(config: &Config) -> Outcome {
    match exposed(config).into_iter().next() {
        None => Ok(()),
        Some(exposed) => Err(CliError::usage(exposed.to_string(), exposed.remedy)),
    }
}

/// The line of `doctor`.
pub fn finding(config: &Config) -> Finding {
    let (what, remedies): (Vec<_>, Vec<_>) =
        exposed(config).into_iter().map(|one| (one.to_string(), one.remedy)).unzip();
    if what.is_empty() {
        return Finding::good("own files", "keys, staff codes and state folder are closed to other accounts");
    }
    Finding::bad("own files", what.join("; "), remedies.join("; "))
}
