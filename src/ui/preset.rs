//! One view per screen, several where the data change what it looks like: for pictures, tests and reviews.

use std::sync::Arc;

use iced::widget::image::Handle;
use jiff::civil::{DateTime, Time, date};

use crate::domain::card::Tries;
use crate::domain::code_b::{Entry, Implausible, Part, Problem};
use crate::domain::consent::{ConsentAnswer, Question, Wording};
use crate::domain::face::Hint;
use crate::domain::failure::Failure;
use crate::domain::ids::ReceptionId;
use crate::domain::pin::EnteredBy;
use crate::domain::qualification::PatientName;
use crate::domain::registration::{self, Application, Linkage};
use crate::domain::secret::{Personal, PrintedName, Secret};
use crate::domain::session::{
    AfterReception, CheckStage, DeliverStage, FallbackQuestion, FallbackWay, Method, Purpose, StaffReason,
};
use crate::domain::staff::CodeEntry;
use crate::domain::terms::{Terms, Translation};
use crate::domain::validity::grace_end;
use crate::runtime::view::{
    AlreadyReceived, AskWhoEnters, CallStaff, CardAway, CardLeft, Checking, ChooseMethod, ChoosePrescription,
    ChooseSubsidy, CleaningUp, ConfirmName, ConsentLimit, ConsentOneByOne, ConsentSummary, Consenting, Delivering,
    Done, EnterCodeB, EnterPin, EnterStaffCode, FaceCapture, FaceHelp, Fallback, FallbackAsk, FallbackShow, Idle,
    OpeningCardFace, OutOfOrder, PinLastTry, PinLocked, PlaceCard, ReadingCard, RegisterOffer, RegisterRefused,
    RegisterTerms, Registered, Registering, RegistrationStatus, Renewal, StillThere, Stopped, TypeOnReader,
    VisualCheck, WrongCard,
};
use crate::runtime::{Glimpse, Screen, View};
use crate::ui::Overlay;
use crate::ui::screen::{Data, Typing};
use crate::ui::widget::keypad::KeyOrder;

/// A named view.
#[derive(Debug, Clone)]
pub struct Preset {
    /// The screen's file name, with what is special after a dash.
    pub name: String,
    /// What is shown.
    pub view: View,
    /// The panel over it.
    pub overlay: Option<Overlay>,
    /// What is typed, when it is shown.
    pub seen: Option<Glimpse>,
    /// Where the digits stand.
    pub order: KeyOrder,
    /// The name as a card has it printed.
    pub printed: bool,
}

impl Preset {
    /// The preset as the window holds it.
    pub fn data(self) -> Data {
        let typing = Typing { order: self.order, seen: self.seen };
        let name = self.printed.then(sample_name).flatten();
        Data { overlay: self.overlay, typing, name, ..Data::of(self.view) }
    }
}

/// Every preset in the order of a visit.
pub fn all() -> Vec<Preset> {
    let visit = arrival().into_iter().chain(identity()).chain(check()).chain(consents()).chain(ending());
    visit.chain(fallbacks()).chain(pauses()).chain(panels()).collect()
}

fn preset(special: &str, screen: Screen) -> Preset {
    let base = crate::ui::screen::name(&screen);
    let name = if special.is_empty() { base.to_owned() } else { format!("{base}-{special}") };
    let reception = !matches!(screen, Screen::Idle(_) | Screen::OutOfOrder(_) | Screen::CardLeft(_));
    let training = matches!(screen, Screen::Idle(_)) && special == "training";
    let view = View { screen, reception: reception.then_some(ReceptionId(1)), training, purpose: Purpose::Reception };
    Preset { name, view, overlay: None, seen: None, order: KeyOrder::default(), printed: false }
}

/// Every panel over a screen that has all tools around it.
fn panels() -> Vec<Preset> {
    let over = |overlay: Overlay| {
        let below = preset("", Screen::PlaceCard(PlaceCard));
        Preset { name: overlay.name().to_owned(), overlay: Some(overlay), ..below }
    };
    [Overlay::Language, Overlay::Display, Overlay::Sound, Overlay::Menu].map(over).into()
}

