//! What people write, read as it is meant: dates of the Western or a Japanese calendar, numbers, words and kana, in any
//! width, with any of the usual marks.

use jiff::civil::{Date, date};

use super::code_b::Calendar;

/// The oldest birth date that is believed.
const OLDEST: Date = date(1868, 1, 25);

/// Why a text is no birth date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateProblem {
    /// It cannot be read at all.
    #[error("that is no date: write 1956-01-25, or with the era S31-01-25 or 昭和31年1月25日")]
    Form,
    /// The year has fewer than four digits and no era.
    #[error("which year is {0}? Write four digits, or the era: S{0:02}-01-25 for 昭和{0}年")]
    ShortYear(i16),
    /// There is no such day.
    #[error("there is no such day in the calendar")]
    NoSuchDay,
    /// The day does not lie in that era.
    #[error("that day does not lie in that era: look at the year again")]
    OutsideEra,
    /// Nobody who lives was born then.
    #[error("that is longer ago than anybody lives: look at the year again")]
    TooOld,
    /// It has not come yet.
    #[error("that day has not come yet: look at the year again")]
    Future,
}

/// The sign of ASCII that a full-width one, a dash or a mark of another make stands for.
fn plain(sign: char) -> char {
    match sign {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign).to_ascii_uppercase(),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | 'ー' | 'ｰ' | '・' | '･' | '、' | '。' => '-',
        sign => sign.to_ascii_uppercase(),
    }
}

/// What stands before the year for each era: its name, the name's first sign, its letter, its own sign.
const ERAS: [(Calendar, [&str; 4]); 5] = [
    (Calendar::Meiji, ["明治", "明", "M", "㍾"]),
    (Calendar::Taisho, ["大正", "大", "T", "㍽"]),
    (Calendar::Showa, ["昭和", "昭", "S", "㍼"]),
    (Calendar::Heisei, ["平成", "平", "H", "㍻"]),
    (Calendar::Reiwa, ["令和", "令", "R", "㋿"]),
];

/// The date of birth that `text` says, as it can be on that day.
///
/// # Errors
/// Why it says none.
pub fn birth_date(text: &str, today: Date) -> Result<Date, DateProblem> {
    let signs: String = text.chars().filter(|sign| !sign.is_whitespace()).map(plain).collect();
    let signs = signs.strip_prefix("西暦").unwrap_or(&signs);
    let era = ERAS
        .into_iter()
        .find_map(|(era, names)| names.into_iter().find_map(|name| signs.strip_prefix(name)).map(|rest| (era, rest)));
    let found = match era {
        Some((era, rest)) => in_era(era, rest)?,
        None => western(signs)?,
    };
    match found {
        found if found > today => Err(DateProblem::Future),
        found if found < OLDEST => Err(DateProblem::TooOld),
        found => Ok(found),
    }
}

fn western(text: &str) -> Result<Date, DateProblem> {
    let ([year, month, day], digits) = parts(text, 4)?;
    if digits < 4 || year < 100 {
        return Err(DateProblem::ShortYear(year));
    }
    the_day(year, month, day)
}

fn in_era(era: Calendar, text: &str) -> Result<Date, DateProblem> {
    let ([year, month, day], _) = parts(text, 2)?;
    let (first, last) = era.days().ok_or(DateProblem::Form)?;
    if year < 1 {
        return Err(DateProblem::OutsideEra);
    }
    let found = the_day(first.year().saturating_add(year - 1), month, day)?;
    if (first..=last).contains(&found) { Ok(found) } else { Err(DateProblem::OutsideEra) }
}

fn the_day(year: i16, month: i16, day: i16) -> Result<Date, DateProblem> {
    let small = |part: i16| i8::try_from(part).map_err(|_| DateProblem::NoSuchDay);
    Date::new(year, small(month)?, small(day)?).map_err(|_| DateProblem::NoSuchDay)
}

