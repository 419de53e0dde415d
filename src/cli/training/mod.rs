//! Training mode: the real runtime, client, gateway, face engine and files, with a virtual card and a recorded camera.
//!
//! Nothing here touches a real reader or leaves this PC: the gateway runs in the same process and listens on
//! 127.0.0.1 only, the files lie in a folder that is removed at the end.

pub mod play;
pub mod scenario;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use parking_lot::Mutex;
use tempfile::TempDir;

use crate::adapters::camera::Pace;
use crate::adapters::card::virtual_card::{Fault as CardFault, VirtualCard, VirtualReader};
use crate::config::{self, Config};
use crate::desk::{self, DeskConfig, RunningDesk};
use crate::domain::japan;
use crate::domain::secret::Secret;
use crate::domain::session::Settings;
use crate::gateway::settings::Settings as GatewaySettings;
use crate::gateway::{self, GatewayConfig, RunningGateway, pki};
use crate::listening::tls::TlsFiles;
use crate::people::{self, authority::TestAuthority};
use crate::runtime::Observer;
use crate::ui::Dock;

use self::scenario::{CodeBy, Scenario};
use super::cameras::{CameraPlan, CodeBPlan, Played};
use super::desk::Chained;
use super::wire::{self, Cast, Duty, Mode, Running, StaffPlan};
use super::{CliError, Outcome};

/// The code of staff in training, which the screen says.
const STAFF_CODE: [u8; 6] = *b"847316";

/// How long the gateway may finish what it is doing.
const GATEWAY_PATIENCE: Duration = Duration::from_secs(2);

/// Everything of a training run but the kiosk itself.
pub struct Training {
    stage: Arc<Stage>,
    folder: TempDir,
}

/// What the trainer's hand moves.
pub struct Stage {
    reader: VirtualReader,
    authority: TestAuthority,
    gateway: Mutex<Option<RunningGateway>>,
    desk: Mutex<Option<RunningDesk>>,
    playing: Arc<Mutex<Playing>>,
}

struct Playing {
    scenarios: Vec<Scenario>,
    current: usize,
    card_placed: bool,
}

impl Playing {
    fn scenario(&self) -> Option<&Scenario> {
        self.scenarios.get(self.current)
    }
}

/// What can keep the training mode from starting.
fn failed(what: &str, error: &dyn std::fmt::Display) -> CliError {
    CliError::missing(format!("{what}: {error}"), "free some disk space and memory, then start again")
}

/// Starts a kiosk in training mode with these scenarios.
pub fn start(
    scenarios: Vec<Scenario>,
    pace: Pace,
    settings: Settings,
    observer: Option<Observer>,
) -> Result<(Training, Running), CliError> {
    let folder = tempfile::Builder::new().prefix("uketsuke-training-").tempdir();
    let folder = folder.map_err(|error| failed("no folder for the training mode", &error))?;
    let identity = folder.path().join("pki");
    let drop_folder = folder.path().join("drop");
    std::fs::create_dir(&drop_folder).map_err(|error| failed("no drop folder", &error))?;
    pki::write(&identity, &pki::Order::development(japan::day(Timestamp::now())))
        .map_err(|error| failed("no certificates", &error))?;

    let tokio = wire::tokio_runtime()?;
    let gateway = tokio.block_on(gateway::serve(gateway_config(&identity)));
    let gateway = gateway.map_err(|error| failed("the training gateway does not start", &error))?;
    let desk = tokio.block_on(desk::serve(desk_config(&identity, folder.path())?));
    let desk = desk.map_err(|error| failed("the training desk does not start", &error))?;
    let desk_at = config::Desk { url: format!("https://localhost:{}", desk.addr.port()), roots: None };
    let playing = Arc::new(Mutex::new(Playing { scenarios, current: 0, card_placed: false }));
    let gateway_at =
        config::Gateway { url: format!("https://localhost:{}", gateway.addr.port()), identity, pins: Vec::new() };
    let config = Config::usual(gateway_at, config::Handoff::into_folder(drop_folder), folder.path().to_owned());
    let config = Config { desk: Some(desk_at), ..config };
    let cast = Cast {
        camera: CameraPlan::Recorded(clip_of(&playing), pace),
        code_b: code_b(&playing, pace),
        staff: StaffPlan::Known(Secret::new(STAFF_CODE)),
        ..Cast::of(&config, Duty::Training)
    };
    let authority = wire::test_authority()?;
    let mut stage = None;
    let wired = wire::wire(&config, cast, tokio, |outbox, _| {
        let reader = VirtualReader::start(vec![authority.face_ca_public_key()], outbox);
        let reader = reader.map_err(|error| failed("no thread for the virtual reader", &error))?;
        let (gateway, desk) = (Mutex::new(Some(gateway)), Mutex::new(Some(desk)));
        let made = Arc::new(Stage { reader, authority, gateway, desk, playing });
        stage = Some(Arc::clone(&made));
        Ok(made)
    })?;
    let Some(stage) = stage else { return Err(failed("the virtual reader", &"was not made")) };
    stage.apply()?;
    let running = wired.start(Settings { staff_codes: true, ..settings }, Mode::Training, observer);
    Ok((Training { stage, folder }, running))
}

