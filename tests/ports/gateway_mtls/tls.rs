//! Who may talk to whom, and that it is TLS 1.3.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;

use jiff::ToSpan;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection, SupportedProtocolVersion};
use uketsuke::adapters::qualification::contract::identity_files as files;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::japan;
use uketsuke::gateway::pki;
use uketsuke::gateway::settings::Settings;
use uketsuke::ports::{Diagnose, Health, QualificationCommand};

use super::support::{Rig, certificates, short};

/// The call ends with `GatewayTls`, and `doctor` tells staff that reason.
fn refused_because(rig: &Rig, url: &str, identity: &Path, reason: &str) {
    let client = rig.client_of(url, identity, short());
    assert_eq!(client.ask(QualificationCommand::FetchChallenge).err(), Some(Failure::GatewayTls));
    let findings = client.service.diagnose();
    let gateway = findings.iter().find(|finding| finding.subject == "gateway").unwrap();
    assert_eq!((gateway.health, gateway.detail.as_str()), (Health::Bad, format!("U-403: {reason}").as_str()));
    assert!(!gateway.remedy.is_empty());
}

#[test]
fn a_server_of_another_authority_is_not_believed() {
    let rig = Rig::new();
    let foreign = certificates(rig.dir.path(), "foreign", "127.0.0.1");
    refused_because(&rig, &rig.url(), &foreign, "the gateway's certificate is of an authority that is not ours");
}

#[test]
fn a_terminal_of_another_authority_is_not_let_in() {
    let rig = Rig::new();
    let foreign = certificates(rig.dir.path(), "foreign", "127.0.0.1");
    std::fs::copy(rig.identity.join(files::CA), foreign.join(files::CA)).unwrap();
    let reason = "the list of revoked certificates does not fit the authority";
    refused_because(&rig, &rig.url(), &foreign, reason);
    std::fs::copy(rig.identity.join(files::REVOKED), foreign.join(files::REVOKED)).unwrap();
    for _ in 0..20 {
        refused_because(
            &rig,
            &rig.url(),
            &foreign,
            "the gateway does not know the authority of the terminal's certificate",
        );
    }
}

#[test]
fn a_server_of_another_name_is_not_believed() {
    let rig = Rig::new();
    let url = rig.url().replace("127.0.0.1", "localhost");
    refused_because(&rig, &url, &rig.identity, "the gateway's certificate is made out to another name");
}

#[test]
fn a_server_that_only_speaks_tls_1_2_is_refused() {
    let rig = Rig::new();
    let chain = CertificateDer::pem_file_iter(rig.identity.join(files::SERVER)).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS12])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            chain.collect::<Result<_, _>>().unwrap(),
            PrivateKeyDer::from_pem_file(rig.identity.join(files::SERVER_KEY)).unwrap(),
        )
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let config = Arc::new(config);
    // The call, and then the look of `doctor`.
    let server = std::thread::spawn(move || {
        (0..2).all(|_| {
            let (mut stream, _) = listener.accept().unwrap();
            let mut connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            connection.complete_io(&mut stream).is_err()
        })
    });
    refused_because(&rig, &url, &rig.identity, "the gateway does not speak TLS 1.3");
    assert!(server.join().unwrap());
}

/// The directory of `rig` with one certificate changed by `change`.
fn changed(rig: &Rig, change: impl FnOnce(&Path)) -> std::path::PathBuf {
    let dir = rig.dir.path().join("changed");
    std::fs::create_dir(&dir).unwrap();
    for file in std::fs::read_dir(&rig.identity).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), dir.join(file.file_name())).unwrap();
    }
    change(&dir);
    dir
}

/// Development certificates of 400 days ago: their leaves have ended, their authority has not.
fn expired() -> pki::Order {
    let long_ago = japan::day(jiff::Timestamp::now()).checked_sub(400.days()).unwrap();
    pki::Order { hosts: vec!["127.0.0.1".into()], ..pki::Order::development(long_ago) }
}

#[test]
fn an_expired_terminal_is_not_let_in() {
    let rig = Rig::new();
    let identity = changed(&rig, |dir| drop(pki::renew(dir, pki::Leaf::Terminal, &expired()).unwrap()));
    refused_because(&rig, &rig.url(), &identity, "the terminal's certificate has ended");
}

#[test]
fn an_expired_server_is_not_believed() {
    let mut rig = Rig::new();
    let good = rig.identity.clone();
    rig.stop();
    rig.identity = changed(&rig, |dir| drop(pki::renew(dir, pki::Leaf::Server, &expired()).unwrap()));
    rig.start(Settings::default(), true, "127.0.0.1:0");
    refused_because(&rig, &rig.url(), &good, "the gateway's certificate has ended");
}

#[test]
fn a_server_whose_certificate_does_not_hold_yet_is_not_believed() {
    let mut rig = Rig::new();
    let good = rig.identity.clone();
    rig.stop();
    let next_month = japan::day(jiff::Timestamp::now()).checked_add(30.days()).unwrap();
    let order = pki::Order { hosts: vec!["127.0.0.1".into()], ..pki::Order::development(next_month) };
    rig.identity = changed(&rig, |dir| drop(pki::renew(dir, pki::Leaf::Server, &order).unwrap()));
    rig.start(Settings::default(), true, "127.0.0.1:0");
    refused_because(&rig, &rig.url(), &good, "the gateway's certificate does not hold yet");
}

