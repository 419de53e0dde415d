//! A portrait cannot ask for more memory than its decoder is granted, whatever its headers say: a table of hostile
//! codestreams, headers changed byte by byte, and shapes at the very limits.
//!
//! Memory is counted by the allocator, so nothing depends on the machine or on what else runs.

#![allow(clippy::expect_used, clippy::panic)] // a test fails by panicking, in its helpers too

use allocation_counter::measure;
use uketsuke_face::{PortraitError, decode_portrait};

/// Most memory at once, in bytes; a real portrait of 192×240 takes about a fiftieth of it.
const BUDGET: u64 = 64 << 20;

/// A codestream: its grid, and what its headers say. Packets are empty or whatever `body` holds.
#[derive(Clone)]
struct Shape {
    width: u32,
    height: u32,
    offset: u32,
    tile: (u32, u32),
    components: u16,
    sampling: u8,
    bits: u8,
    order: u8,
    layers: u16,
    levels: u8,
    block: (u8, u8),
    precincts: Option<u8>,
    more: Vec<u8>,
    body: Vec<u8>,
}

fn plain() -> Shape {
    Shape {
        width: 192,
        height: 240,
        offset: 0,
        tile: (192, 240),
        components: 1,
        sampling: 1,
        bits: 8,
        order: 0,
        layers: 1,
        levels: 5,
        block: (4, 4),
        precincts: None,
        more: Vec::new(),
        body: vec![0; 4],
    }
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("a short segment");
    [&[0xFF, marker][..], &length.to_be_bytes(), content].concat()
}

impl Shape {
    /// COD: style, order, layers, no colour transform, levels, code-blocks, mode, 5/3 wavelet, precincts.
    fn cod(&self) -> Vec<u8> {
        let [high, low] = self.layers.to_be_bytes();
        let style = u8::from(self.precincts.is_some());
        let mut cod = vec![style, self.order, high, low, 0, self.levels, self.block.0, self.block.1, 0, 1];
        cod.extend(self.precincts.iter().flat_map(|size| vec![*size; usize::from(self.levels) + 1]));
        cod
    }

    fn bytes(&self) -> Vec<u8> {
        let mut siz = vec![0, 0];
        let (x, y) = (self.width.saturating_add(self.offset), self.height.saturating_add(self.offset));
        for value in [x, y, self.offset, self.offset, self.tile.0, self.tile.1, 0, 0] {
            siz.extend(u32::to_be_bytes(value));
        }
        siz.extend(self.components.to_be_bytes());
        siz.extend([self.bits - 1, self.sampling, self.sampling].repeat(self.components.into()));
        // As many step sizes as there are sub-bands; 2 guard bits, no quantisation.
        let mut qcd = vec![0x40];
        qcd.extend(vec![8 << 3; 1 + 3 * usize::from(self.levels)]);
        let mut stream = vec![0xFF, 0x4F];
        stream.extend(segment(0x51, &siz));
        stream.extend(segment(0x52, &self.cod()));
        stream.extend(segment(0x5C, &qcd));
        stream.extend(&self.more);
        // One tile-part; the other tiles have none.
        let length = u32::try_from(14 + self.body.len()).expect("a short body").to_be_bytes();
        stream.extend(segment(0x90, &[&[0, 0][..], &length, &[0, 1]].concat()));
        stream.extend([0xFF, 0x93]);
        stream.extend(&self.body);
        stream.extend([0xFF, 0xD9]);
        stream
    }
}

/// Decodes, and gives what came of it and the most memory at once.
fn cost(bytes: &[u8]) -> (Result<(u32, u32), PortraitError>, u64) {
    let mut came = None;
    let seen = measure(|| came = Some(decode_portrait(bytes).map(|frame| (frame.width(), frame.height()))));
    (came.expect("it was run"), seen.bytes_max)
}

fn portrait() -> Vec<u8> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/people/p03/portrait.jp2");
    std::fs::read(file).expect("a portrait")
}

