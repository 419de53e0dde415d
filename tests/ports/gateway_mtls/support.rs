//! A gateway, clients and cards for these tests.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use sha2::{Digest, Sha256};
use uketsuke::adapters::qualification::{
    BreakerRule, Budgets, ClientConfig, QualificationClient, Repertoire, StartError,
};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::japan;
use uketsuke::domain::qualification::{Authentication, CardFaceProof, CardProof, Challenge, QualificationAnswer};
use uketsuke::domain::registration::RegistrationStatus;
use uketsuke::domain::staff_news::StaffNews;
use uketsuke::gateway::settings::Settings;
use uketsuke::gateway::{self, GatewayConfig, RunningGateway, pki};
use uketsuke::people::authority::{Odd, TestAuthority, public_key_tlv};
use uketsuke::people::{self, Person};
use uketsuke::ports::{
    Clock, Diagnose, Finding, News, Outbox, QualificationCommand, QualificationReply, QualificationService, Report,
    ResumedVisit,
};

/// 2026-11-20, nine o'clock in Japan.
pub const MORNING: &str = "2026-11-20T09:00:00+09:00";

/// The day of [`MORNING`].
pub fn today() -> Date {
    japan::day(MORNING.parse().unwrap())
}

/// A clock that stands still until a test moves it.
#[derive(Clone)]
pub struct TestClock {
    start: Timestamp,
    advanced: Arc<AtomicU64>,
}

impl TestClock {
    pub fn at(start: Timestamp) -> Self {
        Self { start, advanced: Arc::default() }
    }

    pub fn advance(&self, by: SignedDuration) {
        self.advanced.fetch_add(u64::try_from(by.as_secs()).unwrap(), Ordering::SeqCst);
    }

    /// As the kiosk's clock, whose days are known for sure.
    pub fn port(&self) -> Arc<dyn Clock> {
        Arc::new(self.clone())
    }

    pub fn now(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        let (start, advanced) = (self.start, Arc::clone(&self.advanced));
        Arc::new(move || start + SignedDuration::from_secs(i64::try_from(advanced.load(Ordering::SeqCst)).unwrap()))
    }
}

impl Clock for TestClock {
    fn steady(&self) -> Duration {
        Duration::from_secs(self.advanced.load(Ordering::SeqCst))
    }

    fn now(&self) -> Timestamp {
        (TestClock::now(self))()
    }
}

impl Diagnose for TestClock {
    fn diagnose(&self) -> Vec<Finding> {
        Vec::new()
    }
}

/// Budgets that let a failing test end soon.
pub fn short() -> Budgets {
    Budgets {
        connect: Duration::from_secs(2),
        attempt: Duration::from_secs(2),
        total: Duration::from_secs(6),
        attempts: 3,
        pause_min: Duration::from_millis(5),
        pause_max: Duration::from_millis(20),
        breaker: BreakerRule::USUAL,
    }
}

/// Certificates for `host` in a fresh directory below `dir`.
pub fn certificates(dir: &Path, name: &str, host: &str) -> PathBuf {
    let place = dir.join(name);
    let hosts = vec![host.into()];
    let order = pki::Order { hosts, ..pki::Order::development(japan::day(Timestamp::now())) };
    pki::write(&place, &order).unwrap();
    place
}

/// A gateway with its directory and runtime.
pub struct Rig {
    pub runtime: tokio::runtime::Runtime,
    pub gateway: Option<RunningGateway>,
    pub clock: TestClock,
    /// The kiosk's own clock, where it is another one.
    pub kiosk_clock: Option<Arc<dyn Clock>>,
    pub identity: PathBuf,
    pub dir: tempfile::TempDir,
}

impl Rig {
    pub fn new() -> Self {
        Self::with(Settings::default(), true)
    }

    pub fn with_faults(faults: &[&str]) -> Self {
        let faults = faults.iter().map(|fault| fault.parse().unwrap()).collect();
        Self::with(Settings { faults, ..Settings::default() }, true)
    }

    pub fn with_people(people: &[&str]) -> Self {
        let specials = people.iter().map(|text| text.parse::<uketsuke::gateway::settings::Special>().unwrap());
        Self::with(Settings { people: specials.map(|s| (s.person, s.say)).collect(), ..Settings::default() }, true)
    }

    pub fn with(settings: Settings, trust_test_cards: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let identity = certificates(dir.path(), "pki", "127.0.0.1");
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let clock = TestClock::at(MORNING.parse().unwrap());
        let mut rig = Self { runtime, gateway: None, clock, kiosk_clock: None, identity, dir };
        rig.start(settings, trust_test_cards, "127.0.0.1:0");
        rig
    }

