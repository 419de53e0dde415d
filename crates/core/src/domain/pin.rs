//! 暗証番号: the four-digit PIN of the user-authentication key, and who types it.
//!
//! Three wrong entries in a row block it, wherever and whenever they were made; only the municipality of residence
//! resets it. Face and visual check do not need it and do not reset it.

use strum::IntoStaticStr;

use super::card::Tries;

/// Digits of the PIN.
pub const LENGTH: u8 = 4;

/// Whether one more wrong entry blocks the PIN: the patient is stopped before it.
pub fn is_last_try(tries: Tries) -> bool {
    tries == Tries::Left(1)
}

/// Who types the PIN. A proxy may, where the patient cannot use the kiosk; staff may not, they compare by eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, IntoStaticStr)]
#[strum(serialize_all = "camelCase")]
pub enum EnteredBy {
    /// 本人.
    #[default]
    Patient,
    /// 家族.
    Family,
    /// 介助者.
    Carer,
}

impl EnteredBy {
    /// Everybody who may type, in the order of the question.
    pub const ALL: [EnteredBy; 3] = [EnteredBy::Patient, EnteredBy::Family, EnteredBy::Carer];

    /// The name used in text keys and records.
    pub fn slug(self) -> &'static str {
        self.into()
    }
}
