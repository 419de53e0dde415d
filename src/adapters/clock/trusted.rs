//! What time to believe: the gateway's, where it was heard; else the machine's, unless something says that it cannot be right.
//!
//! The battery of a PC dies, a time server lies, somebody sets the wrong year. So the machine's clock is held against three
//! things: what the gateway last said, carried on by the steady clock; the last time it was ever heard, kept in a file; and
//! the newest time that the kiosk itself has stored. A time before this program was made is wrong without any of them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;

use crate::adapters::sealed::private;
use crate::domain::japan;
use crate::domain::staff_news::StaffNews;
use crate::ports::{Clock, Diagnose, Finding, Outbox, Trust};

/// The day on which this version was begun; a constant, so that the same sources build the same program. A release moves it.
pub const BUILT: Date = date(2026, 11, 1);

/// Years after [`BUILT`] that no kiosk of this version lives to see.
const LIFE: i16 = 30;

/// How far two clocks differ without a word: the pause between two looks of a time server, and a slow answer.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// How long a PC may sleep while the program runs.
const SLEEP: SignedDuration = SignedDuration::from_hours(24 * 31);

/// The file of the last time that was heard.
#[derive(Debug, Clone, Default)]
pub struct Remembered {
    /// Where an earlier run kept it.
    pub known: PathBuf,
    /// Where this one keeps it; `None` keeps nothing.
    pub file: Option<PathBuf>,
}

/// The clock of a kiosk.
pub struct TrustedClock<C> {
    machine: C,
    /// Where the last time that was heard is kept; `None` keeps it nowhere.
    file: Option<PathBuf>,
    outbox: Outbox,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// What the gateway said in this run.
    heard: Option<Heard>,
    /// What it said last of all, this run or another.
    ever: Option<Timestamp>,
    /// The newest time that the kiosk has stored by its own clock.
    stored: Option<Timestamp>,
    told: bool,
}

/// A word of the gateway, and what the machine's two clocks showed then.
#[derive(Clone, Copy)]
struct Heard {
    said: Timestamp,
    steady: Duration,
    wall: Timestamp,
}

impl<C: Clock> TrustedClock<C> {
    /// Holds `machine` against what is remembered and the newest time that the kiosk has stored. Staff hear through `outbox` of
    /// a wrong clock.
    pub fn new(machine: C, remembered: Remembered, stored: Option<Timestamp>, outbox: Outbox) -> Self {
        let Remembered { known, file } = remembered;
        let ever = read(&known);
        let clock = Self { machine, file, outbox, known: Mutex::new(Known { ever, stored, ..Known::default() }) };
        if clock.trust() == Trust::Wrong {
            clock.tell(clock.earliest());
        }
        clock
    }

    /// What the gateway's word comes to by now.
    fn carried_on(&self) -> Option<Timestamp> {
        let Heard { said, steady, .. } = self.known.lock().heard?;
        let since = SignedDuration::try_from(self.machine.steady().saturating_sub(steady)).ok()?;
        said.checked_add(since).ok()
    }

    /// The gateway's word, carried on by the machine's clock, which also runs while the PC sleeps: how wrong it was then is known.
    fn corrected(&self) -> Option<Timestamp> {
        let Heard { said, wall, .. } = self.known.lock().heard?;
        said.checked_add(self.machine.wall().duration_since(wall)).ok()
    }

    /// No moment before this one can be now.
    fn earliest(&self) -> Timestamp {
        let known = self.known.lock();
        let built = midnight(BUILT);
        [known.ever, known.stored].into_iter().flatten().fold(built, Timestamp::max)
    }

    fn tell(&self, at_least: Timestamp) {
        if !std::mem::replace(&mut self.known.lock().told, true) {
            let shown = self.machine.wall();
            tracing::error!(%shown, %at_least, "the clock of this PC is wrong");
            self.outbox.tell(StaffNews::ClockWrong { shown, known: at_least });
        }
    }

    fn keep(&self, said: Timestamp) {
        let Some(file) = &self.file else { return };
        if let Err(error) = write(file, said) {
            tracing::warn!(%error, "the time that the gateway says cannot be kept");
        }
    }

    fn judged(&self) -> (Timestamp, Trust) {
        let wall = self.machine.wall();
        let near = |one: Timestamp, other: Timestamp| one.duration_since(other).abs() <= TOLERANCE;
        match self.carried_on().zip(self.corrected()) {
            Some((carried, _)) if near(wall, carried) => (wall, Trust::Confirmed),
            // As wrong as it was when the gateway spoke, and by so much known.
            Some((carried, corrected)) if near(corrected, carried) => (carried, Trust::Confirmed),
            // No PC sleeps for so long with the program in it.
            Some((carried, _)) if wall > carried + SLEEP => (carried, Trust::Wrong),
            // A PC that slept has a steady clock behind: nobody knows until the gateway is heard again.
            Some((carried, _)) if wall > carried => (wall, Trust::Unconfirmed),
            Some((carried, _)) => (carried, Trust::Confirmed),
            None if wall < self.earliest() - TOLERANCE => (wall, Trust::Wrong),
            None if japan::day(wall).year() > BUILT.year() + LIFE => (wall, Trust::Wrong),
            None => (wall, Trust::Unconfirmed),
        }
    }
}

