//! `docs/states.md`: every situation and every edge out of it, as walks over the transition table find them.

#![allow(clippy::disallowed_methods, reason = "the page is a file, and a variable says that it is to be made anew")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Write as _};

use uketsuke_core::domain::code_b::PrintHint;
use uketsuke_core::domain::face::Hint;
use uketsuke_core::domain::failure::Failure;
use uketsuke_core::domain::session::{
    Action, Answer, Effect, Happening, OnScreen, PanelTouch, PatientInput, Settings, SituationName, step,
};
use uketsuke_core::domain::staff_order::{Refusal, StaffCommand, StaffPlace};

use crate::chance::{Dice, ORDERS, TOUCHES, other, random_event};
use crate::support::{World, every_question, good};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/states.md");
const ANEW: &str = "UPDATE_STATES=1 cargo nextest run -p uketsuke-core states";
/// States tried of each situation, at most, each with something else in it or under way.
const TRIED: usize = 100;
/// How often the dice are asked for another answer than the good one.
const ROLLS: usize = 80;

/// What devices say by themselves.
const DEVICES: &[Happening] = &[
    Happening::CardPlaced,
    Happening::CardGone,
    Happening::ReaderReady,
    Happening::ReaderLost(Failure::ReaderGone),
    Happening::FaceHint(Hint::NoFace),
    Happening::FaceProgress(100),
    Happening::PrintHint(PrintHint::Nearer),
];

#[test]
fn the_page_of_states_is_what_the_table_does() {
    let page = page();
    if std::env::var_os("UPDATE_STATES").is_some() {
        std::fs::write(PAGE, &page).expect("the page can be written");
    }
    let written = std::fs::read_to_string(PAGE).unwrap_or_default();
    let differs = page.lines().zip(written.lines()).find(|(now, then)| now != then);
    assert!(
        page == written,
        "docs/states.md says something else, first here: {differs:?}; if the table is right: {ANEW}"
    );
}

/// Effects that go on when their situation is left.
const LOOSE: [&str; 5] = ["TellStaff", "AnswerOrder", "Settle", "ForgetDigits", "ForgetAnswer"];

/// What one kind of event does when it leads to one situation.
#[derive(Default)]
struct Edge {
    /// Orders of every such step, and of some.
    always: Option<BTreeSet<String>>,
    ever: BTreeSet<String>,
    /// With which failures, where the event is one.
    failures: BTreeSet<&'static str>,
}

/// By event, then by the situation that it leads to.
type Edges = BTreeMap<String, BTreeMap<SituationName, Edge>>;

fn page() -> String {
    let loose = LOOSE.join(", ");
    let mut page = format!(
        "# Situations\n\nEvery situation of the kiosk and every way out of it, found by walking the transition table\n\
         (`crates/core/src/domain/session`); the suite fails where this page differs. Made anew with\n`{ANEW}`.\n\n\
         *When*: what happens: a touch by its name in `PatientInput`, an effect with how it ended. What changes nothing is left out, and\n\
         how {loose} end, which leads nowhere. *Then*: the next situation; a dash where it stays.\n\
         *Orders*: effects; those in brackets only in some cases.\n"
    );
    for (name, worlds) in walked() {
        let mut edges = Edges::new();
        worlds.values().for_each(|world| try_everything(world, &mut edges));
        write!(page, "\n## {name:?}\n\n| When | Then | Orders |\n|---|---|---|\n").expect("a text grows");
        rows(name, &edges).iter().for_each(|row| page.push_str(row));
    }
    page
}

/// States of every situation that differ in their data or in what is under way.
fn walked() -> BTreeMap<SituationName, BTreeMap<String, World>> {
    let mut found: BTreeMap<SituationName, BTreeMap<String, World>> = BTreeMap::new();
    for seed in 0..1_200 {
        let settings = if seed % 4 == 0 { Settings::default() } else { every_question() };
        let (mut world, mut dice) = (World::at(step, settings), Dice::new(seed));
        for _ in 0..200 {
            random_event(&mut world, &mut dice).expect("the rules hold");
            let situation = world.state.on_screen();
            let known = found.entry(situation.name()).or_default();
            if known.len() < TRIED {
                let running: Vec<String> = world.ledger.values().map(name).collect();
                let visit = world.state.visit().map(|visit| visit.at.name());
                // A pause counts seconds down; what matters is where it leads back to.
                let data = (!matches!(situation, OnScreen::Pause(_))).then_some(situation);
                known.entry(format!("{data:?} {visit:?} {running:?}")).or_insert_with(|| world.clone());
            }
        }
    }
    found
}

