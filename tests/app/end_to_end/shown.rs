//! One camera: the card's front is shown to it, and the same card comes back. By command and in a kiosk over real readers.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use uketsuke::adapters::code_b::{BUDGET, Parts, ReadCodeB, Way};
use uketsuke::adapters::face::open_picture;
use uketsuke::domain::code_b::Problem;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::Ticket;
use uketsuke::domain::japan;
use uketsuke::domain::session::Method;
use uketsuke::ports::{Camera, CodeBSource, Diagnose, Finding, Frame, FrameSlot, Outbox};
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{CardAway, EnterCodeB, ShowCard, Stopped};

use super::kiosk::Kiosk;
use crate::service::{Pcscd, Vcard, isolated};
use crate::site::{NOTHING, Site, clip};

fn front(of: &str) -> PathBuf {
    clip(of).with_file_name("card")
}

fn verified(site: &Site) -> usize {
    site.card_log().matches("> 00 20 00 92 [14 bytes masked]").count()
}

#[test]
fn one_camera_reads_the_card_and_then_sees_the_face() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let site = Site::new();
    let _card = site.place("p03", &[]);
    let person = clip("p03").parent().unwrap().to_owned();
    let visit = site.checkin(&["--method", "face", "--camera", person.to_str().unwrap(), "--show-card"], "");
    visit.ended(0);
    let states = visit.states();
    assert!(states.contains(&"ShowCard") && !states.contains(&"EnterCodeB"), "{visit}");
    assert_eq!((verified(&site), site.files().len()), (1, 1), "{visit}");
}

/// A camera with nothing before it until somebody holds the pictures of a folder there.
struct HeldBefore(Arc<Mutex<Option<PathBuf>>>);

fn grey() -> Frame {
    Frame::new(640, 480, vec![130; 640 * 480 * 3]).unwrap()
}

impl Camera for HeldBefore {
    fn open(&self, _: Ticket, slot: FrameSlot) {
        let held = Arc::clone(&self.0);
        std::thread::spawn(move || {
            let picture = |n: usize| match &*held.lock() {
                Some(folder) => open_picture(&folder.join(format!("{:03}.jpg", n % 4))).unwrap(),
                None => grey(),
            };
            (0..).take_while(|n| slot.publish_after_taken(picture(*n))).count()
        });
    }
}

impl Diagnose for HeldBefore {
    fn diagnose(&self) -> Vec<Finding> {
        vec![Finding::good("camera", "pictures of a test")]
    }
}

/// A kiosk that asks for the card's front, and the hand that holds something before its camera.
struct Scene {
    kiosk: Kiosk,
    held: Arc<Mutex<Option<PathBuf>>>,
    card: Option<Vcard>,
    site: Site,
    _pcscd: Pcscd,
}

impl Scene {
    /// Where the front of the card of p03 is asked for, within that time.
    fn start(budget: Duration) -> Self {
        let pcscd = Pcscd::start();
        let site = Site::new();
        let held = Arc::new(Mutex::new(None));
        let camera = HeldBefore(Arc::clone(&held));
        let source = |outbox: Outbox| -> Arc<dyn CodeBSource> {
            let source = ReadCodeB::start(
                Parts {
                    camera: Box::new(|_| Arc::new(camera)),
                    one_camera: false,
                    way: Box::new(|| Way::Shown),
                    budget: BUDGET,
                    models: Some(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("models")),
                    today: Arc::new(|| japan::day(jiff::Timestamp::now())),
                },
                outbox,
            );
            source.wait_until_loaded();
            Arc::new(source)
        };
        let card = Some(site.place("p03", &[]));
        let kiosk = Kiosk::showing(&site, clip("p03"), budget, source);
        Self { kiosk, held, card, site, _pcscd: pcscd }
    }

    fn is_asked_for_the_front(&self) {
        self.kiosk.choose(Method::Face);
        self.kiosk.until("the front is asked for", |s| matches!(s, Screen::ShowCard(ShowCard { card: true, .. })));
    }

    /// The card is taken, this is held before the camera, and the camera reads it or gives up.
    fn shows(&mut self, pictures: &Path, read: bool) {
        self.card.take().unwrap().pull();
        self.kiosk.until("the card in the hand", |s| matches!(s, Screen::ShowCard(ShowCard { card: false, .. })));
        *self.held.lock() = Some(pictures.to_owned());
        self.kiosk.until(
            "the look ends",
            |s| matches!(s, Screen::CardAway(CardAway { shown: Some(now), .. }) if *now == read),
        );
    }

    fn puts_back(&mut self, person: &str) {
        self.card = Some(self.site.place(person, &[]));
    }
}

const LONG: Duration = Duration::from_secs(25);

#[test]
fn the_card_is_taken_shown_and_put_back() {
    if !isolated() {
        return;
    }
    let mut scene = Scene::start(LONG);
    scene.is_asked_for_the_front();
    scene.shows(&front("p03"), true);
    scene.puts_back("p03");
    scene.kiosk.consents();
    scene.kiosk.until("Done", |screen| matches!(screen, Screen::Done(_)));
    assert_eq!((verified(&scene.site), scene.site.files().len()), (1, 1));
}

#[test]
fn another_card_comes_back() {
    if !isolated() {
        return;
    }
    let mut scene = Scene::start(LONG);
    scene.is_asked_for_the_front();
    scene.shows(&front("p03"), true);
    scene.puts_back("p01");
    let swapped = |screen: &Screen| matches!(screen, Screen::Stopped(Stopped { failure: Failure::CardSwapped, .. }));
    scene.kiosk.until("swapped", swapped);
    assert_eq!(verified(&scene.site), 0, "the other card hears no code");
    assert_eq!(scene.site.gateway.counts(), NOTHING);
}

#[test]
fn the_front_of_another_persons_card_costs_one_try() {
    if !isolated() {
        return;
    }
    let mut scene = Scene::start(LONG);
    scene.is_asked_for_the_front();
    scene.shows(&front("p01"), true);
    scene.puts_back("p03");
    let refused = |screen: &Screen| matches!(screen, Screen::EnterCodeB(EnterCodeB { entry }) if entry.problem == Some(Problem::Wrong));
    scene.kiosk.until("the keypad, empty", refused);
    assert_eq!(verified(&scene.site), 1);
    assert_eq!(scene.site.gateway.counts(), NOTHING);
}
