//! Staff at their desk: they are told, while it happens, what the closed list of news has an entry for, and what came of
//! their orders.

use jiff::Timestamp;

use crate::domain::ids::ReceptionId;
use crate::domain::staff_news::StaffNews;
use crate::domain::staff_order::{OrderId, Refusal};

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

/// Where staff are told.
pub trait StaffDesk: super::Diagnose + Send + Sync {
    /// Takes a notice, in order. Never blocks and never fails: a desk that is away hears of it when it is back. Whatever
    /// would only repeat has been left out before.
    fn tell(&self, notice: StaffNotice);

    /// Says what came of an order that this desk brought as `Report::Ordered`. Never blocks and never fails.
    fn answer(&self, order: OrderId, outcome: Result<(), Refusal>);
}
