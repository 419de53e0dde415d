//! What is heard, recorded instead of played: every screen, every key, and nothing that must not be said aloud.

mod clips;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use iced::keyboard::{Key, key::Named};
use iced::{Event, Size, window};
use uketsuke::adapters::sound::{Heard, RecordedSound};
use uketsuke::domain::card::Tries;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::ReceptionId;
use uketsuke::domain::session::{Purpose, StaffReason};
use uketsuke::i18n::{Language, Words, readable};
use uketsuke::ports::{Clip, Earcon, SoundEvent, SoundOutbox, Volume};
use uketsuke::runtime::view::{
    CallStaff, CardLeft, ChooseMethod, ConfirmName, Done, EnterPin, FaceCapture, Idle, PlaceCard, ReadingCard,
    RegisterOffer, VisualCheck, WrongCard,
};
use uketsuke::runtime::{Handle, HandleServer, Screen, View};
use uketsuke::ui::headless::{Shot, Stage};
use uketsuke::ui::message::Message;
use uketsuke::ui::outline::Outline;
use uketsuke::ui::presets;
use uketsuke::ui::sample::Preset;
use uketsuke::ui::speech::Index;
use uketsuke::ui::{App, Change, UiOptions, headless};

use crate::finger::{self, Standing};

const WINDOW: Size = Size::new(1080.0, 1920.0);
const SPOKEN: [Language; 2] = [Language::Ja, Language::En];

fn sounds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sounds")
}

/// The window with a sound device that records; anything that cannot be played fails the test at its end.
struct Kiosk {
    app: App,
    sound: RecordedSound,
    troubles: Arc<Mutex<Vec<SoundEvent>>>,
    _server: HandleServer,
}

impl Kiosk {
    fn new(screen: Screen, language: Language) -> Kiosk {
        headless::load_fonts();
        let troubles = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&troubles);
        let outbox = SoundOutbox::new(move |event| {
            if let SoundEvent::Unplayable(..) | SoundEvent::Lost(..) = event {
                noted.lock().expect("a list").push(event);
            }
        });
        let sound = RecordedSound::new(sounds(), outbox);
        let view = View { screen, reception: Some(ReceptionId(1)), training: false, purpose: Purpose::Reception };
        let (handle, server) = Handle::pair(view);
        let options = UiOptions {
            sound: Some(Arc::new(sound.clone())),
            language,
            clock: Standing::here().clock(),
            ..UiOptions::default()
        };
        Kiosk { app: App::new(handle, options), sound, troubles, _server: server }
    }

    /// The same with speech on, from its first picture on.
    fn speaking(screen: Screen, language: Language) -> (Kiosk, Vec<Heard>) {
        let mut kiosk = Kiosk::new(screen, language);
        kiosk.takes(Message::Prefer(Change::Speech(true)));
        let heard = kiosk.draws();
        (kiosk, heard)
    }

    fn takes(&mut self, message: Message) {
        drop(self.app.update(message));
    }

    fn comes_to(&mut self, screen: Screen, reception: Option<u64>) -> Vec<Heard> {
        self.takes(Message::View(View {
            screen,
            reception: reception.map(ReceptionId),
            training: false,
            purpose: Purpose::Reception,
        }));
        self.draws()
    }

    /// Draws the window once; what was heard since the last time.
    fn draws(&mut self) -> Vec<Heard> {
        let redraw = Event::Window(window::Event::RedrawRequested(std::time::Instant::now()));
        let mut window = finger::window(&self.app, WINDOW);
        let _ = window.simulate([redraw]);
        let troubles = self.troubles.lock().expect("a list");
        assert!(troubles.is_empty(), "{troubles:?}");
        self.sound.take()
    }

    fn key(&mut self, key: Key) -> Vec<Heard> {
        for message in finger::key(&self.app, WINDOW, key) {
            self.takes(message);
        }
        self.draws()
    }
}

fn enter_pin(typed: u8, wrong: bool) -> Screen {
    let (tries, entered_by) = (Tries::Left(2), Default::default());
    Screen::EnterPin(EnterPin { typed, tries, wrong, face_possible: true, entered_by, guardian: false })
}

fn clips(heard: &[Heard]) -> Vec<&'static str> {
    let clip = |heard: &Heard| if let Heard::Speech(clip, _) = heard { Some(clip.0) } else { None };
    heard.iter().filter_map(clip).collect()
}

fn signals(heard: &[Heard]) -> Vec<Earcon> {
    let signal = |heard: &Heard| if let Heard::Signal(earcon, _) = heard { Some(*earcon) } else { None };
    heard.iter().filter_map(signal).collect()
}

fn outline(preset: Preset, language: Language) -> Outline {
    let mut outline = Outline::default();
    let shot = Shot::new((1080, 1920), language);
    Stage::new(&preset.data, shot).expect("a stage").operate(&mut outline);
    outline
}

