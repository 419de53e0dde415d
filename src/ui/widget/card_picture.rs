//! Drawn pictures of what must not lie on the reader, crossed out, and of what to do about it.

use super::hint_picture::cross;
use super::pen::Pen;
use super::picture::card;
use crate::ui::theme::Palette;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mistake {
    /// The card in a cover.
    Cover,
    /// The back of the card upwards.
    Back,
    /// Two cards at once.
    TwoCards,
    /// A card of another kind.
    OtherCard,
    /// A phone.
    Phone,
    /// A card that does not lie still.
    Moved,
}

/// Draws `mistake` with a cross beside it on a grid of 100 units.
pub(super) fn mistake(mistake: Mistake, pen: &mut Pen<'_>, p: &Palette) {
    draw(mistake, pen, p);
    cross(pen, p, 81.0, 81.0, 18.0);
}

fn draw(mistake: Mistake, pen: &mut Pen<'_>, p: &Palette) {
    match mistake {
        Mistake::Cover => {
            pen.moved(50.0, 46.0, 0.0, |pen| card(pen, p, 66.0));
            pen.with(p.device_light.scale_alpha(0.55), |pen| pen.block(6.0, 18.0, 88.0, 60.0, 6.0));
            pen.with(p.device, |pen| {
                pen.width = 2.4;
                pen.frame(6.0, 18.0, 88.0, 60.0, 6.0);
                pen.lines(&[(6.0, 27.0), (94.0, 27.0)]);
            });
        }
        Mistake::Back => back(pen, p),
        Mistake::TwoCards => {
            pen.moved(43.0, 36.0, -12.0, |pen| card(pen, p, 68.0));
            pen.moved(56.0, 58.0, 8.0, |pen| card(pen, p, 68.0));
        }
        Mistake::OtherCard => {
            pen.with(p.device, |pen| pen.block(8.0, 22.0, 84.0, 54.0, 6.0));
            pen.with(p.device_light, |pen| {
                pen.block(17.0, 38.0, 15.0, 12.0, 2.4);
                pen.width = 3.0;
                pen.lines(&[(17.0, 62.0), (52.0, 62.0)]);
                pen.lines(&[(17.0, 69.0), (40.0, 69.0)]);
                for radius in [8.0, 14.0, 20.0] {
                    pen.arc(62.0, 44.0, radius, -40.0, 40.0);
                }
            });
        }
        Mistake::Phone => {
            pen.with(p.device, |pen| pen.block(28.0, 6.0, 44.0, 86.0, 7.0));
            pen.with(p.accent_soft, |pen| pen.block(32.0, 14.0, 36.0, 68.0, 2.0));
            pen.with(p.device_light, |pen| {
                pen.width = 2.4;
                pen.lines(&[(45.0, 10.0), (55.0, 10.0)]);
                pen.lines(&[(44.0, 87.0), (56.0, 87.0)]);
            });
        }
        Mistake::Moved => {
            pen.moved(50.0, 50.0, 10.0, |pen| card(pen, p, 66.0));
            pen.with(p.accent, |pen| {
                pen.width = 3.4;
                for (side, tip) in [(-1.0, 4.0), (1.0, 96.0)] {
                    pen.lines(&[(tip - side * 10.0, 17.0), (tip, 17.0)]);
                    pen.lines(&[(tip - side * 6.0, 11.0), (tip, 17.0), (tip - side * 6.0, 23.0)]);
                }
                pen.lines(&[(14.0, 17.0), (86.0, 17.0)]);
            });
        }
    }
}

/// The back of a card: bars of print, a code, no portrait.
fn back(pen: &mut Pen<'_>, p: &Palette) {
    pen.with(p.device, |pen| pen.block(9.0, 21.0, 82.0, 52.0, 6.0));
    pen.with(p.surface, |pen| pen.block(11.0, 23.0, 78.0, 48.0, 4.6));
    pen.with(p.device_light, |pen| {
        pen.width = 3.0;
        for (y, x) in [(32.0, 62.0), (40.0, 54.0), (60.0, 46.0)] {
            pen.lines(&[(18.0, y), (x, y)]);
        }
    });
    pen.with(p.device, |pen| {
        for (row, cells) in [0b1101_u8, 0b1010, 0b0111, 0b1011].into_iter().enumerate() {
            for column in 0..4_u8 {
                if cells & (1 << column) != 0 {
                    pen.block(66.0 + 4.2 * f32::from(column), 47.0 + 4.2 * row as f32, 4.0, 4.0, 0.4);
                }
            }
        }
    });
}
