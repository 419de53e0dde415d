//! What setup tries before it writes: readers and cameras that are there, a picture, gateway and folder.

use crate::adapters::camera::cameras;
use crate::adapters::card::pcsc;
use crate::cli::cameras::{CameraPlan, camera as camera_of};
use crate::cli::{CliError, doctor};
use crate::config::Config;
use crate::ports::{Finding, Health, Outbox};

use super::talk::Talk;

/// The reader's name; none is the first that fits.
pub fn reader(talk: &Talk, kept: Option<&Config>) -> Result<Option<String>, CliError> {
    let kept = kept.and_then(|config| config.reader.name.clone());
    match pcsc::readers(None) {
        Err(finding) => {
            doctor::print_line(&finding);
            talk.say("setup-no-readers", &[]);
            Ok(kept)
        }
        Ok(readers) if readers.is_empty() => {
            talk.say("setup-no-readers", &[]);
            Ok(kept)
        }
        Ok(readers) => {
            let shown: Vec<String> = readers.iter().map(|(_, why)| why.clone()).collect();
            let chosen = talk.choose("setup-reader", &shown)?;
            Ok(chosen.and_then(|at| readers.into_iter().nth(at)).map(|(name, _)| name).or(kept))
        }
    }
}

/// The camera's lasting name; none is the first. The picture is looked at and kept nowhere.
pub fn camera(talk: &Talk, kept: Option<&Config>, tried: bool) -> Result<Option<String>, CliError> {
    let kept = kept.and_then(|config| config.camera.id.clone());
    let there = cameras();
    if there.is_empty() {
        talk.say("setup-no-cameras", &[]);
        return Ok(kept);
    }
    let shown: Vec<String> = there.iter().map(|(_, shown)| shown.clone()).collect();
    loop {
        let chosen = talk.choose("setup-camera", &shown)?;
        let id = chosen.and_then(|at| there.get(at)).map(|(id, _)| id.clone()).or_else(|| kept.clone());
        let failed = tried && {
            let findings = camera_of(CameraPlan::Real(id.clone()), Outbox::new(|_| {})).diagnose();
            !all_well(&findings)
        };
        if !failed || talk.agreed("setup-keep-failed")? {
            return Ok(id);
        }
    }
}

/// Whether gateway and folder work, told line by line.
pub fn services(config: &Config) -> bool {
    all_well(&doctor::services_of(config))
}

fn all_well(findings: &[Finding]) -> bool {
    findings.iter().for_each(doctor::print_line);
    !findings.iter().any(|finding| finding.health == Health::Bad)
}
