//! Keys on the real window: they reach everything a finger reaches, and do nothing else.

use std::collections::BTreeSet;
use std::time::Duration;

use iced::advanced::widget::{Id, Operation};
use iced::keyboard::{Key, key::Named};
use iced::{Rectangle, Size};
use uketsuke::domain::card::Tries;
use uketsuke::domain::consent::Wording;
use uketsuke::domain::ids::ReceptionId;
use uketsuke::domain::session::Purpose;
use uketsuke::i18n::{Language, Words, readable};
use uketsuke::runtime::view::{ChooseSubsidy, ConsentLimit, Consenting, EnterPin, PlaceCard, RegisterOffer};
use uketsuke::runtime::{Handle, HandleServer, Input, Screen, View};
use uketsuke::ui::app::GUARD;
use uketsuke::ui::headless::{Shot, Stage};
use uketsuke::ui::keys;
use uketsuke::ui::message::Message;
use uketsuke::ui::outline::{Outline, Stop};
use uketsuke::ui::presets;
use uketsuke::ui::sample::Preset;
use uketsuke::ui::screen;
use uketsuke::ui::speech::Index;
use uketsuke::ui::theme::{Theme, iced_theme};
use uketsuke::ui::widget::keypad::DIGIT_IDS;
use uketsuke::ui::widget::pressable::Report;
use uketsuke::ui::{App, Overlay, UiOptions, headless};

use crate::finger::{self, Standing};

const SIZES: [(u32, u32); 2] = [(1080, 1920), (1280, 800)];
const WINDOW: Size = Size::new(1080.0, 1920.0);

fn outline(data: &screen::Data, size: (u32, u32)) -> Outline {
    let mut outline = Outline::default();
    Stage::new(data, Shot::new(size, Language::Ja)).expect("a stage").operate(&mut outline);
    outline
}

/// Every pressable, as a finger finds it.
#[derive(Default)]
struct Pressables(BTreeSet<String>);

impl Operation for Pressables {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, id: Option<&Id>, _: Rectangle, state: &mut dyn std::any::Any) {
        if state.downcast_ref::<Report>().is_some() {
            self.0.insert(finger::plain(id.expect("a name")));
        }
    }
}

#[test]
fn the_focus_comes_to_everything_but_digits_once() {
    for size in SIZES {
        for preset in presets() {
            let name = preset.name.clone();
            let data = preset.data;
            let mut pressables = Pressables::default();
            Stage::new(&data, Shot::new(size, Language::Ja)).expect("a stage").operate(&mut pressables);
            let outline = outline(&data, size);
            let ring: Vec<&str> = outline.ring().map(Stop::id).collect();
            let digits: BTreeSet<String> = DIGIT_IDS.iter().map(|id| (*id).to_owned()).collect();
            let wanted: BTreeSet<String> = pressables.0.difference(&digits).cloned().collect();
            assert_eq!(ring.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>(), wanted, "{name} {size:?}");
            assert_eq!(ring.len(), wanted.len(), "{name} {size:?}: {ring:?}");
            let own = outline.ring().position(|stop| !stop.in_content).unwrap_or(ring.len());
            assert!(outline.ring().skip(own).all(|stop| !stop.in_content), "{name}: the screen's own comes first");
            for stop in outline.ring() {
                // Whoever opens the panel of staff reads it.
                let read = stop.in_content && name.starts_with("staff_panel");
                let said = Index::shipped().label(Language::Ja, stop);
                assert!(read || !said.is_empty(), "{name}: {} has no label to be said: {:?}", stop.id(), stop.label);
            }
        }
    }
}

/// Where a site has agreeing left, no question of the same visit has it right.
#[test]
fn every_pair_of_answers_keeps_its_sides() {
    let pairs = |agree_left| {
        let consenting = Consenting { wording: Wording::Statement, agree_left };
        [
            (Preset::of("", consenting), "consent-refuse", "consent-give"),
            (Preset::of("", ConsentLimit { agree_left }), "consent-refuse", "consent-give"),
            (Preset::of("", ChooseSubsidy { agree_left }), "subsidy-not", "subsidy-use"),
        ]
    };
    for size in SIZES {
        for agree_left in [false, true] {
            for (preset, refuse, give) in pairs(agree_left) {
                let outline = outline(&preset.data, size);
                let left = |id: &str| outline.stop(id).expect("an answer").bounds.x;
                assert_eq!(left(give) < left(refuse), agree_left, "{} {size:?}", preset.name);
            }
        }
    }
}

