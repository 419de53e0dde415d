//! House rules that no compiler checks. Each rule is a function from the tree to findings and is tried on a planted defect.

#![allow(clippy::expect_used)] // a rule that cannot read the tree must stop the test

mod code;
mod complete;
mod environment;
mod glossary;
mod imports;
mod lexer;
mod links;
mod locales;
mod paths;
mod source;
mod staff_words;
mod style;
mod words;

use source::{assert_clean, root, tree};
use uketsuke_core::domain::failure::Failure;
use uketsuke_core::domain::staff_news::StaffNews;
use uketsuke_core::domain::staff_order::Refusal;

#[test]
fn modules_use_only_what_the_architecture_allows() {
    assert_clean(&imports::imports(&tree()));
}

#[test]
fn files_are_short() {
    assert_clean(&code::long_files(&tree()));
}

#[test]
fn product_code_does_not_panic() {
    assert_clean(&code::panics(&tree()));
}

#[test]
fn words_for_patients_stand_in_locales() {
    assert_clean(&code::japanese_strings(&tree()));
    assert_clean(&code::sentences_on_screen(&tree()));
}

#[test]
fn screens_style_nothing_by_hand() {
    assert_clean(&style::by_hand(&tree()));
}

#[test]
fn every_language_is_complete() {
    assert_clean(&locales::locales(&tree()));
    assert_clean(&locales::same_words(&tree()));
    assert_clean(&locales::phrases(&tree()));
}

#[test]
fn a_term_is_spelled_one_way_in_its_language() {
    assert_clean(&glossary::glossaries(&tree()));
}

#[test]
fn every_text_is_asked_for() {
    assert_clean(&locales::unused(&tree()));
}

#[test]
fn every_failure_has_words_and_a_remedy() {
    let slugs: Vec<&str> = Failure::ALL.iter().map(|failure| failure.slug()).collect();
    assert_clean(&locales::failure_words(&tree(), &slugs));
}

#[test]
fn everything_told_to_staff_has_words_and_what_to_do() {
    let slugs: Vec<&str> = StaffNews::ALL.iter().map(|kind| kind.slug).collect();
    let refusals: Vec<&str> = Refusal::ALL.iter().map(|refusal| refusal.slug()).collect();
    assert_clean(&staff_words::staff_words(&tree(), &slugs, &refusals));
    assert_clean(&staff_words::told_in_logs(&tree()));
}

#[test]
fn every_model_is_the_pinned_one() {
    let root = root();
    let read = |name: &str| std::fs::read(root.join("models").join(name)).ok();
    assert_clean(&complete::models(&tree(), &complete::models_on_disk(&root), read));
}

#[test]
fn files_speak_of_the_product_alone() {
    assert_clean(&words::forbidden_words(&tree()));
}

#[test]
fn every_environment_variable_is_on_its_page() {
    assert_clean(&environment::environment(&tree()));
}

#[test]
fn links_in_documents_lead_somewhere() {
    let root = root();
    assert_clean(&links::dead_links(&tree(), |path| root.join(path).exists()));
}
