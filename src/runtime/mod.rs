//! Carries out the effects of the core: owns the state, the vault of secrets and the ports.
//!
//! One task owns the [`State`](crate::domain::session::State) and is the only caller of `step`. Each effect
//! is answered exactly once: by its port, by its deadline, or because it was cancelled.

mod desk;
mod errand;
mod follow;
mod glimpse;
mod handle;
mod ledger;
mod perform;
mod record;
mod resume;
mod task;
mod vault;
pub mod view;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use crate::domain::session::{Settings, State};
use crate::ports::{
    Audit, Camera, CardReader, Clock, CodeBSource, FaceEngine, Handoff, Outbox, QualificationService, Report,
    StaffCodes, StaffDesk,
};

pub use crate::ports::{Audible, Clip, Earcon, Frame, FrameSlot, Sound, SoundCommand, Volume};
pub use glimpse::Glimpse;
pub use handle::{Handle, HandleServer, Input};
pub use view::{Screen, View, view_of};

/// Reports that may wait for the task; hints come only when they change and each ticket answers once.
const INBOX: usize = 256;

/// Everything the runtime needs from outside.
#[derive(Clone)]
pub struct Ports {
    pub card: Arc<dyn CardReader>,
    pub camera: Arc<dyn Camera>,
    pub face: Arc<dyn FaceEngine>,
    /// Source of code B.
    pub code_b: Arc<dyn CodeBSource>,
    pub qualification: Arc<dyn QualificationService>,
    /// Way to the receipt computer.
    pub handoff: Arc<dyn Handoff>,
    pub clock: Arc<dyn Clock>,
    pub staff: Arc<dyn StaffCodes>,
    /// Audit log.
    pub audit: Arc<dyn Audit>,
    /// Staff at their desk.
    pub desk: Arc<dyn StaffDesk>,
}

/// Where the reports of adapters arrive.
/// The places of a channel keep what went through them, so it carries where the reports are.
pub struct Inbox(mpsc::Receiver<Box<Report>>);

/// The pair that adapters and the runtime are built on.
pub fn channel() -> (Outbox, Inbox) {
    let (sender, receiver) = mpsc::channel(INBOX);
    let outbox = Outbox::new(move |report| {
        if let Err(mpsc::error::TrySendError::Full(_)) = sender.try_send(Box::new(report)) {
            // The effect's own deadline answers in its place.
            tracing::error!("an adapter reports faster than the kiosk can follow; one report was dropped");
        }
    });
    (outbox, Inbox(receiver))
}

/// Sees every state the kiosk comes to, with the time of the steady clock.
pub type Observer = Box<dyn FnMut(&State, Duration) + Send>;

/// What a run is told once.
pub struct Options {
    /// What the site decided.
    pub settings: Settings,
    /// Training mode: shown on every screen.
    pub training: bool,
    /// Sees every state.
    pub observer: Option<Observer>,
}

/// Starts the kiosk's task on `tokio`; it ends, wiped and released, when every [`Handle`] is dropped.
pub fn start(
    tokio: &tokio::runtime::Handle,
    ports: Ports,
    inbox: Inbox,
    options: Options,
) -> (Handle, tokio::task::JoinHandle<()>) {
    let desk = Arc::new(desk::Unrepeated::new(Arc::clone(&ports.desk), Arc::clone(&ports.clock)));
    let ports = Ports { desk, ..ports };
    let state = State::new(options.settings.clone());
    let (handle, server) = Handle::pair(view_of(&state, options.training));
    let task = task::Task::new(state, ports, options, server);
    (handle, tokio.spawn(task.run(inbox.0)))
}
