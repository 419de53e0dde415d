//! Proving who one is: what the patient sees, stops before, corrects and does instead.

use uketsuke::adapters::card::virtual_card::{Fault, Keys};
use uketsuke::adapters::fake::{FaceRequest, Play, evidence};
use uketsuke::domain::code_b::{Part, Problem};
use uketsuke::domain::face::Evidence;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::session::StaffReason;
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{CallStaff, EnterCodeB, EnterPin, FaceHelp, PinLastTry, TypeOnReader};

use super::kiosk::{Kiosk, person};

flows!(
    digits_are_shown_on_demand,
    keys_stand_in_an_order_of_chance,
    the_pin_on_the_readers_own_keypad,
    staff_before_the_last_try,
    the_face_before_the_last_try,
    warned_after_two_wrong_entries,
    the_last_try_after_a_warning,
    locked_now_then_the_face,
    somebody_else_types,
    a_card_without_pin,
    code_b_with_a_mistake_corrected,
    code_b_is_refused_by_the_card,
    code_b_is_not_asked_near_its_end,
    a_second_face_then_the_pin,
    a_camera_fault_then_the_pin,
);

impl Kiosk {
    /// From idle to the choice with such a card.
    fn begins_with(&mut self, faults: &[Fault]) {
        self.comes_to("idle");
        self.place_card_with(faults);
        self.comes_to("choose_method");
    }

    /// From the choice to the keypad.
    fn at_the_pin(&mut self) {
        self.touch("choose-pin");
        self.comes_to("enter_pin");
    }

    fn enters(&mut self, digits: &str) {
        self.types(digits);
        self.touch("key-confirm");
    }

    /// The second try of the face did not do either.
    pub fn has_no_more_tries(&mut self) {
        let over = |screen: &Screen| matches!(screen, Screen::FaceHelp(FaceHelp { may_retry: false, .. }));
        self.comes_to_one("face_help", "no more tries", over);
        assert!(self.can_press("use-pin") && self.can_press("ask-staff"), "PIN and staff side by side");
        assert!(!self.can_press("retry"), "a third try");
    }

    fn at_part(&mut self, part: Part) {
        let shown =
            move |screen: &Screen| matches!(screen, Screen::EnterCodeB(EnterCodeB { entry }) if entry.part == part);
        self.comes_to_one("enter_code_b", &format!("{part:?}"), shown);
    }

    /// The whole code, as it is printed.
    pub fn types_code_b(&mut self) {
        let code = person().code_b();
        for (part, digits) in Part::ALL.into_iter().zip([&code[..6], &code[6..10], &code[10..]]) {
            self.at_part(part);
            self.enters(digits);
        }
    }

    /// The PIN is right: the insurer answers and the name is shown.
    fn ends_by_pin(mut self) {
        self.enters("1234");
        self.comes_to("confirm_name");
    }

    /// The card face opens and the face is right.
    fn ends_by_face(mut self) {
        self.types_code_b();
        self.comes_to("confirm_name");
    }
}

fn digits_are_shown_on_demand(mut kiosk: Kiosk) {
    kiosk.begins_with(&[]);
    kiosk.at_the_pin();
    kiosk.types("12");
    let hidden = ["1", "2", "3"].map(|digit| kiosk.count_of(digit));
    kiosk.touch("show-digits");
    kiosk.sees_digits(Some("12"));
    let shown = ["1", "2", "3"].map(|digit| kiosk.count_of(digit));
    assert_eq!(shown, [hidden[0] + 1, hidden[1] + 1, hidden[2]], "one box each");
    kiosk.touch("show-digits");
    kiosk.sees_digits(None);
    assert_eq!(["1", "2", "3"].map(|digit| kiosk.count_of(digit)), hidden);
    kiosk.touch("show-digits");
    kiosk.sees_digits(Some("12"));
    kiosk.touch("cancel");
    kiosk.comes_to("stopped");
    kiosk.sees_digits(None);
}

fn keys_stand_in_an_order_of_chance(mut kiosk: Kiosk) {
    kiosk.begins_with(&[]);
    kiosk.at_the_pin();
    kiosk.says("keypad-shuffle", &[]);
    kiosk.touch("shuffle-keys");
    kiosk.says("keypad-order", &[]);
    kiosk.ends_by_pin();
}

