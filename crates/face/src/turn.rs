//! The active step of liveness: turn the head a little to the asked side and look back.

use uketsuke_core::domain::face::Hint;

/// Which way the head is to be turned, as the person sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// To the person's own right.
    Right,
    /// To the person's own left.
    Left,
}

/// The nose must move so far from where it was, in eye distances: a turn of about fifteen degrees, as far as it stands out.
const TURNED_FROM: f32 = 0.12;

/// Nearer than this to where it was, the head looks at the camera again.
const BACK_BELOW: f32 = 0.06;

/// Frames in a row that must show the turn.
const TURNED_FRAMES: u32 = 2;

/// One asked turn: asked, turned to the right side, looked back.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    side: Side,
    straight: Option<f32>,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Asked { frames: u32 },
    Turned,
    Done,
}

impl Turn {
    /// Asks for a turn to `side`; nobody may know the side before.
    pub fn new(side: Side) -> Self {
        Self { side, straight: None, state: State::Asked { frames: 0 } }
    }

    /// Takes the next frame: nose from the middle between the eyes in eye distances, positive to the person's left.
    /// The first one says where straight ahead is.
    pub fn see(&mut self, yaw: f32) {
        let straight = *self.straight.get_or_insert(yaw);
        let towards = match self.side {
            Side::Left => yaw - straight,
            Side::Right => straight - yaw,
        };
        self.state = match self.state {
            State::Asked { frames } if towards >= TURNED_FROM && frames + 1 >= TURNED_FRAMES => State::Turned,
            State::Asked { frames } if towards >= TURNED_FROM => State::Asked { frames: frames + 1 },
            State::Asked { .. } => State::Asked { frames: 0 },
            State::Turned if towards.abs() < BACK_BELOW => State::Done,
            same => same,
        };
    }

    /// Starts over, as when the face was lost.
    pub fn restart(&mut self) {
        *self = Self::new(self.side);
    }

    /// Whether the head turned and looked back.
    pub fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// What the patient is to do now.
    pub fn hint(&self) -> Option<Hint> {
        match (self.state, self.side) {
            (State::Asked { .. }, Side::Right) => Some(Hint::TurnRight),
            (State::Asked { .. }, Side::Left) => Some(Hint::TurnLeft),
            (State::Turned, _) => Some(Hint::LookHere),
            (State::Done, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(side: Side, yaws: &[f32]) -> Turn {
        let mut turn = Turn::new(side);
        yaws.iter().for_each(|yaw| turn.see(*yaw));
        turn
    }

    #[test]
    fn a_turn_to_the_asked_side_and_back_is_done() {
        for (side, sign, hint) in [(Side::Left, 1.0, Hint::TurnLeft), (Side::Right, -1.0, Hint::TurnRight)] {
            let yaws = [0.03, 0.08, 0.16, 0.2].map(|yaw| yaw * sign);
            assert_eq!(after(side, &yaws[..2]).hint(), Some(hint));
            assert_eq!(after(side, &yaws).hint(), Some(Hint::LookHere));
            assert!(!after(side, &yaws).is_done());
            let back = after(side, &[&yaws[..], &[0.05 * sign]].concat());
            assert!(back.is_done() && back.hint().is_none());
        }
    }

    #[test]
    fn the_other_side_one_wild_frame_and_no_turn_are_not() {
        assert!(!after(Side::Right, &[0.0, 0.2, 0.2, 0.2, 0.0]).is_done());
        assert!(!after(Side::Left, &[0.0, 0.3, 0.0, 0.3, 0.0]).is_done());
        assert!(!after(Side::Left, &[0.1; 30]).is_done());
        assert!(!after(Side::Left, &[0.0, f32::NAN, f32::NAN, 0.0]).is_done());
    }

    #[test]
    fn whoever_looks_aside_from_the_start_has_not_turned() {
        assert!(!after(Side::Left, &[0.2, 0.25, 0.24, 0.2]).is_done());
    }

    #[test]
    fn a_lost_face_starts_over() {
        let mut turn = after(Side::Left, &[0.0, 0.2, 0.2]);
        turn.restart();
        assert_eq!(turn.hint(), Some(Hint::TurnLeft));
    }
}
