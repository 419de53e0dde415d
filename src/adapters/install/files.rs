//! Settings, state, identity, drop folder and models: are they there, whose are they, who may do what with them.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::ports::Finding;

use super::accounts::Accounts;
use super::{ACCOUNT, Named, RECONFIGURE, Root};

pub(super) fn findings(root: &Root<'_>, named: &Named, accounts: &Accounts) -> Vec<Finding> {
    let mut findings = vec![
        settings(root, &named.settings, accounts),
        state(root, &named.state, accounts),
        identity(root, named, accounts),
        folder(root, named, accounts),
    ];
    findings.extend([named.models.clone(), named.models.join("code-b")].iter().map(|folder| models(root, folder)));
    findings
}

/// Who owns it, and which bits it has.
struct Rights {
    user: u32,
    group: u32,
    mode: u32,
}

#[cfg(unix)]
fn rights(metadata: &Metadata) -> Rights {
    use std::os::unix::fs::MetadataExt;
    Rights { user: metadata.uid(), group: metadata.gid(), mode: metadata.mode() & 0o7777 }
}

/// Elsewhere there are none of these; and no kiosk of this kind either.
#[cfg(not(unix))]
fn rights(_: &Metadata) -> Rights {
    Rights { user: 0, group: 0, mode: 0 }
}

impl Rights {
    /// Whether the kiosk's account has one of these bits, given as those of others (4 read, 2 write).
    fn allow(&self, bit: u32, accounts: &Accounts) -> bool {
        let shift = match (accounts.user() == Some(self.user), accounts.is_in(self.group)) {
            (true, _) => 6,
            (false, true) => 3,
            (false, false) => 0,
        };
        self.mode >> shift & bit == bit
    }
}

fn settings(root: &Root<'_>, path: &Path, accounts: &Accounts) -> Finding {
    let shown = path.display();
    let Ok(metadata) = fs::metadata(root.at(path)) else {
        return Finding::bad(
            "settings",
            format!("there is no {shown}: the kiosk does not start"),
            "run: uketsuke setup",
        );
    };
    let rights = rights(&metadata);
    if rights.mode & 0o022 != 0 {
        let detail = format!("{shown} can be changed by others (mode {:04o})", rights.mode);
        return Finding::bad("settings", detail, format!("chmod 0640 {shown}"));
    }
    if !rights.allow(4, accounts) {
        let detail = format!("{ACCOUNT} cannot read {shown} (mode {:04o})", rights.mode);
        return Finding::bad("settings", detail, format!("chgrp {ACCOUNT} {shown} && chmod 0640 {shown}"));
    }
    Finding::good("settings", format!("{shown}, mode {:04o}", rights.mode))
}

fn state(root: &Root<'_>, path: &Path, accounts: &Accounts) -> Finding {
    let shown = path.display();
    let remedy = format!("install -d -m 0700 -o {ACCOUNT} -g {ACCOUNT} {shown}");
    let Ok(metadata) = fs::metadata(root.at(path)) else {
        return Finding::bad("state folder", format!("there is no {shown}"), remedy);
    };
    let rights = rights(&metadata);
    if accounts.user() != Some(rights.user) || rights.mode & 0o077 != 0 {
        let detail = format!("{shown} is not {ACCOUNT}'s alone (owner {}, mode {:04o})", rights.user, rights.mode);
        return Finding::bad("state folder", detail, remedy);
    }
    Finding::good("state folder", format!("{shown}, {ACCOUNT}'s alone"))
}

fn identity(root: &Root<'_>, named: &Named, accounts: &Accounts) -> Finding {
    let (folder, files) = &named.identity;
    let shown = folder.display();
    let lacking: Vec<&str> =
        files.iter().filter(|file| fs::metadata(root.at(folder.join(file))).is_err()).copied().collect();
    if !lacking.is_empty() {
        let remedy = format!("put the terminal's certificate and key and the gateway's root into {shown}");
        return Finding::bad("identity", format!("{shown} lacks {}", lacking.join(", ")), remedy);
    }
    for file in files {
        let path = folder.join(file);
        let Ok(metadata) = fs::metadata(root.at(&path)) else { continue };
        let (rights, shown) = (rights(&metadata), path.display());
        let is_key = file.contains(".key.");
        let remedy = match is_key {
            true => format!("chown {ACCOUNT} {shown} && chmod 0400 {shown}"),
            false => format!("chgrp {ACCOUNT} {shown} && chmod 0640 {shown}"),
        };
        if is_key && rights.mode & 0o077 != 0 {
            return Finding::bad("identity", format!("{shown} is open to others (mode {:04o})", rights.mode), remedy);
        }
        if !rights.allow(4, accounts) {
            return Finding::bad(
                "identity",
                format!("{ACCOUNT} cannot read {shown} (mode {:04o})", rights.mode),
                remedy,
            );
        }
    }
    Finding::good("identity", format!("{shown}, its key closed to others"))
}

fn folder(root: &Root<'_>, named: &Named, accounts: &Accounts) -> Finding {
    let shown = named.folder.display();
    let Ok(metadata) = fs::metadata(root.at(&named.folder)) else {
        let remedy = format!("{RECONFIGURE}, or mount the share that the settings name");
        return Finding::bad("drop folder", format!("there is no {shown}"), remedy);
    };
    let rights = rights(&metadata);
    if !rights.allow(2, accounts) {
        let detail = format!("{ACCOUNT} cannot write {shown} (mode {:04o})", rights.mode);
        return Finding::bad("drop folder", detail, format!("chown {ACCOUNT} {shown}"));
    }
    if let Some(group) = named.group.as_deref().and_then(|name| accounts.group(name)).filter(|g| *g != rights.group) {
        let detail = format!("{shown} is of group {}, its files are to be of group {group}", rights.group);
        return Finding::warning("drop folder", detail, format!("chgrp {group} {shown} && chmod 2770 {shown}"));
    }
    Finding::good("drop folder", format!("{shown}, mode {:04o}", rights.mode))
}

#[derive(serde::Deserialize)]
struct Manifest {
    model: Vec<Model>,
}

#[derive(serde::Deserialize)]
struct Model {
    file: PathBuf,
    sha256: String,
}

/// Every file of a manifest as its hash says: an upgrade that broke off is seen here.
fn models(root: &Root<'_>, folder: &Path) -> Finding {
    const REINSTALL: &str = "apt install --reinstall ./uketsuke_*.deb";
    let shown = folder.display();
    let text = fs::read_to_string(root.at(folder.join("manifest.toml")));
    let manifest = text.map_err(|error| error.to_string());
    let manifest = manifest.and_then(|text| toml::from_str::<Manifest>(&text).map_err(|error| error.message().into()));
    let manifest = match manifest {
        Ok(manifest) => manifest,
        Err(error) => return Finding::bad("models", format!("{shown}/manifest.toml: {error}"), REINSTALL),
    };
    let is_whole = |model: &&Model| {
        let bytes = fs::read(root.at(folder.join(&model.file)));
        bytes.is_ok_and(|bytes| format!("{:x}", Sha256::digest(bytes)).eq_ignore_ascii_case(&model.sha256))
    };
    let broken = manifest.model.iter().filter(|model| !is_whole(model)).map(|model| model.file.display().to_string());
    let broken: Vec<String> = broken.collect();
    if broken.is_empty() {
        return Finding::good("models", format!("{shown}, {} files as their hashes say", manifest.model.len()));
    }
    Finding::bad("models", format!("{shown}: not there or not whole: {}", broken.join(", ")), REINSTALL)
}
