//! Code B is known beforehand: a virtual card, or the command line with a card of the test authority.

use std::time::Duration;

use crate::domain::ids::Ticket;
use crate::domain::secret::{CodeB, Secret};
use crate::ports::{CodeBReply, CodeBSource, Diagnose, Finding, FrameSlot, Outbox, Reply};

type Lookup = Box<dyn Fn() -> Option<CodeB> + Send + Sync>;

/// Knows the code of the card that lies on the reader.
pub struct KnownCodeB {
    lookup: Lookup,
    outbox: Outbox,
}

impl KnownCodeB {
    /// Always the same code.
    pub fn fixed(code_b: CodeB, outbox: Outbox) -> Self {
        Self::by(move || Secret::copied(code_b.expose()), outbox)
    }

    /// Asks `lookup` each time (the card of a demo changes); `None` sends the patient to the keypad.
    pub fn by(lookup: impl Fn() -> Option<CodeB> + Send + Sync + 'static, outbox: Outbox) -> Self {
        Self { lookup: Box::new(lookup), outbox }
    }
}

impl CodeBSource for KnownCodeB {
    fn look(&self, ticket: Ticket, _: FrameSlot, _: Duration) {
        self.submit(ticket, false);
    }

    fn submit(&self, ticket: Ticket, _may_read: bool) {
        let reply = (self.lookup)().map_or(CodeBReply::Unknown, CodeBReply::Found);
        self.outbox.answer(ticket, Ok(Reply::CodeB(reply)));
    }
}

impl Diagnose for KnownCodeB {
    fn diagnose(&self) -> Vec<Finding> {
        vec![match (self.lookup)() {
            Some(code) if code.expose().iter().all(u8::is_ascii_digit) => Finding::warning(
                "code-b",
                "known beforehand, for cards of the test authority",
                "Use it in training only.",
            ),
            Some(_) => Finding::bad("code-b", "the given code is not fourteen digits", "Give the code as 14 digits."),
            None => Finding::good("code-b", "no code is known for the present card; the patient types it"),
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{EffectId, ReceptionId};
    use crate::ports::{Health, Report};
    use std::sync::mpsc;

    fn ask(source: impl FnOnce(Outbox) -> KnownCodeB) -> Option<[u8; 14]> {
        let (sender, reports) = mpsc::channel();
        let source = source(Outbox::new(move |report| sender.send(report).expect("the test listens")));
        source.submit(Ticket { reception: ReceptionId(1), effect: EffectId(7) }, true);
        match reports.try_recv().expect("an answer") {
            Report::Answered(_, Ok(Reply::CodeB(CodeBReply::Found(code)))) => Some(*code.expose()),
            Report::Answered(_, Ok(Reply::CodeB(CodeBReply::Unknown))) => None,
            _ => panic!("another kind of answer"),
        }
    }

    #[test]
    fn a_known_code_is_given_each_time() {
        let digits = *b"55021720352285";
        assert_eq!(ask(|outbox| KnownCodeB::fixed(Secret::new(digits), outbox)), Some(digits));
        assert_eq!(ask(|outbox| KnownCodeB::by(|| None, outbox)), None);
    }

    #[test]
    fn letters_are_no_code() {
        let source = KnownCodeB::fixed(Secret::new(*b"5502172035228x"), Outbox::new(|_| {}));
        assert_eq!(source.diagnose()[0].health, Health::Bad);
    }
}
