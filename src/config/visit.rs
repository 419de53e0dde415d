//! How a site leads its visits: consents, other questions, and for how long patients are waited for.

use std::time::Duration;

use serde::Deserialize;

use crate::domain::consent::{ConsentPlan, Question, Wording};
use crate::domain::session::{AfterReception, Settings};
use crate::domain::timing::Timing;

/// How consents are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Consent {
    /// One screen for all first.
    pub comprehensive: bool,
    /// Order of the individual questions: `records`, `surgery` and `checkup`, each once.
    pub order: Vec<String>,
    /// `statement` (leaflet of January 2025) or `question` (before).
    pub wording: String,
    /// Where 同意する stands: `right` or `left`.
    pub agree: String,
    /// Asks for the 限度額, as before October 2024.
    pub limit: bool,
}

impl Default for Consent {
    fn default() -> Self {
        Self {
            comprehensive: true,
            order: Question::ALL.iter().map(|question| question.name().to_owned()).collect(),
            wording: Wording::default().name().to_owned(),
            agree: "right".to_owned(),
            limit: false,
        }
    }
}

impl Consent {
    /// What the core is told.
    ///
    /// # Errors
    /// Which key has a wrong value.
    pub fn plan(&self) -> Result<ConsentPlan, &'static str> {
        let order: Vec<_> = self.order.iter().filter_map(|name| Question::by_name(name)).collect();
        let order = <[Question; 3]>::try_from(order).ok().filter(|_| self.order.len() == 3);
        let order = order.filter(|order| Question::ALL.iter().all(|question| order.contains(question)));
        let wording = Wording::by_name(&self.wording);
        if !matches!(self.agree.as_str(), "left" | "right") {
            return Err("consent: agree is left or right");
        }
        Ok(ConsentPlan {
            comprehensive: self.comprehensive,
            order: order.ok_or("consent: order names records, surgery and checkup, each once")?,
            wording: wording.ok_or("consent: wording is statement or question")?,
            agree_left: self.agree == "left",
            limit: self.limit,
        })
    }
}

/// What else is asked, and what comes after.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reception {
    /// Asks for the form of the prescription.
    pub prescription: bool,
    /// Asks whether a 医療費助成 certificate is to be used.
    pub subsidy: bool,
    /// What the last screen says.
    pub after: After,
}

impl Reception {
    /// `settings` with what is decided here.
    pub fn apply(&self, settings: Settings) -> Settings {
        let after = match self.after {
            After::Seat => AfterReception::Seat,
            After::Counter => AfterReception::Counter,
            After::Number => AfterReception::Number,
        };
        Settings { prescription: self.prescription, subsidy: self.subsidy, after, ..settings }
    }
}

/// What a patient does after the reception.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum After {
    /// Waits to be called.
    #[default]
    Seat,
    /// Goes to the counter.
    Counter,
    /// Takes a number.
    Number,
}

/// How long patients are waited for, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Waiting {
    /// Without a touch, until "are you still there?".
    pub idle: Option<u64>,
    /// Of that question, until everything is wiped.
    pub still_there: Option<u64>,
    /// For a card taken away in the middle.
    pub card_away: Option<u64>,
    /// Of the last screen, until the card alarm.
    pub done: Option<u64>,
}

impl Waiting {
    /// What the core is told.
    ///
    /// # Errors
    /// What is out of its range.
    pub fn timing(self) -> Result<Timing, &'static str> {
        let usual = Timing::default();
        let within = |seconds: Option<u64>, least, usual| match seconds {
            None => Ok(usual),
            Some(seconds) if (least..=600).contains(&seconds) => Ok(Duration::from_secs(seconds)),
            Some(_) => Err("timing: idle and still_there take 20 to 600 seconds, card_away and done 5 to 600"),
        };
        Ok(Timing {
            idle: within(self.idle, 20, usual.idle)?,
            still_there: within(self.still_there, 20, usual.still_there)?,
            card_away: within(self.card_away, 5, usual.card_away)?,
            done: within(self.done, 5, usual.done)?,
            ..usual
        })
    }
}
