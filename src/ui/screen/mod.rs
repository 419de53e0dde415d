//! One file per screen, named like the variants of `runtime::Screen`; here is what they share.

mod already_received;
mod ask_who_enters;
mod call_staff;
mod card_away;
mod card_left;
mod checking;
mod choose_method;
mod choose_prescription;
mod choose_subsidy;
mod cleaning_up;
mod confirm_name;
mod consent_limit;
mod consent_one_by_one;
mod consent_summary;
mod consenting;
mod delivering;
mod done;
mod enter_code_b;
mod enter_pin;
mod enter_staff_code;
mod face_capture;
mod face_help;
mod fallback;
mod fallback_ask;
mod fallback_show;
mod idle;
mod opening_card_face;
mod out_of_order;
mod pin_last_try;
mod pin_locked;
mod place_card;
mod reading_card;
mod register_offer;
mod register_refused;
mod register_terms;
mod registered;
mod registering;
mod registration_status;
mod renewal;
mod still_there;
mod stopped;
mod type_on_reader;
mod visual_check;
mod wrong_card;

use iced::widget::{column, container, image, row};
use iced::{Length, alignment};

use jiff::civil::{Date, Time};

use crate::domain::consent::ConsentAnswer;
use crate::domain::face::Hint;
use crate::domain::failure::Failure;
use crate::domain::qualification::PatientName;
use crate::domain::secret::Personal;
use crate::domain::session::{PatientInput, Purpose};
use crate::domain::{pin, staff};
use crate::runtime::view::{
    AlreadyReceived, AskWhoEnters, CallStaff, CardAway, CardLeft, Checking, ChooseMethod, ChoosePrescription,
    ChooseSubsidy, CleaningUp, ConfirmName, ConsentLimit, ConsentOneByOne, ConsentSummary, Consenting, Done,
    EnterCodeB, EnterPin, EnterStaffCode, FaceCapture, FaceHelp, Fallback, FallbackAsk, FallbackShow, Idle,
    OpeningCardFace, OutOfOrder, PinLastTry, PinLocked, PlaceCard, ReadingCard, RegisterOffer, RegisterRefused,
    RegisterTerms, Registered, Registering, RegistrationStatus, Renewal, StillThere, Stopped, TypeOnReader,
    VisualCheck, WrongCard,
};
use crate::runtime::{Audible, Glimpse, Screen, View};
use crate::ui::DockView;
use crate::ui::font;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::overlay::{self, Overlay};
use crate::ui::widget::button::buttons;
use crate::ui::widget::chrome::{self, Chrome};
use crate::ui::widget::keypad::{Extra, KeyOrder, Keypad};
use crate::ui::widget::{Button, Icon, Notice, Weight, fit};

use self::consent_one_by_one::Asked;

/// What is shown: the runtime's view and the newest camera picture.
#[derive(Debug, Clone)]
pub struct Data {
    /// The view.
    pub view: View,
    /// Mirrored; only while a face is looked for.
    pub preview: Option<image::Handle>,
    /// The owner's name as the card has it printed; only while a name is shown.
    pub name: Option<image::Handle>,
    /// What is typed and where the digits stand.
    pub typing: Typing,
    /// The trainer's controls, in training mode.
    pub dock: Option<DockView>,
    /// The panel that is open over the screen.
    pub overlay: Option<Overlay>,
    /// Whether sound comes out of this kiosk.
    pub audible: Audible,
}

impl Data {
    /// `view` alone.
    pub fn of(view: View) -> Data {
        Data {
            view,
            preview: None,
            name: None,
            typing: Typing::default(),
            dock: None,
            overlay: None,
            audible: Audible::Yes,
        }
    }
}

/// The keypad's own state, the same for every screen with one.
#[derive(Debug, Clone, Default)]
pub struct Typing {
    /// Where the digits stand.
    pub order: KeyOrder,
    /// What is typed, while the patient wants to see it.
    pub seen: Option<Glimpse>,
}

impl Typing {
    /// The key that shows or hides what is typed.
    fn show_key(&self) -> Extra {
        let hidden = self.seen.is_none();
        Extra {
            id: "show-digits",
            icon: if hidden { Icon::Eye } else { Icon::EyeOff },
            label: if hidden { "keypad-show" } else { "keypad-hide" },
            message: Message::ShowDigits(hidden),
        }
    }
}

/// The whole window for `data`.
pub fn view(data: &Data, look: Look) -> Element {
    let within = look.lowered().unwrap_or(look);
    let content = match data.overlay {
        Some(overlay) => overlay::view(overlay, data.audible, within),
        None => content(data, within),
    };
    chrome::page(chrome_of(data), data.dock.as_ref(), content, look)
}

