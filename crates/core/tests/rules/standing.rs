//! What those see who follow a kiosk from afar: every visit begins, ends once, and is never spoken of again.

use std::cell::RefCell;
use std::collections::BTreeSet;

use uketsuke_core::domain::failure::Failure;
use uketsuke_core::domain::ids::ReceptionId;
use uketsuke_core::domain::qualification::Authentication;
use uketsuke_core::domain::session::{Effect, Event, SituationName, State, step};
use uketsuke_core::domain::standing::{Change, FileState, Follower, Standing, Step};

use crate::chance::{Dice, random_event};
use crate::support::World;

type Changes = Vec<(Option<ReceptionId>, Change)>;

thread_local! {
    static FOLLOWED: RefCell<(Follower, Changes)> = RefCell::default();
}

/// The table, and somebody who follows it.
fn followed(state: &State, event: Event) -> (State, Vec<Effect>) {
    let (at, what) = (event.at, event.what.clone());
    let (next, effects) = step(state, event);
    FOLLOWED.with_borrow_mut(|(follower, changes)| {
        changes.extend(follower.stepped(Step { at, before: state, what: &what, after: &next, effects: &effects }));
    });
    (next, effects)
}

/// A walk of chance, and what was seen of it.
fn walk(seed: u64) -> Vec<(Option<ReceptionId>, Change)> {
    FOLLOWED.take();
    let (mut world, mut dice) = (World::new(followed), Dice::new(seed));
    for _ in 0..400 {
        random_event(&mut world, &mut dice).expect("rules hold");
    }
    world.left_alone().expect("rules hold");
    FOLLOWED.take().1
}

#[test]
fn a_visit_begins_ends_once_and_is_never_spoken_of_again() {
    let (mut visits, mut received, mut failed, mut kinds) = (0, 0, BTreeSet::new(), BTreeSet::new());
    for seed in 0..300 {
        let (mut running, mut over, mut checked) = (None, BTreeSet::new(), false);
        for (visit, change) in walk(seed) {
            if visit.is_some() && visit != running {
                assert!(running.is_none(), "seed {seed}: {running:?} did not end before {visit:?}");
                assert!(matches!(change, Change::Stands(_)), "seed {seed}: {visit:?} begins with {change:?}");
                assert!(!over.contains(&visit), "seed {seed}: {visit:?} after its end");
                (running, checked) = (visit, false);
            }
            match change {
                Change::Ended { received: got_file, failure, .. } => {
                    assert!(!got_file || checked && failure.is_none(), "seed {seed}: received unchecked, or failed");
                    visits += 1;
                    received += usize::from(got_file);
                    failed.extend(failure);
                    over.insert(running.take());
                }
                Change::Checked { .. } => (checked, _) = (true, kinds.insert("checked")),
                Change::Consents(_) => {
                    assert!(checked, "seed {seed}: consents without a check");
                    kinds.insert("consents");
                }
                Change::File { state, .. } => {
                    kinds.insert(if state == FileState::Waits { "waits" } else { "written" });
                    assert!(checked && matches!(state, FileState::Waits | FileState::Written));
                }
                Change::Stands(Standing { situation, method, failure, hint, called, .. }) => {
                    if situation == SituationName::Idle {
                        assert_eq!((visit, method, failure, hint, called), (None, None, None, None, false));
                    }
                    kinds.extend(method.map(|method| match method {
                        Authentication::Face => "by face",
                        Authentication::Pin => "by PIN",
                        Authentication::Visual => "by eye",
                    }));
                    kinds.extend(hint.map(|_| "hint"));
                    kinds.extend(called.then_some("called"));
                }
            }
        }
        assert_eq!(running, None, "seed {seed}: a visit did not end");
    }
    #[allow(clippy::disallowed_macros, reason = "the counts are what is asked for")]
    {
        println!("{visits} visits, {received} received, {} failures seen, {kinds:?}", failed.len());
    }
    let all = ["by PIN", "by eye", "by face", "called", "checked", "consents", "hint", "waits", "written"];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), all);
    assert!(received > 0 && failed.contains(&Failure::NotConfirmed), "{failed:?}");
}

#[test]
fn the_same_is_not_said_twice() {
    for seed in 0..50 {
        let mut before = None;
        for (visit, change) in walk(seed) {
            let Change::Stands(standing) = change else { continue };
            assert_ne!(before.as_ref(), Some(&(visit, standing.clone())), "seed {seed}");
            before = Some((visit, standing));
        }
    }
}
