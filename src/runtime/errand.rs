//! What the desk asks of the kiosk beside the visit: the clinic's own number of a patient is registered, the queue asked again.

use std::collections::BTreeMap;

use crate::domain::failure::Failure;
use crate::domain::ids::{EffectId, ReceptionId, Ticket};
use crate::domain::qualification::QualificationAnswer;
use crate::domain::reference_number::ReferenceOrder;
use crate::domain::secret::Personal;
use crate::domain::staff_order::{OrderId, Refusal};
use crate::ports::{Errand, QualificationCommand, QualificationReply, Reply};

use super::Ports;

/// Effects of errands; those of visits that broke off count from one and never come so far.
const FIRST: u64 = 1 << 62;

/// What an errand waits for.
enum Step {
    /// The answer to that check, whose patient gets the number.
    Check(Personal<String>),
    /// The last one.
    End,
}

/// Errands under way, by effect.
#[derive(Default)]
pub(super) struct Errands {
    under_way: BTreeMap<EffectId, (OrderId, Step)>,
    tickets: u64,
}

impl Errands {
    /// Whether that effect is one's.
    pub(super) fn own(&self, effect: EffectId) -> bool {
        effect.0 > FIRST && effect.0 <= FIRST + self.tickets
    }

    /// Begins one.
    pub(super) fn begin(&mut self, ports: &Ports, order: OrderId, errand: Errand) {
        match errand {
            Errand::AskQueueAgain => {
                let ticket = self.ticket(order, Step::End);
                ports.qualification.submit(ticket, QualificationCommand::AskQueueAgain);
            }
            Errand::RegisterReference { check_id, number } => {
                let ticket = self.ticket(order, Step::Check(number));
                ports.qualification.submit(ticket, QualificationCommand::Fetch { check_id });
            }
        }
    }

    /// Goes on with the one of that effect, or says what came of it.
    pub(super) fn answered(&mut self, ports: &Ports, effect: EffectId, outcome: Result<Reply, Failure>) {
        let Some((order, step)) = self.under_way.remove(&effect) else { return };
        let said = match (step, outcome) {
            (Step::Check(number), Ok(Reply::Qualification(QualificationReply::Answer(answer)))) => {
                match order_of(&number.0, &answer) {
                    Some(reference) => return self.register(ports, order, reference),
                    None => Err(Refusal::NoSuchPatient),
                }
            }
            (Step::End, Ok(_)) => Ok(()),
            (_, outcome) => {
                let code = outcome.err().map_or("an answer that does not fit", Failure::code);
                tracing::warn!(code, "what the desk asked for beside the visit could not be done");
                Err(Refusal::NotReached)
            }
        };
        ports.desk.answer(order, said);
    }

    /// Through the site's folder of requests where there is one, else by the gateway.
    fn register(&mut self, ports: &Ports, order: OrderId, reference: ReferenceOrder) {
        let ticket = self.ticket(order, Step::End);
        if let Err(reference) = ports.handoff.request_reference(ticket, Box::new(reference)) {
            ports.qualification.submit(ticket, QualificationCommand::RegisterReference(*reference));
        }
    }

    fn ticket(&mut self, order: OrderId, step: Step) -> Ticket {
        self.tickets += 1;
        let effect = EffectId(FIRST + self.tickets);
        self.under_way.insert(effect, (order, step));
        Ticket { reception: ReceptionId::NOBODY, effect }
    }
}

/// Whose number it is: of the first insurance by which somebody can be found.
fn order_of(number: &str, answer: &QualificationAnswer) -> Option<ReferenceOrder> {
    answer.qualifications.iter().find_map(|insurance| ReferenceOrder::of(number, insurance))
}