/// Year, month and day, and how many digits the year has: between marks, or in one row with `year` digits of the year.
fn parts(text: &str, year: usize) -> Result<([i16; 3], usize), DateProblem> {
    let text = text.replace("元年", "1年");
    let row = text.len() == year + 4 && text.bytes().all(|b| b.is_ascii_digit());
    let pieces: Vec<&str> = match row {
        true => [text.get(..year), text.get(year..year + 2), text.get(year + 2..)].into_iter().flatten().collect(),
        false => marked(&text).ok_or(DateProblem::Form)?.to_vec(),
    };
    let number = |piece: &&str| {
        let digits = (1..=4).contains(&piece.len()) && piece.bytes().all(|b| b.is_ascii_digit());
        piece.parse::<i16>().ok().filter(|_| digits).ok_or(DateProblem::Form)
    };
    let numbers: Vec<i16> = pieces.iter().map(number).collect::<Result<_, _>>()?;
    let numbers = <[i16; 3]>::try_from(numbers).map_err(|_| DateProblem::Form)?;
    Ok((numbers, pieces.first().map_or(0, |year| year.len())))
}

/// The pieces between 年, 月 and 日, or between three times the same kind of mark.
fn marked(text: &str) -> Option<[&str; 3]> {
    if let Some((year, rest)) = text.split_once('年') {
        let (month, day) = rest.split_once('月')?;
        return Some([year, month, day.strip_suffix('日').unwrap_or(day)]);
    }
    ['-', '/', '.', ','].into_iter().find_map(|mark| {
        let pieces: Vec<&str> = text.split(mark).collect();
        <[&str; 3]>::try_from(pieces).ok()
    })
}

/// Full-width kana and marks in the order of U+FF61 to U+FF9F.
pub const FULL_WIDTH: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

/// The same text with kana in full width; hiragana, ideographs and all other signs stay as they are.
pub fn wide_kana(text: &str) -> String {
    let mut out: Vec<char> = Vec::new();
    for sign in text.chars() {
        let at = u32::from(sign).checked_sub(0xFF61).and_then(|at| usize::try_from(at).ok());
        let full = at.and_then(|at| FULL_WIDTH.chars().nth(at)).unwrap_or(sign);
        match (full, out.last().copied()) {
            ('゛' | '\u{3099}', Some(base)) if voiced(base, 1).is_some() => {
                out.pop();
                out.extend(voiced(base, 1));
            }
            ('゜' | '\u{309A}', Some(base)) if voiced(base, 2).is_some() => {
                out.pop();
                out.extend(voiced(base, 2));
            }
            (full, _) => out.push(full),
        }
    }
    out.into_iter().collect()
}

/// The character with its mark: one further for a voiced one, two for a semi-voiced one.
fn voiced(base: char, by: u32) -> Option<char> {
    let takes = match by {
        1 => "カキクケコサシスセソタチツテトハヒフヘホかきくけこさしすせそたちつてとはひふへほ",
        _ => "ハヒフヘホはひふへほ",
    };
    match (base, by) {
        ('ウ', 1) => Some('ヴ'),
        (base, by) if takes.contains(base) => char::from_u32(u32::from(base) + by),
        _ => None,
    }
}

/// A name in kana as the contract has it: full-width katakana, one wide space between its parts.
pub fn kana_name(text: &str) -> Option<String> {
    let katakana = |sign: char| match sign {
        'ぁ'..='ゖ' => char::from_u32(u32::from(sign) + 0x60).unwrap_or(sign),
        '-' | '－' | '‐' | '―' | '−' => 'ー',
        '･' => '・',
        sign => sign,
    };
    let name: String = spaced(&wide_kana(text)).chars().map(katakana).collect();
    let wide = name.replace(' ', "\u{3000}");
    let fits = |sign: char| matches!(sign, 'ァ'..='ヺ' | 'ー' | '・' | '\u{3000}');
    (!wide.is_empty() && wide.chars().all(fits)).then_some(wide)
}

/// A name or address: nothing before or behind it, one space between its parts, wide where it is not all Latin.
pub fn spaced(text: &str) -> String {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let between = if text.chars().all(|sign| sign.is_ascii() || sign.is_whitespace()) { " " } else { "\u{3000}" };
    parts.join(between)
}

