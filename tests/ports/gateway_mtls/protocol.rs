//! The contract as bytes: keys, replays, problems, limits.

use jiff::civil::Date;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use uketsuke::adapters::identity::{Identity, Pins};
use uketsuke::adapters::qualification::contract::check_request;
use uketsuke::domain::qualification::Challenge;

use super::support::{Card, Rig, today};

const REQUEST_ID: &str = "0c6f1c2b-1e6d-4f0e-9d5c-0a4f7c1f0002";
const KEY: &str = "\"6f1c2b1e-6d6f-4f0e-9d5c-0a4f7c1f0001\"";

/// A client that sends whatever a test wants.
pub struct Raw<'a> {
    pub rig: &'a Rig,
    pub http: reqwest::Client,
}

impl<'a> Raw<'a> {
    pub fn new(rig: &'a Rig) -> Self {
        let tls = Identity::load(&rig.identity, &Pins::default()).unwrap().tls;
        Self { rig, http: reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().build().unwrap() }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.rig.url())).header("x-terminal-id", "T001")
    }

    pub fn send(&self, request: RequestBuilder) -> Response {
        self.rig.runtime.block_on(request.send()).unwrap()
    }

    pub fn bytes(&self, response: Response) -> Vec<u8> {
        self.rig.runtime.block_on(response.bytes()).unwrap().to_vec()
    }

    /// Status, problem name and body.
    pub fn problem(&self, request: RequestBuilder) -> (u16, String, Value) {
        let response = self.send(request);
        let status = response.status().as_u16();
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let body: Value = serde_json::from_slice(&self.bytes(response)).unwrap();
        assert_eq!(body["status"], status);
        assert!(body["traceId"].is_string() && body["retryable"].is_boolean());
        let name = body["type"].as_str().unwrap().strip_prefix("urn:myna-uketsuke:problem:").unwrap().to_owned();
        (status, name, body)
    }

    pub fn challenge(&self) -> Challenge {
        let response = self.send(self.request(Method::POST, "/v1/card-challenges").json(&json!({})));
        assert_eq!(response.status(), 201);
        let body: Value = serde_json::from_slice(&self.bytes(response)).unwrap();
        use base64::Engine;
        let nonce = base64::engine::general_purpose::STANDARD.decode(body["nonce"].as_str().unwrap()).unwrap();
        assert_eq!(nonce.len(), 32);
        Challenge { id: body["challengeId"].as_str().unwrap().into(), nonce }
    }

    pub fn check_body(&self, date: Date) -> Value {
        let proof = Card::of("p03").by_pin(&self.challenge());
        serde_json::to_value(check_request("1310000001", date, &proof)).unwrap()
    }

    pub fn check(&self, body: &Value) -> RequestBuilder {
        self.request(Method::POST, "/v1/qualification-checks").header("idempotency-key", KEY).json(body)
    }
}

#[test]
fn a_repeated_key_brings_the_same_bytes() {
    let rig = Rig::new();
    let raw = Raw::new(&rig);
    let body = raw.check_body(today());
    let first = raw.send(raw.check(&body).header("x-request-id", REQUEST_ID));
    assert_eq!((first.status().as_u16(), &first.headers()["x-request-id"]), (201, &REQUEST_ID.parse().unwrap()));
    assert_eq!(first.headers()["cache-control"], "no-store");
    assert!(!first.headers().contains_key("idempotent-replayed"));
    let again = raw.send(raw.check(&body));
    assert_eq!((again.status().as_u16(), &again.headers()["idempotent-replayed"]), (201, &"true".parse().unwrap()));
    let bytes = raw.bytes(first);
    assert_eq!(bytes, raw.bytes(again));
    let answer: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(answer["validity"], "valid");
    assert_eq!(answer["qualifications"][0]["relationship"], "self");
    assert_eq!(rig.checks(), 1);
    let mut other = body;
    other["checkDate"] = "2026-11-19".into();
    assert_eq!(raw.problem(raw.check(&other)).1, "idempotency-key-reused");
}

#[test]
fn two_requests_with_one_key_at_once_count_once() {
    let rig = Rig::with_faults(&["check=delay:50"]);
    let raw = Raw::new(&rig);
    let body = raw.check_body(today());
    let both = async { tokio::join!(raw.check(&body).send(), raw.check(&body).send()) };
    let (one, other) = rig.runtime.block_on(both);
    let mut statuses = [one.unwrap().status().as_u16(), other.unwrap().status().as_u16()];
    statuses.sort_unstable();
    assert!(statuses == [201, 201] || statuses == [201, 409], "{statuses:?}");
    assert_eq!(rig.checks(), 1);
}

#[test]
fn keys_are_required_and_quoted() {
    let rig = Rig::new();
    let raw = Raw::new(&rig);
    let body = raw.check_body(today());
    let path = "/v1/qualification-checks";
    let without = raw.request(Method::POST, path).json(&body);
    assert_eq!(raw.problem(without).1, "idempotency-key-missing");
    let bare = raw.request(Method::POST, path).header("idempotency-key", KEY.trim_matches('"')).json(&body);
    assert_eq!(raw.problem(bare).1, "idempotency-key-missing");
    let no_uuid = raw.request(Method::POST, path).header("idempotency-key", "\"1\"").json(&body);
    assert_eq!(raw.problem(no_uuid).1, "idempotency-key-missing");
}

