//! What a site decides about its receptions.

use std::sync::Arc;

use crate::domain::consent::ConsentPlan;
use crate::domain::face::Rule;
use crate::domain::terms::Terms;
use crate::domain::timing::Timing;

/// What a patient does once the reception is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AfterReception {
    /// Waits to be called.
    #[default]
    Seat,
    /// Goes to the counter.
    Counter,
    /// Takes a number.
    Number,
}

/// What a site decides.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    /// Durations.
    pub timing: Timing,
    /// Face decision.
    pub face: Rule,
    /// Terms of use that a first registration agrees to; without them nobody is registered here.
    pub terms: Option<Arc<Terms>>,
    /// The idle screen also offers to ask about the registration of a card, without a reception; needs the terms.
    pub inquiry: bool,
    /// How consents are asked for.
    pub consents: ConsentPlan,
    /// Asks for the form of the prescription.
    pub prescription: bool,
    /// Asks whether a 医療費助成 certificate is to be used.
    pub subsidy: bool,
    /// What comes after the reception.
    pub after: AfterReception,
    /// Staff have codes, with which they can act at the kiosk's own screen.
    pub staff_codes: bool,
    /// Wrong staff codes in a row that earlier runs of the program left.
    pub wrong_staff_codes: u32,
}

impl Settings {
    /// Whether the idle screen offers to ask about the registration of a card.
    pub fn offers_inquiry(&self) -> bool {
        self.inquiry && self.terms.is_some()
    }
}
