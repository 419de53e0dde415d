//! Which check lies under which name, across restarts. It lies in the kiosk's own folder and holds no personal data.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::adapters::sealed::private;

use super::form::File as Written;
use super::place::Prepared;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Deliveries remembered at most, however long a site wants to remember.
const REMEMBERED: usize = 50_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Step {
    /// The name is about to be used.
    Begin,
    /// The file had that name.
    Done,
    /// The name was not used after all.
    Void,
}

/// One delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub check: String,
    /// Its file name without ending.
    pub stem: String,
    /// The ending of the file that the receipt computer waits for.
    #[serde(default = "xml")]
    pub ending: String,
    /// When, in seconds since 1970.
    #[serde(default = "this_second")]
    second: i64,
    /// SHA-256 of that file, by which it is known again; none where a version before this one wrote the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Further files of the delivery that have names of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<Further>,
}

/// A further file with a name of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Further {
    /// Its name.
    pub name: String,
    /// SHA-256 of what it holds.
    pub sha256: String,
}

/// All that versions before this one wrote.
fn xml() -> String {
    "xml".into()
}

/// The age of a line without a time is not known, so it begins now.
fn this_second() -> i64 {
    Timestamp::now().as_second()
}

impl Entry {
    /// A delivery at that moment.
    pub fn new(check: &str, stem: &str, ending: &str, at: Timestamp) -> Self {
        let (check, stem, ending) = (check.to_owned(), stem.to_owned(), ending.to_owned());
        Self { check, stem, ending, second: at.as_second(), sha256: None, more: Vec::new() }
    }

    /// The name of the file that the receipt computer waits for.
    pub fn name(&self) -> String {
        format!("{}.{}", self.stem, self.ending)
    }

    /// When it was delivered.
    pub fn at(&self) -> Timestamp {
        Timestamp::from_second(self.second).unwrap_or_default()
    }
}

/// A file that lies beside another: enough to know it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// The ending of its name.
    pub ending: String,
    /// SHA-256 of what it holds; none where a version before this one wrote the line.
    sha256: Option<String>,
    /// Its whole name, where that is not the delivery's with another ending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Beside {
    /// That file, and its name where it has one of its own.
    pub fn of(file: &Written, name: Option<String>) -> Self {
        Self { ending: file.ending.clone(), sha256: Some(digest(&file.bytes)), name }
    }

    /// The twin, which was all that versions before this one wrote beside a file.
    fn before() -> Vec<Self> {
        vec![Self { ending: "json".into(), sha256: None, name: None }]
    }

    /// Whether these bytes are that file's; the twin names its check.
    pub fn holds(&self, bytes: &[u8], check: &str) -> bool {
        match &self.sha256 {
            Some(sha256) => digest(bytes) == *sha256,
            None => !check.is_empty() && bytes.windows(check.len()).any(|part| part == check.as_bytes()),
        }
    }
}

/// SHA-256 in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

#[derive(Serialize, Deserialize)]
struct Line {
    step: Step,
    #[serde(flatten)]
    entry: Entry,
    /// Of a name about to be used: what is to lie beside the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    beside: Option<Vec<Beside>>,
}

/// The list and the file it is kept in, one JSON object a line.
pub struct Index {
    file: PathBuf,
    done: Vec<Entry>,
}

