//! The port: takes orders, keeps them safe, and answers within the reception's patience whatever the share does.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::time::Duration;

use jiff::Timestamp;
use parking_lot::Mutex;

use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::domain::qualification::Validity;
use crate::domain::reference_number::ReferenceOrder;
use crate::domain::staff_news::{StaffNews, Store};
use crate::ports::{Delivery, DeliveryOrder, Diagnose, Finding, Handoff, Outbox, Receipt, Reply};

use super::announce::Announcer;
use super::answers::Watch;
use super::config::{DropConfig, DropConfigError, SpoolConfig};
use super::courier::{Courier, Job, Load, Waiting, unwritable, wait};
use super::look;
use super::parcel::Parcel;
use super::reference;
use super::spool::{Slip, Spool};

/// Orders that may wait; one reception runs at a time, so more only gather when the kiosk's own disk hangs.
const ORDERS: usize = 8;

/// Parcels that may wait in memory for the courier; each is in the spool as well, where there is one.
const JOBS: usize = 64;

/// How long the end of the program waits for a running delivery.
const FAREWELL: Duration = Duration::from_secs(5);

/// How long an order waits for a drop folder without a spool behind it.
const WITHOUT_SPOOL: Duration = Duration::from_secs(30);

type Order = (Ticket, DeliveryOrder);

/// The drop folder of the receipt computer.
pub struct DropFolder {
    config: DropConfig,
    outbox: Outbox,
    orders: Option<SyncSender<Order>>,
    ended: Mutex<Receiver<()>>,
    requests: Arc<Mutex<()>>,
    /// Takes the name of a request whose answer is to be waited for.
    asked: Option<Sender<String>>,
}

impl DropFolder {
    /// Starts the threads, which remove what a crash left and deliver what waits. A missing folder is no error here:
    /// it may come, and each delivery looks again.
    ///
    /// # Errors
    /// A configuration that can never work.
    pub fn start(config: DropConfig, outbox: Outbox) -> Result<Self, DropConfigError> {
        config.check()?;
        let (orders, waiting) = sync_channel(ORDERS);
        let (end, ended) = sync_channel(2);
        let (jobs, to_carry) = sync_channel(JOBS);
        let (mut desk, courier) = Desk::and_courier(&config, &outbox, jobs);
        let courier_end = end.clone();
        thread("handoff-courier", move || {
            courier.run(&to_carry);
            // Nobody waits for it when the program ends in a hurry.
            let _ = courier_end.send(());
        })?;
        thread("handoff", move || {
            while let Ok((ticket, order)) = waiting.recv() {
                let outcome = desk.take(&order);
                desk.outbox.answer(ticket, outcome.map(Reply::Handoff));
            }
            drop(desk);
            let _ = end.send(());
        })?;
        let asked = config.answers.clone().map(|answers| {
            let (asked, requests) = channel();
            let watch = Watch::new(answers, reference::home(&config), outbox.clone());
            thread("handoff-answers", move || watch.run(&requests)).map(|()| asked)
        });
        let asked = asked.transpose()?;
        Ok(Self { config, outbox, orders: Some(orders), ended: Mutex::new(ended), requests: Arc::default(), asked })
    }
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), DropConfigError> {
    let spawned = std::thread::Builder::new().name(name.into()).spawn(work);
    spawned.map(drop).map_err(|error| DropConfigError::Thread(error.to_string()))
}

impl Handoff for DropFolder {
    fn submit(&self, ticket: Ticket, order: DeliveryOrder) {
        let sent = self.orders.as_ref().is_some_and(|orders| orders.try_send((ticket, order)).is_ok());
        if !sent {
            tracing::error!(code = Failure::HandoffUnwritable.code(), "the handoff does not answer");
            self.outbox.answer(ticket, Err(Failure::HandoffUnwritable));
        }
    }

    /// On a thread of its own: a folder of requests may hang, and nobody waits.
    fn request_reference(&self, ticket: Ticket, order: Box<ReferenceOrder>) -> Result<(), Box<ReferenceOrder>> {
        let Some(folder) = self.config.requests.clone() else { return Err(order) };
        let (config, outbox, requests) = (self.config.clone(), self.outbox.clone(), Arc::clone(&self.requests));
        let asked = self.asked.clone();
        let begun = thread("handoff-request", move || {
            let _one_at_a_time = requests.lock();
            let written = reference::request(&config, &folder, &order).map_err(|error| unwritable(&error));
            if let (Ok(file), Some(asked)) = (&written, asked) {
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                // Without the thread its end was told already.
                let _ = asked.send(name);
            }
            let done = written.map(|file| Reply::Handoff(Delivery::Done(Receipt { file, duplicate: false })));
            outbox.answer(ticket, done);
        });
        if let Err(error) = begun {
            tracing::error!(%error, "a number cannot be registered");
            self.outbox.answer(ticket, Err(Failure::HandoffUnwritable));
        }
        Ok(())
    }
}

impl Drop for DropFolder {
    fn drop(&mut self) {
        self.orders = None;
        let ended = self.ended.get_mut();
        // The desk ends first, and with it the courier's work.
        if ended.recv_timeout(FAREWELL).is_err() || ended.recv_timeout(FAREWELL).is_err() {
            tracing::warn!("a delivery was still running when the program ended");
        }
    }
}

