use super::*;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn scope() -> KeyScope {
    KeyScope { scope: "f/t /p".into(), key: "k".into() }
}

#[test]
fn a_key_runs_once_and_replays_its_bytes() {
    let mut store = Store::open(None).unwrap();
    assert!(matches!(store.begin(&scope(), b"a", NOW).unwrap(), KeyState::Fresh));
    assert!(matches!(store.begin(&scope(), b"a", NOW).unwrap(), KeyState::Running));
    assert!(matches!(store.begin(&scope(), b"b", NOW).unwrap(), KeyState::Reused));
    store.add_challenge("c", &[0; 32], ("f", "t"), NOW, NOW).unwrap();
    let reply = Reply::stored(201, None, b"{ \"as\":  \"it was\" }".to_vec());
    assert!(store.finish_check(&scope(), Some("c"), None, &reply, NOW).unwrap());
    match store.begin(&scope(), b"a", NOW).unwrap() {
        KeyState::Replay(again) => assert_eq!((again.status, again.body), (201, reply.body)),
        _ => panic!("not replayed"),
    }
    assert!(matches!(store.begin(&scope(), b"b", NOW).unwrap(), KeyState::Reused));
}

#[test]
fn an_abandoned_key_is_free_again() {
    let mut store = Store::open(None).unwrap();
    store.begin(&scope(), b"a", NOW).unwrap();
    store.abandon(&scope()).unwrap();
    assert!(matches!(store.begin(&scope(), b"b", NOW).unwrap(), KeyState::Fresh));
}

#[test]
fn a_challenge_serves_its_terminal_once_and_in_time() {
    let mut store = Store::open(None).unwrap();
    let later = Timestamp::from_second(60).unwrap();
    store.add_challenge("c", &[7; 32], ("f", "t"), NOW, later).unwrap();
    assert_eq!(store.nonce("c", ("f", "t"), NOW).unwrap(), Some(vec![7; 32]));
    assert_eq!(store.nonce("c", ("f", "other"), NOW).unwrap(), None);
    assert_eq!(store.nonce("c", ("f", "t"), later).unwrap(), None);
    store.begin(&scope(), b"a", NOW).unwrap();
    let reply = Reply::stored(422, None, Vec::new());
    assert!(store.finish_check(&scope(), Some("c"), None, &reply, NOW).unwrap());
    assert_eq!(store.nonce("c", ("f", "t"), NOW).unwrap(), None);
    assert!(!store.finish_check(&scope(), Some("c"), None, &reply, NOW).unwrap());
}

#[test]
fn an_older_file_is_brought_up_to_date_and_keeps_its_checks() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("old.sqlite");
    let old = Connection::open(&file).unwrap();
    old.execute_batch(schema::STEPS[0]).unwrap();
    let insert = "INSERT INTO checks VALUES ('q', 'c', 'f', 't', 'p01', 1, '', '2026-11-20', 0, '{}')";
    old.execute(insert, []).unwrap();
    drop(old);
    for _ in 0..2 {
        let store = Store::open(Some(&file)).unwrap();
        assert!(store.check("q", "f").unwrap().is_some());
        assert_eq!(store.prescription("q").unwrap(), None);
    }
}

#[test]
fn a_file_of_a_newer_version_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("new.sqlite");
    Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(Store::open(Some(&file)).is_err());
}
