//! The application: boot, update, view, subscriptions. What is shown comes from the runtime; only the patient's
//! preferences and the open panel are the window's own, and they end with the visit.

mod feed;
mod monitor;

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::{Size, Subscription, Task, window};

use super::keys::{Ask, Place};
use super::look::Look;
use super::message::{Element, Message};
use super::metrics::Metrics;
use super::screen::{self, Data};
use super::speech::Speaker;
use super::widget::keypad::KeyOrder;
use super::widget::surface::{Access, Hands, Ring, Surface};
use super::{
    Change, Clock, Dock, DockInput, DockView, Fit, Overlay, Preferences, TypefaceError, font, theme, typeface,
};
use crate::domain::session::PatientInput;
use crate::i18n::{Language, Words};
use crate::runtime::{Earcon, Handle, Input, Sound, Volume};

/// Presses in the first moments of a new screen are meant for the one before.
pub const GUARD: Duration = Duration::from_millis(300);
/// How long what somebody set on the idle screen waits for their card.
pub const ABANDONED: Duration = Duration::from_secs(60);
/// Two touches of one place are at most so far apart, in mm.
const NEAR_MM: f32 = 5.0;
/// Time between two steps of a slow picture, and of its whole round.
const STEP: Duration = Duration::from_millis(100);
const ROUND: Duration = Duration::from_millis(3_200);

/// How much smaller a window that is to fit opens.
const SMALLER: f32 = 0.25;

/// What the site decides about the window.
#[derive(Clone, Default)]
pub struct UiOptions {
    /// Over everything, without a frame.
    pub fullscreen: bool,
    /// Window size in logical pixels; 1080×1920 when not said.
    pub size: Option<(u32, u32)>,
    /// In a window on an ordinary monitor: everything larger or smaller, in proportion.
    pub fit: Option<Fit>,
    /// The language every visit starts with.
    pub language: Language,
    /// The panel's diagonal in inches, when the guess from the size is wrong.
    pub diagonal_inch: Option<f32>,
    /// Nothing moves.
    pub reduced_motion: bool,
    /// Every visit begins with the digits of the PIN keypad in an order of chance.
    pub shuffle_keypad: bool,
    /// No mouse pointer.
    pub hide_pointer: bool,
    /// The trainer's controls, in training mode.
    pub dock: Option<Arc<dyn Dock>>,
    /// Where speech and signals go; silent without it.
    pub sound: Option<Arc<dyn Sound>>,
    /// Every visit begins with speech; else it begins with the first key or in the sound panel.
    pub speech: bool,
    /// How loud a visit begins.
    pub volume: Volume,
    /// By which a new screen opens.
    pub clock: Clock,
}

impl UiOptions {
    /// What a visit begins with.
    pub fn preferences(&self) -> Preferences {
        Preferences {
            language: self.language,
            calm: self.reduced_motion,
            speech: self.speech,
            volume: self.volume,
            ..Preferences::default()
        }
    }
}

