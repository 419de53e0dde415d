//! What happens seldom, a row each: pauses, other questions, notices, cards that do not serve, answers that take long.

use uketsuke::adapters::card::virtual_card::Fault;
use uketsuke::adapters::fake::{Play, QualificationPort, QualificationRequest, valid_answer};
use uketsuke::domain::consent::{ConsentAnswer, PrescriptionForm};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::{Notice, QualificationAnswer, Validity};
use uketsuke::domain::session::{CheckStage, Settings};
use uketsuke::ports::QualificationReply;
use uketsuke::runtime::Screen;

use super::{Hand, Kiosk, TALL, WIDE};

/// Each flow by finger and by keys, on one panel each.
macro_rules! rows {
    ($($flow:ident),+ $(,)?) => {
        mod finger {
            $(#[test] fn $flow() { super::$flow(super::TALL, super::Hand::Finger); })+
        }
        mod keys {
            $(#[test] fn $flow() { super::$flow(super::WIDE, super::Hand::Keys); })+
        }
    };
}

rows!(
    more_time_and_the_same_place,
    nobody_is_there_any_more,
    every_question_of_a_site,
    the_certificate_ends_soon,
    the_certificate_is_in_its_grace_months,
    registration_works_later,
    another_card_comes_back,
    the_chip_is_broken,
    the_welfare_ticket_is_missing,
    the_answer_takes_long,
);

fn answer(change: impl FnOnce(&mut QualificationAnswer)) -> Option<Play<QualificationPort>> {
    let mut answer = QualificationAnswer { check_id: "a check of its own".into(), ..valid_answer() };
    change(&mut answer);
    Some(Play::reply(move |_| QualificationReply::Answer(Box::new(answer.clone()))))
}

fn notice(code: &str) -> Option<Play<QualificationPort>> {
    let notice = Notice { code: code.to_owned(), raw_code: None };
    answer(|answer| answer.notices.push(notice))
}

/// Asks soon whether somebody is there, and waits as long as it is told.
fn impatient(still_there: u64) -> impl FnOnce(&mut Settings) {
    move |settings| (settings.timing.idle, settings.timing.still_there) = (1_500, still_there)
}

impl Kiosk {
    fn asks_the_insurer(&mut self) {
        self.begins();
        self.touch("choose-pin");
        self.comes_to("enter_pin");
        self.types("1234");
        self.touch("key-confirm");
    }
}

type Size = (u32, u32);

fn more_time_and_the_same_place(size: Size, hand: Hand) {
    let mut kiosk = Kiosk::at_site(size, hand, None, impatient(600_000));
    kiosk.comes_to("idle");
    kiosk.place_card();
    kiosk.comes_to("choose_method");
    kiosk.comes_to("still_there");
    kiosk.says("still-title", &[]);
    kiosk.touch("more-time");
    kiosk.comes_to("choose_method");
    // From now on everything lasts ten times as long: the rest is done without hurry.
    kiosk.touch("choose-pin");
    kiosk.comes_to("enter_pin");
    kiosk.types("1234");
    kiosk.touch("key-confirm");
    kiosk.comes_to("confirm_name");
}

fn nobody_is_there_any_more(size: Size, hand: Hand) {
    let mut kiosk = Kiosk::at_site(size, hand, None, impatient(1_000));
    kiosk.comes_to("idle");
    kiosk.place_card();
    kiosk.comes_to("choose_method");
    kiosk.comes_to("still_there");
    let over = |screen: &Screen| *screen == Screen::Stopped { failure: Failure::TimedOut };
    kiosk.comes_to_one("stopped", "time is up", over);
    kiosk.says("stopped-nothing-kept", &[]);
    kiosk.touch("back-to-start");
    kiosk.leaves_the_card();
    kiosk.take_card();
    kiosk.comes_to("idle");
    kiosk.rests_after(1);
}

fn every_question_of_a_site(size: Size, hand: Hand) {
    let mut kiosk = Kiosk::at_site(size, hand, None, |settings| {
        (settings.consents.limit, settings.prescription, settings.subsidy) = (true, true, true);
    });
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.touch("consent-give");
    kiosk.comes_to("consent_limit");
    kiosk.says("limit-keep-card", &[]);
    kiosk.touch("consent-refuse");
    kiosk.comes_to("choose_prescription");
    kiosk.touch("prescription-electronic");
    kiosk.comes_to("choose_subsidy");
    kiosk.touch("subsidy-use");
    kiosk.comes_to("done");
    let delivered = kiosk.delivered();
    let choices = &delivered.last().expect("a file").choices;
    assert_eq!((choices.limit, choices.subsidy), (ConsentAnswer::Refused, ConsentAnswer::Given));
    assert_eq!(choices.prescription, Some(PrescriptionForm::Electronic));
}

fn the_certificate_ends_soon(size: Size, hand: Hand) {
    let mut kiosk = Kiosk::at_site(size, hand, notice("certificateExpiring"), |_| {});
    kiosk.asks_the_insurer();
    kiosk.comes_to("confirm_name");
    kiosk.touch("continue");
    kiosk.comes_to_one("renewal", "before the end", |s| matches!(s, Screen::Renewal { grace: false, .. }));
    kiosk.says("renewal-today", &[]);
    kiosk.touch("close");
    kiosk.comes_to("consenting");
    kiosk.consents("consent-give");
    kiosk.ends_after(1);
}

fn the_certificate_is_in_its_grace_months(size: Size, hand: Hand) {
    let mut kiosk = Kiosk::at_site(size, hand, notice("certificateExpiredGrace"), |_| {});
    kiosk.asks_the_insurer();
    kiosk.comes_to("confirm_name");
    kiosk.touch("continue");
    kiosk.comes_to_one("renewal", "after the end", |s| matches!(s, Screen::Renewal { grace: true, .. }));
    kiosk.says("renewal-grace-limit", &[]);
    kiosk.touch("close");
    kiosk.comes_to("done");
    let answers = kiosk.answers_of_the_last_file();
    assert!(answers.iter().all(|answer| *answer == ConsentAnswer::NotAsked), "{answers:?}");
}

fn registration_works_later(size: Size, hand: Hand) {
    let mut kiosk = Kiosk::refusing(size, hand, Some(Failure::NotRegistered));
    let from = "2026-11-24T12:00:00+09:00".parse().expect("a time");
    let later = Play::reply(move |_| QualificationReply::NotYet(Some(from)));
    kiosk.qualification.on(QualificationRequest::Register, later);
    kiosk.asks_the_insurer();
    kiosk.comes_to("register_offer");
    kiosk.touch("continue");
    kiosk.comes_to("register_terms");
    kiosk.agrees_on_the_last_page();
    kiosk.comes_to("register_refused");
    kiosk.says("refused-from", &[("date", "2026年11月24日".into()), ("time", "12:00".into())]);
    kiosk.touch("continue");
    kiosk.comes_to("fallback");
    kiosk.touch("continue");
    kiosk.comes_to("fallback_ask");
    kiosk.says("fallback-ask-certificate", &[]);
}

fn another_card_comes_back(size: Size, hand: Hand) {
    let mut kiosk = Kiosk::start(size, hand);
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.take_card();
    kiosk.comes_to("card_away");
    kiosk.place_card_of("p02");
    let swapped = |screen: &Screen| *screen == Screen::Stopped { failure: Failure::CardSwapped };
    kiosk.comes_to_one("stopped", "another card", swapped);
    kiosk.says("failure-card-swapped", &[]);
    kiosk.touch("back-to-start");
    // The other card begins a visit of its own.
    kiosk.comes_to("choose_method");
    assert_eq!(kiosk.delivered().len(), 0);
}

fn the_chip_is_broken(size: Size, hand: Hand) {
    let mut kiosk = Kiosk::start(size, hand);
    kiosk.comes_to("idle");
    kiosk.place_card_with(&[Fault::Mute]);
    kiosk.comes_to("wrong_card");
    kiosk.says("failure-card-unreadable", &[]);
    kiosk.take_card();
    kiosk.comes_to("place_card");
    kiosk.place_card_with(&[Fault::Mute]);
    kiosk.comes_to("fallback");
    kiosk.says("fallback-fee", &[]);
    kiosk.says("fallback-at-the-counter", &[]);
    kiosk.touch("continue");
    kiosk.comes_to("fallback_ask");
    kiosk.says("fallback-ask-phone", &[]);
    kiosk.touch("yes");
    kiosk.comes_to("fallback_show");
    kiosk.says("fallback-show-portal", &[]);
}

fn the_welfare_ticket_is_missing(size: Size, hand: Hand) {
    // 資格有効性 6: valid, but the welfare office has not registered the ticket yet.
    let missing = answer(|answer| {
        (answer.validity, answer.raw_validity) = (Validity::Unknown, "6".into());
        answer.qualifications.clear();
    });
    let mut kiosk = Kiosk::at_site(size, hand, missing, |_| {});
    kiosk.asks_the_insurer();
    kiosk.comes_to("fallback");
    kiosk.says("failure-not-confirmed", &[]);
    kiosk.says("fallback-fee", &[]);
    kiosk.touch("to-desk");
    kiosk.leaves_the_card();
    assert_eq!(kiosk.delivered().len(), 0);
}

fn the_answer_takes_long(size: Size, hand: Hand) {
    let late = answer(|_| {}).map(Play::held);
    let mut kiosk = Kiosk::at_site(size, hand, late, |settings| settings.timing.slow = 50);
    kiosk.asks_the_insurer();
    let still = |screen: &Screen| matches!(screen, Screen::Checking { stage: CheckStage::StillAsking, .. });
    kiosk.comes_to_one("checking", "longer than usual", still);
    kiosk.says("checking-still", &[]);
    assert_eq!(kiosk.qualification.release(), 1);
    kiosk.comes_to("confirm_name");
}
