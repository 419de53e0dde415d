//! The root of every screen: lets one finger in at a time, none during the first moments of a new screen, hides the
//! pointer, and serves keys and speech.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Instant;

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::Quad;
use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Renderer as _, Shell, input_method, mouse};
use iced::{Background, Border, Color, Event, Point, Rectangle, Size, border, keyboard, touch, window};

use super::wrapped::{Draw, Wrap, Wrapped};
use crate::ui::Clock;
use crate::ui::keys::{self, Ask, Place, Stroke};
use crate::ui::message::{Element, Message};
use crate::ui::outline::Outline;
use crate::ui::pace::{Heard, Pace, Touches};
use crate::ui::speech::Speaker;

/// See the module.
pub struct Surface {
    content: Element,
    screen: u64,
    opens_at: Option<Instant>,
    clock: Clock,
    hide_pointer: bool,
    revision: Option<u64>,
    access: Option<Access>,
}

/// What serves a patient who cannot see or touch the screen.
#[derive(Clone)]
pub struct Access {
    /// Says what is shown.
    pub speaker: Rc<RefCell<Speaker>>,
    /// What comes faster than a hand.
    pub hands: Rc<RefCell<Hands>>,
    /// Where keys are.
    pub place: Place,
    /// How far apart two touches of one place are at most, in pixels.
    pub near: f32,
    /// How the focus looks.
    pub ring: Ring,
}

/// The pace of keys and of touches.
#[derive(Debug, Default)]
pub struct Hands {
    keys: Pace<Stroke>,
    touches: Touches,
}

/// A dark line between two light ones, or the other way round: seen on any surface.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ring {
    /// The thick line.
    pub line: Color,
    /// The thin lines on both sides of it.
    pub halo: Color,
    /// Pixels of the thick line.
    pub width: f32,
    /// Radius of the corners of what it goes round, in pixels.
    pub radius: f32,
}

impl Surface {
    /// `screen` differs between screens (not between two views of one); presses before `opens_at` are lost.
    pub fn new(content: impl Into<Element>, screen: u64, opens_at: Option<Instant>, hide_pointer: bool) -> Surface {
        let clock = Clock::default();
        Surface { content: content.into(), screen, opens_at, clock, hide_pointer, revision: None, access: None }
    }

    /// While `revision` stays the same, only colours, drawings and pictures differ from one picture of the window to the
    /// next, no text and no place; without it, everything may.
    pub fn revision(self, revision: u64) -> Surface {
        Surface { revision: Some(revision), ..self }
    }

    /// By another clock than the machine's.
    pub fn clock(self, clock: Clock) -> Surface {
        Surface { clock, ..self }
    }

    /// With keys and speech.
    pub fn access(self, access: Access) -> Surface {
        Surface { access: Some(access), ..self }
    }
}

#[derive(Debug, Default)]
struct State {
    screen: u64,
    /// The finger that is being followed.
    finger: Option<touch::Finger>,
    /// What is shown, as keys and speech know it.
    outline: Outline,
    /// Counts pictures that must be drawn whole, round and round, and the revision of the last one.
    picture: Cell<u8>,
    drawn: Cell<Option<u64>>,
}

/// How much wider than the window the layer of each picture that is drawn whole is than the last one's, in logical pixels.
const WIDER: f32 = 0.125;
/// Pictures until a width comes again: more than the buffers that a window can have.
const WIDTHS: u8 = 8;

impl State {
    /// The software renderer redraws what it thinks has changed since the buffer was last shown, and misjudges texts that
    /// changed or moved; a layer with other bounds than that buffer's makes it draw everything.
    fn width(&self, revision: Option<u64>) -> u8 {
        if revision.is_none() || self.drawn.replace(revision) != revision {
            self.picture.set((self.picture.get() + 1) % WIDTHS);
        }
        self.picture.get()
    }
}

/// Whether a finger comes down or a button of the mouse.
fn is_press(event: &Event) -> bool {
    matches!(event, Event::Touch(touch::Event::FingerPressed { .. }) | Event::Mouse(mouse::Event::ButtonPressed(_)))
}

