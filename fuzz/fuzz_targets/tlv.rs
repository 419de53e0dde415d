#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| uketsuke_fuzz::targets::tlv_objects(bytes));