fn arrival() -> Vec<Preset> {
    vec![
        preset("", Screen::Idle(Idle { inquiry: false })),
        preset("training", Screen::Idle(Idle { inquiry: false })),
        preset("inquiry", Screen::Idle(Idle { inquiry: true })),
        for_inquiry(preset("inquiry", Screen::PlaceCard(PlaceCard))),
        preset("", Screen::OutOfOrder(OutOfOrder { failure: Failure::ReaderGone })),
        preset("", Screen::PlaceCard(PlaceCard)),
        preset("", Screen::ReadingCard(ReadingCard)),
        preset("", Screen::AlreadyReceived(AlreadyReceived { at: Time::constant(9, 5, 0, 0) })),
        preset("other-card", Screen::WrongCard(WrongCard { failure: Failure::NotMyNumberCard })),
        preset("unreadable", Screen::WrongCard(WrongCard { failure: Failure::CardUnreadable })),
    ]
}

fn identity() -> Vec<Preset> {
    choices().into_iter().chain(code_b()).chain(face()).chain(pin()).collect()
}

fn choices() -> Vec<Preset> {
    let choose = |face, pin| Screen::ChooseMethod(ChooseMethod { face, pin });
    vec![
        preset("", choose(Ok(()), Ok(()))),
        preset("pin-blocked", choose(Ok(()), Err(Failure::PinBlocked))),
        preset("no-camera", choose(Err(Failure::CameraGone), Ok(()))),
        preset("face-only-card", choose(Ok(()), Err(Failure::PinAbsent))),
        preset("child", choose(Err(Failure::NoPortrait), Ok(()))),
        preset("code-b-spent", choose(Err(Failure::CodeBBlocked), Ok(()))),
        preset("neither", choose(Err(Failure::FaceNotConfirmed), Err(Failure::PinBlocked))),
    ]
}

fn code_b() -> Vec<Preset> {
    let entry = |part, typed, problem| {
        let entry = Entry::new(problem, Tries::Left(10));
        Screen::EnterCodeB(EnterCodeB { entry: Entry { part, typed, ..entry } })
    };
    let implausible = |reason| Some(Problem::Implausible(reason));
    let wrong = Entry::new(Some(Problem::Wrong), Tries::Left(9));
    vec![
        preset("", entry(Part::Birth, [0; 3], None)),
        typed("birth", entry(Part::Birth, [4, 0, 0], None), b"5502"),
        typed("no-such-day", entry(Part::Birth, [6, 0, 0], implausible(Implausible::NoSuchDay)), b"550230"),
        typed("outside-era", entry(Part::Birth, [6, 0, 0], implausible(Implausible::OutsideEra)), b"640217"),
        preset("hidden", entry(Part::Birth, [6, 0, 0], None)),
        typed("expiry", entry(Part::Expiry, [6, 2, 0], None), b"20"),
        typed("expiry-past", entry(Part::Expiry, [6, 4, 0], implausible(Implausible::ExpiryPast)), b"2021"),
        typed("security", entry(Part::Security, [6, 4, 4], None), b"1234"),
        preset("wrong", Screen::EnterCodeB(EnterCodeB { entry: wrong })),
        preset("", Screen::OpeningCardFace(OpeningCardFace)),
    ]
}

/// A preset with these digits shown.
fn typed(special: &str, screen: Screen, digits: &[u8]) -> Preset {
    Preset { seen: Some(Glimpse::new(digits)), ..preset(special, screen) }
}

fn face() -> Vec<Preset> {
    let help =
        |hint, may_retry, pin_possible, failure| Screen::FaceHelp(FaceHelp { hint, may_retry, pin_possible, failure });
    let capture = |hint, attempt, progress| Screen::FaceCapture(FaceCapture { hint, attempt, progress });
    let mut all = vec![preset("", capture(None, 1, 0)), preset("second-try", capture(Some(Hint::HoldStill), 2, 60))];
    for hint in Hint::ALL {
        let name = format!("{hint:?}").to_lowercase();
        all.push(preset(&name, capture(Some(*hint), 1, if *hint == Hint::HoldStill { 40 } else { 0 })));
    }
    let failed = Failure::FaceNotConfirmed;
    all.extend([
        preset("", help(Some(Hint::TooNear), true, true, failed)),
        preset("face-only-card", help(Some(Hint::GlassesGlare), true, false, failed)),
        preset("no-more", help(None, false, true, failed)),
        preset("staff-only", help(None, false, false, failed)),
        preset("no-camera", help(None, false, true, Failure::CameraGone)),
        preset("refused", help(None, false, true, Failure::CheckRefused)),
    ]);
    all
}

