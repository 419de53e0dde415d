//! A kiosk whose window, runtime and card are real, with a patient's finger, eyes and card.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fluent_bundle::FluentValue;
use iced::keyboard::{Key, key::Named};
use iced::{Point, Rectangle, Size};
use jiff::civil::date;
use tokio::sync::watch;
use uketsuke::adapters::card::virtual_card::{Fault, Keys, VirtualCard, VirtualReader};
use uketsuke::adapters::fake::{
    Delivered, FakeAudit, FakeCamera, FakeCodeB, FakeDesk, FakeFaceEngine, FakeHandoff, FakeQualification,
};
use uketsuke::domain::ids::ReceptionId;
use uketsuke::domain::staff_order::{OrderId, StaffCommand, StaffMember, StaffOrder, StaffPlace};
use uketsuke::i18n::{Language, Words, readable};
use uketsuke::people::authority::TestAuthority;
use uketsuke::people::{Person, by_id};
use uketsuke::ports::{AuditEvent, Outbox, Report};
use uketsuke::runtime::{Glimpse, Handle, Screen, View};
use uketsuke::ui::app::GUARD;
use uketsuke::ui::keys::Ask;
use uketsuke::ui::message::Message;
use uketsuke::ui::theme::{Theme, iced_theme};
use uketsuke::ui::{App, Change, mirrored, screen};

use super::panel::Hand;
use crate::finger::{self, Shown, Standing};

/// Longest wait for anything.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Who orders from the desk.
const DESK_USER: &str = "窓口1";

/// Screens that may come and go while another one is awaited.
const PASSING: [&str; 7] =
    ["reading_card", "opening_card_face", "face_capture", "checking", "registering", "delivering", "cleaning_up"];

/// How the card's log writes a PIN.
const PIN_IN_LOG: &str = "[4 bytes masked";

/// How the card's log writes a code B.
const CODE_IN_LOG: &str = "[14 bytes masked";

/// Stops that a focus passes at most on its way round a screen.
const LONGEST_RING: usize = 40;

/// Whose card most patients lay down.
pub fn person() -> Person {
    by_id("p01").unwrap()
}

fn card(person: &Person, faults: &[Fault]) -> VirtualCard {
    VirtualCard::new(&TestAuthority::load().unwrap(), person, date(2026, 11, 20), faults).unwrap()
}

/// See the module. The window lives on the test's thread, the runtime on its own, as in the product.
pub struct Kiosk {
    pub camera: FakeCamera,
    pub face: FakeFaceEngine,
    pub qualification: FakeQualification,
    pub handoff: FakeHandoff,
    pub code_b: FakeCodeB,
    pub(super) audit: FakeAudit,
    pub desk: FakeDesk,
    pub(super) outbox: Outbox,
    pub(super) reader: Arc<VirtualReader>,
    pub(super) handle: Handle,
    pub(super) views: watch::Receiver<View>,
    pub(super) app: App,
    pub(super) size: Size,
    /// What the window shows.
    pub(super) view: View,
    /// The window shows a new screen, which nobody has touched yet.
    pub(super) deaf: bool,
    /// The window's.
    pub(super) clock: Standing,
    pub(super) tokio: tokio::runtime::Runtime,
    pub(super) hand: Hand,
    /// The language that the patient reads.
    pub(super) language: Language,
}

/// A short time.
pub fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

impl Kiosk {
    /// What the window shows.
    pub fn view_of_the_window(&self) -> &View {
        &self.view
    }

