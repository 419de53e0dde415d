//! The offline queue over the real gateway.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uketsuke::adapters::clock::{Remembered, TrustedClock};
use uketsuke::adapters::qualification::contract::{
    DemographicsRequest, InsuredNumberRequest, Mode, SearchReason, SexWord, WireDate,
};
use uketsuke::adapters::qualification::queue::{Ask, Queue, QueueConfig, QueueError, Round, Seen, State};
use uketsuke::domain::consent::ConsentAnswer;
use uketsuke::domain::japan;
use uketsuke::domain::qualification::{AskedBy, Validity};
use uketsuke::domain::staff_news::StaffNews;
use uketsuke::people::{self, Sex, insurance};
use uketsuke::ports::{News, Outbox, QualificationCommand, QueueStep, Report, ResumedVisit};

use super::support::{Client, MORNING, Rig, TestClock, eventually};

fn by_number(person: &str) -> Ask {
    let insurance = insurance::all().unwrap().into_iter().find(|insurance| insurance.person == person).unwrap();
    Ask::InsuredNumber(InsuredNumberRequest {
        insurer_number: insurance.insurer_number,
        symbol: insurance.symbol,
        number: insurance.number,
        branch_number: insurance.branch,
        birth_date: WireDate(people::by_id(person).unwrap().birth),
    })
}

fn by_facts(person: &str) -> Ask {
    let person = people::by_id(person).unwrap();
    Ask::Demographics(DemographicsRequest {
        name: person.name,
        name_kana: None,
        birth_date: WireDate(person.birth),
        sex: if person.sex == Sex::Male { SexWord::Male } else { SexWord::Female },
        address: person.address,
        reason: SearchReason::SystemFailure,
    })
}

fn config(rig: &Rig) -> QueueConfig {
    QueueConfig::new(rig.dir.path().join("queue.sqlite"))
}

fn now(rig: &Rig) -> Timestamp {
    (rig.clock.now())()
}

fn add(rig: &Rig, ask: &Ask) -> String {
    Queue::open(&config(rig).database).unwrap().add(ask, Seen::Certificate, now(rig)).unwrap()
}

fn list(rig: &Rig) -> Vec<(State, String)> {
    let entries = Queue::open(&config(rig).database).unwrap().list().unwrap();
    entries.into_iter().map(|entry| (entry.state, entry.detail)).collect()
}

fn round(rig: &Rig, client: &Client) -> Round {
    rig.runtime.block_on(client.service.check_queue(&config(rig))).unwrap()
}

/// The next visit to be handed over, and the news before it.
fn handed_on(client: &Client) -> (ResumedVisit, Vec<QueueStep>) {
    let mut steps = Vec::new();
    loop {
        match client.report() {
            Report::News(News::Resumed(visit)) => return (*visit, steps),
            Report::News(News::Queue { step, .. }) => steps.push(step),
            _ => panic!("a report for something else"),
        }
    }
}

fn set_mode(rig: &Rig, mode: Mode) {
    rig.gateway().change(|settings| settings.mode = mode);
}

#[test]
fn while_the_service_is_closed_everybody_waits_and_then_goes_in_order() {
    let rig = Rig::new();
    let client = rig.client();
    set_mode(&rig, Mode::Maintenance);
    let ids = ["p02", "p03"].map(|person| add(&rig, &by_number(person)));
    assert_eq!(round(&rig, &client), Round { waiting: 2, closed: true, ..Round::default() });
    assert_eq!(rig.checks(), 0);
    set_mode(&rig, Mode::Normal);
    assert_eq!(round(&rig, &client), Round { verified: 2, ..Round::default() });
    let visits = [handed_on(&client).0, handed_on(&client).0];
    for (visit, person) in visits.into_iter().zip(["p02", "p03"]) {
        assert!(visit.queued && visit.answer.validity == Validity::Valid);
        assert_eq!(visit.answer.asked_by, AskedBy::InsuredNumber);
        assert_eq!(visit.answer.qualifications[0].birth_date.0, Some(people::by_id(person).unwrap().birth));
        assert!(visit.choices.consents.iter().all(|c| c.answer == ConsentAnswer::NotAnswered));
        let settle = QualificationCommand::Settle { check_id: visit.answer.check_id, delivered: true };
        assert!(client.ask(settle).is_ok());
    }
    // Handed over: nothing of the patients is kept, their snapshots are.
    assert_eq!(round(&rig, &client), Round::default());
    assert_eq!((list(&rig).len(), rig.checks()), (0, 2));
    let snapshots = Queue::open(&config(&rig).database).unwrap().snapshots(&ids[0]).unwrap();
    assert_eq!(snapshots, [State::Provisional, State::OfflineQueued, State::Verified, State::Delivered]);
}

