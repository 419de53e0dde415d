//! The face: one hint at a time, liveness in doubt, cameras that do not serve, portraits that do not exist.

use std::sync::mpsc::channel;

use uketsuke::adapters::card::virtual_card::Fault;
use uketsuke::adapters::fake::{CodeBRequest, FaceRequest, HandoffRequest, Play, evidence};
use uketsuke::domain::face::{Evidence, Hint, Verdict};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::pin::EnteredBy;
use uketsuke::domain::secret::Secret;
use uketsuke::ports::{AuditEvent, CodeBReply, Delivery, Observation, Receipt};
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{ChooseMethod, FaceCapture, FaceHelp};

use super::kiosk::person;
use super::{Kiosk, Panel};

flows!(
    one_hint_at_a_time,
    no_live_face_then_staff,
    no_live_face_then_the_pin,
    each_camera_fault_leaves_pin_and_staff,
    the_gateway_takes_no_face,
    a_childs_card_without_portrait,
);

impl Kiosk {
    /// The source of codes B knows the one of the next card face.
    pub fn knows_code_b(&self) {
        let found = |_: &CodeBRequest| {
            let code = person().code_b().into_bytes();
            CodeBReply::Found(Secret::new(code.try_into().expect("fourteen digits")))
        };
        self.code_b.on(CodeBRequest::Find, Play::reply(found));
    }

    /// From idle to the help after the first try.
    fn is_helped_with_the_face(&mut self) {
        self.knows_code_b();
        self.begins();
        self.touch("choose-face");
        self.comes_to("face_help");
    }

    /// Cancelled from this screen; the card is taken and the next visit may begin.
    fn gives_up(&mut self) {
        self.touch("cancel");
        self.comes_to("stopped");
        self.touch("back-to-start");
        self.leaves_the_card();
        self.take_card();
        self.comes_to("idle");
    }
}

fn one_hint_at_a_time(mut kiosk: Kiosk) {
    let hints = [
        (Hint::NoFace, "hint-no-face"),
        (Hint::TwoFaces, "hint-two-faces"),
        (Hint::TooNear, "hint-too-near"),
        (Hint::TooFar, "hint-too-far"),
        (Hint::TooDark, "hint-too-dark"),
        (Hint::Backlit, "hint-backlit"),
        (Hint::Mask, "hint-mask"),
        (Hint::GlassesGlare, "hint-glasses-glare"),
    ];
    kiosk.face.on(FaceRequest::Match, Play::usual().held());
    kiosk.knows_code_b();
    kiosk.begins();
    kiosk.touch("choose-face");
    kiosk.at_the_camera(1);
    for (hint, words) in hints {
        kiosk.hints(hint, words);
        for (_, other) in hints.iter().filter(|(other, _)| *other != hint) {
            assert!(!kiosk.has(other), "{other} beside {words}");
        }
    }
    let (ticket, _) = *kiosk.face.received().last().expect("an attempt");
    kiosk.face.observe(Observation::FaceProgress(ticket, 60));
    let seen = |screen: &Screen| matches!(screen, Screen::FaceCapture(FaceCapture { progress: 60, .. }));
    kiosk.comes_to_one("face_capture", "more than half seen", seen);
    assert_eq!(kiosk.face.release(), 1);
    kiosk.confirms_the_name();
    kiosk.consents("consent-give");
    kiosk.is_over_with(1);
}

/// Twice in a row no live person was seen, which says nothing of who it is; neither does the screen.
fn is_not_live_twice(panel: Panel) -> Kiosk {
    let mut kiosk = Kiosk::from(panel);
    for liveness in [0.1, 0.2] {
        kiosk.face.on(FaceRequest::Match, Play::seen(Evidence { liveness, ..evidence() }));
    }
    kiosk.is_helped_with_the_face();
    kiosk.says("face-help-retry-title", &[]);
    kiosk.says("hint-move-a-little", &[]);
    kiosk.touch("retry");
    kiosk.has_no_more_tries();
    kiosk.says("failure-face-not-live", &[]);
    for blame in ["本人では", "別人", "なりすまし", "偽"] {
        kiosk.says_nothing_of(blame);
    }
    let judged = kiosk.noted().into_iter().filter(|event| *event == AuditEvent::FaceJudged(Verdict::NotLive));
    assert_eq!(judged.count(), 2);
    kiosk
}

fn no_live_face_then_staff(panel: Panel) {
    let mut kiosk = is_not_live_twice(panel);
    kiosk.touch("ask-staff");
    kiosk.is_waited_for();
    kiosk.staff(super::by_eye::SEEN);
    kiosk.confirms_the_name();
    kiosk.consents("consent-give");
    kiosk.ends_after(1);
}

