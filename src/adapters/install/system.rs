//! Program, service, rules, and the programs of others that a kiosk needs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::ports::Finding;

use super::{PACKAGE, Root};

const UNIT: &str = "uketsuke.service";
/// Where units lie, the machine's own first.
const UNITS: [&str; 3] = ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

pub(super) fn program(root: &Root<'_>) -> Finding {
    match root.first(&["/usr/bin/uketsuke"]) {
        Some(path) => Finding::good("program", path),
        None => Finding::bad("program", "there is no /usr/bin/uketsuke", "apt install ./uketsuke_*.deb"),
    }
}

pub(super) fn findings(root: &Root<'_>) -> Vec<Finding> {
    let rules = |subject, paths: &[&str], without: &str| match root.first(paths) {
        Some(path) => Finding::good(subject, path),
        None => Finding::bad(subject, without, PACKAGE),
    };
    let needed = |subject, paths: &[&str], remedy: &str| match root.first(paths) {
        Some(path) => Finding::good(subject, path),
        None => Finding::bad(subject, format!("{} is not there", paths.first().unwrap_or(&"it")), remedy),
    };
    vec![
        unit(root),
        console(root),
        rules(
            "udev rules",
            &[
                "/etc/udev/rules.d/60-uketsuke.rules",
                "/usr/lib/udev/rules.d/60-uketsuke.rules",
                "/lib/udev/rules.d/60-uketsuke.rules",
            ],
            "the reader may fall asleep, and the camera may be another account's",
        ),
        rules(
            "polkit rules",
            &["/etc/polkit-1/rules.d/50-uketsuke.rules", "/usr/share/polkit-1/rules.d/50-uketsuke.rules"],
            "where the card service asks polkit, the kiosk is refused",
        ),
        needed("cage", &["/usr/bin/cage"], "apt install cage"),
        needed("card service", &["/usr/sbin/pcscd"], "apt install pcscd"),
        waking(root),
        needed("reader driver", &["/usr/lib/pcsc/drivers/ifd-ccid.bundle"], "apt install libccid"),
    ]
}

/// The card service is woken by its socket.
fn waking(root: &Root<'_>) -> Finding {
    match root.has("/etc/systemd/system/sockets.target.wants/pcscd.socket") {
        true => Finding::good("card socket", "pcscd.socket is enabled"),
        false => Finding::bad("card socket", "pcscd.socket is not enabled", "systemctl enable --now pcscd.socket"),
    }
}

fn unit(root: &Root<'_>) -> Finding {
    let places: Vec<PathBuf> = UNITS.iter().map(|folder| Path::new(folder).join(UNIT)).collect();
    let Some(place) = places.iter().find(|path| root.has(path)) else {
        return Finding::bad("service", format!("there is no {UNIT}"), PACKAGE);
    };
    if fs::read_link(root.at(place)).is_ok_and(|target| target == Path::new("/dev/null")) {
        return Finding::bad(
            "service",
            "it is masked",
            format!("systemctl unmask {UNIT}, then systemctl enable {UNIT}"),
        );
    }
    if !is_enabled(root) {
        let detail = format!("{} is not enabled: it does not start with the machine", place.display());
        return Finding::bad("service", detail, format!("systemctl enable {UNIT}"));
    }
    Finding::good("service", format!("{} starts with the machine", place.display()))
}

/// Some target wants it.
fn is_enabled(root: &Root<'_>) -> bool {
    let targets = fs::read_dir(root.at("/etc/systemd/system")).into_iter().flatten().flatten();
    let mut wants = targets.filter(|entry| entry.file_name().to_string_lossy().ends_with(".target.wants"));
    wants.any(|entry| entry.path().join(UNIT).symlink_metadata().is_ok())
}

/// Nobody can log in beside the kiosk's screen.
fn console(root: &Root<'_>) -> Finding {
    let drop_in = UNITS.iter().any(|folder| {
        fs::read_dir(root.at(folder).join("getty@tty1.service.d")).is_ok_and(|mut files| files.next().is_some())
    });
    let masked = fs::read_link(root.at("/etc/systemd/system/getty@tty1.service"));
    let masked = masked.is_ok_and(|target| target == Path::new("/dev/null"));
    if drop_in || masked {
        return Finding::good("console", "no log-in on the first console beside the kiosk");
    }
    let remedy = format!("{PACKAGE}; or systemctl mask getty@tty1");
    Finding::warning("console", "a log-in may stand on the kiosk's console", remedy)
}