fn content(data: &Data, look: Look) -> Element {
    match &data.view.screen {
        Screen::Idle(Idle { inquiry }) => idle::view(*inquiry, look),
        Screen::OutOfOrder(OutOfOrder { failure }) => out_of_order::view(*failure, look),
        Screen::PlaceCard(PlaceCard) => place_card::view(look),
        Screen::ReadingCard(ReadingCard) => reading_card::view(look),
        Screen::AlreadyReceived(AlreadyReceived { at }) => already_received::view(*at, look),
        Screen::WrongCard(WrongCard { failure }) => wrong_card::view(*failure, look),
        Screen::ChooseMethod(ChooseMethod { face, pin }) => choose_method::view(*face, *pin, look),
        Screen::EnterCodeB(EnterCodeB { entry }) => enter_code_b::view(*entry, data.typing.clone(), look),
        Screen::OpeningCardFace(OpeningCardFace) => opening_card_face::view(look),
        Screen::FaceCapture(FaceCapture { hint, attempt, progress }) => {
            face_capture::view(*hint, *attempt, *progress, data.preview.clone(), look)
        }
        Screen::FaceHelp(FaceHelp { hint, may_retry, pin_possible, failure }) => {
            face_help::view(*hint, *may_retry, *pin_possible, *failure, look)
        }
        Screen::EnterPin(EnterPin { typed, tries, wrong, face_possible, entered_by, guardian }) => {
            let pin = enter_pin::Pin {
                typed: *typed,
                tries: *tries,
                wrong: *wrong,
                face_possible: *face_possible,
                entered_by: *entered_by,
                guardian: *guardian,
            };
            enter_pin::view(pin, data.typing.clone(), look)
        }
        Screen::TypeOnReader(TypeOnReader { tries, wrong, entered_by }) => {
            type_on_reader::view(*tries, *wrong, *entered_by, look)
        }
        Screen::PinLastTry(PinLastTry { wrong, face_possible }) => pin_last_try::view(*wrong, *face_possible, look),
        Screen::AskWhoEnters(AskWhoEnters) => ask_who_enters::view(look),
        Screen::PinLocked(PinLocked { failure, now, face_possible }) => {
            pin_locked::view(*failure, *now, *face_possible, look)
        }
        Screen::EnterStaffCode(EnterStaffCode { typed, entry }) => {
            enter_staff_code::view(*typed, *entry, data.typing.order, data.view.training, look)
        }
        Screen::VisualCheck(VisualCheck { here }) => visual_check::view(*here, look),
        Screen::Checking(Checking { stage, .. }) => checking::view(*stage, look),
        Screen::ConfirmName(ConfirmName { patient }) => confirm_name::view(&patient.0, printed(patient, data), look),
        Screen::Renewal(Renewal { grace, until, usable_until }) => renewal::view(*grace, *until, *usable_until, look),
        Screen::RegistrationStatus(RegistrationStatus { status }) => registration_status::view(status, look),
        Screen::RegisterOffer(RegisterOffer) => register_offer::view(look),
        Screen::RegisterTerms(RegisterTerms { terms, page }) => register_terms::view(terms, *page, look),
        Screen::Registering(Registering) => registering::view(look),
        Screen::Registered(Registered) => registered::view(data.view.purpose, look),
        Screen::RegisterRefused(RegisterRefused { failure, works_from }) => {
            register_refused::view(*failure, *works_from, data.view.purpose, look)
        }
        Screen::Consenting(Consenting { wording, agree_left }) => consenting::view(*wording, *agree_left, look),
        &Screen::ConsentOneByOne(ConsentOneByOne { question, number, of, chosen, back, wording, agree_left }) => {
            let asked = Asked { question, number, of, chosen, back, wording, agree_left };
            consent_one_by_one::view(asked, look)
        }
        Screen::ConsentSummary(ConsentSummary { answers }) => consent_summary::view(answers, look),
        Screen::ConsentLimit(ConsentLimit { agree_left }) => consent_limit::view(*agree_left, look),
        Screen::ChoosePrescription(ChoosePrescription) => choose_prescription::view(look),
        Screen::ChooseSubsidy(ChooseSubsidy) => choose_subsidy::view(look),
        Screen::Delivering(_) => delivering::view(look),
        Screen::Done(Done { patient, after }) => done::view(&patient.0, *after, printed(patient, data), look),
        Screen::CardLeft(CardLeft { alarms }) => card_left::view(*alarms, look),
        Screen::Fallback(Fallback { failure, led }) => fallback::view(*failure, *led, look),
        Screen::FallbackAsk(FallbackAsk { failure, question }) => fallback_ask::view(*failure, *question, look),
        Screen::FallbackShow(FallbackShow { failure, way }) => fallback_show::view(*failure, *way, look),
        Screen::CallStaff(CallStaff { reason, staff_entry }) => call_staff::view(*reason, *staff_entry, look),
        Screen::StillThere(StillThere { seconds }) => still_there::view(*seconds, look),
        Screen::CardAway(CardAway { seconds, reading }) => card_away::view(*seconds, *reading, look),
        Screen::Stopped(Stopped { failure }) => stopped::view(*failure, look),
        Screen::CleaningUp(CleaningUp) => cleaning_up::view(look),
    }
}

