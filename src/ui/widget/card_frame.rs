//! The camera's picture with a frame of the card's shape: mirrored by whoever made the handle, never kept here.

use iced::widget::canvas::{self, Canvas, Frame, Geometry, LineCap, LineJoin, Path, Stroke};
use iced::widget::{container, image, stack};
use iced::{Color, ContentFit, Length, Point, Rectangle, Renderer, Theme, mouse};

use super::camera::waiting;
use super::icon::Icon;
use super::pen::{Sheet, bits};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};

/// A card is 85.6 mm wide and 54 mm high; in the frame it has this part of the picture's width.
const SHAPE: f32 = 85.6 / 54.0;
const PART: f32 = 0.88;
/// Each corner of the frame is drawn along this part of the card's height.
const CORNER: f32 = 0.24;
const LINE_MM: f32 = 1.6;

struct Corners {
    line: Color,
    under: Color,
    width: f32,
}

/// The preview, `width` × `height` pixels; a card icon until the first picture is there.
pub fn preview(picture: Option<image::Handle>, width: f32, height: f32, good: bool, look: Look) -> Element {
    let p = look.palette();
    let inside: Element = match picture {
        Some(handle) => image(handle).content_fit(ContentFit::Fill).width(Length::Fill).height(Length::Fill).into(),
        None => waiting(Icon::Card, height, look),
    };
    let line = if good { p.on_good_soft } else { p.accent };
    let frame = Canvas::new(Corners { line, under: p.page, width: look.mm(LINE_MM) });
    let frame = frame.width(Length::Fill).height(Length::Fill);
    container(stack![inside, frame]).width(width).height(height).clip(true).into()
}

impl canvas::Program<Message> for Corners {
    type State = Sheet;

    fn draw(
        &self,
        sheet: &Sheet,
        renderer: &Renderer,
        _: &Theme,
        bounds: Rectangle,
        _: mouse::Cursor,
    ) -> Vec<Geometry> {
        let shown = (bits(self.line), bits(self.under), self.width.to_bits());
        sheet.draw(shown, renderer, bounds, |frame| self.paint(frame))
    }
}

impl Corners {
    fn paint(&self, frame: &mut Frame) {
        let (middle, half) = (frame.center(), frame.width() * PART / 2.0);
        let (along, down) = (half, half / SHAPE);
        let length = down * 2.0 * CORNER;
        let corners = Path::new(|path| {
            for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                let corner = Point::new(middle.x + x * along, middle.y + y * down);
                path.move_to(Point::new(corner.x, corner.y - y * length));
                path.line_to(corner);
                path.line_to(Point::new(corner.x - x * length, corner.y));
            }
        });
        // A pale line below the strong one shows it on any picture.
        for (color, width) in [(self.under, self.width * 1.9), (self.line, self.width)] {
            let stroke = Stroke::default().with_color(color).with_width(width);
            frame.stroke(&corners, stroke.with_line_cap(LineCap::Round).with_line_join(LineJoin::Round));
        }
    }
}
