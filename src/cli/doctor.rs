//! `uketsuke doctor`: asks every port how it is, a line each, with the remedy.

use std::path::PathBuf;
use std::sync::Arc;

use tracing::Level;

use crate::adapters::card::pcsc;
use crate::adapters::desk;
use crate::adapters::guard;
use crate::config::{self, Config};
use crate::logging;
use crate::ports::{Clock, Diagnose, Finding, Health, Outbox};
use crate::ui::font;

use super::handoff::drop_folder;
use super::wire::{self, Cast, Duty};
use super::{CliError, Exit, Outcome, cameras, exposed, installed};

#[derive(clap::Args)]
#[command(after_help = "\
Exit codes: 0 the kiosk can work; 2 the settings are wrong; 3 a device or service is missing.")]
pub struct Args {
    /// A JSON array instead of lines
    #[arg(long)]
    json: bool,
    /// Believe cards of the test authority, as training does
    #[arg(long)]
    trust_test_cards: bool,
    /// Only what the package should have put on the machine: account, groups, service, rules, rights, programs, models
    #[arg(long)]
    install: bool,
    /// With --install: the folder in which the machine's system lies, such as an image that is being prepared
    #[arg(long, value_name = "DIR", default_value = "/", requires = "install")]
    root: PathBuf,
}

/// One thing that is looked at, whatever became of the others.
type Part<'a> = (&'static str, Box<dyn FnOnce() -> Result<Vec<Finding>, CliError> + 'a>);

pub fn run(args: &Args, config: Option<PathBuf>) -> Outcome {
    logging::start(Level::ERROR);
    if args.install {
        return tell(&installed::findings(&args.root, config), args.json, Exit::Missing);
    }
    let (findings, wrong_settings) = examine(config, args.trust_test_cards)?;
    tell(&findings, args.json, if wrong_settings { Exit::Usage } else { Exit::Missing })
}

/// The page, and how it ends.
pub fn page(config: Option<PathBuf>) -> Outcome {
    let (findings, wrong_settings) = examine(config, false)?;
    tell(&findings, false, if wrong_settings { Exit::Usage } else { Exit::Missing })
}

/// What gateway and drop folder of these settings say, which need not be written yet.
pub fn services_of(config: &Config) -> Vec<Finding> {
    let tokio = match wire::tokio_runtime() {
        Ok(tokio) => tokio,
        Err(error) => return vec![Finding::bad("network", error.cause, error.remedy)],
    };
    let clock = wire::clock(config, Duty::Look, nobody());
    look_at(ways_out(config, &clock, &tokio)).0
}

