//! Speech: on or off, how loud, once more; where there is none in the patient's language, that is said.

use iced::widget::column;

use crate::i18n::{Language, Words};
use crate::runtime::{Audible, Volume};
use crate::ui::keys::Ask;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::preferences::Change;
use crate::ui::speech::Index;
use crate::ui::widget::button::buttons;
use crate::ui::widget::option::{Choice, Sample, choices};
use crate::ui::widget::{Button, Icon, Tone, Weight, panel};

/// Languages that are offered where the chosen one has no speech.
const SPOKEN: [(Language, &str); 2] = [(Language::Ja, "sound-ja"), (Language::En, "sound-en")];

/// The choices.
pub fn view(audible: Audible, look: Look) -> Element {
    if audible != Audible::Yes {
        return panel::banner(Icon::Info, Tone::Calm, look.word("sound-no-device"), look);
    }
    let gap = look.space(4.5, 2.4);
    if !Index::shipped().speaks(look.preferences.language) {
        let offered = SPOKEN.map(|(language, id)| Choice {
            id,
            label: Words::of(language).get("language-name"),
            sample: Sample::Language(language),
            chosen: false,
            message: Message::Prefer(Change::Spoken(language)),
        });
        let told = panel::banner(Icon::Info, Tone::Calm, look.word("sound-other-language"), look);
        return column![told, choices(offered.into(), 2, look)].spacing(gap).into();
    }
    let on = look.preferences.speech;
    let speech = |id, icon, wanted| Choice {
        id,
        label: look.word(id),
        sample: Sample::Icon(icon),
        chosen: on == wanted,
        message: Message::Prefer(Change::Speech(wanted)),
    };
    let speech = vec![speech("sound-on", Icon::Sound, true), speech("sound-off", Icon::Cross, false)];
    let volume = look.preferences.volume;
    let step = |id, to: Option<Volume>| {
        let message = to.map(|volume| Message::Prefer(Change::Volume(volume)));
        Button { id, label: id, weight: Weight::Quiet, icon: None, message }
    };
    let repeat = Button {
        id: "sound-repeat",
        label: "sound-repeat",
        weight: Weight::Quiet,
        icon: None,
        message: on.then_some(Message::Ask(Ask::Repeat)),
    };
    let actions = vec![step("sound-softer", volume.softer()), step("sound-louder", volume.louder()), repeat];
    let loud = look.words.with("sound-volume", &[("count", volume.step().into())]);
    let p = look.palette();
    column![choices(speech, 2, look), look.ink(Role::Body, loud, p.ink), buttons(actions, look.landscape(), look)]
        .spacing(gap)
        .into()
}
