//! Carries out commands, one exclusive burst each.

use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::ports::card_reader::{CardCommand, CardReply};
use crate::ports::{Outbox, Reply};

use super::super::ChannelError;
use super::super::burst::{self, Ended, Memory};
use super::super::error::CardError;
use super::super::trust::CardTrust;
use super::service::{Service, Session};
use super::{Shared, link};

struct Worker<'a, S: Service> {
    service: S,
    shared: &'a Shared,
    trust: &'a CardTrust,
    session: Option<S::Session>,
    memory: Memory,
    /// Cards taken off when `memory` was begun.
    removals: u64,
    /// The last burst left the card with power.
    powered: bool,
}

/// Runs until the other end of the queue is gone.
pub(super) fn run<S: Service>(
    service: S,
    queue: &Receiver<(Ticket, CardCommand)>,
    shared: &Shared,
    outbox: &Outbox,
    trust: &CardTrust,
    [held_after, held_after_typing]: [Duration; 2],
) {
    let memory = Memory::default();
    let mut worker = Worker { service, shared, trust, session: None, memory, removals: 0, powered: false };
    while let Ok((ticket, command)) = queue.recv() {
        let typed = matches!(command, CardCommand::SignWithKeypad { .. });
        let longest = if typed { held_after_typing } else { held_after };
        *shared.busy_until.lock() = Some(Instant::now() + longest);
        let reply = worker.carry_out(&command);
        if shared.is_held() {
            // Nobody waits for it any more, and its card may be another patient's by now.
            worker.release();
        }
        *shared.busy_until.lock() = None;
        outbox.answer(ticket, reply.map(Reply::Card));
    }
}

impl<S: Service> Worker<'_, S> {
    fn carry_out(&mut self, command: &CardCommand) -> Result<CardReply, Failure> {
        let removals = self.shared.removals.load(Ordering::SeqCst);
        if removals != self.removals {
            (self.memory, self.removals) = (Memory::default(), removals);
        }
        if matches!(command, CardCommand::Release) {
            self.release();
            return Ok(CardReply::Released);
        }
        let mut attempts = 2;
        loop {
            attempts -= 1;
            match self.burst(command) {
                Ok(ended) if ended.repeatable && attempts > 0 => {}
                Ok(ended) => return ended.reply,
                // The service came back with another process: the old connection is of no use.
                Err(ChannelError::ServiceStopped(_) | ChannelError::CardReset) if attempts > 0 => self.session = None,
                Err(error) => {
                    tracing::warn!(%error, "card reader");
                    return Err(CardError::Channel(error).failure());
                }
            }
        }
    }

    fn burst(&mut self, command: &CardCommand) -> Result<Ended, ChannelError> {
        let reader = self.shared.reader()?;
        let session = match &self.session {
            Some(session) => session.clone(),
            None => self.service.connect().map_err(link::meaning)?,
        };
        self.session = Some(session.clone());
        let (memory, trust) = (&mut self.memory, self.trust);
        let ended = session.with_card(&reader, |channel| {
            let ended = burst::carry_out(channel, command, memory, trust);
            let power_down = ended.secret_sent;
            (ended, power_down)
        })?;
        self.powered = !ended.secret_sent;
        Ok(ended)
    }

    /// Forgets everything and takes the power from the card, if it is there and has any.
    fn release(&mut self) {
        self.memory = Memory::default();
        if !std::mem::take(&mut self.powered) {
            return;
        }
        let (Some(session), Ok(reader)) = (self.session.clone(), self.shared.reader()) else { return };
        if let Err(error) = session.with_card(&reader, |_| ((), true)) {
            // Gone, or not ours to hold: then there is no power of ours to take either.
            tracing::debug!(%error, "release");
        }
    }
}
