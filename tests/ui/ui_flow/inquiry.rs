//! 登録状況の確認・利用登録: asked from the idle screen, without a reception.

use uketsuke::adapters::fake::{Play, QualificationRequest, registered, unregistered};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::registration::{Application, Linkage, RegistrationStatus};
use uketsuke::ports::QualificationReply;
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::Stopped;

use super::Kiosk;

flows!(
    asked_whether_registered,
    asked_while_it_is_prepared,
    asked_and_nobody_knows,
    asked_and_registered,
    asked_and_declined,
    asked_too_early,
    asked_in_vain,
    asked_and_the_card_is_taken,
);

impl Kiosk {
    /// From idle to the answer.
    fn asks_about_the_registration(&mut self) {
        self.asks_until("registration_status");
    }

    /// The same, to what comes of it.
    fn asks_until(&mut self, screen: &'static str) {
        self.comes_to("idle");
        self.touch("inquire");
        self.comes_to("place_card");
        self.place_card();
        self.comes_to("choose_method");
        self.touch("choose-pin");
        self.comes_to("enter_pin");
        self.types("1234");
        self.touch("key-confirm");
        self.comes_to(screen);
    }

    /// The gateway says that the registration stands so.
    fn stands(&self, status: RegistrationStatus) {
        self.qualification.on(QualificationRequest::Inquire, Play::reply(move |_| QualificationReply::Status(status)));
    }

    /// From the answer to the last page of the terms.
    fn applies(&mut self) {
        self.touch("apply");
        self.comes_to("register_offer");
        self.touch("continue");
        self.comes_to("register_terms");
        self.turns_to_the_last_page();
    }

    /// Neither check nor file.
    fn ends_without_a_check(&mut self) {
        self.leaves_the_card();
        assert_eq!((self.qualification.count(QualificationRequest::Check), self.delivered().len()), (0, 0));
    }

    fn leaves_nothing_of_the_inquiry(&mut self) {
        self.ends_without_a_check();
        self.is_over_with(0);
    }
}

fn asked_whether_registered(mut kiosk: Kiosk) {
    kiosk.asks_about_the_registration();
    kiosk.says("status-title-completed", &[]);
    kiosk.says("status-application-accepted", &[]);
    kiosk.says("status-linkage-completed", &[]);
    assert!(!kiosk.can_press("apply"), "it is registered already");
    kiosk.touch("end");
    kiosk.ends_without_a_check();
    // The next visit is a reception.
    kiosk.ends_after(0);
}

fn asked_while_it_is_prepared(mut kiosk: Kiosk) {
    kiosk.stands(RegistrationStatus { linkage: Linkage::Preparing, registered_at: None, ..registered() });
    kiosk.asks_about_the_registration();
    kiosk.says("status-title-preparing", &[]);
    kiosk.says("status-linkage-preparing", &[]);
    assert!(!kiosk.can_press("apply"), "it was applied for already");
    kiosk.touch("end");
    kiosk.leaves_nothing_of_the_inquiry();
}

fn asked_and_nobody_knows(mut kiosk: Kiosk) {
    kiosk.stands(RegistrationStatus { application: Application::Unknown, linkage: Linkage::Unknown, ..unregistered() });
    kiosk.asks_about_the_registration();
    kiosk.says("status-title-unclear", &[]);
    assert!(!kiosk.can_press("apply"), "nobody knows whether it is registered");
    kiosk.touch("end");
    kiosk.leaves_nothing_of_the_inquiry();
}

fn asked_and_registered(mut kiosk: Kiosk) {
    kiosk.stands(unregistered());
    kiosk.qualification.on(QualificationRequest::Register, Play::reply(|_| QualificationReply::Registered));
    kiosk.asks_about_the_registration();
    kiosk.says("status-title-none", &[]);
    kiosk.applies();
    kiosk.touch("terms-agree");
    kiosk.comes_to("registered");
    kiosk.touch("end");
    kiosk.ends_without_a_check();
    // The next visit is a reception.
    kiosk.ends_after(0);
}

fn asked_and_declined(mut kiosk: Kiosk) {
    kiosk.stands(unregistered());
    kiosk.asks_about_the_registration();
    kiosk.applies();
    kiosk.touch("cancel");
    kiosk.comes_to_one("stopped", "cancelled", |s| {
        matches!(s, Screen::Stopped(Stopped { failure: Failure::Cancelled, .. }))
    });
    kiosk.touch("back-to-start");
    assert_eq!(kiosk.qualification.count(QualificationRequest::Register), 0);
    kiosk.leaves_nothing_of_the_inquiry();
}

fn asked_too_early(mut kiosk: Kiosk) {
    let from = "2026-11-24T12:00:00+09:00".parse().expect("a time");
    kiosk.stands(unregistered());
    let later = Play::reply(move |_| QualificationReply::NotYet(Some(from)));
    kiosk.qualification.on(QualificationRequest::Register, later);
    kiosk.asks_about_the_registration();
    kiosk.applies();
    kiosk.touch("terms-agree");
    kiosk.comes_to("register_refused");
    kiosk.says("refused-from", &[("date", "2026年11月24日".into()), ("time", "12:00".into())]);
    kiosk.touch("end");
    kiosk.leaves_nothing_of_the_inquiry();
}

/// Nobody waits to be received, so the reason is enough and no other proof is asked for.
fn asked_in_vain(mut kiosk: Kiosk) {
    kiosk.qualification.on(QualificationRequest::Inquire, Play::fail(Failure::GatewayUnreachable));
    kiosk.asks_until("stopped");
    kiosk.says("failure-gateway-unreachable.title", &[]);
    kiosk.touch("back-to-start");
    kiosk.leaves_nothing_of_the_inquiry();
}

fn asked_and_the_card_is_taken(mut kiosk: Kiosk) {
    kiosk.asks_about_the_registration();
    kiosk.take_card();
    kiosk.comes_to("idle");
    kiosk.rests_after(1);
    assert_eq!(kiosk.delivered().len(), 0);
}
