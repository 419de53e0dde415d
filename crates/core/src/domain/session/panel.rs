//! The staff's panel on the kiosk: what their code opens, over the place where the visit stands.

use crate::domain::staff_order::{OrderId, Refusal, StaffCommand, StaffMember, StaffOrder, StaffPlace};

use super::turn::Turn;
use super::{Action, Effect, Event, Happening, Help, PanelTouch, Situation, StaffReason, State, Timer};
use super::{fallback, farewell, orders, staff, step};

/// Staff have said who they are. Whoever comes after them must not find their buttons.
pub(super) fn open(turn: &mut Turn, reason: Option<StaffReason>, refused: Option<Refusal>) {
    turn.enter(Situation::StaffPanel { reason, refused });
    turn.wait(Timer::Notice, turn.settings().timing.panel);
}

pub(super) fn touched(turn: &mut Turn, touch: PanelTouch) {
    let Situation::StaffPanel { reason, .. } = turn.at else { return };
    match touch {
        PanelTouch::LookByEye => match orders::compared(turn) {
            Ok(()) => staff::compare(turn),
            Err(refusal) => open(turn, reason, Some(refusal)),
        },
        PanelTouch::Close => close(turn),
    }
}

/// The panel closes without an order: the visit goes on where it stood, waits for staff again, or there is none.
pub(super) fn close(turn: &mut Turn) {
    let Situation::StaffPanel { reason, .. } = turn.at else { return };
    turn.reception.help = Help::None;
    match reason {
        _ if turn.reception.left_at.is_some() => orders::patient_goes_on(turn),
        Some(reason @ StaffReason::Failure(_)) => fallback::await_staff(turn, reason),
        _ => farewell::clean_up(turn),
    }
}

/// Whether the kiosk would do that now if staff at its panel ordered it.
///
/// # Errors
/// Why it would not.
pub fn would_obey(state: &State, command: StaffCommand) -> Result<(), Refusal> {
    let reception = state.reception().ok_or(Refusal::NobodyHere)?.id;
    let by = StaffMember { name: String::new(), place: StaffPlace::Kiosk };
    let order = StaffOrder { id: OrderId(0), reception, by, command };
    let at = crate::domain::ids::Moment { steady: std::time::Duration::MAX, now: jiff::Timestamp::UNIX_EPOCH };
    let (_, effects) = step(state, Event { at, what: Happening::Staff(order) });
    let outcome = |effect: &Effect| match effect {
        Effect::Perform { action: Action::AnswerOrder { outcome, .. }, .. } => Some(*outcome),
        _ => None,
    };
    effects.iter().find_map(outcome).unwrap_or(Err(Refusal::NotHere))
}
