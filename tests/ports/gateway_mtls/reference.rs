//! The clinic's own number of a patient, registered in the background and brought along by later answers.

use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::Qualification;
use uketsuke::domain::reference_number::ReferenceOrder;
use uketsuke::domain::secret::Personal;
use uketsuke::ports::{QualificationCommand, QualificationReply};

use super::support::Rig;

#[test]
fn a_registered_number_comes_with_the_next_answer() {
    let rig = Rig::new();
    let client = rig.client();
    let answer = client.check_by_pin("p01").unwrap();
    assert!(answer.reference_number.is_none());
    let checks = rig.checks();
    for number in ["24434", "24434", "A-0001234"] {
        let order = ReferenceOrder::of(number, &answer.qualifications[0]).expect("an order");
        let reply = client.ask(QualificationCommand::RegisterReference(order));
        assert!(matches!(reply, Ok(QualificationReply::ReferenceRegistered)), "{:?}", reply.err());
        let again = client.check_by_pin("p01").unwrap();
        assert_eq!(again.reference_number, Some(Personal(number.to_owned())));
    }
    assert_eq!(rig.checks(), checks + 3, "registering counts nothing");
    assert!(client.check_by_pin("p02").unwrap().reference_number.is_none(), "nobody else has it");
}

#[test]
fn a_number_of_another_form_or_of_nobody_is_refused() {
    let rig = Rig::new();
    let client = rig.client();
    let insurance = client.check_by_pin("p01").unwrap().qualifications.remove(0);
    let (long, full) = ("1".repeat(21), Qualification { insured_number: None, ..insurance.clone() });
    for number in ["", "２４", "24 434", "24,434", &long, "鈴木"] {
        assert!(ReferenceOrder::of(number, &insurance).is_none(), "{number}");
    }
    assert!(ReferenceOrder::of("24434", &full).is_none());
    let stranger = Qualification { insured_number: Some(Personal("99999999".into())), ..insurance };
    let order = ReferenceOrder::of("24434", &stranger).expect("an order");
    assert_eq!(client.ask(QualificationCommand::RegisterReference(order)).err(), Some(Failure::CheckRefused));
}