/// The name of the screen's file.
pub fn name(screen: &Screen) -> &'static str {
    match screen {
        Screen::Idle(_) => "idle",
        Screen::OutOfOrder(_) => "out_of_order",
        Screen::PlaceCard(PlaceCard) => "place_card",
        Screen::ReadingCard(ReadingCard) => "reading_card",
        Screen::AlreadyReceived(_) => "already_received",
        Screen::WrongCard(_) => "wrong_card",
        Screen::ChooseMethod(_) => "choose_method",
        Screen::EnterCodeB(_) => "enter_code_b",
        Screen::OpeningCardFace(OpeningCardFace) => "opening_card_face",
        Screen::FaceCapture(_) => "face_capture",
        Screen::FaceHelp(_) => "face_help",
        Screen::EnterPin(_) => "enter_pin",
        Screen::TypeOnReader(_) => "type_on_reader",
        Screen::PinLastTry(_) => "pin_last_try",
        Screen::AskWhoEnters(AskWhoEnters) => "ask_who_enters",
        Screen::PinLocked(_) => "pin_locked",
        Screen::EnterStaffCode(_) => "enter_staff_code",
        Screen::VisualCheck(_) => "visual_check",
        Screen::Checking(_) => "checking",
        Screen::ConfirmName(_) => "confirm_name",
        Screen::Renewal(_) => "renewal",
        Screen::RegistrationStatus(_) => "registration_status",
        Screen::RegisterOffer(RegisterOffer) => "register_offer",
        Screen::RegisterTerms(_) => "register_terms",
        Screen::Registering(Registering) => "registering",
        Screen::Registered(Registered) => "registered",
        Screen::RegisterRefused(_) => "register_refused",
        Screen::Consenting(_) => "consenting",
        Screen::ConsentOneByOne(_) => "consent_one_by_one",
        Screen::ConsentSummary(_) => "consent_summary",
        Screen::ConsentLimit(_) => "consent_limit",
        Screen::ChoosePrescription(ChoosePrescription) => "choose_prescription",
        Screen::ChooseSubsidy(ChooseSubsidy) => "choose_subsidy",
        Screen::Delivering(_) => "delivering",
        Screen::Done(_) => "done",
        Screen::CardLeft(_) => "card_left",
        Screen::Fallback(_) => "fallback",
        Screen::FallbackAsk(_) => "fallback_ask",
        Screen::FallbackShow(_) => "fallback_show",
        Screen::StillThere(_) => "still_there",
        Screen::CardAway(_) => "card_away",
        Screen::CallStaff(_) => "call_staff",
        Screen::Stopped(_) => "stopped",
        Screen::CleaningUp(CleaningUp) => "cleaning_up",
    }
}

/// Whether something slow moves on this screen.
pub fn moves(screen: &Screen) -> bool {
    let picture = matches!(screen, Screen::PlaceCard(PlaceCard) | Screen::WrongCard(_) | Screen::Done(_));
    let reading = matches!(
        screen,
        Screen::ReadingCard(ReadingCard) | Screen::OpeningCardFace(OpeningCardFace) | Screen::CleaningUp(CleaningUp)
    );
    let asking = matches!(screen, Screen::Checking(_) | Screen::Registering(Registering) | Screen::Delivering(_));
    picture || reading || asking || matches!(screen, Screen::CardAway(_))
}

/// Whether the two show the same words, and differ at most in the ring round the patient's face.
pub fn differs_by_drawing(a: &View, b: &View) -> bool {
    let ringless = |view: &View| match &view.screen {
        Screen::FaceCapture(FaceCapture { hint, attempt, .. }) => {
            let screen = Screen::FaceCapture(FaceCapture { hint: *hint, attempt: *attempt, progress: 0 });
            View { screen, ..*view }
        }
        _ => view.clone(),
    };
    ringless(a) == ringless(b)
}

