//! The one thing that can be pressed: tells tests where it is, follows one finger, and never shows a hover look.

use iced::advanced::layout;
use iced::advanced::renderer::{Quad, Style};
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Renderer as _, Shell, mouse};
use iced::alignment::Horizontal;
use iced::{Background, Border, Color, Event, Length, Padding, Point, Rectangle, Size, border, touch, window};

use super::wrapped::{Draw, Wrap, Wrapped};
use crate::ui::message::{Element, Message};

/// What a pressable is, so that tests know its smallest size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A button, card or chip.
    Button,
    /// A key of the keypad.
    Key,
}

/// What a pressable tells an operation of itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Report {
    /// What it is.
    pub target: Target,
    /// Whether it does anything now.
    pub enabled: bool,
    /// Its colours.
    pub face: Face,
}

/// What a pressable offers to keys and speech.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Its name, unique on its screen.
    pub id: &'static str,
    /// What it sends; nothing while it is off.
    pub message: Option<Message>,
}

/// Colours of a pressable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// Surface.
    pub fill: Color,
    /// Surface while pressed.
    pub pressed: Color,
    /// Text on both.
    pub text: Color,
    /// Outline.
    pub outline: Color,
    /// Width of the outline in pixels.
    pub outline_width: f32,
    /// Radius of the corners in pixels.
    pub radius: f32,
}

/// See the module.
pub struct Pressable {
    id: &'static str,
    target: Target,
    face: Face,
    content: Element,
    message: Option<Message>,
    width: Length,
    height: Length,
    min_height: f32,
    padding: Padding,
    align: Horizontal,
}

impl Pressable {
    /// A pressable named `id` (unique on its screen) that sends `message`, or is off without one.
    pub fn new(id: &'static str, face: Face, content: impl Into<Element>, message: Option<Message>) -> Pressable {
        Pressable {
            id,
            target: Target::Button,
            face,
            content: content.into(),
            message,
            width: Length::Fill,
            height: Length::Shrink,
            min_height: 0.0,
            padding: Padding::ZERO,
            align: Horizontal::Center,
        }
    }

    /// What it is.
    pub fn target(self, target: Target) -> Pressable {
        Pressable { target, ..self }
    }

    /// Its size; `Shrink` grows with the content from `min_height` on.
    pub fn size(self, width: impl Into<Length>, height: impl Into<Length>, min_height: f32) -> Pressable {
        Pressable { width: width.into(), height: height.into(), min_height, ..self }
    }

    /// Room around the content.
    pub fn padding(self, padding: impl Into<Padding>) -> Pressable {
        Pressable { padding: padding.into(), ..self }
    }

    /// Puts the content at the left instead of in the middle.
    pub fn align_left(self) -> Pressable {
        Pressable { align: Horizontal::Left, ..self }
    }
}

/// Which finger (or the mouse) is on it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Holder {
    Mouse,
    Finger(touch::Finger),
}

#[derive(Debug, Default)]
struct State {
    id: &'static str,
    held: Option<Holder>,
}

/// Who pressed or lifted, and where.
fn contact(event: &Event, cursor: mouse::Cursor) -> Option<(Holder, bool, Option<Point>)> {
    match event {
        Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => {
            Some((Holder::Mouse, true, cursor.position()))
        }
        Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => {
            Some((Holder::Mouse, false, cursor.position()))
        }
        Event::Touch(touch::Event::FingerPressed { id, position }) => {
            Some((Holder::Finger(*id), true, Some(*position)))
        }
        Event::Touch(touch::Event::FingerLifted { id, position }) => {
            Some((Holder::Finger(*id), false, Some(*position)))
        }
        Event::Touch(touch::Event::FingerLost { id, .. }) => Some((Holder::Finger(*id), false, None)),
        _ => None,
    }
}

impl Wrap for Pressable {
    fn content(&self) -> &Element {
        &self.content
    }

    fn content_mut(&mut self) -> &mut Element {
        &mut self.content
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State { id: self.id, held: None })
    }

    fn diff(&self, tree: &mut Tree) {
        let state = tree.state.downcast_mut::<State>();
        if state.id != self.id {
            *state = State { id: self.id, held: None };
        }
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, self.height)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &iced::Renderer, limits: &layout::Limits) -> layout::Node {
        let limits = limits.width(self.width).height(self.height).min_height(self.min_height);
        let inner = limits.shrink(Size::new(self.padding.x(), self.padding.y())).loose();
        let Some(child) = tree.children.first_mut() else { return layout::Node::new(Size::ZERO) };
        let node = self.content.as_widget_mut().layout(child, renderer, &inner);
        let size = limits.resolve(self.width, self.height, node.size().expand(self.padding));
        let room = Size::new(size.width - self.padding.x(), size.height - self.padding.y());
        let x = match self.align {
            Horizontal::Left => 0.0,
            Horizontal::Center => (room.width - node.size().width) / 2.0,
            Horizontal::Right => room.width - node.size().width,
        };
        let y = (room.height - node.size().height) / 2.0;
        let node = node.move_to(Point::new(self.padding.left + x, self.padding.top + y));
        layout::Node::with_children(size, vec![node])
    }

    fn report(&mut self, bounds: Rectangle, operation: &mut dyn Operation) {
        let id = Id::new(self.id);
        let mut report = Report { target: self.target, enabled: self.message.is_some(), face: self.face };
        operation.container(Some(&id), bounds);
        operation.custom(Some(&id), bounds, &mut report);
        operation.custom(Some(&id), bounds, &mut Offer { id: self.id, message: self.message.clone() });
    }

    /// Follows one finger; the content is only looked at.
    fn admits(
        &self,
        state: &mut tree::State,
        event: &Event,
        bounds: Rectangle,
        cursor: mouse::Cursor,
        shell: &mut Shell<'_, Message>,
    ) -> bool {
        let (state, Some(message)) = (state.downcast_mut::<State>(), &self.message) else { return false };
        let Some((holder, down, position)) = contact(event, cursor) else {
            if matches!(event, Event::Window(window::Event::Unfocused)) {
                state.held = None;
            }
            return false;
        };
        let inside = position.is_some_and(|position| bounds.contains(position));
        match (state.held, down) {
            (None, true) if inside => {
                state.held = Some(holder);
                shell.capture_event();
                shell.request_redraw();
            }
            (Some(held), false) if held == holder => {
                state.held = None;
                shell.request_redraw();
                shell.capture_event();
                if inside {
                    shell.publish(message.clone());
                }
            }
            _ => {}
        }
        false
    }

    fn draw(&self, state: &tree::State, renderer: &mut iced::Renderer, bounds: Rectangle, content: &Draw<'_>) {
        let held = state.downcast_ref::<State>().held.is_some();
        let face = self.face;
        let quad = Quad {
            bounds,
            border: Border { color: face.outline, width: face.outline_width, radius: border::radius(face.radius) },
            ..Quad::default()
        };
        renderer.fill_quad(quad, Background::Color(if held { face.pressed } else { face.fill }));
        content(renderer, Some(&Style { text_color: face.text }));
    }
}

impl From<Pressable> for Element {
    fn from(pressable: Pressable) -> Element {
        Element::new(Wrapped(pressable))
    }
}
