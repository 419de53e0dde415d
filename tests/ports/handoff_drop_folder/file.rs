//! What stands in the files.

use std::path::Path;
use std::sync::Arc;

use encoding_rs::SHIFT_JIS;
use uketsuke::adapters::handoff::{DropConfig, Encoding, OfficialXml};
use uketsuke::domain::secret::Personal;

use super::handed_over::read;
use super::{CHECK, Kiosk, STEM, config, order};

fn utf8(config: DropConfig) -> DropConfig {
    DropConfig { form: Arc::new(OfficialXml::of(Encoding::Utf8)), ..config }
}

fn windows_31j(config: DropConfig) -> DropConfig {
    DropConfig { form: Arc::new(OfficialXml::of(Encoding::Windows31J)), ..config }
}

/// Delivers [`order`] and gives the bytes of its two files.
fn delivered(change: impl FnOnce(DropConfig) -> DropConfig) -> (Vec<u8>, Vec<u8>) {
    let folder = tempfile::tempdir().expect("a folder");
    let kiosk = Kiosk::start(change(config(folder.path())));
    let receipt = kiosk.deliver(order()).expect("delivered");
    assert_eq!(receipt.file, folder.path().join(format!("{STEM}.xml")));
    let twin = std::fs::read(receipt.file.with_extension("json")).expect("the twin");
    (std::fs::read(&receipt.file).expect("the file"), twin)
}

/// Compares with a committed file; what was written instead is kept for a look.
fn assert_golden(name: &str, bytes: &[u8]) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/handoff").join(name);
    if std::fs::read(&golden).ok().as_deref() != Some(bytes) {
        let written = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(&written, bytes).expect("kept");
        panic!("{} differs from what was written; see {}", golden.display(), written.display());
    }
}

#[test]
fn shift_jis_file_is_as_committed() {
    let (xml, _) = delivered(|config| config);
    assert_golden("three-insurances.sjis.xml", &xml);
}

#[test]
fn utf8_file_is_as_committed() {
    let (xml, _) = delivered(utf8);
    assert_golden("three-insurances.utf8.xml", &xml);
}

#[test]
fn twin_is_as_committed() {
    let (_, twin) = delivered(windows_31j);
    assert_golden("three-insurances.json", &twin);
}

#[test]
fn the_file_for_readers_of_windows_31j_is_as_committed() {
    let (xml, _) = delivered(windows_31j);
    assert_golden("three-insurances.w31j.xml", &xml);
}

#[test]
fn vendor_characters_are_a_bullet_each_unless_the_label_means_them() {
    let (xml, _) = delivered(|config| config);
    let (text, _, wrong) = SHIFT_JIS.decode(&xml);
    assert!(!wrong && text.contains("<Name>●●　●子●●</Name>"), "{text}");
    let (xml, twin) = delivered(windows_31j);
    let (text, _, wrong) = SHIFT_JIS.decode(&xml);
    assert!(!wrong && !text.contains("&#"));
    assert!(text.contains("<Name>髙﨑　德子●●</Name>"), "{text}");
    assert!(text.contains("<InsurerName>見本健康保険協会①</InsurerName>"));
    let twin: serde_json::Value = serde_json::from_slice(&twin).expect("JSON");
    assert_eq!(twin["qualifications"][0]["name"], "髙﨑　德子𠮷葛\u{e0100}");
    assert_eq!(twin["qualificationCheckId"], CHECK);
}

#[test]
fn utf8_keeps_every_character() {
    let (xml, _) = delivered(utf8);
    let text = String::from_utf8(xml).expect("UTF-8");
    assert!(text.contains("<Name>髙﨑　德子𠮷葛\u{e0100}</Name>"));
    assert!(text.contains("<CharacterCodeIdentifier>0</CharacterCodeIdentifier>"));
}

#[test]
fn kana_are_half_width_and_digits_keep_their_zeros() {
    let (xml, _) = delivered(|config| config);
    let (text, _, _) = SHIFT_JIS.decode(&xml);
    assert!(text.contains("<NameKana>ﾀｶｻｷ ｶﾞｯﾎﾟｳﾞｰ</NameKana>"));
    assert!(text.contains("<InsuredBranchNumber>00</InsuredBranchNumber>"));
    assert!(text.contains("<InsuredIdentificationNumber>0000678</InsuredIdentificationNumber>"));
    assert!(text.contains("<InsuredPartialContributionRatio>030</InsuredPartialContributionRatio>"));
}

#[test]
fn view_rights_last_a_day_and_silence_is_no_refusal() {
    let (xml, _) = delivered(|config| config);
    let (text, _, _) = SHIFT_JIS.decode(&xml);
    assert!(text.contains("<PharmacistsInfoConsTime>20261231235930</PharmacistsInfoConsTime>"));
    assert!(text.contains("<PharmacistsInfoAvailableTime>20270101235930</PharmacistsInfoAvailableTime>"));
    assert!(text.contains("<DiagnosisInfoConsFlg>0</DiagnosisInfoConsFlg>"));
    assert!(!text.contains("DiagnosisInfoConsTime") && !text.contains("OperationInfo"));
}

#[test]
fn the_file_reads_back() {
    let (xml, _) = delivered(windows_31j);
    let found = read(&xml).expect("readable");
    let mut expected = order().answer.qualifications;
    for qualification in &mut expected {
        qualification.name = Personal("髙﨑　德子●●".into());
    }
    assert!(found.qualifications == expected);
    assert_eq!((found.check_id.as_str(), found.facility_code.as_str()), (CHECK, "1312345678"));
}
