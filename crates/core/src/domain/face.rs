//! The face decision: two separate verdicts, same person and live person, from at least five good frames of one attempt.
//!
//! Each attempt stands alone: its lines are those of the first one, and nothing it measured is carried into the next, so
//! that trying again cannot add up. Tries are counted for a visit and for a card ([`CardTries`]).
//!
//! The line of a match belongs to the model pack, which says what share of strangers passes it (`models/manifest.toml`).

use std::ops::RangeInclusive;
use std::time::Duration;

use strum::VariantArray;

use crate::domain::card::CardMark;
use crate::domain::failure::Failure;

/// Fewest good frames whose mean template is compared.
pub const GOOD_FRAMES: usize = 5;

/// Lines of a match that mean something: at none everybody passes, at one nobody.
pub const MATCH_AT: RangeInclusive<f32> = 0.1..=0.99;

/// Lines of a live person that mean something.
pub const LIVE_AT: RangeInclusive<f32> = 0.05..=0.99;

/// Lowest textures that a sign of life may lift.
pub const DOUBT_AT: RangeInclusive<f32> = 0.01..=0.99;

/// The share of the line that is left to what needs an act.
const BELOW_THE_LINE: f32 = 0.9;

/// Thresholds and limits of one decision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Lowest cosine of a match.
    pub match_at: f32,
    /// Lowest liveness of a live person (0 to 1).
    pub live_at: f32,
    /// Lowest texture that a sign of life lifts to that line; below it a face looks like paper, whatever it does.
    pub doubt_at: f32,
    /// Frames looked at before giving up.
    pub max_frames: u32,
    /// Time for one attempt.
    pub budget: Duration,
    /// Time to a refusal, from the first face at its place ([`Hint::is_of_quality`]) or from the act that was asked for. With the
    /// frame that is being looked at, the words are there within five seconds.
    pub refuse_after: Duration,
    /// Attempts before PIN and staff are offered instead: in one visit, and by one card within the window.
    pub max_tries: u8,
    /// So long after its last failed comparison a card may try again.
    pub window: Duration,
    /// Liveness also asks for a turn of the head.
    pub active: bool,
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            match_at: 0.45,
            live_at: 0.5,
            doubt_at: 0.20,
            max_frames: 300,
            budget: Duration::from_secs(15),
            refuse_after: Duration::from_millis(4500),
            max_tries: 2,
            window: Duration::from_secs(900),
            active: false,
        }
    }
}

/// What the frames of an attempt say of life. A head that keeps still shows none of these signs, which says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Signs {
    /// Mean live probability of the texture networks (0 to 1).
    pub texture: f32,
    /// The face moved as a solid head does.
    pub parallax: bool,
    /// The face moved, and as a flat picture does.
    pub flat: bool,
    /// The room behind the face moved with it, as on a screen in somebody's hands: the camera stands still.
    pub carried: bool,
    /// The eyes were seen open, closed and open again.
    pub blinked: bool,
    /// The head was turned as asked, and back.
    pub turned: bool,
    /// The very same picture came again and again.
    pub frozen: bool,
}

impl Rule {
    /// The liveness that is held against `live_at`. The texture comes first; where it is in doubt, a sign of life lifts it
    /// to the line; what moves as a sheet does, or is no new picture at all, has none. A film shows every sign but an act
    /// that nobody foresaw: what is carried before the camera stays below the line without one.
    pub fn liveness(&self, signs: &Signs) -> f32 {
        let texture = if signs.texture.is_finite() { signs.texture.clamp(0.0, 1.0) } else { 0.0 };
        if signs.frozen || signs.flat || self.active && !signs.turned {
            0.0
        } else if signs.carried && !signs.turned {
            texture.min(self.live_at * BELOW_THE_LINE)
        } else if texture >= self.doubt_at && (signs.parallax || signs.blinked || signs.turned) {
            texture.max(self.live_at)
        } else {
            texture
        }
    }

    /// Whether one small act of the patient would decide.
    pub fn needs_an_act(&self, signs: &Signs) -> bool {
        self.liveness(signs) < self.live_at && self.liveness(&Signs { turned: true, ..*signs }) >= self.live_at
    }
}

/// One thing the patient can do to be seen better; shown one at a time, in this order of urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
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
    /// Smeared by a quick movement or out of focus.
    Blurred,
    /// Mouth and nose are behind a mask.
    Mask,
    /// A hat or hair hides the brows.
    BrowHidden,
    /// Light mirrored by glasses hides the eyes.
    GlassesGlare,
    /// Eyes closed for longer than a blink.
    EyesClosed,
    /// Asked for where liveness is in doubt: turn to the person's own right.
    TurnRight,
    /// Asked for where liveness is in doubt: turn to the person's own left.
    TurnLeft,
    /// Nothing showed a living face: turn the head a little to each side.
    MoveALittle,
    /// All is well: keep looking at the camera.
    KeepLooking,
}