fn gateway_config(identity: &Path) -> GatewayConfig {
    GatewayConfig {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        pki_dir: identity.into(),
        database: None,
        trust_test_cards: true,
        settings: GatewaySettings::default(),
        people_file: None,
        now: Arc::new(Timestamp::now),
    }
}

/// The desk of the training mode: on this PC alone, with the certificates of its gateway; gone with its folder.
fn desk_config(identity: &Path, folder: &Path) -> Result<DeskConfig, CliError> {
    let state = folder.join("desk");
    let audit = Chained::open(&state).map_err(|error| failed("no audit log of the training desk", &error))?;
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    Ok(DeskConfig::usual(listen, TlsFiles::in_folder(identity), state, Arc::new(audit)))
}

fn clip_of(playing: &Arc<Mutex<Playing>>) -> Box<dyn Fn() -> PathBuf + Send + Sync> {
    let playing = Arc::clone(playing);
    Box::new(move || {
        let person = playing.lock().scenario().map(|s| s.camera().to_owned()).unwrap_or_default();
        people_folder().join(person).join("clip")
    })
}

/// Networks are loaded only where a scenario reads the print.
fn code_b(playing: &Arc<Mutex<Playing>>, pace: Pace) -> CodeBPlan {
    let ask = code_b_of(playing);
    if !playing.lock().scenarios.iter().any(|scenario| scenario.code_b.way().is_some()) {
        return CodeBPlan::Asked(ask);
    }
    let (shown, way) = (Arc::clone(playing), Arc::clone(playing));
    let front = move || {
        let person = shown.lock().scenario().map(|s| s.shows().to_owned()).unwrap_or_default();
        people_folder().join(person).join("card")
    };
    CodeBPlan::Played(Box::new(Played {
        ask,
        camera: CameraPlan::Recorded(Box::new(front), pace),
        way: Arc::new(move || way.lock().scenario().and_then(|scenario| scenario.code_b.way())),
        budget: (pace == Pace::LockStep).then_some(play::LOOKING),
    }))
}

fn code_b_of(playing: &Arc<Mutex<Playing>>) -> Box<dyn Fn() -> Option<crate::domain::secret::CodeB> + Send + Sync> {
    let playing = Arc::clone(playing);
    Box::new(move || {
        let playing = playing.lock();
        let scenario = playing.scenario().filter(|s| s.code_b == CodeBy::Known)?;
        let digits = people::by_id(&scenario.person).ok()?.code_b();
        Secret::copied(digits.as_bytes())
    })
}

/// The folder of the synthetic people.
pub fn people_folder() -> PathBuf {
    wire::assets_folder().join("people")
}

