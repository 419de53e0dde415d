//! A drawn picture for each hint of the face engine: what the camera sees, and what would help.

use iced::Color;

use super::pen::Pen;
use crate::domain::face::Hint;
use crate::ui::theme::Palette;

/// The picture of `hint`, or of a face in its place when there is none, on a grid of 100 units. One drawing a hint: a
/// new hint needs a new one.
pub(super) fn hint(hint: Option<Hint>, pen: &mut Pen<'_>, p: &Palette) {
    pen.width = 3.2;
    match hint {
        None => {
            guide(pen, p);
            face(pen, p, Face::default());
        }
        Some(Hint::NoFace | Hint::TwoFaces | Hint::TooNear | Hint::TooFar | Hint::OffCentre) => place(hint, pen, p),
        Some(Hint::LookHere | Hint::Tilted | Hint::TurnRight | Hint::TurnLeft | Hint::MoveALittle) => {
            turn(hint, pen, p)
        }
        Some(Hint::TooDark | Hint::TooBright | Hint::Backlit) => light(hint, pen, p),
        Some(Hint::Mask | Hint::BrowHidden | Hint::GlassesGlare | Hint::EyesClosed) => cover(hint, pen, p),
        Some(Hint::Blurred) => {
            guide(pen, p);
            for x in [-9.0, 9.0] {
                pen.with(p.device_light, |pen| pen.ring(50.0 + x, 50.0, 23.0));
            }
            face(pen, p, Face::default());
        }
        Some(Hint::KeepLooking) => {
            guide(pen, p);
            face(pen, p, Face::default());
            pen.with(p.on_good_soft, |pen| {
                pen.dot(80.0, 80.0, 15.0);
            });
            pen.with(p.good_soft, |pen| {
                pen.width = 4.6;
                pen.lines(&[(72.5, 80.5), (78.0, 86.0), (88.0, 74.0)]);
            });
        }
    }
}

/// Where a drawn face stands and looks.
#[derive(Clone, Copy)]
struct Face {
    x: f32,
    y: f32,
    radius: f32,
    /// How far the features are turned aside, in radii.
    turned: f32,
    skin: Option<Color>,
    eyes: bool,
    mouth: bool,
}

impl Default for Face {
    fn default() -> Self {
        Face { x: 50.0, y: 50.0, radius: 23.0, turned: 0.0, skin: None, eyes: true, mouth: true }
    }
}

/// The place where the face belongs.
fn guide(pen: &mut Pen<'_>, p: &Palette) {
    pen.with(p.accent, |pen| {
        pen.width = 2.6;
        for from in [20.0, 110.0, 200.0, 290.0] {
            pen.arc(50.0, 50.0, 43.0, from, from + 50.0);
        }
    });
}

fn face(pen: &mut Pen<'_>, p: &Palette, face: Face) {
    let Face { x, y, radius: r, turned, skin, eyes, mouth } = face;
    pen.with(skin.unwrap_or(p.surface), |pen| pen.dot(x, y, r));
    let line = (r / 23.0 * 3.2).max(1.8);
    pen.width = line;
    pen.ring(x, y, r);
    let middle = x + turned * r;
    if eyes {
        for side in [-0.36, 0.36] {
            pen.dot(middle + side * r * (1.0 - turned.abs() * 0.4), y - 0.16 * r, 0.11 * r);
        }
    }
    if mouth {
        pen.arc(middle, y + 0.12 * r, 0.42 * r * (1.0 - turned.abs() * 0.3), 35.0, 145.0);
    }
    pen.width = 3.2;
}

/// An arrow from one point to another.
pub(super) fn arrow(pen: &mut Pen<'_>, p: &Palette, from: (f32, f32), to: (f32, f32)) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    pen.with(p.accent, |pen| {
        pen.width = 4.2;
        pen.lines(&[from, to]);
        let back = |side: f32| (to.0 - 7.0 * ux + side * 6.0 * uy, to.1 - 7.0 * uy - side * 6.0 * ux);
        pen.lines(&[back(1.0), to, back(-1.0)]);
    });
}

