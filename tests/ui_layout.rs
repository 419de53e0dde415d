//! Every screen, both panels, both languages, normal and largest text: nothing cut, nothing too small to touch.
#![allow(clippy::expect_used, reason = "the helpers of a test may fail it")]

use std::any::Any;

use iced::Rectangle;
use iced::advanced::widget::{Id, Operation};
use uketsuke::i18n::Language;
use uketsuke::ui::DockView;
use uketsuke::ui::headless::{Shot, Stage};
use uketsuke::ui::metrics::{GAP_MM, KEY_MM, Metrics, TARGET_MM, TextStep};
use uketsuke::ui::preset;
use uketsuke::ui::screen::Data;
use uketsuke::ui::widget::{fit, label, pressable};

const TALL: (u32, u32) = (1080, 1920);
const WIDE: (u32, u32) = (1280, 800);

#[derive(Default)]
struct Survey {
    pressables: Vec<(String, Rectangle, pressable::Report)>,
    texts: Vec<(String, Rectangle)>,
    fits: Vec<fit::Report>,
    broken: Vec<String>,
}

impl Operation for Survey {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn text(&mut self, _: Option<&Id>, bounds: Rectangle, text: &str) {
        self.texts.push((uketsuke::i18n::readable(text), bounds));
    }

    fn custom(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        if let Some(report) = state.downcast_ref::<pressable::Report>() {
            self.pressables.push((format!("{id:?}"), bounds, *report));
        } else if let Some(report) = state.downcast_ref::<fit::Report>() {
            self.fits.push(*report);
        } else if let Some(report) = state.downcast_ref::<label::Report>() {
            self.broken.extend(report.broken.clone());
        }
    }
}

/// Pixels between two rectangles, 0 when they touch.
fn gap(a: &Rectangle, b: &Rectangle) -> f32 {
    let dx = (a.x.max(b.x) - (a.x + a.width).min(b.x + b.width)).max(0.0);
    let dy = (a.y.max(b.y) - (a.y + a.height).min(b.y + b.height)).max(0.0);
    dx.hypot(dy)
}

fn faults(survey: &Survey, shot: Shot, lowest_factor: f32) -> Vec<String> {
    let metrics: Metrics = shot.look().metrics;
    let window = Rectangle::with_size(metrics.size);
    let mut faults = Vec::new();
    let inside = |b: &Rectangle| {
        b.x >= -0.5 && b.y >= -0.5 && b.x + b.width <= window.width + 0.5 && b.y + b.height <= window.height + 0.5
    };
    for (id, bounds, report) in &survey.pressables {
        let least = match report.target {
            pressable::Target::Button => TARGET_MM,
            pressable::Target::Key => KEY_MM,
        };
        let smaller = metrics.to_mm(bounds.width.min(bounds.height));
        if smaller < least - 0.1 {
            faults.push(format!("{id} is {smaller:.1} mm, must be {least}"));
        }
        if !inside(bounds) {
            faults.push(format!("{id} sticks out: {bounds:?}"));
        }
    }
    for (i, (id, a, _)) in survey.pressables.iter().enumerate() {
        for (other, b, _) in survey.pressables.iter().skip(i + 1) {
            let between = metrics.to_mm(gap(a, b));
            if between < GAP_MM - 0.2 {
                faults.push(format!("{id} and {other} are {between:.1} mm apart"));
            }
        }
    }
    for (text, bounds) in &survey.texts {
        if !inside(bounds) {
            faults.push(format!("text sticks out: {text} {bounds:?}"));
        }
        if metrics.to_mm(bounds.height) < 3.0 {
            faults.push(format!("text is squeezed: {text} {bounds:?}"));
        }
        if text.contains('⟦') {
            faults.push(format!("text is missing: {text}"));
        }
    }
    faults.extend(survey.broken.iter().map(|phrase| format!("a line breaks inside {phrase}")));
    for report in &survey.fits {
        if report.overflow > 0.5 {
            faults.push(format!("content is {:.0} px too high even at {}", report.overflow, report.factor));
        }
        if report.factor < lowest_factor.min(report.wanted) {
            faults.push(format!("text shrinks to {} of {}", report.factor, report.wanted));
        }
    }
    faults
}

fn survey(size: (u32, u32), text: TextStep, lowest_factor: f32) {
    let mut all = Vec::new();
    for language in Language::ALL {
        let shot = Shot::new(size, language).text(text);
        // The training band takes its room from every screen: texts may be a little smaller then, nothing else may suffer.
        let with_band = preset::all().into_iter().map(|mut preset| {
            preset.name.push_str(" in training");
            preset.view.training = true;
            preset
        });
        for preset in preset::all().into_iter().chain(with_band) {
            // The longest title that the trainer's band can carry.
            let dock = DockView { scenario_key: "scenario-other-face".into(), card_placed: true };
            let dock = preset.view.training.then_some(dock);
            let name = preset.name.clone();
            let data = Data { dock, ..preset.data() };
            let mut stage = Stage::new(&data, shot).expect("a stage");
            let mut survey = Survey::default();
            stage.operate(&mut survey);
            assert!(!survey.texts.is_empty(), "{} says nothing", name);
            let lowest = if data.view.training { lowest_factor.min(0.8) } else { lowest_factor };
            let found = faults(&survey, shot, lowest);
            all.extend(found.into_iter().map(|fault| format!("{} {}: {fault}", language.tag(), name)));
        }
    }
    assert!(all.is_empty(), "{} faults\n{}", all.len(), all.join("\n"));
}

#[test]
fn tall_panel_at_normal_text() {
    survey(TALL, TextStep::P100, 1.0);
}

#[test]
fn wide_panel_at_normal_text() {
    survey(WIDE, TextStep::P100, 1.0);
}

#[test]
fn tall_panel_at_the_largest_text() {
    survey(TALL, TextStep::P200, 1.25);
}

#[test]
fn wide_panel_at_the_largest_text() {
    // 136 mm of height: what has to be on the screen leaves room for normal size, never for less.
    survey(WIDE, TextStep::P200, 1.0);
}

#[test]
fn a_large_wide_panel_works_too() {
    survey((1920, 1080), TextStep::P100, 1.0);
}

fn rendered(size: (u32, u32), language: Language) {
    for preset in preset::all() {
        let name = preset.name.clone();
        let data = preset.data();
        let pixels = Stage::new(&data, Shot::new(size, language)).expect("a stage").pixels();
        assert_eq!(pixels.len(), (size.0 * size.1 * 4) as usize, "{name}");
        let (colours, _) = pixels.as_chunks::<4>();
        let page = colours.first().expect("pixels");
        let drawn = colours.iter().filter(|pixel| *pixel != page).count();
        assert!(drawn > colours.len() / 100, "{name} is nearly empty");
    }
}

#[test]
fn every_screen_is_drawn_tall_in_japanese() {
    rendered(TALL, Language::Ja);
}

#[test]
fn every_screen_is_drawn_wide_in_japanese() {
    rendered(WIDE, Language::Ja);
}

#[test]
fn every_screen_is_drawn_tall_in_english() {
    rendered(TALL, Language::En);
}

#[test]
fn every_screen_is_drawn_wide_in_english() {
    rendered(WIDE, Language::En);
}
