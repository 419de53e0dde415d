//! No answer, or none that helps: each reason in its own words, and every way of F1 to F5.

use uketsuke::adapters::card::virtual_card::Fault;
use uketsuke::adapters::fake::Play;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::Validity;
use uketsuke::domain::session::CheckStage;
use uketsuke::i18n::{Words, readable};
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{Checking, Fallback};

use super::kiosk::ms;
use super::panel::{Panel, answer};
use super::{Kiosk, name};

flows!(
    led_to_the_portal,
    led_to_the_notice,
    led_to_the_interview,
    led_to_the_form,
    led_without_a_phone_question,
    every_other_fault_of_the_line,
    no_answer_in_time,
    not_confirmed_without_blame,
    the_certificate_ended,
    the_certificate_was_revoked,
);

impl Kiosk {
    /// The promise about the fee where the kiosk or the line failed, and only there.
    pub fn says_of_the_fee(&mut self, failure: Failure) {
        const WORTH_NOTHING: [Failure; 7] = [
            Failure::NoCertificate,
            Failure::CertificateUnusable,
            Failure::CertificateEnded,
            Failure::CertificateRevoked,
            Failure::NotRegistered,
            Failure::RegistrationNotYet,
            Failure::NotConfirmed,
        ];
        let (said, other) = ("fallback-fee", "fallback-fee-desk");
        let (said, other) = if WORTH_NOTHING.contains(&failure) { (other, said) } else { (said, other) };
        self.says(said, &[]);
        self.says_nothing_of(&readable(&Words::of(self.language).get(other)));
    }

    /// The reason, what the fee does, and never a name.
    fn is_told_why(&mut self, failure: Failure) {
        let led =
            move |screen: &Screen| matches!(screen, Screen::Fallback(Fallback { failure: now, .. }) if *now == failure);
        self.comes_to_one("fallback", failure.slug(), led);
        self.says(&format!("failure-{}.title", failure.slug()), &[]);
        self.says(&format!("failure-{}", failure.slug()), &[]);
        self.says("staff-code", &[("code", failure.code().into())]);
        self.says_of_the_fee(failure);
        self.says_nothing_of(&name());
    }

    /// Each question is asked in turn; the last answer is yes where `found` says so.
    fn answers(&mut self, questions: &[&str], found: bool) {
        self.touch("continue");
        for (number, question) in (1..).zip(questions) {
            self.waits_for_the_words(question);
            self.touch(if found && number == questions.len() { "yes" } else { "no" });
        }
    }

    /// The one instruction, with the sentence about the fee again; then the counter, without a file.
    fn goes_to_the_desk(&mut self, failure: Failure, way: &str) {
        self.comes_to("fallback_show");
        self.says(way, &[]);
        self.says(&format!("{way}-text"), &[]);
        self.says_of_the_fee(failure);
        self.touch("to-desk");
        self.leaves_the_card();
        assert_eq!(self.delivered().len(), 0);
    }
}

fn led_to_the_portal(panel: Panel) {
    let mut kiosk = panel.refusing(&[Failure::GatewayTimeout]);
    kiosk.asks_the_insurer();
    kiosk.is_told_why(Failure::GatewayTimeout);
    kiosk.answers(&["fallback-ask-phone"], true);
    kiosk.goes_to_the_desk(Failure::GatewayTimeout, "fallback-show-portal");
    kiosk.is_over_with(0);
}

fn led_to_the_notice(panel: Panel) {
    let mut kiosk = panel.refusing(&[Failure::GatewayFault]);
    kiosk.asks_the_insurer();
    kiosk.is_told_why(Failure::GatewayFault);
    kiosk.answers(&["fallback-ask-phone", "fallback-ask-notice"], true);
    kiosk.goes_to_the_desk(Failure::GatewayFault, "fallback-show-notice");
    kiosk.is_over_with(0);
}

fn led_to_the_interview(panel: Panel) {
    let mut kiosk = panel.refusing(&[Failure::GatewayTls]);
    kiosk.asks_the_insurer();
    kiosk.is_told_why(Failure::GatewayTls);
    kiosk.answers(&["fallback-ask-phone", "fallback-ask-notice", "fallback-ask-been-here"], true);
    kiosk.goes_to_the_desk(Failure::GatewayTls, "fallback-show-spoken");
    kiosk.is_over_with(0);
}

/// The last way, found after a wrong answer was taken back.
fn led_to_the_form(panel: Panel) {
    let mut kiosk = panel.refusing(&[Failure::GatewayUnreachable]);
    kiosk.asks_the_insurer();
    kiosk.is_told_why(Failure::GatewayUnreachable);
    kiosk.answers(&["fallback-ask-phone"], true);
    kiosk.comes_to("fallback_show");
    kiosk.touch("back");
    kiosk.comes_to("fallback");
    kiosk.answers(&["fallback-ask-phone", "fallback-ask-notice", "fallback-ask-been-here"], false);
    kiosk.goes_to_the_desk(Failure::GatewayUnreachable, "fallback-show-form");
    kiosk.ends_after(0);
}