/// Whether this screen must be seen at once: an open panel closes.
pub fn interrupts(screen: &Screen) -> bool {
    let leaving = matches!(screen, Screen::CardLeft(_) | Screen::Stopped(_) | Screen::CleaningUp(CleaningUp));
    let pause = matches!(screen, Screen::StillThere(_) | Screen::CardAway(_));
    leaving || pause || matches!(screen, Screen::OutOfOrder(_) | Screen::CallStaff(_) | Screen::Done(_))
}

/// How many digits the keypad of this screen takes, and how many are in.
pub fn digits(screen: &Screen) -> Option<(u8, u8)> {
    match screen {
        Screen::EnterPin(EnterPin { typed, .. }) => Some((*typed, pin::LENGTH)),
        Screen::EnterCodeB(EnterCodeB { entry }) => Some((entry.count(), entry.part.length())),
        Screen::EnterStaffCode(EnterStaffCode { typed, .. }) => Some((*typed, staff::LENGTH)),
        _ => None,
    }
}

fn chrome_of(data: &Data) -> Chrome {
    let view = &data.view;
    let step = match &view.screen {
        // The steps are those of a reception.
        _ if view.purpose == Purpose::Inquiry => None,
        Screen::PlaceCard(PlaceCard) | Screen::ReadingCard(ReadingCard) | Screen::WrongCard(_) => Some(0),
        Screen::ChooseMethod(_) | Screen::EnterCodeB(_) | Screen::OpeningCardFace(OpeningCardFace) => Some(1),
        Screen::FaceCapture(_) | Screen::FaceHelp(_) | Screen::EnterPin(_) => Some(1),
        Screen::TypeOnReader(_) | Screen::PinLastTry(_) | Screen::AskWhoEnters(AskWhoEnters) => Some(1),
        Screen::PinLocked(_) | Screen::VisualCheck(_) => Some(1),
        Screen::Checking(_) | Screen::ConfirmName(_) | Screen::Renewal(_) => Some(2),
        Screen::RegisterOffer(RegisterOffer)
        | Screen::RegisterTerms(_)
        | Screen::Registering(Registering)
        | Screen::Registered(Registered)
        | Screen::RegisterRefused(_) => Some(2),
        Screen::Consenting(_) | Screen::ConsentOneByOne(_) | Screen::ConsentSummary(_) => Some(3),
        Screen::ConsentLimit(_)
        | Screen::ChoosePrescription(ChoosePrescription)
        | Screen::ChooseSubsidy(ChooseSubsidy) => Some(3),
        Screen::Delivering(_) => Some(3),
        Screen::Done(_) => Some(4),
        _ => None,
    };
    let own_staff = matches!(
        view.screen,
        Screen::PinLastTry(_) | Screen::PinLocked(_) | Screen::FaceHelp(FaceHelp { may_retry: false, .. })
    );
    let (staff, cancel) = match &view.screen {
        Screen::OutOfOrder(_) | Screen::CleaningUp(CleaningUp) => (false, false),
        // The reader waits for the digits: its own key ends that.
        Screen::CardLeft(_) | Screen::TypeOnReader(_) => (true, false),
        Screen::Idle(_) | Screen::Done(_) | Screen::Fallback(_) | Screen::Stopped(_) => (true, false),
        Screen::RegisterOffer(RegisterOffer) | Screen::RegisterRefused(_) | Screen::AlreadyReceived(_) => (true, false),
        Screen::RegistrationStatus(_) => (true, false),
        Screen::FallbackAsk(_) | Screen::FallbackShow(_) => (true, false),
        Screen::Registering(Registering) | Screen::Registered(Registered) | Screen::Delivering(_) => (true, false),
        Screen::CallStaff(_) | Screen::EnterStaffCode(_) | Screen::VisualCheck(_) => (false, true),
        _ => (!own_staff, true),
    };
    Chrome { step, staff, cancel, training: view.training, overlay: data.overlay }
}

fn failure_title(failure: Failure, look: Look) -> String {
    look.word(&format!("failure-{}.title", failure.slug()))
}

fn failure_text(failure: Failure, look: Look) -> String {
    look.word(&format!("failure-{}", failure.slug()))
}

