//! The numbers of a face: every recogniser of the pack on the aligned face.

use zeroize::{Zeroize, ZeroizeOnDrop};

use uketsuke_core::ports::Frame;
use uketsuke_nets::{RunResult, Runner};

use super::align;
use super::detect::Face;
use super::models::{Models, Recogniser};
use super::sample::{Affine, Planes, sample};

/// A face as one direction of length 1 for each recogniser; wiped on drop.
#[derive(Clone, Default, Zeroize, ZeroizeOnDrop)]
pub struct Embedding {
    parts: Vec<Part>,
}

/// What one recogniser says.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
struct Part {
    numbers: Vec<f32>,
    /// Its share in the score; those of all parts make 1.
    #[zeroize(skip)]
    weight: f32,
}

impl Part {
    /// Takes over the direction of `numbers`, into memory it has; false when they have none.
    fn set(&mut self, numbers: &[f32]) -> bool {
        let length = numbers.iter().map(|n| n * n).sum::<f32>().sqrt();
        self.numbers.clear();
        self.numbers.extend(numbers.iter().map(|n| n / length));
        length.is_finite() && length > 1e-6
    }

    /// Adds the direction of `other`, as often as `weight` says.
    fn add(&mut self, other: &Self, weight: f32) {
        self.numbers.resize(other.numbers.len(), 0.0);
        self.weight = other.weight;
        self.numbers.iter_mut().zip(&other.numbers).for_each(|(sum, n)| *sum += weight * n);
    }

    fn dot(&self, other: &Self) -> f32 {
        self.numbers.iter().zip(&other.numbers).map(|(a, b)| a * b).sum()
    }
}

impl Embedding {
    /// The face that a single recogniser describes by `numbers`; `None` when they have no direction.
    pub fn of(numbers: &[f32]) -> Option<Self> {
        let mut part = Part { numbers: Vec::with_capacity(numbers.len()), weight: 1.0 };
        part.set(numbers).then(|| Self { parts: vec![part] })
    }

    /// The numbers of the first recogniser, for the test that looks for them in memory.
    #[doc(hidden)]
    pub fn numbers(&self) -> &[f32] {
        self.parts.first().map_or(&[], |part| &part.numbers)
    }

    /// The mean cosine of all recognisers with another face, -1 to 1.
    pub fn cosine(&self, other: &Self) -> f32 {
        self.parts.iter().zip(&other.parts).map(|(a, b)| a.weight * a.dot(b)).sum()
    }

    /// The same with the direction in the middle of several faces; `None` of none.
    pub fn cosine_with_mean<'e>(&self, faces: impl Iterator<Item = &'e Self> + Clone) -> Option<f32> {
        faces.clone().next()?;
        let cosine = |(n, own): (usize, &Part)| {
            let parts = faces.clone().filter_map(|face| face.parts.get(n));
            let along: f32 = parts.clone().map(|part| own.dot(part)).sum();
            let square: f32 = parts.clone().flat_map(|a| parts.clone().map(|b| a.dot(b))).sum();
            own.weight * along / square.max(1e-12).sqrt()
        };
        Some(self.parts.iter().enumerate().map(cosine).sum())
    }
}

/// The direction in the middle of many faces, each with a weight; wiped on drop.
pub struct Mean {
    sum: Embedding,
    count: u32,
}

impl Mean {
    /// Of no face yet, in the memory of an empty embedding.
    pub fn new(room: Embedding) -> Self {
        Self { sum: room, count: 0 }
    }

    /// Faces in it.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// One more face.
    pub fn add(&mut self, face: &Embedding, weight: f32) {
        self.sum.parts.iter_mut().zip(&face.parts).for_each(|(sum, part)| sum.add(part, weight));
        self.count += 1;
    }

    /// Forgets them, keeping the memory.
    pub fn clear(&mut self) {
        self.sum.parts.iter_mut().for_each(|part| part.numbers.zeroize());
        self.count = 0;
    }

    /// Their direction as one face; `None` when they have none.
    pub fn direction(&self) -> Option<Embedding> {
        let mut face = Embedding {
            parts: self
                .sum
                .parts
                .iter()
                .map(|sum| Part { numbers: Vec::with_capacity(ROOM), weight: sum.weight })
                .collect(),
        };
        let known = face.parts.iter_mut().zip(&self.sum.parts).all(|(part, sum)| part.set(&sum.numbers));
        (known && self.count > 0).then_some(face)
    }

    /// The mean cosine of all recognisers with a face; `None` of none.
    pub fn cosine(&self, face: &Embedding) -> Option<f32> {
        let cosine = |(sum, part): (&Part, &Part)| part.weight * part.dot(sum) / sum.dot(sum).max(1e-12).sqrt();
        (self.count > 0).then(|| self.sum.parts.iter().zip(&face.parts).map(cosine).sum())
    }
}

/// All recognisers with their buffers.
pub struct Embedder {
    recognisers: Vec<Worker>,
}

struct Worker {
    network: Runner,
    planes: Planes,
    mean: f32,
    scale: f32,
    weight: f32,
}

impl Worker {
    fn new(recogniser: &Recogniser) -> RunResult<Self> {
        let Recogniser { ref network, planes, mean, scale, weight } = *recogniser;
        Ok(Self { network: network.runner()?, planes, mean, scale, weight })
    }

    /// False when the network gives no direction.
    fn embed(&mut self, frame: &Frame, face: &Face, part: &mut Part) -> RunResult<bool> {
        let (side, _) = self.network.size();
        let Some(map) = align::map_to_frame(face, side) else { return Ok(false) };
        let (planes, mean, scale) = (self.planes, self.mean, self.scale);
        let outputs = self.network.run(|input| fill(frame, &map, side, planes, (mean, scale), input))?;
        part.weight = self.weight;
        Ok(outputs.first().is_some_and(|output| part.set(output)))
    }
}

