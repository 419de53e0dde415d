//! The port: a thread of its own, so that a slow share never holds up the reception.

use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::ports::{DeliveryOrder, Diagnose, Finding, Handoff, Outbox, Receipt, Report};

use super::config::{DropConfig, DropConfigError, Encoding};
use super::place::Prepared;
use super::store::{Store, own_file};

/// Deliveries that may wait; one reception runs at a time, so more only gather when the share hangs.
const WAITING: usize = 8;

/// How long the end of the program waits for a running delivery.
const FAREWELL: Duration = Duration::from_secs(5);

/// What `diagnose` writes to see that there is room: some hundred deliveries.
const PROBE: usize = 1 << 20;

type Order = (Ticket, DeliveryOrder);

/// The drop folder of the receipt computer.
pub struct DropFolder {
    config: DropConfig,
    outbox: Outbox,
    orders: Option<SyncSender<Order>>,
    ended: Mutex<Receiver<()>>,
}

impl DropFolder {
    /// Starts the writing thread, which removes what a crash left. A missing folder is no error here: it may come,
    /// and each delivery looks again.
    ///
    /// # Errors
    /// A configuration that can never work.
    pub fn start(config: DropConfig, outbox: Outbox) -> Result<Self, DropConfigError> {
        config.check()?;
        let (orders, waiting) = sync_channel(WAITING);
        let (end, ended) = sync_channel(1);
        let writer = Writer { config: config.clone(), outbox: outbox.clone(), store: None };
        std::thread::Builder::new()
            .name("handoff".into())
            .spawn(move || {
                writer.run(&waiting);
                // Nobody waits for it when the program ends in a hurry.
                let _ = end.send(());
            })
            .map_err(|error| DropConfigError::Thread(error.to_string()))?;
        Ok(Self { config, outbox, orders: Some(orders), ended: Mutex::new(ended) })
    }
}

impl Handoff for DropFolder {
    fn submit(&self, ticket: Ticket, order: DeliveryOrder) {
        let sent = self.orders.as_ref().is_some_and(|orders| orders.try_send((ticket, order)).is_ok());
        if !sent {
            tracing::error!(code = Failure::HandoffUnwritable.code(), "the drop folder does not answer");
            self.outbox.send(Report::Handoff(ticket, Err(Failure::HandoffUnwritable)));
        }
    }
}

impl Drop for DropFolder {
    fn drop(&mut self) {
        self.orders = None;
        let ended = self.ended.get_mut().unwrap_or_else(PoisonError::into_inner);
        if ended.recv_timeout(FAREWELL).is_err() {
            tracing::warn!("a delivery was still running when the program ended");
        }
    }
}

struct Writer {
    config: DropConfig,
    outbox: Outbox,
    store: Option<Store>,
}

impl Writer {
    fn run(mut self, orders: &Receiver<Order>) {
        if let Err(error) = self.open() {
            tracing::warn!(%error, "the drop folder cannot be used yet");
        }
        while let Ok((ticket, order)) = orders.recv() {
            let outcome = self.deliver(&order);
            self.outbox.send(Report::Handoff(ticket, outcome));
        }
    }

    fn open(&mut self) -> io::Result<&mut Store> {
        if self.store.is_none() {
            self.store = Some(Store::open(&self.config)?);
        }
        self.store.as_mut().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn deliver(&mut self, order: &DeliveryOrder) -> Result<Receipt, Failure> {
        Store::accepts(order)?;
        self.open().map_err(|error| unwritable(&error))?.deliver(order)
    }
}

/// The one mapping of a file system's error; its text holds no personal data.
pub fn unwritable(error: &io::Error) -> Failure {
    tracing::error!(code = Failure::HandoffUnwritable.code(), %error, "the file for the receipt computer");
    Failure::HandoffUnwritable
}

impl Diagnose for DropFolder {
    fn diagnose(&self) -> Vec<Finding> {
        vec![look_at(&self.config)]
    }
}

fn look_at(config: &DropConfig) -> Finding {
    let shown = config.folder.display();
    let bad = |detail: String, remedy: &str| Finding::bad("handoff", detail, remedy);
    match std::fs::metadata(&config.folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return bad(
                format!("{shown} does not exist"),
                "Create the drop folder, connect its share, or correct its path.",
            );
        }
        Err(error) => return bad(format!("{shown}: {error}"), "Check the share and the rights on the drop folder."),
        Ok(found) if !found.is_dir() => {
            return bad(format!("{shown} is no folder"), "Correct the path of the drop folder.");
        }
        Ok(_) => {}
    }
    match probe(&own_file(config, "probe.tmp")) {
        Ok(()) => {
            let encoding = match config.encoding {
                Encoding::ShiftJis => "Shift_JIS",
                Encoding::Utf8 => "UTF-8",
            };
            Finding::good("handoff", format!("{shown} can be written, at least 1 MiB is free, XML in {encoding}"))
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => bad(
            format!("{shown} is full"),
            "Free space: let the receipt computer fetch its files, or move old ones away.",
        ),
        Err(error) => bad(
            format!("{shown} cannot be written: {error}"),
            "Give the account of the kiosk the right to create, rename and remove files there.",
        ),
    }
}

/// Dropping the file unclaimed removes it.
fn probe(file: &Path) -> io::Result<()> {
    Prepared::write(file.to_owned(), &vec![0x55; PROBE]).map(drop)
}