#[test]
fn a_revoked_terminal_is_not_let_in() {
    let mut rig = Rig::new();
    let good = rig.identity.clone();
    rig.stop();
    let today = japan::day(jiff::Timestamp::now());
    rig.identity = changed(&rig, |dir| drop(pki::revoke(dir, pki::Leaf::Terminal, today).unwrap()));
    rig.start(Settings::default(), true, "127.0.0.1:0");
    refused_because(&rig, &rig.url(), &good, "the terminal's certificate was revoked");
    pki::renew(&good, pki::Leaf::Terminal, &pki::Order::development(today)).unwrap();
    assert!(rig.client_of(&rig.url(), &good, short()).ask(QualificationCommand::FetchChallenge).is_ok());
}

#[test]
fn a_revoked_server_is_not_believed() {
    let rig = Rig::new();
    let today = japan::day(jiff::Timestamp::now());
    let identity = changed(&rig, |dir| drop(pki::revoke(dir, pki::Leaf::Server, today).unwrap()));
    refused_because(&rig, &rig.url(), &identity, "the gateway's certificate was revoked");
}

/// Sends one request over a connection of that version, with or without the terminal's certificate.
fn knock(rig: &Rig, version: &'static SupportedProtocolVersion, with_certificate: bool) -> Result<String, String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(rig.identity.join(files::CA)).unwrap()).unwrap();
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots);
    let config = if with_certificate {
        let chain = CertificateDer::pem_file_iter(rig.identity.join(files::TERMINAL)).unwrap();
        let key = PrivateKeyDer::from_pem_file(rig.identity.join(files::TERMINAL_KEY)).unwrap();
        builder.with_client_auth_cert(chain.collect::<Result<_, _>>().unwrap(), key).unwrap()
    } else {
        builder.with_no_client_auth()
    };
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let mut connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut socket = TcpStream::connect(rig.gateway().addr).unwrap();
    let mut stream = rustls::Stream::new(&mut connection, &mut socket);
    let request = "GET /v1/service-status HTTP/1.1\r\nHost: x\r\nX-Terminal-Id: T001\r\nConnection: close\r\n\r\n";
    let mut answer = Vec::new();
    stream.write_all(request.as_bytes()).map_err(|error| error.to_string())?;
    match stream.read_to_end(&mut answer) {
        Ok(_) => Ok(String::from_utf8(answer).unwrap()),
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn the_gateway_lets_in_tls_1_3_with_a_certificate_only() {
    let rig = Rig::new();
    assert!(knock(&rig, &rustls::version::TLS13, true).unwrap().starts_with("HTTP/1.1 200"));
    assert!(knock(&rig, &rustls::version::TLS13, false).unwrap_err().contains("CertificateRequired"));
    assert!(knock(&rig, &rustls::version::TLS12, true).unwrap_err().contains("ProtocolVersion"));
}

#[test]
fn plain_http_urls_and_wrong_identities_are_refused_at_start() {
    let rig = Rig::new();
    let start = |url: &str, identity: &Path| {
        let config = uketsuke::adapters::qualification::ClientConfig {
            base_url: url.into(),
            identity_dir: identity.into(),
            pins: Vec::new(),
            journal_path: rig.dir.path().join("j.sqlite"),
            facility_code: Some("1310000001".into()),
            terminal_id: Some("T001".into()),
            budgets: short(),
            repertoire: Default::default(),
            resolve: true,
        };
        let outbox = uketsuke::ports::Outbox::new(|_| {});
        let now = Arc::new(uketsuke::adapters::clock::SystemClock::new());
        let handle = rig.runtime.handle().clone();
        uketsuke::adapters::qualification::QualificationClient::start(config, handle, now, outbox).err()
    };
    assert!(start("https://127.0.0.1:1", &rig.identity).is_none());
    for url in ["http://127.0.0.1:1", "https://user@127.0.0.1", "https://127.0.0.1/?q", "127.0.0.1", ""] {
        assert!(start(url, &rig.identity).unwrap().remedy.contains("https://"), "{url}");
    }
    let empty = rig.dir.path().join("empty");
    assert!(start("https://127.0.0.1:1", &empty).unwrap().remedy.contains("gateway pki"));
}

#[test]
fn the_terminal_knows_itself_from_its_certificate() {
    let rig = Rig::new();
    assert_eq!(rig.client().service.identity(), ("1310000001", "T001"));
}

#[test]
fn doctor_sees_certificates_journal_and_gateway() {
    let rig = Rig::new();
    let good = rig.client().service.diagnose();
    let subjects: Vec<_> = good.iter().map(|finding| finding.subject).collect();
    assert_eq!(subjects, ["terminal certificate", "gateway root", "journal", "queue", "gateway"]);
    assert!(good.iter().all(|finding| finding.health == Health::Good), "{good:?}");
    let foreign = certificates(rig.dir.path(), "foreign", "127.0.0.1");
    let bad = rig.client_of(&rig.url(), &foreign, short()).service.diagnose();
    let gateway = bad.iter().find(|finding| finding.subject == "gateway").unwrap();
    assert_eq!(gateway.health, Health::Bad);
    assert!(gateway.detail.starts_with("U-403") && !gateway.remedy.is_empty());
}
