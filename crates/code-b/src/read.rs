//! The two readers of a line: our own small one, which looks at every line, and a larger one from elsewhere, which looks at the
//! three that count. They were made by different people from different pictures, so that they seldom err alike.

use uketsuke_core::ports::Frame;
use uketsuke_nets::{Network, RunResult, Runner};
use zeroize::{Zeroize, Zeroizing};

use super::picture::{Plane, cut_colour, cut_cubic, percentile, softened_for};
use super::quad::Quad;

/// What our own reader tells apart; class 0 is none, `*` is any other sign.
pub const ALPHABET: &str = "0123456789ABCDEF年月日生大正昭和平成令元まで有効*";
/// Rows of a strip for our own reader, and widths that it is made ready for.
pub const STRIP_ROWS: usize = 24;
pub const STRIP_COLUMNS: [usize; 5] = [64, 128, 192, 256, 320];
/// Columns of a strip per place of the answer.
const STRIP_STEP: usize = 2;
/// Rows of a strip for the second reader, and widths that it is made ready for.
pub const SECOND_ROWS: usize = 48;
pub const SECOND_COLUMNS: [usize; 4] = [160, 320, 480, 720];
const SECOND_STEP: usize = 8;

/// A line as one reader has it; wiped when dropped.
#[derive(Default)]
pub struct Text {
    /// The signs.
    pub signs: Vec<char>,
    /// How sure it is of each, 0 to 1.
    pub sure: Vec<f32>,
    /// Where each stands, in parts of the width.
    pub places: Vec<f32>,
}

impl Drop for Text {
    fn drop(&mut self) {
        self.signs.zeroize();
        self.sure.zeroize();
    }
}

impl Text {
    fn push(&mut self, sign: char, sure: f32, place: f32) {
        self.signs.push(sign);
        self.sure.push(sure);
        self.places.push(place);
    }

    /// How many of the signs are among `these`.
    pub fn count(&self, these: &str) -> usize {
        self.signs.iter().filter(|sign| these.contains(**sign)).count()
    }

    /// Without spaces, and full-width figures as plain ones.
    pub fn plain(mut self) -> Self {
        for sign in &mut self.signs {
            *sign = figure(*sign);
        }
        let mut kept = Self::default();
        for ((sign, sure), place) in self.signs.iter().zip(&self.sure).zip(&self.places) {
            if !matches!(*sign, ' ' | '\u{3000}') {
                kept.push(*sign, *sure, *place);
            }
        }
        kept
    }
}

/// A full-width figure as a plain one.
pub fn figure(sign: char) -> char {
    match sign {
        '０'..='９' => char::from_u32(sign as u32 - '０' as u32 + '0' as u32).unwrap_or(sign),
        sign => sign,
    }
}

/// Runs a line reader made ready for several widths.
struct Widths {
    runners: Vec<Runner>,
}

impl Widths {
    fn new(networks: &[Network]) -> RunResult<Self> {
        Ok(Self { runners: networks.iter().map(Network::runner).collect::<RunResult<_>>()? })
    }

    /// The narrowest that takes `columns`, else the widest.
    fn for_columns(&mut self, columns: usize) -> Option<&mut Runner> {
        let fits = self.runners.iter().position(|runner| runner.size().1 >= columns);
        let last = self.runners.len().checked_sub(1)?;
        self.runners.get_mut(fits.unwrap_or(last))
    }

    fn widest(&self) -> usize {
        self.runners.iter().map(|runner| runner.size().1).max().unwrap_or_default()
    }

    fn wipe(&mut self) {
        self.runners.iter_mut().for_each(Runner::wipe);
    }
}

/// Our own reader.
pub struct OwnReader {
    widths: Widths,
    alphabet: Vec<char>,
}

impl OwnReader {
    /// `networks` are the reader made ready for each of [`STRIP_COLUMNS`].
    pub fn new(networks: &[Network]) -> RunResult<Self> {
        Ok(Self { widths: Widths::new(networks)?, alphabet: ALPHABET.chars().collect() })
    }

    /// Reads the line in the box.
    pub fn read(&mut self, grey: &Plane, quad: &Quad) -> RunResult<Text> {
        let mut strip = cut_strip(grey, quad, self.widths.widest());
        even_out(&mut strip);
        let columns = strip.width;
        let Some(runner) = self.widths.for_columns(columns) else { return Ok(Text::default()) };
        let (_, wide) = runner.size();
        let outputs = runner.run(|input| {
            for (to, from) in input.chunks_mut(wide).zip(strip.pixels.chunks(columns.max(1))) {
                let last = from.last().copied().unwrap_or_default();
                // Beyond the line its edge goes on, as in training.
                to.iter_mut().zip(from.iter().copied().chain(std::iter::repeat(last))).for_each(|(t, f)| *t = f);
            }
        })?;
        let chances = Zeroizing::new(outputs.first().cloned().unwrap_or_default());
        runner.wipe();
        let places = wide / STRIP_STEP;
        let used = (columns / STRIP_STEP).min(places);
        let mut text = Text::default();
        let mut last = 0;
        for place in 0..used {
            // Classes lie apart: one row of places each.
            let chance = |class: usize| chances.get(class * places + place).copied().unwrap_or_default();
            let best = (0..=self.alphabet.len())
                .fold(0, |best, class| if chance(class) > chance(best) { class } else { best });
            take(&mut text, best, last, chance(best), place as f32 / used as f32, |class| {
                self.alphabet.get(class - 1).copied()
            });
            last = best;
        }
        Ok(text)
    }