    /// Starts the gateway over the same database file.
    pub fn start(&mut self, settings: Settings, trust_test_cards: bool, listen: &str) {
        let config = GatewayConfig {
            listen: listen.parse().unwrap(),
            pki_dir: self.identity.clone(),
            database: Some(self.dir.path().join("gateway.sqlite")),
            trust_test_cards,
            settings,
            people_file: None,
            now: self.clock.now(),
        };
        self.gateway = Some(self.runtime.block_on(gateway::serve(config)).unwrap());
    }

    /// Stops the gateway and gives the address it had.
    pub fn stop(&mut self) -> String {
        let gateway = self.gateway.take().unwrap();
        let addr = gateway.addr.to_string();
        self.runtime.block_on(gateway.stop(Duration::ZERO));
        addr
    }

    pub fn gateway(&self) -> &RunningGateway {
        self.gateway.as_ref().unwrap()
    }

    pub fn url(&self) -> String {
        format!("https://{}", self.gateway().addr)
    }

    pub fn checks(&self) -> u32 {
        self.gateway().counts().unwrap().checks
    }

    pub fn client(&self) -> Client {
        self.client_with(short())
    }

    pub fn client_with(&self, budgets: Budgets) -> Client {
        self.client_of(&self.url(), &self.identity, budgets)
    }

    pub fn client_of(&self, url: &str, identity: &Path, budgets: Budgets) -> Client {
        self.client_at(url, identity, budgets, self.dir.path().join("journal.sqlite"))
    }

    pub fn client_at(&self, url: &str, identity: &Path, budgets: Budgets, journal_path: PathBuf) -> Client {
        self.try_client(ClientConfig { budgets, journal_path, ..self.config(url, identity) }).unwrap()
    }

    pub fn client_pinned(&self, url: &str, identity: &Path, pins: Vec<String>) -> Result<Client, StartError> {
        self.try_client(ClientConfig { pins, ..self.config(url, identity) })
    }

    fn config(&self, url: &str, identity: &Path) -> ClientConfig {
        ClientConfig {
            base_url: url.into(),
            identity_dir: identity.into(),
            pins: Vec::new(),
            journal_path: self.dir.path().join("journal.sqlite"),
            facility_code: None,
            terminal_id: None,
            budgets: short(),
            repertoire: Repertoire::Unicode,
            resolve: true,
        }
    }

    fn try_client(&self, config: ClientConfig) -> Result<Client, StartError> {
        let ((deliver, reports), (tell, news)) = (mpsc::channel(), mpsc::channel());
        let outbox = Outbox::new(move |report| match report {
            Report::News(News::Staff(news)) => drop(tell.send(news)),
            report => drop(deliver.send(report)),
        });
        let runtime = self.runtime.handle().clone();
        let clock = self.kiosk_clock.clone().unwrap_or_else(|| self.clock.port());
        let service = QualificationClient::start(config, runtime, clock, outbox)?;
        Ok(Client { service, reports, news, tickets: AtomicU64::new(1) })
    }
}

/// The real client with a simple question-and-answer face.
pub struct Client {
    pub service: QualificationClient,
    reports: mpsc::Receiver<Report>,
    news: mpsc::Receiver<StaffNews>,
    tickets: AtomicU64,
}

impl Client {
    pub fn submit(&self, command: QualificationCommand) -> Ticket {
        let effect = EffectId(self.tickets.fetch_add(1, Ordering::SeqCst));
        let ticket = Ticket { reception: ReceptionId(1), effect };
        self.service.submit(ticket, command);
        ticket
    }

    pub fn wait(&self, ticket: Ticket) -> Result<QualificationReply, Failure> {
        match self.reports.recv_timeout(Duration::from_secs(30)).expect("a report") {
            Report::Answered(answered, result) if answered == ticket => {
                result.map(|reply| reply.try_as_qualification().expect("the service's answer"))
            }
            _ => panic!("a report for something else"),
        }
    }

    /// A visit that broke off with an earlier run.
    pub fn resumed(&self) -> ResumedVisit {
        match self.reports.recv_timeout(Duration::from_secs(30)).expect("a report") {
            Report::News(News::Resumed(visit)) => *visit,
            _ => panic!("a report for something else"),
        }
    }

    /// The next report, whatever it is.
    pub fn report(&self) -> Report {
        self.reports.recv_timeout(Duration::from_secs(30)).expect("a report")
    }

    /// A report that is there already.
    pub fn waiting_report(&self) -> Option<Report> {
        self.reports.try_recv().ok()
    }

    /// The next thing that staff are told.
    pub fn news(&self) -> StaffNews {
        self.news.recv_timeout(Duration::from_secs(30)).expect("news for staff")
    }

    /// What staff were told so far.
    pub fn told(&self) -> Vec<StaffNews> {
        self.news.try_iter().collect()
    }

    pub fn nothing_more(&self) -> bool {
        self.reports.try_recv().is_err()
    }

    pub fn ask(&self, command: QualificationCommand) -> Result<QualificationReply, Failure> {
        self.wait(self.submit(command))
    }

