//! The paths that a file names, in `use` trees and inline, resolved to our own modules or to another crate.

use super::lexer::{Kind, Token};
use super::source::Unit;

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// One of our modules, or something in it, from the crate root on.
    Own(Vec<String>),
    /// Another crate.
    Crate(String),
}

/// One use of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub target: Target,
    pub line: usize,
}

/// A path as written, with the module it stands in.
struct Written {
    parts: Vec<String>,
    line: usize,
    module: Vec<String>,
    in_use: bool,
}

/// Everything the unit names; `crates` are the names of all dependencies.
pub fn named(unit: &Unit<'_>, crates: &[String]) -> Vec<Named> {
    let written = written(&unit.tokens, &unit.module);
    // A name that a `use` or a `mod` of this file brings in hides a crate of the same name.
    let mut local: Vec<&str> = written
        .iter()
        .filter(|w| w.in_use && w.parts.len() > 1)
        .filter_map(|w| w.parts.last())
        .map(String::as_str)
        .collect();
    local.extend(unit.tokens.windows(2).filter(|w| w[0].is_word("mod")).filter_map(|w| w[1].word()));
    written.iter().filter_map(|w| resolve(w, crates, &local)).collect()
}

fn resolve(written: &Written, crates: &[String], local: &[&str]) -> Option<Named> {
    let (first, rest) = written.parts.split_first()?;
    let target = match first.as_str() {
        "crate" | "uketsuke" => Target::Own(rest.to_vec()),
        "self" if !rest.is_empty() => Target::Own([written.module.as_slice(), rest].concat()),
        "super" => {
            let ups = written.parts.iter().take_while(|part| *part == "super").count();
            let base = written.module.len().saturating_sub(ups);
            Target::Own([&written.module[..base], &written.parts[ups..]].concat())
        }
        name if crates.contains(first) && !local.contains(&name) && (written.in_use || !rest.is_empty()) => {
            Target::Crate(first.clone())
        }
        _ => return None,
    };
    Some(Named { target, line: written.line })
}

fn is_separator(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.is_mark(':')) && tokens.get(at + 1).is_some_and(|t| t.is_mark(':'))
}

/// Whether the word at `at` goes on with a path that something else began: `<T as X>::word`, `word::word`, `.word`.
fn continues(tokens: &[Token], at: usize) -> bool {
    if at >= 1 && tokens[at - 1].is_mark('.') {
        return true;
    }
    at >= 3
        && is_separator(tokens, at - 2)
        && (tokens[at - 3].is_mark('>') || tokens[at - 3].word().is_some_and(|word| word != "use" && word != "return"))
}

fn written(tokens: &[Token], file_module: &[String]) -> Vec<Written> {
    let mut all = Vec::new();
    let mut inline: Vec<(String, usize)> = Vec::new();
    let (mut depth, mut at) = (0usize, 0);
    while at < tokens.len() {
        let token = &tokens[at];
        let module = || [file_module, &inline.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>()].concat();
        match &token.kind {
            Kind::Mark('{') => depth += 1,
            Kind::Mark('}') => {
                depth = depth.saturating_sub(1);
                inline.retain(|(_, opened)| *opened < depth + 1);
            }
            Kind::Word(word) if word == "use" => {
                let mut found = Vec::new();
                let after = use_tree(tokens, at + 1, &[], &mut found);
                let module = module();
                all.extend(found.into_iter().map(|(parts, line)| Written {
                    parts,
                    line,
                    module: module.clone(),
                    in_use: true,
                }));
                at = after;
                continue;
            }
            Kind::Word(word) if word == "mod" && tokens.get(at + 2).is_some_and(|t| t.is_mark('{')) => {
                inline.extend(tokens[at + 1].word().map(|name| (name.to_owned(), depth + 1)));
                at += 2;
                continue;
            }
            Kind::Word(word) if !continues(tokens, at) => {
                let mut parts = vec![word.clone()];
                while is_separator(tokens, at + 1) {
                    let Some(next) = tokens.get(at + 3).and_then(Token::word) else { break };
                    parts.push(next.to_owned());
                    at += 3;
                }
                all.push(Written { parts, line: token.line, module: module(), in_use: false });
            }
            _ => {}
        }
        at += 1;
    }
    all
}

/// Reads one tree of a `use` declaration and gives the place behind it; a trailing `self` or `*` is dropped.
fn use_tree(tokens: &[Token], mut at: usize, prefix: &[String], found: &mut Vec<(Vec<String>, usize)>) -> usize {
    let mut parts = prefix.to_vec();
    let line = tokens.get(at).map_or(0, |t| t.line);
    while let Some(token) = tokens.get(at) {
        match &token.kind {
            Kind::Mark(':') => at += 1,
            Kind::Mark('*') => {
                parts.push("*".to_owned());
                at += 1;
            }
            Kind::Mark('{') => {
                at += 1;
                while tokens.get(at).is_some_and(|t| !t.is_mark('}')) {
                    at = use_tree(tokens, at, &parts, found);
                    if tokens.get(at).is_some_and(|t| t.is_mark(',')) {
                        at += 1;
                    }
                }
                return at + 1;
            }
            Kind::Word(word) if word == "as" => {
                // The new name is the last part, so that it hides what it should.
                parts.extend(tokens.get(at + 1).and_then(Token::word).map(str::to_owned));
                at += 2;
            }
            Kind::Word(word) if word == "self" && !parts.is_empty() => at += 1,
            Kind::Word(word) => {
                parts.push(word.clone());
                at += 1;
            }
            _ => break,
        }
    }
    if parts.len() > prefix.len() || !prefix.is_empty() {
        found.push((parts, line));
    }
    at
}

#[cfg(test)]
mod tests {
    use super::super::source::{File, product};
    use super::*;

    fn targets(path: &str, text: &str) -> Vec<Target> {
        let files = [File::planted(path, text)];
        let crates = ["iced", "image", "pcsc"].map(str::to_owned);
        product(&files).iter().flat_map(|unit| named(unit, &crates)).map(|n| n.target).collect()
    }

    fn own(path: &str) -> Target {
        Target::Own(path.split("::").map(str::to_owned).collect())
    }

    fn other(name: &str) -> Target {
        Target::Crate(name.to_owned())
    }

    #[test]
    fn use_trees_are_spread_out() {
        let text = "use crate::{domain::{face::Rule, pin}, ports::*}; use pcsc::{self, Card};";
        let wanted = [own("domain::face::Rule"), own("domain::pin"), own("ports::*"), other("pcsc"), other("pcsc")];
        assert_eq!(targets("src/adapters/card/pcsc.rs", text), wanted);
    }

    #[test]
    fn inline_paths_count_and_relative_ones_are_resolved() {
        let text = "mod inner { fn f() -> super::super::camera::X { crate::ui::go(); ::pcsc::open() } } fn g() { self::inner::f(); }";
        let wanted = [own("adapters::camera::X"), own("ui::go"), other("pcsc"), own("adapters::card::inner::f")];
        assert_eq!(targets("src/adapters/card/mod.rs", text), wanted);
    }

    #[test]
    fn an_imported_name_hides_the_crate_of_that_name() {
        let text = "use iced::widget::image; fn f() { image::Handle::new(); x.image::<u8>(); }";
        assert_eq!(targets("src/ui/photo.rs", text), [other("iced")]);
    }
}
