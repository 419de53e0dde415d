//! The rules of a reception, free of devices, clocks, randomness and windows.
//!
//! Nothing here does I/O. Time arrives inside events, secrets never do.

pub mod card;
pub mod code_b;
pub mod consent;
pub mod face;
pub mod failure;
pub mod ids;
pub mod japan;
pub mod pin;
pub mod qualification;
pub mod reference_number;
pub mod registration;
pub mod secret;
pub mod session;
pub mod staff;
pub mod staff_news;
pub mod staff_order;
pub mod standing;
pub mod terms;
pub mod timing;
pub mod validity;
pub mod written;
