//! What of a visit goes into the audit log. Reads states, effects and reports; changes nothing.

use crate::domain::ids::ReceptionId;
use crate::domain::session::{Action, Answer, Effect, Happening, OnScreen, PatientInput, Reception, Situation, State};
use crate::domain::staff_news::{Severity, StaffNews};
use crate::domain::staff_order::{OrderId, StaffCommand, StaffMember, StaffOrder, StaffPlace};
use crate::domain::{failure::Failure, qualification::Authentication};
use crate::ports::{
    AuditEntry, AuditEvent, ByEye, Clock, Delivery, Errand, HandoffNews, Operator, QualificationReply, Receipt, Reply,
};

use super::Ports;

/// A jump of the wall clock against the steady one that is worth an entry, in milliseconds.
const STEP: i64 = 2_000;

/// Tells the audit log what happens.
#[derive(Default)]
pub(super) struct Recorder {
    /// Wall clock less steady clock, when last looked at.
    offset: Option<i64>,
    /// Whose staff code was last taken, and in which visit.
    owner: Option<(Option<ReceptionId>, String)>,
}

/// Puts an entry into the log.
pub(super) fn record(ports: &Ports, reception: Option<ReceptionId>, operator: Operator, event: AuditEvent) {
    ports.audit.record(AuditEntry { at: ports.clock.now(), reception, operator, event });
}

/// The bare name of a delivered file.
fn delivered(check_id: &str, receipt: &Receipt) -> AuditEvent {
    let file = receipt.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    AuditEvent::Delivered { check_id: check_id.to_owned(), file, duplicate: receipt.duplicate }
}

/// How a delivery is recorded.
pub(super) fn of_delivery(check_id: &str, delivery: &Delivery) -> AuditEvent {
    match delivery {
        Delivery::Done(receipt) => delivered(check_id, receipt),
        Delivery::Kept { waiting } => AuditEvent::Spooled { check_id: check_id.to_owned(), waiting: *waiting },
    }
}

/// How the fate of a file that had to wait is recorded.
pub(super) fn of_news(news: &HandoffNews) -> Option<AuditEvent> {
    Some(match news {
        HandoffNews::DeliveredLate { check_id, file, .. } => {
            delivered(check_id, &Receipt { file: file.clone(), duplicate: false })
        }
        HandoffNews::GivenUp { check_id, .. } | HandoffNews::Removed { check_id } => {
            AuditEvent::DeliveryGivenUp { check_id: check_id.clone() }
        }
        HandoffNews::Taken { .. } | HandoffNews::NotTaken { .. } => return None,
    })
}

/// What somebody at the desk asked for beside a visit.
pub(super) fn of_errand(by: String, errand: &Errand) -> AuditEvent {
    let errand = match errand {
        Errand::AskQueueAgain => "ask-queue-again",
        Errand::RegisterReference { .. } => "register-reference",
    };
    AuditEvent::DeskAsked { by, errand }
}

/// What an adapter tells as an alarm is recorded as well.
pub(super) fn of_alarm(news: &StaffNews) -> Option<AuditEvent> {
    (news.kind().severity == Severity::Alarm).then(|| AuditEvent::Alarmed(news.clone()))
}

impl Recorder {
    /// A right staff code: whose it is stands in the log, and with what they go on to do in this visit.
    pub(super) fn code_taken(&mut self, ports: &Ports, state: &State, owner: String) {
        let visit = state.reception().map(|reception| reception.id);
        record(ports, visit, Operator::Staff, AuditEvent::StaffCodeTaken { by: owner.clone() });
        self.owner = Some((visit, owner));
    }

    /// What staff order at the kiosk, by the name of whose code opened it; without one where the list of codes gives none.
    /// Whether a code has opened the screen is for the table to say.
    pub(super) fn order_at_kiosk(&self, state: &State, command: StaffCommand) -> Option<StaffOrder> {
        let reception = state.reception()?.id;
        let name = self.owner_in(Some(reception)).unwrap_or_default();
        let by = StaffMember { name, place: StaffPlace::Kiosk };
        Some(StaffOrder { id: OrderId(0), reception, by, command })
    }

    fn owner_in(&self, visit: Option<ReceptionId>) -> Option<String> {
        self.owner.as_ref().filter(|(known, _)| *known == visit && visit.is_some()).map(|(_, owner)| owner.clone())
    }

