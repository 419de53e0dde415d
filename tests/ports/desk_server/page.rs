//! The page: what it shows, and what staff do at it.

use jiff::SignedDuration;
use serde_json::json;
use uketsuke::desk::Deed;

use super::support::{Rig, checked, event, stage};

const KIOSK: &str = "1310000001/T001";

#[test]
fn a_call_is_seen_and_answered_and_the_kiosk_hears_it() {
    let rig = Rig::new();
    let (kiosk, browser) = (rig.kiosk(), rig.reception());
    let mut commands = kiosk.hear();
    kiosk.tell(&[stage(1, "faceHelp", true)]);
    let page = browser.get("/");
    assert_eq!((page.status, page.text.contains("職員を呼んでいます"), page.text.contains("T001")), (200, true, true));
    assert!(page.text.contains("顔認証ができませんでした") && page.text.contains("もう一度試しますか"));
    let answer = [("kiosk", KIOSK), ("visit", "r-1"), ("do", "coming")];
    assert_eq!(browser.post("/command", &answer).status, 303);
    let command = commands.next().unwrap();
    assert_eq!(
        (&command["command"], &command["by"], &command["reception"]),
        (&json!("coming"), &json!("受付"), &json!("r-1"))
    );
    let page = browser.get("/").text;
    assert!(page.contains("受付さんが向かっています") && page.contains("受付機の返事を待っています"));
    let outcome =
        json!({"kind": "answered", "command": command["id"], "outcome": {"is": "refused", "reason": "nobody-calls"}});
    kiosk.tell(&[event(2, &outcome)]);
    assert!(browser.get("/now").text.contains("呼び出しはありません。"));
    let noted = rig.acts.noted.lock();
    let last = noted.last().unwrap();
    assert_eq!((last.by.as_str(), last.deed, last.kiosk.as_deref()), ("受付", Deed::Asked("coming"), Some(KIOSK)));
}

#[test]
fn by_eye_needs_the_tick_and_a_reason_and_both_are_recorded() {
    let rig = Rig::new();
    let (kiosk, browser) = (rig.kiosk(), rig.reception());
    kiosk.tell(&[stage(1, "faceHelp", true)]);
    let form = browser.get("/eye?kiosk=1310000001%2FT001&visit=r-1");
    assert!(form.status == 200 && form.text.contains("ご本人とカードが目の前にあります"));
    let with = |here: &str, reason: &str| {
        let fields = [("kiosk", KIOSK), ("visit", "r-1"), ("do", "seenByEye"), ("here", here), ("reason", reason)];
        browser.post("/command", &fields).status
    };
    assert_eq!((with("", "no-pin"), with("yes", ""), with("yes", "because")), (422, 422, 422));
    assert_eq!(with("yes", "no-pin"), 303);
    let command = kiosk.hear().next().unwrap();
    assert_eq!((&command["personAndCardHere"], &command["reason"]), (&json!(true), &json!("no-pin")));
    assert_eq!(rig.acts.noted.lock().last().unwrap().why.as_deref(), Some("no-pin"));
}

#[test]
fn what_cannot_be_noted_is_not_done() {
    let rig = Rig::new();
    let browser = rig.reception();
    rig.kiosk().tell(&[stage(1, "faceHelp", true), checked(2, &json!({}))]);
    *rig.acts.full.lock() = true;
    let visit = [("kiosk", KIOSK), ("visit", "r-1")];
    assert_eq!(browser.post("/command", &[visit[0], visit[1], ("do", "coming")]).status, 503);
    assert_eq!(browser.post("/settle", &[visit[0], visit[1], ("done", "yes")]).status, 503);
    assert_eq!((browser.get("/today.csv").status, browser.get("/print").status), (503, 503));
    rig.desk().look(|board| {
        assert!(board.kiosk_named(KIOSK).unwrap().commands.is_empty());
        assert!(board.patient_of(KIOSK, "r-1").unwrap().settled.is_none());
    });
}

#[test]
fn rows_say_why_fold_away_and_are_found_by_kana() {
    let rig = Rig::new();
    let browser = rig.reception();
    rig.kiosk().tell(&[checked(1, &json!({"validity": "notFound"}))]);
    let open = browser.get("/today").text;
    assert!(open.contains("資格が確認できません（該当なし）") && open.contains("要対応 1人"), "{open}");
    assert!(!open.contains("<details"), "nobody folds away");
    assert_eq!(browser.post("/settle", &[("kiosk", KIOSK), ("visit", "r-1"), ("done", "yes")]).status, 303);
    let done = browser.get("/today").text;
    assert!(done.contains("要対応 0人") && done.contains("<details") && done.contains("受付さんが済みにしました"));
    assert!(browser.get("/today?q=%E3%81%BF%E3%81%BB").text.contains("ミホン"), "みほ finds ミホン");
    assert!(!browser.get("/today?q=%E3%82%B5%E3%83%88").text.contains("ミホン"));
    browser.post("/settle", &[("kiosk", KIOSK), ("visit", "r-1"), ("done", "no")]);
    assert!(browser.get("/today").text.contains("要対応 1人"));
}

