//! Convolutions over all channels, and full connections: products of a matrix of weights with the places of a picture.
//!
//! A picture lies in memory place by place, each with all its channels. So what a place of the output is made of lies in
//! as many pieces as the kernel has rows, each in one run of memory, and nothing is packed or copied before the product.
//! A tile of some places times some vectors of output channels stays in registers over the whole sum.

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch};

use super::aligned::Aligned;

/// Where the pieces of an output place lie in the input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Rows of the kernel.
    pub pieces: usize,
    /// Numbers in a row of the kernel.
    pub piece: usize,
    /// Numbers from one row of the input to the next.
    pub row: usize,
    /// Numbers from what one output place is made of to what its right neighbour is made of.
    pub right: usize,
    /// The same for the neighbour below.
    pub down: usize,
    /// Output places in a row.
    pub columns: usize,
}

impl Window {
    /// Numbers that are summed for one place and channel.
    pub fn depth(&self) -> usize {
        self.pieces * self.piece
    }

    /// Where what `place` and its next are made of begins.
    #[inline(always)]
    fn starts<const P: usize>(&self, place: usize) -> [usize; P] {
        if self.down == self.columns * self.right {
            return std::array::from_fn(|p| (place + p) * self.right);
        }
        let (mut y, mut x) = (place / self.columns, place % self.columns);
        std::array::from_fn(|_| {
            let start = y * self.down + x * self.right;
            x += 1;
            if x == self.columns {
                (y, x) = (y + 1, 0);
            }
            start
        })
    }
}

/// The weights, the bias, and the bend behind them.
pub struct Matrix {
    pub window: Window,
    /// Panels of some vectors of output channels, each with all weights of one input number after those of the one before.
    panels: Aligned,
    bias: Aligned,
    /// What values below zero are multiplied with, by channel.
    pub slopes: Option<Aligned>,
    /// Output channels, filled up to whole vectors.
    lanes: usize,
}

/// Numbers of a block of input that is worked through with all weights before the next.
const BLOCK: usize = 24 * 1024;

/// Places and vectors of a tile: as many sums as there are registers for.
const fn tile(lanes: usize) -> (usize, usize) {
    match lanes {
        16 => (6, 4),
        8 => (6, 2),
        _ => (3, 3),
    }
}

impl Matrix {
    /// `weight(channel, n)` is what the `n`-th number of the window counts for that output channel; `bias` is
    /// filled up to whole vectors.
    pub fn new(level: Level, window: Window, weight: impl Fn(usize, usize) -> f32, bias: Aligned) -> Self {
        let lanes = bias.numbers().len();
        let vector = dispatch!(level, simd => width(simd));
        let panel = tile(vector).1 * vector;
        let mut panels = Aligned::zeros(window.depth() * lanes);
        let parts = panels.numbers_mut().chunks_mut(window.depth() * panel);
        for (first, part) in (0..lanes).step_by(panel).zip(parts) {
            let wide = panel.min(lanes - first);
            for (n, row) in part.chunks_exact_mut(wide).enumerate() {
                row.iter_mut().enumerate().for_each(|(channel, to)| *to = weight(first + channel, n));
            }
        }
        Self { window, panels, bias, slopes: None, lanes }
    }

    /// Products of one place.
    pub fn work(&self) -> usize {
        self.window.depth() * self.lanes
    }

    /// Writes the places from `first` on to `to`; `add` is added before the bend and lies as `to` does.
    pub fn run(&self, level: Level, from: &[f32], add: Option<&[f32]>, first: usize, to: &mut [f32]) {
        dispatch!(level, simd => self.places(simd, from, add, first, to));
    }

    #[inline(always)]
    fn places<S: Simd>(&self, simd: S, from: &[f32], add: Option<&[f32]>, first: usize, to: &mut [f32]) {
        match const { tile(S::f32s::LEN) } {
            (6, 4) => self.blocks::<S, 6, 4>(simd, from, add, first, to),
            (6, 2) => self.blocks::<S, 6, 2>(simd, from, add, first, to),
            _ => self.blocks::<S, 3, 3>(simd, from, add, first, to),
        }
    }

