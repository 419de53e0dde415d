//! Visits that broke off with an earlier run of the program: handed over and settled beside the visit of now.

use std::collections::BTreeMap;

use crate::domain::ids::{EffectId, ReceptionId, Ticket};
use crate::ports::{Delivery, DeliveryOrder, Operator, QualificationCommand, Report, ResumedVisit};

use super::{Ports, record};

/// Tickets of what is done for no visit of now.
const NOBODY: ReceptionId = ReceptionId(0);

/// What is under way, by effect: the gateway's name of the check.
#[derive(Default)]
pub(super) struct Resume {
    under_way: BTreeMap<EffectId, String>,
    tickets: u64,
}

impl Resume {
    /// Deals with the report when it belongs to such a visit; gives back any other.
    pub(super) fn take(&mut self, ports: &Ports, report: Report) -> Option<Report> {
        match report {
            Report::Resumed(visit) => self.hand_over(ports, *visit),
            Report::Handoff(ticket, outcome) if ticket.reception == NOBODY => {
                let check_id = self.under_way.remove(&ticket.effect)?;
                match outcome {
                    Ok(delivery) => {
                        tell(&check_id, &delivery);
                        record::record(ports, None, Operator::Kiosk, record::of_delivery(&check_id, &delivery));
                        let settle = QualificationCommand::Settle { check_id, delivered: true };
                        ports.qualification.submit(self.ticket(), settle);
                    }
                    // Its row stays in the journal: the next start tries again.
                    Err(failure) => tracing::error!(
                        check_id,
                        code = failure.code(),
                        "staff: a visit broke off with the program, and its file cannot be written"
                    ),
                }
            }
            Report::Qualification(ticket, outcome) if ticket.reception == NOBODY => {
                if let Err(failure) = outcome {
                    tracing::error!(code = failure.code(), "a visit that broke off could not be settled");
                }
            }
            other => return Some(other),
        }
        None
    }

    fn hand_over(&mut self, ports: &Ports, visit: ResumedVisit) {
        let ResumedVisit { answer, choices, consented_at } = visit;
        let ticket = self.ticket();
        self.under_way.insert(ticket.effect, answer.check_id.clone());
        ports.handoff.submit(ticket, DeliveryOrder { answer, choices, consented_at, entered_by: None, replaces: None });
    }

    fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket { reception: NOBODY, effect: EffectId(self.tickets) }
    }
}

/// Staff hear of a file that came late, but not of one that had been handed over before.
fn tell(check_id: &str, delivery: &Delivery) {
    match delivery {
        Delivery::Done(receipt) if receipt.duplicate => {
            tracing::info!(check_id, "a visit broke off after its file had been handed over");
        }
        Delivery::Done(_) => {
            tracing::warn!(check_id, "staff: a visit broke off with the program; its file is there now");
        }
        Delivery::Kept { waiting } => {
            tracing::warn!(check_id, waiting, "staff: a visit broke off with the program; its file waits in the kiosk");
        }
    }
}
