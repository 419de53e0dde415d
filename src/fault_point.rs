//! Named places where a test ends the program at once, as a power cut does.
//!
//! Only with the feature `fault-points`: the place that `UKETSUKE_FAULT_POINT` names says so on standard error and waits
//! to be killed. Without the feature nothing of it is in the program.

#[cfg(all(feature = "fault-points", not(debug_assertions)))]
compile_error!("fault points are for tests alone, never for a release");

/// Waits for ever at the place `WHAT-STEP` when the environment asks for it.
#[cfg(feature = "fault-points")]
pub fn reach(what: &str, step: &str) {
    let place = format!("{what}-{step}");
    if std::env::var("UKETSUKE_FAULT_POINT").is_ok_and(|wanted| wanted == place) {
        eprintln!("fault point {place}");
        loop {
            std::thread::park();
        }
    }
}

/// Nothing.
#[cfg(not(feature = "fault-points"))]
#[inline(always)]
pub fn reach(_what: &str, _step: &str) {}