/// Taking the card off and laying it down again gives no new tries of the face.
fn no_live_face_then_the_pin(panel: Panel) {
    let mut kiosk = is_not_live_twice(panel);
    kiosk.gives_up();
    kiosk.place_card();
    kiosk.comes_to("choose_method");
    kiosk.says("failure-face-not-confirmed.title", &[]);
    assert!(!kiosk.can_press("choose-face"));
    kiosk.identifies_by_pin();
    kiosk.consents("consent-give");
    assert_eq!((kiosk.delivered().len(), kiosk.face.count(FaceRequest::Match)), (1, 2));
}

fn each_camera_fault_leaves_pin_and_staff(mut kiosk: Kiosk) {
    let faults = [
        (Failure::CameraGone, "failure-camera-gone"),
        (Failure::CameraNoPicture, "failure-camera-no-picture"),
        (Failure::CameraBusy, "failure-camera-busy"),
        (Failure::CameraPrivate, "failure-camera-private"),
        (Failure::CameraFormat, "failure-camera-format"),
    ];
    for (failure, words) in faults {
        kiosk.camera.on((), Play::fail(failure));
        kiosk.face.on(FaceRequest::Match, Play::usual().held());
        kiosk.is_helped_with_the_face();
        let told =
            move |screen: &Screen| matches!(screen, Screen::FaceHelp(FaceHelp { failure: now, .. }) if *now == failure);
        kiosk.comes_to_one("face_help", words, told);
        kiosk.says("face-help-other-title", &[]);
        kiosk.says(words, &[]);
        kiosk.says(&format!("{words}.title"), &[]);
        kiosk.says("staff-code", &[("code", failure.code().into())]);
        assert!(kiosk.can_press("use-pin") && kiosk.can_press("ask-staff"), "PIN and staff side by side");
        assert!(!kiosk.can_press("retry") && !kiosk.camera.is_open());
        if failure != Failure::CameraFormat {
            kiosk.gives_up();
        }
    }
    kiosk.touch("use-pin");
    kiosk.comes_to("enter_pin");
    kiosk.types("1234");
    kiosk.touch("key-confirm");
    kiosk.confirms_the_name();
    kiosk.consents("consent-give");
    assert_eq!(kiosk.delivered().len(), 1);
}

/// The face was right, and the other side takes none: that is not the patient's fault.
fn the_gateway_takes_no_face(panel: Panel) {
    let mut kiosk = panel.refusing(&[Failure::CheckRefused]);
    kiosk.is_helped_with_the_face();
    kiosk.says("face-help-refused", &[]);
    kiosk.touch("use-pin");
    kiosk.comes_to("enter_pin");
    kiosk.types("1234");
    kiosk.touch("key-confirm");
    kiosk.confirms_the_name();
    kiosk.consents("consent-give");
    kiosk.ends_after(1);
}

fn a_childs_card_without_portrait(mut kiosk: Kiosk) {
    let (tell, told) = channel();
    let delivered = Play::reply(move |order: &uketsuke::ports::DeliveryOrder| {
        tell.send(order.entered_by).expect("the flow listens");
        Delivery::Done(Receipt { file: "a.xml".into(), duplicate: false })
    });
    kiosk.handoff.on(HandoffRequest::Deliver, delivered);
    kiosk.knows_code_b();
    kiosk.comes_to("idle");
    kiosk.place_card_with(&[Fault::NoPortrait]);
    kiosk.comes_to("choose_method");
    kiosk.touch("choose-face");
    let off =
        |screen: &Screen| matches!(screen, Screen::ChooseMethod(ChooseMethod { face: Err(Failure::NoPortrait), .. }));
    kiosk.comes_to_one("choose_method", "no portrait", off);
    kiosk.says("failure-no-portrait.title", &[]);
    kiosk.says("choose-guardian", &[]);
    assert!(!kiosk.can_press("choose-face"));
    kiosk.touch("choose-pin");
    kiosk.comes_to("enter_pin");
    kiosk.says("pin-guardian", &[]);
    kiosk.touch("who-enters");
    kiosk.comes_to("ask_who_enters");
    kiosk.touch("who-family");
    kiosk.comes_to("enter_pin");
    kiosk.types("1234");
    kiosk.touch("key-confirm");
    kiosk.confirms_the_name();
    kiosk.consents("consent-give");
    assert_eq!(told.try_recv(), Ok(Some(EnteredBy::Family)));
    kiosk.is_over_with(1);
}
