//! The main job with separate processes on real parts: a real pcscd, `uketsuke vcard`, `uketsuke gateway serve` and
//! `uketsuke checkin`; and a kiosk over the same parts whose visits are held at a state while something breaks.

mod by_eye;
mod card_pulled;
mod card_service_stopped;
mod faces;
mod gateway_killed;
mod hold;
mod kiosk;
mod refusals;
mod shown;
mod visits;

pub use kiosk::Kiosk;
