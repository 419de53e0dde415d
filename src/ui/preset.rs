//! One view per screen, several where the data change what it looks like: for pictures, tests and reviews.

use crate::domain::card::Tries;
use crate::domain::face::Hint;
use crate::domain::failure::Failure;
use crate::domain::ids::ReceptionId;
use crate::domain::qualification::PatientName;
use crate::domain::secret::Personal;
use crate::domain::session::{CheckStage, DeliverStage, Method, StaffReason};
use crate::runtime::{Screen, View};
use crate::ui::Overlay;
use crate::ui::screen::Data;

/// A named view.
#[derive(Debug, Clone)]
pub struct Preset {
    /// The screen's file name, with what is special after a dash.
    pub name: String,
    /// What is shown.
    pub view: View,
    /// The panel over it.
    pub overlay: Option<Overlay>,
}

impl Preset {
    /// The preset as the window holds it.
    pub fn data(self) -> Data {
        Data { overlay: self.overlay, ..Data::of(self.view) }
    }
}

/// Every preset in the order of a visit.
pub fn all() -> Vec<Preset> {
    arrival().into_iter().chain(identity()).chain(check()).chain(ending()).chain(panels()).collect()
}

fn preset(special: &str, screen: Screen) -> Preset {
    let base = crate::ui::screen::name(&screen);
    let name = if special.is_empty() { base.to_owned() } else { format!("{base}-{special}") };
    let reception = !matches!(screen, Screen::Idle | Screen::OutOfOrder { .. } | Screen::CardLeft { .. });
    let training = matches!(screen, Screen::Idle) && special == "training";
    Preset { name, view: View { screen, reception: reception.then_some(ReceptionId(1)), training }, overlay: None }
}

/// Every panel over a screen that has all tools around it.
fn panels() -> Vec<Preset> {
    let over = |overlay: Overlay| {
        let below = preset("", Screen::PlaceCard);
        Preset { name: overlay.name().to_owned(), overlay: Some(overlay), ..below }
    };
    [Overlay::Language, Overlay::Display, Overlay::Sound, Overlay::Menu].map(over).into()
}

fn arrival() -> Vec<Preset> {
    vec![
        preset("", Screen::Idle),
        preset("training", Screen::Idle),
        preset("", Screen::OutOfOrder { failure: Failure::ReaderGone }),
        preset("", Screen::PlaceCard),
        preset("", Screen::ReadingCard),
        preset("other-card", Screen::WrongCard { failure: Failure::NotMyNumberCard }),
        preset("unreadable", Screen::WrongCard { failure: Failure::CardUnreadable }),
    ]
}

fn identity() -> Vec<Preset> {
    let pin = |typed, left, wrong| Screen::EnterPin { typed, tries: Tries::Left(left), wrong, face_possible: true };
    let code = |typed, problem, left| Screen::EnterCodeB { typed, problem, tries: Tries::Left(left) };
    let help = |hint, may_retry, pin_possible| Screen::FaceHelp {
        hint,
        may_retry,
        pin_possible,
        failure: Failure::FaceNotConfirmed,
    };
    vec![
        preset("", Screen::ChooseMethod { face: Ok(()), pin: Ok(()) }),
        preset("pin-blocked", Screen::ChooseMethod { face: Ok(()), pin: Err(Failure::PinBlocked) }),
        preset("no-camera", Screen::ChooseMethod { face: Err(Failure::CameraGone), pin: Ok(()) }),
        preset("", code(0, None, 10)),
        preset("typing", code(8, None, 10)),
        preset("wrong", code(0, Some(Failure::CodeBWrong), 9)),
        preset("", Screen::OpeningCardFace),
        preset("", Screen::FaceCapture { hint: None, attempt: 1 }),
        preset("too-far", Screen::FaceCapture { hint: Some(Hint::TooFar), attempt: 1 }),
        preset("hold-still", Screen::FaceCapture { hint: Some(Hint::HoldStill), attempt: 2 }),
        preset("", help(Some(Hint::TooNear), true, true)),
        preset("no-more", help(None, false, true)),
        preset("staff-only", help(None, false, false)),
        preset("", pin(0, 3, false)),
        preset("typing", pin(2, 3, false)),
        preset("full", pin(4, 3, false)),
        preset("wrong", pin(0, 2, true)),
        preset("last", pin(0, 1, true)),
        preset("", Screen::PinLocked { failure: Failure::PinBlocked, face_possible: true }),
        preset("no-face", Screen::PinLocked { failure: Failure::PinBlocked, face_possible: false }),
        preset("", Screen::VisualCheck),
    ]
}

fn check() -> Vec<Preset> {
    let checking = |stage| Screen::Checking { stage, method: Some(Method::Pin) };
    vec![
        preset("proof", checking(CheckStage::Proof)),
        preset("asking", checking(CheckStage::Asking)),
        preset("", Screen::Renewal { grace: false }),
        preset("grace", Screen::Renewal { grace: true }),
        preset("", Screen::RegisterOffer),
        preset("", Screen::RegisterTerms),
        preset("", Screen::Registering),
        preset("", Screen::Registered),
        preset("", Screen::RegisterRefused { failure: Failure::RegistrationNotYet }),
        preset("", Screen::Consenting),
    ]
}

fn ending() -> Vec<Preset> {
    let done = |name: &str, kana: &str| {
        let patient = PatientName { name: name.to_owned(), kana: Some(kana.to_owned()) };
        Screen::Done { patient: Personal(patient) }
    };
    vec![
        preset("", Screen::Delivering { stage: DeliverStage::File }),
        preset("", done("見本　花子", "ミホン　ハナコ")),
        preset("unwritable", done("見本　●太郎", "ミホン　ソウタロウ")),
        preset("long-name", done("SAMPLE MARIA FERNANDA DE LOS ANGELES", "サンプル　マリア　フェルナンダ")),
        preset("", Screen::CardLeft { alarms: 0 }),
        preset("alarm", Screen::CardLeft { alarms: 1 }),
        preset("timeout", Screen::Fallback { failure: Failure::GatewayTimeout }),
        preset("not-confirmed", Screen::Fallback { failure: Failure::NotConfirmed }),
        preset("asked", Screen::CallStaff { reason: StaffReason::Asked }),
        preset("wrong-name", Screen::CallStaff { reason: StaffReason::Failure(Failure::WrongName) }),
        preset("card-left", Screen::CallStaff { reason: StaffReason::CardLeft }),
        preset("card-gone", Screen::Stopped { failure: Failure::CardGone }),
        preset("timed-out", Screen::Stopped { failure: Failure::TimedOut }),
        preset("", Screen::CleaningUp),
    ]
}
