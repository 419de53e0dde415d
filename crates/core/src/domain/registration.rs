//! How far the registration of a card as insurance card has come (申込状況 and 登録状況).

use jiff::civil::DateTime;

/// 申込状況.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Application {
    /// Nobody has applied.
    None,
    /// 正常に受け付けました.
    Accepted,
    /// A word this version does not know.
    Unknown,
}

/// 健康保険証としての登録状況.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linkage {
    /// Not registered.
    None,
    /// Applied for, not usable yet.
    Preparing,
    /// Registered.
    Completed,
    /// A word this version does not know.
    Unknown,
}

/// The answer to an inquiry. Says nothing of whose card it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegistrationStatus {
    /// 申込状況.
    pub application: Application,
    /// 登録状況.
    pub linkage: Linkage,
    /// When the card was registered, in Japan.
    pub registered_at: Option<DateTime>,
    /// From when on it can be registered, in Japan, when it cannot be yet.
    pub available_from: Option<DateTime>,
}

impl RegistrationStatus {
    /// Whether the card can be registered now.
    pub fn may_register(&self) -> bool {
        self.application == Application::None && self.linkage == Linkage::None && self.available_from.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn only_what_is_open_and_possible_now_can_be_registered() {
        let open = RegistrationStatus {
            application: Application::None,
            linkage: Linkage::None,
            registered_at: None,
            available_from: None,
        };
        assert!(open.may_register());
        let later = RegistrationStatus { available_from: Some(date(2026, 11, 24).at(12, 0, 0, 0)), ..open };
        let applied = RegistrationStatus { application: Application::Accepted, linkage: Linkage::Preparing, ..open };
        let unclear = RegistrationStatus { linkage: Linkage::Unknown, ..open };
        assert!(![later, applied, unclear].iter().any(RegistrationStatus::may_register));
    }
}
