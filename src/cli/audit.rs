//! `uketsuke audit`: verifies the chain of the audit log, or shows its lines.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use crate::adapters::audit::{self, AuditConfig, FileWitness, Verified, Writer};

use super::{CliError, Outcome, wire};

#[derive(clap::Subcommand)]
pub enum Args {
    /// Verify every line; says at which line the chain breaks
    #[command(after_help = "\
Lines, files, head or key that are gone are breaks, now and ever after. Exit codes: 0 the chain holds; 1 it breaks; 2 wrong
use; 3 log or key cannot be read.")]
    Verify(VerifyArgs),
    /// Print the lines as they stand, oldest first
    Show(ShowArgs),
    /// Let the oldest files go, which the log notes; the kiosk must be stopped
    Discard(DiscardArgs),
}

/// Where the log is; without them as the settings say.
#[derive(clap::Args)]
pub struct Place {
    /// Folder of the log instead of that of the settings
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// File of its key; beside the folder, with the ending .key, without it
    #[arg(long, value_name = "FILE", requires = "folder")]
    key: Option<PathBuf>,
    /// File outside that has seen how far the log had come
    #[arg(long, value_name = "FILE", requires = "folder")]
    witness: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct DiscardArgs {
    #[command(flatten)]
    place: Place,
    /// Number of the newest file to let go, as its name has it
    #[arg(long, value_name = "NUMBER")]
    up_to: u64,
}

#[derive(clap::Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    place: Place,
    /// A JSON object instead of lines
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
pub struct ShowArgs {
    #[command(flatten)]
    place: Place,
    /// Only the last N lines
    #[arg(long, value_name = "N")]
    last: Option<usize>,
}

pub fn run(args: &Args, config: Option<PathBuf>) -> Outcome {
    match args {
        Args::Verify(args) => verify(args, config),
        Args::Show(args) => show(args, config),
        Args::Discard(args) => discard(args, config),
    }
}

fn place(place: &Place, config: Option<PathBuf>, serve: bool) -> Result<AuditConfig, CliError> {
    if let Some(folder) = &place.folder {
        let usual = AuditConfig::new(folder, "");
        let witnesses = place.witness.iter().map(|file| Arc::new(FileWitness::look(file.clone())) as _).collect();
        return Ok(AuditConfig { key_file: place.key.clone().unwrap_or(usual.key_file.clone()), witnesses, ..usual });
    }
    let config = wire::load_config(config)?;
    wire::audit_config(&config, &config.site.terminal_id, serve)
}

fn discard(args: &DiscardArgs, config: Option<PathBuf>) -> Outcome {
    let place = place(&args.place, config, true)?;
    let remedy = "stop the kiosk, which writes the log, and run it with the kiosk's account";
    let unusable = |error: audit::WriteError| CliError::missing(format!("{}: {error}", place.folder.display()), remedy);
    let now = Timestamp::now();
    let gone = Writer::open(&place, now).and_then(|mut writer| writer.retire(args.up_to, now)).map_err(unusable)?;
    println!("{gone} files were let go, and the log says so");
    Ok(())
}

fn verify(args: &VerifyArgs, config: Option<PathBuf>) -> Outcome {
    let place = place(&args.place, config, false)?;
    let verified = audit::verify(&place).map_err(|error| {
        let remedy = "run it with the kiosk's account";
        CliError::missing(format!("{}: {error}", place.folder.display()), remedy)
    })?;
    if args.json {
        println!("{}", json(&verified));
    } else {
        for found in &verified.breaks {
            let line = if found.line > 0 { format!(":{}", found.line) } else { String::new() };
            println!("{}{line}: {}", found.file, found.what);
        }
        println!("{} lines in {} files hold", verified.lines, verified.files);
        if verified.half_line {
            println!("the last line is half written");
        }
    }
    if verified.breaks.is_empty() {
        return Ok(());
    }
    let cause = format!("the chain breaks in {} places", verified.breaks.len());
    Err(CliError::ended(cause, "keep a copy of the folder and find out who could write there"))
}

fn json(verified: &Verified) -> serde_json::Value {
    let breaks = verified.breaks.iter();
    let breaks = breaks.map(|b| serde_json::json!({ "file": b.file, "line": b.line, "what": b.what }));
    serde_json::json!({
        "files": verified.files,
        "lines": verified.lines,
        "halfLine": verified.half_line,
        "breaks": breaks.collect::<Vec<_>>(),
    })
}

fn show(args: &ShowArgs, config: Option<PathBuf>) -> Outcome {
    let place = place(&args.place, config, false)?;
    let unreadable = |error: std::io::Error| {
        CliError::missing(format!("{}: {error}", place.folder.display()), "run it with the kiosk's account")
    };
    let lines = audit::lines(&place.folder).map_err(unreadable)?;
    let skipped = args.last.map_or(0, |last| lines.len().saturating_sub(last));
    lines.iter().skip(skipped).for_each(|line| println!("{line}"));
    Ok(())
}