fn pin() -> Vec<Preset> {
    let pin = |count, left, wrong, entered_by| {
        Screen::EnterPin(EnterPin {
            typed: count,
            tries: Tries::Left(left),
            wrong,
            face_possible: true,
            entered_by,
            guardian: false,
        })
    };
    let me = EnteredBy::Patient;
    let child = Screen::EnterPin(EnterPin {
        typed: 0,
        tries: Tries::Left(3),
        wrong: false,
        face_possible: false,
        entered_by: me,
        guardian: true,
    });
    let on_reader =
        |left, wrong| Screen::TypeOnReader(TypeOnReader { tries: Tries::Left(left), wrong, entered_by: me });
    let mut shuffled = preset("shuffled", pin(1, 3, false, me));
    shuffled.order = KeyOrder::drawn([3, 1, 4, 1, 5, 9, 2, 6, 5]);
    vec![
        preset("", pin(0, 3, false, me)),
        preset("typing", pin(2, 3, false, me)),
        preset("full", pin(4, 3, false, me)),
        typed("shown", pin(3, 3, false, me), b"123"),
        shuffled,
        preset("wrong", pin(0, 2, true, me)),
        preset("last", pin(0, 1, true, me)),
        preset("family", pin(0, 3, false, EnteredBy::Family)),
        preset("child", child),
        preset("", Screen::PinLastTry(PinLastTry { wrong: true, face_possible: true })),
        preset("before", Screen::PinLastTry(PinLastTry { wrong: false, face_possible: false })),
        preset("", on_reader(3, false)),
        preset("wrong", on_reader(2, true)),
        preset("", Screen::AskWhoEnters(AskWhoEnters)),
        preset("", Screen::PinLocked(PinLocked { failure: Failure::PinBlocked, now: true, face_possible: true })),
        preset(
            "before",
            Screen::PinLocked(PinLocked { failure: Failure::PinBlocked, now: false, face_possible: true }),
        ),
        preset(
            "no-face",
            Screen::PinLocked(PinLocked { failure: Failure::PinBlocked, now: false, face_possible: false }),
        ),
        preset("", Screen::VisualCheck(VisualCheck { here: false })),
        preset("here", Screen::VisualCheck(VisualCheck { here: true })),
        preset("", Screen::EnterStaffCode(EnterStaffCode { typed: 2, entry: CodeEntry::Open })),
        preset("wrong", Screen::EnterStaffCode(EnterStaffCode { typed: 0, entry: CodeEntry::Wrong })),
        preset("closed", Screen::EnterStaffCode(EnterStaffCode { typed: 0, entry: CodeEntry::Closed })),
    ]
}

fn check() -> Vec<Preset> {
    let checking = |stage| Screen::Checking(Checking { stage, method: Some(Method::Pin) });
    vec![
        preset("proof", checking(CheckStage::Proof)),
        preset("asking", checking(CheckStage::Asking)),
        preset("still", checking(CheckStage::StillAsking)),
        preset("", name("見本　花子", "ミホン　ハナコ")),
        preset("unwritable", name("見本　●太郎", "ミホン　ソウタロウ")),
        printed("printed", name("中●　浩二", "ナカハラ　コウジ")),
        preset("long-name", name("SAMPLE MARIA FERNANDA DE LOS ANGELES", "サンプル　マリア　フェルナンダ")),
        preset("", renewal(false)),
        preset("grace", renewal(true)),
        preset("", status(Linkage::Completed, Some(SPRING), None)),
        preset("preparing", status(Linkage::Preparing, None, None)),
        preset("open", status(Linkage::None, None, None)),
        preset("not-yet", status(Linkage::None, None, Some(TUESDAY_NOON))),
        preset("unclear", status(Linkage::Unknown, None, None)),
        preset("", Screen::RegisterOffer(RegisterOffer)),
        preset("", Screen::RegisterTerms(RegisterTerms { terms: sample_terms(), page: 0 })),
        preset("middle", Screen::RegisterTerms(RegisterTerms { terms: sample_terms(), page: 1 })),
        preset("last", Screen::RegisterTerms(RegisterTerms { terms: sample_terms(), page: u16::MAX })),
        preset("", Screen::Registering(Registering)),
        preset("", Screen::Registered(Registered)),
        for_inquiry(preset("inquiry", Screen::Registered(Registered))),
        preset(
            "",
            Screen::RegisterRefused(RegisterRefused {
                failure: Failure::RegistrationNotYet,
                works_from: Some(TUESDAY_NOON),
            }),
        ),
        preset(
            "no-date",
            Screen::RegisterRefused(RegisterRefused { failure: Failure::RegistrationNotYet, works_from: None }),
        ),
        for_inquiry(preset(
            "inquiry",
            Screen::RegisterRefused(RegisterRefused {
                failure: Failure::RegistrationNotYet,
                works_from: Some(TUESDAY_NOON),
            }),
        )),
    ]
}