fn the_pin_on_the_readers_own_keypad(mut kiosk: Kiosk) {
    kiosk.has_a_reader_with_keypad();
    kiosk.begins_with(&[]);
    kiosk.touch("choose-pin");
    kiosk.comes_to("type_on_reader");
    kiosk.types_on_the_reader(Keys::Cancel);
    kiosk.comes_to("choose_method");
    kiosk.touch("choose-pin");
    kiosk.comes_to("type_on_reader");
    kiosk.types_on_the_reader(Keys::Digits(*b"9999"));
    kiosk.comes_to_one("type_on_reader", "wrong", |screen| {
        matches!(screen, Screen::TypeOnReader(TypeOnReader { wrong: true, .. }))
    });
    kiosk.says("pin-wrong", &[("count", 2.into())]);
    kiosk.types_on_the_reader(Keys::Digits(*b"1234"));
    kiosk.comes_to("confirm_name");
}

fn staff_before_the_last_try(mut kiosk: Kiosk) {
    kiosk.begins_with(&[Fault::PinTries(1)]);
    kiosk.touch("choose-pin");
    kiosk.comes_to("pin_last_try");
    kiosk.says("last-try-warning", &[]);
    kiosk.touch("ask-staff");
    let asked = CallStaff { reason: StaffReason::Asked, staff_entry: false, coming: false, go_on: true };
    let asked = Screen::CallStaff(asked);
    kiosk.comes_to_one("call_staff", "asked for", move |screen| *screen == asked);
    assert_eq!(kiosk.pins_sent(), 0);
}

fn the_face_before_the_last_try(mut kiosk: Kiosk) {
    kiosk.begins_with(&[Fault::PinTries(1)]);
    kiosk.touch("choose-pin");
    kiosk.comes_to("pin_last_try");
    kiosk.touch("use-face");
    assert_eq!(kiosk.pins_sent(), 0);
    kiosk.ends_by_face();
}

fn warned_after_two_wrong_entries(mut kiosk: Kiosk) {
    kiosk.begins_with(&[]);
    kiosk.at_the_pin();
    kiosk.enters("9999");
    kiosk.comes_to_one("enter_pin", "wrong", |screen| matches!(screen, Screen::EnterPin(EnterPin { wrong: true, .. })));
    kiosk.enters("8888");
    kiosk.comes_to_one("pin_last_try", "wrong again", |screen| {
        matches!(screen, Screen::PinLastTry(PinLastTry { wrong: true, .. }))
    });
    kiosk.says("last-try-wrong", &[]);
    kiosk.says("last-try-warning", &[]);
    kiosk.touch("use-face");
    kiosk.ends_by_face();
}

fn the_last_try_after_a_warning(mut kiosk: Kiosk) {
    kiosk.begins_with(&[Fault::PinTries(1)]);
    kiosk.touch("choose-pin");
    kiosk.comes_to("pin_last_try");
    kiosk.touch("enter-anyway");
    kiosk.comes_to("enter_pin");
    kiosk.says("pin-last", &[]);
    kiosk.ends_by_pin();
}

fn locked_now_then_the_face(mut kiosk: Kiosk) {
    kiosk.begins_with(&[Fault::PinTries(1)]);
    kiosk.touch("choose-pin");
    kiosk.comes_to("pin_last_try");
    kiosk.touch("enter-anyway");
    kiosk.comes_to("enter_pin");
    kiosk.enters("9999");
    kiosk.comes_to("pin_locked");
    kiosk.says("locked-now-title", &[]);
    kiosk.says("locked-reset-text", &[]);
    kiosk.touch("use-face");
    kiosk.ends_by_face();
}

fn somebody_else_types(mut kiosk: Kiosk) {
    kiosk.begins_with(&[]);
    kiosk.at_the_pin();
    kiosk.touch("who-enters");
    kiosk.comes_to("ask_who_enters");
    kiosk.touch("who-family");
    kiosk.comes_to("enter_pin");
    kiosk.says("pin-by-family", &[]);
    kiosk.ends_by_pin();
}

