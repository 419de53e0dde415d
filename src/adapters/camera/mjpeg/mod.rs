//! Tells a whole picture of a camera from a damaged one, and brings it into the one form that the decoder is given.
//!
//! A JPEG decoder is kind: what is cut off becomes grey, and after lost bytes it goes on as well as it can. A face engine must not
//! be shown such pictures. So the scan is walked before it is decoded: each restart interval must hold exactly its blocks, in codes
//! that exist, with brightnesses that eight bits can have. What real cameras do otherwise than the standard is taken: no Huffman
//! tables (the usual ones are meant), a few bytes too many before a marker, fill bytes, padding or an older picture's rest after the
//! end, no end marker behind a whole scan.

use super::convert::MOST_PIXELS;

mod huffman;
#[cfg(test)]
mod made;
mod segments;
#[cfg(test)]
mod tests;

use huffman::{Bits, Table};
use segments::{Segment, Segments};

/// Bytes that cameras leave between the last block and a marker.
const EXTRA: usize = 16;

/// Largest side.
const LONGEST: u16 = 4096;

const SOF0: u8 = 0xC0;
const SOF1: u8 = 0xC1;
const DHT: u8 = 0xC4;
const DQT: u8 = 0xDB;
const DRI: u8 = 0xDD;
const SOS: u8 = 0xDA;
const EOI: u8 = 0xD9;
const RST0: u8 = 0xD0;
const RST7: u8 = 0xD7;

/// The picture with its tables and without what does not belong to it; `None` when it is damaged or none.
pub(super) fn whole(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut header = Header::default();
    let mut segments = Segments::of(bytes)?;
    let mut out = Vec::with_capacity(bytes.len() + 512);
    out.extend([0xFF, 0xD8]);
    loop {
        let segment = segments.next()?;
        match segment.marker {
            SOF0 | SOF1 => header.frame(segment.content)?,
            DHT => header.huffman(segment.content)?,
            DQT => header.quantisation(segment.content)?,
            DRI => header.restart = u16::from_be_bytes(segment.content.try_into().ok()?),
            SOS => {
                if header.dc.iter().chain(&header.ac).all(Option::is_none) {
                    let usual = Segment { marker: DHT, content: &huffman::USUAL };
                    header.huffman(usual.content)?;
                    usual.write(&mut out);
                }
                header.scan(segment.content)?;
                break write(&header, &segment, segments.rest(), out);
            }
            // Progressive, lossless and arithmetic pictures, and ends before their time.
            0xC2..=0xCF | EOI | RST0..=RST7 => return None,
            // Remarks and what applications add say nothing of the picture.
            _ => continue,
        }
        segment.write(&mut out);
    }
}

fn write(header: &Header, scan: &Segment<'_>, mut data: &[u8], mut out: Vec<u8>) -> Option<Vec<u8>> {
    scan.write(&mut out);
    let mut left = header.units()?;
    let mut interval = 0u8;
    while left > 0 {
        let count = if header.restart == 0 { left } else { left.min(header.restart.into()) };
        let (coded, marker, rest) = split(data);
        let used = header.walk(coded, count)?;
        if coded.len() - used > EXTRA {
            return None;
        }
        out.extend_from_slice(coded.get(..used)?);
        left -= count;
        match marker {
            Some(found) if left > 0 && found == RST0 + interval % 8 => out.extend([0xFF, found]),
            Some(EOI) | None if left == 0 => {}
            _ => return None,
        }
        (data, interval) = (rest, interval.wrapping_add(1));
    }
    out.extend([0xFF, EOI]);
    Some(out)
}

/// Coded data up to the next marker, the marker, and what follows it.
fn split(data: &[u8]) -> (&[u8], Option<u8>, &[u8]) {
    let mut from = 0;
    while let Some(at) = data.get(from..).and_then(|rest| rest.iter().position(|byte| *byte == 0xFF)) {
        let at = from + at;
        let fills = data.get(at..).map_or(0, |rest| rest.iter().take_while(|byte| **byte == 0xFF).count());
        match data.get(at + fills) {
            Some(0) if fills == 1 => from = at + 2,
            // Fill bytes and then a coded FF: what is before them belongs to the data as it is.
            Some(0) => from = at + fills + 1,
            Some(marker) => {
                return (
                    data.get(..at).unwrap_or_default(),
                    Some(*marker),
                    data.get(at + fills + 1..).unwrap_or_default(),
                );
            }
            None => return (data.get(..at).unwrap_or_default(), None, &[]),
        }
    }
    (data, None, &[])
}

