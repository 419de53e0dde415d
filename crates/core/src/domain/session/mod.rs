//! The reception as a state machine: `step(&State, Event) -> (State, Vec<Effect>)` is the only transition table.
//!
//! States are situations named as staff would name them. A reception always ends through one tail,
//! [`Situation::CleaningUp`]. Holds no secret: digits are counted here and kept in the runtime's vault.

mod arrival;
mod check;
mod choices;
mod consent;
mod effect;
mod event;
mod fallback;
mod farewell;
mod identity;
mod orders;
mod panel;
mod pause;
mod registration;
mod rest;
mod settings;
mod show_card;
mod situation;
mod staff;
mod state;
mod step;
mod turn;

pub use effect::{Action, Effect, Timer};
pub use event::{Answer, Event, Happening, PanelTouch, PatientInput};
pub use orders::GRANTED_AT_MOST;
pub use panel::would_obey;
pub use rest::STAFF_ALARM;
pub use settings::{AfterReception, Settings};
pub use situation::{
    CheckStage, DeliverStage, FallbackQuestion, FallbackWay, Hand, Keypad, Pause, Rest, Situation, SituationName,
    StaffReason,
};
pub use state::{Help, Kiosk, Method, Now, OnScreen, Pending, Purpose, ReaderState, Received, Reception, State, Visit};
pub use step::step;
