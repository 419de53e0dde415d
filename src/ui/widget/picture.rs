//! The drawn pictures: a card being laid on the reader, a card being taken, where the numbers are printed, waiting.

use iced::widget::canvas::{self, Canvas, Frame, Geometry};
use iced::{Color, Rectangle, Renderer, Theme, mouse};

use super::card_picture::{Mistake, mistake};
use super::hint_picture::hint;
use super::pen::{Pen, Sheet, bits};
use super::print_picture::print;
use crate::domain::code_b::{Part, PrintHint};
use crate::domain::face::Hint;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::theme::Palette;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Picture {
    /// The card without cover, portrait side up, onto the reader.
    PlaceCard,
    /// The card away from the reader.
    TakeCard,
    /// The reader's own keypad, with the card on the reader.
    ReaderKeys,
    /// The card front with that part of code B marked where it is printed.
    CodeB(Part),
    /// What would help the camera, or a face in its place.
    Hint(Option<Hint>),
    /// What would help while the card is shown.
    Print(Option<PrintHint>),
    /// What must not lie on the reader.
    Mistake(Mistake),
    /// Something is going on.
    Waiting,
}

struct Drawing {
    picture: Picture,
    palette: Palette,
    phase: Option<f32>,
}

/// `picture` in a square of `size` pixels.
pub fn picture(picture: Picture, size: f32, look: Look) -> Element {
    let height = if matches!(picture, Picture::CodeB(_)) { (size * 0.66).round() } else { size };
    Canvas::new(Drawing { picture, palette: look.palette(), phase: look.phase }).width(size).height(height).into()
}

impl canvas::Program<Message> for Drawing {
    type State = Sheet;

    fn draw(
        &self,
        sheet: &Sheet,
        renderer: &Renderer,
        _: &Theme,
        bounds: Rectangle,
        _: mouse::Cursor,
    ) -> Vec<Geometry> {
        let colours = (bits(self.palette.accent), bits(self.palette.page));
        let shown = (self.picture, colours, self.phase.map(f32::to_bits));
        sheet.draw(shown, renderer, bounds, |frame| self.paint(frame))
    }
}

