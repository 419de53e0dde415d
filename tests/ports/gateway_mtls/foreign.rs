//! The real client before a gateway that answers whatever a test wants, over real TLS.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value, json};
use uketsuke::adapters::qualification::contract::identity_files as files;
use uketsuke::domain::consent::{Consent, ConsentAnswer, Scope};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::QualificationAnswer;
use uketsuke::domain::staff_news::StaffNews;
use uketsuke::ports::QualificationCommand;

use super::support::{Card, Client, MORNING, Rig, short};

const JSON: &str = "application/json";

/// What it says to one request after the challenge.
struct Said {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

fn said(status: u16, media: &str, body: impl ToString) -> Said {
    Said { status, headers: vec![("content-type", media.into())], body: body.to_string().into_bytes() }
}

/// A gateway that answers in order.
struct Foreign {
    client: Client,
    _rig: Rig,
}

impl Foreign {
    fn new(script: Vec<Said>) -> Self {
        let rig = Rig::new();
        let key = PrivateKeyDer::from_pem_file(rig.identity.join(files::SERVER_KEY)).unwrap();
        let chain: Vec<_> =
            CertificateDer::pem_file_iter(rig.identity.join(files::SERVER)).unwrap().flatten().collect();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_protocol_versions(&[&rustls::version::TLS13]);
        let tls = RustlsConfig::from_config(Arc::new(
            config.unwrap().with_no_client_auth().with_single_cert(chain, key).unwrap(),
        ));
        let script = Arc::new(Mutex::new(VecDeque::from(script)));
        let router = Router::new().fallback(move |request: Request<Body>| {
            let next = match request.uri().path() {
                "/v1/card-challenges" => said(
                    201,
                    JSON,
                    json!({"challengeId": uuid::Uuid::new_v4().to_string(),
                    "nonce": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "expiresAt": MORNING}),
                ),
                _ => script.lock().unwrap().pop_front().unwrap_or_else(|| said(500, JSON, "{}")),
            };
            async move {
                let mut response = Response::builder().status(next.status);
                for (name, value) in next.headers {
                    response = response.header(name, value);
                }
                response.body(Body::from(next.body)).unwrap()
            }
        });
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        rig.runtime.spawn(async move {
            axum_server::from_tcp_rustls(listener, tls).unwrap().serve(router.into_make_service()).await.unwrap();
        });
        let client = rig.client_of(&url, &rig.identity, short());
        Self { client, _rig: rig }
    }