    #[inline(always)]
    fn blocks<S: Simd, const P: usize, const V: usize>(
        &self,
        simd: S,
        from: &[f32],
        add: Option<&[f32]>,
        first: usize,
        to: &mut [f32],
    ) {
        let depth = self.window.depth();
        let block = (BLOCK / depth / P).max(1) * P;
        let panel = V * S::f32s::LEN;
        let mut done = 0;
        for to in to.chunks_mut(block * self.lanes) {
            let add = add.map(|add| &add[done * self.lanes..][..to.len()]);
            let panels = self.panels.numbers().chunks(depth * panel);
            for (channel, weights) in (0..self.lanes).step_by(panel).zip(panels) {
                let out = Out { to: &mut *to, add, lanes: self.lanes, channel };
                match (self.lanes - channel).min(panel) / S::f32s::LEN {
                    // Fewer vectors leave registers for more places.
                    1 if V > 3 => self.panel::<S, 12, 1>(simd, from, weights, first + done, out),
                    2 if V > 3 => self.panel::<S, 12, 2>(simd, from, weights, first + done, out),
                    1 => self.panel::<S, P, 1>(simd, from, weights, first + done, out),
                    2 => self.panel::<S, P, 2>(simd, from, weights, first + done, out),
                    3 => self.panel::<S, P, 3>(simd, from, weights, first + done, out),
                    _ => self.panel::<S, P, V>(simd, from, weights, first + done, out),
                }
            }
            done += block;
        }
    }

    /// All places of a block by one panel.
    #[inline(always)]
    fn panel<S: Simd, const P: usize, const V: usize>(
        &self,
        simd: S,
        from: &[f32],
        weights: &[f32],
        first: usize,
        mut out: Out<'_>,
    ) {
        simd.vectorize(
            #[inline(always)]
            || {
                let places = out.to.len() / self.lanes;
                let mut whole = places / P * P;
                for place in (0..whole).step_by(P) {
                    self.tile::<S, P, V>(simd, from, weights, first, place, &mut out);
                }
                if P > 6 && places - whole >= 6 {
                    self.tile::<S, 6, V>(simd, from, weights, first, whole, &mut out);
                    whole += 6;
                }
                match places - whole {
                    0 => {}
                    1 => self.tile::<S, 1, V>(simd, from, weights, first, whole, &mut out),
                    2 => self.tile::<S, 2, V>(simd, from, weights, first, whole, &mut out),
                    3 => self.tile::<S, 3, V>(simd, from, weights, first, whole, &mut out),
                    4 => self.tile::<S, 4, V>(simd, from, weights, first, whole, &mut out),
                    _ => self.tile::<S, 5, V>(simd, from, weights, first, whole, &mut out),
                }
            },
        );
    }

    #[inline(always)]
    fn tile<S: Simd, const P: usize, const V: usize>(
        &self,
        simd: S,
        from: &[f32],
        weights: &[f32],
        first: usize,
        place: usize,
        out: &mut Out<'_>,
    ) {
        let starts = self.window.starts::<P>(first + place);
        let bias = load::<S, V>(simd, &self.bias.numbers()[out.channel..]);
        let mut sums = [bias; P];
        let piece = self.window.piece;
        let wide = V * S::f32s::LEN;
        for (n, weights) in weights.chunks_exact(piece * wide).enumerate() {
            let rows = starts.map(|start| &from[start + n * self.window.row..][..piece]);
            for (k, weights) in (0..piece).zip(weights.chunks_exact(wide)) {
                let weights = load::<S, V>(simd, weights);
                for (sums, row) in sums.iter_mut().zip(rows) {
                    let number = S::f32s::splat(simd, row[k]);
                    for (sum, weight) in sums.iter_mut().zip(weights) {
                        *sum = number.mul_add(weight, *sum);
                    }
                }
            }
        }
        let slopes = self.slopes.as_ref().map(|slopes| load::<S, V>(simd, &slopes.numbers()[out.channel..]));
        for (p, mut sums) in sums.into_iter().enumerate() {
            let at = (place + p) * out.lanes + out.channel;
            if let Some(add) = out.add {
                let add = load::<S, V>(simd, &add[at..]);
                sums = std::array::from_fn(|v| sums[v] + add[v]);
            }
            if let Some(slopes) = slopes {
                sums = std::array::from_fn(|v| bent(simd, sums[v], slopes[v]));
            }
            for (sum, to) in sums.into_iter().zip(out.to[at..].chunks_exact_mut(S::f32s::LEN)) {
                sum.store_slice(to);
            }
        }
    }
}

/// Where a panel's results go.
struct Out<'o> {
    to: &'o mut [f32],
    add: Option<&'o [f32]>,
    lanes: usize,
    channel: usize,
}

/// Numbers in a vector.
#[inline(always)]
pub fn width<S: Simd>(_: S) -> usize {
    S::f32s::LEN
}

#[inline(always)]
fn load<S: Simd, const V: usize>(simd: S, from: &[f32]) -> [S::f32s; V] {
    let from = &from[..V * S::f32s::LEN];
    std::array::from_fn(|v| S::f32s::from_slice(simd, &from[v * S::f32s::LEN..][..S::f32s::LEN]))
}

/// `value`, times `slope` where it is below zero.
#[inline(always)]
pub fn bent<S: Simd>(simd: S, value: S::f32s, slope: S::f32s) -> S::f32s {
    value.simd_lt(S::f32s::splat(simd, 0.0)).select(value * slope, value)
}
