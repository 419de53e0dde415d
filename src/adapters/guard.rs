//! Keeps what the program holds in memory to itself: no core dump, no look into it by other programs of the same account,
//! nothing on a swap device.

#[cfg(target_os = "linux")]
use rustix::mm::{MlockAllFlags, mlockall};
#[cfg(target_os = "linux")]
use rustix::process::{DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit};

use crate::ports::Finding;

/// What `doctor` calls it.
const SUBJECT: &str = "memory";

/// Bytes that an account must be allowed to lock for all of the kiosk to fit.
#[cfg(target_os = "linux")]
const ROOM: u64 = 4 << 30;

/// Shuts the memory of this program, for whatever it does; says what the system refused.
#[cfg(target_os = "linux")]
pub fn shut() -> Vec<Finding> {
    let mut refused = Vec::new();
    if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
        refused.push(Finding::warning(
            SUBJECT,
            format!("other programs of this account can look into it: {error}"),
            "run the kiosk under an account of its own",
        ));
    }
    if let Err(error) = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }) {
        refused.push(Finding::warning(
            SUBJECT,
            format!("a crash can write it to the disk: {error}"),
            "set LimitCORE=0 in the service",
        ));
    }
    refused
}

/// Keeps the memory of this program off swap devices from now on; says when the system refuses.
#[cfg(target_os = "linux")]
pub fn keep_off_disk() -> Result<(), Finding> {
    let refused = |why: String| {
        let detail = format!("can be written to a swap device: {why}");
        Finding::warning(
            SUBJECT,
            detail,
            "set LimitMEMLOCK=infinity and MemorySwapMax=0 in the service, or switch swap off",
        )
    };
    // With less room a later request for memory would fail in the middle of a visit.
    let allowed = getrlimit(Resource::Memlock).current;
    if let Some(bytes) = allowed.filter(|bytes| *bytes < ROOM && !rustix::process::geteuid().is_root()) {
        return Err(refused(format!("this account may lock {} KiB", bytes / 1024)));
    }
    // Only what is used is locked, else every stack and reserve would take its full size.
    let flags = MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT;
    mlockall(flags).map_err(|error| refused(error.to_string()))
}

/// Elsewhere the system's own settings decide.
#[cfg(not(target_os = "linux"))]
pub fn shut() -> Vec<Finding> {
    Vec::new()
}

/// Elsewhere the system's own settings decide.
#[cfg(not(target_os = "linux"))]
pub fn keep_off_disk() -> Result<(), Finding> {
    let remedy = "encrypt the disk with the page file on it, and switch crash dumps off";
    Err(Finding::warning(SUBJECT, "this system lets no program keep all of its memory off the disk", remedy))
}

/// How it stands, for `doctor`: tries both.
pub fn findings() -> Vec<Finding> {
    let mut findings = shut();
    findings.extend(keep_off_disk().err());
    if findings.is_empty() {
        findings.push(Finding::good(SUBJECT, "no core dump, no look into it, nothing on a swap device"));
    }
    findings
}
