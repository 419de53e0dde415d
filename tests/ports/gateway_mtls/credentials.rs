//! Certificates that change, end or are pinned, and a gateway that is given up for a while.

use std::io::Read;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{Timestamp, ToSpan};
use sha2::{Digest, Sha256};
use uketsuke::adapters::qualification::contract::identity_files as files;
use uketsuke::adapters::qualification::{BreakerRule, Budgets, ClientConfig, QualificationClient, StartError};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::japan;
use uketsuke::gateway::pki::{self, Leaf, Order};
use uketsuke::gateway::settings::Settings;
use uketsuke::ports::{Diagnose, Finding, Health, Outbox, QualificationCommand};
use x509_cert::Certificate;
use x509_cert::der::Encode;

use super::support::{Client, Rig, certificates, short, today};

fn finding(client: &Client, subject: &str) -> Option<Finding> {
    client.service.diagnose().into_iter().find(|finding| finding.subject == subject)
}

/// The certificate of the terminal that the gateway saw in its last connection: a new one means new credentials.
fn works(client: &Client) -> bool {
    client.ask(QualificationCommand::FetchChallenge).is_ok()
}

fn development() -> Order {
    Order::development(japan::day(Timestamp::now()))
}

#[test]
fn changed_certificates_are_used_from_the_next_connection_on() {
    let mut rig = Rig::new();
    let terminal = rig.dir.path().join("terminal");
    copy(&rig.identity, &terminal);
    let client = rig.client_of(&rig.url(), &terminal, short());
    assert!(works(&client));
    // The gateway is started again with another authority; the kiosk is not.
    let address = rig.stop();
    let order = Order { hosts: vec!["127.0.0.1".into()], force: true, ..development() };
    pki::write(&rig.identity, &order).unwrap();
    rig.start(Settings::default(), true, &address);
    assert_eq!(client.ask(QualificationCommand::FetchChallenge).err(), Some(Failure::GatewayTls));
    copy(&rig.identity, &terminal);
    assert!(works(&client));
}

#[test]
fn a_broken_new_pair_keeps_the_old_one_and_says_so() {
    let rig = Rig::new();
    let client = rig.client();
    assert!(works(&client));
    let key = std::fs::read(rig.identity.join(files::TERMINAL_KEY)).unwrap();
    // A new certificate beside the old key, as an installer leaves it between two copies.
    pki::renew(&rig.identity, Leaf::Terminal, &development()).unwrap();
    let new_key = std::fs::read(rig.identity.join(files::TERMINAL_KEY)).unwrap();
    std::fs::write(rig.identity.join(files::TERMINAL_KEY), key).unwrap();
    assert!(works(&client));
    let told = finding(&client, "new certificates").unwrap();
    assert_eq!(told.health, Health::Bad);
    assert!(told.detail.starts_with("not in use: ") && !told.remedy.is_empty(), "{told:?}");
    std::fs::write(rig.identity.join(files::TERMINAL_KEY), new_key).unwrap();
    assert!(works(&client));
    assert_eq!(finding(&client, "new certificates"), None);
}

#[test]
fn the_certificate_of_another_terminal_is_not_slipped_in() {
    let rig = Rig::new();
    let client = rig.client();
    pki::renew(&rig.identity, Leaf::Terminal, &Order { terminal_id: "T002".into(), ..development() }).unwrap();
    assert!(works(&client), "with the old one");
    let told = finding(&client, "new certificates").unwrap();
    assert!(told.detail.contains("1310000001-T002"), "{told:?}");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for name in [files::CA, files::TERMINAL, files::TERMINAL_KEY, files::REVOKED] {
        std::fs::copy(from.join(name), to.join(name)).unwrap();
    }
}

fn pin(identity: &Path) -> String {
    let pem = std::fs::read(identity.join(files::CA)).unwrap();
    let root = Certificate::load_pem_chain(&pem).unwrap().remove(0);
    STANDARD.encode(Sha256::digest(root.tbs_certificate.subject_public_key_info.to_der().unwrap()))
}

fn pinned(rig: &Rig, identity: &Path, pins: &[&str]) -> Result<Client, StartError> {
    let pins = pins.iter().map(|pin| (*pin).to_owned()).collect();
    rig.client_pinned(&rig.url(), identity, pins)
}

#[test]
fn only_a_pinned_root_is_believed() {
    let rig = Rig::new();
    let right = pin(&rig.identity);
    assert!(works(&pinned(&rig, &rig.identity, &[&right]).ok().unwrap()));
    let wrong = STANDARD.encode([7; 32]);
    let error = pinned(&rig, &rig.identity, &[&wrong]).err().unwrap();
    assert!(error.cause.contains(&right) && !error.remedy.is_empty(), "{error:?}");
    for broken in ["", "AAAA", "not base64!"] {
        assert!(pinned(&rig, &rig.identity, &[broken]).err().unwrap().cause.contains("no pin"), "{broken}");
    }
    // Somebody adds a root of their own to the file; the pins still name the other one alone.
    let foreign = certificates(rig.dir.path(), "foreign", "127.0.0.1");
    let both = rig.dir.path().join("both");
    copy(&rig.identity, &both);
    let roots = [&foreign, &rig.identity].map(|dir| std::fs::read_to_string(dir.join(files::CA)).unwrap());
    std::fs::write(both.join(files::CA), roots.concat()).unwrap();
    let other = pinned(&rig, &both, &[&pin(&foreign)]).ok().unwrap();
    assert_eq!(other.ask(QualificationCommand::FetchChallenge).err(), Some(Failure::GatewayTls));
    assert!(works(&pinned(&rig, &both, &[&right]).ok().unwrap()));
}

