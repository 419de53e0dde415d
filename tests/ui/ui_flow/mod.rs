//! Whole visits by finger and by keys alone: the real window over the real runtime and a virtual card, from idle to idle, on both panels.

/// Every flow as a test of its own, on both panels, by finger and by keys alone. A flow takes the [`Panel`], or the
/// usual [`Kiosk`] on it.
macro_rules! flows {
    ($($flow:ident),+ $(,)?) => {
        mod tall {
            use crate::ui_flow::{Hand, Panel};
            $(#[test] fn $flow() { super::$flow(Panel::tall(Hand::Finger).into()); })+
        }
        mod wide {
            use crate::ui_flow::{Hand, Panel};
            $(#[test] fn $flow() { super::$flow(Panel::wide(Hand::Finger).into()); })+
        }
        mod tall_by_keys {
            use crate::ui_flow::{Hand, Panel};
            $(#[test] fn $flow() { super::$flow(Panel::tall(Hand::Keys).into()); })+
        }
        mod wide_by_keys {
            use crate::ui_flow::{Hand, Panel};
            $(#[test] fn $flow() { super::$flow(Panel::wide(Hand::Keys).into()); })+
        }
    };
}

/// Every flow as a test of its own, on both panels, by finger.
macro_rules! on_both_panels {
    ($($flow:ident),+ $(,)?) => {
        mod tall {
            use crate::ui_flow::{Hand, Panel};
            $(#[test] fn $flow() { super::$flow(Panel::tall(Hand::Finger)); })+
        }
        mod wide {
            use crate::ui_flow::{Hand, Panel};
            $(#[test] fn $flow() { super::$flow(Panel::wide(Hand::Finger)); })+
        }
    };
}

mod by_eye;
mod cards;
mod comfort;
mod ends;
mod entry;
mod faces;
mod hostile;
mod inquiry;
mod kiosk;
mod long_name;
mod odd_keys;
mod panel;
mod printed_name;
mod refused;
mod registration;
mod rows;
mod show_card;

use uketsuke::adapters::fake::{FaceRequest, Play, evidence, qualification};
use uketsuke::domain::card::Tries;
use uketsuke::domain::consent::ConsentAnswer;
use uketsuke::domain::face::{Evidence, Hint};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::session::StaffReason;
use uketsuke::ports::{Frame, Observation};
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{CallStaff, ConsentOneByOne, EnterPin, FaceCapture, Stopped};

use kiosk::{Kiosk, PATIENCE};
use panel::{Hand, Panel};

flows!(
    by_pin_after_one_wrong_entry,
    by_face_at_the_second_try,
    consent_is_refused,
    cancelled_while_the_pin_is_typed,
    cancelled_before_the_camera,
    staff_are_called,
    a_wrong_name,
    consents_one_by_one,
    the_card_is_put_back,
    the_card_does_not_come_back,
);

impl Kiosk {
    /// From idle to the choice, with a touch first.
    fn begins(&mut self) {
        self.comes_to("idle");
        self.touch("start");
        self.comes_to("place_card");
        self.place_card();
        self.comes_to("choose_method");
    }

    /// Types digits; each one is seen on the screen before the next.
    pub fn types(&mut self, digits: &str) {
        for (place, digit) in (1_u8..).zip(digits.chars()) {
            self.touch(key(digit));
            self.typed(place);
        }
    }

    pub fn typed(&mut self, count: u8) {
        let shown = move |screen: &Screen| uketsuke::ui::screen::facts(screen).typed == Some(count);
        self.comes_to_one(self.screen(), &format!("{count} digits"), shown);
    }

    /// From the choice to the consent.
    fn identifies_by_pin(&mut self) {
        self.touch("choose-pin");
        self.comes_to("enter_pin");
        self.types("1234");
        self.touch("key-confirm");
        self.confirms_the_name();
    }

    /// From idle until the insurer is asked.
    fn asks_the_insurer(&mut self) {
        self.begins();
        self.touch("choose-pin");
        self.comes_to("enter_pin");
        self.types("1234");
        self.touch("key-confirm");
    }

    /// The name is shown before anything is handed over; it is the patient's.
    fn confirms_the_name(&mut self) {
        self.comes_to("confirm_name");
        self.says("done-name", &[("name", name().into())]);
        self.touch("continue");
        self.comes_to("consenting");
    }

    /// From the consent to the name.
    pub fn consents(&mut self, button: &'static str) {
        self.touch(button);
        self.comes_to("done");
        self.says("done-name", &[("name", name().into())]);
        self.says("done-take", &[]);
    }

    /// The card is taken and nothing of the visit is left but its file, where it has one.
    fn is_over_with(&mut self, deliveries: usize) {
        self.take_card();
        self.comes_to("idle");
        self.rests_after(1);
        assert_eq!(self.delivered().len(), deliveries);
    }

    /// The same, and the next visit, begun by the card alone, ends well.
    fn ends_after(mut self, deliveries: usize) {
        self.is_over_with(deliveries);
        self.place_card();
        if deliveries > 0 {
            // The same card on the same day: other consents, the same reception.
            self.comes_to("already_received");
            self.touch("renew");
        }
        self.comes_to("choose_method");
        self.identifies_by_pin();
        self.consents("consent-give");
        let delivered = self.delivered();
        assert_eq!(delivered.len(), deliveries + 1, "the next visit");
        assert_eq!(delivered.last().expect("a file").replaces.is_some(), deliveries > 0);
        self.take_card();
        self.comes_to("idle");
        self.rests_after(2);
    }

    /// From the fallback over its first question to what is shown at the desk.
    fn says_yes_and_goes_to_the_desk(&mut self, asked: &'static str, shown: &'static str) {
        self.touch("continue");
        self.waits_for_the_words(asked);
        self.touch("yes");
        self.comes_to("fallback_show");
        self.says(shown, &[]);
        self.touch("to-desk");
        self.leaves_the_card();
    }

    /// A visit that ended early with its card on the reader.
    fn leaves_the_card(&mut self) {
        self.comes_to("card_left");
        self.says("done-take", &[]);
    }

    fn answers_of_the_last_file(&self) -> Vec<ConsentAnswer> {
        self.delivered().last().expect("a file").consents.iter().map(|consent| consent.answer).collect()
    }
}

/// The name on the insurer's answer.
fn name() -> String {
    qualification().name.0
}

fn key(digit: char) -> &'static str {
    const KEYS: [&str; 10] = ["key-0", "key-1", "key-2", "key-3", "key-4", "key-5", "key-6", "key-7", "key-8", "key-9"];
    KEYS[digit.to_digit(10).expect("a digit") as usize]
}

fn by_pin_after_one_wrong_entry(mut kiosk: Kiosk) {
    kiosk.begins();
    kiosk.touch("choose-pin");
    kiosk.comes_to("enter_pin");
    kiosk.says("pin-tries", &[("count", 3.into())]);
    kiosk.types("9999");
    kiosk.touch("key-confirm");
    let wrong = |screen: &Screen| {
        matches!(screen, Screen::EnterPin(EnterPin { typed: 0, tries: Tries::Left(2), wrong: true, .. }))
    };
    kiosk.comes_to_one("enter_pin", "two tries left", wrong);
    kiosk.says("pin-wrong", &[("count", 2.into())]);
    kiosk.types("129");
    kiosk.touch("key-erase");
    kiosk.typed(2);
    kiosk.touch("key-clear");
    kiosk.typed(0);
    kiosk.types("1234");
    kiosk.touch("key-confirm");
    kiosk.confirms_the_name();
    assert_eq!((kiosk.pins_sent(), kiosk.delivered().len()), (2, 0));
    kiosk.consents("consent-give");
    let answers = kiosk.answers_of_the_last_file();
    assert!(!answers.is_empty() && answers.iter().all(|answer| *answer == ConsentAnswer::Given), "{answers:?}");
    kiosk.ends_after(1);
}

/// Lime left and magenta right of its middle.
fn two_colours() -> Frame {
    let line: Vec<u8> = (0..640).flat_map(|x| if x < 320 { LIME } else { MAGENTA }).collect();
    Frame::new(640, 480, line.repeat(480)).expect("a frame")
}

/// Colours that the window itself never shows.
const LIME: [u8; 3] = [120, 255, 0];
const MAGENTA: [u8; 3] = [255, 0, 200];

impl Kiosk {
    fn hints(&mut self, hint: Hint, words: &str) {
        let (ticket, _) = *self.face.received().last().expect("an attempt");
        self.face.observe(Observation::FaceHint(ticket, hint));
        let shown = move |screen: &Screen| matches!(screen, Screen::FaceCapture(FaceCapture { hint: Some(now), .. }) if *now == hint);
        self.comes_to_one("face_capture", words, shown);
        self.says(words, &[]);
    }

    /// From the choice to the camera, the code typed from the card.
    fn before_the_camera(&mut self) {
        self.touch("choose-face");
        self.types_code_b();
        self.at_the_camera(1);
    }

    fn at_the_camera(&mut self, attempt: u8) {
        let shown = move |screen: &Screen| matches!(screen, Screen::FaceCapture(FaceCapture { attempt: now, .. }) if *now == attempt);
        self.comes_to_one("face_capture", &format!("try {attempt}"), shown);
        assert!(self.face.wait_for(FaceRequest::Match, usize::from(attempt), PATIENCE), "no attempt {attempt}");
        assert!(self.camera.is_open());
    }
}

fn by_face_at_the_second_try(mut kiosk: Kiosk) {
    let stranger = |hint| Evidence { score: 0.1, main_hint: Some(hint), ..evidence() };
    kiosk.face.on(FaceRequest::Match, Play::seen(stranger(Hint::TooDark)).held());
    kiosk.face.on(FaceRequest::Match, Play::usual().held());
    kiosk.begins();
    kiosk.before_the_camera();

    assert!(kiosk.camera.publish(two_colours()));
    kiosk.shows_the_newest_frame();
    let painted = kiosk.painted([LIME, MAGENTA]);
    let [Some(lime), Some(magenta)] = painted else { panic!("no picture of the patient: {painted:?}") };
    assert!(magenta < lime, "not a mirror: magenta at {magenta}, lime at {lime}");

    kiosk.hints(Hint::TooFar, "hint-too-far");
    assert_eq!(kiosk.face.release(), 1);
    kiosk.comes_to("face_help");
    kiosk.says("hint-too-dark", &[]);
    assert!(!kiosk.camera.is_open());
    assert_eq!(kiosk.painted([LIME, MAGENTA]), [None, None], "the picture stays on the screen");

    kiosk.touch("retry");
    kiosk.at_the_camera(2);
    kiosk.says("face-attempt", &[("count", 2.into())]);
    kiosk.hints(Hint::KeepLooking, "hint-keep-looking");
    assert_eq!(kiosk.face.release(), 1);
    kiosk.confirms_the_name();
    assert!(!kiosk.camera.is_open());
    kiosk.consents("consent-give");
    assert_eq!(kiosk.pins_sent(), 0);
    kiosk.ends_after(1);
}

fn consent_is_refused(mut kiosk: Kiosk) {
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.consents("consent-refuse");
    let answers = kiosk.answers_of_the_last_file();
    assert!(!answers.is_empty() && answers.iter().all(|answer| *answer == ConsentAnswer::Refused), "{answers:?}");
    kiosk.ends_after(1);
}

fn cancelled_while_the_pin_is_typed(mut kiosk: Kiosk) {
    kiosk.begins();
    kiosk.touch("choose-pin");
    kiosk.comes_to("enter_pin");
    kiosk.types("12");
    kiosk.touch("cancel");
    kiosk.comes_to_one("stopped", "cancelled", |s| {
        matches!(s, Screen::Stopped(Stopped { failure: Failure::Cancelled, .. }))
    });
    kiosk.says("failure-cancelled", &[]);
    kiosk.touch("back-to-start");
    kiosk.leaves_the_card();
    assert_eq!(kiosk.pins_sent(), 0);
    kiosk.ends_after(0);
}

fn cancelled_before_the_camera(mut kiosk: Kiosk) {
    kiosk.face.on(FaceRequest::Match, Play::usual().held());
    kiosk.begins();
    kiosk.before_the_camera();
    kiosk.touch("cancel");
    kiosk.comes_to("stopped");
    assert!(!kiosk.camera.is_open());
    kiosk.touch("back-to-start");
    kiosk.leaves_the_card();
    kiosk.ends_after(0);
}

fn staff_are_called(mut kiosk: Kiosk) {
    let asked = |screen: &Screen| {
        let calls = |it: &CallStaff| it.reason == StaffReason::Asked && !it.staff_entry;
        matches!(screen, Screen::CallStaff(it) if calls(it))
    };
    kiosk.comes_to("idle");
    kiosk.touch("call-staff");
    kiosk.comes_to_one("call_staff", "asked for", asked);
    kiosk.touch("cancel");

    kiosk.begins();
    kiosk.touch("choose-pin");
    kiosk.comes_to("enter_pin");
    kiosk.types("1");
    kiosk.touch("call-staff");
    kiosk.comes_to_one("call_staff", "asked for", asked);
    kiosk.says("staff-title", &[]);
    kiosk.touch("cancel");
    kiosk.leaves_the_card();
    kiosk.ends_after(0);
}

fn a_wrong_name(mut kiosk: Kiosk) {
    kiosk.begins();
    kiosk.touch("choose-pin");
    kiosk.comes_to("enter_pin");
    kiosk.types("1234");
    kiosk.touch("key-confirm");
    kiosk.comes_to("confirm_name");
    kiosk.touch("not-my-name");
    let told = Screen::CallStaff(CallStaff {
        reason: StaffReason::Failure(Failure::WrongName),
        staff_entry: false,
        coming: false,
        go_on: false,
    });
    kiosk.comes_to_one("call_staff", "for a wrong name", move |screen| *screen == told);
    kiosk.says("failure-wrong-name", &[]);
    kiosk.says_nothing_of(&name());
    kiosk.touch("cancel");
    kiosk.leaves_the_card();
    kiosk.ends_after(0);
}

fn consents_one_by_one(mut kiosk: Kiosk) {
    let asks = |number: u8| move |screen: &Screen| matches!(screen, Screen::ConsentOneByOne(ConsentOneByOne { number: now, .. }) if *now == number);
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.touch("one-by-one");
    kiosk.comes_to_one("consent_one_by_one", "the first", asks(1));
    kiosk.says("consent-statement-records", &[]);
    kiosk.touch("consent-give");
    kiosk.comes_to_one("consent_one_by_one", "the second", asks(2));
    kiosk.touch("back");
    kiosk.comes_to_one("consent_one_by_one", "the first again", asks(1));
    kiosk.touch("consent-give");
    kiosk.comes_to_one("consent_one_by_one", "the second", asks(2));
    kiosk.touch("consent-refuse");
    kiosk.comes_to_one("consent_one_by_one", "the third", asks(3));
    kiosk.says("consent-refuse-under-40", &[]);
    kiosk.touch("consent-refuse");
    kiosk.comes_to("consent_summary");
    kiosk.consents("continue");
    let given = kiosk.answers_of_the_last_file().iter().filter(|answer| **answer == ConsentAnswer::Given).count();
    assert_eq!(given, 2, "drugs and visits, neither surgery nor check-ups");
    kiosk.ends_after(1);
}

fn the_card_is_put_back(mut kiosk: Kiosk) {
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.take_card();
    kiosk.comes_to("card_away");
    kiosk.says_nothing_of(&name());
    kiosk.place_card();
    kiosk.comes_to("consenting");
    kiosk.consents("consent-give");
    kiosk.ends_after(1);
}

fn the_card_does_not_come_back(mut kiosk: Kiosk) {
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.take_card();
    kiosk.comes_to("card_away");
    kiosk.touch("cancel");
    kiosk.comes_to("idle");
    assert_eq!(kiosk.delivered().len(), 0);
    kiosk.rests_after(1);
}
