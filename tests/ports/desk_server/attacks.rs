//! What somebody tries who means harm, a test each.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;
use uketsuke::desk::Deed;
use uketsuke::listening::Limits;

use super::support::{Browser, PASSWORD, Rig, checked, event, stage};

const KIOSK: &str = "1310000001/T001";

fn stranger(rig: &Rig) -> Browser<'_> {
    Browser { client: rig.browser(), cookie: String::new(), csrf: String::new() }
}

#[test]
fn guesses_are_counted_over_restarts() {
    let mut rig = Rig::new();
    rig.user("受付", "reception");
    for _ in 0..3 {
        assert_eq!(stranger(&rig).log_in("受付", "guess number x").status, 401);
    }
    rig.restart();
    for _ in 0..2 {
        assert_eq!(stranger(&rig).log_in("受付", "guess number x").status, 401);
    }
    rig.restart();
    assert_eq!(stranger(&rig).log_in("受付", PASSWORD).status, 429, "the right one must wait too");
    rig.clock.advance(SignedDuration::from_secs(31));
    assert_eq!(stranger(&rig).log_in("受付", "guess number x").status, 401);
    rig.clock.advance(SignedDuration::from_secs(31));
    assert_eq!(stranger(&rig).log_in("受付", PASSWORD).status, 429, "the wait has doubled");
    rig.clock.advance(SignedDuration::from_secs(31));
    assert_eq!(stranger(&rig).log_in("受付", PASSWORD).status, 303);
    let refused = rig.acts.noted.lock().iter().filter(|act| act.deed == Deed::LogInRefused).count();
    assert_eq!(refused, 8);
}

#[test]
fn a_name_that_nobody_has_is_answered_as_a_wrong_password() {
    let rig = Rig::new();
    rig.user("受付", "reception");
    let (nobody, wrong) = (stranger(&rig).log_in("誰か", PASSWORD), stranger(&rig).log_in("受付", "guess number x"));
    assert_eq!((nobody.status, nobody.text.replace("誰か", "受付")), (wrong.status, wrong.text));
}

#[test]
fn a_session_that_was_planted_is_not_used() {
    let rig = Rig::new();
    rig.user("受付", "reception");
    let planted = "__Host-desk=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let mut browser = Browser { cookie: planted.into(), ..stranger(&rig) };
    let got = browser.log_in("受付", PASSWORD);
    let cookie = got.headers["set-cookie"].to_str().unwrap();
    assert!(!cookie.contains(planted));
    for part in ["__Host-desk=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    browser.keep(&got);
    let before = browser.cookie.clone();
    let again = browser.log_in("受付", PASSWORD);
    browser.keep(&again);
    assert_ne!(browser.cookie, before);
    assert_eq!(Browser { cookie: before, ..stranger(&rig) }.get("/").status, 303, "the one before is worth nothing");
}

#[test]
fn a_form_of_another_page_does_nothing() {
    let rig = Rig::new();
    let browser = rig.reception();
    rig.kiosk().tell(&[stage(1, "faceHelp", true)]);
    let fields = |csrf: &'static str| [("csrf", csrf), ("kiosk", KIOSK), ("visit", "r-1"), ("do", "finishAndWipe")];
    assert_eq!(browser.post_from(&rig.address(), "/command", &fields("")).status, 403);
    assert_eq!(browser.post_from(&rig.address(), "/command", &fields("0123456789abcdef")).status, 403);
    for origin in ["https://evil.example", "null", "http://127.0.0.1"] {
        let own: Vec<_> = [("csrf", browser.csrf.as_str())].into_iter().chain(fields("").into_iter().skip(1)).collect();
        assert_eq!(browser.post_from(origin, "/command", &own).status, 403, "{origin}");
        assert_eq!(browser.post_from(origin, "/login", &[("name", "受付"), ("password", PASSWORD)]).status, 403);
    }
    let other = rig.entered("受付");
    let theirs = Browser { csrf: other.csrf.clone(), cookie: browser.cookie.clone(), ..stranger(&rig) };
    assert_eq!(theirs.post("/logout", &[]).status, 403, "a token of another session");
    assert!(rig.desk().look(|board| board.kiosk_named(KIOSK).unwrap().commands.is_empty()));
}

#[test]
fn what_a_kiosk_tells_is_text_and_never_a_tag() {
    let rig = Rig::new();
    let (kiosk, browser) = (rig.kiosk(), rig.reception());
    let evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\" onfocus=\"alert(3)";
    let mut odd = stage(1, evil, true);
    for member in ["language", "method", "hint", "failure"] {
        odd[member] = json!(evil);
    }
    let lamp = json!({"part": evil, "state": "bad", "words": evil, "remedy": evil});
    kiosk.tell(&[
        odd,
        checked(2, &json!({"name": evil, "kana": evil, "sex": evil, "validity": evil, "chartNumber": evil, "lostSigns": [evil]})),
        event(3, &json!({"kind": "lamps", "lamps": [lamp]})),
        event(4, &json!({"kind": "news", "reception": "r-1", "code": "S-102", "values": {"failure": evil}})),
        event(5, &json!({"kind": "ended", "reception": "r-1", "received": false, "failure": evil, "seconds": 1})),
    ]);
    for path in ["/", "/now", "/today", "/lamps", "/print", "/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/login"] {
        let page = browser.get(path).text;
        assert!(!page.contains("<script>alert") && !page.contains("<img") && !page.contains("\" onfocus="), "{path}");
    }
    assert!(browser.get("/today").text.contains("&lt;script&gt;"), "it is shown as it is");
    // A visit's name with signs of its own goes into fields and addresses.
    kiosk.tell(&[event(
        6,
        &json!({"reception": "\"><script>alert(1)</script>", "kind": "stage", "situation": "enterPin",
        "language": "ja", "textSize": 100, "faceTries": 0, "called": true, "training": false}),
    )]);
    assert!(!browser.get("/now").text.contains("<script>alert"));
}

#[test]
fn a_list_for_spreadsheets_holds_no_formula() {
    let rig = Rig::new();
    let browser = rig.reception();
    let facts = json!({"name": "=HYPERLINK(\"https://evil.example\")", "kana": "+1+1", "chartNumber": "@SUM(A1)"});
    rig.kiosk().tell(&[checked(1, &facts)]);
    let list = browser.get("/today.csv");
    assert_eq!(list.headers["content-type"], "text/csv; charset=utf-8");
    assert!(list.text.contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\",") && list.text.contains("\"'+1+1\""));
    assert!(list.text.contains("\"'@SUM(A1)\""));
}