fn fill(frame: &Frame, map: &Affine, side: usize, planes: Planes, (mean, scale): (f32, f32), input: &mut [f32]) {
    sample(frame, map, side, planes, input);
    if (mean, scale) != (0.0, 1.0) {
        input.iter_mut().for_each(|value| *value = (*value - mean) * scale);
    }
}

impl Embedder {
    /// Recognisers of their own thread.
    pub fn new(models: &Models) -> RunResult<Self> {
        Ok(Self { recognisers: models.recognisers.iter().map(Worker::new).collect::<RunResult<_>>()? })
    }

    /// An embedding with room for every recogniser, to be filled.
    pub fn empty(&self) -> Embedding {
        let part = |worker: &Worker| Part { numbers: Vec::with_capacity(ROOM), weight: worker.weight };
        Embedding { parts: self.recognisers.iter().map(part).collect() }
    }

    /// The first recogniser and all others, to be run at the same time.
    pub fn split<'e>(&'e mut self, embedding: &'e mut Embedding) -> (Share<'e>, Share<'e>) {
        let missing = self.recognisers.len().saturating_sub(embedding.parts.len());
        embedding.parts.extend((0..missing).map(|_| Part { numbers: Vec::with_capacity(ROOM), weight: 0.0 }));
        let one = self.recognisers.len().min(1);
        let (first, others) = self.recognisers.split_at_mut(one);
        let (part, parts) = embedding.parts.split_at_mut(first.len());
        (Share { workers: first, parts: part }, Share { workers: others, parts })
    }

    /// Runs the networks on what their inputs hold.
    pub fn networks_alone(&mut self) -> RunResult<()> {
        for worker in &mut self.recognisers {
            worker.network.run(|_| ())?;
        }
        Ok(())
    }

    /// Overwrites what is left of the last face.
    pub fn wipe(&mut self) {
        self.recognisers.iter_mut().for_each(|worker| worker.network.wipe());
    }
}

/// Numbers that most recognisers give at most; a longer answer only costs one more allocation.
const ROOM: usize = 512;

/// Some of the recognisers, and where their numbers go.
pub struct Share<'e> {
    workers: &'e mut [Worker],
    parts: &'e mut [Part],
}

impl Share<'_> {
    /// Runs them; false when the points cannot be aligned.
    pub fn embed(&mut self, frame: &Frame, face: &Face) -> RunResult<bool> {
        let mut all = true;
        for (worker, part) in self.workers.iter_mut().zip(self.parts.iter_mut()) {
            all &= worker.embed(frame, face, part)?;
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(n: usize, length: f32) -> Vec<f32> {
        (0..8).map(|i| if i == n { length } else { 0.0 }).collect()
    }

    fn two(a: &[f32], b: &[f32]) -> Embedding {
        let part = |numbers: &[f32], weight| {
            let mut part = Part { numbers: Vec::new(), weight };
            assert!(part.set(numbers));
            part
        };
        Embedding { parts: vec![part(a, 0.75), part(b, 0.25)] }
    }

    #[test]
    fn length_does_not_count_and_the_mean_lies_between() {
        let a = Embedding::of(&axis(0, 3.0)).expect("a direction");
        let b = Embedding::of(&axis(1, 0.5)).expect("a direction");
        assert!((a.cosine(&a) - 1.0).abs() < 1e-6);
        assert_eq!(a.cosine(&b), 0.0);
        let between = a.cosine_with_mean([&a, &b].into_iter()).expect("a mean");
        assert!((between - 0.5f32.sqrt()).abs() < 1e-6);
    }

    #[test]
    fn the_score_is_the_mean_of_the_recognisers_by_their_weight() {
        let (a, b) = (two(&axis(0, 1.0), &axis(1, 2.0)), two(&axis(0, 5.0), &axis(2, 1.0)));
        assert!((a.cosine(&b) - 0.75).abs() < 1e-6);
        assert!((a.cosine_with_mean([&b].into_iter()).expect("a mean") - 0.75).abs() < 1e-6);
        let mean = a.cosine_with_mean([&a, &b].into_iter()).expect("a mean");
        assert!((mean - (0.75 + 0.25 * 0.5f32.sqrt())).abs() < 1e-6, "each recogniser has its own mean");
    }

    #[test]
    fn a_mean_is_that_of_its_faces_and_heavier_ones_draw_it() {
        let (a, b) = (two(&axis(0, 1.0), &axis(1, 2.0)), two(&axis(1, 5.0), &axis(2, 1.0)));
        let mut mean = Mean::new(two(&axis(0, 1.0), &axis(0, 1.0)));
        mean.clear();
        assert_eq!((mean.count(), mean.cosine(&a)), (0, None));
        mean.add(&a, 1.0);
        mean.add(&b, 1.0);
        let apart = a.cosine_with_mean([&a, &b].into_iter()).expect("a mean");
        assert!((mean.cosine(&a).expect("a mean") - apart).abs() < 1e-6 && mean.count() == 2);
        let direction = mean.direction().expect("a direction");
        assert!((direction.cosine(&a) - apart).abs() < 1e-6);
        mean.add(&b, 2.0);
        assert!(mean.cosine(&b) > mean.cosine(&a));
    }

    #[test]
    fn nothing_has_no_direction() {
        assert!(Embedding::of(&axis(0, 0.0)).is_none());
        assert!(Embedding::of(&[]).is_none());
        assert!(Embedding::of(&[f32::NAN; 8]).is_none());
        assert!(two(&axis(0, 1.0), &axis(0, 1.0)).cosine_with_mean([].into_iter()).is_none());
    }
}
