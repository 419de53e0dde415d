//! `uketsuke setup`: asks for what a site must say, tries it, writes the settings.

mod answers;
mod edit;
mod talk;
mod tries;
mod write;

use std::path::{Path, PathBuf};

use crate::config::{self, Config};
use crate::i18n::Language;

use super::{CliError, Outcome, doctor};
use answers::Answers;
use edit::Change;
use talk::Talk;

/// What a new machine's settings are made from.
const EXAMPLE: &str = include_str!("../../../packaging/linux/uketsuke.toml");

#[derive(clap::Args)]
#[command(after_help = "\
Nothing is written before the last question. Settings that are there are changed only where an answer differs, and kept as
uketsuke.toml.before.
Exit codes: 0 written, and the kiosk can work; 1 ended before; 2 an answer cannot be; 3 written, and something does not work yet.")]
pub struct Args {
    /// Answers from a file instead of a conversation
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// With --from: change settings that are there already
    #[arg(long, requires = "from")]
    replace: bool,
    /// Try no device, gateway or folder
    #[arg(long)]
    no_tries: bool,
    /// Language of the conversation instead of a question about it
    #[arg(long, value_parser = ["ja", "en"])]
    language: Option<String>,
}

/// Settings as they are to be written.
pub struct Draft {
    pub text: String,
    pub config: Config,
    changes: Vec<Change>,
}

pub fn run(args: &Args, config: Option<PathBuf>) -> Outcome {
    let target = config.unwrap_or_else(config::default_path);
    let present = present(&target)?;
    let base = present.as_deref().unwrap_or(EXAMPLE);
    let draft = match &args.from {
        Some(file) => {
            let draft = draft(&target, base, &Answers::read(file)?)?;
            if present.is_some() && !draft.changes.is_empty() && !args.replace {
                let cause =
                    format!("{} is there already and says something else: {}", target.display(), listed(&draft));
                return Err(CliError::usage(cause, "look at the differences; with --replace the answers are taken"));
            }
            draft
        }
        None => match conversation(args, &target, base, present.is_some())? {
            Some(draft) => draft,
            None => return Err(CliError::ended("nothing was written", "")),
        },
    };
    if present.as_deref() == Some(draft.text.as_str()) {
        eprintln!("uketsuke: {} says all of it already", target.display());
    } else {
        write::replace(&target, &draft.text, present.as_deref()).map_err(|error| {
            let cause = format!("{} cannot be written: {error}; it is as it was", target.display());
            CliError::missing(cause, "run this as root, or name another file with --config")
        })?;
        eprintln!("uketsuke: {} is written", target.display());
    }
    if args.no_tries { Ok(()) } else { doctor::page(Some(target)) }
}

/// The settings that are there.
fn present(target: &Path) -> Result<Option<String>, CliError> {
    if !target.try_exists().unwrap_or(true) {
        return Ok(None);
    }
    let text = config::text_of(target);
    text.map(Some).map_err(|error| {
        CliError::usage(error.to_string(), "run this as root; or move the file away, and setup begins with the example")
    })
}

/// The settings with these answers.
fn draft(target: &Path, base: &str, answers: &Answers) -> Result<Draft, CliError> {
    let (text, changes) = edit::apply(base, &answers.settings())?;
    let config = Config::of_text(target, &text).map_err(|error| {
        CliError::usage(error.to_string(), "correct the settings or the answer; nothing was written")
    })?;
    Ok(Draft { text, config, changes })
}

fn listed(draft: &Draft) -> String {
    let side = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
    let lines = draft.changes.iter().map(|c| format!("{}: {} → {}", c.what, side(&c.before), side(&c.after)));
    lines.collect::<Vec<_>>().join("; ")
}

/// Every question; none when somebody says no to the last one.
fn conversation(args: &Args, target: &Path, base: &str, there: bool) -> Result<Option<Draft>, CliError> {
    let talk = match args.language.as_deref().and_then(Language::by_tag) {
        Some(language) => Talk::new(language),
        None => Talk::chosen()?,
    };
    let usual = Config::of_text(target, base).ok();
    let shown = target.display().to_string();
    talk.say(if there { "setup-changes-present" } else { "setup-begins" }, &[("file", &shown)]);
    // What the example names belongs to no site.
    let usual = usual.as_ref();
    let kept = usual.filter(|_| there);
    let folders = |of: fn(&Config) -> &Path| usual.map(|config| of(config).display().to_string());
    let mut answers = Answers {
        facility_code: talk.ask(
            "setup-facility-code",
            kept.map(|config| config.site.facility_code.as_str()),
            answers::facility_code,
        )?,
        terminal_id: talk.ask(
            "setup-terminal-id",
            usual.map(|config| config.site.terminal_id.as_str()),
            answers::terminal_id,
        )?,
        language: Some(talk.ask(
            "setup-screen-language",
            usual.map(|config| config.site.language.as_str()),
            answers::language,
        )?),
        inches: kept.and_then(|config| config.screen.diagonal_inches),
        ..Answers::default()
    };
    answers.screen = screen(&talk, kept)?;
    answers.reader = tries::reader(&talk, kept)?;
    answers.camera = tries::camera(&talk, kept, !args.no_tries)?;
    loop {
        answers.gateway =
            talk.ask("setup-gateway", kept.map(|config| config.gateway.url.as_str()), answers::gateway)?;
        let identity = folders(|config| &config.gateway.identity);
        answers.identity = talk.ask("setup-identity", identity.as_deref(), answers::path)?.into();
        let folder = folders(|config| &config.handoff.folder);
        answers.folder = talk.ask("setup-folder", folder.as_deref(), answers::path)?.into();
        let draft = draft(target, base, &answers)?;
        if !args.no_tries && !tries::services(&draft.config) && !talk.agreed("setup-keep-failed")? {
            continue;
        }
        if draft.changes.is_empty() {
            return Ok(Some(draft));
        }
        eprintln!("{}", listed(&draft).replace("; ", "\n"));
        talk.say(if there { "setup-former-kept" } else { "setup-new-file" }, &[("file", &shown)]);
        return Ok(talk.agreed("setup-write")?.then_some(draft));
    }
}

/// The panel's pixels; none is its own.
fn screen(talk: &Talk, kept: Option<&Config>) -> Result<Option<String>, CliError> {
    let kept = kept.and_then(|config| config.screen.size.as_deref()).unwrap_or("auto");
    let judge = |text: &str| if text == "auto" { Some(text.to_owned()) } else { answers::screen(text) };
    Ok(Some(talk.ask("setup-screen", Some(kept), judge)?).filter(|size| size != "auto"))
}
