//! The detectors: each looks at one survey for one kind of fault and says what it found.

use iced::Rectangle;
use iced::advanced::graphics::text::{cosmic_text, font_system};
use iced::advanced::text::{Alignment, Paragraph as _};
use uketsuke::ui::metrics::{EDGE_MM, GAP_MM, KEY_MM, Metrics, TARGET_MM};
use uketsuke::ui::widget::pressable::Target;

use super::survey::{Survey, Text};

/// Rounding of what is computed in floating point, in pixels.
const HAIR: f32 = 0.05;

/// Everything that does not depend on the language or the wanted text size.
pub fn all(survey: &Survey, metrics: &Metrics) -> Vec<String> {
    [
        small(survey, metrics),
        close(survey, metrics),
        outside(survey, metrics),
        cut(survey),
        tight(survey, metrics),
        overlapping(survey),
        missing(survey),
        tiny(survey, metrics),
    ]
    .concat()
}

/// Too small to touch.
pub fn small(survey: &Survey, metrics: &Metrics) -> Vec<String> {
    let least = |target| if target == Target::Key { KEY_MM } else { TARGET_MM };
    let measured = survey.presses.iter().map(|press| {
        (press, metrics.to_mm(press.bounds.width.min(press.bounds.height) + HAIR), least(press.report.target))
    });
    measured
        .filter(|(_, mm, least)| mm < least)
        .map(|(press, mm, least)| format!("{} is {mm:.2} mm, must be {least}", press.id))
        .collect()
}

/// Pixels between two rectangles, 0 when they touch.
fn gap(a: &Rectangle, b: &Rectangle) -> f32 {
    let dx = (a.x.max(b.x) - (a.x + a.width).min(b.x + b.width)).max(0.0);
    let dy = (a.y.max(b.y) - (a.y + a.height).min(b.y + b.height)).max(0.0);
    dx.hypot(dy)
}

/// Two things to press without room between.
pub fn close(survey: &Survey, metrics: &Metrics) -> Vec<String> {
    let mut found = Vec::new();
    for (i, a) in survey.presses.iter().enumerate() {
        for b in survey.presses.iter().skip(i + 1) {
            let between = metrics.to_mm(gap(&a.bounds, &b.bounds) + HAIR);
            if between < GAP_MM {
                found.push(format!("{} and {} are {between:.2} mm apart", a.id, b.id));
            }
        }
    }
    found
}

fn within(inner: &Rectangle, outer: &Rectangle) -> bool {
    let slack = 0.5;
    inner.x >= outer.x - slack
        && inner.y >= outer.y - slack
        && inner.x + inner.width <= outer.x + outer.width + slack
        && inner.y + inner.height <= outer.y + outer.height + slack
}

/// Not on the panel.
pub fn outside(survey: &Survey, metrics: &Metrics) -> Vec<String> {
    let window = Rectangle::with_size(metrics.size);
    let presses = survey.presses.iter().map(|press| (&press.id, &press.bounds));
    let texts = survey.texts.iter().map(|text| (&text.text, &text.bounds));
    presses
        .chain(texts)
        .filter(|(_, bounds)| !within(bounds, &window))
        .map(|(what, bounds)| format!("{what} is outside: {bounds:?}"))
        .collect()
}

/// A text larger than its place, sticking out of its button, or with a phrase that had to be broken.
pub fn cut(survey: &Survey) -> Vec<String> {
    let mut found = Vec::new();
    for text in &survey.texts {
        let name = &text.text;
        if let Some(needs) = text.shaped.as_ref().map(|shaped| shaped.min_bounds())
            && (needs.width > text.bounds.width + 0.5 || needs.height > text.bounds.height + 0.5)
        {
            found.push(format!("{name} needs {needs:?}, has {:?}", text.bounds.size()));
        }
        if let Some(press) = survey.under(&text.bounds)
            && !within(&text.bounds, &press.bounds)
        {
            found.push(format!("{name} sticks out of {}", press.id));
        }
        if let Some(phrase) = &text.broken {
            found.push(format!("a line breaks inside {phrase}"));
        }
    }
    for fit in survey.fits.iter().filter(|fit| fit.overflow > 0.5) {
        found.push(format!("content is {:.0} px too high even at {}", fit.overflow, fit.factor));
    }
    found
}

