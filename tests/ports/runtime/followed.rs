//! What those see who follow a kiosk from afar, out of the runtime.

use uketsuke::adapters::fake::{CHECK_ID, Play, QualificationRequest, valid_answer};
use uketsuke::domain::consent::ConsentAnswer;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::ReceptionId;
use uketsuke::domain::qualification::{Authentication, Validity};
use uketsuke::domain::secret::Personal;
use uketsuke::domain::session::{PatientInput, SituationName};
use uketsuke::domain::staff_order::{OrderId, Refusal};
use uketsuke::domain::standing::FileState;
use uketsuke::ports::{AuditEvent, Checked, DeskNews, Errand, HandoffNews, News, QualificationReply, Report};
use uketsuke::runtime::view::Idle;
use uketsuke::runtime::{Input, Screen};

use super::kiosk::Kiosk;

impl Kiosk {
    /// Everything shown of that visit, oldest first.
    fn shown_of(&self, visit: u64) -> Vec<DeskNews> {
        let visit = Some(ReceptionId(visit)).filter(|visit| *visit != ReceptionId::NOBODY);
        let reports = self.desk.reports().into_iter().filter(|report| report.reception == visit);
        reports.map(|report| report.what).collect()
    }
}

fn checked(news: &[DeskNews]) -> &Checked {
    let found = news.iter().find_map(|news| if let DeskNews::Checked(checked) = news { Some(checked) } else { None });
    found.expect("somebody was checked")
}

#[tokio::test(start_paused = true)]
async fn a_visit_is_seen_from_its_beginning_to_its_end() {
    let kiosk = Kiosk::start();
    kiosk.at_consent_by_pin().await;
    assert!(kiosk.handle.send(Input::Shown { language: "ne", text_size: 150 }));
    kiosk.touch(PatientInput::Consent(ConsentAnswer::Refused));
    kiosk.until(|s| matches!(s, Screen::Done(_))).await;
    kiosk.takes_the_card().await;
    let news = kiosk.shown_of(1);
    let mut situations = Vec::new();
    for (n, one) in news.iter().enumerate() {
        match one {
            DeskNews::Stands(standing, shown) => {
                assert!(shown.training && (shown.language == "ja") == (shown.text_size == 100));
                if situations.last() != Some(&standing.situation) {
                    situations.push(standing.situation);
                }
                if standing.situation == SituationName::EnterPin {
                    assert_eq!((standing.method, standing.pin_tries), (Some(Authentication::Pin), Some(3)));
                }
            }
            DeskNews::Ended { received, failure, .. } => {
                assert_eq!((*received, *failure, n + 1), (true, None, news.len()), "{news:?}");
            }
            _ => {}
        }
    }
    let ways =
        [SituationName::EnterPin, SituationName::Checking, SituationName::ConfirmName, SituationName::Consenting];
    assert!(situations.windows(4).any(|window| window == ways), "{situations:?}");
    assert!(news.iter().any(|one| matches!(one, DeskNews::Stands(_, shown) if shown.language == "ne")));
    let answer = valid_answer();
    let found = checked(&news);
    assert_eq!((found.check_id.as_str(), found.validity, found.registered_now), (CHECK_ID, Validity::Valid, false));
    assert_eq!(found.name.0, answer.qualifications[0].name.0);
    assert_eq!(found.birth_date.0, answer.qualifications[0].birth_date.0);
    let refused = |news: &DeskNews| matches!(news, DeskNews::Consents(all) if !all.is_empty() && all.iter().all(|one| one.answer == ConsentAnswer::Refused));
    assert!(news.iter().any(refused), "{news:?}");
    let written = DeskNews::File { check_id: CHECK_ID.into(), state: FileState::Written };
    assert!(news.contains(&written), "{news:?}");
}

#[tokio::test(start_paused = true)]
async fn who_is_not_confirmed_is_seen_with_the_reason() {
    let kiosk = Kiosk::start();
    let unknown = || {
        let answer = uketsuke::domain::qualification::QualificationAnswer {
            validity: Validity::NotFound,
            qualifications: vec![],
            ..valid_answer()
        };
        QualificationReply::Answer(Box::new(answer))
    };
    kiosk.qualification.on(QualificationRequest::Check, Play::reply(move |_| unknown()));
    kiosk.chosen(uketsuke::domain::session::Method::Pin).await;
    kiosk.until(|s| matches!(s, Screen::EnterPin(_))).await;
    kiosk.types(&[1, 2, 3, 4]);
    kiosk.until(|s| matches!(s, Screen::Fallback(_))).await;
    kiosk.touch(PatientInput::Cancel);
    kiosk.until(|s| matches!(s, Screen::CardLeft(_) | Screen::Idle(_))).await;
    let news = kiosk.shown_of(1);
    assert_eq!((checked(&news).validity, checked(&news).name.0.as_str()), (Validity::NotFound, ""));
    let ended =
        |news: &DeskNews| matches!(news, DeskNews::Ended { received: false, failure: Some(Failure::NotConfirmed), .. });
    assert!(news.iter().any(ended), "{news:?}");
}

