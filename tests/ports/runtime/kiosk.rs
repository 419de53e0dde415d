//! A runtime over scripted devices, and what a patient does before it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use uketsuke::adapters::clock::SystemClock;
use uketsuke::adapters::fake::{
    CodeBRequest, FakeAudit, FakeCamera, FakeCardReader, FakeCodeB, FakeDesk, FakeFaceEngine, FakeHandoff,
    FakeQualification, FakeStaffCodes, Play,
};
use uketsuke::domain::secret::Secret;
use uketsuke::domain::session::{Method, PatientInput, Settings, SituationName};
use uketsuke::ports::{Clock, CodeBReply, Observation, StaffDesk};
use uketsuke::runtime::view::Idle;
use uketsuke::runtime::{self, Handle, Input, Options, Ports, Screen};
use uketsuke_core::broken_invariant;

/// The runtime, its fakes, and the situations that it went through.
pub struct Kiosk {
    pub handle: Handle,
    pub card: FakeCardReader,
    pub camera: FakeCamera,
    pub face: FakeFaceEngine,
    pub code_b: FakeCodeB,
    pub qualification: FakeQualification,
    pub handoff: FakeHandoff,
    pub outbox: uketsuke::ports::Outbox,
    pub audit: FakeAudit,
    pub desk: FakeDesk,
    pub seen: Receiver<SituationName>,
    pub task: tokio::task::JoinHandle<()>,
}

impl Kiosk {
    pub fn start() -> Self {
        Self::breaking_at(None)
    }

    /// On a PC whose clock shows something else.
    pub fn by(clock: Arc<dyn Clock>) -> Self {
        Self::with(None, clock)
    }

    /// With a defect in the program that shows in that situation.
    pub fn breaking_at(defect: Option<SituationName>) -> Self {
        Self::with(defect, Arc::new(SystemClock::new()))
    }

    /// Told by that desk what the fake one is told otherwise.
    pub fn followed_by(desk: Arc<dyn StaffDesk>) -> Self {
        Self::built(None, Arc::new(SystemClock::new()), Some(desk))
    }

    fn with(defect: Option<SituationName>, clock: Arc<dyn Clock>) -> Self {
        Self::built(defect, clock, None)
    }

    fn built(defect: Option<SituationName>, clock: Arc<dyn Clock>, other: Option<Arc<dyn StaffDesk>>) -> Self {
        let (outbox, inbox) = runtime::channel();
        let card = FakeCardReader::new(outbox.clone());
        let camera = FakeCamera::new(outbox.clone());
        let face = FakeFaceEngine::new(outbox.clone());
        let code_b = FakeCodeB::new(outbox.clone());
        let qualification = FakeQualification::new(outbox.clone());
        let handoff = FakeHandoff::new(outbox.clone());
        let (audit, desk) = (FakeAudit::default(), FakeDesk::default());
        let ports = Ports {
            card: Arc::new(card.clone()),
            camera: Arc::new(camera.clone()),
            face: Arc::new(face.clone()),
            code_b: Arc::new(code_b.clone()),
            staff: Arc::new(FakeStaffCodes::new(outbox.clone())),
            qualification: Arc::new(qualification.clone()),
            handoff: Arc::new(handoff.clone()),
            clock,
            audit: Arc::new(audit.clone()),
            desk: other.unwrap_or_else(|| Arc::new(desk.clone())),
        };
        let (situations, seen) = channel();
        let options = Options {
            settings: Settings::default(),
            training: true,
            observer: Some(Box::new(move |state, _| {
                let name = state.on_screen().name();
                if defect == Some(name) {
                    broken_invariant!("a planted defect");
                }
                // Nobody listens any more once the test has ended.
                let _ = situations.send(name);
            })),
        };
        let (handle, task) = runtime::start(&tokio::runtime::Handle::current(), ports, inbox, options);
        card.observe(Observation::ReaderReady);
        Self { handle, card, camera, face, code_b, qualification, handoff, outbox, audit, desk, seen, task }
    }

    /// Waits until the kiosk shows such a screen.
    pub async fn until(&self, wanted: impl Fn(&Screen) -> bool) {
        let mut views = self.handle.views();
        let shown = views.wait_for(|view| wanted(&view.screen));
        // An hour of the paused clock: no situation lasts that long by itself.
        let shown = tokio::time::timeout(std::time::Duration::from_secs(3600), shown).await;
        let now = self.handle.view().screen;
        assert!(matches!(shown, Ok(Ok(_))), "the kiosk shows {now:?}");
    }

    pub fn touch(&self, input: PatientInput) {
        assert!(self.handle.send(Input::Patient(input)));
    }

    pub fn types(&self, digits: &[u8]) {
        for digit in digits {
            assert!(self.handle.send(Input::Digit(*digit)));
        }
        self.touch(PatientInput::Confirm);
    }

    pub fn knows_code_b(&self) {
        self.code_b.on(CodeBRequest::Find, Play::reply(|_| CodeBReply::Found(Secret::new(*b"55021720352285"))));
    }

    pub async fn chosen(&self, method: Method) {
        self.until(|s| *s == Screen::Idle(Idle { inquiry: false })).await;
        self.card.observe(Observation::CardPlaced);
        self.until(|s| matches!(s, Screen::ChooseMethod(_))).await;
        self.touch(PatientInput::Choose(method));
    }

    pub async fn at_consent_by_pin(&self) {
        self.chosen(Method::Pin).await;
        self.until(|s| matches!(s, Screen::EnterPin(_))).await;
        self.types(&[1, 2, 3, 4]);
        self.comes_to_the_consents().await;
    }

    pub async fn comes_to_the_consents(&self) {
        self.until(|s| matches!(s, Screen::ConfirmName(_))).await;
        self.touch(PatientInput::Continue);
        self.until(|s| matches!(s, Screen::Consenting(_))).await;
    }

    pub async fn takes_the_card(&self) {
        self.card.observe(Observation::CardGone);
        self.until(|s| *s == Screen::Idle(Idle { inquiry: false })).await;
    }

    /// The patient walks away and the card stays.
    pub async fn takes_nothing_and_leaves(&self) {
        self.until(|s| matches!(s, Screen::CardLeft(_))).await;
        self.takes_the_card().await;
    }
}
