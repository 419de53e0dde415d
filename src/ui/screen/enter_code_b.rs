//! Code B typed from the print, in three plain steps: birth date, expiry year, security code. Each shows on a drawn
//! card where it is printed, and is looked at before the next, so that no try is spent on what cannot be right.

use iced::widget::{Column, column, container, row};
use iced::{Length, alignment};

use super::{Data, Facts, Preset, Shown, Step, Typing, keypad_page};
use crate::domain::card::Tries;
use crate::domain::code_b::{Calendar, Entry, Implausible, Part, Problem};
use crate::domain::session::PatientInput;
use crate::runtime::view::EnterCodeB;
use crate::runtime::{Earcon, Screen};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::digits::{self, Boxes};
use crate::ui::widget::keypad::{Extra, Keypad};
use crate::ui::widget::picture::{Picture, picture};
use crate::ui::widget::wheel::wheel;
use crate::ui::widget::{Icon, Tone, panel};

impl Shown for EnterCodeB {
    fn facts(&self) -> Facts {
        let (typed, signal) = (Some(self.entry.count()), self.entry.problem.map(|_| Earcon::Wrong));
        // What cannot be right stays in the boxes; what the card refused is gone.
        let asks = match self.entry.problem {
            Some(Problem::Implausible(_)) => self.entry.is_full(),
            Some(Problem::Wrong) | None => self.entry.count() == 0,
        };
        Facts { step: Some(Step::Identity), asks, typed, signal, ..Facts::default() }
    }

    /// At each new problem.
    fn signals(&self, from: &Screen, _: bool) -> bool {
        !matches!(from, Screen::EnterCodeB(before) if before.entry.problem == self.entry.problem)
    }

    fn view(&self, data: &Data, look: Look) -> Element {
        let (entry, typing) = (self.entry, data.typing.clone());
        let keypad = Keypad {
            typed: entry.count(),
            wanted: entry.part.length(),
            order: Default::default(),
            left: Some(Extra {
                id: "back",
                icon: Icon::Back,
                label: "keypad-back",
                message: Message::Touched(PatientInput::Back),
            }),
            right: Some(typing.show_key()),
        };
        keypad_page(move |look| body(entry, &typing, look), None, keypad, look)
    }

    fn presets() -> Vec<Preset> {
        let entry = |special, part, typed, problem| {
            let entry = Entry { part, typed, ..Entry::new(problem, Tries::Left(10)) };
            Preset::of(special, EnterCodeB { entry })
        };
        let birth = |special, typed, reason: Option<Implausible>| {
            entry(special, Part::Birth, [typed, 0, 0], reason.map(Problem::Implausible))
        };
        let past = Some(Problem::Implausible(Implausible::ExpiryPast));
        let wrong = Entry::new(Some(Problem::Wrong), Tries::Left(9));
        vec![
            birth("", 0, None),
            birth("birth", 4, None).typed(b"5502"),
            birth("no-such-day", 6, Some(Implausible::NoSuchDay)).typed(b"550230"),
            birth("outside-era", 6, Some(Implausible::OutsideEra)).typed(b"640217"),
            birth("hidden", 6, None),
            entry("expiry", Part::Expiry, [6, 2, 0], None).typed(b"20"),
            entry("expiry-past", Part::Expiry, [6, 4, 0], past).typed(b"2021"),
            entry("security", Part::Security, [6, 4, 4], None).typed(b"1234"),
            Preset::of("wrong", EnterCodeB { entry: wrong }),
            birth("machine", 0, None).after_a_machine(),
        ]
    }
}

/// The text key of a calendar's name.
fn era_key(calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::Meiji => "era-meiji",
        Calendar::Taisho => "era-taisho",
        Calendar::Showa => "era-showa",
        Calendar::Heisei => "era-heisei",
        Calendar::Reiwa => "era-reiwa",
        Calendar::Gregorian => "era-gregorian",
    }
}

/// Title and explanation of a part.
fn keys(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Birth => ("code-b-birth-title", "code-b-birth-hint"),
        Part::Expiry => ("code-b-expiry-title", "code-b-expiry-hint"),
        Part::Security => ("code-b-security-title", "code-b-security-hint"),
    }
}