/// The window could not be opened or ended with an error.
#[derive(Debug, thiserror::Error)]
pub enum UiError {
    /// No display, no renderer.
    #[error("the window could not be shown: {0}")]
    Window(#[from] iced::Error),
    /// A font of the program is missing or broken.
    #[error("the words could not be drawn: {0}")]
    Typeface(#[from] TypefaceError),
}

/// Opens the window; returns when it is closed.
///
/// # Errors
/// When there is no display or no renderer, or a font is missing.
pub fn run(handle: Handle, options: UiOptions) -> Result<(), UiError> {
    typeface::load()?;
    let (width, height) = options.size.unwrap_or((1080, 1920));
    let settings =
        iced::Settings { id: Some("uketsuke".to_owned()), default_font: font::DEFAULT, ..iced::Settings::default() };
    // Never larger than the monitor while it opens; what fits is known once it is there.
    let smaller = if options.fit.is_some() { SMALLER } else { 1.0 };
    let window = window::Settings {
        size: Size::new(width as f32 * smaller, height as f32 * smaller),
        fullscreen: options.fullscreen,
        decorations: !options.fullscreen,
        ..window::Settings::default()
    };
    iced::application(move || App::new(handle.clone(), options.clone()), App::update, App::view)
        .title(|app: &App| crate::i18n::readable(&app.words().get("app-title")))
        .subscription(App::subscription)
        .theme(|app: &App| theme::iced_theme(app.preferences.theme))
        .scale_factor(|app: &App| app.scale)
        .style(|app: &App, _: &iced::Theme| theme::style(app.preferences.theme))
        .settings(settings)
        .window(window)
        .run()?;
    Ok(())
}

/// The window's state.
pub struct App {
    handle: Handle,
    options: UiOptions,
    data: Data,
    size: Size,
    /// How many times as large everything is on the monitor.
    scale: f32,
    preferences: Preferences,
    speaker: Rc<RefCell<Speaker>>,
    hands: Rc<RefCell<Hands>>,
    /// Keys are in use, and where they put the focus.
    awake: bool,
    focus: Option<&'static str>,
    /// Counts what the patient sets, so that an old wait does not undo it.
    set: u64,
    /// Counts changes of the window that are more than another colour, drawing or camera picture.
    revision: u64,
    opens_at: Option<Instant>,
    started: Instant,
    now: Instant,
}

impl App {
    /// Shows what the runtime shows.
    pub fn new(handle: Handle, options: UiOptions) -> App {
        font::load();
        let (width, height) = options.size.unwrap_or((1080, 1920));
        let now = options.clock.now();
        let preferences = options.preferences();
        let speaker = Rc::new(RefCell::new(Speaker::new(options.sound.clone(), preferences)));
        let app = App {
            data: Data { dock: options.dock.as_deref().map(DockView::of), ..Data::of(handle.view()) },
            size: Size::new(width as f32, height as f32),
            scale: 1.0,
            preferences,
            speaker,
            hands: Rc::default(),
            awake: false,
            focus: None,
            set: 0,
            revision: 0,
            opens_at: None,
            started: now,
            now,
            handle,
            options,
        };
        app.tell_shown(Preferences::default());
        app
    }

    fn words(&self) -> &'static Words {
        Words::of(self.preferences.language)
    }

    /// Whether `message` changes a text or a place, so that the renderer must draw the window whole.
    fn rewrites(&self, message: &Message) -> bool {
        match message {
            Message::Tick(_) => false,
            Message::Preview(picture) => picture.is_some() != self.data.preview.is_some(),
            Message::View(view) => !screen::differs_by_drawing(view, &self.data.view),
            _ => true,
        }
    }

    /// Takes one message in.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        self.revision += u64::from(self.rewrites(&message));
        match message {
            Message::View(view) => self.show(view),
            Message::Ended => return iced::exit(),
            Message::Preview(picture) => {
                // A late frame of a camera that has stopped must not come back on the screen.
                let looking = screen::facts(&self.data.view.screen).camera;
                self.data.preview = picture.filter(|_| looking);
            }
            // Shown by the screens with a name only, whichever of the two comes first.
            Message::Name(printed) => self.data.name = printed,
            Message::Touched(input) => {
                match input {
                    PatientInput::DigitErased | PatientInput::DigitsCleared => self.speaker.borrow().erased(),
                    _ => self.speaker.borrow().signal(Earcon::Accepted),
                }
                self.send(Input::Patient(input));
            }
            Message::Ordered(command) => self.staff_touched(Input::Staff(command)),
            Message::Panel(touch) => self.staff_touched(Input::Panel(touch)),
            Message::Machine => self.machine(),
            Message::Digit(digit) => {
                self.data.typing.machine = false;
                self.speaker.borrow().digit();
                self.send(Input::Digit(digit));
            }
            Message::Digits(seen) => {
                // Digits of a keypad that is gone must not come back on another one.
                let typing = screen::facts(&self.data.view.screen).typed.is_some();
                self.data.typing.seen = seen.filter(|_| typing);
            }
            Message::ShowDigits(show) => self.send(Input::ShowDigits(show)),
            Message::ShuffleKeys => self.order_keys(self.data.typing.order == KeyOrder::default()),
            Message::Open(panel) => {
                self.cover(if self.data.overlay == Some(panel) { None } else { Some(panel) });
                return self.wait_for_card();
            }
            Message::CloseOverlay => self.cover(None),
            Message::Prefer(change) => {
                self.prefer(self.preferences.with(change));
                if matches!(change, Change::Language(_)) {
                    self.cover(None);
                }
                return self.wait_for_card();
            }
            Message::Abandoned(set) if set == self.set && self.data.view.reception.is_none() => self.forget(),
            Message::Abandoned(_) => {}
            Message::Dock(input) => self.dock(input),
            Message::Ask(ask) => {
                self.answer(ask);
                return self.wait_for_card();
            }
            Message::Touch => (self.awake, self.focus) = (false, None),
            Message::Tick(now) => self.now = now,
            Message::Resized(size) => self.size = size,
            Message::Opened(id) => return self.looks_at_monitor(id),
            Message::Monitor(id, monitor) => return monitor.map_or_else(Task::none, |monitor| self.fits(id, monitor)),
            Message::Scaled(id) => return window::resize(id, self.wanted()),
        }
        Task::none()
    }

