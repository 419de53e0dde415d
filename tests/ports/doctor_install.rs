//! `uketsuke doctor --install` over a made-up image: whole it is good, and each thing that is taken away is one line with a remedy.

#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};

fn write(root: &Path, path: &str, text: &str, mode: u32) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(&path, text).expect("written");
    fs::set_permissions(&path, Permissions::from_mode(mode)).expect("its mode");
}

fn folder(root: &Path, path: &str, mode: u32) {
    fs::create_dir_all(root.join(path)).expect("made");
    fs::set_permissions(root.join(path), Permissions::from_mode(mode)).expect("its mode");
}

/// A machine as the packages leave it; its account is whoever runs this test.
fn image() -> tempfile::TempDir {
    let image = tempfile::tempdir().expect("a folder");
    let root = image.path();
    let own = fs::metadata(root).expect("there");
    let (user, group) = (own.uid(), own.gid());
    let account = format!(
        "root:x:4294000000:4294000000::/:/bin/sh\nuketsuke:x:{user}:{group}::/var/lib/uketsuke:/usr/sbin/nologin\n"
    );
    write(root, "etc/passwd", &account, 0o644);
    write(
        root,
        "etc/group",
        &format!("uketsuke:x:{group}:\nvideo:x:4294000001:uketsuke\nreceipt:x:{group}:uketsuke\n"),
        0o644,
    );
    for program in ["usr/bin/uketsuke", "usr/bin/cage", "usr/sbin/pcscd"] {
        write(root, program, "", 0o755);
    }
    folder(root, "usr/lib/pcsc/drivers/ifd-ccid.bundle", 0o755);
    for rules in ["lib/udev/rules.d/60-uketsuke.rules", "usr/share/polkit-1/rules.d/50-uketsuke.rules"] {
        write(root, rules, "", 0o644);
    }
    write(root, "lib/systemd/system/uketsuke.service", "", 0o644);
    write(root, "lib/systemd/system/getty@tty1.service.d/uketsuke-kiosk.conf", "", 0o644);
    for (target, unit) in [("multi-user", "uketsuke.service"), ("sockets", "pcscd.socket")] {
        let wants = root.join(format!("etc/systemd/system/{target}.target.wants"));
        fs::create_dir_all(&wants).expect("made");
        symlink(format!("/lib/systemd/system/{unit}"), wants.join(unit)).expect("enabled");
    }
    let settings = include_str!("../../packaging/linux/uketsuke.toml");
    write(root, "etc/uketsuke/uketsuke.toml", settings, 0o640);
    for (file, mode) in [("ca.pem", 0o640), ("terminal.pem", 0o640), ("terminal.key.pem", 0o400)] {
        write(root, &format!("etc/uketsuke/identity/{file}"), "", mode);
    }
    folder(root, "var/lib/uketsuke", 0o700);
    folder(root, "srv/uketsuke", 0o770);
    for pack in ["models", "models/code-b"] {
        let folder = format!("usr/share/uketsuke/{pack}");
        let manifest = format!("[[model]]\nfile = 'net.onnx'\nsha256 = '{:x}'\n", Sha256::digest("net"));
        write(root, &format!("{folder}/manifest.toml"), &manifest, 0o644);
        write(root, &format!("{folder}/net.onnx"), "net", 0o644);
    }
    image
}

/// Every line as subject, health and remedy, and the exit code.
fn doctor(root: &Path) -> (Vec<[String; 3]>, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_uketsuke"));
    let output = command.args(["doctor", "--install", "--json", "--root"]).arg(root).output().expect("it runs");
    let rows: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    let word = |row: &Value, member: &str| row[member].as_str().expect("a text").to_owned();
    let lines = rows.iter().map(|row| ["subject", "health", "remedy"].map(|member| word(row, member)));
    (lines.collect(), output.status.code())
}

