//! Whole visits by PIN, face and eye, and then a search of the kiosk's memory from outside and of its files.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use uketsuke::domain::japan;
use uketsuke::gateway::settings::Settings;
use uketsuke::gateway::{self, GatewayConfig, RunningGateway, pki};

use super::kiosk::{FOLDER, URL};
use super::memory::{Found, Search};
use super::needles::{self, Needle, OTHER_PIN, PIN};

/// How often each kind of visit is made where a whole day is tried.
const VISITS: &str = "UKETSUKE_MEMORY_VISITS";

/// A gateway in this process, a kiosk in another one.
struct Site {
    folder: tempfile::TempDir,
    tokio: tokio::runtime::Runtime,
    gateway: Option<RunningGateway>,
    kiosk: Child,
    tell: ChildStdin,
    hear: Lines<BufReader<ChildStdout>>,
}

impl Site {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for below in ["state", "drop"] {
            std::fs::create_dir(folder.path().join(below)).expect("made");
        }
        let pki_dir = folder.path().join("pki");
        let hosts = vec!["127.0.0.1".into()];
        let order = pki::Order { hosts, ..pki::Order::development(japan::day(jiff::Timestamp::now())) };
        pki::write(&pki_dir, &order).expect("certificates");
        let tokio =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("threads");
        let config = GatewayConfig {
            listen: "127.0.0.1:0".parse().expect("an address"),
            pki_dir,
            database: Some(folder.path().join("gateway.sqlite")),
            trust_test_cards: true,
            settings: Settings { rate_limit: None, ..Settings::default() },
            people_file: None,
            now: Arc::new(jiff::Timestamp::now),
        };
        let gateway = tokio.block_on(gateway::serve(config)).expect("a gateway");
        let own = std::env::current_exe().expect("this program");
        let mut kiosk = Command::new(own)
            .args(["--exact", "kiosk::the_kiosk_that_is_searched", "--ignored", "--nocapture"])
            .env(URL, format!("https://{}", gateway.addr))
            .env(FOLDER, folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let tell = kiosk.stdin.take().expect("its input");
        let hear = BufReader::new(kiosk.stdout.take().expect("its output")).lines();
        let mut site = Self { folder, tokio, gateway: Some(gateway), kiosk, tell, hear };
        site.hears("ready");
        site
    }

    fn says(&mut self, words: &str) {
        writeln!(self.tell, "{words}").and_then(|()| self.tell.flush()).expect("the kiosk listens");
    }

    fn hears(&mut self, wanted: &str) {
        loop {
            let line = self.hear.next().unwrap_or_else(|| panic!("the kiosk ended before {wanted}")).expect("a line");
            match line.split("kiosk: ").nth(1) {
                Some(heard) if heard == wanted => return,
                Some(heard) => panic!("{heard} instead of {wanted}"),
                None => println!("{line}"),
            }
        }
    }

    /// One visit; `look` is called while its last page stands.
    fn visit(&mut self, by: &str, person: &str, pin: &str, look: impl FnOnce(&Self)) {
        self.says(&format!("{by} {person} {}", in_letters(pin)));
        self.hears("done");
        look(self);
        self.says("go");
        self.hears("idle");
        println!("{by} of {person}");
    }

    /// The nonces that the gateway gave out so far.
    fn nonces(&self) -> Vec<Vec<u8>> {
        let database = rusqlite::Connection::open(self.folder.path().join("gateway.sqlite")).expect("the database");
        let mut query = database.prepare("SELECT nonce FROM challenges").expect("a table of nonces");
        let rows = query.query_map([], |row| row.get(0)).expect("nonces");
        rows.collect::<Result<_, _>>().expect("nonces")
    }

    fn memory(&self, needles: &[Needle]) -> Vec<Found> {
        Search::new(needles).process(self.kiosk.id())
    }