    fn staff_touched(&mut self, input: Input) {
        self.speaker.borrow().signal(Earcon::Accepted);
        self.send(input);
    }

    /// Nothing of what a machine has typed stays, and staff hear that there is one.
    fn machine(&mut self) {
        if screen::facts(&self.data.view.screen).typed.is_some() {
            self.data.typing.machine = true;
            self.send(Input::Patient(PatientInput::DigitsCleared));
        }
        self.send(Input::MachineTyped);
    }

    /// Opens or closes the panel over the screen; the guard is that of a new screen.
    fn cover(&mut self, panel: Option<Overlay>) {
        self.speaker.borrow().signal(Earcon::Accepted);
        self.data.audible = self.speaker.borrow().audible();
        self.data.overlay = panel;
        self.focus = None;
        self.opens_at = Some(self.options.clock.now() + GUARD);
    }

    fn prefer(&mut self, preferences: Preferences) {
        let before = std::mem::replace(&mut self.preferences, preferences);
        self.tell_shown(before);
        self.speaker.borrow_mut().prefer(preferences);
    }

    /// The runtime hears how the kiosk is shown where that is another way than before.
    fn tell_shown(&self, before: Preferences) {
        let Preferences { language, text, .. } = self.preferences;
        if (language, text) != (before.language, before.text) {
            let text_size = (text.factor() * 100.0).round() as u16;
            self.send(Input::Shown { language: language.tag(), text_size });
        }
    }

    /// What a key asked for that is not on the screen.
    fn answer(&mut self, ask: Ask) {
        let volume = self.preferences.volume;
        match ask {
            Ask::Focus(id) => self.focus = Some(id),
            Ask::Wake => {
                self.awake = true;
                self.prefer(Preferences { speech: true, ..self.preferences });
            }
            Ask::Repeat if self.preferences.speech => self.speaker.borrow().repeat(),
            Ask::Repeat => self.prefer(Preferences { speech: true, ..self.preferences }),
            Ask::Louder => self.prefer(Preferences { volume: volume.louder().unwrap_or(volume), ..self.preferences }),
            Ask::Softer => self.prefer(Preferences { volume: volume.softer().unwrap_or(volume), ..self.preferences }),
            // The surface has sent what that sends.
            Ask::Press(_) => {}
        }
    }

    /// On the idle screen nobody but this wait ends what was set.
    fn wait_for_card(&mut self) -> Task<Message> {
        self.set += 1;
        let set = self.set;
        if self.data.view.reception.is_some() {
            return Task::none();
        }
        Task::future(async move {
            tokio::time::sleep(ABANDONED).await;
            Message::Abandoned(set)
        })
    }

    /// Everything as the site wants it for the next patient.
    fn forget(&mut self) {
        self.prefer(self.options.preferences());
        self.data.overlay = None;
        (self.awake, self.focus) = (false, None);
    }

