//! The kiosk's link to the desk: nothing lost, nothing double, nothing readable on the disk, whatever becomes of the desk.

mod patients;
mod real;
mod scripted;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};
use uketsuke::adapters::clock::SystemClock;
use uketsuke::adapters::desk::DeskLink;
use uketsuke::domain::consent::{Consent, ConsentAnswer, Scope};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::ReceptionId;
use uketsuke::domain::qualification::{Authentication, Validity};
use uketsuke::domain::secret::Personal;
use uketsuke::domain::session::SituationName;
use uketsuke::domain::staff_news::StaffNews;
use uketsuke::domain::staff_order::{Refusal, StaffCommand, StaffOrder, StaffPlace, WhyByEye};
use uketsuke::domain::standing::{FileState, Standing};
use uketsuke::people;
use uketsuke::ports::{
    Checked, DeskNews, DeskReport, Diagnose, Errand, Finding, Health, News, Report, Shown, StaffDesk, StaffNotice,
};

use crate::suite;
use scripted::{Fault, Site};

fn notice(reception: u64, news: StaffNews) -> StaffNotice {
    StaffNotice { at: Timestamp::now(), reception: Some(ReceptionId(reception)), news }
}

fn shown(reception: u64, what: DeskNews) -> Box<DeskReport> {
    Box::new(DeskReport { at: Timestamp::now(), reception: Some(ReceptionId(reception)), what })
}

fn stands(situation: SituationName) -> DeskNews {
    let standing = Standing {
        situation,
        method: Some(Authentication::Face),
        face_tries: 1,
        pin_tries: Some(3),
        hint: None,
        failure: Some(Failure::FaceNotConfirmed),
        called: true,
    };
    DeskNews::Stands(standing, Shown { language: "vi", text_size: 150, training: false })
}

fn checked(name: &str, kana: &str, birth_date: Date) -> DeskNews {
    DeskNews::Checked(Box::new(Checked {
        check_id: "c-1".into(),
        name: Personal(name.into()),
        kana: Some(Personal(kana.into())),
        lost_signs: vec!['𠮷'],
        sex: "2".into(),
        birth_date: Personal(Some(birth_date)),
        validity: Validity::NotFound,
        valid_from: None,
        valid_until: None,
        copayment_percent: Some(30),
        certificate_until: None,
        grace_until: None,
        registered_now: false,
        chart_number: Some(Personal("00123".into())),
    }))
}

#[test]
fn the_contract_of_the_port() {
    let site = Site::new();
    site.opens();
    let link = site.link();
    suite::staff_desk(&link, || {
        site.events(300).iter().map(|event| event["code"].as_str().unwrap_or_default().to_owned()).collect()
    });
}

#[test]
fn each_report_is_written_as_the_contract_says() {
    let site = Site::new();
    site.opens();
    let link = site.link();
    link.show(shown(1, stands(SituationName::FaceHelp)));
    link.show(shown(1, checked("𠮷田　花子", "ヨシダ　ハナコ", jiff::civil::date(1956, 1, 25))));
    let given = |answer| Consent { scope: Scope::Operation, answer };
    link.show(shown(1, DeskNews::Consents(vec![given(ConsentAnswer::Refused), given(ConsentAnswer::NotAsked)])));
    link.show(shown(1, DeskNews::File { check_id: "c-1".into(), state: FileState::NotTaken }));
    link.show(shown(1, DeskNews::Ended { received: false, failure: Some(Failure::NotConfirmed), seconds: 61 }));
    let lamps = vec![Finding::good("clock", "right"), Finding::bad("reader", "none", "Connect it.")];
    link.show(Box::new(DeskReport { at: Timestamp::UNIX_EPOCH, reception: None, what: DeskNews::Lamps(lamps) }));
    link.tell(notice(1, StaffNews::FilesWait { waiting: 2 }));
    let mut events = site.events(7);
    let visits: BTreeSet<_> =
        events.iter().filter_map(|event| event["reception"].as_str()).map(str::to_owned).collect();
    assert_eq!((visits.len(), events[5].get("reception")), (1, None));
    assert_eq!(events[5]["at"], "1970-01-01T09:00:00+09:00");
    for event in &mut events {
        for name in ["number", "at", "reception"] {
            event.as_object_mut().unwrap().remove(name);
        }
    }
    let words = [
        json!({"kind": "stage", "situation": "faceHelp", "language": "vi", "textSize": 150, "method": "face", "faceTries": 1,
            "pinTries": 3, "failure": Failure::FaceNotConfirmed.code(), "called": true, "training": false}),
        json!({"kind": "checked", "checkId": "c-1", "name": "𠮷田　花子", "kana": "ヨシダ　ハナコ", "lostSigns": ["U+20BB7"],
            "sex": "female", "birthDate": "1956-01-25", "validity": "notFound", "copaymentPercent": 30,
            "registeredNow": false, "chartNumber": "00123"}),
        json!({"kind": "consents", "given": [{"scope": "operation", "answer": "refused"}]}),
        json!({"kind": "file", "checkId": "c-1", "state": "notTaken"}),
        json!({"kind": "ended", "received": false, "failure": Failure::NotConfirmed.code(), "seconds": 61}),
        json!({"kind": "lamps", "lamps": [{"part": "clock", "state": "good", "words": "right"},
            {"part": "reader", "state": "bad", "words": "none", "remedy": "Connect it."}]}),
        json!({"kind": "news", "code": "S-301", "values": {"waiting": "2"}}),
    ];
    assert_eq!(events, words);
}

