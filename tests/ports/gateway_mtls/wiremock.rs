//! A foreign server in trouble: WireMock behind real TLS with a client certificate.
//!
//! One process serves every case; the challenge that a check answers names its case. Each trouble comes for good, and
//! once before a good answer.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use uketsuke::adapters::handoff::{DropConfig, DropFolder};
use uketsuke::adapters::qualification::{BreakerRule, Budgets};
use uketsuke::domain::consent::Choices;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::qualification::{Challenge, QualificationAnswer};
use uketsuke::ports::{DeliveryOrder, Handoff, Reply, Report};

use super::support::{Card, Client, Rig};

/// Names the program's JAR; `./x test` installs it and sets this.
const PROGRAM: &str = "UKETSUKE_WIREMOCK";
const PASSWORD: &str = "password";
const CHECKS: &str = "/v1/qualification-checks";

/// Much shorter than the troubles last, long enough for a busy machine.
const BUDGETS: Budgets = Budgets {
    connect: Duration::from_secs(5),
    attempt: Duration::from_secs(2),
    total: Duration::from_secs(9),
    attempts: 3,
    pause_min: Duration::from_millis(5),
    pause_max: Duration::from_millis(20),
    breaker: BreakerRule::USUAL,
};
/// How long a slow answer takes; nobody waits for it.
const SLOW_MS: u32 = 120_000;

/// What the server does instead of answering.
struct Trouble {
    name: &'static str,
    response: Value,
    /// When it lasts.
    failure: Failure,
    /// Requests that the server sees then.
    attempts: usize,
    /// Whether the gateway may have counted the check: then the journal remembers it.
    uncertain: bool,
    /// Whether it can pass within the budget.
    passes: bool,
}

fn troubles() -> Vec<Trouble> {
    let trouble =
        |name, response, failure| Trouble { name, response, failure, attempts: 3, uncertain: true, passes: true };
    let unavailable = |after: Option<&str>| {
        let mut headers = json!({"Content-Type": "application/problem+json"});
        if let Some(after) = after {
            headers["Retry-After"] = after.into();
        }
        let problem = json!({"type": "urn:myna-uketsuke:problem:upstream-unavailable", "title": "away", "status": 503});
        json!({"status": 503, "headers": headers, "jsonBody": problem})
    };
    let drip = json!({"numberOfChunks": 60, "totalDuration": SLOW_MS});
    let half = json!({"status": 201, "headers": {"Content-Length": "5000"}, "body": "{\"qualificationCheckId\":"});
    vec![
        trouble("delay", json!({"status": 201, "fixedDelayMilliseconds": SLOW_MS}), Failure::GatewayTimeout),
        trouble(
            "slow-drip",
            json!({"status": 201, "body": " ".repeat(60), "chunkedDribbleDelay": drip}),
            Failure::GatewayTimeout,
        ),
        trouble("reset", json!({"fault": "CONNECTION_RESET_BY_PEER"}), Failure::GatewayUnreachable),
        trouble("empty", json!({"fault": "EMPTY_RESPONSE"}), Failure::GatewayUnreachable),
        trouble("broken-chunk", json!({"fault": "MALFORMED_RESPONSE_CHUNK"}), Failure::GatewayUnreachable),
        trouble("garbage", json!({"fault": "RANDOM_DATA_THEN_CLOSE"}), Failure::GatewayUnreachable),
        trouble("half-body", half, Failure::GatewayUnreachable),
        trouble("away", unavailable(None), Failure::GatewayFault),
        trouble("away-a-second", unavailable(Some("1")), Failure::GatewayFault),
        // Longer than the budget: the patient need not wait for it.
        Trouble {
            attempts: 1,
            passes: false,
            ..trouble("away-an-hour", unavailable(Some("3600")), Failure::GatewayFault)
        },
    ]
}

/// The good answer to a check of that name.
fn good_answer(check_id: &str) -> Value {
    let person = Card::of("p02").person;
    let body = json!({
        "qualificationCheckId": check_id, "status": "completed", "processedAt": "2026-11-20T09:00:00+09:00",
        "checkDate": "2026-11-20", "method": "mynaCard", "validity": "valid", "rawValidityCode": "1",
        "qualifications": [{"cardClassification": "01", "insurerNumber": "06139992", "insurerName": "保険者",
            "name": person.name, "nameKana": person.kana, "sex": "female", "birthDate": person.birth.to_string()}],
        "notices": [], "consents": [],
    });
    json!({"status": 201, "headers": {"Content-Type": "application/json"}, "jsonBody": body})
}

fn request(case: &str) -> Value {
    let of_case = format!("$.mynaCard[?(@.challengeId == '{case}')]");
    json!({"method": "POST", "urlPath": CHECKS, "bodyPatterns": [{"matchesJsonPath": of_case}]})
}

