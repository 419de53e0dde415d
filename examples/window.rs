//! The real window over one preset, without devices: shows it, counts typed digits, prints what the window sends.
//!
//! `cargo run --example window -- enter_pin 1080x1920`

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a broken expectation is how a test fails")]

use std::process::ExitCode;

use uketsuke::domain::session::PatientInput;
use uketsuke::runtime::view::{EnterCodeB, EnterPin};
use uketsuke::runtime::{Handle, HandleServer, Input, Screen};
use uketsuke::ui::{UiOptions, presets, run};

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let name = args.next().unwrap_or_else(|| "enter_pin".to_owned());
    let size = args.next().and_then(|text| {
        let (width, height) = text.split_once('x')?;
        Some((width.parse().ok()?, height.parse().ok()?))
    });
    let Some(preset) = presets().into_iter().find(|preset| preset.name == name) else {
        let names: Vec<String> = presets().into_iter().map(|preset| preset.name).collect();
        eprintln!("no preset {name}; there are {}", names.join(" "));
        return ExitCode::from(2);
    };
    let (handle, server) = Handle::pair(preset.data.view);
    std::thread::spawn(move || serve(server));
    match run(handle, UiOptions { size, ..UiOptions::default() }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(3)
        }
    }
}

fn serve(mut server: HandleServer) {
    while let Some(input) = server.inputs.blocking_recv() {
        let change: fn(u8) -> u8 = match *input {
            Input::Digit(_) => {
                // A real runtime never prints a digit; that one came is enough here too.
                println!("Digit");
                |typed| typed.saturating_add(1)
            }
            Input::Patient(input) => {
                println!("{input:?}");
                match input {
                    PatientInput::DigitErased => |typed| typed.saturating_sub(1),
                    PatientInput::DigitsCleared => |_| 0,
                    _ => |typed| typed,
                }
            }
            Input::ShowDigits(show) => {
                println!("ShowDigits({show})");
                |typed| typed
            }
            Input::Staff(input) => {
                println!("{input:?}");
                |typed| typed
            }
            Input::Panel(touch) => {
                println!("{touch:?}");
                |typed| typed
            }
            // Told at every change of the window's own choices, nothing that a hand did.
            Input::Shown { .. } => |typed| typed,
            Input::MachineTyped => {
                println!("MachineTyped");
                |_| 0
            }
        };
        server.views.send_modify(|view| match &mut view.screen {
            Screen::EnterPin(EnterPin { typed, .. }) => *typed = change(*typed),
            Screen::EnterCodeB(EnterCodeB { entry }) => *entry = entry.with_count(change(entry.count())),
            _ => {}
        });
    }
}
