//! The main job with separate processes on real parts: a real pcscd, `uketsuke vcard`, `uketsuke gateway serve` and
//! `uketsuke checkin`; and a kiosk over the same parts whose visits are held at a state while something breaks.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

#[path = "end_to_end/by_eye.rs"]
mod by_eye;
#[path = "end_to_end/card_pulled.rs"]
mod card_pulled;
#[path = "end_to_end/card_service_stopped.rs"]
mod card_service_stopped;
#[path = "end_to_end/faces.rs"]
mod faces;
#[path = "end_to_end/gateway_killed.rs"]
mod gateway_killed;
#[path = "end_to_end/hold.rs"]
mod hold;
#[path = "end_to_end/kiosk.rs"]
mod kiosk;
#[path = "support/pcscd.rs"]
mod pcscd;
#[path = "end_to_end/refusals.rs"]
mod refusals;
#[path = "end_to_end/site.rs"]
mod site;
#[path = "end_to_end/visits.rs"]
mod visits;
