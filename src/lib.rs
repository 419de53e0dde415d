//! Reception kiosk for the Japanese My Number insurance card (マイナ保険証).
//!
//! `domain` decides, `ports` name what it needs, `adapters` do it, `runtime` joins them, `ui` shows it,
//! `cli` wires everything. `docs/architecture.md` has the map and the rules.

pub mod adapters;
pub mod bounded;
pub mod certificates;
pub mod cli;
pub mod clip_list;
pub mod config;
pub mod desk;
mod fault_point;
pub mod gateway;
pub mod i18n;
pub mod listening;
pub mod logging;
pub mod people;
pub mod runtime;
pub mod ui;
pub mod unquoted;

pub use uketsuke_core::{domain, ports};
