//! What a virtual My Number Card must answer, one test for each requirement, named by its number in `docs/card.md`.

mod rows;

use crate::conversation::{command, converse, hex, in_blocks, person, tags};
use jiff::civil::{Date, date};
use uketsuke::adapters::card::tlv;
use uketsuke::adapters::card::virtual_card::{ATR_CONTACT, ATR_CONTACTLESS, Fault, Switches, VirtualCard};
use uketsuke::people::authority::TestAuthority;

const TODAY: Date = date(2026, 11, 20);

fn card(faults: &[Fault]) -> VirtualCard {
    let mut card = VirtualCard::new(&TestAuthority::load().unwrap(), &person(), TODAY, faults).unwrap();
    card.power_on();
    card
}

/// A card that keeps what was verified through a selection, or forgets it by a warm reset.
fn switched(select_logs_out: bool, reset_logs_out: bool) -> VirtualCard {
    card(&[]).with_switches(Switches { select_logs_out, reset_logs_out })
}

#[test]
fn row_01_the_atr_is_well_formed_in_both_forms() {
    for atr in [ATR_CONTACT, ATR_CONTACTLESS] {
        // T0's low half counts the historical bytes, each interface byte group is announced by the one before.
        let (mut at, mut announced) = (2, atr[1] >> 4);
        while announced != 0 {
            let group = announced.count_ones() as usize;
            let next = if announced & 8 != 0 { atr[at + group - 1] >> 4 } else { 0 };
            (at, announced) = (at + group, next);
        }
        let historical = usize::from(atr[1] & 0x0F);
        assert_eq!(atr.len(), at + historical + 1, "{}", hex(atr));
        assert_eq!(atr[1..].iter().fold(0, |sum, byte| sum ^ byte), 0, "{}", hex(atr));
    }
}

#[test]
fn row_13_files_are_read_by_header_and_blocks() {
    let mut card = card(&[]);
    converse(&mut card, &[("select VISUAL", "9000"), ("00200092 {B}", "9000")]);
    assert!(in_blocks(&mut card, "0002").len() > 5000);
    // Past the end of the object there is filler, and past the filler an empty 9000 that ends a loop.
    let end = card.apdu(&command("00B07FFF 00"));
    assert_eq!(hex(&end), "6B00");
}

#[test]
fn row_16_fields_come_in_order() {
    let mut card = card(&[]);
    converse(&mut card, &[("select TEXT", "9000"), ("00200095 {B}", "9000")]);
    assert_eq!(tags(&in_blocks(&mut card, "0002")), (0xDF21..=0xDF25).collect::<Vec<_>>());
    converse(&mut card, &[("select VISUAL", "9000"), ("00200092 {B}", "9000")]);
    assert_eq!(tags(&in_blocks(&mut card, "0002")), (0xDF21..=0xDF2A).collect::<Vec<_>>());
}

#[test]
fn row_17_a_foreign_client_reads_the_number_and_opens_the_face_with_it() {
    let mut card = card(&[]);
    converse(&mut card, &[("select TEXT", "9000"), ("00200091 {1234}", "9000"), ("select 0001", "9000")]);
    let number = card.apdu(&command("00B00000 11"));
    assert_eq!(number[3..15], *person().impossible_number().as_bytes());
    converse(&mut card, &[("select VISUAL", "9000"), ("00200093 {A}", "9000"), ("00B08500 04", "FF40* 9000")]);
    assert!(in_blocks(&mut card, "0002").len() > 5000);
}

#[test]
fn row_18_the_third_and_fourth_object_are_version_and_municipality() {
    let mut card = card(&[]);
    converse(&mut card, &[("select VISUAL", "9000")]);
    let file = in_blocks(&mut card, "0003");
    let objects = tlv::all(tlv::first(&file).unwrap().value).unwrap();
    assert_eq!((objects[2].tag, objects[2].value.len()), (0xDF33, 1));
    assert_eq!((objects[3].tag, objects[3].value), (0xDF34, person().municipality.as_bytes()));
}

#[test]
fn row_25_counters_live_as_long_as_the_card() {
    let mut card = card(&[]);
    let wrong = [("select VISUAL", "9000"), ("00200092 {00000000000000}", "63C9")];
    converse(&mut card, &wrong);
    card.power_off();
    card.put_back();
    card.power_on();
    converse(&mut card, &[("select VISUAL", "9000"), ("00200092", "63C9"), ("00200092 {B}", "9000")]);
    converse(&mut card, &[("00200092", "63CA")]);
}

#[test]
fn row_25_filler_in_every_variant_leaves_the_face_where_it_is() {
    let face = |faults: &[Fault]| {
        let mut card = card(faults);
        converse(&mut card, &[("select VISUAL", "9000"), ("00200092 {B}", "9000")]);
        let file = card.apdu(&command("00B08200 0000 00"));
        (tlv::file(&file, 0xFF20).unwrap().raw.to_vec(), file.len())
    };
    let (plain, usual) = face(&[]);
    let variants = [Fault::Filler, Fault::Prefix, Fault::ZeroFiller, Fault::NoFiller];
    let lengths = variants.map(|fault| {
        let (raw, length) = face(&[fault]);
        assert!(raw == plain, "{fault}");
        length
    });
    assert_eq!(lengths, [usual - 64 + 2 + 1500, usual - 64 + 2, usual, usual - 64]);
}

#[test]
fn every_signature_form_verifies() {
    use rsa::{Pkcs1v15Sign, Pss};
    use sha2::{Digest, Sha256};
    let mut card = card(&[]);
    let key = TestAuthority::load().unwrap().auth_key(&person()).unwrap().to_public_key();
    converse(&mut card, &[("select JPKI", "9000"), ("00200098 {1234}", "9000")]);
    let hash = Sha256::digest([1, 2, 3]);
    let mut sign = |p1: u8, data: &[u8]| {
        let answer = card.apdu(&command(&format!("802A{p1:02X}97 {:02X} {} 00", data.len(), hex(data))));
        assert!(answer.ends_with(&[0x90, 0x00]));
        answer[..256].to_vec()
    };
    key.verify(Pkcs1v15Sign::new_unprefixed(), &[1, 2, 3], &sign(0, &[1, 2, 3])).unwrap();
    key.verify(Pkcs1v15Sign::new_unprefixed(), &hash, &sign(1, &[1, 2, 3])).unwrap();
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &hash, &sign(2, &hash)).unwrap();
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &hash, &sign(3, &[1, 2, 3])).unwrap();
    key.verify(Pss::new::<Sha256>(), &hash, &sign(4, &hash)).unwrap();
    key.verify(Pss::new::<Sha256>(), &hash, &sign(5, &[1, 2, 3])).unwrap();
    assert!(sign(4, &hash) != sign(4, &hash), "the salt is random");
}

#[test]
fn challenges_differ() {
    let mut card = card(&[]);
    let (one, other) = (card.apdu(&command("00840000 20")), card.apdu(&command("00840000 20")));
    assert!(one.len() == 34 && one != other);
}
