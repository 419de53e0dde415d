//! House rules of the code itself: no panics, no long files, no text that a patient reads.

use super::lexer::{Kind, Token};
use super::source::{File, Finding, allow_list, file, product};

/// Longest file of code.
const LONGEST: usize = 500;
/// Files that may hold Japanese in strings because it is data and no sentence, with the reason.
pub const JAPANESE_LIST: &str = "tests/tidy/japanese-allow.txt";

fn is_rust_of_ours(file: &File) -> bool {
    let dirs = ["src/", "tests/", "crates/", "examples/", "fuzz/"];
    file.is("rs") && dirs.iter().any(|dir| file.path.starts_with(dir))
}

/// Breaks of `rule` outside the allow-list, and entries of the list that nothing needs any more.
fn with_allow_list(files: &[File], list: &str, found: Vec<Finding>) -> Vec<Finding> {
    let Some(list) = file(files, list) else { return vec![Finding::of(list, "the allow-list is missing")] };
    let (allowed, mut findings) = allow_list(list);
    let in_file = |finding: &Finding, path: &String| finding.place.rsplit_once(':').is_some_and(|(p, _)| p == path);
    for path in &allowed {
        if !found.iter().any(|finding| in_file(finding, path)) {
            findings.push(Finding::of(&list.path, format!("nothing in `{path}` needs the entry any more; delete it")));
        }
    }
    findings.extend(found.into_iter().filter(|finding| !allowed.iter().any(|path| in_file(finding, path))));
    findings
}

/// Files too long to be about one thing.
pub fn long_files(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| is_rust_of_ours(file))
        .filter_map(|file| {
            let lines = file.text.lines().count();
            (lines > LONGEST)
                .then(|| Finding::of(&file.path, format!("{lines} lines; split it by idea, {LONGEST} is the most")))
        })
        .collect()
}

/// The macro that ends the program when the code breaks a promise of its own; nothing else may.
const INVARIANT: &str = "crates/core/src/invariant.rs";

/// Ways to panic in product code. Clippy denies the same; this also holds where an `allow` silences it.
pub fn panics(files: &[File]) -> Vec<Finding> {
    product(files)
        .iter()
        .filter(|unit| unit.file.path != INVARIANT)
        .flat_map(|unit| {
            let lines =
                unit.tokens.windows(3).filter_map(|window| panicking(window).map(|what| (window[1].line, what)));
            lines
                .map(|(line, what)| {
                    Finding::at(
                        &unit.file.path,
                        line,
                        format!("`{what}` can panic; return a value of the closed list of failures"),
                    )
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

fn panicking(window: &[Token]) -> Option<String> {
    let word = window[1].word()?;
    match word {
        "unwrap" | "expect" if window[0].is_mark('.') && window[2].is_mark('(') => Some(format!(".{word}()")),
        "panic" | "todo" | "unimplemented" | "dbg" if window[2].is_mark('!') => Some(format!("{word}!")),
        _ => None,
    }
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}')
}

/// Japanese in string literals of product code: what a patient reads stands in `locales`.
pub fn japanese_strings(files: &[File]) -> Vec<Finding> {
    let found = product(files)
        .iter()
        .flat_map(|unit| {
            let texts = unit
                .tokens
                .iter()
                .filter(|token| matches!(&token.kind, Kind::Text(text) if text.chars().any(is_japanese)));
            texts
                .map(|token| {
                    Finding::at(
                        &unit.file.path,
                        token.line,
                        format!("words belong in locales/; data needs an entry in {JAPANESE_LIST}"),
                    )
                })
                .collect::<Vec<_>>()
        })
        .collect();
    with_allow_list(files, JAPANESE_LIST, found)
}

/// Sentences in the screens and widgets, in whatever language: two words with a space between them.
pub fn sentences_on_screen(files: &[File]) -> Vec<Finding> {
    let is_sentence = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        chars.windows(3).any(|w| w[0].is_alphabetic() && w[1] == ' ' && w[2].is_alphabetic())
    };
    product(files)
        .iter()
        .filter(|unit| {
            matches!(unit.module.iter().map(String::as_str).collect::<Vec<_>>()[..], ["ui", "screen" | "widget", ..])
        })
        .flat_map(|unit| {
            let texts = unit.tokens.iter().filter(|token| matches!(&token.kind, Kind::Text(text) if is_sentence(text)));
            texts
                .map(|token| Finding::at(&unit.file.path, token.line, "a sentence on a screen belongs in locales/"))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::{assert_caught, assert_clean};
    use super::*;

    fn with(path: &str, text: &str) -> [File; 2] {
        [File::planted(JAPANESE_LIST, ""), File::planted(path, text)]
    }

    #[test]
    fn a_long_file_is_caught() {
        assert_caught(&long_files(&[File::planted("src/a.rs", &"\n".repeat(LONGEST + 1))]), "src/a.rs");
        assert_clean(&long_files(&[File::planted("src/a.rs", &"\n".repeat(LONGEST))]));
    }

    #[test]
    fn panics_are_caught_outside_tests() {
        for bad in ["x.unwrap();", "x\n.expect(\"y\")", "panic!()", "todo!()", "unimplemented!()", "dbg!(x)"] {
            assert_eq!(panics(&[File::planted("src/a.rs", &format!("fn f() {{ {bad} }}"))]).len(), 1, "{bad}");
        }
        assert_clean(&panics(&[File::planted(
            "src/a.rs",
            "/// x.unwrap()\nfn f() { x.unwrap_or(1); } #[test] fn t() { x.unwrap(); }",
        )]));
        assert_clean(&panics(&[File::planted(INVARIANT, "fn broken() -> ! { panic!() }")]));
    }

    #[test]
    fn an_entry_without_use_is_caught() {
        assert_caught(&japanese_strings(&[File::planted(JAPANESE_LIST, "src/a.rs reason\n")]), JAPANESE_LIST);
        let allowed =
            [File::planted(JAPANESE_LIST, "src/a.rs reason\n"), File::planted("src/a.rs", "const A: &str = \"受付\";")];
        assert_clean(&japanese_strings(&allowed));
        assert_caught(&japanese_strings(&[]), JAPANESE_LIST);
    }

    #[test]
    fn japanese_in_a_string_is_caught_and_in_a_comment_not() {
        assert_caught(&japanese_strings(&with("src/a.rs", "// 受付\nconst A: &str = \"受付\";")), "src/a.rs:2");
        assert_caught(&japanese_strings(&with("src/a.rs", "const A: &str = r\"ｶﾅ\";")), "src/a.rs:1");
        assert_clean(&japanese_strings(&with(
            "src/a.rs",
            "/// 受付\n#[cfg(test)] mod t { const A: &str = \"受付\"; }",
        )));
    }

    #[test]
    fn a_sentence_on_a_screen_is_caught() {
        assert_caught(
            &sentences_on_screen(&[File::planted("src/ui/screen/idle.rs", "text(\"Put your card here\")")]),
            "src/ui/screen/idle.rs:1",
        );
        assert_clean(&sentences_on_screen(&[File::planted(
            "src/ui/screen/idle.rs",
            "text(words.get(\"idle-title\"))",
        )]));
    }
}