/// A card without PIN opens no マイナポータル, so nobody is asked for it.
fn led_without_a_phone_question(panel: Panel) {
    let mut kiosk = panel.refusing(&[Failure::GatewayUnreachable]);
    kiosk.knows_code_b();
    kiosk.comes_to("idle");
    kiosk.place_card_with(&[Fault::PinAbsent]);
    kiosk.comes_to("choose_method");
    kiosk.touch("choose-face");
    kiosk.is_told_why(Failure::GatewayUnreachable);
    kiosk.answers(&["fallback-ask-notice", "fallback-ask-been-here"], false);
    kiosk.goes_to_the_desk(Failure::GatewayUnreachable, "fallback-show-form");
    kiosk.is_over_with(0);
}

fn every_other_fault_of_the_line(panel: Panel) {
    const FAULTS: [Failure; 4] =
        [Failure::TerminalRefused, Failure::CheckRefused, Failure::GatewayAnswerInvalid, Failure::JournalUnwritable];
    let mut kiosk = panel.refusing(&FAULTS);
    for failure in FAULTS {
        kiosk.asks_the_insurer();
        kiosk.is_told_why(failure);
        kiosk.answers(&["fallback-ask-phone"], true);
        kiosk.goes_to_the_desk(failure, "fallback-show-portal");
        kiosk.take_card();
    }
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.consents("consent-give");
    assert_eq!(kiosk.delivered().len(), 1, "the line is there again");
}

/// First it is said that it takes long, then the visit goes on without the answer.
fn no_answer_in_time(panel: Panel) {
    let mut kiosk = panel.at_site([Play::never()], |settings| {
        (settings.timing.slow, settings.timing.check) = (ms(100), ms(3_000));
    });
    kiosk.asks_the_insurer();
    let still = |screen: &Screen| matches!(screen, Screen::Checking(Checking { stage: CheckStage::StillAsking, .. }));
    kiosk.comes_to_one("checking", "longer than usual", still);
    kiosk.says("checking-still", &[]);
    kiosk.is_told_why(Failure::GatewayTimeout);
    kiosk.answers(&["fallback-ask-phone"], true);
    kiosk.goes_to_the_desk(Failure::GatewayTimeout, "fallback-show-portal");
    kiosk.ends_after(0);
}

/// Invalid, a newer one, none, several, and a code that nobody knows: the patient reads the same of all of them.
fn not_confirmed_without_blame(panel: Panel) {
    let answers = [
        (Validity::Invalid, "2"),
        (Validity::Superseded, "3"),
        (Validity::NotFound, "4"),
        (Validity::Multiple, "5"),
        (Validity::Unknown, "9"),
    ];
    let checks = answers.into_iter().filter_map(|(validity, raw)| {
        answer(|answer| {
            answer.check_id = format!("answer {raw}");
            (answer.validity, answer.raw_validity) = (validity, raw.into());
        })
    });
    let mut kiosk = panel.at_site(checks, |_| {});
    for (_, raw) in answers {
        kiosk.asks_the_insurer();
        kiosk.is_told_why(Failure::NotConfirmed);
        ["無効", "資格がありません"].iter().for_each(|blame| kiosk.says_nothing_of(blame));
        kiosk.touch("to-desk");
        kiosk.leaves_the_card();
        kiosk.take_card();
        kiosk.comes_to("idle");
        // Staff follow it up; the receipt computer hears nothing.
        assert_eq!(kiosk.qualification.settled().last(), Some(&(format!("answer {raw}"), false)));
        assert_eq!(kiosk.delivered().len(), 0);
    }
    kiosk.rests_after(answers.len());
}

impl Kiosk {
    /// From idle to the counter with a card whose certificate is worth nothing any more.
    fn is_worth_nothing(&mut self, fault: Fault, failure: Failure) {
        self.comes_to("idle");
        self.place_card_with(&[fault]);
        self.comes_to("choose_method");
        self.touch("choose-pin");
        self.comes_to("enter_pin");
        self.types("1234");
        self.touch("key-confirm");
        self.is_told_why(failure);
    }
}

fn the_certificate_ended(panel: Panel) {
    let mut kiosk = panel.refusing(&[Failure::CertificateEnded]);
    kiosk.is_worth_nothing(Fault::PastGraceCertificate, Failure::CertificateEnded);
    kiosk.answers(&["fallback-ask-certificate"], true);
    kiosk.goes_to_the_desk(Failure::CertificateEnded, "fallback-show-certificate");
    kiosk.is_over_with(0);
}

fn the_certificate_was_revoked(panel: Panel) {
    let mut kiosk = panel.refusing(&[Failure::CertificateRevoked]);
    kiosk.is_worth_nothing(Fault::RevokedCertificate, Failure::CertificateRevoked);
    kiosk.answers(&["fallback-ask-certificate"], false);
    kiosk.goes_to_the_desk(Failure::CertificateRevoked, "fallback-show-staff");
    kiosk.ends_after(0);
}