fn not_good(root: &Path) -> (Vec<(String, String)>, Option<i32>) {
    let (lines, code) = doctor(root);
    let bad = lines.into_iter().filter(|[_, health, _]| health != "ok");
    let bad = bad.map(|[subject, health, remedy]| {
        assert!(!remedy.is_empty(), "{subject} has no remedy");
        (subject, health)
    });
    (bad.collect(), code)
}

#[test]
fn a_whole_machine_is_good_and_each_loss_is_one_line() {
    let whole = image();
    assert_eq!(not_good(whole.path()), (Vec::new(), Some(0)));
    let removed = [
        ("program", "usr/bin/uketsuke"),
        ("cage", "usr/bin/cage"),
        ("card service", "usr/sbin/pcscd"),
        ("card socket", "etc/systemd/system/sockets.target.wants/pcscd.socket"),
        ("service", "etc/systemd/system/multi-user.target.wants/uketsuke.service"),
        ("service", "lib/systemd/system/uketsuke.service"),
        ("udev rules", "lib/udev/rules.d/60-uketsuke.rules"),
        ("polkit rules", "usr/share/polkit-1/rules.d/50-uketsuke.rules"),
        ("settings", "etc/uketsuke/uketsuke.toml"),
        ("identity", "etc/uketsuke/identity/ca.pem"),
        ("models", "usr/share/uketsuke/models/net.onnx"),
    ];
    for (subject, path) in removed {
        let image = image();
        fs::remove_file(image.path().join(path)).expect("removed");
        assert_eq!(not_good(image.path()), (vec![(subject.to_owned(), "failed".to_owned())], Some(3)), "{path}");
    }
}

#[test]
fn wrong_rights_accounts_and_contents_are_told() {
    type Change<'c> = (&'c str, &'c str, &'c dyn Fn(&Path));
    let change: [Change; 8] = [
        ("settings", "failed", &|root| mode(root, "etc/uketsuke/uketsuke.toml", 0o666)),
        ("identity", "failed", &|root| mode(root, "etc/uketsuke/identity/terminal.key.pem", 0o644)),
        ("state folder", "failed", &|root| mode(root, "var/lib/uketsuke", 0o755)),
        ("drop folder", "failed", &|root| mode(root, "srv/uketsuke", 0o550)),
        ("models", "failed", &|root| write(root, "usr/share/uketsuke/models/code-b/net.onnx", "half", 0o644)),
        ("settings", "failed", &|root| write(root, "etc/uketsuke/uketsuke.toml", "[sight]", 0o640)),
        ("console", "warning", &|root| {
            fs::remove_dir_all(root.join("lib/systemd/system/getty@tty1.service.d")).expect("removed");
        }),
        ("service", "failed", &|root| {
            symlink("/dev/null", root.join("etc/systemd/system/uketsuke.service")).expect("masked");
        }),
    ];
    for (subject, health, change) in change {
        let image = image();
        change(image.path());
        let (bad, code) = not_good(image.path());
        assert_eq!(bad, [(subject.to_owned(), health.to_owned())]);
        assert_eq!(code, Some(if health == "failed" { 3 } else { 0 }), "{subject}");
    }
    let none = image();
    write(none.path(), "etc/passwd", "root:x:0:0::/:/bin/sh\n", 0o644);
    assert!(not_good(none.path()).0.iter().any(|(subject, _)| subject == "account"));
    let groups = image();
    let kept = fs::read_to_string(groups.path().join("etc/group")).expect("read");
    write(groups.path(), "etc/group", &kept.replace("video:x:4294000001:uketsuke", "video:x:4294000001:"), 0o644);
    assert_eq!(not_good(groups.path()), (vec![("groups".to_owned(), "failed".to_owned())], Some(3)));
}

fn mode(root: &Path, path: &str, mode: u32) {
    fs::set_permissions(root.join(path), Permissions::from_mode(mode)).expect("its mode");
}

#[test]
fn what_is_no_machine_is_said() {
    let empty = tempfile::tempdir().expect("a folder");
    let (bad, code) = not_good(empty.path());
    assert_eq!((bad.len(), code), (1, Some(3)));
}
