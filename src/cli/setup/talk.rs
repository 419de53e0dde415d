//! The conversation at a terminal: a question, an answer on standard input, and again when it cannot be.

use std::io::{self, BufRead, Write};

use crate::cli::CliError;
use crate::i18n::{Language, Words, readable};

/// Most bytes of an answer.
const MOST: u64 = 4096;

/// Who asks, in which language.
pub struct Talk {
    words: &'static Words,
}

impl Talk {
    pub fn new(language: Language) -> Self {
        Self { words: Words::of(language) }
    }

    /// In the language that is chosen first, where none was named.
    pub fn chosen() -> Result<Self, CliError> {
        let japanese = Self::new(Language::Ja);
        japanese.say("setup-language", &[]);
        Ok(loop {
            match line()?.as_str() {
                "" | "1" | "ja" => break japanese,
                "2" | "en" => break Self::new(Language::En),
                _ => japanese.say("setup-language", &[]),
            }
        })
    }

    /// A sentence.
    pub fn say(&self, key: &str, values: &[(&'static str, &str)]) {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
        eprintln!("{}", readable(&self.words.with(key, &values)));
    }

    /// An answer that `judge` takes. An empty line is `usual`; without one there must be an answer.
    pub fn ask(
        &self,
        key: &str,
        usual: Option<&str>,
        judge: impl Fn(&str) -> Option<String>,
    ) -> Result<String, CliError> {
        self.say(key, &[]);
        loop {
            if let Some(usual) = usual {
                self.say("setup-enter-for", &[("usual", usual)]);
            }
            let given = line()?;
            let text = if given.is_empty() { usual.unwrap_or_default() } else { &given };
            match judge(text) {
                Some(answer) => return Ok(answer),
                None => self.say(&format!("{key}-wrong"), &[]),
            }
        }
    }

    /// One of the list, by its number; an empty line is none of them.
    pub fn choose(&self, key: &str, shown: &[String]) -> Result<Option<usize>, CliError> {
        self.say(key, &[]);
        for (at, one) in shown.iter().enumerate() {
            eprintln!("  {}  {one}", at + 1);
        }
        loop {
            let given = line()?;
            if given.is_empty() {
                return Ok(None);
            }
            match given.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).filter(|at| *at < shown.len()) {
                Some(at) => return Ok(Some(at)),
                None => self.say("setup-choose-wrong", &[]),
            }
        }
    }

    /// Yes or no.
    pub fn agreed(&self, key: &str) -> Result<bool, CliError> {
        self.say(key, &[]);
        loop {
            match line()?.to_lowercase().as_str() {
                "y" | "yes" | "1" => return Ok(true),
                "n" | "no" | "2" => return Ok(false),
                _ => self.say("setup-yes-or-no", &[]),
            }
        }
    }
}

/// A line of standard input without spaces around it.
fn line() -> Result<String, CliError> {
    let mut text = String::new();
    let _ = io::stderr().flush();
    let read = io::Read::take(io::stdin().lock(), MOST).read_line(&mut text);
    match read {
        Ok(0) => {
            Err(CliError::ended("the answers ended before the last question; nothing was written", "run it again"))
        }
        Ok(_) => Ok(text.trim().to_owned()),
        Err(error) => Err(CliError::usage(format!("the answer cannot be read: {error}"), "answer in UTF-8")),
    }
}
