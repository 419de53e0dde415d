//! `uketsuke doctor --install`: what the packages should have put on this machine, or on the image of one.

use std::path::{Path, PathBuf};

use crate::adapters::install::{self, Named};
use crate::adapters::qualification::contract::identity_files::{CA, TERMINAL, TERMINAL_KEY};
use crate::config::{self, Config};
use crate::ports::Finding;

/// Where the package puts the models; settings may name another folder.
const MODELS: &str = "/usr/share/uketsuke/models";

/// A line for each thing; `named` is the settings file if not the system's own.
pub fn findings(root: &Path, named: Option<PathBuf>) -> Vec<Finding> {
    let settings = named.unwrap_or_else(config::default_path);
    let below = root.join(settings.strip_prefix("/").unwrap_or(&settings));
    let (config, wrong) = match Config::load(&below) {
        Ok(config) => (Some(config), None),
        // That it is missing is one of the lines already.
        Err(_) if !below.exists() => (None, None),
        Err(error) => {
            let remedy = "correct the file, or write it anew: uketsuke setup";
            (None, Some(Finding::bad("settings", error.to_string(), remedy)))
        }
    };
    let config = config.unwrap_or_else(usual);
    let named = Named {
        settings,
        state: config.state.folder,
        identity: (config.gateway.identity, [CA, TERMINAL, TERMINAL_KEY]),
        folder: config.handoff.folder,
        group: config.handoff.group,
        models: config.models.folder.unwrap_or_else(|| MODELS.into()),
    };
    install::findings(root, &named).into_iter().chain(wrong).collect()
}

/// What the example of the settings names.
fn usual() -> Config {
    let gateway = config::Gateway { url: String::new(), identity: "/etc/uketsuke/identity".into(), pins: Vec::new() };
    let handoff = config::Handoff::into_folder("/srv/uketsuke".into());
    let handoff = config::Handoff { group: Some("receipt".into()), ..handoff };
    Config::usual(gateway, handoff, "/var/lib/uketsuke".into())
}
