//! What would come of lines that are drawn without the person they judge: halfway between what attacks or strangers
//! and what true visits of everybody else showed.

use std::collections::BTreeSet;

use super::visits::Kind;
use super::{Ended, Try};

/// A measure of which a visit must have enough, and whom it is to keep out.
struct Line {
    name: &'static str,
    of: fn(&Try) -> Option<f32>,
    against: &'static [Kind],
}

const LINES: [Line; 2] = [
    Line { name: "score", of: |one| Some(one.judgement.evidence.score), against: &[Kind::Stranger] },
    Line { name: "texture", of: |one| one.signs.map(|signs| signs.texture), against: &[Kind::Print] },
];

/// A sentence for each measure that visits of both kinds show.
pub fn told(all: &[Ended]) -> String {
    LINES.iter().filter_map(|line| line.told(all)).collect()
}

impl Line {
    fn told(&self, all: &[Ended]) -> Option<String> {
        let persons: BTreeSet<_> = all.iter().map(|one| one.visit.person.as_str()).collect();
        let (mut lines, mut refused, mut passed) = (Vec::new(), 0, 0);
        for person in &persons {
            let is_other = |one: &&Ended| one.visit.person != *person && !one.visit.card_name().starts_with(person);
            let true_ones = all.iter().filter(is_other).filter_map(|one| self.best(one, &[Kind::Live]));
            let false_ones = all.iter().filter(is_other).filter_map(|one| self.best(one, self.against));
            let line = (true_ones.min_by(f32::total_cmp)? + false_ones.max_by(f32::total_cmp)?) / 2.0;
            lines.push(line);
            let own = || all.iter().filter(|one| one.visit.person == *person);
            refused += own().filter_map(|one| self.best(one, &[Kind::Live])).filter(|best| *best < line).count();
            passed += own().filter_map(|one| self.best(one, self.against)).filter(|best| *best >= line).count();
        }
        let (lowest, highest) = (lines.iter().copied().reduce(f32::min)?, lines.iter().copied().reduce(f32::max)?);
        Some(format!(
            "\n{}: lines drawn without each person in turn lie at {lowest:.3} to {highest:.3}; by them {refused} true visits of the \
             person left out fail, and {passed} others pass\n",
            self.name
        ))
    }

    /// The most that a visit of these kinds showed.
    fn best(&self, one: &Ended, kinds: &[Kind]) -> Option<f32> {
        let tries = kinds.contains(&one.visit.kind).then_some(&one.tries)?;
        tries.iter().filter_map(self.of).max_by(f32::total_cmp)
    }
}
