//! The camera's picture in an oval frame: mirrored by whoever made the handle, never kept here.

use iced::widget::canvas::{self, Canvas, Fill, Frame, Geometry, Path, Stroke, fill};
use iced::widget::{container, image, stack};
use iced::{Color, ContentFit, Length, Point, Radians, Rectangle, Renderer, Size, Theme, Vector, mouse};

use super::icon::{Icon, icon};
use super::pen::{Sheet, bits};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};

struct Oval {
    around: Color,
    line: Color,
    width: f32,
}

/// The preview, `width` × `height` pixels; a face icon until the first picture is there.
pub fn preview(picture: Option<image::Handle>, width: f32, height: f32, good: bool, look: Look) -> Element {
    let p = look.palette();
    let inside: Element = match picture {
        // A pixel or two of room: the edge of a scaled picture would show beside the mask.
        Some(handle) => {
            let picture = image(handle).content_fit(ContentFit::Fill).width(Length::Fill).height(Length::Fill);
            container(picture).padding(2.0).into()
        }
        None => container(icon(Icon::Face, height * 0.3, p.on_accent_soft))
            .center(Length::Fill)
            .style(move |_| container::Style { background: Some(p.accent_soft.into()), ..container::Style::default() })
            .into(),
    };
    let line = if good { p.on_good_soft } else { p.accent };
    let mask = Canvas::new(Oval { around: p.page, line, width: look.mm(if good { 2.4 } else { 1.6 }) })
        .width(Length::Fill)
        .height(Length::Fill);
    container(stack![inside, mask]).width(width).height(height).clip(true).into()
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
        let shown = (bits(self.around), bits(self.line), self.width.to_bits());
        sheet.draw(shown, renderer, bounds, |frame| self.paint(frame))
    }
}

impl Oval {
    fn paint(&self, frame: &mut Frame) {
        let (width, height) = (frame.width(), frame.height());
        let oval = canvas::path::arc::Elliptical {
            center: frame.center(),
            radii: Vector::new(width / 2.0 - self.width, height / 2.0 - self.width),
            rotation: Radians(0.0),
            start_angle: Radians(0.0),
            end_angle: Radians(std::f32::consts::TAU),
        };
        let outside = Path::new(|builder| {
            // One pixel over each edge: a half-covered pixel would let the picture shine through.
            builder.rectangle(Point::new(-1.0, -1.0), Size::new(width + 2.0, height + 2.0));
            builder.ellipse(oval);
            builder.close();
        });
        frame.fill(&outside, Fill { style: self.around.into(), rule: fill::Rule::EvenOdd });
        let line = Path::new(|builder| {
            builder.ellipse(oval);
            builder.close();
        });
        frame.stroke(&line, Stroke::default().with_color(self.line).with_width(self.width));
    }
}