#[tokio::test(start_paused = true)]
async fn files_are_followed_long_after_their_visits() {
    let kiosk = Kiosk::start();
    kiosk.until(|s| *s == Screen::Idle(Idle { inquiry: false })).await;
    let check_id = || "c".to_owned();
    for news in [
        HandoffNews::DeliveredLate { check_id: check_id(), file: "c.xml".into(), waiting: 0 },
        HandoffNews::NotTaken { check_id: check_id() },
        HandoffNews::Taken { check_id: check_id() },
    ] {
        kiosk.outbox.send(Report::News(News::Handoff(news)));
    }
    kiosk.at_consent_by_pin().await;
    let states: Vec<_> = kiosk
        .shown_of(0)
        .into_iter()
        .filter_map(|news| if let DeskNews::File { state, .. } = news { Some(state) } else { None })
        .collect();
    assert_eq!(states, [FileState::Written, FileState::NotTaken, FileState::Taken]);
    assert_eq!(kiosk.desk.news().len(), 1, "staff hear of the late one alone");
}

#[tokio::test(start_paused = true)]
async fn the_parts_are_looked_at_while_nobody_is_there_and_told_when_they_change() {
    let kiosk = Kiosk::start();
    let lamps = |kiosk: &Kiosk| kiosk.shown_of(0).into_iter().filter(|news| matches!(news, DeskNews::Lamps(_))).count();
    while lamps(&kiosk) == 0 {
        tokio::task::yield_now().await;
    }
    kiosk.at_consent_by_pin().await;
    kiosk.touch(PatientInput::Consent(ConsentAnswer::Given));
    kiosk.until(|s| matches!(s, Screen::Done(_))).await;
    kiosk.takes_the_card().await;
    assert_eq!(lamps(&kiosk), 1);
}

#[tokio::test(start_paused = true)]
async fn what_the_desk_asks_beside_the_visit_is_done_and_answered() {
    let kiosk = Kiosk::start();
    kiosk.until(|s| *s == Screen::Idle(Idle { inquiry: false })).await;
    let number =
        |number: &str| Errand::RegisterReference { check_id: CHECK_ID.into(), number: Personal(number.into()) };
    for (order, errand) in (1..).zip([Errand::AskQueueAgain, number("00123"), number("見本")]) {
        let news = News::Errand { order: OrderId(order), by: "hanada".into(), errand: Box::new(errand) };
        kiosk.outbox.send(Report::News(news));
    }
    while kiosk.desk.answers().len() < 3 {
        tokio::task::yield_now().await;
    }
    let mut answers = kiosk.desk.answers();
    answers.sort_by_key(|answer| answer.0);
    let no_form = Err(Refusal::NoSuchPatient);
    assert_eq!(answers, [(OrderId(1), Ok(())), (OrderId(2), Ok(())), (OrderId(3), no_form)]);
    let asked =
        [QualificationRequest::AskQueueAgain, QualificationRequest::Fetch, QualificationRequest::RegisterReference];
    assert_eq!(asked.map(|request| kiosk.qualification.count(request)), [1, 2, 1]);
    let recorded = kiosk.audit.events();
    let by_desk = |event: &&AuditEvent| matches!(event, AuditEvent::DeskAsked { by, .. } if by == "hanada");
    assert_eq!(recorded.iter().filter(by_desk).count(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_errand_that_the_gateway_does_not_do_is_said() {
    let kiosk = Kiosk::start();
    kiosk.qualification.on(QualificationRequest::Fetch, Play::fail(Failure::GatewayUnreachable));
    kiosk.until(|s| *s == Screen::Idle(Idle { inquiry: false })).await;
    let errand = Errand::RegisterReference { check_id: CHECK_ID.into(), number: Personal("00123".into()) };
    let news = News::Errand { order: OrderId(9), by: "hanada".into(), errand: Box::new(errand) };
    kiosk.outbox.send(Report::News(news));
    while kiosk.desk.answers().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(kiosk.desk.answers(), [(OrderId(9), Err(Refusal::NotReached))]);
}
