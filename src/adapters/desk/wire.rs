//! The kiosk's reports as the contract writes them.

use zeroize::Zeroizing;

use super::outbox::{Item, Rank};
use crate::adapters::qualification::contract::{WireDate, WireTime};
use crate::desk::contract::{
    CheckedPatient, CommandOutcome, ConsentGiven, Ended, Event, FileState as WireFile, Lamp, LampState, Notice,
    Numbered, Stage,
};
use crate::domain::consent::{Consent, ConsentAnswer};
use crate::domain::ids::ReceptionId;
use crate::domain::qualification::Authentication;
use crate::domain::staff_order::Refusal;
use crate::domain::standing::{FileState, Standing};
use crate::ports::{Checked, DeskNews, DeskReport, Finding, Health, Shown, StaffNotice};

/// Most characters of a text that goes over; names of people have some eighty.
const LONGEST: usize = 300;

/// Names the visits of one run of the program, so that no two visits of a terminal ever have one name.
pub struct Run(String);

impl Run {
    /// A run that was never before.
    pub fn new() -> Self {
        Self(uuid::Uuid::new_v4().simple().to_string())
    }

    /// The name of a visit.
    pub fn name(&self, visit: ReceptionId) -> String {
        format!("{}-{}", self.0, visit.0)
    }

    /// The visit of that name; `None` when it is none of this run.
    pub fn visit(&self, name: &str) -> Option<ReceptionId> {
        let number = name.strip_prefix(&self.0)?.strip_prefix('-')?;
        number.parse().ok().filter(|number| *number > 0).map(ReceptionId)
    }
}

/// What staff are told, on its way.
pub fn notice(run: &Run, notice: &StaffNotice) -> Result<Item, serde_json::Error> {
    let values = notice.news.values().into_iter().map(|(name, value)| (name.to_owned(), value.to_string()));
    let event = Event::News(Notice { code: notice.news.kind().code.to_owned(), values: values.collect() });
    item(run, notice.at, notice.reception, event, Rank::News, None)
}

/// What the kiosk says of an order, as the contract writes it.
pub fn outcome(outcome: Result<(), Refusal>) -> CommandOutcome {
    match outcome {
        Ok(()) => CommandOutcome::Done,
        Err(refusal) => CommandOutcome::Refused { reason: refusal.slug().to_owned() },
    }
}

/// What became of a command, on its way.
pub fn answer(
    run: &Run,
    at: jiff::Timestamp,
    command: &str,
    outcome: CommandOutcome,
) -> Result<Item, serde_json::Error> {
    let event = Event::Answered { command: command.to_owned(), outcome };
    Ok(Item { answers: Some(command.to_owned()), ..item(run, at, None, event, Rank::Patient, None)? })
}

/// What those see who follow, on its way.
pub fn report(run: &Run, report: DeskReport) -> Result<Item, serde_json::Error> {
    let DeskReport { at, reception, what } = report;
    let (event, rank, replaces) = match what {
        DeskNews::Stands(standing, shown) => {
            let visit = reception.map_or(0, |visit| visit.0);
            let replaces = format!("{visit} {:?}", standing.situation);
            (Event::Stage(stage(&standing, &shown)), Rank::Stage, Some(replaces))
        }
        DeskNews::Checked(checked) => (Event::Checked(Box::new(patient(*checked))), Rank::Patient, None),
        DeskNews::Consents(consents) => {
            (Event::Consents { given: consents.iter().filter_map(given).collect() }, Rank::Patient, None)
        }
        DeskNews::File { check_id, state } => (Event::File { check_id, state: file(state) }, Rank::Patient, None),
        DeskNews::Ended { received, failure, seconds } => {
            let failure = failure.map(|failure| failure.code().to_owned());
            (Event::Ended(Ended { received, failure, seconds }), Rank::Patient, None)
        }
        DeskNews::Lamps(findings) => {
            let lamps = findings.into_iter().map(lamp).collect();
            (Event::Lamps { lamps }, Rank::News, Some("lamps".to_owned()))
        }
    };
    item(run, at, reception, event, rank, replaces)
}

