//! Code B typed from the print: fourteen digits in the three groups that are printed on the card.

use iced::widget::{column, row};
use iced::{Length, alignment};

use super::{failure_title, keypad_page};
use crate::domain::card::Tries;
use crate::domain::failure::Failure;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::metrics::Role;
use crate::ui::widget::picture::{Picture, picture};
use crate::ui::widget::{Icon, Tone, digits, panel};

/// Digits of birth date, expiry year and security code, with their text keys.
const GROUPS: [(u8, &str, &str); 3] = [
    (6, "code-b-birth", "code-b-birth-hint"),
    (4, "code-b-expiry", "code-b-expiry-hint"),
    (4, "code-b-security", "code-b-security-hint"),
];

/// The screen.
pub fn view(typed: u8, problem: Option<Failure>, tries: Tries, look: Look) -> Element {
    let body = move |look: Look| {
        if look.landscape() { narrow(typed, problem, tries, look) } else { wide(typed, problem, tries, look) }
    };
    keypad_page(body, None, typed, 14, look)
}

fn note(problem: Option<Failure>, tries: Tries, look: Look) -> Option<Element> {
    let left = match tries {
        Tries::Left(count) => Some(look.words.with("code-b-tries", &[("count", count.into())])),
        Tries::Blocked | Tries::Absent => None,
    };
    match problem {
        Some(failure) => {
            let text = [Some(failure_title(failure, look)), left].into_iter().flatten().collect::<Vec<_>>().join("\n");
            Some(panel::banner_of(Role::Small, Icon::Care, Tone::Care, text, look))
        }
        None => left.map(|left| look.ink(Role::Small, left, look.palette().ink_soft).into()),
    }
}

/// How many of a group's digits are in when `typed` are in altogether; none while typing is in a group before it.
fn typed_of(group: usize, typed: u8) -> Option<u8> {
    let before: u8 = GROUPS.iter().take(group).map(|(count, ..)| *count).sum();
    let count = GROUPS.get(group).map_or(0, |(count, ..)| *count);
    typed.checked_sub(before).map(|typed| typed.min(count))
}

fn group(index: usize, typed: u8, width: f32, height: f32, gap: f32, look: Look) -> Element {
    let p = look.palette();
    let Some((count, label, hint)) = GROUPS.get(index).copied() else { return iced::widget::space().into() };
    let small = look.at(look.factor.min(1.25));
    let hint = (!look.landscape())
        .then(|| small.ink(Role::Chrome, look.word(hint), p.ink_soft).font(crate::ui::font::REGULAR));
    column![
        small.ink(Role::Chrome, look.word(label), p.ink),
        digits::boxes(count, typed_of(index, typed), width, height, gap, look)
    ]
    .push(hint)
    .spacing(look.mm(1.2))
    .into()
}

fn wide(typed: u8, problem: Option<Failure>, tries: Tries, look: Look) -> Element {
    let p = look.palette();
    let compact = look.metrics.compact;
    let (width, height, gap) = (look.space(9.6, 7.0), look.space(14.0, 12.0), look.mm(if compact { 0.8 } else { 1.3 }));
    let groups =
        row((0..GROUPS.len()).map(|i| group(i, typed, width, height, gap, look))).spacing(look.space(7.0, 4.0));
    let text = || look.centred(Role::Body, look.word("code-b-text"), p.ink_soft).width(Length::Fill);
    column![look.centred(Role::Title, look.word("code-b-title"), p.ink).width(Length::Fill)]
        .push(problem.is_none().then(text))
        .push((look.factor < 1.2).then(|| picture(Picture::CodeB, look.space(72.0, 40.0), look)))
        .push(groups)
        .push(note(problem, tries, look))
        .spacing(look.space(5.0, 2.5))
        .align_x(alignment::Horizontal::Center)
        .into()
}

fn narrow(typed: u8, problem: Option<Failure>, tries: Tries, look: Look) -> Element {
    let p = look.palette();
    let (width, height, gap) = (look.space(10.0, 7.4), look.space(14.0, 9.6), look.mm(1.2));
    // What went wrong takes the title's place: there is room for one of them.
    let title = || look.ink(Role::Title, look.word("code-b-title"), p.ink);
    let note = note(problem, tries, look);
    let (above, below) = if problem.is_some() { (note, None) } else { (None, note) };
    column![]
        .push(above)
        .push(problem.is_none().then(title))
        .extend((0..GROUPS.len()).map(|i| group(i, typed, width, height, gap, look)))
        .push(below)
        .spacing(look.mm(2.4))
        .into()
}
