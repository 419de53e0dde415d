//! What the keys of a keyboard or keypad do: exactly what a finger could do on the same screen, and speech.

use iced::keyboard::key::{Code, Named, Physical};
use iced::keyboard::{Key, Modifiers};

use super::outline::{Outline, Stop};
use super::widget::keypad::DIGIT_IDS;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// The focus goes to this one.
    Focus(&'static str),
    /// This one is pressed.
    Press(&'static str),
    /// Keys are in use from now on: the focus shows where it starts.
    Wake,
    /// What was said last is said again.
    Repeat,
    /// One step louder.
    Louder,
    /// One step softer.
    Softer,
}

/// A key that went down, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stroke {
    /// The digit that is printed on it, whatever the state of the keyboard makes of it.
    digit: Option<u8>,
    /// What it means where no digit is wanted.
    key: Key,
    /// With Shift.
    shift: bool,
}

impl Stroke {
    /// What went down; `None` for a key that only changes what others mean, and for a shortcut of the system.
    pub fn of(key: &Key, physical: Physical, modifiers: Modifiers) -> Option<Stroke> {
        if is_modifier(key) || modifiers.control() || modifiers.alt() || modifiers.logo() {
            return None;
        }
        let key = narrow(key);
        let digit = typed_digit(&key).or_else(|| printed_digit(&key, physical, modifiers));
        Some(Stroke { digit, key, shift: modifiers.shift() })
    }

    /// What an input method has made of keys: one sign is a key, more are a text that no hand types at once.
    pub fn committed(text: &str) -> Option<Stroke> {
        let mut signs = text.chars();
        let (sign, None) = (signs.next()?, signs.next()) else { return None };
        Stroke::of(&Key::Character(sign.to_string().into()), Physical::Code(Code::Fn), Modifiers::empty())
    }

    /// Whether a digit is printed on it.
    pub fn is_digit(&self) -> bool {
        self.digit.is_some()
    }

    /// Whether it presses something or leads on, as what a reader of codes sends after each.
    pub fn ends(&self) -> bool {
        matches!(self.key, Key::Named(Named::Enter | Named::Tab | Named::Space))
    }
}

fn is_modifier(key: &Key) -> bool {
    use Named::{Alt, AltGraph, CapsLock, Control, Fn, FnLock, Hyper, Meta, NumLock, ScrollLock, Shift, Super, Symbol};
    let Key::Named(named) = key else { return false };
    [Alt, AltGraph, CapsLock, Control, Fn, FnLock, Hyper, Meta, NumLock, ScrollLock, Shift, Super, Symbol]
        .contains(named)
}

/// The distance of ASCII from its full-width forms.
const FULL_WIDTH: u32 = 0xFEE0;

/// The same key without the width that an input method gives it.
fn narrow(key: &Key) -> Key {
    let Key::Character(text) = key else { return key.clone() };
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - FULL_WIDTH).unwrap_or(c),
        c => c,
    };
    match text.chars().map(narrow).collect::<String>().as_str() {
        " " | "\u{3000}" => Key::Named(Named::Space),
        text => Key::Character(text.into()),
    }
}

/// The first digit of each script whose digits a keyboard types: ASCII, Arabic, Persian, Devanagari, Bengali, Thai.
const ZEROS: [char; 6] = ['0', '\u{0660}', '\u{06F0}', '\u{0966}', '\u{09E6}', '\u{0E50}'];

fn typed_digit(key: &Key) -> Option<u8> {
    let Key::Character(text) = key else { return None };
    let mut signs = text.chars();
    let (sign, None) = (signs.next()?, signs.next()) else { return None };
    let of = |zero: char| u32::from(sign).checked_sub(u32::from(zero)).filter(|digit| *digit < 10);
    ZEROS.into_iter().find_map(of).and_then(|digit| u8::try_from(digit).ok())
}

/// The digit on a key that types none now: a numeric keypad without Num Lock, a row of digits that wants Shift, as in
/// France, or another kind of letter, as in kana mode, and a key that an input method has kept for itself.
fn printed_digit(key: &Key, physical: Physical, modifiers: Modifiers) -> Option<u8> {
    use Code::{
        Digit0, Digit1, Digit2, Digit3, Digit4, Digit5, Digit6, Digit7, Digit8, Digit9, Numpad0, Numpad1, Numpad2,
        Numpad3, Numpad4, Numpad5, Numpad6, Numpad7, Numpad8, Numpad9,
    };
    let Physical::Code(code) = physical else { return None };
    let at = |row: [Code; 10]| row.iter().position(|digit| *digit == code).and_then(|digit| u8::try_from(digit).ok());
    let pad = [Numpad0, Numpad1, Numpad2, Numpad3, Numpad4, Numpad5, Numpad6, Numpad7, Numpad8, Numpad9];
    let row = [Digit0, Digit1, Digit2, Digit3, Digit4, Digit5, Digit6, Digit7, Digit8, Digit9];
    let types_a_sign = matches!(key, Key::Character(_) | Key::Unidentified | Key::Named(Named::Process));
    at(pad).or_else(|| at(row).filter(|_| types_a_sign && !modifiers.shift()))
}

