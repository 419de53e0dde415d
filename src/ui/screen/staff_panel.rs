//! The staff's panel: how this reception stands and what they can do about it. In Japanese, or in English where the patient reads
//! English; no name and nothing typed stands here.

use iced::widget::{column, container, row};
use iced::{Length, alignment};

use super::{Data, Facts, Preset, Shown, failure_title, hint_key};
use crate::domain::face::Hint;
use crate::domain::failure::Failure;
use crate::domain::session::{Method, PanelTouch};
use crate::domain::staff_order::{Refusal, StaffCommand};
use crate::i18n::{Language, Words};
use crate::runtime::view::{PanelVisit, StaffPanel};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::{GAP_MM, Role};
use crate::ui::widget::{Button, Icon, Tone, Weight, fit, panel};

impl Shown for StaffPanel {
    fn facts(&self) -> Facts {
        Facts { staff: false, cancel: false, interrupts: true, firm: true, ..Facts::default() }
    }

    fn signals(&self, _: &crate::runtime::Screen, _: bool) -> bool {
        false
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let look = for_staff(look);
        let it = self.clone();
        let body = fit(look, alignment::Vertical::Top, move |look| body(&it, look));
        let keys = self.keys(look.at(1.0));
        if look.landscape() {
            // Below the keys is the room for what to do.
            let todo = self.clone();
            let todo = fit(look, alignment::Vertical::Top, move |look| column![].push(remedy(&todo, look)).into());
            let keys = column![keys, todo].spacing(look.mm(1.5)).width(Length::FillPortion(5));
            row![container(body).width(Length::FillPortion(4)), keys].spacing(look.mm(6.0)).into()
        } else {
            column![body, keys].spacing(look.mm(6.0)).into()
        }
    }

    fn presets() -> Vec<Preset> {
        let visit = PanelVisit {
            card: true,
            method: Some(Method::Face),
            face_tries: 2,
            hint: Some(Hint::Backlit),
            failure: Some(Failure::FaceNotConfirmed),
            pin: Some(3),
        };
        let may = vec![
            StaffCommand::AnotherTry,
            StaffCommand::GoOnByPin,
            StaffCommand::OneStepBack,
            StaffCommand::FinishAndWipe,
        ];
        let panel = |special, it: StaffPanel| Preset::of(special, it);
        let full = StaffPanel { visit: visit.clone(), may, by_eye: true, refused: None };
        let refused = StaffPanel { refused: Some(Refusal::NoTryLeft), by_eye: true, ..full.clone() };
        let may = vec![StaffCommand::FinishAndWipe];
        let empty = StaffPanel { visit: PanelVisit::default(), may, by_eye: false, refused: None };
        vec![panel("", full), panel("refused", refused), panel("nobody", empty)]
    }
}

/// The same look in a language that staff read.
fn for_staff(look: Look) -> Look {
    let language = if look.preferences.language == Language::En { Language::En } else { Language::Ja };
    Look { words: Words::of(language), ..look }
}

fn body(it: &StaffPanel, look: Look) -> Element {
    let p = look.palette();
    let line = |text: String| look.ink(Role::Body, text, p.ink).width(Length::Fill);
    let visit = &it.visit;
    let facts = facts(visit, look).into_iter().map(|text| line(text).into());
    // A wide panel has room for the newest of the two.
    let shown = visit.failure.filter(|_| it.refused.is_none() || !look.landscape());
    let failure = shown.map(|failure| {
        let title = format!("{}（{}）", failure_title(failure, look), failure.code());
        panel::banner_of(Role::Body, Icon::Care, Tone::Care, title, look)
    });
    let below = remedy(it, look).filter(|_| !look.landscape());
    let refused = it.refused.map(|refusal| {
        let why = look.word(&format!("refusal-{}", refusal.slug()));
        panel::banner_of(Role::Body, Icon::Info, Tone::Stop, why, look)
    });
    column![look.ink(Role::Title, look.word("staff-panel-title"), p.ink).width(Length::Fill)]
        .push(refused)
        .push(panel::card(column(facts).spacing(look.mm(1.5)), look))
        .push(failure)
        .push(below)
        .spacing(look.space(5.0, 2.5))
        .width(Length::Fill)
        .into()
}

/// What to do about the failure.
fn remedy(it: &StaffPanel, look: Look) -> Option<Element> {
    let failure = it.visit.failure?;
    let words = look.word(&format!("remedy-{}", failure.slug()));
    Some(look.ink(Role::Small, words, look.palette().ink_soft).width(Length::Fill).into())
}

fn facts(visit: &PanelVisit, look: Look) -> Vec<String> {
    if !visit.card {
        return vec![look.word("staff-panel-no-card")];
    }
    let method = match visit.method {
        None => "staff-panel-method-none",
        Some(Method::Face) => "staff-panel-method-face",
        Some(Method::Pin) => "staff-panel-method-pin",
    };
    let count = |key: &str, count: u8| look.words.with(key, &[("count", count.into())]);
    let mut facts = vec![look.word(method), count("staff-panel-face-tries", visit.face_tries)];
    facts.extend(visit.hint.map(|hint| look.word(hint_key(hint))));
    facts.extend(visit.pin.map(|left| count("staff-panel-pin-tries", left)));
    facts
}

impl StaffPanel {
    /// What staff can do; what the table would refuse now is off.
    fn keys(&self, look: Look) -> Element {
        let order = |id, command: StaffCommand, icon| Button {
            message: self.may.contains(&command).then_some(Message::Ordered(command)),
            ..Button::new(id, id, Weight::Other, Message::Ordered(command)).icon(icon)
        };
        let look_by_eye = Message::Panel(PanelTouch::LookByEye);
        let by_eye = Button {
            message: self.by_eye.then_some(look_by_eye.clone()),
            ..Button::new("staff-panel-by-eye", "staff-panel-by-eye", Weight::Other, look_by_eye).icon(Icon::Eye)
        };
        let close =
            Button::new("staff-panel-close", "staff-panel-close", Weight::Main, Message::Panel(PanelTouch::Close));
        let rows = [
            [by_eye, order("staff-panel-another-try", StaffCommand::AnotherTry, Icon::Face)],
            [
                order("staff-panel-by-pin", StaffCommand::GoOnByPin, Icon::Lock),
                order("staff-panel-back", StaffCommand::OneStepBack, Icon::Back),
            ],
            [order("staff-panel-finish", StaffCommand::FinishAndWipe, Icon::Cross), close],
        ];
        let gap = look.mm(GAP_MM);
        let rows = rows.map(|pair| row(pair.map(|button| button.view(look))).spacing(gap).into());
        column(rows).spacing(gap).into()
    }
}
