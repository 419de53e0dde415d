//! A name that letters cannot show: the picture of it that an opened card face holds.

use uketsuke::adapters::fake::{FaceRequest, Play};
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::ConfirmName;

use super::{Kiosk, Panel};

flows!(by_face, by_pin);

const NAME: &str = "見本　●子";

impl Kiosk {
    fn is_shown_a_marked_name(&mut self) {
        self.comes_to("confirm_name");
        assert!(
            matches!(&self.view_of_the_window().screen, Screen::ConfirmName(ConfirmName { patient }) if patient.0.name == NAME)
        );
    }
}

fn by_face(panel: Panel) {
    let mut kiosk = panel.naming(NAME);
    kiosk.face.on(FaceRequest::Match, Play::usual().held());
    kiosk.begins();
    kiosk.before_the_camera();
    assert_eq!(kiosk.face.release(), 1);
    kiosk.is_shown_a_marked_name();
    kiosk.says("done-kana-note", &[]);
    assert!(kiosk.learns_the_printed_name(), "the card face was opened");
    kiosk.says("done-print-note", &[]);
    kiosk.touch("continue");
    kiosk.comes_to("consenting");
    assert!(!kiosk.learns_the_printed_name(), "nobody needs it here");
    kiosk.touch("consent-give");
    kiosk.comes_to("done");
    assert!(kiosk.learns_the_printed_name());
    kiosk.says("done-print-note", &[]);
    kiosk.take_card();
    kiosk.comes_to("idle");
    assert!(!kiosk.learns_the_printed_name(), "nothing is left of it");
}

fn by_pin(panel: Panel) {
    let mut kiosk = panel.naming(NAME);
    kiosk.begins();
    kiosk.touch("choose-pin");
    kiosk.comes_to("enter_pin");
    kiosk.types("1234");
    kiosk.touch("key-confirm");
    kiosk.is_shown_a_marked_name();
    assert!(!kiosk.learns_the_printed_name(), "a PIN opens no card face");
    kiosk.says("done-kana-note", &[]);
    kiosk.touch("continue");
    kiosk.comes_to("consenting");
}
