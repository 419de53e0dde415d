//! Themes: the same layout in all four, and contrast measured where each text stands, from the drawn pixels.

use iced::{Color, Rectangle};
use uketsuke::i18n::Language;
use uketsuke::ui::headless::{Shot, Stage};
use uketsuke::ui::presets;
use uketsuke::ui::theme::{Theme, contrast};

use super::survey::Survey;

const SIZE: (u32, u32) = (1280, 800);

/// The commonest colour inside `bounds`: what a text there stands on.
fn under(pixels: &[u8], width: u32, bounds: &Rectangle) -> Option<Color> {
    let mut counts = std::collections::HashMap::new();
    let (left, right) = (bounds.x.max(0.0) as usize, (bounds.x + bounds.width) as usize);
    for y in bounds.y.max(0.0) as usize..(bounds.y + bounds.height) as usize {
        let row = y * width as usize;
        let line = pixels.get((row + left) * 4..(row + right).min(row + width as usize) * 4)?;
        for pixel in line.as_chunks::<4>().0 {
            *counts.entry(*pixel).or_insert(0_u32) += 1;
        }
    }
    let ([r, g, b, _], _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    Some(Color::from_rgb8(r, g, b))
}

fn faults(survey: &Survey, pixels: &[u8], shot: Shot) -> Vec<String> {
    let p = shot.look().palette();
    let mut found = Vec::new();
    for text in survey.texts.iter().filter(|text| !text.text.trim().is_empty()) {
        let on = survey.under(&text.bounds).map_or(p.ink, |press| press.report.face.text);
        let color = text.color.unwrap_or(on);
        let Some(ground) = under(pixels, shot.size.0, &text.bounds) else { continue };
        let ratio = contrast(color, ground);
        if ratio < 7.0 {
            found.push(format!("{}: {ratio:.1}:1", text.text));
        }
    }
    for press in survey.presses.iter().filter(|press| press.report.enabled) {
        let face = press.report.face;
        let edge = contrast(face.outline, p.page).max(contrast(face.fill, p.page));
        if edge < 3.0 {
            found.push(format!("the edge of {}: {edge:.1}:1", press.id));
        }
    }
    found
}

fn check(theme: Theme) {
    let shot = Shot::new(SIZE, Language::Ja).theme(theme);
    let mut found = Vec::new();
    for preset in presets() {
        let name = preset.name.clone();
        let mut stage = Stage::new(&preset.data, shot).expect("a stage");
        let survey = Survey::through(&mut stage);
        let pixels = stage.pixels();
        found.extend(faults(&survey, &pixels, shot).into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(found.is_empty(), "{theme:?}: {} faults\n{}", found.len(), found.join("\n"));
}

#[test]
fn contrast_in_light() {
    check(Theme::Light);
}

#[test]
fn contrast_in_dark() {
    check(Theme::Dark);
}

#[test]
fn contrast_in_high_contrast() {
    check(Theme::HighContrast);
}

#[test]
fn contrast_in_grey() {
    check(Theme::Grey);
}

#[test]
fn a_pale_text_is_found() {
    use iced::widget::container;
    use uketsuke::ui::metrics::Role;
    let shot = Shot::new(SIZE, Language::En);
    let drawn = |color: Color| {
        let look = shot.look();
        let page = look.palette().page;
        let content = container(look.ink(Role::Body, "some words to read", color))
            .style(move |_| container::Style { background: Some(page.into()), ..container::Style::default() });
        let mut stage = Stage::of(content.into(), shot).expect("a stage");
        let survey = Survey::through(&mut stage);
        let pixels = stage.pixels();
        faults(&survey, &pixels, shot)
    };
    assert!(drawn(Color::from_rgb8(0x77, 0x77, 0x77)).concat().contains(":1"));
    assert!(drawn(Color::from_rgb8(0x22, 0x22, 0x22)).is_empty());
}

#[test]
fn themes_move_nothing() {
    // The panel that sets the theme moves its tick with it.
    for preset in presets().into_iter().filter(|preset| preset.name != "panel_display") {
        let name = preset.name.clone();
        let data = preset.data;
        let places = |theme| {
            let survey = Survey::of(&data, Shot::new(SIZE, Language::Ja).theme(theme));
            let texts = survey.texts.into_iter().map(|text| (text.text, text.bounds));
            texts.chain(survey.presses.into_iter().map(|press| (press.id, press.bounds))).collect::<Vec<_>>()
        };
        let light = places(Theme::Light);
        assert!(Theme::ALL.into_iter().all(|theme| places(theme) == light), "{name}");
    }
}
