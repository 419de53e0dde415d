//! Cards: other ones, broken ones, moved or pulled at any moment, put back, not put back.

use uketsuke::adapters::card::virtual_card::Fault;
use uketsuke::adapters::fake::{FaceRequest, Play, QualificationRequest};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::session::StaffReason;
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{CallStaff, FaceCapture, Stopped, WrongCard};

use super::kiosk::ms;
use super::{Kiosk, Panel};

flows!(
    nothing_is_placed,
    other_cards_are_named,
    the_card_is_moved_while_it_is_read,
    the_chip_is_broken,
    a_card_without_certificate,
    a_certificate_for_something_else,
    the_card_face_is_forged,
    pulled_at_the_keypad,
    pulled_while_code_b_is_typed,
    pulled_while_its_face_is_read,
    pulled_before_the_camera,
    pulled_while_the_insurer_is_asked,
    nobody_puts_it_back,
    another_card_comes_back,
);

impl Kiosk {
    fn lays_down(&mut self, faults: &[Fault]) {
        self.comes_to("idle");
        self.place_card_with(faults);
    }

    /// Pulled from this screen and put back: the same screen comes again.
    fn is_pulled_and_put_back(&mut self) {
        let place = self.screen();
        self.take_card();
        self.comes_to("card_away");
        self.says("away-title", &[]);
        self.place_card();
        self.comes_to(place);
    }
}

fn nothing_is_placed(panel: Panel) {
    let mut kiosk =
        panel.at_site(None, |settings| (settings.timing.idle, settings.timing.still_there) = (ms(1_500), ms(1_000)));
    kiosk.comes_to("idle");
    kiosk.touch("start");
    kiosk.comes_to("place_card");
    for words in ["place-title", "place-side", "place-no-cover", "place-no-back", "place-no-two"] {
        kiosk.says(words, &[]);
    }
    kiosk.comes_to("still_there");
    kiosk.comes_to("idle");
    kiosk.rests_after(1);
}

fn other_cards_are_named(mut kiosk: Kiosk) {
    let kinds = [
        (Fault::OtherCard, Failure::NotMyNumberCard, "failure-not-my-number-card"),
        (Fault::Phone, Failure::PhonePlaced, "failure-phone-placed"),
        (Fault::Juki, Failure::NotMyNumberCard, "failure-not-my-number-card"),
        (Fault::IPhone, Failure::PhonePlaced, "failure-phone-placed"),
    ];
    kiosk.comes_to("idle");
    for (kind, failure, words) in kinds {
        kiosk.place_card_with(&[kind]);
        let told = Screen::WrongCard(WrongCard { failure });
        kiosk.comes_to_one("wrong_card", words, move |screen| *screen == told);
        kiosk.says(&format!("{words}.title"), &[]);
        kiosk.says(words, &[]);
        kiosk.says("wrong-remove", &[]);
        kiosk.says("staff-code", &[("code", failure.code().into())]);
        kiosk.take_card();
        kiosk.comes_to("place_card");
    }
    kiosk.place_card();
    kiosk.comes_to("choose_method");
    kiosk.identifies_by_pin();
    kiosk.consents("consent-give");
    kiosk.ends_after(1);
}

fn the_card_is_moved_while_it_is_read(mut kiosk: Kiosk) {
    kiosk.lays_down(&[Fault::PulledAfter(3)]);
    kiosk.comes_to("place_card");
    kiosk.take_card();
    kiosk.place_card_with(&[Fault::Mute]);
    kiosk.comes_to("wrong_card");
    kiosk.says("failure-card-unreadable.title", &[]);
    kiosk.says("failure-card-unreadable", &[]);
    kiosk.take_card();
    kiosk.comes_to("place_card");
    kiosk.place_card();
    kiosk.comes_to("choose_method");
    kiosk.identifies_by_pin();
    kiosk.consents("consent-give");
    kiosk.is_over_with(1);
}

fn the_chip_is_broken(mut kiosk: Kiosk) {
    kiosk.lays_down(&[Fault::Mute]);
    kiosk.comes_to("wrong_card");
    kiosk.says("failure-card-unreadable", &[]);
    kiosk.take_card();
    kiosk.comes_to("place_card");
    kiosk.place_card_with(&[Fault::Mute]);
    kiosk.comes_to("fallback");
    kiosk.says_of_the_fee(Failure::CardUnreadable);
    kiosk.says("fallback-at-the-counter", &[]);
    kiosk.says_yes_and_goes_to_the_desk("fallback-ask-phone", "fallback-show-portal");
    kiosk.ends_after(0);
}

fn a_card_without_certificate(mut kiosk: Kiosk) {
    kiosk.lays_down(&[Fault::NoCertificate]);
    kiosk.comes_to("fallback");
    kiosk.says("failure-no-certificate", &[]);
    kiosk.says_of_the_fee(Failure::NoCertificate);
    kiosk.says_yes_and_goes_to_the_desk("fallback-ask-certificate", "fallback-show-certificate");
    kiosk.is_over_with(0);
}

fn a_certificate_for_something_else(mut kiosk: Kiosk) {
    kiosk.lays_down(&[Fault::WrongKeyUsage]);
    kiosk.comes_to("fallback");
    kiosk.says("failure-certificate-unusable", &[]);
    kiosk.says_of_the_fee(Failure::CertificateUnusable);
    kiosk.says_yes_and_goes_to_the_desk("fallback-ask-phone", "fallback-show-portal");
    kiosk.is_over_with(0);
}

