//! What is done with pictures besides convolutions. None of it takes long; the compiler makes vectors of the loops.

use fearless_simd::{Level, Simd, dispatch};

use super::picture::Shape;

/// One of them, `from` a picture (and a second one) `to` another.
pub enum Simple {
    /// Zeros around a picture: rows above it, columns on its left.
    Border([usize; 2]),
    /// The largest of every two by two places.
    Halve,
    /// Every place twice, across and down.
    Double,
    /// More channels, all zero.
    Widen,
    /// Both pictures' sum.
    Add,
    /// Every channel times the number that the second picture's only place has for it.
    Weigh,
    /// Every channel times a number, and another one added.
    Scale {
        times: Vec<f32>,
        plus: Vec<f32>,
    },
    /// What is below zero times a number of its channel.
    Bend(Vec<f32>),
    /// The mean of every channel.
    Mean,
    Sigmoid,
    /// Shares of 1 among the channels of each place.
    Shares,
}

/// The numbers of a picture.
pub type Picture<'p> = (&'p [f32], Shape);

impl Simple {
    pub fn run(&self, level: Level, from: Picture<'_>, with: Option<Picture<'_>>, to: (&mut [f32], Shape)) {
        dispatch!(level, simd => simd.vectorize(#[inline(always)] || self.plainly(from, with, to)));
    }

    #[inline(always)]
    fn plainly(&self, (from, shape): Picture<'_>, with: Option<Picture<'_>>, (to, wide): (&mut [f32], Shape)) {
        let places = || from.chunks_exact(shape.lanes);
        match self {
            Self::Border([above, left]) => {
                to.fill(0.0);
                let rows = to.chunks_exact_mut(wide.columns * wide.lanes).skip(*above);
                for (from, to) in from.chunks_exact(shape.columns * shape.lanes).zip(rows) {
                    to[left * wide.lanes..][..from.len()].copy_from_slice(from);
                }
            }
            Self::Halve => halve(from, shape, to, wide),
            Self::Double => double(from, shape, to, wide),
            Self::Widen => {
                for (from, to) in places().zip(to.chunks_exact_mut(wide.lanes)) {
                    to.fill(0.0);
                    to[..shape.channels].copy_from_slice(&from[..shape.channels]);
                }
            }
            Self::Add => {
                let with = with.map_or(&[][..], |(with, _)| with);
                for ((to, a), b) in to.iter_mut().zip(from).zip(with) {
                    *to = a + b;
                }
            }
            Self::Weigh => {
                let by = with.map_or(&[][..], |(by, _)| by);
                for (from, to) in places().zip(to.chunks_exact_mut(wide.lanes)) {
                    to.iter_mut().zip(from).zip(by).for_each(|((to, from), by)| *to = from * by);
                }
            }
            Self::Scale { times, plus } => {
                for (from, to) in places().zip(to.chunks_exact_mut(wide.lanes)) {
                    let numbers = from.iter().zip(times).zip(plus);
                    to.iter_mut().zip(numbers).for_each(|(to, ((from, times), plus))| *to = from * times + plus);
                }
            }
            Self::Bend(slopes) => {
                for (from, to) in places().zip(to.chunks_exact_mut(wide.lanes)) {
                    let numbers = from.iter().zip(slopes);
                    to.iter_mut().zip(numbers).for_each(|(to, (x, s))| *to = if *x < 0.0 { x * s } else { *x });
                }
            }
            Self::Mean => {
                to.fill(0.0);
                places().for_each(|from| to.iter_mut().zip(from).for_each(|(sum, from)| *sum += from));
                to.iter_mut().for_each(|sum| *sum /= shape.places() as f32);
            }
            Self::Sigmoid => {
                for (from, to) in places().zip(to.chunks_exact_mut(wide.lanes)) {
                    let (to, beyond) = to.split_at_mut(shape.channels);
                    // To the last bit: a fit is off by much where the detector is sure that there is no face.
                    to.iter_mut().zip(from).for_each(|(to, from)| *to = 1.0 / (1.0 + (-from).exp()));
                    beyond.fill(0.0);
                }
            }
            Self::Shares => {
                for (from, to) in places().zip(to.chunks_exact_mut(wide.lanes)) {
                    let (from, (to, beyond)) = (&from[..shape.channels], to.split_at_mut(shape.channels));
                    beyond.fill(0.0);
                    let largest = from.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                    to.iter_mut().zip(from).for_each(|(to, from)| *to = (from - largest).exp());
                    let sum: f32 = to.iter().sum();
                    to.iter_mut().for_each(|share| *share /= sum);
                }
            }
        }
    }

    /// For tables of times.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Border(_) => "Border",
            Self::Halve => "Halve",
            Self::Double => "Double",
            Self::Widen => "Widen",
            Self::Add => "Add",
            Self::Weigh => "Weigh",
            Self::Scale { .. } => "Scale",
            Self::Bend(_) => "Bend",
            Self::Mean => "Mean",
            Self::Sigmoid => "Sigmoid",
            Self::Shares => "Shares",
        }
    }
}

#[inline(always)]
fn halve(from: &[f32], shape: Shape, to: &mut [f32], wide: Shape) {
    let row = shape.columns * shape.lanes;
    for (two, to) in from.chunks_exact(2 * row).zip(to.chunks_exact_mut(wide.columns * wide.lanes)) {
        let (above, below) = two.split_at(row);
        let pairs = above.chunks_exact(2 * shape.lanes).zip(below.chunks_exact(2 * shape.lanes));
        for (to, (above, below)) in to.chunks_exact_mut(wide.lanes).zip(pairs) {
            let ((a, b), (c, d)) = (above.split_at(shape.lanes), below.split_at(shape.lanes));
            for ((((to, a), b), c), d) in to.iter_mut().zip(a).zip(b).zip(c).zip(d) {
                *to = a.max(*b).max(c.max(*d));
            }
        }
    }
}

#[inline(always)]
fn double(from: &[f32], shape: Shape, to: &mut [f32], wide: Shape) {
    let row = wide.columns * wide.lanes;
    for (from, two) in from.chunks_exact(shape.columns * shape.lanes).zip(to.chunks_exact_mut(2 * row)) {
        let (above, below) = two.split_at_mut(row);
        for (from, to) in from.chunks_exact(shape.lanes).zip(above.chunks_exact_mut(2 * wide.lanes)) {
            let (left, right) = to.split_at_mut(wide.lanes);
            left.copy_from_slice(from);
            right.copy_from_slice(from);
        }
        below.copy_from_slice(above);
    }
}
