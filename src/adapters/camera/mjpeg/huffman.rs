//! Huffman codes of a scan: read to know where each block ends, not what it shows.

/// The usual tables (ITU-T T.81, K.3 to K.6) as the content of a DHT segment.
#[rustfmt::skip]
pub(super) const USUAL: [u8; 416] = [
    0x00, 0x00, 0x01, 0x05, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x01, 0x00, 0x03, 0x01, 0x01, 0x01, 0x01,
    0x01, 0x01, 0x01, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07,
    0x08, 0x09, 0x0A, 0x0B, 0x10, 0x00, 0x02, 0x01, 0x03, 0x03, 0x02, 0x04, 0x03, 0x05, 0x05, 0x04, 0x04, 0x00,
    0x00, 0x01, 0x7D, 0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61,
    0x07, 0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42, 0xB1, 0xC1, 0x15, 0x52, 0xD1, 0xF0, 0x24,
    0x33, 0x62, 0x72, 0x82, 0x09, 0x0A, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x34,
    0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x53, 0x54, 0x55, 0x56,
    0x57, 0x58, 0x59, 0x5A, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
    0x79, 0x7A, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99,
    0x9A, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9,
    0xBA, 0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9,
    0xDA, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7,
    0xF8, 0xF9, 0xFA, 0x11, 0x00, 0x02, 0x01, 0x02, 0x04, 0x04, 0x03, 0x04, 0x07, 0x05, 0x04, 0x04, 0x00, 0x01,
    0x02, 0x77, 0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71,
    0x13, 0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xA1, 0xB1, 0xC1, 0x09, 0x23, 0x33, 0x52, 0xF0, 0x15, 0x62,
    0x72, 0xD1, 0x0A, 0x16, 0x24, 0x34, 0xE1, 0x25, 0xF1, 0x17, 0x18, 0x19, 0x1A, 0x26, 0x27, 0x28, 0x29, 0x2A,
    0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x53, 0x54, 0x55, 0x56,
    0x57, 0x58, 0x59, 0x5A, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
    0x79, 0x7A, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98,
    0x99, 0x9A, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8,
    0xB9, 0xBA, 0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8,
    0xD9, 0xDA, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8,
    0xF9, 0xFA,
];

/// Codes this short are looked up, longer ones are searched.
const LOOK: u32 = 8;

/// One table, for reading codes.
pub(super) struct Table {
    /// By the next eight bits: length of the code and its symbol; length 0 when the code is longer.
    short: [(u8, u8); 1 << LOOK],
    /// By length: the first code that is longer than all of this length, shifted to 16 bits.
    ends: [u32; 17],
    /// By length: what to add to a code for the place of its symbol.
    places: [i32; 17],
    symbols: Vec<u8>,
}

impl Table {
    /// Reads counts and symbols; gives what follows them. `None` when codes overlap or bytes are missing.
    pub(super) fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (counts, rest) = bytes.split_first_chunk::<16>()?;
        let total: usize = counts.iter().map(|count| usize::from(*count)).sum();
        let (symbols, rest) = rest.split_at_checked(total)?;
        let (mut ends, mut places, mut short) = ([0; 17], [0; 17], [(0, 0); 1 << LOOK]);
        let (mut code, mut place) = (0u32, 0usize);
        for (length, count) in (1u32..).zip(counts) {
            let at = usize::try_from(length).ok()?;
            *places.get_mut(at)? = i32::try_from(place).ok()? - i32::try_from(code).ok()?;
            for symbol in symbols.get(place..place + usize::from(*count))? {
                if length <= LOOK {
                    let first = usize::try_from(code << (LOOK - length)).ok()?;
                    let range = first..first + (1 << (LOOK - length));
                    short.get_mut(range)?.fill((u8::try_from(length).ok()?, *symbol));
                }
                code += 1;
            }
            place += usize::from(*count);
            if code > 1 << length {
                return None;
            }
            *ends.get_mut(at)? = code << (16 - length);
            code <<= 1;
        }
        Some((Self { short, ends, places, symbols: symbols.to_vec() }, rest))
    }

    /// Length and symbol of the code with which the 16 bits begin.
    fn find(&self, bits: u32) -> Option<(u32, u8)> {
        let (length, symbol) = *self.short.get(usize::try_from(bits >> (16 - LOOK)).ok()?)?;
        if length > 0 {
            return Some((length.into(), symbol));
        }
        let length = (LOOK + 1..=16).find(|length| self.ends.get(*length as usize).is_some_and(|end| bits < *end))?;
        let place = self.places.get(length as usize)? + i32::try_from(bits >> (16 - length)).ok()?;
        Some((length, *self.symbols.get(usize::try_from(place).ok()?)?))
    }
}

/// The bits of one restart interval.
pub(super) struct Bits<'a> {
    coded: &'a [u8],
    /// Bytes taken into `held`.
    at: usize,
    held: u64,
    /// Bits of `held` that were not read yet. Past the end of the data it goes on with ones that are not there.
    count: u32,
    /// Bits that are not there.
    lent: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn of(coded: &'a [u8]) -> Self {
        Self { coded, at: 0, held: 0, count: 0, lent: 0 }
    }

    fn fill(&mut self) {
        while self.count <= 48 {
            let byte = self.coded.get(self.at).copied();
            // A coded FF is followed by a 0; fill bytes before it mean nothing.
            match byte {
                Some(0xFF) => {
                    while self.coded.get(self.at) == Some(&0xFF) {
                        self.at += 1;
                    }
                    self.at += 1;
                }
                Some(_) => self.at += 1,
                None => self.lent += 8,
            }
            self.held = self.held << 8 | u64::from(byte.unwrap_or(0xFF));
            self.count += 8;
        }
    }

    fn take(&mut self, count: u32) -> Option<u32> {
        self.count -= count;
        let taken = (self.held >> self.count) as u32 & ((1 << count) - 1);
        (self.count >= self.lent).then_some(taken)
    }

    fn symbol(&mut self, table: &Table) -> Option<u8> {
        self.fill();
        let (length, symbol) = table.find((self.held >> (self.count - 16)) as u32 & 0xFFFF)?;
        self.take(length)?;
        Some(symbol)
    }

    /// By how much a block is brighter than the one before.
    pub(super) fn difference(&mut self, table: &Table) -> Option<i32> {
        let size = self.symbol(table).filter(|size| *size <= 11)?;
        let bits = self.take(size.into())? as i32;
        // The lower half stands for negative values.
        Some(if size > 0 && bits >> (size - 1) == 0 { bits - (1 << size) + 1 } else { bits })
    }

    /// Passes over the other 63 values of a block.
    pub(super) fn details(&mut self, table: &Table) -> Option<()> {
        let mut place = 1;
        while place < 64 {
            let symbol = self.symbol(table)?;
            match (symbol >> 4, symbol & 0xF) {
                (0, 0) => return Some(()),
                (15, 0) => place += 16,
                (_, 0 | 11..) => return None,
                (run, size) => {
                    place += usize::from(run) + 1;
                    self.take(size.into())?;
                }
            }
        }
        (place == 64).then_some(())
    }

    /// The bytes read so far, the last of them perhaps in part.
    pub(super) fn used(&self) -> usize {
        let unread = (self.count - self.lent) / 8;
        // Walked back byte by byte, for a coded FF takes two.
        let mut at = self.at.min(self.coded.len());
        for _ in 0..unread {
            let before = at.saturating_sub(1);
            let stuffed = self.coded.get(before) == Some(&0) && before > 0 && self.coded.get(before - 1) == Some(&0xFF);
            at = if stuffed { before - 1 } else { before };
        }
        at
    }
}
