//! A virtual reader whose reports a test reads one by one.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use uketsuke::adapters::card::CardTrust;
use uketsuke::adapters::card::virtual_card::{Fault, VirtualCard, VirtualReader};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::qualification::{Authentication, CardProof, Challenge};
use uketsuke::domain::secret::Secret;
use uketsuke::people::authority::TestAuthority;
use uketsuke::ports::{CardCommand, CardReader, CardReply, Observation, Outbox, Report};

use crate::wire::card_with;

/// How long an answer may take.
pub const ANSWER: Duration = Duration::from_secs(20);

/// A virtual reader whose reports are read one by one.
pub struct Desk {
    /// The reader.
    pub reader: VirtualReader,
    /// What it says.
    pub reports: Receiver<Report>,
    effects: u64,
}

impl Desk {
    pub fn new() -> Self {
        Self::trusting(vec![TestAuthority::load().unwrap().face_ca_public_key()])
    }

    pub fn trusting(trust: impl Into<CardTrust>) -> Self {
        let (tell, reports) = channel();
        let outbox = Outbox::new(move |report| tell.send(report).unwrap_or_default());
        let desk = Self { reader: VirtualReader::start(trust, outbox).unwrap(), reports, effects: 0 };
        assert_eq!(desk.seen(), Observation::ReaderReady);
        desk
    }

    pub fn with(faults: &[Fault]) -> Self {
        let desk = Self::new();
        desk.place(card_with(faults));
        desk
    }

    pub fn place(&self, card: VirtualCard) {
        self.reader.insert(card);
        assert_eq!(self.seen(), Observation::CardPlaced);
    }

    pub fn seen(&self) -> Observation {
        match self.reports.recv_timeout(ANSWER).unwrap() {
            Report::Seen(observation) => observation,
            _ => panic!("an answer instead of an observation"),
        }
    }

    pub fn submit(&mut self, command: CardCommand) -> Ticket {
        self.effects += 1;
        let ticket = Ticket { reception: ReceptionId(1), effect: EffectId(self.effects) };
        self.reader.submit(ticket, command);
        ticket
    }

    pub fn ask(&mut self, command: CardCommand) -> Result<CardReply, Failure> {
        let ticket = self.submit(command);
        loop {
            match self.reports.recv_timeout(ANSWER).unwrap() {
                Report::Answered(of, answer) => {
                    assert_eq!(of, ticket);
                    return answer.map(|reply| reply.try_as_card().unwrap());
                }
                Report::Seen(Observation::CardGone) => {}
                _ => panic!("something else than an answer"),
            }
        }
    }

    pub fn open(&mut self, code: &str) -> Result<CardReply, Failure> {
        self.ask(CardCommand::OpenCardFace { code_b: Secret::new(code.as_bytes().try_into().unwrap()) })
    }

    pub fn sign(&mut self, pin: &str) -> Result<CardReply, Failure> {
        let pin = Secret::new(pin.as_bytes().try_into().unwrap());
        self.ask(CardCommand::SignWithPin { pin, challenge: challenge() })
    }

    pub fn prove(&mut self) -> Result<CardReply, Failure> {
        self.ask(CardCommand::ProveWithoutPin { challenge: challenge(), authentication: Authentication::Face })
    }

    pub fn log(&self) -> Vec<String> {
        self.reader.with_card(|card| card.log().iter().map(ToString::to_string).collect()).unwrap()
    }
}

pub fn challenge() -> Challenge {
    Challenge { id: "c-1".into(), nonce: vec![7; 32] }
}

pub fn proof(reply: Result<CardReply, Failure>) -> CardProof {
    match reply {
        Ok(CardReply::Proof(proof)) => *proof,
        Ok(_) => panic!("another answer"),
        Err(failure) => panic!("{failure:?}"),
    }
}

pub fn failure(reply: Result<CardReply, Failure>) -> Failure {
    reply.err().expect("an answer instead of a failure")
}