/// A number or sign as printed, in narrow signs without spaces.
pub fn narrow(text: &str) -> String {
    let narrow = |sign: char| match sign {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign),
        sign => sign,
    };
    wide_kana(text).chars().filter(|sign| !sign.is_whitespace()).map(narrow).collect()
}

/// A sign or number of an insured person: digits alone in narrow ones, everything else as it is printed, whose width the
/// insurer's records have too.
pub fn as_printed(text: &str) -> String {
    let digits = narrow(text);
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits } else { text.trim().to_owned() }
}

/// A number of that many digits; a shorter one of these lengths gets zeros in front.
pub fn digits(text: &str, length: usize, shorter: &[usize]) -> Option<String> {
    let digits: String = narrow(text).chars().filter(|sign| !"-‐‑–—−ー".contains(*sign)).collect();
    let fits = digits.len() == length || shorter.contains(&digits.len());
    (fits && digits.bytes().all(|b| b.is_ascii_digit())).then(|| format!("{digits:0>length$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = date(2026, 12, 1);

    /// The same text in full-width signs.
    fn wide(text: &str) -> String {
        let wide = |c: char| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c };
        text.chars().map(wide).collect()
    }

    #[test]
    fn every_usual_way_to_write_a_day_is_read() {
        let days = [
            (date(1956, 1, 25), Some(("S", "昭和", "昭", "㍼", 31))),
            (date(1989, 1, 7), Some(("S", "昭和", "昭", "㍼", 64))),
            (date(1989, 1, 8), Some(("H", "平成", "平", "㍻", 1))),
            (date(2019, 5, 1), Some(("R", "令和", "令", "㋿", 1))),
            (date(2024, 2, 29), Some(("R", "令和", "令", "㋿", 6))),
            (date(1926, 12, 25), Some(("T", "大正", "大", "㍽", 15))),
            (date(1912, 7, 30), Some(("M", "明治", "明", "㍾", 45))),
            (date(2026, 12, 1), None),
        ];
        let mut read = 0;
        for (wanted, era) in days {
            let (y, m, d) = (wanted.year(), wanted.month(), wanted.day());
            let mut texts = vec![
                format!("{y}-{m:02}-{d:02}"),
                format!("{y}/{m}/{d}"),
                format!("{y}.{m}.{d}"),
                format!("{y}{m:02}{d:02}"),
                format!("{y}年{m}月{d}日"),
                format!("西暦{y}年{m:02}月{d:02}日"),
                format!("{y}－{m:02}－{d:02}"),
                format!("{y}−{m}−{d}"),
            ];
            if let Some((letter, name, short, sign, year)) = era {
                texts.extend([letter, &letter.to_lowercase(), name, short, sign].into_iter().flat_map(|era| {
                    [
                        format!("{era}{year}-{m:02}-{d:02}"),
                        format!("{era}{year}.{m}.{d}"),
                        format!("{era}{year:02}/{m:02}/{d:02}"),
                        format!("{era}{year:02}{m:02}{d:02}"),
                        format!("{era}{year}年{m}月{d}日"),
                        format!("{era} {year}年 {m}月 {d}日"),
                    ]
                }));
                if year == 1 {
                    texts.push(format!("{name}元年{m}月{d}日"));
                }
            }
            for text in texts {
                for text in [wide(&text), format!(" {text}　"), text] {
                    assert_eq!(birth_date(&text, TODAY), Ok(wanted), "{text}");
                    read += 1;
                }
            }
        }
        #[allow(clippy::disallowed_macros, reason = "the count is what is asked for")]
        {
            println!("{read} ways to write a day");
        }
        assert!(read >= 200, "{read}");
    }

    #[test]
    fn what_is_no_birth_date_is_refused_with_its_sense() {
        use DateProblem::{Form, Future, NoSuchDay, OutsideEra, ShortYear, TooOld};
        for (text, problem) in [
            ("0056-01-25", ShortYear(56)),
            ("56-01-25", ShortYear(56)),
            ("56/1/25", ShortYear(56)),
            ("1800-01-01", TooOld),
            ("0999-01-01", TooOld),
            ("2026-12-02", Future),
            ("R8-12-02", Future),
            ("9999-12-31", Future),
            ("1956-02-30", NoSuchDay),
            ("1956-13-01", NoSuchDay),
            ("1956-00-10", NoSuchDay),
            ("S31-02-30", NoSuchDay),
            ("S64-01-08", OutsideEra),
            ("S65-01-01", OutsideEra),
            ("H31-05-01", OutsideEra),
            ("R1-04-30", OutsideEra),
            ("R0-05-01", OutsideEra),
            ("T15-12-26", OutsideEra),
            ("", Form),
            ("昭和", Form),
            ("昭和31年", Form),
            ("1956-01", Form),
            ("1956-01-25-1", Form),
            ("1956/01-25", Form),
            ("01-25-1956", Form),
            ("X31-01-25", Form),
            ("1956-1a-25", Form),
            ("+1956-01-25", Form),
            ("-956-01-25", Form),
            ("19560125T00", Form),
            ("560125", Form),
            ("昭和三十一年一月二十五日", Form),
        ] {
            let found = birth_date(text, TODAY);
            // A month that is no month is no day; day and year the other way round are neither.
            let found = if text == "01-25-1956" { found.map_err(|_| Form) } else { found };
            assert_eq!(found, Err(problem), "{text}");
        }
    }

    #[test]
    fn kana_of_any_width_is_one_name() {
        for text in ["ミホン　ハナコ", "ﾐﾎﾝ ﾊﾅｺ", "みほん はなこ", " ﾐﾎﾝ　　はなこ ", "ミホン\tハナコ"]
        {
            assert_eq!(kana_name(text).as_deref(), Some("ミホン　ハナコ"), "{text}");
        }
        for (text, name) in [
            ("ｶﾞｷﾞｸﾞｹﾞｺﾞ ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ", "ガギグゲゴ　パピプペポ"),
            ("ｳﾞｧﾚﾝﾃｨｰﾅ･ﾛﾍﾟｽ", "ヴァレンティーナ・ロペス"),
            ("カ\u{3099}ットウ", "ガットウ"),
            ("ｼﾞｮ-ﾝ", "ジョーン"),
            ("リー", "リー"),
        ] {
            assert_eq!(kana_name(text).as_deref(), Some(name));
        }
        for text in ["", "　", "見本 花子", "HANAKO", "ハナコ3", "ﾊﾅｺ！"] {
            assert_eq!(kana_name(text), None, "{text}");
        }
        // Every half-width sign has its place, and every full-width one stays.
        assert_eq!(FULL_WIDTH.chars().count(), 0xFF9F - 0xFF61 + 1);
        assert_eq!(wide_kana("見本ﾊﾅｺ神社ABCｶ"), "見本ハナコ神社ABCカ");
    }

    #[test]
    fn numbers_of_any_width_are_one_number() {
        for text in ["06139992", "０６１３９９９２", " 0613 9992 ", "0613-9992", "０６１３−９９９２"]
        {
            assert_eq!(digits(text, 8, &[6]).as_deref(), Some("06139992"), "{text}");
        }
        assert_eq!(digits("138057", 8, &[6]).as_deref(), Some("00138057"));
        assert_eq!(digits("１", 2, &[1]).as_deref(), Some("01"));
        for text in ["", "1234567", "123456789", "0613999a", "〇六一三九九九二"] {
            assert_eq!(digits(text, 8, &[6]), None, "{text}");
        }
        assert_eq!(narrow("　１２・あ－３ "), "12・あ-3");
        for (text, printed) in
            [("０００９００１ ", "0009001"), (" １２－３４　", "１２－３４"), ("見本", "見本"), ("　", "")]
        {
            assert_eq!(as_printed(text), printed);
        }
        assert_eq!(spaced("  見本   花子 "), "見本　花子");
        assert_eq!(spaced(" SAMPLE  MARIA "), "SAMPLE MARIA");
    }
}