#[test]
fn a_lost_answer_and_a_restart_count_once() {
    let rig = Rig::with_faults(&["check=lose-answer*3"]);
    let client = rig.client();
    add(&rig, &by_number("p02"));
    assert!(round(&rig, &client).closed, "the line broke");
    drop(client);
    let client = rig.client();
    assert_eq!(round(&rig, &client).verified, 1);
    let first = handed_on(&client).0.answer.check_id;
    // The program ends before the file is settled: the answer is fetched, not asked for again.
    assert_eq!(round(&rig, &client), Round { waiting: 1, ..Round::default() });
    drop(client);
    let client = rig.client();
    assert_eq!(round(&rig, &client).verified, 1);
    assert_eq!(handed_on(&client).0.answer.check_id, first);
    assert_eq!(rig.checks(), 1);
}

#[test]
fn the_four_facts_are_asked_for_in_degraded_and_disaster_mode_alone() {
    let rig = Rig::new();
    let client = rig.client();
    add(&rig, &by_facts("p02"));
    add(&rig, &by_number("p03"));
    assert_eq!(round(&rig, &client), Round { verified: 1, waiting: 1, ..Round::default() });
    for (mode, waiting) in [(Mode::Maintenance, 2), (Mode::Disaster, 1)] {
        set_mode(&rig, mode);
        assert_eq!(round(&rig, &client).waiting, waiting, "{mode:?}");
    }
    let asked_by = [handed_on(&client), handed_on(&client)].map(|(visit, _)| visit.answer.asked_by);
    assert_eq!(asked_by, [AskedBy::InsuredNumber, AskedBy::Demographics]);
}

#[test]
fn an_answer_that_confirms_nothing_is_for_staff() {
    let rig = Rig::with_people(&["p02=superseded"]);
    let client = rig.client();
    let first = add(&rig, &by_number("p02"));
    let Ask::InsuredNumber(asked) = by_number("p03") else { unreachable!("by number") };
    let second = add(&rig, &Ask::InsuredNumber(InsuredNumberRequest { number: "9999999".into(), ..asked }));
    assert_eq!(round(&rig, &client), Round { mismatched: 2, ..Round::default() });
    let expected = [(State::Mismatch, "superseded".into()), (State::Mismatch, "notfound".into())];
    assert_eq!(list(&rig), expected);
    let told = [(first, Validity::Superseded), (second, Validity::NotFound)];
    assert_eq!(client.told(), told.map(|(entry, validity)| StaffNews::QueuedUnconfirmed { entry, validity }));
    assert_eq!(round(&rig, &client), Round::default(), "it is not asked for again");
}

#[test]
fn an_entry_that_never_works_is_for_staff_after_five_tries_and_holds_nobody_up() {
    let rig = Rig::new();
    let client = rig.client();
    // Its check digit is wrong, which the gateway refuses each time.
    let Ask::InsuredNumber(asked) = by_number("p02") else { unreachable!("by number") };
    let poison = add(&rig, &Ask::InsuredNumber(InsuredNumberRequest { insurer_number: "01990018".into(), ..asked }));
    add(&rig, &by_number("p03"));
    assert_eq!(round(&rig, &client), Round { verified: 1, failed: 1, ..Round::default() });
    assert_eq!(round(&rig, &client), Round { waiting: 2, ..Round::default() }, "the first pause is not over");
    for _ in 0..4 {
        rig.clock.advance(SignedDuration::from_mins(20));
        assert_eq!(round(&rig, &client).failed, 1);
    }
    rig.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(round(&rig, &client).failed, 0);
    assert_eq!(list(&rig)[0], (State::GivenUp, "U-405".into()));
    let told = std::iter::from_fn(|| client.waiting_report());
    let given_up = told
        .filter(|r| matches!(r, Report::News(News::Queue { entry, step: QueueStep::GivenUp }) if *entry == poison))
        .count();
    assert_eq!((given_up, rig.checks()), (1, 1));
    assert_eq!(client.told(), [StaffNews::QueuedGivenUp { entry: poison }]);
}

#[test]
fn what_was_tried_on_too_many_days_is_set_aside_told_and_taken_back() {
    let rig = Rig::new();
    let client = rig.client();
    set_mode(&rig, Mode::Maintenance);
    let id = add(&rig, &by_facts("p02"));
    for _ in 0..7 {
        assert_eq!(round(&rig, &client), Round { waiting: 1, closed: true, ..Round::default() });
        assert_eq!(round(&rig, &client).waiting, 1, "twice on one day is one day");
        rig.clock.advance(SignedDuration::from_hours(24));
    }
    assert_eq!(round(&rig, &client).waiting, 1, "the eighth day");
    assert_eq!(round(&rig, &client), Round { set_aside: 1, ..Round::default() });
    assert_eq!(list(&rig), [(State::SetAside, "days".into())]);
    assert_eq!(client.told(), [StaffNews::QueuedSetAside { entry: id.clone() }]);
    let queue = Queue::open(&config(&rig).database).unwrap();
    assert!(queue.list().unwrap()[0].ask.is_some(), "the patient is still known");
    assert_eq!(round(&rig, &client), Round::default(), "told once");
    // Staff try it again, and it is served.
    assert_eq!(queue.make_due(Some(&id), now(&rig)).unwrap(), 1);
    set_mode(&rig, Mode::Degraded);
    assert_eq!(round(&rig, &client).verified, 1);
}

