//! Fingers on the real window: what they send, and what they must not.

use std::time::{Duration, Instant};

use iced::{Point, Size};
use iced_test::Simulator;
use uketsuke::domain::card::Tries;
use uketsuke::domain::consent::{ConsentAnswer, Wording};
use uketsuke::domain::ids::ReceptionId;
use uketsuke::domain::pin::EnteredBy;
use uketsuke::domain::session::{Method, PatientInput, Purpose};
use uketsuke::runtime::view::{ChooseMethod, Consenting, EnterPin};
use uketsuke::runtime::{Handle, HandleServer, Input, Screen, View};
use uketsuke::ui::message::Message;
use uketsuke::ui::widget::surface::Surface;
use uketsuke::ui::{App, UiOptions, headless, screen};

use crate::finger::{self, Standing, lift, press, settings};

const WINDOW: Size = Size::new(1080.0, 1920.0);

fn app(screen: Screen) -> (App, HandleServer) {
    headless::load_fonts();
    let view = View { screen, reception: Some(ReceptionId(1)), training: false, purpose: Purpose::Reception };
    let (handle, server) = Handle::pair(view);
    (App::new(handle, UiOptions { clock: Standing::here().clock(), ..UiOptions::default() }), server)
}

fn pin(typed: u8) -> Screen {
    let entered_by = EnteredBy::Patient;
    Screen::EnterPin(EnterPin {
        typed,
        tries: Tries::Left(3),
        wrong: false,
        face_possible: true,
        entered_by,
        guardian: false,
    })
}

fn simulator(app: &App) -> Simulator<'_, Message> {
    finger::window(app, WINDOW)
}

fn centre(simulator: &mut Simulator<'_, Message>, id: &'static str) -> Point {
    simulator.find(iced_test::selector::id(id)).expect(id).bounds().center()
}

/// One finger down and up on `id`; the messages go through the app.
fn tap(app: &mut App, id: &'static str) {
    let mut simulator = simulator(app);
    let at = centre(&mut simulator, id);
    finger::tap(&mut simulator, at);
    let messages: Vec<Message> = simulator.into_messages().collect();
    for message in messages {
        let _ = app.update(message);
    }
}

fn heard(server: &mut HandleServer) -> Vec<String> {
    let mut all = Vec::new();
    while let Ok(input) = server.inputs.try_recv() {
        all.push(match *input {
            Input::Digit(digit) => format!("digit {digit}"),
            Input::ShowDigits(show) => format!("show {show}"),
            Input::Patient(input) => format!("{input:?}"),
            Input::MachineTyped => "machine".to_owned(),
            Input::Shown { .. } => continue,
            Input::Staff(input) => format!("staff {input:?}"),
            Input::Panel(touch) => format!("panel {touch:?}"),
        });
    }
    all
}

#[test]
fn digits_leave_one_by_one_and_confirm_only_when_full() {
    let (mut app, mut server) = app(pin(0));
    for id in ["key-1", "key-9", "key-0", "key-5"] {
        tap(&mut app, id);
    }
    tap(&mut app, "key-confirm");
    assert_eq!(heard(&mut server), ["digit 1", "digit 9", "digit 0", "digit 5"]);

    let (mut app, mut server) = self::app(pin(4));
    tap(&mut app, "key-1");
    tap(&mut app, "key-confirm");
    tap(&mut app, "key-erase");
    tap(&mut app, "key-clear");
    assert_eq!(heard(&mut server), ["Confirm", "DigitErased", "DigitsCleared"]);
}

#[test]
fn each_choice_sends_itself() {
    let (mut app, mut server) = app(Screen::ChooseMethod(ChooseMethod { face: Ok(()), pin: Ok(()) }));
    tap(&mut app, "choose-face");
    tap(&mut app, "choose-pin");
    tap(&mut app, "call-staff");
    tap(&mut app, "cancel");
    let face = format!("{:?}", PatientInput::Choose(Method::Face));
    let pin = format!("{:?}", PatientInput::Choose(Method::Pin));
    assert_eq!(heard(&mut server), [face.as_str(), &pin, "CallStaff", "Cancel"]);

    let (mut app, mut server) =
        self::app(Screen::Consenting(Consenting { wording: Wording::Statement, agree_left: false }));
    tap(&mut app, "consent-refuse");
    tap(&mut app, "consent-give");
    let answer = |answer| format!("{:?}", PatientInput::Consent(answer));
    assert_eq!(heard(&mut server), [answer(ConsentAnswer::Refused), answer(ConsentAnswer::Given)]);
}

#[test]
fn a_way_that_is_off_sends_nothing() {
    use uketsuke::domain::failure::Failure;
    let (mut app, mut server) = app(Screen::ChooseMethod(ChooseMethod { face: Err(Failure::CameraGone), pin: Ok(()) }));
    tap(&mut app, "choose-face");
    assert!(heard(&mut server).is_empty());
}

#[test]
fn a_finger_that_leaves_the_key_sends_nothing() {
    let (app, _server) = app(pin(0));
    let mut simulator = simulator(&app);
    let at = centre(&mut simulator, "key-1");
    let _ = simulator.simulate([press(1, at), lift(1, Point::new(at.x, at.y - 400.0))]);
    assert_eq!(simulator.into_messages().count(), 0);
}

#[test]
fn a_second_finger_is_not_heard() {
    let (app, _server) = app(pin(0));
    let mut simulator = simulator(&app);
    let (one, two) = (centre(&mut simulator, "key-1"), centre(&mut simulator, "key-2"));
    let _ = simulator.simulate([press(1, one), press(2, two), lift(2, two), lift(1, one)]);
    let messages: Vec<Message> = simulator.into_messages().collect();
    assert!(matches!(messages.as_slice(), [Message::Digit(1)]), "{messages:?}");
}

fn guarded(opens_at: Option<Instant>) -> usize {
    let (app, _server) = app(pin(0));
    let view = View { screen: pin(0), reception: None, training: false, purpose: Purpose::Reception };
    let data = screen::Data::of(view);
    let look = headless::Shot::new((1080, 1920), uketsuke::i18n::Language::Ja).look();
    let mut plain = simulator(&app);
    let at = centre(&mut plain, "key-1");
    let root: uketsuke::ui::message::Element = Surface::new(screen::view(&data, look), 1, opens_at, false).into();
    let mut simulator: Simulator<'_, Message> = Simulator::with_size(settings(), WINDOW, root);
    let _ = simulator.simulate([press(1, at), lift(1, at)]);
    simulator.into_messages().count()
}

#[test]
fn presses_before_the_guard_opens_are_lost() {
    assert_eq!(guarded(Some(Instant::now() + Duration::from_secs(3600))), 0);
    assert_eq!(guarded(Some(Instant::now())), 1);
    assert_eq!(guarded(None), 1);
}

#[test]
fn a_mouse_works_like_a_finger() {
    let (app, _server) = app(pin(0));
    let mut simulator = simulator(&app);
    let _ = simulator.click(iced_test::selector::id("key-7")).expect("the key");
    let messages: Vec<Message> = simulator.into_messages().collect();
    assert!(matches!(messages.as_slice(), [Message::Digit(7)]), "{messages:?}");
}
