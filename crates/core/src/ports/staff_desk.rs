//! Staff at their desk: they are told, while it happens, what the closed list of news has an entry for, see from afar where the
//! kiosk stands, and hear what came of their orders.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::consent::Consent;
use crate::domain::failure::Failure;
use crate::domain::ids::ReceptionId;
use crate::domain::qualification::Validity;
use crate::domain::secret::Personal;
use crate::domain::staff_news::StaffNews;
use crate::domain::staff_order::{OrderId, Refusal};
use crate::domain::standing::{FileState, Standing};

use super::Finding;

/// One thing that staff are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffNotice {
    /// When.
    pub at: Timestamp,
    /// Of which visit; `None` outside any.
    pub reception: Option<ReceptionId>,
    /// What.
    pub news: StaffNews,
}

/// One thing that those see who follow the kiosk from afar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskReport {
    /// When.
    pub at: Timestamp,
    /// Of which visit; `None` outside any.
    pub reception: Option<ReceptionId>,
    /// What.
    pub what: DeskNews,
}

/// What they see. The session's words, never what is typed or shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskNews {
    /// The kiosk stands elsewhere, or is shown otherwise.
    Stands(Standing, Shown),
    /// Who was checked, with which result. Personal.
    Checked(Box<Checked>),
    /// The patient answered what may be looked at.
    Consents(Vec<Consent>),
    /// The file of a check.
    File {
        /// The gateway's name of the check.
        check_id: String,
        /// Where it stands.
        state: FileState,
    },
    /// The visit is over and wiped.
    Ended {
        /// The patient was received.
        received: bool,
        /// Why not, where something failed.
        failure: Option<Failure>,
        /// Whole seconds from its beginning.
        seconds: u32,
    },
    /// How all parts of the kiosk do.
    Lamps(Vec<Finding>),
}

/// How the kiosk is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The patient's language, a tag such as `ja`.
    pub language: &'static str,
    /// Percent of the plain text size.
    pub text_size: u16,
    /// In training.
    pub training: bool,
}

/// Who was checked, as far as staff at the desk need it: nothing by which an insurer knows a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The gateway's name of the check.
    pub check_id: String,
    /// 氏名, as the file has it.
    pub name: Personal<String>,
    /// 氏名カナ.
    pub kana: Option<Personal<String>>,
    /// Signs of the name that the file cannot hold.
    pub lost_signs: Vec<char>,
    /// 1 male, 2 female, 3 unset.
    pub sex: String,
    /// 生年月日.
    pub birth_date: Personal<Option<Date>>,
    /// 資格有効性.
    pub validity: Validity,
    /// 有効開始日.
    pub valid_from: Option<Date>,
    /// 有効終了日.
    pub valid_until: Option<Date>,
    /// 負担割合, in percent.
    pub copayment_percent: Option<u8>,
    /// Last day of the card's certificate.
    pub certificate_until: Option<Date>,
    /// Last day of its grace months, where they run.
    pub grace_until: Option<Date>,
    /// The card was registered as insurance card in this visit.
    pub registered_now: bool,
    /// 患者番号, where the answer carries one.
    pub chart_number: Option<Personal<String>>,
}

/// What staff at the desk ask for beside the visit.
pub enum Errand {
    /// The patients of the offline queue are asked for again now.
    AskQueueAgain,
    /// The clinic's own number is registered of whoever that check was of.
    RegisterReference {
        /// The gateway's name of the check.
        check_id: String,
        /// 患者番号.
        number: Personal<String>,
    },
}

/// Where staff are told.
pub trait StaffDesk: super::Diagnose + Send + Sync {
    /// Takes a notice, in order. Never blocks and never fails: a desk that is away hears of it when it is back. Whatever
    /// would only repeat has been left out before.
    fn tell(&self, notice: StaffNotice);

    /// Says what came of an order that this desk brought as `Report::Ordered`. Never blocks and never fails.
    fn answer(&self, order: OrderId, outcome: Result<(), Refusal>);

    /// Whether anybody follows the kiosk from afar. Where nobody does, nothing is put together for [`StaffDesk::show`].
    fn follows(&self) -> bool {
        false
    }

    /// Shows something to those who follow, in the order of [`StaffDesk::tell`]. Never blocks and never fails.
    #[allow(clippy::boxed_local, reason = "what is personal lies in one place of its own, also for who lets it go")]
    fn show(&self, _report: Box<DeskReport>) {}
}
