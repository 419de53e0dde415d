//! What earlier requests left in the journal: finished, handed back, or told to staff; never counted twice.
//!
//! A row whose reception went on without the answer is for staff. A row whose visit broke off because the program ended
//! is asked for under its own key, and a valid answer goes to the receipt computer as if nothing had happened.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use reqwest::Method;

use super::Inner;
use super::contract::{self, Asked, CardRegistration, QualificationCheck, Understood, paths};
use super::journal::{Journal, JournalError, Kind, Leftover, Stage};
use super::link::{Answered, Call, CallError};
use super::service::call_for;
use crate::domain::consent::{Choices, Consent, ConsentAnswer, PrescriptionForm, Scope};
use crate::domain::failure::Failure;
use crate::domain::japan;
use crate::domain::qualification::Validity;
use crate::domain::staff_news::StaffNews;
use crate::fault_point;
use crate::ports::{News, Report, ResumedVisit, Trust};

/// The gateway forgets keys after a day; later a repeat could count twice.
const KEY_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// How far two looks at the gateway's time differ.
const SLACK: SignedDuration = SignedDuration::from_mins(10);
/// Between two looks at the certificates.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Resolutions that may fail before staff are asked to look.
const MAX_TRIES: u32 = 5;

impl Inner {
    /// Publishes how many rows an earlier run left behind.
    pub(super) fn count_at_start(&self) {
        self.pending.send_replace(readable(self.journal.with_now(Journal::leftovers)).len());
    }

    /// Publishes how many rows nobody is working on.
    pub(super) async fn recount(&self) {
        self.pending.send_replace(self.leftovers().await.len());
    }

    /// Rows nobody is working on: a row may be finished while the journal is read, so both moments count. Consents come
    /// first, so that the file of their check tells of them.
    async fn leftovers(&self) -> Vec<Leftover> {
        let before = self.in_flight.lock().clone();
        let mut rows = readable(self.journal.with(Journal::leftovers).await);
        let now = self.in_flight.lock();
        rows.retain(|row| !before.contains(&row.key) && !now.contains(&row.key));
        rows.sort_by_key(|row| row.kind != Kind::Consents);
        rows
    }

    /// Asks again for every unknown outcome, now and whenever the gateway has answered something.
    pub(super) async fn resolve_for_ever(self: Arc<Self>) {
        loop {
            for row in self.leftovers().await {
                self.resolve(row).await;
            }
            self.recount().await;
            self.look_again().await;
        }
    }

    /// Waits for a reason to ask again: a call was answered, or the gateway is there again while something is open.
    /// Nothing is asked while nothing is open.
    async fn look_again(&self) {
        let mut pending = self.pending.subscribe();
        loop {
            let waits = *pending.borrow_and_update() > 0;
            tokio::select! {
                () = self.wake.notified() => return,
                Ok(()) = pending.changed() => {}
                () = tokio::time::sleep(self.link.probe_every()), if waits => {
                    if self.link.probe().await {
                        return;
                    }
                }
            }
        }
    }

    /// Tells once a day how long the certificates still hold; by a clock that is wrong nothing ends.
    pub(super) async fn tell_ends_daily(self: Arc<Self>) {
        loop {
            if self.clock.sure_day().is_none() {
                self.link.probe().await;
            }
            if self.clock.trust() != Trust::Wrong {
                let news = self.link.credentials().now().ends(self.clock.now());
                news.into_iter().for_each(|news| self.outbox.tell(news));
            }
            tokio::time::sleep(DAY).await;
        }
    }

    async fn resolve(&self, row: Leftover) {
        let (key, kind) = (row.key.clone(), row.kind);
        // How old it is only the gateway can say; while it is away nothing is asked and nothing judged.
        if self.clock.sure_day().is_none() && !self.link.probe().await {
            return;
        }
        let now = self.clock.now();
        // Yesterday's visits are over, whatever became of them.
        let resumes = !row.went_on && row.kind != Kind::Consents && japan::day(row.created_at) == japan::day(now);
        let call = match (&row.stage, row.payload) {
            (Stage::Answered { check_id }, _) if resumes => {
                Call { method: Method::GET, path: paths::check(check_id), body: None, key: None }
            }
            (Stage::Answered { check_id }, _) => {
                let check_id = check_id.clone();
                return self.set_aside(&key, StaffNews::AnsweredNotDelivered { check_id }).await;
            }
            // By a clock that went back the key is not younger: nobody knows how old it is.
            (Stage::Sent, _) if !(-SLACK..=KEY_LIFE).contains(&now.duration_since(row.created_at)) => {
                let (request, sent_at) = (kind.request(), row.created_at);
                return self.set_aside(&key, StaffNews::OutcomeTooOld { request, key: key.clone(), sent_at }).await;
            }
            (Stage::Sent, None) => {
                let (request, sent_at) = (kind.request(), row.created_at);
                return self.set_aside(&key, StaffNews::OutcomeUnreadable { request, key: key.clone(), sent_at }).await;
            }
            (Stage::Sent, Some(payload)) => call_for(row.kind, row.path, payload, &key),
        };
        let by_name = if let Stage::Answered { check_id } = row.stage { Some(check_id) } else { None };
        match self.link.call(call).await {
            Ok(Answered { body, named }) if resumes => {
                let day = japan::day(row.created_at);
                let asked = match kind {
                    Kind::Registration => Asked { sent: row.created_at, ..Asked::registration(now) },
                    Kind::Check | Kind::Consents => Asked { sent: row.created_at, ..Asked::on(day, now) },
                };
                self.resume(
                    &key,
                    kind,
                    &body,
                    Asked { id: by_name.or(named), repertoire: self.repertoire, ..asked },
                    row.renews,
                )
                .await;
            }
            Ok(_) if row.kind == Kind::Consents && !row.went_on => {
                tracing::info!(key, "the consents of a visit that broke off are recorded");
                self.clear(&key).await;
            }
            Ok(Answered { body, .. }) => {
                let check_id = check_in(&body).map(|check| check.it.qualification_check_id);
                self.close(&key, StaffNews::CountedUnseen { request: kind.request(), check_id }).await;
            }
            Err(CallError { failure, uncertain: false, .. }) if !before_the_gateway(failure) => {
                self.close(&key, StaffNews::RefusedUncounted { request: kind.request(), failure }).await;
            }
            Err(CallError { failure, .. }) => self.postpone(&key, kind, failure).await,
        }
    }

