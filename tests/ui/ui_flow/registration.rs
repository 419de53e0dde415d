//! 初回登録 inside the visit: offered, agreed to, declined at either screen, not possible yet.

use uketsuke::adapters::fake::{Play, QualificationRequest};
use uketsuke::domain::failure::Failure;
use uketsuke::ports::QualificationReply;
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::RegisterTerms;

use super::{Kiosk, Panel};

flows!(
    registered_on_the_spot,
    declined_when_offered,
    terms_are_declined,
    registration_works_later,
    registration_works_on_another_day,
);

impl Kiosk {
    /// The insurer does not know the card yet.
    fn is_not_registered(panel: Panel) -> Kiosk {
        let mut kiosk = panel.refusing(&[Failure::NotRegistered]);
        kiosk.asks_the_insurer();
        kiosk.comes_to("register_offer");
        kiosk.says("register-question", &[]);
        kiosk.says("register-time", &[]);
        kiosk
    }

    fn reads_the_terms(&mut self) {
        self.touch("continue");
        self.comes_to("register_terms");
        self.says("terms-sample", &[]);
    }

    /// Turns the pages of the terms, which nobody can agree to before the last one.
    pub fn turns_to_the_last_page(&mut self) {
        let mut turned: u16 = 0;
        while self.can_press("next-page") {
            assert!(!self.can_press("terms-agree"), "agreeing before the last page");
            self.touch("next-page");
            turned += 1;
            let page = move |screen: &Screen| matches!(screen, Screen::RegisterTerms(RegisterTerms { page, .. }) if *page == turned);
            self.comes_to_one("register_terms", "the next page", page);
        }
        assert!(turned > 0, "the sample fills more than one page");
    }

    /// Whoever is not registered is asked for 資格確認書 and for nothing else.
    fn is_asked_for_the_certificate(&mut self) {
        self.comes_to("fallback");
        self.says_of_the_fee(Failure::NotRegistered);
        self.touch("continue");
        self.comes_to("fallback_ask");
        self.says("fallback-ask-certificate", &[]);
    }
}

fn registered_on_the_spot(panel: Panel) {
    let mut kiosk = Kiosk::is_not_registered(panel);
    kiosk.qualification.on(QualificationRequest::Register, Play::usual().held());
    kiosk.reads_the_terms();
    kiosk.turns_to_the_last_page();
    kiosk.touch("terms-agree");
    kiosk.comes_to("registering");
    kiosk.says("registering-text", &[]);
    assert_eq!(kiosk.qualification.release(), 1);
    kiosk.comes_to("registered");
    kiosk.touch("get-qualification");
    kiosk.confirms_the_name();
    kiosk.consents("consent-give");
    kiosk.ends_after(1);
}

fn declined_when_offered(panel: Panel) {
    let mut kiosk = Kiosk::is_not_registered(panel);
    kiosk.touch("stop");
    kiosk.is_asked_for_the_certificate();
    kiosk.touch("yes");
    kiosk.comes_to("fallback_show");
    kiosk.says("fallback-show-certificate", &[]);
    kiosk.touch("to-desk");
    kiosk.leaves_the_card();
    assert_eq!(kiosk.qualification.count(QualificationRequest::Register), 0);
    kiosk.is_over_with(0);
}

fn terms_are_declined(panel: Panel) {
    let mut kiosk = Kiosk::is_not_registered(panel);
    kiosk.reads_the_terms();
    kiosk.turns_to_the_last_page();
    kiosk.touch("cancel");
    kiosk.is_asked_for_the_certificate();
    kiosk.touch("no");
    kiosk.comes_to("fallback_show");
    kiosk.says("fallback-show-staff", &[]);
    kiosk.says_of_the_fee(Failure::NotRegistered);
    kiosk.touch("to-desk");
    kiosk.leaves_the_card();
    assert_eq!(kiosk.qualification.count(QualificationRequest::Register), 0);
    kiosk.ends_after(0);
}

/// From the offer to the answer of a registration that cannot be made today.
fn is_refused_today(panel: Panel, play: Play<uketsuke::adapters::fake::QualificationPort>) -> Kiosk {
    let mut kiosk = Kiosk::is_not_registered(panel);
    kiosk.qualification.on(QualificationRequest::Register, play);
    kiosk.reads_the_terms();
    kiosk.turns_to_the_last_page();
    kiosk.touch("terms-agree");
    kiosk.comes_to("register_refused");
    kiosk
}

fn registration_works_later(panel: Panel) {
    let from = "2026-11-24T12:00:00+09:00".parse().expect("a time");
    let mut kiosk = is_refused_today(panel, Play::reply(move |_| QualificationReply::NotYet(Some(from))));
    kiosk.says("refused-from", &[("date", "2026年11月24日".into()), ("time", "12:00".into())]);
    kiosk.touch("continue");
    kiosk.is_asked_for_the_certificate();
    assert_eq!(kiosk.delivered().len(), 0);
}

fn registration_works_on_another_day(panel: Panel) {
    let mut kiosk = is_refused_today(panel, Play::fail(Failure::RegistrationNotYet));
    kiosk.says("failure-registration-not-yet", &[]);
    kiosk.touch("continue");
    kiosk.is_asked_for_the_certificate();
    assert_eq!(kiosk.delivered().len(), 0);
}
