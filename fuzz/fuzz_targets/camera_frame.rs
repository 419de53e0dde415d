#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| uketsuke_fuzz_targets::camera_frame(bytes));
