//! One contract for every store.

use jiff::{SignedDuration, Timestamp};
use uketsuke::desk::store::{Session, SqliteStore, Store, User};

use crate::gateway_mtls::support::MORNING;

fn at(seconds: i64) -> Timestamp {
    MORNING.parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
}

/// What every store must do; `again` opens the same one anew.
fn contract(again: &dyn Fn() -> Box<dyn Store>) {
    log(again);
    people(again);
    sessions(again);
    tries(again);
}

fn log(again: &dyn Fn() -> Box<dyn Store>) {
    let store = again();
    let event = |number: u64| (number, format!("e{number}").into_bytes());
    assert_eq!(store.append("a", at(0), &[event(1), event(2)]).unwrap(), 2);
    assert_eq!(store.append("a", at(1), &[event(2), event(3)]).unwrap(), 3);
    assert_eq!(store.append("b", at(1), &[event(7)]).unwrap(), 7, "each kiosk counts for itself, from wherever");
    store.append_act("a", at(2), b"act").unwrap();
    store.append_act("a", at(2), b"act").unwrap();
    drop(store);
    let store = again();
    assert_eq!(store.append("a", at(3), &[event(1), event(3)]).unwrap(), 3, "nothing is kept twice over a restart");
    assert!(store.append("a", at(3), &[(u64::MAX, Vec::new())]).is_err());
    let all = store.after(0, 100).unwrap();
    let seen: Vec<_> = all.iter().map(|e| (e.terminal.as_str(), e.number, e.payload.as_slice())).collect();
    let acts = ("a", None, &b"act"[..]);
    assert_eq!(
        seen,
        [("a", Some(1), &b"e1"[..]), ("a", Some(2), b"e2"), ("a", Some(3), b"e3"), ("b", Some(7), b"e7"), acts, acts]
    );
    assert!(all.windows(2).all(|pair| pair[0].position < pair[1].position));
    assert_eq!((all[0].at, all[5].at), (at(0), at(2)));
    assert_eq!(store.after(all[1].position, 2).unwrap(), all[2..4]);
    assert_eq!(store.wipe_before(at(1)).unwrap(), 2);
    assert_eq!(store.wipe_before(at(100)).unwrap(), 4);
    assert_eq!(store.append("a", at(101), &[event(3), event(4)]).unwrap(), 4, "what was wiped does not come again");
    let left = store.after(0, 100).unwrap();
    assert_eq!((left.len(), left[0].number, left[0].position > all[5].position), (1, Some(4), true));
}

fn people(again: &dyn Fn() -> Box<dyn Store>) {
    let store = again();
    let user = |name: &str, role: &str| User { name: name.into(), role: role.into(), hash: "h".into() };
    store.set_user(&user("窓口", "reception")).unwrap();
    store.set_user(&user("a'); DROP TABLE users; --", "manager")).unwrap();
    store.set_user(&user("窓口", "trainer")).unwrap();
    drop(store);
    let store = again();
    let named: Vec<_> = store.users().unwrap().into_iter().map(|user| (user.name, user.role)).collect();
    assert_eq!(named.len(), 2);
    assert!(named.contains(&("窓口".into(), "trainer".into())));
    assert!(store.remove_user("窓口").unwrap() && !store.remove_user("窓口").unwrap());
}

fn sessions(again: &dyn Fn() -> Box<dyn Store>) {
    let store = again();
    let user = User { name: "s".into(), role: "reception".into(), hash: "h".into() };
    store.set_user(&user).unwrap();
    let session =
        |n: u8, owner: &str| Session { id: [n; 32], user: owner.into(), csrf: "c".into(), began: at(0), used: at(0) };
    for n in 1..=3 {
        store.begin_session(&session(n, "s")).unwrap();
    }
    assert!(store.begin_session(&session(1, "x")).is_err(), "a name is given once");
    store.use_session(&[2; 32], at(50)).unwrap();
    drop(store);
    let store = again();
    let found = store.session(&[2; 32]).unwrap().unwrap();
    assert_eq!((found.user.as_str(), found.csrf.as_str(), found.began, found.used), ("s", "c", at(0), at(50)));
    store.end_session(&[1; 32]).unwrap();
    assert!(store.session(&[1; 32]).unwrap().is_none());
    assert_eq!(store.end_sessions_before(at(10)).unwrap(), 1);
    assert!(store.session(&[3; 32]).unwrap().is_none() && store.session(&[2; 32]).unwrap().is_some());
    store.set_user(&user).unwrap();
    assert!(store.session(&[2; 32]).unwrap().is_none(), "another password ends the log-ins");
}

fn tries(again: &dyn Fn() -> Box<dyn Store>) {
    let store = again();
    let count = |store: &dyn Store, whose: &str, second| {
        store.count_try(whose, at(second)).map(|t| (t.count, t.before)).unwrap()
    };
    assert_eq!(count(&*store, "u", 0), (1, None));
    assert_eq!(count(&*store, "u", 5), (2, Some(at(0))));
    drop(store);
    let store = again();
    assert_eq!((store.tries("u").unwrap(), store.tries("v").unwrap()), (Some((2, at(5))), None));
    assert_eq!(count(&*store, "u", 9), (3, Some(at(5))), "over a restart");
    assert_eq!(count(&*store, "v", 9), (1, None));
    store.forget_tries("u").unwrap();
    assert_eq!(count(&*store, "u", 10), (1, None));
}

#[test]
fn sqlite_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    contract(&|| Box::new(SqliteStore::open(&folder.path().join("desk.sqlite")).unwrap()));
}

#[test]
fn a_database_of_a_later_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desk.sqlite");
    drop(SqliteStore::open(&file).unwrap());
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = SqliteStore::open(&file).err().unwrap().to_string();
    assert!(error.contains("version 99"), "{error}");
}
