//! A kiosk in this process over the real adapters; the test is the patient and sees every state it comes to.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use uketsuke::adapters::camera::{Pace, RecordedCamera};
use uketsuke::adapters::card::pcsc::{PcscReader, ReaderOptions};
use uketsuke::adapters::clock::SystemClock;
use uketsuke::adapters::code_b::KnownCodeB;
use uketsuke::adapters::face::{FaceEngineTract, PackChoice};
use uketsuke::adapters::fake::{FakeAudit, FakeDesk};
use uketsuke::adapters::handoff::{DropConfig, DropFolder};
use uketsuke::adapters::qualification::{Budgets, ClientConfig, QualificationClient};
use uketsuke::adapters::staff::{CountedTries, StaffFileCodes};
use uketsuke::domain::consent::ConsentAnswer;
use uketsuke::domain::secret::Secret;
use uketsuke::domain::session::{Method, PanelTouch, PatientInput, Settings};
use uketsuke::domain::timing::Timing;
use uketsuke::people::authority::TestAuthority;
use uketsuke::ports::{CodeBSource, Outbox};
use uketsuke::runtime::view::{ChooseMethod, EnterPin};
use uketsuke::runtime::{self, Handle, Input, Options, Ports, Screen, view_of};

use crate::service::READER;
use crate::site::{Site, person};

/// Longer than any step takes on a busy machine; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// The kiosk, with the person whose card it expects.
pub struct Kiosk {
    handle: Option<Handle>,
    task: Option<tokio::task::JoinHandle<()>>,
    tokio: tokio::runtime::Runtime,
    seen: Receiver<Screen>,
    /// What it showed so far, for whoever reads a failure.
    trail: std::cell::RefCell<Vec<Screen>>,
    unresolved: tokio::sync::watch::Receiver<usize>,
}

/// How long a notice stands.
const SHORT: Duration = Duration::from_millis(400);

/// Notices go by quickly; a patient has long enough for a busy machine.
fn settings() -> Settings {
    let timing = Timing {
        idle: Duration::from_secs(6),
        still_there: SHORT,
        card_away: SHORT,
        notice: SHORT,
        fallback: SHORT,
        done: SHORT,
        ..Timing::default()
    };
    Settings { timing, ..Settings::default() }
}

/// Budgets that find a dead gateway soon.
fn budgets() -> Budgets {
    Budgets {
        attempt: Duration::from_secs(4),
        attempts: 2,
        pause_min: Duration::from_millis(50),
        pause_max: Duration::from_millis(200),
        ..Budgets::default()
    }
}

/// The code of p03 is known.
fn known(outbox: Outbox) -> Arc<dyn CodeBSource> {
    let code_b = Secret::new(person("p03").code_b().as_bytes().try_into().unwrap());
    Arc::new(KnownCodeB::fixed(code_b, outbox))
}

impl Kiosk {
    /// Starts it at that site, before the camera the pictures of `camera`.
    pub fn start(site: &Site, camera: PathBuf) -> Self {
        Self::with(site, camera, settings(), known)
    }

    /// The same where the card's front is shown to a camera, so long at most, and put back without haste.
    pub fn showing(
        site: &Site,
        camera: PathBuf,
        budget: Duration,
        code_b: impl FnOnce(Outbox) -> Arc<dyn CodeBSource>,
    ) -> Self {
        let usual = settings();
        let timing = Timing { show_card: budget, card_away: Duration::from_secs(30), ..usual.timing };
        Self::with(site, camera, Settings { timing, ..usual }, code_b)
    }

    /// The same for staff who have codes, and the time to type them.
    pub fn with_staff(site: &Site, camera: PathBuf) -> Self {
        let usual = settings();
        let timing = Timing { fallback: Duration::from_secs(60), ..usual.timing };
        let wrong_staff_codes = CountedTries::new(site.path("staff-tries")).wrong();
        Self::with(site, camera, Settings { timing, staff_codes: true, wrong_staff_codes, ..usual }, known)
    }

    fn with(
        site: &Site,
        camera: PathBuf,
        settings: Settings,
        code_b: impl FnOnce(Outbox) -> Arc<dyn CodeBSource>,
    ) -> Self {
        let tokio = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let (outbox, inbox) = runtime::channel();
        let client = ClientConfig {
            base_url: site.gateway.url(),
            identity_dir: site.identity(),
            pins: Vec::new(),
            journal_path: site.path("journal.sqlite"),
            facility_code: None,
            terminal_id: None,
            budgets: budgets(),
            repertoire: Default::default(),
            resolve: true,
        };
        let clock = Arc::new(SystemClock::new());
        let client = QualificationClient::start(client, tokio.handle().clone(), clock, outbox.clone()).unwrap();
        let unresolved = client.pending();
        let (facility_code, terminal_id) = client.identity();
        let drop_folder = DropConfig::new(site.path("drop"), site.path("own"), terminal_id, facility_code);
        let trust = vec![TestAuthority::load().unwrap().face_ca_public_key()].into();
        let reader = ReaderOptions { name: Some(READER.into()), trust };
        let models = PackChoice {
            models: Some(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("models")),
            ..PackChoice::default()
        };
        let ports = Ports {
            card: Arc::new(PcscReader::start(reader, outbox.clone()).unwrap()),
            camera: Arc::new(RecordedCamera::new(camera, Pace::Rate(7.0), outbox.clone())),
            face: Arc::new(FaceEngineTract::start(models, 1, outbox.clone())),
            code_b: code_b(outbox.clone()),
            staff: Arc::new(StaffFileCodes::new(
                site.path("staff.toml"),
                CountedTries::new(site.path("staff-tries")),
                outbox.clone(),
            )),
            qualification: Arc::new(client),
            handoff: Arc::new(DropFolder::start(drop_folder, outbox).unwrap()),
            clock: Arc::new(SystemClock::new()),
            audit: Arc::new(FakeAudit::default()),
            desk: Arc::new(FakeDesk::default()),
        };
        let (screens, seen) = channel();
        let observer: runtime::Observer = Box::new(move |state, _| {
            // Nobody listens any more once the test has ended.
            let _ = screens.send(view_of(state, false).screen);
        });
        let options = Options { settings, training: false, observer: Some(observer) };
        let (handle, task) = runtime::start(tokio.handle(), ports, inbox, options);
        let trail = std::cell::RefCell::default();
        Self { handle: Some(handle), task: Some(task), tokio, seen, trail, unresolved }
    }

