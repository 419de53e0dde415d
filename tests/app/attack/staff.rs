//! A patient who plays staff, and codes that anybody would try first.

use std::os::unix::fs::PermissionsExt;

use uketsuke::domain::session::PatientInput;
use uketsuke::domain::staff::CodeEntry;
use uketsuke::runtime::Screen;
use uketsuke::runtime::view::{CallStaff, EnterStaffCode};

use super::report::Report;
use super::victim::Victim;
use crate::end_to_end::Kiosk;
use crate::service::{Pcscd, isolated};
use crate::site::{Site, clip, uketsuke};

/// What people take when they are asked for six digits.
const FIRST_TRIED: [&str; 12] = [
    "000000", "111111", "123456", "654321", "121212", "123123", "246810", "135791", "147258", "201612", "311299",
    "112233",
];

fn settings(site: &Site) -> std::path::PathBuf {
    let file = site.path("uketsuke.toml");
    let text = format!(
        "[site]\nfacility_code='1310000001'\nterminal_id='T001'\n[state]\nfolder={:?}\n[staff]\nfile={:?}\n\
         [handoff]\nfolder={:?}\n[gateway]\nidentity={:?}\nurl='{}'\n",
        site.path("state"),
        site.path("staff.toml"),
        site.path("drop"),
        site.identity(),
        site.gateway.url(),
    );
    std::fs::write(&file, text).unwrap();
    file
}

fn staff(site: &Site, words: &[&str], input: &str) -> Victim {
    let mut command = uketsuke();
    command.arg("staff").args(words).arg("--config").arg(settings(site));
    Victim::run(command, input)
}

/// Types a code and tells what the kiosk says of it.
fn types(kiosk: &Kiosk, code: &[u8; 6]) -> CodeEntry {
    kiosk.types_staff_code(code);
    let compares =
        |screen: &Screen| matches!(screen, Screen::EnterStaffCode(EnterStaffCode { entry: CodeEntry::Checking, .. }));
    kiosk.until("it compares", compares);
    match kiosk.until("a word on the code", |screen| !compares(screen)) {
        Screen::EnterStaffCode(EnterStaffCode { entry, .. }) => entry,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_patient_who_plays_staff() {
    if !isolated() {
        return;
    }
    let (_pcscd, site) = (Pcscd::start(), Site::new());
    let mut report = Report::of("staff code");
    report.attack("codes that everybody tries first, taken by staff", || {
        for code in FIRST_TRIED {
            let refused = staff(&site, &["set", "front"], &format!("{code}\n"));
            assert_eq!(refused.exit, Some(2), "{code}: {}", refused.said());
            assert!(!refused.said().contains(code), "{code} is repeated");
        }
        assert_eq!(staff(&site, &["set", "front"], "402817\n").exit, Some(0));
        format!("{} refused, one good one taken", FIRST_TRIED.len())
    });
    report.attack("a staff file that everybody may read", || {
        let file = site.path("staff.toml");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let refused = staff(&site, &["list"], "");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert_ne!(refused.exit, Some(0), "{}", refused.said());
        refused.last_word()
    });
    report.attack("a staff file of a gigabyte of zeros", || {
        let file = std::fs::File::create(site.path("huge.toml")).unwrap();
        file.set_len(1 << 30).unwrap();
        std::fs::set_permissions(site.path("huge.toml"), std::fs::Permissions::from_mode(0o600)).unwrap();
        let kept = std::fs::read(site.path("staff.toml")).unwrap();
        std::fs::rename(site.path("huge.toml"), site.path("staff.toml")).unwrap();
        let refused = staff(&site, &["list"], "");
        std::fs::write(site.path("staff.toml"), kept).unwrap();
        std::fs::set_permissions(site.path("staff.toml"), std::fs::Permissions::from_mode(0o600)).unwrap();
        assert_ne!(refused.exit, Some(0), "{}", refused.said());
        format!("{}, {} MiB", refused.last_word(), refused.peak_mib)
    });
    report.attack("codes until one is right, the kiosk started again in between", || guessed(&site));
    report.ends();
}

/// Five wrong codes close the entry, and a new start of the kiosk does not open it.
fn guessed(site: &Site) -> String {
    let _card = site.place("p03", &[]);
    let comes_to_the_entry = || {
        let kiosk = Kiosk::with_staff(site, clip("p03"));
        kiosk.until("the choice", |screen| matches!(screen, Screen::ChooseMethod(_)));
        kiosk.touch(PatientInput::CallStaff);
        kiosk.until("staff", |screen| matches!(screen, Screen::CallStaff(CallStaff { staff_entry: true, .. })));
        kiosk.touch(PatientInput::StaffHere);
        kiosk
    };
    let kiosk = comes_to_the_entry();
    let entries: Vec<_> =
        (0..5).map(|n| types(&kiosk, &format!("73519{n}").into_bytes().try_into().unwrap())).collect();
    assert!(!entries.last().unwrap().takes_digits(), "{entries:?}");
    drop(kiosk);
    let kiosk = comes_to_the_entry();
    let screen = kiosk.until("the entry", |screen| matches!(screen, Screen::EnterStaffCode(_)));
    let Screen::EnterStaffCode(EnterStaffCode { entry, .. }) = screen else { panic!("{screen:?}") };
    assert!(!entry.takes_digits(), "{entry:?}");
    "closed after five, and after a new start".into()
}