    /// An answer that somebody waited for, before it goes into the vault.
    pub(super) fn answered(&self, ports: &Ports, state: &State, outcome: &Result<Reply, Failure>) {
        let visit = state.reception();
        let event = match outcome {
            Ok(Reply::Qualification(QualificationReply::Answer(answer))) => AuditEvent::Checked {
                check_id: answer.check_id.clone(),
                validity: answer.validity,
                notices: answer.notices.iter().map(|notice| notice.code.clone()).collect(),
            },
            Ok(Reply::Handoff(delivery)) => of_delivery(check_of(visit), delivery),
            _ => return,
        };
        record(ports, visit.map(|r| r.id), Operator::Patient, event);
    }

    /// One step of the table.
    pub(super) fn stepped(
        &mut self,
        ports: &Ports,
        before: &State,
        what: &Happening,
        after: &State,
        effects: &[Effect],
    ) {
        self.look_at_the_clock(ports);
        let (was, is) = (before.reception(), after.reception());
        let (old, new) = (was.map(|r| r.id), is.map(|r| r.id));
        if old != new
            && let Some(visit) = was
        {
            record(ports, old, Operator::Kiosk, AuditEvent::ReceptionEnded { delivered: has_file(visit) });
        }
        if old != new && new.is_some() {
            record(ports, new, Operator::Patient, AuditEvent::ReceptionStarted);
        }
        let mut events = of_step(before, what, after, self.owner_in(old));
        events.extend(effects.iter().filter_map(|effect| of_order(what, effect)).flatten());
        for event in effects.iter().filter_map(of_effect) {
            // What failed is told to staff as well; once is enough here.
            if !(matches!(event.1, AuditEvent::Failed(_)) && events.contains(&event)) {
                events.push(event);
            }
        }
        events.into_iter().for_each(|(operator, event)| record(ports, new.or(old), operator, event));
    }

    fn look_at_the_clock(&mut self, ports: &Ports) {
        if let Some(seconds) = self.clock_step(&*ports.clock) {
            record(ports, None, Operator::Kiosk, AuditEvent::ClockStepped { seconds });
        }
    }

    /// By how many seconds the wall clock has jumped since the last look, when it has.
    fn clock_step(&mut self, clock: &dyn Clock) -> Option<i64> {
        let offset = offset(clock);
        let step = self.offset.map_or(0, |before| offset.saturating_sub(before));
        // A small drift adds up over days, so the last look counts and not the first.
        self.offset = Some(offset);
        (step.abs() >= STEP).then_some(step / 1_000)
    }
}

fn offset(clock: &dyn Clock) -> i64 {
    let steady = i64::try_from(clock.steady().as_millis()).unwrap_or(i64::MAX);
    clock.wall().as_millisecond().saturating_sub(steady)
}

fn check_of(visit: Option<&Reception>) -> &str {
    visit.and_then(|r| r.check.as_ref()).map_or("", |check| &check.check_id)
}

/// A check that was taken away was settled without a file.
fn has_file(visit: &Reception) -> bool {
    visit.settled && visit.check.is_some()
}

fn of_step(before: &State, what: &Happening, after: &State, owner: Option<String>) -> Vec<(Operator, AuditEvent)> {
    let mut events = Vec::new();
    // What is touched at the kiosk is theirs whose code opened it.
    let seen = |step, by| (Operator::Staff, AuditEvent::VisualCheck { step, by });
    let judged = |state: &State| state.reception().and_then(|r| r.face_judgement);
    if let Some(judgement) = judged(after).filter(|judgement| judged(before) != Some(*judgement)) {
        events.push((Operator::Patient, AuditEvent::FaceJudged(judgement.verdict)));
    }
    let at_eye = |state: &State| state.on_screen() == OnScreen::Situation(&Situation::VisualCheck);
    match what {
        Happening::Panel(_) if at_eye(after) && !at_eye(before) => {
            events.push(seen(ByEye::Started, owner));
        }
        Happening::Ended(_, Answer::StaffCode(false)) => {
            events.push((Operator::Patient, AuditEvent::StaffCodeRefused));
        }
        Happening::Patient(PatientInput::Yes) if at_eye(before) && !at_eye(after) => {
            events.push(seen(ByEye::Approved, owner));
        }
        Happening::Patient(PatientInput::No) if at_eye(before) => {
            events.push(seen(ByEye::Refused, owner));
        }
        Happening::Ended(_, Answer::Failed(failure)) => events.push((Operator::Kiosk, AuditEvent::Failed(*failure))),
        Happening::Ended(_, Answer::TimedOut) => {
            events.push((Operator::Kiosk, AuditEvent::Failed(Failure::StepTimedOut)));
        }
        Happening::ReaderLost(failure) => events.push((Operator::Kiosk, AuditEvent::Failed(*failure))),
        _ => {}
    }
    events
}

