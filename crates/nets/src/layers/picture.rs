//! How the numbers of a layer lie in memory.

use fearless_simd::Level;
use tract_onnx::tract_core::internal::multithread::{Executor, current_tract_executor};

/// A picture, place by place in rows, each place with all its channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    pub rows: usize,
    pub columns: usize,
    pub channels: usize,
    /// Channels filled up to whole vectors; what is beyond is never read as a channel.
    pub lanes: usize,
}

impl Shape {
    pub fn places(&self) -> usize {
        self.rows * self.columns
    }

    pub fn len(&self) -> usize {
        self.places() * self.lanes
    }
}

/// Products from which on a second thread is worth waking.
const WORTH_SHARING: usize = 150_000;

/// Lets `work` fill `to`, whole lines of `line` numbers each, on as many threads as there may be. It is told its first line.
pub fn share(to: &mut [f32], line: usize, products: usize, work: impl Fn(usize, &mut [f32]) + Sync) {
    let threads = match current_tract_executor() {
        Executor::MultiThread(pool) if products >= WORTH_SHARING => pool.current_num_threads(),
        _ => 1,
    };
    let lines = to.len() / line;
    split(to, line, 0, threads.min(lines), lines, &work);
}

/// Half of the threads take half of the lines.
fn split(
    to: &mut [f32],
    line: usize,
    first: usize,
    threads: usize,
    lines: usize,
    work: &(impl Fn(usize, &mut [f32]) + Sync),
) {
    if threads < 2 {
        return work(first, to);
    }
    let half = lines / 2;
    let (above, below) = to.split_at_mut(half * line);
    rayon::join(
        || split(above, line, first, threads / 2, half, work),
        || split(below, line, first + half, threads - threads / 2, lines - half, work),
    );
}

/// Numbers in a vector of these instructions.
pub fn vector(level: Level) -> usize {
    fearless_simd::dispatch!(level, simd => super::matrix::width(simd))
}
