//! The runtime over scripted devices: whole visits, lost answers, foreign answers, time-outs, clean-up.
//!
//! Time is tokio's paused clock: it jumps to the next deadline when nothing else is to be done.

mod followed;
pub mod kiosk;

use std::sync::Arc;

use jiff::civil::date;
use uketsuke::adapters::clock::{FixedClock, Remembered, TrustedClock};
use uketsuke::adapters::fake::{
    CHECK_ID, CardRequest, FaceRequest, HandoffRequest, Play, QualificationRequest, card_face_facts, evidence,
    portrait, valid_answer,
};
use uketsuke::domain::card::Tries;
use uketsuke::domain::code_b::{Implausible, Part, Problem};
use uketsuke::domain::consent::{Choices, ConsentAnswer, comprehensive};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::qualification::{Authentication, Validity};
use uketsuke::domain::secret::{PrintedName, Secret};
use uketsuke::domain::session::{Method, PatientInput, SituationName};
use uketsuke::domain::staff_news::StaffNews;
use uketsuke::ports::{
    AuditEvent, CardReply, Delivery, DeliveryOrder, FaceReply, HandoffNews, News, Observation, Outbox, Receipt, Reply,
    Report, ResumedVisit, StaffNotice,
};
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{CardLeft, EnterCodeB, EnterPin, Idle, OutOfOrder, Stopped, WrongCard};

use kiosk::Kiosk;

#[tokio::test(start_paused = true)]
async fn the_printed_name_is_there_while_a_name_is_shown_and_no_longer() {
    let kiosk = Kiosk::start();
    kiosk.knows_code_b();
    let print = || PrintedName::new(2, 1, Secret::new(vec![0, 255]));
    let opened = move || CardReply::CardFace {
        facts: card_face_facts(),
        portrait: Some(portrait()),
        name: print(),
        birth: None,
    };
    kiosk.card.on(CardRequest::OpenCardFace, Play::reply(move |_| opened()));
    let printed = || kiosk.handle.name().borrow().as_ref().map(|name| name.ink().to_vec());
    kiosk.chosen(Method::Face).await;
    kiosk.until(|s| matches!(s, Screen::ConfirmName(_))).await;
    assert_eq!(printed(), Some(vec![0, 255]));
    kiosk.touch(PatientInput::Continue);
    kiosk.until(|s| matches!(s, Screen::Consenting(_))).await;
    assert_eq!(printed(), None, "nobody is asked for a consent beside it");
    kiosk.touch(PatientInput::Consent(ConsentAnswer::Given));
    kiosk.until(|s| matches!(s, Screen::Done(_))).await;
    assert_eq!(printed(), Some(vec![0, 255]));
    kiosk.takes_the_card().await;
    assert_eq!(printed(), None);

    // The next patient types the PIN: no card face is opened, so nothing printed is known.
    kiosk.card.observe(Observation::CardPlaced);
    kiosk.until(|s| matches!(s, Screen::AlreadyReceived(_))).await;
    kiosk.touch(PatientInput::Continue);
    kiosk.until(|s| matches!(s, Screen::ChooseMethod(_))).await;
    kiosk.touch(PatientInput::Choose(Method::Pin));
    kiosk.until(|s| matches!(s, Screen::EnterPin(_))).await;
    kiosk.types(&[1, 2, 3, 4]);
    kiosk.until(|s| matches!(s, Screen::ConfirmName(_))).await;
    assert_eq!(printed(), None, "the name of the patient before");
}

