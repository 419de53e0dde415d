//! Where code B comes from: read from the print, or typed.

use super::*;

#[test]
fn print_is_read_once_in_a_visit_and_only_on_a_card_far_from_its_stop() {
    let asked = |visit: &Visit| {
        visit.0.ledger.values().find_map(|action| match action {
            Action::FindCodeB { may_read } => Some(*may_read),
            _ => None,
        })
    };
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Face));
    assert_eq!(asked(&visit), Some(true));
    visit.answers(Answer::CodeBFound).answers(Answer::CodeBWrong(Tries::Left(9)));
    visit.is(&Situation::EnterCodeB { entry: Entry::new(Some(Problem::Wrong), Tries::Left(9)) });
    visit.touches(PatientInput::Back).touches(PatientInput::Choose(Method::Face));
    assert_eq!(asked(&visit), Some(false), "what was read once is not tried again");

    for (left, may_read) in [(10, true), (9, true), (8, false), (4, false)] {
        let mut visit = Visit::with_code_b_tries(left);
        visit.touches(PatientInput::Choose(Method::Face));
        assert_eq!(asked(&visit), Some(may_read), "{left} tries left");
    }
}

#[test]
fn a_source_that_fails_leaves_the_keypad() {
    for answer in [Answer::TimedOut, Answer::Failed(Failure::StepTimedOut), Answer::CodeBUnknown] {
        let mut visit = Visit::with_card();
        visit.touches(PatientInput::Choose(Method::Face)).answers(answer);
        visit.is(&Situation::EnterCodeB { entry: Entry::new(None, Tries::Left(10)) });
    }
}
