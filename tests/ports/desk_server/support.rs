//! A desk, kiosks and browsers for these tests.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use serde_json::{Value, json};
use uketsuke::adapters::qualification::contract::identity_files as files;
use uketsuke::certificates;
use uketsuke::desk::charts::ChartSettings;
use uketsuke::desk::{self, Audit, DeskAct, DeskConfig, RunningDesk};
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
    /// What staff did.
    pub acts: Arc<Acts>,
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
        let mut rig = Self { runtime, running: None, clock, limits, acts: Arc::default(), folder };
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
            audit: Arc::clone(&self.acts) as _,
            lock: SignedDuration::from_mins(10),
            blank_seconds: 120,
            charts: Some(self.charts()),
            metrics: Some("127.0.0.1:0".parse().unwrap()),
            now: self.clock.now(),
        };
        self.running = Some(self.runtime.block_on(desk::serve(config)).unwrap());
    }

    /// Where the list of charts lies, once a test writes one.
    pub fn charts(&self) -> ChartSettings {
        let file = self.folder.path().join("charts.csv");
        ChartSettings { file, number: "番号".into(), kana: "カナ".into(), birth: "生年月日".into() }
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

/// Notes acts in memory.
#[derive(Default)]
pub struct Acts {
    pub noted: Mutex<Vec<DeskAct>>,
    /// Whether nothing can be noted.
    pub full: Mutex<bool>,
}

impl Audit for Acts {
    fn note(&self, act: &DeskAct) -> Result<(), String> {
        if *self.full.lock() {
            return Err("the disk is full".into());
        }
        self.noted.lock().push(act.clone());
        Ok(())
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
        "sex": "female", "birthDate": "1948-03-01", "validity": "valid", "registeredNow": false});
    checked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    event(number, &checked)
}

/// Whoever logs in at these tests.
pub const PASSWORD: &str = "a long password";

/// A browser with what it holds.
pub struct Browser<'a> {
    pub client: Client<'a>,
    pub cookie: String,
    pub csrf: String,
}

/// A page as a browser gets it.
pub struct Got {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Rig {
    /// Lets somebody of that name and role log in.
    pub fn user(&self, name: &str, role: &str) {
        let hash = desk::login::hash(PASSWORD.as_bytes()).unwrap();
        self.desk().store().set_user(&desk::store::User { name: name.into(), role: role.into(), hash }).unwrap();
    }

    /// Logs in as a receptionist.
    pub fn reception(&self) -> Browser<'_> {
        self.user("受付", "reception");
        self.entered("受付")
    }

    /// Logs in as somebody who is known.
    pub fn entered(&self, name: &str) -> Browser<'_> {
        let mut browser = Browser { client: self.browser(), cookie: String::new(), csrf: String::new() };
        let got = browser.log_in(name, PASSWORD);
        assert_eq!((got.status, got.headers["location"].to_str().unwrap()), (303, "/"));
        browser.keep(&got);
        browser
    }
}

impl Browser<'_> {
    fn request(&self, request: reqwest::RequestBuilder) -> Got {
        let request = if self.cookie.is_empty() { request } else { request.header("cookie", &self.cookie) };
        self.client.rig.runtime.block_on(async {
            let response = request.send().await.unwrap();
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            Got { status, headers, text: response.text().await.unwrap() }
        })
    }

    pub fn get(&self, path: &str) -> Got {
        self.request(self.client.http.get(self.client.url(path)))
    }

    /// Sends a form with an origin.
    pub fn post_from(&self, origin: &str, path: &str, fields: &[(&str, &str)]) -> Got {
        let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let post = self.client.http.post(self.client.url(path)).header("origin", origin);
        self.request(post.header("content-type", "application/x-www-form-urlencoded").body(body))
    }

    /// Sends a form of the page with its token.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Got {
        let fields: Vec<_> = [("csrf", self.csrf.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.post_from(&self.client.rig.address(), path, &fields)
    }

    pub fn log_in(&self, name: &str, password: &str) -> Got {
        self.post_from(&self.client.rig.address(), "/login", &[("name", name), ("password", password)])
    }

    /// Keeps the cookie of a log-in and the token of the page behind it.
    pub fn keep(&mut self, got: &Got) {
        let cookie = got.headers["set-cookie"].to_str().unwrap();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
        let page = self.get("/").text;
        self.csrf = page.split("data-csrf=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    }
}
