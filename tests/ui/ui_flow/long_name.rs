//! Whatever came in for a name: the window lays it out and the visit goes on.

use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{ConfirmName, Done};

use super::Panel;

flows!(without_end, of_one_word, of_marks);

fn is_checked_in(panel: Panel, name: String) {
    let mut kiosk = panel.naming(Box::leak(name.into_boxed_str()));
    kiosk.begins();
    kiosk.touch("choose-pin");
    kiosk.comes_to("enter_pin");
    kiosk.types("1234");
    kiosk.touch("key-confirm");
    kiosk.comes_to("confirm_name");
    let Screen::ConfirmName(ConfirmName { patient }) = &kiosk.view_of_the_window().screen else { panic!() };
    assert!(patient.0.name.chars().count() <= 121);
    kiosk.touch("continue");
    kiosk.comes_to("consenting");
    kiosk.touch("consent-give");
    kiosk.comes_to("done");
    let Screen::Done(Done { patient, .. }) = &kiosk.view_of_the_window().screen else { panic!() };
    assert!(patient.0.name.chars().count() <= 121);
}

fn without_end(panel: Panel) {
    is_checked_in(panel, "長".repeat(60_000));
}

fn of_one_word(panel: Panel) {
    is_checked_in(panel, "W".repeat(60_000));
}

fn of_marks(panel: Panel) {
    is_checked_in(panel, format!("か{}", "\u{3099}".repeat(60_000)));
}
