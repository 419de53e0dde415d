use super::*;

const ENTER: char = '\n';
const TAB: char = '\t';

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// A field of the kiosk behind the pace, as the window works it: what is in it and what became of it.
struct Field {
    pace: Pace<char>,
    now: Instant,
    wanted: usize,
    typed: String,
    confirmed: Vec<String>,
    machines: u32,
}

impl Field {
    fn of(wanted: usize) -> Field {
        let (now, typed, confirmed) = (Instant::now(), String::new(), Vec::new());
        Field { pace: Pace::default(), now, wanted, typed, confirmed, machines: 0 }
    }

    fn machine(&mut self) {
        self.machines += 1;
        self.typed.clear();
    }

    /// Time passes; what waited and is due is answered on its way.
    fn passes(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some(due) = self.pace.due().filter(|due| *due <= until) {
            self.now = due;
            self.answers();
        }
        self.now = until;
    }

    fn answers(&mut self) {
        match self.pace.settled(self.now) {
            Some(digit) if digit.is_ascii_digit() && self.typed.len() < self.wanted => self.typed.push(digit),
            Some(digit) if digit.is_ascii_digit() && self.pace.overrun() => self.machine(),
            Some(ENTER) if self.typed.len() == self.wanted => self.confirmed.push(std::mem::take(&mut self.typed)),
            _ => {}
        }
    }

    fn hears(&mut self, key: char) {
        self.answers();
        if self.pace.press(self.now, Some(key), matches!(key, ENTER | TAB)) == Heard::Machine {
            self.machine();
        }
    }

    /// Keys with these times before each.
    fn takes(&mut self, keys: impl IntoIterator<Item = char>, mut gaps: impl FnMut() -> u64) {
        for key in keys {
            self.passes(ms(gaps()));
            self.hears(key);
        }
        self.passes(ms(1_000));
    }
}

/// The same numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn within(&mut self, least: u64, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        least + (self.0 >> 33) % (most - least + 1)
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.within(0, 9)).expect("a digit"))).collect()
    }
}

/// What codes on cards, boxes, wristbands and papers hold.
const CODES: [&str; 14] = [
    "4901234567894",
    "49012345",
    "12",
    "1234",
    "0007",
    "7777",
    "123456",
    "1234567890",
    "04912345678904",
    "A1234567",
    "*KARTE-0012*",
    "01149000000000001725123110ABC",
    "https://example.jp/q?id=20391",
    "JAN 4901 2345",
];

/// Fields of the kiosk: parts of code B, the PIN, a staff code.
const FIELDS: [usize; 3] = [4, 6, 14];

#[test]
fn nothing_of_a_machines_typing_is_entered_or_confirmed() {
    let mut tried = 0;
    for field in FIELDS {
        for code in CODES {
            for end in ["", "\n", "\t", "\n\n", "\t\n"] {
                for gap in [0, 1, 4, 10, 20, 34, 45, 59] {
                    for before in 0..=2 {
                        let keys = format!("{code}{end}");
                        // Two signs that come slower than both thirds of a second of a hand's are a hand's.
                        if keys.chars().count() < if gap < 35 { 3 } else { 4 } {
                            continue;
                        }
                        let mut it = Field::of(field);
                        it.takes("12".chars().take(before), || 400);
                        it.takes(keys.chars(), || gap);
                        let seen = (it.typed.as_str(), it.confirmed.len(), it.machines > 0);
                        assert_eq!(seen, ("", 0, true), "{keys:?} every {gap} ms after {before} of {field}");
                        tried += 1;
                    }
                }
            }
        }
    }
    println!("{tried} scans");
    assert!(tried >= 200, "{tried}");
}

/// Readers that are set to wait between signs, and wireless ones: what is longer than the field shows them.
#[test]
fn nothing_of_a_slow_machines_typing_is_entered_or_confirmed() {
    let (mut tried, mut numbers) = (0, Numbers(7));
    for field in [4, 6] {
        for longer in 1..=9 {
            for gap in [60, 75, 90, 110, 130] {
                for end in ["", "\n", "\t\n"] {
                    let keys = numbers.digits(field + longer) + end;
                    let mut it = Field::of(field);
                    it.takes(keys.chars(), || gap + numbers.within(0, 15));
                    let seen = (it.typed.as_str(), it.confirmed.len(), it.machines > 0);
                    assert_eq!(seen, ("", 0, true), "{keys:?} every {gap} ms, {field}");
                    tried += 1;
                }
            }
        }
    }
    println!("{tried} slow scans");
    assert!(tried >= 200, "{tried}");
}

