//! An entry as the text of a line. Words that come from outside are cut to what a code can be, so that nothing else slips in.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::domain::consent::ConsentAnswer;
use crate::domain::face::Verdict;
use crate::domain::japan;
use crate::domain::qualification::Authentication;
use crate::domain::staff_order::{Refusal, StaffCommand, StaffMember};
use crate::ports::{AuditEntry, AuditEvent, ByEye, Operator, QueueStep};

/// Longest word from outside.
const LONGEST: usize = 200;

/// The members of a line so far, in their order.
pub struct Line(Map<String, Value>);

impl Line {
    /// A line with its number and time.
    pub fn new(number: u64, at: Timestamp, terminal: &str, event: &str) -> Self {
        let mut members = Map::new();
        members.insert("n".into(), number.into());
        members.insert("at".into(), at.display_with_offset(japan::OFFSET).to_string().into());
        members.insert("terminal".into(), terminal.into());
        members.insert("event".into(), event.into());
        Self(members)
    }

    /// With one more member.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }

    /// The text of the JSON object, on one line.
    pub fn text(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    /// An entry of the port.
    pub fn of(number: u64, terminal: &str, entry: &AuditEntry) -> Self {
        let operator = match entry.operator {
            Operator::Patient => "patient",
            Operator::Staff => "staff",
            Operator::Kiosk => "kiosk",
        };
        let line = Self::new(number, entry.at, terminal, name(&entry.event)).with("operator", operator);
        let line = match entry.reception {
            Some(id) => line.with("reception", id.0),
            None => line,
        };
        members(line, &entry.event)
    }
}

fn name(event: &AuditEvent) -> &'static str {
    match event {
        AuditEvent::Started => "started",
        AuditEvent::Stopped => "stopped",
        AuditEvent::ConfigLoaded { .. } => "configLoaded",
        AuditEvent::ClockStepped { .. } => "clockStepped",
        AuditEvent::ReceptionStarted => "receptionStarted",
        AuditEvent::ReceptionEnded { .. } => "receptionEnded",
        AuditEvent::FaceJudged(_) => "faceJudged",
        AuditEvent::VisualCheck { .. } => "visualCheck",
        AuditEvent::StaffOrdered { .. } => "staffOrdered",
        AuditEvent::DeskAsked { .. } => "deskAsked",
        AuditEvent::AtDesk { .. } => "atDesk",
        AuditEvent::StaffCodeTaken { .. } => "staffCodeTaken",
        AuditEvent::Proving(_) => "proving",
        AuditEvent::Checked { .. } => "checked",
        AuditEvent::Consented(_) => "consented",
        AuditEvent::Delivered { .. } => "delivered",
        AuditEvent::Spooled { .. } => "spooled",
        AuditEvent::DeliveryGivenUp { .. } => "deliveryGivenUp",
        AuditEvent::NoFile { .. } => "noFile",
        AuditEvent::StaffCalled => "staffCalled",
        AuditEvent::StaffCodeRefused => "staffCodeRefused",
        AuditEvent::Failed(_) => "failed",
        AuditEvent::Alarmed(_) => "alarmed",
        AuditEvent::Queue { .. } => "queue",
    }
}

