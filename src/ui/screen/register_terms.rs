//! R2: the terms of use, page by page; the Japanese original beside any translation. Agreeing is possible on the last page.

use std::sync::Arc;

use iced::widget::{column, row};
use iced::{Length, alignment};

use super::{Data, Facts, Preset, Shown, Step};
use crate::domain::session::PatientInput;
use crate::runtime::view::RegisterTerms;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::sample;
use crate::ui::widget::button::buttons;
use crate::ui::widget::{Button, Icon, Tone, Weight, pages, panel};

impl Shown for RegisterTerms {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Check), firm: true, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let reader = look.words.language().tag();
        let block = |(original, translation): (String, Option<String>)| -> Box<dyn Fn(Look) -> Element> {
            Box::new(move |look| paragraph(&original, translation.as_deref(), look))
        };
        let blocks = self.terms.for_reader(reader).into_iter().map(block).collect();
        let sample = self.terms.sample;
        pages(look, self.page, blocks, move |look, page, of| head(sample, page, of, look), foot)
    }

    fn presets() -> Vec<Preset> {
        let terms = |special, page| Preset::of(special, RegisterTerms { terms: Arc::new(sample::terms()), page });
        vec![terms("", 0), terms("middle", 1), terms("last", u16::MAX)]
    }
}

fn head(sample: bool, page: usize, of: usize, look: Look) -> Element {
    let look = look.at(look.factor.min(1.25));
    let p = look.palette();
    let number = [("page", (page + 1).into()), ("pages", of.into())];
    let title = look.ink(Role::Label, look.word("terms-title"), p.ink).width(Length::Fill);
    let count = look.ink(Role::Body, look.words.with("terms-page", &number), p.ink_soft);
    column![row![title, count].spacing(look.mm(4.0)).align_y(alignment::Vertical::Center)]
        .push((page == 0).then(|| look.ink(Role::Small, look.word("terms-apply"), p.ink).width(Length::Fill)))
        .push(sample.then(|| panel::banner_of(Role::Small, Icon::Info, Tone::Care, look.word("terms-sample"), look)))
        .spacing(look.space(3.0, 1.5))
        .into()
}

fn paragraph(original: &str, translation: Option<&str>, look: Look) -> Element {
    let p = look.palette();
    let text = |text: &str, color| look.ink(Role::Small, text.to_owned(), color).width(Length::Fill);
    let translation = translation.map(|translation| look.words.laid_out(translation));
    let translation = translation.as_deref();
    match translation {
        None => text(original, p.ink).as_on_the_card().into(),
        Some(translation) if look.landscape() => {
            row![text(translation, p.ink), text(original, p.ink_soft).as_on_the_card()].spacing(look.mm(6.0)).into()
        }
        Some(translation) => {
            column![text(translation, p.ink), text(original, p.ink_soft).as_on_the_card()].spacing(look.mm(1.5)).into()
        }
    }
}

fn foot(look: Look, page: usize, of: usize) -> Element {
    let button = |id, label, weight, input| Button::new(id, label, weight, Message::Touched(input));
    let last = page + 1 >= of;
    let back = button("previous-page", "terms-previous", Weight::Other, PatientInput::Back);
    let on = if last {
        button("terms-agree", "terms-agree", Weight::Main, PatientInput::Continue)
    } else {
        button("next-page", "terms-next", Weight::Main, PatientInput::NextPage)
    };
    let list = if page == 0 { vec![on] } else { vec![back, on] };
    buttons(list, true, look)
}
