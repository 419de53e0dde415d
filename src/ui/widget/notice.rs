//! The layout most screens share: picture or icon, title, text, next steps, buttons, a small code for staff.

use iced::widget::image::Handle;
use iced::widget::{Column, column, container, row};
use iced::{Length, alignment};

use super::button::{Button, buttons, disc};
use super::fit::fit;
use super::icon::Icon;
use super::label::Label;
use super::original;
use super::panel::{self, Item, Tone};
use super::picture::{Picture, picture};
use super::print::print;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::metrics::Role;

/// What stands above the title.
#[derive(Debug, Clone, Copy)]
pub enum Mark {
    /// An icon in a tinted disc.
    Icon(Icon, Tone),
    /// A drawn picture.
    Picture(Picture),
}

/// See the module. Only the title is a must.
pub struct Notice {
    mark: Mark,
    title: String,
    on_card: bool,
    printed: Option<Handle>,
    texts: Vec<String>,
    original: &'static [&'static str],
    banner: Option<(Icon, Tone, String)>,
    items: Vec<Item>,
    numbered: bool,
    buttons: Vec<Button>,
    side_by_side: bool,
    code: Option<String>,
}

impl Notice {
    /// A notice with that mark and title.
    pub fn new(mark: Mark, title: String) -> Notice {
        Notice {
            mark,
            title,
            on_card: false,
            printed: None,
            texts: Vec::new(),
            original: &[],
            banner: None,
            items: Vec::new(),
            numbered: false,
            buttons: Vec::new(),
            side_by_side: false,
            code: None,
        }
    }

    /// The title is what stands on the card: in the card's letters, whatever language the screen has.
    pub fn titled_as_on_the_card(self) -> Notice {
        Notice { on_card: true, ..self }
    }

    /// Below the title, what the card has printed.
    pub fn printed(self, printed: Option<Handle>) -> Notice {
        Notice { printed, ..self }
    }

    /// One more paragraph.
    pub fn text(mut self, text: String) -> Notice {
        self.texts.push(text);
        self
    }

    /// The keys of what has its Japanese original below everything.
    pub fn original(self, original: &'static [&'static str]) -> Notice {
        Notice { original, ..self }
    }

    /// The one line that must be seen.
    pub fn banner(self, icon: Icon, tone: Tone, text: String) -> Notice {
        Notice { banner: Some((icon, tone, text)), ..self }
    }

    /// What to do next, one row each; numbered when the order matters.
    pub fn items(self, items: Vec<Item>, numbered: bool) -> Notice {
        Notice { items, numbered, ..self }
    }

    /// The main action last or alone.
    pub fn button(mut self, button: Button) -> Notice {
        self.buttons.push(button);
        self
    }

    /// Puts the buttons side by side also where there is room below each other.
    pub fn side_by_side(self) -> Notice {
        Notice { side_by_side: true, ..self }
    }

    /// The code for staff, small, at the bottom.
    pub fn code(self, code: &str) -> Notice {
        Notice { code: Some(code.to_owned()), ..self }
    }

    /// As an element that fills the content area.
    pub fn view(self, look: Look) -> Element {
        let Notice { mark, title, on_card, printed, texts, original, banner, items, numbered, .. } = self;
        let (list, side_by_side, code) = (self.buttons, self.side_by_side, self.code);
        let words = Words { mark, title, on_card, printed, texts, original, banner, items, numbered };
        let body = fit(look, alignment::Vertical::Center, move |look| {
            let shown = if look.landscape() { words.landscape(look) } else { words.portrait(look) };
            match original::original(words.original, &[], look).filter(|_| !words.original.is_empty()) {
                Some(original) => column![shown, original].spacing(look.space(4.0, 2.0)).into(),
                None => shown,
            }
        });
        let mut page = column![body].spacing(look.space(6.0, 4.0));
        if !list.is_empty() {
            let wide = side_by_side || look.landscape();
            page = page.push(buttons(list, wide, look));
        }
        if let Some(code) = code {
            page = page.push(staff_code(&code, look));
        }
        page.into()
    }
}

/// The small code at the bottom, for staff.
fn staff_code(code: &str, look: Look) -> Element {
    let p = look.palette();
    let text = look.words.with("staff-code", &[("code", code.into())]);
    container(look.at(1.0).ink(Role::Chrome, text, p.ink_soft).font(crate::ui::font::REGULAR))
        .align_right(Length::Fill)
        .into()
}

/// From this factor on, text takes the room of pictures and remarks.
const LARGE: f32 = 1.4;

