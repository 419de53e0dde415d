//! Pictures as cameras write them, made from nothing: any sampling, restart intervals, with and without what a standard asks for.

use super::huffman::USUAL;
use super::{DHT, DQT, DRI, EOI, RST0, SOF0, SOS};

/// How a picture is written.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) width: u16,
    pub(super) height: u16,
    /// Blocks across and down of each component.
    pub(super) sampling: Vec<(u8, u8)>,
    pub(super) restart: u16,
    pub(super) tables: bool,
    /// Before every marker in and behind the scan.
    pub(super) extra: Vec<u8>,
    /// Between the first two segments.
    pub(super) application: Vec<u8>,
    pub(super) end: bool,
    pub(super) after: Vec<u8>,
}

impl Made {
    pub(super) fn plain() -> Self {
        Self {
            width: 64,
            height: 48,
            sampling: vec![(2, 1), (1, 1), (1, 1)],
            restart: 0,
            tables: true,
            extra: Vec::new(),
            application: Vec::new(),
            end: true,
            after: Vec::new(),
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = vec![0xFF, 0xD8];
        out.extend(&self.application);
        let count = self.sampling.len() as u8;
        segment(&mut out, DQT, &[&[0][..], &[8; 64]].concat());
        let mut frame = vec![8];
        frame.extend(self.height.to_be_bytes());
        frame.extend(self.width.to_be_bytes());
        frame.push(count);
        for (id, (across, down)) in (1..).zip(&self.sampling) {
            frame.extend([id, across << 4 | down, 0]);
        }
        segment(&mut out, SOF0, &frame);
        if self.tables {
            segment(&mut out, DHT, &USUAL);
        }
        if self.restart > 0 {
            segment(&mut out, DRI, &self.restart.to_be_bytes());
        }
        let mut scan = vec![count];
        scan.extend((1..=count).flat_map(|id| [id, if id == 1 { 0x00 } else { 0x11 }]));
        scan.extend([0, 63, 0]);
        segment(&mut out, SOS, &scan);
        self.scan(&mut out);
        out.extend(&self.extra);
        if self.end {
            out.extend([0xFF, EOI]);
        }
        out.extend(&self.after);
        out
    }

    /// A slope of brightness with a ripple in every block.
    fn scan(&self, out: &mut Vec<u8>) {
        let most = |side: fn(&(u8, u8)) -> u8| self.sampling.iter().map(side).max().expect("a component");
        let units = |length: u16, blocks: u8| u32::from(length).div_ceil(8 * u32::from(blocks));
        let single = self.sampling.len() == 1;
        let (across, down) = if single { (1, 1) } else { (most(|s| s.0), most(|s| s.1)) };
        let total = units(self.width, across) * units(self.height, down);
        let (mut bits, mut last) = (Writer::default(), [0i32; 3]);
        for unit in 0..total {
            if self.restart > 0 && unit > 0 && unit.is_multiple_of(u32::from(self.restart)) {
                out.extend(std::mem::take(&mut bits).end());
                out.extend(&self.extra);
                out.extend([0xFF, RST0 + ((unit / u32::from(self.restart) - 1) % 8) as u8]);
                last = [0; 3];
            }
            for (component, (across, down)) in self.sampling.iter().enumerate() {
                let blocks = if single { 1 } else { u32::from(across * down) };
                for block in 0..blocks {
                    let mean = if component == 0 { (unit * 7 + block * 3) as i32 % 97 - 48 } else { 0 };
                    bits.block(component > 0, mean - last[component]);
                    last[component] = mean;
                }
            }
        }
        out.extend(bits.end());
    }
}

fn segment(out: &mut Vec<u8>, marker: u8, content: &[u8]) {
    out.extend([0xFF, marker]);
    out.extend((content.len() as u16 + 2).to_be_bytes());
    out.extend(content);
}

#[derive(Default)]
struct Writer {
    out: Vec<u8>,
    held: u32,
    count: u32,
}

impl Writer {
    fn put(&mut self, bits: u32, count: u32) {
        for at in (0..count).rev() {
            self.held = self.held << 1 | (bits >> at & 1);
            self.count += 1;
            if self.count == 8 {
                self.out.push(self.held as u8);
                if self.held as u8 == 0xFF {
                    self.out.push(0);
                }
                (self.held, self.count) = (0, 0);
            }
        }
    }

    fn symbol(&mut self, kind: u8, symbol: u8) {
        let mut rest = &USUAL[..];
        while rest[0] != kind {
            let total: usize = rest[1..17].iter().map(|count| usize::from(*count)).sum();
            rest = &rest[17 + total..];
        }
        let (mut code, mut place) = (0, 17);
        for length in 1..=16 {
            for _ in 0..rest[length] {
                if rest[place] == symbol {
                    return self.put(code, length as u32);
                }
                (code, place) = (code + 1, place + 1);
            }
            code <<= 1;
        }
        panic!("no code for {symbol:02X}");
    }

    /// A mean by its difference, two ripples and the end of the block.
    fn block(&mut self, colour: bool, difference: i32) {
        let table = u8::from(colour);
        let size = 32 - difference.unsigned_abs().leading_zeros();
        self.symbol(table, size as u8);
        let bits = if difference < 0 { difference - 1 } else { difference };
        self.put(bits as u32 & ((1 << size) - 1), size);
        for (symbol, bits, count) in [(0x01, 1, 1), (0x23, 0b101, 3)] {
            self.symbol(0x10 | table, symbol);
            self.put(bits, count);
        }
        self.symbol(0x10 | table, 0x00);
    }

    fn end(mut self) -> Vec<u8> {
        while self.count > 0 {
            self.put(1, 1);
        }
        self.out
    }
}