fn problem_text(problem: Problem, entry: &Entry, look: Look) -> String {
    match problem {
        Problem::Wrong => look.word("code-b-wrong"),
        Problem::Implausible(reason) => match reason {
            Implausible::Length => look.word("code-b-check-again"),
            Implausible::NoSuchDay => look.word("code-b-no-such-day"),
            Implausible::OutsideEra => {
                look.words.with("code-b-outside-era", &[("era", look.word(era_key(entry.calendar)).into())])
            }
            Implausible::Future => look.word("code-b-future"),
            Implausible::ExpiryPast => look.word("code-b-expiry-past"),
            Implausible::ExpiryFar => look.word("code-b-expiry-far"),
        },
    }
}

fn body(entry: Entry, typing: &Typing, look: Look) -> Element {
    let p = look.palette();
    let landscape = look.landscape();
    let align = if landscape { alignment::Horizontal::Left } else { alignment::Horizontal::Center };
    let (title, hint) = keys(entry.part);
    let line = |role, text: String, color| look.ink(role, text, color).align_x(align).width(Length::Fill);
    // What went wrong takes the picture's place, and on a small wide panel the title's, which goes to the step.
    let wrong = (entry.problem.is_some() || typing.machine) && landscape;
    let size = look.space(46.0, 30.0) * look.factor.min(1.0);
    let plain = entry.problem.is_none() && !typing.machine;
    let where_printed =
        (plain && (0.85..1.2).contains(&look.factor)).then(|| picture(Picture::CodeB(entry.part), size, look));
    let step = line(Role::Chrome, step_text(entry.part, look), p.on_accent_soft);
    let step: Element = match wrong {
        true => {
            row![step.width(Length::Shrink), line(Role::Chrome, look.word(title), p.ink)].spacing(look.mm(3.0)).into()
        }
        false => step.into(),
    };
    column![step]
        .push((!wrong).then(|| line(Role::Title, look.word(title), p.ink)))
        .push(where_printed)
        .push(typing.machine_note(look).or_else(|| entry.problem.map(|problem| trouble(problem, &entry, look))))
        .push((!landscape && plain).then(|| line(Role::Small, look.word(hint), p.ink_soft)))
        .push((entry.part == Part::Birth).then(|| era(entry.calendar, look)))
        .push(fields(&entry, typing, look))
        .push(note(&entry, look))
        .spacing(look.space(3.5, 2.0))
        .align_x(align)
        .width(Length::Fill)
        .into()
}

fn step_text(part: Part, look: Look) -> String {
    look.words.with("code-b-step", &[("step", (part.index() + 1).into()), ("steps", Part::ALL.len().into())])
}

fn trouble(problem: Problem, entry: &Entry, look: Look) -> Element {
    let role = if look.landscape() { Role::Small } else { Role::Body };
    panel::banner_of(role, Icon::Care, Tone::Care, problem_text(problem, entry, look), look)
}

/// How many tries are left, and that none was used on what cannot be right.
fn note(entry: &Entry, look: Look) -> Option<Element> {
    let Tries::Left(count) = entry.tries else { return None };
    let free = matches!(entry.problem, Some(Problem::Implausible(_)));
    let key = if free { "code-b-no-try-used" } else { "code-b-tries" };
    let text = look.words.with(key, &[("count", count.into())]);
    Some(look.ink(Role::Small, text, look.palette().ink_soft).into())
}

fn era(calendar: Calendar, look: Look) -> Element {
    let [back, on] = [PatientInput::EraEarlier, PatientInput::EraLater].map(Message::Touched);
    let width = look.space(104.0, 55.0);
    wheel(("era-earlier", back), ("era-later", on), look.word(era_key(calendar)), width, look)
}

/// The boxes of the part: of the birth date in pairs with year, month and day above them.
fn fields(entry: &Entry, typing: &Typing, look: Look) -> Element {
    let (width, height) = (look.space(13.0, 7.6), look.space(17.0, 11.0));
    let gap = look.space(2.0, 1.0);
    let boxes = |from, count| {
        let boxes = Boxes { from, count, width, height, gap };
        digits::boxes(boxes, entry.count(), typing.seen.as_ref(), look)
    };
    match entry.part {
        Part::Birth => {
            let labelled = |(from, key)| -> Element {
                let name = look.at(1.0).ink(Role::Chrome, look.word(key), look.palette().ink_soft);
                Column::with_children([name.into(), boxes(from, 2)])
                    .spacing(look.mm(0.6))
                    .align_x(alignment::Horizontal::Center)
                    .into()
            };
            row([(0, "code-b-year"), (2, "code-b-month"), (4, "code-b-day")].map(labelled))
                .spacing(look.space(7.0, 2.4))
                .into()
        }
        Part::Expiry | Part::Security => container(boxes(0, 4)).into(),
    }
}
