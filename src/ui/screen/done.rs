//! D1 完了: the patient's own name, and the card.

use iced::widget::image::Handle;
use iced::widget::{column, row};
use iced::{Length, alignment};

use super::{Data, Facts, Preset, Shown, Step, name_lines, name_title, printed};
use crate::domain::secret::Personal;
use crate::domain::session::AfterReception;
use crate::runtime::Earcon;
use crate::runtime::view::Done;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::metrics::Role;
use crate::ui::widget::picture::{Picture, picture};
use crate::ui::widget::print::print;
use crate::ui::widget::{Icon, Tone, fit, panel};

impl Shown for Done {
    fn facts(&self) -> Facts {
        let signal = Some(Earcon::Done);
        Facts { step: Some(Step::Done), cancel: false, moves: true, interrupts: true, signal, ..Facts::default() }
    }

    fn view(&self, data: &Data, look: Look) -> Element {
        let (it, printed) = (self.clone(), printed(&self.patient.0, data));
        fit(look, alignment::Vertical::Center, move |look| thanks(&it, printed.clone(), look))
    }

    fn presets() -> Vec<Preset> {
        Preset::named(|patient| Done { patient: Personal(patient), after: AfterReception::Seat })
    }
}

fn thanks(it: &Done, printed: Option<Handle>, look: Look) -> Element {
    let patient = &it.patient.0;
    let p = look.palette();
    let landscape = look.landscape();
    let align = if landscape { alignment::Horizontal::Left } else { alignment::Horizontal::Center };
    let line = |role, text: String, color| look.ink(role, text, color).align_x(align).width(Length::Fill);
    let name = line(Role::Title, name_title(patient, look), p.ink).as_on_the_card();
    let mut words = column![name].spacing(look.space(3.0, 1.5)).align_x(align);
    let lines = name_lines(patient, printed.is_some(), look);
    words = words.push(printed.map(|printed| print(printed, look)));
    for (role, text) in [Role::Body, Role::Small].into_iter().zip(lines) {
        words = words.push(line(role, text, p.ink));
    }
    let next = match it.after {
        AfterReception::Seat => "done-wait",
        AfterReception::Counter => "done-counter",
        AfterReception::Number => "done-number",
    };
    let ready = panel::banner(Icon::Check, Tone::Good, look.word("done-title"), look);
    let take = column![
        line(Role::Title, look.word("done-take"), p.on_accent_soft),
        line(Role::Body, look.word("done-take-text"), p.ink),
        line(Role::Body, look.word(next), p.ink)
    ]
    .spacing(look.space(2.5, 1.2));
    let size = look.space(96.0, 58.0) / look.factor.max(1.0);
    let card = picture(Picture::TakeCard, size, look);
    if landscape {
        let text = column![words, ready, take].spacing(look.mm(3.0)).width(Length::Fill);
        row![card, text].spacing(look.mm(6.0)).align_y(alignment::Vertical::Center).into()
    } else {
        column![words, ready, card, take].spacing(look.space(8.0, 4.0)).align_x(align).into()
    }
}
