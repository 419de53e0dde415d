//! Who may use whom: the import law of `docs/architecture.md`, as far as crates and their `clippy.toml` do not keep it.

use super::paths::{Target, named};
use super::source::{File, Finding, Unit, file, product};

/// Crates that reach a device, the network or a disk; named under `adapters` and `gateway` alone.
const DEVICE: &[&str] = &["pcsc", "nokhwa", "v4l", "cpal", "tract_onnx", "reqwest", "rusqlite"];
/// Crates of the window.
const WINDOW: &[&str] = &["iced", "iced_test"];
/// Crates of the command line and of words.
const FRONT: &[&str] = &["clap", "fluent_bundle", "unic_langid"];
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
    // These are in a crate of their own; only what they may not name of each other is left to say.
    Law { module: "domain", own: &[], crates: Crates::AllBut(&[]) },
    Law { module: "ports", own: &["domain"], crates: Crates::AllBut(&[]) },
    Law { module: "invariant", own: &[], crates: Crates::AllBut(&[]) },
    Law { module: "unquoted", own: &[], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "bounded", own: &[], crates: Crates::Only(&[]) },
    Law { module: "certificates", own: &["bounded"], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law {
        module: "adapters/card",
        own: &["ports", "domain", "people", "certificates"],
        crates: Crates::AllBut(&[WINDOW, FRONT]),
    },
    Law { module: "adapters/camera", own: &["ports", "domain"], crates: Crates::AllBut(&[WINDOW, FRONT]) },
    Law {
        module: "adapters/qualification",
        own: &[
            "ports",
            "domain",
            "certificates",
            "adapters/sealed",
            "adapters/signs",
            "adapters/database",
            "adapters/identity",
            "fault_point",
        ],
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
    Law { module: "adapters/signs", own: &[], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "adapters/install", own: &["ports"], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "adapters/guard", own: &["ports"], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "adapters/sealed", own: &[], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "adapters/database", own: &["adapters/sealed"], crates: Crates::AllBut(&[WINDOW, FRONT]) },
    Law {
        module: "adapters/identity",
        own: &["domain", "bounded", "certificates", "adapters/qualification/contract"],
        crates: Crates::AllBut(&[WINDOW, FRONT]),
    },
    Law {
        module: "adapters/clock",
        own: &["ports", "domain", "adapters/sealed"],
        crates: Crates::AllBut(&[WINDOW, FRONT]),
    },
    Law { module: "adapters/code_b", own: &["ports", "domain"], crates: Crates::AllBut(&[WINDOW, FRONT]) },
    Law { module: "adapters/sound", own: &["ports", "domain", "clip_list"], crates: Crates::AllBut(&[WINDOW, FRONT]) },
    Law {
        module: "adapters/staff",
        own: &["ports", "domain", "adapters/sealed", "bounded", "unquoted"],
        crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]),
    },
    Law {
        module: "adapters/desk",
        own: &[
            "ports",
            "domain",
            "desk/contract",
            "adapters/qualification/contract",
            "adapters/sealed",
            "adapters/database",
            "adapters/identity",
            "fault_point",
        ],
        crates: Crates::AllBut(&[WINDOW, FRONT]),
    },
    Law { module: "adapters/fake", own: &["ports", "domain", "people"], crates: Crates::AllBut(&[WINDOW, FRONT]) },
    Law { module: "adapters", own: &[], crates: Crates::Only(&["uketsuke_face"]) },
    Law {
        module: "gateway",
        own: &["domain", "people", "certificates", "listening", "adapters/qualification/contract"],
        crates: Crates::AllBut(&[WINDOW, FRONT]),
    },
    Law {
        module: "desk",
        own: &[
            "domain",
            "certificates",
            "listening",
            "i18n",
            "unquoted",
            "adapters/sealed",
            "adapters/database",
            "adapters/qualification/contract",
        ],
        crates: Crates::AllBut(&[WINDOW]),
    },
    Law {
        module: "listening",
        own: &["certificates", "adapters/qualification/contract"],
        crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]),
    },
    Law { module: "people", own: &["domain", "certificates"], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "runtime", own: &["ports", "domain"], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "ui", own: &["runtime", "domain", "i18n", "clip_list"], crates: Crates::AllBut(&[DEVICE]) },
    Law { module: "i18n", own: &["domain"], crates: Crates::AllBut(&[DEVICE, WINDOW]) },
    Law { module: "config", own: &["domain", "bounded", "unquoted"], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "logging", own: &["domain"], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "clip_list", own: &[], crates: Crates::AllBut(&[DEVICE, WINDOW, FRONT]) },
    Law { module: "fault_point", own: &[], crates: Crates::Only(&[]) },
    Law {
        module: "cli",
        own: &[
            "domain",
            "ports",
            "adapters",
            "desk",
            "gateway",
            "listening",
            "people",
            "runtime",
            "ui",
            "i18n",
            "config",
            "logging",
            "unquoted",
        ],
        crates: Crates::AllBut(&[DEVICE]),
    },
    Law { module: "main", own: &["cli"], crates: Crates::Only(&["zeroizing_alloc"]) },
];

/// The names under which the dependencies of `Cargo.toml` appear in code.
fn dependencies(manifest: &File) -> Vec<String> {
    let table: toml::Table = manifest.text.parse().expect("Cargo.toml is TOML");
    let systems = table.get("target").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::values);
    let systems = systems.filter_map(|system| system.get("dependencies")?.as_table());
    ["dependencies", "dev-dependencies", "build-dependencies"]
        .iter()
        .filter_map(|section| table.get(*section)?.as_table())
        .chain(systems)
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
    // The own manifests of these crates say what they may name.
    let own = ["crates/face/", "crates/code-b/", "crates/nets/"];
    let governed =
        units.iter().filter(|unit| !unit.module.is_empty() && !own.iter().any(|home| unit.file.path.starts_with(home)));
    governed.flat_map(|unit| breaks(unit, &crates)).collect()
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
                Target::Crate(krate) => crate_break(law, krate)?,
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

fn crate_break(law: &Law, krate: &str) -> Option<String> {
    let allowed = match law.crates {
        Crates::Only(names) => names.contains(&krate),
        Crates::AllBut(groups) => !groups.iter().any(|names| names.contains(&krate)),
    };
    (!allowed).then(|| format!("`{}` may not name the crate `{krate}`", law.module))
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
    fn the_domain_does_not_know_its_ports() {
        assert_caught(&check("src/domain/face.rs", "use crate::ports::Clock;"), "src/domain/face.rs:1");
    }

    #[test]
    fn adapters_do_not_know_each_other() {
        assert_caught(
            &check("src/adapters/card/vpcd.rs", "use super::super::camera::X;"),
            "src/adapters/card/vpcd.rs:1",
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
}