const SPRING: DateTime = DateTime::constant(2026, 4, 10, 9, 30, 0, 0);
const TUESDAY_NOON: DateTime = DateTime::constant(2026, 11, 24, 12, 0, 0, 0);

fn status(linkage: Linkage, registered_at: Option<DateTime>, available_from: Option<DateTime>) -> Screen {
    let application = match linkage {
        Linkage::None => Application::None,
        Linkage::Unknown => Application::Unknown,
        Linkage::Preparing | Linkage::Completed => Application::Accepted,
    };
    Screen::RegistrationStatus(RegistrationStatus {
        status: registration::RegistrationStatus { application, linkage, registered_at, available_from },
    })
}

/// As somebody sees it who came to ask about the registration only.
fn for_inquiry(preset: Preset) -> Preset {
    let view = View { purpose: Purpose::Inquiry, ..preset.view };
    Preset { view, ..preset }
}

fn renewal(grace: bool) -> Screen {
    let until = if grace { date(2026, 10, 31) } else { date(2027, 1, 15) };
    Screen::Renewal(Renewal { grace, until: Some(until), usable_until: Some(grace_end(until)) })
}

fn name(name: &str, kana: &str) -> Screen {
    Screen::ConfirmName(ConfirmName {
        patient: Personal(PatientName { name: name.to_owned(), kana: Some(kana.to_owned()) }),
    })
}

/// A preset whose name the card has printed.
fn printed(special: &str, screen: Screen) -> Preset {
    Preset { printed: true, ..preset(special, screen) }
}

/// The name on the card of an invented person, without the empty part at its right.
fn sample_name() -> Option<Handle> {
    let png = include_bytes!("../../assets/people/p04/name.png");
    let picture = image::load_from_memory_with_format(png, image::ImageFormat::Png).ok()?.into_luma8();
    let mut ink = image::imageops::crop_imm(&picture, 0, 0, 136, picture.height()).to_image();
    ink.pixels_mut().for_each(|pixel| pixel.0[0] = u8::MAX - pixel.0[0]);
    let print = PrintedName::new(ink.width(), ink.height(), Secret::new(ink.into_raw()))?;
    Some(crate::ui::printed(&print))
}

/// Made of letters that stand for nothing, in paragraphs of several lengths.
fn sample_terms() -> Arc<Terms> {
    let paragraph = |i: usize| format!("第{i}条　") + &"見本の文です。".repeat(4 + 3 * (i % 3));
    let original: Vec<_> = (1..=9).map(paragraph).collect();
    let english = (1..=9).map(|i: usize| format!("Article {i}. ") + &"This is a sample. ".repeat(4 + 3 * (i % 3)));
    let translations = vec![Translation { language: "en".to_owned(), paragraphs: english.collect() }];
    Arc::new(Terms { version: "preset".to_owned(), sample: true, original, translations })
}