#[test]
fn what_does_not_follow_the_contract_is_a_problem() {
    let rig = Rig::new();
    let raw = Raw::new(&rig);
    let path = "/v1/qualification-checks";
    let keyed = |body: &'static str| raw.request(Method::POST, path).header("idempotency-key", KEY).body(body);
    let media = "application/json";
    assert_eq!(raw.problem(keyed("{}").header("content-type", "text/plain")).1, "unsupported-media-type");
    assert_eq!(raw.problem(keyed("{").header("content-type", media)).1, "malformed-request");
    let large = raw.request(Method::POST, path).header("idempotency-key", KEY).header("content-type", media);
    assert_eq!(raw.problem(large.body(vec![b' '; 64 * 1024 + 1])).1, "payload-too-large");
    assert_eq!(raw.problem(raw.request(Method::GET, "/v2/anything")).1, "not-found");
    assert_eq!(raw.problem(raw.request(Method::DELETE, path)).1, "method-not-allowed");
    assert_eq!(raw.problem(raw.request(Method::GET, "/v1/qualification-checks/none")).1, "check-not-found");
    let stranger = raw.http.get(format!("{}/v1/service-status", rig.url())).header("x-terminal-id", "T999");
    assert_eq!(raw.problem(stranger).1, "facility-mismatch");
    let nameless = raw.http.get(format!("{}/v1/service-status", rig.url()));
    assert_eq!(raw.problem(nameless).1, "malformed-request");
}

#[test]
fn wrong_members_are_pointed_at() {
    let rig = Rig::new();
    let raw = Raw::new(&rig);
    let body = raw.check_body(today());
    let with = |pointer: &str, value: Value| {
        let mut body = body.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        let (_, name, problem) = raw.problem(raw.check(&body));
        (name, problem["errors"][0]["pointer"].as_str().unwrap_or_default().to_owned())
    };
    let wrong = |pointer: &str| ("validation-failed".to_owned(), pointer.to_owned());
    assert_eq!(with("/checkDate", "2026-11-21".into()), wrong("/checkDate"));
    assert_eq!(with("/mynaCard/signatureAlgorithm", "ES384".into()), wrong("/mynaCard/signatureAlgorithm"));
    assert_eq!(with("/mynaCard/signature", Value::Null).0, "malformed-request");
    let mut unsigned = body.clone();
    unsigned["mynaCard"].as_object_mut().unwrap().remove("signature");
    let (_, name, problem) = raw.problem(raw.check(&unsigned));
    assert_eq!((name, problem["errors"][0]["pointer"].as_str().unwrap().to_owned()), wrong("/mynaCard/signature"));
    assert_eq!(with("/facilityCode", "1310000002".into()).0, "facility-mismatch");
    assert_eq!(with("/mynaCard/challengeId", "other".into()).0, "challenge-expired");
    assert_eq!(raw.send(raw.check(&body)).status(), 201, "refused requests leave key and challenge free");
}

#[test]
fn problems_hold_nothing_of_the_request() {
    let rig = Rig::new();
    let raw = Raw::new(&rig);
    let mut body = raw.check_body(today());
    body["name"] = "渡瀬　直子".into();
    body["number"] = "123456789012".into();
    let (_, name, problem) = raw.problem(raw.check(&body));
    assert_eq!(name, "malformed-request");
    let text = problem.to_string();
    assert!(!text.contains("渡瀬") && !text.contains("123456789012"), "{text}");
}

#[test]
fn the_service_status_is_cached_briefly_and_stays_in_maintenance() {
    let rig = Rig::new();
    let raw = Raw::new(&rig);
    rig.gateway().change(|s| s.mode = uketsuke::adapters::qualification::contract::Mode::Maintenance);
    let status = raw.send(raw.request(Method::GET, "/v1/service-status"));
    assert_eq!(status.headers()["cache-control"], "max-age=15");
    let body: Value = serde_json::from_slice(&raw.bytes(status)).unwrap();
    assert_eq!(body["mode"], "maintenance");
    let closed = raw.send(raw.request(Method::POST, "/v1/card-challenges").json(&json!({})));
    assert_eq!((closed.status().as_u16(), &closed.headers()["retry-after"]), (503, &"60".parse().unwrap()));
}

#[test]
fn a_check_can_be_fetched_with_its_consents_for_a_day() {
    let rig = Rig::new();
    let raw = Raw::new(&rig);
    let answer: Value = serde_json::from_slice(&raw.bytes(raw.send(raw.check(&raw.check_body(today()))))).unwrap();
    let path = format!("/v1/qualification-checks/{}", answer["qualificationCheckId"].as_str().unwrap());
    let consents =
        json!({"grantedAt": "2026-11-20T09:00:00+09:00", "consents": [{"scope": "diagnosis", "granted": true}]});
    let saved = raw.send(raw.request(Method::PUT, &format!("{path}/consents")).json(&consents));
    assert_eq!(saved.status(), 200);
    let fetched: Value = serde_json::from_slice(&raw.bytes(raw.send(raw.request(Method::GET, &path)))).unwrap();
    assert_eq!(fetched["consents"][0]["availableUntil"], "2026-11-21T09:00:00+09:00");
    rig.clock.advance(jiff::SignedDuration::from_hours(25));
    assert_eq!(raw.problem(raw.request(Method::GET, &path)).1, "check-expired");
}