/// Numbers of chance that are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// What each event of that visit is known by.
fn told(n: u64) -> StaffNotice {
    notice(n, StaffNews::FileCameLate { check_id: format!("c-{n}"), waiting: 1 })
}

#[test]
fn whatever_becomes_of_desk_and_kiosk_nothing_is_lost_and_nothing_double() {
    use Fault::{HalfAnswer, KeepsHalf, Nonsense, Unavailable};
    const EVENTS: u64 = 400;
    let (mut requests, mut again) = (0, 0);
    for seed in [1, 2, 3] {
        let (site, mut chance) = (Site::new(), Chance(seed));
        let mut link = site.link();
        for n in 0..EVENTS {
            link.tell(told(n));
            match chance.below(24) {
                0 if site.is_open() => site.closes(),
                0 => site.opens(),
                1 => site.fails([[Unavailable, HalfAnswer, Nonsense, KeepsHalf][chance.below(4)]]),
                2 if chance.below(4) == 0 => {
                    drop(link);
                    link = site.link();
                }
                _ => {}
            }
        }
        if !site.is_open() {
            site.opens();
        }
        let events = site.events(usize::try_from(EVENTS).unwrap());
        let checks: Vec<_> =
            events.iter().map(|event| event["values"]["check_id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(checks, (0..EVENTS).map(|n| format!("c-{n}")).collect::<Vec<_>>(), "seed {seed}");
        let counted = site.once(|kept| Some((kept.gaps, kept.requests, kept.again)));
        assert_eq!(counted.0, 0, "seed {seed}: a number was left out");
        (requests, again) = (requests + counted.1, again + counted.2);
    }
    println!("{} events in {requests} requests, {again} of them sent again and kept once", 3 * EVENTS);
    assert!(again > 0, "no answer was lost");
}

#[test]
fn what_a_desk_will_never_take_holds_nothing_up() {
    let site = Site::new();
    site.refuses("c-7\"");
    let link = site.link();
    (0..20).for_each(|n| link.tell(told(n)));
    site.opens();
    let events = site.events(19);
    assert!(!events.iter().any(|event| event["values"]["check_id"] == "c-7"));
    drop(link);
    let findings = site.link().diagnose();
    assert!(findings.iter().any(|finding| finding.detail.contains("1 were dropped")), "{findings:?}");
}

#[test]
fn an_outbox_that_was_lost_goes_on_above_what_the_desk_knows() {
    let site = Site::new();
    let far = u64::try_from(Timestamp::now().as_millisecond()).unwrap() + 1_000_000_000;
    site.knows_through(far);
    site.opens();
    let link = site.link();
    (0..3).for_each(|n| link.tell(told(n)));
    let events = site.events(3);
    assert_eq!(events.iter().map(|event| event["number"].as_u64().unwrap() - far).collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn only_the_desk_of_the_site_hears_anything() {
    let (site, stranger) = (Site::new(), Site::new());
    stranger.opens();
    site.opens();
    // Another authority's server, and this one's under a root that is not its own.
    for config in [
        uketsuke::adapters::desk::LinkConfig { url: stranger.url(), ..site.config() },
        uketsuke::adapters::desk::LinkConfig { roots: Some(stranger.identity().join("ca.pem")), ..site.config() },
    ] {
        let link = site.link_with(config).unwrap();
        link.tell(told(1));
        let findings = link.diagnose();
        assert!(findings.iter().any(|f| f.subject == "desk" && f.health != Health::Good && !f.remedy.is_empty()));
    }
    assert_eq!(stranger.once(|kept| Some(kept.requests)) + site.once(|kept| Some(kept.requests)), 0);
    let link = site.link();
    assert_eq!(site.events(2).len(), 2, "and what waited goes to the right one");
    drop(link);
    for (url, word) in
        [("http://localhost:1", "https"), ("https://a:b@localhost", "password"), ("localhost", "address")]
    {
        let error =
            site.link_with(uketsuke::adapters::desk::LinkConfig { url: url.into(), ..site.config() }).err().unwrap();
        assert!(error.cause.contains("desk") && error.cause.contains(word), "{error}");
    }
}

#[test]
fn nobody_of_the_synthetic_people_is_readable_on_the_disk() {
    let site = Site::new();
    let link = site.link();
    let people = people::all().unwrap();
    let mut needles = Vec::new();
    for (n, person) in (1..).zip(&people) {
        let (name, kana, born) = (person.name.clone(), person.kana.clone(), person.birth);
        link.show(shown(n, checked(&name, &kana, born)));
        needles.extend([name, kana, born.to_string()]);
    }
    drop(link);
    let search = |when: &str| {
        let files = std::fs::read_dir(site.folder()).unwrap().map(|file| file.unwrap().path());
        let files: Vec<_> = files.filter(|file| file.is_file()).collect();
        assert!(files.iter().any(|file| file.ends_with("desk.sqlite")), "{files:?}");
        for file in files {
            let bytes = match std::fs::read(&file) {
                // SQLite takes away what it keeps beside a database when nobody needs it.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                bytes => bytes.unwrap(),
            };
            for needle in &needles {
                let found = bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
                assert!(!found, "{needle} is readable in {} {when}", file.display());
            }
        }
    };
    search("while the kiosk is off");
    let link = site.link();
    search("while it waits");
    site.opens();
    let events = site.events(people.len());
    let whole = Value::Array(events).to_string();
    assert!(needles.iter().all(|needle| whole.contains(needle.as_str())), "the desk did not get everybody");
    search("when the desk has it");
    drop(link);
    search("at the end");
}

/// A kiosk's side that keeps the orders it gets.
fn listening(site: &Site) -> (DeskLink, Receiver<Report>) {
    let (outbox, reports) = suite::listen();
    (DeskLink::start(site.config(), site.runtime.handle(), Arc::new(SystemClock::new()), outbox).unwrap(), reports)
}

/// The name that the desk knows the visit by.
fn name_of(site: &Site, link: &DeskLink, visit: u64) -> String {
    let is_stage = |event: &&Value| event["kind"] == "stage";
    let before = site.once(|kept| Some(kept.events.iter().filter(is_stage).count()));
    link.show(shown(visit, stands(SituationName::CallStaff)));
    let event = site.once(|kept| kept.events.iter().filter(is_stage).nth(before).cloned());
    event["reception"].as_str().unwrap().to_owned()
}

fn command(id: &str, reception: Option<&str>, what: Value) -> Value {
    let mut command = json!({"id": id, "by": "hanada", "at": "2026-11-20T09:00:00+09:00", "validSeconds": 60});
    let members = command.as_object_mut().unwrap();
    members.extend(what.as_object().unwrap().clone());
    members.extend(reception.map(|name| ("reception".to_owned(), json!(name))));
    command
}

fn ordered(reports: &Receiver<Report>) -> StaffOrder {
    match reports.recv_timeout(scripted::PATIENCE).unwrap() {
        Report::Ordered(order) => order,
        _ => panic!("something else than an order"),
    }
}

#[test]
fn a_command_is_carried_out_once_and_answered() {
    let site = Site::new();
    site.opens();
    let (link, reports) = listening(&site);
    let visit = name_of(&site, &link, 5);
    let eye = json!({"command": "seenByEye", "personAndCardHere": true, "reason": "no-pin"});
    site.commands(&command("a", Some(&visit), eye.clone()));
    let order = ordered(&reports);
    assert_eq!((order.reception, order.by.name.as_str(), order.by.place), (ReceptionId(5), "hanada", StaffPlace::Desk));
    assert_eq!(order.command, StaffCommand::SeenByEye { before_me: true, why: WhyByEye::NoPin });
    // The same again while it is under way, and once it is done.
    site.commands(&command("a", Some(&visit), eye.clone()));
    site.commands(&command("b", Some(&visit), json!({"command": "coming"})));
    let second = ordered(&reports);
    assert_eq!(second.command, StaffCommand::Coming, "the replay came through");
    link.answer(order.id, Ok(()));
    assert_eq!(site.answer("a"), json!({"is": "done"}));
    link.answer(second.id, Err(Refusal::NobodyCalls));
    assert_eq!(site.answer("b"), json!({"is": "refused", "reason": "nobody-calls"}));
    site.commands(&command("a", Some(&visit), eye));
    let answers = |kept: &scripted::Kept| kept.events.iter().filter(|event| event["command"] == "a").count();
    site.once(|kept| (answers(kept) == 2).then_some(()));
    let last = site.once(|kept| kept.events.last().cloned());
    assert_eq!((&last["outcome"], reports.try_iter().count()), (&json!({"is": "stale"}), 0));
}

#[test]
fn what_is_old_foreign_or_unknown_is_not_carried_out() {
    let site = Site::new();
    site.opens();
    let (link, reports) = listening(&site);
    let earlier = name_of(&site, &link, 1);
    site.commands(&command("left", Some(&earlier), json!({"command": "finishAndWipe"})));
    ordered(&reports);
    // The program ends before it could say what came of it, and is killed in the middle for all the desk knows.
    drop(link);
    let (link, reports) = listening(&site);
    assert_eq!(site.answer("left"), json!({"is": "stale"}));
    let now = name_of(&site, &link, 1);
    assert_ne!(now, earlier);
    let coming = || json!({"command": "coming"});
    site.commands(&command("left", Some(&now), json!({"command": "finishAndWipe"})));
    site.commands(&command("earlier", Some(&earlier), coming()));
    site.commands(&command("nobody", None, coming()));
    let mut late = command("late", Some(&now), coming());
    late["validSeconds"] = json!(0);
    site.commands(&late);
    site.commands(&command("new", Some(&now), json!({"command": "dance"})));
    site.commands(&command(
        "why",
        Some(&now),
        json!({"command": "seenByEye", "personAndCardHere": true, "reason": "x"}),
    ));
    site.commands(&json!({"id": "../a", "command": "coming"}));
    site.commands(&json!("nothing"));
    site.commands(&command("last", Some(&now), coming()));
    assert_eq!(ordered(&reports).command, StaffCommand::Coming);
    let refused = |reason: &str| json!({"is": "refused", "reason": reason});
    let stale = || json!({"is": "stale"});
    for (id, outcome) in [
        ("earlier", stale()),
        ("nobody", refused("nobody-here")),
        ("late", stale()),
        ("new", refused("unknown-command")),
        ("why", refused("unknown-reason")),
    ] {
        assert_eq!(site.answer(id), outcome, "{id}");
    }
    assert_eq!(reports.try_iter().count(), 0);
}

#[test]
fn commands_come_again_after_the_desk_was_away() {
    let site = Site::new();
    site.opens();
    let (link, reports) = listening(&site);
    let visit = name_of(&site, &link, 1);
    for n in 0..5 {
        site.commands(&command(&format!("c{n}"), Some(&visit), json!({"command": "oneStepBack"})));
        assert_eq!(ordered(&reports).command, StaffCommand::OneStepBack);
        site.closes();
        site.opens();
    }
    site.commands(&command("q", None, json!({"command": "askQueueAgain"})));
    match reports.recv_timeout(scripted::PATIENCE).unwrap() {
        Report::News(News::Errand { errand, by, .. }) => {
            assert!(matches!(*errand, Errand::AskQueueAgain) && by == "hanada");
        }
        _ => panic!("no errand"),
    }
}