fn try_everything(world: &World, edges: &mut Edges) {
    let touches = TOUCHES.iter().map(|touch| (touched(*touch), Happening::Patient(*touch)));
    let staff = ORDERS.iter().map(|command| {
        let unticked = matches!(command, StaffCommand::SeenByEye { before_me: false, .. });
        let when = format!("staff: {}{}", name(command), if unticked { " unticked" } else { "" });
        (when, Happening::Staff(world.of_staff(*command, StaffPlace::Desk)))
    });
    let panel =
        [PanelTouch::LookByEye, PanelTouch::Close].map(|touch| (format!("panel: {touch:?}"), Happening::Panel(touch)));
    for (when, what) in touches.chain(staff).chain(panel) {
        note(world, when, what, None, edges);
    }
    for first in DEVICES {
        note(world, name(first), first.clone(), None, edges);
        // What a device said before decides what it can say: whether a walk had come by with it is chance.
        let mut then = world.clone();
        then.happen(first.clone()).expect("the rules hold");
        if then.state.on_screen().name() == world.state.on_screen().name() {
            DEVICES.iter().for_each(|second| note(&then, name(second), second.clone(), None, edges));
        }
    }
    for (id, action) in &world.ledger {
        let mut dice = Dice::new(1);
        let others = (0..ROLLS).map(|_| other(action, &mut dice)).collect::<Vec<_>>();
        for answer in others.into_iter().chain([good(action), Answer::TimedOut]) {
            let timer = matches!(action, Action::Wait(..)) && answer != Answer::TimeUp;
            if !timer && !matches!(answer, Answer::Failed(_)) {
                let when = format!("{}: {}", ordered(action), name(&answer));
                note(world, when, Happening::Ended(*id, answer), None, edges);
            }
        }
        for failure in Failure::ALL.iter().filter(|_| !matches!(action, Action::Wait(..))) {
            let what = Happening::Ended(*id, Answer::Failed(*failure));
            note(world, format!("{}: Failed", ordered(action)), what, Some(*failure), edges);
        }
    }
}

fn note(world: &World, when: String, what: Happening, failure: Option<Failure>, edges: &mut Edges) {
    let (next, effects) = world.peek(what);
    let loose = LOOSE.iter().any(|loose| when.starts_with(loose)) && next.on_screen() == world.state.on_screen();
    let refused = effects.iter().find_map(refusal);
    if effects.is_empty() && (loose || next == world.state) || refused == Some(Refusal::NobodyHere) {
        return;
    }
    let when = refused.map_or_else(|| when.clone(), |refusal| format!("{when} (refused: {})", refusal.slug()));
    let orders: BTreeSet<String> = effects.iter().filter_map(order).collect();
    let edge = edges.entry(when).or_default().entry(next.on_screen().name()).or_default();
    edge.always = Some(edge.always.take().map_or_else(|| orders.clone(), |always| &always & &orders));
    edge.ever.extend(orders);
    edge.failures.extend(failure.map(Failure::slug));
}

/// One row for all that leads to the same place with the same orders.
fn rows(from: SituationName, edges: &Edges) -> Vec<String> {
    let mut rows: BTreeMap<(SituationName, String), Vec<String>> = BTreeMap::new();
    for (when, ends) in edges {
        let most = ends.values().map(|edge| edge.failures.len()).max().unwrap_or_default();
        for (next, edge) in ends {
            let named = edge.failures.iter().copied().collect::<Vec<_>>().join(", ");
            let when = match edge.failures.len() {
                0 => when.clone(),
                count if count == Failure::ALL.len() => when.clone(),
                count if count == most && count > 8 => format!("{when} (any other)"),
                _ => format!("{when} ({named})"),
            };
            rows.entry((*next, edge.orders())).or_default().push(when);
        }
    }
    let row = |((next, orders), when): (&(SituationName, String), &Vec<String>)| {
        let next = if *next == from { "–".to_owned() } else { format!("{next:?}") };
        format!("| {} | {next} | {orders} |\n", when.join("; "))
    };
    rows.iter().map(row).collect()
}

impl Edge {
    fn orders(&self) -> String {
        let always = self.always.clone().unwrap_or_default();
        let some = self.ever.difference(&always).map(|order| format!("({order})"));
        always.iter().cloned().chain(some).collect::<Vec<_>>().join(", ")
    }
}

fn touched(touch: PatientInput) -> String {
    match touch {
        PatientInput::EnteredBy(_) | PatientInput::ConsentTo(_) => name(&touch),
        touch => format!("{touch:?}"),
    }
}

fn refusal(effect: &Effect) -> Option<Refusal> {
    if let Effect::Perform { action: Action::AnswerOrder { outcome: Err(refusal), .. }, .. } = effect {
        Some(*refusal)
    } else {
        None
    }
}

fn order(effect: &Effect) -> Option<String> {
    if let Effect::Perform { action, .. } = effect { Some(ordered(action)) } else { None }
}

/// An action by its name, a timer with what it is for.
fn ordered(action: &Action) -> String {
    if let Action::Wait(timer, _) = action { format!("Wait({})", name(timer)) } else { name(action) }
}

/// The variant alone, without what it carries.
fn name(value: &impl Debug) -> String {
    let whole = format!("{value:?}");
    whole.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
}
