//! What no file of the repository says: paths of one machine, hosts of registries, numbers of trackers, leftovers.

use super::source::{File, Finding};

/// Never written out here, so that this file passes its own rule.
const FORBIDDEN: &[(&str, &str)] = &[
    (concat!("/wo", "rk/"), "a path of one machine"),
    (concat!("/ho", "me/"), "a path of one machine"),
    (concat!("/ro", "ot/"), "a path of one machine"),
    (concat!("/Us", "ers/"), "a path of one machine"),
    (concat!("arti", "factory"), "the host of a registry"),
    (concat!("index.cra", "tes.io"), "the host of a registry"),
    (concat!("py", "pi.org"), "the host of a registry"),
    (concat!("registry.np", "mjs"), "the host of a registry"),
    (concat!("deb.deb", "ian.org"), "the host of a registry"),
    (concat!("iss", "ue #"), "a number in a tracker; say what it is about"),
    (concat!("FIX", "ME"), "a leftover; mend it or write down the limit"),
    (concat!("XX", "X:"), "a leftover; mend it or write down the limit"),
    (concat!("TO", "DO"), "a leftover; mend it or write down the limit"),
];

/// Files written by tools, or licences quoted word for word.
fn is_quoted(file: &File) -> bool {
    file.path == "Cargo.lock" || file.path.contains("LICENSE") || file.path.contains("NOTICE") || file.is("jsonl")
}

/// Every forbidden word in every file.
pub fn forbidden_words(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| !is_quoted(file))
        .flat_map(|file| {
            let lines = file.text.lines().enumerate();
            lines.flat_map(move |(i, line)| {
                let hits = FORBIDDEN.iter().filter(move |(word, _)| line.contains(word));
                hits.map(move |(word, why)| Finding::at(&file.path, i + 1, format!("`{word}`: {why}")))
            })
        })
        .collect()
}

#[test]
fn each_forbidden_word_is_caught() {
    for (word, _) in FORBIDDEN {
        let findings = forbidden_words(&[File::planted("docs/a.md", &format!("fine\nsee {word}x"))]);
        super::source::assert_caught(&findings, "docs/a.md:2");
    }
}
