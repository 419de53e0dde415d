//! The traits that the effects of the core need. Commands go in, reports come out through an [`Outbox`].
//!
//! A port never blocks its caller for long and answers each ticket exactly once. Secrets travel inside
//! commands and reports, which therefore have no `Debug`.

pub mod audit;
pub mod camera;
pub mod card_reader;
pub mod clock;
pub mod code_b;
pub mod face_engine;
pub mod handoff;
pub mod institution_keys;
pub mod qualification;
mod reply;
pub mod sound;
pub mod staff_codes;
pub mod staff_desk;

use std::sync::Arc;

use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::domain::staff_news::StaffNews;
use crate::domain::staff_order::{OrderId, StaffOrder};

pub use audit::{Audit, AuditEntry, AuditEvent, AuditWitness, ByEye, Operator, QueueStep};
pub use camera::{Camera, Frame, FrameSlot};
pub use card_reader::{CardCommand, CardReader, CardReply};
pub use clock::{Clock, SureDay, Trust};
pub use code_b::{CodeBReply, CodeBSource};
pub use face_engine::{FaceCommand, FaceEngine, FaceReply};
pub use handoff::{Delivery, DeliveryOrder, Handoff, HandoffNews, Receipt};
pub use institution_keys::InstitutionKeys;
pub use qualification::{QualificationCommand, QualificationReply, QualificationService, ResumedVisit};
pub use reply::Reply;
pub use sound::{Audible, Clip, Earcon, Sound, SoundCommand, SoundEvent, SoundOutbox, Volume};
pub use staff_codes::StaffCodes;
pub use staff_desk::{Checked, DeskNews, DeskReport, Errand, Shown, StaffDesk, StaffNotice};

/// What an adapter sends back.
pub enum Report {
    /// The answer to one ticket. The first one is believed, and only while its effect is waited for.
    Answered(Ticket, Result<Reply, Failure>),
    /// Something seen without being asked.
    Seen(Observation),
    /// Something that answers nobody.
    News(News),
    /// Staff at their desk ordered something; the answer goes to [`StaffDesk::answer`].
    Ordered(StaffOrder),
}

/// What became of things that no visit waits for.
pub enum News {
    /// Of a file that had to wait.
    Handoff(HandoffNews),
    /// Of an entry of the offline queue.
    Queue {
        /// The entry's own name, which says nothing of anybody.
        entry: String,
        /// What became of it.
        step: QueueStep,
    },
    /// Something that staff are told.
    Staff(StaffNews),
    /// What staff at the desk ask for beside the visit; answered through [`StaffDesk::answer`].
    Errand {
        /// Names it in its answer.
        order: OrderId,
        /// Who asks, for the record.
        by: String,
        /// What for.
        errand: Box<Errand>,
    },
    /// A right staff code was typed, and whose it is; before the answer to its ticket.
    StaffCode {
        /// The name in the site's list.
        owner: String,
    },
    /// A visit that broke off with an earlier run of the program, its check answered now; see [`ResumedVisit`].
    Resumed(Box<ResumedVisit>),
}

/// Something seen without being asked; not an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observation {
    /// A card lies on the reader.
    CardPlaced,
    /// No card lies on the reader any more.
    CardGone,
    /// The reader (again) works.
    ReaderReady,
    /// The reader or its service is gone.
    ReaderLost(Failure),
    /// What would help the running face attempt.
    FaceHint(Ticket, crate::domain::face::Hint),
    /// What would help to read the card that is shown.
    PrintHint(Ticket, crate::domain::code_b::PrintHint),
    /// How much of what the running face attempt needs was seen, in percent.
    FaceProgress(Ticket, u8),
}

/// Where adapters send their reports; cheap to clone, callable from any thread.
#[derive(Clone)]
pub struct Outbox(Arc<dyn Fn(Report) + Send + Sync>);

impl Outbox {
    /// An outbox that hands every report to `deliver`, which must not block for long.
    pub fn new(deliver: impl Fn(Report) + Send + Sync + 'static) -> Self {
        Self(Arc::new(deliver))
    }

    /// Sends one report.
    pub fn send(&self, report: Report) {
        (self.0)(report);
    }

    /// Answers a ticket.
    pub fn answer(&self, ticket: Ticket, answer: Result<Reply, Failure>) {
        self.send(Report::Answered(ticket, answer));
    }

    /// Has staff told.
    pub fn tell(&self, news: StaffNews) {
        self.send(Report::News(News::Staff(news)));
    }
}

/// How a check of `doctor` came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// Works.
    Good,
    /// Works, but somebody should look at it.
    Warning,
    /// Does not work.
    Bad,
}

/// One line of `doctor`: what was checked, how it is, what to do. For staff and vendors, in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was checked, `reader`, `camera` …
    pub subject: &'static str,
    /// How it came out.
    pub health: Health,
    /// What was found.
    pub detail: String,
    /// What to do about it; empty when all is well.
    pub remedy: String,
}

impl Finding {
    /// All is well.
    pub fn good(subject: &'static str, detail: impl Into<String>) -> Self {
        Self { subject, health: Health::Good, detail: detail.into(), remedy: String::new() }
    }

    /// It does not work.
    pub fn bad(subject: &'static str, detail: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { subject, health: Health::Bad, detail: detail.into(), remedy: remedy.into() }
    }

    /// It works, but not as it should.
    pub fn warning(subject: &'static str, detail: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { subject, health: Health::Warning, detail: detail.into(), remedy: remedy.into() }
    }
}

/// What every port can tell about itself; `doctor` uses nothing else.
pub trait Diagnose {
    /// Looks at the real thing and reports; may take a few seconds.
    fn diagnose(&self) -> Vec<Finding>;
}