fn place(hint: Option<Hint>, pen: &mut Pen<'_>, p: &Palette) {
    guide(pen, p);
    match hint {
        Some(Hint::NoFace) => {
            pen.with(p.device_light, |pen| pen.ring(50.0, 50.0, 23.0));
            arrow(pen, p, (50.0, 97.0), (50.0, 62.0));
        }
        Some(Hint::TwoFaces) => {
            face(pen, p, Face { x: 37.0, radius: 19.0, ..Face::default() });
            face(pen, p, Face { x: 78.0, y: 44.0, radius: 15.0, ..Face::default() });
            cross(pen, p, 78.0, 44.0, 19.0);
        }
        Some(Hint::TooNear) => {
            face(pen, p, Face { radius: 38.0, ..Face::default() });
            for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
                arrow(pen, p, (50.0 + 46.0 * x, 50.0 + 46.0 * y), (50.0 + 31.0 * x, 50.0 + 31.0 * y));
            }
        }
        Some(Hint::TooFar) => {
            face(pen, p, Face { radius: 11.0, ..Face::default() });
            for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
                arrow(pen, p, (50.0 + 12.0 * x, 50.0 + 12.0 * y), (50.0 + 27.0 * x, 50.0 + 27.0 * y));
            }
        }
        _ => {
            face(pen, p, Face { x: 76.0, y: 62.0, radius: 20.0, ..Face::default() });
            arrow(pen, p, (54.0, 54.0), (34.0, 44.0));
        }
    }
}

/// A cross over something that is not wanted.
pub(super) fn cross(pen: &mut Pen<'_>, p: &Palette, x: f32, y: f32, radius: f32) {
    for (color, width) in [(p.surface, 9.0), (p.on_stop_soft, 5.0)] {
        pen.with(color, |pen| {
            pen.width = width;
            let r = radius * 0.7;
            pen.lines(&[(x - r, y - r), (x + r, y + r)]);
            pen.lines(&[(x + r, y - r), (x - r, y + r)]);
        });
    }
}

/// Heads that are turned; the patient sees themselves as in a mirror.
fn turn(hint: Option<Hint>, pen: &mut Pen<'_>, p: &Palette) {
    guide(pen, p);
    let straight = Face::default();
    match hint {
        Some(Hint::LookHere) => {
            face(pen, p, Face { turned: 0.5, ..straight });
            pen.with(p.accent, |pen| pen.dot(50.0, 11.0, 5.0));
            arrow(pen, p, (70.0, 30.0), (57.0, 17.0));
        }
        Some(Hint::Tilted) => {
            pen.moved(50.0, 50.0, 24.0, |pen| {
                pen.width = 3.2;
                face(pen, p, Face { x: 0.0, y: 0.0, ..straight });
            });
            pen.with(p.accent, |pen| {
                pen.width = 4.2;
                pen.arc(50.0, 50.0, 33.0, 268.0, 312.0);
                pen.lines(&[(55.0, 10.6), (48.6, 17.0), (55.6, 23.0)]);
            });
        }
        Some(Hint::TurnRight) => {
            face(pen, p, Face { turned: 0.42, ..straight });
            arrow(pen, p, (62.0, 85.0), (88.0, 85.0));
        }
        Some(Hint::TurnLeft) => {
            face(pen, p, Face { turned: -0.42, ..straight });
            arrow(pen, p, (38.0, 85.0), (12.0, 85.0));
        }
        _ => {
            face(pen, p, Face { turned: 0.2, ..straight });
            arrow(pen, p, (46.0, 85.0), (24.0, 85.0));
            arrow(pen, p, (54.0, 85.0), (76.0, 85.0));
        }
    }
}

/// A sun: a disc with rays.
pub(super) fn sun(pen: &mut Pen<'_>, p: &Palette, x: f32, y: f32, radius: f32) {
    pen.with(p.training, |pen| {
        pen.dot(x, y, radius);
        pen.width = 3.4;
        for ray in 0..8 {
            let angle = ray as f32 * std::f32::consts::FRAC_PI_4;
            let at = |far: f32| (x + far * radius * angle.cos(), y + far * radius * angle.sin());
            pen.lines(&[at(1.45), at(1.9)]);
        }
    });
    pen.width = 2.0;
    pen.ring(x, y, radius);
    pen.width = 3.2;
}

