//! Builds one set of adapters from the settings, for patients or for training, and starts the runtime on it.

use std::path::PathBuf;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::adapters::audit::{self, AuditConfig, AuditLog, FileWitness};
use crate::adapters::card::CardTrust;
use crate::adapters::card::pcsc::{PcscReader, ReaderOptions};
use crate::adapters::card::trust::system_today;
use crate::adapters::clock::{Remembered, SystemClock, TrustedClock};
use crate::adapters::desk::{Both, DeskLink, LinkConfig, LogDesk, USUAL_PAUSES};
use crate::adapters::face::{FaceEngineTract, Pack, PackChoice};
use crate::adapters::handoff::{DropFolder, spool};
use crate::adapters::qualification::queue::QueueConfig;
use crate::adapters::qualification::{Budgets, ClientConfig, JournalWitness, QualificationClient, Repertoire};
use crate::adapters::staff::{CountedTries, KnownStaffCode, StaffFile, StaffFileCodes};
use crate::config::{self, Config};
use crate::domain::face::Rule;
use crate::domain::session::Settings;
use crate::domain::staff::StaffCode;
use crate::i18n::{Language, Words};
use crate::people::authority::TestAuthority;
use crate::ports::{
    AuditEntry, AuditEvent, AuditWitness, CardReader, Clock, Operator, Outbox, StaffCodes, StaffDesk, SureDay,
};
use crate::runtime::{self, Handle, Inbox, Observer, Options, Ports};

use super::cameras::{CameraPlan, CodeBPlan, Looking, looking};
use super::handoff::drop_folder;
use super::{CliError, Exit, Outcome};

/// Threads of the face engine.
const FACE_THREADS: usize = 2;

/// Whose code staff enter at the kiosk's screen.
pub enum StaffPlan {
    /// Those named in this file; wrong ones are counted in the other.
    File(PathBuf, CountedTries),
    /// Everybody's who knows this one.
    Known(StaffCode),
}

/// What a kiosk is started for.
pub enum Mode {
    /// Training: said on every screen.
    Training,
    /// Patients.
    Real,
}

/// What a program does for its kiosk beside the visit before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Everything: what an earlier run left is resolved, files wait in the spool, the offline queue is served, and the
    /// certificate must be that of the site in the settings.
    Kiosk,
    /// The same for whatever site the certificate names, without an offline queue.
    Training,
    /// One visit, whose file must lie in the drop folder at its end: none waits in a spool.
    Visit,
    /// A mere look beside a running kiosk: nothing is resolved or delivered.
    Look,
}

impl Duty {
    pub(super) fn resolves(self) -> bool {
        self != Duty::Look
    }

    fn serves_queue(self) -> bool {
        self == Duty::Kiosk
    }

    pub(super) fn spools(self) -> bool {
        self != Duty::Visit
    }

    fn tells_desk(self) -> bool {
        matches!(self, Duty::Kiosk | Duty::Training)
    }

    fn insists_on_site(self) -> bool {
        matches!(self, Duty::Kiosk | Duty::Look)
    }
}

/// What a program puts in the place of a kiosk's own parts, and its duty; everything else is as the settings say.
pub struct Cast {
    pub camera: CameraPlan,
    pub code_b: CodeBPlan,
    /// Staff codes.
    pub staff: StaffPlan,
    pub journal: PathBuf,
    /// What is done beside the visit.
    pub duty: Duty,
}

impl Cast {
    /// The kiosk's own parts.
    pub fn of(config: &Config, duty: Duty) -> Self {
        Self {
            camera: CameraPlan::Real(config.camera.id.clone()),
            code_b: CodeBPlan::of(&config.camera),
            staff: StaffPlan::File(config.staff_file(), staff_tries(config)),
            journal: config.state.folder.join("journal.sqlite"),
            duty,
        }
    }
}

/// The face models of the settings.
fn models(config: &Config) -> PackChoice {
    PackChoice {
        models: config.models.folder.clone(),
        pack: config.face.pack.clone(),
        sha256: config.face.pack_sha256.clone(),
    }
}

/// The face engine of the settings; it loads in the background.
pub fn face_engine(config: &Config, outbox: Outbox) -> FaceEngineTract {
    FaceEngineTract::start(models(config), FACE_THREADS, outbox)
}

/// The face rule with the line of the model pack. A pack that cannot be read keeps the engine off, so its line does not
/// matter.
pub fn face_rule(config: &Config) -> Rule {
    Pack::open(&models(config)).map_or_else(|_| Rule::default(), |pack| pack.rule(Rule::default()))
}

/// One set of adapters and the place where their reports arrive.
pub struct Wired {
    /// The adapters.
    pub ports: Ports,
    inbox: Inbox,
    tokio: tokio::runtime::Runtime,
}

