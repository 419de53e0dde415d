//! A desk in memory.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::domain::staff_news::StaffNews;
use crate::domain::staff_order::{OrderId, Refusal};
use crate::ports::{DeskReport, Diagnose, Finding, StaffDesk, StaffNotice};

/// Keeps what it is told; clones share it.
#[derive(Clone, Default)]
pub struct FakeDesk(Arc<Mutex<Vec<StaffNotice>>>, Arc<Mutex<Vec<OrderAnswer>>>, Arc<Mutex<Vec<DeskReport>>>);

/// Which order, and what came of it.
pub type OrderAnswer = (OrderId, Result<(), Refusal>);

impl FakeDesk {
    /// Everything told so far, in order.
    pub fn notices(&self) -> Vec<StaffNotice> {
        self.0.lock().clone()
    }

    /// Every answer to an order so far.
    pub fn answers(&self) -> Vec<OrderAnswer> {
        self.1.lock().clone()
    }

    /// Everything shown so far, in order.
    pub fn reports(&self) -> Vec<DeskReport> {
        self.2.lock().clone()
    }

    /// Only what was told.
    pub fn news(&self) -> Vec<StaffNews> {
        self.notices().into_iter().map(|notice| notice.news).collect()
    }
}

impl StaffDesk for FakeDesk {
    fn tell(&self, notice: StaffNotice) {
        self.0.lock().push(notice);
    }

    fn answer(&self, order: OrderId, outcome: Result<(), Refusal>) {
        self.1.lock().push((order, outcome));
    }

    fn follows(&self) -> bool {
        true
    }

    fn show(&self, report: Box<DeskReport>) {
        self.2.lock().push(*report);
    }
}

impl Diagnose for FakeDesk {
    fn diagnose(&self) -> Vec<Finding> {
        let remedy = "Outside training, start the kiosk with its real configuration.";
        vec![Finding::warning("desk", "staff are told in memory, for training and tests", remedy)]
    }
}
