//! The camera adapter alone, for the bench with a real kernel (`./x vm`): attempts of some seconds in one process, a line for
//! each thing seen.
//!
//! `camera_probe CAMERA [ATTEMPTS [SECONDS [PAUSE]]]`; with 0 attempts it prints what `doctor` says.

#![allow(clippy::expect_used, reason = "a broken expectation ends the probe")]

use std::time::{Duration, Instant};

use uketsuke::adapters::camera::{CameraChoice, RealCamera};
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::ports::{Camera, Diagnose, FrameSlot, Outbox, Report};

fn main() {
    uketsuke::logging::start(tracing::Level::DEBUG);
    let mut args = std::env::args().skip(1);
    let name = args.next().expect("the camera's number or name");
    let mut number = |usual: f32| args.next().map_or(usual, |text| text.parse().expect("a number"));
    let (attempts, seconds, pause) = (number(1.0) as u64, number(3.0), number(0.5));
    let start = Instant::now();
    let now = move || start.elapsed().as_secs_f32();
    let outbox = Outbox::new(move |report| {
        if let Report::Answered(ticket, Err(failure)) = report {
            println!("{:6.2} attempt {} failed {}", now(), ticket.effect.0, failure.code());
        }
    });
    let camera = RealCamera::new(name.parse::<CameraChoice>().expect("any text is a choice"), outbox);
    if attempts == 0 {
        for finding in camera.diagnose() {
            println!("{:6.2} {:?} {}", now(), finding.health, finding.detail);
        }
        return;
    }
    for attempt in 1..=attempts {
        let slot = FrameSlot::new();
        println!("{:6.2} attempt {attempt} opens", now());
        camera.open(Ticket { reception: ReceptionId(1), effect: EffectId(attempt) }, slot.clone());
        let until = Instant::now() + Duration::from_secs_f32(seconds);
        let (mut newest, mut count) = (0, 0);
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            let Some((number, frame)) = slot.wait_newer(newest, left) else { break };
            (newest, count) = (number, count + 1);
            if count <= 2 {
                println!("{:6.2} attempt {attempt} picture {count} {}x{}", now(), frame.width(), frame.height());
            }
        }
        println!(
            "{:6.2} attempt {attempt} closes after {count} pictures, {:.1} a second",
            now(),
            count as f32 / seconds
        );
        slot.close();
        std::thread::sleep(Duration::from_secs_f32(pause));
    }
}