    pub fn challenge(&self) -> Challenge {
        match self.ask(QualificationCommand::FetchChallenge) {
            Ok(QualificationReply::Challenge(challenge)) => challenge,
            Ok(_) => panic!("not a challenge"),
            Err(failure) => panic!("no challenge: {failure:?}"),
        }
    }

    pub fn check(&self, proof: CardProof) -> Result<QualificationAnswer, Failure> {
        self.ask(QualificationCommand::Check { proof, renews: None }).map(answer)
    }

    /// A whole check by PIN.
    pub fn check_by_pin(&self, person: &str) -> Result<QualificationAnswer, Failure> {
        self.check(Card::of(person).by_pin(&self.challenge()))
    }

    pub fn inquire(&self, proof: CardProof) -> Result<RegistrationStatus, Failure> {
        match self.ask(QualificationCommand::Inquire { proof })? {
            QualificationReply::Status(status) => Ok(status),
            _ => panic!("not a status"),
        }
    }

    pub fn register(&self, proof: CardProof) -> Result<QualificationAnswer, Failure> {
        self.try_register(proof).map(answer)
    }

    pub fn try_register(&self, proof: CardProof) -> Result<QualificationReply, Failure> {
        self.ask(QualificationCommand::Register { proof, terms_version: "2026-04".into() })
    }
}

/// From when on a registration that came too early will work.
pub fn not_before(reply: QualificationReply) -> Timestamp {
    match reply {
        QualificationReply::NotYet(Some(from)) => from,
        _ => panic!("not a refusal with a moment"),
    }
}

fn answer(reply: QualificationReply) -> QualificationAnswer {
    match reply {
        QualificationReply::Answer(answer) => *answer,
        _ => panic!("not an answer"),
    }
}

/// A card of the test authority, as the virtual card would answer.
pub struct Card {
    pub person: Person,
    pub certificate: Vec<u8>,
    authority: TestAuthority,
}

impl Card {
    pub fn of(person: &str) -> Self {
        Self::on(person, today())
    }

    /// A card whose certificate was issued a year before `day`.
    pub fn on(person: &str, day: Date) -> Self {
        let (authority, person) = (TestAuthority::load().unwrap(), people::by_id(person).unwrap());
        let certificate = authority.auth_certificate(&person, day).unwrap();
        Self { person, certificate, authority }
    }

    /// The same card with a certificate that ends on `last_day`.
    pub fn ending(person: &str, last_day: Date) -> Self {
        let card = Self::of(person);
        let first_day = last_day.saturating_sub(jiff::ToSpan::years(4));
        let odd = Odd { days: Some((first_day, last_day)), ..Odd::default() };
        let certificate = card.authority.odd_auth_certificate(&card.person, last_day, &odd).unwrap();
        Self { certificate, ..card }
    }

    pub fn by_pin(&self, challenge: &Challenge) -> CardProof {
        let key = self.authority.auth_key(&self.person).unwrap();
        CardProof {
            authentication: Authentication::Pin,
            challenge_id: challenge.id.clone(),
            certificate: self.certificate.clone(),
            signature: Some(sign(&key, &challenge.nonce)),
            card_face: None,
        }
    }

    pub fn by_face(&self, challenge: &Challenge) -> CardProof {
        CardProof {
            authentication: Authentication::Face,
            signature: None,
            card_face: Some(self.face(challenge)),
            ..self.by_pin(challenge)
        }
    }

    pub fn face(&self, challenge: &Challenge) -> CardFaceProof {
        let card_key = self.authority.card_key(&self.person).unwrap();
        let birth = self.person.birth.strftime("%Y%m%d").to_string();
        let key = public_key_tlv(&card_key.to_public_key());
        let mut basic = [b"\xDF\x22\x08", birth.as_bytes(), b"\xDF\x23\x01"].concat();
        basic.push(self.person.sex.digit() as u8);
        basic.extend([0xDF, 0x24, 0x82]);
        basic.extend((key.len() as u16).to_be_bytes());
        basic.extend(key);
        CardFaceProof {
            signature: self.authority.sign_card_face(&basic, b"pictures", self.person.portrait()).unwrap(),
            basic,
            pictures_hash: Sha256::digest(b"pictures").into(),
            portrait_hash: Sha256::digest(self.person.portrait()).into(),
            issuer_certificate: self.authority.issuer_cv_certificate().unwrap(),
            card_signature: sign(&card_key, &challenge.nonce),
        }
    }
}

fn sign(key: &RsaPrivateKey, message: &[u8]) -> Vec<u8> {
    key.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message)).unwrap()
}

/// Looks again until `true`, for outcomes that nobody announces; fails after ten seconds.
pub fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !is_so() {
        assert!(Instant::now() < until, "never: {what}");
        std::thread::yield_now();
    }
}
