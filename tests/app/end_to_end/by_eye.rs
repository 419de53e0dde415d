//! Staff compare by eye at the kiosk: their code from a real file, a real card service, the gateway over TLS, the file on disk.

use uketsuke::adapters::staff::StaffFile;
use uketsuke::domain::secret::Secret;
use uketsuke::domain::session::{PanelTouch, PatientInput};
use uketsuke::domain::staff::CodeEntry;
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{CallStaff, EnterStaffCode, VisualCheck};

use super::kiosk::Kiosk;
use crate::service::{Pcscd, isolated};
use crate::site::{Site, clip};

const CODE: [u8; 6] = *b"402817";

#[test]
fn staff_say_yes_and_the_receipt_computer_has_the_file() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let site = Site::new();
    let mut staff = StaffFile::default();
    staff.set("front", &Secret::new(CODE)).unwrap();
    staff.write(&site.path("staff.toml")).unwrap();
    let _card = site.place("p03", &[]);
    let mut kiosk = Kiosk::with_staff(&site, clip("p03"));
    kiosk.until("the choice", |screen| matches!(screen, Screen::ChooseMethod(_)));
    kiosk.touch(PatientInput::CallStaff);
    kiosk.until("staff", |screen| matches!(screen, Screen::CallStaff(CallStaff { staff_entry: true, .. })));
    kiosk.touch(PatientInput::StaffHere);
    kiosk.types_staff_code(b"402818");
    kiosk
        .until("a wrong code", |s| matches!(s, Screen::EnterStaffCode(EnterStaffCode { entry: CodeEntry::Wrong, .. })));
    kiosk.types_staff_code(&CODE);
    kiosk.until("the panel", |screen| matches!(screen, Screen::StaffPanel(_)));
    kiosk.panel(PanelTouch::LookByEye);
    kiosk.until("the comparison", |screen| *screen == Screen::VisualCheck(VisualCheck));
    kiosk.touch(PatientInput::Yes);
    kiosk.consents();
    kiosk.until("Done", |screen| matches!(screen, Screen::Done(_)));
    kiosk.resolves_what_was_sent();
    assert_eq!(site.handed_over().len(), 1);
    assert_eq!(site.gateway.counts().checks, 1);
    // The patient's own key signed nothing: nobody typed a PIN.
    assert!(!site.card_log().contains("> 80 2A 00 80"), "{}", site.card_log());
}
