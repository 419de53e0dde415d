//! What one client may hold of the gateway, and that every refusal has the contract's form; over real mutual TLS.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use reqwest::Method;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::{Value, json};
use uketsuke::adapters::qualification::contract::identity_files as files;
use uketsuke::gateway::settings::Settings;
use uketsuke::listening::Limits;

use super::protocol::Raw;
use super::support::{Rig, today};

const CHECKS: &str = "/v1/qualification-checks";
const HEAD: &str = "GET /v1/service-status HTTP/1.1\r\nHost: x\r\nX-Terminal-Id: T001\r\n";

fn rig(limits: Limits) -> Rig {
    Rig::with(Settings { limits, rate_limit: None, ..Settings::default() }, true)
}

fn short_head() -> Limits {
    Limits { head: Duration::from_millis(400), body: Duration::from_millis(400), ..Limits::default() }
}

/// A connection with the terminal's certificate, on which a test writes what it wants.
fn connect(rig: &Rig) -> StreamOwned<ClientConnection, TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(rig.identity.join(files::CA)).unwrap()).unwrap();
    let chain = CertificateDer::pem_file_iter(rig.identity.join(files::TERMINAL)).unwrap();
    let key = PrivateKeyDer::from_pem_file(rig.identity.join(files::TERMINAL_KEY)).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_root_certificates(roots)
        .with_client_auth_cert(chain.collect::<Result<_, _>>().unwrap(), key)
        .unwrap();
    let connection = ClientConnection::new(Arc::new(config), ServerName::try_from("127.0.0.1").unwrap()).unwrap();
    let socket = TcpStream::connect(rig.gateway().addr).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    StreamOwned::new(connection, socket)
}

/// The answer to one whole request; `None` when the gateway has closed the connection.
fn asked(stream: &mut StreamOwned<ClientConnection, TcpStream>) -> Option<String> {
    stream.write_all(format!("{HEAD}\r\n").as_bytes()).ok()?;
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(read) => answer.extend_from_slice(&buffer[..read]),
        }
        let text = String::from_utf8_lossy(&answer);
        if text.contains("\r\n\r\n") && text.ends_with('}') {
            return Some(text.into_owned());
        }
    }
}

/// Whether the gateway ends a connection on which nobody asks to the end; the socket's own time-out is no end.
fn is_ended(mut stream: StreamOwned<ClientConnection, TcpStream>) -> bool {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => true,
        Err(error) => !matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut),
    }
}

#[test]
fn a_connection_that_asks_nothing_is_ended() {
    let rig = rig(short_head());
    let mut silent = connect(&rig);
    silent.flush().unwrap();
    assert!(is_ended(silent), "nothing after the handshake");
    let mut half = connect(&rig);
    half.write_all(HEAD.as_bytes()).unwrap();
    assert!(is_ended(half), "half a head");
    let mut idle = connect(&rig);
    assert!(asked(&mut idle).unwrap().starts_with("HTTP/1.1 200"));
    assert!(is_ended(idle), "nothing after an answer");
}

#[test]
fn a_head_in_drips_is_ended_and_a_whole_one_is_answered_meanwhile() {
    let rig = rig(short_head());
    let mut drip = connect(&rig);
    // As long as anybody listens, whatever time that is.
    let dripped = (0..400).take_while(|_| {
        let one = drip.write_all(b"X").and_then(|()| drip.flush());
        drip.sock.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        let ended = matches!(drip.read(&mut [0; 64]), Ok(0));
        one.is_ok() && !ended
    });
    assert!(dripped.count() < 400, "drips are taken for ever");
    assert!(asked(&mut connect(&rig)).unwrap().starts_with("HTTP/1.1 200"));
}

#[test]
fn a_body_that_does_not_come_is_answered_as_a_problem() {
    let rig = rig(short_head());
    let mut stream = connect(&rig);
    let head = "POST /v1/card-registrations HTTP/1.1\r\nHost: x\r\nX-Terminal-Id: T001\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("application/problem+json"), "{answer}");
    assert!(answer.contains("urn:myna-uketsuke:problem:request-timeout"), "{answer}");
}

#[test]
fn one_certificate_holds_so_many_connections_and_all_together_so_many() {
    let rig = rig(Limits { of_one: 2, ..Limits::default() });
    let (mut one, mut two) = (connect(&rig), connect(&rig));
    assert!(asked(&mut one).is_some() && asked(&mut two).is_some());
    assert!(asked(&mut connect(&rig)).is_none(), "a third");
    assert!(asked(&mut one).is_some(), "the others go on");
    drop(one);
    // Its place is free as soon as the gateway has seen its end.
    assert!((0..200).any(|_| asked(&mut connect(&rig)).is_some()), "one more after one has ended");
    let full = self::rig(Limits { connections: 1, ..Limits::default() });
    let mut only = connect(&full);
    assert!(asked(&mut only).is_some() && asked(&mut connect(&full)).is_none());
}