impl Surface {
    fn is_open(&self) -> bool {
        self.opens_at.is_none_or(|at| self.clock.now() >= at)
    }

    /// Speaks about `event` and answers keys; true when the event was meant for nobody else.
    fn serve(&self, access: &Access, outline: &Outline, event: &Event, shell: &mut Shell<'_, Message>) -> bool {
        match event {
            Event::Window(window::Event::RedrawRequested(_)) => {
                self.settle(access, outline, shell);
                let focus = access.place.awake.then(|| access.place.focused(outline)).flatten();
                access.speaker.borrow_mut().shown(self.screen, outline, focus);
                false
            }
            Event::Keyboard(keyboard::Event::KeyPressed {
                modified_key,
                physical_key,
                modifiers,
                repeat: false,
                ..
            }) => {
                let Some(stroke) = Stroke::of(modified_key, *physical_key, *modifiers) else { return false };
                self.stroke(access, outline, Some(stroke), shell)
            }
            Event::InputMethod(input_method::Event::Commit(text)) => {
                self.stroke(access, outline, Stroke::committed(text), shell)
            }
            event if is_press(event) => {
                access.speaker.borrow().hush();
                if access.place.awake {
                    shell.publish(Message::Touch);
                }
                false
            }
            _ => false,
        }
    }

    /// A key went down, or a text came as one; it waits until it is known to be a hand's.
    fn stroke(
        &self,
        access: &Access,
        outline: &Outline,
        stroke: Option<Stroke>,
        shell: &mut Shell<'_, Message>,
    ) -> bool {
        self.settle(access, outline, shell);
        let ends = stroke.as_ref().is_some_and(Stroke::ends);
        let now = self.clock.now();
        // What comes too early for this screen does nothing on it, and may be the begin of a machine's.
        match access.hands.borrow_mut().keys.press(now, stroke.filter(|_| self.is_open()), ends) {
            Heard::Waits(until) => shell.request_redraw_at(until),
            Heard::Machine => shell.publish(Message::Machine),
            Heard::Nothing => {}
        }
        shell.capture_event();
        true
    }

    /// Answers the key that waited long enough.
    fn settle(&self, access: &Access, outline: &Outline, shell: &mut Shell<'_, Message>) {
        let keys = &mut access.hands.borrow_mut().keys;
        let Some(stroke) = keys.settled(self.clock.now()) else {
            return keys.due().map_or((), |due| shell.request_redraw_at(due));
        };
        if !self.is_open() {
            return;
        }
        if keys::overruns(outline, &stroke) && keys.overrun() {
            return shell.publish(Message::Machine);
        }
        if let Some(ask) = keys::ask(outline, access.place, &stroke) {
            answer(access, outline, ask, shell);
        }
    }

    /// Whether a press at `place` is a hand's.
    fn touched(&self, place: Option<Point>, shell: &mut Shell<'_, Message>) -> bool {
        let (Some(access), Some(place)) = (&self.access, place) else { return true };
        match access.hands.borrow_mut().touches.press(self.clock.now(), place, access.near) {
            Heard::Waits(_) => true,
            Heard::Nothing => false,
            Heard::Machine => {
                shell.publish(Message::Machine);
                false
            }
        }
    }

    fn lifted(&self, place: Option<Point>) {
        if let (Some(access), Some(place)) = (&self.access, place) {
            access.hands.borrow_mut().touches.lift(self.clock.now(), place);
        }
    }

    /// Whether the content may be touched by `event`.
    fn lets_in(&self, state: &mut State, event: &Event, cursor: mouse::Cursor, shell: &mut Shell<'_, Message>) -> bool {
        let open = self.is_open();
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(_)) => open && self.touched(cursor.position(), shell),
            Event::Mouse(mouse::Event::ButtonReleased(_)) => {
                self.lifted(cursor.position());
                true
            }
            Event::Touch(touch::Event::FingerPressed { id, position }) => {
                let followed = state.finger.is_none() && open && self.touched(Some(*position), shell);
                if followed {
                    state.finger = Some(*id);
                }
                followed
            }
            Event::Touch(touch::Event::FingerMoved { id, .. }) => state.finger == Some(*id),
            Event::Touch(touch::Event::FingerLifted { id, position } | touch::Event::FingerLost { id, position }) => {
                let followed = state.finger == Some(*id);
                if followed {
                    state.finger = None;
                    self.lifted(Some(*position));
                }
                followed
            }
            _ => true,
        }
    }
}

