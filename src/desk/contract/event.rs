//! What a kiosk tells the desk.

use std::collections::BTreeMap;

use crate::adapters::qualification::contract::{WireDate, WireTime};

use serde::{Deserialize, Serialize};

/// Events in the order of their numbers.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Batch {
    /// The kiosk's program, for the page: `0.1.0`.
    pub version: String,
    /// At most [`MAX_EVENTS`](super::MAX_EVENTS), numbers rising by one.
    pub events: Vec<Numbered>,
}

/// The answer to a [`Batch`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Accepted {
    /// Everything up to and including this number is kept; the kiosk may forget it.
    pub through: u64,
}

/// One event and where it belongs.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Numbered {
    /// Counts the events of a terminal, over restarts. A new outbox begins at the milliseconds of its first moment, so that one that was
    /// lost goes on above every number it may have used; an answer above all that it gave lets it go on above that.
    pub number: u64,
    /// When it happened, by the kiosk's clock.
    pub at: WireTime,
    /// The visit, by a name that no other visit of this terminal ever had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reception: Option<String>,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What happened.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Event {
    /// The kiosk stands somewhere else than before, or the patient changed how it is shown.
    Stage(Stage),
    /// Staff are told something.
    News(Notice),
    /// The insurer's answer, as the patient sees it. Personal.
    Checked(Box<CheckedPatient>),
    /// The patient answered what may be looked at.
    Consents {
        /// One entry for each scope that was asked for.
        given: Vec<ConsentGiven>,
    },
    /// Where the file for the receipt computer stands.
    File {
        /// The gateway's name of the check.
        check_id: String,
        /// Where it stands.
        state: FileState,
    },
    /// The visit is over and wiped.
    Ended(Ended),
    /// How the parts of the kiosk do; sent when one changes and when the kiosk starts.
    Lamps {
        /// All of them.
        lamps: Vec<Lamp>,
    },
    /// What became of a command.
    Answered {
        /// The command's id.
        command: String,
        /// What became of it.
        outcome: CommandOutcome,
    },
}

/// Where a kiosk stands; never what the patient typed or was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// The situation by the core's name: `enterPin`, `idle`.
    pub situation: String,
    /// The patient's language, `ja`.
    pub language: String,
    /// Percent of the plain text size.
    pub text_size: u16,
    /// `face`, `pin` or `eye`, once chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Face tries used in this visit.
    pub face_tries: u8,
    /// PIN tries that the card has left, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin_tries: Option<u8>,
    /// The hint that the patient sees, by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The failure that stands on the screen, by its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// Whether staff were called and nobody has come yet.
    pub called: bool,
    /// Whether the kiosk is in training.
    pub training: bool,
}

/// An entry of the closed list of what staff are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// `S-101`.
    pub code: String,
    /// Its values by name: codes, counts, days, names of requests.
    pub values: BTreeMap<String, String>,
}

/// Who was checked and with which result.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckedPatient {
    /// The gateway's name of the check.
    pub check_id: String,
    /// 氏名, as the file has it.
    pub name: String,
    /// 氏名カナ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kana: Option<String>,
    /// Code points of signs that the file could not hold, `U+20BB7`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost_signs: Vec<String>,
    /// `male`, `female`, `unknown`.
    pub sex: String,
    /// Birth date; a day or month that nobody knows leaves it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<WireDate>,
    /// The validity by the core's name: `valid`, `expired`.
    pub validity: String,
    /// First and last day of the qualification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<WireDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<WireDate>,
    /// The patient's share, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copayment_percent: Option<u8>,
    /// The last day of the card's certificate, and of its grace months where they run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_until: Option<WireDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grace_until: Option<WireDate>,
    /// Whether the card was registered as insurance card in this visit.
    pub registered_now: bool,
    /// The clinic's own number of the patient, where the answer carries one (照会番号).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chart_number: Option<String>,
}

/// One scope's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsentGiven {
    /// By the contract's name: `medication`.
    pub scope: String,
    /// `given`, `refused`, `notAnswered`.
    pub answer: String,
}

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FileState {
    /// It waits in the kiosk.
    Waits,
    /// It lies in the drop folder.
    Written,
    /// The receipt computer took it.
    Taken,
    /// It lies there longer than the site allows.
    NotTaken,
    /// It was set aside or removed.
    GivenUp,
}

/// How a visit ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ended {
    /// Whether the patient was received.
    pub received: bool,
    /// Why not, by the failure's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// From card placed to the end.
    pub seconds: u32,
}

/// One part of the kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lamp {
    /// The part, by the name that the diagnosis has: `reader`, `camera`.
    pub part: String,
    /// How it does.
    pub state: LampState,
    /// What is so, and what to do, in the kiosk's words.
    pub words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

/// How a part does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LampState {
    /// It works.
    Good,
    /// It works and wants a look.
    Doubtful,
    /// It does not work.
    Bad,
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CommandOutcome {
    /// The core took it.
    Done,
    /// The core does not take it here.
    Refused {
        /// Why, by the name of a closed list whose words are in the locales.
        reason: String,
    },
    /// It came after its time to live, or a second time.
    Stale,
}