impl Index {
    /// Reads the list; `appeared` says of a delivery that a crash interrupted whether its file is there.
    /// The file is written anew, without torn lines and those from before the last `days` days with a delivery: a clock that
    /// jumps makes one more day of them, and forgets none.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(
        file: PathBuf,
        days: u16,
        mut appeared: impl FnMut(&Entry, &[Beside]) -> io::Result<bool>,
    ) -> io::Result<Self> {
        let text = text_of(&file)?;
        let (mut done, mut begun): (Vec<Entry>, Vec<(Entry, Vec<Beside>)>) = (Vec::new(), Vec::new());
        for Line { step, entry, beside } in text.lines().filter_map(|line| serde_json::from_str(line).ok()) {
            begun.retain(|(other, _)| other.stem != entry.stem);
            match step {
                Step::Begin => begun.push((entry, beside.unwrap_or_else(Beside::before))),
                Step::Done => done.push(entry),
                Step::Void => {}
            }
        }
        for (entry, beside) in begun {
            if appeared(&entry, &beside)? {
                done.push(entry);
            }
        }
        forget(&mut done, days);
        let old = done.len().saturating_sub(REMEMBERED);
        done.drain(..old);
        let index = Self { file, done };
        index.rewrite()?;
        Ok(index)
    }

    fn rewrite(&self) -> io::Result<()> {
        let mut text = String::new();
        for entry in &self.done {
            text.push_str(&line(Step::Done, entry, None)?);
        }
        let temp = self.file.with_extension("index.tmp");
        Prepared::write_private(temp, text.as_bytes())?.replace(&self.file)
    }

    fn append(&self, step: Step, entry: &Entry, beside: Option<Vec<Beside>>) -> io::Result<()> {
        let mut file = private().create(true).append(true).open(&self.file)?;
        // The line break in front ends a line that an earlier failure may have torn.
        file.write_all(format!("\n{}", line(step, entry, beside)?).as_bytes())?;
        file.sync_data()
    }

    /// Every delivery that is remembered.
    pub fn all(&self) -> &[Entry] {
        &self.done
    }

    /// Where that check was delivered.
    pub fn find(&self, check: &str) -> Option<&Entry> {
        self.done.iter().rev().find(|entry| entry.check == check)
    }

    /// Notes that the name is about to be used, with what is to lie beside the file.
    ///
    /// # Errors
    /// What the file system says.
    pub fn begin(&self, entry: &Entry, beside: Vec<Beside>) -> io::Result<()> {
        self.append(Step::Begin, entry, Some(beside))
    }

    /// Notes that the name was not used.
    pub fn void(&self, entry: &Entry) {
        if let Err(error) = self.append(Step::Void, entry, None) {
            tracing::warn!(%error, "the handoff index cannot be written; the next start sorts it out");
        }
    }

    /// Notes that the file is there. It is, so a failure here is no failure of the delivery.
    pub fn done(&mut self, entry: Entry) {
        if let Err(error) = self.append(Step::Done, &entry, None) {
            tracing::warn!(%error, "the handoff index cannot be written; the next start sorts it out");
        }
        self.done.push(entry);
    }
}

fn text_of(file: &Path) -> io::Result<String> {
    match fs::read(file) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error),
    }
}

/// The deliveries of a list that a running kiosk keeps, for a mere look.
///
/// # Errors
/// When it is there and cannot be read.
pub fn survey(file: &Path) -> io::Result<Vec<Entry>> {
    let text = text_of(file)?;
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
    Ok(lines.filter(|line| line.step == Step::Done).map(|line| line.entry).collect())
}

/// Forgets what was handed over before the last `days` days with a delivery, in the order in which they came, whatever the
/// clock said of them.
fn forget(done: &mut Vec<Entry>, days: u16) {
    let day = |entry: &Entry| entry.second.div_euclid(DAY);
    let mut seen = std::collections::BTreeSet::new();
    let kept = done.iter().rev().take_while(|entry| {
        seen.insert(day(entry));
        seen.len() <= usize::from(days)
    });
    let forgotten = done.len() - kept.count();
    done.drain(..forgotten);
}

