//! A reader in this process that holds virtual cards: the same client over no wire, for demo and tests.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;

use parking_lot::{Condvar, Mutex, MutexGuard};
use zeroize::Zeroizing;

use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::ports::card_reader::{CardCommand, CardReader};
use crate::ports::{Diagnose, Finding, Observation, Outbox, Reply, Report};

use super::super::burst::{self, Memory};
use super::super::trust::CardTrust;
use super::super::{Channel, ChannelError};
use super::VirtualCard;

/// Commands that wait; the core has at most two on their way.
const QUEUE: usize = 16;

#[derive(Default)]
struct Slot {
    card: Option<VirtualCard>,
    unplugged: bool,
    /// Counts cards put on, so that a burst and its memory end with the card they began with.
    placed: u64,
    /// What somebody typed on the reader's own keypad and no card was shown yet; `None` on a reader without one.
    keypad: Option<VecDeque<Keys>>,
}

/// What happens on the simulated keypad of a reader.
#[derive(Clone)]
pub enum Keys {
    /// Four digits and "enter".
    Digits([u8; 4]),
    Cancel,
    /// Nobody types until the reader gives up.
    Nobody,
}

/// The slot, and who waits for something to happen to it.
#[derive(Default)]
struct Place {
    slot: Mutex<Slot>,
    changed: Condvar,
}

impl Place {
    fn locked(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock()
    }

    /// What was typed for the card that was placed as that one; an error when it or the reader is gone before.
    fn typed_for(&self, placed: u64) -> Result<Keys, ChannelError> {
        let mut slot = self.locked();
        loop {
            if slot.unplugged {
                return Err(ChannelError::ReaderGone("unplugged".into()));
            }
            if slot.card.is_none() || slot.placed != placed {
                return Err(ChannelError::CardGone);
            }
            if let Some(keys) = slot.keypad.as_mut().and_then(VecDeque::pop_front) {
                return Ok(keys);
            }
            self.changed.wait(&mut slot);
        }
    }
}

/// A reader for virtual cards. Dropping it ends its thread.
pub struct VirtualReader {
    place: Arc<Place>,
    outbox: Outbox,
    jobs: Option<SyncSender<(Ticket, CardCommand)>>,
    worker: Option<JoinHandle<()>>,
}

impl VirtualReader {
    /// An empty reader that reports to `outbox` and believes these.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(trust: impl Into<CardTrust>, outbox: Outbox) -> std::io::Result<Self> {
        let trust = trust.into();
        let place = Arc::new(Place::default());
        let (jobs, queue) = sync_channel(QUEUE);
        let (its_place, its_outbox) = (Arc::clone(&place), outbox.clone());
        let worker = std::thread::Builder::new()
            .name("virtual-reader".into())
            .spawn(move || work(&queue, &its_place, &its_outbox, &trust))?;
        outbox.send(Report::Seen(Observation::ReaderReady));
        Ok(Self { place, outbox, jobs: Some(jobs), worker: Some(worker) })
    }

    /// Puts a card on the reader; one that lay there is taken off first.
    pub fn insert(&self, mut card: VirtualCard) {
        drop(self.remove());
        card.put_back();
        card.power_off();
        let mut slot = self.place.locked();
        slot.card = Some(card);
        slot.placed += 1;
        let seen = !slot.unplugged;
        drop(slot);
        if seen {
            self.outbox.send(Report::Seen(Observation::CardPlaced));
        }
    }

    /// Takes the card off and gives it back with its counters and log.
    pub fn remove(&self) -> Option<VirtualCard> {
        let mut slot = self.place.locked();
        let card = slot.card.take()?;
        let seen = !slot.unplugged && !card.is_gone();
        drop(slot);
        self.place.changed.notify_all();
        if seen {
            self.outbox.send(Report::Seen(Observation::CardGone));
        }
        Some(card)
    }

    /// Pulls the reader's plug; the card stays on it.
    pub fn unplug(&self) {
        let mut slot = self.place.locked();
        let already = std::mem::replace(&mut slot.unplugged, true);
        if let Some(card) = slot.card.as_mut() {
            card.power_off();
        }
        drop(slot);
        self.place.changed.notify_all();
        if !already {
            self.outbox.send(Report::Seen(Observation::ReaderLost(Failure::ReaderGone)));
        }
    }

    /// Plugs it in again.
    pub fn plug(&self) {
        let mut slot = self.place.locked();
        let was_unplugged = std::mem::replace(&mut slot.unplugged, false);
        let card = slot.card.as_ref().is_some_and(|card| !card.is_gone());
        drop(slot);
        if was_unplugged {
            self.outbox.send(Report::Seen(Observation::ReaderReady));
            if card {
                self.outbox.send(Report::Seen(Observation::CardPlaced));
            }
        }
    }

    /// Fits the reader with a keypad of its own, simulated; it is told to whoever asks for the card from now on.
    pub fn fit_keypad(&self) {
        self.place.locked().keypad.get_or_insert_default();
    }

    /// Somebody uses that keypad; nothing happens on a reader without one.
    pub fn type_on_keypad(&self, keys: Keys) {
        self.place.locked().keypad.iter_mut().for_each(|typed| typed.push_back(keys.clone()));
        self.place.changed.notify_all();
    }

    /// Looks at the card that lies there, for tests: its log, its counters.
    pub fn with_card<T>(&self, look: impl FnOnce(&mut VirtualCard) -> T) -> Option<T> {
        self.place.locked().card.as_mut().map(look)
    }
}

