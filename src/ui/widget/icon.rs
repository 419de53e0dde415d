//! The icons, drawn as lines on a 24-unit grid.

use iced::widget::canvas::{self, Canvas, Geometry};
use iced::{Color, Rectangle, Renderer, Theme, mouse};

use super::pen::{Pen, Sheet, bits};
use crate::ui::message::{Element, Message};

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Icon {
    Face,
    Keypad,
    Card,
    Check,
    Cross,
    Bell,
    Clock,
    Info,
    Care,
    Staff,
    Globe,
    TextSize,
    Contrast,
    Sound,
    Settings,
    Seated,
    Still,
    Erase,
    Leave,
    Phone,
    Paper,
    Speak,
    Pencil,
    Camera,
    Lock,
    Building,
    Network,
    Distance,
    Hair,
    Mask,
    Hat,
    Glasses,
    Visit,
    Medicine,
    Surgery,
    Checkup,
    Eye,
    EyeOff,
    Shuffle,
    Back,
    Before,
    After,
    People,
    Family,
    Carer,
    Person,
}

struct Drawing {
    icon: Icon,
    color: Color,
}

/// `icon` in a square of `size` pixels.
pub fn icon(icon: Icon, size: f32, color: Color) -> Element {
    Canvas::new(Drawing { icon, color }).width(size).height(size).into()
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
        sheet.draw((self.icon, bits(self.color)), renderer, bounds, |frame| {
            draw(self.icon, &mut Pen::centred(frame, 24.0, self.color));
        })
    }
}

fn draw(icon: Icon, pen: &mut Pen<'_>) {
    match icon {
        Icon::Face | Icon::Keypad | Icon::Card | Icon::Camera | Icon::Lock | Icon::Phone => thing(icon, pen),
        Icon::Check | Icon::Cross | Icon::Clock | Icon::Info | Icon::Care | Icon::Bell => sign(icon, pen),
        Icon::Globe | Icon::TextSize | Icon::Contrast | Icon::Erase | Icon::Leave => control(icon, pen),
        Icon::Sound | Icon::Settings | Icon::Seated | Icon::Still => setting(icon, pen),
        Icon::Distance | Icon::Hair | Icon::Mask | Icon::Hat | Icon::Glasses => hint(icon, pen),
        Icon::Visit | Icon::Medicine | Icon::Surgery | Icon::Checkup => record(icon, pen),
        Icon::Eye | Icon::EyeOff | Icon::Shuffle | Icon::Back | Icon::Before | Icon::After => key(icon, pen),
        Icon::People | Icon::Family | Icon::Carer | Icon::Person => people(icon, pen),
        Icon::Staff | Icon::Paper | Icon::Speak | Icon::Pencil | Icon::Building | Icon::Network => office(icon, pen),
    }
}

fn thing(icon: Icon, pen: &mut Pen<'_>) {
    match icon {
        Icon::Face => {
            for (x, y, sx, sy) in [(3.0, 3.0, 1.0, 1.0), (21.0, 3.0, -1.0, 1.0), (3.0, 21.0, 1.0, -1.0)]
                .into_iter()
                .chain([(21.0, 21.0, -1.0, -1.0)])
            {
                pen.lines(&[(x, y + 4.5 * sy), (x, y), (x + 4.5 * sx, y)]);
            }
            pen.dot(9.0, 10.0, 1.15);
            pen.dot(15.0, 10.0, 1.15);
            pen.arc(12.0, 11.5, 4.6, 35.0, 145.0);
        }
        Icon::Keypad => {
            for row in 0..4 {
                for column in 0..3 {
                    if row < 3 || column == 1 {
                        pen.dot(6.0 + 6.0 * column as f32, 4.0 + 5.4 * row as f32, 1.55);
                    }
                }
            }
        }
        Icon::Card => {
            pen.frame(2.5, 5.0, 19.0, 14.0, 2.2);
            pen.ring(7.7, 10.3, 1.7);
            pen.arc(7.7, 16.0, 2.9, 190.0, 350.0);
            pen.lines(&[(13.5, 10.0), (18.3, 10.0)]);
            pen.lines(&[(13.5, 14.0), (18.3, 14.0)]);
        }
        Icon::Camera => {
            pen.frame(2.5, 6.5, 19.0, 13.0, 2.2);
            pen.lines(&[(8.0, 6.3), (9.5, 4.0), (14.5, 4.0), (16.0, 6.3)]);
            pen.ring(12.0, 13.0, 3.7);
        }
        Icon::Lock => {
            pen.frame(4.5, 10.5, 15.0, 10.0, 2.0);
            pen.lines(&[(8.0, 10.5), (8.0, 7.0)]);
            pen.lines(&[(16.0, 10.5), (16.0, 7.0)]);
            pen.arc(12.0, 7.0, 4.0, 180.0, 360.0);
            pen.dot(12.0, 15.5, 1.4);
        }
        _ => {
            pen.frame(6.5, 2.5, 11.0, 19.0, 2.4);
            pen.lines(&[(10.8, 18.4), (13.2, 18.4)]);
        }
    }
}

