//! Keys that a hand presses and that type nothing here: shortcuts, locks, media keys, dead keys, compositions; and keys that type
//! something else than what is printed on them.

use iced::Event;
use iced::advanced::input_method;
use iced::keyboard::key::{Code, Named};
use iced::keyboard::{Key, Modifiers};

use super::hostile::{down, endures, named, plain};
use super::kiosk::{Kiosk, ms};
use super::{Panel, key};
use crate::finger::BY_HAND;

on_both_panels!(
    shortcuts_of_the_system,
    keys_that_mean_nothing,
    keys_of_media_and_power,
    dead_keys_and_compositions,
    the_third_level_of_keys,
    a_text_from_an_input_method,
    locks_and_shifts,
    a_digit_held_down,
    keys_type_what_is_printed_on_them,
);

fn shortcuts_of_the_system(panel: Panel) {
    endures(panel, false, false, |kiosk| {
        let with = [Modifiers::CTRL, Modifiers::ALT, Modifiers::LOGO, Modifiers::CTRL | Modifiers::ALT];
        let keys = [
            (Key::Character("1".into()), Code::Digit1),
            (Key::Character("*".into()), Code::NumpadMultiply),
            (Key::Named(Named::Enter), Code::Enter),
            (Key::Named(Named::Escape), Code::Escape),
            (Key::Named(Named::F4), Code::F4),
            (Key::Named(Named::Delete), Code::Delete),
        ];
        let all = with.iter().flat_map(|held| keys.iter().map(|(key, code)| down(key.clone(), *code, *held, false)));
        kiosk.burst(all.collect(), BY_HAND);
    });
}

fn keys_that_mean_nothing(panel: Panel) {
    endures(panel, false, false, |kiosk| {
        let named_ones = [
            Named::F5,
            Named::F6,
            Named::F7,
            Named::F8,
            Named::F9,
            Named::F10,
            Named::F11,
            Named::F12,
            Named::PrintScreen,
            Named::Pause,
            Named::Insert,
            Named::Home,
            Named::End,
            Named::PageUp,
            Named::PageDown,
            Named::ContextMenu,
            Named::Clear,
            Named::Convert,
            Named::KanaMode,
            Named::Process,
        ];
        let letters = "aZqé½あア~@".chars().map(|sign| plain(Key::Character(sign.to_string().into())));
        kiosk.burst(named_ones.into_iter().map(named).chain(letters).collect(), BY_HAND);
    });
}

fn a_text_from_an_input_method(panel: Panel) {
    endures(panel, false, false, |kiosk| {
        let texts = ["1234", "１２３４", "1234\n", "佐藤", ""].map(|text| input_method::Event::Commit(text.to_owned()));
        kiosk.burst(texts.into_iter().map(Event::InputMethod).collect(), BY_HAND);
    });
}

fn locks_and_shifts(panel: Panel) {
    endures(panel, false, false, |kiosk| {
        let all = [Named::NumLock, Named::CapsLock, Named::Shift, Named::AltGraph, Named::ScrollLock, Named::Super];
        kiosk.burst(all.into_iter().cycle().take(60).map(named).collect(), ms(2));
    });
}

/// What stands above a keyboard, and on remote controls: the volume alone does something, which is no answer.
fn keys_of_media_and_power(panel: Panel) {
    endures(panel, false, false, |kiosk| {
        let all = [
            Named::MediaPlayPause,
            Named::MediaStop,
            Named::MediaTrackNext,
            Named::MediaTrackPrevious,
            Named::AudioVolumeMute,
            Named::AudioVolumeUp,
            Named::AudioVolumeDown,
            Named::BrowserBack,
            Named::BrowserHome,
            Named::BrowserSearch,
            Named::LaunchMail,
            Named::Power,
            Named::Standby,
            Named::WakeUp,
            Named::BrightnessUp,
            Named::Eject,
            Named::GoBack,
            Named::Exit,
            Named::Cancel,
            Named::Accept,
        ];
        kiosk.burst(all.into_iter().map(named).collect(), BY_HAND);
    });
}

/// A dead key has no sign of its own; a composition under way is no text yet.
fn dead_keys_and_compositions(panel: Panel) {
    endures(panel, false, false, |kiosk| {
        let dead = [Code::Quote, Code::BracketLeft, Code::Backquote, Code::Equal, Code::IntlRo];
        let dead = dead.map(|code| down(Key::Unidentified, code, Modifiers::empty(), false));
        let composed = ["に", "にほ", "1", "12", "1234", ""];
        let composed = composed.map(|text| input_method::Event::Preedit(text.to_owned(), Some(0..text.len())));
        let around = [input_method::Event::Opened].into_iter().chain(composed).chain([input_method::Event::Closed]);
        kiosk.burst(dead.into_iter().chain(around.map(Event::InputMethod)).collect(), BY_HAND);
    });
}