/// A running kiosk; dropping the last [`Handle`] and calling [`Running::end`] ends it, wiped and released.
pub struct Running {
    /// The window's end.
    pub handle: Handle,
    task: tokio::task::JoinHandle<()>,
    tokio: tokio::runtime::Runtime,
}

impl Running {
    /// Waits until the card is released and everything is wiped. Every other handle must be gone.
    ///
    /// # Errors
    /// When the task had broken off before.
    pub fn end(self) -> Outcome {
        self.end_with(std::future::ready(()))
    }

    /// The same, and then carries out `last` before the network threads end.
    ///
    /// # Errors
    /// When the task had broken off before.
    pub fn end_with(self, last: impl Future<Output = ()>) -> Outcome {
        let Self { handle, task, tokio } = self;
        drop(handle);
        let ended = tokio.block_on(task);
        tokio.block_on(last);
        ended.map_err(|_| {
            CliError::ended("the kiosk's task broke off", "start the program again; the log has the place")
        })
    }
}

/// The small runtime for network and timers.
pub fn tokio_runtime() -> Result<tokio::runtime::Runtime, CliError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("network")
        .enable_all()
        .build()
        .map_err(|error| CliError::missing(format!("no threads for the network: {error}"), "close other programs"))
}

/// Whom a kiosk with those settings believes; cards of the test authority only where `trust_test_cards` says so.
pub fn card_trust(card: &config::Card, reader: &config::Reader, trust_test_cards: bool) -> Result<CardTrust, CliError> {
    let trust = CardTrust::load(&card.certificate_authorities, &card.face_authorities)
        .map_err(|error| CliError::usage(error.to_string(), error.remedy))?;
    let refuse_unchecked_faces = card.unchecked_face == config::UncheckedFace::Refuse;
    let trust = CardTrust { refuse_unchecked_faces, ignore_keypad: reader.ignore_keypad, ..trust };
    if !trust_test_cards {
        return Ok(trust);
    }
    trust
        .with_test_cards(&test_authority()?, system_today())
        .map_err(|error| CliError::missing(error.to_string(), "install the program again"))
}

/// The real card reader.
pub fn pcsc_reader(
    name: Option<String>,
    trust: CardTrust,
    outbox: Outbox,
    day: SureDay,
) -> Result<PcscReader, CliError> {
    // While nobody knows the day, the dates of certificates are the gateway's to judge.
    let trust = trust.by(day);
    PcscReader::start(ReaderOptions { name, trust }, outbox)
        .map_err(|error| CliError::missing(format!("no threads for the card reader: {error}"), "close other programs"))
}

/// The compiled-in test authority.
pub fn test_authority() -> Result<TestAuthority, CliError> {
    TestAuthority::load().map_err(|error| CliError::missing(error.to_string(), "install the program again"))
}

/// Where the offline queue of these settings lies.
pub fn queue_config(config: &Config) -> QueueConfig {
    QueueConfig { keep_days: config.queue.keep_days, ..QueueConfig::new(config.state.folder.join("queue.sqlite")) }
}

/// What is needed to check the offline queue without a kiosk.
pub struct BackOffice {
    /// The gateway's client.
    pub qualification: QualificationClient,
    /// The way to the receipt computer.
    pub handoff: DropFolder,
    pub audit: AuditLog,
    /// The network's threads.
    pub tokio: tokio::runtime::Runtime,
}

/// Builds it; what the kiosk's journal left is the kiosk's.
pub fn back_office(config: &Config, outbox: Outbox) -> Result<BackOffice, CliError> {
    let tokio = tokio_runtime()?;
    let clock = clock(config, Duty::Kiosk, outbox.clone());
    let qualification = qualification(config, &Cast::of(config, Duty::Look), &tokio, &clock, outbox.clone())?;
    let (facility, terminal) = qualification.identity();
    let audit = audit_log(config, Duty::Kiosk, terminal, outbox.clone())?;
    let handoff = drop_folder(config, Duty::Kiosk, (facility.into(), terminal.into()), sure_day(&clock), outbox)?;
    Ok(BackOffice { qualification, handoff, audit, tokio })
}

/// The clock of a kiosk with these settings. A mere look remembers nothing of it.
pub fn clock(config: &Config, duty: Duty, outbox: Outbox) -> Arc<dyn Clock> {
    let file = duty.resolves().then(|| config.state.folder.join("clock"));
    let known = config.state.folder.join("clock");
    let stored = [audit::newest(&config.audit_folder()), spool::newest(&config.state.folder.join("spool"))];
    let stored = stored.into_iter().flatten().max();
    Arc::new(TrustedClock::new(SystemClock::new(), Remembered { known, file }, stored, outbox))
}

