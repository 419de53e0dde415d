//! Environment variables: one page names every one that is read, and no other.

use std::collections::BTreeSet;

use super::source::{File, Finding, file};

const PAGE: &str = "docs/environment.md";
/// How a variable is asked for by its name.
const READS: [&str; 2] = ["var(\"", "var_os(\""];

/// What the code reads and the page does not name, and what the page names and nothing reads.
pub fn environment(files: &[File]) -> Vec<Finding> {
    let Some(page) = file(files, PAGE) else { return vec![Finding::of(PAGE, "the page is missing")] };
    let named: BTreeSet<&str> = page.text.split('`').skip(1).step_by(2).filter(|word| is_variable(word)).collect();
    let mut read = BTreeSet::new();
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| !file.is("md") && file.path != "tests/tidy/environment.rs") {
        for (i, line) in file.text.lines().enumerate() {
            let ours = words(line).filter(|word| word.starts_with("UKETSUKE_"));
            let product =
                ["src/", "crates/"].iter().any(|root| file.path.starts_with(root)) && !file.path.contains("tests");
            let asked = READS.iter().filter_map(|read| line.split_once(read)?.1.split('"').next());
            for name in ours.chain(asked.filter(|_| product)) {
                if !named.contains(name) {
                    findings.push(Finding::at(&file.path, i + 1, format!("`{name}` is not in {PAGE}")));
                }
                read.insert(name);
            }
            read.extend(words(line).filter(|word| named.contains(word)));
        }
    }
    findings.extend(named.difference(&read).map(|name| Finding::of(PAGE, format!("nothing reads `{name}`"))));
    findings
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
}

/// Capitals, as a variable's name is, and Windows' one exception.
fn is_variable(word: &str) -> bool {
    word == "ProgramData" || word.len() > 4 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

#[test]
fn a_variable_on_one_side_alone_is_caught() {
    let page = File::planted(PAGE, "| `UKETSUKE_LOG` | |\n| `DISPLAY` | |");
    let code = |text: &str| [page.clone(), File::planted("src/a.rs", text)];
    let both = "var(\"UKETSUKE_LOG\"); named(\"DISPLAY\")";
    super::source::assert_clean(&environment(&code(both)));
    super::source::assert_caught(&environment(&code("var(\"UKETSUKE_LOG\")")), PAGE);
    super::source::assert_caught(&environment(&code(&format!("{both}; var_os(\"ELSEWHERE\")"))), "src/a.rs:1");
    super::source::assert_caught(&environment(&code(&format!("const A: &str = \"UKETSUKE_B\"; {both}"))), "src/a.rs:1");
}
