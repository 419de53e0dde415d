//! A screen as somebody learns it who cannot see it: its texts, and one after the other what can be pressed.

use iced::Rectangle;
use iced::advanced::widget::{Id, Operation};

use super::widget::keypad::DIGIT_IDS;
use super::widget::pressable::Offer;
use crate::i18n::readable;

/// The id of the container that holds a screen's own content, apart from what stands around every screen.
pub const CONTENT: &str = "content";

/// Something that can be pressed.
#[derive(Debug, Clone)]
pub struct Stop {
    /// Its name and what it does.
    pub offer: Offer,
    /// Where it is.
    pub bounds: Rectangle,
    /// Its texts, without layout characters.
    pub label: Vec<String>,
    /// Whether it belongs to the screen itself.
    pub in_content: bool,
}

impl Stop {
    /// Its name, unique on its screen.
    pub fn id(&self) -> &'static str {
        self.offer.id
    }

    /// Whether it does anything now.
    pub fn enabled(&self) -> bool {
        self.offer.message.is_some()
    }

    /// Whether it types a digit. Digits are typed with the digit keys; a focus on one would tell which.
    pub fn is_digit(&self) -> bool {
        DIGIT_IDS.contains(&self.id())
    }
}

/// A whole screen; an operation that has seen every widget fills it.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// The texts of the content that belong to nothing that can be pressed.
    pub texts: Vec<String>,
    /// What can be pressed, in the order of the widgets.
    stops: Vec<Stop>,
    in_content: bool,
    content_follows: bool,
    inside: Option<usize>,
    stop_follows: Option<usize>,
}

impl Outline {
    /// What can be pressed in reading order: the screen's own first, then what stands around it.
    pub fn stops(&self) -> impl Iterator<Item = &Stop> {
        let own = self.stops.iter().filter(|stop| stop.in_content);
        own.chain(self.stops.iter().filter(|stop| !stop.in_content))
    }

    /// What the focus goes through.
    pub fn ring(&self) -> impl Iterator<Item = &Stop> {
        self.stops().filter(|stop| !stop.is_digit())
    }

    /// The one of that name.
    pub fn stop(&self, id: &str) -> Option<&Stop> {
        self.stops.iter().find(|stop| stop.id() == id)
    }

    /// The first of these names that can be pressed now.
    pub fn first_of(&self, ids: &[&str]) -> Option<&Stop> {
        ids.iter().find_map(|id| self.stop(id).filter(|stop| stop.enabled()))
    }
}

impl Operation for Outline {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let (content, inside) = (self.in_content, self.inside);
        self.in_content |= std::mem::take(&mut self.content_follows);
        self.inside = self.stop_follows.take().or(inside);
        operate(self);
        (self.in_content, self.inside) = (content, inside);
    }

    fn container(&mut self, id: Option<&Id>, _: Rectangle) {
        self.content_follows = id.is_some_and(|id| *id == Id::new(CONTENT));
    }

    fn text(&mut self, _: Option<&Id>, _: Rectangle, text: &str) {
        // Digits, which the patient may have on show, and bullets are not taken down.
        if !text.chars().any(char::is_alphabetic) {
            return;
        }
        let text = readable(text);
        match self.inside.and_then(|inside| self.stops.get_mut(inside)) {
            Some(stop) => stop.label.push(text),
            None if self.in_content => self.texts.push(text),
            None => {}
        }
    }

    fn custom(&mut self, _: Option<&Id>, bounds: Rectangle, state: &mut dyn std::any::Any) {
        if let Some(offer) = state.downcast_ref::<Offer>() {
            let stop = Stop { offer: offer.clone(), bounds, label: Vec::new(), in_content: self.in_content };
            self.stop_follows = Some(self.stops.len());
            self.stops.push(stop);
        }
    }
}