/// The clock of this kiosk jumps; that of the gateway does not.
#[test]
fn a_clock_that_jumps_makes_nobody_older() {
    let mut rig = Rig::new();
    let kiosk = TestClock::at(MORNING.parse().unwrap());
    let clock = TrustedClock::new(kiosk.clone(), Remembered::default(), None, Outbox::new(|_| {}));
    rig.kiosk_clock = Some(Arc::new(clock));
    set_mode(&rig, Mode::Maintenance);
    let client = rig.client();
    let id = add(&rig, &by_number("p02"));
    for _ in 0..40 {
        kiosk.advance(SignedDuration::from_hours(24 * 9));
        assert_eq!(round(&rig, &client).waiting, 1);
    }
    assert_eq!(list(&rig)[0].0, State::OfflineQueued);
    set_mode(&rig, Mode::Normal);
    assert_eq!(round(&rig, &client).verified, 1);
    let states = Queue::open(&config(&rig).database).unwrap().snapshots(&id).unwrap();
    assert_eq!(states, [State::Provisional, State::OfflineQueued, State::Verified]);
}

#[test]
fn the_day_of_the_visit_is_asked_for_whenever_the_service_comes_back() {
    let rig = Rig::new();
    let client = rig.client();
    set_mode(&rig, Mode::Maintenance);
    add(&rig, &by_number("p02"));
    round(&rig, &client);
    rig.clock.advance(SignedDuration::from_hours(40));
    set_mode(&rig, Mode::Normal);
    round(&rig, &client);
    let morning: Timestamp = MORNING.parse().unwrap();
    let day = japan::day(morning);
    assert_eq!(handed_on(&client).0.answer.check_date, day);
}

#[test]
fn a_running_kiosk_checks_by_itself_and_alone() {
    let rig = Rig::new();
    let mut client = rig.client();
    add(&rig, &by_number("p02"));
    let quick = QueueConfig { look_every: std::time::Duration::from_millis(20), ..config(&rig) };
    client.service.serve_queue(quick);
    let (visit, steps) = handed_on(&client);
    assert_eq!(steps, [QueueStep::Added, QueueStep::Checked]);
    let other = rig.client();
    let busy = rig.runtime.block_on(other.service.check_queue(&config(&rig)));
    assert!(matches!(busy, Err(QueueError::Busy(_))));
    let settle = QualificationCommand::Settle { check_id: visit.answer.check_id, delivered: true };
    assert!(client.ask(settle).is_ok());
    eventually("the entry is wiped", || list(&rig).is_empty());
    assert_eq!(rig.checks(), 1);
}

/// Runs `uketsuke queue …` with the settings of a site; what it printed, and how it ended.
fn command(settings: &std::path::Path, arguments: &[&str], input: &str) -> (String, Option<i32>) {
    uketsuke("queue", settings, arguments, input)
}

fn uketsuke(what: &str, settings: &std::path::Path, arguments: &[&str], input: &str) -> (String, Option<i32>) {
    use std::io::Write;
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_uketsuke"));
    command.arg(what).args(arguments).arg("--config").arg(settings);
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut child = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    (String::from_utf8(output.stdout).unwrap() + &String::from_utf8_lossy(&output.stderr), output.status.code())
}

/// A site whose clock is the real one.
fn site() -> (Rig, std::path::PathBuf) {
    let mut rig = Rig::new();
    rig.stop();
    rig.clock = super::support::TestClock::at(Timestamp::now());
    rig.start(uketsuke::gateway::settings::Settings::default(), true, "127.0.0.1:0");
    let dir = |name: &str| rig.dir.path().join(name).display().to_string();
    std::fs::create_dir(dir("drop")).unwrap();
    std::fs::create_dir(dir("state")).unwrap();
    let settings = format!(
        "[site]\nfacility_code='1310000001'\nterminal_id='T001'\n[gateway]\nurl='{}'\nidentity='{}'\n\
         [handoff]\nfolder='{}'\n[state]\nfolder='{}'\n",
        rig.url(),
        rig.identity.display(),
        dir("drop"),
        dir("state"),
    );
    let path = rig.dir.path().join("uketsuke.toml");
    std::fs::write(&path, settings).unwrap();
    (rig, path)
}

