//! What the log of a day holds: what kiosks told, what staff did at the page. Written as JSON, then sealed.

use serde::{Deserialize, Serialize};

use super::contract::{Command, Numbered};

/// One entry of the log, before it is sealed.
#[derive(Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Record {
    /// A kiosk told something.
    Kiosk {
        /// Its program.
        version: String,
        /// What it told.
        event: Box<Numbered>,
    },
    /// Somebody asked something of a kiosk.
    Command {
        /// What, by whom, when.
        command: Box<Command>,
    },
    /// Somebody did something on the page that no kiosk hears of.
    Act {
        /// Who.
        by: String,
        /// The visit that it is about.
        reception: String,
        /// What.
        act: Act,
    },
}

/// What is done on the page alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Act {
    /// What this row asks for is done, or is not after all.
    Settled {
        /// Whether it is done.
        done: bool,
    },
    /// This chart is the patient's.
    ChartChosen {
        /// The clinic's own number.
        number: String,
    },
}

/// What ties a sealed record to its place in the log.
pub fn bound(terminal: &str, number: Option<u64>) -> Vec<u8> {
    format!("desk log\n{terminal}\n{}", number.map_or("act".to_owned(), |number| number.to_string())).into_bytes()
}
