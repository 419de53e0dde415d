//! The camera's picture in an oval frame: mirrored by whoever made the handle, never kept here.

use std::f32::consts::{FRAC_PI_2, TAU};

use iced::widget::canvas::{self, Canvas, Fill, Frame, Geometry, LineCap, Path, Stroke, fill};
use iced::widget::{container, image, stack};
use iced::{Color, ContentFit, Length, Point, Radians, Rectangle, Renderer, Size, Theme, Vector, mouse};

use super::icon::{Icon, icon};
use super::pen::{Sheet, bits};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};

/// Width of the ring round the picture, in mm.
const RING_MM: f32 = 2.8;

struct Oval {
    around: Color,
    line: Color,
    track: Color,
    width: f32,
    progress: u8,
}

/// The preview, `width` × `height` pixels; a face icon until the first picture is there. The ring round it is filled
/// clockwise from the top by `progress` percent.
pub fn preview(
    picture: Option<image::Handle>,
    width: f32,
    height: f32,
    progress: u8,
    good: bool,
    look: Look,
) -> Element {
    let p = look.palette();
    let inside: Element = match picture {
        // A pixel or two of room: the edge of a scaled picture would show beside the mask.
        Some(handle) => {
            let picture = image(handle).content_fit(ContentFit::Fill).width(Length::Fill).height(Length::Fill);
            container(picture).padding(2.0).into()
        }
        None => waiting(Icon::Face, height, look),
    };
    let line = if good { p.on_good_soft } else { p.accent };
    let mask = Canvas::new(Oval { around: p.page, line, track: p.line, width: look.mm(RING_MM), progress })
        .width(Length::Fill)
        .height(Length::Fill);
    container(stack![inside, mask]).width(width).height(height).clip(true).into()
}

/// What stands in a preview of that height until the first picture is there.
pub fn waiting(what: Icon, height: f32, look: Look) -> Element {
    let p = look.palette();
    let style =
        move |_: &Theme| container::Style { background: Some(p.accent_soft.into()), ..container::Style::default() };
    container(icon(what, height * 0.3, p.on_accent_soft)).center(Length::Fill).style(style).into()
}

impl canvas::Program<Message> for Oval {
    type State = Sheet;

    fn draw(
        &self,
        sheet: &Sheet,
        renderer: &Renderer,
        _: &Theme,
        bounds: Rectangle,
        _: mouse::Cursor,
    ) -> Vec<Geometry> {
        let shown = (bits(self.around), bits(self.line), bits(self.track), self.width.to_bits(), self.progress);
        sheet.draw(shown, renderer, bounds, |frame| self.paint(frame))
    }
}

impl Oval {
    fn paint(&self, frame: &mut Frame) {
        let (width, height) = (frame.width(), frame.height());
        let oval = |turn: f32| canvas::path::arc::Elliptical {
            center: frame.center(),
            radii: Vector::new(width / 2.0 - self.width, height / 2.0 - self.width),
            rotation: Radians(0.0),
            start_angle: Radians(-FRAC_PI_2),
            end_angle: Radians(TAU * turn - FRAC_PI_2),
        };
        let (whole, part) = (oval(1.0), oval(f32::from(self.progress.min(100)) / 100.0));
        let outside = Path::new(|builder| {
            // One pixel over each edge: a half-covered pixel would let the picture shine through.
            builder.rectangle(Point::new(-1.0, -1.0), Size::new(width + 2.0, height + 2.0));
            builder.ellipse(whole);
            builder.close();
        });
        frame.fill(&outside, Fill { style: self.around.into(), rule: fill::Rule::EvenOdd });
        let ring = |oval| Path::new(|builder| builder.ellipse(oval));
        // A pale ring with a thin guide all the way, and a strong line as far as the attempt has come.
        frame.stroke(&ring(whole), Stroke::default().with_color(self.track).with_width(self.width));
        frame.stroke(&ring(whole), Stroke::default().with_color(self.line).with_width(self.width * 0.3));
        if self.progress > 0 {
            let strong = Stroke::default().with_line_cap(LineCap::Round);
            frame.stroke(&ring(part), strong.with_color(self.line).with_width(self.width));
        }
    }
}
