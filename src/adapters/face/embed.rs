//! The numbers of a face: SFace on the aligned face.

use tract_onnx::prelude::TractResult;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ports::Frame;

use super::align;
use super::detect::Face;
use super::models::Models;
use super::network::{Runner, values};
use super::sample::{Planes, sample};

/// Numbers per face.
pub const LENGTH: usize = 128;

/// A face as a direction of length 1; wiped on drop, and never moved about on a stack.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Embedding(Vec<f32>);

impl Embedding {
    /// `None` when the numbers have no direction.
    fn new(numbers: &[f32]) -> Option<Self> {
        let mut embedding = Self(vec![0.0; LENGTH]);
        if numbers.len() != LENGTH {
            return None;
        }
        let length = numbers.iter().map(|n| n * n).sum::<f32>().sqrt();
        for (to, from) in embedding.0.iter_mut().zip(numbers) {
            *to = from / length;
        }
        (length.is_finite() && length > 1e-6).then_some(embedding)
    }

    /// The numbers themselves, for the test that looks for them in memory.
    #[doc(hidden)]
    pub fn numbers(&self) -> &[f32] {
        &self.0
    }

    /// Cosine with another face, -1 to 1.
    pub fn cosine(&self, other: &Self) -> f32 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }

    /// The direction in the middle of several; `None` of none.
    pub fn mean<'e>(embeddings: impl IntoIterator<Item = &'e Embedding>) -> Option<Self> {
        let mut sum = zeroize::Zeroizing::new([0.0f32; LENGTH]);
        for embedding in embeddings {
            sum.iter_mut().zip(&embedding.0).for_each(|(s, e)| *s += e);
        }
        Self::new(&sum[..])
    }
}

/// The recogniser with its buffers.
pub struct Embedder {
    network: Runner,
}

impl Embedder {
    /// A recogniser of its own thread.
    pub fn new(models: &Models) -> TractResult<Self> {
        Ok(Self { network: models.embed.runner()? })
    }

    /// The numbers of `face`; `None` when its points cannot be aligned.
    pub fn embed(&mut self, frame: &Frame, face: &Face) -> TractResult<Option<Embedding>> {
        let Some(map) = align::map_to_frame(face) else { return Ok(None) };
        let outputs = self.network.run(|input| sample(frame, &map, align::SIDE, Planes::Rgb, input))?;
        outputs.first().map_or(Ok(None), |output| Ok(Embedding::new(values(output)?)))
    }

    /// Overwrites what is left of the last face.
    pub fn wipe(&mut self) {
        self.network.wipe();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(n: usize, length: f32) -> Vec<f32> {
        (0..LENGTH).map(|i| if i == n { length } else { 0.0 }).collect()
    }

    #[test]
    fn length_does_not_count_and_the_mean_lies_between() {
        let a = Embedding::new(&axis(0, 3.0)).expect("a direction");
        let b = Embedding::new(&axis(1, 0.5)).expect("a direction");
        assert!((a.cosine(&a) - 1.0).abs() < 1e-6);
        assert_eq!(a.cosine(&b), 0.0);
        let between = Embedding::mean([&a, &b]).expect("a mean");
        assert!((between.cosine(&a) - 0.5f32.sqrt()).abs() < 1e-6);
    }

    #[test]
    fn nothing_has_no_direction() {
        assert!(Embedding::new(&axis(0, 0.0)).is_none());
        assert!(Embedding::new(&[1.0; 5]).is_none());
        assert!(Embedding::new(&[f32::NAN; LENGTH]).is_none());
        assert!(Embedding::mean([]).is_none());
    }
}
