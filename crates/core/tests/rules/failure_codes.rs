//! `docs/failure-codes.md` and the program name the same failures.

#![allow(clippy::disallowed_methods, reason = "the page is a file")]

use uketsuke_core::domain::failure::Failure;

/// The rows of the page's table of codes, as trimmed cells.
#[expect(clippy::disallowed_methods, reason = "the page is a file")]
fn rows() -> Vec<Vec<String>> {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/failure-codes.md"));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    page.expect("the page").lines().filter(|line| line.starts_with("| U-")).map(cells).collect()
}

#[test]
fn every_failure_stands_on_the_page_in_order_and_nothing_else() {
    let rows = rows();
    let head = |row: &Vec<String>| (row[0].clone(), row[1].clone(), row[4].clone());
    let written: Vec<_> = rows.iter().map(head).collect();
    let expected: Vec<_> =
        Failure::ALL.iter().map(|f| (f.code().to_owned(), f.slug().to_owned(), format!("{:?}", f.route()))).collect();
    assert_eq!(written, expected);
}

#[test]
fn every_failure_tells_patient_and_staff_something() {
    for row in rows() {
        assert_eq!(row.len(), 5, "{row:?}");
        assert!(row[2].len() > 10 && row[3].len() > 10, "{row:?}");
        assert!(!row[2].contains("U-"), "a code is for staff only: {row:?}");
    }
}