#[test]
fn every_answer_forbids_what_the_page_does_not_need() {
    let rig = Rig::new();
    let browser = rig.reception();
    for path in ["/", "/login", "/nothing", "/assets/desk.js"] {
        let headers = browser.get(path).headers;
        let policy = headers["content-security-policy"].to_str().unwrap();
        // With `no-referrer` a browser sends its own forms with the origin `null`.
        assert_eq!(headers["referrer-policy"], "same-origin");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(
            (&headers["x-content-type-options"], &headers["cache-control"]),
            (&"nosniff".parse().unwrap(), &"no-store".parse().unwrap())
        );
    }
    let page = browser.get("/").text;
    assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains(" onclick"));
}

#[test]
fn nothing_is_seen_without_a_session() {
    let rig = Rig::new();
    rig.kiosk().tell(&[stage(1, "faceHelp", true), checked(2, &json!({}))]);
    for path in ["/", "/now", "/today", "/today.csv", "/print", "/lamps", "/eye?kiosk=a&visit=b", "/live"] {
        let got = stranger(&rig).get(path);
        assert_eq!((got.status, got.text.is_empty()), (303, true), "{path}");
    }
    assert_eq!(stranger(&rig).post("/command", &[("do", "coming")]).status, 303);
}

#[test]
fn a_kiosk_is_no_browser() {
    let rig = Rig::new();
    let cookie = rig.reception().cookie;
    let browser = Browser { client: rig.kiosk(), cookie, csrf: String::new() };
    for path in ["/", "/login", "/today", "/assets/desk.js"] {
        assert_eq!(browser.get(path).status, 403, "{path}");
    }
}

#[test]
fn a_path_leads_nowhere_else() {
    let rig = Rig::new();
    let browser = rig.reception();
    for path in
        ["/assets/../desk.sqlite", "/assets/%2e%2e/%2e%2e/state/desk.key", "/assets/..%2fstate", "//etc/passwd", "/%00"]
    {
        assert!([400, 404].contains(&browser.get(path).status), "{path}");
    }
}

#[test]
fn forms_are_short_and_in_time() {
    let rig = Rig::with(Limits { body: Duration::from_millis(300), ..Limits::default() });
    let browser = rig.reception();
    assert_eq!(browser.post("/command", &[("do", &"x".repeat(20_000))]).status, 413);
    let slow = browser.client.http.post(browser.client.url("/login")).header("origin", rig.address());
    let slow = slow.header("content-type", "application/x-www-form-urlencoded").header("content-length", "50");
    assert_eq!(browser.client.send(slow.body(reqwest::Body::wrap(super::kiosks::Silent))).0, 408);
    let other = browser.client.http.post(browser.client.url("/login")).header("origin", rig.address());
    assert_eq!(browser.client.send(other.header("content-type", "text/plain").body("name=a")).0, 415);
}

#[test]
fn an_old_command_is_not_sent_again() {
    let rig = Rig::new();
    let (kiosk, browser) = (rig.kiosk(), rig.reception());
    kiosk.tell(&[stage(1, "faceHelp", true)]);
    browser.post("/command", &[("kiosk", KIOSK), ("visit", "r-1"), ("do", "finishAndWipe")]);
    rig.clock.advance(SignedDuration::from_secs(61));
    browser.post("/command", &[("kiosk", KIOSK), ("visit", "r-1"), ("do", "oneStepBack")]);
    assert_eq!(kiosk.hear().next().unwrap()["command"], "oneStepBack", "the older one has ended");
    assert!(browser.get("/now").text.contains("受付機から返事がありません"));
}