fn the_card_face_is_forged(mut kiosk: Kiosk) {
    kiosk.knows_code_b();
    kiosk.lays_down(&[Fault::ForgedFace]);
    kiosk.comes_to("choose_method");
    kiosk.touch("choose-face");
    let invalid = Screen::CallStaff(CallStaff {
        reason: StaffReason::Failure(Failure::CardFaceInvalid),
        staff_entry: false,
        coming: false,
        go_on: false,
    });
    kiosk.comes_to_one("call_staff", "for the card face", move |screen| *screen == invalid);
    kiosk.says("failure-card-face-invalid.title", &[]);
    kiosk.says("staff-text", &[]);
    assert_eq!(kiosk.face.count(FaceRequest::Match), 0);
    kiosk.touch("cancel");
    kiosk.leaves_the_card();
    kiosk.is_over_with(0);
}

/// Whoever puts the card back types the whole PIN: what was typed before has not waited for them.
fn pulled_at_the_keypad(mut kiosk: Kiosk) {
    kiosk.begins();
    kiosk.touch("choose-pin");
    kiosk.comes_to("enter_pin");
    kiosk.types("12");
    kiosk.touch("show-digits");
    kiosk.sees_digits(Some("12"));
    kiosk.is_pulled_and_put_back();
    kiosk.sees_digits(None);
    kiosk.typed(0);
    assert_eq!(kiosk.pins_sent(), 0);
    kiosk.types("1234");
    kiosk.touch("key-confirm");
    kiosk.confirms_the_name();
    kiosk.consents("consent-give");
    kiosk.ends_after(1);
}

fn pulled_while_code_b_is_typed(mut kiosk: Kiosk) {
    kiosk.begins();
    kiosk.touch("choose-face");
    kiosk.comes_to("enter_code_b");
    kiosk.is_pulled_and_put_back();
    assert_eq!(kiosk.codes_sent(), 0);
    kiosk.types_code_b();
    kiosk.confirms_the_name();
    kiosk.consents("consent-give");
    kiosk.is_over_with(1);
}

/// The card leaves by itself in the middle of its longest answer.
fn pulled_while_its_face_is_read(mut kiosk: Kiosk) {
    kiosk.knows_code_b();
    kiosk.knows_code_b();
    kiosk.lays_down(&[Fault::PulledMidRead]);
    kiosk.comes_to("choose_method");
    kiosk.touch("choose-face");
    kiosk.comes_to("card_away");
    kiosk.place_card();
    kiosk.confirms_the_name();
    kiosk.consents("consent-give");
    kiosk.is_over_with(1);
}

fn pulled_before_the_camera(mut kiosk: Kiosk) {
    for _ in 0..2 {
        kiosk.face.on(FaceRequest::Match, Play::usual().held());
        kiosk.knows_code_b();
    }
    kiosk.begins();
    kiosk.touch("choose-face");
    kiosk.at_the_camera(1);
    kiosk.take_card();
    kiosk.comes_to("card_away");
    assert!(!kiosk.camera.is_open());
    kiosk.place_card();
    // No try was used, and what the card had opened is opened again.
    let first = |screen: &Screen| matches!(screen, Screen::FaceCapture(FaceCapture { attempt: 1, .. }));
    kiosk.comes_to_one("face_capture", "still the first try", first);
    assert!(kiosk.face.wait_for(FaceRequest::Match, 2, super::PATIENCE));
    assert_eq!(kiosk.face.release(), 1);
    kiosk.confirms_the_name();
    kiosk.consents("consent-give");
    kiosk.ends_after(1);
}

fn pulled_while_the_insurer_is_asked(panel: Panel) {
    let mut kiosk = panel.at_site([Play::usual().held()], |_| {});
    kiosk.asks_the_insurer();
    kiosk.comes_to("checking");
    assert!(kiosk.qualification.wait_for(QualificationRequest::Check, 1, super::PATIENCE));
    kiosk.take_card();
    assert_eq!(kiosk.qualification.release(), 1);
    kiosk.comes_to("card_away");
    kiosk.says_nothing_of(&super::name());
    kiosk.place_card();
    kiosk.confirms_the_name();
    kiosk.consents("consent-give");
    kiosk.is_over_with(1);
}

fn nobody_puts_it_back(panel: Panel) {
    let mut kiosk = panel.at_site(None, |settings| settings.timing.card_away = ms(1_000));
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.take_card();
    kiosk.comes_to("card_away");
    let over = Screen::Stopped(Stopped { failure: Failure::CardGone, card: false });
    kiosk.comes_to_one("stopped", "the card stays away", move |screen| *screen == over);
    kiosk.says("stopped-nothing-kept", &[]);
    assert!(!kiosk.has("stopped-take"), "there is no card to take");
    kiosk.touch("back-to-start");
    kiosk.comes_to("idle");
    kiosk.rests_after(1);
    assert_eq!(kiosk.delivered().len(), 0);
    assert!(kiosk.qualification.settled().iter().all(|(_, delivered)| !delivered));
}

fn another_card_comes_back(mut kiosk: Kiosk) {
    kiosk.begins();
    kiosk.identifies_by_pin();
    kiosk.take_card();
    kiosk.comes_to("card_away");
    kiosk.place_card_of("p02");
    let swapped = Screen::Stopped(Stopped { failure: Failure::CardSwapped, card: true });
    kiosk.comes_to_one("stopped", "another card", move |screen| *screen == swapped);
    kiosk.says("failure-card-swapped", &[]);
    kiosk.says("stopped-take", &[]);
    kiosk.touch("back-to-start");
    // The other card begins a visit of its own.
    kiosk.comes_to("choose_method");
    assert_eq!(kiosk.delivered().len(), 0);
}
