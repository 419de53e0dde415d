//! Registering a card as insurance card, and asking how far that has come.

use serde::{Deserialize, Serialize};
use serde_with::{serde_as, skip_serializing_none};

use super::bounds::Word;
use super::check::{MynaCardRequest, QualificationCheck};
use super::scalars::WireTime;

/// Body of `POST /v1/card-registrations`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CardRegistrationRequest {
    /// 医療機関等コード.
    pub facility_code: String,
    /// The challenge of the check that was refused as not registered, or of the inquiry that said so.
    pub challenge_id: String,
    /// Version of the terms of use that the patient agreed to.
    pub terms_version: String,
    /// When.
    pub agreed_at: WireTime,
}

/// Answer of `POST /v1/card-registrations`.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CardRegistration {
    /// When the card was registered.
    pub registered_at: WireTime,
    /// The check that was refused before, now answered; none after an inquiry.
    pub qualification_check: Option<QualificationCheck>,
}

/// Body of `POST /v1/card-registration-inquiries`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CardRegistrationInquiry {
    /// 医療機関等コード.
    pub facility_code: String,
    /// The card's proof.
    pub myna_card: MynaCardRequest,
}

/// Answer of `POST /v1/card-registration-inquiries`.
#[serde_as]
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CardRegistrationStatus {
    /// 申込状況: `none`, `accepted`; an open list.
    #[serde_as(as = "Word<32>")]
    pub application: String,
    /// 健康保険証としての登録状況: `none`, `preparing`, `completed`; an open list.
    #[serde_as(as = "Word<32>")]
    pub registration: String,
    /// When the card was registered.
    pub registered_at: Option<WireTime>,
    /// From when on a registration works, when it does not yet.
    pub available_from: Option<WireTime>,
}
