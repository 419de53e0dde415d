//! Numbers in memory that begins at a cache line: vectors of 64 bytes that lie across two lines cost twice.

use zeroize::Zeroize;

/// Numbers of 32 bits in a line.
const LINE: usize = 16;

/// As many numbers as it was made with, in aligned memory.
#[derive(Default)]
pub struct Aligned {
    /// Never grows, so that its place stays.
    numbers: Vec<f32>,
    start: usize,
    len: usize,
}

impl Aligned {
    /// Zeros.
    pub fn zeros(len: usize) -> Self {
        let numbers = vec![0.0f32; len + LINE];
        let start = numbers.as_ptr().align_offset(4 * LINE).min(LINE);
        Self { numbers, start, len }
    }

    pub fn numbers(&self) -> &[f32] {
        &self.numbers[self.start..self.start + self.len]
    }

    pub fn numbers_mut(&mut self) -> &mut [f32] {
        &mut self.numbers[self.start..self.start + self.len]
    }

    /// Overwrites them with zeros.
    pub fn wipe(&mut self) {
        self.numbers.as_mut_slice().zeroize();
    }
}

impl FromIterator<f32> for Aligned {
    fn from_iter<I: IntoIterator<Item = f32>>(numbers: I) -> Self {
        let numbers: Vec<f32> = numbers.into_iter().collect();
        let mut aligned = Self::zeros(numbers.len());
        aligned.numbers_mut().copy_from_slice(&numbers);
        aligned
    }
}
