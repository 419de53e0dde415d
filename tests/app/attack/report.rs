//! A row for each attack: what was done, what came of it, whether it held.

use std::fs::File;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// Set: the long attacks are made too.
const LONG: &str = "UKETSUKE_ATTACK";
/// The file to which rows are added, for the table at the end.
const TABLE: &str = "UKETSUKE_ATTACK_TABLE";

/// What came of an attack that broke nothing.
pub enum Outcome {
    /// It achieved nothing.
    Held(String),
    /// It achieved what `docs/threat-model.md` says that it can.
    Known(String),
    /// This machine cannot make it.
    NotRun(String),
}

impl From<String> for Outcome {
    fn from(text: String) -> Self {
        Self::Held(text)
    }
}

/// The rows of one attacker.
pub struct Report {
    attacker: &'static str,
    table: Option<File>,
    rows: usize,
    failed: Vec<String>,
}

/// Whether the long attacks are made too.
pub fn long() -> bool {
    std::env::var_os(LONG).is_some()
}

impl Report {
    pub fn of(attacker: &'static str) -> Self {
        let table = std::env::var_os(TABLE).map(|file| File::options().create(true).append(true).open(file).unwrap());
        Self { attacker, table, rows: 0, failed: Vec::new() }
    }

    /// One attack; an assertion that fails in it is a verdict, and the next one is made.
    pub fn attack<O: Into<Outcome>>(&mut self, what: &str, play: impl FnOnce() -> O) {
        let begun = Instant::now();
        let (verdict, outcome) = match catch_unwind(AssertUnwindSafe(play)).map(Into::into) {
            Ok(Outcome::Held(outcome)) => ("held", outcome),
            Ok(Outcome::Known(outcome)) => ("known", outcome),
            Ok(Outcome::NotRun(why)) => ("NOT RUN", why),
            Err(panic) => {
                self.failed.push(what.to_owned());
                let said = panic.downcast_ref::<String>().cloned();
                let said = said.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                ("FAILED", said.unwrap_or_default().lines().next().unwrap_or_default().to_owned())
            }
        };
        self.rows += 1;
        let outcome = outcome.replace(['\t', '\n'], " ");
        println!("{:<8} {}: {what}: {outcome} ({:.1} s)", verdict, self.attacker, begun.elapsed().as_secs_f32());
        if let Some(table) = &mut self.table {
            writeln!(table, "{}\t{what}\t{outcome}\t{verdict}", self.attacker).unwrap();
        }
    }

    /// One that takes more than some seconds: made by `./x attack` alone.
    pub fn long_attack<O: Into<Outcome>>(&mut self, what: &str, play: impl FnOnce() -> O) {
        if long() {
            self.attack(what, play);
        }
    }

    /// Fails when an attack did not hold.
    pub fn ends(self) {
        println!("{} attacks by {}", self.rows, self.attacker);
        assert!(self.failed.is_empty(), "{}: {:?} did not hold", self.attacker, self.failed);
    }
}
