//! The face decision: two separate verdicts, same person and live person, from five good frames.
//!
//! The numbers start where the project's measurements on East Asian faces put them, not at OpenCV's 0.363.

/// Good frames whose mean template is compared.
pub const GOOD_FRAMES: usize = 5;

/// Thresholds and limits of one decision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Lowest cosine of a match.
    pub match_at: f32,
    /// Lowest mean liveness of a live person (0 to 1).
    pub live_at: f32,
    /// Frames looked at before giving up.
    pub max_frames: u32,
    /// Time for one attempt in milliseconds.
    pub budget_ms: u64,
    /// Attempts before PIN and staff are offered instead.
    pub max_tries: u8,
}

impl Default for Rule {
    fn default() -> Self {
        Self { match_at: 0.45, live_at: 0.5, max_frames: 300, budget_ms: 15_000, max_tries: 3 }
    }
}

/// One thing the patient can do to be seen better; shown one at a time, in this order of urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hint {
    /// No face in the picture.
    NoFace,
    /// More than one face.
    TwoFaces,
    /// Too close to the camera.
    TooNear,
    /// Too far from the camera.
    TooFar,
    /// Outside the frame.
    OffCentre,
    /// Head turned aside, up or down.
    LookHere,
    /// Head leaning to one shoulder.
    Tilted,
    /// Too little light.
    TooDark,
    /// Too much light on the face.
    TooBright,
    /// Bright background behind the face.
    Backlit,
    /// Moved during the picture.
    Blurred,
    /// Mouth and nose are behind a mask.
    Mask,
    /// A hat or hair hides the brows.
    BrowHidden,
    /// Light mirrored by glasses hides the eyes.
    GlassesGlare,
    /// Eyes closed for longer than a blink.
    EyesClosed,
    /// Asked for by the active liveness step: turn to the person's own right.
    TurnRight,
    /// Asked for by the active liveness step: turn to the person's own left.
    TurnLeft,
    /// The head has not moved at all, as if it were a photograph: turn it a little.
    MoveALittle,
    /// All is well: keep still.
    HoldStill,
}

impl Hint {
    /// Every hint, most urgent first.
    pub const ALL: &'static [Hint] = &[
        Hint::NoFace,
        Hint::TwoFaces,
        Hint::TooNear,
        Hint::TooFar,
        Hint::OffCentre,
        Hint::LookHere,
        Hint::Tilted,
        Hint::TooDark,
        Hint::TooBright,
        Hint::Backlit,
        Hint::Blurred,
        Hint::Mask,
        Hint::BrowHidden,
        Hint::GlassesGlare,
        Hint::EyesClosed,
        Hint::TurnRight,
        Hint::TurnLeft,
        Hint::MoveALittle,
        Hint::HoldStill,
    ];
}

/// What the engine measured in one attempt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Cosine between the portrait and the mean template of the good frames (-1 to 1).
    pub score: f32,
    /// Mean liveness over the same frames (0 to 1).
    pub liveness: f32,
    /// Good frames that went in.
    pub good_frames: u32,
    /// Frames looked at.
    pub seen_frames: u32,
    /// The hint that stood longest when frames were not good enough.
    pub main_hint: Option<Hint>,
}

/// The outcome of one attempt. Only staff ever read more than "it did not work".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Same person, live.
    Match,
    /// Enough good frames, but the score stays below the line.
    NoMatch,
    /// The liveness verdict failed; says nothing of who it is.
    NotLive,
    /// Too few good frames within the budget.
    NotSeen,
}

/// Judges one attempt: liveness first, so that a failed liveness never reads as "not you".
pub fn decide(evidence: &Evidence, rule: &Rule) -> Verdict {
    if (evidence.good_frames as usize) < GOOD_FRAMES || !evidence.score.is_finite() || !evidence.liveness.is_finite() {
        Verdict::NotSeen
    } else if evidence.liveness < rule.live_at {
        Verdict::NotLive
    } else if evidence.score < rule.match_at {
        Verdict::NoMatch
    } else {
        Verdict::Match
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(score: f32, liveness: f32, good_frames: u32) -> Evidence {
        Evidence { score, liveness, good_frames, seen_frames: 20, main_hint: None }
    }

    #[test]
    fn each_verdict_has_its_cause() {
        let rule = Rule::default();
        assert_eq!(decide(&evidence(0.45, 0.5, 5), &rule), Verdict::Match);
        assert_eq!(decide(&evidence(0.44, 0.9, 5), &rule), Verdict::NoMatch);
        assert_eq!(decide(&evidence(0.99, 0.49, 5), &rule), Verdict::NotLive);
        assert_eq!(decide(&evidence(0.1, 0.1, 5), &rule), Verdict::NotLive);
        assert_eq!(decide(&evidence(0.99, 0.99, 4), &rule), Verdict::NotSeen);
        assert_eq!(decide(&evidence(f32::NAN, 0.99, 5), &rule), Verdict::NotSeen);
    }
}
