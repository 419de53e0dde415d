//! A5 職員の目視: whoever can use neither face nor PIN is compared with the card by staff, for this visit only.

use std::sync::mpsc::{Receiver, channel};

use uketsuke::adapters::card::virtual_card::Fault;
use uketsuke::adapters::fake::{FaceRequest, Play, STAFF_CODE, evidence, valid_answer};
use uketsuke::domain::face::Evidence;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::Authentication;
use uketsuke::domain::session::StaffReason;
use uketsuke::domain::staff::WRONG_AT_MOST;
use uketsuke::domain::staff_order::{OrderId, Refusal, StaffCommand, StaffPlace, WhyByEye};
use uketsuke::ports::{AuditEvent, ByEye, QualificationCommand, QualificationReply};
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{CallStaff, Stopped};

use super::panel::Check;
use super::{Kiosk, Panel};

/// 本人とカードが目の前にある.
pub const SEEN: StaffCommand = StaffCommand::SeenByEye { before_me: true, why: WhyByEye::FaceNotTaken };

flows!(
    staff_are_asked_at_the_choice,
    staff_are_asked_after_two_faces,
    staff_are_asked_because_the_pin_is_locked,
    staff_are_asked_where_no_pin_exists,
    staff_are_asked_where_both_are_closed,
    staff_begin_by_themselves,
    the_eye_says_no,
    the_card_is_pulled_while_staff_look,
    the_patient_does_not_wait_for_staff,
    staff_enter_their_code_and_say_yes,
    staff_enter_their_code_and_say_no,
    staff_at_the_kiosk_order_what_the_desk_can,
    a_patient_guesses_the_staff_code,
    locked_before_says_where_to_go,
);

/// How the insurer is told that the patient was identified.
type Told = Receiver<Authentication>;

/// The first check is answered, and says how the patient was identified.
fn watched(panel: Panel) -> (Kiosk, Told) {
    let (tell, told) = channel();
    let check: Check = Play::reply(move |command| {
        if let QualificationCommand::Check { proof, .. } = command {
            assert!(proof.card_face.is_some(), "the card says nothing for itself");
            tell.send(proof.authentication).expect("the flow listens");
        }
        QualificationReply::Answer(Box::new(valid_answer()))
    });
    (panel.at_site([check], |settings| settings.staff_codes = true), told)
}

impl Kiosk {
    /// The patient has asked for staff, who say from their desk that they come.
    pub fn is_waited_for(&mut self) {
        let asked = |screen: &Screen| matches!(screen, Screen::CallStaff(CallStaff { reason: StaffReason::Asked, .. }));
        self.comes_to_one("call_staff", "asked for", asked);
        self.says("staff-title", &[]);
        self.staff(StaffCommand::Coming);
        let coming = |screen: &Screen| matches!(screen, Screen::CallStaff(CallStaff { coming: true, .. }));
        self.comes_to_one("call_staff", "somebody comes", coming);
        self.says("staff-coming-title", &[]);
    }

    fn by_eye(&self) -> Vec<ByEye> {
        let seen = |event| if let AuditEvent::VisualCheck { step, .. } = event { Some(step) } else { None };
        self.noted().into_iter().filter_map(seen).collect()
    }

    /// The eye says yes: the card face is opened, the visit goes on to its file, and the insurer knows how.
    fn is_recognised(&mut self, told: &Told) {
        self.staff(SEEN);
        self.types_code_b();
        self.is_received(told);
    }

    fn is_received(&mut self, told: &Told) {
        self.confirms_the_name();
        assert_eq!(told.try_recv(), Ok(Authentication::Visual));
        self.consents("consent-give");
        assert_eq!(self.by_eye().last(), Some(&ByEye::Approved));
    }
}

fn staff_are_asked_at_the_choice(panel: Panel) {
    let (mut kiosk, told) = watched(panel);
    kiosk.begins();
    kiosk.says("choose-help", &[]);
    kiosk.touch("call-staff");
    kiosk.is_waited_for();
    kiosk.is_recognised(&told);
    // For this visit only: the next one asks for face or PIN again.
    kiosk.ends_after(1);
}

fn staff_are_asked_after_two_faces(panel: Panel) {
    let (mut kiosk, told) = watched(panel);
    for _ in 0..2 {
        kiosk.face.on(FaceRequest::Match, Play::seen(Evidence { score: 0.1, ..evidence() }));
    }
    kiosk.knows_code_b();
    kiosk.begins();
    kiosk.touch("choose-face");
    kiosk.comes_to("face_help");
    kiosk.touch("retry");
    kiosk.has_no_more_tries();
    kiosk.says_nothing_of("本人では");
    kiosk.touch("ask-staff");
    kiosk.is_waited_for();
    kiosk.staff(SEEN);
    kiosk.is_received(&told);
    kiosk.is_over_with(1);
}

