//! F0: the check is impossible; why, who can act, and what it means for the fee.

use super::{Data, Facts, Preset, Shown, failure_text, failure_title, with_fee};
use crate::domain::failure::Failure;
use crate::domain::session::PatientInput;
use crate::runtime::view::Fallback;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for Fallback {
    fn facts(&self) -> Facts {
        Facts { cancel: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let (id, label) = if self.led { ("continue", "continue") } else { ("to-desk", "fallback-desk") };
        let notice = Notice::new(Mark::Icon(Icon::Network, Tone::Care), failure_title(self.failure, look));
        let mut notice = with_fee(notice, self.failure, look).text(match self.failure {
            // How to lay it down was said before.
            Failure::CardUnreadable => look.word("fallback-at-the-counter"),
            failure => failure_text(failure, look),
        });
        if self.led {
            notice = notice.text(look.word("fallback-led"));
        }
        notice
            .button(Button::new(id, label, Weight::Main, Message::Touched(PatientInput::Continue)))
            .code(self.failure.code())
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        let fallback = |special, failure, led| Preset::of(special, Fallback { failure, led });
        vec![
            fallback("timeout", Failure::GatewayTimeout, true),
            fallback("chip-broken", Failure::CardUnreadable, true),
            fallback("not-confirmed", Failure::NotConfirmed, false),
            fallback("certificate-ended", Failure::CertificateEnded, true),
            fallback("certificate-revoked", Failure::CertificateRevoked, true),
        ]
    }
}
