//! What gateway and card bring onto the window: names of any letters up to the length that is shown, and any day. Everything else
//! that the window shows is a word of `locales`.

use jiff::civil::{Date, DateTime, Time};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::PatientName;
use uketsuke::domain::secret::Personal;
use uketsuke::domain::session::AfterReception;
use uketsuke::i18n::Language;
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{AlreadyReceived, ConfirmName, Done, RegisterRefused, Renewal};
use uketsuke::ui::metrics::TextStep;

use super::survey::Survey;
use super::{PANELS, faults, presets};

/// Numbers that depend on their seed alone.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// Letters as wide, high, joined, composed and unknown as they come.
const PIECES: [&str; 24] = [
    "W",
    "i",
    "M",
    "長",
    "髙",
    "一",
    "ヴ",
    "ｶﾞ",
    "か\u{3099}",
    "𠮷",
    "葛\u{e0100}",
    "ﷺ",
    "ก็",
    "नी",
    "é",
    "ß",
    "—",
    "●",
    "・",
    "-",
    " ",
    "　",
    "、",
    "한",
];

/// Most characters of a name that the window is given.
const LONGEST: usize = 121;

fn name(chance: &mut Chance) -> String {
    let (kinds, length) = (1 + chance.below(4), 1 + chance.below(LONGEST));
    let chosen: Vec<&str> = (0..kinds).map(|_| PIECES[chance.below(PIECES.len())]).collect();
    let mut name = String::new();
    while name.chars().count() < length {
        name.push_str(chosen[chance.below(kinds)]);
    }
    name.chars().take(length).collect()
}

fn day(chance: &mut Chance) -> Date {
    let days = [Date::MIN, Date::MAX, Date::ZERO, Date::constant(1868, 1, 25), Date::constant(2019, 4, 30)];
    days.get(chance.below(8)).copied().unwrap_or_else(|| Date::constant(1900 + chance.below(300) as i16, 12, 31))
}

fn screen(chance: &mut Chance) -> (&'static str, Screen) {
    let patient = Personal(PatientName { name: name(chance), kana: (chance.below(3) > 0).then(|| name(chance)) });
    match chance.below(6) {
        0 | 1 => ("confirm_name", ConfirmName { patient }.into()),
        2 | 3 => ("done", Done { patient, after: AfterReception::default() }.into()),
        4 => {
            let (until, usable_until) = (Some(day(chance)), Some(day(chance)));
            ("renewal", Renewal { grace: chance.below(2) == 0, until, usable_until }.into())
        }
        _ if chance.below(2) == 0 => ("already_received", AlreadyReceived { at: Time::MAX }.into()),
        _ => {
            let works_from = Some(DateTime::from_parts(day(chance), Time::MAX));
            ("register_refused", RegisterRefused { failure: Failure::RegistrationNotYet, works_from }.into())
        }
    }
}

#[test]
fn whatever_comes_from_outside_breaks_no_screen() {
    const LANGUAGES: [Language; 4] = [Language::Ja, Language::JaSimple, Language::En, Language::PtBr];
    let (mut chance, mut found, presets) = (Chance(20_261_201), Vec::new(), presets());
    for n in 0..300 {
        let panel = PANELS[chance.below(PANELS.len())];
        let text = TextStep::ALL[chance.below(TextStep::ALL.len())];
        let shot = panel.shot(LANGUAGES[chance.below(LANGUAGES.len())], text);
        let (like, screen) = screen(&mut chance);
        let begins = |name: &str| name == like || name.strip_prefix(like).is_some_and(|rest| rest.starts_with('-'));
        let mut data = presets.iter().find(|(name, _)| begins(name)).expect("a preset").1.clone();
        data.view.screen = screen;
        let survey = Survey::of(&data, shot);
        let faults = faults::all(&survey, &shot.look().metrics);
        found.extend(faults.into_iter().map(|fault| format!("{n} {like} {} {text:?}: {fault}", panel.name)));
    }
    println!("300 screens with texts and days from outside laid out");
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}
