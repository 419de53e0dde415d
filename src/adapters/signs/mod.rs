//! Text from outside, made what can be seen and written: once, where it comes in, for screen, file and twin alike, so that a
//! patient confirms what is handed over.
//!
//! What a sign is, what it is composed of and what stands for it comes out of Unicode's own data (ICU4X); what a file can
//! hold comes out of the encoding itself. Tables of our own are short and say why.

mod tables;

use icu_normalizer::properties::{CanonicalDecompositionBorrowed, Decomposed};
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, Ideographic};
use icu_properties::{CodePointMapData, CodePointSetData};

use tables::{RADICALS, SAME};

/// 外字の代わり: what official answers show for a character that cannot be written.
pub const UNWRITABLE: char = '●';

/// The signs that a file can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repertoire {
    /// JIS X 0208 and ASCII: what every reader of `Shift_JIS` reads alike.
    Jis0208,
    /// CP932 (Windows-31J): with the signs of NEC and IBM.
    #[default]
    Cp932,
    /// Everything, as in UTF-8.
    Unicode,
}

impl Repertoire {
    /// Whether a file can hold that sign.
    pub fn holds(self, sign: char) -> bool {
        match self {
            Self::Unicode => true,
            Self::Cp932 => cp932(sign).is_some(),
            // Row 13 is NEC's, what lies above row 84 IBM's; two signs of ASCII are read in two ways.
            Self::Jis0208 => {
                !matches!(sign, '\\' | '~')
                    && cp932(sign).is_some_and(|lead| !matches!(lead, 0x87 | 0xED | 0xEE | 0xF0..=0xFC))
            }
        }
    }
}

/// The first byte of a sign in CP932, when its bytes read back as it.
fn cp932(sign: char) -> Option<u8> {
    let mut buffer = [0; 4];
    let text: &str = sign.encode_utf8(&mut buffer);
    let (bytes, _, unmappable) = encoding_rs::SHIFT_JIS.encode(text);
    let back = encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes);
    (!unmappable && back.as_deref() == Some(text)).then(|| bytes.first().copied()).flatten()
}

/// What a text became.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(test, derive(Debug))]
pub struct Fitted {
    pub text: String,
    /// Signs of the original that are not there: ● or a plainer form stands for them.
    pub lost: Vec<char>,
}

/// Whether half-width kana become full-width ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Words: they do.
    Words,
    /// 記号 and 番号, which are kept as they are printed.
    Printed,
}

/// Makes a text what can be seen and what that repertoire can hold.
pub fn fit(text: &str, repertoire: Repertoire, width: Width) -> Fitted {
    let mut out = Fitted::default();
    let seen = seen(text, repertoire, width, &mut out.lost);
    let mut signs = composed(&seen).into_iter().peekable();
    while let Some(sign) = signs.next() {
        let standing = if repertoire.holds(sign) { Some(Standing::same(sign)) } else { stand_in(sign, repertoire) };
        let unwritten = standing.is_none();
        match standing {
            Some(Standing { signs, plainer }) => {
                out.lost.extend(plainer.then_some(sign));
                out.text.extend(signs);
            }
            None => {
                out.lost.extend((sign != UNWRITABLE).then_some(sign));
                out.text.push(UNWRITABLE);
            }
        }
        // One ● for one character, marks and all.
        while let Some(mark) = signs.next_if(|next| unwritten && is_mark(*next)) {
            out.lost.push(mark);
        }
    }
    out
}

/// What stands for a sign.
struct Standing {
    signs: Vec<char>,
    /// It is seen to be another.
    plainer: bool,
}

impl Standing {
    fn same(sign: char) -> Self {
        Self { signs: vec![sign], plainer: false }
    }
}

/// What stands for a sign that cannot be held: its other code point, what Unicode says it is made of, its plain form.
fn stand_in(sign: char, repertoire: Repertoire) -> Option<Standing> {
    let held = |signs: Vec<char>| signs.iter().all(|sign| repertoire.holds(*sign)).then_some(signs);
    let same = |sign: char| SAME.iter().filter(move |(from, _)| *from == sign).map(|(_, to)| *to);
    if let Some(other) = same(sign).find(|other| repertoire.holds(*other)) {
        return Some(Standing::same(other));
    }
    // A mark that composed with nothing: dropped, and said.
    if is_mark(sign) {
        return Some(Standing { signs: Vec::new(), plainer: true });
    }
    let one = |sign: char| {
        if repertoire.holds(sign) { sign } else { same(sign).find(|s| repertoire.holds(*s)).unwrap_or(sign) }
    };
    let parts = |made: &str| -> Vec<char> { made.chars().map(one).collect() };
    let mut buffer = [0; 4];
    let text: &str = sign.encode_utf8(&mut buffer);
    let made_of = DecomposingNormalizerBorrowed::new_nfkd().normalize(text).into_owned();
    if let Some(signs) = held(parts(&made_of)).filter(|_| made_of != *text) {
        return Some(Standing { signs, plainer: CodePointSetData::new::<Ideographic>().contains(sign) });
    }
    if CodePointMapData::<GeneralCategory>::new().get(sign) == GeneralCategory::DashPunctuation {
        return Some(Standing::same('－'));
    }
    let plain: String = made_of.chars().filter(|part| !is_mark(*part)).collect();
    let signs = held(parts(&plain)).filter(|signs| !signs.is_empty() && plain != *text)?;
    Some(Standing { signs, plainer: true })
}

