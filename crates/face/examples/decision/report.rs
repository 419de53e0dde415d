//! What came of the visits, as lines, tables and JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use uketsuke_core::domain::face::Verdict;

use crate::lab::{exact_interval, percentile};

use super::visits::{Kind, Visit};
use super::{Ended, Try};

/// One visit on one line.
pub fn line(ended: &Ended) -> String {
    let visit = &ended.visit;
    let outcome = if ended.matched() { "matched" } else { "refused" };
    let tries: Vec<_> =
        ended.tries.iter().map(|one| format!("{} after {:.2} s", one.judgement, one.took.as_secs_f64())).collect();
    let kind = name(visit);
    format!("{kind} {} with card {}: {outcome}; {}", visit.clip_name(), visit.card_name(), tries.join("; then "))
}

fn name(visit: &Visit) -> String {
    match visit.kind {
        Kind::Live => "live".into(),
        Kind::Print => "print".into(),
        Kind::Made => format!("made {}", visit.way),
        Kind::Stranger => "stranger".into(),
    }
}

/// For each kind a table of the persons, then everything together.
pub fn tables(all: &[Ended]) -> String {
    let mut text = String::new();
    for ((_, kind), ended) in by(all, |ended| (ended.visit.kind, name(&ended.visit))) {
        text += &format!(
            "\n{kind}\n\n| person | visits | matched | at the first try | p50 s | p95 s | longest s | frames p50 | CPU s p50 | lowest, highest score |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
        );
        for (person, ended) in by_person(&ended) {
            text += &row(&person, &ended);
        }
        text += &row("all", &ended);
        let (matched, (low, high)) = (Figures::of(&ended).matched, shares(&ended));
        text += &format!(
            "\nmatched {matched} of {}: {:.1} to {:.1} % (exact 95 % interval over visits)\n",
            ended.len(),
            low * 1e2,
            high * 1e2
        );
        let Refusals { words, ends } = Refusals::of(&ended);
        if !ends.is_empty() {
            let of =
                |times: &[f64]| [0.5, 0.95, 1.0].map(|share| format!("{:.2}", percentile(times, share))).join(", ");
            text += &format!(
                "{} tries refused, seconds from the first picture (p50, p95, longest): first words {}, refusal {}\n",
                ends.len(),
                of(&words),
                of(&ends)
            );
        }
    }
    text
}

fn row(name: &str, ended: &[&Ended]) -> String {
    let Figures { visits, matched, first, seconds, frames, cpu, scores } = Figures::of(ended);
    let at = |values: &[f64], share| percentile(values, share);
    format!(
        "| {name} | {visits} | {matched} | {first} | {:.2} | {:.2} | {:.2} | {:.0} | {:.2} | {:.2}, {:.2} |\n",
        at(&seconds, 0.5),
        at(&seconds, 0.95),
        at(&seconds, 1.0),
        at(&frames, 0.5),
        at(&cpu, 0.5),
        at(&scores, 0.0),
        at(&scores, 1.0),
    )
}

/// The exact interval of the share that is matched.
fn shares(ended: &[&Ended]) -> (f64, f64) {
    exact_interval(ended.iter().filter(|one| one.matched()).count() as u32, ended.len() as u32)
}

/// Seconds from the first picture of the tries that did not match.
struct Refusals {
    /// To the first words that ask for something; the refusal's own where none came before.
    words: Vec<f64>,
    ends: Vec<f64>,
}

impl Refusals {
    fn of(ended: &[&Ended]) -> Self {
        let tries = ended.iter().flat_map(|one| &one.tries);
        let refused: Vec<_> = tries.filter(|one| one.judgement.verdict != Verdict::Match).collect();
        let words = refused.iter().map(|one| one.words.unwrap_or(one.took).as_secs_f64()).collect();
        Self { words, ends: refused.iter().map(|one| one.took.as_secs_f64()).collect() }
    }

    fn json(&self) -> Value {
        let ms = |times: &[f64], share| (percentile(times, share) * 1e3).round();
        let of = |t: &[f64]| json!({ "p50_ms": ms(t, 0.5), "p95_ms": ms(t, 0.95), "max_ms": ms(t, 1.0) });
        json!({ "tries": self.ends.len(), "first_words": of(&self.words), "refusal": of(&self.ends) })
    }
}

