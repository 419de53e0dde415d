//! Every preset, in every language, text size and layout: nothing cut, over another, outside, too small, unreadable or
//! untranslated. Themes change colours only; `themes` proves that and measures contrast in every one.

mod faults;
mod planted;
mod survey;
mod themes;
mod words;

use std::collections::BTreeMap;

use survey::Survey;
use uketsuke::i18n::{Language, Words, readable};
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::RegisterTerms;
use uketsuke::ui::DockView;
use uketsuke::ui::headless::Shot;
use uketsuke::ui::metrics::TextStep;
use uketsuke::ui::screen::Data;
use words::{Texts, untranslated};

/// One way the panel stands.
#[derive(Clone, Copy)]
struct Panel {
    name: &'static str,
    size: (u32, u32),
    seated: bool,
}

const TALL: Panel = Panel { name: "tall", size: (1080, 1920), seated: false };
const WIDE: Panel = Panel { name: "wide", size: (1280, 800), seated: false };
const PANELS: [Panel; 5] = [
    TALL,
    WIDE,
    Panel { name: "tall seated", seated: true, ..TALL },
    Panel { name: "wide seated", seated: true, ..WIDE },
    Panel { name: "large wide", size: (1920, 1080), seated: false },
];

impl Panel {
    fn shot(self, language: Language, text: TextStep) -> Shot {
        let shot = Shot::new(self.size, language).text(text);
        if self.seated { shot.seated() } else { shot }
    }

    /// The least factor on text, whatever step the patient wants: a full screen in a language that needs many letters may
    /// take a fifth from it, in Japanese and English a tenth.
    fn least(language: Language) -> f32 {
        match language {
            Language::Ja | Language::En => 0.9,
            // Every difficult word carries its reading with it.
            Language::JaSimple => 0.72,
            _ => 0.8,
        }
    }
}

fn presets() -> Vec<(String, Data)> {
    uketsuke::ui::presets().into_iter().map(|preset| (preset.name.clone(), preset.data)).collect()
}

/// The same in training: the trainer's band and buttons take their room from every screen.
fn in_training() -> Vec<(String, Data)> {
    let dock = DockView { scenario_key: "scenario-other-face".into(), card_placed: true };
    let mut presets = presets();
    for (name, data) in &mut presets {
        name.push_str(" in training");
        data.view.training = true;
        data.dock = Some(dock.clone());
    }
    presets
}

fn check(language: Language) {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut count = 0;
    for panel in PANELS {
        for text in TextStep::ALL {
            let shot = panel.shot(language, text);
            // Texts may be a little smaller in training, nothing else may suffer.
            let all = presets().into_iter().map(|named| (named, Panel::least(language)));
            let trained = in_training().into_iter().map(|named| (named, 0.72));
            let trained = trained.filter(|_| text == TextStep::P100 && !panel.seated);
            for ((name, data), least) in all.chain(trained) {
                let survey = Survey::of(&data, shot);
                assert!(!survey.texts.is_empty(), "{name} says nothing");
                let metrics = shot.look().metrics;
                let mut faults = faults::all(&survey, &metrics);
                faults.extend(faults::shrunk(&survey, least));
                if panel.seated && panel.size == TALL.size {
                    faults.extend(faults::high(&survey, &metrics));
                }
                for fault in faults {
                    found.entry(fault).or_default().push(format!("{} {text:?} {name}", panel.name));
                }
                count += 1;
            }
        }
    }
    println!("{}: {count} screens laid out", language.tag());
    let list: Vec<String> = found
        .iter()
        .map(|(fault, places)| format!("{fault} [{} and {} more]", places.first().expect("a place"), places.len() - 1))
        .collect();
    assert!(list.is_empty(), "{}: {} faults\n{}", language.tag(), list.len(), list.join("\n"));
}

/// The labels that once touched their border: the tools' and the trainer's.
#[test]
fn the_labels_of_the_tools_keep_their_room() {
    let words = Words::of(Language::Ja);
    let mut missing: Vec<String> = ["tool-language", "tool-menu", "dock-place-card", "dock-take-card"]
        .into_iter()
        .map(|key| readable(&words.get(key)).replace('\n', ""))
        .collect();
    for panel in PANELS {
        for card_placed in [false, true] {
            let (_, mut data) = presets().into_iter().find(|(name, _)| name == "place_card").expect("a screen");
            data.view.training = true;
            data.dock = Some(DockView { scenario_key: "scenario-other-face".into(), card_placed });
            let shot = panel.shot(Language::Ja, TextStep::P100);
            let survey = Survey::of(&data, shot);
            let shown: Vec<String> = survey.texts.iter().map(|text| readable(&text.text).replace('\n', "")).collect();
            missing.retain(|label| !shown.contains(label));
            let found = faults::tight(&survey, &shot.look().metrics);
            assert!(found.is_empty(), "{}: {found:?}", panel.name);
        }
    }
    assert!(missing.is_empty(), "never on a screen: {missing:?}");
}