struct Words {
    mark: Mark,
    title: String,
    on_card: bool,
    printed: Option<Handle>,
    texts: Vec<String>,
    original: &'static [&'static str],
    banner: Option<(Icon, Tone, String)>,
    items: Vec<Item>,
    numbered: bool,
}

impl Words {
    fn title(&self, look: Look) -> Label {
        let title = look.ink(Role::Title, self.title.clone(), look.palette().ink);
        if self.on_card { title.as_on_the_card() } else { title }
    }

    fn printed(&self, look: Look) -> Option<Element> {
        self.printed.clone().map(|printed| print(printed, look))
    }

    fn mark(&self, look: Look, largest: f32) -> Element {
        match self.mark {
            Mark::Icon(kind, which) => {
                let (fill, color) = panel::tone(which, look);
                disc(kind, (largest * 0.62).round(), fill, color)
            }
            Mark::Picture(which) => picture(which, largest, look),
        }
    }

    fn list(&self, look: Look) -> Option<Element> {
        (!self.items.is_empty()).then(|| panel::list(self.items.clone(), self.numbered, look))
    }

    fn banner(&self, look: Look) -> Option<Element> {
        self.banner.as_ref().map(|(kind, which, text)| panel::banner(*kind, *which, text.clone(), look))
    }

    fn portrait(&self, look: Look) -> Element {
        let p = look.palette();
        let crowded = !self.items.is_empty();
        let largest = match self.mark {
            Mark::Icon(..) if self.items.len() > 3 => look.space(36.0, 30.0),
            Mark::Icon(..) if crowded => look.space(44.0, 34.0),
            Mark::Icon(..) => look.space(64.0, 44.0),
            Mark::Picture(_) if crowded => look.space(104.0, 50.0),
            Mark::Picture(_) => look.space(118.0, 74.0),
        };
        let shrink = if crowded { look.factor.max(1.0) } else { look.factor.max(1.0).sqrt() };
        let mark = self.mark(look, largest * look.factor.min(1.0) / shrink);
        let mut words = column![self.title(look).align_x(alignment::Horizontal::Center).width(Length::Fill)]
            .spacing(look.space(5.0, 3.0))
            .align_x(alignment::Horizontal::Center)
            .push(self.printed(look));
        // What must be seen comes first when a list follows the text.
        if crowded {
            words = words.push(self.banner(look));
        }
        for text in &self.texts {
            words = words.push(look.centred(Role::Body, text.clone(), p.ink_soft).width(Length::Fill));
        }
        if !crowded {
            words = words.push(self.banner(look));
        }
        let mark = (!crowded || look.factor < LARGE).then_some(mark);
        column![]
            .push(mark)
            .push(words)
            .push(self.list(look))
            .spacing(look.space(8.0, 5.0))
            .align_x(alignment::Horizontal::Center)
            .width(Length::Fill)
            .into()
    }

    fn landscape(&self, look: Look) -> Element {
        let p = look.palette();
        let roomy = look.factor < LARGE;
        let mut words: Column<'_, _> =
            column![self.title(look)].spacing(look.space(5.0, 3.0)).width(Length::Fill).push(self.printed(look));
        let listed = !self.items.is_empty();
        if listed {
            words = words.push(self.banner(look));
        }
        for text in self.texts.iter().filter(|_| roomy || self.items.is_empty()) {
            words = words.push(look.ink(Role::Body, text.clone(), p.ink_soft));
        }
        if !listed {
            words = words.push(self.banner(look));
        }
        let gap = look.space(10.0, 6.0);
        let shrink = look.factor.clamp(0.8, 1.0) / look.factor.max(1.0);
        let picture = match self.mark {
            Mark::Icon(..) => look.space(72.0, 52.0),
            Mark::Picture(_) => look.space(100.0, 62.0),
        } * shrink;
        let beside = |mark: Element, words: Column<'static, _>| -> Element {
            row![mark, words].spacing(gap).align_y(alignment::Vertical::Center).into()
        };
        match (self.mark, self.items.len()) {
            (_, 0) if roomy => beside(self.mark(look, picture), words),
            (_, 0) => words.into(),
            (Mark::Picture(_), _) if roomy => beside(self.mark(look, picture), words.push(self.list(look))),
            // Four ways to choose from: two by two below what is said of them.
            (_, 4..) => words.push(panel::grid(self.items.clone(), self.numbered, look)).into(),
            _ if roomy => row![words, column![].push(self.list(look)).width(Length::Fill)]
                .spacing(gap)
                .align_y(alignment::Vertical::Center)
                .into(),
            _ => words.push(panel::grid(self.items.clone(), self.numbered, look)).into(),
        }
    }
}
