use super::*;
use crate::adapters::card::tlv;
use crate::people::by_id;
use jiff::civil::date;

const TODAY: Date = date(2026, 11, 20);

fn card(id: &str, faults: &[Fault]) -> VirtualCard {
    VirtualCard::new(&TestAuthority::load().unwrap(), &by_id(id).unwrap(), TODAY, faults).unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// Sends hex, gives data and status word.
fn ask(card: &mut VirtualCard, hex: &str) -> (Vec<u8>, u16) {
    let response = card.apdu(&bytes(hex));
    let (data, word) = response.split_at(response.len() - 2);
    (data.to_vec(), u16::from_be_bytes([word[0], word[1]]))
}

fn word_of(card: &mut VirtualCard, hex: &str) -> u16 {
    ask(card, hex).1
}

const SELECT_JPKI: &str = "00A4040C0A D392F000260100000001";
const SELECT_VISUAL: &str = "00A4040C0A D3921000310001010402";
const SELECT_TEXT: &str = "00A4040C0A D3921000310001010408";
const SELECT_COMMON: &str = "00A4040C0A D3921000310001010100";

fn ascii(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02X}")).collect()
}

fn verify(secret: &str) -> String {
    format!("00200080{:02X}{}", secret.len(), ascii(secret))
}

#[test]
fn foreign_applications_are_not_found() {
    let mut card = card("p01", &[]);
    for aid in ["627601FF000000", "A00000000101", "A000000116DB00", "D27600012401", "A00000039742544659"] {
        for p2 in ["00", "0C"] {
            let length = aid.len() / 2;
            assert_eq!(word_of(&mut card, &format!("00A404{p2}{length:02X}{aid}00")), 0x6A82, "{aid}");
        }
    }
    assert_eq!(word_of(&mut card, "00CADF3005"), 0x6D00);
    assert_eq!(word_of(&mut card, "00CB3FFF035C017E08"), 0x6D00);
    assert_eq!(word_of(&mut card, "00A40000"), 0x6A86);
    assert_eq!(word_of(&mut card, "00A4000C023F00"), 0x6A82);
    assert_eq!(word_of(&mut card, SELECT_JPKI), 0x9000);
    assert_eq!(word_of(&mut card, "00A40000"), 0x9000);
    assert_eq!(word_of(&mut card, "80FC0000"), 0x6700);
}

#[test]
fn the_empty_query_counts_even_when_verified_or_blocked() {
    let mut card = card("p01", &[]);
    word_of(&mut card, SELECT_JPKI);
    word_of(&mut card, "00A4020C020018");
    assert_eq!(word_of(&mut card, "00200080"), 0x63C3);
    assert_eq!(word_of(&mut card, "0020008000"), 0x63C3);
    assert_eq!(word_of(&mut card, &verify("1234")), 0x9000);
    assert_eq!(word_of(&mut card, "00200080"), 0x63C3);
    for left in [2, 1, 0] {
        assert_eq!(word_of(&mut card, &verify("0000")), 0x63C0 + left);
    }
    assert_eq!(word_of(&mut card, "00200080"), 0x63C0);
    assert_eq!(word_of(&mut card, &verify("1234")), 0x6984);
    card.power_on();
    word_of(&mut card, SELECT_JPKI);
    assert_eq!(word_of(&mut card, "00200098"), 0x63C0, "counters outlive the power");
}

#[test]
fn a_right_secret_restores_its_counter() {
    let mut card = card("p01", &[]);
    word_of(&mut card, SELECT_VISUAL);
    word_of(&mut card, "00A4020C020012");
    assert_eq!(word_of(&mut card, "00200080"), 0x63CA);
    assert_eq!(word_of(&mut card, &verify("00000000000000")), 0x63C9);
    assert_eq!(word_of(&mut card, &verify("13041220344821")), 0x9000);
    assert_eq!(word_of(&mut card, "00200080"), 0x63CA);
}

#[test]
fn files_open_only_with_their_secrets() {
    let mut card = card("p01", &[]);
    let person = by_id("p01").unwrap();
    let number = person.impossible_number();
    word_of(&mut card, SELECT_VISUAL);
    for closed in ["00B0810010", "00B0820010", "00B0850010"] {
        assert_eq!(word_of(&mut card, closed), 0x6982);
    }
    for free in ["00B0830010", "00B0840010"] {
        assert_eq!(word_of(&mut card, free), 0x9000);
    }
    assert_eq!(word_of(&mut card, &verify(&person.code_b()).replace("00200080", "00200092")), 0x9000);
    assert_eq!(word_of(&mut card, "00B0820010"), 0x9000);
    assert_eq!(word_of(&mut card, "00B0850010"), 0x6982, "code B does not open the picture of the number");
    assert_eq!(word_of(&mut card, SELECT_TEXT), 0x9000);
    assert_eq!(word_of(&mut card, &verify(&person.code_b()).replace("00200080", "00200095")), 0x9000);
    assert_eq!(word_of(&mut card, "00B0820010"), 0x9000);
    assert_eq!(word_of(&mut card, "00B0810011"), 0x6982, "code B does not open the number");
    assert_eq!(word_of(&mut card, &verify(&number).replace("00200080", "00200094")), 0x9000);
    let (file, status) = ask(&mut card, "00B0810011");
    assert_eq!((status, file.len()), (0x9000, 17));
    assert_eq!(&file[..3], &[0xFF, 0x10, 0x0C]);
}

