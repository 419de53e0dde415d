//! The card is pulled at each state: the visit waits for it in vain and says so, or goes on where it needs no card any
//! more, and the kiosk is free for the next patient by itself.

use uketsuke::domain::failure::Failure;
use uketsuke::domain::session::PatientInput;
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{CleaningUp, Idle, PlaceCard, Stopped};

use super::hold::{Hold, Scene, the_next_visit_is_served};
use crate::service::isolated;

const PULLED: Screen = Screen::Stopped(Stopped { failure: Failure::CardGone, card: false });

/// Pulls the card at `hold`; the visit must end on the first of these screens that comes, without a file.
fn ends_a_visit_at(hold: Hold, screens: &[Screen]) {
    if !isolated() {
        return;
    }
    let Scene { mut kiosk, card, site, pcscd: _pcscd } = Scene::at(hold);
    card.pull();
    let end = kiosk.until("the end of the visit", |screen| screens.contains(screen));
    if end == Screen::PlaceCard(PlaceCard) {
        kiosk.touch(PatientInput::Cancel);
    }
    kiosk.shows_next(&Screen::CleaningUp(CleaningUp));
    // Where the command noticed first, the watch may still take the card for one that was left.
    kiosk.until("idle", |screen| match screen {
        Screen::CardLeft(_) if end == Screen::PlaceCard(PlaceCard) => false,
        screen => {
            assert_eq!(*screen, Screen::Idle(Idle { inquiry: false }));
            true
        }
    });
    site.gateway.comes_to(hold.counted());
    kiosk.resolves_what_was_sent();
    assert_eq!(site.handed_over().len(), 0);
    the_next_visit_is_served(&kiosk, &site, 0);
    kiosk.resolves_what_was_sent();
    assert_eq!(site.gateway.counts().checks, hold.counted().checks + 1);
}

#[test]
fn while_it_is_read() {
    // Whoever notices first: the command in the middle of reading, or the watch over the reader.
    ends_a_visit_at(Hold::ReadingCard, &[PULLED, Screen::PlaceCard(PlaceCard)]);
}

#[test]
fn before_the_method_is_chosen() {
    ends_a_visit_at(Hold::ChooseMethod, &[PULLED]);
}

#[test]
fn before_the_pin_is_typed() {
    ends_a_visit_at(Hold::EnterPin, &[PULLED]);
}

#[test]
fn while_its_face_is_opened() {
    ends_a_visit_at(Hold::OpeningCardFace, &[PULLED]);
}

#[test]
fn before_the_camera() {
    ends_a_visit_at(Hold::FaceCapture, &[PULLED]);
}

#[test]
fn while_it_signs() {
    ends_a_visit_at(Hold::Proving, &[PULLED]);
}

#[test]
fn while_the_insurer_is_asked() {
    ends_a_visit_at(Hold::Asking, &[PULLED]);
}

#[test]
fn before_the_consents() {
    ends_a_visit_at(Hold::Consenting, &[PULLED]);
}

#[test]
fn what_is_on_its_way_is_still_delivered() {
    if !isolated() {
        return;
    }
    let Scene { mut kiosk, card, site, pcscd: _pcscd } = Scene::at(Hold::Delivering);
    card.pull();
    kiosk.until("Done", |screen| matches!(screen, Screen::Done(_)));
    assert_eq!(site.handed_over().len(), 1);
    kiosk.shows_next(&Screen::CleaningUp(CleaningUp));
    kiosk.shows_next(&Screen::Idle(Idle { inquiry: false }));
    kiosk.resolves_what_was_sent();
    assert_eq!(site.gateway.counts(), Hold::Delivering.counted());
    the_next_visit_is_served(&kiosk, &site, 1);
}