fn is_mark(sign: char) -> bool {
    use GeneralCategory::{EnclosingMark, NonspacingMark, SpacingMark};
    matches!(CodePointMapData::<GeneralCategory>::new().get(sign), NonspacingMark | SpacingMark | EnclosingMark)
}

/// Variation selectors change the form of the character before them.
fn is_selector(sign: char) -> bool {
    matches!(sign, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}' | '\u{180f}')
}

/// The signs of a text that can be seen, each in the form that is meant.
fn seen(text: &str, repertoire: Repertoire, width: Width, lost: &mut Vec<char>) -> Vec<char> {
    use GeneralCategory::{
        Control, Format, LineSeparator, ParagraphSeparator, PrivateUse, SpaceSeparator, Surrogate, Unassigned,
    };
    let categories = CodePointMapData::<GeneralCategory>::new();
    let (ignorable, ideographs) =
        (CodePointSetData::new::<DefaultIgnorableCodePoint>(), CodePointSetData::new::<Ideographic>());
    let mut out: Vec<char> = Vec::new();
    for sign in text.chars() {
        let after_ideograph = out.last().is_some_and(|last| ideographs.contains(*last));
        match categories.get(sign) {
            // The form of an ideograph is kept where it can be, and said where it cannot.
            _ if is_selector(sign) => match (after_ideograph, repertoire) {
                (true, Repertoire::Unicode) => out.push(sign),
                (true, _) => lost.push(sign),
                (false, _) => {}
            },
            Control if matches!(sign, '\t' | '\n' | '\r' | '\u{85}' | '\u{b}' | '\u{c}') => out.push(' '),
            LineSeparator | ParagraphSeparator => out.push(' '),
            SpaceSeparator if sign != '　' => out.push(' '),
            Control | Format => {}
            _ if ignorable.contains(sign) => {}
            PrivateUse | Unassigned | Surrogate => {
                lost.push(sign);
                out.push(UNWRITABLE);
            }
            _ if sign == char::REPLACEMENT_CHARACTER => {
                lost.push(sign);
                out.push(UNWRITABLE);
            }
            _ => out.push(meant(sign, width)),
        }
    }
    out
}

/// The sign that is meant by one that only looks or only is narrower.
fn meant(sign: char, width: Width) -> char {
    let radical = RADICALS.iter().find(|(radical, _)| *radical == sign).map(|(_, ideograph)| *ideograph);
    match sign {
        '\u{2e80}'..='\u{2eff}' => radical.unwrap_or(sign),
        '\u{2f00}'..='\u{2fdf}' => one_of(sign),
        '\u{ff61}'..='\u{ff9f}' if width == Width::Words => one_of(sign),
        _ => sign,
    }
}

/// The one sign that Unicode says it is compatible with.
fn one_of(sign: char) -> char {
    let mut buffer = [0; 4];
    let other = DecomposingNormalizerBorrowed::new_nfkd().normalize(sign.encode_utf8(&mut buffer)).into_owned();
    let mut other = other.chars();
    other.next().filter(|_| other.next().is_none()).unwrap_or(sign)
}

/// Marks composed with what they stand on. A character that is only another's other code point is left as it is: many of
/// them are shapes that a file can hold, and whether it can is asked later.
fn composed(signs: &[char]) -> Vec<char> {
    let decompositions = CanonicalDecompositionBorrowed::new();
    let alone = |sign: &char| matches!(decompositions.decompose(*sign), Decomposed::Singleton(_));
    let mut out = Vec::with_capacity(signs.len());
    for run in signs.chunk_by(|one, next| !alone(one) && !alone(next)) {
        let text: String = run.iter().collect();
        match run {
            [one] if alone(one) => out.push(*one),
            _ => out.extend(ComposingNormalizerBorrowed::new_nfc().normalize(&text).chars()),
        }
    }
    out
}

#[cfg(test)]
mod tests;