/// An order and what came of it; what the eye says stands in the log like that of staff at the kiosk.
fn of_order(what: &Happening, effect: &Effect) -> Option<Vec<(Operator, AuditEvent)>> {
    let Happening::Staff(StaffOrder { id, by, command, .. }) = what else { return None };
    let Effect::Perform { action: Action::AnswerOrder { order, outcome, .. }, .. } = effect else { return None };
    let refused = outcome.err();
    let ordered = AuditEvent::StaffOrdered { by: by.clone(), command: *command, refused };
    let step = match command {
        StaffCommand::SeenByEye { .. } => Some(ByEye::Approved),
        StaffCommand::NotTheSame => Some(ByEye::Refused),
        _ => None,
    };
    let seen = |step| AuditEvent::VisualCheck { step, by: Some(by.name.clone()) };
    let seen = step.filter(|_| refused.is_none()).map(seen);
    (order == id).then(|| [Some(ordered), seen].into_iter().flatten().map(|event| (Operator::Staff, event)).collect())
}

fn of_effect(effect: &Effect) -> Option<(Operator, AuditEvent)> {
    let Effect::Perform { action, .. } = effect else { return None };
    Some(match action {
        Action::SignWithPin(_) => (Operator::Patient, AuditEvent::Proving(Authentication::Pin)),
        Action::ProveWithoutPin(authentication) => (Operator::Patient, AuditEvent::Proving(*authentication)),
        Action::Deliver { choices, .. } => (Operator::Patient, AuditEvent::Consented(choices.consents.clone())),
        Action::TellStaff(StaffNews::CountedWithoutFile { check_id }) => {
            (Operator::Kiosk, AuditEvent::NoFile { check_id: check_id.clone() })
        }
        Action::TellStaff(StaffNews::VisitEnded { failure, .. }) => (Operator::Kiosk, AuditEvent::Failed(*failure)),
        Action::TellStaff(news @ StaffNews::PrintDiffers) => (Operator::Kiosk, AuditEvent::Alarmed(news.clone())),
        Action::TellStaff(news) if news.kind().severity == Severity::Call => (Operator::Kiosk, AuditEvent::StaffCalled),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::Mutex;
    use std::time::Duration;

    use jiff::Timestamp;

    use super::*;
    use crate::ports::{Diagnose, Finding};

    /// Wall clock and steady clock, in milliseconds.
    #[derive(Default)]
    struct Clocks(Mutex<Cell<(i64, u64)>>);

    impl Clocks {
        fn set(&self, wall: i64, steady: u64) {
            self.0.lock().expect("no panic before").set((wall, steady));
        }

        fn get(&self) -> (i64, u64) {
            self.0.lock().expect("no panic before").get()
        }
    }

    impl Clock for Clocks {
        fn steady(&self) -> Duration {
            Duration::from_millis(self.get().1)
        }

        fn now(&self) -> Timestamp {
            Timestamp::from_millisecond(self.get().0).expect("a time")
        }
    }

    impl Diagnose for Clocks {
        fn diagnose(&self) -> Vec<Finding> {
            Vec::new()
        }
    }

    #[test]
    fn a_jump_of_the_clock_is_seen_once_and_drift_is_none() {
        let (mut recorder, clocks) = (Recorder::default(), Clocks::default());
        let looks = [(1_000, 0), (61_900, 60_000), (3_661_900, 61_000), (3_662_900, 62_000), (62_900, 63_000)];
        let steps = looks.map(|(wall, steady)| {
            clocks.set(wall, steady);
            recorder.clock_step(&clocks)
        });
        assert_eq!(steps, [None, None, Some(3_599), None, Some(-3_601)]);
    }
}
