//! The Japanese original of what a patient agrees to, beside its translation: it alone binds.

use iced::Length;

use super::label::Label;
use crate::ui::font;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::metrics::Role;

/// Factor on its text, whatever size the patient set, so that there is room for it on every screen: 4.5 mm on a 15.6-inch
/// panel, 4 mm on a 10.1-inch one.
const FACTOR: f32 = 0.8;

/// Sentences and what they are about, by their keys; nothing for a reader of Japanese.
pub fn original(sentences: &[&str], items: &[&str], look: Look) -> Option<Element> {
    let words = |keys: &[&str]| keys.iter().map(|key| look.words.original(key)).collect::<Option<Vec<String>>>();
    let (sentences, items) = (words(sentences)?.join("。"), words(items)?.join("・"));
    let text = if items.is_empty() { sentences } else { format!("{sentences}（{items}）") };
    let label = Label::new(text, look.at(FACTOR).text_size(Role::Small), 1.25, font::DEFAULT);
    Some(label.color(look.palette().ink_soft).as_on_the_card().width(Length::Fill).into())
}