fn members(line: Line, event: &AuditEvent) -> Line {
    match event {
        AuditEvent::Started => line.with("version", env!("CARGO_PKG_VERSION")),
        AuditEvent::Stopped | AuditEvent::ReceptionStarted => line,
        AuditEvent::StaffCalled | AuditEvent::StaffCodeRefused => line,
        AuditEvent::ConfigLoaded { sha256 } => line.with("sha256", code(sha256)),
        AuditEvent::ClockStepped { seconds } => line.with("seconds", *seconds),
        AuditEvent::ReceptionEnded { delivered } => line.with("delivered", *delivered),
        AuditEvent::FaceJudged(verdict) => line.with("verdict", verdict_word(*verdict)),
        AuditEvent::VisualCheck { step, by } => {
            let line = line.with("step", by_eye(*step));
            match by {
                Some(by) => line.with("by", staff_name(by)),
                None => line,
            }
        }
        AuditEvent::AtDesk { by, deed, kiosk, visit, why } => {
            let line = line.with("by", staff_name(by)).with("deed", code(deed));
            let more = [("kiosk", kiosk), ("visit", visit), ("why", why)];
            more.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?))).fold(line, |line, (name, text)| {
                let text: Vec<String> = text.split('/').map(code).collect();
                line.with(name, text.join("/"))
            })
        }
        AuditEvent::StaffOrdered { by, command, refused } => ordered(line, by, *command, *refused),
        AuditEvent::DeskAsked { by, errand } => line.with("by", staff_name(by)).with("errand", *errand),
        AuditEvent::StaffCodeTaken { by } => line.with("by", staff_name(by)),
        AuditEvent::Proving(authentication) => line.with("method", method(*authentication)),
        AuditEvent::Checked { check_id, validity, notices } => line
            .with("checkId", code(check_id))
            .with("validity", validity.word())
            .with("notices", notices.iter().map(|notice| code(notice)).collect::<Vec<_>>()),
        AuditEvent::Consented(consents) => {
            let answers: Map<_, _> =
                consents.iter().map(|c| (c.scope.name().to_owned(), json!(answer(c.answer)))).collect();
            line.with("consents", answers)
        }
        AuditEvent::Delivered { check_id, file, duplicate } => {
            line.with("checkId", code(check_id)).with("file", file_name(file)).with("duplicate", *duplicate)
        }
        AuditEvent::Spooled { check_id, waiting } => line.with("checkId", code(check_id)).with("waiting", *waiting),
        AuditEvent::DeliveryGivenUp { check_id } | AuditEvent::NoFile { check_id } => {
            line.with("checkId", code(check_id))
        }
        AuditEvent::Failed(failure) => line.with("code", failure.code()).with("failure", failure.slug()),
        AuditEvent::Alarmed(news) => {
            let line = line.with("code", news.kind().code).with("news", news.kind().slug);
            news.values().into_iter().fold(line, |line, (name, value)| line.with(name, value.to_string()))
        }
        AuditEvent::Queue { entry, step } => line.with("entry", code(entry)).with("step", queue_step(*step)),
    }
}

fn ordered(line: Line, by: &StaffMember, command: StaffCommand, refused: Option<Refusal>) -> Line {
    let place: &str = by.place.into();
    let line = line.with("by", staff_name(&by.name)).with("place", place).with("command", command.slug());
    let line = match command {
        StaffCommand::SeenByEye { before_me, why } => {
            let why: &str = why.into();
            line.with("beforeMe", before_me).with("why", why)
        }
        _ => line,
    };
    match refused {
        Some(refusal) => line.with("refused", refusal.slug()),
        None => line,
    }
}

/// A code from outside: ASCII letters, digits and `-_.`, all else replaced.
fn code(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '?' };
    text.chars().take(LONGEST).map(plain).collect()
}

/// A name of the site's own list of staff.
fn staff_name(text: &str) -> String {
    text.chars().take(LONGEST).filter(|c| !c.is_control()).collect()
}

/// A file name of the site's own pattern, without a folder.
fn file_name(text: &str) -> String {
    let bare = text.rsplit(['/', '\\']).next().unwrap_or_default();
    bare.chars().take(LONGEST).filter(|c| !c.is_control()).collect()
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Match => "match",
        Verdict::NoMatch => "noMatch",
        Verdict::NotLive => "notLive",
        Verdict::NotSeen => "notSeen",
    }
}

fn by_eye(step: ByEye) -> &'static str {
    match step {
        ByEye::Started => "started",
        ByEye::Approved => "approved",
        ByEye::Refused => "refused",
    }
}

fn method(authentication: Authentication) -> &'static str {
    match authentication {
        Authentication::Pin => "pin",
        Authentication::Face => "face",
        Authentication::Visual => "visual",
    }
}

fn answer(answer: ConsentAnswer) -> &'static str {
    match answer {
        ConsentAnswer::Given => "given",
        ConsentAnswer::Refused => "refused",
        ConsentAnswer::NotAsked => "notAsked",
        ConsentAnswer::NotAnswered => "notAnswered",
    }
}

fn queue_step(step: QueueStep) -> &'static str {
    match step {
        QueueStep::Added => "added",
        QueueStep::Checked => "checked",
        QueueStep::Failed => "failed",
        QueueStep::GivenUp => "givenUp",
        QueueStep::Dropped => "dropped",
        QueueStep::SetAside => "setAside",
        QueueStep::Discarded => "discarded",
    }
}
