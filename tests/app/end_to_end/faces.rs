//! Somebody else before the camera, or the portrait itself: no file, no check.

use std::path::Path;

use image::{Rgb, RgbImage, imageops};
use uketsuke::adapters::face::decode_portrait;

use crate::service::{Pcscd, isolated};
use crate::site::{Checkin, NOTHING, Site, clip, person};

/// A visit with the card of p03 and these pictures; it must end at the face.
fn ends_at_the_face(site: &Site, camera: &Path, failures: &[&str]) {
    let camera = camera.to_str().unwrap();
    let visit = site.checkin(&["--method", "face", "--camera", camera, "--code-b", "-"], &person("p03").code_b());
    visit.ended(1);
    assert!(failures.contains(&visit.failure()), "{camera}: {}{visit}", visit.failure());
    assert!(visit.states().contains(&"FaceHelp") && !visit.states().contains(&"Checking"), "{camera}: {visit}");
    assert!(visit.stderr.contains(&explained(&visit)), "{camera}: {visit}");
    assert_eq!(site.files(), [""; 0], "{camera}");
    assert_eq!(site.gateway.counts(), NOTHING, "{camera}");
    // The card's own key answers the kiosk's challenge; the patient's key signs nothing.
    assert!(!site.card_log().contains("> 80 2A 00 80"), "{camera}: nothing was signed");
}

/// How the command says it to a person.
fn explained(visit: &Checkin) -> String {
    visit.failure().replace('-', " ")
}

/// Pictures of the front of a person's card, as a camera above the reader has them.
fn card_front(of: &str) -> std::path::PathBuf {
    clip(of).with_file_name("card")
}

#[test]
fn the_print_is_read_and_nobody_types_a_digit() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let site = Site::new();
    let _card = site.place("p03", &[]);
    let (camera, front) = (clip("p03"), card_front("p03"));
    let by_face = ["--method", "face", "--camera", camera.to_str().unwrap(), "--card-camera", front.to_str().unwrap()];
    let visit = site.checkin(&by_face, "");
    visit.ended(0);
    assert!(!visit.states().contains(&"EnterCodeB"), "{visit}");
    let log = site.card_log();
    assert_eq!(log.matches("> 00 20 00 92 [14 bytes masked] < 0 bytes 9000").count(), 1, "{log}");
    assert_eq!(site.files().len(), 1, "{visit}");
}

#[test]
fn another_persons_card_in_the_picture_costs_one_try_and_no_picture_none() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let site = Site::new();
    let _card = site.place("p03", &[]);
    let camera = clip("p03");
    // The face of a person is no card.
    for (front, verified, cause) in [(clip("p03"), 0, "print was not read"), (card_front("p01"), 1, "code b wrong")] {
        let before = site.card_log().matches("> 00 20 00 92 [14 bytes masked]").count();
        let by_face =
            ["--method", "face", "--camera", camera.to_str().unwrap(), "--card-camera", front.to_str().unwrap()];
        let visit = site.checkin(&by_face, "");
        visit.ended(1);
        assert!(visit.stderr.contains(cause), "{visit}");
        assert_eq!(site.card_log().matches("> 00 20 00 92 [14 bytes masked]").count() - before, verified, "{visit}");
        assert_eq!(site.gateway.counts(), NOTHING);
    }
}

#[test]
fn another_face_before_the_camera_is_refused() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let site = Site::new();
    let _card = site.place("p03", &[]);
    for stranger in ["p02", "p04", "p05", "p07"] {
        ends_at_the_face(&site, &clip(stranger), &["face-not-confirmed", "face-not-live"]);
    }
}

/// Twenty copies of one picture.
fn still(folder: &Path, picture: &RgbImage) {
    std::fs::create_dir(folder).unwrap();
    let first = folder.join("00.png");
    picture.save(&first).unwrap();
    for number in 1..20 {
        std::fs::copy(&first, folder.join(format!("{number:02}.png"))).unwrap();
    }
}

#[test]
fn the_portrait_itself_before_the_camera_is_refused() {
    if !isolated() {
        return;
    }
    let decoded = decode_portrait(person("p03").portrait()).unwrap();
    let portrait = RgbImage::from_raw(decoded.width(), decoded.height(), decoded.rgb().to_vec()).unwrap();
    let _pcscd = Pcscd::start();
    let site = Site::new();
    let _card = site.place("p03", &[]);

    let mut held_up = RgbImage::from_pixel(640, 480, Rgb([120, 118, 115]));
    let print = imageops::resize(&portrait, 288, 360, imageops::FilterType::Lanczos3);
    imageops::overlay(&mut held_up, &print, 176, 60);
    still(&site.path("held-up"), &held_up);
    ends_at_the_face(&site, &site.path("held-up"), &["face-not-live"]);

    let full = imageops::resize(&portrait, 640, 800, imageops::FilterType::Lanczos3);
    still(&site.path("full-frame"), &imageops::crop_imm(&full, 0, 120, 640, 480).to_image());
    ends_at_the_face(&site, &site.path("full-frame"), &["face-not-live", "face-not-confirmed"]);
}
