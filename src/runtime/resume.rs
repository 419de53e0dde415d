//! Visits that broke off with an earlier run of the program: handed over and settled beside the visit of now.

use std::collections::BTreeMap;

use crate::domain::failure::Failure;
use crate::domain::ids::{EffectId, ReceptionId, Ticket};
use crate::domain::staff_news::StaffNews;
use crate::ports::{Delivery, DeliveryOrder, Operator, QualificationCommand, Reply, ResumedVisit};

use super::{Ports, desk, record};

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
                tell(ports, &check_id, queued, &delivery);
                record::record(ports, None, Operator::Kiosk, record::of_delivery(&check_id, &delivery));
                let settle = QualificationCommand::Settle { check_id, delivered: true };
                ports.qualification.submit(self.ticket(), settle);
            }
            // It stays in the journal or the queue: the next start tries again.
            (Some(Origin { check_id, queued }), Err(failure)) => {
                let news = if queued {
                    StaffNews::QueuedUndelivered { check_id, failure }
                } else {
                    StaffNews::BrokenOffUndelivered { check_id, failure }
                };
                desk::tell(ports, None, news);
            }
            (None, Err(failure)) => {
                tracing::error!(code = failure.code(), "a visit that broke off could not be settled");
            }
            (Some(Origin { check_id, .. }), Ok(_)) => tracing::error!(check_id, "the answer does not fit the request"),
            (None, Ok(_)) => {}
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

/// Staff hear of a file that came late, but not of one that had been handed over before.
fn tell(ports: &Ports, check_id: &str, queued: bool, delivery: &Delivery) {
    let check_id = check_id.to_owned();
    let news = match (delivery, queued) {
        (Delivery::Done(receipt), _) if receipt.duplicate => {
            return tracing::info!(check_id, queued, "a visit broke off after its file had been handed over");
        }
        (Delivery::Done(_), true) => StaffNews::QueuedDelivered { check_id },
        (Delivery::Done(_), false) => StaffNews::BrokenOffDelivered { check_id },
        (&Delivery::Kept { waiting }, true) => StaffNews::QueuedWaits { check_id, waiting },
        (&Delivery::Kept { waiting }, false) => StaffNews::BrokenOffWaits { check_id, waiting },
    };
    desk::tell(ports, None, news);
}