fn hint_key(hint: Hint) -> &'static str {
    match hint {
        Hint::NoFace => "hint-no-face",
        Hint::TwoFaces => "hint-two-faces",
        Hint::TooNear => "hint-too-near",
        Hint::TooFar => "hint-too-far",
        Hint::OffCentre => "hint-off-centre",
        Hint::LookHere => "hint-look-here",
        Hint::Tilted => "hint-tilted",
        Hint::TooDark => "hint-too-dark",
        Hint::TooBright => "hint-too-bright",
        Hint::Backlit => "hint-backlit",
        Hint::Blurred => "hint-blurred",
        Hint::Mask => "hint-mask",
        Hint::BrowHidden => "hint-brow-hidden",
        Hint::GlassesGlare => "hint-glasses-glare",
        Hint::EyesClosed => "hint-eyes-closed",
        Hint::TurnRight => "hint-turn-right",
        Hint::TurnLeft => "hint-turn-left",
        Hint::MoveALittle => "hint-move-a-little",
        Hint::HoldStill => "hint-hold-still",
    }
}

/// What insurers put for a character they cannot write.
const UNWRITABLE: char = '●';

/// The name as a title, with a mark for every character that cannot be shown.
fn name_title(patient: &PatientName, look: Look) -> String {
    look.words.with("done-name", &[("name", font::drawable(&patient.name, UNWRITABLE).into())])
}

/// Whether a character of the name could not be written or cannot be shown.
fn marked(patient: &PatientName) -> bool {
    font::drawable(&patient.name, UNWRITABLE).contains(UNWRITABLE)
}

/// The name as the card has it printed, where letters alone cannot show it.
fn printed(patient: &Personal<PatientName>, data: &Data) -> Option<image::Handle> {
    data.name.clone().filter(|_| marked(&patient.0))
}

/// What stands below a name: how it is read and, where a character could not be written or shown, why there is a mark.
fn name_lines(patient: &PatientName, printed: bool, look: Look) -> Vec<String> {
    let note = if printed { "done-print-note" } else { "done-kana-note" };
    let kana = patient.kana.clone().filter(|kana| *kana != patient.name);
    kana.into_iter().chain(marked(patient).then(|| look.word(note))).collect()
}

/// A date as the language writes it.
fn day(date: Date, look: Look) -> String {
    let number = |value: i16| value.into();
    let (month, day) = (number(date.month().into()), number(date.day().into()));
    look.words.with("date", &[("year", number(date.year())), ("month", month), ("day", day)])
}

/// A time of day, 9:05.
fn clock(time: Time) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

/// Refusing and agreeing, of the same weight: id and label of each. Agreeing stands right unless the site wants it left.
fn answers(
    refuse: (&'static str, &'static str),
    give: (&'static str, &'static str),
    agree_left: bool,
    look: Look,
) -> Element {
    let button = |(id, label), icon, answer| {
        Button::new(id, label, Weight::Other, Message::Touched(PatientInput::Consent(answer))).icon(icon)
    };
    let mut list =
        vec![button(refuse, Icon::Cross, ConsentAnswer::Refused), button(give, Icon::Check, ConsentAnswer::Given)];
    if agree_left {
        list.reverse();
    }
    buttons(list, true, look)
}

/// Another way below the answers or, on a wide window, left of them: there a row is a sixth of the height.
fn beside_answers(other: Option<Button>, answers: Element, look: Look) -> Element {
    let other = other.map(|button| button.view(look.at(look.factor.min(1.25))));
    if look.landscape() {
        let narrow = other.map(|other| container(other).width(Length::FillPortion(2)));
        row![].push(narrow).push(container(answers).width(Length::FillPortion(5))).spacing(look.mm(4.0)).into()
    } else {
        column![answers].push(other).spacing(look.space(6.0, 4.0)).into()
    }
}

/// やめる at the left, the way on at the right, as the leaflets show it.
fn go_on_or_stop(notice: Notice, label: &'static str) -> Notice {
    let message = Message::Touched;
    notice
        .button(Button::new("stop", "cancel", Weight::Other, message(PatientInput::Cancel)))
        .button(Button::new("continue", label, Weight::Main, message(PatientInput::Continue)))
        .side_by_side()
}

/// Text and boxes with the keypad below them or, on a wide window, right of them; `below` is another way.
fn keypad_page(
    body: impl Fn(Look) -> Element + 'static,
    below: Option<Element>,
    keypad: Keypad,
    look: Look,
) -> Element {
    let keys = keypad.view(look.at(look.factor.min(1.25)));
    if look.landscape() {
        let left = column![fit(look, alignment::Vertical::Top, body)].push(below).spacing(look.mm(3.0));
        row![left, container(keys).align_bottom(Length::Fill)].spacing(look.mm(7.0)).into()
    } else {
        column![fit(look, alignment::Vertical::Center, body), container(keys).center_x(Length::Fill)]
            .push(below)
            .spacing(look.mm(6.0))
            .into()
    }
}
