//! Where a flow is played: the panel's size, what the patient works it with, and the site around it.

use std::sync::Arc;
use std::time::Duration;

use iced::Size;
use uketsuke::adapters::card::virtual_card::VirtualReader;
use uketsuke::adapters::clock::SystemClock;
use uketsuke::adapters::fake::{
    FakeAudit, FakeCamera, FakeCodeB, FakeDesk, FakeFaceEngine, FakeHandoff, FakeQualification, FakeStaffCodes, Play,
    QualificationPort, QualificationRequest, valid_answer,
};
use uketsuke::config;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::QualificationAnswer;
use uketsuke::domain::secret::Personal;
use uketsuke::domain::session::Settings;
use uketsuke::i18n::Language;
use uketsuke::people::authority::TestAuthority;
use uketsuke::ports::QualificationReply;
use uketsuke::runtime::{self, Options, Ports};
use uketsuke::ui::message::Message;
use uketsuke::ui::{App, UiOptions, headless};

use super::kiosk::Kiosk;
use crate::finger::Standing;

/// Ten minutes, for what ends by itself.
const LONG: Duration = Duration::from_secs(600);

/// What the patient works the kiosk with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// A finger on the panel.
    Finger,
    /// The keys of a keyboard alone.
    Keys,
}

/// A panel of a shipped size and the hand that works it.
#[derive(Debug, Clone, Copy)]
pub struct Panel {
    size: (u32, u32),
    hand: Hand,
}

/// What becomes of a check.
pub type Check = Play<QualificationPort>;

/// The insurer's usual answer with a change.
pub fn answer(change: impl FnOnce(&mut QualificationAnswer)) -> Option<Check> {
    let mut answer = QualificationAnswer { check_id: "a check of its own".into(), ..valid_answer() };
    change(&mut answer);
    Some(Play::reply(move |_| QualificationReply::Answer(Box::new(answer.clone()))))
}

impl Panel {
    /// The tall one.
    pub fn tall(hand: Hand) -> Panel {
        Panel { size: (1080, 1920), hand }
    }

    /// The wide one.
    pub fn wide(hand: Hand) -> Panel {
        Panel { size: (1280, 800), hand }
    }

    /// A kiosk whose first checks the gateway refuses, each for its reason.
    pub fn refusing(self, refusals: &[Failure]) -> Kiosk {
        self.at_site(refusals.iter().map(|failure| Play::fail(*failure)), |_| {})
    }

    /// The insurer has the first patient under this name.
    pub fn naming(self, name: &'static str) -> Kiosk {
        let named = answer(|answer| answer.qualifications.iter_mut().for_each(|q| q.name = Personal(name.to_owned())));
        self.at_site(named, |_| {})
    }

    /// At a site of its own, with what becomes of the first checks.
    pub fn at_site(self, first: impl IntoIterator<Item = Check>, site: impl FnOnce(&mut Settings)) -> Kiosk {
        self.open(first, site, false)
    }

    /// A kiosk left in training mode.
    pub fn training(self) -> Kiosk {
        self.open(None, |_| {}, true)
    }

    fn open(self, first: impl IntoIterator<Item = Check>, site: impl FnOnce(&mut Settings), training: bool) -> Kiosk {
        headless::load_fonts();
        let (outbox, inbox) = runtime::channel();
        let camera = FakeCamera::new(outbox.clone());
        let face = FakeFaceEngine::new(outbox.clone());
        let qualification = FakeQualification::new(outbox.clone());
        let handoff = FakeHandoff::new(outbox.clone());
        let code_b = FakeCodeB::new(outbox.clone());
        let (audit, desk) = (FakeAudit::default(), FakeDesk::default());
        let trusted = vec![TestAuthority::load().unwrap().face_ca_public_key()];
        let reader = Arc::new(VirtualReader::start(trusted, outbox.clone()).unwrap());
        queue_checks(&qualification, first);
        let ports = Ports {
            card: reader.clone(),
            camera: Arc::new(camera.clone()),
            face: Arc::new(face.clone()),
            code_b: Arc::new(code_b.clone()),
            staff: Arc::new(FakeStaffCodes::new(outbox.clone())),
            qualification: Arc::new(qualification.clone()),
            handoff: Arc::new(handoff.clone()),
            clock: Arc::new(SystemClock::new()),
            audit: Arc::new(audit.clone()),
            desk: Arc::new(desk.clone()),
        };
        let options = Options { settings: settings(site), training, observer: None };
        let tokio = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build().unwrap();
        let (handle, _task) = runtime::start(tokio.handle(), ports, inbox, options);
        let views = handle.views();
        let view = handle.view();
        let clock = Standing::here();
        let mut app =
            App::new(handle.clone(), UiOptions { size: Some(self.size), clock: clock.clock(), ..UiOptions::default() });
        // The runtime may have moved on between the two looks: the window shows what the test believes it shows.
        let _ = app.update(Message::View(view.clone()));
        let size = Size::new(self.size.0 as f32, self.size.1 as f32);
        let (hand, language) = (self.hand, Language::default());
        Kiosk {
            camera,
            face,
            qualification,
            handoff,
            code_b,
            audit,
            desk,
            outbox,
            reader,
            handle,
            views,
            app,
            size,
            view,
            deaf: false,
            clock,
            tokio,
            hand,
            language,
        }
    }
}

/// A kiosk with a reader and no card on it, where everything goes well.
impl From<Panel> for Kiosk {
    fn from(panel: Panel) -> Kiosk {
        panel.at_site(None, |_| {})
    }
}

/// Each visit is a check of its own: a second file of the same check would not count.
fn queue_checks(qualification: &FakeQualification, first: impl IntoIterator<Item = Check>) {
    first.into_iter().for_each(|play| qualification.on(QualificationRequest::Check, play));
    for check_id in ["first check", "second check"] {
        let answer = move || QualificationAnswer { check_id: check_id.into(), ..valid_answer() };
        let reply = Play::reply(move |_| QualificationReply::Answer(Box::new(answer())));
        qualification.on(QualificationRequest::Check, reply);
    }
}

fn settings(site: impl FnOnce(&mut Settings)) -> Settings {
    let terms = config::sample_terms().expect("the sample");
    let mut settings = Settings { terms: Some(Arc::new(terms)), inquiry: true, ..Settings::default() };
    // A slow machine must not end a visit.
    (settings.timing.idle, settings.timing.face, settings.timing.done) = (LONG, LONG, LONG);
    site(&mut settings);
    settings
}
