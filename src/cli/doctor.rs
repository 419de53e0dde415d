//! `uketsuke doctor`: asks every port how it is, a line each, with the remedy.

use std::path::PathBuf;
use std::sync::Arc;

use tracing::Level;

use crate::adapters::guard;
use crate::logging;
use crate::ports::{Diagnose, Finding, Health, Sound};
use crate::runtime::Ports;
use crate::ui::font;

use super::wire::{self, Cast, Duty};
use super::{CliError, Outcome, exposed};

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
}

pub fn run(args: &Args, config: Option<PathBuf>) -> Outcome {
    logging::start(Level::ERROR);
    let config = wire::load_config(config)?;
    let (name, trust) =
        (config.reader.name.clone(), wire::card_trust(&config.card, &config.reader, args.trust_test_cards)?);
    let wired = wire::wire(&config, Cast::of(&config, Duty::Look), wire::tokio_runtime()?, |outbox, day| {
        Ok(Arc::new(wire::pcsc_reader(name, trust, outbox, day)?))
    })?;
    let sound = super::sound::of(&config.sound)?;
    let mut findings = examine(&wired.ports, sound.as_deref());
    findings.push(exposed::finding(&config));
    if args.json {
        print_json(&findings)?;
    } else {
        findings.iter().for_each(print_line);
    }
    let bad = findings.iter().filter(|f| f.health == Health::Bad).count();
    if bad == 0 {
        return Ok(());
    }
    Err(CliError::missing(format!("{bad} of {} checks failed", findings.len()), "follow the remedies above"))
}

fn examine(ports: &Ports, sound: Option<&dyn Sound>) -> Vec<Finding> {
    let ports: [(&str, &dyn Diagnose); 9] = [
        ("card service, reader and card", &*ports.card),
        ("camera", &*ports.camera),
        ("face models", &*ports.face),
        ("code B", &*ports.code_b),
        ("staff codes", &*ports.staff),
        ("certificates and gateway", &*ports.qualification),
        ("drop folder", &*ports.handoff),
        ("clock", &*ports.clock),
        ("audit log", &*ports.audit),
    ];
    let mut findings = Vec::new();
    for (what, port) in ports {
        eprintln!("looking at {what} …");
        findings.extend(port.diagnose());
    }
    match sound {
        Some(sound) => {
            eprintln!("looking at sound …");
            findings.extend(sound.diagnose());
        }
        None => findings.push(Finding::good("sound", "is switched off in the settings")),
    }
    findings.extend(guard::findings());
    let fonts = format!("{} is bundled ({} files)", font::FAMILY, font::files().len());
    findings.push(Finding::good("fonts", fonts));
    findings
}

fn word(health: Health) -> &'static str {
    match health {
        Health::Good => "ok",
        Health::Warning => "warning",
        Health::Bad => "FAILED",
    }
}

fn print_line(finding: &Finding) {
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