/// The Japanese original of terms and consents, and of what staff are asked, which stands beside any translation.
fn original(data: &Data) -> Texts {
    let word = |key: &str| readable(&Words::of(Language::Ja).get(key));
    let consents = || {
        let items = ["visits", "medicine", "surgery", "checkup"].map(|item| word(&format!("consent-{item}")));
        let of = |wording: &str, what: &str| word(&format!("consent-{wording}-{what}"));
        let texts = ["statement", "question"].into_iter().flat_map(|wording| {
            let used = of(wording, "use");
            let one = ["records", "surgery", "checkup"].map(|what| format!("{}。{used}", of(wording, what)));
            one.into_iter().chain([format!("{}（{}）", of(wording, "all"), items.join("・"))])
        });
        texts.chain([format!("{}。{}", word("limit-title"), word("limit-text"))]).collect()
    };
    match &data.view.screen {
        Screen::RegisterTerms(RegisterTerms { terms, .. }) => {
            terms.for_reader("ja").into_iter().map(|(original, _)| readable(&original)).collect()
        }
        Screen::Consenting(_) | Screen::ConsentOneByOne(_) | Screen::ConsentLimit(_) => consents(),
        Screen::EnterStaffCode(_) => Texts::from([word("staff-entry-title")]),
        Screen::VisualCheck(_) => {
            let asked = ["visual-here-title", "visual-not-same", "visual-same"].map(word);
            Texts::from([asked.join("。")])
        }
        _ => Texts::new(),
    }
}

#[test]
fn what_binds_stands_in_japanese_beside_every_translation_at_every_size() {
    let binding = |data: &Data| {
        let screen = &data.view.screen;
        matches!(screen, Screen::Consenting(_) | Screen::ConsentOneByOne(_) | Screen::ConsentLimit(_))
    };
    let screens: Vec<(String, Data)> = presets().into_iter().filter(|(_, data)| binding(data)).collect();
    assert!(screens.len() > 5);
    for language in Language::ALL.into_iter().filter(|language| *language != Language::Ja) {
        for panel in PANELS {
            for text in TextStep::ALL {
                for (name, data) in &screens {
                    let originals = original(data);
                    let texts = Survey::of(data, panel.shot(language, text)).texts;
                    let there = texts.iter().any(|text| originals.contains(&text.text));
                    assert!(there, "{name} {} {} {text:?}", panel.name, language.tag());
                }
            }
        }
    }
}

/// Everything the presets say in `language`.
fn said(language: Language) -> Texts {
    let shot = TALL.shot(language, TextStep::P100);
    let mut all = Texts::new();
    // Staff read their panel in Japanese or English.
    let of_patients = |data: &Data| !matches!(data.view.screen, Screen::StaffPanel(_));
    for (_, data) in presets().into_iter().filter(|(_, data)| of_patients(data)) {
        let original = original(&data);
        let texts = Survey::of(&data, shot).texts.into_iter().map(|text| text.text);
        all.extend(texts.filter(|text| !original.contains(text)));
    }
    all
}

macro_rules! languages {
    ($($name:ident $tag:literal),*) => {
        /// The languages that have a test of their own.
        const CHECKED: &[&str] = &[$($tag),*];
        $(
            #[test]
            fn $name() {
                check(Language::by_tag($tag).expect("a language"));
            }
        )*
    };
}

languages!(
    ja "ja", ja_simple "ja-simple", en "en", zh_hans "zh-Hans", vi "vi", ko "ko", pt_br "pt-BR", fil "fil", ne "ne", id "id"
);

#[test]
fn every_language_has_its_test() {
    assert_eq!(Language::ALL.map(Language::tag).as_slice(), CHECKED);
}

#[test]
fn everything_is_translated() {
    let (ja, en) = (said(Language::Ja), said(Language::En));
    let found: Vec<String> = Language::ALL
        .into_iter()
        .flat_map(|language| untranslated(&said(language), language.tag(), &ja, &en))
        .collect();
    assert!(found.is_empty(), "{} texts\n{}", found.len(), found.join("\n"));
}