/// Way back or out, the nearest first.
const BACK: [&str; 5] = ["overlay-close", "cancel", "stop", "close", "back-to-start"];
/// Call for staff.
const STAFF: [&str; 2] = ["call-staff", "ask-staff"];
/// Enter presses these where nothing has the focus yet.
const ENTER: [&str; 2] = ["key-confirm", "start"];
/// The focus starts at the first of these that the screen has.
const FIRST: [&str; 2] = ["key-confirm", "ask-staff"];
/// Whether pressing this by key means that a patient finds their way by keys: the trainer's controls do not, nor do
/// digits, which are quicker typed than touched.
pub fn wakes(id: &str) -> bool {
    !id.starts_with("dock-") && !id.starts_with("key-")
}

/// Where the focus starts on a screen: OK beside a keypad, staff where a try is at stake, else the first thing that can be
/// pressed. A `firm` screen asks for what nobody can take back: nothing else has the focus there until a key puts it
/// somewhere.
pub fn start(outline: &Outline, firm: bool) -> Option<&Stop> {
    let own = |stop: &&Stop| !firm && stop.in_content && stop.enabled();
    FIRST.into_iter().find_map(|id| outline.stop(id)).or_else(|| outline.ring().find(own))
}

/// Where keys are: in use or not, and where the focus was put.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    /// Keys are in use: the focus is shown.
    pub awake: bool,
    /// Where the focus was put.
    pub put: Option<&'static str>,
    /// What the screen asks for cannot be taken back.
    pub firm: bool,
}

impl Place {
    /// Where the focus is: where it was put, as long as that is there, else where it starts.
    pub fn focused(self, outline: &Outline) -> Option<&Stop> {
        self.put.and_then(|id| outline.stop(id)).or_else(|| start(outline, self.firm))
    }
}

/// What `stroke` asks for there.
pub fn ask(outline: &Outline, place: Place, stroke: &Stroke) -> Option<Ask> {
    let press = |stop: &Stop| Ask::Press(stop.id());
    let step = |back| if place.awake { go(outline, place, back) } else { Some(Ask::Wake) };
    if let Some(stop) = stroke.digit.and_then(|digit| digit_key(outline, digit)) {
        return stop.enabled().then(|| press(stop));
    }
    match &stroke.key {
        Key::Character(text) => character(outline, text),
        Key::Named(Named::ArrowRight | Named::ArrowDown) => step(false),
        Key::Named(Named::ArrowLeft | Named::ArrowUp) => step(true),
        Key::Named(Named::Tab) => step(stroke.shift),
        Key::Named(Named::Enter | Named::Space) if place.awake => {
            place.focused(outline).map(press).or_else(|| outline.first_of(&ENTER).map(press))
        }
        Key::Named(Named::Enter | Named::Space) => outline.first_of(&ENTER).map(press).or(Some(Ask::Wake)),
        Key::Named(Named::Escape) => outline.first_of(&BACK).map(press),
        Key::Named(Named::Backspace) => outline.first_of(&["key-erase"]).map(press),
        Key::Named(Named::Delete) => outline.first_of(&["key-clear"]).map(press),
        Key::Named(Named::F1 | Named::Help) => outline.first_of(&STAFF).map(press),
        Key::Named(Named::F2) => outline.first_of(&["dock-card"]).map(press),
        Key::Named(Named::F3) => outline.first_of(&["dock-scenario"]).map(press),
        Key::Named(Named::F4) => Some(Ask::Repeat),
        Key::Named(Named::AudioVolumeUp) => Some(Ask::Louder),
        Key::Named(Named::AudioVolumeDown) => Some(Ask::Softer),
        _ => None,
    }
}

fn digit_key(outline: &Outline, digit: u8) -> Option<&Stop> {
    DIGIT_IDS.get(usize::from(digit)).and_then(|id| outline.stop(id))
}

/// Whether there is a keypad that has no room for this digit.
pub fn overruns(outline: &Outline, stroke: &Stroke) -> bool {
    stroke.digit.and_then(|digit| digit_key(outline, digit)).is_some_and(|stop| !stop.enabled())
}

fn character(outline: &Outline, text: &str) -> Option<Ask> {
    let press = |stop: &Stop| Ask::Press(stop.id());
    match text {
        "*" => outline.first_of(&STAFF).map(press),
        "/" | "#" => Some(Ask::Repeat),
        "+" => Some(Ask::Louder),
        "-" => Some(Ask::Softer),
        "." | "," => outline.first_of(&["key-clear"]).map(press),
        _ => None,
    }
}

/// The next or the last stop of the ring, round and round; the first step of all comes to the start.
fn go(outline: &Outline, place: Place, back: bool) -> Option<Ask> {
    let ring: Vec<&'static str> = outline.ring().map(Stop::id).collect();
    let last = ring.len().checked_sub(1)?;
    let at = place.focused(outline).and_then(|stop| ring.iter().position(|id| *id == stop.id()));
    let next = match (at, back) {
        (Some(0) | None, true) => last,
        (Some(at), true) => at - 1,
        (Some(at), false) if at < last => at + 1,
        (_, false) => 0,
    };
    ring.get(next).copied().map(Ask::Focus)
}
