//! The card's front shown to the one camera: read and put back, typed instead, another card, print that is not the chip's.

use uketsuke::adapters::fake::{CodeBRequest, Play};
use uketsuke::domain::code_b::{Print, PrintDates, PrintHint};
use uketsuke::domain::secret::Secret;
use uketsuke::domain::staff_news::StaffNews;
use uketsuke::ports::{CodeBReply, Observation};
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::ShowCard;

use super::Kiosk;
use super::kiosk::person;

flows!(
    the_card_is_shown_and_put_back,
    hints_stand_one_at_a_time,
    typed_instead,
    the_pin_instead,
    another_card_than_the_one_shown,
    nothing_is_read,
    print_that_is_not_the_chips,
);

/// What a camera reads from the card, its last day so many years later than the chip says.
fn print(later: u16) -> Print {
    let code = person().code_b();
    let two = |at: usize| code[at..at + 2].parse().expect("two digits");
    let until = person().card_until;
    let date = |value: i8| u16::try_from(value).expect("a part of a date");
    let until = [u16::try_from(until.year()).expect("a year") + later, date(until.month()), date(until.day())];
    let dates = Box::new(PrintDates { birth: [two(0), two(2), two(4)], gregorian: false, until });
    Print { code_b: Secret::copied(code.as_bytes()).expect("fourteen digits"), dates }
}

impl Kiosk {
    /// From idle to the card in the patient's hand; the camera will read this.
    fn shows(&mut self, read: impl Fn() -> CodeBReply + Send + 'static) {
        self.code_b.on(CodeBRequest::Find, Play::reply(|_| CodeBReply::CardWanted));
        self.code_b.on(CodeBRequest::Look, Play::reply(move |_| read()).held());
        self.begins();
        self.touch("choose-face");
        self.comes_to("show_card");
        self.says("show-title", &[]);
        self.says("show-take", &[]);
        self.take_card();
        let lifted = |screen: &Screen| matches!(screen, Screen::ShowCard(ShowCard { card: false, .. }));
        self.comes_to_one("show_card", "the card in the hand", lifted);
        self.says("show-front", &[]);
    }

    /// The camera has read, or gave up.
    fn looked(&mut self) {
        assert_eq!(self.code_b.release(), 1);
        self.comes_to("card_away");
    }
}

fn the_card_is_shown_and_put_back(mut kiosk: Kiosk) {
    kiosk.shows(|| CodeBReply::Read(print(0)));
    kiosk.looked();
    kiosk.says("show-read", &[]);
    kiosk.place_card();
    kiosk.comes_to("confirm_name");
    assert_eq!(kiosk.codes_sent(), 1);
    assert!(!kiosk.desk.news().contains(&StaffNews::PrintDiffers));
}

fn hints_stand_one_at_a_time(mut kiosk: Kiosk) {
    kiosk.shows(|| CodeBReply::Unknown);
    let (ticket, _) = *kiosk.code_b.received().last().expect("a look");
    for (hint, words) in [
        (PrintHint::Nearer, "show-nearer"),
        (PrintHint::Glare, "show-glare"),
        (PrintHint::FingerAway, "show-finger-away"),
        (PrintHint::OtherSide, "show-other-side"),
    ] {
        kiosk.code_b.observe(Observation::PrintHint(ticket, hint));
        let shown =
            move |screen: &Screen| matches!(screen, Screen::ShowCard(ShowCard { hint: Some(now), .. }) if *now == hint);
        kiosk.comes_to_one("show_card", words, shown);
        kiosk.says(words, &[]);
        assert!(!kiosk.has("show-front"));
    }
}

fn typed_instead(mut kiosk: Kiosk) {
    kiosk.shows(|| CodeBReply::Read(print(0)));
    kiosk.touch("type-code-b");
    kiosk.comes_to("card_away");
    assert!(!kiosk.has("show-read"));
    kiosk.place_card();
    kiosk.types_code_b();
    kiosk.comes_to("confirm_name");
}

fn the_pin_instead(mut kiosk: Kiosk) {
    kiosk.shows(|| CodeBReply::Read(print(0)));
    kiosk.touch("use-pin");
    kiosk.comes_to("card_away");
    kiosk.place_card();
    kiosk.comes_to("enter_pin");
    assert_eq!(kiosk.codes_sent(), 0);
}

fn another_card_than_the_one_shown(mut kiosk: Kiosk) {
    kiosk.shows(|| CodeBReply::Read(print(0)));
    kiosk.looked();
    kiosk.place_card_of("p02");
    kiosk.comes_to("stopped");
    kiosk.says("failure-card-swapped", &[]);
    assert_eq!(kiosk.codes_sent(), 0, "neither card hears of it");
}

fn nothing_is_read(mut kiosk: Kiosk) {
    kiosk.shows(|| CodeBReply::Unknown);
    kiosk.looked();
    kiosk.place_card();
    kiosk.types_code_b();
    kiosk.comes_to("confirm_name");
}

/// The patient goes on as anybody does; staff are told.
fn print_that_is_not_the_chips(mut kiosk: Kiosk) {
    kiosk.shows(|| CodeBReply::Read(print(1)));
    kiosk.looked();
    kiosk.place_card();
    kiosk.comes_to("confirm_name");
    assert!(kiosk.desk.news().contains(&StaffNews::PrintDiffers));
}
