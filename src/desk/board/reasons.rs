//! Why a row needs somebody: the closed list of what the page asks for, worst first.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::Patient;
use crate::desk::contract::FileState;
use crate::domain::japan;

/// Days before its end at which a certificate is worth a word.
const SOON: i64 = 90;

/// How much a reason weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Somebody must act, else it goes wrong.
    Act,
    /// Something is to be said or given.
    Say,
    /// Good to know.
    Note,
}

/// Why a row needs somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The insurance is not confirmed; the core's name of the validity.
    NotConfirmed(String),
    /// The visit ended without a reception; the failure's code where there is one.
    NotReceived(Option<String>),
    /// The file was set aside or removed.
    FileGivenUp,
    /// The receipt computer did not take the file for so many minutes.
    FileNotTaken(i64),
    /// The file waits in the kiosk.
    FileWaits,
    /// Signs of the name that the file cannot hold, by their code points.
    LostSigns(Vec<String>),
    /// The certificate has ended; the card serves until that day.
    Grace(Date),
    /// The certificate ends on that day.
    CertificateEnds(Date),
    /// The qualification ends on that day.
    InsuranceEnds(Date),
    /// Somebody did not answer for so many scopes.
    ConsentsUnanswered(usize),
    /// The card was registered today.
    RegisteredNow,
}

impl Reason {
    /// How much it weighs.
    pub fn weight(&self) -> Weight {
        match self {
            Reason::NotConfirmed(_)
            | Reason::NotReceived(_)
            | Reason::FileGivenUp
            | Reason::FileNotTaken(_)
            | Reason::LostSigns(_) => Weight::Act,
            Reason::FileWaits | Reason::Grace(_) | Reason::CertificateEnds(_) | Reason::InsuranceEnds(_) => Weight::Say,
            Reason::ConsentsUnanswered(_) | Reason::RegisteredNow => Weight::Note,
        }
    }

    /// Its name in the texts.
    pub fn slug(&self) -> &'static str {
        match self {
            Reason::NotConfirmed(_) => "not-confirmed",
            Reason::NotReceived(_) => "not-received",
            Reason::FileGivenUp => "file-given-up",
            Reason::FileNotTaken(_) => "file-not-taken",
            Reason::FileWaits => "file-waits",
            Reason::LostSigns(_) => "lost-signs",
            Reason::Grace(_) => "grace",
            Reason::CertificateEnds(_) => "certificate-ends",
            Reason::InsuranceEnds(_) => "insurance-ends",
            Reason::ConsentsUnanswered(_) => "consents-unanswered",
            Reason::RegisteredNow => "registered-now",
        }
    }
}

/// What a row asks for, worst first. How long a receipt computer may leave a file is the kiosk's to judge.
pub fn reasons(patient: &Patient, now: Timestamp) -> Vec<Reason> {
    let mut found = Vec::new();
    let today = japan::day(now);
    if let Some(checked) = &patient.checked {
        let soon = |day: Date| day >= today && today.checked_add(SOON.days()).is_ok_and(|until| day <= until);
        if checked.validity != "valid" {
            found.push(Reason::NotConfirmed(checked.validity.clone()));
        }
        if !checked.lost_signs.is_empty() {
            found.push(Reason::LostSigns(checked.lost_signs.clone()));
        }
        match (checked.grace_until, checked.certificate_until) {
            (Some(until), _) => found.push(Reason::Grace(until.0)),
            (None, Some(until)) if soon(until.0) => found.push(Reason::CertificateEnds(until.0)),
            _ => {}
        }
        if let Some(until) = checked.valid_until.filter(|until| soon(until.0)) {
            found.push(Reason::InsuranceEnds(until.0));
        }
        if checked.registered_now {
            found.push(Reason::RegisteredNow);
        }
    }
    if let Some(ended) = patient.ended.as_ref().filter(|ended| !ended.received) {
        found.push(Reason::NotReceived(ended.failure.clone()));
    }
    if let Some(file) = patient.file {
        let lies = now.duration_since(file.since);
        match file.state {
            FileState::GivenUp => found.push(Reason::FileGivenUp),
            FileState::NotTaken => found.push(Reason::FileNotTaken(lies.as_mins())),
            FileState::Waits => found.push(Reason::FileWaits),
            FileState::Written | FileState::Taken => {}
        }
    }
    let unanswered = patient.consents.iter().filter(|consent| consent.answer == "notAnswered").count();
    if unanswered > 0 {
        found.push(Reason::ConsentsUnanswered(unanswered));
    }
    found.sort_by_key(Reason::weight);
    found
}
