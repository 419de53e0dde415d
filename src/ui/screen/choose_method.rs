//! A2 認証方法の選択: a card for each way; one that is off says why, one the card does not have is not shown.

use iced::widget::{column, row};
use iced::{Length, alignment};

use super::{Data, Facts, Preset, Shown, Step, failure_title};
use crate::domain::failure::Failure;
use crate::domain::session::{Method, PatientInput};
use crate::runtime::view::ChooseMethod;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::button::choice;
use crate::ui::widget::{Icon, Tone, fit, panel};

impl Shown for ChooseMethod {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Identity), ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let ChooseMethod { face, pin } = *self;
        let title = move |look: Look| {
            let p = look.palette();
            let remark: Element = match (face, pin) {
                // 顔認証マイナンバーカード: issued without PIN.
                (_, Err(Failure::PinAbsent)) => {
                    panel::banner_of(Role::Small, Icon::Card, Tone::Calm, look.word("choose-face-only"), look)
                }
                (Err(Failure::NoPortrait), Ok(())) => {
                    look.centred(Role::Body, look.word("choose-guardian"), p.ink_soft).width(Length::Fill).into()
                }
                _ => look.centred(Role::Body, look.word("choose-help"), p.ink_soft).width(Length::Fill).into(),
            };
            column![look.centred(Role::Title, look.word("choose-title"), p.ink).width(Length::Fill), remark]
                .spacing(look.space(5.0, 2.5))
                .align_x(alignment::Horizontal::Center)
                .into()
        };
        if look.landscape() {
            // Three cards are narrow; what a card without PIN means takes height from two.
            let tight = pin == Err(Failure::PinAbsent) || (face.is_err() && pin.is_err());
            let factor = if tight { 0.84 } else { look.factor.min(1.25) };
            let cards = row(ways(face, pin, look.at(factor))).spacing(look.mm(5.0)).height(Length::Fill);
            let room = if pin == Err(Failure::PinAbsent) { 36.0 } else { 30.0 };
            let title =
                iced::widget::container(fit(look.at(look.factor.min(1.35)), alignment::Vertical::Center, title));
            column![title.height(look.mm(room)), cards].spacing(look.mm(3.0)).into()
        } else {
            fit(look, alignment::Vertical::Center, move |look| {
                column![title(look)].extend(ways(face, pin, look)).spacing(look.mm(8.0)).into()
            })
        }
    }

    fn presets() -> Vec<Preset> {
        let choose = |special, face, pin| Preset::of(special, ChooseMethod { face, pin });
        vec![
            choose("", Ok(()), Ok(())),
            choose("pin-blocked", Ok(()), Err(Failure::PinBlocked)),
            choose("no-camera", Err(Failure::CameraGone), Ok(())),
            choose("face-only-card", Ok(()), Err(Failure::PinAbsent)),
            choose("child", Err(Failure::NoPortrait), Ok(())),
            choose("code-b-spent", Err(Failure::CodeBBlocked), Ok(())),
            choose("neither", Err(Failure::FaceNotConfirmed), Err(Failure::PinBlocked)),
        ]
    }
}

/// Staff are named as a way where one of the two does not exist or both are closed.
fn ways(face: Result<(), Failure>, pin: Result<(), Failure>, look: Look) -> Vec<Element> {
    let way = |id, icon, label: &str, input, possible: Result<(), Failure>| {
        let message = possible.map(|()| Message::Touched(input)).map_err(|failure| why_not(failure, look));
        choice(id, icon, look.word(label), look.word(&format!("{label}-text")), message, look)
    };
    let choose = PatientInput::Choose;
    let mut ways = vec![way("choose-face", Icon::Face, "choose-face", choose(Method::Face), face)];
    match pin {
        Err(Failure::PinAbsent) => {}
        // Not a way, but the way to what a lock blocks and where it is undone.
        Err(failure @ Failure::PinBlocked) => {
            let message = Ok(Message::Touched(choose(Method::Pin)));
            ways.push(choice(
                "choose-pin",
                Icon::Lock,
                look.word("choose-pin"),
                failure_title(failure, look),
                message,
                look,
            ));
        }
        pin => ways.push(way("choose-pin", Icon::Keypad, "choose-pin", choose(Method::Pin), pin)),
    }
    if pin == Err(Failure::PinAbsent) || (face.is_err() && pin.is_err()) {
        ways.push(way("choose-staff", Icon::Staff, "choose-staff", PatientInput::CallStaff, Ok(())));
    }
    ways
}

/// Why a way is closed, in the patient's words.
fn why_not(failure: Failure, look: Look) -> String {
    match failure {
        Failure::CheckRefused => look.word("face-help-refused"),
        failure => failure_title(failure, look),
    }
}