/// What is on a screen and is never said: no clip can know it, or it is for staff.
fn stays_unsaid(text: &str, preset: &Preset, language: Language) -> bool {
    let words = Words::of(language);
    let personal = match &preset.data.view.screen {
        Screen::Done(Done { patient, .. }) | Screen::ConfirmName(ConfirmName { patient }) => {
            text.contains(&patient.0.name) || patient.0.kana.as_deref() == Some(text)
        }
        _ => false,
    };
    let code = words.with("staff-code", &[("code", "".into())]);
    // Whoever opens the panel reads it; a patient beside them need not hear it.
    let panel = matches!(preset.data.view.screen, Screen::StaffPanel(_));
    let for_staff = panel || text.starts_with(readable(&code).trim());
    // A page number, whatever the numbers are.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let page = words.with("terms-page", &[("page", "".into()), ("pages", "".into())]);
    let number = words.with("consent-number", &[("number", "".into()), ("of", "".into())]);
    let counted = [page, number].iter().any(|count| letters(text) == letters(count));
    // A site's own terms of use have no clips; the sample's have, but the preset shows made-up ones.
    let made_up = ["見本の文です。", "This is a sample. "].iter().any(|filler| text.contains(filler));
    // The Japanese original beside a translation is for the eye.
    let beside = |key: &str| text.starts_with(&readable(&Words::of(Language::Ja).get(key)));
    let binding = ["all", "records", "surgery", "checkup"]
        .into_iter()
        .any(|what| beside(&format!("consent-statement-{what}")) || beside(&format!("consent-question-{what}")));
    let original = language != Language::Ja
        && (binding
            || beside("limit-title")
            || beside("visual-here-title")
            || !Index::shipped().clips(Language::Ja, text).is_empty());
    personal || for_staff || counted || made_up || original || !text.chars().any(char::is_alphabetic)
}

#[test]
fn every_screen_is_spoken_whole() {
    let mut silent = Vec::new();
    for language in SPOKEN {
        for preset in presets() {
            let outline = outline(preset.clone(), language);
            let labels = outline.ring().flat_map(|stop| &stop.label);
            for text in outline.texts.iter().chain(labels) {
                let said = !Index::shipped().clips(language, text).is_empty();
                if !said && !text.trim().is_empty() && !stays_unsaid(text, &preset, language) {
                    silent.push(format!("{} {}: {text:?}", language.tag(), preset.name));
                }
            }
            // The idle screen is one thing to press: its words are that one's label.
            let mut all = outline.texts.iter().chain(outline.ring().flat_map(|stop| &stop.label));
            assert!(
                all.any(|text| !Index::shipped().clips(language, text).is_empty()),
                "{} {} says nothing",
                language.tag(),
                preset.name
            );
        }
    }
    assert!(silent.is_empty(), "no clip for\n{}", silent.join("\n"));
}

#[test]
fn names_have_no_clip() {
    for preset in presets() {
        let (Screen::Done(Done { patient, .. }) | Screen::ConfirmName(ConfirmName { patient })) =
            &preset.data.view.screen
        else {
            continue;
        };
        for language in SPOKEN {
            let greeting = Words::of(language).with("done-name", &[("name", patient.0.name.as_str().into())]);
            for text in [patient.0.name.clone(), readable(&greeting)].into_iter().chain(patient.0.kana.clone()) {
                assert_eq!(Index::shipped().clips(language, &text), [], "{}: {text}", language.tag());
            }
        }
    }
}

#[test]
fn a_screen_is_announced_in_the_patients_language() {
    for language in SPOKEN {
        let (mut kiosk, heard) = Kiosk::speaking(Screen::RegisterOffer(RegisterOffer), language);
        let tag = language.tag();
        let said = clips(&heard);
        assert_eq!(said.first().map(|clip| (*clip).to_owned()), Some(format!("{tag}/speech-begins")));
        let expected = ["register-title", "register-question", "register-time", "cancel", "continue"];
        let expected: Vec<String> = expected.iter().map(|key| format!("{tag}/{key}")).collect();
        assert_eq!(said.into_iter().skip(1).collect::<Vec<_>>(), expected);
        assert!(kiosk.draws().is_empty(), "a picture without news says nothing");
    }
    let mut quiet = Kiosk::new(Screen::RegisterOffer(RegisterOffer), Language::Ja);
    assert_eq!(clips(&quiet.draws()), [""; 0], "speech waits until it is asked for");
}

#[test]
fn digits_sound_all_the_same() {
    let pin = |typed| enter_pin(typed, false);
    for language in SPOKEN {
        let (mut kiosk, _) = Kiosk::speaking(pin(0), language);
        let mut sounds = Vec::new();
        for (typed, digit) in (1..).zip(["4", "7", "1", "0"]) {
            let mut heard = kiosk.key(Key::Character(digit.into()));
            heard.extend(kiosk.comes_to(pin(typed), Some(1)));
            sounds.push((signals(&heard), clips(&heard)));
        }
        let one = (
            vec![Earcon::Accepted],
            vec![if language == Language::Ja { "ja/speech-digit" } else { "en/speech-digit" }],
        );
        assert_eq!(sounds.iter().filter(|sound| **sound == one).count(), sounds.len(), "{sounds:?}");
        // Neither does any way round the screen say one.
        let mut all = Vec::new();
        for _ in 0..20 {
            all.extend(kiosk.key(Key::Named(Named::Tab)));
        }
        assert!(!clips(&all).iter().any(|clip| clip.contains("/key-")), "{all:?}");
        assert!(clips(&all).iter().any(|clip| clip.ends_with("/keypad-confirm")));
    }
}

