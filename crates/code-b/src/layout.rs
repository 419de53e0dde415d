//! Which line is which, by where the lines stand to each other. What is known of the print and what is a guess: docs/code-b.md.
//!
//! The birth line stands right above the expiry line, both begin at the same left edge. Under the portrait, left of and below
//! the dates, stands the maker's number of sixteen signs; the security code stands below it or right of it.

use super::quad::{Point, Quad};
use super::read::Text;

/// A line as our own reader has it.
pub struct Line {
    pub quad: Quad,
    pub text: Text,
}

/// Lines of the code and of the number it stands beside, in the list of lines.
pub struct CodeLine {
    /// Index of the line.
    pub line: usize,
    /// The part of it that is the code: from here to the right, 0 where the code has a box of its own.
    pub from: f32,
    /// The maker's number, where the code stands right of it: then a whole number must be read there.
    pub beside: Option<usize>,
}

/// Lines of the two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateLines {
    pub birth: usize,
    pub expiry: usize,
}

/// Signs of the maker's number.
const NUMBER: &str = "0123456789ABCDEF";
/// Its length, and that of the code.
const NUMBER_LENGTH: usize = 16;
const CODE_LENGTH: usize = 4;

/// Pieces of date lines that stand side by side, each time as one box: a space printed before a one-figure month tears a line.
pub fn joined(lines: &[Line]) -> Vec<Quad> {
    let part = |line: &&Line| line.text.count("0123456789元年月日") > 0;
    let mut pieces: Vec<_> = lines.iter().filter(part).collect();
    pieces.sort_by(|a, b| a.quad.0[0].x.total_cmp(&b.quad.0[0].x));
    let mut joined = Vec::new();
    for (n, first) in pieces.iter().enumerate().filter(|(_, line)| line.text.count("0123456789元年") > 0) {
        let mut whole = first.quad;
        for next in pieces.iter().skip(n + 1).filter(|line| line.text.count("年月日") > 0) {
            if goes_on(&whole, &next.quad) {
                whole.0 = [whole.0[0], next.quad.0[1], next.quad.0[2], whole.0[3]];
                joined.push(whole);
            }
        }
    }
    joined
}

/// Whether the second box goes on where the first ends.
fn goes_on(left: &Quad, right: &Quad) -> bool {
    let Some((along, down)) = left.axes() else { return false };
    let (a, b) = (left.height(), right.height());
    let height = (a + b) / 2.0;
    let way = right.0[0] - left.0[1];
    let level = ((right.0[0] + right.0[3]) * 0.5 - (left.0[1] + left.0[2]) * 0.5).dot(down);
    (-0.6 * height..1.6 * height).contains(&way.dot(along))
        && level.abs() < 0.5 * height
        && (0.65 * b..1.55 * b).contains(&a)
}

/// The pair of lines that look most like birth above expiry.
pub fn dates(lines: &[Line]) -> Option<DateLines> {
    let looks = |line: &Line| {
        let units = "年月日".chars().filter(|unit| line.text.signs.contains(unit)).count();
        units >= 2 && line.text.count("0123456789") >= 3
    };
    let candidates: Vec<_> = lines.iter().enumerate().filter(|(_, line)| looks(line)).collect();
    let mut best: Option<(i32, DateLines)> = None;
    for (birth, above) in &candidates {
        for (expiry, below) in &candidates {
            if birth == expiry || !stands_below(&above.quad, &below.quad) {
                continue;
            }
            let score = likeness(&above.text, &below.text);
            if score >= 2 && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, DateLines { birth: *birth, expiry: *expiry }));
            }
        }
    }
    best.map(|(_, dates)| dates)
}

/// Whether the second line stands right below the first: same left edge, about the same height.
fn stands_below(above: &Quad, below: &Quad) -> bool {
    let Some((along, down)) = above.axes() else { return false };
    let (upper, lower) = (above.height(), below.height());
    let height = (upper + lower) / 2.0;
    let way = below.0[0] - above.0[0];
    (0.6 * height..3.0 * height).contains(&way.dot(down))
        && way.dot(along).abs() < 1.6 * height
        && (0.65 * lower..1.55 * lower).contains(&upper)
}

