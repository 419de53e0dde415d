//! What a codestream asks of its decoder, read from its markers before anything is decoded.
//!
//! Two bytes of a header can ask for a million precincts: the file is small, what the decoder sets up for it is not. So all that it
//! sets up memory by is counted here first: area, components, tiles, and in each tile precincts, code-blocks and layers. Every
//! segment must have the length that its content gives, so that no reader understands it otherwise than this one.

use super::PortraitError::{self, Demands, Unreadable};

/// Shortest and longest side taken, in pixels; a card's portrait measures 192×240.
const SIDES: std::ops::RangeInclusive<u32> = 32..=1024;
/// Largest coordinate on the reference grid.
const GRID: u32 = 8192;
const COMPONENTS: u16 = 4;
const TILES: u64 = 64;
const LAYERS: u16 = 32;
const LEVELS: u8 = 10;
const BITS: u8 = 16;
/// Precincts of all tiles, components, resolutions and sub-bands together.
const PRECINCTS: u64 = 4096;
/// Code-blocks of all of them.
const BLOCKS: u64 = 32_768;
/// Code-blocks times layers.
const CONTRIBUTIONS: u64 = 262_144;
/// Changes of the progression order, each of which may walk over all packets.
const CHANGES: usize = 32;
/// Segments of all headers, and tile-parts.
const SEGMENTS: u32 = 1024;

const SOC: u8 = 0x4F;
const SIZ: u8 = 0x51;
const COD: u8 = 0x52;
const COC: u8 = 0x53;
const TLM: u8 = 0x55;
const PLT: u8 = 0x58;
const QCD: u8 = 0x5C;
const QCC: u8 = 0x5D;
const RGN: u8 = 0x5E;
const POC: u8 = 0x5F;
const CRG: u8 = 0x63;
const COM: u8 = 0x64;
const SOT: u8 = 0x90;
const SOD: u8 = 0x93;
const EOC: u8 = 0xD9;

/// Refuses a codestream that asks for more than a portrait needs; gives width and height.
pub(super) fn check(stream: &[u8]) -> Result<(u32, u32), PortraitError> {
    let mut bytes = Bytes(stream);
    if bytes.marker()? != SOC || bytes.marker()? != SIZ {
        return Err(Unreadable);
    }
    let size = Size::read(bytes.segment()?)?;
    let mut demand = Demand { size, layers: 1, precincts: 0, blocks: 0, changes: 0, segments: 0 };
    let mut part = demand.header(&mut bytes, SOT)?;
    while part == SOT {
        let before = bytes.0.len();
        let sot = bytes.segment()?;
        let [index @ .., _, _, _, _, _, _] = sot else { return Err(Unreadable) };
        let index: [u8; 2] = index.try_into().map_err(|_| Unreadable)?;
        if u64::from(u16::from_be_bytes(index)) >= demand.size.tiles {
            return Err(Unreadable);
        }
        let length = usize::try_from(Bytes(sot.get(2..).ok_or(Unreadable)?).long()?).map_err(|_| Unreadable)?;
        demand.header(&mut bytes, SOD)?;
        if length == 0 {
            return Ok((demand.size.width, demand.size.height));
        }
        // The length counts from the marker before the segment.
        let read = before - bytes.0.len() + 2;
        bytes.take(length.checked_sub(read).ok_or(Unreadable)?)?;
        part = bytes.marker()?;
    }
    if part == EOC { Ok((demand.size.width, demand.size.height)) } else { Err(Unreadable) }
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], PortraitError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Unreadable)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], PortraitError> {
        self.take(N)?.try_into().map_err(|_| Unreadable)
    }

    fn short(&mut self) -> Result<u16, PortraitError> {
        self.array().map(u16::from_be_bytes)
    }

    fn long(&mut self) -> Result<u32, PortraitError> {
        self.array().map(u32::from_be_bytes)
    }

    fn marker(&mut self) -> Result<u8, PortraitError> {
        match self.array()? {
            [0xFF, marker] => Ok(marker),
            _ => Err(Unreadable),
        }
    }

    /// The content of a marker segment, without its length.
    fn segment(&mut self) -> Result<&'a [u8], PortraitError> {
        let length = usize::from(self.short()?);
        self.take(length.checked_sub(2).ok_or(Unreadable)?)
    }
}

/// The SIZ segment, within limits.
struct Size {
    width: u32,
    height: u32,
    components: u16,
    tiles: u64,
    tile_width: u32,
    tile_height: u32,
}

impl Size {
    fn read(segment: &[u8]) -> Result<Self, PortraitError> {
        let mut bytes = Bytes(segment);
        let _capabilities = bytes.short()?;
        let [xsiz, ysiz, xosiz, yosiz, xtsiz, ytsiz, xtosiz, ytosiz] = {
            let mut grid = [0; 8];
            for value in &mut grid {
                *value = bytes.long()?;
            }
            grid
        };
        let components = bytes.short()?;
        let (width, height) = (xsiz.saturating_sub(xosiz), ysiz.saturating_sub(yosiz));
        if !SIDES.contains(&width) || !SIDES.contains(&height) {
            return Err(PortraitError::Size(width, height));
        }
        if xsiz > GRID || ysiz > GRID {
            return Err(Demands("coordinates"));
        }
        if !(1..=COMPONENTS).contains(&components) {
            return Err(Demands("components"));
        }
        for _ in 0..components {
            let [bits, x, y] = bytes.array()?;
            if (x, y) != (1, 1) {
                return Err(Demands("sampling"));
            }
            if bits & 0x7F >= BITS {
                return Err(Demands("bits"));
            }
        }
        // The first tile must reach into the picture, so that none is empty.
        let reaches =
            |offset: u32, size: u32, from: u32| offset <= from && u64::from(offset) + u64::from(size) > from.into();
        if !bytes.0.is_empty() || !reaches(xtosiz, xtsiz, xosiz) || !reaches(ytosiz, ytsiz, yosiz) {
            return Err(Unreadable);
        }
        let tiles = u64::from((xsiz - xtosiz).div_ceil(xtsiz)) * u64::from((ysiz - ytosiz).div_ceil(ytsiz));
        if tiles > TILES {
            return Err(Demands("tiles"));
        }
        Ok(Self { width, height, components, tiles, tile_width: xtsiz.min(width), tile_height: ytsiz.min(height) })
    }
}

