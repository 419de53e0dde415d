//! Requests to register a clinic's own number of a patient, in the folder from which the official software takes them.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use encoding_rs::SHIFT_JIS;
use uketsuke::adapters::handoff::{Answers, DropConfig};
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::reference_number::ReferenceOrder;
use uketsuke::domain::staff_news::StaffNews;
use uketsuke::ports::{Delivery, Handoff, News, Reply, Report};

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

/// Longest wait for something that must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// What staff are told next.
fn told(kiosk: &Kiosk) -> StaffNews {
    std::iter::from_fn(|| kiosk.reports.recv_timeout(PATIENCE).ok())
        .find_map(|report| if let Report::News(News::Staff(news)) = report { Some(news) } else { None })
        .expect("staff are told")
}

/// The official software's answer to the request `file`, as it writes one.
fn answers(folder: &Path, file: &Path, header: &str, body: &str) -> std::path::PathBuf {
    let name = file.file_name().expect("a name").to_string_lossy().replace("req_", "res_");
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"Shift_JIS\" standalone=\"no\"?>\r\n<XmlMsg><MessageHeader>{header}</MessageHeader>\
         <MessageBody>{body}</MessageBody></XmlMsg>"
    );
    fs::write(folder.join(&name), SHIFT_JIS.encode(&text).0).expect("answered");
    folder.join(name)
}

#[test]
fn a_refusal_is_told_and_stays_a_registration_is_cleaned_up() {
    let [folder, requests, res] = [(); 3].map(|()| tempfile::tempdir().expect("a folder"));
    let config = |pause, patience| DropConfig {
        requests: Some(requests.path().to_owned()),
        answers: Some(Answers { folder: res.path().to_owned(), pause, patience }),
        ..config(folder.path())
    };
    let quick = Duration::from_millis(20);
    let kiosk = Kiosk::start(config(quick, PATIENCE));
    let (good, bad, silent) = (request(&kiosk, "1", 0), request(&kiosk, "2", 0), request(&kiosk, "3", 0));
    let answered = answers(res.path(), &good, "<SegmentOfResult>1</SegmentOfResult>", "");
    let since = Instant::now();
    while answered.exists() {
        assert!(since.elapsed() < PATIENCE, "a good answer is removed");
        std::thread::yield_now();
    }
    // Half an answer, then the whole of it.
    let half = res.path().join(bad.file_name().expect("a name").to_string_lossy().replace("req_", "res_"));
    fs::write(&half, "<?xml version=\"1.0\"?><XmlMsg><MessageHeader><SegmentOfResult>9").expect("begun");
    let refused = answers(
        res.path(),
        &bad,
        "<SegmentOfResult>9</SegmentOfResult><ErrorCode>EC042</ErrorCode><ErrorMessage>登録できません</ErrorMessage>",
        "",
    );
    let name = |file: &Path| file.file_name().expect("a name").to_string_lossy().into_owned();
    let news = |file: &Path, answer: Option<&str>| StaffNews::NumberNotRegistered {
        request: name(file),
        answer: answer.map(str::to_owned),
    };
    assert_eq!(told(&kiosk), news(&bad, Some("EC042")));
    assert!(refused.exists(), "for whoever looks into it");
    drop(kiosk);
    // What is open outlives the program; an answer that never comes is told.
    let kiosk = Kiosk::start(config(quick, Duration::ZERO));
    assert_eq!(told(&kiosk), news(&silent, None));
}