    /// The next screen.
    pub fn next(&self, wanted: &str) -> Screen {
        match self.seen.recv_timeout(PATIENCE) {
            Ok(screen) => {
                self.trail.borrow_mut().push(screen.clone());
                screen
            }
            Err(error) => panic!("{wanted} did not come ({error}); the kiosk showed {:#?}", self.trail.borrow()),
        }
    }

    /// Waits for such a screen; what comes before it is passed over.
    pub fn until(&self, wanted: &str, is_it: impl Fn(&Screen) -> bool) -> Screen {
        loop {
            let screen = self.next(wanted);
            if is_it(&screen) {
                return screen;
            }
        }
    }

    /// Waits for this screen.
    pub fn shows(&self, wanted: &Screen) {
        self.until(&format!("{wanted:?}"), |screen| screen == wanted);
    }

    /// The next screen must be this one.
    pub fn shows_next(&self, wanted: &Screen) {
        let screen = self.next(&format!("{wanted:?}"));
        assert_eq!(screen, *wanted, "the kiosk showed {:#?}", self.trail.borrow());
    }

    /// The patient touches something.
    pub fn touch(&self, input: PatientInput) {
        assert!(self.handle().send(Input::Patient(input)));
    }

    /// Staff touch their panel.
    pub fn panel(&self, touch: PanelTouch) {
        assert!(self.handle().send(Input::Panel(touch)));
    }

    fn handle(&self) -> &Handle {
        self.handle.as_ref().expect("a running kiosk")
    }

    /// Waits until a card can be used and takes that way.
    pub fn choose(&self, method: Method) {
        self.until("ChooseMethod", |screen| {
            matches!(screen, Screen::ChooseMethod(ChooseMethod { face: Ok(()), pin: Ok(()) }))
        });
        self.touch(PatientInput::Choose(method));
    }

    /// Types the four digits that every synthetic person has.
    pub fn types_pin(&self) {
        self.until("EnterPin", |screen| matches!(screen, Screen::EnterPin(EnterPin { typed: 0, wrong: false, .. })));
        for digit in [1, 2, 3, 4] {
            assert!(self.handle().send(Input::Digit(digit)));
        }
        self.touch(PatientInput::Confirm);
    }

    /// Staff type a code.
    pub fn types_staff_code(&self, code: &[u8; 6]) {
        for digit in code {
            assert!(self.handle().send(Input::Digit(digit - b'0')));
        }
        self.touch(PatientInput::Confirm);
    }

    /// Confirms the name and comes to the consents.
    pub fn comes_to_the_consents(&self) {
        self.until("ConfirmName", |screen| matches!(screen, Screen::ConfirmName(_)));
        self.touch(PatientInput::Continue);
        self.until("Consenting", |screen| matches!(screen, Screen::Consenting(_)));
    }

    /// Agrees to everything.
    pub fn consents(&self) {
        self.comes_to_the_consents();
        self.touch(PatientInput::Consent(ConsentAnswer::Given));
    }

    /// A whole visit by PIN with the card that lies there or is put there, up to its last page.
    pub fn serves_a_visit(&self) {
        self.choose(Method::Pin);
        self.types_pin();
        self.consents();
        self.until("Done", |screen| matches!(screen, Screen::Done(_)));
    }

    /// Nothing of the camera is shown any more.
    pub fn camera_is_closed(&self) -> bool {
        self.handle().preview().borrow().is_none()
    }

    /// Waits until the outcome of every request is known.
    pub fn resolves_what_was_sent(&mut self) {
        let none_left = self.unresolved.wait_for(|count| *count == 0);
        let waited = self.tokio.block_on(async { tokio::time::timeout(PATIENCE, none_left).await.is_ok() });
        assert!(waited, "requests of unknown outcome are left");
    }

    /// How many requests have an unknown outcome.
    pub fn unresolved(&self) -> usize {
        *self.unresolved.borrow()
    }

    fn stop(&mut self) {
        self.handle = None;
        let Some(task) = self.task.take() else { return };
        let begun = Instant::now();
        let ended = self.tokio.block_on(async { tokio::time::timeout(PATIENCE, task).await });
        // A second panic would hide the first.
        if !std::thread::panicking() {
            ended.unwrap_or_else(|_| panic!("the kiosk did not end within {:?}", begun.elapsed())).unwrap();
        }
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- the kiosk showed {:#?}", self.trail.borrow());
        }
        self.stop();
    }
}