fn staff_are_asked_because_the_pin_is_locked(panel: Panel) {
    let (mut kiosk, told) = watched(panel);
    kiosk.comes_to("idle");
    kiosk.place_card_with(&[Fault::PinTries(1)]);
    kiosk.comes_to("choose_method");
    kiosk.touch("choose-pin");
    kiosk.comes_to("pin_last_try");
    kiosk.touch("enter-anyway");
    kiosk.comes_to("enter_pin");
    kiosk.types("9999");
    kiosk.touch("key-confirm");
    kiosk.comes_to("pin_locked");
    kiosk.says("locked-staff", &[]);
    kiosk.touch("ask-staff");
    kiosk.is_waited_for();
    kiosk.is_recognised(&told);
    kiosk.is_over_with(1);
}

fn staff_are_asked_where_no_pin_exists(panel: Panel) {
    let (mut kiosk, told) = watched(panel);
    kiosk.comes_to("idle");
    kiosk.place_card_with(&[Fault::PinAbsent]);
    kiosk.comes_to("choose_method");
    kiosk.says("choose-staff-text", &[]);
    kiosk.touch("choose-staff");
    kiosk.is_waited_for();
    kiosk.is_recognised(&told);
    kiosk.is_over_with(1);
}

/// A PIN locked elsewhere before, and code B near its end: the card cannot prove itself, so staff take in by paper.
fn staff_are_asked_where_both_are_closed(panel: Panel) {
    let (mut kiosk, told) = watched(panel);
    kiosk.comes_to("idle");
    kiosk.place_card_with(&[Fault::PinBlocked, Fault::CodeBBlocked]);
    kiosk.comes_to("choose_method");
    kiosk.says("failure-pin-blocked.title", &[]);
    kiosk.says("failure-code-b-blocked.title", &[]);
    assert!(!kiosk.can_press("choose-face"));
    kiosk.touch("choose-staff");
    kiosk.comes_to("call_staff");
    kiosk.staff_come_and_type(the_code());
    kiosk.comes_to("staff_panel");
    for off in ["staff-panel-by-eye", "staff-panel-another-try", "staff-panel-by-pin"] {
        assert!(!kiosk.can_press(off), "{off}");
    }
    kiosk.touch("staff-panel-finish");
    kiosk.leaves_the_card();
    assert!(told.try_recv().is_err(), "the insurer was asked");
    kiosk.is_over_with(0);
}

fn staff_begin_by_themselves(panel: Panel) {
    let (mut kiosk, told) = watched(panel);
    kiosk.begins();
    kiosk.is_recognised(&told);
    kiosk.is_over_with(1);
}

fn the_eye_says_no(panel: Panel) {
    let (mut kiosk, told) = watched(panel);
    kiosk.begins();
    kiosk.touch("call-staff");
    kiosk.is_waited_for();
    kiosk.staff(StaffCommand::NotTheSame);
    kiosk.comes_to("fallback");
    kiosk.says("failure-face-not-confirmed.title", &[]);
    kiosk.says_of_the_fee(Failure::FaceNotConfirmed);
    kiosk.says_nothing_of("本人では");
    kiosk.says_yes_and_goes_to_the_desk("fallback-ask-phone", "fallback-show-portal");
    assert_eq!(kiosk.by_eye(), [ByEye::Refused]);
    assert!(told.try_recv().is_err(), "the insurer was asked");
    kiosk.is_over_with(0);
}

/// A card that is off the reader proves nothing: what staff say meanwhile does not count.
fn the_card_is_pulled_while_staff_look(panel: Panel) {
    let (mut kiosk, told) = watched(panel);
    kiosk.begins();
    kiosk.take_card();
    kiosk.comes_to("card_away");
    kiosk.staff(SEEN);
    kiosk.place_card();
    kiosk.comes_to("choose_method");
    assert_eq!(kiosk.desk.answers(), [(OrderId(1), Err(Refusal::CardAway))]);
    assert_eq!(kiosk.by_eye(), []);
    kiosk.is_recognised(&told);
    kiosk.is_over_with(1);
}

/// Whoever called does not wait and goes on; staff who said that they come are late.
fn the_patient_does_not_wait_for_staff(panel: Panel) {
    let (mut kiosk, told) = watched(panel);
    kiosk.begins();
    kiosk.touch("call-staff");
    kiosk.is_waited_for();
    kiosk.touch("go-on");
    kiosk.comes_to("choose_method");
    kiosk.touch("cancel");
    kiosk.comes_to_one("stopped", "cancelled", |s| {
        matches!(s, Screen::Stopped(Stopped { failure: Failure::Cancelled, .. }))
    });
    kiosk.staff(SEEN);
    kiosk.touch("back-to-start");
    kiosk.leaves_the_card();
    assert_eq!(kiosk.desk.answers().last(), Some(&(OrderId(1), Err(Refusal::NotHere))));
    assert!(told.try_recv().is_err(), "the insurer was asked");
    kiosk.is_over_with(0);
}

impl Kiosk {
    /// Staff come to the kiosk and type.
    fn staff_come_and_type(&mut self, code: &str) {
        self.comes_to("call_staff");
        self.touch("staff-here");
        self.comes_to("enter_staff_code");
        self.types(code);
        self.touch("key-confirm");
    }
}

