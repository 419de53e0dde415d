//! The reception as a state machine: `step(&State, Event) -> (State, Vec<Effect>)` is the only transition table.
//!
//! States are situations named as staff would name them. A reception always ends through one tail,
//! [`Situation::CleaningUp`]. Holds no secret: digits are counted here and kept in the runtime's vault.

mod effect;
mod event;
mod state;

pub use effect::{Action, Effect, Timer};
pub use event::{Answer, Event, Happening, PatientInput, StaffInput};
pub use state::{
    CheckStage, DeliverStage, Kiosk, Method, ReaderState, Reception, Settings, Situation, SituationName, StaffReason,
    State,
};
