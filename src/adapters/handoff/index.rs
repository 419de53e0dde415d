//! Which check lies under which name, across restarts. Holds no personal data.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::place::Prepared;

/// Deliveries remembered at most, however long a site wants to remember.
const REMEMBERED: usize = 50_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Step {
    /// The name is about to be used.
    Begin,
    /// The XML file had that name.
    Done,
    /// The name was not used after all.
    Void,
}

/// One delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub check: String,
    /// Its file name without extension.
    pub stem: String,
    /// When, in seconds since 1970.
    #[serde(default = "this_second")]
    second: i64,
}

/// The age of a line without a time is not known, so it begins now.
fn this_second() -> i64 {
    Timestamp::now().as_second()
}

impl Entry {
    /// A delivery at that moment.
    pub fn new(check: &str, stem: &str, at: Timestamp) -> Self {
        Self { check: check.to_owned(), stem: stem.to_owned(), second: at.as_second() }
    }
}

#[derive(Serialize, Deserialize)]
struct Line {
    step: Step,
    #[serde(flatten)]
    entry: Entry,
}

/// The list and the file it is kept in, one JSON object a line.
pub struct Index {
    file: PathBuf,
    done: Vec<Entry>,
}

impl Index {
    /// Reads the list; `appeared` says of a delivery that a crash interrupted whether its file is there.
    /// The file is written anew, without torn lines and those from before `since`.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(
        file: PathBuf,
        since: Timestamp,
        mut appeared: impl FnMut(&Entry) -> io::Result<bool>,
    ) -> io::Result<Self> {
        let text = match fs::read(&file) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        let (mut done, mut begun): (Vec<Entry>, Vec<Entry>) = (Vec::new(), Vec::new());
        for Line { step, entry } in text.lines().filter_map(|line| serde_json::from_str(line).ok()) {
            begun.retain(|other| other.stem != entry.stem);
            match step {
                Step::Begin => begun.push(entry),
                Step::Done => done.push(entry),
                Step::Void => {}
            }
        }
        for entry in begun {
            if appeared(&entry)? {
                done.push(entry);
            }
        }
        done.retain(|entry| entry.second >= since.as_second());
        let old = done.len().saturating_sub(REMEMBERED);
        done.drain(..old);
        let index = Self { file, done };
        index.rewrite()?;
        Ok(index)
    }

    fn rewrite(&self) -> io::Result<()> {
        let mut text = String::new();
        for entry in &self.done {
            text.push_str(&line(Step::Done, entry)?);
        }
        let temp = self.file.with_extension("index.tmp");
        Prepared::write(temp, text.as_bytes())?.replace(&self.file)
    }

    fn append(&self, step: Step, entry: &Entry) -> io::Result<()> {
        let mut file = File::options().create(true).append(true).open(&self.file)?;
        // The line break in front ends a line that an earlier failure may have torn.
        file.write_all(format!("\n{}", line(step, entry)?).as_bytes())?;
        file.sync_data()
    }

    /// Where that check was delivered.
    pub fn find(&self, check: &str) -> Option<&Entry> {
        self.done.iter().rev().find(|entry| entry.check == check)
    }

    /// Notes that the name is about to be used.
    ///
    /// # Errors
    /// What the file system says.
    pub fn begin(&self, entry: &Entry) -> io::Result<()> {
        self.append(Step::Begin, entry)
    }

    /// Notes that the name was not used.
    pub fn void(&self, entry: &Entry) {
        if let Err(error) = self.append(Step::Void, entry) {
            tracing::warn!(%error, "the handoff index cannot be written; the next start sorts it out");
        }
    }

    /// Notes that the file is there. It is, so a failure here is no failure of the delivery.
    pub fn done(&mut self, entry: Entry) {
        if let Err(error) = self.append(Step::Done, &entry) {
            tracing::warn!(%error, "the handoff index cannot be written; the next start sorts it out");
        }
        self.done.push(entry);
    }
}

fn line(step: Step, entry: &Entry) -> io::Result<String> {
    let mut text = serde_json::to_string(&Line { step, entry: entry.clone() }).map_err(io::Error::other)?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(check: &str) -> Entry {
        Entry::new(check, &format!("stem-{check}"), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_torn_line_costs_nothing_but_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(".k.index");
        let mut index = Index::open(file.clone(), Timestamp::MIN, |_| Ok(true)).expect("opened");
        index.done(entry("a\n\"b\""));
        let mut text = fs::read_to_string(&file).expect("read");
        text.push_str("{\"step\":\"done\",\"che");
        fs::write(&file, text).expect("written");
        index.done(entry("c"));
        let index = Index::open(file, Timestamp::MIN, |_| Ok(true)).expect("opened");
        assert_eq!(index.done, [entry("a\n\"b\""), entry("c")]);
    }

    #[test]
    fn only_what_was_begun_and_not_ended_is_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(".k.index");
        let mut index = Index::open(file.clone(), Timestamp::MIN, |_| Ok(true)).expect("opened");
        for check in ["ended", "void", "lost", "there"] {
            index.begin(&entry(check)).expect("noted");
        }
        index.done(entry("ended"));
        index.void(&entry("void"));
        let mut asked = Vec::new();
        let index = Index::open(file, Timestamp::MIN, |e| {
            asked.push(e.check.clone());
            Ok(e.check == "there")
        });
        assert_eq!(asked, ["lost", "there"]);
        assert_eq!(index.expect("opened").done, [entry("ended"), entry("there")]);
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(".k.index");
        let text: String =
            (0..=REMEMBERED).map(|n| line(Step::Done, &entry(&n.to_string())).expect("a line")).collect();
        fs::write(&file, text).expect("written");
        let index = Index::open(file, Timestamp::MIN, |_| Ok(false)).expect("opened");
        assert!(index.find("0").is_none() && index.find("1").is_some());
    }

    #[test]
    fn what_is_older_than_the_site_wants_is_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(".k.index");
        let day = |n: i64| Timestamp::from_second(n * 86_400).expect("a day");
        let mut index = Index::open(file.clone(), day(0), |_| Ok(true)).expect("opened");
        (1..=3).for_each(|n| index.done(Entry::new(&n.to_string(), "stem", day(n))));
        let index = Index::open(file, day(2), |_| Ok(true)).expect("opened");
        assert!(index.find("1").is_none() && index.find("2").is_some() && index.find("3").is_some());
    }
}