#[test]
fn reading_past_the_end_follows_one_model() {
    let mut card = card("p01", &[]);
    word_of(&mut card, SELECT_JPKI);
    assert_eq!(word_of(&mut card, "00B0000010"), 0x6986, "no file is selected");
    word_of(&mut card, "00A4020C020006");
    let (record, status) = ask(&mut card, "00B0000000");
    assert_eq!((record.len(), status), (160, 0x9000));
    assert!(record.starts_with(b"JPKIAPICCTOKEN2                 "));
    assert_eq!(ask(&mut card, "00B0009820").0.len(), 8);
    assert_eq!(ask(&mut card, "00B000A020"), (vec![], 0x9000));
    assert_eq!(word_of(&mut card, "00B000A120"), 0x6B00);
    assert_eq!(ask(&mut card, "00B08600000000").0.len(), 160, "extended, by short identifier");
    word_of(&mut card, "00A4020C020018");
    assert_eq!(word_of(&mut card, "00B0000010"), 0x6981);
}

#[test]
fn the_signature_needs_the_pin_and_pads_what_it_gets() {
    let mut card = card("p01", &[]);
    let key = TestAuthority::load().unwrap().auth_key(&by_id("p01").unwrap()).unwrap().to_public_key();
    word_of(&mut card, SELECT_JPKI);
    word_of(&mut card, "00A4020C020018");
    word_of(&mut card, &verify("1234"));
    word_of(&mut card, "00A4020C020017");
    let (raw, status) = ask(&mut card, "802A008003AABBCC00");
    assert_eq!(status, 0x9000);
    key.verify(Pkcs1v15Sign::new_unprefixed(), &[0xAA, 0xBB, 0xCC], &raw).unwrap();
    let (hashed, _) = ask(&mut card, "802A038003AABBCC00");
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest([0xAA, 0xBB, 0xCC]), &hashed).unwrap();
    assert_eq!(word_of(&mut card, "802A048003AABBCC00"), 0x6A86);
    assert_eq!(word_of(&mut card, SELECT_JPKI), 0x9000);
    assert_eq!(word_of(&mut card, "802A009703AABBCC00"), 0x6982, "selecting the application logged out");
}

#[test]
fn what_forgets_a_secret_follows_the_switches() {
    let open = |switches| {
        let mut card = card("p01", &[]).with_switches(switches);
        word_of(&mut card, SELECT_JPKI);
        word_of(&mut card, &verify("1234").replace("00200080", "00200098"));
        card
    };
    let mut kept = open(Switches { select_logs_out: false, reset_logs_out: false });
    kept.reset();
    word_of(&mut kept, SELECT_JPKI);
    assert_eq!(word_of(&mut kept, "802A009703AABBCC00"), 0x9000);
    let mut lost = open(Switches { select_logs_out: false, reset_logs_out: true });
    lost.reset();
    word_of(&mut lost, SELECT_JPKI);
    assert_eq!(word_of(&mut lost, "802A009703AABBCC00"), 0x6982);
    let mut unpowered = open(Switches { select_logs_out: false, reset_logs_out: false });
    unpowered.power_off();
    assert!(!unpowered.is_open());
}

#[test]
fn common_application_names_the_card_and_answers_a_challenge() {
    let mut card = card("p01", &[]);
    word_of(&mut card, SELECT_COMMON);
    let (record, status) = ask(&mut card, "00B2010C00");
    assert_eq!(status, 0x9000);
    assert_eq!(record, [&[0x01, 0x1C][..], b"1000000000000179912120340412"].concat());
    let (answer, status) = ask(&mut card, "0088009904 DEADBEEF 00");
    assert_eq!((answer.len(), status), (256, 0x9000));
    assert_eq!(ask(&mut card, "0084000020").0.len(), 32);
    assert_eq!(word_of(&mut card, "00840000000020"), 0x6985);
}

#[test]
fn a_secret_changes_only_after_it_was_shown() {
    let mut card = card("p01", &[]);
    word_of(&mut card, SELECT_JPKI);
    word_of(&mut card, "00A4020C020018");
    assert_eq!(word_of(&mut card, "002401800439383736"), 0x6982);
    word_of(&mut card, &verify("1234"));
    assert_eq!(word_of(&mut card, "002401800439383736"), 0x9000);
    assert_eq!(word_of(&mut card, &verify("9876")), 0x9000);
    let log: String = card.log().iter().map(|exchange| format!("{exchange} {exchange:?}")).collect();
    assert!(!log.contains(&ascii("9876")) && !log.contains("57, 56, 55, 54"), "{log}");
}

