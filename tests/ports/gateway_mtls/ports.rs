//! The contract suite of the qualification port over the real client and gateway, and the gateway's verdict on what the
//! virtual card signs.

use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use uketsuke::adapters::card::virtual_card::{VirtualCard, VirtualReader};
use uketsuke::adapters::qualification::{ClientConfig, QualificationClient};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::qualification::{Authentication, CardProof, Challenge, Validity};
use uketsuke::domain::secret::Secret;
use uketsuke::people::authority::TestAuthority;
use uketsuke::people::by_id;
use uketsuke::ports::{CardCommand, CardReader, CardReply, Report};

use super::support::{Card, Rig, short, today};
use crate::suite::{self, QualificationRig, listen};

#[test]
fn the_client_fulfils_the_contract_of_its_port() {
    let rig = Arc::new(Rig::new());
    let (outbox, reports) = listen();
    let config = ClientConfig {
        base_url: rig.url(),
        identity_dir: rig.identity.clone(),
        pins: Vec::new(),
        journal_path: rig.dir.path().join("journal.sqlite"),
        facility_code: None,
        terminal_id: None,
        budgets: short(),
        repertoire: Default::default(),
        resolve: true,
    };
    let port = QualificationClient::start(config, rig.runtime.handle().clone(), rig.clock.port(), outbox).unwrap();
    let gateway = Arc::clone(&rig);
    suite::qualification(&QualificationRig {
        port: Arc::new(port),
        reports,
        prove: Box::new(|challenge| Card::of("p02").by_pin(challenge)),
        stall: Box::new(move || {
            gateway.gateway().change(|settings| settings.faults = vec!["check=hang*1".parse().unwrap()]);
        }),
    });
}

/// A virtual reader with one person's card on it.
struct Desk {
    reader: VirtualReader,
    reports: Receiver<Report>,
    person: uketsuke::people::Person,
}

impl Desk {
    fn with_card_of(person: &str) -> Self {
        let (authority, person) = (TestAuthority::load().unwrap(), by_id(person).unwrap());
        let (outbox, reports) = listen();
        let reader = VirtualReader::start(vec![authority.face_ca_public_key()], outbox).unwrap();
        reader.insert(VirtualCard::new(&authority, &person, today(), &[]).unwrap());
        Self { reader, reports, person }
    }

    fn ask(&self, command: CardCommand) -> CardReply {
        self.reader.submit(Ticket { reception: ReceptionId(1), effect: EffectId(1) }, command);
        loop {
            match self.reports.recv_timeout(Duration::from_secs(20)).unwrap() {
                Report::Answered(_, answer) => {
                    let reply = answer.unwrap_or_else(|failure| panic!("{failure:?}"));
                    return reply.try_as_card().expect("the card's answer");
                }
                Report::Seen(_) => {}
                _ => panic!("a report of another port"),
            }
        }
    }

    fn proof(&self, command: CardCommand) -> CardProof {
        match self.ask(command) {
            CardReply::Proof(proof) => *proof,
            _ => panic!("no proof"),
        }
    }
}

#[test]
fn what_the_virtual_card_signs_by_pin_is_believed() {
    let (rig, desk) = (Rig::new(), Desk::with_card_of("p02"));
    let client = rig.client();
    let pin = Secret::new(desk.person.pin.as_bytes().try_into().unwrap());
    let proof = desk.proof(CardCommand::SignWithPin { pin, challenge: client.challenge() });
    let answer = client.check(proof).unwrap();
    assert_eq!((answer.validity, answer.summary().patient.0.name), (Validity::Valid, desk.person.name.clone()));
}

fn by_face(challenge: Challenge) -> CardCommand {
    CardCommand::ProveWithoutPin { challenge, authentication: Authentication::Face }
}

#[test]
fn what_the_virtual_card_shows_by_face_is_believed_once_changed_no_more() {
    let (rig, desk) = (Rig::new(), Desk::with_card_of("p05"));
    let client = rig.client();
    let code_b = Secret::new(desk.person.code_b().as_bytes().try_into().unwrap());
    assert!(matches!(desk.ask(CardCommand::OpenCardFace { code_b }), CardReply::CardFace { .. }));
    let proof = desk.proof(by_face(client.challenge()));
    assert_eq!(client.check(proof).unwrap().validity, Validity::Valid);
    let mut changed = desk.proof(by_face(client.challenge()));
    changed.card_face.as_mut().unwrap().pictures_hash[0] ^= 1;
    assert_eq!(client.check(changed).unwrap_err(), Failure::CheckRefused);
}
