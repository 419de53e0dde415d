//! Random walks through the transition table with failed, late, double and foreign answers.
//!
//! They prove: every effect is answered once, no situation without a way out, an empty vault at rest.
//! Planted defects show that the walks would notice.

use std::collections::BTreeSet;

use crate::chance::{Dice, random_event};
use crate::support::{Broken, StepFn, World};
use proptest::prelude::*;
use uketsuke_core::domain::session::{
    Action, Effect, Event, Now, OnScreen, Rest, Situation, SituationName, State, step,
};

fn walk(step: StepFn, seed: u64, length: usize) -> Result<BTreeSet<SituationName>, Broken> {
    let mut world = World::new(step);
    let mut dice = Dice::new(seed);
    for _ in 0..length {
        random_event(&mut world, &mut dice)?;
        if dice.roll(20) == 0 {
            world.clone().left_alone()?;
        }
    }
    world.left_alone()?;
    Ok(world.visited)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_walk_keeps_the_rules(seed in any::<u64>(), length in 1usize..300) {
        if let Err(broken) = walk(step, seed, length) {
            prop_assert!(false, "{broken}");
        }
    }
}

#[test]
fn walks_visit_every_situation() {
    let visited: BTreeSet<_> = (0..900).flat_map(|seed| walk(step, seed, 300).expect("rules hold")).collect();
    let missing: Vec<_> = SituationName::ALL.iter().filter(|name| !visited.contains(name)).collect();
    assert!(missing.is_empty(), "never visited: {missing:?}");
}

/// Planted defect: the reception ends without its clean-up.
fn without_clean_up(state: &State, event: Event) -> (State, Vec<Effect>) {
    let (mut next, mut effects) = step(state, event);
    if next.on_screen() == OnScreen::Situation(&Situation::CleaningUp) {
        next.now = Now::Rest(Rest::Idle);
        next.pending.retain(|_, p| p.action != Action::CleanUp);
        effects.retain(|e| !matches!(e, Effect::Perform { action: Action::CleanUp, .. }));
    }
    (next, effects)
}

/// Planted defect: the timer of the code entry is forgotten.
fn without_idle_timer(state: &State, event: Event) -> (State, Vec<Effect>) {
    let (mut next, mut effects) = step(state, event);
    if next.on_screen().name() == SituationName::EnterPin {
        next.pending.retain(|_, p| !matches!(p.action, Action::Wait(..)));
        effects.retain(|e| !matches!(e, Effect::Perform { action: Action::Wait(..), .. }));
    }
    (next, effects)
}

/// Planted defect: cancelled work is still believed.
fn believing_cancelled(state: &State, event: Event) -> (State, Vec<Effect>) {
    let (mut next, mut effects) = step(state, event);
    for pending in next.pending.values_mut() {
        pending.cancelled = false;
    }
    effects.retain(|e| !matches!(e, Effect::Cancel(_)));
    (next, effects)
}

#[test]
fn planted_defects_are_noticed() {
    let defects: [(&str, StepFn); 3] = [
        ("dropped clean-up", without_clean_up),
        ("dropped idle timer", without_idle_timer),
        ("believed cancelled work", believing_cancelled),
    ];
    for (name, defect) in defects {
        let noticed = (0..100).any(|seed| walk(defect, seed, 300).is_err());
        assert!(noticed, "{name} was not noticed");
    }
}
