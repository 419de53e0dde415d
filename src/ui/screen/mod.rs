//! One file per screen: it says everything the window knows of that screen. Here is the table of them, and what they share.

use iced::widget::{column, container, image, row};
use iced::{Length, alignment};

use jiff::civil::{Date, Time};

use crate::domain::consent::ConsentAnswer;
use crate::domain::face::Hint;
use crate::domain::failure::Failure;
use crate::domain::qualification::PatientName;
use crate::domain::session::{PatientInput, Purpose};
use crate::runtime::{Audible, Earcon, Glimpse, Screen, View, view};
use crate::ui::DockView;
use crate::ui::font;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::overlay::{self, Overlay};
use crate::ui::sample::Preset;
use crate::ui::widget::button::buttons;
use crate::ui::widget::chrome::{self, Chrome, Step};
use crate::ui::widget::keypad::{Extra, KeyOrder, Keypad};
use crate::ui::widget::{Button, Icon, Notice, Tone, Weight, fit, panel};

pub use face_capture::differs_by_drawing;

/// The table: each screen's data, and the file that shows it.
macro_rules! screens {
    ($($name:ident => $file:ident,)*) => {
        $(mod $file;)*

        /// The name of the screen's file.
        pub fn name(screen: &Screen) -> &'static str {
            match screen { $(Screen::$name(_) => stringify!($file),)* }
        }

        fn shown(screen: &Screen) -> &dyn Shown {
            match screen { $(Screen::$name(it) => it,)* }
        }

        /// Every screen with sample data, in the order of the table.
        pub fn presets() -> Vec<Preset> {
            [$(view::$name::presets(),)*].concat()
        }
    };
}

screens! {
    Idle => idle,
    OutOfOrder => out_of_order,
    PlaceCard => place_card,
    ReadingCard => reading_card,
    AlreadyReceived => already_received,
    WrongCard => wrong_card,
    ChooseMethod => choose_method,
    EnterCodeB => enter_code_b,
    ShowCard => show_card,
    OpeningCardFace => opening_card_face,
    FaceCapture => face_capture,
    FaceHelp => face_help,
    EnterPin => enter_pin,
    TypeOnReader => type_on_reader,
    PinLastTry => pin_last_try,
    AskWhoEnters => ask_who_enters,
    PinLocked => pin_locked,
    EnterStaffCode => enter_staff_code,
    StaffPanel => staff_panel,
    VisualCheck => visual_check,
    Checking => checking,
    ConfirmName => confirm_name,
    Renewal => renewal,
    RegistrationStatus => registration_status,
    RegisterOffer => register_offer,
    RegisterTerms => register_terms,
    Registering => registering,
    Registered => registered,
    RegisterRefused => register_refused,
    Consenting => consenting,
    ConsentOneByOne => consent_one_by_one,
    ConsentSummary => consent_summary,
    ConsentLimit => consent_limit,
    ChoosePrescription => choose_prescription,
    ChooseSubsidy => choose_subsidy,
    Delivering => delivering,
    Done => done,
    CardLeft => card_left,
    Fallback => fallback,
    FallbackAsk => fallback_ask,
    FallbackShow => fallback_show,
    CallStaff => call_staff,
    StillThere => still_there,
    CardAway => card_away,
    Stopped => stopped,
    CleaningUp => cleaning_up,
}

/// What its file says of a screen.
trait Shown {
    /// What the window knows of it besides its picture.
    fn facts(&self) -> Facts;

    /// Whether its signal is given when it follows `from`, which is another screen or only this one's data before.
    fn signals(&self, _from: &Screen, other: bool) -> bool {
        other
    }

    /// Its content; the frame comes round it.
    fn view(&self, data: &Data, look: Look) -> Element;

    /// It with sample data, once for each way it can look.
    fn presets() -> Vec<Preset>
    where
        Self: Sized;
}

/// What the window knows of a screen besides its picture; most ask for something, have both ways out, are quiet and still.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Where a reception stands.
    pub step: Option<Step>,
    /// 職員を呼ぶ stands in the frame.
    pub staff: bool,
    /// やめる stands in the frame.
    pub cancel: bool,
    /// Something slow moves.
    pub moves: bool,
    /// It must be seen at once: an open panel closes.
    pub interrupts: bool,
    /// It shows what the camera sees.
    pub camera: bool,
    /// The patient, or staff, is asked for something and has not begun to answer.
    pub asks: bool,
    /// Digits that are in, where a keypad takes some.
    pub typed: Option<u8>,
    /// What is heard when it comes.
    pub signal: Option<Earcon>,
    /// It asks for what nobody can take back, so that Enter alone must press nothing of it.
    pub firm: bool,
}

impl Default for Facts {
    fn default() -> Facts {
        Facts {
            step: None,
            staff: true,
            cancel: true,
            moves: false,
            interrupts: false,
            camera: false,
            asks: true,
            typed: None,
            signal: None,
            firm: false,
        }
    }
}

/// What is known of `screen`.
pub fn facts(screen: &Screen) -> Facts {
    shown(screen).facts()
}

/// What is heard when `to` follows `from`.
pub fn signal(from: &Screen, to: &Screen) -> Option<Earcon> {
    let other = name(from) != name(to);
    let to = shown(to);
    to.facts().signal.filter(|_| to.signals(from, other))
}

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
    /// A machine typed here last, and nothing of it was taken.
    pub machine: bool,
}

impl Typing {
    /// What the patient is told after a machine has typed.
    fn machine_note(&self, look: Look) -> Option<Element> {
        let role = if look.landscape() { Role::Small } else { Role::Body };
        self.machine.then(|| panel::banner_of(role, Icon::Info, Tone::Calm, look.word("keypad-machine"), look))
    }

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
        None => shown(&data.view.screen).view(data, within),
    };
    let Facts { step, staff, cancel, .. } = facts(&data.view.screen);
    // The steps are those of a reception.
    let step = step.filter(|_| data.view.purpose == Purpose::Reception);
    // Beside a consent, "cancel" alone reads as taking it back.
    let identified = step.is_some_and(|step| step > Step::Identity);
    let cancel = cancel.then_some(if identified { "cancel-reception" } else { "cancel" });
    let chrome = Chrome { step, staff, cancel, training: data.view.training, overlay: data.overlay };
    chrome::page(chrome, data.dock.as_ref(), content, look)
}

fn failure_title(failure: Failure, look: Look) -> String {
    look.word(&format!("failure-{}.title", failure.slug()))
}

fn failure_text(failure: Failure, look: Look) -> String {
    look.word(&format!("failure-{}", failure.slug()))
}

/// What the patient pays: as always where the kiosk or the line failed, else the counter explains it.
fn with_fee(notice: Notice, failure: Failure, look: Look) -> Notice {
    if failure.keeps_the_fee() {
        notice.banner(Icon::Check, Tone::Good, look.word("fallback-fee"))
    } else {
        notice.banner(Icon::Info, Tone::Calm, look.word("fallback-fee-desk"))
    }
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
        Hint::KeepLooking => "hint-keep-looking",
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
fn printed(patient: &PatientName, data: &Data) -> Option<image::Handle> {
    data.name.clone().filter(|_| marked(patient))
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
