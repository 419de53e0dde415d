//! Rust as the house rules see it: words, string contents and punctuation with their lines. Nothing is parsed: macros and
//! generics are all only tokens.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// An identifier or keyword, `r#` removed.
    Word(String),
    /// The contents of a string, byte string or C string literal, escapes as written.
    Text(String),
    /// One punctuation character; `::` is two of them.
    Mark(char),
    /// Numbers, characters, lifetimes: nothing a rule looks into.
    Other,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub line: usize,
}

impl Token {
    pub fn is_word(&self, word: &str) -> bool {
        matches!(&self.kind, Kind::Word(w) if w == word)
    }

    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The tokens of a file; comments, documentation and white space are gone.
pub fn lex(source: &str) -> Vec<Token> {
    let stream: TokenStream = source.parse().expect("a file that Rust can read");
    let mut tokens = Vec::new();
    flatten(stream, &mut tokens);
    tokens
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let (line, last) = (tree.span().start().line, tree.span().end().line);
        let mut push = |kind, line| tokens.push(Token { kind, line });
        match tree {
            TokenTree::Ident(word) => push(Kind::Word(word.to_string().trim_start_matches("r#").to_owned()), line),
            TokenTree::Punct(mark) => push(Kind::Mark(mark.as_char()), line),
            TokenTree::Literal(literal) => push(text(&literal.to_string()).map_or(Kind::Other, Kind::Text), line),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ('(', ')'),
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket => ('[', ']'),
                    Delimiter::None => continue,
                };
                // A comment of documentation comes as the attribute that it is short for.
                if group.stream().into_iter().next().is_some_and(|first| first.to_string() == "doc") && open == '[' {
                    while tokens.last().is_some_and(|token| token.is_mark('#') || token.is_mark('!')) {
                        tokens.pop();
                    }
                    continue;
                }
                push(Kind::Mark(open), line);
                flatten(group.stream(), tokens);
                tokens.push(Token { kind: Kind::Mark(close), line: last });
            }
        }
    }
}

/// The contents of a string literal of any kind; none for numbers and characters.
fn text(literal: &str) -> Option<String> {
    let inner = literal.trim_start_matches(['b', 'c', 'r']).trim_matches('#');
    inner.strip_prefix('"')?.strip_suffix('"').map(str::to_owned)
}

/// The tokens of product code alone: items under `#[test]` or a `#[cfg(…)]` that asks for `test` are left out.
pub fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = attribute_end(tokens, at) {
            if is_test_attribute(&tokens[at..end]) {
                at = item_end(tokens, end);
                continue;
            }
            kept.extend_from_slice(&tokens[at..end]);
            at = end;
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// Modules that the file declares for tests alone: `#[cfg(test)] mod name;`.
pub fn test_modules(tokens: &[Token]) -> Vec<String> {
    let mut names = Vec::new();
    for at in 0..tokens.len() {
        let Some(end) = attribute_end(tokens, at).filter(|end| is_test_attribute(&tokens[at..*end])) else { continue };
        let item = &tokens[end..item_end(tokens, end)];
        if let Some(name) = item.windows(3).find(|w| w[0].is_word("mod") && w[2].is_mark(';')).and_then(|w| w[1].word())
        {
            names.push(name.to_owned());
        }
    }
    names
}

/// Where the attribute `#[…]` that starts at `at` ends.
fn attribute_end(tokens: &[Token], at: usize) -> Option<usize> {
    if !tokens.get(at)?.is_mark('#') || !tokens.get(at + 1)?.is_mark('[') {
        return None;
    }
    group_end(tokens, at + 1)
}

fn is_test_attribute(attribute: &[Token]) -> bool {
    let words: Vec<&str> = attribute.iter().filter_map(Token::word).collect();
    words == ["test"] || (words.first() == Some(&"cfg") && words.contains(&"test") && !words.contains(&"not"))
}

/// Where the item after an attribute ends: behind its `;` or its braces, whichever closes first.
fn item_end(tokens: &[Token], mut at: usize) -> usize {
    while at < tokens.len() {
        if tokens[at].is_mark(';') {
            return at + 1;
        }
        let opens = ['{', '(', '['].into_iter().find(|m| tokens[at].is_mark(*m));
        match (opens, group_end(tokens, at)) {
            (Some('{'), Some(end)) => return end,
            (Some(_), Some(end)) => at = end,
            _ => at += 1,
        }
    }
    at
}

/// Where the bracket group that opens at `at` ends.
fn group_end(tokens: &[Token], at: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (i, token) in tokens.iter().enumerate().skip(at) {
        match token.kind {
            Kind::Mark('(' | '[' | '{') => depth += 1,
            Kind::Mark(')' | ']' | '}') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(i + 1);
                }
            }
            _ => {}
        }
        if depth == 0 {
            return None;
        }
    }
    None
}

#[test]
fn strings_comments_and_lifetimes_are_told_apart() {
    let source = r##"
        /* a /* nested */ "comment" */ // "more"
        let s: &'static str = r#"raw "quoted" text"#; let c = '"'; let e = '\''; let b = b'"';
        let t = "esc \" aped"; r#type
    "##;
    let tokens = lex(source);
    let texts: Vec<&str> =
        tokens.iter().filter_map(|t| if let Kind::Text(s) = &t.kind { Some(s.as_str()) } else { None }).collect();
    assert_eq!(texts, [r#"raw "quoted" text"#, r#"esc \" aped"#]);
    assert!(tokens.last().is_some_and(|t| t.is_word("type") && t.line == 4));
}

#[test]
fn test_items_are_left_out_and_nothing_else() {
    let source = "fn a() {} #[cfg(test)] mod tests { fn b() {} } #[cfg(test)] use x::y; #[test] fn c() {}
        #[cfg(not(test))] fn d() {} #[cfg(all(test, unix))] #[allow(dead_code)] fn e(f: [u8; 3]) -> u8 { 1 } fn g() {} #[cfg(test)] mod beside;";
    let tokens = lex(source);
    let kept = without_tests(&tokens);
    let words: Vec<&str> = kept.iter().filter_map(Token::word).collect();
    assert_eq!(words, ["fn", "a", "cfg", "not", "test", "fn", "d", "fn", "g"]);
    assert_eq!(test_modules(&tokens), ["beside"]);
}
