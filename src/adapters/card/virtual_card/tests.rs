use super::*;
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
