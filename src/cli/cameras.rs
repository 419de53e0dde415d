//! The cameras of a kiosk, and what is read with them: the patient's face, and code B from the card's print.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::adapters::camera::{CameraChoice, Pace, RealCamera, RecordedCamera};
use crate::adapters::code_b::{self, BUDGET, KnownCodeB, ReadCodeB, TypedCodeB, Way, Ways};
use crate::config;
use crate::domain::ids::Ticket;
use crate::domain::secret::CodeB;
use crate::ports::{Camera, Clock, CodeBSource, Diagnose, Finding, FrameSlot, Outbox};

use super::wire::Duty;

/// Where the pictures come from.
pub enum CameraPlan {
    /// A camera of this PC, by number or stable name; `None` is the first one.
    Real(Option<String>),
    /// A folder of frames, asked for each time the camera opens.
    Recorded(Box<dyn Fn() -> PathBuf + Send + Sync>, Pace),
}

/// Where code B comes from.
pub enum CodeBPlan {
    /// The patient types it.
    Typed,
    Known(CodeB),
    /// A second camera reads it from the print.
    Read(CameraPlan, Way),
    /// The camera that looks at the face does.
    OneCamera(Way),
    /// A play says at each card how it is read, or that it is asked for as above.
    Played(Box<Played>),
    /// It is asked for each time; `None` sends the patient to the keypad.
    Asked(Box<dyn Fn() -> Option<CodeB> + Send + Sync>),
}

/// What a play puts in the place of a site's cameras.
pub struct Played {
    /// Code B of the card, where it is not read.
    pub ask: Box<dyn Fn() -> Option<CodeB> + Send + Sync>,
    /// The camera that sees the card.
    pub camera: CameraPlan,
    /// How it is read; `None` where it is asked for.
    pub way: Arc<dyn Fn() -> Option<Way> + Send + Sync>,
    /// How long it is looked at, where a play takes as long as it needs.
    pub budget: Option<Duration>,
}

impl CodeBPlan {
    /// What the settings say of it.
    pub fn of(settings: &config::Camera) -> Self {
        let Some(card) = &settings.card else { return Self::Typed };
        let way = match card.look {
            config::CardLook::Lying => Way::Lying,
            config::CardLook::Shown => Way::Shown,
        };
        match &card.id {
            Some(id) => Self::Read(CameraPlan::Real(Some(id.clone())), way),
            None => Self::OneCamera(way),
        }
    }
}

/// The camera of that plan.
pub fn camera(plan: CameraPlan, outbox: Outbox) -> Arc<dyn Camera> {
    match plan {
        CameraPlan::Real(id) => Arc::new(RealCamera::new(id.map_or(CameraChoice::Index(0), camera_choice), outbox)),
        CameraPlan::Recorded(folder, pace) => Arc::new(RecordedCamera::by(folder, pace, outbox)),
    }
}

fn camera_choice(id: String) -> CameraChoice {
    let Ok(choice) = id.parse();
    choice
}

/// What looks: the camera for faces, and the source of code B.
pub struct Looking {
    pub camera: Arc<dyn Camera>,
    pub code_b: Arc<dyn CodeBSource>,
}

/// The cameras of these plans; one that does both is opened by one hand, so that neither look finds it held by the other.
pub fn looking(
    (face, plan): (CameraPlan, CodeBPlan),
    duty: Duty,
    models: Option<PathBuf>,
    (clock, outbox): (Arc<dyn Clock>, Outbox),
) -> Looking {
    let read = |plan, way: Ways, one_camera, budget, outbox: Outbox| {
        let parts = code_b::Parts {
            camera: Box::new(|failures| camera(plan, failures)),
            one_camera,
            way,
            budget,
            models,
            today: Arc::new(move || clock.today()),
        };
        let source = ReadCodeB::start(parts, outbox);
        if duty == Duty::Visit {
            source.wait_until_loaded();
        }
        source
    };
    let code_b: Arc<dyn CodeBSource> = match plan {
        CodeBPlan::Typed => Arc::new(TypedCodeB::new(outbox.clone())),
        CodeBPlan::Known(code) => Arc::new(KnownCodeB::fixed(code, outbox.clone())),
        CodeBPlan::Asked(ask) => Arc::new(KnownCodeB::by(ask, outbox.clone())),
        CodeBPlan::Read(plan, way) => Arc::new(read(plan, Box::new(move || way), false, BUDGET, outbox.clone())),
        CodeBPlan::Played(played) => {
            let Played { ask, camera, way, budget } = *played;
            let ways = way.clone();
            let ways: Ways = Box::new(move || ways().unwrap_or(Way::Lying));
            let read = read(camera, ways, false, budget.unwrap_or(BUDGET), outbox.clone());
            if budget.is_some() {
                read.wait_until_loaded();
            }
            Arc::new(PlayedCodeB { known: KnownCodeB::by(ask, outbox.clone()), read, way })
        }
        CodeBPlan::OneCamera(way) => {
            let source = read(face, Box::new(move || way), true, BUDGET, outbox);
            return Looking { camera: source.camera(), code_b: Arc::new(source) };
        }
    };
    Looking { camera: camera(face, outbox), code_b }
}

/// Reads or asks, as the play has it.
struct PlayedCodeB {
    known: KnownCodeB,
    read: ReadCodeB,
    way: Arc<dyn Fn() -> Option<Way> + Send + Sync>,
}

impl CodeBSource for PlayedCodeB {
    fn submit(&self, ticket: Ticket, may_read: bool) {
        match (self.way)() {
            Some(_) => self.read.submit(ticket, may_read),
            None => self.known.submit(ticket, may_read),
        }
    }

    fn look(&self, ticket: Ticket, frames: FrameSlot, budget: Duration) {
        self.read.look(ticket, frames, budget);
    }

    fn card_placed(&self) {
        if (self.way)().is_some() {
            self.read.card_placed();
        }
    }

    fn refused(&self) {
        self.read.refused();
    }

    fn forget(&self) {
        self.read.forget();
    }
}

impl Diagnose for PlayedCodeB {
    fn diagnose(&self) -> Vec<Finding> {
        self.read.diagnose()
    }
}