/// What the headers read so far ask for: the worst of them, as if all tiles and components asked for it.
struct Demand {
    size: Size,
    layers: u16,
    precincts: u64,
    blocks: u64,
    changes: usize,
    segments: u32,
}

impl Demand {
    /// Reads segments until a marker that ends this header, which must be `until`, or the end of the stream for the main header.
    fn header(&mut self, bytes: &mut Bytes<'_>, until: u8) -> Result<u8, PortraitError> {
        loop {
            self.segments += 1;
            if self.segments > SEGMENTS {
                return Err(Demands("segments"));
            }
            let marker = bytes.marker()?;
            if marker == until {
                return Ok(marker);
            }
            self.segment(marker, bytes.segment()?)?;
        }
    }

    fn segment(&mut self, marker: u8, segment: &[u8]) -> Result<(), PortraitError> {
        let components = self.size.components;
        let known = |index: u8| u16::from(index) < components;
        match (marker, segment) {
            (COD, [style, _order, high, low, _transform, parameters @ ..]) => {
                match u16::from_be_bytes([*high, *low]) {
                    0 => return Err(Unreadable),
                    layers if layers > LAYERS => return Err(Demands("layers")),
                    layers => self.layers = self.layers.max(layers),
                }
                self.style(*style, parameters)
            }
            (COC, [index, style, parameters @ ..]) if known(*index) => self.style(*style, parameters),
            (QCD, [style, steps @ ..]) => quantisation(*style, steps),
            (QCC, [index, style, steps @ ..]) if known(*index) => quantisation(*style, steps),
            (RGN, [index, _, _]) if known(*index) => Ok(()),
            (POC, changes) if changes.len().is_multiple_of(7) => {
                self.changes += changes.len() / 7;
                if self.changes > CHANGES { Err(Demands("progression changes")) } else { Ok(()) }
            }
            (TLM | PLT | CRG | COM, _) => Ok(()),
            // Packet headers apart from their packets and what part 1 does not know: no portrait needs them.
            _ => Err(Unreadable),
        }
    }

    /// A coding style: levels, code-blocks and precincts.
    fn style(&mut self, style: u8, parameters: &[u8]) -> Result<(), PortraitError> {
        let [levels, xcb, ycb, _mode, _transform, precincts @ ..] = parameters else { return Err(Unreadable) };
        if *levels > LEVELS {
            return Err(Demands("levels"));
        }
        let own = style & 1 != 0;
        if *xcb > 8 || *ycb > 8 || xcb + ycb > 8 || precincts.len() != if own { usize::from(*levels) + 1 } else { 0 } {
            return Err(Unreadable);
        }
        let (mut cells, mut blocks) = (0, 0);
        for resolution in 0..=*levels {
            let (across, down) = match precincts.get(usize::from(resolution)) {
                Some(exponents) => (u32::from(exponents & 0xF), u32::from(exponents >> 4)),
                None => (15, 15),
            };
            // Three sub-bands of half the size, except for the smallest resolution.
            let (bands, half) = if resolution == 0 { (1, 0) } else { (3, 1) };
            if across < half || down < half {
                return Err(Unreadable);
            }
            let shrunk = |side: u32| side.div_ceil(1 << (levels - resolution)) + 1;
            let (width, height) = (shrunk(self.size.tile_width), shrunk(self.size.tile_height));
            let precincts = bands * spanned(width, across) * spanned(height, down);
            let block = |log: u8, precinct: u32| (u32::from(log) + 2).min(precinct - half);
            let across = spanned(width.div_ceil(1 << half) + 1, block(*xcb, across));
            let down = spanned(height.div_ceil(1 << half) + 1, block(*ycb, down));
            cells += precincts;
            // Where a precinct has no code-block of its own it still has a tree for one.
            blocks += bands * across * down + precincts;
        }
        let times = self.size.tiles * u64::from(self.size.components);
        self.precincts = self.precincts.max(cells * times);
        self.blocks = self.blocks.max(blocks * times);
        if self.precincts > PRECINCTS {
            return Err(Demands("precincts"));
        }
        if self.blocks > BLOCKS || self.blocks * u64::from(self.layers) > CONTRIBUTIONS {
            return Err(Demands("code-blocks"));
        }
        Ok(())
    }
}

/// Most cells of a grid of 2^`exponent` that `length` can touch, wherever it begins.
fn spanned(length: u32, exponent: u32) -> u64 {
    ((u64::from(length) + (1 << exponent) - 2) >> exponent) + 1
}

/// Step sizes for no more sub-bands than the levels have, in a form of known length.
fn quantisation(style: u8, steps: &[u8]) -> Result<(), PortraitError> {
    let most = usize::from(LEVELS) * 3 + 1;
    match (style & 0x1F, steps.len()) {
        (0, count) if (1..=most).contains(&count) => Ok(()),
        (1, 2) => Ok(()),
        (2, count) if count % 2 == 0 && (1..=most).contains(&(count / 2)) => Ok(()),
        _ => Err(Unreadable),
    }
}