#[tokio::test(start_paused = true)]
async fn a_visit_by_pin_ends_with_one_file_and_an_open_kiosk() {
    let kiosk = Kiosk::start();
    kiosk.at_consent_by_pin().await;
    kiosk.touch(PatientInput::Consent(ConsentAnswer::Given));
    kiosk.until(|s| matches!(s, Screen::Done(_))).await;
    assert_eq!(kiosk.handoff.delivered().len(), 1);
    assert_eq!(kiosk.qualification.saved_consents().len(), 1);
    let settled = kiosk.qualification.settled();
    assert!(matches!(settled.as_slice(), [(_, true)]), "{settled:?}");
    kiosk.takes_the_card().await;
    assert_eq!(kiosk.card.count(CardRequest::Release), 1);
    let seen: Vec<_> = kiosk.seen.try_iter().collect();
    assert!(seen.ends_with(&[SituationName::Done, SituationName::CleaningUp, SituationName::Idle]));
}

#[tokio::test(start_paused = true)]
async fn a_file_that_has_to_wait_holds_no_patient_up() {
    let kiosk = Kiosk::start();
    kiosk.handoff.on(HandoffRequest::Deliver, Play::reply(|_| Delivery::Kept { waiting: 3 }));
    kiosk.at_consent_by_pin().await;
    kiosk.touch(PatientInput::Consent(ConsentAnswer::Given));
    kiosk.until(|s| matches!(s, Screen::Done(_))).await;
    let settled = kiosk.qualification.settled();
    assert!(matches!(settled.as_slice(), [(_, true)]), "{settled:?}");
    // Long after the visit, whatever the kiosk shows then.
    kiosk.takes_the_card().await;
    let (check_id, file) = ("c".to_owned(), "c.xml".into());
    kiosk.outbox.send(Report::News(News::Handoff(HandoffNews::DeliveredLate { check_id, file, waiting: 2 })));
    kiosk.card.observe(Observation::CardPlaced);
    kiosk.until(|s| matches!(s, Screen::AlreadyReceived(_))).await;
    let notices: Vec<_> = kiosk.desk.notices().into_iter().map(|told| (told.reception, told.news)).collect();
    let waits = (Some(ReceptionId(1)), StaffNews::FilesWait { waiting: 3 });
    assert_eq!(notices, [waits, (None, StaffNews::FileCameLate { check_id: "c".into(), waiting: 2 })]);
}

#[tokio::test(start_paused = true)]
async fn staff_are_told_once_a_minute_that_they_are_called() {
    let kiosk = Kiosk::start();
    kiosk.at_consent_by_pin().await;
    kiosk.touch(PatientInput::CallStaff);
    kiosk.until(|s| matches!(s, Screen::CallStaff(_))).await;
    kiosk.touch(PatientInput::CallStaff);
    kiosk.touch(PatientInput::Cancel);
    kiosk.takes_the_card().await;
    let calls =
        |notice: &StaffNotice| notice.reception == Some(ReceptionId(1)) && notice.news == StaffNews::CalledByPatient;
    let notices = kiosk.desk.notices();
    assert_eq!(notices.iter().filter(|notice| calls(notice)).count(), 1, "{notices:?}");
    let called = kiosk.audit.events().into_iter().filter(|event| *event == AuditEvent::StaffCalled).count();
    assert_eq!(called, 2, "the audit log has every press");
    let ended = StaffNews::CountedWithoutFile { check_id: CHECK_ID.into() };
    assert_eq!(notices.last().map(|notice| &notice.news), Some(&ended));
}

#[tokio::test(start_paused = true)]
async fn what_an_adapter_has_for_staff_reaches_the_desk_outside_any_visit() {
    let kiosk = Kiosk::start();
    kiosk.chosen(Method::Pin).await;
    kiosk.outbox.tell(StaffNews::AuditUnwritable);
    let (check_id, kept_at) = ("c".to_owned(), jiff::Timestamp::UNIX_EPOCH);
    kiosk.outbox.send(Report::News(News::Handoff(HandoffNews::GivenUp { check_id: check_id.clone(), kept_at })));
    kiosk.types(&[1, 2, 3, 4]);
    kiosk.comes_to_the_consents().await;
    let notices: Vec<_> = kiosk.desk.notices().into_iter().map(|told| (told.reception, told.news)).collect();
    let given_up = StaffNews::FileGivenUp { check_id, since: kept_at };
    assert_eq!(notices, [(None, StaffNews::AuditUnwritable), (None, given_up)]);
}

