//! The card reader port over PC/SC.
//!
//! One thread watches reader and card and sleeps until something changes; one carries out commands in exclusive bursts.
//! Each has its own context, so a command never has to break into the watch, and stopping is the only use of
//! `SCardCancel`. Both survive a restart of the service and the loss of the reader.

mod keypad;
mod link;
mod rule;
mod service;
mod usb;
mod watch;
mod worker;

use std::ffi::CString;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, channel, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};
use pcsc::{Context, ReaderState, Scope, State};

use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::domain::staff_news::StaffNews;
use crate::ports::card_reader::{CardCommand, CardReader, CardReply};
use crate::ports::{Diagnose, Finding, Outbox, Reply};

use super::ChannelError;
use super::trust::CardTrust;

use rule::ReaderRule;
use service::{Service, System};

pub use link::{with_card, with_named_card};

/// No command takes so long, whatever the card does: a burst ends by itself long before.
const HELD_AFTER: Duration = Duration::from_secs(40);
/// The same where a person types on the reader's own keypad.
const HELD_AFTER_TYPING: Duration = Duration::from_secs(140);

/// How long the end of the program waits for a card that does not answer.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// Commands that wait; the core has at most two on their way.
const QUEUE: usize = 16;

/// What a site decides about its reader.
#[derive(Default)]
pub struct ReaderOptions {
    /// The reader's name or a part of it, `*` standing for anything; `None` takes the first that a patient's card can lie
    /// on, contactless before others.
    pub name: Option<String>,
    /// Whom to believe.
    pub trust: CardTrust,
}

/// Whether there is a reader to work with.
#[derive(Clone, PartialEq, Eq)]
enum Reader {
    Starting,
    Ready(CString),
    Lost(Failure),
}

/// What the two threads know of each other.
struct Shared {
    reader: Mutex<Reader>,
    known: Condvar,
    /// Counts cards taken off, so that what is remembered of a card ends with it.
    removals: AtomicU64,
    stopping: AtomicBool,
    /// Until when the command under way may last.
    busy_until: Mutex<Option<Instant>>,
    /// Wakes the thread that watches.
    cancel: Mutex<Option<Cancel>>,
}

type Cancel = Box<dyn Fn() -> Result<(), pcsc::Error> + Send>;

impl Shared {
    fn set_reader(&self, reader: Reader) {
        *self.reader.lock() = reader;
        self.known.notify_all();
    }

    /// Whether a card holds the reader: one that asks for more time for ever is the card service's to end, and it does not.
    fn is_held(&self) -> bool {
        self.busy_until.lock().is_some_and(|until| Instant::now() >= until)
    }

    /// The reader to use, waiting a little for the first look at start.
    fn reader(&self) -> Result<CString, ChannelError> {
        const FIRST_LOOK: Duration = Duration::from_secs(3);
        let mut reader = self.reader.lock();
        self.known.wait_while_for(&mut reader, |reader| *reader == Reader::Starting, FIRST_LOOK);
        match &*reader {
            Reader::Ready(name) => Ok(name.clone()),
            Reader::Lost(Failure::ReaderGone) => Err(ChannelError::ReaderGone("none is connected".into())),
            Reader::Lost(_) | Reader::Starting => Err(ChannelError::ServiceStopped("no answer yet".into())),
        }
    }
}

/// A real card reader. Dropping it ends its threads.
pub struct PcscReader {
    shared: Arc<Shared>,
    name: Option<String>,
    /// Whom it believes, for `doctor`.
    believes: Vec<Finding>,
    outbox: Outbox,
    jobs: Option<SyncSender<(Ticket, CardCommand)>>,
    stop: Option<std::sync::mpsc::Sender<()>>,
    watch_over: Mutex<Receiver<()>>,
    work_over: Mutex<Receiver<()>>,
    watching: Option<JoinHandle<()>>,
    working: Option<JoinHandle<()>>,
}