/// How much the words beside the figures speak for birth above and expiry below.
fn likeness(birth: &Text, expiry: &Text) -> i32 {
    let until = |text: &Text| text.count("まで有効") > 0;
    let begins_with_a_year =
        matches!(expiry.signs[..], ['2', '0', a, b, '年', ..] if a.is_ascii_digit() && b.is_ascii_digit());
    i32::from(birth.signs.contains(&'生')) + i32::from(until(expiry)) + i32::from(begins_with_a_year)
        - 2 * i32::from(until(birth))
        - 2 * i32::from(expiry.signs.contains(&'生'))
}

/// The line of the security code. `None` when none or more than one could be it.
pub fn code(lines: &[Line], expiry: &Quad) -> Option<CodeLine> {
    let (along, down) = expiry.axes()?;
    let height = expiry.height();
    let origin = expiry.0[0];
    let low = |line: &&(usize, &Line)| {
        (line.1.quad.centre() - origin).dot(down) > 2.0 * height
            && (line.1.quad.0[0] - origin).dot(along) < 1.5 * height
    };
    let all: Vec<_> = lines.iter().enumerate().collect();
    let low: Vec<_> = all.iter().filter(low).copied().collect();
    let axes = Axes { along, down };
    let is_number = |line: &Line| {
        let (width, tall) = line.quad.size();
        width > 4.0 * tall && (line.quad.0[0] - origin).dot(along) < -4.0 * height
    };
    let numbers: Vec<_> = low.iter().filter(|(_, line)| is_number(line)).copied().collect();
    let mut found = low.iter().filter_map(|(at, line)| {
        if is_both(&line.text) {
            let place = |n: usize| line.text.places.get(n).copied().unwrap_or_default();
            let from = (place(NUMBER_LENGTH - 1) + place(NUMBER_LENGTH)) / 2.0;
            return Some(CodeLine { line: *at, from, beside: None });
        }
        let beside = numbers.iter().filter(|_| looks_like_code(line)).find_map(|(number_at, number)| {
            match axes.place(&line.quad, &number.quad)? {
                Place::Below => Some(None),
                Place::Right => Some(Some(*number_at)),
            }
        })?;
        Some(CodeLine { line: *at, from: 0.0, beside })
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn looks_like_code(line: &Line) -> bool {
    let (width, height) = line.quad.size();
    let length = line.text.signs.len();
    (2..=CODE_LENGTH + 2).contains(&length)
        && line.text.count(NUMBER) >= (length - 2).max(2)
        && (1.3 * height..6.0 * height).contains(&width)
}

/// Number and code in one box.
fn is_both(text: &Text) -> bool {
    text.signs.len() == NUMBER_LENGTH + CODE_LENGTH
        && text.count(NUMBER) >= NUMBER_LENGTH + 2
        && text.signs.iter().skip(NUMBER_LENGTH).all(char::is_ascii_digit)
}

/// Whether a line is the whole maker's number, give or take one sign: a finger or glare tears it, and a piece of it looks like a code.
pub fn is_whole_number(text: &Text) -> bool {
    let signs = text.signs.iter().filter(|sign| NUMBER.contains(sign.to_ascii_uppercase())).count();
    (NUMBER_LENGTH - 1..=NUMBER_LENGTH + 1).contains(&signs)
}

enum Place {
    Below,
    Right,
}

struct Axes {
    along: Point,
    down: Point,
}

impl Axes {
    /// Where `code` stands to `number`, if it can be its code.
    fn place(&self, code: &Quad, number: &Quad) -> Option<Place> {
        let height = number.height();
        let way = (code.centre() - number.centre()).dot(self.down);
        let from_left = (code.0[0] - number.0[0]).dot(self.along);
        let from_right = (code.0[0] - number.0[1]).dot(self.along);
        let past_right = (number.0[1] - code.0[1]).dot(self.along);
        let right = way.abs() < 0.7 * height && (0.0..6.0 * height).contains(&from_right);
        let below = way > 0.5 * height && way < 3.2 * height && from_left > -1.5 * height && past_right > -7.0 * height;
        match (right, below) {
            (true, _) => Some(Place::Right),
            (false, true) => Some(Place::Below),
            (false, false) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(left: f32, top: f32, width: f32, height: f32, text: &str) -> Line {
        let (right, bottom) = (left + width, top + height);
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        let signs: Vec<char> = text.chars().collect();
        let places = (0..signs.len()).map(|n| n as f32 / signs.len() as f32).collect();
        let text = Text { sure: vec![0.9; signs.len()], places, signs };
        Line { quad: Quad(corners.map(|(x, y)| Point::new(x, y))), text }
    }

    fn card() -> Vec<Line> {
        vec![
            line(100.0, 40.0, 200.0, 30.0, "*"),
            line(240.0, 200.0, 140.0, 16.0, "昭和45年6月7日生"),
            line(240.0, 225.0, 180.0, 16.0, "2031年6月7日まで有効"),
            line(80.0, 330.0, 110.0, 9.0, "0123456789ABCDEF"),
            line(85.0, 345.0, 30.0, 11.0, "4711"),
            line(240.0, 330.0, 120.0, 14.0, "2027年5月6日"),
        ]
    }

    #[test]
    fn dates_and_code_are_found_by_their_places() {
        let lines = card();
        let found = dates(&lines).expect("dates");
        assert_eq!(found, DateLines { birth: 1, expiry: 2 });
        let code = code(&lines, &lines[found.expiry].quad).expect("a code");
        assert_eq!((code.line, code.from, code.beside), (4, 0.0, None));
    }

    #[test]
    fn a_torn_line_is_put_together() {
        let pieces = [
            line(240.0, 225.0, 100.0, 16.0, "2031年6月"),
            line(352.0, 226.0, 70.0, 15.0, "7日まで有効"),
            line(600.0, 226.0, 70.0, 15.0, "1月2日"),
            line(352.0, 250.0, 70.0, 15.0, "3月4日"),
        ];
        let [whole] = joined(&pieces)[..] else { panic!("one line") };
        assert_eq!(whole.bounds(), (240.0, 225.0, 422.0, 241.0));
    }

    #[test]
    fn a_code_right_of_the_number_asks_for_the_whole_number() {
        let mut lines = card();
        lines[4] = line(210.0, 329.0, 30.0, 11.0, "4711");
        let code = code(&lines, &lines[2].quad).expect("a code");
        assert_eq!((code.line, code.beside), (4, Some(3)));
        assert!(is_whole_number(&lines[3].text) && !is_whole_number(&lines[4].text));
    }

    #[test]
    fn number_and_code_in_one_box_are_cut() {
        let mut lines = card();
        lines[3] = line(80.0, 330.0, 160.0, 9.0, "0123456789ABCDEF4711");
        lines.remove(4);
        let code = code(&lines, &lines[2].quad).expect("a code");
        assert!(code.line == 3 && (0.77..0.8).contains(&code.from), "{}", code.from);
    }

    #[test]
    fn two_codes_are_none_and_a_code_without_a_number_is_none() {
        let mut lines = card();
        lines.push(line(130.0, 345.0, 30.0, 11.0, "0815"));
        assert!(code(&lines, &lines[2].quad).is_none());
        let mut lines = card();
        lines.remove(3);
        assert!(code(&lines, &lines[2].quad).is_none());
    }

    #[test]
    fn a_card_upside_down_or_a_page_has_no_dates() {
        let mut lines = card();
        lines.swap(1, 2);
        assert!(dates(&lines).is_some(), "only the order of the list changed");
        (lines[1].quad, lines[2].quad) = (lines[2].quad, lines[1].quad);
        assert!(dates(&lines).is_none(), "the expiry above the birth");
        assert!(dates(&[]).is_none());
    }
}
