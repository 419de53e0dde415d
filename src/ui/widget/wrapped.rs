//! A widget round one other: it says in [`Wrap`] what it is itself, and all the rest is passed on to its content here.

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::Style;
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse};
use iced::{Event, Length, Rectangle, Renderer, Size, Theme};

use crate::ui::message::{Element, Message};

/// What a widget round one other is itself.
pub trait Wrap {
    /// What it stands round.
    fn content(&self) -> &Element;

    /// The same, to be changed.
    fn content_mut(&mut self) -> &mut Element;

    /// The kind of its own state.
    fn tag(&self) -> tree::Tag {
        tree::Tag::stateless()
    }

    /// Its own state at first.
    fn state(&self) -> tree::State {
        tree::State::None
    }

    /// Brings `tree` up to what is shown now.
    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(self.content()));
    }

    /// The room it takes.
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    /// Where it and its content stand; the content's node is the only child.
    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node;

    /// Tells an operation of itself, before its content does.
    fn report(&mut self, _bounds: Rectangle, _operation: &mut dyn Operation) {}

    /// Takes an event in; whether its content sees it too.
    fn admits(
        &self,
        _state: &mut tree::State,
        _event: &Event,
        _bounds: Rectangle,
        _cursor: mouse::Cursor,
        _shell: &mut Shell<'_, Message>,
    ) -> bool {
        true
    }

    /// What the pointer looks like over it.
    fn pointer(&self) -> mouse::Interaction {
        mouse::Interaction::None
    }

    /// Draws itself; `content` draws the content, in another style if need be.
    fn draw(&self, _state: &tree::State, renderer: &mut Renderer, _bounds: Rectangle, content: &Draw<'_>) {
        content(renderer, None);
    }
}

/// Draws the content of a [`Wrap`].
pub type Draw<'a> = dyn Fn(&mut Renderer, Option<&Style>) + 'a;

/// A [`Wrap`] as a widget.
pub struct Wrapped<W>(pub W);

impl<W: Wrap> Widget<Message, Theme, Renderer> for Wrapped<W> {
    fn tag(&self) -> tree::Tag {
        self.0.tag()
    }

    fn state(&self) -> tree::State {
        self.0.state()
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(self.0.content())]
    }

    fn diff(&self, tree: &mut Tree) {
        self.0.diff(tree);
    }

    fn size(&self) -> Size<Length> {
        self.0.size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        self.0.layout(tree, renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.0.report(layout.bounds(), operation);
        operation.traverse(&mut |operation| {
            if let (Some(child), Some(layout)) = (tree.children.first_mut(), layout.children().next()) {
                self.0.content_mut().as_widget_mut().operate(child, layout, renderer, operation);
            }
        });
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        if !self.0.admits(&mut tree.state, event, layout.bounds(), cursor, shell) {
            return;
        }
        if let (Some(child), Some(layout)) = (tree.children.first_mut(), layout.children().next()) {
            self.0
                .content_mut()
                .as_widget_mut()
                .update(child, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        _layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        self.0.pointer()
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        self.0.draw(&tree.state, renderer, layout.bounds(), &|renderer, other| {
            if let (Some(child), Some(layout)) = (tree.children.first(), layout.children().next()) {
                let (content, style) = (self.0.content().as_widget(), other.unwrap_or(style));
                content.draw(child, renderer, theme, style, layout, cursor, viewport);
            }
        });
    }
}
