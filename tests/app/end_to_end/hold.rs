//! Visits that are held at a state, so that something can break there.

use image::{Rgb, RgbImage};
use uketsuke::domain::session::{CheckStage, DeliverStage, Method};
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{Checking, Delivering, FaceCapture, OpeningCardFace, ReadingCard};

use super::kiosk::Kiosk;
use crate::service::{Pcscd, Vcard};
use crate::site::{Counts, NOTHING, Site};

/// Where a visit stands when something breaks, and by what it is held there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// A slow card.
    ReadingCard,
    /// The patient.
    ChooseMethod,
    /// The patient, with digits typed.
    EnterPin,
    /// A slow card.
    OpeningCardFace,
    /// A camera that sees nobody.
    FaceCapture,
    /// A slow card that is about to sign.
    Proving,
    /// A slow gateway.
    Asking,
    /// The patient.
    Consenting,
    /// A slow gateway.
    Delivering,
}

/// Every APDU of a slow card takes so long, in milliseconds.
const SLOW_CARD: &str = "slow-link=150";

impl Hold {
    fn card_faults(self) -> &'static [&'static str] {
        match self {
            Hold::ReadingCard | Hold::OpeningCardFace | Hold::Proving => &[SLOW_CARD],
            _ => &[],
        }
    }

    fn gateway_faults(self) -> &'static [&'static str] {
        match self {
            Hold::Asking => &["check=delay:1500*1"],
            Hold::Delivering => &["consents=delay:1500*1"],
            _ => &[],
        }
    }

    /// Plays the patient up to here.
    fn reach(self, kiosk: &Kiosk) {
        match self {
            Hold::ReadingCard => kiosk.shows(&Screen::ReadingCard(ReadingCard)),
            Hold::ChooseMethod => drop(kiosk.until("ChooseMethod", |s| matches!(s, Screen::ChooseMethod(_)))),
            Hold::EnterPin => {
                kiosk.choose(Method::Pin);
                kiosk.until("EnterPin", |s| matches!(s, Screen::EnterPin(_)));
            }
            Hold::OpeningCardFace => {
                kiosk.choose(Method::Face);
                kiosk.shows(&Screen::OpeningCardFace(OpeningCardFace));
            }
            Hold::FaceCapture => {
                kiosk.choose(Method::Face);
                // The first hint proves that pictures are being looked at.
                kiosk.until("a hint", |s| matches!(s, Screen::FaceCapture(FaceCapture { hint: Some(_), .. })));
                assert!(!kiosk.camera_is_closed());
            }
            Hold::Proving => checking(kiosk, CheckStage::Proof),
            Hold::Asking => checking(kiosk, CheckStage::Asking),
            Hold::Consenting => {
                kiosk.choose(Method::Pin);
                kiosk.types_pin();
                kiosk.comes_to_the_consents();
            }
            Hold::Delivering => {
                kiosk.choose(Method::Pin);
                kiosk.types_pin();
                kiosk.consents();
                kiosk.shows(&Screen::Delivering(Delivering { stage: DeliverStage::Consents }));
            }
        }
    }

    /// What the gateway must have counted once the broken visit is over and nothing is on its way any more.
    pub fn counted(self) -> Counts {
        let challenged = Counts { challenges: 1, ..NOTHING };
        match self {
            Hold::Proving => challenged,
            // Carried out late, when its patient had left: counted once and handed over to nobody.
            Hold::Asking | Hold::Consenting => Counts { checks: 1, ..challenged },
            Hold::Delivering => Counts { checks: 1, consents: 4, ..challenged },
            _ => NOTHING,
        }
    }
}

fn checking(kiosk: &Kiosk, wanted: CheckStage) {
    kiosk.choose(Method::Pin);
    kiosk.types_pin();
    kiosk.until("Checking", |s| matches!(s, Screen::Checking(Checking { stage, .. }) if *stage == wanted));
}

/// A visit that is held at a state.
pub struct Scene {
    pub kiosk: Kiosk,
    pub card: Vcard,
    pub site: Site,
    pub pcscd: Pcscd,
}

impl Scene {
    /// Everything started and the visit at `hold`, with the card of p03.
    pub fn at(hold: Hold) -> Self {
        let pcscd = Pcscd::start();
        let site = Site::with(hold.gateway_faults());
        let nobody = site.path("nobody");
        std::fs::create_dir(&nobody).unwrap();
        RgbImage::from_pixel(640, 480, Rgb([130, 130, 130])).save(nobody.join("0.png")).unwrap();
        let card = site.place("p03", hold.card_faults());
        let kiosk = Kiosk::start(&site, nobody);
        hold.reach(&kiosk);
        if !hold.gateway_faults().is_empty() {
            site.gateway.is_in_trouble();
        }
        Self { kiosk, card, site, pcscd }
    }
}

/// The kiosk is idle and its reader empty: the next patient comes, is served, and finds one new file of theirs.
pub fn the_next_visit_is_served(kiosk: &Kiosk, site: &Site, files_before: usize) {
    assert!(kiosk.camera_is_closed());
    // Another person than the visit before: the same card would only renew its file.
    let _card = site.place("p01", &[]);
    kiosk.serves_a_visit();
    assert_eq!(site.handed_over().len(), files_before + 1);
}