    /// Overwrites what is left of the last line.
    pub fn wipe(&mut self) {
        self.widths.wipe();
    }
}

/// Takes the class at one place into the text (connectionist temporal classification, Graves et al. 2006, greedy): a sign that goes
/// on over several places counts once, as sure as its surest place.
fn take(text: &mut Text, class: usize, last: usize, chance: f32, place: f32, sign: impl Fn(usize) -> Option<char>) {
    if class == 0 {
        return;
    }
    if class == last {
        if let Some(sure) = text.sure.last_mut() {
            *sure = sure.max(chance);
        }
    } else if let Some(sign) = sign(class) {
        text.push(sign, chance, place);
    }
}

/// The box as a strip of [`STRIP_ROWS`], at most `widest` columns, an even number of them.
fn cut_strip(grey: &Plane, quad: &Quad, widest: usize) -> Plane {
    let (width, height) = quad.size();
    let columns = (width / height.max(1.0) * STRIP_ROWS as f32).round().clamp(16.0, widest.max(16) as f32) as usize;
    let soft = softened_for(grey, quad, STRIP_ROWS);
    let (from, quad) = soft.as_ref().map_or((grey, quad), |(plane, quad)| (plane, quad));
    let strip = cut_cubic(from, quad, columns, STRIP_ROWS);
    if columns.is_multiple_of(2) {
        return strip;
    }
    let mut even = Plane::new(columns - 1, STRIP_ROWS);
    for (to, from) in even.pixels.chunks_mut(columns - 1).zip(strip.pixels.chunks(columns)) {
        to.iter_mut().zip(from).for_each(|(t, f)| *t = *f);
    }
    even
}

/// Stretches the contrast: ink about −1, paper about 1.
fn even_out(strip: &mut Plane) {
    let mut sorted = strip.pixels.clone();
    let (low, high) = (percentile(&mut sorted, 2.0), percentile(&mut sorted, 90.0));
    sorted.zeroize();
    let spread = (high - low).max(12.0);
    for pixel in &mut strip.pixels {
        *pixel = ((*pixel - low) / spread * 2.0 - 1.0).clamp(-1.5, 1.5);
    }
}

/// The second reader.
pub struct SecondReader {
    widths: Widths,
    signs: Vec<char>,
}

impl SecondReader {
    /// `networks` are the reader made ready for each of [`SECOND_COLUMNS`], `signs` its classes from 1 on, a line each.
    pub fn new(networks: &[Network], signs: &str) -> RunResult<Self> {
        let one = |line: &str| line.chars().next().unwrap_or('*');
        // The last class is a space, which the list leaves out.
        let signs = signs.lines().map(one).chain([' ']).collect();
        Ok(Self { widths: Widths::new(networks)?, signs })
    }

    /// Reads the line in the box.
    pub fn read(&mut self, frame: &Frame, quad: &Quad) -> RunResult<Text> {
        let Self { widths, signs } = self;
        let [a, b, _, d] = quad.0;
        let ratio = (b - a).length() / (d - a).length().max(1.0);
        let least = SECOND_ROWS as f32;
        let columns = (ratio * least).ceil().clamp(least, widths.widest().max(SECOND_ROWS) as f32) as usize;
        let Some(runner) = widths.for_columns(columns) else { return Ok(Text::default()) };
        let (_, wide) = runner.size();
        let plane = SECOND_ROWS * wide;
        let outputs = runner.run(|input| {
            input.fill(0.0);
            cut_colour(frame, quad, columns, SECOND_ROWS, |channel, pixel, value| {
                let at = channel * plane + pixel / columns * wide + pixel % columns;
                if let Some(to) = input.get_mut(at) {
                    *to = value / 127.5 - 1.0;
                }
            });
        })?;
        let chances = Zeroizing::new(outputs.first().cloned().unwrap_or_default());
        runner.wipe();
        let mut text = Text::default();
        let mut last = 0;
        let places = wide / SECOND_STEP;
        for (place, row) in chances.chunks(signs.len() + 1).enumerate() {
            let best =
                row.iter().enumerate().fold((0, f32::MIN), |best, (n, p)| if *p > best.1 { (n, *p) } else { best });
            if best.0 != last && best.0 != 0 {
                text.push(signs.get(best.0 - 1).copied().unwrap_or('*'), best.1, place as f32 / places as f32);
            }
            last = best.0;
        }
        Ok(text)
    }

    /// Overwrites what is left of the last line.
    pub fn wipe(&mut self) {
        self.widths.wipe();
    }
}