impl Hint {
    /// Every hint, most urgent first.
    pub const ALL: &'static [Hint] = Hint::VARIANTS;

    /// Whether there is one face at its place, of which only the picture could be better.
    pub fn is_of_quality(self) -> bool {
        !matches!(self, Hint::NoFace | Hint::TwoFaces | Hint::TooNear | Hint::TooFar | Hint::OffCentre)
    }
}

/// What the engine measured in one attempt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Cosine between the portrait and the mean template of the good frames (-1 to 1).
    pub score: f32,
    /// What [`Rule::liveness`] says of the same frames (0 to 1).
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

/// A verdict with the numbers it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// What was measured.
    pub evidence: Evidence,
    /// The line the score was held against.
    pub match_at: f32,
    /// The line the liveness was held against.
    pub live_at: f32,
}

impl Judgement {
    /// What the patient is told; `None` after a match. Never "you are not this person".
    pub fn failure(&self) -> Option<Failure> {
        match self.verdict {
            Verdict::Match => None,
            Verdict::NotLive => Some(Failure::FaceNotLive),
            Verdict::NoMatch | Verdict::NotSeen => Some(Failure::FaceNotConfirmed),
        }
    }

    /// The one thing that would have helped most, for the patient.
    pub fn advice(&self) -> Option<Hint> {
        match self.verdict {
            Verdict::Match => None,
            Verdict::NotLive => Some(Hint::MoveALittle),
            Verdict::NoMatch | Verdict::NotSeen => self.evidence.main_hint,
        }
    }

    /// Whether a face was compared: then the attempt was a draw that an impostor could have won.
    pub fn compared(&self) -> bool {
        self.verdict != Verdict::NotSeen
    }
}

impl std::fmt::Display for Judgement {
    /// The line for staff: numbers with the lines they were held against.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Evidence { score, liveness, good_frames, seen_frames, .. } = self.evidence;
        let verdict = match self.verdict {
            Verdict::Match => "match",
            Verdict::NoMatch => "no match",
            Verdict::NotLive => "not live",
            Verdict::NotSeen => "not seen",
        };
        write!(
            f,
            "{verdict}: score {score:.3} (line {:.3}), liveness {liveness:.2} (line {:.2}), \
             {good_frames} good frames among {seen_frames}",
            self.match_at, self.live_at
        )
    }
}

/// Judges one attempt by its own evidence: liveness first, so that a failed liveness never reads as "not you".
pub fn judge(evidence: &Evidence, rule: &Rule) -> Judgement {
    let verdict = if (evidence.good_frames as usize) < GOOD_FRAMES
        || !evidence.score.is_finite()
        || !evidence.liveness.is_finite()
    {
        Verdict::NotSeen
    } else if evidence.liveness < rule.live_at {
        Verdict::NotLive
    } else if evidence.score < rule.match_at {
        Verdict::NoMatch
    } else {
        Verdict::Match
    };
    // A judgement is kept and compared; a number that is none would differ from itself.
    let number = |value: f32| if value.is_finite() { value } else { 0.0 };
    let evidence = Evidence { score: number(evidence.score), liveness: number(evidence.liveness), ..*evidence };
    Judgement { verdict, evidence, match_at: rule.match_at, live_at: rule.live_at }
}

/// Failed comparisons by card, so that taking the card off and laying it down again gives no new tries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CardTries {
    cards: Vec<(CardMark, Tries)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Tries {
    count: u8,
    /// Forgotten from here on, by the steady clock.
    until: Duration,
}

impl CardTries {
    /// Failed comparisons of this card that still count at `now` of the steady clock.
    pub fn of(&self, card: CardMark, now: Duration) -> u8 {
        let found = self.cards.iter().find(|(mark, tries)| *mark == card && tries.until > now);
        found.map_or(0, |(_, tries)| tries.count)
    }

    /// Whether this card has used up its tries.
    pub fn exhausted(&self, card: CardMark, rule: &Rule, now: Duration) -> bool {
        self.of(card, now) >= rule.max_tries
    }

    /// One more failed comparison of this card; the window begins anew.
    pub fn failed(&mut self, card: CardMark, rule: &Rule, now: Duration) {
        let count = self.of(card, now).saturating_add(1);
        self.cards.retain(|(mark, tries)| *mark != card && tries.until > now);
        self.cards.push((card, Tries { count, until: now.saturating_add(rule.window) }));
    }