/// A text that all but touches the border of what can be pressed.
pub fn tight(survey: &Survey, metrics: &Metrics) -> Vec<String> {
    let mut found = Vec::new();
    for text in survey.texts.iter().filter(|text| !text.text.trim().is_empty()) {
        let (Some(shaped), Some(press)) = (&text.shaped, survey.under(&text.bounds)) else { continue };
        // Lines stand where they are aligned, with the rest of their width free.
        let free = (text.bounds.width - shaped.min_bounds().width).max(0.0);
        let (before, behind) = match shaped.align_x() {
            Alignment::Left | Alignment::Justified | Alignment::Default => (0.0, free),
            Alignment::Right => (free, 0.0),
            Alignment::Center => (free / 2.0, free / 2.0),
        };
        let (inner, outer) = (text.bounds, press.bounds);
        let room = [
            inner.x + before - outer.x,
            outer.x + outer.width - (inner.x + inner.width - behind),
            inner.y - outer.y,
            outer.y + outer.height - (inner.y + inner.height),
        ];
        let least = metrics.to_mm(room.into_iter().fold(f32::INFINITY, f32::min) + HAIR);
        // Half a pixel is lost where pixels are whole.
        if least < EDGE_MM - metrics.to_mm(0.5) {
            found.push(format!("{} is {least:.2} mm from the border of {}", text.text, press.id));
        }
    }
    found
}

/// One text over another, or half over something to press.
pub fn overlapping(survey: &Survey) -> Vec<String> {
    let crosses = |a: &Rectangle, b: &Rectangle| {
        a.intersection(b).is_some_and(|shared| shared.width > 1.0 && shared.height > 1.0)
    };
    let seen: Vec<&Text> = survey.texts.iter().filter(|text| !text.text.trim().is_empty()).collect();
    let mut found = Vec::new();
    for (i, a) in seen.iter().enumerate() {
        for b in seen.iter().skip(i + 1).filter(|b| crosses(&a.bounds, &b.bounds)) {
            found.push(format!("{} lies over {}", a.text, b.text));
        }
        let half =
            |press: &&super::survey::Press| crosses(&a.bounds, &press.bounds) && !within(&a.bounds, &press.bounds);
        for press in survey.presses.iter().filter(half) {
            found.push(format!("{} lies half over {}", a.text, press.id));
        }
    }
    found
}

/// A character that no font of ours has, and a word that no locale has.
pub fn missing(survey: &Survey) -> Vec<String> {
    let mut system = font_system().write().expect("the font system");
    let fonts = system.raw().db();
    let mut found = Vec::new();
    for text in &survey.texts {
        if text.text.contains('⟦') {
            found.push(format!("there are no words for {}", text.text));
        }
        for run in text.shaped.iter().flat_map(|shaped| shaped.buffer().layout_runs()) {
            for glyph in run.glyphs {
                let of = run.text.get(glyph.start..glyph.end).unwrap_or_default();
                let drawn = of.chars().any(|c| !matches!(c, '\u{200B}' | '\u{2060}') && !c.is_control());
                let bundled = fonts
                    .face(glyph.font_id)
                    .is_some_and(|face| matches!(face.source, cosmic_text::fontdb::Source::Binary(_)));
                if drawn && (glyph.glyph_id == 0 || !bundled) {
                    found.push(format!("no glyph of ours for {of:?} in {}", text.text));
                }
            }
        }
    }
    found
}

/// The least size of a text: 10 point.
const LEAST_TEXT_MM: f32 = 3.5;

/// Too small to read, however it came to that.
pub fn tiny(survey: &Survey, metrics: &Metrics) -> Vec<String> {
    let sized = survey.texts.iter().filter_map(|text| Some((text, text.shaped.as_ref()?.buffer().metrics().font_size)));
    sized
        .map(|(text, px)| (text, metrics.to_mm(px)))
        .filter(|(_, mm)| *mm < LEAST_TEXT_MM)
        .map(|(text, mm)| format!("{} is {mm:.1} mm small", text.text))
        .collect()
}

/// Text that shrank below `least` though the patient asked for as much.
pub fn shrunk(survey: &Survey, least: f32) -> Vec<String> {
    survey
        .fits
        .iter()
        .filter(|fit| fit.factor < least.min(fit.wanted) - 0.001)
        .map(|fit| format!("text shrinks to {} of {}", fit.factor, fit.wanted))
        .collect()
}

/// Something to press in the upper half of the panel.
pub fn high(survey: &Survey, metrics: &Metrics) -> Vec<String> {
    let middle = metrics.size.height / 2.0;
    let high = survey.presses.iter().filter(|press| press.bounds.y < middle);
    high.map(|press| format!("{} is out of reach", press.id)).collect()
}
