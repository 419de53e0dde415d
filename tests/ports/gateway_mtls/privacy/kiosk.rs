//! A kiosk in this process whose patient answers every question at once.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use uketsuke::adapters::audit::{AuditConfig, AuditLog};
use uketsuke::adapters::card::virtual_card::{VirtualCard, VirtualReader};
use uketsuke::adapters::clock::FixedClock;
use uketsuke::adapters::desk::{Both, DeskLink, LinkConfig, LogDesk};
use uketsuke::adapters::fake::{FakeCamera, FakeCodeB, FakeFaceEngine, FakeStaffCodes};
use uketsuke::adapters::handoff::{DropConfig, DropFolder, JsonTwin, SpoolConfig};
use uketsuke::adapters::qualification::{ClientConfig, QualificationClient};
use uketsuke::domain::consent::ConsentAnswer;
use uketsuke::domain::session::{Method, OnScreen, PatientInput, Rest, Settings, Situation, State};
use uketsuke::domain::timing::Timing;
use uketsuke::i18n::{Language, Words};
use uketsuke::people::Person;
use uketsuke::people::authority::TestAuthority;
use uketsuke::runtime::{self, Handle, Input, Options, Ports};

use super::super::support::{MORNING, Rig, short, today};

/// Another PIN than the usual one, which is too common a number to look for.
pub const PIN: &str = "7391";
/// The folder of the desk's outbox.
pub const DESK: &str = "desk";
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Kiosk {
    handle: Handle,
    task: tokio::task::JoinHandle<()>,
    tokio: tokio::runtime::Handle,
    states: Receiver<State>,
    reader: Arc<VirtualReader>,
    authority: TestAuthority,
}

impl Kiosk {
    pub fn start(rig: &Rig) -> Self {
        let (tokio, dir) = (rig.runtime.handle().clone(), rig.dir.path());
        let (outbox, inbox) = runtime::channel();
        let client = ClientConfig {
            base_url: rig.url(),
            identity_dir: rig.identity.clone(),
            pins: Vec::new(),
            journal_path: dir.join("journal.sqlite"),
            facility_code: None,
            terminal_id: None,
            budgets: short(),
            repertoire: Default::default(),
            resolve: true,
        };
        let client = QualificationClient::start(client, tokio.clone(), rig.clock.port(), outbox.clone()).unwrap();
        let authority = TestAuthority::load().unwrap();
        let reader = VirtualReader::start(vec![authority.face_ca_public_key()], outbox.clone()).unwrap();
        let reader = Arc::new(reader);
        std::fs::create_dir(dir.join("drop")).unwrap();
        let patience = Duration::from_millis(200);
        let spool = Some(SpoolConfig { patience, ..SpoolConfig::new(dir.join("spool")) });
        let drop_folder = DropConfig::new(dir.join("drop"), dir.join("own"), "T001", "1310000001");
        let drop_folder = DropConfig { beside: vec![Arc::new(JsonTwin)], spool, ..drop_folder };
        // A desk that is away: everything that it is to hear waits.
        std::fs::create_dir(dir.join(DESK)).unwrap();
        let link = LinkConfig {
            url: "https://127.0.0.1:9".into(),
            identity_dir: rig.identity.clone(),
            roots: None,
            outbox: dir.join(DESK).join("desk.sqlite"),
            pauses: [Duration::from_millis(10), Duration::from_secs(1)],
        };
        let link = DeskLink::start(link, &tokio, rig.clock.port(), outbox.clone()).unwrap();
        let log = LogDesk::new(|news| Words::of(Language::En).staff_news(news));
        let ports = Ports {
            card: Arc::clone(&reader) as _,
            camera: Arc::new(FakeCamera::new(outbox.clone())),
            face: Arc::new(FakeFaceEngine::new(outbox.clone())),
            code_b: Arc::new(FakeCodeB::new(outbox.clone())),
            staff: Arc::new(FakeStaffCodes::new(outbox.clone())),
            qualification: Arc::new(client),
            handoff: Arc::new(DropFolder::start(drop_folder, outbox.clone()).unwrap()),
            clock: Arc::new(FixedClock::running(MORNING.parse().unwrap())),
            audit: Arc::new(AuditLog::start(AuditConfig::new(dir.join("audit"), "T001"), outbox).unwrap()),
            desk: Arc::new(Both(log, link)),
        };
        let (tell, states) = channel();
        let observer: runtime::Observer = Box::new(move |state, _| drop(tell.send(state.clone())));
        let short = Duration::from_millis(500);
        let timing = Timing { notice: short, fallback: short, done: short, ..Timing::default() };
        let settings = Settings { timing, ..Settings::default() };
        let options = Options { settings, training: false, observer: Some(observer) };
        let (handle, task) = runtime::start(&tokio, ports, inbox, options);
        Self { handle, task, tokio, states, reader, authority }
    }

    /// One visit with the card of that person, up to the empty reader.
    pub fn visit(&self, person: &Person) {
        let mut person = person.clone();
        person.pin = PIN.into();
        self.reader.insert(VirtualCard::new(&self.authority, &person, today(), &[]).unwrap());
        let (mut begun, mut taken) = (false, false);
        loop {
            let state = self.states.recv_timeout(PATIENCE).expect("the visit goes on");
            begun |= state.visit().is_some();
            match state.on_screen() {
                OnScreen::Rest(Rest::Idle) if begun => return,
                OnScreen::Rest(Rest::CardLeft { .. }) if !taken => {
                    taken = true;
                    self.reader.remove();
                }
                OnScreen::Situation(situation) => self.react(situation),
                OnScreen::Rest(_) | OnScreen::Pause(_) => {}
            }
        }
    }

    fn react(&self, situation: &Situation) {
        let input = match situation {
            Situation::ChooseMethod => PatientInput::Choose(Method::Pin),
            Situation::EnterPin { wrong: true, .. } | Situation::PinLocked { .. } => PatientInput::Cancel,
            Situation::EnterPin { typed: 0, .. } => {
                PIN.bytes().for_each(|digit| assert!(self.handle.send(Input::Digit(digit - b'0'))));
                PatientInput::Confirm
            }
            Situation::Consenting => PatientInput::Consent(ConsentAnswer::Given),
            Situation::ConfirmName | Situation::Renewal | Situation::AlreadyReceived { .. } | Situation::Done => {
                PatientInput::Continue
            }
            Situation::WrongCard { .. } | Situation::Fallback { .. } | Situation::RegisterOffer => PatientInput::Cancel,
            Situation::Stopped { .. } | Situation::CallStaff { .. } => PatientInput::Continue,
            _ => return,
        };
        assert!(self.handle.send(Input::Patient(input)));
    }

    /// Ends it; everything it kept is on the disk then.
    pub fn end(self) {
        let Self { handle, task, tokio, .. } = self;
        drop(handle);
        tokio.block_on(async { tokio::time::timeout(PATIENCE, task).await }).expect("it ends").unwrap();
    }
}