impl PcscReader {
    /// Starts both threads. A card that lies there already is observed like one that is put on.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(options: ReaderOptions, outbox: Outbox) -> std::io::Result<Self> {
        Self::start_on(|| System, options, outbox, [HELD_AFTER, HELD_AFTER_TYPING])
    }

    /// The same on a service of the caller's; each thread makes its own.
    fn start_on<S: Service>(
        service: impl Fn() -> S,
        options: ReaderOptions,
        outbox: Outbox,
        held_after: [Duration; 2],
    ) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            reader: Mutex::new(Reader::Starting),
            known: Condvar::new(),
            removals: AtomicU64::new(0),
            stopping: AtomicBool::new(false),
            busy_until: Mutex::new(None),
            cancel: Mutex::new(None),
        });
        let rule = ReaderRule { name: options.name.clone() };
        let (jobs, queue) = sync_channel(QUEUE);
        let (stop, stopped) = channel();
        let (over, watch_over) = channel();
        let (done, work_over) = channel();
        let watcher = watch::Watcher::new(service(), Arc::clone(&shared), outbox.clone(), rule, stopped);
        let watching = std::thread::Builder::new().name("card-watch".into()).spawn(move || {
            watcher.run();
            drop(over);
        })?;
        let (its_shared, its_outbox) = (Arc::clone(&shared), outbox.clone());
        let (trust, its_service) = (options.trust, service());
        let believes = trust.findings();
        let working = std::thread::Builder::new().name("card-reader".into()).spawn(move || {
            worker::run(its_service, &queue, &its_shared, &its_outbox, &trust, held_after);
            drop(done);
        })?;
        Ok(Self {
            shared,
            name: options.name,
            believes,
            outbox,
            jobs: Some(jobs),
            stop: Some(stop),
            watch_over: Mutex::new(watch_over),
            work_over: Mutex::new(work_over),
            watching: Some(watching),
            working: Some(working),
        })
    }
}

impl Drop for PcscReader {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        self.jobs = None;
        self.stop = None;
        // A cancel that comes just before the wait begins is lost, so it is repeated until the watch has ended.
        loop {
            if let Some(cancel) = self.shared.cancel.lock().as_ref()
                && let Err(error) = cancel()
            {
                tracing::debug!(%error, "cancel");
            }
            match self.watch_over.lock().recv_timeout(Duration::from_millis(20)) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(()) | Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        // A thread that waits for a card that does not answer ends with the program.
        let held = self.work_over.lock().recv_timeout(LAST_WAIT) == Err(RecvTimeoutError::Timeout);
        if held {
            tracing::error!("a card holds the reader to the end");
            self.working = None;
        }
        for thread in [self.watching.take(), self.working.take()].into_iter().flatten() {
            if thread.join().is_err() {
                tracing::error!("a thread of the card reader panicked");
            }
        }
    }
}

impl CardReader for PcscReader {
    fn submit(&self, ticket: Ticket, command: CardCommand) {
        if self.shared.is_held() {
            self.outbox.tell(StaffNews::CardHoldsReader);
            // It loses its power when it is taken off, and what was read of it is forgotten before the next command.
            let released = matches!(command, CardCommand::Release);
            let answer = if released { Ok(Reply::Card(CardReply::Released)) } else { Err(Failure::CardUnreadable) };
            return self.outbox.answer(ticket, answer);
        }
        let refused = match self.jobs.as_ref().map(|jobs| jobs.try_send((ticket, command))) {
            Some(Ok(())) => return,
            Some(Err(TrySendError::Full(_))) => Failure::CardUnreadable,
            Some(Err(TrySendError::Disconnected(_))) | None => Failure::ReaderGone,
        };
        self.outbox.answer(ticket, Err(refused));
    }
}

impl Diagnose for PcscReader {
    fn diagnose(&self) -> Vec<Finding> {
        let mut findings = diagnose(self.name.as_deref());
        findings.extend(self.believes.iter().cloned());
        findings
    }
}

/// Every reader that the service knows, by name, with the reason why it would be used or not; `name` is that of the settings.
///
/// # Errors
/// Why the service cannot be asked, as a line of `doctor`.
pub fn readers(name: Option<&str>) -> Result<Vec<(String, String)>, Finding> {
    let context = Context::establish(Scope::User).map_err(no_service)?;
    let readers = link::readers(&context).map_err(no_service)?;
    let names = readers.iter().map(|reader| reader.to_string_lossy().into_owned());
    Ok(names.zip(ReaderRule::named(name).explain(&readers)).collect())
}

