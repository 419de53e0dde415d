//! One picture: lines found, read, told apart, the three that count read twice.

use jiff::civil::Date;
use uketsuke_core::ports::Frame;
use uketsuke_nets::RunResult;
use zeroize::Zeroize;

use super::dates::{Birth, Expiry, Strictness, birth, expiry, sure_of};
use super::find::Finder;
use super::hint::Page;
use super::layout::{self, Line};
use super::pack::Models;
use super::picture::Plane;
use super::quad::Quad;
use super::read::{OwnReader, SecondReader, Text};
use super::tighten::tighten;

/// Lowest and narrowest box that can be a line: pixels, and widths to heights.
const LOWEST: f32 = 5.0;
const NARROWEST: f32 = 1.3;
/// Room that the second reader likes around a line, in its heights: above and below, left and right.
const ROOM: (f32, f32) = (0.2, 0.3);

/// A value as the two readers have it, each with how sure it is, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Field<T> {
    pub own: Option<(T, f32)>,
    pub second: Option<(T, f32)>,
    /// Height of the print in pixels.
    pub height: f32,
}

/// The security code.
pub type Code = [u8; 4];

/// What one picture shows of a card; values are wiped when dropped.
#[derive(Default)]
pub struct Seen {
    /// How many lines of text there are.
    pub lines: usize,
    /// Where they stand.
    pub page: Page,
    pub birth: Option<Field<Birth>>,
    pub expiry: Option<Field<Expiry>>,
    pub code: Option<Field<Code>>,
}

impl Drop for Seen {
    fn drop(&mut self) {
        wipe(&mut self.birth);
        wipe(&mut self.expiry);
        wipe(&mut self.code);
    }
}

fn wipe<T: Zeroize>(field: &mut Option<Field<T>>) {
    let Some(field) = field else { return };
    for (value, sure) in field.own.iter_mut().chain(&mut field.second) {
        value.zeroize();
        sure.zeroize();
    }
}

/// Reads pictures; keeps its buffers, which [`PrintReader::wipe`] overwrites.
pub struct PrintReader {
    finder: Finder,
    own: OwnReader,
    second: SecondReader,
}

impl PrintReader {
    /// A reader of its own thread.
    pub fn new(models: &Models) -> RunResult<Self> {
        Ok(Self {
            finder: Finder::new(&models.lines)?,
            own: OwnReader::new(&models.own)?,
            second: SecondReader::new(&models.second, &models.second_signs)?,
        })
    }

    /// What `frame` shows, if it is the front of a card on `today`.
    pub fn read(&mut self, frame: &Frame, today: Date) -> RunResult<Seen> {
        let grey = Plane::grey(frame);
        let mut lines = Vec::new();
        for found in self.finder.find(frame)? {
            let (width, height) = found.size();
            if height >= LOWEST && width >= NARROWEST * height {
                let quad = tighten(&grey, &found);
                lines.push(Line { quad, text: self.own.read(&grey, &quad)? });
            }
        }
        let mut seen = Seen { lines: lines.len(), ..Seen::default() };
        seen.page = Page::of(lines.iter().map(|line| &line.quad), frame);
        for quad in layout::joined(&lines) {
            lines.push(Line { quad, text: self.own.read(&grey, &quad)? });
        }
        let Some(dates) = layout::dates(&lines) else { return Ok(seen) };
        let (Some(above), Some(below)) = (lines.get(dates.birth), lines.get(dates.expiry)) else { return Ok(seen) };
        seen.birth = Some(self.field(frame, above, |text, strictness| birth(text, today, strictness))?);
        seen.expiry = Some(self.field(frame, below, |text, strictness| expiry(text, today, strictness))?);
        if let Some(line) = self.code_line(frame, &grey, &lines, &below.quad)? {
            seen.code = Some(self.field(frame, &line, |text, _| code(text))?);
        }
        Ok(seen)
    }

    /// The line of the security code alone.
    fn code_line(&mut self, frame: &Frame, grey: &Plane, lines: &[Line], expiry: &Quad) -> RunResult<Option<Line>> {
        let Some(found) = layout::code(lines, expiry) else { return Ok(None) };
        if let Some(number) = found.beside.and_then(|beside| lines.get(beside))
            && !layout::is_whole_number(&self.second.read(frame, &number.quad)?.plain())
        {
            return Ok(None);
        }
        let Some(line) = lines.get(found.line) else { return Ok(None) };
        let quad = line.quad.right_of(found.from);
        Ok(Some(Line { quad, text: self.own.read(grey, &quad)? }))
    }

    fn field<T>(
        &mut self,
        frame: &Frame,
        line: &Line,
        value: impl Fn(&Text, Strictness) -> Option<T>,
    ) -> RunResult<Field<T>> {
        let second = self.second.read(frame, &line.quad.grown(ROOM.0, ROOM.1))?.plain();
        let with = |text: &Text, strictness| value(text, strictness).map(|value| (value, sure_of(text)));
        Ok(Field {
            own: with(&line.text, Strictness::Whole),
            second: with(&second, Strictness::Figures),
            height: line.quad.height(),
        })
    }

    /// Overwrites what is left of the last picture.
    pub fn wipe(&mut self) {
        self.finder.wipe();
        self.own.wipe();
        self.second.wipe();
    }
}

/// Four figures and nothing else.
fn code(text: &Text) -> Option<Code> {
    let figures: Vec<u8> =
        text.signs.iter().map(|sign| sign.is_ascii_digit().then_some(*sign as u8)).collect::<Option<_>>()?;
    figures.try_into().ok()
}
