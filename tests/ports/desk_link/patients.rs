//! Whole visits before a kiosk whose desk is away.

use std::sync::Arc;
use std::time::{Duration, Instant};

use uketsuke::adapters::desk::LogDesk;
use uketsuke::domain::consent::ConsentAnswer;
use uketsuke::domain::session::{Method, PatientInput};
use uketsuke::ports::{Observation, StaffDesk};
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::Idle;

use super::scripted::Site;
use crate::runtime::kiosk::Kiosk;

const VISITS: usize = 60;

/// The time that so many visits take, from card to card, patients who answer at once.
fn visits(desk: Arc<dyn StaffDesk>) -> Duration {
    let tokio = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    tokio.block_on(async {
        let kiosk = Kiosk::followed_by(desk);
        kiosk.until(|s| *s == Screen::Idle(Idle { inquiry: false })).await;
        let began = Instant::now();
        for n in 0..VISITS {
            kiosk.card.observe(Observation::CardPlaced);
            if n > 0 {
                kiosk.until(|s| matches!(s, Screen::AlreadyReceived(_))).await;
                kiosk.touch(PatientInput::Continue);
            }
            kiosk.until(|s| matches!(s, Screen::ChooseMethod(_))).await;
            kiosk.touch(PatientInput::Choose(Method::Pin));
            kiosk.until(|s| matches!(s, Screen::EnterPin(_))).await;
            kiosk.types(&[1, 2, 3, 4]);
            kiosk.comes_to_the_consents().await;
            kiosk.touch(PatientInput::Consent(ConsentAnswer::Given));
            kiosk.until(|s| matches!(s, Screen::Done(_))).await;
            kiosk.takes_the_card().await;
        }
        began.elapsed()
    })
}

#[test]
fn nothing_of_many_visits_is_lost_and_no_patient_waits_while_the_desk_is_away() {
    let site = Site::new();
    let log = || Arc::new(LogDesk::new(|_| [String::new(), String::new()]));
    let alone = visits(log());
    let with_desk_away = visits(Arc::new(site.link()));
    println!(
        "{VISITS} visits with fakes: {alone:?} without a desk, {with_desk_away:?} with one that is away, ratio {:.2}",
        with_desk_away.as_secs_f64() / alone.as_secs_f64()
    );
    site.opens();
    let link = site.link();
    let ended = |kept: &super::scripted::Kept| kept.events.iter().filter(|event| event["kind"] == "ended").count();
    site.once(|kept| (ended(kept) == VISITS).then_some(()));
    let events = site.once(|kept| Some(kept.events.clone()));
    let of = |kind: &str| events.iter().filter(|event| event["kind"] == kind).count();
    assert_eq!(["checked", "consents", "file", "ended"].map(of), [VISITS; 4]);
    let whole = serde_json::Value::Array(events).to_string();
    // The PIN as a word, the insurer's number, symbol and number of the patient that the fakes know.
    let answer = uketsuke::adapters::fake::valid_answer();
    let insurance = &answer.qualifications[0];
    let numbers =
        [Some(&insurance.insurer_number), insurance.insured_number.as_ref(), insurance.insured_symbol.as_ref()];
    for secret in numbers.into_iter().flatten().map(|number| number.0.as_str()).chain(["1234"]) {
        assert!(!secret.is_empty() && !whole.contains(&format!("\"{secret}\"")), "{secret}");
    }
    drop(link);
}
