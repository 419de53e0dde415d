//! Staff at the kiosk's own screen: the code that opens it to them, and how often a wrong one may be typed.

use std::time::Duration;

use crate::domain::secret::Secret;

/// Digits of a staff code.
pub const LENGTH: u8 = 6;

/// The code of a member of staff, as ASCII digits.
pub type StaffCode = Secret<[u8; LENGTH as usize]>;

/// Wrong codes in a row after which this kiosk takes none for a while: whoever guesses has five draws out of a million.
pub const WRONG_AT_MOST: u32 = 5;

/// So long after the fifth wrong one it takes codes again; after the tenth twice as long, and so on.
pub const CLOSED_FOR: Duration = Duration::from_secs(600);

/// It is never closed for longer.
pub const CLOSED_AT_MOST: Duration = Duration::from_secs(24 * 60 * 60);

/// Wrong codes in a row at this kiosk, whoever typed them in whichever visit and before which restart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CodeTries {
    wrong: u32,
    /// The last one, by the steady clock.
    last: Duration,
}

impl CodeTries {
    /// What an earlier run of the program left: where it was closed, it is so again from the start on, for the whole time.
    pub fn left(wrong: u32) -> Self {
        Self { wrong, last: Duration::ZERO }
    }

    /// Whether a code is taken at `now` of the steady clock.
    pub fn open(&self, now: Duration) -> bool {
        let rounds = self.wrong / WRONG_AT_MOST;
        let within = rounds == 0 || !self.wrong.is_multiple_of(WRONG_AT_MOST);
        let longer = 2u32.saturating_pow(rounds.saturating_sub(1));
        within || now.saturating_sub(self.last) >= CLOSED_FOR.saturating_mul(longer).min(CLOSED_AT_MOST)
    }

    /// A wrong code was typed.
    pub fn wrong(&mut self, now: Duration) {
        *self = Self { wrong: self.wrong.saturating_add(1), last: now };
    }

    /// A right code was typed.
    pub fn right(&mut self) {
        *self = Self::default();
    }
}

/// Three keys in a line of the keypad, which has 789 or 123 on top; both ways.
const LINES: [&[u8; 3]; 8] = [b"123", b"456", b"789", b"147", b"258", b"369", b"159", b"357"];

/// Numbers that are counted up in steps, written in a row: 246810, 101112, 510152.
const COUNTED: u32 = 25;

/// Whether that code is among the first that somebody would guess: few different digits, a pattern, a count, lines of the
/// keypad, a date or the way round of any of them.
pub fn is_easy(digits: &[u8; LENGTH as usize]) -> bool {
    let mut back = *digits;
    back.reverse();
    let same_back = back == *digits;
    [*digits, back].iter().any(has_pattern) || same_back || is_date(digits)
}

fn has_pattern(code: &[u8; LENGTH as usize]) -> bool {
    let mut different = code.to_vec();
    different.sort_unstable();
    different.dedup();
    let again = |length: usize| code.iter().zip(code.iter().skip(length)).all(|(one, other)| one == other);
    let pairs = code.chunks_exact(2).all(|pair| matches!(pair, [one, other] if one == other));
    // Round from 9 to 0, as on a telephone.
    let step =
        |by: u8| code.windows(2).all(|pair| matches!(pair, [one, next] if (one + 10 + by - next).is_multiple_of(10)));
    let run = |part: &[u8]| part.windows(2).all(|pair| matches!(pair, [one, next] if *next == one + 1));
    let line = |part: &[u8]| {
        let on =
            |line: &&[u8; 3]| part == *line || part.iter().rev().eq(line.iter()) || part.iter().all(|d| *d == part[0]);
        LINES.iter().any(on)
    };
    let lines = code.chunks_exact(3).all(|part| line(part) || run(part));
    different.len() < 3 || again(2) || again(3) || pairs || (1..10).any(step) || lines || is_counted(code)
}

fn is_counted(code: &[u8]) -> bool {
    let number = |from: usize, to: usize| {
        let digits = code.get(from..to)?;
        Some(digits.iter().fold(0u32, |sum, digit| sum * 10 + u32::from(digit.wrapping_sub(b'0'))))
    };
    let row_of = |(first, second): (usize, usize)| {
        let (one, two) = (number(0, first)?, number(first, first + second)?);
        let by = two.checked_sub(one).filter(|by| (1..=COUNTED).contains(by))?;
        Some((0..u32::from(LENGTH)).map(|place| (one + by * place).to_string()).collect::<String>())
    };
    let lengths = [(1, 1), (1, 2), (2, 2)];
    lengths.into_iter().filter_map(row_of).any(|row| row.as_bytes().starts_with(code))
}