impl Stage {
    /// Makes card and gateway what the current scenario wants; a card on the reader is taken off.
    fn apply(&self) -> Result<(), CliError> {
        self.take_card();
        let Some(scenario) = self.scenario() else { return Ok(()) };
        let (faults, special) = (scenario.gateway_faults()?, scenario.special()?);
        if let Some(gateway) = self.gateway.lock().as_ref() {
            gateway.change(|settings| {
                settings.faults = faults;
                settings.people = special.map(|special| (special.person, special.say)).into_iter().collect();
            });
        }
        Ok(())
    }

    /// Puts the scenario's card on the reader.
    ///
    /// # Errors
    /// When the person or the card cannot be made.
    pub fn place_card(&self) -> Result<(), CliError> {
        let Some(scenario) = self.scenario() else { return Ok(()) };
        self.place(&scenario.person, &scenario.card_faults()?)
    }

    /// Puts the card of somebody else on the reader.
    ///
    /// # Errors
    /// When the person or the card cannot be made.
    pub fn place_card_of(&self, person: &str) -> Result<(), CliError> {
        self.place(person, &[])
    }

    fn place(&self, person: &str, faults: &[CardFault]) -> Result<(), CliError> {
        let person = people::by_id(person)
            .map_err(|error| CliError::usage(error.to_string(), "see `uketsuke gateway people`"))?;
        let today = japan::day(Timestamp::now());
        let card = VirtualCard::new(&self.authority, &person, today, faults);
        self.reader.insert(card.map_err(|error| failed("the virtual card", &error))?);
        self.playing.lock().card_placed = true;
        Ok(())
    }

    /// Takes the card off.
    pub fn take_card(&self) {
        drop(self.reader.remove());
        self.playing.lock().card_placed = false;
    }

    /// The scenario being played.
    pub fn scenario(&self) -> Option<Scenario> {
        self.playing.lock().scenario().cloned()
    }

    /// Goes on to the next scenario, after the last to the first.
    ///
    /// # Errors
    /// When the scenario cannot be set up.
    pub fn next(&self) -> Result<(), CliError> {
        {
            let mut playing = self.playing.lock();
            playing.current = (playing.current + 1) % playing.scenarios.len().max(1);
        }
        self.apply()
    }
}

impl crate::ports::Diagnose for Stage {
    fn diagnose(&self) -> Vec<crate::ports::Finding> {
        self.reader.diagnose()
    }
}

impl crate::ports::CardReader for Stage {
    fn submit(&self, ticket: crate::domain::ids::Ticket, command: crate::ports::CardCommand) {
        self.reader.submit(ticket, command);
    }
}

impl Dock for Stage {
    fn scenario_key(&self) -> String {
        self.scenario().map(|s| format!("scenario-{}", s.name)).unwrap_or_default()
    }

    fn card_placed(&self) -> bool {
        self.playing.lock().card_placed
    }

    fn next_scenario(&self) {
        report(self.next());
    }

    fn move_card(&self) {
        if self.card_placed() {
            self.take_card();
        } else {
            report(self.place_card());
        }
    }
}

/// The trainer's hand has no way to show an error but the log.
fn report(outcome: Result<(), CliError>) {
    if let Err(error) = outcome {
        tracing::error!(cause = error.cause, "training");
    }
}

impl Training {
    /// The trainer's hand.
    pub fn stage(&self) -> Arc<Stage> {
        Arc::clone(&self.stage)
    }

    /// Where the files for the receipt computer lie until the end.
    pub fn drop_folder(&self) -> PathBuf {
        self.folder.path().join("drop")
    }

    /// Ends the kiosk, then the gateway.
    ///
    /// # Errors
    /// When the kiosk's task had broken off before.
    pub fn end(self, running: Running) -> Outcome {
        running.end_with(async {
            let (gateway, desk) = (self.stage.gateway.lock().take(), self.stage.desk.lock().take());
            if let Some(gateway) = gateway {
                gateway.stop(GATEWAY_PATIENCE).await;
            }
            if let Some(desk) = desk {
                desk.stop(GATEWAY_PATIENCE).await;
            }
        })
    }
}
