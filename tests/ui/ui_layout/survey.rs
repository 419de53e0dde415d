//! What stands where on a screen: every text as the font shapes it, everything that can be pressed, how text was fitted.

use std::any::Any;

use iced::advanced::widget::{Id, Operation};
use iced::{Color, Rectangle};
use uketsuke::i18n::readable;
use uketsuke::ui::headless::{Shot, Stage};
use uketsuke::ui::message::Element;
use uketsuke::ui::screen::Data;
use uketsuke::ui::widget::{fit, label, pressable};

/// A text and where it is.
pub struct Text {
    /// As a reader sees it.
    pub text: String,
    pub bounds: Rectangle,
    pub color: Option<Color>,
    pub broken: Option<String>,
    pub shaped: Option<label::Shaped>,
}

/// Something that can be pressed.
pub struct Press {
    pub id: String,
    pub bounds: Rectangle,
    pub report: pressable::Report,
}

/// Everything on one screen.
#[derive(Default)]
pub struct Survey {
    pub presses: Vec<Press>,
    pub texts: Vec<Text>,
    pub fits: Vec<fit::Report>,
}

impl Survey {
    /// Of `data` as `shot` wants it.
    pub fn of(data: &Data, shot: Shot) -> Survey {
        Survey::through(&mut Stage::new(data, shot).expect("a stage"))
    }

    /// Of anything.
    pub fn of_element(element: Element, shot: Shot) -> Survey {
        Survey::through(&mut Stage::of(element, shot).expect("a stage"))
    }

    /// Of what has been laid out.
    pub fn through(stage: &mut Stage) -> Survey {
        let mut survey = Survey::default();
        stage.operate(&mut survey);
        survey
    }

    /// What can be pressed where the middle of `bounds` is.
    pub fn under(&self, bounds: &Rectangle) -> Option<&Press> {
        self.presses.iter().find(|press| press.bounds.contains(bounds.center()))
    }
}

impl Operation for Survey {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn text(&mut self, _: Option<&Id>, bounds: Rectangle, text: &str) {
        let text = readable(text);
        self.texts.push(Text { text, bounds, color: None, broken: None, shaped: None });
    }

    fn custom(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        if let Some(report) = state.downcast_ref::<pressable::Report>() {
            let id = format!("{id:?}").split('"').nth(1).unwrap_or_default().to_owned();
            self.presses.push(Press { id, bounds, report: *report });
        } else if let Some(report) = state.downcast_ref::<fit::Report>() {
            self.fits.push(*report);
        } else if let Some(report) = state.downcast_ref::<label::Report>() {
            // A label tells its text first.
            let text = self.texts.last_mut().expect("a text");
            (text.color, text.broken, text.shaped) = (report.color, report.broken.clone(), Some(report.shaped.clone()));
        }
    }
}
