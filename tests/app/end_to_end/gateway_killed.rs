//! The gateway is killed at each state: the patient is led to what needs no online check, what was decided is handed
//! over once, and the kiosk is free for the next patient by itself.

use uketsuke::domain::consent::ConsentAnswer;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::session::PatientInput;
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{CardLeft, CleaningUp, Fallback, Idle};

use super::hold::{Hold, Scene, the_next_visit_is_served};
use crate::service::isolated;
use crate::site::{Counts, NOTHING};

const FALLBACK: Screen = Screen::Fallback(Fallback { failure: Failure::GatewayUnreachable, led: true });

impl Scene {
    /// The broken visit is over, its card still lies there: the card is taken, the gateway comes back, and the next
    /// patient is served.
    fn recovers(mut self, files: usize, counted: Counts) {
        self.kiosk.shows_next(&Screen::CleaningUp(CleaningUp));
        self.kiosk.shows_next(&Screen::CardLeft(CardLeft { alarms: 0 }));
        assert_eq!(self.site.handed_over().len(), files);
        self.card.pull();
        self.kiosk.shows_next(&Screen::Idle(Idle { inquiry: false }));
        self.site.gateway.start_again();
        the_next_visit_is_served(&self.kiosk, &self.site, files);
        self.kiosk.resolves_what_was_sent();
        let expected = Counts {
            challenges: counted.challenges + 1,
            checks: counted.checks + 1,
            consents: counted.consents + 4,
            registrations: 0,
        };
        assert_eq!(self.site.gateway.counts(), expected);
    }
}

#[test]
fn before_the_nonce() {
    if !isolated() {
        return;
    }
    let mut scene = Scene::at(Hold::ChooseMethod);
    scene.site.gateway.kill();
    scene.kiosk.touch(PatientInput::Choose(uketsuke::domain::session::Method::Pin));
    scene.kiosk.types_pin();
    scene.kiosk.until("the fallback", |screen| *screen == FALLBACK);
    assert!(!scene.site.card_log().contains("4 bytes masked"), "without a nonce no PIN goes to the card");
    scene.kiosk.touch(PatientInput::Cancel);
    scene.recovers(0, NOTHING);
}

#[test]
fn between_nonce_and_check() {
    if !isolated() {
        return;
    }
    let mut scene = Scene::at(Hold::Proving);
    scene.site.gateway.kill();
    scene.kiosk.until("the fallback", |screen| *screen == FALLBACK);
    scene.kiosk.touch(PatientInput::Cancel);
    scene.recovers(0, Hold::Proving.counted());
}

#[test]
fn while_it_checks() {
    if !isolated() {
        return;
    }
    let mut scene = Scene::at(Hold::Asking);
    scene.site.gateway.kill();
    scene.kiosk.until("the fallback", |screen| *screen == FALLBACK);
    assert_eq!(scene.kiosk.unresolved(), 1, "nobody knows yet whether it was counted");
    // Asked for again under its own key when the gateway is back: counted once, its patient has left.
    scene.kiosk.touch(PatientInput::Cancel);
    scene.recovers(0, Hold::Asking.counted());
}

/// The visit goes on: the file says that no consent is on record.
fn delivers_without_consents(scene: Scene, counted: Counts) {
    scene.kiosk.until("Done", |screen| matches!(screen, Screen::Done(_)));
    let told = scene.site.handed_over().remove(0);
    let known = told.consents.iter().filter(|consent| consent.answer != ConsentAnswer::NotAnswered);
    assert_eq!(known.count(), 0, "{:?}", told.consents);
    scene.recovers(1, counted);
}

#[test]
fn before_the_consents() {
    if !isolated() {
        return;
    }
    let mut scene = Scene::at(Hold::Consenting);
    scene.site.gateway.kill();
    scene.kiosk.touch(PatientInput::Consent(ConsentAnswer::Given));
    delivers_without_consents(scene, Hold::Consenting.counted());
}

#[test]
fn while_the_consents_are_pending() {
    if !isolated() {
        return;
    }
    let mut scene = Scene::at(Hold::Delivering);
    scene.site.gateway.kill();
    delivers_without_consents(scene, Hold::Delivering.counted());
}
