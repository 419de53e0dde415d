//! Kana from the domain's full width to the file's half width.

use crate::domain::written::FULL_WIDTH as FULL;

/// Characters with a voiced mark, each after its plain one.
const VOICED: &str = "カガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴワヷヲヺ";

/// Characters with a semi-voiced mark, each after its plain one.
const SEMI_VOICED: &str = "ハパヒピフプヘペホポ";

/// Characters without half-width form, each after the one that stands for it.
const STAND_IN: &str = "ワヮイヰエヱカヵケヶ";

const VOICED_MARK: char = '\u{ff9e}';
const SEMI_VOICED_MARK: char = '\u{ff9f}';

/// The plain character of `c` in a table of pairs.
fn plain(pairs: &str, c: char) -> Option<char> {
    let at = pairs.chars().position(|p| p == c).filter(|at| at % 2 == 1)?;
    pairs.chars().nth(at - 1)
}

fn shifted(c: char, by: i32) -> Option<char> {
    char::from_u32(u32::try_from(i32::try_from(u32::from(c)).ok()? + by).ok()?)
}

fn half(c: char) -> Option<char> {
    let at = FULL.chars().position(|f| f == c)?;
    shifted('\u{ff61}', i32::try_from(at).ok()?)
}

/// Half width: katakana (hiragana too), their marks as characters of their own, Latin letters, digits and space.
/// What has no half-width form stays.
pub fn to_half(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = match c {
            'ぁ'..='ゖ' => shifted(c, 0x60).unwrap_or(c),
            '\u{3099}' => '゛',
            '\u{309a}' => '゜',
            c => plain(STAND_IN, c).unwrap_or(c),
        };
        let (base, mark) = match (plain(VOICED, c), plain(SEMI_VOICED, c)) {
            (Some(base), _) => (base, Some(VOICED_MARK)),
            (None, Some(base)) => (base, Some(SEMI_VOICED_MARK)),
            (None, None) => (c, None),
        };
        out.push(match base {
            '\u{3000}' => ' ',
            '！'..='～' => shifted(base, -0xfee0).unwrap_or(base),
            _ => half(base).unwrap_or(base),
        });
        out.extend(mark);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_characters() {
        for (full, half) in [
            ("ミホン　ハナコ", "ﾐﾎﾝ ﾊﾅｺ"),
            ("ガギグゲゴ　パピプペポ", "ｶﾞｷﾞｸﾞｹﾞｺﾞ ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ"),
            ("ヴァレンティーナ・ヷヺ", "ｳﾞｧﾚﾝﾃｨｰﾅ･ﾜﾞｦﾞ"),
            ("ＪＯＨＮ－２", "JOHN-2"),
        ] {
            assert_eq!(to_half(full), half);
        }
    }

    #[test]
    fn what_has_no_half_width_form_is_stood_in_for_or_stays() {
        assert_eq!(to_half("ヰヱヮヵヶ"), "ｲｴﾜｶｹ");
        assert_eq!(to_half("がっこう"), "ｶﾞｯｺｳ");
        assert_eq!(to_half("カ\u{3099}"), "ｶﾞ");
        assert_eq!(to_half("●山"), "●山");
        assert_eq!(to_half("ﾐﾎﾝ"), "ﾐﾎﾝ");
    }

    #[test]
    fn every_half_width_character_has_its_place() {
        assert_eq!(FULL.chars().count(), 0xff9f - 0xff61 + 1);
        let halves: String = ('\u{ff61}'..='\u{ff9f}').collect();
        assert_eq!(to_half(FULL), halves);
    }
}
