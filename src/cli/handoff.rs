//! Builds the way to the receipt computer from the settings.

use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use crate::adapters::handoff::{
    Answers, Arrival, BodyOrder, DropConfig, DropFolder, Encoding, FilePattern, Form, JsonTwin, OfficialXml, Results,
    SpoolConfig, Stay,
};
use crate::config::{self, Config};
use crate::ports::{Outbox, SureDay};

use super::CliError;
use super::wire::Duty;

/// The drop folder of those settings, for a kiosk of that name.
pub fn drop_folder(
    config: &Config,
    duty: Duty,
    (facility_code, terminal_id): (String, String),
    day: SureDay,
    outbox: Outbox,
) -> Result<DropFolder, CliError> {
    let handoff = &config.handoff;
    let unusable = |error: &dyn Display| CliError::usage(error.to_string(), "correct the handoff settings");
    let form = Arc::new(official(handoff));
    let pattern = handoff.pattern.as_deref().map(|pattern| FilePattern::new(pattern, form.ending()));
    let twin: Option<Arc<dyn Form>> = handoff.twin.as_ref().map(|_| Arc::new(JsonTwin) as _);
    let own = config.state.folder.join("handoff");
    let config = DropConfig {
        arrival: match handoff.arrival {
            config::Arrival::Link => Arrival::Link,
            config::Arrival::Rename => Arrival::Rename,
            config::Arrival::Write => Arrival::Write,
        },
        mode: handoff.mode.0,
        group: handoff.group.clone(),
        pattern: pattern.transpose().map_err(|error| unusable(&error))?.unwrap_or_default(),
        form,
        beside: twin.into_iter().collect(),
        beside_folder: handoff.twin.clone(),
        stay: Stay { tell_after: minutes(handoff.stay_minutes), remove_after: minutes(handoff.remove_minutes) },
        announce: handoff.receipt_line.clone().filter(|_| matches!(duty, Duty::Kiosk | Duty::Visit)),
        requests: handoff.reference_requests.clone(),
        answers: handoff.reference_answers.clone().map(Answers::new),
        known_plain: handoff.face_encryption == Some(config::FaceEncryption::Plain),
        remember_days: handoff.remember_days,
        spool: duty.spools().then(|| SpoolConfig {
            keep_days: handoff.spool_days,
            day,
            serve: duty.resolves(),
            ..SpoolConfig::new(config.state.folder.join("spool"))
        }),
        ..DropConfig::new(&handoff.folder, own, terminal_id, facility_code)
    };
    DropFolder::start(config, outbox).map_err(|error| unusable(&error))
}

/// None of them is never.
fn minutes(number: u16) -> Option<Duration> {
    (number > 0).then(|| Duration::from_secs(60 * u64::from(number)))
}

/// The file as the site wants it.
fn official(handoff: &config::Handoff) -> OfficialXml {
    OfficialXml {
        encoding: match handoff.encoding {
            config::Encoding::ShiftJis => Encoding::ShiftJis,
            config::Encoding::Windows31J => Encoding::Windows31J,
            config::Encoding::ShiftJisOfWindows => Encoding::ShiftJisOfWindows,
            config::Encoding::Utf8 => Encoding::Utf8,
        },
        results: match handoff.results {
            config::Results::OneFile => Results::OneFile,
            config::Results::OnePerResult => Results::OnePerResult,
            config::Results::First => Results::First,
        },
        order: match handoff.order {
            config::Order::ResultsLast => BodyOrder::ResultsLast,
            config::Order::ResultsFirst => BodyOrder::ResultsFirst,
        },
    }
}