impl Drawing {
    fn paint(&self, frame: &mut Frame) {
        let units = if matches!(self.picture, Picture::CodeB(_)) { 66.0 } else { 100.0 };
        let mut pen = Pen::centred(frame, units, self.palette.ink);
        match self.picture {
            Picture::PlaceCard => reader(&mut pen, &self.palette, Way::On, self.phase.unwrap_or(0.35)),
            Picture::TakeCard => reader(&mut pen, &self.palette, Way::Off, self.phase.unwrap_or(0.75)),
            Picture::ReaderKeys => reader_keys(&mut pen, &self.palette),
            Picture::CodeB(part) => pen.moved(33.0, 33.0, 0.0, |pen| {
                card(pen, &self.palette, CODE_CARD);
                mark(pen, &self.palette, part);
            }),
            Picture::Hint(which) => hint(which, &mut pen, &self.palette),
            Picture::Print(which) => print(which, &mut pen, &self.palette),
            Picture::Mistake(which) => mistake(which, &mut pen, &self.palette),
            Picture::Waiting => waiting(&mut pen, &self.palette, self.phase),
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    On,
    Off,
}

/// Slow, then fast, then slow.
fn ease(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// The reader from above with the card over it and an arrow that says which way it goes.
fn reader(pen: &mut Pen<'_>, p: &Palette, way: Way, phase: f32) {
    // One round: rest, move, rest.
    let travel = ease((phase - 0.25) / 0.5);
    let lift = match way {
        Way::On => 26.0 * (1.0 - travel),
        Way::Off => 26.0 * travel,
    };
    pen.with(p.device, |pen| pen.block(22.0, 40.0, 56.0, 56.0, 7.0));
    pen.with(p.device_light, |pen| {
        pen.width = 0.7;
        pen.frame(32.5, 46.0, 35.0, 46.0, 3.0);
    });
    let (tip, tail) = if way == Way::On { (58.0, 34.0) } else { (34.0, 58.0) };
    pen.moved(50.0, 69.0 - lift, 90.0, |pen| card(pen, p, 43.0));
    pen.with(p.accent, |pen| {
        pen.width = 2.6;
        for x in [11.0, 89.0] {
            pen.lines(&[(x, tail), (x, tip)]);
            let back = if way == Way::On { -5.0 } else { 5.0 };
            pen.lines(&[(x - 5.0, tip + back), (x, tip), (x + 5.0, tip + back)]);
        }
    });
}

/// The reader from above with the card on it, its keys below, two of which are pressed.
fn reader_keys(pen: &mut Pen<'_>, p: &Palette) {
    pen.with(p.device, |pen| pen.block(20.0, 4.0, 60.0, 92.0, 7.0));
    pen.moved(50.0, 26.0, 0.0, |pen| card(pen, p, 46.0));
    for (n, (row, column)) in (0..4).flat_map(|row| (0..3).map(move |column| (row, column))).enumerate() {
        let (x, y) = (29.0 + 15.0 * column as f32, 47.0 + 11.6 * row as f32);
        let pressed = matches!(n, 1 | 11);
        pen.with(if pressed { p.accent } else { p.device_light }, |pen| pen.block(x, y, 12.0, 8.6, 2.0));
    }
}

/// The front of the card, lying, centred on the origin; `w` grid units long.
pub(super) fn card(pen: &mut Pen<'_>, p: &Palette, w: f32) {
    let (h, u) = (w * 0.63, w / 43.0);
    let (left, top) = (-w / 2.0, -h / 2.0);
    let white = Color::from_rgb8(0xFF, 0xFF, 0xFF);
    let tint = Color::from_rgb8(0xE9, 0xF1, 0xE4);
    let print = Color::from_rgb8(0x4A, 0x5B, 0x66);
    let pale = Color::from_rgb8(0xC4, 0xCF, 0xD4);
    pen.with(p.device, |pen| pen.block(left - 0.6 * u, top - 0.6 * u, w + 1.2 * u, h + 1.2 * u, 2.8 * u));
    pen.with(white, |pen| pen.block(left, top, w, h, 2.3 * u));
    pen.with(tint, |pen| pen.block(left + 1.2 * u, top + 1.2 * u, w - 2.4 * u, h - 2.4 * u, 1.6 * u));
    // Portrait.
    pen.with(white, |pen| pen.block(left + 3.4 * u, top + 7.6 * u, 10.6 * u, 13.6 * u, 0.8 * u));
    pen.with(print, |pen| {
        pen.dot(left + 8.7 * u, top + 12.4 * u, 2.5 * u);
        pen.segment(left + 8.7 * u, top + 21.0 * u, 4.5 * u, 180.0, 360.0);
        pen.width = 1.1 * u;
        pen.lines(&[(left + 4.0 * u, top + 4.6 * u), (left + 20.0 * u, top + 4.6 * u)]);
    });
    pen.with(pale, |pen| {
        pen.width = 1.0 * u;
        for (y, x) in [(8.6, 37.0), (11.6, 33.0), (15.4, 27.0), (18.4, 24.0)] {
            pen.lines(&[(left + 17.0 * u, top + y * u), (left + x * u, top + y * u)]);
        }
    });
    pen.with(Color::from_rgb8(0xE7, 0x9A, 0xB0), |pen| {
        pen.dot(left + 37.0 * u, top + 19.4 * u, 2.9 * u);
        pen.width = 1.5 * u;
        pen.lines(&[(left + 35.7 * u, top + 16.6 * u), (left + 35.2 * u, top + 13.6 * u)]);
        pen.lines(&[(left + 38.3 * u, top + 16.6 * u), (left + 38.8 * u, top + 13.6 * u)]);
    });
}

/// Length of the card that shows where code B is printed, in grid units.
const CODE_CARD: f32 = 92.0;

/// A frame where that part of code B is printed, and its characters large enough to be recognised.
fn mark(pen: &mut Pen<'_>, p: &Palette, part: Part) {
    let u = CODE_CARD / 43.0;
    let (x, y, w) = match part {
        Part::Birth => (-5.2, 1.0, 15.0),
        Part::Expiry => (-5.2, 6.4, 15.0),
        Part::Security => (-19.6, 10.4, 13.0),
    };
    pen.with(Color::WHITE, |pen| pen.block(x * u, (y - 2.3) * u, w * u, 4.6 * u, 1.3 * u));
    pen.with(p.device, |pen| digits_of(pen, part, (x + 1.5) * u, y * u, (w - 3.0) * u));
    pen.with(p.accent, |pen| {
        pen.width = 1.1 * u;
        pen.frame(x * u, (y - 2.3) * u, w * u, 4.6 * u, 1.3 * u);
    });
}

/// Short strokes in the places of the printed digits.
fn digits_of(pen: &mut Pen<'_>, part: Part, x: f32, y: f32, width: f32) {
    let groups: &[usize] = match part {
        Part::Birth => &[2, 2, 2],
        Part::Expiry | Part::Security => &[4],
    };
    let places = groups.iter().sum::<usize>() + groups.len() - 1;
    let pitch = width / places as f32;
    let mut at = x;
    pen.width = pitch * 0.42;
    for group in groups {
        for _ in 0..*group {
            pen.lines(&[(at + pitch / 2.0, y - pitch * 0.32), (at + pitch / 2.0, y + pitch * 0.32)]);
            at += pitch;
        }
        at += pitch;
    }
}

/// Dots on a ring; the darkest one walks round.
fn waiting(pen: &mut Pen<'_>, p: &Palette, phase: Option<f32>) {
    const DOTS: usize = 12;
    let at = phase.unwrap_or(0.0) * DOTS as f32;
    for i in 0..DOTS {
        let angle = (i as f32 / DOTS as f32) * std::f32::consts::TAU - std::f32::consts::FRAC_PI_2;
        let behind = (at - i as f32).rem_euclid(DOTS as f32) / DOTS as f32;
        let alpha = 1.0 - 0.85 * behind;
        pen.with(p.accent.scale_alpha(alpha), |pen| {
            pen.dot(50.0 + 36.0 * angle.cos(), 50.0 + 36.0 * angle.sin(), 6.2);
        });
    }
}
