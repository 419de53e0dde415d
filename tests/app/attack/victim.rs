//! The program under attack, watched: it ends by itself, keeps its memory, panics nowhere, and says nothing of a patient.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::service::READER;
use crate::site::{HandedOver, Site, files_in, handed_over_in, personal_data, uketsuke};

/// A visit has two minutes for itself; what runs longer hangs.
const HANGS: Duration = Duration::from_secs(180);
/// What a visit may have in memory, models and all.
const MOST_MIB: u64 = 700;

/// How a patient of whom nothing else is said is identified.
pub const BY_PIN: [&str; 4] = ["--method", "pin", "--pin", "-"];

/// A program that has ended by itself.
pub struct Victim {
    pub exit: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    /// The most memory it had.
    pub peak_mib: u64,
}

fn peak_kib(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()
}

impl Victim {
    /// Runs a command to its end.
    pub fn run(mut command: Command, input: &str) -> Self {
        let said = [tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap()];
        command.stdout(said[0].try_clone().unwrap()).stderr(said[1].try_clone().unwrap());
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        // It may refuse its arguments before it reads.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let (mut peak, until) = (0, Instant::now() + HANGS);
        let exit = loop {
            peak = peak.max(peak_kib(&child).unwrap_or_default());
            if let Some(ended) = child.try_wait().unwrap() {
                break ended.code();
            }
            if Instant::now() > until {
                child.kill().unwrap();
                child.wait().unwrap();
                panic!("it hangs: {}", text(&said[1]));
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        let victim = Self { exit, stdout: text(&said[0]), stderr: text(&said[1]), peak_mib: peak / 1024 };
        victim.is_whole();
        victim
    }

    fn is_whole(&self) {
        assert!(self.exit.is_some(), "it was ended by a signal: {}", self.stderr);
        assert!(!self.stderr.contains("panicked"), "it panicked: {}", self.stderr);
        assert!(self.peak_mib < MOST_MIB, "it took {} MiB", self.peak_mib);
        for id in ["p01", "p02"] {
            for word in personal_data(id) {
                assert!(!self.stderr.contains(&word), "its log names a patient: {}", self.stderr);
            }
        }
    }

    /// The failure that ended the visit.
    pub fn failure(&self) -> String {
        let lines = self.stdout.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let during = lines.filter(|line| !line["reception"].is_null());
        during.filter_map(|line| line["failure"].as_str().map(str::to_owned)).next().unwrap_or_default()
    }

    /// Everything it said.
    pub fn said(&self) -> String {
        format!("exit {:?}\n{}{}", self.exit, self.stdout, self.stderr)
    }

    /// The last line of its error, for a table.
    pub fn last_word(&self) -> String {
        let said = self.stderr.lines().rfind(|line| line.starts_with("uketsuke:"));
        format!("exit {}, {}", self.exit.unwrap_or(-1), said.unwrap_or_default().trim_start_matches("uketsuke: "))
    }
}

fn text(mut file: &std::fs::File) -> String {
    use std::io::{Read, Seek};
    let mut bytes = Vec::new();
    file.rewind().unwrap();
    file.read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A kiosk's own folders, new for each attack, at a site that stays.
pub struct Ground {
    gateway: String,
    identity: PathBuf,
    folder: tempfile::TempDir,
}

impl Ground {
    pub fn new(site: &Site) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("drop")).unwrap();
        std::fs::create_dir(folder.path().join("state")).unwrap();
        Self { gateway: site.gateway.url(), identity: site.identity(), folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `uketsuke checkin` at that gateway, without a method.
    pub fn command(&self, gateway: &str) -> Command {
        let mut command = uketsuke();
        self.options(&mut command, gateway);
        command
    }

    /// Its options, for a command that something else starts.
    pub fn options(&self, command: &mut Command, gateway: &str) {
        command.args(["checkin", "--json", "--reader", READER, "--gateway", gateway]);
        command.arg("--identity").arg(&self.identity).arg("--drop").arg(self.path("drop"));
        command.arg("--journal").arg(self.path("state/journal.sqlite"));
        command.args(["--consent", "all"]);
    }

    /// A visit by PIN at that gateway.
    pub fn visit(&self, gateway: &str) -> Victim {
        let mut command = self.command(gateway);
        command.args(BY_PIN);
        Victim::run(command, "1234\n")
    }

    /// The same at the site's own gateway.
    pub fn honest_visit(&self) -> Victim {
        self.visit(&self.gateway)
    }

    /// Every name in the drop folder.
    pub fn files(&self) -> Vec<String> {
        files_in(&self.path("drop"))
    }

    pub fn handed_over(&self) -> Vec<HandedOver> {
        handed_over_in(&self.path("drop"))
    }

    /// The visit was refused with one of these failures, and nothing was handed over.
    pub fn refused(&self, victim: &Victim, failures: &[&str]) -> String {
        let failure = victim.failure();
        assert!(failures.contains(&failure.as_str()), "{failure:?} and not one of {failures:?}: {}", victim.said());
        assert_ne!(victim.exit, Some(0), "{}", victim.said());
        assert_eq!(self.files(), [""; 0], "a file was handed over");
        format!("refused: {failure}, {} MiB", victim.peak_mib)
    }

    /// The visit was served, with one whole file.
    pub fn served(&self, victim: &Victim) -> String {
        assert_eq!(victim.exit, Some(0), "{}", victim.said());
        let files = self.handed_over();
        assert_eq!(files.len(), 1, "{:?}", self.files());
        format!("served, one file, {} MiB", victim.peak_mib)
    }
}
