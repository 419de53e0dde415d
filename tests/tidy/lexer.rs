//! A Rust lexer just good enough for house rules: words, string contents and punctuation with their lines.
//!
//! It does not parse: macros, generics and broken code are all only tokens.

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

struct Cursor {
    chars: Vec<char>,
    at: usize,
    line: usize,
}

impl Cursor {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek(0)?;
        self.at += 1;
        if c == '\n' {
            self.line += 1;
        }
        Some(c)
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.next();
        }
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(c) = self.peek(0).filter(|c| wanted(*c)) {
            taken.push(c);
            self.next();
        }
        taken
    }

    fn starts_with(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(i, c)| self.peek(i) == Some(c))
    }

    /// After `/*`; comments nest.
    fn block_comment(&mut self) {
        let mut depth = 1;
        while depth > 0 && self.peek(0).is_some() {
            if self.starts_with("*/") {
                depth -= 1;
                self.skip(2);
            } else if self.starts_with("/*") {
                depth += 1;
                self.skip(2);
            } else {
                self.next();
            }
        }
    }

    /// After the opening quote.
    fn plain_string(&mut self) -> String {
        let mut text = String::new();
        while let Some(c) = self.next() {
            match c {
                '"' => break,
                '\\' => {
                    text.push(c);
                    text.extend(self.next());
                }
                _ => text.push(c),
            }
        }
        text
    }

    /// After the opening quote of a string guarded by `hashes` number signs.
    fn raw_string(&mut self, hashes: usize) -> String {
        let end = format!("\"{}", "#".repeat(hashes));
        let mut text = String::new();
        while self.peek(0).is_some() && !self.starts_with(&end) {
            text.extend(self.next());
        }
        self.skip(end.chars().count());
        text
    }

    /// After the quote: a character literal or a lifetime.
    fn quote(&mut self) {
        match (self.peek(0), self.peek(1)) {
            (Some('\\'), _) => {
                self.skip(2);
                self.take_while(|c| c != '\'');
                self.next();
            }
            (Some(_), Some('\'')) => self.skip(2),
            _ => {
                self.take_while(is_word_char);
            }
        }
    }

    /// A word, or the string that a prefix such as `r#`, `b` or `c` opens.
    fn word_or_string(&mut self) -> Kind {
        let word = self.take_while(is_word_char);
        let raw = matches!(word.as_str(), "r" | "br" | "cr");
        let hashes = if raw { (0..).take_while(|i| self.peek(*i) == Some('#')).count() } else { 0 };
        if raw && self.peek(hashes) == Some('"') {
            self.skip(hashes + 1);
            return Kind::Text(self.raw_string(hashes));
        }
        if word == "r" && hashes == 1 {
            self.next();
            return Kind::Word(self.take_while(is_word_char));
        }
        match (word.as_str(), self.peek(0)) {
            ("b" | "c", Some('"')) => {
                self.next();
                Kind::Text(self.plain_string())
            }
            ("b", Some('\'')) => {
                self.next();
                self.quote();
                Kind::Other
            }
            _ => Kind::Word(word),
        }
    }
}

fn is_word_char(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// The tokens of a file; comments and white space are gone.
pub fn lex(source: &str) -> Vec<Token> {
    let mut cursor = Cursor { chars: source.chars().collect(), at: 0, line: 1 };
    let mut tokens = Vec::new();
    while let Some(c) = cursor.peek(0) {
        let line = cursor.line;
        let kind = if c.is_whitespace() {
            cursor.next();
            continue;
        } else if cursor.starts_with("//") {
            cursor.take_while(|c| c != '\n');
            continue;
        } else if cursor.starts_with("/*") {
            cursor.skip(2);
            cursor.block_comment();
            continue;
        } else if c == '"' {
            cursor.next();
            Kind::Text(cursor.plain_string())
        } else if c == '\'' {
            cursor.next();
            cursor.quote();
            Kind::Other
        } else if c.is_ascii_digit() {
            cursor.take_while(is_word_char);
            Kind::Other
        } else if is_word_char(c) {
            cursor.word_or_string()
        } else {
            cursor.next();
            Kind::Mark(c)
        };
        tokens.push(Token { kind, line });
    }
    tokens
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
