//! Panels that open from the tool row over any screen: the visit goes on below, and closing shows it again.

mod display;
mod language;
mod menu;
mod sound;

use iced::alignment;
use iced::widget::column;

use super::look::Look;
use super::message::{Element, Message};
use super::metrics::Role;
use super::sample::Preset;
use super::widget::{Button, Icon, Weight, fit};
use crate::runtime::Audible;
use crate::runtime::view::PlaceCard;

/// Which panel is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Overlay {
    /// The ten languages.
    Language,
    /// Text size, colours, seated layout, motion.
    Display,
    /// Speech, its volume, sounds.
    Sound,
    /// The other three, where the tool row has room for one button only.
    Menu,
}

impl Overlay {
    /// The panels of the tool row, in its order.
    pub const TOOLS: [Overlay; 3] = [Overlay::Language, Overlay::Display, Overlay::Sound];

    /// The panel's name in pictures and tests.
    pub fn name(self) -> &'static str {
        match self {
            Overlay::Language => "panel_language",
            Overlay::Display => "panel_display",
            Overlay::Sound => "panel_sound",
            Overlay::Menu => "panel_menu",
        }
    }

    /// The id of the button that opens it.
    pub fn id(self) -> &'static str {
        match self {
            Overlay::Language => "tool-language",
            Overlay::Display => "tool-display",
            Overlay::Sound => "tool-sound",
            Overlay::Menu => "tool-menu",
        }
    }

    /// The text key of that button; its `title` attribute is the panel's title.
    pub fn label(self) -> &'static str {
        self.id()
    }

    /// The icon of that button.
    pub fn icon(self) -> Icon {
        match self {
            Overlay::Language => Icon::Globe,
            Overlay::Display => Icon::TextSize,
            Overlay::Sound => Icon::Sound,
            Overlay::Menu => Icon::Settings,
        }
    }
}

/// The panel in the place of a screen's content: title, choices, and the way back.
pub fn view(overlay: Overlay, audible: Audible, look: Look) -> Element {
    let content = fit(look, alignment::Vertical::Center, move |look| {
        let p = look.palette();
        let title = look.ink(Role::Title, look.word(&format!("{}.title", overlay.label())), p.ink);
        let choices = match overlay {
            Overlay::Language => language::view(look),
            Overlay::Display => display::view(look),
            Overlay::Sound => sound::view(audible, look),
            Overlay::Menu => menu::view(look),
        };
        // Where it is narrow, the headings of its parts and the marked tool say what this panel is.
        let title = (overlay != Overlay::Display || !look.landscape()).then_some(title);
        column![].push(title).push(choices).spacing(look.space(7.0, 3.0)).into()
    });
    let close = Button::new("overlay-close", "close", Weight::Main, Message::CloseOverlay).icon(Icon::Check);
    let close = close.view(look.at(look.factor.min(if look.landscape() { 1.25 } else { 2.0 })));
    column![content, close].spacing(look.space(6.0, 4.0)).into()
}

/// Every panel over a screen that has all tools around it.
pub fn presets() -> Vec<Preset> {
    let over = |overlay: Overlay| {
        let Preset { mut data, .. } = Preset::of("", PlaceCard);
        data.overlay = Some(overlay);
        Preset { name: overlay.name().to_owned(), data }
    };
    [Overlay::Language, Overlay::Display, Overlay::Sound, Overlay::Menu].map(over).into()
}
