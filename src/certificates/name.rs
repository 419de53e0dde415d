//! Names of issuers and subjects, compared as RFC 5280 §7.1 says: by what they say, not by how it is encoded.

use encoding_rs::UTF_16BE;
use x509_parser::asn1_rs::Tag;
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

/// A name in the form in which two spellings of it are equal: the parts of each step in one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlainName(Vec<Vec<(Vec<u8>, Value)>>);

/// What one part says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    /// Text of any string type: ASCII in small letters, single spaces, none at either end.
    Text(String),
    /// Anything else: tag and bytes.
    Other(u32, Vec<u8>),
}

impl PlainName {
    pub(super) fn of(name: &X509Name<'_>) -> Self {
        let step = |parts: &mut dyn Iterator<Item = &AttributeTypeAndValue<'_>>| {
            let mut parts: Vec<_> = parts.map(|part| (part.attr_type().as_bytes().to_vec(), Value::of(part))).collect();
            parts.sort();
            parts
        };
        Self(name.iter().map(|parts| step(&mut parts.iter())).collect())
    }
}

impl Value {
    fn of(part: &AttributeTypeAndValue<'_>) -> Self {
        let (tag, bytes) = (part.attr_value().tag(), part.attr_value().data);
        match text(tag, bytes) {
            Some(text) => {
                let words = text.split(|c: char| c.is_ascii_whitespace()).filter(|word| !word.is_empty());
                Self::Text(words.collect::<Vec<_>>().join(" ").to_ascii_lowercase())
            }
            None => Self::Other(tag.0, bytes.to_vec()),
        }
    }
}

/// The text of a string of any type that names are written in.
fn text(tag: Tag, bytes: &[u8]) -> Option<String> {
    match tag {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String => std::str::from_utf8(bytes).ok().map(str::to_owned),
        // As everybody reads it, whatever its standard said.
        Tag::T61String => Some(bytes.iter().map(|byte| char::from(*byte)).collect()),
        Tag::BmpString => {
            let (text, broken) = UTF_16BE.decode_without_bom_handling(bytes);
            (!broken).then(|| text.into_owned())
        }
        Tag::UniversalString => {
            let (signs, rest) = bytes.as_chunks::<4>();
            let sign = |sign: &[u8; 4]| char::from_u32(u32::from_be_bytes(*sign));
            rest.is_empty().then(|| signs.iter().map(sign).collect())?
        }
        _ => None,
    }
}

/// A name for people: its common name, or all of it.
pub(super) fn in_words(name: &X509Name<'_>) -> String {
    let common = name.iter_common_name().last().and_then(|part| text(part.attr_value().tag(), part.attr_value().data));
    let words = common.unwrap_or_else(|| name.to_string());
    words.chars().filter(|sign| !sign.is_control()).take(LONGEST).collect()
}

/// Signs of a name that are shown.
const LONGEST: usize = 120;
