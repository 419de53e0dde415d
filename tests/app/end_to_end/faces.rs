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
