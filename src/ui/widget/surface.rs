//! The root of every screen: lets one finger in at a time, none during the first moments of a new screen, hides the pointer.

use std::cell::Cell;
use std::time::Instant;

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, Widget, mouse, renderer};
use iced::{Event, Length, Rectangle, Size, Theme, touch};

use crate::ui::message::{Element, Message};

/// See the module.
pub struct Surface {
    content: Element,
    screen: u64,
    opens_at: Option<Instant>,
    hide_pointer: bool,
}

impl Surface {
    /// `screen` differs between screens (not between two views of one); presses before `opens_at` are lost.
    pub fn new(content: impl Into<Element>, screen: u64, opens_at: Option<Instant>, hide_pointer: bool) -> Surface {
        Surface { content: content.into(), screen, opens_at, hide_pointer }
    }
}

#[derive(Debug, Default)]
struct State {
    screen: u64,
    /// The finger that is being followed.
    finger: Option<touch::Finger>,
    /// Counts pictures, round and round.
    picture: Cell<u8>,
}

/// How much wider than the window each picture's layer is than the last one's, in logical pixels.
const WIDER: f32 = 0.125;
/// Pictures until a width comes again: more than the buffers that a window can have.
const WIDTHS: u8 = 8;

impl Surface {
    /// Whether the content may see `event`.
    fn admits(&self, state: &mut State, event: &Event) -> bool {
        let open = self.opens_at.is_none_or(|at| Instant::now() >= at);
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(_)) => open,
            Event::Touch(touch::Event::FingerPressed { id, .. }) => {
                let first = state.finger.is_none();
                if first && open {
                    state.finger = Some(*id);
                }
                first && open
            }
            Event::Touch(touch::Event::FingerMoved { id, .. }) => state.finger == Some(*id),
            Event::Touch(touch::Event::FingerLifted { id, .. } | touch::Event::FingerLost { id, .. }) => {
                let followed = state.finger == Some(*id);
                if followed {
                    state.finger = None;
                }
                followed
            }
            _ => true,
        }
    }
}

impl Widget<Message, Theme, iced::Renderer> for Surface {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State { screen: self.screen, ..State::default() })
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        let state = tree.state.downcast_mut::<State>();
        if state.screen == self.screen {
            tree.diff_children(std::slice::from_ref(&self.content));
        } else {
            // A finger that is still down belongs to the screen before: its lift must press nothing here.
            (state.screen, state.finger) = (self.screen, None);
            tree.children = self.children();
        }
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &iced::Renderer, limits: &layout::Limits) -> layout::Node {
        let Some(child) = tree.children.first_mut() else { return layout::Node::new(Size::ZERO) };
        let node = self.content.as_widget_mut().layout(child, renderer, &limits.loose());
        layout::Node::with_children(limits.max(), vec![node])
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        operation: &mut dyn Operation,
    ) {
        if let (Some(child), Some(layout)) = (tree.children.first_mut(), layout.children().next()) {
            self.content.as_widget_mut().operate(child, layout, renderer, operation);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &iced::Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        if !self.admits(tree.state.downcast_mut::<State>(), event) {
            return;
        }
        if let (Some(child), Some(layout)) = (tree.children.first_mut(), layout.children().next()) {
            self.content.as_widget_mut().update(child, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        _layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &iced::Renderer,
    ) -> mouse::Interaction {
        if self.hide_pointer { mouse::Interaction::Hidden } else { mouse::Interaction::None }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut iced::Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        if let (Some(child), Some(layout)) = (tree.children.first(), layout.children().next()) {
            // The software renderer redraws what it thinks has changed since the buffer was last shown, and misjudges
            // texts and strokes that moved; a layer with other bounds than that buffer's makes it draw everything.
            let state = tree.state.downcast_ref::<State>();
            let picture = (state.picture.get() + 1) % WIDTHS;
            state.picture.set(picture);
            let layer = layout.bounds().expand(WIDER * f32::from(picture));
            renderer.with_layer(layer, |renderer| {
                self.content.as_widget().draw(child, renderer, theme, style, layout, cursor, viewport);
            });
        }
    }
}

impl From<Surface> for Element {
    fn from(surface: Surface) -> Element {
        Element::new(surface)
    }
}
