//! Another terminal, or somebody without a certificate, that wants the gateway for itself.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::{ClientConnection, StreamOwned};

use super::report::{Outcome, Report};
use super::rogue::terminal_config;
use super::victim::{Ground, Victim};
use crate::service::{Pcscd, isolated, until};
use crate::site::{Site, uketsuke};

type Line = StreamOwned<ClientConnection, TcpStream>;

const HEAD: &str = "GET /v1/service-status HTTP/1.1\r\nHost: x\r\n";

/// Connections held at once.
const MANY: usize = 1_000;

/// A socket to the gateway.
fn socket(site: &Site) -> std::io::Result<TcpStream> {
    let socket = TcpStream::connect(site.gateway.url().trim_start_matches("https://"))?;
    socket.set_read_timeout(Some(Duration::from_secs(60)))?;
    Ok(socket)
}

/// A connection with that terminal's certificate, its handshake made.
fn line(site: &Site, identity: &Path) -> std::io::Result<Line> {
    let name = rustls::pki_types::ServerName::try_from("127.0.0.1").unwrap();
    let connection = ClientConnection::new(Arc::clone(&terminal_config(identity)), name).unwrap();
    let mut line = StreamOwned::new(connection, socket(site)?);
    line.write_all(HEAD.as_bytes())?;
    line.flush()?;
    Ok(line)
}

/// The status of the answer to these bytes; `None` when the line is cut.
fn answered(site: &Site, identity: &Path, request: &[u8]) -> Option<String> {
    let name = rustls::pki_types::ServerName::try_from("127.0.0.1").unwrap();
    let connection = ClientConnection::new(Arc::clone(&terminal_config(identity)), name).unwrap();
    let mut line = StreamOwned::new(connection, socket(site).unwrap());
    // It may refuse before it has read everything.
    let _ = line.write_all(request).and_then(|()| line.flush());
    let mut answer = [0; 512];
    let read = line.read(&mut answer).ok().filter(|read| *read > 0)?;
    String::from_utf8_lossy(&answer[..read]).lines().next().map(str::to_owned)
}

/// The patient's visit is served while `held` lasts.
fn served_beside<T>(site: &Site, held: Vec<T>) -> String {
    let ground = Ground::new(site);
    let served = ground.served(&ground.honest_visit());
    let count = held.len();
    drop(held);
    format!("{served}, beside {count}")
}

fn many_handles() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let most = getrlimit(Resource::Nofile).maximum;
    setrlimit(Resource::Nofile, Rlimit { current: most, maximum: most }).unwrap();
}

#[test]
fn a_crowd_before_the_gateway() {
    if !isolated() {
        return;
    }
    many_handles();
    let (_pcscd, site) = (Pcscd::start(), Site::new());
    let _card = site.place("p01", &[]);
    let mut report = Report::of("crowd");
    let other = site.path("other");
    std::fs::create_dir(&other).unwrap();
    for entry in std::fs::read_dir(site.identity()).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), other.join(entry.file_name())).unwrap();
    }
    let mut renew = uketsuke();
    renew.args(["gateway", "pki"]).arg(&other).args(["--renew", "terminal", "--terminal", "T002"]);
    let renewed = Victim::run(renew, "");
    assert_eq!(renewed.exit, Some(0), "{}", renewed.said());
    report.attack("1,000 connections without a word", || {
        let held: Vec<_> = (0..MANY).filter_map(|_| socket(&site).ok()).collect();
        let ground = Ground::new(&site);
        let beside = ground.honest_visit();
        let count = held.len();
        // Nobody has shown a certificate yet, so nobody can be told apart: a flood below TLS is the network's to stop.
        let after =
            until("a visit is served again", || Some(ground.honest_visit()).filter(|visit| visit.exit == Some(0)));
        drop(held);
        match beside.exit {
            Some(0) => Outcome::Held(format!("served beside {count}")),
            _ => Outcome::Known(format!("{} beside {count}; then served, {} MiB", beside.failure(), after.peak_mib)),
        }
    });
    report.long_attack("1,000 connections of another terminal, each with half a head", || {
        served_beside(&site, (0..MANY).filter_map(|_| line(&site, &other).ok()).collect())
    });
    report.attack("64 connections of another terminal, each with half a head", || {
        served_beside(&site, (0..64).filter_map(|_| line(&site, &other).ok()).collect())
    });
    report.attack("heads in drips by another terminal", || {
        let mut lines: Vec<_> = (0..32).filter_map(|_| line(&site, &other).ok()).collect();
        let (stop, stopped) = std::sync::mpsc::channel::<()>();
        let drips = std::thread::spawn(move || {
            while stopped
                .recv_timeout(Duration::from_millis(200))
                .is_err_and(|why| why == std::sync::mpsc::RecvTimeoutError::Timeout)
            {
                for line in &mut lines {
                    let _ = line.write_all(b"X").and_then(|()| line.flush());
                }
            }
        });
        let served = served_beside::<()>(&site, Vec::new());
        drop(stop);
        drips.join().unwrap();
        served
    });
    let refused = |what: &str, request: Vec<u8>, report: &mut Report| {
        report.attack(what, || {
            let status = answered(&site, &other, &request);
            let status = status.unwrap_or_else(|| "the line is cut".into());
            assert!(!status.contains(" 200"), "{status}");
            let ground = Ground::new(&site);
            format!("{status}; then a visit: {}", ground.served(&ground.honest_visit()))
        });
    };
    let twice = format!("{HEAD}X-Terminal-Id: T002\r\nX-Terminal-Id: T001\r\n\r\n");
    refused("two names of terminals in one request", twice.into_bytes(), &mut report);
    let another = format!("{HEAD}X-Terminal-Id: T001\r\n\r\n");
    refused("another terminal's name", another.into_bytes(), &mut report);
    if super::report::long() {
        let fields = "x-more: of the same\r\n".repeat(100_000);
        refused("100,000 fields", format!("{HEAD}X-Terminal-Id: T002\r\n{fields}\r\n").into_bytes(), &mut report);
        let large = format!(
            "POST /v1/qualification-checks HTTP/1.1\r\nHost: x\r\nX-Terminal-Id: T002\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            1_usize << 40
        );
        refused("a body of a terabyte, as it says", large.into_bytes(), &mut report);
        let smuggled = format!(
            "POST /v1/qualification-checks HTTP/1.1\r\nHost: x\r\nX-Terminal-Id: T002\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{HEAD}\r\n"
        );
        refused("two lengths of one body", smuggled.into_bytes(), &mut report);
    }
    report.ends();
}