/// Year, month and day in any order, of a date that somebody could be born or married on.
fn is_date(code: &[u8; LENGTH as usize]) -> bool {
    let number = |at: usize| code.iter().skip(at).take(2).fold(0u32, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    let [one, two, three] = [number(0), number(2), number(4)];
    let day = |month: u32, day: u32| (1..=12).contains(&month) && (1..=31).contains(&day);
    let century = |year: u32| (19..=20).contains(&year);
    day(two, three) || day(two, one) || day(one, two) || (century(one) && (1..=12).contains(&three))
}

/// Where the typing of a code stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum CodeEntry {
    /// Digits are taken.
    #[default]
    Open,
    /// The last code was wrong; digits are taken.
    Wrong,
    /// The code is being compared.
    Checking,
    /// No code is taken for a while: too many wrong ones, or codes cannot be compared.
    Closed,
}

impl CodeEntry {
    /// Whether digits are taken.
    pub fn takes_digits(self) -> bool {
        matches!(self, CodeEntry::Open | CodeEntry::Wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(n: u8) -> Duration {
        Duration::from_secs(n.into())
    }

    #[test]
    fn five_wrong_codes_close_it_and_each_round_for_longer() {
        let mut tries = CodeTries::default();
        let mut now = Duration::ZERO;
        for round in 0..12u32 {
            for _ in 0..WRONG_AT_MOST {
                assert!(tries.open(now), "round {round}");
                tries.wrong(now);
            }
            let closed = CLOSED_FOR.saturating_mul(2u32.pow(round)).min(CLOSED_AT_MOST);
            let over = now + closed;
            assert!(!tries.open(now) && !tries.open(over - Duration::from_millis(1)), "round {round}");
            assert!(tries.open(over), "round {round}");
            assert!(!CodeTries::left(tries.wrong).open(closed - Duration::from_millis(1)), "a restart is no way round");
            now = over;
        }
        let (mut left, mut wrong) = (CodeTries::left(4), CodeTries::left(1_000_000));
        assert!(left.open(Duration::ZERO) && !wrong.open(second(255)) && wrong.open(CLOSED_AT_MOST));
        left.wrong(second(1));
        wrong.wrong(CLOSED_AT_MOST);
        assert!(!left.open(second(2)) && wrong.open(CLOSED_AT_MOST));
    }

    #[test]
    fn a_right_code_clears_the_count() {
        let mut tries = CodeTries::default();
        (0..4).for_each(|n| tries.wrong(second(n)));
        tries.right();
        (0..4).for_each(|n| tries.wrong(second(n)));
        assert!(tries.open(second(4)));
    }

    #[test]
    fn codes_that_are_guessed_first_are_easy_and_most_are_not() {
        for easy in [
            "000000", "999999", "123456", "654321", "987654", "890123", "121212", "343434", "123123", "459459",
            "112233", "998877", "123321", "135531", "246810", "135791", "369121", "101112", "102030", "510152",
            "018642", "147258", "258369", "789456", "456123", "741852", "159357", "357159", "111222", "111112",
            "100001", "199001", "202512", "560125", "250156", "012556", "311299", "840229", "024680", "147036",
        ] {
            let code: [u8; 6] = easy.as_bytes().try_into().expect("six digits");
            assert!(is_easy(&code), "{easy}");
        }
        for good in ["402817", "993310", "847316", "604937", "739564"] {
            let code: [u8; 6] = good.as_bytes().try_into().expect("six digits");
            assert!(!is_easy(&code), "{good}");
        }
        let digits = |n: u32| -> [u8; 6] { format!("{n:06}").into_bytes().try_into().expect("six digits") };
        let easy = (0..1_000_000).step_by(7).filter(|n| is_easy(&digits(*n))).count();
        #[allow(clippy::disallowed_macros, reason = "the count is what is asked for")]
        {
            println!("{easy} of every seventh code are easy");
        }
        assert!((8_000..22_000).contains(&easy), "{easy}");
    }
}
