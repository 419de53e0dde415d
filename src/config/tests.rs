//! What settings are taken and what is refused.

use super::*;
use crate::domain::consent::{Question, Wording};
use crate::domain::session::AfterReception;

fn parse(text: &str) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("uketsuke.toml");
    std::fs::write(&path, text).expect("a file");
    Config::load(&path)
}

const LEAST: &str = "[site]\nfacility_code='1310000001'\nterminal_id='T001'\n\
    [gateway]\nurl='https://localhost:8443'\nidentity='/srv/pki'\n[handoff]\nfolder='/srv/drop'\n";

#[test]
fn the_shipped_example_is_complete_and_right() {
    let config = parse(include_str!("../../packaging/linux/uketsuke.toml")).expect("the example");
    assert_eq!(config.size(), Some((1080, 1920)));
}

/// The least settings and one more; a section that is there already goes on.
fn with(more: &str) -> String {
    match more.strip_prefix("[handoff]\n") {
        Some(line) => format!("{LEAST}{line}\n"),
        None => format!("{LEAST}{more}\n"),
    }
}

#[test]
fn what_is_left_out_has_a_default() {
    let config = parse(LEAST).expect("the least");
    assert_eq!(config.settings(Rule::default()).expect("the settings"), Settings::default());
    assert!(config.screen.fullscreen && config.handoff.twin.is_none());
}

#[test]
fn an_unknown_key_is_named() {
    let error = parse(&format!("{LEAST}colour='red'\n")).expect_err("unknown");
    assert!(error.to_string().contains("colour"), "{error}");
}

#[test]
fn a_site_decides_how_it_asks() {
    let text = "[consent]\ncomprehensive=false\norder=['checkup','records','surgery']\nwording='question'\nagree='left'\n\
        limit=true\n[reception]\nprescription=true\nsubsidy=true\nafter='number'\n[timing]\nidle=120\n";
    let settings = parse(&format!("{LEAST}{text}")).expect("a site").settings(Rule::default()).expect("its settings");
    let plan = settings.consents;
    assert_eq!(plan.order, [Question::Checkup, Question::Records, Question::Surgery]);
    assert!(!plan.comprehensive && plan.agree_left && plan.limit && plan.wording == Wording::Question);
    assert!(settings.prescription && settings.subsidy && settings.after == AfterReception::Number);
    assert_eq!(settings.timing.idle, std::time::Duration::from_secs(120));
}

#[test]
fn values_out_of_range_are_refused() {
    for wrong in [
        "[face]\nmatch_at=1.5",
        "[face]\nmatch_at=0",
        "[face]\nmatch_at=-0.4",
        "[face]\nmatch_at=0.09",
        "[face]\nmatch_at=1",
        "[face]\nmatch_at=nan",
        "[face]\nmatch_at=inf",
        "[face]\nlive_at=0.0",
        "[face]\nlive_at=-1",
        "[face]\nlive_at=0.04",
        "[face]\nlive_at=1.0",
        "[face]\nlive_at=nan",
        "[face]\nmax_tries=9",
        "[face]\npack_sha256='00'",
        "[screen]\nsize='big'",
        "[screen]\ndiagonal_inches=1",
        "[consent]\norder=['records','records','checkup']",
        "[consent]\nwording='loud'",
        "[consent]\nagree='top'",
        "[timing]\nstill_there=5",
        "[sound]\nvolume=6",
        "[handoff]\nspool_days=0",
        "[handoff]\nremove_minutes=10",
        "[handoff]\ngroup=' receipt'",
        "[handoff]\nface_encryption='e'",
        "[audit]\nkeep_days=0",
        "[queue]\nkeep_days=91",
    ] {
        assert!(matches!(parse(&with(wrong)), Err(ConfigError::Range(..))), "{wrong}");
    }
}

#[test]
fn settings_without_end_are_refused() {
    let refused = parse(&format!("{LEAST}{}", "# a remark\n".repeat(200_000))).expect_err("too large").to_string();
    assert!(refused.contains("larger than 1048576 bytes"), "{refused}");
    #[cfg(unix)]
    assert!(Config::load(Path::new("/dev/zero")).is_err());
}