    fn show(&mut self, view: crate::runtime::View) {
        let changed = screen::name(&view.screen) != screen::name(&self.data.view.screen);
        let facts = screen::facts(&view.screen);
        if changed {
            let now = self.options.clock.now();
            self.opens_at = Some(now + GUARD);
            (self.started, self.now) = (now, now);
            self.focus = None;
            (self.data.typing.seen, self.data.typing.machine) = (None, false);
        }
        self.speaker.borrow().moved(&self.data.view.screen, &view.screen);
        if self.data.view.reception.is_some() && view.reception != self.data.view.reception {
            self.forget();
        }
        if view.reception != self.data.view.reception {
            self.order_keys(self.options.shuffle_keypad);
        }
        if changed && facts.interrupts {
            self.data.overlay = None;
        }
        if !facts.camera {
            self.data.preview = None;
        }
        self.data.view = view;
    }

    /// The digits of the keypad in an order of chance, a new one each time, or as on a telephone.
    fn order_keys(&mut self, shuffled: bool) {
        self.data.typing.order = if shuffled { shuffled_keys() } else { KeyOrder::default() };
    }

    /// The trainer's controls: nothing where there is no trainer.
    fn dock(&mut self, input: DockInput) {
        let Some(dock) = &self.options.dock else { return };
        match input {
            DockInput::Card => dock.move_card(),
            DockInput::Scenario => dock.next_scenario(),
        }
        self.data.dock = Some(DockView::of(dock.as_ref()));
    }

    fn send(&self, input: Input) {
        if !self.handle.send(input) {
            tracing::warn!("a touch was lost: the runtime is busy or gone");
        }
    }

    /// The window's content.
    pub fn view(&self) -> iced::Element<'_, Message> {
        let round = ROUND.as_secs_f32();
        let phase = (self.now.duration_since(self.started).as_secs_f32() % round) / round;
        let look = Look {
            words: self.words(),
            preferences: self.preferences,
            metrics: Metrics::new(self.size, self.options.diagonal_inch),
            factor: self.preferences.text.factor(),
            phase: self.moves().then_some(phase),
        };
        let content = screen::view(&self.data, look);
        let p = look.palette();
        let ring = Ring { line: p.ink, halo: p.page, width: look.mm(1.0), radius: look.mm(3.5) };
        let firm = self.data.overlay.is_none() && screen::facts(&self.data.view.screen).firm;
        let place = Place { awake: self.awake, put: self.focus, firm };
        let (speaker, hands) = (Rc::clone(&self.speaker), Rc::clone(&self.hands));
        let access = Access { speaker, hands, place, near: look.mm(NEAR_MM), ring };
        surface(content, &self.data, self.opens_at, self.options.hide_pointer)
            .clock(self.options.clock.clone())
            .revision(self.revision)
            .access(access)
            .into()
    }

    fn moves(&self) -> bool {
        !self.preferences.calm && self.data.overlay.is_none() && screen::facts(&self.data.view.screen).moves
    }

    fn subscription(&self) -> Subscription<Message> {
        let resized = window::resize_events().map(|(_, size)| Message::Resized(size));
        let ticks = if self.moves() { iced::time::every(STEP).map(Message::Tick) } else { Subscription::none() };
        let opened = window::open_events().map(Message::Opened);
        Subscription::batch([feed::all(&self.handle), resized, opened, ticks])
    }
}

/// `content` behind the guard of its screen.
pub(crate) fn surface(content: Element, data: &Data, opens_at: Option<Instant>, hide_pointer: bool) -> Surface {
    let mut hasher = std::hash::DefaultHasher::new();
    (screen::name(&data.view.screen), data.overlay).hash(&mut hasher);
    Surface::new(content, hasher.finish(), opens_at, hide_pointer)
}

/// An order of chance; the usual one when the system has no random numbers to give.
fn shuffled_keys() -> KeyOrder {
    let mut numbers = [0; 9];
    for number in &mut numbers {
        match getrandom::u32() {
            Ok(drawn) => *number = drawn,
            Err(error) => {
                tracing::error!(%error, "no random numbers: the keypad keeps its usual order");
                return KeyOrder::default();
            }
        }
    }
    KeyOrder::drawn(numbers)
}

#[cfg(test)]
mod tests;
