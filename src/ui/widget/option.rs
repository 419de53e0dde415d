//! Choices of which one is in force, or switches: each shows what it does and, when chosen, a tick and a thick frame.

use iced::widget::{Space, column, container, row};
use iced::{Length, Padding, alignment, border};

use super::button::{Weight, face};
use super::icon::{Icon, icon};
use super::pressable::{Face, Pressable};
use crate::i18n::{Language, Words};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::{GAP_MM, Role, TARGET_MM, TextStep};
use crate::ui::theme::Theme;

/// What a choice shows of itself beside its name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sample {
    /// Its name says it all, in the letters of that language.
    Language(Language),
    /// An icon.
    Icon(Icon),
    /// A letter in that size.
    Letter(TextStep),
    /// A letter in those colours.
    Colours(Theme),
}

/// One choice.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Unique on its screen.
    pub id: &'static str,
    /// Its name.
    pub label: String,
    /// Shown with the name.
    pub sample: Sample,
    /// Whether it is in force.
    pub chosen: bool,
    /// What it sends.
    pub message: Message,
}

/// `list` in `columns` of one width, read line by line.
pub fn choices(list: Vec<Choice>, columns: usize, look: Look) -> Element {
    let gap = look.mm(GAP_MM + 0.2);
    let mut rows = column![].spacing(gap);
    let mut list = list.into_iter().peekable();
    while list.peek().is_some() {
        let mut cells = row![].spacing(gap);
        for _ in 0..columns.max(1) {
            cells = cells.push(match list.next() {
                Some(choice) => one(choice, look),
                None => Space::new().width(Length::Fill).into(),
            });
        }
        rows = rows.push(cells);
    }
    rows.into()
}

fn one(choice: Choice, look: Look) -> Element {
    let p = look.palette();
    let plain = face(Weight::Quiet, true, look);
    let face = if choice.chosen {
        Face { fill: p.accent_soft, text: p.on_accent_soft, outline: p.accent, outline_width: look.mm(1.0), ..plain }
    } else {
        plain
    };
    let words = if let Sample::Language(own) = choice.sample { Words::of(own) } else { look.words };
    let name = Look { words, ..look }.text(Role::Chrome, choice.label).align_x(alignment::Horizontal::Center);
    let tick = choice.chosen.then(|| icon(Icon::Check, look.text_size(Role::Chrome), face.text));
    let line = row![].push(tick).push(name).spacing(look.mm(1.2)).align_y(alignment::Vertical::Center);
    let content = column![]
        .push(sample(choice.sample, face.text, look))
        .push(line)
        .spacing(look.mm(0.8))
        .align_x(alignment::Horizontal::Center);
    Pressable::new(choice.id, face, content, Some(choice.message))
        .size(Length::Fill, Length::Shrink, look.space(24.0, TARGET_MM))
        .padding(Padding::from([look.mm(1.0), look.mm(1.5)]))
        .into()
}

fn sample(sample: Sample, color: iced::Color, look: Look) -> Option<Element> {
    let height = look.space(13.0, 9.5);
    let letter = |size: f32, color| look.ink(Role::Label, look.word("display-letter"), color).size(size);
    let inside: Element = match sample {
        Sample::Language(_) => return None,
        Sample::Icon(kind) => icon(kind, (height * 0.8).round(), color),
        Sample::Letter(step) => letter(height * 0.38 * step.factor(), color).into(),
        Sample::Colours(theme) => {
            let p = theme.palette();
            let letter = letter(height * 0.6, p.ink);
            container(letter)
                .center_x(Length::Fixed(height * 2.0))
                .center_y(Length::Fixed(height * 0.9))
                .style(move |_| container::Style {
                    background: Some(p.page.into()),
                    border: border::rounded(height * 0.2).color(p.accent).width(2.0),
                    ..container::Style::default()
                })
                .into()
        }
    };
    Some(container(inside).center_y(Length::Fixed(height)).into())
}