/// The page of a kiosk with the settings of that file, or of the system's: each line, and whether a setting cannot be used.
fn examine(config: Option<PathBuf>, trust_test_cards: bool) -> Result<(Vec<Finding>, bool), CliError> {
    let tokio = wire::tokio_runtime()?;
    let (config, unusable) = match wire::load_config(config) {
        Ok(config) => (config, None),
        Err(error) => (nothing_set(), Some(error)),
    };
    let clock = wire::clock(&config, Duty::Look, nobody());
    let mut parts: Vec<Part<'_>> = Vec::new();
    // What has no use without settings is not looked at without them.
    let with_settings = unusable.is_none();
    parts.extend(unusable.map(|error| -> Part<'_> { ("settings", Box::new(|| Err(error))) }));
    parts.extend(devices(&config, &clock, trust_test_cards));
    if with_settings {
        parts.extend(services(&config, &clock, &tokio));
    }
    Ok(look_at(parts))
}

/// Prints the page; `failed` is how the command ends when a line is bad.
fn tell(findings: &[Finding], json: bool, failed: Exit) -> Outcome {
    if json {
        print_json(findings)?;
    } else {
        findings.iter().for_each(print_line);
    }
    let bad = findings.iter().filter(|f| f.health == Health::Bad).count();
    if bad == 0 {
        return Ok(());
    }
    let error = CliError::missing(format!("{bad} of {} checks failed", findings.len()), "follow the remedies above");
    Err(CliError { exit: failed, ..error })
}

/// What each part says, and whether a setting cannot be used; that is one finding, and the next part is looked at.
fn look_at(parts: Vec<Part<'_>>) -> (Vec<Finding>, bool) {
    let (mut findings, mut wrong_settings) = (Vec::new(), false);
    for (what, look) in parts {
        eprintln!("looking at {what} …");
        match look() {
            Ok(found) => findings.extend(found),
            Err(error) => {
                wrong_settings |= error.exit == Exit::Usage;
                findings.push(Finding::bad(what, error.cause, error.remedy));
            }
        }
    }
    (findings, wrong_settings)
}

/// The settings of a kiosk of which nothing is known.
fn nothing_set() -> Config {
    let gateway = config::Gateway { url: String::new(), identity: PathBuf::new(), pins: Vec::new() };
    Config::usual(gateway, config::Handoff::into_folder(PathBuf::new()), PathBuf::new())
}

fn nobody() -> Outbox {
    Outbox::new(|_| {})
}

/// What hangs on this PC.
fn devices<'a>(config: &'a Config, clock: &'a Arc<dyn Clock>, trust_test_cards: bool) -> Vec<Part<'a>> {
    let name = config.reader.name.clone();
    let reader = move || match wire::card_trust(&config.card, &config.reader, trust_test_cards) {
        Ok(trust) => Ok(wire::pcsc_reader(name, trust, nobody(), wire::sure_day(clock))?.diagnose()),
        // The reader is looked at whomever the site believes.
        Err(error) => {
            let authorities = Finding::bad("card authorities", error.cause, error.remedy);
            Ok(std::iter::once(authorities).chain(pcsc::diagnose(name.as_deref())).collect())
        }
    };
    let sound = || {
        let off = || vec![Finding::good("sound", "is switched off in the settings")];
        Ok(super::sound::of(&config.sound)?.map_or_else(off, |sound| sound.diagnose()))
    };
    let fonts =
        || Ok(vec![Finding::good("fonts", format!("{} is bundled ({} files)", font::FAMILY, font::files().len()))]);
    let code_b = || {
        let cast = Cast::of(config, Duty::Look);
        let models = config.models.folder.clone();
        let plans = (cast.camera, cast.code_b);
        Ok(cameras::looking(plans, Duty::Look, models, (clock.clone(), nobody())).code_b.diagnose())
    };
    vec![
        ("card service, reader and card", Box::new(reader)),
        ("camera", Box::new(|| Ok(cameras::camera(Cast::of(config, Duty::Look).camera, nobody()).diagnose()))),
        ("face models", Box::new(|| Ok(wire::face_engine(config, nobody()).diagnose()))),
        ("code B", Box::new(code_b)),
        ("clock", Box::new(|| Ok(clock.diagnose()))),
        ("sound", Box::new(sound)),
        ("memory", Box::new(|| Ok(guard::findings()))),
        ("fonts", Box::new(fonts)),
    ]
}

/// What the settings name.
fn services<'a>(config: &'a Config, clock: &'a Arc<dyn Clock>, tokio: &'a tokio::runtime::Runtime) -> Vec<Part<'a>> {
    let site = &config.site;
    let mut parts: Vec<Part<'a>> = vec![
        ("site", Box::new(|| wire::settings(config).map(|_| Vec::new()))),
        ("own files", Box::new(|| Ok(vec![exposed::finding(config)]))),
        ("staff codes", Box::new(|| Ok(wire::staff(Cast::of(config, Duty::Look).staff, nobody()).diagnose()))),
    ];
    parts.extend(ways_out(config, clock, tokio));
    let desk = || Ok(wire::link_config(config).map_or_else(no_desk, |link| desk::diagnose(&link, clock.now())));
    parts.push(("desk", Box::new(desk)));
    parts.push((
        "audit log",
        Box::new(|| Ok(wire::audit_log(config, Duty::Look, &site.terminal_id, nobody())?.diagnose())),
    ));
    parts
}

/// Gateway and receipt computer.
fn ways_out<'a>(config: &'a Config, clock: &'a Arc<dyn Clock>, tokio: &'a tokio::runtime::Runtime) -> Vec<Part<'a>> {
    let site = &config.site;
    let gateway =
        move || Ok(wire::qualification(config, &Cast::of(config, Duty::Look), tokio, clock, nobody())?.diagnose());
    let folder = move || {
        let names = (site.facility_code.clone(), site.terminal_id.clone());
        Ok(drop_folder(config, Duty::Look, names, wire::sure_day(clock), nobody())?.diagnose())
    };
    vec![("certificates and gateway", Box::new(gateway)), ("drop folder", Box::new(folder))]
}

fn no_desk() -> Vec<Finding> {
    vec![Finding::good("desk", "none in the settings: staff are told in the log")]
}

fn word(health: Health) -> &'static str {
    match health {
        Health::Good => "ok",
        Health::Warning => "warning",
        Health::Bad => "FAILED",
    }
}

/// One line, and a second one for its remedy.
pub fn print_line(finding: &Finding) {
    println!("{:<8} {:<14} {}", word(finding.health), finding.subject, finding.detail);
    if !finding.remedy.is_empty() {
        println!("{:<8} {:<14} remedy: {}", "", "", finding.remedy);
    }
}

fn print_json(findings: &[Finding]) -> Outcome {
    let lines: Vec<_> = findings
        .iter()
        .map(|f| {
            serde_json::json!({
                "subject": f.subject,
                "health": word(f.health).to_lowercase(),
                "detail": f.detail,
                "remedy": f.remedy,
            })
        })
        .collect();
    let text = serde_json::to_string_pretty(&lines);
    println!("{}", text.map_err(|error| CliError::missing(format!("JSON: {error}"), ""))?);
    Ok(())
}