fn sign(icon: Icon, pen: &mut Pen<'_>) {
    match icon {
        Icon::Check => {
            pen.width = 2.6;
            pen.lines(&[(4.5, 12.8), (9.8, 18.0), (19.5, 6.8)]);
        }
        Icon::Cross => {
            pen.width = 2.6;
            pen.lines(&[(6.0, 6.0), (18.0, 18.0)]);
            pen.lines(&[(18.0, 6.0), (6.0, 18.0)]);
        }
        Icon::Clock => {
            pen.ring(12.0, 12.0, 9.0);
            pen.lines(&[(12.0, 6.8), (12.0, 12.0), (15.8, 14.2)]);
        }
        Icon::Info => {
            pen.ring(12.0, 12.0, 9.0);
            pen.lines(&[(12.0, 11.2), (12.0, 16.6)]);
            pen.dot(12.0, 7.6, 1.3);
        }
        Icon::Care => {
            pen.lines(&[(12.0, 3.2), (21.8, 20.2), (2.2, 20.2), (12.0, 3.2)]);
            pen.lines(&[(12.0, 9.6), (12.0, 14.2)]);
            pen.dot(12.0, 17.2, 1.2);
        }
        _ => {
            pen.arc(12.0, 10.2, 6.0, 180.0, 360.0);
            pen.lines(&[(6.0, 10.2), (6.0, 14.6), (4.2, 17.6), (19.8, 17.6), (18.0, 14.6), (18.0, 10.2)]);
            pen.arc(12.0, 18.6, 2.3, 10.0, 170.0);
            pen.lines(&[(12.0, 2.6), (12.0, 4.0)]);
        }
    }
}

fn control(icon: Icon, pen: &mut Pen<'_>) {
    match icon {
        Icon::Globe => {
            pen.ring(12.0, 12.0, 9.0);
            pen.lines(&[(3.0, 12.0), (21.0, 12.0)]);
            pen.arc(4.2, 12.0, 11.9, -49.0, 49.0);
            pen.arc(19.8, 12.0, 11.9, 131.0, 229.0);
        }
        Icon::TextSize => {
            pen.width = 2.0;
            pen.lines(&[(9.4, 20.0), (15.4, 4.5), (21.4, 20.0)]);
            pen.lines(&[(11.6, 14.6), (19.2, 14.6)]);
            pen.lines(&[(2.4, 20.0), (5.4, 12.2), (8.4, 20.0)]);
            pen.lines(&[(3.4, 17.4), (7.4, 17.4)]);
        }
        Icon::Contrast => {
            pen.ring(12.0, 12.0, 9.0);
            pen.segment(12.0, 12.0, 9.0, 90.0, 270.0);
        }
        Icon::Erase => {
            pen.lines(&[(8.4, 5.0), (21.5, 5.0), (21.5, 19.0), (8.4, 19.0), (2.5, 12.0), (8.4, 5.0)]);
            pen.lines(&[(11.5, 9.0), (17.5, 15.0)]);
            pen.lines(&[(17.5, 9.0), (11.5, 15.0)]);
        }
        _ => {
            pen.lines(&[(10.0, 3.5), (4.0, 3.5), (4.0, 20.5), (10.0, 20.5)]);
            pen.lines(&[(9.5, 12.0), (21.0, 12.0)]);
            pen.lines(&[(16.6, 7.4), (21.2, 12.0), (16.6, 16.6)]);
        }
    }
}

fn setting(icon: Icon, pen: &mut Pen<'_>) {
    match icon {
        Icon::Sound => {
            pen.lines(&[(3.0, 9.4), (7.0, 9.4), (12.4, 4.8), (12.4, 19.2), (7.0, 14.6), (3.0, 14.6), (3.0, 9.4)]);
            pen.arc(12.0, 12.0, 4.6, -42.0, 42.0);
            pen.arc(12.0, 12.0, 8.6, -42.0, 42.0);
        }
        Icon::Settings => {
            for (y, x) in [(5.5, 15.5), (12.0, 8.0), (18.5, 13.0)] {
                pen.lines(&[(3.0, y), (21.0, y)]);
                pen.dot(x, y, 2.4);
            }
        }
        Icon::Seated => {
            pen.dot(9.0, 4.2, 2.2);
            pen.lines(&[(9.0, 8.0), (9.0, 14.0), (15.2, 14.0), (18.4, 19.6), (21.0, 18.6)]);
            pen.lines(&[(9.2, 10.4), (14.0, 10.4)]);
            pen.arc(10.4, 16.0, 5.4, 40.0, 215.0);
        }
        _ => {
            pen.ring(12.0, 12.0, 9.0);
            pen.width = 2.4;
            pen.lines(&[(9.4, 8.4), (9.4, 15.6)]);
            pen.lines(&[(14.6, 8.4), (14.6, 15.6)]);
        }
    }
}

