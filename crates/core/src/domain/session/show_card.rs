//! One camera for card and face: the patient shows it the card's front, from which code B is read, and puts the same card back. Whoever
//! does not want that types.

use crate::domain::code_b::PrintHint;

use super::turn::Turn;
use super::{Action, Answer, Method, PatientInput, Situation};
use super::{identity, pause};

const SHOWN: Situation = Situation::ShowCard { hint: None, lifted: false, read: false };

/// Asks for the card's front; it still lies on the reader.
pub(super) fn begin(turn: &mut Turn) {
    let (budget, device) = (turn.patience(turn.settings().timing.show_card), turn.settings().timing.device);
    turn.enter(SHOWN);
    turn.perform(Action::LookAtCard { budget }, budget.saturating_add(device));
}

/// A hint for the running look.
pub(super) fn hint(turn: &mut Turn, hint: PrintHint) {
    if let (Situation::ShowCard { hint: shown, .. }, None) = (&mut turn.at, turn.pause) {
        *shown = Some(hint);
    }
}

/// The card is taken off the reader to be shown: that is asked for. Which card lies there later is looked at then.
pub(super) fn lifted(turn: &mut Turn) {
    if let Situation::ShowCard { lifted, .. } = &mut turn.at {
        *lifted = true;
    }
}

pub(super) fn touched(turn: &mut Turn, input: PatientInput) {
    match input {
        PatientInput::TypeCodeB => on(turn, false),
        PatientInput::Choose(Method::Pin) => {
            (turn.reception.method, turn.reception.seen_by_staff) = (Some(Method::Pin), false);
            on(turn, false);
        }
        _ => {}
    }
}

/// The look ended. Whatever kept it from reading keeps nobody from typing.
pub(super) fn answered(turn: &mut Turn, answer: &Answer) {
    on(turn, *answer == Answer::CodeBFound);
}

/// The camera is done; the visit goes on with the card that it began with, and with no other.
fn on(turn: &mut Turn, read: bool) {
    let Situation::ShowCard { lifted, .. } = turn.at else { return };
    let waits = Situation::ShowCard { hint: None, lifted, read };
    match (lifted, turn.scene.kiosk.card_present) {
        (_, false) => pause::card_away(turn, waits),
        (true, true) => pause::card_unsure(turn, waits),
        (false, true) => card_is_back(turn, read),
    }
}

/// The card of this visit lies on the reader.
pub(super) fn card_is_back(turn: &mut Turn, read: bool) {
    let by_pin = turn.reception.method == Some(Method::Pin) && !turn.reception.seen_by_staff;
    match read {
        true => identity::open_card_face(turn),
        false if by_pin => identity::choose_pin(turn),
        false => identity::enter_code_b(turn, None),
    }
}