/// A visit that broke off with an earlier run, as the client hands it back.
fn broke_off(renews: Option<&str>) -> Report {
    late(renews, false)
}

/// The same, or out of the offline queue.
fn late(renews: Option<&str>, queued: bool) -> Report {
    let choices = Choices::of(comprehensive(ConsentAnswer::NotAnswered));
    let renews = renews.map(str::to_owned);
    let answer = valid_answer();
    let visit = ResumedVisit { answer, choices, consented_at: None, renews, queued };
    Report::News(News::Resumed(Box::new(visit)))
}

#[tokio::test(start_paused = true)]
async fn a_visit_that_broke_off_is_handed_over_and_settled_beside_the_visit_of_now() {
    let kiosk = Kiosk::start();
    kiosk.chosen(Method::Pin).await;
    kiosk.outbox.send(broke_off(Some("earlier")));
    kiosk.types(&[1, 2, 3, 4]);
    kiosk.comes_to_the_consents().await;
    let [late] = kiosk.handoff.delivered().try_into().expect("one file");
    assert_eq!((late.check_id.as_str(), late.replaces.as_deref()), (CHECK_ID, Some("earlier")));
    assert_eq!(kiosk.qualification.settled(), [(CHECK_ID.to_owned(), true)]);
    let events = kiosk.audit.entries();
    let delivered = events.iter().find(|entry| matches!(entry.event, AuditEvent::Delivered { .. })).expect("noted");
    assert_eq!(delivered.reception, None);
    assert_eq!(kiosk.desk.news(), [StaffNews::BrokenOffDelivered { check_id: CHECK_ID.into() }]);
}

#[tokio::test(start_paused = true)]
async fn a_visit_that_broke_off_stays_open_when_its_file_cannot_be_written() {
    let kiosk = Kiosk::start();
    kiosk.handoff.on(HandoffRequest::Deliver, Play::fail(Failure::HandoffUnwritable));
    kiosk.outbox.send(broke_off(None));
    kiosk.chosen(Method::Pin).await;
    assert_eq!(kiosk.handoff.count(HandoffRequest::Deliver), 1);
    assert_eq!(kiosk.qualification.settled(), []);
    let (check_id, failure) = (CHECK_ID.to_owned(), Failure::HandoffUnwritable);
    assert_eq!(kiosk.desk.news(), [StaffNews::BrokenOffUndelivered { check_id, failure }]);
}

#[tokio::test(start_paused = true)]
async fn staff_hear_what_became_of_every_late_file_but_of_one_that_was_there_already() {
    let kiosk = Kiosk::start();
    let again = |_: &DeliveryOrder| Delivery::Done(Receipt { file: "c.xml".into(), duplicate: true });
    let plays = [
        (false, Play::reply(|_| Delivery::Kept { waiting: 4 })),
        (true, Play::usual()),
        (true, Play::reply(|_| Delivery::Kept { waiting: 5 })),
        (true, Play::fail(Failure::HandoffUnwritable)),
        (false, Play::reply(again)),
    ];
    for (queued, play) in plays {
        kiosk.handoff.on(HandoffRequest::Deliver, play);
        kiosk.outbox.send(late(None, queued));
    }
    kiosk.chosen(Method::Pin).await;
    let (check_id, failure) = (CHECK_ID.to_owned(), Failure::HandoffUnwritable);
    let told = [
        StaffNews::BrokenOffWaits { check_id: check_id.clone(), waiting: 4 },
        StaffNews::QueuedDelivered { check_id: check_id.clone() },
        StaffNews::QueuedWaits { check_id: check_id.clone(), waiting: 5 },
        StaffNews::QueuedUndelivered { check_id, failure },
    ];
    assert_eq!(kiosk.desk.news(), told);
}

