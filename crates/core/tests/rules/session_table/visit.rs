//! One visit through the transition table, told step by step.

use uketsuke_core::domain::card::{CardFacts, Tries};
use uketsuke_core::domain::code_b::{Entry, Part};
use uketsuke_core::domain::consent::Choices;
use uketsuke_core::domain::session::{
    Action, Answer, Happening, Method, OnScreen, PatientInput, Rest, Settings, Situation, SituationName, step,
};
use uketsuke_core::domain::staff_news::StaffNews;

use crate::support::{World, facts, good, with_terms};

/// Whether the visit waits for it: no timer, and nothing that goes on by itself.
pub fn is_work(action: &Action) -> bool {
    let by_itself = matches!(
        action,
        Action::TellStaff(_) | Action::AnswerOrder { .. } | Action::Settle { .. } | Action::PrepareFace
    );
    !by_itself && !matches!(action, Action::Wait(..) | Action::ForgetDigits | Action::ForgetAnswer)
}

/// Drives one visit and says in a failure where it stood.
pub struct Visit(pub World);

impl Visit {
    pub fn new() -> Self {
        Self::at(with_terms())
    }

    pub fn at(settings: Settings) -> Self {
        let mut visit = Self(World::at(step, settings));
        visit.happens(Happening::ReaderReady);
        visit
    }

    pub fn happens(&mut self, what: Happening) -> &mut Self {
        self.0.happen(what).expect("the rules hold");
        self
    }

    pub fn touches(&mut self, input: PatientInput) -> &mut Self {
        self.happens(Happening::Patient(input))
    }

    /// Answers the running effect that is no timer and no message to staff.
    pub fn answers(&mut self, answer: Answer) -> &mut Self {
        let id = self.0.ledger.iter().find(|(_, a)| is_work(a)).map(|(id, _)| *id);
        let id = id.unwrap_or_else(|| panic!("nothing runs in {:?}", self.0.state.on_screen()));
        self.0.answer(id, answer).expect("the rules hold");
        self
    }

    pub fn goes_well(&mut self) -> &mut Self {
        let action = self.0.ledger.values().find(|a| is_work(a)).cloned();
        let action = action.unwrap_or_else(|| panic!("nothing runs in {:?}", self.0.state.on_screen()));
        self.answers(good(&action))
    }

    pub fn time_is_up(&mut self) -> &mut Self {
        assert!(self.0.ledger.values().any(|a| matches!(a, Action::Wait(..))), "no timer runs");
        self.0.time_is_up().expect("the rules hold");
        self
    }

    pub fn types(&mut self, digits: usize) -> &mut Self {
        for _ in 0..digits {
            self.touches(PatientInput::DigitTyped);
        }
        self
    }

    #[track_caller]
    pub fn is(&mut self, expected: &Situation) -> &mut Self {
        assert_eq!(self.0.state.on_screen(), OnScreen::Situation(expected));
        self
    }

    #[track_caller]
    pub fn rests(&mut self, expected: Rest) -> &mut Self {
        assert_eq!(self.0.state.on_screen(), OnScreen::Rest(&expected));
        self
    }

    #[track_caller]
    pub fn is_at(&mut self, expected: SituationName) -> &mut Self {
        assert_eq!(self.0.state.on_screen().name(), expected);
        self
    }

    pub fn with_card() -> Self {
        let mut visit = Self::new();
        visit.happens(Happening::CardPlaced).goes_well();
        visit
    }

    /// With a card whose PIN has so many tries left.
    pub fn with(pin: Tries) -> Self {
        let mut visit = Self::new();
        visit.happens(Happening::CardPlaced).answers(Answer::Identified(facts(pin, Tries::Left(10))));
        visit
    }

    /// With a card whose code B has so many tries left.
    pub fn with_code_b_tries(left: u8) -> Self {
        let mut visit = Self::new();
        let facts = facts(Tries::Left(3), Tries::Left(left));
        visit.happens(Happening::CardPlaced).answers(Answer::Identified(facts));
        visit
    }

    /// With a card on a reader that has a keypad of its own.
    pub fn with_keypad() -> Self {
        let mut visit = Self::new();
        let card = CardFacts { keypad: true, ..facts(Tries::Left(3), Tries::Left(10)) };
        visit.happens(Happening::CardPlaced).answers(Answer::Identified(card));
        visit
    }

    /// Where code B is typed.
    pub fn at_code_b() -> Self {
        let mut visit = Self::with_card();
        visit.touches(PatientInput::Choose(Method::Face)).answers(Answer::CodeBUnknown);
        visit
    }

    pub fn entry(&self) -> Entry {
        match self.0.state.on_screen() {
            OnScreen::Situation(Situation::EnterCodeB { entry }) => *entry,
            other => panic!("no code B is typed in {other:?}"),
        }
    }

    pub fn types_code_b(&mut self) -> &mut Self {
        for part in Part::ALL {
            self.types(usize::from(part.length())).touches(PatientInput::Confirm).goes_well();
        }
        self
    }

    /// By PIN up to the insurer's answer.
    pub fn asked(settings: Settings) -> Self {
        let mut visit = Self::at(settings);
        visit.happens(Happening::CardPlaced).goes_well();
        visit.by_pin();
        visit
    }

    /// From the choice of the method to the insurer, who is being asked.
    pub fn by_pin(&mut self) -> &mut Self {
        self.touches(PatientInput::Choose(Method::Pin)).types(4).touches(PatientInput::Confirm);
        self.goes_well().goes_well()
    }

    pub fn at_consent() -> Self {
        Self::at_consent_of(with_terms())
    }

    pub fn at_consent_of(settings: Settings) -> Self {
        let mut visit = Self::asked(settings);
        visit.goes_well().is(&Situation::ConfirmName).touches(PatientInput::Continue);
        visit
    }

    pub fn told(&self, news: &StaffNews) -> bool {
        self.0.ledger.values().any(|a| *a == Action::TellStaff(news.clone()))
    }

    pub fn settles(&self, delivered: bool) -> bool {
        let settled = |a: &Action| matches!(a, Action::Settle { delivered: now, .. } if *now == delivered);
        self.0.ledger.values().any(settled)
    }

    pub fn handed_over(&self) -> Option<(Choices, Option<String>)> {
        self.0.ledger.values().find_map(|a| match a {
            Action::Deliver { choices, replaces, .. } => Some((choices.clone(), replaces.clone())),
            _ => None,
        })
    }

    /// The whole countdown of a pause runs out.
    pub fn countdown_ends(&mut self) -> &mut Self {
        self.time_is_up().time_is_up().time_is_up()
    }
}
