//! Text as large as the patient asked for, as far as it has room: lowers the factor until the content fits and no
//! phrase is broken, cuts nothing.

use std::any::Any;

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Id, Operation, Tree};
use iced::alignment::Vertical;
use iced::{Point, Rectangle, Size};

use super::label;
use super::wrapped::{Wrap, Wrapped};
use crate::ui::look::Look;
use crate::ui::message::Element;

/// Factors that are tried, largest first.
pub(super) const FACTORS: [f32; 11] = [2.0, 1.8, 1.65, 1.5, 1.35, 1.25, 1.12, 1.0, 0.9, 0.8, 0.72];

/// What a fitted part tells an operation of itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Report {
    /// The factor that was wanted.
    pub wanted: f32,
    /// The factor that fits.
    pub factor: f32,
    /// Pixels that stick out even so.
    pub overflow: f32,
}

/// Finds a text with a phrase that had to be broken.
struct Broken(bool);

impl Operation for Broken {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Any) {
        self.0 |= state.downcast_ref::<label::Report>().is_some_and(|report| report.broken.is_some());
    }
}

/// See the module.
pub struct Fit {
    build: Box<dyn Fn(Look) -> Element>,
    look: Look,
    align: Vertical,
    content: Element,
    report: Report,
}

/// Fills the room it is given with what `build` makes (of shrinking height), at the largest factor that fits.
pub fn fit(look: Look, align: Vertical, build: impl Fn(Look) -> Element + 'static) -> Element {
    let report = Report { wanted: look.factor, factor: look.factor, overflow: 0.0 };
    let content = iced::widget::space().into();
    Element::new(Wrapped(Fit { build: Box::new(build), look, align, content, report }))
}

impl Wrap for Fit {
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
        let endless = layout::Limits::new(Size::ZERO, Size::new(room.width, f32::INFINITY));
        let mut node = layout::Node::new(Size::ZERO);
        for factor in FACTORS.into_iter().filter(|factor| *factor <= self.look.factor + 0.01) {
            self.content = (self.build)(self.look.at(factor));
            tree.diff_children(std::slice::from_ref(&self.content));
            let Some(child) = tree.children.first_mut() else { break };
            node = self.content.as_widget_mut().layout(child, renderer, &endless);
            let height = node.size().height;
            let mut broken = Broken(false);
            self.content.as_widget_mut().operate(child, Layout::new(&node), renderer, &mut broken);
            self.report = Report { factor, overflow: (height - room.height).max(0.0), ..self.report };
            if height <= room.height && !broken.0 {
                break;
            }
        }
        let spare = (room.height - node.size().height).max(0.0);
        let y = match self.align {
            Vertical::Top => 0.0,
            Vertical::Center => spare / 2.0,
            Vertical::Bottom => spare,
        };
        layout::Node::with_children(room, vec![node.move_to(Point::new(0.0, y.round()))])
    }

    fn report(&mut self, bounds: Rectangle, operation: &mut dyn Operation) {
        operation.custom(Some(&Id::new("fit")), bounds, &mut self.report);
    }
}
