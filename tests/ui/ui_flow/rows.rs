//! What happens seldom, a row each: pauses, other questions, notices, answers that take long.

use jiff::civil::Date;
use uketsuke::adapters::fake::Play;
use uketsuke::domain::consent::{ConsentAnswer, PrescriptionForm, Wording};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::{Notice, Validity};
use uketsuke::domain::session::{AfterReception, CheckStage, Settings};
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{Checking, ConsentOneByOne, Renewal, Stopped};

use super::Kiosk;
use super::kiosk::ms;
use super::panel::{Check, Panel, answer};

flows!(
    more_time_and_the_same_place,
    nobody_is_there_any_more,
    every_question_of_a_site,
    every_question_answered_the_other_way,
    one_by_one_in_the_older_words,
    the_certificate_ends_soon,
    the_certificate_is_in_its_grace_months,
    the_welfare_ticket_is_missing,
    the_answer_takes_long,
);

fn notice(code: &str) -> Option<Check> {
    let notice = Notice { code: code.to_owned(), raw_code: None };
    answer(|answer| answer.notices.push(notice))
}

/// Asks soon whether somebody is there, and waits as long as it is told.
fn impatient(still_there: u64) -> impl FnOnce(&mut Settings) {
    move |settings| (settings.timing.idle, settings.timing.still_there) = (ms(1_500), ms(still_there))
}

impl Kiosk {
    /// One of the certificate's two days, as it is read in Japan.
    fn says_the_day(&self, words: &str, which: impl Fn(Date, Date) -> Date) {
        let Screen::Renewal(Renewal { until: Some(until), usable_until: Some(usable), .. }) =
            self.view_of_the_window().screen
        else {
            panic!("no days of a certificate");
        };
        let day = which(until, usable);
        let day = format!("{}年{}月{}日", day.year(), day.month(), day.day());
        self.says(words, &[("date", day.into())]);
    }
}

fn more_time_and_the_same_place(panel: Panel) {
    let mut kiosk = panel.at_site(None, impatient(600_000));
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

fn nobody_is_there_any_more(panel: Panel) {
    let mut kiosk = panel.at_site(None, impatient(1_000));
    kiosk.comes_to("idle");
    kiosk.place_card();
    kiosk.comes_to("choose_method");
    kiosk.comes_to("still_there");
    let over = |screen: &Screen| matches!(screen, Screen::Stopped(Stopped { failure: Failure::TimedOut, .. }));
    kiosk.comes_to_one("stopped", "time is up", over);
    kiosk.says("stopped-nothing-kept", &[]);
    kiosk.touch("back-to-start");
    kiosk.leaves_the_card();
    kiosk.take_card();
    kiosk.comes_to("idle");
    kiosk.rests_after(1);
}

fn every_question_of_a_site(panel: Panel) {
    let mut kiosk = panel.at_site(None, |settings| {
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

fn every_question_answered_the_other_way(panel: Panel) {
    let mut kiosk = panel.at_site(None, |settings| {
        (settings.consents.limit, settings.prescription, settings.subsidy) = (true, true, true);
        settings.after = AfterReception::Number;
    });
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.touch("consent-refuse");
    kiosk.comes_to("consent_limit");
    kiosk.touch("consent-give");
    kiosk.comes_to("choose_prescription");
    kiosk.touch("prescription-paper");
    kiosk.comes_to("choose_subsidy");
    kiosk.touch("subsidy-not");
    kiosk.comes_to("done");
    kiosk.says("done-number", &[]);
    let delivered = kiosk.delivered();
    let choices = &delivered.last().expect("a file").choices;
    assert_eq!((choices.limit, choices.subsidy), (ConsentAnswer::Given, ConsentAnswer::Refused));
    assert_eq!(choices.prescription, Some(PrescriptionForm::Paper));
}

/// A site that asks as the leaflets before October 2024 did: three questions, agreeing left.
fn one_by_one_in_the_older_words(panel: Panel) {
    let mut kiosk = panel.at_site(None, |settings| {
        settings.consents.comprehensive = false;
        (settings.consents.wording, settings.consents.agree_left) = (Wording::Question, true);
    });
    kiosk.asks_the_insurer();
    kiosk.comes_to("confirm_name");
    kiosk.touch("continue");
    for (number, words) in (1..).zip(["records", "surgery", "checkup"]) {
        let asked = move |screen: &Screen| matches!(screen, Screen::ConsentOneByOne(ConsentOneByOne { number: now, .. }) if *now == number);
        kiosk.comes_to_one("consent_one_by_one", words, asked);
        kiosk.says(&format!("consent-question-{words}"), &[]);
        kiosk.touch("consent-give");
    }
    kiosk.comes_to("consent_summary");
    kiosk.consents("continue");
    let answers = kiosk.answers_of_the_last_file();
    assert!(answers.iter().all(|answer| *answer == ConsentAnswer::Given), "{answers:?}");
}

fn the_certificate_ends_soon(panel: Panel) {
    let mut kiosk = panel.at_site(notice("certificateExpiring"), |_| {});
    kiosk.asks_the_insurer();
    kiosk.comes_to("confirm_name");
    kiosk.touch("continue");
    kiosk.comes_to_one("renewal", "before the end", |s| matches!(s, Screen::Renewal(Renewal { grace: false, .. })));
    kiosk.says("renewal-today", &[]);
    kiosk.says_the_day("renewal-until", |until, _| until);
    kiosk.touch("close");
    kiosk.comes_to("consenting");
    kiosk.consents("consent-give");
    kiosk.ends_after(1);
}

fn the_certificate_is_in_its_grace_months(panel: Panel) {
    let mut kiosk = panel.at_site(notice("certificateExpiredGrace"), |_| {});
    kiosk.asks_the_insurer();
    kiosk.comes_to("confirm_name");
    kiosk.touch("continue");
    kiosk.comes_to_one("renewal", "after the end", |s| matches!(s, Screen::Renewal(Renewal { grace: true, .. })));
    kiosk.says("renewal-grace-limit", &[]);
    kiosk.says_the_day("renewal-usable-until", |_, usable| usable);
    kiosk.touch("close");
    kiosk.comes_to("done");
    let answers = kiosk.answers_of_the_last_file();
    assert!(answers.iter().all(|answer| *answer == ConsentAnswer::NotAsked), "{answers:?}");
}

fn the_welfare_ticket_is_missing(panel: Panel) {
    // 資格有効性 6: valid, but the welfare office has not registered the ticket yet.
    let missing = answer(|answer| {
        (answer.validity, answer.raw_validity) = (Validity::Unknown, "6".into());
        answer.qualifications.clear();
    });
    let mut kiosk = panel.at_site(missing, |_| {});
    kiosk.asks_the_insurer();
    kiosk.comes_to("fallback");
    kiosk.says("failure-not-confirmed", &[]);
    kiosk.says_of_the_fee(Failure::NotConfirmed);
    kiosk.touch("to-desk");
    kiosk.leaves_the_card();
    assert_eq!(kiosk.delivered().len(), 0);
}

fn the_answer_takes_long(panel: Panel) {
    let late = answer(|_| {}).map(Play::held);
    let mut kiosk = panel.at_site(late, |settings| settings.timing.slow = ms(50));
    kiosk.asks_the_insurer();
    let still = |screen: &Screen| matches!(screen, Screen::Checking(Checking { stage: CheckStage::StillAsking, .. }));
    kiosk.comes_to_one("checking", "longer than usual", still);
    kiosk.says("checking-still", &[]);
    assert_eq!(kiosk.qualification.release(), 1);
    kiosk.comes_to("confirm_name");
}
