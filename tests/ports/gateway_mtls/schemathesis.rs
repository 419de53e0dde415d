//! A foreign tester against the gateway: Schemathesis makes right and wrong requests out of the published document.

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::routing::get;
use serde_json::Value;
use uketsuke::adapters::qualification::contract::check_request;
use uketsuke::domain::failure::Failure;
use uketsuke::gateway::settings::Settings;
use uketsuke::listening::Limits;

use super::support::{Card, Client, Rig, today};

/// Names the program where it is not on the path; `./x test` installs it and sets this.
const PROGRAM: &str = "UKETSUKE_SCHEMATHESIS";

/// `mynaCard` of a registered person over a fresh nonce.
fn proof(client: &Client) -> Value {
    let proof = Card::of("p02").by_pin(&client.challenge());
    serde_json::to_value(check_request("1310000001", today(), &proof)).unwrap()["mynaCard"].clone()
}

/// The challenge of a check that was refused as not registered.
fn refused(client: &Client) -> Value {
    let proof = Card::of("p06").by_pin(&client.challenge());
    let challenge = proof.challenge_id.clone();
    // Once registered, the check is answered and there is nothing more to register: the contract's 404.
    assert!(matches!(client.check(proof), Ok(_) | Err(Failure::NotRegistered)));
    challenge.into()
}

/// A check that takes consents.
fn completed(client: &Client) -> Value {
    client.check_by_pin("p01").unwrap().check_id.into()
}

/// A card that answers over HTTP on this machine, for a tester that has none.
fn card(rig: &Rig) -> String {
    let client = Arc::new(Mutex::new(rig.client()));
    let route = |answer: fn(&Client) -> Value| {
        let client = Arc::clone(&client);
        get(move || async move {
            let asked = tokio::task::spawn_blocking(move || answer(&client.lock().unwrap()));
            Json(asked.await.unwrap())
        })
    };
    let router = axum::Router::new()
        .route("/proof", route(proof))
        .route("/refused", route(refused))
        .route("/check", route(completed));
    let listener = rig.runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    rig.runtime.spawn(axum::serve(listener, router).into_future());
    format!("http://{address}")
}

#[test]
fn no_request_of_the_document_makes_the_gateway_break_it() {
    // It leaves a connection open for every request.
    let limits = Limits { connections: 4_096, of_one: 4_096, ..Limits::default() };
    let rig = Rig::with(Settings { rate_limit: None, limits, ..Settings::default() }, true);
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let parts = home.join("tests/ports/gateway_mtls/schemathesis");
    let program = std::env::var_os(PROGRAM).unwrap_or_else(|| "schemathesis".into());
    let identity = |file: &str| rig.identity.join(file);
    let run = Command::new(&program)
        .arg("--config-file")
        .arg(parts.join("schemathesis.toml"))
        .arg("run")
        .arg(home.join("docs/api/qualification-v1.yaml"))
        .args(["--url", &rig.url(), "--checks", "all", "--mode", "all", "--seed", "1", "--max-examples", "40"])
        .args(["--phases", "examples,coverage,fuzzing,stateful", "--no-color", "--generation-database", "none"])
        .arg("--tls-verify")
        .arg(identity("ca.pem"))
        .arg("--request-cert")
        .arg(identity("terminal.pem"))
        .arg("--request-cert-key")
        .arg(identity("terminal.key.pem"))
        .env("SCHEMATHESIS_HOOKS", parts.join("hooks.py"))
        .env("UKETSUKE_CARD", card(&rig))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(rig.dir.path())
        .output();
    let run = run.unwrap_or_else(|error| {
        panic!("{program:?} does not start ({error}): `./x test` installs it, or name it in {PROGRAM}")
    });
    let said = String::from_utf8_lossy(&run.stdout);
    println!("{said}");
    assert!(run.status.success(), "{said}\n{}", String::from_utf8_lossy(&run.stderr));
}
