//! At rest: nobody is being received. Every visit begins here and leads back here.

use crate::domain::ids::ReceptionId;
use crate::domain::staff_order::Refusal;

use super::turn::{Scene, Turn};
use super::{Action, Happening, Now, PatientInput, Purpose, ReaderState, Rest, Situation, StaffReason, Timer};
use super::{arrival, fallback, staff};

/// The alarm at which staff are told of a card left behind.
pub const STAFF_ALARM: u8 = 3;

/// What the kiosk does at rest.
pub(super) fn happens(scene: &mut Scene, rest: Rest, what: Happening) -> Now {
    match (rest, what) {
        (_, Happening::Ended(id, _)) => {
            if let (Rest::CardLeft { alarms }, Some(Action::Wait(Timer::CardLeft, _))) = (rest, scene.ended(id)) {
                return card_left(scene, alarms.saturating_add(1));
            }
        }
        (_, Happening::CardPlaced) => {
            if scene.card_placed() && rest == Rest::Idle {
                return receive(scene, arrival::read_card);
            }
        }
        (_, Happening::CardGone) => {
            scene.card_gone();
            if matches!(rest, Rest::CardLeft { .. }) {
                return enter(scene, Rest::Idle);
            }
        }
        (_, Happening::ReaderLost(failure)) => {
            scene.reader_lost(failure);
            return enter(scene, Rest::OutOfOrder { failure });
        }
        (_, Happening::ReaderReady) => {
            scene.kiosk.reader = ReaderState::Ready;
            if matches!(rest, Rest::OutOfOrder { .. }) {
                return enter(scene, Rest::Idle);
            }
        }
        (_, Happening::Patient(PatientInput::StaffHere)) if scene.kiosk.settings.staff_codes => {
            return receive(scene, staff::come_to_rest);
        }
        (Rest::Idle, Happening::Patient(input)) => return touched(scene, input),
        (_, Happening::Patient(PatientInput::CallStaff)) => tell_staff(scene, StaffReason::Asked),
        (_, Happening::Staff(order)) => {
            let answer =
                Action::AnswerOrder { order: order.id, place: order.by.place, outcome: Err(Refusal::NobodyHere) };
            scene.perform(ReceptionId::NOBODY, answer, scene.kiosk.settings.timing.device);
        }
        (_, Happening::Patient(_) | Happening::Panel(_)) => {}
        (_, Happening::FaceHint(_) | Happening::FaceProgress(_) | Happening::PrintHint(_)) => {}
    }
    Now::Rest(rest)
}

fn touched(scene: &mut Scene, input: PatientInput) -> Now {
    match input {
        PatientInput::Start => receive(scene, |turn| turn.enter_and_wait(Situation::PlaceCard)),
        PatientInput::Inquire if scene.kiosk.settings.offers_inquiry() => receive(scene, |turn| {
            turn.reception.purpose = Purpose::Inquiry;
            turn.enter_and_wait(Situation::PlaceCard);
        }),
        PatientInput::CallStaff => receive(scene, |turn| fallback::call_staff(turn, StaffReason::Asked)),
        _ => Now::Rest(Rest::Idle),
    }
}

/// Begins a visit, in the situation that `enter` leads to.
fn receive(scene: &mut Scene, enter: impl FnOnce(&mut Turn)) -> Now {
    scene.leave();
    let mut turn = Turn::first(scene);
    enter(&mut turn);
    turn.ends()
}

/// A visit is over: where the kiosk stands now.
pub(super) fn after_visit(scene: &mut Scene) -> Now {
    match scene.kiosk.reader {
        ReaderState::Lost(failure) => enter(scene, Rest::OutOfOrder { failure }),
        ReaderState::Ready if scene.kiosk.card_present && scene.kiosk.card_fresh => receive(scene, arrival::read_card),
        ReaderState::Ready if scene.kiosk.card_present => card_left(scene, 0),
        ReaderState::Ready => enter(scene, Rest::Idle),
    }
}

fn enter(scene: &mut Scene, rest: Rest) -> Now {
    scene.leave();
    Now::Rest(rest)
}

/// The visit is over, its card still lies there; nothing of the visit is shown.
fn card_left(scene: &mut Scene, alarms: u8) -> Now {
    let now = enter(scene, Rest::CardLeft { alarms });
    scene.wait(ReceptionId::NOBODY, Timer::CardLeft, scene.kiosk.settings.timing.card_alarm);
    if alarms == STAFF_ALARM {
        tell_staff(scene, StaffReason::CardLeft);
    }
    now
}

fn tell_staff(scene: &mut Scene, reason: StaffReason) {
    let told = Action::TellStaff(reason.news());
    scene.perform(ReceptionId::NOBODY, told, scene.kiosk.settings.timing.device);
}
