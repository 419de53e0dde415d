//! The script itself: order, failures, silence, two answers, late answers, cancellation.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::*;
use crate::domain::card::{CardKind, Tries};
use crate::domain::failure::Failure;
use crate::domain::ids::{EffectId, ReceptionId, Ticket};
use crate::domain::secret::Secret;
use crate::ports::{
    CardCommand, CardReader, CardReply, FaceCommand, FaceEngine, FrameSlot, Observation, Outbox, QualificationCommand,
    QualificationService, Reply, Report,
};

fn outbox() -> (Outbox, Receiver<Report>) {
    let (sender, reports) = channel();
    (Outbox::new(move |report| sender.send(report).expect("the test listens")), reports)
}

fn ticket(effect: u64) -> Ticket {
    Ticket { reception: ReceptionId(1), effect: EffectId(effect) }
}

fn kinds_of_card(reports: &Receiver<Report>) -> Vec<(u64, Result<CardKind, Failure>)> {
    let kind = |reply| match reply {
        Reply::Card(CardReply::Identified(facts)) => facts.kind,
        _ => panic!("another reply"),
    };
    let of = |report| match report {
        Report::Answered(ticket, answer) => (ticket.effect.0, answer.map(kind)),
        _ => panic!("another report"),
    };
    reports.try_iter().map(of).collect()
}

#[test]
fn plays_are_used_in_order_and_then_the_usual_answer() {
    let (outbox, reports) = outbox();
    let card = FakeCardReader::new(outbox);
    let juki = |_: &CardCommand| {
        CardReply::Identified(crate::domain::card::CardFacts { kind: CardKind::Juki, ..samples::card_facts() })
    };
    card.on(CardRequest::Identify, Play::fail(Failure::CardUnreadable));
    card.on(CardRequest::Identify, Play::reply(juki));
    for effect in 1..=3 {
        card.submit(ticket(effect), CardCommand::Identify);
    }
    let answers = kinds_of_card(&reports);
    assert_eq!(answers, [(1, Err(Failure::CardUnreadable)), (2, Ok(CardKind::Juki)), (3, Ok(CardKind::MyNumber))]);
    assert_eq!(card.count(CardRequest::Identify), 3);
    assert_eq!(card.received()[1], (ticket(2), CardRequest::Identify));
}

#[test]
fn silence_doubles_and_late_answers() {
    let (outbox, reports) = outbox();
    let card = FakeCardReader::new(outbox);
    card.on(CardRequest::Identify, Play::never());
    card.on(CardRequest::Identify, Play::usual().twice());
    card.on(CardRequest::Identify, Play::fail(Failure::CardGone).held());
    for effect in 1..=3 {
        card.submit(ticket(effect), CardCommand::Identify);
    }
    assert_eq!(kinds_of_card(&reports), [(2, Ok(CardKind::MyNumber)), (2, Ok(CardKind::MyNumber))]);
    assert_eq!(card.release(), 1);
    assert_eq!(kinds_of_card(&reports), [(3, Err(Failure::CardGone))]);
    assert_eq!(card.release(), 0);
}

#[test]
fn a_wrong_pin_is_a_reply() {
    let (outbox, reports) = outbox();
    let card = FakeCardReader::new(outbox);
    card.on(CardRequest::SignWithPin, Play::reply(|_| CardReply::PinWrong(Tries::Left(2))));
    let challenge = crate::domain::qualification::Challenge { id: "c".into(), nonce: vec![0; 32] };
    card.submit(ticket(1), CardCommand::SignWithPin { pin: Secret::new(*b"9999"), challenge });
    let answer = reports.try_recv().expect("an answer");
    assert!(matches!(answer, Report::Answered(_, Ok(Reply::Card(CardReply::PinWrong(Tries::Left(2)))))));
}

#[test]
fn a_cancelled_check_is_answered_once() {
    let (outbox, reports) = outbox();
    let service = FakeQualification::new(outbox);
    service.on(QualificationRequest::FetchChallenge, Play::usual().held());
    service.submit(ticket(1), QualificationCommand::FetchChallenge);
    service.cancel(ticket(1));
    service.cancel(ticket(1));
    assert_eq!(service.release(), 0);
    let answers: Vec<_> = reports.try_iter().collect();
    assert!(matches!(answers[..], [Report::Answered(t, Err(Failure::Cancelled))] if t == ticket(1)));
}

#[test]
fn a_held_attempt_ends_with_its_slot() {
    let (outbox, reports) = outbox();
    let engine = FakeFaceEngine::new(outbox);
    engine.on(FaceRequest::Match, Play::usual().held());
    let frames = FrameSlot::new();
    let portrait = std::sync::Arc::new(samples::portrait());
    let rule = crate::domain::face::Rule::default();
    engine.submit(ticket(1), FaceCommand::Match { portrait, frames: frames.clone(), rule });
    assert!(reports.try_recv().is_err());
    frames.close();
    let answer = reports.recv_timeout(Duration::from_secs(10)).expect("an answer");
    assert!(matches!(answer, Report::Answered(t, Err(Failure::Cancelled)) if t == ticket(1)));
}

#[test]
fn a_test_can_wait_for_a_request_and_send_what_is_seen() {
    let (outbox, reports) = outbox();
    let card = FakeCardReader::new(outbox);
    card.observe(Observation::CardPlaced);
    assert!(matches!(reports.try_recv(), Ok(Report::Seen(Observation::CardPlaced))));
    let asker = std::thread::spawn({
        let card = card.clone();
        move || card.submit(ticket(1), CardCommand::Release)
    });
    assert!(card.wait_for(CardRequest::Release, 1, Duration::from_secs(10)));
    assert!(!card.wait_for(CardRequest::Release, 2, Duration::ZERO));
    asker.join().expect("the asker ends");
}
