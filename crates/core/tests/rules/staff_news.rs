//! `docs/staff-news.md`, the words and the program name the same news.

#![allow(clippy::disallowed_methods, reason = "the pages are files")]

use uketsuke_core::domain::staff_news::{Kind, StaffNews};

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"))).expect("a file of the tree")
}

/// The rows of the page's table of codes, as trimmed cells.
fn rows() -> Vec<Vec<String>> {
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    read("docs/staff-news.md").lines().filter(|line| line.starts_with("| S-")).map(cells).collect()
}

/// The English text of a key as the page shows it: `{ $waiting }` as ⟨waiting⟩.
fn shown(words: &str, key: &str) -> String {
    let line = words.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = ")).expect("the words");
    line.replace("{ $", "⟨").replace("{ staff-news-", "⟨").replace(" }", "⟩")
}

#[test]
fn everything_told_to_staff_stands_on_the_page_in_order_and_nothing_else() {
    let words = read("locales/staff/en.ftl");
    let row = |kind: &Kind| {
        let key = format!("staff-news-{}", kind.slug);
        let (what, todo) = (shown(&words, &key), shown(&words, &format!("{key}-do")));
        let (severity, repeats) = (format!("{:?}", kind.severity), format!("{:?}", kind.repeats));
        [kind.code.to_owned(), kind.slug.to_owned(), severity, repeats, what, todo]
    };
    let expected: Vec<_> = StaffNews::ALL.iter().map(row).collect();
    assert_eq!(rows(), expected);
}
