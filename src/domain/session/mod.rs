//! The reception as a state machine: `step(&State, Event) -> (State, Vec<Effect>)` is the only transition table.
//!
//! States are situations named as staff would name them. A reception always ends through one tail,
//! [`Situation::CleaningUp`]. Holds no secret: digits are counted here and kept in the runtime's vault.

mod arrival;
mod check;
mod consent;
mod effect;
mod event;
mod fallback;
mod farewell;
mod identity;
mod registration;
mod state;
mod step;

pub use effect::{Action, Effect, Timer};
pub use event::{Answer, Event, Happening, PatientInput, StaffInput};
pub use state::{
    CheckStage, DeliverStage, Kiosk, Method, Pending, ReaderState, Reception, Settings, Situation, SituationName,
    StaffReason, State,
};
pub use step::step;
