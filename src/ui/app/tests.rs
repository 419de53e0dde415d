use super::*;
use crate::domain::card::Tries;
use crate::domain::ids::ReceptionId;
use crate::domain::pin::EnteredBy;
use crate::domain::session::Purpose;
use crate::runtime::view::{CleaningUp, Consenting, EnterPin, FaceCapture, Idle, PlaceCard, VisualCheck};
use crate::runtime::{HandleServer, Screen, View};
use crate::ui::metrics::TextStep;
use crate::ui::theme::Theme;

fn view(screen: Screen, reception: Option<u64>) -> View {
    View { screen, reception: reception.map(ReceptionId), training: false, purpose: Purpose::Reception }
}

fn app(first: View) -> (App, HandleServer) {
    let (handle, server) = Handle::pair(first);
    (App::new(handle, UiOptions::default()), server)
}

fn pin(typed: u8) -> Screen {
    let (tries, entered_by) = (Tries::Left(3), EnteredBy::Patient);
    Screen::EnterPin(EnterPin { typed, tries, wrong: false, face_possible: false, entered_by, guardian: false })
}

fn consenting() -> Screen {
    Screen::Consenting(Consenting { wording: crate::domain::consent::Wording::Statement, agree_left: false })
}

#[test]
fn what_one_patient_set_ends_with_the_visit() {
    let (mut app, _server) = app(view(Screen::PlaceCard(PlaceCard), Some(1)));
    let changes = [Change::Language(Language::En), Change::Text(TextStep::P150), Change::Theme(Theme::Dark)];
    for change in changes.into_iter().chain([Change::Seated(true), Change::Calm(true)]) {
        let _ = app.update(Message::Prefer(change));
    }
    let _ = app.update(Message::Open(Overlay::Display));
    let (language, text, theme) = (Language::En, TextStep::P150, Theme::Dark);
    let set = Preferences { language, text, theme, seated: true, calm: true, ..Preferences::default() };
    assert_eq!(app.preferences, set);
    let _ = app.update(Message::View(view(Screen::VisualCheck(VisualCheck), Some(1))));
    assert_eq!((app.preferences, app.data.overlay), (set, Some(Overlay::Display)));
    let _ = app.update(Message::View(view(Screen::CleaningUp(CleaningUp), Some(1))));
    assert_eq!((app.preferences, app.data.overlay), (set, None));
    let _ = app.update(Message::View(view(Screen::Idle(Idle { inquiry: false }), None)));
    assert_eq!(app.preferences, Preferences::default());
}

#[test]
fn what_somebody_set_and_left_is_forgotten() {
    let (mut app, _server) = app(view(Screen::Idle(Idle { inquiry: false }), None));
    let _ = app.update(Message::Prefer(Change::Theme(Theme::Grey)));
    let first = app.set;
    let _ = app.update(Message::Prefer(Change::Text(TextStep::P200)));
    let _ = app.update(Message::Abandoned(first));
    assert_eq!(app.preferences.theme, Theme::Grey, "somebody is still there");
    let last = app.set;
    let _ = app.update(Message::View(view(Screen::PlaceCard(PlaceCard), Some(1))));
    let _ = app.update(Message::Abandoned(last));
    assert_eq!(app.preferences.theme, Theme::Grey, "the card came");
    let _ = app.update(Message::View(view(Screen::Idle(Idle { inquiry: false }), None)));
    let _ = app.update(Message::Prefer(Change::Theme(Theme::Grey)));
    let last = app.set;
    let _ = app.update(Message::Abandoned(last));
    assert_eq!(app.preferences, Preferences::default());
}

#[test]
fn a_panel_opens_over_the_screen_and_closes_to_it() {
    let (mut app, _server) = app(view(pin(2), Some(1)));
    let before = Instant::now();
    let _ = app.update(Message::Open(Overlay::Display));
    assert!(app.opens_at.is_some_and(|at| at >= before + GUARD));
    for close in [Message::CloseOverlay, Message::Open(Overlay::Sound)] {
        let _ = app.update(Message::Open(Overlay::Sound));
        assert_eq!(app.data.overlay, Some(Overlay::Sound));
        let _ = app.update(close);
        assert_eq!(app.data.overlay, None);
    }
}

#[test]
fn only_another_screen_closes_the_guard() {
    let (mut app, _server) = app(view(pin(0), Some(1)));
    let _ = app.update(Message::View(view(pin(1), Some(1))));
    assert_eq!(app.opens_at, None);
    let before = Instant::now();
    let _ = app.update(Message::View(view(consenting(), Some(1))));
    assert!(app.opens_at.is_some_and(|at| at >= before + GUARD));
}

#[test]
fn a_late_frame_does_not_come_back() {
    let picture = || Message::Preview(Some(iced::widget::image::Handle::from_rgba(1, 1, vec![0; 4])));
    let looking = Screen::FaceCapture(FaceCapture { hint: None, attempt: 1, progress: 0 });
    let (mut app, _server) = app(view(looking, Some(1)));
    let _ = app.update(picture());
    assert!(app.data.preview.is_some());
    let _ = app.update(Message::View(view(Screen::VisualCheck(VisualCheck), Some(1))));
    assert!(app.data.preview.is_none());
    let _ = app.update(picture());
    assert!(app.data.preview.is_none());
}

#[test]
fn nothing_ticks_while_idle() {
    let (app, _server) = app(view(Screen::Idle(Idle { inquiry: false }), None));
    assert!(!app.moves());
}

#[test]
fn only_new_words_or_places_make_the_window_draw_itself_whole() {
    let face = |hint, progress| view(Screen::FaceCapture(FaceCapture { hint, attempt: 1, progress }), Some(1));
    let (mut app, _server) = app(face(None, 10));
    let picture = || Message::Preview(Some(iced::widget::image::Handle::from_rgba(1, 1, vec![0; 4])));
    let hint = Some(crate::domain::face::Hint::LookHere);
    for (message, whole) in [
        (picture(), true),
        (picture(), false),
        (Message::View(face(None, 40)), false),
        (Message::Tick(Instant::now()), false),
        (Message::View(face(hint, 40)), true),
        (Message::Prefer(Change::Theme(Theme::Grey)), true),
        (Message::Preview(None), true),
    ] {
        let (before, told) = (app.revision, format!("{message:?}"));
        let _ = app.update(message);
        assert_eq!(app.revision != before, whole, "{told}");
    }
}
