//! The seeds of the fuzz targets, replayed: whatever a fuzzer once found interesting must still end well.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test stops at what it did not expect")]

use std::path::{Path, PathBuf};

use uketsuke_fuzz_targets::TARGETS;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

#[test]
fn every_seed_of_every_target_ends_well() {
    let seeds = fuzz().join("seeds");
    for (name, target) in TARGETS {
        let files = std::fs::read_dir(seeds.join(name)).unwrap_or_else(|error| panic!("fuzz/seeds/{name}: {error}"));
        let mut count = 0;
        for file in files {
            let file = file.unwrap().path();
            let bytes = std::fs::read(&file).unwrap();
            // Its name, should it end badly.
            println!("{}", file.display());
            target(&bytes);
            count += 1;
        }
        assert!(count >= 5, "fuzz/seeds/{name} holds {count} seeds");
    }
}

#[test]
fn every_target_is_a_program_that_cargo_fuzz_finds() {
    let fuzz = fuzz();
    let manifest = std::fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for (name, _) in TARGETS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        assert!(fuzz.join(format!("fuzz_targets/{name}.rs")).exists(), "{name}");
    }
}