/// The stubs of one trouble: for good under its name, and once under `NAME-once`.
fn stubs(trouble: &Trouble) -> Vec<Value> {
    let once = format!("{}-once", trouble.name);
    let step = |from: &str, to: &str, response: &Value| {
        json!({"scenarioName": once, "requiredScenarioState": from, "newScenarioState": to,
            "request": request(&once), "response": response})
    };
    vec![
        json!({"request": request(trouble.name), "response": trouble.response}),
        step("Started", "over", &trouble.response),
        step("over", "over", &good_answer(&once)),
    ]
}

/// A running WireMock.
struct Server {
    child: Child,
    https: u16,
    admin: String,
}

impl Server {
    fn start(rig: &Rig) -> Self {
        let dir = rig.dir.path();
        std::fs::create_dir_all(dir.join("wiremock/mappings")).unwrap();
        let mappings: Vec<_> = troubles().iter().flat_map(stubs).collect();
        let file = dir.join("wiremock/mappings/all.json");
        std::fs::write(file, json!({ "mappings": mappings }).to_string()).unwrap();
        let stores = key_stores(&rig.identity, dir);
        let jar = std::env::var_os(PROGRAM)
            .unwrap_or_else(|| panic!("`./x test` installs WireMock; name its JAR in {PROGRAM}"));
        let mut child = Command::new("java")
            .args(["-XX:TieredStopAtLevel=1", "-Xmx256m", "-jar"])
            .arg(jar)
            .args(["--port", "0", "--https-port", "0", "--bind-address", "127.0.0.1", "--disable-banner"])
            .args(["--https-require-client-cert", "--keystore-password", PASSWORD, "--keystore-type", "PKCS12"])
            .args([
                "--key-manager-password",
                PASSWORD,
                "--truststore-password",
                PASSWORD,
                "--truststore-type",
                "PKCS12",
            ])
            .arg("--https-keystore")
            .arg(&stores.0)
            .arg("--https-truststore")
            .arg(&stores.1)
            .arg("--root-dir")
            .arg(dir.join("wiremock"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("java does not start ({error}): apt install default-jre-headless"));
        let (mut http, mut https) = (None, None);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        while http.is_none() || https.is_none() {
            let line = lines.next().expect("WireMock says where it listens").unwrap();
            let port = |name: &str| line.strip_prefix(name).map(|port| port.trim().parse().unwrap());
            http = http.or_else(|| port("port:"));
            https = https.or_else(|| port("https-port:"));
        }
        // It must not be held up by a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let (http, https): (u16, u16) = (http.unwrap(), https.unwrap());
        Self { child, https, admin: format!("http://127.0.0.1:{http}/__admin/requests") }
    }

    /// The requests of one case, oldest first: idempotency key and the millisecond of their coming.
    fn requests(&self, rig: &Rig, case: &str) -> Vec<(String, i64)> {
        let asked = async { reqwest::get(&self.admin).await.unwrap().bytes().await.unwrap() };
        let journal: Value = serde_json::from_slice(&rig.runtime.block_on(asked)).unwrap();
        let of_case = |request: &&Value| {
            let body: Value = serde_json::from_str(request["body"].as_str().unwrap()).unwrap();
            request["url"] == CHECKS && body["mynaCard"]["challengeId"] == case
        };
        let requests = journal["requests"].as_array().unwrap().iter().map(|entry| &entry["request"]).filter(of_case);
        let read = |request: &Value| {
            let headers = request["headers"].as_object().unwrap();
            let key = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("idempotency-key")).unwrap().1;
            (key.as_str().unwrap().to_owned(), request["loggedDate"].as_i64().unwrap())
        };
        let mut requests: Vec<_> = requests.map(read).collect();
        requests.sort_by_key(|(_, at)| *at);
        requests
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Java's own kinds of files for the server's key and for the authority of its clients.
fn key_stores(identity: &Path, dir: &Path) -> (PathBuf, PathBuf) {
    let (keys, trust) = (dir.join("server.p12"), dir.join("trust.p12"));
    let run = |mut command: Command, package: &str| {
        let done = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}: apt install {package}"));
        assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    let mut openssl = Command::new("openssl");
    openssl
        .args(["pkcs12", "-export", "-passout", &format!("pass:{PASSWORD}"), "-in"])
        .arg(identity.join("server.pem"));
    openssl.arg("-inkey").arg(identity.join("server.key.pem")).arg("-out").arg(&keys);
    run(openssl, "openssl");
    let mut keytool = Command::new("keytool");
    keytool.args(["-importcert", "-noprompt", "-alias", "ca", "-storetype", "PKCS12", "-storepass", PASSWORD]);
    keytool.arg("-file").arg(identity.join("ca.pem")).arg("-keystore").arg(&trust);
    run(keytool, "default-jre-headless");
    (keys, trust)
}

/// The real client before that server, with a journal and a drop folder of its own.
struct Case<'a> {
    rig: &'a Rig,
    server: &'a Server,
    name: String,
    place: PathBuf,
    client: Client,
}

impl<'a> Case<'a> {
    fn new(rig: &'a Rig, server: &'a Server, name: String) -> Self {
        let place = rig.dir.path().join(&name);
        std::fs::create_dir_all(place.join("drop")).unwrap();
        let url = format!("https://127.0.0.1:{}", server.https);
        let client = rig.client_at(&url, &rig.identity, BUDGETS, place.join("journal.sqlite"));
        Self { rig, server, name, place, client }
    }

