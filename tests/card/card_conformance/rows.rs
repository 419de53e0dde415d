//! What is a mere conversation.
//!
//! A row is a conversation: commands on the left, answers on the right. `select X` selects an application or a file; `{1234}`
//! is a length byte and ASCII, `{B}` code B, `{A}` the place holder of code A. An answer is the data, as hex, `*` for any,
//! `#n` for n bytes or `hex*` for a beginning, and the status word.

use super::{card, switched};
use crate::conversation::converse;
use uketsuke::adapters::card::virtual_card::Fault;

macro_rules! rows {
    ($($name:ident: $card:expr => { $($command:literal -> $answer:literal),* $(,)? })*) => {
        $(#[test]
        fn $name() {
            converse(&mut $card, &[$(($command, $answer)),*]);
        })*
    };
}

rows! {
    row_02_foreign_applications_are_not_found: card(&[]) => {
        "00A40400 07 627601FF000000 00" -> "6A82",
        "00A4040C 06 A00000000101" -> "6A82",
        "00A40400 0A E82B0601040181C31F02 00" -> "6A82",
        "00A40400 0B E82B0601040181C31F0201 00" -> "6A82",
        "00A4040C 0F D23300000045737445494420763335" -> "6A82",
        "00A40400 09 A00000030800001000 00" -> "6A82",
        "00A40400 06 A000000116DB 00" -> "6A82",
        "00A4040C 07 A000000116DB00" -> "6A82",
        "00A40400 07 A0000000791000" -> "6A82",
        "00A40400 07 A0000000790100" -> "6A82",
        "00A40400 07 A000000079010F" -> "6A82",
        "00A40400 0C F276A288BCFBA69D34F31001" -> "6A82",
        "00A40400 09 A00000039742544659 00" -> "6A82",
        "00A4040C 06 D27600012401" -> "6A82",
        "00A40000" -> "6A86",
        "00A4000C 02 3F00" -> "6A82",
    }
    row_03_unknown_data_objects_get_a_short_no: card(&[]) => {
        "00CADF30 05" -> "6A88",
        "00CB3FFF 03 5C017E 08" -> "6D00",
    }
    row_04_the_jpki_application_is_selected_without_control_information: card(&[]) => {
        "select JPKI" -> "9000",
        "00A40000" -> "9000",
    }
    row_05_the_counters_answer_63cx_whatever_happened: card(&[]) => {
        "select JPKI" -> "9000",
        "select 0018" -> "9000",
        "00200080" -> "63C3",
        "00200080 00" -> "63C3",
        "00200080 {1234}" -> "9000",
        "00200080" -> "63C3",
        "00200080 {9999}" -> "63C2",
        "00200080 {9999}" -> "63C1",
        "00200080 {9999}" -> "63C0",
        "00200080" -> "63C0",
        "select 001B" -> "9000",
        "00200080" -> "63C5",
    }
    row_06_certificates_are_read_in_exact_blocks: card(&[]) => {
        "select JPKI" -> "9000",
        "select 000A" -> "9000",
        "00B00000 04" -> "3082* 9000",
        "00B00000 00" -> "#256 9000",
        "select 000B" -> "9000",
        "00B00000 04" -> "3082* 9000",
        "select 0002" -> "9000",
        "00B00000 04" -> "3082* 9000",
        "select 0008" -> "9000",
        "00B00000 03" -> "8F8F00 9000",
    }
    row_07_the_signing_certificate_is_closed: card(&[]) => {
        "select JPKI" -> "9000",
        "select 0001" -> "9000",
        "00B00000 04" -> "6982",
        "0020009B {TEST01}" -> "9000",
        "select 0001" -> "9000",
        "00B00000 04" -> "3082* 9000",
    }
    row_08_verify_answers_right_wrong_and_blocked: card(&[]) => {
        "select JPKI" -> "9000",
        "select 0018" -> "9000",
        "00200080 {1234}" -> "9000",
        "00200080 {0000}" -> "63C2",
        "00200080 {1234}" -> "9000",
        "00200080 {0000}" -> "63C2",
        "00200080 {0000}" -> "63C1",
        "00200080 {0000}" -> "63C0",
        "00200080 {1234}" -> "6984",
        "power off" -> "",
        "power on" -> "",
        "select JPKI" -> "9000",
        "select 0018" -> "9000",
        "00200080 {1234}" -> "6984",
    }
    row_09_both_keys_sign_a_digest_info: card(&[]) => {
        "select JPKI" -> "9000",
        "select 0017" -> "9000",
        "802A0080 33 3031300D060960864801650304020105000420 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F 00" -> "6982",
        "00200098 {1234}" -> "9000",
        "select 0017" -> "9000",
        "802A0080 33 3031300D060960864801650304020105000420 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F 00" -> "#256 9000",
        "0020009B {TEST01}" -> "9000",
        "select 001A" -> "9000",
        "802A0080 33 3031300D060960864801650304020105000420 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F 00" -> "#256 9000",
        "802A0097 04 01020304 00" -> "#256 9000",
    }
    row_10_selecting_again_logs_out: switched(true, false) => {
        "select JPKI" -> "9000",
        "00200098 {1234}" -> "9000",
        "select JPKI" -> "9000",
        "802A0097 04 01020304 00" -> "6982",
    }
    row_10_selecting_again_keeps_what_was_verified: switched(false, true) => {
        "select JPKI" -> "9000",
        "00200098 {1234}" -> "9000",
        "select JPKI" -> "9000",
        "802A0097 04 01020304 00" -> "#256 9000",
        "warm reset" -> "",
        "select JPKI" -> "9000",
        "802A0097 04 01020304 00" -> "6982",
    }
    row_10_a_warm_reset_keeps_what_was_verified_and_power_does_not: switched(false, false) => {
        "select JPKI" -> "9000",
        "00200098 {1234}" -> "9000",
        "warm reset" -> "",
        "select JPKI" -> "9000",
        "802A0097 04 01020304 00" -> "#256 9000",
        "power off" -> "",
        "power on" -> "",
        "select JPKI" -> "9000",
        "802A0097 04 01020304 00" -> "6982",
    }
    row_11_the_four_certificates_have_their_places: card(&[]) => {
        "select JPKI" -> "9000",
        "select 000A" -> "9000",
        "select 0001" -> "9000",
        "select 000B" -> "9000",
        "select 0002" -> "9000",
        "select 0003" -> "6A82",
    }
    row_12_the_label_is_32_bytes_of_ascii: card(&[]) => {
        "select JPKI" -> "9000",
        "select 0006" -> "9000",
        "00B00000 20" -> "4A504B4941504943 43544F4B454E3220 2020202020202020 2020202020202020 9000",
    }
    row_14_every_secret_tells_its_counter: card(&[]) => {
        "select TEXT" -> "9000",
        "00200091" -> "63C3",
        "00200094" -> "63CA",
        "00200095" -> "63CA",
        "00200092" -> "63C0",
        "select VISUAL" -> "9000",
        "00200093" -> "63CA",
        "00200092" -> "63CA",
        "select JPKI" -> "9000",
        "00200098" -> "63C3",
        "0020009B" -> "63C5",
        "select JUKI" -> "9000",
        "0020009C" -> "63C3",
        "select COMMON" -> "9000",
        "0020009C" -> "63C3",
    }
    row_15_the_text_records_have_their_public_lengths: card(&[]) => {
        "select TEXT" -> "9000",
        "select 0005" -> "9000",
        "00B00000 07" -> "FF4082009FDF41 9000",
        "00B08500 00" -> "#164 9000",
        "00200091 {1234}" -> "9000",
        "select 0001" -> "9000",
        "00B00000 11" -> "#17 9000",
        "00B08300 0000 00" -> "#336 9000",
        "00B08400 0000 00" -> "#568 9000",
    }
    row_18_the_visual_basics_are_four_and_one: card(&[]) => {
        "select VISUAL" -> "9000",
        "00B08300 0000 00" -> "FF30* 9000",
    }
    row_19_the_common_record_is_read_both_ways: card(&[]) => {
        "select COMMON" -> "9000",
        "00B2010C 00" -> "011C31303030303030303030303030313739393132313230333430343132 9000",
        "select 0001" -> "9000",
        "00B20104 00" -> "011C31303030303030303030303030313739393132313230333430343132 9000",
        "00B2020C 00" -> "6A83",
    }
    row_20_a_secret_is_changed_after_it_was_shown: card(&[]) => {
        "select JPKI" -> "9000",
        "select 0018" -> "9000",
        "00240180 {9876}" -> "6982",
        "00200080 {1234}" -> "9000",
        "00240180 {9876}" -> "9000",
        "power off" -> "",
        "power on" -> "",
        "select JPKI" -> "9000",
        "select 0018" -> "9000",
        "00200080 {1234}" -> "63C2",
        "00200080 {9876}" -> "9000",
        "select JUKI" -> "9000",
        "select 001C" -> "9000",
        "00200080 {1234}" -> "9000",
        "80320080 {4321}" -> "9000",
        "00200080 {4321}" -> "9000",
    }
    row_20_raw_input_of_1_to_245_bytes_is_padded_as_it_is: card(&[]) => {
        "select JPKI" -> "9000",
        "00200098 {1234}" -> "9000",
        "802A0097 01 FF 00" -> "#256 9000",
        "802A0097" -> "6700",
        "802A0697 01 FF 00" -> "6A86",
        "802A0297 01 FF 00" -> "6700",
        "802A0497 01 FF 00" -> "6700",
    }
    row_21_an_overlong_block_gives_what_is_left: card(&[]) => {
        "select JPKI" -> "9000",
        "select 0006" -> "9000",
        "00B00090 20" -> "#16 9000",
        "00B000A0 20" -> "9000",
        "00B000A1 20" -> "6B00",
    }
    row_22_one_extended_read_by_short_name_and_verify_by_short_name: card(&[]) => {
        "select VISUAL" -> "9000",
        "00200092 {B}" -> "9000",
        "00B08200 0000 00" -> "FF20* 9000",
        "00B08300 0000 00" -> "FF30* 9000",
    }
    row_23_a_20_byte_read_of_the_label_and_a_pin_beside_the_record: card(&[]) => {
        "select JPKI" -> "9000",
        "select 0006" -> "9000",
        "00B00000 14" -> "#20 9000",
        "select COMMON" -> "9000",
        "select 001C" -> "9000",
        "00200080" -> "63C3",
    }
    row_24_code_b_opens_the_card_face_and_nothing_of_code_a: card(&[]) => {
        "select VISUAL" -> "9000",
        "select 0002" -> "9000",
        "00B00000 07" -> "6982",
        "select 0012" -> "9000",
        "00200080 {00000000000000}" -> "63C9",
        "00200080 {B}" -> "9000",
        "select 0002" -> "9000",
        "00B00000 07" -> "FF2082* 9000",
        "00B08500 07" -> "6982",
        "802A0000 33 3031300D060960864801650304020105000420 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F 00" -> "#256 9000",
    }
    row_24_a_blocked_code_b_says_so: card(&[Fault::CodeBBlocked]) => {
        "select VISUAL" -> "9000",
        "00200092" -> "63C0",
        "00200092 {B}" -> "6984",
    }
    row_25_an_android_phone_wants_the_pin_and_has_no_face: card(&[Fault::Phone]) => {
        "select VISUAL" -> "6A82",
        "select TEXT" -> "6A82",
        "select JPKI" -> "9000",
        "00B08600 20" -> "4A504B4941504750 5345544F4B454E20 2020202020202020 2020202020202020 9000",
        "00B08A00 04" -> "6982",
        "00200098 {1234}" -> "9000",
        "00B08A00 04" -> "3082* 9000",
        "80FC0000" -> "6700",
    }
    row_25_an_iphone_knows_the_last_command_mark: card(&[Fault::IPhone]) => {
        "select VISUAL" -> "6A82",
        "select JPKI" -> "9000",
        "00B08600 20" -> "4A504B494150494F 53544F4B454E2020 2020202020202020 2020202020202020 9000",
        "80FC0000" -> "9000",
    }
    row_25_the_predecessor_has_another_label_and_its_resident_record: card(&[Fault::Juki]) => {
        "select JPKI" -> "9000",
        "00B08600 20" -> "4A504B4941504943 43544F4B454E2020 2020202020202020 2020202020202020 9000",
        "select JUKI" -> "9000",
        "select VISUAL" -> "6A82",
    }
    row_25_another_card_knows_none_of_it: card(&[Fault::OtherCard]) => {
        "select JPKI" -> "6A82",
        "select VISUAL" -> "6A82",
        "select COMMON" -> "6A82",
        "select ISD" -> "6A82",
        "00CA00F2 00" -> "6A88",
    }
    row_25_no_certificate: card(&[Fault::NoCertificate]) => {
        "select JPKI" -> "9000",
        "select 000A" -> "6A82",
        "select 0008" -> "9000",
        "00B00000 03" -> "8F0000 9000",
    }
    row_25_the_first_command_after_power_up_may_fail: card(&[Fault::First6F00]) => {
        "select JPKI" -> "6F00",
        "select JPKI" -> "9000",
        "power off" -> "",
        "power on" -> "",
        "select JPKI" -> "6F00",
        "select JPKI" -> "9000",
    }
    row_25_the_wrong_pin_count_is_set: card(&[Fault::PinTries(1), Fault::CodeBTries(4)]) => {
        "select JPKI" -> "9000",
        "00200098" -> "63C1",
        "select VISUAL" -> "9000",
        "00200092" -> "63C4",
    }
    row_25_removed_mid_read: card(&[Fault::PulledAfter(3)]) => {
        "select JPKI" -> "9000",
        "select 000A" -> "9000",
        "00B00000 04" -> "",
        "select JPKI" -> "",
    }
    data_objects_lie_beside_the_applications: card(&[]) => {
        "00CA00F2 00" -> "3230333430343132 9000",
        "00CA00F0 00" -> "3939313231 9000",
        "00CA0045 00" -> "#15 9000",
        "00CA0042 00" -> "#16 9000",
        "00CA0066 00" -> "66* 9000",
        "00CA7F21 00" -> "6700",
        "00CA7F21 0000 00" -> "7F21* 9000",
        "00CA0043 00" -> "6A88",
        "select JPKI" -> "9000",
        "00CA00F2 00" -> "6A88",
        "00CA5F51 00" -> "E000FF8131FE4514 9000",
        "select ISD" -> "9000",
        "00CA00F2 00" -> "3230333430343132 9000",
    }
    secure_messaging_is_refused: card(&[]) => {
        "select JPKI" -> "9000",
        "80AE0000 01 00" -> "6982",
        "08B08A00 04" -> "69FC",
        "select TEXT" -> "9000",
        "80AE0000 01 00" -> "6982",
        "00200091 {1234}" -> "9000",
        "80AE0000 01 00" -> "6A80",
        "0CB08200 04" -> "69FC",
    }
    places_of_unknown_meaning_exist_and_tell_nothing: card(&[]) => {
        "select JPKI" -> "9000",
        "select 0005" -> "9000",
        "00B00000 04" -> "6981",
        "00B08900 04" -> "6982",
        "00200098 {1234}" -> "9000",
        "00B08900 04" -> "6982",
        "select 0016" -> "9000",
        "00B00000 04" -> "6981",
        "80A20000 01 00" -> "6A80",
        "80A200AE 03 5F4E00" -> "6A86",
        "00840000 08" -> "#8 9000",
        "00840000 0000 08" -> "6985",
        "00820080 04 01020304" -> "6985",
    }
}
