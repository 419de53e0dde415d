//! An audit log in memory.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::ports::{Audit, AuditEntry, AuditEvent, Diagnose, Finding};

/// Keeps what it is told; clones share it.
#[derive(Clone, Default)]
pub struct FakeAudit(Arc<Mutex<Vec<AuditEntry>>>);

impl FakeAudit {
    /// Everything recorded so far, in order.
    pub fn entries(&self) -> Vec<AuditEntry> {
        self.0.lock().clone()
    }

    /// Only what happened.
    pub fn events(&self) -> Vec<AuditEvent> {
        self.entries().into_iter().map(|entry| entry.event).collect()
    }
}

impl Audit for FakeAudit {
    fn record(&self, entry: AuditEntry) {
        self.0.lock().push(entry);
    }
}

impl Diagnose for FakeAudit {
    fn diagnose(&self) -> Vec<Finding> {
        let remedy = "Outside training, start the kiosk with its real configuration.";
        vec![Finding::warning("audit", "kept in memory, for training and tests", remedy)]
    }
}
