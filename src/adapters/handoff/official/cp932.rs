//! What the file's bytes can hold. The encoder itself would write `&#…;` for the rest without a word.

use encoding_rs::SHIFT_JIS;

use super::Encoding;

/// 外字の代わり: what official answers show for a character that cannot be printed.
pub const UNPRINTABLE: char = '●';

/// One JIS character, two code points: the JIS table's and Microsoft's. CP932 knows the second one.
const SAME_CHARACTER: [(char, char); 9] = [
    ('\u{2212}', '\u{ff0d}'), // minus sign
    ('\u{301c}', '\u{ff5e}'), // wave dash
    ('\u{2016}', '\u{2225}'), // double vertical line
    ('\u{2014}', '\u{2015}'), // em dash
    ('\u{00a2}', '\u{ffe0}'), // cent
    ('\u{00a3}', '\u{ffe1}'), // pound
    ('\u{00ac}', '\u{ffe2}'), // not
    ('\u{00a5}', '\u{ffe5}'), // yen; the encoder would make it a backslash
    ('\u{203e}', '\u{ffe3}'), // overline; the encoder would make it a tilde
];

/// Variation selectors change the glyph of the character before them.
fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}')
}

/// Signs of ASCII that readers of `Shift_JIS` do not agree on, and the full-width ones for them.
const DISPUTED: [(char, char); 2] = [('\\', '＼'), ('~', '～')];

/// The text with one ● for each character that the file cannot hold, a variation sequence counting as one character.
pub fn fit(text: &str, encoding: Encoding) -> String {
    let disputed: &[_] = if encoding == Encoding::ShiftJis { &DISPUTED } else { &[] };
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mut varied = false;
        while chars.next_if(|next| is_variation_selector(*next)).is_some() {
            varied = true;
        }
        let c = SAME_CHARACTER.iter().chain(disputed).find(|(other, _)| *other == c).map_or(c, |(_, held)| *held);
        out.push(if !varied && encoding.holds(c) { c } else { UNPRINTABLE });
    }
    out
}

/// The bytes of a text that went through [`fit`]; `None` when it did not.
pub fn encode(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, unmappable) = SHIFT_JIS.encode(text);
    (!unmappable).then(|| bytes.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As CP932 holds it.
    fn fit(text: &str) -> String {
        super::fit(text, Encoding::Windows31J)
    }

    #[test]
    fn vendor_extensions_are_kept_where_the_label_means_them() {
        assert_eq!(fit("髙﨑德①●ｶﾞ〒㈱"), "髙﨑德①●ｶﾞ〒㈱");
        assert_eq!(super::fit("髙﨑德①●ｶﾞ〒㈱", Encoding::ShiftJis), "●●●●●ｶﾞ〒●");
        assert_eq!(super::fit("A\\B~C", Encoding::ShiftJis), "A＼B～C");
        assert_eq!(fit("A\\B~C"), "A\\B~C");
    }

    #[test]
    fn one_bullet_for_one_character() {
        assert_eq!(fit("𠮷野"), "●野");
        // 葛 and 辻 could be held, their variants not.
        assert_eq!(fit("葛\u{e0100}飾"), "●飾");
        assert_eq!(fit("辻\u{fe00}\u{e0101}"), "●");
        assert_eq!(fit("한국"), "●●");
        assert_eq!(fit("é\u{e000}"), "●●");
    }

    #[test]
    fn the_same_character_under_its_other_code_point_is_no_loss() {
        assert_eq!(fit("１−２〜３¥‾"), "１－２～３￥￣");
    }

    #[test]
    fn nothing_unfit_is_encoded() {
        assert_eq!(encode("𠮷"), None);
        let text = fit("𠮷田 髙橋");
        let bytes = encode(&text).expect("what is fit");
        assert_eq!(SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes).as_deref(), Some(&*text));
    }
}