fn consents() -> Vec<Preset> {
    let (wording, agree_left) = (Wording::Statement, false);
    let one = |question, number, chosen| {
        Screen::ConsentOneByOne(ConsentOneByOne { question, number, of: 3, chosen, back: true, wording, agree_left })
    };
    let answers = [ConsentAnswer::Given, ConsentAnswer::Refused, ConsentAnswer::Refused];
    let answers = Question::ALL.iter().copied().zip(answers).collect();
    let given = Some(ConsentAnswer::Given);
    let older = Screen::ConsentOneByOne(ConsentOneByOne {
        question: Question::Records,
        number: 1,
        of: 3,
        chosen: None,
        back: false,
        wording: Wording::Question,
        agree_left: true,
    });
    vec![
        preset("", Screen::Consenting(Consenting { wording, agree_left })),
        preset("question", Screen::Consenting(Consenting { wording: Wording::Question, agree_left: true })),
        preset("records", one(Question::Records, 1, None)),
        preset("surgery", one(Question::Surgery, 2, given)),
        preset("checkup", one(Question::Checkup, 3, None)),
        preset("older-leaflet", older),
        preset("", Screen::ConsentSummary(ConsentSummary { answers })),
        preset("", Screen::ConsentLimit(ConsentLimit { agree_left })),
        preset("", Screen::ChoosePrescription(ChoosePrescription)),
        preset("", Screen::ChooseSubsidy(ChooseSubsidy)),
    ]
}

fn fallbacks() -> Vec<Preset> {
    let failure = Failure::GatewayTimeout;
    let ask = |question| Screen::FallbackAsk(FallbackAsk { failure, question });
    let show = |way| Screen::FallbackShow(FallbackShow { failure, way });
    vec![
        preset("timeout", Screen::Fallback(Fallback { failure, led: true })),
        preset("chip-broken", Screen::Fallback(Fallback { failure: Failure::CardUnreadable, led: true })),
        preset("not-confirmed", Screen::Fallback(Fallback { failure: Failure::NotConfirmed, led: false })),
        preset("certificate-ended", Screen::Fallback(Fallback { failure: Failure::CertificateEnded, led: true })),
        preset("certificate-revoked", Screen::Fallback(Fallback { failure: Failure::CertificateRevoked, led: true })),
        preset("phone", ask(FallbackQuestion::Phone)),
        preset("notice", ask(FallbackQuestion::Notice)),
        preset("been-here", ask(FallbackQuestion::BeenHere)),
        preset("certificate", ask(FallbackQuestion::Certificate)),
        preset("portal", show(FallbackWay::Portal)),
        preset("notice", show(FallbackWay::Notice)),
        preset("spoken", show(FallbackWay::Spoken)),
        preset("form", show(FallbackWay::Form)),
        preset("certificate", show(FallbackWay::Certificate)),
        preset("staff", show(FallbackWay::Staff)),
    ]
}

fn pauses() -> Vec<Preset> {
    vec![
        preset("", Screen::StillThere(StillThere { seconds: 30 })),
        preset("", Screen::CardAway(CardAway { seconds: 30, reading: false })),
        preset("reading", Screen::CardAway(CardAway { seconds: 20, reading: true })),
        preset("swapped", Screen::Stopped(Stopped { failure: Failure::CardSwapped })),
    ]
}

fn ending() -> Vec<Preset> {
    let done = |name: &str, kana: &str| {
        let patient = PatientName { name: name.to_owned(), kana: Some(kana.to_owned()) };
        Screen::Done(Done { patient: Personal(patient), after: AfterReception::Seat })
    };
    vec![
        preset("", Screen::Delivering(Delivering { stage: DeliverStage::File })),
        preset("", done("見本　花子", "ミホン　ハナコ")),
        preset("unwritable", done("見本　●太郎", "ミホン　ソウタロウ")),
        printed("printed", done("中●　浩二", "ナカハラ　コウジ")),
        preset("long-name", done("SAMPLE MARIA FERNANDA DE LOS ANGELES", "サンプル　マリア　フェルナンダ")),
        preset("", Screen::CardLeft(CardLeft { alarms: 0 })),
        preset("alarm", Screen::CardLeft(CardLeft { alarms: 1 })),
        preset("staff", Screen::CardLeft(CardLeft { alarms: 3 })),
        preset("asked", Screen::CallStaff(CallStaff { reason: StaffReason::Asked, staff_entry: true })),
        preset(
            "wrong-name",
            Screen::CallStaff(CallStaff { reason: StaffReason::Failure(Failure::WrongName), staff_entry: false }),
        ),
        preset("card-gone", Screen::Stopped(Stopped { failure: Failure::CardGone })),
        preset("timed-out", Screen::Stopped(Stopped { failure: Failure::TimedOut })),
        preset("", Screen::CleaningUp(CleaningUp)),
    ]
}
