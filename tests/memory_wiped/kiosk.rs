//! The process that is searched: a kiosk with its window, its card reader, its face engine, its files and the gateway over
//! TLS, whose patients do what the other process says. It is told no secret as it is: digits come as letters.

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use iced_test::Simulator;
use uketsuke::adapters::audit::{AuditConfig, AuditLog};
use uketsuke::adapters::camera::{Pace, RecordedCamera};
use uketsuke::adapters::card::virtual_card::{VirtualCard, VirtualReader};
use uketsuke::adapters::clock::SystemClock;
use uketsuke::adapters::code_b::TypedCodeB;
use uketsuke::adapters::desk::LogDesk;
use uketsuke::adapters::face::{FaceEngineTract, PackChoice};
use uketsuke::adapters::handoff::{DropConfig, DropFolder, JsonTwin, SpoolConfig};
use uketsuke::adapters::qualification::{Budgets, ClientConfig, QualificationClient};
use uketsuke::adapters::staff::KnownStaffCode;
use uketsuke::domain::code_b::Entry;
use uketsuke::domain::consent::ConsentAnswer;
use uketsuke::domain::secret::Secret;
use uketsuke::domain::session::{
    Method, OnScreen, PanelTouch, PatientInput, Rest, Settings, Situation, StaffReason, State,
};
use uketsuke::domain::timing::Timing;
use uketsuke::i18n::{Language, Words};
use uketsuke::people;
use uketsuke::people::authority::TestAuthority;
use uketsuke::runtime::{self, Handle, Input, Options, Ports, view_of};
use uketsuke::ui::font;
use uketsuke::ui::message::Message;
use uketsuke::ui::theme::{Theme, iced_theme};
use uketsuke::ui::{App, UiOptions};

use super::repository;

/// Where the gateway is and where the kiosk's own folder.
pub const URL: &str = "UKETSUKE_TEST_URL";
pub const FOLDER: &str = "UKETSUKE_TEST_FOLDER";

const PATIENCE: Duration = Duration::from_secs(60);
const STAFF_CODE: [u8; 6] = *b"402817";

/// How a patient is identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Pin,
    Face,
    Eye,
}

struct Kiosk {
    handle: Handle,
    app: App,
    states: Receiver<State>,
    reader: Arc<VirtualReader>,
    authority: TestAuthority,
    _tokio: tokio::runtime::Runtime,
    _task: tokio::task::JoinHandle<()>,
}

fn start(url: String, folder: PathBuf) -> Kiosk {
    let tokio = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (outbox, inbox) = runtime::channel();
    let client = ClientConfig {
        base_url: url,
        identity_dir: folder.join("pki"),
        pins: Vec::new(),
        journal_path: folder.join("state/journal.sqlite"),
        facility_code: None,
        terminal_id: None,
        budgets: Budgets::default(),
        repertoire: Default::default(),
        resolve: true,
    };
    let clock = Arc::new(SystemClock::new());
    let client = QualificationClient::start(client, tokio.handle().clone(), clock, outbox.clone()).unwrap();
    let authority = TestAuthority::load().unwrap();
    let reader = Arc::new(VirtualReader::start(vec![authority.face_ca_public_key()], outbox.clone()).unwrap());
    let spool = Some(SpoolConfig::new(folder.join("state/spool")));
    let drop_folder = DropConfig::new(folder.join("drop"), folder.join("state/handoff"), "T001", "1310000001");
    let drop_folder = DropConfig { beside: vec![Arc::new(JsonTwin)], spool, ..drop_folder };
    let models = PackChoice { models: Some(repository("models")), ..PackChoice::default() };
    let clip = repository("assets/people/p01/clip");
    let ports = Ports {
        card: Arc::clone(&reader) as _,
        camera: Arc::new(RecordedCamera::new(clip, Pace::LockStep, outbox.clone())),
        face: Arc::new(FaceEngineTract::start(models, 1, outbox.clone())),
        code_b: Arc::new(TypedCodeB::new(outbox.clone())),
        staff: Arc::new(KnownStaffCode::new(Secret::new(STAFF_CODE), outbox.clone())),
        qualification: Arc::new(client),
        handoff: Arc::new(DropFolder::start(drop_folder, outbox.clone()).unwrap()),
        clock: Arc::new(SystemClock::new()),
        audit: Arc::new(AuditLog::start(AuditConfig::new(folder.join("state/audit"), "T001"), outbox).unwrap()),
        desk: Arc::new(LogDesk::new(|news| Words::of(Language::En).staff_news(news))),
    };
    let (tell, states) = channel();
    let observer: runtime::Observer = Box::new(move |state, _| drop(tell.send(state.clone())));
    let usual = Settings::default();
    let timing = Timing { fallback: Duration::from_secs(60), done: Duration::from_secs(2), ..usual.timing };
    let settings = Settings { timing, staff_codes: true, ..usual };
    let options = Options { settings, training: false, observer: Some(observer) };
    let (handle, task) = runtime::start(tokio.handle(), ports, inbox, options);
    let app = App::new(handle.clone(), UiOptions { size: Some((1080, 1920)), ..UiOptions::default() });
    Kiosk { handle, app, states, reader, authority, _tokio: tokio, _task: task }
}

impl Kiosk {
    /// Draws what the window shows.
    fn draws(&mut self, state: &State) {
        let _ = self.app.update(Message::View(view_of(state, false)));
        let settings = iced::Settings { default_font: font::DEFAULT, ..iced::Settings::default() };
        let mut window = Simulator::with_size(settings, (1080.0, 1920.0), self.app.view());
        window.snapshot(&iced_theme(Theme::Light)).expect("a picture");
    }