/// Looks at service, reader and card once.
pub fn diagnose(name: Option<&str>) -> Vec<Finding> {
    let context = match Context::establish(Scope::User) {
        Ok(context) => context,
        Err(error) => return vec![no_service(error)],
    };
    let readers = match link::readers(&context) {
        Ok(readers) => readers,
        Err(error) => return vec![no_service(error)],
    };
    let mut findings = vec![Finding::good("card service", "PC/SC answers")];
    let rule = ReaderRule::named(name);
    let listed = rule.explain(&readers).join(", ");
    if readers.len() > 1 {
        let guess = rule.is_a_guess(&readers) && rule.choose(&readers).is_some();
        findings.push(match guess {
            true => Finding::warning(
                "readers",
                format!("several could be the patients': {listed}"),
                "name the patients' reader in the settings: [reader] name = \"…\"",
            ),
            false => Finding::good("readers", listed.clone()),
        });
    }
    let Some(reader) = rule.choose(&readers) else {
        let (found, remedy) = match name {
            Some(name) if !readers.is_empty() => (
                format!("none is called {name:?}; there are: {listed}"),
                "correct the reader's name in the configuration".to_owned(),
            ),
            None if !readers.is_empty() => (
                format!("none that a patient's card could lie on; there are: {listed}"),
                "connect the patients' reader; if it is one of these, name it in the settings: [reader] name = \"…\""
                    .to_owned(),
            ),
            _ => no_reader(usb::plugged()),
        };
        findings.push(Finding::bad("reader", found, remedy));
        return findings;
    };
    let mut state = [ReaderState::new(reader.clone(), State::UNAWARE)];
    let looked = context.get_status_change(Duration::from_secs(1), &mut state);
    let seen = state.first().map_or(State::UNKNOWN, ReaderState::event_state);
    let name = reader.to_string_lossy();
    findings.push(match looked {
        Err(error) => {
            Finding::bad("reader", format!("{name} gives no status: {error}"), "unplug it and plug it in again")
        }
        Ok(()) if seen.contains(State::MUTE) => Finding::warning(
            "reader",
            format!("{name}, with a card that does not answer"),
            "turn the card over or wipe its contacts",
        ),
        Ok(()) if seen.contains(State::EXCLUSIVE) => Finding::warning(
            "reader",
            format!("{name}, held by another program"),
            "close other programs that use the card",
        ),
        Ok(()) if seen.contains(State::PRESENT) => Finding::good("reader", format!("{name}, with a card")),
        Ok(()) => Finding::good("reader", format!("{name}, without a card")),
    });
    findings
}

/// Why the card service cannot be used: it is not there, or it does not want this account.
fn no_service(error: pcsc::Error) -> Finding {
    if refuses_account(error) {
        let remedy = if cfg!(windows) {
            "run the kiosk as an account that may use smart cards"
        } else {
            "let the kiosk's account use it: copy packaging/linux/50-uketsuke.rules to /etc/polkit-1/rules.d"
        };
        return Finding::bad("card service", format!("it runs and refuses this account: {error}"), remedy);
    }
    let remedy = if cfg!(windows) {
        "start the service \"Smart Card\" (SCardSvr) and set it to automatic; it runs only while a reader is connected"
    } else {
        "install pcscd (Debian: apt install pcscd) and start it: systemctl enable --now pcscd.socket"
    };
    Finding::bad("card service", format!("no answer: {error}"), remedy)
}

/// Whether the service answered and does not serve this account, as pcscd does where polkit says no.
fn refuses_account(error: pcsc::Error) -> bool {
    matches!(error, pcsc::Error::SecurityViolation | pcsc::Error::NoAccess)
}

/// What the USB bus says when the service knows no reader.
fn no_reader(plugged: Option<Vec<usb::UsbReader>>) -> (String, String) {
    match plugged.as_deref() {
        Some([reader, ..]) => (
            format!("{} is plugged in and has no driver", reader.name),
            format!("install its driver: {}", reader.driver),
        ),
        Some([]) => ("none is plugged in".into(), "connect the reader".into()),
        None => (
            "none is known to the card service; whether one is plugged in without driver is not told apart here".into(),
            "connect the reader, and install its maker's driver".into(),
        ),
    }
}

#[cfg(test)]
mod tests;