/// After the identity, what ends the visit says so: beside a consent "cancel" would read as taking it back.
#[test]
fn the_way_out_beside_a_consent_says_what_ends() {
    let said = |preset: Preset| {
        let outline = outline(&preset.data, (1080, 1920));
        outline.stop("cancel").map(|stop| stop.label.concat())
    };
    let word = |key: &str| Some(readable(&Words::of(Language::Ja).get(key)));
    let consenting = Consenting { wording: Wording::Statement, agree_left: false };
    assert_eq!(said(Preset::of("", consenting)), word("cancel-reception"));
    assert_eq!(said(Preset::of("", PlaceCard)), word("cancel"));
}

/// What nobody can take back is not pressed by Enter alone; docs/accessibility.md lists these screens.
#[test]
fn the_focus_starts_where_nothing_is_lost_by_mistake() {
    let document = std::fs::read_to_string("docs/accessibility.md").expect("the document");
    let mut firm = BTreeSet::new();
    for preset in presets() {
        let name = preset.name.clone();
        let outline = outline(&preset.data, SIZES[0]);
        let it = screen::name(&preset.data.view.screen);
        let asks = screen::facts(&preset.data.view.screen).firm && preset.data.overlay.is_none();
        let start = keys::start(&outline, asks).map(Stop::id);
        if outline.stop("key-1").is_some() {
            assert_eq!(start, Some("key-confirm"), "{name}");
        } else if asks {
            firm.insert(it);
            assert_eq!(start, outline.stop("ask-staff").map(Stop::id), "{name}");
        } else {
            let own = outline.ring().any(|stop| stop.in_content && stop.enabled());
            assert_eq!(start.is_some(), own, "{name}");
        }
        for stop in outline.ring().filter(|stop| stop.enabled() && is_final(it, &stop.offer.message)) {
            assert_ne!(start, Some(stop.id()), "{name}");
        }
    }
    for preset in presets() {
        let it = screen::name(&preset.data.view.screen);
        let listed = document.contains(&format!("\n| `{it}` |"));
        assert_eq!(listed, firm.contains(it), "{it} in docs/accessibility.md");
    }
}

/// What is said, given, refused or risked for good by this touch.
fn is_final(screen: &str, message: &Option<Message>) -> bool {
    use uketsuke::domain::session::PatientInput::{
        Consent, ConsentTo, Continue, No, NotMyName, OneByOne, Prescription, Yes,
    };
    let goes_on_for_good = ["confirm_name", "consent_summary", "pin_last_try", "register_terms", "already_received"];
    match message {
        Some(Message::Touched(Consent(_) | ConsentTo(_) | NotMyName | OneByOne | Prescription(_))) => true,
        Some(Message::Ordered(_)) => true,
        Some(Message::Touched(Yes | No)) => screen == "visual_check",
        Some(Message::Touched(Continue)) => goes_on_for_good.contains(&screen),
        _ => false,
    }
}

fn app(screen: Screen) -> (App, HandleServer) {
    app_by(&Standing::here(), screen)
}

fn app_by(clock: &Standing, screen: Screen) -> (App, HandleServer) {
    headless::load_fonts();
    let view = View { screen, reception: Some(ReceptionId(1)), training: false, purpose: Purpose::Reception };
    let (handle, server) = Handle::pair(view);
    (App::new(handle, UiOptions { clock: clock.clock(), ..UiOptions::default() }), server)
}

fn pin(typed: u8) -> Screen {
    let (tries, entered_by) = (Tries::Left(3), Default::default());
    Screen::EnterPin(EnterPin { typed, tries, wrong: false, face_possible: true, entered_by, guardian: false })
}

/// One key; its messages go through the app.
fn key(app: &mut App, key: Key) {
    for message in finger::key(app, WINDOW, key) {
        let _ = app.update(message);
    }
}

fn named(app: &mut App, name: Named) {
    key(app, Key::Named(name));
}

fn typed(app: &mut App, text: &str) {
    key(app, Key::Character(text.into()));
}

fn heard(server: &mut HandleServer) -> Vec<String> {
    let mut all = Vec::new();
    while let Ok(input) = server.inputs.try_recv() {
        all.push(match *input {
            Input::Digit(digit) => format!("digit {digit}"),
            Input::Patient(input) => format!("{input:?}"),
            Input::ShowDigits(show) => format!("show {show}"),
            Input::MachineTyped => "machine".to_owned(),
            Input::Shown { .. } => continue,
            Input::Staff(command) => format!("staff {command:?}"),
            Input::Panel(touch) => format!("panel {touch:?}"),
        });
    }
    all
}

