//! The drop folder from outside: what the receipt computer finds in it, and what it must never find.

mod announced;
mod file;
mod folder;
mod foreign;
mod forms;
mod handed_over;
#[cfg(unix)]
mod hostile;
mod one_patient_reader;
mod requests;
mod rows;
mod share;
mod spool;
#[cfg(target_os = "linux")]
mod watched;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use jiff::civil::date;
use uketsuke::adapters::handoff::{DropConfig, DropFolder, FilePattern, JsonTwin};
use uketsuke::domain::consent::{Choices, Consent, ConsentAnswer, Scope};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::qualification::{
    AskedBy, ElderlyCertificate, LimitCertificate, Notice, Qualification, QualificationAnswer, Validity,
};
use uketsuke::domain::secret::Personal;
use uketsuke::ports::{Delivery, DeliveryOrder, Handoff, Outbox, Receipt, Report};

/// The check of [`order`].
const CHECK: &str = "7d0f7a52-4a50-4a39-9a10-6a5b6d5f3c01";

/// The file name of [`order`] at kiosk K1.
const STEM: &str = "OQSsiquc01res_face_K1_20261120083000";

/// A kiosk and its drop folder.
struct Kiosk {
    port: DropFolder,
    reports: Receiver<Report>,
}

impl Kiosk {
    fn start(config: DropConfig) -> Self {
        let (sender, reports) = channel();
        let outbox = Outbox::new(move |report| drop(sender.send(report)));
        Self { port: DropFolder::start(config, outbox).expect("a usable configuration"), reports }
    }

    /// Delivers into a drop folder that works, or fails.
    fn deliver(&self, order: DeliveryOrder) -> Result<Receipt, Failure> {
        match self.hand_in(order) {
            Ok(Delivery::Done(receipt)) => Ok(receipt),
            Ok(Delivery::Kept { waiting }) => panic!("kept with {waiting} waiting"),
            Err(failure) => Err(failure),
        }
    }

    fn submit(&self, order: DeliveryOrder) {
        self.port.submit(Ticket { reception: ReceptionId(1), effect: EffectId(1) }, order);
    }

    fn hand_in(&self, order: DeliveryOrder) -> Result<Delivery, Failure> {
        self.submit(order);
        match self.reports.recv_timeout(Duration::from_secs(30)).expect("an answer") {
            Report::Answered(_, outcome) => outcome.map(|reply| reply.try_as_handoff().expect("the handoff's answer")),
            _ => panic!("another report"),
        }
    }
}

fn config(folder: &Path) -> DropConfig {
    DropConfig { beside: vec![Arc::new(JsonTwin)], ..DropConfig::new(folder, own(folder), "K1", "1312345678") }
}

fn numbered(folder: &Path) -> DropConfig {
    let pattern = FilePattern::new("OQSsiquc01res_face_{terminal}_{time}_{seq}.xml", "xml").expect("a pattern");
    DropConfig { pattern, ..config(folder) }
}

/// What a receipt computer sees: names that do not start with a dot.
fn visible(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

fn temporary(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.extension().is_some_and(|e| e == "tmp")).collect()
}

/// A married woman in her forties and, as her second insurance, the late-elderly card of an invented person.
fn order() -> DeliveryOrder {
    let employee = Qualification {
        card_classification: "01".into(),
        insurer_number: Personal("01990019".into()),
        insurer_name: Personal("見本健康保険協会①".into()),
        insured_symbol: Some(Personal("００１２".into())),
        insured_number: Some(Personal("0000678".into())),
        branch_number: Some(Personal("00".into())),
        relationship: Some("2".into()),
        name: Personal("髙﨑　德子𠮷葛\u{e0100}".into()),
        name_kana: Some(Personal("タカサキ　ガッポヴー".into())),
        sex: "2".into(),
        birth_date: Personal(Some(date(1980, 2, 17))),
        address: Some(Personal("東京都見本区<北>町１－２－３ A&B棟".into())),
        postal_code: Some(Personal("100-0000".into())),
        qualified_on: Some(date(2020, 4, 1)),
        valid_from: Some(date(2020, 4, 1)),
        valid_to: Some(date(2027, 3, 31)),
        ratio_percent: Some(30),
        limit: Some(LimitCertificate { category: Some("A03".into()), ..LimitCertificate::default() }),
        ..Qualification::default()
    };
    let late_elderly = Qualification {
        insurer_number: Personal("39990007".into()),
        insurer_name: Personal("見本県後期高齢者医療広域連合".into()),
        insured_symbol: None,
        branch_number: None,
        relationship: None,
        birth_date: Personal(Some(date(1945, 1, 3))),
        ratio_percent: Some(10),
        limit: Some(LimitCertificate { category: Some("B10".into()), ..LimitCertificate::default() }),
        ..employee.clone()
    };
    let elderly = Qualification {
        insurer_number: Personal("00990010".into()),
        birth_date: Personal(Some(date(1956, 11, 20))),
        ratio_percent: None,
        elderly: Some(ElderlyCertificate { ratio_percent: Some(20), ..ElderlyCertificate::default() }),
        limit: None,
        ..employee.clone()
    };
    let processed_at = "2026-11-20T08:30:00+09:00".parse().expect("a timestamp");
    let consent = |scope, answer| Consent { scope, answer };
    DeliveryOrder {
        answer: QualificationAnswer {
            check_id: CHECK.into(),
            processed_at,
            check_date: date(2026, 11, 20),
            asked_by: AskedBy::Card,
            validity: Validity::Valid,
            raw_validity: "1".into(),
            qualifications: vec![employee, late_elderly, elderly],
            notices: vec![Notice { code: "certificateExpiring".into(), raw_code: Some("N001".into()) }],
            reference_number: Some(Personal("P-00042".into())),
            as_received: Vec::new(),
        },
        choices: Choices::of(vec![
            consent(Scope::Pharmaceutical, ConsentAnswer::Given),
            consent(Scope::Diagnosis, ConsentAnswer::Refused),
            consent(Scope::Operation, ConsentAnswer::NotAnswered),
            consent(Scope::SpecificHealthCheckup, ConsentAnswer::Given),
        ]),
        replaces: None,
        consented_at: Some("2026-12-31T23:59:30+09:00".parse().expect("a timestamp")),
        entered_by: None,
    }
}

pub fn order_of(check: &str) -> DeliveryOrder {
    let mut order = order();
    order.answer.check_id = check.into();
    order
}

/// The kiosk's own folder beside that drop folder.
fn own(folder: &Path) -> PathBuf {
    folder.join(".own")
}
