//! What a fake answers when nothing is scripted: one invented person with one valid insurance.
//!
//! Dates are fixed: tests that use them stand on a fixed day as well.

use jiff::Timestamp;
use jiff::civil::date;

use crate::domain::card::{Authenticity, CardFaceFacts, CardFacts, CardKind, CardMark, PrintCheck, Tries};
use crate::domain::face::{Evidence, GOOD_FRAMES};
use crate::domain::qualification::{AskedBy, LimitCertificate, Qualification, QualificationAnswer, Validity};
use crate::domain::registration::{Application, Linkage, RegistrationStatus};
use crate::domain::secret::{Personal, Portrait, Secret};

/// The check of [`valid_answer`].
pub const CHECK_ID: &str = "0b6f1d0c-6a55-4b8e-9f5d-2f7f0f6c1a01";

/// The owner's birth date as the chip writes it.
pub const BIRTH: [u8; 8] = *b"19800217";

/// A My Number Card with all tries left and a certificate until 2031.
pub fn card_facts() -> CardFacts {
    CardFacts {
        kind: CardKind::MyNumber,
        pin: Tries::Left(3),
        code_b: Tries::Left(10),
        certificate_until: Some(date(2031, 4, 15)),
        mark: Some(CardMark([7; 32])),
        keypad: false,
    }
}

/// A genuine card face with a portrait.
pub fn card_face_facts() -> CardFaceFacts {
    CardFaceFacts {
        card_until: date(2035, 4, 15),
        has_portrait: true,
        authenticity: Authenticity::Genuine,
        print: PrintCheck::default(),
    }
}

/// Bytes in the place of a portrait; no picture can be decoded from them.
pub fn portrait() -> Portrait {
    Secret::new(b"no picture: scripted card".to_vec())
}

/// A card that was registered in spring.
pub fn registered() -> RegistrationStatus {
    RegistrationStatus {
        application: Application::Accepted,
        linkage: Linkage::Completed,
        registered_at: Some(date(2026, 4, 10).at(9, 30, 0, 0)),
        available_from: None,
    }
}

/// A card that can be registered now.
pub fn unregistered() -> RegistrationStatus {
    RegistrationStatus {
        application: Application::None,
        linkage: Linkage::None,
        registered_at: None,
        available_from: None,
    }
}

/// The right person, live, in as many good frames as are needed.
pub fn evidence() -> Evidence {
    let good_frames = u32::try_from(GOOD_FRAMES).unwrap_or(u32::MAX);
    Evidence { score: 0.82, liveness: 0.97, good_frames, seen_frames: good_frames + 2, main_hint: None }
}

/// One insurance: employees' insurance, the insured herself, 30 percent, limit category ウ.
pub fn qualification() -> Qualification {
    Qualification {
        card_classification: "01".into(),
        insurer_number: Personal("01990019".into()),
        insurer_name: Personal("見本健康保険協会".into()),
        insured_symbol: Some(Personal("12345".into())),
        insured_number: Some(Personal("0000678".into())),
        branch_number: Some(Personal("01".into())),
        relationship: Some("1".into()),
        name: Personal("見本　花子".into()),
        name_kana: Some(Personal("ミホン　ハナコ".into())),
        sex: "2".into(),
        birth_date: Personal(Some(date(1980, 2, 17))),
        address: Some(Personal("東京都見本区見本町１－２－３".into())),
        postal_code: Some(Personal("100-0000".into())),
        qualified_on: Some(date(2020, 4, 1)),
        disqualified_on: None,
        valid_from: Some(date(2020, 4, 1)),
        valid_to: None,
        limit: Some(LimitCertificate { category: Some("A03".into()), ..LimitCertificate::default() }),
        ..Qualification::default()
    }
}

/// A valid answer with [`qualification`] as its only insurance, processed on 2026-11-20 at 08:30 in Japan.
pub fn valid_answer() -> QualificationAnswer {
    QualificationAnswer {
        check_id: CHECK_ID.into(),
        processed_at: Timestamp::constant(1_795_131_000, 0),
        check_date: date(2026, 11, 20),
        asked_by: AskedBy::Card,
        validity: Validity::Valid,
        raw_validity: "1".into(),
        qualifications: vec![qualification()],
        notices: Vec::new(),
        reference_number: None,
        as_received: Vec::new(),
    }
}