/// The days that are known for sure.
pub fn sure_day(clock: &Arc<dyn Clock>) -> SureDay {
    let clock = Arc::clone(clock);
    SureDay::new(move || clock.sure_day())
}

/// Builds all adapters; `reader` makes the card reader from the outbox and the days that are known for sure.
pub fn wire(
    config: &Config,
    cast: Cast,
    tokio: tokio::runtime::Runtime,
    reader: impl FnOnce(Outbox, SureDay) -> Result<Arc<dyn CardReader>, CliError>,
) -> Result<Wired, CliError> {
    let (outbox, inbox) = runtime::channel();
    let clock = clock(config, cast.duty, outbox.clone());
    let mut qualification = qualification(config, &cast, &tokio, &clock, outbox.clone())?;
    if cast.duty.serves_queue() {
        qualification.serve_queue(queue_config(config));
    }
    let (facility_code, terminal_id) = qualification.identity();
    let audit = audit_log(config, cast.duty, terminal_id, outbox.clone())?;
    let site = (facility_code.into(), terminal_id.into());
    let handoff = drop_folder(config, cast.duty, site, sure_day(&clock), outbox.clone())?;
    let (plans, asks) = ((cast.camera, cast.code_b), (clock.clone(), outbox.clone()));
    let Looking { camera, code_b } = looking(plans, cast.duty, config.models.folder.clone(), asks);
    let ports = Ports {
        card: reader(outbox.clone(), sure_day(&clock))?,
        camera,
        face: Arc::new(face_engine(config, outbox.clone())),
        code_b,
        staff: staff(cast.staff, outbox.clone()),
        qualification: Arc::new(qualification),
        handoff: Arc::new(handoff),
        desk: staff_desk(config, cast.duty, &tokio, &clock, outbox)?,
        clock,
        audit: Arc::new(audit),
    };
    Ok(Wired { ports, inbox, tokio })
}

/// The gateway's client.
pub fn qualification(
    settings: &Config,
    cast: &Cast,
    tokio: &tokio::runtime::Runtime,
    clock: &Arc<dyn Clock>,
    outbox: Outbox,
) -> Result<QualificationClient, CliError> {
    let site = cast.duty.insists_on_site().then_some(&settings.site);
    let config = ClientConfig {
        base_url: settings.gateway.url.clone(),
        identity_dir: settings.gateway.identity.clone(),
        pins: settings.gateway.pins.clone(),
        journal_path: cast.journal.clone(),
        facility_code: site.map(|site| site.facility_code.clone()),
        terminal_id: site.map(|site| site.terminal_id.clone()),
        budgets: Budgets::default(),
        // The patient confirms on the screen what the file will hold.
        repertoire: match settings.handoff.encoding {
            config::Encoding::ShiftJis => Repertoire::Jis0208,
            config::Encoding::Windows31J | config::Encoding::ShiftJisOfWindows => Repertoire::Cp932,
            config::Encoding::Utf8 => Repertoire::Unicode,
        },
        resolve: cast.duty.resolves(),
    };
    QualificationClient::start(config, tokio.handle().clone(), Arc::clone(clock), outbox)
        .map_err(|error| CliError::usage(error.cause, error.remedy))
}

/// How the audit log of these settings is kept, and who else remembers it.
pub fn audit_config(config: &Config, terminal_id: &str, serve: bool) -> Result<AuditConfig, CliError> {
    let (folder, settings) = (config.audit_folder(), &config.audit);
    let usual = AuditConfig::new(&folder, terminal_id);
    let mut witnesses: Vec<Arc<dyn AuditWitness>> =
        vec![Arc::new(JournalWitness::new(config.state.folder.join("journal.sqlite")))];
    if let Some(file) = &settings.witness {
        let threads = |error| CliError::missing(format!("no thread for the witness: {error}"), "close other programs");
        let outside =
            if serve { FileWitness::start(file.clone()).map_err(threads)? } else { FileWitness::look(file.clone()) };
        witnesses.push(Arc::new(outside));
    }
    Ok(AuditConfig {
        key_file: settings.key.clone().unwrap_or(usual.key_file.clone()),
        keep_days: settings.keep_days,
        max_bytes: u64::from(settings.max_mib) << 20,
        witnesses,
        serve,
        ..usual
    })
}

pub fn audit_log(config: &Config, duty: Duty, terminal_id: &str, outbox: Outbox) -> Result<AuditLog, CliError> {
    let config = audit_config(config, terminal_id, duty.resolves())?;
    AuditLog::start(config, outbox).map_err(|error| CliError::missing(error.to_string(), "close other programs"))
}