/// Everything a header can say too much of, each with what it is refused for.
fn hostile() -> Vec<(&'static str, Shape, PortraitError)> {
    use PortraitError::{Demands, Size, Unreadable};
    let of = |change: &dyn Fn(&mut Shape)| {
        let mut shape = plain();
        change(&mut shape);
        shape
    };
    vec![
        (
            "20 KB with precincts of one pixel",
            of(&|s| (s.levels, s.precincts, s.body) = (0, Some(0x00), vec![0; 20_000])),
            Demands("precincts"),
        ),
        ("two pixels at every level", of(&|s| s.precincts = Some(0x11)), Demands("precincts")),
        ("precincts of nothing above the smallest", of(&|s| s.precincts = Some(0x00)), Unreadable),
        ("huge", of(&|s| (s.width, s.height) = (60_000, 60_000)), Size(60_000, 60_000)),
        ("huge, behind an offset", of(&|s| s.offset = u32::MAX - 192), Demands("coordinates")),
        ("far from its origin", of(&|s| (s.offset, s.tile) = (60_000, (70_000, 70_000))), Demands("coordinates")),
        ("a line", of(&|s| s.height = 1), Size(192, 1)),
        ("a tile a pixel", of(&|s| s.tile = (1, 1)), Demands("tiles")),
        ("65535 tiles", of(&|s| (s.width, s.height, s.tile) = (1020, 1020, (4, 4))), Demands("tiles")),
        ("16384 components", of(&|s| s.components = 16_384), Demands("components")),
        ("5 components", of(&|s| s.components = 5), Demands("components")),
        ("samples stretched 255 times", of(&|s| s.sampling = 255), Demands("sampling")),
        ("38 bits", of(&|s| s.bits = 38), Demands("bits")),
        ("255 layers", of(&|s| s.layers = 255), Demands("layers")),
        ("65535 layers", of(&|s| s.layers = 65_535), Demands("layers")),
        ("no layers", of(&|s| s.layers = 0), Unreadable),
        ("32 levels", of(&|s| s.levels = 32), Demands("levels")),
        ("code-blocks of 4096 by 4096", of(&|s| s.block = (10, 10)), Unreadable),
        (
            "the smallest code-blocks, in 32 layers",
            of(&|s| (s.width, s.height, s.tile, s.block, s.layers) = (1024, 1024, (1024, 1024), (0, 0), 32)),
            Demands("code-blocks"),
        ),
        (
            "small precincts in one component only",
            of(&|s| s.more = segment(0x53, &[0, 1, 0, 4, 4, 0, 1, 0x00])),
            Demands("precincts"),
        ),
        (
            "changes of the order without end",
            of(&|s| s.more = segment(0x5F, &[0, 0, 0, 1, 6, 1, 0].repeat(33))),
            Demands("progression changes"),
        ),
        ("packed packet headers", of(&|s| s.more = segment(0x60, &[0, 0, 0, 0, 0])), Unreadable),
        ("comments without end", of(&|s| s.more = segment(0x64, &[0, 1]).repeat(1100)), Demands("segments")),
        ("tiles of no size", of(&|s| s.tile = (0, 0)), Unreadable),
    ]
}

#[test]
fn what_asks_for_too_much_is_refused_before_it_is_decoded() {
    let (sound, normal) = cost(&portrait());
    assert_eq!(sound, Ok((192, 240)));
    println!("a real portrait: {} KiB at most", normal >> 10);
    let table = hostile();
    let count = table.len();
    for (name, shape, expected) in table {
        let bytes = shape.bytes();
        let (came, most) = cost(&bytes);
        assert_eq!(came, Err(expected), "{name}");
        // Nothing was set up for it.
        assert!(most < 64 << 10, "{name}: {} KiB for {} bytes", most >> 10, bytes.len());
    }
    println!("{count} hostile codestreams refused");
}

/// The worst that is let through, with packets that are empty, full and random.
#[test]
fn what_is_just_within_the_limits_stays_within_the_budget() {
    let (mut shapes, mut worst, mut decoded) = (0, 0, 0);
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut noise = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 32) as u8
    };
    for (side, tile) in [(192, 192), (1024, 1024), (1024, 128), (512, 64)] {
        for (components, layers) in [(1, 1), (4, 1), (1, 32), (3, 8)] {
            for (levels, precincts) in
                [(0, None), (5, None), (10, None), (5, Some(0x77)), (3, Some(0x55)), (2, Some(0x44))]
            {
                for block in [(0, 0), (4, 4)] {
                    for order in [0, 2] {
                        let shape = Shape {
                            width: side,
                            height: side,
                            tile: (tile, tile),
                            components,
                            layers,
                            levels,
                            precincts,
                            block,
                            order,
                            // Packets without anything, or with anything at all.
                            body: if order == 0 { vec![0; 3] } else { (0..600).map(|_| noise()).collect() },
                            ..plain()
                        };
                        let (came, most) = cost(&shape.bytes());
                        (shapes, worst) = (shapes + 1, most.max(worst));
                        decoded += u32::from(came.is_ok());
                        assert!(
                            most < BUDGET,
                            "{side}, {tile}, {components}, {layers}, {levels}, {precincts:?}: {most}"
                        );
                    }
                }
            }
        }
    }
    println!("{shapes} shapes, {decoded} decoded, {} MiB at most", worst >> 20);
}

#[test]
fn no_changed_header_takes_more_than_the_budget() {
    let (mut changed, mut refused, mut worst) = (0, 0, 0);
    let tiled = Shape { tile: (64, 64), levels: 3, precincts: Some(0x66), layers: 3, components: 3, ..plain() };
    for seed in [portrait(), plain().bytes(), tiled.bytes()] {
        let header = seed.windows(2).position(|two| two == [0xFF, 0x93]).expect("the data begin");
        for place in 0..header {
            let old = seed[place];
            let mut bytes = seed.clone();
            for value in [0, 1, 0x11, 0x7F, 0xFF, old ^ 0x40, old.wrapping_add(1)] {
                bytes[place] = value;
                let (came, most) = cost(&bytes);
                (changed, worst) = (changed + 1, most.max(worst));
                refused += u32::from(came.is_err());
                assert!(most < BUDGET, "byte {place} of {} as {value:02X}: {} MiB", seed.len(), most >> 20);
            }
        }
    }
    assert!(changed > 200);
    println!("{changed} changed headers, {refused} refused, {} MiB at most", worst >> 20);
}
