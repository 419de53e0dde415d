//! Convolutions in which every channel has a kernel of its own.

use std::ops::Range;

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch};

use super::aligned::Aligned;
use super::matrix::bent;
use super::picture::Shape;

/// The weights, the bias, and the bend behind them.
pub struct Depthwise {
    /// Rows and columns of the kernel.
    pub kernel: [usize; 2],
    pub stride: [usize; 2],
    /// Rows of zeros above, columns of zeros on the left.
    pub before: [usize; 2],
    /// By vectors of channels, in each those of one place of the kernel after those of the place before.
    pub weights: Aligned,
    /// By channel, as the slopes of values below zero.
    pub bias: Aligned,
    pub slopes: Option<Aligned>,
}

impl Depthwise {
    /// Writes whole rows of the output, `first` and those below, to `to`.
    pub fn run(&self, level: Level, from: (&[f32], Shape), first: usize, to: (&mut [f32], Shape)) {
        dispatch!(level, simd => self.rows(simd, from, first, to));
    }

    #[inline(always)]
    fn rows<S: Simd>(&self, simd: S, from: (&[f32], Shape), first: usize, to: (&mut [f32], Shape)) {
        match S::f32s::LEN {
            16 => self.vectors::<S, 16>(simd, from, first, to),
            8 => self.vectors::<S, 8>(simd, from, first, to),
            _ => self.vectors::<S, 4>(simd, from, first, to),
        }
    }

    /// `L` is the length of a vector.
    #[inline(always)]
    fn vectors<S: Simd, const L: usize>(
        &self,
        simd: S,
        (from, shape): (&[f32], Shape),
        first: usize,
        (to, wide): (&mut [f32], Shape),
    ) {
        let (from, (to, _)) = (from.as_chunks::<L>().0, to.as_chunks_mut::<L>());
        let vectors = shape.lanes / L;
        let row = shape.columns * vectors;
        for (y, to) in (first..).zip(to.chunks_exact_mut(wide.columns * vectors)) {
            let (top, down) = inside(y * self.stride[0], self.before[0], self.kernel[0], shape.rows);
            let lines = from[top * row..].chunks_exact(row);
            for (x, to) in to.chunks_exact_mut(vectors).enumerate() {
                let (left, right) = inside(x * self.stride[1], self.before[1], self.kernel[1], shape.columns);
                if self.kernel == [3, 3] && down.len() == 3 && right.len() == 3 {
                    let place =
                        |line: usize, column: usize| &from[(top + line) * row + (left + column) * vectors..][..vectors];
                    let nine = std::array::from_fn(|n| place(n / 3, n % 3));
                    self.nine::<S, L>(simd, nine, to);
                } else {
                    self.some::<S, L>(simd, lines.clone().zip(down.clone()), (left, right), to);
                }
            }
        }
    }

    /// A place whose whole kernel of three by three lies on the picture.
    #[inline(always)]
    fn nine<S: Simd, const L: usize>(&self, simd: S, from: [&[[f32; L]]; 9], to: &mut [[f32; L]]) {
        let vectors = to.len();
        // Slices of one length need no check inside the loop.
        let from = from.map(|from| &from[..vectors]);
        let weights = &self.weights.numbers().as_chunks::<L>().0.as_chunks::<9>().0[..vectors];
        for v in 0..vectors {
            let mut sum = self.bias::<S, L>(simd, v);
            for (from, weights) in from.iter().zip(&weights[v]) {
                sum = S::f32s::from_slice(simd, &from[v]).mul_add(S::f32s::from_slice(simd, weights), sum);
            }
            self.bent::<S, L>(simd, sum, v).store_slice(&mut to[v]);
        }
    }

    /// A place at the edge, or of a kernel of another size.
    #[inline(always)]
    fn some<'f, S: Simd, const L: usize>(
        &self,
        simd: S,
        lines: impl Iterator<Item = (&'f [[f32; L]], usize)> + Clone,
        (left, right): (usize, Range<usize>),
        to: &mut [[f32; L]],
    ) {
        let (vectors, taps) = (to.len(), self.kernel[0] * self.kernel[1]);
        let weights = self.weights.numbers().as_chunks::<L>().0;
        for (v, to) in to.iter_mut().enumerate() {
            let mut sum = self.bias::<S, L>(simd, v);
            for (line, down) in lines.clone() {
                for (column, right) in (left..).zip(right.clone()) {
                    let weight = &weights[v * taps + down * self.kernel[1] + right];
                    let number = &line[column * vectors + v];
                    sum = S::f32s::from_slice(simd, number).mul_add(S::f32s::from_slice(simd, weight), sum);
                }
            }
            self.bent::<S, L>(simd, sum, v).store_slice(to);
        }
    }

    #[inline(always)]
    fn bias<S: Simd, const L: usize>(&self, simd: S, v: usize) -> S::f32s {
        S::f32s::from_slice(simd, &self.bias.numbers().as_chunks::<L>().0[v])
    }

    #[inline(always)]
    fn bent<S: Simd, const L: usize>(&self, simd: S, sum: S::f32s, v: usize) -> S::f32s {
        match &self.slopes {
            Some(slopes) => bent(simd, sum, S::f32s::from_slice(simd, &slopes.numbers().as_chunks::<L>().0[v])),
            None => sum,
        }
    }
}

/// The first line of the input under a kernel that begins at `at`, less the lines `before` it, and which of the kernel's
/// lines lie on the picture.
fn inside(at: usize, before: usize, kernel: usize, lines: usize) -> (usize, Range<usize>) {
    let cut = before.saturating_sub(at);
    let first = (at + cut).saturating_sub(before);
    (first, cut..kernel.min(cut + lines.saturating_sub(first)))
}
