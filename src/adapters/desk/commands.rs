//! What the desk asks of this kiosk: one long-lived stream of commands, each carried out at most once, each answered.
//!
//! A command is noted on the disk before it is carried out; one that is known is not carried out again, whatever became of it.
//! What a run took and did not answer is answered as stale by the next.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use reqwest::header::ACCEPT;
use serde::Deserialize;
use tokio::time::{Instant, timeout};

use super::events::Events;
use super::link::{Link, why};
use super::outbox::Taken;
use super::wire;
use crate::adapters::qualification::contract::is_name;
use crate::desk::contract::{Command, CommandName, CommandOutcome, paths};
use crate::domain::secret::Personal;
use crate::domain::staff_order::{OrderId, Refusal, StaffCommand, StaffMember, StaffOrder, StaffPlace};
use crate::ports::{self, Errand, News, Report};

/// A desk that lives says so every fifteen seconds.
const SILENCE: Duration = Duration::from_secs(45);
/// Until the stream is there.
const BEGIN: Duration = Duration::from_secs(10);
/// Longest life of a stream; the next one begins at once.
const LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// The commands under way.
pub struct Commands {
    link: Arc<Link>,
    kiosk: ports::Outbox,
    orders: AtomicU64,
    open: Mutex<BTreeMap<OrderId, String>>,
}

/// What every command has, also one that this version does not know.
#[derive(Deserialize)]
struct Head {
    id: String,
}

impl Commands {
    pub fn new(link: Arc<Link>, kiosk: ports::Outbox) -> Self {
        Self { link, kiosk, orders: AtomicU64::new(0), open: Mutex::default() }
    }

    /// The command that an answer belongs to.
    pub fn answered(&self, order: OrderId) -> Option<String> {
        self.open.lock().remove(&order)
    }

    /// Takes commands in, for ever.
    pub async fn listen_for_ever(self: Arc<Self>) {
        self.close_those_of_an_earlier_run().await;
        let mut failures = 0;
        loop {
            failures = if self.listen().await { 1 } else { failures + 1 };
            self.link.pause(failures).await;
        }
    }

    async fn close_those_of_an_earlier_run(&self) {
        match self.link.place.with(|outbox| outbox.unanswered()).await {
            Ok(commands) => {
                for command in commands {
                    self.answer(&command, CommandOutcome::Stale).await;
                }
            }
            Err(error) => tracing::error!(%error, "commands of an earlier run stay without an answer"),
        }
    }

    /// One stream, to its end; whether there was one.
    async fn listen(&self) -> bool {
        let Ok(url) = self.link.base.join(paths::COMMANDS) else { return false };
        let request = self.link.credentials.refresh().http.get(url).header(ACCEPT, "text/event-stream").timeout(LIFE);
        let mut response = match timeout(BEGIN, request.send()).await {
            Ok(Ok(response)) if response.status() == reqwest::StatusCode::OK => response,
            Ok(Ok(response)) => {
                tracing::debug!(status = response.status().as_u16(), "the desk gives no commands");
                return false;
            }
            Ok(Err(error)) => {
                tracing::debug!(why = why(&error), "no stream of commands");
                return false;
            }
            Err(_) => return false,
        };
        self.link.is_here();
        let mut events = Events::default();
        while let Ok(Ok(Some(chunk))) = timeout(SILENCE, response.chunk()).await {
            let Some(texts) = events.feed(&chunk) else {
                tracing::warn!("the desk sends a command without an end");
                break;
            };
            for text in texts {
                self.take(&text).await;
            }
        }
        true
    }

    /// One command.
    async fn take(&self, text: &str) {
        let arrived = Instant::now();
        let Some(id) = serde_json::from_str::<Head>(text).ok().map(|head| head.id).filter(|id| is_name(id)) else {
            return tracing::warn!("the desk sends something that is no command");
        };
        let noted = id.clone();
        match self.link.place.with(move |outbox| outbox.take(&noted)).await {
            Ok(Taken::New) => {}
            // Its answer comes.
            Ok(Taken::UnderWay) => return,
            Ok(Taken::Answered) => return self.answer(&id, CommandOutcome::Stale).await,
            Err(error) => {
                return tracing::error!(%error, id, "a command is not carried out, because it cannot be noted");
            }
        }
        let outcome = match serde_json::from_str::<Command>(text) {
            Ok(command) => self.carry_out(&id, command, arrived),
            Err(_) => Some(refused("unknown-command")),
        };
        if let Some(outcome) = outcome {
            self.answer(&id, outcome).await;
        }
    }

    /// Hands a command to the kiosk, which answers later; or its answer now.
    fn carry_out(&self, id: &str, command: Command, arrived: Instant) -> Option<CommandOutcome> {
        if arrived.elapsed() >= Duration::from_secs(command.valid_seconds.into()) {
            return Some(CommandOutcome::Stale);
        }
        let order = OrderId(self.orders.fetch_add(1, Ordering::Relaxed) + 1);
        let report = match wanted(&command.name) {
            Err(reason) => return Some(refused(reason)),
            Ok(Wanted::Errand(errand)) => {
                Report::News(News::Errand { order, by: command.by, errand: Box::new(errand) })
            }
            Ok(Wanted::Staff(wanted)) => {
                let Some(name) = command.reception else { return Some(refused(Refusal::NobodyHere.slug())) };
                // A visit of an earlier run is over, whatever runs now.
                let Some(reception) = self.link.run.visit(&name) else { return Some(CommandOutcome::Stale) };
                let by = StaffMember { name: command.by, place: StaffPlace::Desk };
                Report::Ordered(StaffOrder { id: order, reception, by, command: wanted })
            }
        };
        self.open.lock().insert(order, id.to_owned());
        self.kiosk.send(report);
        None
    }

    async fn answer(&self, command: &str, outcome: CommandOutcome) {
        match wire::answer(&self.link.run, self.link.now(), command, outcome) {
            Ok(item) => self.link.keep(item).await,
            Err(error) => tracing::error!(%error, "a command stays without an answer"),
        }
    }
}

fn refused(reason: &str) -> CommandOutcome {
    CommandOutcome::Refused { reason: reason.to_owned() }
}

/// Whether a command is of the visit that runs.
enum Wanted {
    Staff(StaffCommand),
    Errand(Errand),
}

fn wanted(name: &CommandName) -> Result<Wanted, &'static str> {
    Ok(Wanted::Staff(match name {
        CommandName::Coming => StaffCommand::Coming,
        CommandName::SeenByEye(approval) => {
            let why = approval.reason.parse().map_err(|_| "unknown-reason")?;
            StaffCommand::SeenByEye { before_me: approval.person_and_card_here, why }
        }
        CommandName::AnotherTry => StaffCommand::AnotherTry,
        CommandName::GoOnByPin => StaffCommand::GoOnByPin,
        CommandName::OneStepBack => StaffCommand::OneStepBack,
        CommandName::FinishAndWipe => StaffCommand::FinishAndWipe,
        CommandName::RegisterReference(order) => {
            let (check_id, number) = (order.check_id.clone(), Personal(order.number.clone()));
            return Ok(Wanted::Errand(Errand::RegisterReference { check_id, number }));
        }
        CommandName::AskQueueAgain => return Ok(Wanted::Errand(Errand::AskQueueAgain)),
    }))
}