    fn touch(&self, input: PatientInput) {
        assert!(self.handle.send(Input::Patient(input)));
    }

    fn types(&self, digits: &str) {
        digits.bytes().for_each(|digit| assert!(self.handle.send(Input::Digit(digit - b'0'))));
        self.touch(PatientInput::Confirm);
    }

    /// One visit up to the empty reader; `pin` in letters.
    fn visit(&mut self, by: By, id: &str, pin: &str, mut asks: impl FnMut(&str)) {
        {
            let mut person = people::by_id(id).unwrap();
            person.pin = zeroize::Zeroizing::new(digits_of(pin)).as_str().into();
            let today = uketsuke::domain::japan::day(jiff::Timestamp::now());
            self.reader.insert(VirtualCard::new(&self.authority, &person, today, &[]).unwrap());
        }
        let (mut begun, mut taken, mut done, mut trail) = (false, false, false, Vec::new());
        loop {
            let Ok(state) = self.states.recv_timeout(PATIENCE) else {
                panic!("{by:?} of {id} stands still: {trail:?}")
            };
            trail.push(state.on_screen().name());
            begun |= state.visit().is_some();
            match state.on_screen() {
                OnScreen::Rest(Rest::Idle) if begun => return self.draws(&state),
                OnScreen::Rest(Rest::CardLeft { .. }) if !taken => {
                    taken = true;
                    self.reader.remove();
                }
                OnScreen::Situation(situation) => {
                    if matches!(
                        situation,
                        Situation::Done | Situation::ConfirmName | Situation::EnterPin { typed: 4, .. }
                    ) {
                        self.draws(&state);
                    }
                    if *situation == Situation::Done && !std::mem::replace(&mut done, true) {
                        asks("done");
                    }
                    self.react(situation, by, id, pin);
                }
                OnScreen::Rest(_) | OnScreen::Pause(_) => {}
            }
        }
    }

    fn react(&self, situation: &Situation, by: By, id: &str, pin: &str) {
        let input = match situation {
            Situation::ChooseMethod => match by {
                By::Pin => PatientInput::Choose(Method::Pin),
                By::Face => PatientInput::Choose(Method::Face),
                By::Eye => PatientInput::CallStaff,
            },
            Situation::EnterPin { typed: 0, .. } => return self.types(&zeroize::Zeroizing::new(digits_of(pin))),
            Situation::EnterCodeB { entry } => return self.types_part(entry, id),
            Situation::FaceHelp { .. } | Situation::PinLocked { .. } => panic!("{by:?} of {id}: {situation:?}"),
            Situation::CallStaff { reason: StaffReason::Failure(failure) } => panic!("{by:?} of {id}: {failure:?}"),
            Situation::CallStaff { .. } => PatientInput::StaffHere,
            Situation::EnterStaffCode { typed: 0, entry, .. } if entry.takes_digits() => return self.types("402817"),
            Situation::StaffPanel { .. } => {
                assert!(self.handle.send(Input::Panel(PanelTouch::LookByEye)));
                return;
            }
            Situation::VisualCheck => PatientInput::Yes,
            Situation::Consenting => PatientInput::Consent(ConsentAnswer::Given),
            Situation::ConfirmName | Situation::Renewal | Situation::AlreadyReceived { .. } | Situation::Done => {
                PatientInput::Continue
            }
            Situation::RegisterOffer => PatientInput::Cancel,
            Situation::Stopped { failure } | Situation::Fallback { failure } => panic!("{by:?} of {id}: {failure:?}"),
            _ => return,
        };
        self.touch(input);
    }

    /// The part of code B that is asked for, once.
    fn types_part(&self, entry: &Entry, id: &str) {
        let part = entry.part;
        if entry.typed[part.index()] > 0 {
            return;
        }
        assert_eq!(entry.problem, None, "code B of {id}");
        let code = zeroize::Zeroizing::new(people::by_id(id).unwrap().code_b());
        self.types([&code[..6], &code[6..10], &code[10..]][part.index()]);
    }
}

/// Digits out of letters: `a` is 0.
fn digits_of(letters: &str) -> String {
    letters.bytes().map(|letter| char::from(letter - b'a' + b'0')).collect()
}

/// What the other process says and hears.
fn say(words: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "kiosk: {words}").and_then(|()| out.flush()).expect("the other process listens");
}

#[test]
#[ignore = "started by the tests of whole visits"]
fn the_kiosk_that_is_searched() {
    let (Ok(url), Some(folder)) = (std::env::var(URL), std::env::var_os(FOLDER)) else {
        return println!("no gateway: started by the other tests only");
    };
    let mut kiosk = start(url, folder.into());
    let mut planted: Vec<Vec<u8>> = Vec::new();
    let mut lines = std::io::stdin().lock().lines().map(|line| line.expect("a line"));
    say("ready");
    while let Some(line) = lines.next() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["plant", id, pin] => {
                let person = people::by_id(id).unwrap();
                planted.push(person.name.into_bytes());
                planted.push([&[0x00, 0x20, 0x00, 0x80, 4], digits_of(pin).as_bytes()].concat());
                say("planted");
            }
            [how, id, pin] => {
                let by = match *how {
                    "pin" => By::Pin,
                    "face" => By::Face,
                    _ => By::Eye,
                };
                kiosk.visit(by, id, pin, |at| {
                    say(at);
                    lines.next().expect("it goes on");
                });
                say("idle");
            }
            _ => break,
        }
    }
    println!("{} things were planted", planted.len());
}