struct Figures {
    visits: usize,
    matched: usize,
    first: usize,
    seconds: Vec<f64>,
    frames: Vec<f64>,
    cpu: Vec<f64>,
    scores: Vec<f64>,
}

impl Figures {
    fn of(ended: &[&Ended]) -> Self {
        let count = |is: &dyn Fn(&Ended) -> bool| ended.iter().filter(|ended| is(ended)).count();
        let tries = || ended.iter().flat_map(|ended| &ended.tries);
        let sum = |ended: &Ended, of: &dyn Fn(&Try) -> f64| ended.tries.iter().map(of).sum::<f64>();
        Self {
            visits: ended.len(),
            matched: count(&|ended| ended.matched()),
            first: count(&|ended| ended.matched() && ended.tries.len() == 1),
            seconds: ended.iter().map(|ended| ended.seconds()).collect(),
            frames: ended.iter().map(|e| sum(e, &|one| one.judgement.evidence.seen_frames.into())).collect(),
            cpu: ended.iter().map(|e| sum(e, &|one| one.cpu.unwrap_or_default().as_secs_f64())).collect(),
            scores: tries().map(|one| one.judgement.evidence.score.into()).collect(),
        }
    }

    fn json(&self) -> Value {
        let ms = |share| (percentile(&self.seconds, share) * 1e3).round();
        json!({ "decisions": self.visits, "matched": self.matched, "matched_at_first_try": self.first,
                "p50_ms": ms(0.5), "p95_ms": ms(0.95), "max_ms": ms(1.0), "frames_p50": percentile(&self.frames, 0.5),
                "cpu_ms_p50": (percentile(&self.cpu, 0.5) * 1e3).round() })
    }
}

/// One object: the figures of everything together, of each kind, and every visit.
pub fn json(all: &[Ended], rate: u32, threads: u8) -> Value {
    let refs: Vec<_> = all.iter().collect();
    let mut object = Figures::of(&refs).json();
    object["rate"] = rate.into();
    object["threads"] = threads.into();
    for (kind, ended) in by(all, |ended| name(&ended.visit)) {
        object[&kind] = Figures::of(&ended).json();
        let (low, high) = shares(&ended);
        object[&kind]["matched_interval_95"] = json!([low, high]);
        object[&kind]["refused_tries"] = Refusals::of(&ended).json();
    }
    object["visits"] = all.iter().map(visit).collect();
    object
}

fn visit(ended: &Ended) -> Value {
    let attempt = |one: &Try| {
        let evidence = &one.judgement.evidence;
        json!({ "verdict": format!("{:?}", one.judgement.verdict), "why": one.judgement.to_string(),
                "seconds": one.took.as_secs_f64(), "cpu_seconds": one.cpu.map(|cpu| cpu.as_secs_f64()),
                "first_words_seconds": one.words.map(|words| words.as_secs_f64()),
                "signs": one.signs.map(|signs| json!({ "texture": signs.texture, "parallax": signs.parallax,
                    "flat": signs.flat, "carried": signs.carried, "blinked": signs.blinked, "turned": signs.turned })),
                "score": evidence.score, "liveness": evidence.liveness,
                "good_frames": evidence.good_frames, "seen_frames": evidence.seen_frames })
    };
    let (visit, tries): (_, Vec<_>) = (&ended.visit, ended.tries.iter().map(attempt).collect());
    let clock = if ended.replayed { "pictures" } else { "camera" };
    json!({ "kind": name(visit), "clock": clock, "person": visit.person, "clip": visit.clip_name(), "card": visit.card_name(),
            "matched": ended.matched(), "seconds": ended.seconds(), "tries": tries })
}

fn by<K: Ord>(all: &[Ended], key: impl Fn(&Ended) -> K) -> BTreeMap<K, Vec<&Ended>> {
    let mut groups = BTreeMap::<K, Vec<&Ended>>::new();
    all.iter().for_each(|ended| groups.entry(key(ended)).or_default().push(ended));
    groups
}

fn by_person<'e>(ended: &[&'e Ended]) -> BTreeMap<String, Vec<&'e Ended>> {
    let mut groups = BTreeMap::<String, Vec<&Ended>>::new();
    ended.iter().for_each(|one| groups.entry(one.visit.person.clone()).or_default().push(one));
    groups
}