#[test]
fn text_files_have_the_public_lengths() {
    let mut card = card("p01", &[]);
    word_of(&mut card, SELECT_TEXT);
    let (file, status) = ask(&mut card, "00B0850000");
    assert_eq!(status, 0x9000);
    assert_eq!(&file[..5], &[0xFF, 0x40, 0x82, 0x00, 0x9F]);
    assert_eq!(file.len(), 164);
    assert_eq!(ask(&mut card, "00B08400000000").0.len(), 568);
}

/// Reads a file as foreign clients do: SELECT, seven bytes, then blocks of 256, each of which must end in 9000.
fn in_blocks(card: &mut VirtualCard, file: &str) -> Vec<u8> {
    assert_eq!(word_of(card, &format!("00A4020C02{file}")), 0x9000);
    let (mut content, status) = ask(card, "00B0000007");
    assert_eq!(status, 0x9000);
    let total = tlv::length(&content).unwrap();
    while content.len() < total {
        let count = (total - content.len()).min(256) as u8;
        let (block, status) = ask(card, &format!("00B0{:04X}{count:02X}", content.len()));
        assert_eq!(status, 0x9000);
        content.extend(block);
    }
    content
}

#[test]
fn a_foreign_client_gets_the_photo_with_code_a() {
    let mut card = card("p02", &[]);
    word_of(&mut card, SELECT_TEXT);
    word_of(&mut card, "00A4020C020011");
    assert_eq!(word_of(&mut card, &verify("1234")), 0x9000);
    word_of(&mut card, "00A4020C020001");
    let (number, _) = ask(&mut card, "00B0000011");
    let basics = in_blocks(&mut card, "0002");
    let objects = tlv::all(tlv::first(&basics).unwrap().value).unwrap();
    let tags: Vec<u16> = objects.iter().map(|object| object.tag).collect();
    assert_eq!(tags, [0xDF21, 0xDF22, 0xDF23, 0xDF24, 0xDF25]);
    let offset = usize::from(u16::from_be_bytes([objects[0].value[0], objects[0].value[1]]));
    assert_eq!(basics[offset..offset + 2], [0xDF, 0x22], "the table points at the objects");
    word_of(&mut card, SELECT_VISUAL);
    word_of(&mut card, "00A4020C020013");
    assert_eq!(word_of(&mut card, &verify(std::str::from_utf8(&number[3..15]).unwrap())), 0x9000);
    let face = in_blocks(&mut card, "0002");
    let tags: Vec<u16> = tlv::all(tlv::first(&face).unwrap().value).unwrap().iter().map(|object| object.tag).collect();
    assert_eq!(tags, (0xDF21..=0xDF2A).collect::<Vec<_>>());
    assert!(in_blocks(&mut card, "0005").starts_with(&[0xFF, 0x40]));
    assert_eq!(tlv::all(tlv::first(&in_blocks(&mut card, "0003")).unwrap().value).unwrap().len(), 5);
}

#[test]
fn faults_change_what_is_there() {
    let mut phone = card("p01", &[Fault::Phone]);
    assert_eq!(word_of(&mut phone, SELECT_VISUAL), 0x6A82);
    word_of(&mut phone, SELECT_JPKI);
    assert!(ask(&mut phone, "00B0860020").0.starts_with(b"JPKIAPGPSETOKEN "));
    assert_eq!(word_of(&mut phone, "00B08A0004"), 0x6982, "a phone wants the PIN first");
    let mut other = card("p01", &[Fault::OtherCard]);
    assert_eq!(word_of(&mut other, SELECT_JPKI), 0x6A82);
    let mut sleepy = card("p01", &[Fault::First6F00]);
    assert_eq!(word_of(&mut sleepy, SELECT_JPKI), 0x6F00);
    assert_eq!(word_of(&mut sleepy, SELECT_JPKI), 0x9000);
    let mut child = card("p08", &[]);
    word_of(&mut child, SELECT_JPKI);
    assert_eq!(word_of(&mut child, "00A4020C02001B"), 0x9000);
    assert_eq!(word_of(&mut child, "00200080"), 0x63C0);
    assert_eq!(word_of(&mut child, "00A4020C020001"), 0x6A82);
}

#[test]
fn garbage_is_answered_and_never_panics() {
    let mut card = card("p01", &[]);
    for length in 0..12 {
        assert!(card.apdu(&vec![0; length]).len() >= 2);
        assert!(card.apdu(&vec![0xFF; length]).len() >= 2);
    }
    assert_eq!(word_of(&mut card, "C0A40000"), 0x6E00);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    #[test]
    fn no_apdu_makes_it_panic(apdus: Vec<Vec<u8>>) {
        let mut card = card("p01", &[Fault::GetResponse]);
        word_of(&mut card, SELECT_JPKI);
        for apdu in apdus {
            card.apdu(&apdu);
        }
    }
}