    fn check(&self) -> Result<QualificationAnswer, Failure> {
        self.client.check(Card::of("p02").by_pin(&self.client.challenge()))
    }
}

fn good(id: &str) -> Value {
    json!({
        "qualificationCheckId": id, "status": "completed", "processedAt": MORNING, "checkDate": "2026-11-20",
        "method": "mynaCard", "validity": "valid", "rawValidityCode": "1", "notices": [], "consents": [],
        "qualifications": [{"cardClassification": "01", "insurerNumber": "06139992", "insurerName": "保険者",
            "name": "佐倉　花子", "sex": "female", "birthDate": "1991-09-03"}],
    })
}

fn with(pointer: &str, value: Value) -> Value {
    let mut body = good("c-1");
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap()[member] = value;
    body
}

/// How one check ends that is answered so.
fn answered(said: Said) -> Result<QualificationAnswer, Failure> {
    Foreign::new(vec![said]).check()
}

const INVALID: Option<Failure> = Some(Failure::GatewayAnswerInvalid);

#[test]
fn an_unknown_day_of_birth_leaves_a_reception_and_a_word_to_staff() {
    let foreign = Foreign::new(vec![said(201, JSON, with("/qualifications/0/birthDate", "1930-00-00".into()))]);
    let answer = foreign.check().unwrap();
    assert_eq!(answer.qualifications[0].birth_date.0, None);
    let (check_id, member) = ("c-1".to_owned(), "qualifications.0.birthDate".to_owned());
    assert_eq!(foreign.client.news(), StaffNews::MemberLeftOut { check_id, member });
    // Said to nobody: an absent member in another spelling.
    let quiet = Foreign::new(vec![said(201, JSON, with("/qualifications/0/address", Value::Null))]);
    assert!(quiet.check().is_ok() && quiet.client.told().is_empty());
}

#[test]
fn signs_that_cannot_be_written_are_told_by_their_code_points() {
    let name = "佐倉\u{e000}\u{200b}か\u{3099}";
    let foreign = Foreign::new(vec![said(201, JSON, with("/qualifications/0/name", name.into()))]);
    let answer = foreign.check().unwrap();
    assert_eq!(answer.qualifications[0].name.0, "佐倉●が");
    assert_eq!(answer.as_received[0].original.as_ref().unwrap().0, name);
    let (check_id, member) = ("c-1".to_owned(), "qualifications.0.name".to_owned());
    assert_eq!(foreign.client.news(), StaffNews::SignsLost { check_id, member, signs: "U+E000".into() });
    let unseen = with("/qualifications/0/name", "\u{200b}\u{202e}\u{3164}".into());
    assert_eq!(answered(said(201, JSON, unseen)).err(), INVALID, "a name of which nothing is seen");
}

#[test]
fn a_name_without_end_and_an_answer_without_end_are_refused() {
    let long = "長".repeat(60_000);
    assert_eq!(answered(said(201, JSON, with("/qualifications/0/name", long.into()))).err(), INVALID);
    assert_eq!(answered(said(201, JSON, with("/qualifications/0/name", " 　".into()))).err(), INVALID);
    let many: Vec<_> = (0..17).map(|_| good("c-1")["qualifications"][0].clone()).collect();
    assert_eq!(answered(said(201, JSON, with("/qualifications", many.into()))).err(), INVALID);
    assert_eq!(answered(said(201, JSON, " ".repeat(256 * 1024 + 1))).err(), INVALID);
    assert_eq!(answered(said(201, JSON, "[".repeat(200_000))).err(), INVALID);
}

#[test]
fn what_names_itself_is_not_believed_to_be_what_it_names() {
    // A page of something in between, whatever it holds.
    for media in ["text/html", "application/problem+json", "", "application/jsonx"] {
        assert_eq!(answered(said(201, media, good("c-1"))).err(), INVALID, "{media}");
    }
    let with_charset = answered(said(201, "application/json; charset=utf-8", good("c-1")));
    assert!(with_charset.is_ok());
    let mut twice = said(201, JSON, good("c-1"));
    twice.headers.push(("content-type", "text/html".into()));
    assert_eq!(answered(twice).err(), INVALID);
    // A refusal that is none of the contract's counts by its status alone.
    let not_registered = json!({"type": "urn:myna-uketsuke:problem:card-not-registered", "status": 422});
    assert_eq!(answered(said(422, "text/html", not_registered.clone())).err(), Some(Failure::CheckRefused));
    assert_eq!(answered(said(422, "application/problem+json", not_registered)).err(), Some(Failure::NotRegistered));
    // Another day, another time.
    assert_eq!(answered(said(201, JSON, with("/checkDate", "2026-11-19".into()))).err(), INVALID);
    assert_eq!(answered(said(201, JSON, with("/processedAt", "2026-11-22T09:00:00+09:00".into()))).err(), INVALID);
    assert_eq!(answered(said(201, JSON, with("/processedAt", "2025-11-20T09:00:00+09:00".into()))).err(), INVALID);
    // How it was asked is known here better than there.
    let asked = answered(said(201, JSON, with("/method", "demographics".into()))).unwrap();
    assert_eq!(asked.asked_by, uketsuke::domain::qualification::AskedBy::Card);
}

#[test]
fn the_check_of_another_request_is_not_taken_for_this_ones() {
    // The same name for two patients: the second's file would count as handed over.
    let twice = |second: &str| {
        let foreign = Foreign::new(vec![said(201, JSON, good("c-1")), said(201, JSON, good(second))]);
        assert!(foreign.check().is_ok());
        foreign.check().map(|answer| answer.check_id)
    };
    assert_eq!(twice("c-1").err(), INVALID);
    assert_eq!(twice("c-2"), Ok("c-2".into()));
    // Asked again under one name, answered under another.
    let later = |location: &str| {
        let mut later = said(202, JSON, json!({}));
        later.headers.extend([("location", location.to_owned()), ("retry-after", "0".to_owned())]);
        later
    };
    let named = Foreign::new(vec![later("/v1/qualification-checks/c-9"), said(200, JSON, good("c-1"))]);
    assert_eq!(named.check().err(), INVALID);
    let right = Foreign::new(vec![later("/v1/qualification-checks/c-1"), said(200, JSON, good("c-1"))]);
    assert!(right.check().is_ok());
    for elsewhere in
        ["/v1/qualification-checks/c-1/consents", "/v1/qualification-checks/", "/v1/qualification-checks/.."]
    {
        assert_eq!(answered(later(elsewhere)).err(), INVALID, "{elsewhere}");
    }
}

#[test]
fn consents_that_were_not_sent_are_not_recorded() {
    let record = |scope: &str, granted: bool| json!({"scope": scope, "granted": granted, "grantedAt": MORNING});
    let save = |records: Vec<Value>| {
        let update = json!({"qualificationCheckId": "c-1", "consents": records});
        let foreign = Foreign::new(vec![said(201, JSON, good("c-1")), said(200, JSON, update)]);
        let check_id = foreign.check().unwrap().check_id;
        let consents = vec![Consent { scope: Scope::Diagnosis, answer: ConsentAnswer::Refused }];
        let at = MORNING.parse().unwrap();
        foreign.client.ask(QualificationCommand::SaveConsents { check_id, consents, at }).map(|_| ())
    };
    assert_eq!(save(vec![record("diagnosis", false)]), Ok(()));
    assert_eq!(save(vec![record("diagnosis", true)]).err(), INVALID, "a refusal that became a consent");
    assert_eq!(save(vec![record("operation", false)]).err(), INVALID, "another scope");
    assert_eq!(save(Vec::new()).err(), INVALID, "none at all");
}
