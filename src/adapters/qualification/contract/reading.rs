//! Reads an answer: whatever it can do without is left out when it cannot be read, and said; whatever it needs is refused
//! by its name. Nothing that is said holds a value.
//!
//! The wire types alone know what is required: a member that cannot be read is taken away, and if then it is missed, it
//! was.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use serde_path_to_error::Segment;

use super::bounds::RULES;

/// How deep members may lie in each other; the deepest of the contract lies eight deep.
const DEEPEST: usize = 32;
/// Members that may be left out; an answer with more is none.
const MOST: usize = 32;
/// Members that an answer may lack, but that hold all that it is about once they are there.
const WHOLE: [&str; 1] = ["qualificationCheck"];
/// Lists whose items stand for themselves: one that cannot be read goes alone.
const LOOSE: [&str; 2] = ["specificDiseases", "publicExpenses"];
/// Longest original that is kept of what was left out, in characters.
const KEPT: usize = 200;

/// An answer that breaks a rule of the contract; names the rule, holds no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the answer breaks the contract: {0}")]
pub struct ContractError(pub Cow<'static, str>);

impl From<&'static str> for ContractError {
    fn from(rule: &'static str) -> Self {
        Self(rule.into())
    }
}

/// An answer as far as it can be read.
pub struct Understood<T> {
    pub it: T,
    /// What it had to do without.
    pub left_out: Vec<LeftOut>,
}

/// A member that was left out.
#[derive(Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stood, `qualifications.0.birthDate`.
    pub member: String,
    /// What it is, in words of ours.
    pub is: &'static str,
    /// It said nothing: `null` or no characters. That is a way to write "absent" and nobody's business.
    pub says_nothing: bool,
    /// What stood there, up to a length: a text as it is, anything else as JSON.
    pub original: Option<String>,
}

impl<T> Understood<T> {
    /// A part of it, which stood in that member; what was left out elsewhere goes.
    pub fn part<U>(self, member: &str, part: impl FnOnce(T) -> Option<U>) -> Option<Understood<U>> {
        let inside = |left: LeftOut| {
            let member = left.member.strip_prefix(member)?.strip_prefix('.')?.to_owned();
            Some(LeftOut { member, ..left })
        };
        let left_out = self.left_out.into_iter().filter_map(inside).collect();
        Some(Understood { it: part(self.it)?, left_out })
    }
}

/// Reads a body.
///
/// # Errors
/// When it is no JSON, or a member that it needs is missing or cannot be read: the member is named.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<Understood<T>, ContractError> {
    let body = whole_signs(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body));
    let mut oddities = Oddities::default();
    let mut json = serde_json::Deserializer::from_slice(&body);
    let at = At { path: Vec::new(), oddities: &mut oddities };
    let value = at.deserialize(&mut json).and_then(|value| json.end().map(|()| value)).map_err(|e| no_json(&e))?;
    let mut answer = Answer { value, taken: Vec::new() };
    for path in oddities.nothing {
        answer.go_without(path, NULL)?;
    }
    for path in oddities.twice {
        answer.go_without(path, "there twice")?;
    }
    loop {
        let Broken { mut path, is, missing } = match try_read(&answer.value) {
            Ok(it) => return Ok(Understood { it, left_out: answer.left_out() }),
            Err(broken) => broken,
        };
        let Some(member) = missing else {
            answer.go_without(path, is)?;
            continue;
        };
        path.push(Step::Member(member));
        // What is missed because it was taken away is told as what it was.
        let taken = answer.taken.iter().find(|taken| taken.path == path).map(|taken| taken.named.clone());
        let named = taken.unwrap_or_else(|| format!("{} is missing", told(&path)));
        path.pop();
        answer.go_without_named(path, LACKS, named)?;
    }
}

const NULL: &str = "null";
const LACKS: &str = "without what it needs";

fn no_json(error: &serde_json::Error) -> ContractError {
    if error.is_data() {
        return "its members lie too deep in each other".into();
    }
    ContractError(format!("no JSON at line {}, column {}", error.line(), error.column()).into())
}

/// One step down into an answer.
#[derive(Clone, PartialEq, Eq)]
enum Step {
    Member(String),
    Item(usize),
}

/// What stands in the way of reading.
struct Broken {
    path: Vec<Step>,
    is: &'static str,
    /// The member that is not there, in the object at `path`.
    missing: Option<String>,
}

fn try_read<T: DeserializeOwned>(value: &Value) -> Result<T, Broken> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().iter().filter_map(|segment| match segment {
            Segment::Seq { index } => Some(Step::Item(*index)),
            Segment::Map { key } => Some(Step::Member(key.clone())),
            Segment::Enum { .. } | Segment::Unknown => None,
        });
        let (path, said) = (path.collect(), error.inner().to_string());
        // Of these words the derived code's own name of the member is the only part that differs.
        let missing = said.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'));
        let missing = missing.map(|(member, _)| member.to_owned());
        Broken { path, is: RULES.into_iter().find(|rule| **rule == said).unwrap_or("of another type"), missing }
    })
}

/// An answer in the course of being read.
struct Answer {
    value: Value,
    /// What was taken away from it, in this order.
    taken: Vec<Taken>,
}

struct Taken {
    path: Vec<Step>,
    is: &'static str,
    value: Value,
    /// What is wrong, and where: with the answer, should it need this.
    named: String,
}