#[test]
fn refusals_count_in_the_rate_limit() {
    for (wrong, usual) in [("X-Terminal-Id", "T999"), ("x-request-id", "no uuid"), ("none", "none")] {
        let rig = Rig::with(Settings { rate_limit: Some(1), ..Settings::default() }, true);
        let raw = Raw::new(&rig);
        let url = format!("{}/v1/service-status", rig.url());
        let refusals: Vec<_> = (0..8)
            .map(|_| {
                let request = raw.http.get(&url).header(wrong, usual);
                let request = if wrong == "x-request-id" { request.header("x-terminal-id", "T001") } else { request };
                raw.problem(request).1
            })
            .collect();
        assert!(refusals.contains(&"rate-limited".to_owned()), "{wrong}: {refusals:?}");
        assert_ne!(refusals[0], "rate-limited");
    }
}

#[test]
fn what_says_who_asks_stands_once() {
    let rig = rig(Limits::default());
    let raw = Raw::new(&rig);
    let key = "\"6f1c2b1e-6d6f-4f0e-9d5c-0a4f7c1f0001\"";
    let id = "0c6f1c2b-1e6d-4f0e-9d5c-0a4f7c1f0002";
    for (name, one, other) in [
        ("x-terminal-id", "T001", "T001"),
        ("x-terminal-id", "T001", "T002"),
        ("idempotency-key", key, key),
        ("x-request-id", id, id),
        ("content-type", "application/json", "application/json"),
    ] {
        let request = raw.http.post(format!("{}{CHECKS}", rig.url())).header(name, one).header(name, other);
        let request = if name == "x-terminal-id" { request } else { request.header("x-terminal-id", "T001") };
        let request = if name == "idempotency-key" { request } else { request.header("idempotency-key", key) };
        let (status, problem, _) = raw.problem(request.body("{}"));
        assert_eq!((status, problem.as_str()), (400, "malformed-request"), "{name} {other}");
    }
    assert_eq!(rig.checks(), 0);
}

#[test]
fn a_certificate_of_two_terminals_names_none() {
    let rig = rig(Limits::default());
    let pem = |name: &str| std::fs::read_to_string(rig.identity.join(name)).unwrap();
    let authority =
        rcgen::Issuer::from_ca_cert_pem(&pem(files::CA), rcgen::KeyPair::from_pem(&pem(files::CA_KEY)).unwrap());
    let mut params = rcgen::CertificateParams::default();
    params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ClientAuth];
    for terminal in ["T001", "T002"] {
        let uri = format!("urn:myna-uketsuke:facility:1310000001:terminal:{terminal}");
        params.subject_alt_names.push(rcgen::SanType::URI(uri.as_str().try_into().unwrap()));
    }
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &authority.unwrap()).unwrap();
    std::fs::write(rig.identity.join(files::TERMINAL), certificate.pem()).unwrap();
    std::fs::write(rig.identity.join(files::TERMINAL_KEY), key.serialize_pem()).unwrap();
    let answer = asked(&mut connect(&rig)).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401") && answer.contains("terminal-unauthenticated"), "{answer}");
}

