//! Long text without scrolling: as many pages as the room there is asks for, no block broken over two of them.

use iced::advanced::layout;
use iced::advanced::widget::{Id, Operation, Tree};
use iced::widget::{Space, column};
use iced::{Length, Rectangle, Size};

use super::fit::{FACTORS, Report};
use super::wrapped::{Wrap, Wrapped};
use crate::ui::look::Look;
use crate::ui::message::Element;

/// Draws what stands above or below the text on one page: page from 0, and how many there are.
type Edge = Box<dyn Fn(Look, usize, usize) -> Element>;
/// Draws one block.
type Block = Box<dyn Fn(Look) -> Element>;

/// See the module.
pub struct Pages {
    blocks: Vec<Block>,
    head: Edge,
    foot: Edge,
    page: usize,
    look: Look,
    content: Element,
    report: Report,
}

/// The page `page` (the last one when there are not so many) of `blocks`, between `head` and `foot`.
pub fn pages(
    look: Look,
    page: u16,
    blocks: Vec<Block>,
    head: impl Fn(Look, usize, usize) -> Element + 'static,
    foot: impl Fn(Look, usize, usize) -> Element + 'static,
) -> Element {
    let report = Report { wanted: look.factor, factor: look.factor, overflow: 0.0 };
    let (head, foot, content) = (Box::new(head), Box::new(foot), iced::widget::space().into());
    Element::new(Wrapped(Pages { blocks, head, foot, page: page.into(), look, content, report }))
}

/// Heights put onto pages in order: the first block of each page.
fn cut(heights: &[f32], gap: f32, room: f32) -> Vec<usize> {
    let (mut starts, mut filled) = (Vec::new(), f32::INFINITY);
    for (at, height) in heights.iter().enumerate() {
        let with_this = filled + gap + height;
        filled = if with_this <= room {
            with_this
        } else {
            starts.push(at);
            *height
        };
    }
    starts
}

impl Pages {
    fn gap(look: Look) -> f32 {
        look.space(5.0, 3.0)
    }

    /// Height of an element in a room of that width.
    fn measure(mut element: Element, renderer: &iced::Renderer, width: f32) -> f32 {
        let mut tree = Tree::new(&element);
        let endless = layout::Limits::new(Size::ZERO, Size::new(width, f32::INFINITY));
        element.as_widget_mut().layout(&mut tree, renderer, &endless).size().height
    }

    /// The content for that room at that factor, and by how much its highest block sticks out.
    fn build(&self, look: Look, renderer: &iced::Renderer, room: Size) -> (Element, f32) {
        let (gap, many) = (Self::gap(look), self.blocks.len().max(1));
        let edges = Self::measure((self.head)(self.look, 0, many), renderer, room.width)
            + Self::measure((self.foot)(self.look, 1, many + 1), renderer, room.width);
        let text = (room.height - edges - 3.0 * gap).max(0.0);
        let heights: Vec<f32> = self.blocks.iter().map(|b| Self::measure(b(look), renderer, room.width)).collect();
        let overflow = heights.iter().fold(0.0_f32, |most, height| most.max(height - text));
        let starts = cut(&heights, gap, text);
        let count = starts.len().max(1);
        let page = self.page.min(count - 1);
        let from = starts.get(page).copied().unwrap_or(0);
        let to = starts.get(page + 1).copied().unwrap_or(self.blocks.len());
        let shown = self.blocks.get(from..to).unwrap_or_default();
        let body = shown.iter().fold(column![].spacing(gap), |body, block| body.push(block(look)));
        let content = column![
            (self.head)(self.look, page, count),
            body,
            Space::new().height(Length::Fill),
            (self.foot)(self.look, page, count)
        ]
        .spacing(gap);
        (content.height(room.height).into(), overflow)
    }
}

impl Wrap for Pages {
    fn content(&self) -> &Element {
        &self.content
    }

    fn content_mut(&mut self) -> &mut Element {
        &mut self.content
    }

    fn diff(&self, _tree: &mut Tree) {
        // The content exists only once the room is known: layout compares it.
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &iced::Renderer, limits: &layout::Limits) -> layout::Node {
        let room = limits.max();
        for factor in FACTORS.into_iter().filter(|factor| *factor <= self.look.factor + 0.01) {
            let (content, overflow) = self.build(self.look.at(factor), renderer, room);
            self.content = content;
            self.report = Report { factor, overflow, ..self.report };
            if overflow <= 0.0 {
                break;
            }
        }
        tree.diff_children(std::slice::from_ref(&self.content));
        let limits = layout::Limits::new(Size::ZERO, room);
        let child =
            tree.children.first_mut().map(|child| self.content.as_widget_mut().layout(child, renderer, &limits));
        layout::Node::with_children(room, child.into_iter().collect())
    }

    fn report(&mut self, bounds: Rectangle, operation: &mut dyn Operation) {
        operation.custom(Some(&Id::new("pages")), bounds, &mut self.report);
    }
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn pages_begin_where_the_room_ends() {
        assert_eq!(cut(&[10.0, 10.0, 10.0], 2.0, 22.0), [0, 2]);
        assert_eq!(cut(&[10.0, 10.0, 10.0], 2.0, 21.0), [0, 1, 2]);
        assert_eq!(cut(&[10.0, 50.0, 10.0], 2.0, 34.0), [0, 1, 2]);
        assert_eq!(cut(&[], 2.0, 34.0), [0_usize; 0]);
    }
}