fn line(step: Step, entry: &Entry, beside: Option<Vec<Beside>>) -> io::Result<String> {
    let mut text = serde_json::to_string(&Line { step, entry: entry.clone(), beside }).map_err(io::Error::other)?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(check: &str) -> Entry {
        Entry::new(check, &format!("stem-{check}"), "xml", Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_torn_line_costs_nothing_but_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(".k.index");
        let mut index = Index::open(file.clone(), u16::MAX, |_, _| Ok(true)).expect("opened");
        index.done(entry("a\n\"b\""));
        let mut text = fs::read_to_string(&file).expect("read");
        text.push_str("{\"step\":\"done\",\"che");
        fs::write(&file, text).expect("written");
        index.done(entry("c"));
        let index = Index::open(file, u16::MAX, |_, _| Ok(true)).expect("opened");
        assert_eq!(index.done, [entry("a\n\"b\""), entry("c")]);
    }

    #[test]
    fn only_what_was_begun_and_not_ended_is_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(".k.index");
        let mut index = Index::open(file.clone(), u16::MAX, |_, _| Ok(true)).expect("opened");
        let beside =
            vec![Beside::of(&Written { ending: "csv".into(), bytes: "佐倉".as_bytes().to_vec().into() }, None)];
        for check in ["ended", "void", "lost", "there"] {
            index.begin(&entry(check), beside.clone()).expect("noted");
        }
        index.done(entry("ended"));
        index.void(&entry("void"));
        let mut asked = Vec::new();
        let index = Index::open(file, u16::MAX, |e, known| {
            assert_eq!(known, beside);
            asked.push(e.check.clone());
            Ok(e.check == "there")
        });
        assert_eq!(asked, ["lost", "there"]);
        assert_eq!(index.expect("opened").done, [entry("ended"), entry("there")]);
    }

    #[test]
    fn a_file_beside_another_is_known_by_what_it_holds() {
        let file = |text: &str| Written { ending: "csv".into(), bytes: text.as_bytes().to_vec().into() };
        let beside = Beside::of(&file("佐倉"), None);
        assert!(beside.holds("佐倉".as_bytes(), "c-1") && !beside.holds(b"c-1", "c-1"));
        let before: Line =
            serde_json::from_str("{\"step\":\"begin\",\"check\":\"c-1\",\"stem\":\"s\"}").expect("a line");
        assert!(before.beside.is_none() && before.entry.ending == "xml");
        let twin = Beside::before().remove(0);
        assert!(twin.holds(b"{\"qualificationCheckId\":\"c-1\"}", "c-1") && !twin.holds(b"{}", "c-1"));
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(".k.index");
        let text: String =
            (0..=REMEMBERED).map(|n| line(Step::Done, &entry(&n.to_string()), None).expect("a line")).collect();
        fs::write(&file, text).expect("written");
        let index = Index::open(file, u16::MAX, |_, _| Ok(false)).expect("opened");
        assert!(index.find("0").is_none() && index.find("1").is_some());
    }

    #[test]
    fn what_is_older_than_the_site_wants_is_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(".k.index");
        let day = |n: i64| Timestamp::from_second(n * 86_400).expect("a day");
        let mut index = Index::open(file.clone(), 2, |_, _| Ok(true)).expect("opened");
        (1..=3).for_each(|n| index.done(Entry::new(&n.to_string(), "stem", "xml", day(n))));
        let index = Index::open(file, 2, |_, _| Ok(true)).expect("opened");
        assert!(index.find("1").is_none() && index.find("2").is_some() && index.find("3").is_some());
    }

    #[test]
    fn a_clock_that_jumps_forgets_nothing_of_the_days_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(".k.index");
        let day = |n: i64| Timestamp::from_second(n * 86_400).expect("a day");
        let mut index = Index::open(file.clone(), 30, |_, _| Ok(true)).expect("opened");
        for (n, at) in [20_000, 20_001, 23_650, 0, 20_002].into_iter().enumerate() {
            index.done(Entry::new(&n.to_string(), "stem", "xml", day(at)));
            index = Index::open(file.clone(), 30, |_, _| Ok(true)).expect("opened");
        }
        assert!((0..5).all(|n| index.find(&n.to_string()).is_some()));
    }
}
