//! A drawn picture for each hint while the card is shown to the camera.

use super::card_picture::{Mistake, mistake};
use super::hint_picture::{arrow, sun};
use super::pen::Pen;
use super::picture::card;
use crate::domain::code_b::PrintHint;
use crate::ui::theme::Palette;

/// The picture of `hint`, on a grid of 100 units. One drawing a hint: a new hint needs a new one.
pub(super) fn print(hint: Option<PrintHint>, pen: &mut Pen<'_>, p: &Palette) {
    match hint {
        None | Some(PrintHint::ShowFront) => {
            guide(pen, p);
            pen.moved(50.0, 72.0, 0.0, |pen| card(pen, p, 50.0));
            arrow(pen, p, (50.0, 52.0), (50.0, 28.0));
        }
        Some(PrintHint::OtherSide) => mistake(Mistake::Back, pen, p),
        Some(PrintHint::Nearer) => {
            guide(pen, p);
            pen.moved(50.0, 50.0, 0.0, |pen| card(pen, p, 34.0));
            sides(|from, to| arrow(pen, p, from, to), 21.0, 38.0);
        }
        Some(PrintHint::Farther) => {
            pen.moved(50.0, 50.0, 0.0, |pen| card(pen, p, 98.0));
            guide(pen, p);
            sides(|from, to| arrow(pen, p, from, to), 38.0, 21.0);
        }
        Some(PrintHint::Straighter) => {
            guide(pen, p);
            pen.moved(50.0, 50.0, -16.0, |pen| card(pen, p, 64.0));
            pen.with(p.accent, |pen| {
                pen.width = 4.2;
                pen.arc(50.0, 50.0, 44.0, 292.0, 338.0);
                pen.lines(&[(90.5, 24.0), (91.0, 33.5), (81.5, 34.5)]);
            });
        }
        Some(PrintHint::Glare) => {
            pen.moved(50.0, 58.0, 0.0, |pen| card(pen, p, 76.0));
            pen.with(p.surface, |pen| pen.dot(62.0, 56.0, 15.0));
            pen.with(p.training, |pen| {
                pen.width = 2.6;
                pen.ring(62.0, 56.0, 15.0);
            });
            sun(pen, p, 82.0, 16.0, 9.0);
        }
        Some(PrintHint::FingerAway) => {
            pen.moved(50.0, 46.0, 0.0, |pen| card(pen, p, 80.0));
            pen.with(p.device_light, |pen| pen.block(16.0, 58.0, 24.0, 50.0, 12.0));
            pen.width = 2.6;
            pen.frame(16.0, 58.0, 24.0, 50.0, 12.0);
            arrow(pen, p, (56.0, 70.0), (56.0, 94.0));
        }
        Some(PrintHint::HoldStill) => {
            guide(pen, p);
            pen.moved(50.0, 50.0, 0.0, |pen| card(pen, p, 70.0));
            pen.with(p.on_good_soft, |pen| pen.dot(82.0, 80.0, 15.0));
            pen.with(p.good_soft, |pen| {
                pen.width = 4.6;
                pen.lines(&[(74.5, 80.5), (80.0, 86.0), (90.0, 74.0)]);
            });
        }
    }
}

/// The four corners of the place where the card belongs.
fn guide(pen: &mut Pen<'_>, p: &Palette) {
    pen.with(p.accent, |pen| {
        pen.width = 2.6;
        for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
            let (cx, cy) = (50.0 + 46.0 * x, 50.0 + 30.0 * y);
            pen.lines(&[(cx, cy - 12.0 * y), (cx, cy), (cx - 12.0 * x, cy)]);
        }
    });
}

/// Arrows at the four corners, from so far from the middle to so far.
fn sides(mut arrow: impl FnMut((f32, f32), (f32, f32)), from: f32, to: f32) {
    for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
        let at = |far: f32| (50.0 + far * x, 50.0 + far * 0.64 * y);
        arrow(at(from), at(to));
    }
}
