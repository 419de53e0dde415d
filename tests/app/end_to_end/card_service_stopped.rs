//! The card service stops at each state: the visit says so, the kiosk closes, and opens again by itself when the
//! service is back.

use uketsuke::domain::failure::Failure;
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{CleaningUp, Idle, OutOfOrder, Stopped};

use super::hold::{Hold, Scene, the_next_visit_is_served};
use crate::service::isolated;

const CLOSED: Screen = Screen::OutOfOrder(OutOfOrder { failure: Failure::CardServiceStopped });
const STOPPED: Screen = Screen::Stopped(Stopped { failure: Failure::CardServiceStopped, card: false });

/// Stops the service at `hold`, brings it back, and serves the next visit.
fn closes_the_kiosk_at(hold: Hold) {
    if !isolated() {
        return;
    }
    let Scene { mut kiosk, card, site, mut pcscd } = Scene::at(hold);
    pcscd.stop();
    let files = if hold == Hold::Delivering {
        kiosk.until("Done", |screen| matches!(screen, Screen::Done(_)));
        1
    } else {
        let end = kiosk.until("the end of the visit", |screen| matches!(screen, Screen::Stopped(_)));
        assert_eq!(end, STOPPED);
        0
    };
    kiosk.shows_next(&Screen::CleaningUp(CleaningUp));
    kiosk.shows_next(&CLOSED);
    site.gateway.comes_to(hold.counted());
    kiosk.resolves_what_was_sent();
    assert_eq!(site.handed_over().len(), files);
    // The card of the broken visit is taken away meanwhile.
    card.pull();
    pcscd.start_again();
    kiosk.shows_next(&Screen::Idle(Idle { inquiry: false }));
    the_next_visit_is_served(&kiosk, &site, files);
    kiosk.resolves_what_was_sent();
    assert_eq!(site.gateway.counts().checks, hold.counted().checks + 1);
}

#[test]
fn while_the_card_is_read() {
    closes_the_kiosk_at(Hold::ReadingCard);
}

#[test]
fn before_the_method_is_chosen() {
    closes_the_kiosk_at(Hold::ChooseMethod);
}

#[test]
fn before_the_camera() {
    closes_the_kiosk_at(Hold::FaceCapture);
}

#[test]
fn while_the_card_signs() {
    closes_the_kiosk_at(Hold::Proving);
}

#[test]
fn while_the_insurer_is_asked() {
    closes_the_kiosk_at(Hold::Asking);
}

#[test]
fn before_the_consents() {
    closes_the_kiosk_at(Hold::Consenting);
}

#[test]
fn what_is_on_its_way_is_still_delivered() {
    closes_the_kiosk_at(Hold::Delivering);
}

#[test]
fn a_card_that_stayed_is_served_again_when_the_service_is_back() {
    if !isolated() {
        return;
    }
    let Scene { kiosk, card: _card, site, mut pcscd } = Scene::at(Hold::ChooseMethod);
    pcscd.stop();
    kiosk.shows(&CLOSED);
    pcscd.start_again();
    kiosk.serves_a_visit();
    assert_eq!(site.handed_over().len(), 1);
}