/// AltGr is Control with Alt on Windows; elsewhere the sign alone comes.
fn the_third_level_of_keys(panel: Panel) {
    endures(panel, false, false, |kiosk| {
        let third = Modifiers::CTRL | Modifiers::ALT;
        let keys = [("€", Code::KeyE), ("@", Code::KeyQ), ("{", Code::Digit7), ("²", Code::Digit2), ("~", Code::KeyN)];
        let windows = keys.map(|(sign, code)| down(Key::Character(sign.into()), code, third, false));
        let elsewhere = [("€", Code::KeyE), ("@", Code::KeyQ), ("µ", Code::KeyM), ("|", Code::IntlBackslash)];
        let elsewhere =
            elsewhere.map(|(sign, code)| down(Key::Character(sign.into()), code, Modifiers::empty(), false));
        kiosk.burst(windows.into_iter().chain(elsewhere).collect(), BY_HAND);
    });
}

/// Something lies on a key: one press is one digit, however long it takes.
fn a_digit_held_down(panel: Panel) {
    let mut kiosk: Kiosk = panel.into();
    kiosk.is_at_the_pin(&[]);
    kiosk.comes_to("enter_pin");
    kiosk.clock.advance(ms(1_000));
    let held = |repeat| down(Key::Character("7".into()), Code::Digit7, Modifiers::empty(), repeat);
    kiosk.burst([false].into_iter().chain([true; 90]).map(held).collect(), ms(30));
    kiosk.typed(1);
    assert!(!kiosk.has("keypad-machine"));
    for (count, digit) in (2..).zip("234".chars()) {
        kiosk.touch(key(digit));
        kiosk.typed(count);
    }
    assert_eq!((kiosk.pins_sent(), kiosk.machines()), (0, 0));
}

/// Numeric keypads without Num Lock, the rows of France and of kana, wide digits, digits of other scripts, an input method.
fn keys_type_what_is_printed_on_them(panel: Panel) {
    use Code::{
        Digit1, Digit2, Digit3, Digit4, Numpad0, Numpad1, Numpad2, Numpad3, Numpad4, Numpad5, Numpad7, Numpad9,
    };
    let mut kiosk: Kiosk = panel.into();
    kiosk.is_at_the_pin(&[]);
    kiosk.comes_to("enter_pin");
    kiosk.clock.advance(ms(1_000));
    let none = Modifiers::empty();
    let sign = |sign: &str, code| down(Key::Character(sign.into()), code, none, false);
    let key = |name, code| down(Key::Named(name), code, none, false);
    let commit = |text: &str| Event::InputMethod(input_method::Event::Commit(text.to_owned()));
    let shifted = |sign: &str, code| down(Key::Character(sign.into()), code, Modifiers::SHIFT, false);
    let rows: [(&str, [Event; 4]); 10] = [
        (
            "1234",
            [
                key(Named::End, Numpad1),
                key(Named::ArrowDown, Numpad2),
                key(Named::PageDown, Numpad3),
                key(Named::ArrowLeft, Numpad4),
            ],
        ),
        (
            "5790",
            [
                key(Named::Clear, Numpad5),
                key(Named::Home, Numpad7),
                key(Named::PageUp, Numpad9),
                key(Named::Insert, Numpad0),
            ],
        ),
        ("1234", [sign("&", Digit1), sign("é", Digit2), sign("\"", Digit3), sign("'", Digit4)]),
        ("1234", [shifted("1", Digit1), shifted("2", Digit2), shifted("3", Digit3), shifted("4", Digit4)]),
        ("1234", [sign("ぬ", Digit1), sign("ふ", Digit2), sign("あ", Digit3), sign("う", Digit4)]),
        ("1234", [sign("１", Digit1), sign("２", Digit2), sign("３", Digit3), sign("４", Digit4)]),
        ("1234", [sign("१", Digit1), sign("२", Digit2), sign("३", Digit3), sign("४", Digit4)]),
        ("1234", [sign("+", Digit1), sign("ě", Digit2), sign("š", Digit3), sign("č", Digit4)]),
        (
            "1234",
            [
                key(Named::Process, Digit1),
                key(Named::Process, Digit2),
                key(Named::Process, Digit3),
                key(Named::Process, Digit4),
            ],
        ),
        ("1234", [commit("1"), commit("２"), commit("३"), commit("4")]),
    ];
    for (digits, keys) in rows {
        for (count, event) in (1..=4).zip(keys) {
            kiosk.one_by_one(vec![event], BY_HAND);
            kiosk.typed(count);
        }
        kiosk.touch("show-digits");
        kiosk.sees_digits(Some(digits));
        kiosk.touch("key-clear");
        kiosk.typed(0);
        kiosk.touch("show-digits");
        kiosk.sees_digits(None);
    }
}