#[test]
fn a_second_pin_lets_the_root_change() {
    let mut rig = Rig::new();
    let terminal = rig.dir.path().join("terminal");
    copy(&rig.identity, &terminal);
    let next = certificates(rig.dir.path(), "next", "127.0.0.1");
    let client = pinned(&rig, &terminal, &[&pin(&rig.identity), &pin(&next)]).ok().unwrap();
    assert!(works(&client));
    assert_eq!(finding(&client, "pins").unwrap().health, Health::Good);
    let alone = pinned(&rig, &rig.identity, &[&pin(&rig.identity)]).ok().unwrap();
    assert_eq!(finding(&alone, "pins").unwrap().health, Health::Warning);
    let address = rig.stop();
    rig.identity = next;
    rig.start(Settings::default(), true, &address);
    copy(&rig.identity, &terminal);
    assert!(works(&client));
}

#[test]
fn staff_are_warned_sixty_thirty_and_seven_days_before_the_end() {
    let rig = Rig::new();
    let told = |days_left: i64| {
        // A certificate of 397 days that begins the day before it is ordered.
        let ordered = today().checked_sub((396 - days_left).days()).unwrap();
        let dir = rig.dir.path().join(format!("ends-{days_left}"));
        pki::write(&dir, &Order::development(ordered)).unwrap();
        let client = rig.client_of("https://127.0.0.1:1", &dir, short());
        let told = finding(&client, "terminal certificate").unwrap();
        (told.health, told.remedy.split(':').next().unwrap().to_owned())
    };
    assert_eq!(told(90), (Health::Good, String::new()));
    assert_eq!(told(59), (Health::Warning, "in good time".into()));
    assert_eq!(told(29), (Health::Warning, "this month".into()));
    assert_eq!(told(6), (Health::Warning, "today".into()));
    assert_eq!(told(-1), (Health::Bad, "at once".into()));
}

/// A place that takes connections and hangs up at once.
fn hangs_up() -> (String, Arc<AtomicUsize>, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (counted, taken) = (Arc::new(AtomicUsize::new(0)), listener.try_clone().unwrap());
    let count = Arc::clone(&counted);
    std::thread::spawn(move || {
        for stream in taken.incoming() {
            count.fetch_add(1, Ordering::SeqCst);
            // What the client says first is read, so that it does not meet a reset instead of an end.
            let _ = stream.unwrap().read(&mut [0; 4096]);
        }
    });
    (format!("https://{}", listener.local_addr().unwrap()), counted, listener)
}

#[test]
fn a_gateway_that_is_gone_is_given_up_for_a_while() {
    let rig = Rig::new();
    let (url, knocks, _listener) = hangs_up();
    let client = rig.client_of(&url, &rig.identity, short());
    let ask = || client.ask(QualificationCommand::FetchChallenge).err();
    // Three attempts, then two more: the fifth failure opens the breaker.
    assert_eq!([ask(), ask()], [Some(Failure::GatewayUnreachable); 2]);
    let before = knocks.load(Ordering::SeqCst);
    assert!((5..=6).contains(&before), "{before}");
    assert_eq!(ask(), Some(Failure::GatewayUnreachable));
    assert_eq!(knocks.load(Ordering::SeqCst), before, "nobody is made to wait for it");
}

#[test]
fn one_look_at_the_status_lets_calls_through_again() {
    let mut rig = Rig::new();
    let rule = BreakerRule { failures: 2, probe_every: Duration::ZERO, ..BreakerRule::USUAL };
    let client = rig.client_with(Budgets { breaker: rule, ..short() });
    assert!(works(&client));
    let address = rig.stop();
    for _ in 0..3 {
        assert_eq!(client.ask(QualificationCommand::FetchChallenge).err(), Some(Failure::GatewayUnreachable));
    }
    rig.start(Settings::default(), true, &address);
    assert!(works(&client));
}

#[test]
fn a_leftover_is_resolved_when_the_gateway_is_back_without_a_new_patient() {
    let mut rig = Rig::with_faults(&["check=lose-answer*1"]);
    let rule = BreakerRule { probe_every: Duration::from_millis(50), ..BreakerRule::USUAL };
    let client = rig.client_with(Budgets { attempts: 1, breaker: rule, ..short() });
    let proof = super::support::Card::of("p02").by_pin(&client.challenge());
    let mut pending = client.service.pending();
    assert_eq!(client.check(proof).err(), Some(Failure::GatewayUnreachable));
    let address = rig.stop();
    rig.start(Settings::default(), true, &address);
    let none = async { tokio::time::timeout(Duration::from_secs(20), pending.wait_for(|n| *n == 0)).await.is_ok() };
    assert!(rig.runtime.block_on(none));
    assert_eq!(rig.checks(), 1);
}

#[test]
fn a_look_beside_the_kiosk_leaves_its_leftovers_alone() {
    let rig = Rig::with_faults(&["check=lose-answer*1"]);
    let once = Budgets { attempts: 1, ..short() };
    let client = rig.client_with(once);
    client.check_by_pin("p02").unwrap_err();
    drop(client);
    let config = ClientConfig {
        base_url: rig.url(),
        identity_dir: rig.identity.clone(),
        pins: Vec::new(),
        journal_path: rig.dir.path().join("journal.sqlite"),
        facility_code: None,
        terminal_id: None,
        budgets: once,
        repertoire: Default::default(),
        resolve: false,
    };
    let handle = rig.runtime.handle().clone();
    let look = QualificationClient::start(config, handle, rig.clock.port(), Outbox::new(|_| {})).ok().unwrap();
    let journal = look.diagnose().into_iter().find(|finding| finding.subject == "journal").unwrap();
    assert_eq!(journal.health, Health::Warning, "{journal:?}");
    assert_eq!(*look.pending().borrow(), 1);
}
