//! 登録状況の確認・利用登録: asked from the idle screen, without a reception.

use uketsuke::adapters::fake::{Play, QualificationRequest, unregistered};
use uketsuke::ports::QualificationReply;
use uketsuke::runtime::Screen;

use super::Kiosk;

impl Kiosk {
    /// From idle to the answer.
    fn asks_about_the_registration(&mut self) {
        self.comes_to("idle");
        self.touch("inquire");
        self.comes_to("place_card");
        self.place_card();
        self.comes_to("choose_method");
        self.touch("choose-pin");
        self.comes_to("enter_pin");
        self.types("1234");
        self.touch("key-confirm");
        self.comes_to("registration_status");
    }

    /// Turns the pages of the terms and agrees.
    pub fn agrees_on_the_last_page(&mut self) {
        let mut turned: u16 = 0;
        while self.can_press("next-page") {
            self.touch("next-page");
            turned += 1;
            let page = move |screen: &Screen| matches!(screen, Screen::RegisterTerms { page, .. } if *page == turned);
            self.comes_to_one("register_terms", "the next page", page);
        }
        self.touch("terms-agree");
    }

    /// Neither check nor file; the next visit is a reception.
    fn leaves_nothing_of_the_inquiry(mut self) {
        self.leaves_the_card();
        assert_eq!((self.qualification.count(QualificationRequest::Check), self.delivered().len()), (0, 0));
        self.ends_after(0);
    }
}

pub fn asked_whether_registered(mut kiosk: Kiosk) {
    kiosk.asks_about_the_registration();
    kiosk.says("status-title-completed", &[]);
    kiosk.says("status-application-accepted", &[]);
    kiosk.says("status-linkage-completed", &[]);
    assert!(!kiosk.can_press("apply"), "it is registered already");
    kiosk.touch("end");
    kiosk.leaves_nothing_of_the_inquiry();
}

pub fn asked_and_registered(mut kiosk: Kiosk) {
    let open = Play::reply(|_| QualificationReply::Status(unregistered()));
    kiosk.qualification.on(QualificationRequest::Inquire, open);
    kiosk.qualification.on(QualificationRequest::Register, Play::reply(|_| QualificationReply::Registered));
    kiosk.asks_about_the_registration();
    kiosk.says("status-title-none", &[]);
    kiosk.touch("apply");
    kiosk.comes_to("register_offer");
    kiosk.touch("continue");
    kiosk.comes_to("register_terms");
    kiosk.agrees_on_the_last_page();
    kiosk.comes_to("registered");
    kiosk.touch("end");
    kiosk.leaves_nothing_of_the_inquiry();
}
