//! Pauses: the patient does nothing, or the card is off the reader in the middle. Both keep the place and lead back to it.

use crate::domain::card::CardFacts;
use crate::domain::failure::Failure;

use super::step::Step;
use super::{Action, Answer, CheckStage, Method, PatientInput, ReaderState, Situation, Timer};
use super::{arrival, consent, farewell, identity, staff};

/// Seconds by which a countdown goes down: often enough to be seen, seldom enough to be read out.
const STEP: u16 = 10;
/// もっと時間がほしい: all times of this visit so many times as long.
const MORE: u64 = 10;

impl Step {
    /// How long this patient is given where everybody is given `ms`.
    pub(super) fn patience(&self, ms: u64) -> u64 {
        let unhurried = self.reception().is_some_and(|r| r.unhurried);
        ms.saturating_mul(if unhurried { MORE } else { 1 })
    }
}

/// Whole seconds of a duration.
fn seconds(ms: u64) -> u16 {
    u16::try_from(ms / 1000).unwrap_or(u16::MAX)
}

/// Nobody has touched anything for the idle time: asks once before the visit is wiped.
pub(super) fn nobody_touches(step: &mut Step) {
    let place = Box::new(step.situation().clone());
    let seconds = seconds(step.patience(step.settings().timing.still_there));
    step.enter(Situation::StillThere { place, seconds });
    count(step, seconds);
}

/// The card is off the reader: the visit waits for it where it stands.
pub(super) fn card_away(step: &mut Step, place: Situation) {
    if let ReaderState::Lost(failure) = step.state.kiosk.reader {
        return farewell::stop(step, failure);
    }
    let seconds = seconds(step.patience(step.settings().timing.card_away));
    step.enter(Situation::CardAway { place: Box::new(without_pin(place)), seconds, reading: false });
    count(step, seconds);
}

/// Half a PIN does not wait beside an empty reader: whoever puts the card back types it whole. Code B may wait, for it
/// is printed on the card.
fn without_pin(place: Situation) -> Situation {
    match place {
        Situation::EnterPin { tries, wrong, .. } => Situation::EnterPin { typed: 0, tries, wrong },
        place => place,
    }
}

fn count(step: &mut Step, seconds: u16) {
    step.wait(Timer::Count, u64::from(seconds.clamp(1, STEP)) * 1000);
}

/// One step of the countdown is over.
pub(super) fn counted(step: &mut Step) {
    match step.situation().clone() {
        Situation::StillThere { place, seconds } => match seconds.saturating_sub(STEP) {
            0 => walked_away(step, &place),
            seconds => {
                step.show(Situation::StillThere { place, seconds });
                count(step, seconds);
            }
        },
        Situation::CardAway { place, seconds, reading } => match seconds.saturating_sub(STEP) {
            0 => farewell::stop(step, Failure::CardGone),
            seconds => {
                step.show(Situation::CardAway { place, seconds, reading });
                count(step, seconds);
            }
        },
        _ => {}
    }
}

/// The countdown is over: whoever has confirmed their name keeps their qualification, everything else ends.
fn walked_away(step: &mut Step, place: &Situation) {
    if consent::may_go_unanswered(place) {
        consent::unanswered(step);
    } else if step.state.kiosk.card_present && !nothing_begun(place) {
        farewell::stop(step, Failure::TimedOut);
    } else {
        farewell::note_end(step, Failure::TimedOut);
        farewell::clean_up(step);
    }
}

/// Places where nothing of the visit is cut short by leaving.
fn nothing_begun(place: &Situation) -> bool {
    place.goes_on_without_card() || {
        let read = matches!(place, Situation::AlreadyReceived { .. } | Situation::RegistrationStatus { .. });
        read || matches!(place, Situation::WrongCard { .. })
    }
}

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation().clone(), input) {
        (Situation::StillThere { place, .. }, PatientInput::Continue) => step.enter_and_wait(*place),
        (Situation::StillThere { place, .. }, PatientInput::MoreTime) => {
            step.note(|r| r.unhurried = true);
            step.enter_and_wait(*place);
        }
        (_, PatientInput::Cancel) => step.cancelled(),
        _ => {}
    }
}

/// A card lies there again: is it the same one?
pub(super) fn card_back(step: &mut Step) {
    if let Situation::CardAway { place, seconds, .. } = step.situation().clone() {
        step.enter(Situation::CardAway { place, seconds, reading: true });
        step.perform(Action::IdentifyCard, step.settings().timing.device);
    }
}

/// It was taken off again before it was read.
pub(super) fn card_gone_again(step: &mut Step) {
    if let Situation::CardAway { place, seconds, reading: true } = step.situation().clone() {
        step.enter(Situation::CardAway { place, seconds, reading: false });
        count(step, seconds);
    }
}

pub(super) fn answered(step: &mut Step, answer: Answer) {
    let Situation::CardAway { place, seconds, reading: true } = step.situation().clone() else { return };
    match answer {
        Answer::Identified(facts) if is_same(step, &facts) => {
            step.state.kiosk.card_fresh = false;
            step.note(|r| {
                r.card = Some(facts);
                r.card_face = None;
            });
            resume(step, *place);
        }
        Answer::Identified(_) => farewell::stop(step, Failure::CardSwapped),
        Answer::Failed(failure @ (Failure::CardServiceStopped | Failure::ReaderGone)) => {
            farewell::stop(step, failure);
        }
        // Not read well enough to tell: it has to be placed once more within the time that is left.
        _ => {
            step.enter(Situation::CardAway { place, seconds, reading: false });
            count(step, seconds);
        }
    }
}

/// Two cards without certificate cannot be told apart, so they never count as the same.
fn is_same(step: &Step, facts: &CardFacts) -> bool {
    let before = step.reception().and_then(|r| r.card.as_ref());
    before.is_some_and(|card| card.mark.is_some() && card.mark == facts.mark)
}

/// Back to where the visit stood. What the card had opened is closed again, so a face begins with its card face.
fn resume(step: &mut Step, place: Situation) {
    let (by_eye, method) = step.reception().map_or((false, None), |r| (r.seen_by_staff, r.method));
    let proving = matches!(place, Situation::Checking { stage: CheckStage::Challenge | CheckStage::Proof });
    let by_face = method == Some(Method::Face) && !by_eye;
    match place {
        Situation::ReadingCard => arrival::read_card(step),
        Situation::OpeningCardFace if by_eye => staff::prove(step),
        Situation::OpeningCardFace | Situation::FaceCapture { .. } => face_again(step),
        _ if proving && by_eye => staff::prove(step),
        _ if proving && by_face => face_again(step),
        _ if proving => identity::choose_pin(step),
        Situation::VisualCheck { here } => {
            step.enter(Situation::VisualCheck { here });
            step.wait(Timer::Notice, step.patience(step.settings().timing.fallback));
        }
        place => step.enter_and_wait(place),
    }
}

/// The card may have no tries left for it any more; then the choice says so.
fn face_again(step: &mut Step) {
    if step.reception().is_some_and(|r| r.face_possible().is_ok()) {
        identity::choose_face(step);
    } else {
        step.enter_and_wait(Situation::ChooseMethod);
    }
}
