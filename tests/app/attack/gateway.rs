//! A gateway that has the right certificate and means harm, and whoever stands before it without one.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use serde_json::{Value, json};
use uketsuke::gateway::pki;

use super::report::Report;
use super::rogue::{Answer, Asked, Play, Rogue, Shows};
use super::victim::Ground;
use crate::service::{Pcscd, isolated, wait_until_empty};
use crate::site::Site;

const INVALID: &[&str] = &["gateway-answer-invalid"];
const GONE: &[&str] = &["gateway-unreachable", "gateway-timeout"];
const TLS: &[&str] = &["gateway-tls"];

/// What must come of it.
#[derive(Clone, Copy)]
enum Must {
    Refuse(&'static [&'static str]),
    Serve,
}

/// Every answer as it is but that of a check.
fn checks(change: impl Fn(&Answer, &mut dyn Write) -> std::io::Result<()> + Send + Sync + 'static) -> Arc<Play> {
    Arc::new(
        move |asked: &Asked, real: &Answer, out: &mut dyn Write| {
            if asked.is_check() { change(real, out) } else { out.write_all(&real.honest()) }
        },
    )
}

/// The answer of a check with something of its body changed.
fn body(change: impl Fn(&mut Value) + Send + Sync + 'static) -> Arc<Play> {
    checks(move |real, out| out.write_all(&real.changed(|value| change(value))))
}

/// The first insurance of an answer.
fn insurance(change: impl Fn(&mut Value) + Send + Sync + 'static) -> Arc<Play> {
    body(move |value| change(&mut value["qualifications"][0]))
}

/// These bytes in the place of a check's answer.
fn bytes(answer: impl Into<Vec<u8>>) -> Arc<Play> {
    let answer = answer.into();
    checks(move |_, out| out.write_all(&answer))
}

/// The same again and again, until nobody listens.
fn for_ever(out: &mut dyn Write, first: &[u8], again: &[u8], pause: Duration) -> std::io::Result<()> {
    out.write_all(first)?;
    loop {
        out.write_all(again)?;
        out.flush()?;
        if !pause.is_zero() {
            std::thread::sleep(pause);
        }
    }
}

fn nested(depth: usize) -> Vec<u8> {
    let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{text}", text.len()).into()
}

