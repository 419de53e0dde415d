//! How many checks a second the gateway takes, and what the client adds to one: `./x bench gateway`.
//!
//! A driver of our own, because every check needs a challenge of its own, signed by a card, under a key of its own: wrk
//! knows no client certificate, and oha sends the same body every time. Gateway and driver are two processes of one
//! machine; the gateway's own CPU time is read from /proc, so the driver's share can be told apart.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a broken expectation ends the measurement")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use clap::Parser;
use jiff::Timestamp;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uketsuke::adapters::identity::{Identity, Pins};
use uketsuke::adapters::qualification::contract::{check_request, headers, paths};
use uketsuke::adapters::qualification::{Budgets, ClientConfig, QualificationClient};
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::japan;
use uketsuke::domain::qualification::{Authentication, CardProof};
use uketsuke::people::authority::TestAuthority;
use uketsuke::people::by_id;
use uketsuke::ports::{Outbox, QualificationCommand, QualificationReply, QualificationService, Reply, Report};

/// Measures a gateway and the client before it.
#[derive(Parser)]
struct Options {
    /// The program that serves the gateway
    #[arg(long, default_value = "target/release/uketsuke")]
    program: PathBuf,
    /// Checks of the load
    #[arg(long, default_value_t = 4000)]
    checks: usize,
    /// Connections of the load
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// Single calls of each kind, in turn
    #[arg(long, default_value_t = 300)]
    turns: usize,
}

/// Signed ahead of the measurement in portions; a challenge lives for a minute.
const PORTION: usize = 500;

/// A gateway in a process of its own, with a database on disk.
struct Gateway {
    child: Child,
    url: String,
}

impl Gateway {
    fn start(program: &Path, dir: &Path) -> Self {
        let pki = Command::new(program).args(["gateway", "pki"]).arg(dir.join("pki")).output();
        let pki = pki.unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        assert!(pki.status.success(), "{}", String::from_utf8_lossy(&pki.stderr));
        let mut serve = Command::new(program);
        serve.args(["gateway", "serve", "--listen", "127.0.0.1:0", "--rate-limit", "0", "--pki"]).arg(dir.join("pki"));
        serve.arg("--db").arg(dir.join("gateway.sqlite")).stdout(Stdio::piped());
        serve.stderr(std::fs::File::create(dir.join("gateway.log")).unwrap());
        let mut child = serve.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("https://"), "the gateway does not start");
        Self { child, url: line.trim().to_owned() }
    }

    /// CPU time so far; `None` where there is no /proc.
    fn cpu(&self) -> Option<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let ticks = stat.rsplit_once(") ")?.1.split(' ').skip(11).take(2).map(|n| n.parse::<u64>().ok());
        // The kernel counts in hundredths of a second for every program.
        Some(Duration::from_millis(10 * ticks.sum::<Option<u64>>()?))
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.child.kill().expect("the gateway ends");
        self.child.wait().expect("the gateway ends");
    }
}

/// A bare HTTP client with the terminal's certificate, and the card that signs.
struct Bench {
    http: reqwest::Client,
    url: String,
    identity: PathBuf,
    certificate: Vec<u8>,
    key: RsaPrivateKey,
}

fn http(identity: &Path) -> reqwest::Client {
    let tls = Identity::load(identity, &Pins::default()).unwrap().tls;
    reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().build().unwrap()
}

impl Bench {
    fn new(url: &str, identity: PathBuf) -> Self {
        let (authority, person) = (TestAuthority::load().unwrap(), by_id("p02").unwrap());
        let certificate = authority.auth_certificate(&person, japan::day(Timestamp::now())).unwrap();
        let key = authority.auth_key(&person).unwrap();
        Self { http: http(&identity), url: url.to_owned(), identity, certificate, key }
    }

    async fn proof(&self) -> CardProof {
        let answer = self.send(self.http.post(self.path(paths::CARD_CHALLENGES))).await;
        let challenge: Value = serde_json::from_slice(&answer).unwrap();
        let nonce = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, challenge["nonce"].as_str().unwrap());
        let signature = self.key.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(nonce.unwrap())).unwrap();
        CardProof {
            authentication: Authentication::Pin,
            challenge_id: challenge["challengeId"].as_str().unwrap().to_owned(),
            certificate: self.certificate.clone(),
            signature: Some(signature),
            card_face: None,
        }
    }

    fn path(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Vec<u8> {
        let request_id = uuid::Uuid::new_v4().to_string();
        let request = request.header(headers::REQUEST_ID, request_id).header(headers::TERMINAL_ID, "T001");
        let answer = request.send().await.unwrap();
        let (status, body) = (answer.status(), answer.bytes().await.unwrap());
        assert!(status.is_success(), "{status}: {}", String::from_utf8_lossy(&body));
        body.into()
    }

    /// A check as anybody could write it: no journal, no second attempt.
    async fn check(&self, proof: &CardProof) -> Duration {
        let key = format!("\"{}\"", uuid::Uuid::new_v4());
        let body = serde_json::to_vec(&check_request("1310000001", japan::day(Timestamp::now()), proof)).unwrap();
        let begun = Instant::now();
        let request = self.http.post(self.path(paths::QUALIFICATION_CHECKS)).header(headers::IDEMPOTENCY_KEY, key);
        self.send(request.header("content-type", "application/json").body(body)).await;
        begun.elapsed()
    }

    async fn status(&self, http: &reqwest::Client) -> Duration {
        let begun = Instant::now();
        self.send(http.get(self.path(paths::SERVICE_STATUS))).await;
        begun.elapsed()
    }
}

/// The real client, asked and waited for.
struct Client {
    service: QualificationClient,
    reports: mpsc::Receiver<Report>,
    tickets: AtomicU64,
}