fn item(
    run: &Run,
    at: jiff::Timestamp,
    reception: Option<ReceptionId>,
    event: Event,
    rank: Rank,
    replaces: Option<String>,
) -> Result<Item, serde_json::Error> {
    let reception = reception.map(|visit| run.name(visit));
    // Its number comes when it is sent.
    let event = Numbered { number: 0, at: WireTime(at), reception, event };
    Ok(Item { rank, replaces, at, answers: None, text: Zeroizing::new(serde_json::to_vec(&event)?) })
}

fn stage(standing: &Standing, shown: &Shown) -> Stage {
    Stage {
        situation: camel(&standing.situation),
        language: shown.language.to_owned(),
        text_size: shown.text_size,
        method: standing.method.map(method),
        face_tries: standing.face_tries,
        pin_tries: standing.pin_tries,
        hint: standing.hint.map(|hint| camel(&hint)),
        failure: standing.failure.map(|failure| failure.code().to_owned()),
        called: standing.called,
        training: shown.training,
    }
}

fn method(method: Authentication) -> String {
    match method {
        Authentication::Face => "face",
        Authentication::Pin => "pin",
        Authentication::Visual => "eye",
    }
    .to_owned()
}

fn patient(checked: Checked) -> CheckedPatient {
    CheckedPatient {
        check_id: checked.check_id,
        name: cut(checked.name.0),
        kana: checked.kana.map(|kana| cut(kana.0)),
        lost_signs: checked.lost_signs.iter().map(|sign| format!("U+{:04X}", u32::from(*sign))).collect(),
        sex: match checked.sex.as_str() {
            "1" => "male",
            "2" => "female",
            _ => "unknown",
        }
        .to_owned(),
        birth_date: checked.birth_date.0.map(WireDate),
        validity: checked.validity.word().to_owned(),
        valid_from: checked.valid_from.map(WireDate),
        valid_until: checked.valid_until.map(WireDate),
        copayment_percent: checked.copayment_percent,
        certificate_until: checked.certificate_until.map(WireDate),
        grace_until: checked.grace_until.map(WireDate),
        registered_now: checked.registered_now,
        chart_number: checked.chart_number.map(|number| cut(number.0)),
    }
}

/// What was asked and how it was answered; what was not asked is not there.
fn given(consent: &Consent) -> Option<ConsentGiven> {
    let answer = match consent.answer {
        ConsentAnswer::Given => "given",
        ConsentAnswer::Refused => "refused",
        ConsentAnswer::NotAnswered => "notAnswered",
        ConsentAnswer::NotAsked => return None,
    };
    Some(ConsentGiven { scope: consent.scope.name().to_owned(), answer: answer.to_owned() })
}

fn file(state: FileState) -> WireFile {
    match state {
        FileState::Waits => WireFile::Waits,
        FileState::Written => WireFile::Written,
        FileState::Taken => WireFile::Taken,
        FileState::NotTaken => WireFile::NotTaken,
        FileState::GivenUp => WireFile::GivenUp,
    }
}

fn lamp(finding: Finding) -> Lamp {
    Lamp {
        part: finding.subject.to_owned(),
        state: match finding.health {
            Health::Good => LampState::Good,
            Health::Warning => LampState::Doubtful,
            Health::Bad => LampState::Bad,
        },
        words: cut(finding.detail),
        remedy: Some(finding.remedy).filter(|remedy| !remedy.is_empty()).map(cut),
    }
}

/// The name of a unit variant on the wire: `EnterPin` as `enterPin`.
fn camel(name: &impl std::fmt::Debug) -> String {
    let mut name = format!("{name:?}");
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    name
}

fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_of_another_run_is_none_of_this_one() {
        let (run, other) = (Run::new(), Run::new());
        let name = run.name(ReceptionId(12));
        assert_eq!((run.visit(&name), other.visit(&name)), (Some(ReceptionId(12)), None));
        for wrong in ["", "12", "-12", &format!("{name}x"), &run.name(ReceptionId(0)), &run.0] {
            assert_eq!(run.visit(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn names_are_those_of_the_core() {
        use crate::domain::session::SituationName;
        assert_eq!(
            (camel(&SituationName::EnterPin), camel(&crate::domain::qualification::Validity::NotFound)),
            ("enterPin".into(), "notFound".into())
        );
        assert_eq!(cut("あ".repeat(LONGEST + 1)).chars().count(), LONGEST);
    }
}
