//! The source tree as the rules see it: files by their path, rules as functions from files to findings.

use std::fs;
use std::path::{Path, PathBuf};

use super::lexer::{self, Token};

/// One text file.
#[derive(Debug, Clone)]
pub struct File {
    /// Path from the root, with `/`.
    pub path: String,
    /// Contents.
    pub text: String,
}

/// One break of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where: a path, with `:line` when one line is meant.
    pub place: String,
    /// What is wrong and what to do instead.
    pub what: String,
}

impl Finding {
    pub fn at(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { place: format!("{path}:{line}"), what: what.into() }
    }

    pub fn of(path: &str, what: impl Into<String>) -> Self {
        Self { place: path.to_owned(), what: what.into() }
    }
}

impl File {
    /// A planted file for the tests of the rules.
    pub fn planted(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether the path ends in `.extension`.
    pub fn is(&self, extension: &str) -> bool {
        self.path.ends_with(&format!(".{extension}"))
    }

    /// The module path of a file under `src`: `src/adapters/card/mod.rs` is `[adapters, card]`; nothing elsewhere. The crates
    /// beside it stand where the program re-exports them.
    pub fn module(&self) -> Option<Vec<String>> {
        let homes = [
            ("src/", &[][..]),
            ("crates/core/src/", &[]),
            ("crates/face/src/", &["adapters", "face"]),
            ("crates/code-b/src/", &["adapters", "code_b", "print"]),
            ("crates/nets/src/", &["adapters", "nets"]),
        ];
        let (inner, home) = homes.iter().find_map(|(root, home)| Some((self.path.strip_prefix(root)?, home)))?;
        let inner = inner.strip_suffix(".rs")?;
        let mut parts: Vec<String> = home.iter().copied().chain(inner.split('/')).map(str::to_owned).collect();
        if parts.last().is_some_and(|last| last == "mod") || inner == "lib" {
            parts.pop();
        }
        Some(parts)
    }
}

/// A file of product code with its module path and its tokens; test code is already left out.
pub struct Unit<'a> {
    pub file: &'a File,
    pub module: Vec<String>,
    pub tokens: Vec<Token>,
}

/// The product code under `src`, without items and modules that exist for tests alone.
pub fn product(files: &[File]) -> Vec<Unit<'_>> {
    let lexed: Vec<(&File, Vec<String>, Vec<Token>)> =
        files.iter().filter_map(|file| Some((file, file.module()?, lexer::lex(&file.text)))).collect();
    let test_modules: Vec<Vec<String>> = lexed
        .iter()
        .flat_map(|(_, module, tokens)| {
            lexer::test_modules(tokens).into_iter().map(|name| [module.as_slice(), &[name]].concat())
        })
        .collect();
    lexed
        .into_iter()
        .filter(|(_, module, _)| !test_modules.iter().any(|tests| module.starts_with(tests)))
        .map(|(file, module, tokens)| Unit { file, module, tokens: lexer::without_tests(&tokens) })
        .collect()
}

/// The root of the tree; the one of the run goes before the one of the build.
pub fn root() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from)
}

/// Every text file of the tree that the repository keeps; what `.gitignore` names is left out.
pub fn tree() -> Vec<File> {
    let root = root();
    let ignore = fs::read_to_string(root.join(".gitignore")).expect(".gitignore is there");
    let mut ignored: Vec<String> = ignore.lines().map(|line| line.trim_matches('/').to_owned()).collect();
    ignored.push(".git".to_owned());
    let mut files = Vec::new();
    collect(&root, "", &ignored, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.iter().any(|f| f.path == "src/lib.rs"), "the source tree was not found at {}", root.display());
    files
}

fn collect(dir: &Path, prefix: &str, ignored: &[String], files: &mut Vec<File>) {
    for entry in fs::read_dir(dir).expect("a folder of the tree can be read") {
        let entry = entry.expect("a folder entry can be read");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        if ignored.contains(&name) {
            continue;
        }
        let place = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{place}/"), ignored, files);
        } else if let Ok(text) = String::from_utf8(fs::read(&path).expect("a file of the tree can be read")) {
            files.push(File { path: place, text });
        }
    }
}

/// The one file at that path.
pub fn file<'a>(files: &'a [File], path: &str) -> Option<&'a File> {
    files.iter().find(|f| f.path == path)
}

/// An allow-list: one path per line, then the reason; `#` starts a comment. An entry without a reason is a finding.
pub fn allow_list(list: &File) -> (Vec<String>, Vec<Finding>) {
    let (mut paths, mut findings) = (Vec::new(), Vec::new());
    for (i, line) in list.text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match line.split_once(char::is_whitespace) {
            Some((path, reason)) if !reason.trim().is_empty() => paths.push(path.to_owned()),
            _ => findings.push(Finding::at(&list.path, i + 1, "an allowed file needs its reason on the same line")),
        }
    }
    (paths, findings)
}

/// Fails with every finding on a line of its own.
#[track_caller]
pub fn assert_clean(findings: &[Finding]) {
    let lines: Vec<String> = findings.iter().map(|f| format!("  {}: {}", f.place, f.what)).collect();
    assert!(findings.is_empty(), "{} to mend:\n{}", findings.len(), lines.join("\n"));
}

/// For the tests of a rule: it found something at exactly this place.
#[track_caller]
pub fn assert_caught(findings: &[Finding], place: &str) {
    assert!(findings.iter().any(|f| f.place == place), "nothing was caught at {place}; found {findings:?}");
}

#[test]
fn an_allow_list_entry_needs_a_reason() {
    let (paths, findings) = allow_list(&File::planted("list.txt", "# why\nsrc/a.rs because\nsrc/b.rs\n"));
    assert_eq!(paths, ["src/a.rs"]);
    assert_caught(&findings, "list.txt:3");
}

#[test]
fn modules_declared_for_tests_are_no_product_code() {
    let files = [
        File::planted("src/a/mod.rs", "#[cfg(test)] mod tests; mod b;"),
        File::planted("src/a/tests.rs", "fn t() {}"),
        File::planted("src/a/b.rs", "fn b() {}"),
    ];
    let units = product(&files);
    let paths: Vec<&str> = units.iter().map(|unit| unit.file.path.as_str()).collect();
    assert_eq!(paths, ["src/a/mod.rs", "src/a/b.rs"]);
}