impl Client {
    fn new(bench: &Bench, dir: &Path) -> Self {
        let config = ClientConfig {
            base_url: bench.url.clone(),
            identity_dir: bench.identity.clone(),
            pins: Vec::new(),
            journal_path: dir.join("journal.sqlite"),
            facility_code: None,
            terminal_id: None,
            budgets: Budgets::default(),
            repertoire: Default::default(),
            resolve: true,
        };
        let (tell, reports) = mpsc::channel();
        let outbox = Outbox::new(move |report| drop(tell.send(report)));
        let handle = tokio::runtime::Handle::current();
        let service =
            QualificationClient::start(config, handle, Arc::new(uketsuke::adapters::clock::SystemClock::new()), outbox)
                .unwrap();
        Self { service, reports, tickets: AtomicU64::new(1) }
    }

    fn ask(&self, command: QualificationCommand) -> QualificationReply {
        let effect = EffectId(self.tickets.fetch_add(1, Ordering::Relaxed));
        self.service.submit(Ticket { reception: ReceptionId(1), effect }, command);
        match self.reports.recv().unwrap() {
            Report::Answered(_, Ok(Reply::Qualification(reply))) => reply,
            _ => panic!("the client did not answer"),
        }
    }

    /// A check through journal, wire and journal; settled outside the time.
    fn check(&self, proof: CardProof) -> Duration {
        let begun = Instant::now();
        let reply = self.ask(QualificationCommand::Check { proof, renews: None });
        let took = begun.elapsed();
        let QualificationReply::Answer(answer) = reply else { panic!("no answer") };
        self.ask(QualificationCommand::Settle { check_id: answer.check_id, delivered: true });
        took
    }
}

fn at(share: f64, times: &mut [Duration]) -> f64 {
    times.sort();
    let place = ((times.len() - 1) as f64 * share).round() as usize;
    times[place].as_secs_f64() * 1000.0
}

async fn load(bench: &Arc<Bench>, gateway: &Gateway, options: &Options) {
    let (mut times, mut wall, mut cpu) = (Vec::new(), Duration::ZERO, Some(Duration::ZERO));
    while times.len() < options.checks {
        let mut proofs = Vec::new();
        for _ in 0..PORTION.min(options.checks - times.len()) {
            proofs.push(bench.proof().await);
        }
        let (proofs, next) = (Arc::new(proofs), Arc::new(AtomicUsize::new(0)));
        let (begun, cpu_before) = (Instant::now(), gateway.cpu());
        let workers: Vec<_> = (0..options.connections)
            .map(|_| {
                let (bench, proofs, next) = (Arc::clone(bench), Arc::clone(&proofs), Arc::clone(&next));
                tokio::spawn(async move {
                    let mut times = Vec::new();
                    while let Some(proof) = proofs.get(next.fetch_add(1, Ordering::Relaxed)) {
                        times.push(bench.check(proof).await);
                    }
                    times
                })
            })
            .collect();
        for worker in workers {
            times.extend(worker.await.unwrap());
        }
        wall += begun.elapsed();
        cpu = cpu.zip(gateway.cpu()).zip(cpu_before).map(|((sum, after), before)| sum + (after - before));
    }
    let count = times.len() as f64;
    println!(
        "| checks | connections | checks a second | p50 ms | p99 ms | gateway's CPU ms a check | so many a second on 2 cores |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|");
    let own = cpu.map(|cpu| cpu.as_secs_f64() * 1000.0 / count);
    let (own, bound) =
        own.map_or(("–".into(), "–".into()), |own| (format!("{own:.2}"), format!("{:.0}", 2000.0 / own)));
    println!(
        "| {count} | {} | {:.0} | {:.1} | {:.1} | {own} | {bound} |",
        options.connections,
        count / wall.as_secs_f64(),
        at(0.5, &mut times),
        at(0.99, &mut times)
    );
}

async fn overhead(bench: &Bench, client: &Client, turns: usize) {
    let mut rows: [(&str, Vec<Duration>); 4] =
        ["TLS round trip, open connection", "TLS round trip, new connection", "bare check", "check by the client"]
            .map(|name| (name, Vec::new()));
    bench.status(&bench.http).await;
    for _ in 0..turns {
        let (one, other) = (bench.proof().await, bench.proof().await);
        rows[0].1.push(bench.status(&bench.http).await);
        let fresh = http(&bench.identity);
        rows[1].1.push(bench.status(&fresh).await);
        rows[2].1.push(bench.check(&one).await);
        rows[3].1.push(tokio::task::block_in_place(|| client.check(other)));
    }
    let medians: Vec<f64> = rows.iter_mut().map(|(_, times)| at(0.5, times)).collect();
    println!("\n| {turns} of each in turn | p50 ms | p99 ms | beside a bare check |\n|---|--:|--:|--:|");
    for ((name, times), median) in rows.iter_mut().zip(&medians) {
        println!("| {name} | {median:.2} | {:.2} | {:.2} |", at(0.99, times), median / medians[2]);
    }
    let added = medians[3] - medians[2];
    println!(
        "\nThe client adds {added:.2} ms a check: {:.2} of a TLS round trip over a new connection, {:.2} over an open one.",
        added / medians[1],
        added / medians[0]
    );
}

fn main() {
    let options = Options::parse();
    let dir = tempfile::tempdir().unwrap();
    let gateway = Gateway::start(&options.program, dir.path());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let bench = Arc::new(Bench::new(&gateway.url, dir.path().join("pki")));
        load(&bench, &gateway, &options).await;
        let client = Client::new(&bench, dir.path());
        overhead(&bench, &client, options.turns).await;
    });
}
