//! 医療費助成: is a certificate to be used?

use iced::alignment;
use iced::widget::column;

use super::{Data, Facts, Preset, Shown, Step, answers};
use crate::runtime::view::ChooseSubsidy;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Mark, Notice, Tone};

impl Shown for ChooseSubsidy {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Consent), firm: true, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let notice = Notice::new(Mark::Icon(Icon::Paper, Tone::Calm), look.word("subsidy-title"))
            .text(look.word("subsidy-text"));
        let answers = answers(("subsidy-not", "subsidy-not"), ("subsidy-use", "subsidy-use"), self.agree_left, look);
        column![notice.view(look), answers].spacing(look.space(6.0, 4.0)).align_x(alignment::Horizontal::Center).into()
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", ChooseSubsidy { agree_left: false })]
    }
}