/// What it says in an answer.
fn said() -> Vec<(&'static str, Must, Arc<Play>)> {
    use Must::{Refuse, Serve};
    vec![
        ("a name of 60,000 signs", Refuse(INVALID), insurance(|it| it["name"] = "佐".repeat(60_000).into())),
        ("an address of 60,000 signs", Serve, insurance(|it| it["address"] = "佐".repeat(60_000).into())),
        (
            "an insurer's name of 60,000 signs",
            Refuse(INVALID),
            insurance(|it| it["insurerName"] = "x".repeat(60_000).into()),
        ),
        ("a name that is a list", Refuse(INVALID), insurance(|it| it["name"] = json!(["佐倉"]))),
        ("a name that is empty", Refuse(INVALID), insurance(|it| it["name"] = "".into())),
        (
            "10,000 insurances",
            Refuse(INVALID),
            body(|it| {
                let one = it["qualifications"][0].clone();
                it["qualifications"] = (0..500).map(|_| one.clone()).collect::<Vec<_>>().into();
            }),
        ),
        ("an object for the insurances", Refuse(INVALID), body(|it| it["qualifications"] = json!({"0": "x"}))),
        ("a list for the whole answer", Refuse(INVALID), body(|it| *it = json!([1, 2]))),
        ("lists in lists, 100,000 deep", Refuse(INVALID), bytes(nested(100_000))),
        (
            "another day of the check",
            Refuse(INVALID),
            body(|it| it["processedAt"] = "2016-01-01T09:00:00+09:00".into()),
        ),
        ("a day ten years on", Refuse(INVALID), body(|it| it["processedAt"] = "2046-01-01T09:00:00+09:00".into())),
        (
            "a page of a guest network",
            Refuse(INVALID),
            bytes("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<html></html>"),
        ),
        (
            "nothing at all as 200",
            Refuse(INVALID),
            bytes("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 0\r\n\r\n"),
        ),
        ("204", Refuse(INVALID), bytes("HTTP/1.1 204 No Content\r\n\r\n")),
        (
            "a redirect to another host",
            Refuse(INVALID),
            bytes("HTTP/1.1 307 Temporary Redirect\r\nlocation: https://127.0.0.2:1/\r\ncontent-length: 0\r\n\r\n"),
        ),
        (
            "202 that points to another host",
            Refuse(INVALID),
            bytes(
                "HTTP/1.1 202 Accepted\r\nlocation: https://127.0.0.2:1/v1/qualification-checks/x\r\ncontent-length: 0\r\n\r\n",
            ),
        ),
        (
            "a compressed answer",
            Refuse(INVALID),
            checks(|real, out| {
                let packed = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &[0; 4096]].concat();
                let head = real.head_for(packed.len()).replacen("\r\n", "\r\ncontent-encoding: gzip\r\n", 1);
                out.write_all(head.as_bytes())?;
                out.write_all(&packed)
            }),
        ),
        (
            "a body of a gigabyte, as it says",
            Refuse(INVALID),
            checks(|real, out| for_ever(out, real.head_for(1 << 30).as_bytes(), &[b' '; 1 << 16], Duration::ZERO)),
        ),
        (
            "a body without end in chunks",
            Refuse(INVALID),
            checks(|_, out| {
                let chunk = format!("10000\r\n{}\r\n", " ".repeat(1 << 16));
                let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
                for_ever(out, head, chunk.as_bytes(), Duration::ZERO)
            }),
        ),
        (
            "fields without end",
            Refuse(GONE),
            checks(|_, out| for_ever(out, b"HTTP/1.1 200 OK\r\n", b"x-more: of the same\r\n", Duration::ZERO)),
        ),
        (
            "one field without end",
            Refuse(GONE),
            checks(|_, out| for_ever(out, b"HTTP/1.1 200 OK\r\nx-long: ", &[b'x'; 1 << 16], Duration::ZERO)),
        ),
        (
            "100 Continue without end",
            Refuse(GONE),
            checks(|_, out| for_ever(out, b"", b"HTTP/1.1 100 Continue\r\n\r\n", Duration::from_millis(1))),
        ),
        (
            "a longer body than it says",
            Serve,
            checks(|real, out| out.write_all(&[real.honest(), b"{\"name\":\"another\"}".to_vec()].concat())),
        ),
        (
            "half a body and the end",
            Refuse(GONE),
            checks(|real, out| {
                let whole = real.honest();
                out.write_all(&whole[..whole.len() - 40])
            }),
        ),
        ("no answer and the end", Refuse(GONE), checks(|_, _| Ok(()))),
        ("no HTTP", Refuse(GONE), bytes("\0\0\0\0 this is nothing \r\n\r\n")),
        (
            "503, and to come again in a year",
            Refuse(&["gateway-fault"]),
            bytes("HTTP/1.1 503 Service Unavailable\r\nretry-after: 31536000\r\ncontent-length: 0\r\n\r\n"),
        ),
        (
            "a clock ten years on, in the field alone",
            Serve,
            checks(|real, out| {
                let other = real.head.lines().filter(|line| !line.to_ascii_lowercase().starts_with("date"));
                let head = format!(
                    "{}\r\ndate: Tue, 01 Dec 2036 03:00:00 GMT\r\n",
                    other.collect::<Vec<_>>().join("\r\n").trim_end()
                );
                out.write_all(&Answer { head, body: real.body.clone() }.honest())
            }),
        ),
        (
            "a nonce of nothing",
            Refuse(INVALID),
            Arc::new(|asked: &Asked, real: &Answer, out: &mut dyn Write| {
                let short = |value: &mut Value| value["nonce"] = "".into();
                out.write_all(&if asked.is_challenge() { real.changed(short) } else { real.honest() })
            }),
        ),
        (
            "a nonce of 100,000 bytes",
            Refuse(INVALID),
            Arc::new(|asked: &Asked, real: &Answer, out: &mut dyn Write| {
                let long = |value: &mut Value| value["nonce"] = "AAAA".repeat(34_000).into();
                out.write_all(&if asked.is_challenge() { real.changed(long) } else { real.honest() })
            }),
        ),
        (
            "another check's name for the consents",
            Serve,
            Arc::new(|asked: &Asked, real: &Answer, out: &mut dyn Write| {
                let other = |value: &mut Value| value["qualificationCheckId"] = "another".into();
                out.write_all(&if asked.is_consents() { real.changed(other) } else { real.honest() })
            }),
        ),
    ]
}