#[test]
fn staff_take_in_look_check_and_take_out_by_command() {
    let (rig, settings) = site();
    assert_eq!(command(&settings, &["list"], "").0, "nobody waits\n");
    let person = serde_json::to_string(&by_number("p02")).unwrap();
    let (id, code) = command(&settings, &["add", "--seen", "certificate", "--stdin"], &person);
    assert_eq!((id.trim().len(), code), (36, Some(0)), "{id}");
    let facts = serde_json::to_string(&by_facts("p03")).unwrap();
    let (other, _) = command(&settings, &["add", "--seen", "statement", "--stdin"], &facts);
    let (listed, _) = command(&settings, &["list", "--json"], "");
    let rows: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["state"]), (2, &"offlineQueued".into()));
    assert!(rows[0]["person"].is_null() && !listed.contains(&people::by_id("p03").unwrap().name));
    assert!(command(&settings, &["list", "--personal"], "").0.contains(&people::by_id("p03").unwrap().name));

    // What must not be written down is refused, and is not repeated in the message.
    let pin = person.replace("\"number\"", "\"pin\":\"1234\",\"number\"");
    let number = facts.replacen(&people::by_id("p03").unwrap().address, "123456789012", 1);
    for wrong in [pin, number] {
        let (said, code) = command(&settings, &["add", "--seen", "portal", "--stdin"], &wrong);
        assert!(code == Some(2) && !said.contains("123456789012") && !said.contains("\"1234\""), "{said}");
    }
    let mistyped =
        ["add", "--seen", "notice", "--insurer-number", "01990018", "--number", "1", "--birth-date", "1980-01-01"];
    assert!(command(&settings, &mistyped, "").0.contains("check digit"));
    let (said, code) =
        command(&settings, &mistyped.map(|word| if word == "1980-01-01" { "0056-01-25" } else { word }), "");
    assert!(code == Some(2) && said.contains("S56-01-25"), "{said}");

    let (said, code) = command(&settings, &["retry"], "");
    assert!(code == Some(1) && said.starts_with("1 handed over, 0 not confirmed, 0 failed, 1 wait"), "{said}");
    assert!(said.contains("1 wait: a search by name"), "{said}");
    let files = std::fs::read_dir(rig.dir.path().join("drop")).unwrap().map(|entry| entry.unwrap().path());
    let xml: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e == "xml")).collect();
    let bytes = std::fs::read(xml.first().unwrap()).unwrap();
    let wanted = b"<ReferenceClassification>2</ReferenceClassification>";
    assert!(xml.len() == 1 && bytes.windows(wanted.len()).any(|window| window == wanted));
    assert_eq!(command(&settings, &["drop", other.trim()], "").1, Some(0));
    assert_eq!(command(&settings, &["drop", other.trim()], "").1, Some(2));
    assert_eq!((list_at(&rig), rig.checks()), (0, 1));
    audit_holds_until_somebody_changes_it(&rig, &settings);
}

/// The command left an audit log, without a word of the patients.
fn audit_holds_until_somebody_changes_it(rig: &Rig, settings: &std::path::Path) {
    let (shown, _) = uketsuke("audit", settings, &["show"], "");
    assert!(shown.contains("\"event\":\"queue\"") && shown.contains("\"step\":\"checked\""), "{shown}");
    assert!(["p02", "p03"].iter().all(|person| !shown.contains(&people::by_id(person).unwrap().name)));
    let (said, code) = uketsuke("audit", settings, &["verify"], "");
    assert!(code == Some(0) && said.contains("in 1 files hold"), "{said}");
    let entries = std::fs::read_dir(rig.dir.path().join("state/audit")).unwrap().map(|entry| entry.unwrap().path());
    let log = entries.into_iter().find(|path| path.extension().is_some_and(|e| e == "jsonl")).unwrap();
    let text = std::fs::read_to_string(&log).unwrap();
    std::fs::write(&log, text.replacen("\"added\"", "\"dropped\"", 1)).unwrap();
    let (said, code) = uketsuke("audit", settings, &["verify"], "");
    assert!(code == Some(1) && said.contains(".jsonl:2: changed"), "{said}");
    std::fs::remove_file(rig.dir.path().join("state/audit.key")).unwrap();
    let (said, code) = uketsuke("audit", settings, &["verify"], "");
    assert!(code == Some(1) && said.contains("key: is missing"), "{said}");
    std::fs::remove_dir_all(rig.dir.path().join("state/audit")).unwrap();
    let (said, code) = uketsuke("audit", settings, &["verify"], "");
    assert!(code == Some(1) && said.contains("the journal's database has seen"), "{said}");
}

fn list_at(rig: &Rig) -> usize {
    Queue::open(&rig.dir.path().join("state/queue.sqlite")).unwrap().list().unwrap().len()
}