fn key(icon: Icon, pen: &mut Pen<'_>) {
    match icon {
        Icon::Eye | Icon::EyeOff => {
            pen.arc(12.0, 18.0, 11.4, 210.0, 330.0);
            pen.arc(12.0, 6.0, 11.4, 30.0, 150.0);
            pen.ring(12.0, 12.0, 2.9);
            if icon == Icon::EyeOff {
                pen.lines(&[(4.0, 20.5), (20.0, 3.5)]);
            }
        }
        Icon::Shuffle => {
            pen.lines(&[(2.5, 7.0), (6.5, 7.0), (15.5, 17.0), (21.0, 17.0)]);
            pen.lines(&[(2.5, 17.0), (6.5, 17.0), (9.4, 13.8)]);
            pen.lines(&[(12.6, 10.2), (15.5, 7.0), (21.0, 7.0)]);
            for y in [7.0, 17.0] {
                pen.lines(&[(18.2, y - 3.0), (21.4, y), (18.2, y + 3.0)]);
            }
        }
        Icon::Back => {
            pen.lines(&[(8.6, 3.5), (3.2, 8.9), (8.6, 14.3)]);
            pen.lines(&[(3.6, 8.9), (14.6, 8.9)]);
            pen.arc(14.6, 14.5, 5.6, -90.0, 90.0);
            pen.lines(&[(14.6, 20.1), (8.0, 20.1)]);
        }
        Icon::Before => pen.lines(&[(15.5, 4.5), (8.0, 12.0), (15.5, 19.5)]),
        _ => pen.lines(&[(8.5, 4.5), (16.0, 12.0), (8.5, 19.5)]),
    }
}

fn person(pen: &mut Pen<'_>, x: f32, y: f32, size: f32) {
    pen.ring(x, y, 3.4 * size);
    pen.arc(x, y + 12.4 * size, 7.2 * size, 202.0, 338.0);
}

fn people(icon: Icon, pen: &mut Pen<'_>) {
    match icon {
        Icon::Person => person(pen, 12.0, 7.6, 1.2),
        Icon::People => {
            person(pen, 8.2, 8.4, 1.0);
            person(pen, 17.8, 10.6, 0.72);
        }
        Icon::Family => {
            person(pen, 6.6, 7.0, 0.88);
            person(pen, 17.4, 7.0, 0.88);
            person(pen, 12.0, 14.4, 0.62);
        }
        _ => {
            // Somebody stands behind a wheelchair and pushes it.
            pen.ring(5.4, 5.0, 2.4);
            pen.lines(&[(5.4, 8.2), (5.4, 14.0), (3.4, 20.6)]);
            pen.lines(&[(5.4, 14.0), (7.8, 20.6)]);
            pen.lines(&[(5.4, 9.8), (10.6, 12.0)]);
            pen.ring(14.2, 8.2, 2.1);
            pen.lines(&[(12.4, 11.2), (12.4, 15.4), (17.8, 15.4), (19.6, 20.4)]);
            pen.ring(13.6, 18.2, 2.7);
        }
    }
}

fn head(pen: &mut Pen<'_>, eyes: bool) {
    pen.ring(12.0, 12.6, 8.2);
    if eyes {
        pen.dot(9.0, 11.4, 1.1);
        pen.dot(15.0, 11.4, 1.1);
    }
}

