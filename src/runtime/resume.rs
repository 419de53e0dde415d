//! Visits that broke off with an earlier run of the program: handed over and settled beside the visit of now.

use std::collections::BTreeMap;

use crate::domain::failure::Failure;
use crate::domain::ids::{EffectId, ReceptionId, Ticket};
use crate::ports::{Delivery, DeliveryOrder, Operator, QualificationCommand, Reply, ResumedVisit};

use super::{Ports, record};

/// Whose file is under way.
struct Origin {
    /// The gateway's name of the check.
    check_id: String,
    /// Out of the offline queue; else of a visit that broke off.
    queued: bool,
}

/// What is under way, by effect.
#[derive(Default)]
pub(super) struct Resume {
    under_way: BTreeMap<EffectId, Origin>,
    tickets: u64,
}

impl Resume {
    /// An answer to what was done for such a visit: its file first, then the note of what became of it.
    pub(super) fn answered(&mut self, ports: &Ports, effect: EffectId, outcome: Result<Reply, Failure>) {
        match (self.under_way.remove(&effect), outcome) {
            (Some(Origin { check_id, queued }), Ok(Reply::Handoff(delivery))) => {
                tell(&check_id, queued, &delivery);
                record::record(ports, None, Operator::Kiosk, record::of_delivery(&check_id, &delivery));
                let settle = QualificationCommand::Settle { check_id, delivered: true };
                ports.qualification.submit(self.ticket(), settle);
            }
            // It stays in the journal or the queue: the next start tries again.
            (Some(Origin { check_id, queued }), Err(failure)) => {
                tracing::error!(
                    check_id,
                    code = failure.code(),
                    "staff: {}, and its file cannot be written",
                    of(queued)
                );
            }
            (None, Err(failure)) => {
                tracing::error!(code = failure.code(), "a visit that broke off could not be settled");
            }
            (_, Ok(_)) => {}
        }
    }

    /// Begins to hand such a visit over.
    pub(super) fn hand_over(&mut self, ports: &Ports, visit: ResumedVisit) {
        let ResumedVisit { answer, choices, consented_at, renews: replaces, queued } = visit;
        let ticket = self.ticket();
        self.under_way.insert(ticket.effect, Origin { check_id: answer.check_id.clone(), queued });
        ports.handoff.submit(ticket, DeliveryOrder { answer, choices, consented_at, entered_by: None, replaces });
    }

    fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket { reception: ReceptionId::NOBODY, effect: EffectId(self.tickets) }
    }
}

/// Where the file comes from, for staff.
fn of(queued: bool) -> &'static str {
    if queued { "a queued patient's insurance is confirmed" } else { "a visit broke off with the program" }
}

/// Staff hear of a file that came late, but not of one that had been handed over before.
fn tell(check_id: &str, queued: bool, delivery: &Delivery) {
    match delivery {
        Delivery::Done(receipt) if receipt.duplicate => {
            tracing::info!(check_id, queued, "a visit broke off after its file had been handed over");
        }
        Delivery::Done(_) => tracing::warn!(check_id, "staff: {}; its file is there now", of(queued)),
        Delivery::Kept { waiting } => {
            tracing::warn!(check_id, waiting, "staff: {}; its file waits in the kiosk", of(queued));
        }
    }
}
