use super::*;
use crate::domain::card::Tries;
use crate::domain::ids::ReceptionId;
use crate::runtime::{HandleServer, View};

fn view(screen: Screen, reception: Option<u64>) -> View {
    View { screen, reception: reception.map(ReceptionId), training: false }
}

fn app(first: View) -> (App, HandleServer) {
    let (handle, server) = Handle::pair(first);
    (App::new(handle, UiOptions::default()), server)
}

fn pin(typed: u8) -> Screen {
    Screen::EnterPin { typed, tries: Tries::Left(3), wrong: false, face_possible: false }
}

#[test]
fn choices_of_one_patient_end_with_the_visit() {
    let (mut app, _server) = app(view(Screen::PlaceCard, Some(1)));
    for message in [Message::Language, Message::TextSize, Message::Contrast] {
        let _ = app.update(message);
    }
    assert_eq!((app.language, app.text, app.contrast), (Language::En, TextStep::P125, Contrast::High));
    let _ = app.update(Message::View(view(Screen::CleaningUp, Some(1))));
    assert_eq!(app.language, Language::En);
    let _ = app.update(Message::View(view(Screen::Idle, None)));
    assert_eq!((app.language, app.text, app.contrast), (Language::Ja, TextStep::P100, Contrast::Light));
}

#[test]
fn only_another_screen_closes_the_guard() {
    let (mut app, _server) = app(view(pin(0), Some(1)));
    let _ = app.update(Message::View(view(pin(1), Some(1))));
    assert_eq!(app.opens_at, None);
    let before = Instant::now();
    let _ = app.update(Message::View(view(Screen::Consenting, Some(1))));
    assert!(app.opens_at.is_some_and(|at| at >= before + GUARD));
}

#[test]
fn keys_drive_the_keypad_and_wait_for_the_guard() {
    let (mut app, mut server) = app(view(pin(3), Some(1)));
    let key = |text: &str| Message::Key(Key::Character(text.into()));
    let named = |key| Message::Key(Key::Named(key));
    for message in [key("7"), key("x"), named(Named::Enter), named(Named::Backspace)] {
        let _ = app.update(message);
    }
    assert!(matches!(server.inputs.try_recv(), Ok(Input::Digit(7))));
    assert!(matches!(server.inputs.try_recv(), Ok(Input::Patient(PatientInput::DigitErased))));
    assert!(server.inputs.try_recv().is_err());

    let _ = app.update(Message::View(view(pin(4), Some(1))));
    let _ = app.update(named(Named::Enter));
    assert!(matches!(server.inputs.try_recv(), Ok(Input::Patient(PatientInput::Confirm))));

    let _ = app.update(Message::View(view(Screen::Consenting, Some(1))));
    let _ = app.update(named(Named::Escape));
    assert!(server.inputs.try_recv().is_err(), "the guard is closed");
}

#[test]
fn a_late_frame_does_not_come_back() {
    let picture = || Message::Preview(Some(iced::widget::image::Handle::from_rgba(1, 1, vec![0; 4])));
    let looking = Screen::FaceCapture { hint: None, attempt: 1 };
    let (mut app, _server) = app(view(looking, Some(1)));
    let _ = app.update(picture());
    assert!(app.data.preview.is_some());
    let _ = app.update(Message::View(view(Screen::VisualCheck, Some(1))));
    assert!(app.data.preview.is_none());
    let _ = app.update(picture());
    assert!(app.data.preview.is_none());
}

#[test]
fn nothing_ticks_while_idle() {
    let (app, _server) = app(view(Screen::Idle, None));
    assert!(!app.moves());
}
