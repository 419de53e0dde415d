//! The cameras of a kiosk, and what is read with them: the patient's face, and code B from the card's print.

use std::path::PathBuf;
use std::sync::Arc;

use crate::adapters::camera::{CameraChoice, Pace, RealCamera, RecordedCamera};
use crate::adapters::code_b::{self, KnownCodeB, ReadCodeB, TypedCodeB, Way};
use crate::config;
use crate::domain::secret::CodeB;
use crate::ports::{Camera, Clock, CodeBSource, Outbox};

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
    /// It is asked for each time; `None` sends the patient to the keypad.
    Asked(Box<dyn Fn() -> Option<CodeB> + Send + Sync>),
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
    let read = |plan, way, one_camera, outbox: Outbox| {
        let parts = code_b::Parts {
            camera: Box::new(|failures| camera(plan, failures)),
            one_camera,
            way,
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
        CodeBPlan::Read(plan, way) => Arc::new(read(plan, way, false, outbox.clone())),
        CodeBPlan::OneCamera(way) => {
            let source = read(face, way, true, outbox);
            return Looking { camera: source.camera(), code_b: Arc::new(source) };
        }
    };
    Looking { camera: camera(face, outbox), code_b }
}
