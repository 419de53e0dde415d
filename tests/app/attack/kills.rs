//! Power cuts: the kiosk is killed in the middle of spooling and of its visit, the gateway in the middle of answering, at moments
//! that only a seed knows. Each check that the gateway counted has one file in the end, or staff are told of it by its name.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::report::{Report, long};
use super::victim::{BY_PIN, Ground};
use crate::service::{Pcscd, isolated, until};
use crate::site::Site;

/// Longer than any step takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Numbers that only depend on their seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A `uketsuke checkin --visits` whose lines are read as they come; it has a kiosk's spool.
pub struct Running {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
    /// Everything it said on standard error so far, of which `staff` reads.
    errors: Receiver<String>,
}

impl Running {
    pub fn start(ground: &Ground, gateway: &str, visits: u32) -> Self {
        let mut command = ground.command(gateway);
        command.args(BY_PIN).args(["--visits", &visits.to_string()]).env("UKETSUKE_LOG", "info");
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let (tell, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        let (tell, errors) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        let input = child.stdin.take().unwrap();
        Self { child, input, lines, errors }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next patient's PIN.
    pub fn types_pin(&mut self) {
        // It may have ended already.
        let _ = self.input.write_all(b"1234\n").and_then(|()| self.input.flush());
    }

    /// Waits until it says such a line; false when it ends without it.
    pub fn says(&self, what: &[&str]) -> bool {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if what.iter().any(|what| line.contains(what)) => return true,
                Ok(_) => {}
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return false,
                Err(error) => panic!("{what:?}: {error}; {:#?}", self.errors.try_iter().collect::<Vec<_>>()),
            }
        }
    }

    /// SIGKILL; what it had told staff.
    pub fn killed(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.errors.iter().collect()
    }

    /// Its own end; what it had told staff.
    pub fn ends(self) -> Vec<String> {
        let Self { mut child, input, lines, errors } = self;
        drop(input);
        lines.iter().for_each(drop);
        let said = errors.iter().collect();
        let ended = child.wait().unwrap();
        assert!(ended.code().is_some(), "{ended:?}: {said:#?}");
        said
    }
}

/// What became of every check that the gateway has counted.
struct Balance {
    checks: usize,
    files: usize,
    told: usize,
}

/// Each check has one file, or staff know its name; no file is there twice, none is of no check.
fn balance(site: &Site, ground: &Ground, said: &[String]) -> Balance {
    let mut files: BTreeMap<String, usize> = BTreeMap::new();
    for file in ground.handed_over() {
        *files.entry(file.check_id).or_default() += 1;
    }
    let checks = site.gateway.check_ids();
    let twice: Vec<_> = files.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "handed over twice: {twice:?}");
    assert!(files.keys().all(|id| checks.contains(id)), "a file of no check");
    let missing: Vec<_> = checks.iter().filter(|id| !files.contains_key(*id)).collect();
    let (told, lost): (Vec<_>, Vec<_>) =
        missing.into_iter().partition(|id| said.iter().any(|line| line.contains("code=\"S-") && line.contains(*id)));
    assert!(
        lost.is_empty(),
        "lost without a word: {lost:?}; {:#?}",
        said.iter().filter(|l| l.contains("S-")).collect::<Vec<_>>()
    );
    Balance { checks: checks.len(), files: files.len(), told: told.len() }
}

/// The last start: it finishes what is left, serves one more patient, and ends.
fn finishes(ground: &Ground, site: &Site, said: &mut Vec<String>) {
    let mut last = Running::start(ground, &site.gateway.url(), 1);
    last.types_pin();
    said.extend(last.ends());
    // What waited in the spool is delivered at the next start at the latest.
    let state = ground.path("state/spool");
    until("the spool is empty", || {
        let waiting = std::fs::read_dir(&state).map_or(0, |entries| {
            entries.flatten().filter(|entry| entry.path().extension().is_some_and(|ending| ending == "parcel")).count()
        });
        if waiting == 0 {
            return Some(());
        }
        let mut again = Running::start(ground, &site.gateway.url(), 1);
        again.types_pin();
        said.extend(again.ends());
        None
    });
}

/// The kiosk dies `kills` times; every other time right after the patient's last touch, while the file is spooled.
fn kiosk_dies(site: &Site, kills: u32, seed: u64) -> String {
    let (ground, mut dice, mut said) = (Ground::new(site), Dice(seed), Vec::new());
    for n in 0..kills {
        let mut kiosk = Running::start(&ground, &site.gateway.url(), 1);
        kiosk.types_pin();
        let (at, within) = if n % 2 == 0 { (["\"Delivering\""], 250) } else { (["\"ReadingCard\""], 500) };
        kiosk.says(&at);
        std::thread::sleep(Duration::from_millis(dice.roll(within)));
        said.extend(kiosk.killed());
    }
    finishes(&ground, site, &mut said);
    let Balance { checks, files, told } = balance(site, &ground, &said);
    format!("{kills} kills (seed {seed}): {checks} checks counted, {files} files, each once; staff told of {told}")
}

/// The gateway dies `kills` times while it answers, and is started again at once.
fn gateway_dies(site: &mut Site, kills: u32, seed: u64) -> String {
    let (ground, mut dice, mut said) = (Ground::new(site), Dice(seed), Vec::new());
    for n in 0..kills {
        let mut kiosk = Running::start(&ground, &site.gateway.url(), 1);
        kiosk.types_pin();
        let at = if n % 2 == 0 { "\"Asking\"" } else { "\"Consents\"" };
        if kiosk.says(&[at]) {
            std::thread::sleep(Duration::from_millis(dice.roll(60)));
        }
        site.gateway.kill();
        site.gateway.start_again();
        said.extend(kiosk.ends());
    }
    finishes(&ground, site, &mut said);
    let Balance { checks, files, told } = balance(site, &ground, &said);
    format!("{kills} kills (seed {seed}): {checks} checks counted, {files} files, each once; staff told of {told}")
}

#[test]
fn power_cuts() {
    if !isolated() {
        return;
    }
    let (_pcscd, site) = (Pcscd::start(), Site::new());
    let mut report = Report::of("power cut");
    let few_or_many = if long() { 60 } else { 4 };
    let card = site.place("p01", &[]);
    report.attack("the kiosk, while it spools and at any moment", || kiosk_dies(&site, few_or_many, 20_261_201));
    card.pull();
    let mut site = Site::new();
    let _card = site.place("p01", &[]);
    report.attack("the gateway, while it answers", || gateway_dies(&mut site, few_or_many, 20_261_202));
    report.ends();
}
