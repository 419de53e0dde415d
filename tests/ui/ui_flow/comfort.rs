//! What patients set for themselves in the panels holds for their whole visit and ends with it; and the training band.

use uketsuke::i18n::Language;
use uketsuke::ui::theme::Theme;

use super::{Kiosk, Panel, name};

flows!(a_visit_as_the_patient_wants_it, in_another_language_from_the_middle_on, the_training_band_is_on_every_screen);

/// Large text, white on black, within reach from a wheelchair, in Vietnamese: set before the card is placed.
fn a_visit_as_the_patient_wants_it(mut kiosk: Kiosk) {
    let paper = Theme::HighContrast.palette().page.into_rgba8();
    let paper = [paper[0], paper[1], paper[2]];
    kiosk.comes_to("idle");
    assert_eq!(kiosk.painted([paper]), [None]);
    kiosk.chooses_language(Language::Vi, "language-4");
    kiosk.says("idle-title", &[]);
    kiosk.touch("tool-display");
    let small = kiosk.height_of("display-theme");
    for choice in ["text-200", "theme-high", "display-seated"] {
        kiosk.touch(choice);
    }
    assert!(kiosk.height_of("display-theme") > 1.3 * small, "the text stays small");
    kiosk.touch("overlay-close");
    kiosk.says("idle-title", &[]);
    kiosk.begins();
    assert!(kiosk.painted([paper])[0].is_some(), "the colours are not those that were chosen");
    kiosk.says("choose-title", &[]);
    assert!(kiosk.bounds_of("choose-face").center_y() > kiosk.size.height / 2.0, "out of reach of somebody seated");
    kiosk.identifies_by_pin();
    kiosk.says("consent-title", &[]);
    kiosk.consents("consent-give");
    kiosk.take_card();
    kiosk.comes_to("idle");
    // The next patient finds it as the site wants it.
    assert_eq!(kiosk.painted([paper]), [None]);
    kiosk.language = Language::default();
    kiosk.says("idle-title", &[]);
    kiosk.rests_after(1);
}

fn in_another_language_from_the_middle_on(mut kiosk: Kiosk) {
    kiosk.begins();
    kiosk.chooses_language(Language::En, "language-2");
    kiosk.says("choose-title", &[]);
    kiosk.identifies_by_pin();
    kiosk.consents("consent-refuse");
    kiosk.language = Language::default();
    kiosk.ends_after(1);
}

/// Left on in the morning, it cannot be overlooked.
fn the_training_band_is_on_every_screen(panel: Panel) {
    let mut kiosk = panel.training();
    kiosk.comes_to("idle");
    kiosk.says("training", &[]);
    kiosk.place_card();
    kiosk.comes_to("choose_method");
    kiosk.says("training", &[]);
    kiosk.touch("choose-pin");
    kiosk.comes_to("enter_pin");
    kiosk.says("training", &[]);
    kiosk.types("1234");
    kiosk.touch("key-confirm");
    kiosk.comes_to("confirm_name");
    kiosk.says("training", &[]);
    kiosk.touch("continue");
    kiosk.comes_to("consenting");
    kiosk.says("training", &[]);
    kiosk.touch("consent-give");
    kiosk.comes_to("done");
    kiosk.says("training", &[]);
    kiosk.says("done-name", &[("name", name().into())]);
}
