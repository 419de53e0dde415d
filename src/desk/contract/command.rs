//! What the desk asks of a kiosk. The core decides what may be done.

use crate::adapters::qualification::contract::WireTime;
use serde::{Deserialize, Serialize};

/// One command.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Command {
    /// A UUID; a kiosk carries out each id at most once.
    pub id: String,
    /// The visit that it is meant for, by the name in the events; refused when another runs. Absent for what concerns no visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reception: Option<String>,
    /// Who gave it: the desk user's name, for the audit.
    pub by: String,
    /// When, by the desk's clock; for the record alone.
    pub at: WireTime,
    /// Seconds for which it is worth something, counted from its arrival at the kiosk.
    pub valid_seconds: u16,
    /// What is asked.
    #[serde(flatten)]
    pub name: CommandName,
}

/// What is asked.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CommandName {
    /// Somebody is on the way: the patient sees and hears it.
    Coming,
    /// The person and the card stand before staff; for this visit only.
    SeenByEye(Approval),
    /// One more try of the face.
    AnotherTry,
    /// Go on by PIN.
    GoOnByPin,
    /// Back to the question before.
    OneStepBack,
    /// End the visit and wipe it.
    FinishAndWipe,
    /// Register the clinic's own number of a patient with the insurer's side.
    RegisterReference(ReferenceNumber),
    /// Ask the queued patients' insurance again now.
    AskQueueAgain,
}

/// What staff ticked before they said that it is the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Approval {
    /// 「ご本人とカードが目の前にあります」 was ticked.
    pub person_and_card_here: bool,
    /// Why by eye, by the name of a closed list.
    pub reason: String,
}

/// The clinic's own number of a patient. Personal.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceNumber {
    /// The check whose patient it is.
    pub check_id: String,
    /// The chart number.
    pub number: String,
}
