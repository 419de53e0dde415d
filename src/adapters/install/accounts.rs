//! Accounts and groups, from the files that packages write them to: an image has no other source, and the kiosk's are local.

use std::fs;
use std::path::Path;

use crate::ports::Finding;

use super::{ACCOUNT, RECONFIGURE, Root};

/// Cameras belong to this group.
const CAMERAS: &str = "video";

/// The kiosk's account, as far as it is there, and all groups.
pub(super) struct Accounts {
    passwd: Vec<Vec<String>>,
    group: Vec<Vec<String>>,
}

impl Accounts {
    pub(super) fn read(root: &Root<'_>) -> Result<Self, String> {
        let table = |path: &str| {
            let text = fs::read_to_string(root.at(path)).map_err(|error| format!("{path}: {error}"))?;
            Ok::<_, String>(text.lines().map(|line| line.split(':').map(str::to_owned).collect()).collect())
        };
        Ok(Self { passwd: table("/etc/passwd")?, group: table("/etc/group")? })
    }

    fn entry(&self) -> Option<&[String]> {
        named(&self.passwd, ACCOUNT)
    }

    fn field(&self, at: usize) -> Option<&str> {
        self.entry()?.get(at).map(String::as_str)
    }

    /// Number of the kiosk's account.
    pub(super) fn user(&self) -> Option<u32> {
        self.field(2)?.parse().ok()
    }

    /// Number of a group.
    pub(super) fn group(&self, name: &str) -> Option<u32> {
        named(&self.group, name)?.get(2)?.parse().ok()
    }

    /// Whether the kiosk's account is in that group, by its number.
    pub(super) fn is_in(&self, number: u32) -> bool {
        let own = self.field(3).and_then(|text| text.parse().ok()) == Some(number);
        let entry = self.group.iter().find(|entry| entry.get(2).is_some_and(|text| text.parse() == Ok(number)));
        let listed = entry.and_then(|entry| entry.get(3));
        own || listed.is_some_and(|members| members.split(',').any(|member| member == ACCOUNT))
    }

    pub(super) fn account(&self, state: &Path) -> Finding {
        let Some(entry) = self.entry() else {
            let remedy = format!("{RECONFIGURE}, or install the package uketsuke-kiosk");
            return Finding::bad("account", format!("there is no account {ACCOUNT}"), remedy);
        };
        let [home, shell] = [5, 6].map(|at| entry.get(at).map(String::as_str).unwrap_or_default());
        if !shell.ends_with("/nologin") && !shell.ends_with("/false") {
            let remedy = format!("usermod --shell /usr/sbin/nologin {ACCOUNT}");
            return Finding::warning("account", format!("{ACCOUNT} may log in ({shell})"), remedy);
        }
        if Path::new(home) != state {
            let detail = format!("{ACCOUNT} is at home in {home}, its state lies in {}", state.display());
            return Finding::warning("account", detail, format!("usermod --home {} {ACCOUNT}", state.display()));
        }
        Finding::good("account", format!("{ACCOUNT}, at home in {home}, without a log-in"))
    }

    pub(super) fn groups(&self, handoff: Option<&str>) -> Finding {
        let wanted: Vec<&str> = std::iter::once(CAMERAS).chain(handoff).collect();
        let lacking = |name: &&&str| !self.number(name).is_some_and(|number| self.is_in(number));
        let lacking: Vec<&str> = wanted.iter().filter(lacking).copied().collect();
        if lacking.is_empty() {
            return Finding::good("groups", format!("{ACCOUNT} is in {}", wanted.join(", ")));
        }
        let commands = lacking.iter().map(|name| match self.number(name) {
            Some(_) => format!("adduser {ACCOUNT} {name}"),
            None => format!("addgroup --system {name} && adduser {ACCOUNT} {name}"),
        });
        let remedy = commands.collect::<Vec<_>>().join("; ");
        Finding::bad("groups", format!("{ACCOUNT} is not in {}", lacking.join(", ")), remedy)
    }

    /// The group of that name or number, as settings may name it.
    fn number(&self, group: &str) -> Option<u32> {
        self.group(group).or_else(|| group.parse().ok())
    }
}

fn named<'a>(table: &'a [Vec<String>], name: &str) -> Option<&'a [String]> {
    table.iter().find(|entry| entry.first().is_some_and(|first| first == name)).map(Vec::as_slice)
}