    /// What is found on the disk outside the receipt computer's files and the gateway's.
    fn disk(&self, needles: &[Needle]) -> Vec<Found> {
        let drop_folder = self.folder.path().join("drop");
        let others = |path: &Path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.starts_with("gateway.sqlite") || (path.parent() == Some(&drop_folder) && !name.starts_with('.'))
        };
        let needles: Vec<Needle> = needles.iter().filter(|needle| needles::tells_on_disk(needle)).cloned().collect();
        Search::new(&needles).folder(self.folder.path(), &others)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.kiosk.kill();
        let _ = self.kiosk.wait();
        if let Some(gateway) = self.gateway.take() {
            self.tokio.block_on(gateway.stop(Duration::ZERO));
        }
    }
}

/// `a` is 0: the kiosk is told no digit.
fn in_letters(digits: &str) -> String {
    digits.bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

/// How often each thing is found.
fn counted(found: &[Found]) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    found.iter().for_each(|found| *counts.entry(found.what.as_str()).or_default() += 1);
    counts
}

/// Mixed visits, so many of each kind, and what is left after them.
fn nothing_is_left_after(rounds: usize) {
    let mut site = Site::start();
    let mut needles: Vec<Needle> = needles::people().iter().flat_map(needles::of).collect();
    needles.extend(needles::of_pin());
    // Short ones are found by chance in what was never a secret: as often after as before, once all models are loaded.
    site.visit("face", "p01", OTHER_PIN, |_| {});
    site.visit("pin", "p02", OTHER_PIN, |_| {});
    let before = site.memory(&needles);
    let before = counted(&before).into_iter().map(|(what, n)| (what.to_owned(), n)).collect::<HashMap<_, _>>();
    let mut during = 0;
    for round in 0..rounds {
        for (by, person) in [("pin", "p01"), ("face", "p01"), ("eye", "p03"), ("pin", "p02")] {
            site.visit(by, person, PIN, |site| {
                // A search takes longer than a visit where nothing is optimised.
                if round == 0 && by == "pin" && person == "p02" {
                    let seen = site.memory(&needles);
                    assert!(
                        seen.iter().any(|found| found.what == format!("name of {person}")),
                        "while {person} is there"
                    );
                    during += seen.len();
                }
            });
        }
    }
    let nonces = site.nonces();
    assert!(nonces.len() >= rounds * 4, "each visit has one");
    needles.extend(nonces.iter().flat_map(|nonce| needles::of_nonce(nonce)));
    let left = site.memory(&needles);
    let on_disk = site.disk(&needles);
    let more: Vec<&Found> = left
        .iter()
        .filter(|found| counted(&left)[found.what.as_str()] > before.get(&found.what).copied().unwrap_or_default())
        .collect();
    println!(
        "{} visits, {} needles: {during} places while one of them was there, {} left in memory, {} on the disk",
        rounds * 4,
        needles.len(),
        more.len(),
        on_disk.len()
    );
    for found in more.iter().copied().chain(&on_disk) {
        println!("  {} at {}", found.what, found.place);
    }
    let wal = std::fs::metadata(site.folder.path().join("state/journal.sqlite-wal")).map_or(0, |file| file.len());
    let files = std::fs::read_dir(site.folder.path().join("drop")).expect("the drop folder").count();
    site.says(&format!("plant p02 {}", in_letters(PIN)));
    site.hears("planted");
    let planted = site.memory(&needles);
    let counts = counted(&planted);
    assert!(counts.contains_key("name of p02") && counts.contains_key("PIN in a command"), "planted ones are found");
    std::fs::write(site.folder.path().join("state/planted"), needles::people()[0].name.as_bytes()).expect("written");
    assert!(!site.disk(&needles).is_empty(), "a planted one is found on the disk");
    assert!(files > 0, "visits end with files");
    assert_eq!(wal, 0, "nothing of finished visits stands in the journal's file of recent writes");
    assert!(more.is_empty() && on_disk.is_empty(), "{} places", more.len() + on_disk.len());
}

#[test]
fn nothing_of_a_patient_is_left_after_visits_by_pin_face_and_eye() {
    nothing_is_left_after(1);
}

/// The long form: `UKETSUKE_MEMORY_VISITS=13 cargo test --release --test memory_wiped -- --ignored --nocapture a_whole_day`.
#[test]
#[ignore = "a long run for a release build; `./x attack` starts it"]
fn a_whole_day_of_mixed_visits_leaves_nothing() {
    let rounds = std::env::var(VISITS).ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(13);
    nothing_is_left_after(rounds);
}
