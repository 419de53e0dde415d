//! What the keys of a keyboard or keypad do: exactly what a finger could do on the same screen, and speech.

use iced::keyboard::{Key, Modifiers, key::Named};

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

/// Way back or out, the nearest first.
const BACK: [&str; 5] = ["overlay-close", "cancel", "stop", "close", "back-to-start"];
/// Call for staff.
const STAFF: [&str; 2] = ["call-staff", "ask-staff"];
/// Enter presses these where nothing has the focus yet.
const ENTER: [&str; 2] = ["key-confirm", "start"];
/// Never where the focus starts: pressed by mistake, they end a good reception.
const NOT_FIRST: [&str; 1] = ["not-my-name"];

/// Whether pressing this by key means that a patient finds their way by keys: the trainer's controls do not, nor do
/// digits, which are quicker typed than touched.
pub fn wakes(id: &str) -> bool {
    !id.starts_with("dock-") && !id.starts_with("key-")
}

/// Where the focus starts on a screen: OK beside a keypad, else the first thing that can be pressed.
pub fn start(outline: &Outline) -> Option<&Stop> {
    outline.stop("key-confirm").or_else(|| {
        let own = |stop: &&Stop| stop.in_content && stop.enabled() && !NOT_FIRST.contains(&stop.id());
        outline.ring().find(own)
    })
}

/// Where the focus is: where it was put, as long as that is there, else where it starts.
pub fn focused<'a>(outline: &'a Outline, put: Option<&'static str>) -> Option<&'a Stop> {
    put.and_then(|id| outline.stop(id)).or_else(|| start(outline))
}

/// What `key` asks for; `awake` says whether keys are in use already, `put` where the focus was put.
pub fn ask(outline: &Outline, awake: bool, put: Option<&'static str>, key: &Key, modifiers: Modifiers) -> Option<Ask> {
    let press = |stop: &Stop| Ask::Press(stop.id());
    let step = |back| if awake { go(outline, put, back) } else { Some(Ask::Wake) };
    match key {
        Key::Character(text) => character(outline, text),
        Key::Named(Named::ArrowRight | Named::ArrowDown) => step(false),
        Key::Named(Named::ArrowLeft | Named::ArrowUp) => step(true),
        Key::Named(Named::Tab) => step(modifiers.shift()),
        Key::Named(Named::Enter | Named::Space) if awake => {
            focused(outline, put).map(press).or_else(|| outline.first_of(&ENTER).map(press))
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

fn character(outline: &Outline, text: &str) -> Option<Ask> {
    let press = |stop: &Stop| Ask::Press(stop.id());
    match text {
        "*" => outline.first_of(&STAFF).map(press),
        "/" | "#" => Some(Ask::Repeat),
        "+" => Some(Ask::Louder),
        "-" => Some(Ask::Softer),
        "." => outline.first_of(&["key-clear"]).map(press),
        digit => {
            let digit = digit.parse::<usize>().ok().and_then(|digit| DIGIT_IDS.get(digit))?;
            outline.first_of(&[*digit]).map(press)
        }
    }
}

/// The next or the last stop of the ring, round and round; the first step of all comes to the start.
fn go(outline: &Outline, put: Option<&'static str>, back: bool) -> Option<Ask> {
    let ring: Vec<&'static str> = outline.ring().map(Stop::id).collect();
    let last = ring.len().checked_sub(1)?;
    let at = focused(outline, put).and_then(|stop| ring.iter().position(|id| *id == stop.id()));
    let next = match (at, back) {
        (Some(0) | None, true) => last,
        (Some(at), true) => at - 1,
        (Some(at), false) if at < last => at + 1,
        (_, false) => 0,
    };
    ring.get(next).copied().map(Ask::Focus)
}