    /// Staff are told of what is not known, and the row stays until they discard it.
    async fn set_aside(&self, key: &str, news: StaffNews) {
        let (row, why) = (key.to_owned(), news.kind().code);
        self.outbox.tell(news);
        if let Err(error) = self.journal.with(move |journal| journal.set_aside(&row, why)).await {
            tracing::error!(%error, key, "a row could not be set aside; it is asked for again");
        }
    }

    /// Staff are told what became of the row, and take it over.
    async fn close(&self, key: &str, news: StaffNews) {
        self.outbox.tell(news);
        self.clear(key).await;
    }

    /// The answer of a visit that broke off: a valid one is handed over, and its row stays until it is settled.
    async fn resume(&self, key: &str, kind: Kind, body: &[u8], asked: Asked, renews: Option<String>) {
        let Some(visit) = check_in(body).and_then(|check| visit_of(check, &asked, renews)) else {
            if contract::read::<CardRegistration>(body).is_ok_and(|made| made.it.qualification_check.is_none()) {
                return self.close(key, StaffNews::BrokenOffRegistered { key: key.to_owned() }).await;
            }
            let (request, unusable) = (kind.request(), key.to_owned());
            return self.set_aside(key, StaffNews::BrokenOffUnusable { request, key: unusable }).await;
        };
        let (check_id, validity) = (visit.answer.check_id.clone(), visit.answer.validity);
        if validity != Validity::Valid {
            return self.close(key, StaffNews::BrokenOffUnconfirmed { check_id, validity }).await;
        }
        let row = (key.to_owned(), check_id.clone());
        if let Err(error) = self.journal.with(move |journal| journal.answered(&row.0, &row.1)).await {
            tracing::error!(%error, key, "the journal cannot be written");
        }
        fault_point::reach("resume", "noted");
        self.tell_differences(&visit.answer);
        self.in_flight.lock().insert(key.to_owned());
        self.open.lock().insert(check_id, key.to_owned());
        self.outbox.send(Report::News(News::Resumed(Box::new(visit))));
    }

    async fn postpone(&self, key: &str, kind: Kind, failure: Failure) {
        let row = key.to_owned();
        match self.journal.with(move |journal| journal.count_try(&row)).await {
            Ok(tries) if tries >= MAX_TRIES => {
                let news = StaffNews::OutcomeGivenUp { request: kind.request(), key: key.to_owned(), failure };
                self.set_aside(key, news).await;
            }
            Ok(tries) => tracing::warn!(key, kind = kind.name(), tries, code = failure.code(), "still unknown"),
            Err(error) => tracing::error!(%error, key, "the journal cannot be written"),
        }
    }
}

fn readable(rows: Result<Vec<Leftover>, JournalError>) -> Vec<Leftover> {
    rows.unwrap_or_else(|error| {
        tracing::error!(%error, "the journal cannot be read");
        Vec::new()
    })
}

/// Failures that say nothing about what became of an earlier attempt, because this one did not get in.
fn before_the_gateway(failure: Failure) -> bool {
    matches!(
        failure,
        Failure::GatewayUnreachable
            | Failure::GatewayTls
            | Failure::ClockWrong
            | Failure::GatewayTimeout
            | Failure::GatewayFault
    )
}

fn check_in(body: &[u8]) -> Option<Understood<QualificationCheck>> {
    let check = contract::read::<QualificationCheck>(body).ok();
    let registered = || {
        let registration = contract::read::<CardRegistration>(body).ok()?;
        registration.part("qualificationCheck", |registration| registration.qualification_check)
    };
    check.or_else(registered)
}

/// What the gateway knows of the visit: its answer and the consents that it has recorded.
pub(super) fn visit_of(
    understood: Understood<QualificationCheck>,
    asked: &Asked,
    renews: Option<String>,
) -> Option<ResumedVisit> {
    let check = &understood.it;
    let of = |scope: Scope| check.consents.iter().find(|record| record.scope == scope.name());
    let answer = |scope| match of(scope).map(|record| record.granted) {
        Some(true) => ConsentAnswer::Given,
        Some(false) => ConsentAnswer::Refused,
        None => ConsentAnswer::NotAnswered,
    };
    let consents = Scope::ALL.iter().map(|&scope| Consent { scope, answer: answer(scope) }).collect();
    let consented_at = check.consents.iter().map(|record| record.granted_at.0).max();
    let prescription = check.prescription_issue_selection.map(|form| match form {
        contract::PrescriptionForm::Electronic => PrescriptionForm::Electronic,
        contract::PrescriptionForm::Paper => PrescriptionForm::Paper,
    });
    let choices = Choices { prescription, ..Choices::of(consents) };
    let answer = contract::answer(understood, asked);
    let answer = answer.inspect_err(|error| tracing::warn!(rule = %error.0, "an answer cannot be used")).ok()?;
    Some(ResumedVisit { answer, choices, consented_at, renews, queued: false })
}
