//! A finger on the real window: what it finds there and what its touch says.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use iced::advanced::widget::Id;
use iced::touch::{Event as Touch, Finger};
use iced::{Event, Point, Rectangle, Settings, Size};
use iced_test::Simulator;
use iced_test::selector::Candidate;
use uketsuke::i18n::readable;
use uketsuke::ui::message::Message;
use uketsuke::ui::pace::TOGETHER;
use uketsuke::ui::widget::pressable::Report;
use uketsuke::ui::{App, Clock};

/// A clock that stands until a test moves it on.
#[derive(Clone)]
pub struct Standing(Arc<Mutex<Instant>>);

thread_local! {
    static HERE: Standing = Standing(Arc::new(Mutex::new(Instant::now())));
}

/// From one key or touch to the next.
pub const BY_HAND: Duration = Duration::from_millis(200);

impl Standing {
    /// The one clock of this test.
    pub fn here() -> Standing {
        HERE.with(Standing::clone)
    }

    /// As the window reads it.
    pub fn clock(&self) -> Clock {
        let time = Arc::clone(&self.0);
        Clock::new(move || *time.lock().unwrap())
    }

    pub fn advance(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }
}

/// What every simulated window starts with.
pub fn settings() -> Settings {
    Settings { default_font: uketsuke::ui::font::DEFAULT, ..Settings::default() }
}

/// The window as `app` shows it now.
pub fn window(app: &App, size: Size) -> Simulator<'_, Message> {
    Simulator::with_size(settings(), size, app.view())
}

/// A finger comes down.
pub fn press(finger: u64, position: Point) -> Event {
    Event::Touch(Touch::FingerPressed { id: Finger(finger), position })
}

/// A finger that is down moves.
pub fn slide(finger: u64, position: Point) -> Event {
    Event::Touch(Touch::FingerMoved { id: Finger(finger), position })
}

/// A finger goes up.
pub fn lift(finger: u64, position: Point) -> Event {
    Event::Touch(Touch::FingerLifted { id: Finger(finger), position })
}

/// A finger comes down and goes up there, and time for the next one passes.
pub fn tap(window: &mut Simulator<'_, Message>, at: Point) {
    let _ = window.simulate([press(1, at), lift(1, at)]);
    Standing::here().advance(BY_HAND);
}

/// The window is drawn, as it is when it asked for that.
pub fn redraw(window: &mut Simulator<'_, Message>) {
    let now = *Standing::here().0.lock().unwrap();
    let _ = window.simulate([Event::Window(iced::window::Event::RedrawRequested(now))]);
}

/// A key goes down and up, and is known to be a hand's; what the window makes of it.
pub fn key(app: &App, size: Size, key: iced::keyboard::Key) -> Vec<Message> {
    let mut window = window(app, size);
    let _ = window.simulate(iced_test::simulator::tap_key(key, None));
    Standing::here().advance(TOGETHER);
    redraw(&mut window);
    Standing::here().advance(BY_HAND - TOGETHER);
    window.into_messages().collect()
}

/// The name in an id, which iced shows only in quotes.
pub fn plain(id: &Id) -> String {
    format!("{id:?}").split('"').nth(1).unwrap_or_default().to_owned()
}

/// What a patient can read and press.
#[derive(Debug, Default)]
pub struct Shown {
    /// Texts, without layout characters.
    pub texts: Vec<String>,
    /// Where each of them stands.
    pub places: Vec<Rectangle>,
    /// Every pressable: its id, where it is, whether it is on.
    pub pressables: Vec<(String, Rectangle, bool)>,
}

impl Shown {
    /// Looks at the whole window.
    pub fn on(window: &mut Simulator<'_, Message>) -> Shown {
        let mut shown = Shown::default();
        let look = |candidate: Candidate<'_>| -> Option<()> {
            match candidate {
                Candidate::Text { content, bounds, .. } => {
                    shown.texts.push(readable(content));
                    shown.places.push(bounds);
                }
                Candidate::Custom { id: Some(id), bounds, state, .. } => {
                    if let Some(report) = state.downcast_ref::<Report>() {
                        shown.pressables.push((plain(id), bounds, report.enabled));
                    }
                }
                _ => {}
            }
            None
        };
        // Nothing is ever selected: the search sees everything and ends without a find.
        let _ = window.find(look);
        shown
    }

    /// The middle of the one pressable with this id.
    ///
    /// # Errors
    /// Why a finger cannot press it, with all that could be pressed instead.
    pub fn middle_of(&self, id: &str) -> Result<Point, String> {
        let mut found = self.pressables.iter().filter(|(other, ..)| other == id);
        let why = match (found.next(), found.next()) {
            (Some((_, bounds, true)), None) => return Ok(bounds.center()),
            (Some(_), None) => "it is off",
            (None, _) => "it is not there",
            (Some(_), Some(_)) => "it is there twice",
        };
        let others: Vec<_> = self.pressables.iter().filter(|(.., on)| *on).map(|(id, ..)| id.as_str()).collect();
        Err(format!("{why}; what can be pressed: {}", others.join(", ")))
    }
}