#[tokio::test(start_paused = true)]
async fn the_audit_log_holds_what_was_done_and_nothing_of_the_patient() {
    let kiosk = Kiosk::start();
    kiosk.card.on(CardRequest::SignWithPin, Play::reply(|_| CardReply::PinWrong(Tries::Left(2))));
    kiosk.chosen(Method::Pin).await;
    kiosk.types(&[9, 9, 9, 9]);
    kiosk.until(|s| matches!(s, Screen::EnterPin(EnterPin { wrong: true, .. }))).await;
    kiosk.types(&[1, 2, 3, 4]);
    kiosk.comes_to_the_consents().await;
    kiosk.touch(PatientInput::Consent(ConsentAnswer::Given));
    kiosk.until(|s| matches!(s, Screen::Done(_))).await;
    kiosk.takes_the_card().await;
    let entries = kiosk.audit.entries();
    let events: Vec<_> = entries.iter().map(|entry| &entry.event).collect();
    assert_eq!(events.first(), Some(&&AuditEvent::Started));
    let wanted = |wanted: &dyn Fn(&AuditEvent) -> bool| events.iter().filter(|event| wanted(event)).count();
    assert_eq!(wanted(&|e| *e == AuditEvent::ReceptionStarted), 1);
    assert_eq!(wanted(&|e| *e == AuditEvent::Proving(Authentication::Pin)), 2);
    assert_eq!(wanted(&|e| matches!(e, AuditEvent::Checked { validity: Validity::Valid, .. })), 1);
    assert_eq!(wanted(&|e| matches!(e, AuditEvent::Consented(all) if all.len() == 4)), 1);
    assert_eq!(
        wanted(&|e| matches!(e, AuditEvent::Delivered { check_id, duplicate: false, .. } if check_id == CHECK_ID)),
        1
    );
    assert_eq!(events.last(), Some(&&AuditEvent::ReceptionEnded { delivered: true }));
    assert!(entries.iter().skip(1).all(|entry| entry.reception.is_some()));
    // Nothing of the patient: neither the name that the insurer gave nor what was typed.
    let printed = format!("{events:?}");
    let patient = uketsuke::adapters::fake::qualification();
    for word in [patient.name.0.as_str(), patient.insurer_name.0.as_str(), "1234", "9999"] {
        assert!(!printed.contains(word), "{printed}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_audit_log_names_what_failed_once() {
    let kiosk = Kiosk::start();
    kiosk.qualification.on(QualificationRequest::Check, Play::fail(Failure::GatewayFault));
    kiosk.chosen(Method::Pin).await;
    kiosk.until(|s| matches!(s, Screen::EnterPin(_))).await;
    kiosk.types(&[1, 2, 3, 4]);
    kiosk.until(|s| matches!(s, Screen::Fallback(_))).await;
    kiosk.touch(PatientInput::Cancel);
    kiosk.takes_the_card().await;
    let events = kiosk.audit.events();
    let count = |wanted: AuditEvent| events.iter().filter(|event| **event == wanted).count();
    assert_eq!(count(AuditEvent::Failed(Failure::GatewayFault)), 1, "{events:?}");
    assert_eq!((count(AuditEvent::StaffCalled), count(AuditEvent::ReceptionEnded { delivered: false })), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_broken_invariant_ends_the_task_and_leaves_no_camera_running() {
    let kiosk = Kiosk::breaking_at(Some(SituationName::FaceCapture));
    kiosk.knows_code_b();
    kiosk.face.on(FaceRequest::Match, Play::usual().held());
    kiosk.chosen(Method::Face).await;
    let mut views = kiosk.handle.views();
    while views.changed().await.is_ok() {}
    assert!(kiosk.task.await.expect_err("it breaks off").is_panic());
    assert_eq!(kiosk.face.count(FaceRequest::Match), 1);
    assert!(!kiosk.camera.is_open(), "the vault was dropped");
}

#[tokio::test(start_paused = true)]
async fn a_visit_by_face_opens_the_camera_only_for_the_face() {
    let kiosk = Kiosk::start();
    kiosk.knows_code_b();
    kiosk.face.on(FaceRequest::Match, Play::usual().held());
    kiosk.chosen(Method::Face).await;
    kiosk.until(|s| matches!(s, Screen::FaceCapture(_))).await;
    assert!(kiosk.camera.is_open() && kiosk.handle.preview().borrow().is_some());
    kiosk.face.release();
    kiosk.comes_to_the_consents().await;
    assert!(!kiosk.camera.is_open() && kiosk.handle.preview().borrow().is_none());
    assert_eq!(kiosk.card.count(CardRequest::ProveWithoutPin), 1);
    assert_eq!(kiosk.card.count(CardRequest::SignWithPin), 0);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_pin_says_how_many_tries_are_left() {
    let kiosk = Kiosk::start();
    kiosk.card.on(CardRequest::SignWithPin, Play::reply(|_| CardReply::PinWrong(Tries::Left(2))));
    kiosk.chosen(Method::Pin).await;
    kiosk.types(&[9, 9, 9, 9]);
    kiosk.until(|s| matches!(s, Screen::EnterPin(EnterPin { typed: 0, tries: Tries::Left(2), wrong: true, .. }))).await;
    kiosk.types(&[1, 2, 3, 4]);
    kiosk.comes_to_the_consents().await;
}

#[tokio::test(start_paused = true)]
async fn an_impossible_code_never_reaches_the_card() {
    let kiosk = Kiosk::start();
    kiosk.chosen(Method::Face).await;
    let at = |part, problem: Option<Problem>| move |s: &Screen| matches!(s, Screen::EnterCodeB(EnterCodeB { entry }) if (entry.part, entry.problem) == (part, problem));
    kiosk.until(at(Part::Birth, None)).await;
    kiosk.types(&[5, 5, 0, 2, 3, 0]);
    kiosk.until(at(Part::Birth, Some(Problem::Implausible(Implausible::NoSuchDay)))).await;
    kiosk.touch(PatientInput::DigitsCleared);
    kiosk.types(&[5, 5, 0, 2, 1, 7]);
    kiosk.until(at(Part::Expiry, None)).await;
    kiosk.types(&[2, 0, 2, 5]);
    kiosk.until(at(Part::Expiry, Some(Problem::Implausible(Implausible::ExpiryPast)))).await;
    kiosk.touch(PatientInput::DigitsCleared);
    kiosk.types(&[2, 0, 3, 5]);
    kiosk.until(at(Part::Security, None)).await;
    assert_eq!(kiosk.card.count(CardRequest::OpenCardFace), 0);
    kiosk.types(&[2, 2, 8, 5]);
    kiosk.comes_to_the_consents().await;
}

/// By a dead battery every card is from the future, and by a clock far ahead every card is past: neither is told to a patient.
#[tokio::test(start_paused = true)]
async fn a_clock_that_is_wrong_is_no_fault_of_a_patient() {
    for (year, expiry) in [(1970, 2035), (2019, 2035), (2099, 2035)] {
        let wall = FixedClock::japan(date(year, 1, 1).at(9, 0, 0, 0)).expect("a time");
        let outbox = Outbox::new(|_| {});
        let clock = TrustedClock::new(FixedClock::running(wall), Remembered::default(), None, outbox);
        let kiosk = Kiosk::by(Arc::new(clock));
        kiosk.chosen(Method::Face).await;
        let at = |part| move |s: &Screen| matches!(s, Screen::EnterCodeB(EnterCodeB { entry }) if (entry.part, entry.problem) == (part, None));
        kiosk.until(at(Part::Birth)).await;
        kiosk.types(&[5, 5, 0, 2, 1, 7]);
        kiosk.until(at(Part::Expiry)).await;
        kiosk.types(&[2, 0, 3, (expiry % 10) as u8]);
        kiosk.until(at(Part::Security)).await;
        kiosk.types(&[2, 2, 8, 5]);
        kiosk.comes_to_the_consents().await;
        assert_eq!(kiosk.card.count(CardRequest::OpenCardFace), 1, "{year}");
    }
}

#[tokio::test(start_paused = true)]
async fn devices_that_never_answer_are_answered_for() {
    let kiosk = Kiosk::start();
    kiosk.card.on(CardRequest::Identify, Play::never());
    kiosk.until(|s| *s == Screen::Idle(Idle { inquiry: false })).await;
    kiosk.card.observe(Observation::CardPlaced);
    kiosk.until(|s| *s == Screen::WrongCard(WrongCard { failure: Failure::CardUnreadable })).await;
    kiosk.takes_nothing_and_leaves().await;

    let kiosk = Kiosk::start();
    kiosk.card.on(CardRequest::Release, Play::never());
    kiosk.at_consent_by_pin().await;
    kiosk.touch(PatientInput::Cancel);
    kiosk.until(|s| *s == Screen::Stopped(Stopped { failure: Failure::Cancelled, card: true })).await;
    kiosk.card.observe(Observation::CardGone);
    kiosk.until(|s| *s == Screen::Idle(Idle { inquiry: false })).await;
}

#[tokio::test(start_paused = true)]
async fn late_double_and_foreign_answers_change_nothing() {
    let kiosk = Kiosk::start();
    kiosk.qualification.on(QualificationRequest::Check, Play::usual().twice());
    kiosk.at_consent_by_pin().await;
    let foreign = Ticket { reception: ReceptionId(99), effect: EffectId(2) };
    kiosk.outbox.send(Report::Answered(foreign, Ok(Reply::Face(FaceReply::Seen(evidence())))));
    kiosk.outbox.send(Report::Answered(foreign, Ok(Reply::Card(CardReply::Released))));
    kiosk.touch(PatientInput::Consent(ConsentAnswer::Refused));
    kiosk.until(|s| matches!(s, Screen::Done(_))).await;
    assert_eq!(kiosk.handoff.delivered().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_left_card_and_an_empty_chair_bring_the_kiosk_back() {
    let kiosk = Kiosk::start();
    kiosk.chosen(Method::Pin).await;
    kiosk.until(|s| matches!(s, Screen::StillThere(_))).await;
    kiosk.until(|s| matches!(s, Screen::Stopped(Stopped { failure: Failure::TimedOut, card: true }))).await;
    kiosk.until(|s| matches!(s, Screen::CardLeft(CardLeft { alarms }) if *alarms >= 3)).await;
    kiosk.takes_the_card().await;
}

#[tokio::test(start_paused = true)]
async fn a_stopped_card_service_closes_the_kiosk_until_it_is_back() {
    let kiosk = Kiosk::start();
    kiosk.chosen(Method::Pin).await;
    kiosk.card.observe(Observation::ReaderLost(Failure::CardServiceStopped));
    kiosk.until(|s| matches!(s, Screen::Stopped(Stopped { failure: Failure::CardServiceStopped, .. }))).await;
    kiosk.until(|s| *s == Screen::OutOfOrder(OutOfOrder { failure: Failure::CardServiceStopped })).await;
    kiosk.card.observe(Observation::ReaderReady);
    kiosk.until(|s| *s == Screen::Idle(Idle { inquiry: false })).await;
}

#[tokio::test(start_paused = true)]
async fn the_program_ends_only_after_the_card_is_released() {
    let kiosk = Kiosk::start();
    kiosk.knows_code_b();
    kiosk.chosen(Method::Face).await;
    kiosk.comes_to_the_consents().await;
    let Kiosk { handle, card, task, .. } = kiosk;
    drop(handle);
    task.await.expect("the task ends");
    assert_eq!(card.count(CardRequest::Release), 1);
}
