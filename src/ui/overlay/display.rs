//! Text size, colours, seated layout and motion; each choice shows itself.

use iced::widget::{column, row};

use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::{GAP_MM, Role, TextStep};
use crate::ui::preferences::Change;
use crate::ui::theme::Theme;
use crate::ui::widget::Icon;
use crate::ui::widget::option::{Choice, Sample, choices};

/// The choices.
pub fn view(look: Look) -> Element {
    let p = look.palette();
    let heading = |key| look.ink(Role::Body, look.word(key), p.ink).font(crate::ui::font::BOLD);
    let texts: Vec<Choice> = TextStep::ALL.map(|step| text(step, look)).into();
    let themes: Vec<Choice> = Theme::ALL.map(|theme| colours(theme, look)).into();
    let comfort = choices(comfort(look).into(), 2, look);
    let gap = look.space(4.5, 1.6);
    if look.landscape() {
        let part = |key, list| column![heading(key), choices(list, 2, look)].spacing(gap);
        let parts = row![part("display-text", texts), part("display-theme", themes)].spacing(look.mm(GAP_MM + 0.2));
        return column![parts, comfort].spacing(look.mm(GAP_MM + 0.2)).into();
    }
    column![
        heading("display-text"),
        choices(texts, 4, look),
        heading("display-theme"),
        choices(themes, 4, look),
        heading("display-comfort"),
        comfort
    ]
    .spacing(gap)
    .into()
}

fn text(step: TextStep, look: Look) -> Choice {
    let (id, label) = match step {
        TextStep::P100 => ("text-100", "display-text-100"),
        TextStep::P125 => ("text-125", "display-text-125"),
        TextStep::P150 => ("text-150", "display-text-150"),
        TextStep::P200 => ("text-200", "display-text-200"),
    };
    Choice {
        id,
        label: look.word(label),
        sample: Sample::Letter(step),
        chosen: look.preferences.text == step,
        message: Message::Prefer(Change::Text(step)),
    }
}

fn colours(theme: Theme, look: Look) -> Choice {
    let (id, label) = match theme {
        Theme::Light => ("theme-light", "display-theme-light"),
        Theme::Dark => ("theme-dark", "display-theme-dark"),
        Theme::HighContrast => ("theme-high", "display-theme-high"),
        Theme::Grey => ("theme-grey", "display-theme-grey"),
    };
    Choice {
        id,
        label: look.word(label),
        sample: Sample::Colours(theme),
        chosen: look.preferences.theme == theme,
        message: Message::Prefer(Change::Theme(theme)),
    }
}

/// Each is on or off: a touch turns it round.
fn comfort(look: Look) -> [Choice; 2] {
    let (seated, calm) = (look.preferences.seated, look.preferences.calm);
    [
        Choice {
            id: "display-seated",
            label: look.word("display-seated"),
            sample: Sample::Icon(Icon::Seated),
            chosen: seated,
            message: Message::Prefer(Change::Seated(!seated)),
        },
        Choice {
            id: "display-calm",
            label: look.word("display-calm"),
            sample: Sample::Icon(Icon::Still),
            chosen: calm,
            message: Message::Prefer(Change::Calm(!calm)),
        },
    ]
}