    /// The card's owner was matched: nothing counts against the card any more.
    pub fn matched(&mut self, card: CardMark) {
        self.cards.retain(|(mark, _)| *mark != card);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(score: f32, liveness: f32, good_frames: u32) -> Evidence {
        Evidence { score, liveness, good_frames, seen_frames: 20, main_hint: Some(Hint::TooDark) }
    }

    fn verdict(score: f32, liveness: f32, good_frames: u32) -> Verdict {
        judge(&evidence(score, liveness, good_frames), &Rule { match_at: 0.45, ..Rule::default() }).verdict
    }

    #[test]
    fn each_verdict_has_its_cause() {
        assert_eq!(verdict(0.45, 0.5, 5), Verdict::Match);
        assert_eq!(verdict(0.44, 0.9, 5), Verdict::NoMatch);
        assert_eq!(verdict(0.99, 0.49, 5), Verdict::NotLive);
        assert_eq!(verdict(0.1, 0.1, 5), Verdict::NotLive);
        assert_eq!(verdict(0.99, 0.99, 4), Verdict::NotSeen);
        assert_eq!(verdict(f32::NAN, 0.99, 5), Verdict::NotSeen);
        assert_eq!(verdict(0.99, f32::NAN, 5), Verdict::NotSeen);
    }

    /// Every combination of signs at this texture.
    fn all_signs(texture: f32) -> impl Iterator<Item = Signs> {
        (0..64u8).map(move |bits| {
            let is = |n: u8| bits & (1 << n) != 0;
            Signs {
                texture,
                parallax: is(0),
                flat: is(1),
                blinked: is(2),
                turned: is(3),
                frozen: is(4),
                carried: is(5),
            }
        })
    }

    #[test]
    fn a_still_head_is_judged_by_its_texture_alone() {
        let rule = Rule::default();
        for texture in [0.0, 0.1, 0.3, 0.49, 0.5, 0.9, 1.0] {
            assert_eq!(rule.liveness(&Signs { texture, ..Signs::default() }), texture);
        }
        assert_eq!(rule.liveness(&Signs { texture: f32::NAN, parallax: true, ..Signs::default() }), 0.0);
    }

    #[test]
    fn signs_of_life_lift_a_doubtful_texture_to_the_line_and_never_one_that_looks_like_paper() {
        let rule = Rule::default();
        for texture in (0..=100).map(|n| n as f32 / 100.0) {
            for signs in all_signs(texture) {
                let liveness = rule.liveness(&signs);
                let (condemned, doubted) = (signs.flat || signs.frozen, signs.carried && !signs.turned);
                let alive = signs.turned || !signs.carried && (signs.parallax || signs.blinked);
                let sure = texture >= rule.live_at && !doubted;
                let live = !condemned && (sure || texture >= rule.doubt_at && alive);
                assert_eq!(liveness >= rule.live_at, live, "{signs:?}: {liveness}");
                assert!((0.0..=1.0).contains(&liveness));
                let doubt = !condemned && !alive && !sure && texture >= rule.doubt_at;
                assert_eq!(rule.needs_an_act(&signs), doubt, "{signs:?}");
                let asked = Rule { active: true, ..rule };
                assert!(signs.turned || asked.liveness(&signs) == 0.0, "{signs:?}");
            }
        }
    }

    #[test]
    fn staff_read_numbers_and_the_patient_a_reason() {
        let judgement = judge(&evidence(0.312, 0.9, 5), &Rule { match_at: 0.45, ..Rule::default() });
        assert_eq!(
            judgement.to_string(),
            "no match: score 0.312 (line 0.450), liveness 0.90 (line 0.50), 5 good frames among 20"
        );
        assert_eq!((judgement.failure(), judgement.advice()), (Some(Failure::FaceNotConfirmed), Some(Hint::TooDark)));
        let still = judge(&evidence(0.9, 0.1, 5), &Rule::default());
        assert_eq!((still.failure(), still.advice()), (Some(Failure::FaceNotLive), Some(Hint::MoveALittle)));
        let fine = judge(&evidence(0.9, 0.9, 5), &Rule::default());
        assert_eq!((fine.failure(), fine.advice(), fine.compared()), (None, None, true));
        assert!(!judge(&evidence(0.9, 0.9, 2), &Rule::default()).compared());
    }

    #[test]
    fn a_card_has_its_tries_until_the_window_is_over() {
        let rule = Rule { max_tries: 3, window: Duration::from_secs(1), ..Rule::default() };
        let (one, other) = (CardMark([1; 32]), CardMark([2; 32]));
        let (mut tries, ms) = (CardTries::default(), Duration::from_millis);
        for now in [0, 900, 1_800].map(ms) {
            assert!(!tries.exhausted(one, &rule, now));
            tries.failed(one, &rule, now);
        }
        assert!(tries.exhausted(one, &rule, ms(2_799)), "each failure begins the window anew");
        assert!(!tries.exhausted(one, &rule, ms(2_800)));
        assert_eq!(tries.of(other, ms(1_900)), 0, "another card is not barred");
        tries.failed(one, &rule, ms(9_000));
        assert_eq!(tries.of(one, ms(9_000)), 1, "after the window the count begins anew");
        tries.matched(one);
        assert_eq!(tries, CardTries::default());
    }
}