#[test]
fn every_refusal_has_the_contracts_form() {
    let rig = rig(Limits::default());
    let raw = Raw::new(&rig);
    let key = "\"6f1c2b1e-6d6f-4f0e-9d5c-0a4f7c1f0001\"";
    let json = |body: &'static str| {
        let request = raw.request(Method::POST, CHECKS).header("idempotency-key", key);
        request.header("content-type", "application/json").body(body)
    };
    let get = |path: &str| raw.request(Method::GET, path);
    let expected = [
        (get("/"), 404, "not-found"),
        (get("/v1/service-status/"), 404, "not-found"),
        (get("/v1/qualification-checks/%FF"), 404, "not-found"),
        (get("/v1/qualification-checks/%FF/consents"), 405, "method-not-allowed"),
        (raw.request(Method::PUT, "/v1/qualification-checks/%FF/consents").json(&json!({})), 404, "not-found"),
        (get("/v1/qualification-check-batches/%80/results"), 404, "not-found"),
        (get("/v1/qualification-check-batches/%C3%28"), 404, "not-found"),
        (get("/v1/qualification-checks/..%2F..%2Fetc"), 404, "check-not-found"),
        (get("/v1/qualification-checks/none"), 404, "check-not-found"),
        (raw.request(Method::PATCH, CHECKS), 405, "method-not-allowed"),
        (raw.request(Method::OPTIONS, CHECKS), 405, "method-not-allowed"),
        (raw.request(Method::TRACE, "/v1/service-status"), 405, "method-not-allowed"),
        (json("{"), 400, "malformed-request"),
        (json(""), 400, "malformed-request"),
        (json("{\"facilityCode\":\"1310000001\",\"facilityCode\":\"1310000001\"}"), 400, "malformed-request"),
        (json("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["), 400, "malformed-request"),
        (json("\u{feff}{}"), 400, "malformed-request"),
        (raw.request(Method::POST, CHECKS).header("idempotency-key", key).body("{}"), 415, "unsupported-media-type"),
        (json("{}").header("content-encoding", "gzip"), 400, "malformed-request"),
    ];
    let count = expected.len();
    for (request, status, name) in expected {
        let url = request.try_clone().unwrap().build().unwrap().url().path().to_owned();
        let (found, problem, _) = raw.problem(request);
        assert_eq!((found, problem.as_str()), (status, name), "{url}");
    }
    let large =
        raw.request(Method::POST, CHECKS).header("content-type", "application/json").header("idempotency-key", key);
    assert_eq!(raw.problem(large.body(vec![b'1'; 64 * 1024 + 1])).1, "payload-too-large");
    println!("{} refusals in the contract's form", count + 1);
}

#[test]
fn nobody_answers_before_what_is_asked() {
    let rig = rig(Limits::default());
    let raw = Raw::new(&rig);
    let answer: Value = serde_json::from_slice(&raw.bytes(raw.send(raw.check(&raw.check_body(today()))))).unwrap();
    let path = format!("{CHECKS}/{}/consents", answer["qualificationCheckId"].as_str().unwrap());
    let put = |at: &str| {
        let body = json!({"grantedAt": at, "consents": [{"scope": "diagnosis", "granted": true}]});
        raw.request(Method::PUT, &path).json(&body)
    };
    for (at, code) in [
        ("2026-11-20T08:54:59+09:00", "past"),
        ("2025-11-20T09:00:00+09:00", "past"),
        ("1970-01-01T00:00:00Z", "past"),
        ("2026-11-20T09:05:01+09:00", "future"),
        ("2999-12-31T00:00:00Z", "future"),
    ] {
        let (status, name, problem) = raw.problem(put(at));
        assert_eq!((status, name.as_str()), (422, "validation-failed"), "{at}");
        assert_eq!(problem["errors"], json!([{"pointer": "/grantedAt", "code": code}]), "{at}");
    }
    // A clock that goes some minutes after ours.
    assert_eq!(raw.send(put("2026-11-20T08:55:00+09:00")).status(), 200);

    let client = rig.client();
    let proof = super::support::Card::of("p06").by_pin(&client.challenge());
    let challenge = proof.challenge_id.clone();
    assert!(client.check(proof).is_err(), "not registered yet");
    rig.clock.advance(SignedDuration::from_mins(6));
    let register = |at: &str| {
        let body = json!({"facilityCode": "1310000001", "challengeId": challenge, "termsVersion": "1", "agreedAt": at});
        let key = format!("\"{}\"", uuid::Uuid::new_v4());
        raw.request(Method::POST, "/v1/card-registrations").header("idempotency-key", key).json(&body)
    };
    for (at, code) in [("2026-11-20T08:54:59+09:00", "past"), ("2026-11-20T09:11:01+09:00", "future")] {
        let (_, _, problem) = raw.problem(register(at));
        assert_eq!(problem["errors"], json!([{"pointer": "/agreedAt", "code": code}]), "{at}");
    }
    assert_eq!(raw.send(register("2026-11-20T09:05:00+09:00")).status(), 201);
}

#[test]
fn odd_members_can_be_practised() {
    let faults = vec!["check=odd".parse().unwrap()];
    let rig = Rig::with(Settings { faults, ..Settings::default() }, true);
    let answer = rig.client().check_by_pin("p02").unwrap();
    assert_eq!((answer.qualifications[0].birth_date.0, answer.qualifications[0].address.as_ref()), (None, None));
    let original = answer.as_received[0].original.as_ref().unwrap();
    assert!(original.0.ends_with("-00-00"), "a year, and no day");
}