    fn check(&self) -> Result<QualificationAnswer, Failure> {
        let challenge = Challenge { id: self.name.clone(), nonce: vec![7; 32] };
        self.client.check(Card::of("p02").by_pin(&challenge))
    }

    fn rows(&self) -> u32 {
        let journal = rusqlite::Connection::open(self.place.join("journal.sqlite")).unwrap();
        journal.query_row("SELECT count(*) FROM qualification_journal", [], |row| row.get(0)).unwrap()
    }

    /// The requests that the server saw: all of one key.
    fn requests(&self) -> Vec<i64> {
        let requests = self.server.requests(self.rig, &self.name);
        let keys: BTreeSet<_> = requests.iter().map(|(key, _)| key).collect();
        assert_eq!(keys.len(), 1, "{}: {keys:?}", self.name);
        requests.iter().map(|(_, at)| *at).collect()
    }

    fn lasts(&self, trouble: &Trouble) {
        let begun = Instant::now();
        assert_eq!(self.check().err(), Some(trouble.failure), "{}", self.name);
        let took = begun.elapsed();
        assert!(took < BUDGETS.total + BUDGETS.attempt, "{}: {took:?} for a budget of {:?}", self.name, BUDGETS.total);
        let requests = self.requests();
        assert_eq!(requests.len(), trouble.attempts, "{}", self.name);
        if self.name == "away-a-second" {
            let pauses = requests.windows(2).map(|pair| pair[1] - pair[0]);
            assert!(pauses.clone().all(|pause| pause >= 1000), "{:?}", pauses.collect::<Vec<_>>());
        }
        assert_eq!(self.rows(), u32::from(trouble.uncertain), "{}", self.name);
    }

    /// The second attempt is answered: one check, one file, however often it is handed over.
    fn passes(&self) {
        let answer = self.check().unwrap_or_else(|failure| panic!("{}: {failure:?}", self.name));
        assert_eq!(answer.check_id, self.name);
        assert_eq!(self.requests().len(), 2, "{}", self.name);
        let (tell, told) = std::sync::mpsc::channel();
        let outbox = uketsuke::ports::Outbox::new(move |report| drop(tell.send(report)));
        let (facility, terminal) = ("1310000001", "T001");
        let folder = DropFolder::start(
            DropConfig::new(self.place.join("drop"), self.place.join("own"), terminal, facility),
            outbox,
        )
        .unwrap();
        for _ in 0..2 {
            let order = DeliveryOrder {
                answer: answer.clone(),
                choices: Choices::of(Vec::new()),
                consented_at: None,
                entered_by: None,
                replaces: None,
            };
            folder.submit(Ticket { reception: ReceptionId(1), effect: EffectId(1) }, order);
            let report = told.recv_timeout(Duration::from_secs(30)).expect("a receipt");
            assert!(matches!(report, Report::Answered(_, Ok(Reply::Handoff(_)))), "{}", self.name);
        }
        let names = std::fs::read_dir(self.place.join("drop")).unwrap().map(|entry| entry.unwrap().file_name());
        let files = names.filter(|name| name.to_string_lossy().ends_with(".xml")).count();
        assert_eq!(files, 1, "{}", self.name);
    }
}

#[test]
fn each_trouble_of_a_foreign_server_ends_as_it_should() {
    // For this test's own questions about what the server saw.
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let rig = Rig::new();
    let server = Server::start(&rig);
    let (rig, server) = (&rig, &server);
    std::thread::scope(|scope| {
        for trouble in troubles() {
            scope.spawn(move || {
                if trouble.passes {
                    Case::new(rig, server, format!("{}-once", trouble.name)).passes();
                }
                Case::new(rig, server, trouble.name.to_owned()).lasts(&trouble);
                println!("{}: {} within the budget", trouble.name, trouble.failure.code());
            });
        }
    });
}
