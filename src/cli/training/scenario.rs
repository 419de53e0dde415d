//! Scenarios: one TOML file each in `assets/scenarios`, read by demo, walk and tests alike.

use std::sync::Arc;

use serde::Deserialize;

use crate::adapters::card::virtual_card::Fault as CardFault;
use crate::adapters::code_b::Way;
use crate::config;
use crate::domain::session::Settings;
use crate::gateway::settings::{Fault as GatewayFault, Special};

use super::super::CliError;

/// One scripted visit: who comes, with which card, and what goes wrong.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The file's name without its ending; its title is the text `scenario-<name>`.
    #[serde(skip)]
    pub name: String,
    /// Whose card it is.
    pub person: String,
    /// Whose clip the camera plays; the person's own without it.
    camera: Option<String>,
    /// Faults of the card.
    #[serde(default)]
    card_faults: Vec<String>,
    /// Faults of the gateway, `ROUTE=KIND[*TIMES]`.
    #[serde(default)]
    gateway_faults: Vec<String>,
    /// The gateway's special answer to that person.
    answer: Option<String>,
    /// Where code B comes from.
    #[serde(default)]
    pub code_b: CodeBy,
    /// Whose card is shown to the camera; the person's own without it.
    shows: Option<String>,
    /// Milliseconds without a touch until the kiosk asks; the usual time without it.
    pub idle_ms: Option<u64>,
    /// How the site of this scenario asks for consents.
    #[serde(default)]
    consent: config::Consent,
    /// What else that site asks.
    #[serde(default)]
    reception: config::Reception,
    /// What the patient does when `walk` plays the scenario, one word for each screen that waits.
    pub patient: Vec<Deed>,
}

/// Where code B comes from in a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeBy {
    /// It is known.
    #[default]
    Known,
    /// The patient types it.
    Typed,
    /// A camera reads it where the card lies.
    Lying,
    /// The card's front is shown to the camera.
    Shown,
}

impl CodeBy {
    /// How the print is read, if it is.
    pub fn way(self) -> Option<Way> {
        match self {
            CodeBy::Known | CodeBy::Typed => None,
            CodeBy::Lying => Some(Way::Lying),
            CodeBy::Shown => Some(Way::Shown),
        }
    }
}

/// What a patient does on a screen that waits.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// 顔認証.
    Face,
    /// 暗証番号.
    Pin,
    /// Types these digits and confirms.
    Type(String),
    /// 同意する.
    Agree,
    /// 同意しない.
    Refuse,
    /// 続ける, 閉じる.
    GoOn,
    /// もう一度.
    Again,
    /// 代わりの方が入力.
    WhoEnters,
    /// 家族.
    Family,
    /// やめる.
    Stop,
    /// 職員を呼ぶ.
    CallStaff,
    /// 違う人の名前です.
    NotMyName,
    /// 一つずつ選ぶ.
    OneByOne,
    /// 次のページ.
    NextPage,
    /// 戻る.
    Back,
    /// はい.
    Yes,
    /// いいえ.
    No,
    /// 電子処方箋.
    Electronic,
    /// 紙の処方箋.
    Paper,
    /// もっと時間がほしい.
    MoreTime,
    /// Touches nothing.
    DoNothing,
    TakeCard,
    PutBack,
    /// Puts another person's card there instead.
    PutCardOf(String),
    /// Has gone, and comes again with the card.
    ComeAgain,
    /// 登録状況の確認・利用登録, on the idle screen.
    Inquire,
    /// Lays the card down.
    PlaceCard,
}

macro_rules! scenarios {
    ($($name:literal),* $(,)?) => {
        const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../assets/scenarios/", $name, ".toml"))),)*];
    };
}

scenarios![
    "by-pin",
    "by-face",
    "wrong-pin",
    "other-face",
    "pin-blocked",
    "not-registered",
    "not-my-card-kind",
    "gateway-down",
    "not-confirmed",
    "card-expiring",
    "typed-code-b",
    "card-shown",
    "other-card-shown",
    "consent-refused",
    "call-staff",
    "wrong-name",
    "consents-one-by-one",
    "every-question",
    "terms-declined",
    "not-yet",
    "card-in-grace",
    "card-past-grace",
    "card-revoked",
    "fallback-form",
    "card-put-back",
    "card-swapped",
    "still-there",
    "walked-away",
    "received-today",
    "registration-status",
    "registration-asked-for",
];

/// Every scenario, in the order of the picker.
///
/// # Errors
/// When a file does not parse, with its name.
pub fn all() -> Result<Vec<Scenario>, CliError> {
    FILES.iter().map(|(name, text)| parse(name, text)).collect()
}

fn parse(name: &str, text: &str) -> Result<Scenario, CliError> {
    let scenario: Scenario = toml::from_str(text)
        .map_err(|error| CliError::usage(format!("scenario {name}: {error}"), "correct assets/scenarios"))?;
    let scenario = Scenario { name: name.to_owned(), ..scenario };
    scenario.card_faults()?;
    scenario.gateway_faults()?;
    scenario.special()?;
    scenario.settings()?;
    Ok(scenario)
}

impl Scenario {
    /// Whose clip the camera plays.
    pub fn camera(&self) -> &str {
        self.camera.as_deref().unwrap_or(&self.person)
    }

    /// Whose card the camera sees.
    pub fn shows(&self) -> &str {
        self.shows.as_deref().unwrap_or(&self.person)
    }

    /// Faults of the card.
    pub fn card_faults(&self) -> Result<Vec<CardFault>, CliError> {
        self.card_faults.iter().map(|text| text.parse().map_err(|error| self.wrong(&error))).collect()
    }

    /// Faults of the gateway.
    pub fn gateway_faults(&self) -> Result<Vec<GatewayFault>, CliError> {
        self.gateway_faults.iter().map(|text| text.parse().map_err(|error: String| self.wrong(&error))).collect()
    }

    /// The gateway's special answer.
    pub fn special(&self) -> Result<Option<Special>, CliError> {
        let word = self.answer.as_ref().map(|word| format!("{}={word}", self.person));
        word.map(|text| text.parse().map_err(|error: String| self.wrong(&error))).transpose()
    }

    /// What the core is told of the site: the terms of use are the sample.
    pub fn settings(&self) -> Result<Settings, CliError> {
        let terms = config::sample_terms().map_err(|error| self.wrong(&error))?;
        let consents = self.consent.plan().map_err(|error| self.wrong(&error))?;
        Ok(Settings {
            terms: Some(Arc::new(terms)),
            inquiry: true,
            consents,
            ..self.reception.apply(Settings::default())
        })
    }

    fn wrong(&self, error: &dyn std::fmt::Display) -> CliError {
        CliError::usage(format!("scenario {}: {error}", self.name), "correct assets/scenarios")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Words};

    #[test]
    fn every_file_of_the_folder_is_a_scenario_with_a_title() {
        let listed: Vec<String> = all().expect("they parse").into_iter().map(|s| s.name).collect();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/scenarios");
        for entry in std::fs::read_dir(folder).expect("the folder") {
            let file = entry.expect("an entry").file_name().to_string_lossy().into_owned();
            let name = file.strip_suffix(".toml").expect("only TOML files");
            assert!(listed.iter().any(|l| l == name), "{name} is not listed");
        }
        for name in listed {
            for language in Language::ALL {
                let key = format!("scenario-{name}");
                assert_ne!(Words::of(language).get(&key), key, "{key} has no title");
            }
        }
    }
}
