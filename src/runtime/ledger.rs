//! The ledger of running effects: who asked for what, and until when. An effect leaves it exactly once.

use std::collections::{BTreeMap, BTreeSet};

use tokio::time::Instant;

use crate::domain::ids::{EffectId, ReceptionId, Ticket};
use crate::domain::session::Action;

struct Entry {
    reception: ReceptionId,
    action: Action,
    due: Instant,
}

/// Running effects, ordered by name and by deadline.
#[derive(Default)]
pub(super) struct Ledger {
    entries: BTreeMap<EffectId, Entry>,
    deadlines: BTreeSet<(Instant, EffectId)>,
}

impl Ledger {
    pub(super) fn open(&mut self, ticket: Ticket, action: Action, due: Instant) {
        self.deadlines.insert((due, ticket.effect));
        self.entries.insert(ticket.effect, Entry { reception: ticket.reception, action, due });
    }

    /// What runs under that ticket; `None` for a late, double or foreign one.
    pub(super) fn action(&self, ticket: Ticket) -> Option<&Action> {
        self.entries.get(&ticket.effect).filter(|e| e.reception == ticket.reception).map(|e| &e.action)
    }

    /// Takes an effect out; `None` when it has already ended.
    pub(super) fn close(&mut self, id: EffectId) -> Option<(Ticket, Action)> {
        let entry = self.entries.remove(&id)?;
        self.deadlines.remove(&(entry.due, id));
        Some((Ticket { reception: entry.reception, effect: id }, entry.action))
    }

    /// Whether the outcome of a counted check is being noted.
    pub(super) fn settles(&self) -> bool {
        self.entries.values().any(|entry| matches!(entry.action, Action::Settle { .. }))
    }

    /// When the next effect is due.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.deadlines.first().map(|(due, _)| *due)
    }

    /// An effect that is due by `now`.
    pub(super) fn due_by(&self, now: Instant) -> Option<EffectId> {
        self.deadlines.first().filter(|(due, _)| *due <= now).map(|(_, id)| *id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn an_effect_leaves_once_and_only_for_its_own_visit() {
        let mut ledger = Ledger::default();
        let now = Instant::now();
        let ticket = Ticket { reception: ReceptionId(1), effect: EffectId(7) };
        ledger.open(ticket, Action::CleanUp, now + Duration::from_secs(1));
        assert!(ledger.action(Ticket { reception: ReceptionId(2), ..ticket }).is_none());
        assert_eq!(ledger.due_by(now), None);
        assert_eq!(ledger.due_by(now + Duration::from_secs(2)), Some(EffectId(7)));
        assert!(ledger.close(EffectId(7)).is_some());
        assert!(ledger.close(EffectId(7)).is_none());
        assert_eq!(ledger.next_due(), None);
    }
}