impl Wrap for Surface {
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
        tree::State::new(State { screen: self.screen, ..State::default() })
    }

    fn diff(&self, tree: &mut Tree) {
        let state = tree.state.downcast_mut::<State>();
        if state.screen == self.screen {
            tree.diff_children(std::slice::from_ref(&self.content));
        } else {
            // A finger that is still down belongs to the screen before: its lift must press nothing here.
            (state.screen, state.finger) = (self.screen, None);
            tree.children = vec![Tree::new(&self.content)];
        }
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &iced::Renderer, limits: &layout::Limits) -> layout::Node {
        let Some(child) = tree.children.first_mut() else { return layout::Node::new(Size::ZERO) };
        let node = self.content.as_widget_mut().layout(child, renderer, &limits.loose());
        if self.access.is_some() {
            let mut outline = Outline::default();
            self.content.as_widget_mut().operate(child, Layout::new(&node), renderer, &mut outline);
            tree.state.downcast_mut::<State>().outline = outline;
        }
        layout::Node::with_children(limits.max(), vec![node])
    }

    fn admits(
        &self,
        state: &mut tree::State,
        event: &Event,
        _bounds: Rectangle,
        cursor: mouse::Cursor,
        shell: &mut Shell<'_, Message>,
    ) -> bool {
        let state = state.downcast_mut::<State>();
        let served = self.access.as_ref().is_some_and(|access| self.serve(access, &state.outline, event, shell));
        !served && self.lets_in(state, event, cursor, shell)
    }

    fn pointer(&self) -> mouse::Interaction {
        if self.hide_pointer { mouse::Interaction::Hidden } else { mouse::Interaction::None }
    }

    fn draw(&self, state: &tree::State, renderer: &mut iced::Renderer, bounds: Rectangle, content: &Draw<'_>) {
        let state = state.downcast_ref::<State>();
        let layer = bounds.expand(WIDER * f32::from(state.width(self.revision)));
        renderer.with_layer(layer, |renderer| content(renderer, None));
        if let Some(access) = &self.access
            && access.place.awake
            && let Some(stop) = access.place.focused(&state.outline)
        {
            renderer.with_layer(layer, |renderer| access.ring.draw(stop.bounds, renderer));
        }
    }
}

/// Carries out what a key asks for.
fn answer(access: &Access, outline: &Outline, ask: Ask, shell: &mut Shell<'_, Message>) {
    let Ask::Press(id) = ask else { return shell.publish(Message::Ask(ask)) };
    let Some(stop) = outline.stop(id) else { return };
    if !access.place.awake && keys::wakes(id) {
        shell.publish(Message::Ask(Ask::Wake));
    }
    match &stop.offer.message {
        Some(message) => shell.publish(message.clone()),
        None => access.speaker.borrow().refused(),
    }
}

impl Ring {
    /// Draws it round `bounds`.
    fn draw(&self, bounds: Rectangle, renderer: &mut iced::Renderer) {
        let halo = self.width / 2.0;
        let mut line = |grow: f32, width: f32, color: Color| {
            let quad = Quad {
                bounds: bounds.expand(grow),
                border: Border { color, width, radius: border::radius(self.radius + grow) },
                ..Quad::default()
            };
            renderer.fill_quad(quad, Background::Color(Color::TRANSPARENT));
        };
        line(halo, halo, self.halo);
        line(halo + self.width, self.width, self.line);
        line(halo * 2.0 + self.width, halo, self.halo);
    }
}

impl From<Surface> for Element {
    fn from(surface: Surface) -> Element {
        Element::new(Wrapped(surface))
    }
}