fn light(hint: Option<Hint>, pen: &mut Pen<'_>, p: &Palette) {
    match hint {
        Some(Hint::TooDark) => {
            pen.with(p.device, |pen| pen.block(4.0, 4.0, 92.0, 92.0, 14.0));
            pen.with(p.device_light, |pen| {
                face(pen, p, Face { y: 56.0, skin: Some(p.device), ..Face::default() });
            });
            sun(pen, p, 22.0, 22.0, 7.0);
            arrow_light(pen, p, (44.0, 40.0), (33.0, 29.0));
        }
        Some(Hint::TooBright) => {
            guide(pen, p);
            face(pen, p, Face { y: 56.0, ..Face::default() });
            sun(pen, p, 24.0, 22.0, 12.0);
        }
        _ => {
            sun(pen, p, 62.0, 36.0, 22.0);
            face(pen, p, Face { y: 60.0, skin: Some(p.device), mouth: false, eyes: false, ..Face::default() });
            pen.with(p.device_light, |pen| {
                pen.dot(42.0, 56.0, 2.6);
                pen.dot(58.0, 56.0, 2.6);
                pen.arc(50.0, 63.0, 9.0, 35.0, 145.0);
            });
        }
    }
}

/// An arrow that shows on something dark.
fn arrow_light(pen: &mut Pen<'_>, p: &Palette, from: (f32, f32), to: (f32, f32)) {
    let bright = Palette { accent: p.training, ..*p };
    arrow(pen, &bright, from, to);
}

fn cover(hint: Option<Hint>, pen: &mut Pen<'_>, p: &Palette) {
    guide(pen, p);
    let bare = Face { radius: 27.0, ..Face::default() };
    match hint {
        Some(Hint::Mask) => {
            face(pen, p, Face { mouth: false, ..bare });
            pen.with(p.device_light, |pen| pen.block(34.0, 52.0, 32.0, 19.0, 7.0));
            pen.frame(34.0, 52.0, 32.0, 19.0, 7.0);
            pen.lines(&[(34.0, 55.0), (24.5, 50.0)]);
            pen.lines(&[(66.0, 55.0), (75.5, 50.0)]);
            arrow(pen, p, (50.0, 60.0), (50.0, 89.0));
        }
        Some(Hint::BrowHidden) => {
            face(pen, p, bare);
            pen.with(p.device, |pen| {
                pen.segment(50.0, 42.0, 28.0, 180.0, 360.0);
                pen.width = 4.6;
                pen.lines(&[(14.0, 42.0), (74.0, 42.0)]);
            });
            arrow(pen, p, (84.0, 38.0), (84.0, 12.0));
        }
        Some(Hint::GlassesGlare) => {
            face(pen, p, Face { eyes: false, ..bare });
            for x in [38.0, 62.0] {
                pen.with(p.accent_soft, |pen| pen.dot(x, 45.0, 9.5));
                pen.ring(x, 45.0, 9.5);
                pen.with(p.on_care_soft, |pen| {
                    pen.lines(&[(x - 4.0, 47.5), (x + 2.5, 41.0)]);
                    pen.lines(&[(x - 0.5, 49.5), (x + 4.5, 44.5)]);
                });
            }
            pen.lines(&[(47.5, 44.0), (52.5, 44.0)]);
            pen.lines(&[(28.5, 43.0), (23.6, 41.0)]);
            pen.lines(&[(71.5, 43.0), (76.4, 41.0)]);
        }
        _ => {
            face(pen, p, Face { eyes: false, ..bare });
            for x in [40.0, 60.0] {
                pen.arc(x, 42.0, 6.0, 25.0, 155.0);
            }
            arrow(pen, p, (50.0, 30.0), (50.0, 8.0));
        }
    }
}