#[test]
fn digit_keys_type_and_commands_have_keys() {
    let (mut app, mut server) = app(pin(2));
    typed(&mut app, "7");
    typed(&mut app, "x");
    named(&mut app, Named::Backspace);
    named(&mut app, Named::Delete);
    // OK is off with two digits: nothing is sent.
    named(&mut app, Named::Enter);
    assert_eq!(heard(&mut server), ["digit 7", "DigitErased", "DigitsCleared"]);
    typed(&mut app, "*");
    named(&mut app, Named::F1);
    named(&mut app, Named::Escape);
    assert_eq!(heard(&mut server), ["CallStaff", "CallStaff", "Cancel"]);
    let view = View { screen: pin(4), reception: Some(ReceptionId(1)), training: false, purpose: Purpose::Reception };
    let _ = app.update(Message::View(view));
    typed(&mut app, "1");
    named(&mut app, Named::Enter);
    assert_eq!(heard(&mut server), ["Confirm"], "four digits are in, and the guard of another screen is not closed");
}

#[test]
fn the_first_arrow_shows_the_focus_and_the_next_moves_it() {
    let (mut app, mut server) = app(Screen::RegisterOffer(RegisterOffer));
    for arrow in [Named::ArrowDown, Named::ArrowDown, Named::Enter] {
        named(&mut app, arrow);
    }
    assert_eq!(heard(&mut server), ["Continue"], "from the first choice to the second");
    for arrow in [Named::ArrowUp, Named::Enter] {
        named(&mut app, arrow);
    }
    assert_eq!(heard(&mut server), ["Cancel"], "and back");
}

#[test]
fn a_new_screen_takes_no_key_at_first() {
    let clock = Standing::here();
    let (mut app, mut server) = app_by(&clock, pin(0));
    let view = View {
        screen: Screen::RegisterOffer(RegisterOffer),
        reception: Some(ReceptionId(1)),
        training: false,
        purpose: Purpose::Reception,
    };
    let _ = app.update(Message::View(view));
    let moment = Duration::from_millis(1);
    clock.advance(GUARD - moment);
    let early = finger::key(&app, WINDOW, Key::Named(Named::Escape));
    assert!(early.is_empty(), "{early:?}");
    clock.advance(moment);
    named(&mut app, Named::Escape);
    assert_eq!(heard(&mut server), ["Cancel"], "and only then");
}

#[test]
fn panels_open_and_close_by_key_and_keep_digits_to_themselves() {
    let clock = Standing::here();
    let (mut app, mut server) = app_by(&clock, pin(1));
    let _ = app.update(Message::Open(Overlay::Display));
    clock.advance(GUARD);
    typed(&mut app, "7");
    assert!(heard(&mut server).is_empty(), "the keypad is covered");
    let closed = finger::key(&app, WINDOW, Key::Named(Named::Escape));
    assert!(closed.iter().any(|message| matches!(message, Message::CloseOverlay)), "{closed:?}");
}

/// Pixels of the window as `app` shows it now, at 2×.
fn pixels(app: &App) -> image::RgbImage {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = finger::window(app, WINDOW).snapshot(&iced_theme(Theme::Light)).expect("a picture");
    assert!(picture.matches_image(folder.path().join("window")).expect("a file"));
    let file = std::fs::read_dir(folder.path()).expect("a folder").next().expect("a picture").expect("a file");
    image::open(file.path()).expect("a picture").into_rgb8()
}

#[test]
fn the_focus_is_seen_and_a_finger_ends_it() {
    let (mut app, _server) = app(Screen::RegisterOffer(RegisterOffer));
    let plain = pixels(&app);
    named(&mut app, Named::Tab);
    let ringed = pixels(&app);
    let changed = plain.pixels().zip(ringed.pixels()).filter(|(a, b)| a != b).count();
    // A millimetre all round a button of 20 mm and more.
    assert!(changed > 2_000, "{changed} pixels");
    let mut window = finger::window(&app, WINDOW);
    let corner = iced::Point::new(2.0, 2.0);
    let _ = window.simulate([finger::press(1, corner), finger::lift(1, corner)]);
    let messages: Vec<Message> = window.into_messages().collect();
    messages.into_iter().for_each(|message| drop(app.update(message)));
    assert!(pixels(&app) == plain, "the focus is gone");
}
