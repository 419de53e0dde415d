//! A desk, kiosks and browsers for these tests.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use uketsuke::adapters::qualification::contract::identity_files as files;
use uketsuke::certificates;
use uketsuke::desk::{self, DeskConfig, RunningDesk};
use uketsuke::gateway::pki;
use uketsuke::listening::Limits;
use uketsuke::listening::tls::TlsFiles;

use crate::gateway_mtls::support::{MORNING, TestClock};

/// A desk with its folder and runtime.
pub struct Rig {
    pub runtime: tokio::runtime::Runtime,
    pub running: Option<RunningDesk>,
    pub clock: TestClock,
    pub limits: Limits,
    pub folder: tempfile::TempDir,
}

impl Rig {
    pub fn new() -> Self {
        Self::with(Limits::default())
    }

    pub fn with(limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let order = pki::Order::development(uketsuke::domain::japan::day(Timestamp::now()));
        pki::write(&folder.path().join("pki"), &order).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let clock = TestClock::at(MORNING.parse().unwrap());
        let mut rig = Self { runtime, running: None, clock, limits, folder };
        rig.start();
        rig
    }

    pub fn pki(&self) -> PathBuf {
        self.folder.path().join("pki")
    }

    /// Starts the desk over what lies in its folder.
    pub fn start(&mut self) {
        let config = DeskConfig {
            listen: "127.0.0.1:0".parse().unwrap(),
            tls: TlsFiles::in_folder(&self.pki()),
            state: self.folder.path().join("state"),
            keep_days: 1,
            limits: self.limits,
            rate_limit: None,
            now: self.clock.now(),
        };
        self.running = Some(self.runtime.block_on(desk::serve(config)).unwrap());
    }

    /// Stops it and starts it anew.
    pub fn restart(&mut self) {
        let running = self.running.take().unwrap();
        self.runtime.block_on(running.stop(Duration::from_secs(5)));
        self.start();
    }

    pub fn desk(&self) -> Arc<desk::service::Desk> {
        Arc::clone(&self.running.as_ref().unwrap().desk)
    }

    pub fn address(&self) -> String {
        format!("https://{}", self.running.as_ref().unwrap().addr)
    }

    /// A kiosk with the terminal's certificate.
    pub fn kiosk(&self) -> Client<'_> {
        Client { rig: self, http: client(&self.pki(), Some(&self.pki())) }
    }

    /// A kiosk of the same authority with another terminal id.
    pub fn other_kiosk(&self, terminal: &str) -> Client<'_> {
        let place = self.folder.path().join(terminal);
        std::fs::create_dir_all(&place).unwrap();
        for file in [files::CA, files::CA_KEY, files::REVOKED] {
            std::fs::copy(self.pki().join(file), place.join(file)).unwrap();
        }
        let today = uketsuke::domain::japan::day(Timestamp::now());
        let order = pki::Order { terminal_id: terminal.into(), ..pki::Order::development(today) };
        pki::renew(&place, pki::Leaf::Terminal, &order).unwrap();
        Client { rig: self, http: client(&self.pki(), Some(&place)) }
    }

    /// A browser: no certificate.
    pub fn browser(&self) -> Client<'_> {
        Client { rig: self, http: client(&self.pki(), None) }
    }
}

/// A client that trusts the authority of `trusted` and shows the terminal certificate of `own`.
fn client(trusted: &Path, own: Option<&Path>) -> reqwest::Client {
    let mut roots = rustls::RootCertStore::empty();
    certificates::certificates(&trusted.join(files::CA)).unwrap().into_iter().for_each(|root| roots.add(root).unwrap());
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_root_certificates(roots);
    let config = match own {
        Some(own) => {
            let chain = certificates::certificates(&own.join(files::TERMINAL)).unwrap();
            let key = certificates::private_key(&own.join(files::TERMINAL_KEY)).unwrap();
            config.with_client_auth_cert(chain, key).unwrap()
        }
        None => config.with_no_client_auth(),
    };
    let http = reqwest::Client::builder().tls_backend_preconfigured(config).no_proxy();
    http.redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// Somebody who speaks to the desk.
pub struct Client<'a> {
    pub rig: &'a Rig,
    pub http: reqwest::Client,
}

/// Status, and body as JSON or null.
pub type Answer = (u16, Value);

impl Client<'_> {
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.rig.address())
    }

    /// Sends a request to its end.
    pub fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        self.rig.runtime.block_on(async {
            let response = request.send().await.unwrap();
            let status = response.status().as_u16();
            (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or(Value::Null))
        })
    }

    /// Tells events.
    pub fn tell(&self, events: &[Value]) -> Answer {
        let batch = json!({"version": "0.1.0", "events": events});
        let post = self.http.post(self.url("/v1/events")).header("content-type", "application/json");
        self.send(post.body(batch.to_string()))
    }

    /// Opens the stream of commands.
    pub fn hear(&self) -> Commands<'_> {
        let response = self.rig.runtime.block_on(self.http.get(self.url("/v1/commands")).send()).unwrap();
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Commands { rig: self.rig, response, text: String::new() }
    }
}

/// An open stream of commands.
pub struct Commands<'a> {
    rig: &'a Rig,
    response: reqwest::Response,
    text: String,
}

impl Commands<'_> {
    /// The next command; `None` when the stream ends.
    pub fn next(&mut self) -> Option<Value> {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n").map(|(b, r)| (b.to_owned(), r.to_owned())) {
                self.text = rest;
                if let Some(data) = block.strip_prefix("data: ") {
                    return Some(serde_json::from_str(data).unwrap());
                }
            }
            let chunk = self.rig.runtime.block_on(self.response.chunk()).unwrap()?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

/// An event of that number in visit `r-<n>`.
pub fn event(number: u64, more: &Value) -> Value {
    let mut event = json!({"number": number, "at": MORNING});
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    event
}

/// A kiosk that stands somewhere in visit `r-1`.
pub fn stage(number: u64, situation: &str, called: bool) -> Value {
    let stage = json!({"reception": "r-1", "kind": "stage", "situation": situation, "language": "ja", "textSize": 100,
        "method": "face", "faceTries": 2, "called": called, "training": false});
    event(number, &stage)
}

/// An answer of the insurer in visit `r-1`.
pub fn checked(number: u64, more: &Value) -> Value {
    let mut checked = json!({"reception": "r-1", "kind": "checked", "checkId": "c-1", "name": "見本　花子", "kana": "ミホン　ハナコ",
        "sex": "female", "birthDate": "1948-03-01", "validity": "valid", "registeredNow": false, "otherNameOnCard": false});
    checked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    event(number, &checked)
}
