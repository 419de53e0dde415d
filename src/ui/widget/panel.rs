//! Surfaces that hold text: cards, numbered steps, a line that needs attention.

use iced::widget::{Space, column, container, row};
use iced::{Color, Length, Padding, alignment, border};

use super::button::disc;
use super::icon::{Icon, icon};
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::metrics::Role;

/// What a surface says before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Neutral.
    Calm,
    /// Went well.
    Good,
    /// Take care.
    Care,
    /// Stopped.
    Stop,
}

/// Surface and text of a tone.
pub fn tone(tone: Tone, look: Look) -> (Color, Color) {
    let p = look.palette();
    match tone {
        Tone::Calm => (p.accent_soft, p.on_accent_soft),
        Tone::Good => (p.good_soft, p.on_good_soft),
        Tone::Care => (p.care_soft, p.on_care_soft),
        Tone::Stop => (p.stop_soft, p.on_stop_soft),
    }
}

/// A white card.
pub fn card(content: impl Into<Element>, look: Look) -> Element {
    let p = look.palette();
    container(content)
        .width(Length::Fill)
        .padding(Padding::from([look.space(4.5, 3.0), look.space(6.0, 4.0)]))
        .style(move |_| container::Style {
            background: Some(p.surface.into()),
            border: border::rounded(look.space(4.0, 3.0)).color(p.line).width(1.0),
            ..container::Style::default()
        })
        .into()
}

/// One line on a tinted surface with an icon before it.
pub fn banner(kind: Icon, which: Tone, text: String, look: Look) -> Element {
    banner_of(Role::Body, kind, which, text, look)
}

/// The same in another text size.
pub fn banner_of(role: Role, kind: Icon, which: Tone, text: String, look: Look) -> Element {
    let (fill, color) = tone(which, look);
    let size = look.text_size(role) * 1.3;
    let content = row![icon(kind, size, color), look.ink(role, text, color).font(crate::ui::font::BOLD)]
        .spacing(look.mm(3.0))
        .align_y(alignment::Vertical::Center);
    tinted(content, fill, look).into()
}

/// A tinted surface that is as wide as its place.
pub fn tinted_across(content: impl Into<Element>, which: Tone, look: Look) -> Element {
    tinted(content, tone(which, look).0, look).width(Length::Fill).into()
}

fn tinted(
    content: impl Into<Element>,
    fill: Color,
    look: Look,
) -> container::Container<'static, crate::ui::message::Message> {
    let rounded = look.space(4.0, 3.0);
    container(content).padding(Padding::from([look.space(3.2, 2.2), look.space(6.0, 3.5)])).style(move |_| {
        container::Style {
            background: Some(fill.into()),
            border: border::rounded(rounded),
            ..container::Style::default()
        }
    })
}

/// One row of a list: icon or number, heading, text.
#[derive(Debug, Clone)]
pub struct Item {
    /// Drawn in a disc.
    pub icon: Icon,
    /// In bold.
    pub title: String,
    /// Below it.
    pub text: Option<String>,
}

/// Factor from which only headings are shown: large text is for what counts.
const HEADINGS_ONLY: f32 = 1.2;

/// Rows in one card, divided by thin lines; numbered when the order matters.
pub fn list(items: Vec<Item>, numbered: bool, look: Look) -> Element {
    let p = look.palette();
    let mut rows = column![].spacing(look.space(3.6, 2.4));
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            rows =
                rows.push(container(Space::new().width(Length::Fill).height(1.0)).style(move |_| container::Style {
                    background: Some(p.line.into()),
                    ..container::Style::default()
                }));
        }
        rows = rows.push(item_row(item, numbered.then_some(i + 1), look));
    }
    card(rows, look)
}

/// The same in two columns, read line by line.
pub fn grid(items: Vec<Item>, numbered: bool, look: Look) -> Element {
    let mut cells = items.into_iter().enumerate().map(|(i, item)| item_row(item, numbered.then_some(i + 1), look));
    let mut rows = column![].spacing(look.space(4.0, 2.0));
    while let Some(left) = cells.next() {
        let right = cells.next().unwrap_or_else(|| Space::new().width(Length::Fill).into());
        let cell = |element| container(element).width(Length::FillPortion(1));
        rows = rows.push(row![cell(left), cell(right)].spacing(look.mm(4.0)));
    }
    card(rows, look)
}

fn item_row(item: Item, number: Option<usize>, look: Look) -> Element {
    let p = look.palette();
    let mut words = column![look.ink(Role::Body, item.title, p.ink).font(crate::ui::font::BOLD)].width(Length::Fill);
    if let Some(text) = item.text.filter(|_| look.factor < HEADINGS_ONLY) {
        words = words.push(look.ink(Role::Small, text, p.ink_soft));
    }
    // Where a list is very full its discs give way too.
    let size = look.space(15.0, 11.5) * if look.factor < 0.8 { 0.85 } else { 1.0 };
    let mark: Element = match number {
        Some(number) => {
            container(look.at(look.factor.min(1.25)).centred(Role::Label, number.to_string(), p.on_accent_soft))
                .center(size)
                .style(move |_| container::Style {
                    background: Some(p.accent_soft.into()),
                    border: border::rounded(size / 2.0),
                    ..container::Style::default()
                })
                .into()
        }
        None => disc(item.icon, size, p.accent_soft, p.on_accent_soft),
    };
    row![mark, words].spacing(look.space(5.0, 3.5)).align_y(alignment::Vertical::Center).into()
}