fn a_card_without_pin(mut kiosk: Kiosk) {
    kiosk.begins_with(&[Fault::PinAbsent]);
    kiosk.says("choose-face-only", &[]);
    kiosk.says_nothing_of("4桁の番号");
    kiosk.touch("choose-staff");
    kiosk.comes_to("call_staff");
}

fn code_b_with_a_mistake_corrected(mut kiosk: Kiosk) {
    kiosk.begins_with(&[]);
    kiosk.touch("choose-face");
    kiosk.at_part(Part::Birth);
    kiosk.enters("550230");
    let told = |screen: &Screen| matches!(screen, Screen::EnterCodeB(EnterCodeB { entry }) if entry.problem.is_some());
    kiosk.comes_to_one("enter_code_b", "a day that does not exist", told);
    kiosk.says("code-b-no-such-day", &[]);
    kiosk.says("code-b-no-try-used", &[]);
    assert_eq!(kiosk.codes_sent(), 0, "no try was spent");
    kiosk.touch("key-clear");
    kiosk.typed(0);
    kiosk.touch("era-later");
    let heisei =
        |screen: &Screen| matches!(screen, Screen::EnterCodeB(EnterCodeB { entry }) if entry.problem.is_none());
    kiosk.comes_to_one("enter_code_b", "the next era", heisei);
    kiosk.says("era-heisei", &[]);
    kiosk.enters(&person().code_b()[..6]);
    kiosk.at_part(Part::Expiry);
    kiosk.touch("back");
    kiosk.at_part(Part::Birth);
    kiosk.touch("key-confirm");
    kiosk.at_part(Part::Expiry);
    kiosk.enters(&person().code_b()[6..10]);
    kiosk.at_part(Part::Security);
    kiosk.enters(&person().code_b()[10..]);
    kiosk.comes_to("confirm_name");
    assert_eq!(kiosk.codes_sent(), 1);
}

/// Fourteen digits that can be right and are another card's: one try is used, and said to be.
fn code_b_is_refused_by_the_card(mut kiosk: Kiosk) {
    let code = person().code_b();
    let last = if code.ends_with('0') { '1' } else { '0' };
    let other = format!("{}{last}", &code[10..13]);
    kiosk.begins_with(&[]);
    kiosk.touch("choose-face");
    for (part, digits) in Part::ALL.into_iter().zip([&code[..6], &code[6..10], other.as_str()]) {
        kiosk.at_part(part);
        kiosk.enters(digits);
    }
    let told = |screen: &Screen| matches!(screen, Screen::EnterCodeB(EnterCodeB { entry }) if entry.problem == Some(Problem::Wrong));
    kiosk.comes_to_one("enter_code_b", "refused", told);
    kiosk.says("code-b-wrong", &[]);
    kiosk.says("code-b-tries", &[("count", 9.into())]);
    kiosk.ends_by_face();
}

fn code_b_is_not_asked_near_its_end(mut kiosk: Kiosk) {
    kiosk.begins_with(&[Fault::CodeBTries(3)]);
    kiosk.says("failure-code-b-blocked.title", &[]);
    kiosk.at_the_pin();
    kiosk.ends_by_pin();
}

fn a_second_face_then_the_pin(mut kiosk: Kiosk) {
    let stranger = Evidence { score: 0.1, ..evidence() };
    for _ in 0..2 {
        kiosk.face.on(FaceRequest::Match, Play::seen(stranger));
    }
    kiosk.begins_with(&[]);
    kiosk.touch("choose-face");
    kiosk.types_code_b();
    kiosk.comes_to("face_help");
    kiosk.touch("retry");
    kiosk.has_no_more_tries();
    kiosk.touch("use-pin");
    kiosk.comes_to("enter_pin");
    kiosk.ends_by_pin();
}

fn a_camera_fault_then_the_pin(mut kiosk: Kiosk) {
    kiosk.face.on(FaceRequest::Match, Play::fail(Failure::CameraGone));
    kiosk.begins_with(&[]);
    kiosk.touch("choose-face");
    kiosk.types_code_b();
    let told = |screen: &Screen| matches!(screen, Screen::FaceHelp(FaceHelp { failure: Failure::CameraGone, .. }));
    kiosk.comes_to_one("face_help", "no camera", told);
    kiosk.touch("use-pin");
    kiosk.comes_to("enter_pin");
    kiosk.ends_by_pin();
}