/// Whatever the machine's own clock makes of it.
#[test]
fn nothing_of_an_uneven_machines_typing_is_entered_or_confirmed() {
    let mut numbers = Numbers(3);
    for round in 0..1_000 {
        let code = numbers.digits(8) + "\n";
        let mut it = Field::of(4);
        it.takes(code.chars(), || numbers.within(0, 34));
        assert_eq!((it.typed.as_str(), it.confirmed.len(), it.machines), ("", 0, 1), "{round}: {code:?}");
    }
}

#[test]
fn everything_a_hand_types_is_entered() {
    let (mut tried, mut numbers) = (0, Numbers(1));
    for field in FIELDS {
        for (least, most) in [(80, 80), (80, 100), (80, 400), (150, 250), (300, 900), (500, 2_000), (2_000, 2_000)] {
            for round in 0..20 {
                let code = match round {
                    0 => "7".repeat(field),
                    _ => numbers.digits(field),
                };
                let mut it = Field::of(field);
                it.takes(format!("{code}{ENTER}").chars(), || numbers.within(least, most));
                assert_eq!((&it.confirmed, it.machines), (&vec![code], 0), "every {least} to {most} ms");
                tried += 1;
            }
        }
    }
    println!("{tried} people");
    assert!(tried >= 200, "{tried}");
}

#[test]
fn after_a_machine_a_hand_is_heard_again() {
    let mut it = Field::of(4);
    it.takes("4901234567894\n".chars(), || 4);
    it.takes("1234\n".chars(), || 80);
    assert_eq!((it.confirmed, it.machines), (vec!["1234".to_owned()], 1));
}

#[test]
fn a_worn_key_counts_once_and_two_keys_under_a_finger_not_at_all() {
    let mut it = Field::of(4);
    let mut gaps = [300, 8, 300, 300, 12, 300].into_iter().cycle();
    it.takes("112343".chars(), || gaps.next().expect("a time"));
    assert_eq!((it.typed.as_str(), it.machines), ("123", 0), "a bounce of 1, then 2, then 3 and 4 at once, then 3");
    let mut gaps = [300, 10].into_iter();
    it.takes("5\n".chars(), || gaps.next().expect("a time"));
    assert_eq!((it.typed.as_str(), it.confirmed.len()), ("123", 0), "a digit and Enter under one finger");
}

#[test]
fn an_enter_that_comes_with_a_digit_confirms_nothing() {
    for gap in 0..60 {
        let mut it = Field::of(4);
        it.takes("123".chars(), || 300);
        let mut gaps = [300, gap].into_iter();
        it.takes("4\n".chars(), || gaps.next().expect("a time"));
        assert!(it.confirmed.is_empty(), "{gap} ms");
    }
}

#[test]
fn touches_of_a_wet_or_worn_panel_are_none() {
    let (mut touches, mut now) = (Touches::default(), Instant::now());
    let place = |x| Point::new(x, 100.0);
    let waits = |heard: Heard| matches!(heard, Heard::Waits(_));
    assert!(waits(touches.press(now, place(100.0), 20.0)));
    now += ms(60);
    touches.lift(now, place(100.0));
    now += ms(10);
    assert_eq!(touches.press(now, place(104.0), 20.0), Heard::Nothing, "the panel bounced");
    now += ms(90);
    assert!(waits(touches.press(now, place(100.0), 20.0)), "the same key again");
    touches.lift(now + ms(40), place(100.0));
    now += ms(80);
    assert!(waits(touches.press(now, place(300.0), 20.0)), "as fast as a hand is");
    now += ms(10);
    assert_eq!(touches.press(now, place(500.0), 20.0), Heard::Nothing);
    now += ms(10);
    assert_eq!(touches.press(now, place(700.0), 20.0), Heard::Machine);
}
