//! A card service without readers: it does what the test says.

use std::collections::VecDeque;
use std::ffi::CStr;

use jiff::civil::date;
use pcsc::Error;
use zeroize::Zeroizing;

use super::super::super::virtual_card::VirtualCard;
use super::super::service::{Session, Watch};
use super::super::*;
use super::READER;
use crate::people::authority::TestAuthority;
use crate::people::by_id;

#[derive(Default)]
pub(super) struct World {
    pub(super) running: bool,
    /// Which process of the service this is.
    pub(super) process: u32,
    pub(super) readers: Vec<(String, State, u32)>,
    pub(super) cancelled: bool,
    /// Why this account is not served.
    pub(super) refusal: Option<Error>,
    /// How often the list was read.
    pub(super) lists: usize,
    /// What the next connections to the card fail with.
    pub(super) refusals: VecDeque<ChannelError>,
    /// What the next exchanges fail with.
    pub(super) failures: VecDeque<ChannelError>,
    pub(super) card: Option<VirtualCard>,
    /// The card takes a command and never answers it.
    pub(super) silent: bool,
    /// Commands that it took so.
    pub(super) unanswered: usize,
    /// What the patient types on the reader's own keypad.
    pub(super) keypad: Option<&'static [u8]>,
}

#[derive(Clone)]
pub(super) struct FakeService(pub(super) Arc<(Mutex<World>, Condvar)>);

impl FakeService {
    pub(super) fn new() -> Self {
        let card =
            VirtualCard::new(&TestAuthority::load().unwrap(), &by_id("p01").unwrap(), date(2026, 11, 20), &[]).unwrap();
        let readers = vec![(READER.to_owned(), State::PRESENT, 1)];
        let world = World { running: true, readers, card: Some(card), ..World::default() };
        Self(Arc::new((Mutex::new(world), Condvar::new())))
    }

    pub(super) fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let result = change(&mut self.0.0.lock());
        self.0.1.notify_all();
        result
    }
}

impl Service for FakeService {
    type Session = FakeSession;

    fn connect(&self) -> Result<FakeSession, Error> {
        let world = self.0.0.lock();
        if let Some(refusal) = world.refusal {
            return Err(refusal);
        }
        if world.running { Ok(FakeSession(self.clone(), world.process)) } else { Err(Error::NoService) }
    }
}

#[derive(Clone)]
pub(super) struct FakeSession(FakeService, u32);

impl FakeSession {
    fn alive(&self, world: &World) -> Result<(), Error> {
        if !world.running {
            Err(Error::ServiceStopped)
        } else if world.process == self.1 {
            Ok(())
        } else {
            Err(Error::InvalidHandle)
        }
    }
}

/// State and count; for the list, what it names.
type Known = (State, u32, Vec<String>);

pub(super) struct FakeWatch {
    name: String,
    known: Option<Known>,
    seen: Known,
}

fn now(world: &World, name: &str) -> Known {
    if name.as_bytes() == pcsc::PNP_NOTIFICATION().to_bytes() {
        return (State::empty(), 0, world.readers.iter().map(|(name, ..)| name.clone()).collect());
    }
    let reader = world.readers.iter().find(|(other, ..)| other == name);
    reader.map_or((State::UNKNOWN, 0, Vec::new()), |(_, state, count)| (*state, *count, Vec::new()))
}

impl Session for FakeSession {
    type Watch = FakeWatch;

    fn readers(&self) -> Result<Vec<CString>, Error> {
        let mut world = self.0.0.0.lock();
        self.alive(&world)?;
        world.lists += 1;
        Ok(world.readers.iter().map(|(name, ..)| CString::new(name.as_str()).unwrap()).collect())
    }

    fn watch(&self, reader: &CStr) -> FakeWatch {
        let name = reader.to_str().unwrap().to_owned();
        FakeWatch { name, known: None, seen: (State::empty(), 0, Vec::new()) }
    }

    fn wait(&self, watches: &mut [&mut FakeWatch], timeout: Option<Duration>) -> Result<(), Error> {
        let (world, changed) = &*self.0.0;
        let deadline = timeout.map(|timeout| std::time::Instant::now() + timeout);
        let mut world = world.lock();
        loop {
            self.alive(&world)?;
            if std::mem::take(&mut world.cancelled) {
                return Err(Error::Cancelled);
            }
            let mut differs = false;
            for watch in watches.iter_mut() {
                watch.seen = now(&world, &watch.name);
                differs |= watch.known.as_ref() != Some(&watch.seen);
            }
            if differs {
                return Ok(());
            }
            let rest =
                deadline.map_or(Duration::from_secs(60), |d| d.saturating_duration_since(std::time::Instant::now()));
            if rest.is_zero() {
                return Err(Error::Timeout);
            }
            changed.wait_for(&mut world, rest);
        }
    }

    fn cancel(&self) -> Result<(), Error> {
        self.0.change(|world| world.cancelled = true);
        Ok(())
    }

    fn with_card<T>(
        &self,
        _reader: &CStr,
        run: impl FnOnce(&mut dyn super::super::super::Channel) -> (T, bool),
    ) -> Result<T, ChannelError> {
        let refused = self.0.change(|world| {
            self.alive(world).map_err(link::meaning)?;
            world.refusals.pop_front().map_or(Ok(()), Err)
        });
        refused?;
        let (outcome, power_down) = run(&mut FakeChannel(self.0.clone()));
        if power_down {
            self.0.change(|world| world.card.as_mut().map(VirtualCard::power_off));
        }
        Ok(outcome)
    }
}

impl Watch for FakeWatch {
    fn seen(&self) -> State {
        self.seen.0
    }

    fn count(&self) -> u32 {
        self.seen.1
    }

    fn known(&self) -> State {
        self.known.as_ref().map_or(State::UNAWARE, |known| known.0)
    }

    fn know(&mut self) {
        self.known = Some(self.seen.clone());
    }
}

pub(super) struct FakeChannel(FakeService);

impl super::super::super::Channel for FakeChannel {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        let mut world = self.0.0.0.lock();
        if world.silent {
            world.unanswered += 1;
            self.0.0.1.notify_all();
            self.0.0.1.wait_while(&mut world, |world| world.silent);
            return Err(ChannelError::CardGone);
        }
        drop(world);
        self.0.change(|world| {
            if let Some(failure) = world.failures.pop_front() {
                return Err(failure);
            }
            let card = world.card.as_mut().ok_or(ChannelError::CardGone)?;
            Ok(Zeroizing::new(card.apdu(command)))
        })
    }

    fn extended_length(&self) -> bool {
        true
    }

    fn has_keypad(&self) -> bool {
        self.0.change(|world| world.keypad.is_some())
    }

    fn verify_on_keypad(&mut self) -> Option<Result<Zeroizing<Vec<u8>>, ChannelError>> {
        let typed = self.0.change(|world| world.keypad)?;
        // What a keypad answers when nobody types.
        if typed.is_empty() {
            return Some(Ok(Zeroizing::new(vec![0x64, 0x00])));
        }
        Some(self.transmit(&[&[0x00, 0x20, 0x00, 0x80, 0x04], typed].concat()))
    }
}
