//! The cameras of a kiosk, and what is read with them: the patient's face, and code B from the card's print.

use std::path::PathBuf;
use std::sync::Arc;

use crate::adapters::camera::{CameraChoice, Pace, RealCamera, RecordedCamera};
use crate::adapters::code_b::{self, KnownCodeB, ReadCodeB, TypedCodeB};
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
    /// A camera above the card reads it from the print.
    Read(CameraPlan),
    /// It is asked for each time; `None` sends the patient to the keypad.
    Asked(Box<dyn Fn() -> Option<CodeB> + Send + Sync>),
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

/// The source of code B of that plan.
pub fn code_b(
    plan: CodeBPlan,
    duty: Duty,
    models: Option<PathBuf>,
    (clock, outbox): (Arc<dyn Clock>, Outbox),
) -> Arc<dyn CodeBSource> {
    match plan {
        CodeBPlan::Typed => Arc::new(TypedCodeB::new(outbox)),
        CodeBPlan::Known(code) => Arc::new(KnownCodeB::fixed(code, outbox)),
        CodeBPlan::Asked(ask) => Arc::new(KnownCodeB::by(ask, outbox)),
        CodeBPlan::Read(plan) => {
            let parts = code_b::Parts {
                camera: Box::new(|failures| camera(plan, failures)),
                models,
                today: Arc::new(move || clock.today()),
            };
            let source = ReadCodeB::start(parts, outbox);
            if duty == Duty::Visit {
                source.wait_until_loaded();
            }
            Arc::new(source)
        }
    }
}