fn midnight(day: Date) -> Timestamp {
    japan::OFFSET.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The time of that file; anything else in it counts as nothing.
fn read(file: &Path) -> Option<Timestamp> {
    let second = fs::read_to_string(file).ok()?.trim().parse().ok()?;
    Timestamp::from_second(second).ok()
}

fn write(file: &Path, said: Timestamp) -> std::io::Result<()> {
    let temp = file.with_extension("tmp");
    let mut out = private().create(true).truncate(true).write(true).open(&temp)?;
    writeln!(out, "{}", said.as_second())?;
    out.sync_all()?;
    fs::rename(temp, file)
}

impl<C: Clock> Clock for TrustedClock<C> {
    fn steady(&self) -> Duration {
        self.machine.steady()
    }

    fn now(&self) -> Timestamp {
        self.judged().0
    }

    fn wall(&self) -> Timestamp {
        self.machine.wall()
    }

    fn trust(&self) -> Trust {
        self.judged().1
    }

    fn heard(&self, said: Timestamp) {
        if said < midnight(BUILT) {
            tracing::warn!(%said, "the gateway's own clock is wrong and is not believed");
            return;
        }
        let newer_day = {
            let mut known = self.known.lock();
            known.heard = Some(Heard { said, steady: self.machine.steady(), wall: self.machine.wall() });
            // What the kiosk stored by its own clock counts as little as that clock, once somebody knows better.
            known.stored = None;
            let before = known.ever.replace(said);
            before.is_none_or(|before| japan::day(before) != japan::day(said))
        };
        if newer_day {
            self.keep(said);
        }
        if !self.is_doubted_by(said) {
            self.known.lock().told = false;
        }
    }

    fn is_doubted_by(&self, said: Timestamp) -> bool {
        let doubted = said >= midnight(BUILT) && self.machine.wall().duration_since(said).abs() > TOLERANCE;
        if doubted {
            self.tell(said);
        }
        doubted
    }
}

impl<C: Clock> Diagnose for TrustedClock<C> {
    fn diagnose(&self) -> Vec<Finding> {
        let (shown, earliest) = (self.machine.wall(), self.earliest());
        let text = |at: Timestamp| japan::civil(at).strftime("%Y-%m-%d %H:%M:%S").to_string();
        let detail = format!("{} +09:00 (Japan)", text(shown));
        let remedy = "Set the date and time of this computer, and let it follow a time server.";
        let heard = self.carried_on();
        vec![match (self.trust(), heard) {
            (_, Some(heard)) if shown.duration_since(heard).abs() > TOLERANCE => {
                Finding::bad("clock", format!("{detail}, and the gateway says {}", text(heard)), remedy)
            }
            (Trust::Wrong, _) if shown < earliest => {
                Finding::bad("clock", format!("{detail}: {} is over already", text(earliest)), remedy)
            }
            (Trust::Wrong, _) => Finding::bad("clock", format!("{detail}: the year cannot be right"), remedy),
            (Trust::Confirmed, _) => Finding::good("clock", format!("{detail}, as the gateway says")),
            (Trust::Unconfirmed, _) => Finding::good("clock", format!("{detail}; the gateway was not heard yet")),
        }]
    }
}

#[cfg(test)]
#[path = "../../../tests/help/machine.rs"]
mod machine;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::ports::{Health, News, Report};

    use super::machine::Machine;

    fn at(wall: &str) -> Machine {
        let machine = Machine::default();
        machine.turn_to(time(wall).as_second());
        machine
    }

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    const NOON: &str = "2027-03-01T03:00:00Z";

    fn clock(machine: &Machine, file: Option<PathBuf>) -> (TrustedClock<Machine>, Arc<Mutex<Vec<StaffNews>>>) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let into = Arc::clone(&told);
        let outbox = Outbox::new(move |report| {
            if let Report::News(News::Staff(news)) = report {
                into.lock().push(news);
            }
        });
        let remembered = Remembered { known: file.clone().unwrap_or_default(), file };
        (TrustedClock::new(machine.clone(), remembered, None, outbox), told)
    }

    #[test]
    fn a_time_that_nobody_can_live_in_is_wrong_and_staff_hear_of_it_once() {
        for wrong in ["1970-01-01T00:00:00Z", "2019-01-01T00:00:00Z", "2026-10-31T12:00:00Z", "2080-01-01T00:00:00Z"] {
            let (clock, told) = clock(&at(wrong), None);
            assert_eq!((clock.trust(), clock.sure_day()), (Trust::Wrong, None), "{wrong}");
            assert_eq!(clock.diagnose()[0].health, Health::Bad);
            assert_eq!(told.lock().len(), 1);
        }
        let (clock, told) = clock(&at(NOON), None);
        assert_eq!((clock.trust(), clock.sure_day(), told.lock().len()), (Trust::Unconfirmed, None, 0));
    }

    #[test]
    fn the_gateway_confirms_corrects_and_is_carried_on() {
        let machine = at(NOON);
        let (clock, told) = clock(&machine, None);
        clock.heard(time(NOON));
        assert_eq!((clock.trust(), clock.sure_day()), (Trust::Confirmed, Some(date(2027, 3, 1))));
        machine.runs(3_600);
        machine.turn_to(time("2019-01-01T00:00:00Z").as_second());
        assert_eq!((clock.now(), clock.trust()), (time("2027-03-01T04:00:00Z"), Trust::Confirmed), "it went back");
        machine.turn_to(time("2027-03-02T00:00:00Z").as_second());
        assert_eq!((clock.trust(), clock.sure_day()), (Trust::Unconfirmed, None), "it slept or it jumped");
        machine.turn_to(time("2031-01-01T00:00:00Z").as_second());
        assert_eq!((clock.now(), clock.trust()), (time("2027-03-01T04:00:00Z"), Trust::Wrong), "it jumped");
        clock.heard(time("2027-03-01T04:00:01Z"));
        assert_eq!(clock.wall(), time("2031-01-01T00:00:00Z"));
        let known = time("2027-03-01T04:00:01Z");
        assert_eq!(*told.lock(), [StaffNews::ClockWrong { shown: time("2031-01-01T00:00:00Z"), known }]);
        assert_eq!(clock.diagnose()[0].health, Health::Bad);
    }

    #[test]
    fn a_clock_that_was_ahead_when_the_gateway_spoke_is_known_to_be_ahead() {
        for ahead in [3_600, 9 * 86_400, 30 * 86_400, 400 * 86_400] {
            let machine = at(NOON);
            machine.turn_by(ahead);
            let (clock, told) = clock(&machine, None);
            clock.heard(time(NOON));
            assert_eq!((clock.now(), clock.trust(), told.lock().len()), (time(NOON), Trust::Confirmed, 1), "{ahead}");
            machine.runs(60);
            assert_eq!((clock.now(), clock.trust()), (time("2027-03-01T03:01:00Z"), Trust::Confirmed), "{ahead}");
            machine.turn_by(-ahead);
            assert_eq!((clock.now(), clock.trust()), (machine.wall(), Trust::Confirmed), "somebody set it right");
            machine.turn_by(8 * 3_600);
            assert_eq!(clock.trust(), Trust::Unconfirmed, "then the PC slept");
        }
    }

    #[test]
    fn what_was_heard_once_is_remembered_over_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("clock");
        clock(&at(NOON), Some(file.clone())).0.heard(time(NOON));
        let (again, told) = clock(&at("2027-02-28T00:00:00Z"), Some(file.clone()));
        assert_eq!((again.trust(), told.lock().len()), (Trust::Wrong, 1), "a day that is over");
        fs::write(&file, "no time").expect("written");
        assert_eq!(clock(&at("2027-02-28T00:00:00Z"), Some(file)).0.trust(), Trust::Unconfirmed);
    }

    #[test]
    fn a_gateway_from_before_this_program_is_not_believed() {
        let (clock, _) = clock(&at(NOON), None);
        clock.heard(time("2019-01-01T00:00:00Z"));
        assert_eq!((clock.now(), clock.trust()), (time(NOON), Trust::Unconfirmed));
    }

    #[test]
    fn what_the_kiosk_has_stored_speaks_against_a_clock_until_the_gateway_does() {
        let outbox = Outbox::new(|_| {});
        let stored = Some(time("2029-01-01T00:00:00Z"));
        let clock = TrustedClock::new(at(NOON), Remembered::default(), stored, outbox);
        assert_eq!(clock.trust(), Trust::Wrong);
        clock.heard(time(NOON));
        assert_eq!(clock.trust(), Trust::Confirmed);
    }

    #[test]
    fn this_version_is_not_from_the_future() {
        assert!(midnight(BUILT) <= Timestamp::now());
    }

    #[test]
    fn a_word_that_may_be_false_is_a_doubt_and_is_not_believed() {
        let machine = at("2036-12-01T03:00:00Z");
        let (clock, told) = clock(&machine, None);
        let said = time("2026-12-01T03:00:00Z");
        assert!(clock.is_doubted_by(said));
        assert_eq!(*told.lock(), [StaffNews::ClockWrong { shown: machine.now(), known: said }]);
        assert_eq!((clock.now(), clock.trust()), (machine.now(), Trust::Unconfirmed));
        // The same time is no doubt, nor is one before this program was made.
        assert!(!clock.is_doubted_by(machine.now()) && !clock.is_doubted_by(Timestamp::UNIX_EPOCH));
        assert_eq!(told.lock().len(), 1);
    }
}
