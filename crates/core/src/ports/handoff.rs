//! The file for the receipt computer.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::domain::consent::Choices;
use crate::domain::ids::Ticket;
use crate::domain::pin::EnteredBy;
use crate::domain::qualification::QualificationAnswer;
use crate::domain::reference_number::ReferenceOrder;

/// What is to be handed over.
pub struct DeliveryOrder {
    /// The insurer's answer.
    pub answer: QualificationAnswer,
    /// What the patient decided.
    pub choices: Choices,
    /// When the patient answered; view rights last 24 hours from here.
    pub consented_at: Option<Timestamp>,
    /// Who typed the PIN; `None` when none was used.
    pub entered_by: Option<EnteredBy>,
    /// An earlier check of the same card today, whose file this one takes the place of: the receipt computer must not
    /// see two receptions.
    pub replaces: Option<String>,
}

impl DeliveryOrder {
    /// The check by which the receipt computer knows this reception.
    pub fn identifier(&self) -> &str {
        self.replaces.as_deref().unwrap_or(&self.answer.check_id)
    }
}

/// Where it lies now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The file that the receipt computer waits for.
    pub file: PathBuf,
    /// Whether an earlier delivery of the same check was found instead of writing again.
    pub duplicate: bool,
}

/// How a delivery stands when the reception goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The file lies in the drop folder.
    Done(Receipt),
    /// The drop folder is away, full, read-only or slow: the file lies in the kiosk's own spool and goes later.
    Kept {
        /// Files that wait there, this one among them.
        waiting: usize,
    },
}

/// What became of files that waited, long after their receptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandoffNews {
    /// One lies in the drop folder now.
    DeliveredLate {
        /// The gateway's name of its check.
        check_id: String,
        /// The file that the receipt computer waits for.
        file: PathBuf,
        /// Files that still wait.
        waiting: usize,
    },
    /// One was given up, because it waited longer than the site allows: staff enter it by hand.
    GivenUp {
        /// The gateway's name of its check.
        check_id: String,
        /// Since when it waited.
        kept_at: Timestamp,
    },
    /// The receipt computer took one out of the drop folder.
    Taken {
        /// The gateway's name of its check.
        check_id: String,
    },
    /// One lies in the drop folder longer than the site allows, and stays there.
    NotTaken {
        /// The gateway's name of its check.
        check_id: String,
    },
    /// One lay in the drop folder longer than the site allows, and was removed: staff enter it by hand.
    Removed {
        /// The gateway's name of its check.
        check_id: String,
    },
}

/// The way to the receipt computer.
pub trait Handoff: super::Diagnose + Send + Sync {
    /// Queues one delivery; the answer comes as `Reply::Handoff` once the file is safely on a disk: the drop
    /// folder's, or the kiosk's own until then.
    fn submit(&self, ticket: Ticket, order: DeliveryOrder);

    /// Has the clinic's own number of a patient registered through the site's folder of requests; the answer, with the
    /// request's file, comes as `Reply::Handoff`, and says nothing of what becomes of the request.
    ///
    /// # Errors
    /// Gives the order back where the site has no such folder: the gateway is asked then.
    fn request_reference(&self, ticket: Ticket, order: Box<ReferenceOrder>) -> Result<(), Box<ReferenceOrder>>;
}