    /// The name of the screen that is shown.
    pub fn screen(&self) -> &'static str {
        screen::name(&self.view.screen)
    }

    /// Where the test is, for whoever reads its failure.
    pub(super) fn place(&self) -> String {
        format!("on {} ({}x{}): {:?}", self.screen(), self.size.width, self.size.height, self.view.screen)
    }

    /// Shows the runtime's next view; false when none comes until then.
    pub(super) fn shows_next(&mut self, until: Instant) -> bool {
        let views = &mut self.views;
        let changed = self.tokio.block_on(async { tokio::time::timeout_at(until.into(), views.changed()).await });
        match changed {
            Ok(Ok(())) => {}
            Ok(Err(_)) => panic!("the runtime ended {}", self.place()),
            Err(_) => return false,
        }
        let view = self.views.borrow_and_update().clone();
        let other = screen::name(&view.screen) != self.screen();
        let _ = self.app.update(Message::View(view.clone()));
        self.view = view;
        self.deaf |= other;
        true
    }

    /// Waits until the screen of this name is shown.
    pub fn comes_to(&mut self, name: &'static str) {
        self.comes_to_one(name, "any", |_| true);
    }

    /// Waits until the screen of this name is shown and is as wanted; `what` says how that is. Only screens that
    /// nobody has to answer may come before it.
    pub fn comes_to_one(&mut self, name: &'static str, what: &str, wanted: impl Fn(&Screen) -> bool) {
        let from = self.screen();
        let until = Instant::now() + PATIENCE;
        while self.screen() != name || !wanted(&self.view.screen) {
            let passing = [from, name].contains(&self.screen()) || PASSING.contains(&self.screen());
            assert!(passing, "from {from} to {name} ({what}), but now {}", self.place());
            assert!(self.shows_next(until), "from {from} to {name} ({what}) in vain; still {}", self.place());
        }
    }

    /// One finger down, a little aside and up on `id`; what the window makes of it.
    fn finger(&self, id: &'static str) -> Vec<Message> {
        let mut window = finger::window(&self.app, self.size);
        let at = match Shown::on(&mut window).middle_of(id) {
            Ok(at) => at,
            Err(why) => panic!("no finger can press {id} {}: {why}", self.place()),
        };
        let aside = Point::new(at.x + 2.0, at.y - 2.0);
        let _ = window.simulate([finger::press(1, at), finger::slide(1, aside), finger::lift(1, aside)]);
        self.clock.advance(finger::BY_HAND);
        window.into_messages().collect()
    }

    /// The key that types what `id` types; nothing for what the focus has to come to.
    fn own_key(id: &str) -> Option<Key> {
        match id.strip_prefix("key-")? {
            "erase" => Some(Key::Named(Named::Backspace)),
            "clear" => Some(Key::Named(Named::Delete)),
            digit if digit.parse::<u8>().is_ok() => Some(Key::Character(digit.into())),
            _ => None,
        }
    }

    /// Brings the focus to `id` and presses Enter, or the key of its own; what the window makes of the last key.
    fn keys(&mut self, id: &'static str) -> Vec<Message> {
        if let Some(key) = Self::own_key(id) {
            return finger::key(&self.app, self.size, key);
        }
        for _ in 0..LONGEST_RING {
            let mut heard = finger::key(&self.app, self.size, Key::Named(Named::Tab));
            let (Some(message @ Message::Ask(ask)), true) = (heard.pop(), heard.is_empty()) else {
                panic!("the focus does not move {}", self.place());
            };
            let there = ask == Ask::Focus(id);
            let _ = self.app.update(message);
            if there {
                return finger::key(&self.app, self.size, Key::Named(Named::Enter));
            }
        }
        panic!("the focus does not come to {id} {}", self.place());
    }

    /// Too early for a new screen.
    fn early(&mut self, id: &'static str) -> Vec<Message> {
        match self.hand {
            Hand::Finger => self.finger(id),
            Hand::Keys => finger::key(&self.app, self.size, Key::Named(Named::Escape)),
        }
    }

    /// Touches `id`: at once, which a new screen must not hear, and again when the screen listens.
    pub fn touch(&mut self, id: &'static str) {
        while std::mem::take(&mut self.deaf) {
            let moment = Duration::from_millis(1);
            self.clock.advance(GUARD - moment);
            let heard = self.early(id);
            assert!(heard.is_empty(), "{id} was heard too early {}: {heard:?}", self.place());
            // What the runtime has to show meanwhile is shown; another screen would be deaf anew.
            self.clock.advance(moment);
            while self.shows_next(Instant::now()) {}
        }
        let mut heard = match self.hand {
            Hand::Finger => self.finger(id),
            Hand::Keys => self.keys(id),
        };
        // The first key of all also says that keys are in use, the first touch after them that they are not.
        if let Some(Message::Ask(Ask::Wake) | Message::Touch) = heard.first() {
            let _ = self.app.update(heard.remove(0));
        }
        let (Some(message), true) = (heard.pop(), heard.is_empty()) else {
            panic!("a touch of {id} did not say one thing {}", self.place());
        };
        // A panel that opens or closes over the screen is as deaf at first as a new screen.
        let covers = matches!(message, Message::Open(_) | Message::CloseOverlay | Message::Prefer(Change::Language(_)));
        let _ = self.app.update(message);
        self.deaf |= covers;
    }

    /// What staff order from their desk for the visit that is shown.
    pub fn staff(&self, command: StaffCommand) {
        let reception = self.view.reception.unwrap_or(ReceptionId::NOBODY);
        let by = StaffMember { name: DESK_USER.into(), place: StaffPlace::Desk };
        self.outbox.send(Report::Ordered(StaffOrder { id: OrderId(1), reception, by, command }));
    }

    /// What the audit log holds so far.
    pub fn noted(&self) -> Vec<AuditEvent> {
        self.audit.events()
    }

    /// The patient chooses a language in the panel, and reads it from now on.
    pub fn chooses_language(&mut self, language: Language, id: &'static str) {
        self.touch("tool-language");
        self.touch(id);
        self.language = language;
    }

    fn texts(&self) -> Vec<String> {
        Shown::on(&mut finger::window(&self.app, self.size)).texts
    }

    /// Where such a button stands.
    pub fn bounds_of(&self, id: &str) -> Rectangle {
        let shown = Shown::on(&mut finger::window(&self.app, self.size));
        shown.pressables.iter().find(|(other, ..)| other == id).expect("a button of that name").1
    }

    /// How high the letters of these words are, with the room between lines.
    pub fn height_of(&self, key: &str) -> f32 {
        let said = readable(&Words::of(self.language).get(key));
        let shown = Shown::on(&mut finger::window(&self.app, self.size));
        let (_, place) = shown.texts.iter().zip(&shown.places).find(|(text, _)| **text == said).expect("these words");
        place.height
    }

    /// Whether there is such a button and it is on.
    pub fn can_press(&self, id: &str) -> bool {
        Shown::on(&mut finger::window(&self.app, self.size)).middle_of(id).is_ok()
    }

    /// Waits until the window shows these words.
    pub fn waits_for_the_words(&mut self, key: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.has(key) {
            assert!(self.shows_next(until), "{key} is never said; still {}", self.place());
        }
    }

    /// The window shows these words.
    pub fn says(&self, key: &str, arguments: &[(&'static str, FluentValue<'_>)]) {
        let words = Words::of(self.language);
        assert!(words.has(key), "no words {key}");
        let said = readable(&words.with(key, arguments));
        let texts = self.texts();
        assert!(texts.iter().any(|text| text.contains(&said)), "{said} is not said {}: {texts:#?}", self.place());
    }

    /// Whether the window shows these words.
    pub fn has(&self, key: &str) -> bool {
        let said = readable(&Words::of(self.language).get(key));
        self.texts().iter().any(|text| text.contains(&said))
    }

    /// No text of the window contains `part`.
    pub fn says_nothing_of(&self, part: &str) {
        let texts = self.texts();
        assert!(!texts.iter().any(|text| text.contains(part)), "{part} is said {}: {texts:#?}", self.place());
    }

    /// Brings the camera's newest frame to the window.
    pub fn shows_the_newest_frame(&mut self) {
        let mut slots = self.handle.preview();
        let slot = self.tokio.block_on(async {
            let open = tokio::time::timeout(PATIENCE, slots.wait_for(Option::is_some)).await;
            open.expect("a camera in time").expect("a runtime").clone().expect("a slot")
        });
        let (_, frame) = slot.wait_newer(0, PATIENCE).expect("a frame");
        let _ = self.app.update(Message::Preview(Some(mirrored(&frame))));
    }

    /// Brings the name as the card has it printed to the window, or takes it away; whether there is one.
    pub fn learns_the_printed_name(&mut self) -> bool {
        let printed = self.handle.name().borrow().as_deref().map(uketsuke::ui::printed);
        let known = printed.is_some();
        let _ = self.app.update(Message::Name(printed));
        known
    }

    /// How far from the left, 0 to 1, the pixels of each colour are on average; `None` when there are next to none.
    pub fn painted<const N: usize>(&self, colours: [[u8; 3]; N]) -> [Option<f64>; N] {
        let folder = tempfile::tempdir().unwrap();
        let picture = finger::window(&self.app, self.size).snapshot(&iced_theme(Theme::Light)).unwrap();
        // A picture that is not there yet is written; its name carries the renderer's, so it is looked up.
        assert!(picture.matches_image(folder.path().join("window")).unwrap());
        let file = std::fs::read_dir(folder.path()).unwrap().next().expect("a picture").unwrap();
        let pixels = image::open(file.path()).unwrap().into_rgb8();
        // Every fourth pixel each way is enough for a mean.
        let columns: Vec<_> = (0..pixels.width()).step_by(4).collect();
        let places = || columns.iter().flat_map(|x| (0..pixels.height()).step_by(4).map(|y| (*x, y)));
        colours.map(|colour| {
            let near = |(x, y)| pixels.get_pixel(x, y).0.iter().zip(colour).all(|(a, b)| a.abs_diff(b) < 8);
            let painted: Vec<_> = places().filter(|place| near(*place)).map(|(x, _)| f64::from(x)).collect();
            let enough = painted.len() > places().count() / 1000;
            enough.then(|| painted.iter().sum::<f64>() / painted.len() as f64 / f64::from(pixels.width()))
        })
    }

    /// The patient lays the card down.
    pub fn place_card(&self) {
        self.place_card_with(&[]);
    }

    /// The patient lays such a card down.
    pub fn place_card_with(&self, faults: &[Fault]) {
        self.reader.insert(card(&person(), faults));
    }

    /// The patient lays somebody else's card down.
    pub fn place_card_of(&self, person: &str) {
        self.reader.insert(card(&by_id(person).unwrap(), &[]));
    }

    /// How many codes B the card on the reader was given.
    pub fn codes_sent(&self) -> usize {
        let sent = |card: &mut VirtualCard| card.log().iter().filter(|e| e.to_string().contains(CODE_IN_LOG)).count();
        self.reader.with_card(sent).expect("a card on the reader")
    }

    /// How many texts of the window are just this.
    pub fn count_of(&self, text: &str) -> usize {
        self.texts().iter().filter(|shown| *shown == text).count()
    }

    /// Waits until the runtime lets the window have these digits, or none, and shows them.
    pub fn sees_digits(&mut self, wanted: Option<&str>) {
        let digits = |seen: &Glimpse| (0..14).map_while(|place| seen.digit(place)).map(|d| d.to_string()).collect();
        let fits = |seen: &Option<Glimpse>| seen.as_ref().map(digits) == wanted.map(str::to_owned);
        let mut shown = self.handle.digits();
        let seen = self.tokio.block_on(async {
            let wait = tokio::time::timeout(PATIENCE, shown.wait_for(fits)).await;
            wait.expect("digits in time").expect("a runtime").clone()
        });
        let _ = self.app.update(Message::Digits(seen));
    }

    /// The patient takes the card.
    pub fn take_card(&self) {
        assert!(self.reader.remove().is_some(), "no card on the reader {}", self.place());
    }

    /// The reader is one with a keypad of its own.
    pub fn has_a_reader_with_keypad(&self) {
        self.reader.fit_keypad();
    }

    /// The reader's cable is pulled.
    pub fn unplugs_the_reader(&self) {
        self.reader.unplug();
    }

    /// The reader's cable is put in again.
    pub fn plugs_the_reader_in(&self) {
        self.reader.plug();
    }

    /// The patient uses that keypad.
    pub fn types_on_the_reader(&self, keys: Keys) {
        self.reader.type_on_keypad(keys);
    }

    /// How many PINs the card on the reader was given.
    pub fn pins_sent(&self) -> usize {
        let sent = |card: &mut VirtualCard| card.log().iter().filter(|e| e.to_string().contains(PIN_IN_LOG)).count();
        self.reader.with_card(sent).expect("a card on the reader")
    }

    /// Everything handed over so far.
    pub fn delivered(&self) -> Vec<Delivered> {
        self.handoff.delivered()
    }

    /// No visit is running, no camera either, and the engine was told to forget all of `visits`.
    pub fn rests_after(&self, visits: usize) {
        assert_eq!(self.view.reception, None);
        assert!(!self.camera.is_open() && self.handle.preview().borrow().is_none());
        assert!(self.face.forgotten() >= visits, "{} of {visits} visits forgotten", self.face.forgotten());
    }
}
