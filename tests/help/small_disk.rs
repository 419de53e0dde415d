//! Disks that are full or read-only, in a mount namespace of its own, where no rights of the machine are needed.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Names the disk to the test that runs on it.
const DISK: &str = "SMALL_DISK";

/// Runs the ignored test `test` of this program with a tmpfs of those `options` mounted on `folder`. Where no such namespace can
/// be made the output says so.
pub fn run(test: &str, options: &str, folder: &Path) {
    let inner = format!("mount -t tmpfs -o {options} none \"${DISK}\" || exit 77; exec \"$@\"");
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &inner, "sh"])
        .arg(std::env::current_exe().expect("this program"))
        .args(["--exact", test, "--ignored"])
        .env(DISK, folder)
        .output();
    match output {
        Ok(output) if output.status.success() => {
            assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"), "{output:?}");
        }
        Ok(output) if output.status.code() == Some(101) => panic!("{}", String::from_utf8_lossy(&output.stdout)),
        other => eprintln!("NOT RUN: no mount namespace can be made here: {other:?}"),
    }
}

/// The disk, for the test that runs on it.
pub fn here() -> PathBuf {
    PathBuf::from(std::env::var_os(DISK).expect("a disk"))
}

/// Gives the disk other options.
pub fn remount(options: &str) {
    let options = format!("remount,{options}");
    assert!(Command::new("mount").args(["-o", &options]).arg(here()).status().expect("mount").success());
}
