//! `uketsuke pages`: manual pages and shell completions, written from what this very program takes.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, CliError, Outcome};

#[derive(clap::Args)]
pub struct Args {
    /// Folder for `man1`, `bash` and `zsh`; made when it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub fn run(args: &Args) -> Outcome {
    write(&args.folder).map_err(|error| {
        let cause = format!("{} cannot be written: {error}", args.folder.display());
        CliError::missing(cause, "name a folder that this account may write")
    })
}

fn write(folder: &Path) -> std::io::Result<()> {
    for (shell, place, name) in [(Shell::Bash, "bash", "uketsuke"), (Shell::Zsh, "zsh", "_uketsuke")] {
        let place = folder.join(place);
        fs::create_dir_all(&place)?;
        clap_complete::generate(shell, &mut Cli::command(), "uketsuke", &mut File::create(place.join(name))?);
    }
    let manual = folder.join("man1");
    fs::create_dir_all(&manual)?;
    clap_mangen::generate_to(Cli::command(), manual)
}