/// The link to the desk's server, where the settings name one.
pub fn link_config(config: &Config) -> Option<LinkConfig> {
    let desk = config.desk.as_ref()?;
    Some(LinkConfig {
        url: desk.url.clone(),
        identity_dir: config.gateway.identity.clone(),
        roots: desk.roots.clone(),
        outbox: config.state.folder.join("outbox.sqlite"),
        pauses: USUAL_PAUSES,
    })
}

/// Where staff are told: in the log, and at the desk by whoever is the kiosk.
fn staff_desk(
    config: &Config,
    duty: Duty,
    tokio: &tokio::runtime::Runtime,
    clock: &Arc<dyn Clock>,
    outbox: Outbox,
) -> Result<Arc<dyn StaffDesk>, CliError> {
    let Some(link) = link_config(config).filter(|_| duty.tells_desk()) else { return Ok(Arc::new(desk())) };
    let link = DeskLink::start(link, tokio.handle(), Arc::clone(clock), outbox);
    let link = link.map_err(|error| CliError::usage(error.cause, error.remedy))?;
    Ok(Arc::new(Both(desk(), link)))
}

/// The log, where staff are always told.
pub fn desk() -> LogDesk {
    LogDesk::new(|news| Words::of(Language::En).staff_news(news))
}

/// Where wrong staff codes are counted.
fn staff_tries(config: &Config) -> CountedTries {
    CountedTries::new(config.state.folder.join("staff-tries"))
}

/// Whose codes are taken.
pub fn staff(plan: StaffPlan, outbox: Outbox) -> Arc<dyn StaffCodes> {
    match plan {
        StaffPlan::File(path, tries) => Arc::new(StaffFileCodes::new(path, tries, outbox)),
        StaffPlan::Known(code) => Arc::new(KnownStaffCode::new(code, outbox)),
    }
}

impl Wired {
    /// Puts something of the program itself into the audit log.
    pub fn record(&self, event: AuditEvent) {
        let (at, operator) = (self.ports.clock.now(), Operator::Kiosk);
        self.ports.audit.record(AuditEntry { at, reception: None, operator, event });
    }

    /// Starts the kiosk's task.
    pub fn start(self, settings: Settings, mode: Mode, observer: Option<Observer>) -> Running {
        let options = Options { settings, training: matches!(mode, Mode::Training), observer };
        let (handle, task) = runtime::start(self.tokio.handle(), self.ports, self.inbox, options);
        Running { handle, task, tokio: self.tokio }
    }
}

/// What the core is told of the settings.
pub fn settings(config: &Config) -> Result<Settings, CliError> {
    let remedy = "correct the file, or take the section [registration] out of the settings";
    let settings = config.settings(face_rule(config));
    let settings = settings.map_err(|error| CliError::usage(error.to_string(), remedy))?;
    // A file that cannot be read is `doctor`'s to tell and no reason not to serve patients.
    let staff_codes = StaffFile::read(&config.staff_file()).map(|file| file.names().next().is_some());
    let staff_codes = staff_codes.unwrap_or_else(|error| {
        tracing::error!("staff cannot enter a code at the kiosk: {error}; run `uketsuke doctor`");
        false
    });
    Ok(Settings { staff_codes, wrong_staff_codes: staff_tries(config).wrong(), ..settings })
}

/// The folder of pictures and sounds: named by `UKETSUKE_ASSETS`, installed beside the program, or of the source tree.
pub fn assets_folder() -> PathBuf {
    let named = std::env::var_os("UKETSUKE_ASSETS").map(PathBuf::from);
    let beside = std::env::current_exe().ok().and_then(|exe| {
        exe.ancestors()
            .skip(1)
            .flat_map(|dir| [dir.join("assets"), dir.join("share/uketsuke/assets")])
            .find(|dir| dir.is_dir())
    });
    named.or(beside).unwrap_or_else(|| PathBuf::from("assets"))
}

/// SHA-256 of the settings file, for the audit log; that of nothing when it cannot be read any more.
pub fn config_digest(path: Option<PathBuf>) -> String {
    let bytes = std::fs::read(path.unwrap_or_else(config::default_path)).unwrap_or_default();
    format!("{:x}", Sha256::digest(bytes))
}

/// Reads the settings from `--config` or the system's place.
pub fn load_config(path: Option<PathBuf>) -> Result<Config, CliError> {
    let path = path.unwrap_or_else(config::default_path);
    Config::load(&path).map_err(|error| CliError {
        exit: Exit::Usage,
        cause: error.to_string(),
        remedy: "write the settings as in packaging/linux/uketsuke.toml, or name another file with --config; \
                 without settings, `uketsuke demo` runs the training mode"
            .into(),
    })
}
