//! Random steps of the clock, years to either side, between whatever the stores do: nothing that was taken in is ever lost.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::*;
use uketsuke::adapters::audit::{AuditConfig, Writer, verify};
use uketsuke::adapters::clock::{Remembered, TrustedClock};
use uketsuke::adapters::handoff::spool::{aside, survey};
use uketsuke::adapters::handoff::{DropConfig, DropFolder, SpoolConfig};
use uketsuke::adapters::qualification::contract::{InsuredNumberRequest, WireDate};
use uketsuke::adapters::qualification::journal::{Journal, Kind};
use uketsuke::adapters::qualification::queue::{Ask, Queue, Seen};
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::ports::{AuditEntry, AuditEvent, Clock, Diagnose, Finding, Handoff, Operator, Outbox, Report, SureDay};

use super::handoff_drop_folder::order_of;

#[path = "../help/machine.rs"]
mod machine;

use machine::Machine;

#[derive(Debug, Clone)]
enum Do {
    /// Somebody turns the clock, by days.
    Turn(i64),
    /// So many true hours go by.
    Run(i64),
    /// The gateway says the true time.
    Hear,
    /// The program ends and starts again.
    Restart,
    /// A patient is taken in, a request is sent, a file is kept, a line is written.
    TakeIn,
    /// The kiosk does its round over all stores.
    Round,
}

fn doing() -> impl Strategy<Value = Do> {
    prop_oneof![
        3 => (-4_000_i64..4_000).prop_map(Do::Turn),
        2 => (1_i64..100).prop_map(Do::Run),
        2 => Just(Do::Hear),
        1 => Just(Do::Restart),
        3 => Just(Do::TakeIn),
        3 => Just(Do::Round),
    ]
}

/// A kiosk's stores, and how much was taken in.
struct Kiosk {
    folder: tempfile::TempDir,
    machine: Machine,
    /// The true time, in seconds.
    truth: i64,
    clock: Arc<TrustedClock<Machine>>,
    taken_in: usize,
}

/// Days of running after which things are set aside.
const KEEP: u16 = 2;

impl Kiosk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (machine, truth) = (Machine::default(), 1_795_132_800);
        machine.turn_to(truth);
        let clock = clock(&folder, &machine);
        Self { folder, machine, truth, clock, taken_in: 0 }
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn queue(&self) -> Queue {
        Queue::open(&self.at("queue.sqlite")).expect("the queue")
    }

    fn journal(&self) -> Journal {
        Journal::open(&self.at("journal.sqlite"), &self.at("journal.key")).expect("the journal").0
    }

    fn audit(&self) -> AuditConfig {
        AuditConfig { keep_days: 1, max_bytes: 2_000, ..AuditConfig::new(self.at("audit"), "T001") }
    }

    fn days(&self) -> SureDay {
        let clock = Arc::clone(&self.clock);
        SureDay::new(move || clock.sure_day())
    }

    /// Starts the handoff over a share that is away, hands in `check` if there is one, and waits until a round is over.
    fn hand_in(&self, check: Option<String>) {
        let quick = Duration::from_millis(1);
        let spool = SpoolConfig {
            keep_days: KEEP,
            day: self.days(),
            first_pause: quick,
            longest_pause: quick,
            patience: Duration::from_millis(200),
            ..SpoolConfig::new(self.at("spool"))
        };
        let config = DropConfig {
            spool: Some(spool),
            ..DropConfig::new(self.at("share"), self.at("handoff"), "K1", "1312345678")
        };
        let (tell, told) = std::sync::mpsc::channel();
        let outbox = Outbox::new(move |report| drop(tell.send(report)));
        let handoff = DropFolder::start(config, outbox).expect("started");
        let Some(check) = check else { return };
        handoff.submit(Ticket { reception: ReceptionId(1), effect: EffectId(1) }, order_of(&check));
        while !matches!(told.recv_timeout(Duration::from_secs(30)).expect("an answer"), Report::Answered(..)) {}
    }

    fn take_in(&mut self) {
        self.taken_in += 1;
        let (n, now) = (self.taken_in, self.clock.now());
        let ask = Ask::InsuredNumber(InsuredNumberRequest {
            insurer_number: "01990019".into(),
            symbol: None,
            number: n.to_string(),
            branch_number: None,
            birth_date: WireDate(jiff::civil::date(1980, 2, 17)),
        });
        self.queue().add(&ask, Seen::Notice, now).expect("added");
        self.journal().begin(&n.to_string(), Kind::Check, "/p", b"{}", now, None).expect("begun");
        let entry = AuditEntry { at: now, reception: None, operator: Operator::Kiosk, event: AuditEvent::Started };
        Writer::open(&self.audit(), now).expect("the log").append(&[entry]).expect("written");
        self.hand_in(Some(format!("check-{n}")));
    }

    fn round(&self) {
        let queue = self.queue();
        if let Some(day) = self.clock.sure_day() {
            queue.list().expect("listed").iter().for_each(|entry| queue.tried_on(&entry.id, day).expect("noted"));
        }
        queue.set_aside(KEEP, self.clock.now()).expect("set aside");
        self.hand_in(None);
    }

    fn does(&mut self, what: &Do) {
        match what {
            Do::Turn(days) => self.machine.turn_by(days * 86_400),
            Do::Run(hours) => {
                self.truth += hours * 3_600;
                self.machine.runs(hours * 3_600);
            }
            Do::Hear => self.clock.heard(Timestamp::from_second(self.truth).expect("a time")),
            Do::Restart => self.clock = clock(&self.folder, &self.machine),
            Do::TakeIn => self.take_in(),
            Do::Round => self.round(),
        }
    }

    /// Where everything is that was taken in: queue, journal, spool, log.
    fn found(&self) -> [usize; 4] {
        let queue = self.queue().list().expect("listed").iter().filter(|entry| entry.ask.is_some()).count();
        let journal = self.journal();
        let requests = journal.leftovers().expect("read").len() + journal.aside().expect("read").len();
        let spool = self.at("spool");
        let files = survey(&spool, Timestamp::UNIX_EPOCH).expect("a look").0 + aside(&spool).expect("a look").len();
        let lines = uketsuke::adapters::audit::lines(&self.audit().folder).expect("lines");
        [queue, requests, files, lines.iter().filter(|line| line.contains("\"event\":\"started\"")).count()]
    }
}

fn clock(folder: &tempfile::TempDir, machine: &Machine) -> Arc<TrustedClock<Machine>> {
    let file = folder.path().join("clock");
    let remembered = Remembered { known: file.clone(), file: Some(file) };
    Arc::new(TrustedClock::new(machine.clone(), remembered, None, Outbox::new(|_| {})))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn no_step_of_the_clock_loses_anything(steps in prop::collection::vec(doing(), 1..24)) {
        let mut kiosk = Kiosk::new();
        kiosk.take_in();
        for step in &steps {
            kiosk.does(step);
        }
        prop_assert_eq!(kiosk.found(), [kiosk.taken_in; 4]);
        prop_assert_eq!(verify(&kiosk.audit()).expect("readable").breaks, vec![]);
    }
}
