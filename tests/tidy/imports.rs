//! Who may use whom: the import law of `docs/architecture.md`.

use super::paths::{Target, named};
use super::source::{File, Finding, Unit, file, product};

/// Crates that reach a device, the network or a disk; named under `adapters` and `gateway` alone.
const DEVICE: &[&str] = &["pcsc", "nokhwa", "cpal", "tract_onnx", "reqwest", "rusqlite"];
/// Crates of the window.
const WINDOW: &[&str] = &["iced", "iced_test"];
/// Crates of the command line and of words.
const FRONT: &[&str] = &["clap", "fluent_bundle", "unic_langid"];
/// What the pure core may use besides std.
const PURE: &[&str] = &["jiff", "thiserror", "zeroize"];
/// Parts of std (and of jiff) that reach outside or read a clock.
const IMPURE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "jiff::Timestamp::now",
    "jiff::Zoned::now",
];

/// Which other crates a module may name.
enum Crates {
    Only(&'static [&'static str]),
    AllBut(&'static [&'static [&'static str]]),
}

/// The law of one module and all below it; a longer module path goes before a shorter one.
struct Law {
    module: &'static str,
    /// Our modules that it may name besides itself.
    own: &'static [&'static str],
    crates: Crates,
}

const LAWS: &[Law] = &[
    Law { module: "domain", own: &[], crates: Crates::Only(PURE) },
    Law { module: "ports", own: &["domain"], crates: Crates::Only(PURE) },
    Law { module: "adapters/card", own: &["ports", "domain", "people"], crates: Crates::AllBut(&[WINDOW, FRONT]) },
    Law { module: "adapters/camera", own: &["ports", "domain"], crates: Crates::AllBut(&[WINDOW, FRONT]) },
    Law { module: "adapters/face", own: &["ports", "domain"], crates: Crates::AllBut(&[WINDOW, FRONT]) },
    Law {
        module: "adapters/qualification",
        own: &["ports", "domain", "adapters/sealed", "fault_point"],
        crates: Crates::AllBut(&[WINDOW, FRONT]),
    },
    Law {
        module: "adapters/handoff",
        own: &["ports", "domain", "adapters/sealed", "fault_point"],
        crates: Crates::AllBut(&[WINDOW, FRONT]),
    },
    Law {
        module: "adapters/audit",
        own: &["ports", "domain", "adapters/sealed"],
        crates: Crates::AllBut(&[WINDOW, FRONT]),
    },
    Law { module: "adapters/display", own: &[], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "adapters/sealed", own: &[], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "adapters/clock", own: &["ports", "domain"], crates: Crates::AllBut(&[WINDOW, FRONT]) },
    Law { module: "adapters/code_b", own: &["ports", "domain"], crates: Crates::AllBut(&[WINDOW, FRONT]) },
    Law { module: "adapters/sound", own: &["ports", "domain"], crates: Crates::AllBut(&[WINDOW, FRONT]) },
    Law { module: "adapters/staff", own: &["ports", "domain"], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "adapters/fake", own: &["ports", "domain", "people"], crates: Crates::AllBut(&[WINDOW, FRONT]) },
    Law { module: "adapters", own: &[], crates: Crates::Only(&[]) },
    Law {
        module: "gateway",
        own: &["domain", "people", "adapters/qualification/contract"],
        crates: Crates::AllBut(&[WINDOW, FRONT]),
    },
    Law { module: "people", own: &["domain"], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "runtime", own: &["ports", "domain"], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "ui", own: &["runtime", "domain", "i18n"], crates: Crates::AllBut(&[DEVICE]) },
    Law { module: "i18n", own: &["domain"], crates: Crates::AllBut(&[DEVICE, WINDOW]) },
    Law { module: "config", own: &["domain"], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "logging", own: &["domain"], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "fault_point", own: &[], crates: Crates::Only(&[]) },
    Law { module: "diagnostics", own: &["ports", "domain"], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law {
        module: "cli",
        own: &[
            "domain",
            "ports",
            "adapters",
            "gateway",
            "people",
            "runtime",
            "ui",
            "i18n",
            "config",
            "logging",
            "diagnostics",
        ],
        crates: Crates::AllBut(&[DEVICE]),
    },
    Law { module: "main", own: &["cli"], crates: Crates::Only(&["zeroizing_alloc"]) },
];

/// The names under which the dependencies of `Cargo.toml` appear in code.
fn dependencies(manifest: &File) -> Vec<String> {
    let table: toml::Table = manifest.text.parse().expect("Cargo.toml is TOML");
    ["dependencies", "dev-dependencies", "build-dependencies"]
        .iter()
        .filter_map(|section| table.get(*section)?.as_table())
        .flat_map(|section| section.keys().map(|name| name.replace('-', "_")))
        .collect()
}

fn lies_in(path: &[String], module: &str) -> bool {
    module.split('/').enumerate().all(|(i, part)| path.get(i).is_some_and(|p| p == part))
}

/// The crate's root: `src/lib.rs` and `src/main.rs` hold no logic, so only main's way into `cli` is a law.
fn law_of(unit: &Unit<'_>) -> Option<&'static Law> {
    LAWS.iter().find(|law| lies_in(&unit.module, law.module))
}

/// Every import that the law forbids, and every module without a law.
pub fn imports(files: &[File]) -> Vec<Finding> {
    let Some(manifest) = file(files, "Cargo.toml") else {
        return vec![Finding::of("Cargo.toml", "is missing, so no crate name is known")];
    };
    let crates = dependencies(manifest);
    let units = product(files);
    units.iter().filter(|unit| !unit.module.is_empty()).flat_map(|unit| breaks(unit, &crates)).collect()
}

fn breaks(unit: &Unit<'_>, crates: &[String]) -> Vec<Finding> {
    let path = &unit.file.path;
    let Some(law) = law_of(unit) else {
        return vec![Finding::of(path, "no import law covers this module; add one in tests/tidy/imports.rs")];
    };
    named(unit, crates)
        .into_iter()
        .filter_map(|name| {
            let what = match &name.target {
                Target::Own(target) => own_break(law, target)?,
                Target::Crate(krate, inner) => crate_break(law, krate, inner)?,
            };
            Some(Finding::at(path, name.line, what))
        })
        .collect()
}

fn own_break(law: &Law, target: &[String]) -> Option<String> {
    let first = target.first()?;
    // A name at the crate's root that is no module of ours: a macro, reached from everywhere.
    let is_module = LAWS.iter().any(|law| law.module.split('/').next() == Some(first));
    let allowed = std::iter::once(&law.module).chain(law.own).any(|module| lies_in(target, module));
    (is_module && !allowed).then(|| format!("`{}` may not use `crate::{}`", law.module, target.join("::")))
}

fn crate_break(law: &Law, krate: &str, inner: &[String]) -> Option<String> {
    let full = std::iter::once(krate).chain(inner.iter().map(String::as_str)).collect::<Vec<_>>().join("::");
    if matches!(krate, "std" | "core" | "alloc") || PURE.contains(&krate) {
        let impure = IMPURE.iter().any(|bad| full == *bad || full.starts_with(&format!("{bad}::")));
        return (law.module == "domain" && impure).then(|| format!("the core is pure: no `{full}`"));
    }
    let allowed = match law.crates {
        Crates::Only(names) => names.contains(&krate),
        Crates::AllBut(groups) => !groups.iter().any(|names| names.contains(&krate)),
    };
    (!allowed).then(|| format!("`{}` may not name the crate `{krate}`", law.module))
}

/// Ports are command in, report out: no `async` in them or in the core.
pub fn no_async(files: &[File]) -> Vec<Finding> {
    product(files)
        .iter()
        .filter(|unit| matches!(unit.module.first().map(String::as_str), Some("domain" | "ports")))
        .flat_map(|unit| {
            let async_words = unit.tokens.iter().filter(|token| token.is_word("async") || token.is_word("await"));
            async_words.map(|token| Finding::at(&unit.file.path, token.line, "the core and its ports are not async"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::{assert_caught, assert_clean};
    use super::*;

    fn check(path: &str, text: &str) -> Vec<Finding> {
        let manifest = "[dependencies]\njiff = '0'\npcsc = '2'\ntract-onnx = '0'\niced = '0'\ntokio = '1'\n[dev-dependencies]\niced_test = '0'\n";
        imports(&[File::planted("Cargo.toml", manifest), File::planted(path, text)])
    }

    #[test]
    fn what_the_law_allows_passes() {
        assert_clean(&check(
            "src/domain/face.rs",
            "use std::fmt; use jiff::civil::Date; use crate::domain::ids::Moment;",
        ));
        assert_clean(&check(
            "src/adapters/card/pcsc.rs",
            "use crate::{ports::Outbox, people::Person, adapters::card::apdu}; use pcsc::Context;",
        ));
        assert_clean(&check("src/gateway/routes.rs", "use crate::adapters::qualification::contract::Check;"));
        assert_clean(&check("src/domain/pin.rs", "#[cfg(test)] mod tests { use crate::ui::App; }"));
    }

    #[test]
    fn the_core_stays_pure() {
        assert_caught(&check("src/domain/face.rs", "\nuse tokio::sync::mpsc;"), "src/domain/face.rs:2");
        assert_caught(&check("src/domain/face.rs", "use crate::ports::Clock;"), "src/domain/face.rs:1");
        assert_caught(
            &check("src/domain/face.rs", "fn f() { let t = std::time::Instant::now(); }"),
            "src/domain/face.rs:1",
        );
        assert_caught(&check("src/domain/face.rs", "fn f() { jiff::Timestamp::now(); }"), "src/domain/face.rs:1");
    }

    #[test]
    fn adapters_do_not_know_each_other() {
        assert_caught(
            &check("src/adapters/card/vpcd.rs", "use super::super::camera::X;"),
            "src/adapters/card/vpcd.rs:1",
        );
        assert_caught(
            &check("src/adapters/face/mod.rs", "fn f(x: crate::adapters::card::X) {}"),
            "src/adapters/face/mod.rs:1",
        );
        assert_caught(
            &check("src/gateway/mod.rs", "use crate::adapters::qualification::client::X;"),
            "src/gateway/mod.rs:1",
        );
    }

    #[test]
    fn device_and_window_crates_stay_in_their_places() {
        assert_caught(&check("src/cli/card.rs", "fn f() { pcsc::Context::establish(); }"), "src/cli/card.rs:1");
        assert_caught(&check("src/ui/app.rs", "use tract_onnx::prelude::*;"), "src/ui/app.rs:1");
        assert_caught(&check("src/runtime/run.rs", "use iced::Task;"), "src/runtime/run.rs:1");
        assert_caught(&check("src/ui/app.rs", "use crate::adapters::card::pcsc;"), "src/ui/app.rs:1");
    }

    #[test]
    fn a_module_without_a_law_is_noticed() {
        assert_caught(&check("src/printer/mod.rs", ""), "src/printer/mod.rs");
    }

    #[test]
    fn async_ports_are_noticed() {
        assert_caught(&no_async(&[File::planted("src/ports/x.rs", "trait X { async fn f(); }")]), "src/ports/x.rs:1");
    }
}
