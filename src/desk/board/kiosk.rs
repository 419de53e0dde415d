//! One kiosk: where it stands, whether it calls, how its parts do, what was asked of it.

use jiff::Timestamp;

use crate::desk::contract::{Command, CommandName, CommandOutcome, Lamp, Notice, Stage};
use crate::domain::staff_news::{Kind, Severity, StaffNews};

/// News and commands of one kiosk that are kept at hand.
const AT_HAND: usize = 100;

/// One kiosk.
#[derive(Default)]
pub struct Kiosk {
    /// Its program.
    pub version: String,
    /// When it was last heard of, by the desk's clock.
    pub heard: Option<Timestamp>,
    /// Where it stands.
    pub stage: Option<Stage>,
    /// Since when it stands in this situation, by the desk's clock.
    pub since: Option<Timestamp>,
    /// The visit that runs.
    pub reception: Option<String>,
    /// Whether somebody is called.
    pub call: Option<Call>,
    /// What it told last, newest last.
    pub news: Vec<Told>,
    /// How its parts do.
    pub lamps: Vec<Lamp>,
    /// What was asked of it, newest last.
    pub commands: Vec<Given>,
}

/// Somebody is called to a kiosk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Since when, by the desk's clock.
    pub since: Timestamp,
    /// The code of the news that called, where one did.
    pub code: Option<String>,
    /// Who said that he comes.
    pub taken_by: Option<String>,
}

/// Some news and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What.
    pub notice: Notice,
    /// When, by the kiosk's clock.
    pub at: Timestamp,
    /// In which visit.
    pub reception: Option<String>,
}

impl Told {
    /// Its entry of the closed list, if this program knows it.
    pub fn kind(&self) -> Option<&'static Kind> {
        StaffNews::ALL.iter().find(|kind| kind.code == self.notice.code)
    }
}

/// A command and what became of it.
pub struct Given {
    /// What was asked.
    pub command: Command,
    /// When, by the desk's clock.
    pub at: Timestamp,
    /// The kiosk's answer.
    pub outcome: Option<CommandOutcome>,
}

impl Given {
    /// Seconds that are left of its life.
    pub fn seconds_left(&self, now: Timestamp) -> u16 {
        let gone = now.duration_since(self.at).as_secs().max(0);
        u16::try_from(i64::from(self.command.valid_seconds) - gone).unwrap_or(0)
    }
}

impl Kiosk {
    /// Where a kiosk stands now.
    pub(super) fn stand(&mut self, stage: Stage, reception: Option<String>, _at: Timestamp, received: Timestamp) {
        let moved = self.stage.as_ref().is_none_or(|before| before.situation != stage.situation);
        if moved || self.reception != reception {
            self.since = Some(received);
        }
        match (&self.call, stage.called) {
            (None, true) => self.call = Some(Call { since: received, code: None, taken_by: None }),
            (Some(call), false) if call.code.is_none() || moved => self.call = None,
            _ => {}
        }
        (self.stage, self.reception) = (Some(stage), reception);
    }

    pub(super) fn hear(&mut self, told: Told) {
        if told.kind().is_some_and(|kind| kind.severity == Severity::Call) {
            let since = self.heard.unwrap_or(told.at);
            match &mut self.call {
                // The patient's own call is the stage's.
                Some(call) => call.code = Some(told.notice.code.clone()),
                None => self.call = Some(Call { since, code: Some(told.notice.code.clone()), taken_by: None }),
            }
        }
        push(&mut self.news, told);
    }

    pub(super) fn give(&mut self, command: Command, at: Timestamp) {
        if matches!(command.name, CommandName::Coming)
            && let Some(call) = &mut self.call
        {
            call.taken_by.get_or_insert_with(|| command.by.clone());
        }
        push(&mut self.commands, Given { command, at, outcome: None });
    }

    pub(super) fn end(&mut self, reception: &str) {
        if self.reception.as_deref() == Some(reception) {
            (self.reception, self.call) = (None, None);
        }
    }

    /// Commands that still wait for their answer and are worth something.
    pub fn open_commands(&self, now: Timestamp) -> impl Iterator<Item = &Given> {
        self.commands.iter().filter(move |given| given.outcome.is_none() && given.seconds_left(now) > 0)
    }
}

/// Adds one and lets the oldest go.
fn push<T>(list: &mut Vec<T>, one: T) {
    if list.len() >= AT_HAND {
        list.remove(0);
    }
    list.push(one);
}
