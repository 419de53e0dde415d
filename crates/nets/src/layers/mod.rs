//! A whole network as layers of our own, faster than the network runtime's operators and with a path for every kind of
//! vector instructions, those of machines without AVX too: the runtime has none for them and falls back to plain code.
//!
//! What an ONNX file says becomes a list of steps once, at load; their buffers are made once and stay. A file with an
//! operator that is not among ours runs in the runtime instead (`network.rs`).

mod aligned;
mod constants;
mod depthwise;
mod kernels;
mod matrix;
mod picture;
mod read;
mod simple;

use std::collections::BTreeMap;
use std::time::Instant;

use fearless_simd::Level;

use aligned::Aligned;
use depthwise::Depthwise;
use matrix::Matrix;
use picture::{Shape, share};
use simple::Simple;

pub use read::Unknown;

/// A network; shared by the threads that run it.
pub struct Layers {
    level: Level,
    /// Of the pictures between the steps: what they are, and which buffer holds them.
    pictures: Vec<(Shape, usize)>,
    /// Lengths of the buffers.
    buffers: Vec<usize>,
    input: usize,
    outputs: Vec<usize>,
    steps: Vec<Step>,
}

/// One step; pictures by their number.
struct Step {
    from: usize,
    /// The second picture of those that take two.
    with: Option<usize>,
    to: usize,
    work: Work,
}

enum Work {
    Matrix(Matrix),
    Depthwise(Depthwise),
    Simple(Simple),
}

/// What one thread needs to run a network; wiped on drop.
pub struct Buffers(Vec<Aligned>);

impl Buffers {
    /// Overwrites them.
    pub fn wipe(&mut self) {
        self.0.iter_mut().for_each(Aligned::wipe);
    }
}

impl Drop for Buffers {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl Layers {
    pub fn buffers(&self) -> Buffers {
        Buffers(self.buffers.iter().map(|len| Aligned::zeros(*len)).collect())
    }

    /// How many outputs it has.
    pub fn outputs(&self) -> usize {
        self.outputs.len()
    }

    /// Runs it on `input`, planes of rows, and writes the numbers of every output.
    pub fn run(&self, input: &[f32], buffers: &mut Buffers, outputs: &mut [Vec<f32>]) {
        self.run_with(input, buffers, outputs, |_, work| work());
    }

    /// Adds the milliseconds of each kind of step to `times`.
    pub fn run_timed(&self, input: &[f32], buffers: &mut Buffers, times: &mut BTreeMap<String, f64>) {
        let mut outputs = vec![Vec::new(); self.outputs.len()];
        self.run_with(input, buffers, &mut outputs, |step, work| {
            let start = Instant::now();
            work();
            *times.entry(self.name(step)).or_default() += start.elapsed().as_secs_f64() * 1e3;
        });
    }

    fn run_with(
        &self,
        input: &[f32],
        Buffers(buffers): &mut Buffers,
        outputs: &mut [Vec<f32>],
        mut each: impl FnMut(&Step, &mut dyn FnMut()),
    ) {
        let (shape, buffer) = self.pictures[self.input];
        interleave(input, shape, buffers[buffer].numbers_mut());
        for step in &self.steps {
            let buffer = self.pictures[step.to].1;
            let mut to = std::mem::take(&mut buffers[buffer]);
            each(step, &mut || self.step(step, buffers, &mut to));
            buffers[buffer] = to;
        }
        for (output, picture) in outputs.iter_mut().zip(&self.outputs) {
            let (numbers, shape) = self.picture(buffers, *picture);
            output.clear();
            output.extend(numbers.chunks_exact(shape.lanes).flat_map(|place| &place[..shape.channels]));
        }
    }

    fn picture<'b>(&self, buffers: &'b [Aligned], picture: usize) -> (&'b [f32], Shape) {
        let (shape, buffer) = self.pictures[picture];
        (&buffers[buffer].numbers()[..shape.len()], shape)
    }

    fn step(&self, step: &Step, buffers: &[Aligned], to: &mut Aligned) {
        let (level, shape) = (self.level, self.pictures[step.to].0);
        let to = &mut to.numbers_mut()[..shape.len()];
        let from = self.picture(buffers, step.from);
        let with = step.with.map(|with| self.picture(buffers, with));
        match &step.work {
            Work::Matrix(matrix) => {
                let add = with.map(|(add, _)| add);
                share(to, shape.lanes, shape.places() * matrix.work(), |first, to| {
                    let add = add.map(|add| &add[first * shape.lanes..][..to.len()]);
                    matrix.run(level, from.0, add, first, to);
                });
            }
            Work::Depthwise(depthwise) => {
                let products = shape.len() * depthwise.kernel[0] * depthwise.kernel[1];
                share(to, shape.columns * shape.lanes, products, |first, to| {
                    depthwise.run(level, from, first, (to, shape));
                });
            }
            Work::Simple(simple) => simple.run(level, from, with, (to, shape)),
        }
    }

    /// For tables of times.
    fn name(&self, step: &Step) -> String {
        let lines = |kernel: [usize; 2]| format!("{}×{}", kernel[0], kernel[1]);
        match &step.work {
            Work::Matrix(matrix) => {
                let columns = (matrix.window.piece / self.pictures[step.from].0.lanes).max(1);
                match self.pictures[step.to].0.places() {
                    1 => "Full".into(),
                    _ => format!("Matrix {}", lines([matrix.window.pieces, columns])),
                }
            }
            Work::Depthwise(depthwise) => format!("Depthwise {}", lines(depthwise.kernel)),
            Work::Simple(simple) => simple.name().into(),
        }
    }
}

/// Planes of rows become places with all their channels.
fn interleave(planes: &[f32], shape: Shape, to: &mut [f32]) {
    for (channel, plane) in planes.chunks_exact(shape.places()).enumerate() {
        let places = to.chunks_exact_mut(shape.lanes);
        places.zip(plane).for_each(|(to, number)| to[channel] = *number);
    }
}