#[derive(Default)]
struct Component {
    id: u8,
    blocks: usize,
    step: u8,
    dc: usize,
    ac: usize,
}

/// What the segments before the scan say.
#[derive(Default)]
struct Header {
    width: u16,
    height: u16,
    /// Most blocks of a component across and down.
    sampling: (u8, u8),
    components: Vec<Component>,
    /// By number: the step of the mean brightness.
    steps: [Option<u16>; 4],
    dc: [Option<Table>; 4],
    ac: [Option<Table>; 4],
    restart: u16,
}

impl Header {
    fn frame(&mut self, content: &[u8]) -> Option<()> {
        let [8, h0, h1, w0, w1, count @ (1 | 3), components @ ..] = content else { return None };
        (self.width, self.height) = (u16::from_be_bytes([*w0, *w1]), u16::from_be_bytes([*h0, *h1]));
        let pixels = usize::from(self.width) * usize::from(self.height);
        let sides = 1..=LONGEST;
        if !sides.contains(&self.width) || !sides.contains(&self.height) || pixels > MOST_PIXELS {
            return None;
        }
        let (parts, []) = components.as_chunks::<3>() else { return None };
        if parts.len() != usize::from(*count) || !self.components.is_empty() {
            return None;
        }
        for [id, sampling, step] in parts {
            let (across, down) = (sampling >> 4, sampling & 0xF);
            if !(1..=4).contains(&across) || !(1..=4).contains(&down) || *step > 3 {
                return None;
            }
            self.sampling = (self.sampling.0.max(across), self.sampling.1.max(down));
            // A single component's blocks come one by one, whatever it says of their number.
            let blocks = if *count == 1 { 1 } else { usize::from(across * down) };
            self.components.push(Component { id: *id, blocks, step: *step, ..Component::default() });
        }
        if *count == 1 {
            self.sampling = (1, 1);
        }
        Some(())
    }

    fn huffman(&mut self, mut content: &[u8]) -> Option<()> {
        while let [kind, rest @ ..] = content {
            let (table, after) = Table::read(rest)?;
            let place = if kind >> 4 == 0 { &mut self.dc } else { &mut self.ac };
            *place.get_mut(usize::from(kind & 0xF))? = Some(table);
            content = after;
        }
        Some(())
    }

    fn quantisation(&mut self, mut content: &[u8]) -> Option<()> {
        while let [kind, rest @ ..] = content {
            let (table, after) = rest.split_at_checked(if kind >> 4 == 0 { 64 } else { 128 })?;
            let step = match (kind >> 4, table) {
                (0, [step, ..]) => u16::from(*step),
                (1, [high, low, ..]) => u16::from_be_bytes([*high, *low]),
                _ => return None,
            };
            *self.steps.get_mut(usize::from(kind & 0xF))? = Some(step);
            content = after;
        }
        Some(())
    }

    /// One scan with all components, as cameras send it.
    fn scan(&mut self, content: &[u8]) -> Option<()> {
        let [count, parts @ .., 0, 63, 0] = content else { return None };
        let (parts, []) = parts.as_chunks::<2>() else { return None };
        if parts.len() != usize::from(*count) || parts.len() != self.components.len() {
            return None;
        }
        for (component, [id, tables]) in self.components.iter_mut().zip(parts) {
            if component.id != *id {
                return None;
            }
            (component.dc, component.ac) = (usize::from(tables >> 4), usize::from(tables & 0xF));
        }
        Some(())
    }

    /// How many units of blocks the scan holds.
    fn units(&self) -> Option<u32> {
        let side = |length: u16, blocks: u8| u32::from(length).div_ceil(8 * u32::from(blocks));
        let units = side(self.width, self.sampling.0) * side(self.height, self.sampling.1);
        (!self.components.is_empty()).then_some(units)
    }

    /// Walks over `units` units of one restart interval; gives the bytes they take.
    fn walk(&self, coded: &[u8], units: u32) -> Option<usize> {
        let mut bits = Bits::of(coded);
        let mut means = [0i32; 3];
        for _ in 0..units {
            for (component, mean) in self.components.iter().zip(&mut means) {
                let (dc, ac) = (self.dc.get(component.dc)?.as_ref()?, self.ac.get(component.ac)?.as_ref()?);
                let step = i32::from((*self.steps.get(usize::from(component.step))?)?);
                for _ in 0..component.blocks {
                    *mean += bits.difference(dc)?;
                    // Eight bits give ±1024 at most; a little more is rounding.
                    if (*mean * step).abs() > 1100 + step {
                        return None;
                    }
                    bits.details(ac)?;
                }
            }
        }
        Some(bits.used())
    }
}