fn the_code() -> &'static str {
    std::str::from_utf8(&STAFF_CODE).expect("digits")
}

fn staff_enter_their_code_and_say_yes(panel: Panel) {
    let (mut kiosk, told) = watched(panel);
    kiosk.begins();
    kiosk.touch("call-staff");
    kiosk.comes_to("call_staff");
    kiosk.touch("staff-here");
    kiosk.comes_to("enter_staff_code");
    kiosk.says("staff-entry-title", &[]);
    kiosk.types("24");
    kiosk.touch("back");
    kiosk.staff_come_and_type(the_code());
    kiosk.comes_to("staff_panel");
    assert!(kiosk.can_press("staff-panel-by-pin") && !kiosk.can_press("staff-panel-back"));
    kiosk.touch("staff-panel-by-eye");
    kiosk.comes_to("visual_check");
    kiosk.says("visual-here-title", &[]);
    kiosk.touch("visual-same");
    kiosk.types_code_b();
    kiosk.is_received(&told);
    // For this visit only.
    kiosk.ends_after(1);
}

fn staff_enter_their_code_and_say_no(panel: Panel) {
    let (mut kiosk, told) = watched(panel);
    kiosk.begins();
    kiosk.touch("call-staff");
    kiosk.staff_come_and_type(the_code());
    kiosk.comes_to("staff_panel");
    kiosk.touch("staff-panel-by-eye");
    kiosk.comes_to("visual_check");
    kiosk.touch("visual-not-same");
    kiosk.comes_to("fallback");
    kiosk.says_of_the_fee(Failure::FaceNotConfirmed);
    kiosk.says_nothing_of("本人では");
    assert_eq!(kiosk.by_eye(), [ByEye::Started, ByEye::Refused]);
    assert!(told.try_recv().is_err(), "the insurer was asked");
}

/// At the panel: one step back, the PIN, the way back to the patient's place; each stands in the audit log with its name.
fn staff_at_the_kiosk_order_what_the_desk_can(panel: Panel) {
    let (mut kiosk, _told) = watched(panel);
    kiosk.begins();
    kiosk.touch("choose-pin");
    kiosk.comes_to("enter_pin");
    let opens = |kiosk: &mut Kiosk| {
        kiosk.touch("call-staff");
        kiosk.staff_come_and_type(the_code());
        kiosk.comes_to("staff_panel");
    };
    opens(&mut kiosk);
    kiosk.touch("staff-panel-close");
    kiosk.comes_to("enter_pin");
    opens(&mut kiosk);
    kiosk.touch("staff-panel-back");
    kiosk.comes_to("choose_method");
    opens(&mut kiosk);
    kiosk.touch("staff-panel-by-pin");
    kiosk.comes_to("enter_pin");
    opens(&mut kiosk);
    kiosk.touch("staff-panel-finish");
    kiosk.leaves_the_card();
    let ordered = |event| match event {
        AuditEvent::StaffOrdered { by, command, refused: None } => Some((by.place, command)),
        _ => None,
    };
    let ordered: Vec<_> = kiosk.noted().into_iter().filter_map(ordered).collect();
    let wanted = [StaffCommand::OneStepBack, StaffCommand::GoOnByPin, StaffCommand::FinishAndWipe];
    assert_eq!(ordered, wanted.map(|command| (StaffPlace::Kiosk, command)));
}

fn a_patient_guesses_the_staff_code(panel: Panel) {
    let (mut kiosk, told) = watched(panel);
    kiosk.begins();
    kiosk.touch("call-staff");
    kiosk.staff_come_and_type("111111");
    kiosk.waits_for_the_words("staff-entry-wrong");
    for _ in 1..WRONG_AT_MOST {
        kiosk.types("111111");
        kiosk.touch("key-confirm");
        kiosk.typed(0);
    }
    kiosk.waits_for_the_words("staff-entry-closed");
    assert!(!kiosk.can_press("key-1"));
    kiosk.touch("cancel");
    kiosk.leaves_the_card();
    let refused = kiosk.noted().into_iter().filter(|event| *event == AuditEvent::StaffCodeRefused).count();
    assert_eq!((refused, kiosk.by_eye()), (WRONG_AT_MOST as usize, vec![]));
    assert!(told.try_recv().is_err(), "the insurer was asked");
}

fn locked_before_says_where_to_go(mut kiosk: Kiosk) {
    kiosk.comes_to("idle");
    kiosk.place_card_with(&[Fault::PinBlocked]);
    kiosk.comes_to("choose_method");
    kiosk.says("failure-pin-blocked.title", &[]);
    kiosk.touch("choose-pin");
    kiosk.comes_to("pin_locked");
    kiosk.says("locked-before", &[]);
    kiosk.says("locked-reset-text", &[]);
    kiosk.touch("use-face");
    kiosk.comes_to("enter_code_b");
}
