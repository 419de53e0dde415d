//! Batches for what was taken in while the line was down, and the clinic's own patient numbers.

use std::collections::BTreeSet;

use super::{Caller, Refusal, Service};
use crate::adapters::qualification::contract::{
    Batch, BatchItem, BatchRequest, BatchResult, BatchResults, MAX_BATCH, ProblemName, QualificationCheck,
    ReferenceNumber, ReferenceNumberRequest, WireTime, is_terminal_id, paths,
};
use crate::domain::japan;
use crate::gateway::answer::Insured;
use crate::gateway::rules::{invalid, read, same_facility};
use crate::gateway::search;
use crate::gateway::settings::Say;
use crate::listening::reply::Reply;

impl Service {
    /// `POST /v1/qualification-check-batches`.
    ///
    /// # Errors
    /// When the request is wrong, its key is taken, or the database fails.
    pub fn batch(&self, caller: &Caller, key: &str, body: &[u8]) -> Result<Reply, Refusal> {
        let request: BatchRequest = read(body)?;
        self.keyed(caller, paths::BATCHES, key, &request, |scope| {
            same_facility(caller, &request.facility_code)?;
            self.batch_shape(&request)?;
            let now = (self.now)();
            let results: Vec<BatchResult> = request.items.iter().map(|item| self.batch_result(caller, item)).collect();
            let failed = results.iter().filter(|result| result.problem.is_some()).count();
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let batch = Batch {
                batch_id: uuid::Uuid::new_v4().to_string(),
                status: "completed".into(),
                received_at: WireTime(now),
                total: count(results.len()),
                succeeded: count(results.len() - failed),
                failed: count(failed),
            };
            let results = BatchResults { batch_id: batch.batch_id.clone(), results };
            let waiting = Batch { status: "processing".into(), succeeded: 0, failed: 0, ..batch.clone() };
            let reply = Reply {
                location: Some(format!("{}/{}", paths::BATCHES, batch.batch_id)),
                ..Reply::json(202, &waiting, &caller.trace_id)
            };
            self.store().finish_batch(scope, caller.terminal.pair().0, &batch, &results, &reply, now)?;
            Ok(reply)
        })
    }

    /// `GET /v1/qualification-check-batches/{id}`.
    ///
    /// # Errors
    /// When there is no such batch or the database fails.
    pub fn batch_status(&self, caller: &Caller, id: &str) -> Result<Reply, Refusal> {
        let (status, _) = self.store().batch(id, caller.terminal.pair().0)?.ok_or(ProblemName::BatchNotFound)?;
        Ok(Reply::stored(200, None, status))
    }

    /// `GET /v1/qualification-check-batches/{id}/results`.
    ///
    /// # Errors
    /// When there is no such batch or the database fails.
    pub fn batch_results(&self, caller: &Caller, id: &str) -> Result<Reply, Refusal> {
        let (_, results) = self.store().batch(id, caller.terminal.pair().0)?.ok_or(ProblemName::BatchNotFound)?;
        Ok(Reply::stored(200, None, results))
    }

    /// `POST /v1/reference-number-registrations`.
    ///
    /// # Errors
    /// When the request is wrong, nobody has that number, its key is taken, or the database fails.
    pub fn reference(&self, caller: &Caller, key: &str, body: &[u8]) -> Result<Reply, Refusal> {
        let request: ReferenceNumberRequest = read(body)?;
        self.keyed(caller, paths::REFERENCE_NUMBERS, key, &request, |scope| {
            same_facility(caller, &request.facility_code)?;
            let number = &request.reference_number;
            if !(1..=20).contains(&number.len()) || !number.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                return Err(invalid("/referenceNumber", "form").into());
            }
            search::insured_number(&request.insured_number, "/insuredNumber")?;
            let mut found = self.people.iter().filter(|i| search::has_number(i, &request.insured_number));
            let insured = found.next().ok_or_else(|| invalid("/insuredNumber", "notFound"))?;
            let now = (self.now)();
            let body = ReferenceNumber { reference_number: number.clone(), registered_at: WireTime(now) };
            let reply = Reply::json(201, &body, &caller.trace_id);
            self.store().finish_reference(scope, &insured.person.id, number, &reply)?;
            Ok(reply)
        })
    }

    fn batch_shape(&self, request: &BatchRequest) -> Result<(), Refusal> {
        if !(1..=MAX_BATCH).contains(&request.items.len()) {
            return Err(invalid("/items", "count").into());
        }
        let (mut seen, today) = (BTreeSet::new(), japan::day((self.now)()));
        for (index, item) in request.items.iter().enumerate() {
            let at = |member: &str| format!("/items/{index}/{member}");
            if !is_terminal_id(&item.item_id) {
                return Err(invalid(&at("itemId"), "form").into());
            }
            if !seen.insert(item.item_id.as_str()) {
                return Err(invalid(&at("itemId"), "twice").into());
            }
            if !item.check_date.can_be_answered() {
                return Err(invalid(&at("checkDate"), "past").into());
            }
            if item.check_date.0 > today {
                return Err(invalid(&at("checkDate"), "future").into());
            }
            search::form(&item.insured_number, &at("insuredNumber"))?;
        }
        Ok(())
    }

    /// A wrong check digit is one item's problem, not the batch's.
    fn batch_result(&self, caller: &Caller, item: &BatchItem) -> BatchResult {
        let item_id = item.item_id.clone();
        if let Err(mut problem) = search::insured_number(&item.insured_number, "/insuredNumber") {
            problem.trace_id = Some(caller.trace_id.clone());
            return BatchResult { item_id, qualification_check: None, problem: Some(*problem) };
        }
        let found: Vec<&Insured> =
            self.people.iter().filter(|insured| search::has_number(insured, &item.insured_number)).collect();
        BatchResult { item_id, qualification_check: Some(self.batch_check(item, &found)), problem: None }
    }

    fn batch_check(&self, item: &BatchItem, found: &[&Insured]) -> QualificationCheck {
        let id = uuid::Uuid::new_v4().to_string();
        let one = if let [one] = found { Some(*one) } else { None };
        let mut check = self.completed_check(&id, one, Vec::new(), item.check_date, (self.now)());
        if found.len() > 1 {
            let (validity, code) = crate::gateway::answer::validity(Some(&Say::Multiple));
            (check.validity, check.raw_validity_code) = (Some(validity.into()), Some(code.into()));
        }
        check.method = Some("insuredNumber".into());
        check
    }
}