impl Diagnose for DropFolder {
    fn diagnose(&self) -> Vec<Finding> {
        look::at(&self.config)
    }
}

/// Whether that may be handed over at all, whatever the folder is like.
///
/// # Errors
/// `NotConfirmed` unless the answer is valid, `GatewayAnswerInvalid` when it is valid without any insurance or id.
fn accepts(order: &DeliveryOrder) -> Result<(), Failure> {
    if order.answer.validity != Validity::Valid {
        return Err(Failure::NotConfirmed);
    }
    if order.answer.qualifications.is_empty() || order.answer.check_id.is_empty() {
        return Err(Failure::GatewayAnswerInvalid);
    }
    Ok(())
}

/// Takes one order after the other: writes it out, keeps it, passes it on and waits as long as a patient can.
struct Desk {
    config: DropConfig,
    outbox: Outbox,
    spool: Option<(SpoolConfig, Arc<Spool>)>,
    waiting: Waiting,
    jobs: SyncSender<Job>,
    announcer: Option<Announcer>,
}

impl Desk {
    fn and_courier(config: &DropConfig, outbox: &Outbox, jobs: SyncSender<Job>) -> (Self, Courier) {
        let (spool, slips) = open_spool(config, outbox);
        let waiting = Waiting::default();
        let courier = Courier::new(config.clone(), spool.clone(), slips, waiting.clone(), outbox.clone());
        let announcer = announcer(config, outbox);
        (Self { config: config.clone(), outbox: outbox.clone(), spool, waiting, jobs, announcer }, courier)
    }

    /// Takes one order, and has its reception announced when it is the first of its check.
    fn take(&mut self, order: &DeliveryOrder) -> Result<Delivery, Failure> {
        let known = self.waiting.with(|list| list.contains(&order.answer.check_id));
        let outcome = self.hand_over(order)?;
        let again = known || matches!(&outcome, Delivery::Done(receipt) if receipt.duplicate);
        if let (Some(announcer), false) = (&mut self.announcer, again) {
            announcer.announce(order);
        }
        Ok(outcome)
    }

    fn hand_over(&self, order: &DeliveryOrder) -> Result<Delivery, Failure> {
        accepts(order)?;
        if self.waiting.with(|list| list.contains(&order.answer.check_id)) {
            return Ok(self.still_waiting());
        }
        let parcel = Parcel::of(order, &self.config).map_err(|error| unwritable(&error))?;
        let (load, patience) = match self.keep(&parcel) {
            Some((slip, patience)) => (Load::Kept(slip), patience),
            None => (Load::Loose(parcel), WITHOUT_SPOOL),
        };
        let kept = matches!(load, Load::Kept(_));
        match (self.pass_on(load, patience), kept) {
            (Some(Ok(receipt)), _) => Ok(Delivery::Done(receipt)),
            (Some(Err(_)) | None, true) => Ok(self.still_waiting()),
            (Some(Err(error)), false) => Err(unwritable(&error)),
            (None, false) => Err(Failure::HandoffUnwritable),
        }
    }

    fn still_waiting(&self) -> Delivery {
        Delivery::Kept { waiting: self.waiting.with(|list| list.len()) }
    }

    /// Keeps the parcel in the spool; a spool that cannot take it is no reason not to try the drop folder.
    fn keep(&self, parcel: &Parcel) -> Option<(Slip, Duration)> {
        let (config, spool) = self.spool.as_ref()?;
        match spool.keep(parcel, Timestamp::now()) {
            Ok(slip) => {
                self.waiting.with(|list| list.push(slip.check.clone()));
                Some((slip, config.patience))
            }
            Err(error) => {
                tracing::error!(%error, "the kiosk's own disk keeps no file; only the drop folder is left");
                None
            }
        }
    }

    /// Hands the parcel to the courier and waits; `None` when it takes too long.
    fn pass_on(&self, load: Load, patience: Duration) -> Option<std::io::Result<Receipt>> {
        // Without room, so that the courier knows whether the reception heard it.
        let (tell, told) = sync_channel(0);
        if self.jobs.try_send(Job { load, tell: Some(tell) }).is_err() {
            tracing::warn!("the courier is far behind; what lies in the spool goes with the next start");
            return None;
        }
        wait(&told, patience)
    }
}

/// Whoever announces receptions, where the site wants it; a mere look and a single visit do not.
fn announcer(config: &DropConfig, outbox: &Outbox) -> Option<Announcer> {
    let folder = config.announce.clone()?;
    let started = Announcer::start(config, folder, outbox.clone());
    started.inspect_err(|error| tracing::error!(%error, "receptions cannot be announced")).ok()
}

type OpenSpool = (Option<(SpoolConfig, Arc<Spool>)>, VecDeque<Slip>);

fn open_spool(config: &DropConfig, outbox: &Outbox) -> OpenSpool {
    let Some(spool) = config.spool.clone().filter(|spool| spool.serve) else { return (None, VecDeque::new()) };
    match Spool::open(&spool.folder) {
        Ok((opened, slips)) => {
            if opened.key_lost() {
                outbox.tell(StaffNews::StoreKeyLost { store: Store::Spool });
            }
            (Some((spool, Arc::new(opened))), slips)
        }
        Err(error) => {
            tracing::error!(%error, "files cannot wait for the drop folder: nothing keeps them");
            (None, VecDeque::new())
        }
    }
}
