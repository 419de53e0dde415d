//! The day as the page shows it, folded from the log: pure, no clock, no store.

mod kiosk;
mod patient;
mod reasons;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::Timestamp;

pub use self::kiosk::{Call, Given, Kiosk, Told};
pub use self::patient::{FileStands, Patient};
pub use self::reasons::{Reason, Weight, reasons};
use super::contract::{CommandOutcome, Event, FileState};
use super::record::{Act, Record};

/// Kiosks and patients of a day.
#[derive(Default)]
pub struct Board {
    kiosks: BTreeMap<String, Kiosk>,
    /// In the order of arrival.
    patients: Vec<Patient>,
}

impl Board {
    /// Takes one entry of the log in.
    pub fn fold(&mut self, terminal: &str, at: Timestamp, record: Record) {
        match record {
            Record::Kiosk { version, event } => {
                let kiosk = self.kiosk(terminal);
                (kiosk.version, kiosk.heard) = (version, Some(at));
                self.told(terminal, at, event.reception, event.at.0, event.event);
            }
            Record::Command { command } => self.kiosk(terminal).give(*command, at),
            Record::Act { by, reception, act } => {
                let Some(patient) = self.patient(terminal, &reception) else { return };
                match act {
                    Act::Settled { done } => patient.settled = done.then_some(by),
                    Act::ChartChosen { number } => patient.chart = Some(number),
                }
            }
        }
    }

    /// Every kiosk that was heard of, by name.
    pub fn kiosks(&self) -> impl Iterator<Item = (&str, &Kiosk)> {
        self.kiosks.iter().map(|(terminal, kiosk)| (terminal.as_str(), kiosk))
    }

    /// The kiosk of that name.
    pub fn kiosk_named(&self, terminal: &str) -> Option<&Kiosk> {
        self.kiosks.get(terminal)
    }

    /// Everybody of the day in the order of arrival.
    pub fn patients(&self) -> &[Patient] {
        &self.patients
    }

    /// One visit's row.
    pub fn patient_of(&self, terminal: &str, reception: &str) -> Option<&Patient> {
        self.patients.iter().find(|patient| patient.is(terminal, reception))
    }

    fn kiosk(&mut self, terminal: &str) -> &mut Kiosk {
        self.kiosks.entry(terminal.to_owned()).or_default()
    }

    fn patient(&mut self, terminal: &str, reception: &str) -> Option<&mut Patient> {
        self.patients.iter_mut().rev().find(|patient| patient.is(terminal, reception))
    }

    /// The row of a visit, made where there is none.
    fn row(&mut self, terminal: &str, reception: &str, at: Timestamp) -> Option<&mut Patient> {
        if self.patient(terminal, reception).is_none() {
            self.patients.push(Patient::new(terminal, reception, at));
        }
        self.patient(terminal, reception)
    }

    fn told(&mut self, terminal: &str, received: Timestamp, reception: Option<String>, at: Timestamp, event: Event) {
        match event {
            Event::Stage(stage) => self.kiosk(terminal).stand(stage, reception, at, received),
            Event::News(notice) => {
                let told = Told { notice, at, reception: reception.clone() };
                if let Some(patient) = reception.and_then(|reception| self.patient(terminal, &reception)) {
                    patient.news.push(told.clone());
                }
                self.kiosk(terminal).hear(told);
            }
            Event::Checked(checked) => {
                let method = self.kiosk(terminal).stage.as_ref().and_then(|stage| stage.method.clone());
                // An answer that came later, from the queue, belongs to a visit that nobody names any more.
                let reception = reception.unwrap_or_else(|| checked.check_id.clone());
                if let Some(patient) = self.row(terminal, &reception, at) {
                    patient.method = patient.method.take().or(method);
                    patient.checked = Some(*checked);
                }
            }
            Event::Consents { given } => {
                if let Some(patient) = reception.and_then(|reception| self.row(terminal, &reception, at)) {
                    patient.consents = given;
                }
            }
            Event::File { check_id, state } => {
                let found = self.patients.iter_mut().rev().find(|p| p.terminal == terminal && p.has_check(&check_id));
                if let Some(patient) = found {
                    // How long it lies there counts from when it was written.
                    let lies = |file: &FileStands| state == FileState::NotTaken && file.state == FileState::Written;
                    let since = patient.file.filter(lies).map_or(at, |file| file.since);
                    patient.file = Some(FileStands { state, since });
                }
            }
            Event::Ended(ended) => {
                let Some(reception) = reception else { return };
                // Who came no further than the first pictures leaves no row.
                let known = self.patient(terminal, &reception).is_some();
                if known || ended.received || ended.failure.is_some() {
                    let stage = self.kiosk(terminal).stage.clone();
                    if let Some(patient) = self.row(terminal, &reception, at) {
                        patient.method = patient.method.take().or(stage.and_then(|stage| stage.method));
                        patient.ended = Some(ended);
                    }
                }
                self.kiosk(terminal).end(&reception);
            }
            Event::Lamps { lamps } => self.kiosk(terminal).lamps = lamps,
            Event::Answered { command, outcome } => self.answered(terminal, &command, outcome),
        }
    }

    fn answered(&mut self, terminal: &str, command: &str, outcome: CommandOutcome) {
        let kiosk = self.kiosk(terminal);
        if let Some(given) = kiosk.commands.iter_mut().find(|given| given.command.id == command) {
            given.outcome.get_or_insert(outcome);
        }
    }
}
