//! Screens with sample data, for pictures, tests and reviews, and the invented people and texts on them.

use iced::widget::image::Handle;
use jiff::civil::DateTime;

use super::screen::{self, Data};
use super::widget::keypad::KeyOrder;
use crate::domain::ids::ReceptionId;
use crate::domain::qualification::PatientName;
use crate::domain::secret::{PrintedName, Secret};
use crate::domain::session::Purpose;
use crate::domain::terms::{Terms, Translation};
use crate::runtime::{Glimpse, Screen, View};

/// A screen with sample data.
#[derive(Debug, Clone)]
pub struct Preset {
    /// The screen's file name, with what is special after a dash.
    pub name: String,
    /// What is shown.
    pub data: Data,
}

impl Preset {
    /// `screen` in a reception; `special` is empty for its usual looks.
    pub fn of(special: &str, screen: impl Into<Screen>) -> Preset {
        let screen = screen.into();
        let name = [screen::name(&screen), special].into_iter().filter(|part| !part.is_empty());
        let name = name.collect::<Vec<_>>().join("-");
        let (reception, purpose) = (Some(ReceptionId(1)), Purpose::Reception);
        Preset { name, data: Data::of(View { screen, reception, training: false, purpose }) }
    }

    /// A screen with a patient's name, once for each kind of name.
    pub fn named<S: Into<Screen>>(screen: impl Fn(PatientName) -> S) -> Vec<Preset> {
        let named = |special, name: &str, kana: &str| {
            Preset::of(special, screen(PatientName { name: name.to_owned(), kana: Some(kana.to_owned()) }))
        };
        let mut printed = named("printed", "中●　浩二", "ナカハラ　コウジ");
        printed.data.name = name_on_the_card();
        vec![
            named("", "見本　花子", "ミホン　ハナコ"),
            named("unwritable", "見本　●太郎", "ミホン　ソウタロウ"),
            printed,
            named("long-name", "SAMPLE MARIA FERNANDA DE LOS ANGELES", "サンプル　マリア　フェルナンダ"),
        ]
    }

    /// While nobody's visit runs.
    pub fn at_rest(mut self) -> Preset {
        self.data.view.reception = None;
        self
    }

    /// In training mode.
    pub fn training(mut self) -> Preset {
        self.data.view.training = true;
        self
    }

    /// As somebody sees it who came to ask about the registration only.
    pub fn for_inquiry(mut self) -> Preset {
        self.data.view.purpose = Purpose::Inquiry;
        self
    }

    /// With these digits shown.
    pub fn typed(mut self, digits: &[u8]) -> Preset {
        self.data.typing.seen = Some(Glimpse::new(digits));
        self
    }

    /// After a machine has typed on it.
    pub fn after_a_machine(mut self) -> Preset {
        self.data.typing.machine = true;
        self
    }

    /// With the digits in an order drawn with these numbers.
    pub fn shuffled(mut self, random: [u32; 9]) -> Preset {
        self.data.typing.order = KeyOrder::drawn(random);
        self
    }
}

/// A day and hour from which on something works.
pub const TUESDAY_NOON: DateTime = DateTime::constant(2026, 11, 24, 12, 0, 0, 0);

/// The name on the card of an invented person, without the empty part at its right.
fn name_on_the_card() -> Option<Handle> {
    let png = include_bytes!("../../assets/people/p04/name.png");
    let picture = image::load_from_memory_with_format(png, image::ImageFormat::Png).ok()?.into_luma8();
    let mut ink = image::imageops::crop_imm(&picture, 0, 0, 136, picture.height()).to_image();
    ink.pixels_mut().for_each(|pixel| pixel.0[0] = u8::MAX - pixel.0[0]);
    let print = PrintedName::new(ink.width(), ink.height(), Secret::new(ink.into_raw()))?;
    Some(super::printed(&print))
}

/// Terms made of letters that stand for nothing, in paragraphs of several lengths.
pub fn terms() -> Terms {
    let paragraph = |i: usize| format!("第{i}条　") + &"見本の文です。".repeat(4 + 3 * (i % 3));
    let original: Vec<_> = (1..=9).map(paragraph).collect();
    let english = (1..=9).map(|i: usize| format!("Article {i}. ") + &"This is a sample. ".repeat(4 + 3 * (i % 3)));
    let translations = vec![Translation { language: "en".to_owned(), paragraphs: english.collect() }];
    Terms { version: "preset".to_owned(), sample: true, original, translations }
}