/// What takes its time: to the end of the visit's budget.
fn slow() -> Vec<(&'static str, Must, Arc<Play>)> {
    const DROP: Duration = Duration::from_millis(900);
    vec![
        (
            "a body in drips",
            Must::Refuse(GONE),
            checks(|real, out| for_ever(out, real.head_for(200_000).as_bytes(), b" ", DROP)),
        ),
        ("a head in drips", Must::Refuse(GONE), checks(|_, out| for_ever(out, b"HTTP/1.1 200 OK\r\nx: ", b"x", DROP))),
        (
            "202 for ever",
            Must::Refuse(GONE),
            Arc::new(|asked: &Asked, real: &Answer, out: &mut dyn Write| {
                let later = "HTTP/1.1 202 Accepted\r\nlocation: /v1/qualification-checks/x\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n";
                let is_one = asked.is_check() || asked.asks_for("/v1/qualification-checks/x");
                out.write_all(if is_one { later.into() } else { real.honest() }.as_slice())
            }),
        ),
        (
            "silence",
            Must::Refuse(GONE),
            checks(|_, _| {
                std::thread::sleep(Duration::from_secs(150));
                Ok(())
            }),
        ),
    ]
}

fn judged(ground: &Ground, url: &str, must: Must) -> String {
    let victim = ground.visit(url);
    match must {
        Must::Refuse(failures) => ground.refused(&victim, failures),
        Must::Serve => ground.served(&victim),
    }
}

#[test]
fn a_hostile_gateway() {
    if !isolated() {
        return;
    }
    let (_pcscd, site) = (Pcscd::start(), Site::new());
    let mut report = Report::of("gateway");
    let card = site.place("p01", &[]);
    let rogue = |shows, play| Rogue::start(&site.gateway.url(), &site.identity(), shows, play);
    let honest =
        || -> Arc<Play> { Arc::new(|_: &Asked, real: &Answer, out: &mut dyn Write| out.write_all(&real.honest())) };
    report.attack("none: it changes nothing", || {
        judged(&Ground::new(&site), &rogue(Shows::Certificate, honest()).url(), Must::Serve)
    });
    for (what, must, play) in said() {
        let play = rogue(Shows::Certificate, play);
        report.attack(what, || judged(&Ground::new(&site), &play.url(), must));
    }
    for (what, must, play) in slow() {
        let play = rogue(Shows::Certificate, play);
        report.long_attack(what, || judged(&Ground::new(&site), &play.url(), must));
    }
    for (what, shows, must) in
        [("no TLS", Shows::Plain, Must::Refuse(TLS)), ("noise instead of a handshake", Shows::Noise, Must::Refuse(TLS))]
    {
        let play = rogue(shows, honest());
        report.attack(what, || judged(&Ground::new(&site), &play.url(), must));
    }
    report.long_attack("silence instead of a handshake", || {
        judged(&Ground::new(&site), &rogue(Shows::Silence, honest()).url(), Must::Refuse(GONE))
    });
    report.attack("the certificate of another authority of the same name", || {
        let today = uketsuke::domain::japan::day(jiff::Timestamp::now());
        let hosts = vec!["127.0.0.1".into()];
        pki::write(&site.path("other"), &pki::Order { hosts, ..pki::Order::development(today) }).unwrap();
        let play = Rogue::start(&site.gateway.url(), &site.path("other"), Shows::Certificate, honest());
        judged(&Ground::new(&site), &play.url(), Must::Refuse(TLS))
    });
    card.pull();
    wait_until_empty();
    report.attack("the answer about the patient before", || replayed(&site));
    report.ends();
}

/// p02's answer is kept and given to p01.
fn replayed(site: &Site) -> String {
    let kept: Arc<Mutex<Option<Vec<u8>>>> = Arc::default();
    let keeps = Arc::clone(&kept);
    let play: Arc<Play> = Arc::new(move |asked: &Asked, real: &Answer, out: &mut dyn Write| {
        if !asked.is_check() {
            return out.write_all(&real.honest());
        }
        let before = keeps.lock().get_or_insert_with(|| real.body.clone()).clone();
        out.write_all(&real.with_body(&before))
    });
    let rogue = Rogue::start(&site.gateway.url(), &site.identity(), Shows::Certificate, play);
    let ground = Ground::new(site);
    let card = site.place("p02", &[]);
    ground.served(&ground.visit(&rogue.url()));
    card.pull();
    wait_until_empty();
    let _card = site.place("p01", &[]);
    let second = ground.visit(&rogue.url());
    let files = ground.handed_over();
    assert_eq!(files.len(), 1, "the same check was handed over twice: {}", second.said());
    format!("exit {:?} {}, no second file", second.exit, second.failure())
}
