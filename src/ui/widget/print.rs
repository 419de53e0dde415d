//! What is printed on the card, as it is there: black on white, like a piece cut out of it.

use iced::widget::image::Handle;
use iced::widget::{container, image};
use iced::{Color, ContentFit, Padding, border};

use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::metrics::Role;

/// `picture` as high as a title, or as wide as there is room.
pub fn print(picture: Handle, look: Look) -> Element {
    let (across, down) = match &picture {
        Handle::Rgba { width, height, .. } => (*width as f32, *height as f32),
        Handle::Path(..) | Handle::Bytes(..) => (1.0, 1.0),
    };
    let widest = look.space(150.0, 82.0);
    let height = (look.text_size(Role::Title) * 1.3).min(widest * down / across.max(1.0)).round();
    let width = (height * across / down.max(1.0)).round();
    let p = look.palette();
    container(image(picture).content_fit(ContentFit::Fill).width(width).height(height))
        .padding(Padding::from([look.mm(2.0), look.mm(4.0)]))
        .style(move |_| container::Style {
            background: Some(Color::WHITE.into()),
            border: border::rounded(look.mm(2.0)).color(p.line).width(1.0),
            ..container::Style::default()
        })
        .into()
}