impl Answer {
    fn go_without(&mut self, path: Vec<Step>, is: &'static str) -> Result<(), ContractError> {
        let named = format!("{} is {is}", told(&path));
        self.go_without_named(path, is, named)
    }

    /// Takes away what stands at `path`, or the nearest thing around it that can go. Whether it was needed shows when the
    /// rest is read.
    fn go_without_named(&mut self, mut path: Vec<Step>, is: &'static str, named: String) -> Result<(), ContractError> {
        if self.taken.iter().filter(|taken| taken.is != NULL).count() >= MOST {
            return Err(ContractError(format!("more than {MOST} members cannot be read, the last: {named}").into()));
        }
        loop {
            match path.as_slice() {
                [] => return Err(ContractError(named.into())),
                // To write `null` is a way to leave out.
                [.., Step::Member(_)] if is == NULL => break,
                [.., Step::Member(name)] if WHOLE.contains(&name.as_str()) => return Err(ContractError(named.into())),
                [.., Step::Member(list), Step::Item(_)] if LOOSE.contains(&list.as_str()) => break,
                [.., Step::Member(_)] => break,
                [.., Step::Item(_)] => path.pop(),
            };
        }
        // What was taken out of it before goes with it.
        while let Some(inner) =
            self.taken.pop_if(|taken| taken.path.len() > path.len() && taken.path.starts_with(&path))
        {
            self.put_back(inner);
        }
        if let Some(value) = self.cut_out(&path) {
            self.taken.push(Taken { path, is, value, named });
        }
        Ok(())
    }

    fn at(&mut self, path: &[Step]) -> Option<&mut Value> {
        path.iter().try_fold(&mut self.value, |at, step| match step {
            Step::Member(name) => at.get_mut(name),
            Step::Item(index) => at.get_mut(*index),
        })
    }

    fn cut_out(&mut self, path: &[Step]) -> Option<Value> {
        let (last, parent) = path.split_last()?;
        match (self.at(parent)?, last) {
            (Value::Object(members), Step::Member(name)) => members.remove(name),
            (Value::Array(items), Step::Item(index)) if *index < items.len() => Some(items.remove(*index)),
            _ => None,
        }
    }

    fn put_back(&mut self, Taken { path, value, .. }: Taken) {
        let Some((last, parent)) = path.split_last() else { return };
        match (self.at(parent), last) {
            (Some(Value::Object(members)), Step::Member(name)) => drop(members.insert(name.clone(), value)),
            (Some(Value::Array(items)), Step::Item(index)) if *index <= items.len() => items.insert(*index, value),
            _ => {}
        }
    }

    fn left_out(self) -> Vec<LeftOut> {
        let one = |Taken { path, is, value, .. }| {
            let says_nothing = is == NULL || value.as_str().is_some_and(|text| text.trim().is_empty());
            let original = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            let original = Some(original).filter(|text| !says_nothing && text.chars().count() <= KEPT);
            LeftOut { member: told(&path), is, says_nothing, original }
        };
        self.taken.into_iter().map(one).collect()
    }
}

/// A place in words: names from outside are cut to their first letters and digits.
fn told(path: &[Step]) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '?' };
    let steps = path.iter().map(|step| match step {
        Step::Member(name) => name.chars().take(32).map(plain).collect(),
        Step::Item(index) => index.to_string(),
    });
    let place = steps.collect::<Vec<_>>().join(".");
    if place.is_empty() { "the answer".into() } else { place }
}

/// What a tree of values does not show.
#[derive(Default)]
struct Oddities {
    /// Members that are `null`.
    nothing: Vec<Vec<Step>>,
    /// Members that stand there twice: neither is believed.
    twice: Vec<Vec<Step>>,
}

/// Reads the value at a place.
struct At<'a> {
    path: Vec<Step>,
    oddities: &'a mut Oddities,
}

impl<'de> DeserializeSeed<'de> for At<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.path.len() > DEEPEST {
            return Err(de::Error::custom("too deep"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for At<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let path = [self.path.as_slice(), &[Step::Item(list.len())]].concat();
            match items.next_element_seed(At { path, oddities: self.oddities })? {
                Some(item) => list.push(item),
                None => return Ok(list.into()),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let path = [self.path.as_slice(), &[Step::Member(name.clone())]].concat();
            let value = members.next_value_seed(At { path: path.clone(), oddities: self.oddities })?;
            if map.contains_key(&name) {
                self.oddities.twice.push(path);
                continue;
            }
            if value.is_null() {
                self.oddities.nothing.push(path);
            }
            map.insert(name, value);
        }
        Ok(map.into())
    }
}

/// Half of a pair of surrogates is no sign, and JSON's grammar alone lets it through: it becomes U+FFFD, so that a text that
/// was cut in the middle of a character is one member's trouble and not the answer's.
fn whole_signs(body: &[u8]) -> Cow<'_, [u8]> {
    let unit = |at: usize| -> Option<u16> {
        let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok().filter(|d| !d.starts_with('+'))?, 16).ok()
    };
    let mut mended: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(found) = body.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\\')) {
        at += found;
        at += match unit(at) {
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => 12,
            Some(0xD800..=0xDFFF) => {
                let body = mended.get_or_insert_with(|| body.to_vec());
                if let Some(half) = body.get_mut(at..at + 6) {
                    half.copy_from_slice(b"\\uFFFD");
                }
                6
            }
            Some(_) => 6,
            None => 2,
        };
    }
    mended.map_or(Cow::Borrowed(body), Cow::Owned)
}