#[test]
fn a_trainer_sees_training_and_no_patient() {
    let rig = Rig::new();
    rig.user("指導", "trainer");
    let browser = rig.entered("指導");
    rig.kiosk().tell(&[stage(1, "enterPin", true), checked(2, &json!({}))]);
    let page = browser.get("/").text;
    assert!(!page.contains("ミホン") && !page.contains("T001"));
    for path in ["/today", "/today.csv", "/print"] {
        assert_eq!(browser.get(path).status, 403, "{path}");
    }
    let answer = [("kiosk", KIOSK), ("visit", "r-1"), ("do", "anotherTry")];
    assert_eq!(browser.post("/command", &answer).status, 403);
    assert_eq!(browser.post("/settle", &[("kiosk", KIOSK), ("visit", "r-1"), ("done", "yes")]).status, 403);
    let mut training = stage(3, "enterPin", false);
    training["training"] = json!(true);
    rig.kiosk().tell(&[training]);
    assert!(browser.get("/").text.contains("T001"));
    assert_eq!(browser.post("/command", &answer).status, 303);
}

#[test]
fn a_session_sleeps_and_ends() {
    let rig = Rig::new();
    let browser = rig.reception();
    rig.clock.advance(SignedDuration::from_mins(9));
    assert_eq!(browser.post("/used", &[]).status, 204);
    rig.clock.advance(SignedDuration::from_mins(9));
    assert_eq!(browser.get("/").status, 200);
    rig.clock.advance(SignedDuration::from_mins(2));
    let asleep = browser.get("/");
    assert_eq!((asleep.status, &asleep.headers["location"]), (303, &"/login".parse().unwrap()));
    assert!(browser.get("/login").text.contains("value=\"受付\""), "it knows who sleeps");
    assert_eq!(browser.post("/used", &[]).status, 303, "a hand alone does not wake it");
    let awake = rig.entered("受付");
    assert_eq!(awake.get("/").status, 200);
    assert_eq!(awake.post("/logout", &[]).status, 303);
    assert_eq!(awake.get("/").status, 303);
    let again = rig.entered("受付");
    rig.desk().store().remove_user("受付").unwrap();
    assert_eq!(again.get("/").status, 303, "who was taken out is out");
}

#[test]
fn the_lamps_say_what_is_bad_and_when_all_is_good() {
    let rig = Rig::new();
    let (kiosk, browser) = (rig.kiosk(), rig.reception());
    let stream = kiosk.hear();
    let lamp = |number, state: &str| {
        let lamp = json!({"part": "reader", "state": state, "words": "カードリーダー", "remedy": "USBを差し直す"});
        event(number, &json!({"kind": "lamps", "lamps": [lamp]}))
    };
    kiosk.tell(&[lamp(1, "bad")]);
    let page = browser.get("/lamps").text;
    assert!(page.contains("異常") && page.contains("USBを差し直す") && !page.contains("開院できます"));
    assert!(browser.get("/now").text.contains("USBを差し直す"), "a bad lamp is loud on the first page too");
    kiosk.tell(&[lamp(2, "good")]);
    assert!(browser.get("/lamps").text.contains("開院できます"));
    drop(stream);
}

#[test]
fn staff_read_english_when_their_browser_does() {
    let rig = Rig::new();
    let browser = rig.reception();
    rig.kiosk().tell(&[stage(1, "faceHelp", true)]);
    let english = browser
        .client
        .http
        .get(browser.client.url("/now"))
        .header("cookie", &browser.cookie)
        .header("accept-language", "en-GB,ja");
    let text = rig.runtime.block_on(async { english.send().await.unwrap().text().await.unwrap() });
    assert!(text.contains("Staff are called") && !text.contains("職員"), "{text}");
}

#[test]
fn a_chart_is_offered_chosen_and_registered_and_never_joined_by_itself() {
    let rig = Rig::new();
    let (kiosk, browser) = (rig.kiosk(), rig.reception());
    let mut commands = kiosk.hear();
    kiosk.tell(&[checked(1, &json!({}))]);
    let list = "番号,カナ,生年月日\n10482,ﾐﾎﾝ ﾊﾅｺ,1948/3/1\n10483,ミホン ハナコ,1948-03-01\n7,ミホン ケン,1980-12-31\n";
    std::fs::write(rig.charts().file, list).unwrap();
    let rows = browser.get("/today").text;
    assert!(
        rows.contains("カルテの候補2件") && rows.contains("value=\"10482\"") && rows.contains("value=\"10483\""),
        "{rows}"
    );
    assert!(!rows.contains("data-copy=\"10482\""), "nobody was joined");
    let choose =
        |number: &str| browser.post("/chart", &[("kiosk", KIOSK), ("visit", "r-1"), ("number", number)]).status;
    assert_eq!(choose("7"), 404, "another person's chart is not offered");
    assert_eq!(choose("10483"), 303);
    let command = commands.next().unwrap();
    assert_eq!(
        (&command["command"], &command["checkId"], &command["number"]),
        (&json!("registerReference"), &json!("c-1"), &json!("10483"))
    );
    assert!(browser.get("/today").text.contains("data-copy=\"10483\""));
    assert_eq!(rig.acts.noted.lock().last().unwrap().deed, Deed::ChartChosen);
}

#[test]
fn counts_are_served_without_anything_of_a_patient() {
    let rig = Rig::new();
    rig.kiosk().tell(&[stage(1, "faceHelp", true), checked(2, &json!({}))]);
    let url = format!("http://{}/metrics", rig.running.as_ref().unwrap().metrics.unwrap());
    let text = rig.runtime.block_on(async { rig.browser().http.get(url).send().await.unwrap().text().await.unwrap() });
    assert!(text.contains("uketsuke_desk_call_seconds{kiosk=\"1310000001/T001\"} 0\n"), "{text}");
    assert!(text.contains("uketsuke_desk_log_position_total 2\n") && text.ends_with("# EOF\n"));
    for needle in ["ミホン", "見本", "1948", "c-1", "r-1"] {
        assert!(!text.contains(needle), "{needle}");
    }
}