fn hint(icon: Icon, pen: &mut Pen<'_>) {
    match icon {
        Icon::Distance => {
            pen.ring(6.4, 9.0, 3.6);
            pen.arc(6.4, 20.6, 5.0, 200.0, 340.0);
            pen.lines(&[(13.0, 12.0), (21.4, 12.0)]);
            pen.lines(&[(15.8, 9.0), (12.8, 12.0), (15.8, 15.0)]);
            pen.lines(&[(18.6, 9.0), (21.6, 12.0), (18.6, 15.0)]);
        }
        Icon::Hair => {
            head(pen, true);
            pen.arc(12.0, 16.0, 3.4, 35.0, 145.0);
            pen.lines(&[(4.4, 9.6), (8.6, 7.6), (10.6, 5.4)]);
            pen.lines(&[(19.6, 9.6), (15.4, 7.6), (13.4, 5.4)]);
        }
        Icon::Mask => {
            head(pen, true);
            pen.block(7.4, 13.8, 9.2, 5.4, 2.2);
            pen.lines(&[(7.4, 14.8), (4.2, 13.0)]);
            pen.lines(&[(16.6, 14.8), (19.8, 13.0)]);
        }
        Icon::Hat => {
            head(pen, true);
            pen.arc(12.0, 16.0, 3.0, 35.0, 145.0);
            pen.segment(12.0, 9.0, 8.6, 180.0, 360.0);
            pen.lines(&[(1.8, 9.0), (22.2, 9.0)]);
        }
        _ => {
            head(pen, false);
            pen.ring(8.6, 11.6, 2.7);
            pen.ring(15.4, 11.6, 2.7);
            pen.lines(&[(11.3, 11.4), (12.7, 11.4)]);
            pen.arc(12.0, 15.0, 3.0, 40.0, 140.0);
        }
    }
}

fn record(icon: Icon, pen: &mut Pen<'_>) {
    match icon {
        Icon::Visit => {
            pen.lines(&[(6.0, 3.5), (6.0, 9.0)]);
            pen.lines(&[(14.0, 3.5), (14.0, 9.0)]);
            pen.arc(10.0, 9.0, 4.0, 0.0, 180.0);
            pen.lines(&[(10.0, 13.0), (10.0, 15.5)]);
            pen.arc(14.2, 15.5, 4.2, 20.0, 180.0);
            pen.ring(18.6, 14.6, 2.1);
        }
        Icon::Medicine => {
            pen.moved(12.0, 12.0, -45.0, |pen| {
                pen.frame(-9.5, -4.2, 19.0, 8.4, 4.2);
                pen.lines(&[(0.0, -4.2), (0.0, 4.2)]);
            });
        }
        Icon::Surgery => {
            pen.frame(4.0, 3.0, 16.0, 18.0, 2.4);
            pen.lines(&[(12.0, 8.0), (12.0, 16.0)]);
            pen.lines(&[(8.0, 12.0), (16.0, 12.0)]);
        }
        _ => {
            pen.lines(&[(2.0, 13.0), (7.0, 13.0), (9.6, 6.0), (13.6, 19.0), (16.2, 13.0), (22.0, 13.0)]);
        }
    }
}

fn office(icon: Icon, pen: &mut Pen<'_>) {
    match icon {
        Icon::Staff => {
            pen.ring(12.0, 7.4, 4.2);
            pen.arc(12.0, 22.5, 8.6, 200.0, 340.0);
            pen.lines(&[(12.0, 14.6), (12.0, 19.6)]);
            pen.lines(&[(9.5, 17.1), (14.5, 17.1)]);
        }
        Icon::Paper => {
            pen.lines(&[(14.0, 3.0), (5.0, 3.0), (5.0, 21.0), (19.0, 21.0), (19.0, 8.0), (14.0, 3.0)]);
            pen.lines(&[(8.6, 12.0), (15.4, 12.0)]);
            pen.lines(&[(8.6, 16.4), (15.4, 16.4)]);
        }
        Icon::Speak => {
            pen.lines(&[(3.0, 4.5), (21.0, 4.5), (21.0, 16.5), (11.0, 16.5), (6.5, 20.8), (6.5, 16.5), (3.0, 16.5)]);
            pen.lines(&[(3.0, 16.5), (3.0, 4.5)]);
            pen.lines(&[(7.5, 9.0), (16.5, 9.0)]);
            pen.lines(&[(7.5, 12.6), (13.5, 12.6)]);
        }
        Icon::Pencil => {
            pen.lines(&[(4.0, 20.0), (5.2, 15.4), (16.6, 4.0), (20.0, 7.4), (8.6, 18.8), (4.0, 20.0)]);
            pen.lines(&[(14.0, 6.6), (17.4, 10.0)]);
        }
        Icon::Building => {
            pen.lines(&[(2.5, 9.0), (12.0, 3.5), (21.5, 9.0), (2.5, 9.0)]);
            for x in [6.0, 10.0, 14.0, 18.0] {
                pen.lines(&[(x, 11.5), (x, 17.5)]);
            }
            pen.lines(&[(3.0, 20.2), (21.0, 20.2)]);
        }
        _ => {
            pen.arc(12.0, 18.0, 13.0, 225.0, 315.0);
            pen.arc(12.0, 18.0, 8.0, 225.0, 315.0);
            pen.dot(12.0, 18.0, 1.9);
        }
    }
}
