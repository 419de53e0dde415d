//! Requests to register a clinic's own number of a patient, in the folder from which the official software takes them.

use std::fs;

use encoding_rs::SHIFT_JIS;
use uketsuke::adapters::handoff::DropConfig;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::reference_number::ReferenceOrder;
use uketsuke::ports::{Delivery, Handoff, Reply, Report};

use super::{Kiosk, config, order, visible};

fn request(kiosk: &Kiosk, number: &str, insurance: usize) -> std::path::PathBuf {
    let order = ReferenceOrder::of(number, &order().answer.qualifications[insurance]).expect("an order");
    let ticket = Ticket { reception: ReceptionId::NOBODY, effect: EffectId(9) };
    assert!(kiosk.port.request_reference(ticket, Box::new(order)).is_ok());
    match kiosk.reports.recv_timeout(std::time::Duration::from_secs(30)).expect("an answer") {
        Report::Answered(answered, Ok(Reply::Handoff(Delivery::Done(receipt)))) if answered == ticket => receipt.file,
        _ => panic!("another report"),
    }
}

#[test]
fn each_request_has_a_number_of_its_own_also_when_the_last_was_taken() {
    let (folder, requests) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let start = || Kiosk::start(DropConfig { requests: Some(requests.path().to_owned()), ..config(folder.path()) });
    let kiosk = start();
    let first = request(&kiosk, "24434", 0);
    fs::remove_file(&first).expect("taken");
    let second = request(&kiosk, "24434", 1);
    drop(kiosk);
    let third = request(&start(), "24434", 2);
    let names = [first, second, third].map(|file| file.file_name().expect("a name").to_string_lossy().into_owned());
    for (name, counter) in names.iter().zip(["0001", "0002", "0003"]) {
        let digits = name.strip_prefix("OQSsiimm01req_").and_then(|rest| rest.strip_suffix(".xml")).expect("the name");
        assert!(digits.len() == 12 && digits.ends_with(counter), "{name}");
    }
    assert_eq!(visible(requests.path()), names[1..]);
}

#[test]
fn a_request_holds_what_finds_the_patient_and_no_name() {
    let (folder, requests) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let kiosk = Kiosk::start(DropConfig { requests: Some(requests.path().to_owned()), ..config(folder.path()) });
    let bytes = fs::read(request(&kiosk, "24434", 0)).expect("read");
    let text = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes).expect("Shift_JIS");
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"Shift_JIS\" standalone=\"no\"?>"), "{text}");
    for part in [
        "<MedicalInstitutionCode>1312345678<",
        "<ReferenceNumber>24434<",
        "<InsurerNumber>01990019<",
        "<InsuredCardSymbol>００１２<",
        "<InsuredIdentificationNumber>0000678<",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let six = fs::read(request(&kiosk, "24434", 2)).expect("read");
    assert!(SHIFT_JIS.decode(&six).0.contains("<InsurerNumber>  990010<"));
    assert!(!text.contains("InsuredBranchNumber") && !text.contains("德"), "{text}");
}

#[test]
fn without_such_a_folder_the_order_comes_back_for_the_gateway() {
    let folder = tempfile::tempdir().expect("a folder");
    let kiosk = Kiosk::start(config(folder.path()));
    let order = ReferenceOrder::of("24434", &order().answer.qualifications[0]).expect("an order");
    let ticket = Ticket { reception: ReceptionId::NOBODY, effect: EffectId(9) };
    assert_eq!(
        kiosk.port.request_reference(ticket, Box::new(order)).err().map(|order| order.number.0),
        Some("24434".into())
    );
}