#[test]
fn a_touch_breaks_off_and_the_repeat_key_says_it_again() {
    let (mut kiosk, first) = Kiosk::speaking(Screen::RegisterOffer(RegisterOffer), Language::Ja);
    let mut window = finger::window(&kiosk.app, WINDOW);
    let _ = window.simulate([finger::press(1, iced::Point::new(2.0, 2.0))]);
    drop(window);
    assert_eq!(kiosk.draws(), [Heard::Hush]);
    let again = kiosk.key(Key::Character("/".into()));
    assert_eq!(clips(&again), clips(&first)[1..], "all but the greeting");
}

#[test]
fn the_focus_says_where_it_is_and_what_is_off() {
    let (mut kiosk, _) = Kiosk::speaking(
        Screen::ChooseMethod(ChooseMethod { face: Err(Failure::CameraGone), pin: Ok(()) }),
        Language::En,
    );
    kiosk.key(Key::Named(Named::Tab));
    let mut heard = Vec::new();
    // Round once: the card that is off is passed as well.
    for _ in 0..12 {
        heard = kiosk.key(Key::Named(Named::ArrowDown));
        if clips(&heard).first() == Some(&"en/choose-face") {
            break;
        }
    }
    // Several failures have the same words, and one clip is enough for them.
    let why = readable(&Words::of(Language::En).get("failure-camera-gone.title"));
    let why = Index::shipped().clips(Language::En, &why);
    let why = why.first().expect("a clip").0;
    assert_eq!(clips(&heard), ["en/choose-face", why, "en/speech-off"]);
    assert_eq!(signals(&heard), [Earcon::Focus]);
    let heard = kiosk.key(Key::Named(Named::Enter));
    assert_eq!((signals(&heard), clips(&heard)), (vec![Earcon::Wrong], vec!["en/speech-off"]));
}

#[test]
fn only_what_is_new_on_a_screen_is_said() {
    let face = |hint| Screen::FaceCapture(FaceCapture { hint, attempt: 1, progress: 0 });
    let (mut kiosk, _) = Kiosk::speaking(face(None), Language::Ja);
    let heard = kiosk.comes_to(face(Some(uketsuke::domain::face::Hint::TooFar)), Some(1));
    assert_eq!(clips(&heard), ["ja/hint-too-far"]);
}

#[test]
fn speech_and_volume_end_with_the_visit() {
    let (mut kiosk, _) = Kiosk::speaking(Screen::PlaceCard(PlaceCard), Language::Ja);
    let usual = Volume::default();
    let louder = usual.louder().expect("a step");
    kiosk.key(Key::Character("+".into()));
    let heard = kiosk.comes_to(Screen::ReadingCard(ReadingCard), Some(1));
    assert!(heard.contains(&Heard::Speech(Clip("ja/reading-title"), louder)), "{heard:?}");
    assert!(heard.contains(&Heard::Signal(Earcon::CardSeen, louder)), "{heard:?}");
    let _ = kiosk.comes_to(Screen::Idle(Idle { inquiry: false }), None);
    let heard = kiosk.comes_to(Screen::ReadingCard(ReadingCard), Some(2));
    assert_eq!(clips(&heard), [""; 0], "the next patient did not ask for speech");
    assert_eq!(heard, [Heard::Signal(Earcon::CardSeen, usual)]);
}

#[test]
fn signals_go_with_what_happens() {
    let pin = |typed, wrong| enter_pin(typed, wrong);
    let left = |alarms| Screen::CardLeft(CardLeft { alarms });
    let mut kiosk = Kiosk::new(Screen::PlaceCard(PlaceCard), Language::Ja);
    let steps = [
        (Screen::ReadingCard(ReadingCard), Some(Earcon::CardSeen)),
        (pin(0, false), None),
        (Screen::VisualCheck(VisualCheck), None),
        (pin(0, true), Some(Earcon::Wrong)),
        (pin(1, true), None),
        (Screen::WrongCard(WrongCard { failure: Failure::NotMyNumberCard }), Some(Earcon::Wrong)),
        (left(0), Some(Earcon::TakeCard)),
        (left(1), Some(Earcon::TakeCardAgain)),
        (left(2), Some(Earcon::TakeCardLoud)),
        (
            Screen::CallStaff(CallStaff { reason: StaffReason::Asked, staff_entry: false, coming: false, go_on: true }),
            Some(Earcon::StaffCalled),
        ),
    ];
    for (screen, signal) in steps {
        let name = format!("{screen:?}");
        assert_eq!(signals(&kiosk.comes_to(screen, Some(1))), Vec::from_iter(signal), "{name}");
    }
    let done = presets().into_iter().find(|preset| preset.name == "done").expect("a preset");
    assert_eq!(signals(&kiosk.comes_to(done.data.view.screen, Some(1))), [Earcon::Done]);
}
