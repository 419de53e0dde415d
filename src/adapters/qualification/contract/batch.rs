//! Checks in bulk for what was taken in while the line was down, and the clinic's own patient numbers.

use serde::{Deserialize, Serialize};
use serde_with::{serde_as, skip_serializing_none};

use super::bounds::{Code, Few, Id, UpTo, Word};
use super::check::{InsuredNumberRequest, QualificationCheck};
use super::problem::Problem;
use super::scalars::{WireDate, WireTime, any_date};
use crate::domain::reference_number::ReferenceOrder;
use crate::domain::secret::Personal;

/// Most items of one batch.
pub const MAX_BATCH: usize = 100;

/// Body of `POST /v1/qualification-check-batches`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BatchRequest {
    /// 医療機関等コード.
    pub facility_code: String,
    /// 1 to [`MAX_BATCH`] items.
    pub items: Vec<BatchItem>,
}

/// One person of a batch.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BatchItem {
    /// The caller's name of this item, unique in its batch; no personal data.
    pub item_id: String,
    /// 資格確認日.
    #[serde(deserialize_with = "any_date")]
    pub check_date: WireDate,
    /// Whom.
    pub insured_number: InsuredNumberRequest,
}

/// Answer of `POST /v1/qualification-check-batches` (202) and of `GET` by id.
#[serde_as]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// UUID of the batch.
    #[serde_as(as = "Id")]
    pub batch_id: String,
    /// `processing` or `completed`; an open list.
    #[serde_as(as = "Word<32>")]
    pub status: String,
    /// When it was taken in.
    pub received_at: WireTime,
    /// Items.
    #[serde_as(as = "UpTo<100>")]
    pub total: u32,
    /// Items with an answer so far.
    #[serde_as(as = "UpTo<100>")]
    pub succeeded: u32,
    /// Items with a problem so far.
    #[serde_as(as = "UpTo<100>")]
    pub failed: u32,
}

/// Answer of `GET /v1/qualification-check-batches/{id}/results`.
#[serde_as]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchResults {
    /// UUID of the batch.
    #[serde_as(as = "Id")]
    pub batch_id: String,
    /// One a finished item, in the order of the request.
    #[serde_as(as = "Few<100>")]
    pub results: Vec<BatchResult>,
}

/// What became of one item: an answer or a problem.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchResult {
    /// As asked.
    #[serde_as(as = "Word<32>")]
    pub item_id: String,
    /// The answer.
    pub qualification_check: Option<QualificationCheck>,
    /// Why there is none.
    pub problem: Option<Problem>,
}

/// Body of `POST /v1/reference-number-registrations`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReferenceNumberRequest {
    /// 医療機関等コード.
    pub facility_code: String,
    /// 照会番号: 1 to 20 ASCII letters, digits or hyphens.
    pub reference_number: String,
    /// Whose.
    pub insured_number: InsuredNumberRequest,
}

impl ReferenceNumberRequest {
    /// The request of that facility.
    pub fn of(facility_code: &str, order: &ReferenceOrder) -> Self {
        let text = |value: &Option<Personal<String>>| value.as_ref().map(|Personal(text)| text.clone());
        Self {
            facility_code: facility_code.to_owned(),
            reference_number: order.number.0.clone(),
            insured_number: InsuredNumberRequest {
                insurer_number: order.insurer_number.0.clone(),
                symbol: text(&order.symbol),
                number: order.insured_number.0.clone(),
                branch_number: text(&order.branch_number),
                birth_date: WireDate(order.birth_date.0),
            },
        }
    }
}

/// Answer of `POST /v1/reference-number-registrations`.
#[serde_as]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceNumber {
    /// 照会番号.
    #[serde_as(as = "Code<40>")]
    pub reference_number: String,
    /// When.
    pub registered_at: WireTime,
}
