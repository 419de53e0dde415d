//! `uketsuke staff`: who may act as staff at the kiosk's own screen.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use crate::adapters::staff::StaffFile;
use crate::domain::staff::{self, StaffCode};

use super::{CliError, Outcome, secret_input, wire};

#[derive(clap::Subcommand)]
pub enum Args {
    /// Give somebody a code of six digits, read from standard input, or another one than before
    Set {
        /// The name by which the log knows them
        name: String,
    },
    /// Everybody who has a code
    List,
    /// Take somebody's code away
    Remove {
        /// Their name
        name: String,
    },
}

pub fn run(args: &Args, config: Option<PathBuf>) -> Outcome {
    let path = wire::load_config(config)?.staff_file();
    let mut file = StaffFile::read(&path).map_err(|error| unusable(&error))?;
    match args {
        Args::Set { name } => {
            named(name)?;
            let code = code()?;
            // A code tells staff apart, so that the log can say who it was.
            if let Some(owner) = file.owner(&code).filter(|owner| owner != name) {
                return Err(CliError::usage(format!("{owner} has this code"), "choose another one"));
            }
            file.set(name, &code).map_err(|error| unusable(&error))?;
            write(&file, &path)
        }
        Args::List => {
            file.names().for_each(|name| println!("{name}"));
            Ok(())
        }
        Args::Remove { name } => {
            if !file.remove(name) {
                return Err(CliError::usage(format!("nobody is called {name}"), "see `uketsuke staff list`"));
            }
            write(&file, &path)
        }
    }
}

fn write(file: &StaffFile, path: &Path) -> Outcome {
    file.write(path).map_err(|error| unusable(&error))?;
    eprintln!("uketsuke: {} names {} of staff", path.display(), file.names().count());
    eprintln!("uketsuke: a kiosk that started while nobody was named takes codes after its next start");
    Ok(())
}

fn unusable(error: &crate::adapters::staff::StaffError) -> CliError {
    CliError::usage(
        error.to_string(),
        "run this as the kiosk's account, free some space, or correct [staff] in the settings",
    )
}

fn named(name: &str) -> Outcome {
    let fits = (1..=40).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fits { Ok(()) } else { Err(CliError::usage("a name has 1 to 40 letters", "give another one")) }
}

/// The code on standard input: not an argument, which whoever may list processes sees.
fn code() -> Result<StaffCode, CliError> {
    if std::io::stdin().is_terminal() {
        eprintln!("Six digits, then Enter:");
    }
    let text = secret_input::line()?;
    let digits = StaffCode::copied(text.trim_ascii());
    let digits = digits.filter(|digits| digits.expose().iter().all(u8::is_ascii_digit));
    let digits =
        digits.ok_or_else(|| CliError::usage("that is not six digits", "give six digits on standard input"))?;
    if staff::is_easy(digits.expose()) {
        return Err(CliError::usage(
            "that code is too easy to guess",
            "choose six digits that are no pattern, count, date or line of the keypad, by lot at best",
        ));
    }
    Ok(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_printable() {
        assert!(named("受付 2").is_ok());
        assert!(named("").is_err() && named("a\nb").is_err() && named(&"x".repeat(41)).is_err());
    }
}