impl Drop for VirtualReader {
    fn drop(&mut self) {
        self.jobs = None;
        // Whoever waits for the keypad waits no longer.
        self.unplug();
        if let Some(worker) = self.worker.take()
            && worker.join().is_err()
        {
            tracing::error!("the virtual reader's thread panicked");
        }
    }
}

impl Diagnose for VirtualReader {
    fn diagnose(&self) -> Vec<Finding> {
        let slot = self.place.locked();
        if slot.unplugged {
            return vec![Finding::bad(
                "reader",
                "the virtual reader is unplugged",
                "plug it in from the scenario picker",
            )];
        }
        let card = if slot.card.is_some() { "with a card" } else { "without a card" };
        vec![Finding::good("reader", format!("virtual reader in this process, {card}; no real card is read"))]
    }
}

impl CardReader for VirtualReader {
    fn submit(&self, ticket: Ticket, command: CardCommand) {
        let refused = match &self.jobs {
            Some(jobs) => match jobs.try_send((ticket, command)) {
                Ok(()) => return,
                Err(TrySendError::Full(_)) => Failure::CardUnreadable,
                Err(TrySendError::Disconnected(_)) => Failure::ReaderGone,
            },
            None => Failure::ReaderGone,
        };
        self.outbox.answer(ticket, Err(refused));
    }
}

/// The wire between client and card: none.
struct InProcess<'a> {
    place: &'a Place,
    placed: u64,
    outbox: &'a Outbox,
}

impl Channel for InProcess<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        let mut slot = self.place.locked();
        if slot.unplugged {
            return Err(ChannelError::ReaderGone("unplugged".into()));
        }
        if slot.placed != self.placed {
            return Err(ChannelError::CardGone);
        }
        let card = slot.card.as_mut().ok_or(ChannelError::CardGone)?;
        let was_gone = card.is_gone();
        let response = Zeroizing::new(card.apdu(command));
        let (delay, gone) = (card.delay(command.len() + response.len()), card.is_gone());
        drop(slot);
        // The wire of a real card is what takes this time; only the fault asks for it.
        std::thread::sleep(delay);
        if gone && !was_gone {
            self.outbox.send(Report::Seen(Observation::CardGone));
        }
        match response.is_empty() {
            false => Ok(response),
            true if gone => Err(ChannelError::CardGone),
            true => Err(ChannelError::Mute("no response".into())),
        }
    }

    fn extended_length(&self) -> bool {
        true
    }

    fn has_keypad(&self) -> bool {
        self.place.locked().keypad.is_some()
    }

    fn verify_on_keypad(&mut self) -> Option<Result<Zeroizing<Vec<u8>>, ChannelError>> {
        if !self.has_keypad() {
            return None;
        }
        Some(match self.place.typed_for(self.placed) {
            Ok(Keys::Digits(digits)) => {
                let command = Zeroizing::new([&[0x00, 0x20, 0x00, 0x80, 0x04][..], &digits].concat());
                self.transmit(&command)
            }
            // The reader's own answers (PC/SC part 10).
            Ok(Keys::Cancel) => Ok(Zeroizing::new(vec![0x64, 0x01])),
            Ok(Keys::Nobody) => Ok(Zeroizing::new(vec![0x64, 0x00])),
            Err(error) => Err(error),
        })
    }
}

fn work(queue: &Receiver<(Ticket, CardCommand)>, place: &Place, outbox: &Outbox, trust: &CardTrust) {
    let (mut memory, mut of) = (Memory::default(), 0);
    while let Ok((ticket, command)) = queue.recv() {
        let placed = place.locked().placed;
        if of != placed {
            (memory, of) = (Memory::default(), placed);
        }
        let channel = InProcess { place, placed, outbox };
        let ended = burst::carry_out(channel, &command, &mut memory, trust);
        let release = matches!(command, CardCommand::Release);
        if (ended.secret_sent || release)
            && let Some(card) = place.locked().card.as_mut()
        {
            card.power_off();
        }
        outbox.answer(ticket, ended.reply.map(Reply::Card));
    }
}
