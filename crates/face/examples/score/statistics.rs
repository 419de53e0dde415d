//! Error rates of scores with every person weighted equally, and their intervals by resampling persons.

/// Bins over the scores from -1 to 1.
const BINS: usize = 4_000;

/// Resamples that an interval is drawn from.
const RESAMPLES: usize = 400;

/// Leaving out every person in turn takes too long with more.
const LEFT_OUT_AT_MOST: usize = 200;

/// A false-match rate is read only where at least so many comparisons of strangers lie above its line.
const LEAST_ABOVE: f64 = 10.0;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// Place of the first picture's person.
    pub a: usize,
    /// Place of the second picture's person.
    pub b: usize,
    pub score: f32,
}

impl Comparison {
    fn is_same(&self) -> bool {
        self.a == self.b
    }

    fn bin(&self) -> usize {
        ((f64::from(self.score) + 1.0) / 2.0 * BINS as f64).clamp(0.0, BINS as f64 - 1.0) as usize
    }
}

/// The lower edge of a bin.
fn edge(bin: usize) -> f64 {
    bin as f64 / BINS as f64 * 2.0 - 1.0
}

/// A share with the interval that holds it in 95 of 100 resamples of the persons.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The share itself.
    pub value: f64,
    /// 2.5th percentile.
    pub low: f64,
    /// 97.5th percentile.
    pub high: f64,
}

/// What is known where the line lies at one false-match rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At {
    /// The false-match rate asked for.
    pub fmr: f64,
    pub line: f64,
    /// True pairs below it.
    pub fnmr: Share,
    /// What comes of it when nobody is judged by a line that they helped to draw; `None` where there are too many persons.
    pub left_out: Option<LeftOut>,
}

/// Lines at one false-match rate, each drawn without one person, and the errors of that person, meaned over the persons.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeftOut {
    pub lowest: f64,
    pub highest: f64,
    pub fmr: f64,
    pub fnmr: f64,
}

/// Everything that is read from one set of comparisons.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// Comparisons of the same person.
    pub same: usize,
    /// Persons among them.
    pub same_persons: usize,
    /// Comparisons of strangers.
    pub strangers: usize,
    /// Pairs of persons among them.
    pub stranger_pairs: usize,
    /// Where both kinds of error are equally frequent.
    pub eer: Share,
    /// By false-match rate; only those that enough comparisons speak for.
    pub at: Vec<At>,
    /// At the line of the pack: false matches and false non-matches.
    pub shipped: (Share, Share),
    /// Pairs of strangers of whom a comparison reaches that line, and all pairs of strangers.
    pub passed: (u32, u32),
}

/// Reads the rates of `comparisons` among `persons`; `fmrs` are asked for, `line` is the pack's. `None` without
/// comparisons of both kinds.
pub fn rates(comparisons: &[Comparison], persons: usize, fmrs: &[f64], line: f32) -> Option<Rates> {
    let weighed = weighed(comparisons);
    let whole = Curve::of(&weighed, &vec![1; persons]);
    let same = comparisons.iter().filter(|c| c.is_same()).count();
    let strangers = comparisons.len() - same;
    if same == 0 || strangers == 0 {
        return None;
    }
    let mut seed = 20_261_120u64;
    let curves: Vec<Curve> = (0..RESAMPLES)
        .map(|_| Curve::of(&weighed, &drawn(persons, &mut seed)))
        .filter(|curve| curve.same > 0.0 && curve.strangers > 0.0)
        .collect();
    let share = |value: f64, of: &dyn Fn(&Curve) -> f64| interval(value, curves.iter().map(of).collect());
    let readable = fmrs.iter().filter(|fmr| **fmr * strangers as f64 >= LEAST_ABOVE);
    let at = readable.map(|fmr| {
        let line = whole.line_at(*fmr);
        let left_out = (persons <= LEFT_OUT_AT_MOST).then(|| left_out(&weighed, persons, *fmr));
        At { fmr: *fmr, line: edge(line), fnmr: share(whole.fnmr(line), &|c| c.fnmr(c.line_at(*fmr))), left_out }
    });
    let shipped = Comparison { a: 0, b: 0, score: line }.bin();
    let pairs = weighed.iter().map(|w| (w.comparison.a.min(w.comparison.b), w.comparison.a.max(w.comparison.b)));
    let pairs: std::collections::BTreeSet<_> = pairs.collect();
    let above = weighed.iter().filter(|w| !w.comparison.is_same() && w.bin >= shipped);
    let above: std::collections::BTreeSet<_> =
        above.map(|w| (w.comparison.a.min(w.comparison.b), w.comparison.a.max(w.comparison.b))).collect();
    let same_persons = pairs.iter().filter(|(a, b)| a == b).count();
    Some(Rates {
        same,
        same_persons,
        strangers,
        stranger_pairs: pairs.len() - same_persons,
        passed: (above.len() as u32, (pairs.len() - same_persons) as u32),
        eer: share(whole.eer(), &Curve::eer),
        at: at.collect(),
        shipped: (share(whole.fmr(shipped), &|c| c.fmr(shipped)), share(whole.fnmr(shipped), &|c| c.fnmr(shipped))),
    })
}

fn left_out(weighed: &[Weighed], persons: usize, fmr: f64) -> LeftOut {
    let (mut lines, mut false_matches, mut false_non_matches) = (Vec::new(), Vec::new(), Vec::new());
    for person in 0..persons {
        let times: Vec<_> = (0..persons).map(|other| u32::from(other != person)).collect();
        let line = Curve::of(weighed, &times).line_at(fmr);
        let own = weighed.iter().filter(|w| w.comparison.a == person || w.comparison.b == person).copied();
        let own = Curve::of(&own.collect::<Vec<_>>(), &vec![1; persons]);
        lines.push(edge(line));
        false_matches.extend((own.strangers > 0.0).then(|| own.fmr(line)));
        false_non_matches.extend((own.same > 0.0).then(|| own.fnmr(line)));
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    LeftOut {
        lowest: lines.iter().copied().fold(f64::INFINITY, f64::min),
        highest: lines.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        fmr: mean(&false_matches),
        fnmr: mean(&false_non_matches),
    }
}

#[derive(Clone, Copy)]
struct Weighed {
    comparison: Comparison,
    bin: usize,
    weight: f64,
}

/// Each pair of persons, and each person with itself, weighs 1 however many pictures it has.
fn weighed(comparisons: &[Comparison]) -> Vec<Weighed> {
    let key = |c: &Comparison| (c.a.min(c.b), c.a.max(c.b));
    let mut counts = std::collections::HashMap::<_, u32>::new();
    for comparison in comparisons {
        *counts.entry(key(comparison)).or_default() += 1;
    }
    let weigh = |c: &Comparison| {
        let count = counts.get(&key(c)).copied().unwrap_or(1);
        Weighed { comparison: *c, bin: c.bin(), weight: 1.0 / f64::from(count) }
    };
    comparisons.iter().map(weigh).collect()
}

/// How often each person is drawn when as many as there are are drawn with replacement.
fn drawn(persons: usize, seed: &mut u64) -> Vec<u32> {
    let mut times = vec![0; persons];
    for _ in 0..persons {
        // SplitMix64 (public domain): small, and the same on every machine.
        *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = *seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        if let Some(count) = times.get_mut(((z ^ (z >> 31)) % persons as u64) as usize) {
            *count += 1;
        }
    }
    times
}

fn interval(value: f64, mut values: Vec<f64>) -> Share {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (share * (values.len().max(1) - 1) as f64).round() as usize;
        values.get(place).copied().unwrap_or(value)
    };
    Share { value, low: at(0.025), high: at(0.975) }
}

/// Weight of the comparisons at or above every bin.
struct Curve {
    same_above: Vec<f64>,
    strangers_above: Vec<f64>,
    same: f64,
    strangers: f64,
}

impl Curve {
    fn of(weighed: &[Weighed], times: &[u32]) -> Self {
        let (mut same_above, mut strangers_above) = (vec![0.0; BINS + 1], vec![0.0; BINS + 1]);
        for Weighed { comparison, bin, weight } in weighed {
            let time = |person: usize| f64::from(times.get(person).copied().unwrap_or_default());
            let (bins, weight) = if comparison.is_same() {
                (&mut same_above, weight * time(comparison.a))
            } else {
                (&mut strangers_above, weight * time(comparison.a) * time(comparison.b))
            };
            if let Some(sum) = bins.get_mut(*bin) {
                *sum += weight;
            }
        }
        for bins in [&mut same_above, &mut strangers_above] {
            let mut sum = 0.0;
            for bin in bins.iter_mut().rev() {
                sum += *bin;
                *bin = sum;
            }
        }
        let total = |bins: &[f64]| bins.first().copied().unwrap_or_default();
        Self { same: total(&same_above), strangers: total(&strangers_above), same_above, strangers_above }
    }

    /// Share of strangers at or above the bin.
    fn fmr(&self, bin: usize) -> f64 {
        self.strangers_above.get(bin).copied().unwrap_or_default() / self.strangers
    }

    /// Share of true pairs below the bin.
    fn fnmr(&self, bin: usize) -> f64 {
        1.0 - self.same_above.get(bin).copied().unwrap_or_default() / self.same
    }

    /// The lowest bin that at most so many strangers reach.
    fn line_at(&self, fmr: f64) -> usize {
        self.strangers_above.partition_point(|above| above / self.strangers > fmr)
    }

    fn eer(&self) -> f64 {
        let crossing = (0..=BINS).find(|bin| self.fnmr(*bin) >= self.fmr(*bin)).unwrap_or(BINS);
        let before = crossing.saturating_sub(1);
        // On either side of the crossing the larger error counts; the truth lies between.
        self.fmr(before).max(self.fnmr(before)).min(self.fnmr(crossing).max(self.fmr(crossing)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: usize, b: usize, score: f32) -> Comparison {
        Comparison { a, b, score }
    }

    #[test]
    fn persons_weigh_the_same_however_many_pictures_they_have() {
        // Person 0: three comparisons, all fail; person 1: one that holds. Half the persons fail.
        let mut all: Vec<_> = (0..3).map(|_| pair(0, 0, 0.1)).collect();
        all.extend([pair(1, 1, 0.9), pair(0, 1, 0.2), pair(0, 2, 0.6), pair(2, 0, 0.0)]);
        let rates = rates(&all, 3, &[0.5], 0.5).expect("both kinds");
        assert_eq!((rates.same, rates.same_persons, rates.strangers, rates.stranger_pairs), (4, 2, 3, 2));
        assert!((rates.shipped.1.value - 0.5).abs() < 1e-9);
        // The pair of persons (0, 2) has two comparisons of half a weight each.
        assert!((rates.shipped.0.value - 0.25).abs() < 1e-9);
        assert!(rates.at.is_empty(), "three comparisons say nothing of a share of one in two");
    }

    #[test]
    fn a_clean_separation_has_no_error_and_a_coin_has_half() {
        let score = |same: bool, n: usize| if same { 0.8 } else { 0.1 + n as f32 * 0.001 };
        let all: Vec<_> = (0..20).flat_map(|a| (0..20).map(move |b| pair(a, b, score(a == b, a)))).collect();
        let clean = rates(&all, 20, &[0.1, 1e-5], 0.5).expect("both kinds");
        assert_eq!((clean.eer.value, clean.eer.low, clean.eer.high), (0.0, 0.0, 0.0));
        assert_eq!((clean.shipped.0.value, clean.shipped.1.value), (0.0, 0.0));
        let [at] = clean.at[..] else { panic!("one rate can be read: {:?}", clean.at) };
        assert!(at.line > 0.1 && at.line < 0.13 && at.fnmr.value == 0.0, "{at:?}");

        let coin = (0..20).flat_map(|a| (0..20).map(move |b| pair(a, b, ((a * b) % 10) as f32 / 10.0)));
        let coin = rates(&coin.collect::<Vec<_>>(), 20, &[], 0.5).expect("both kinds");
        assert!((coin.eer.value - 0.5).abs() < 0.2 && coin.eer.low < coin.eer.high, "{:?}", coin.eer);
    }

    #[test]
    fn a_line_drawn_without_a_person_is_held_against_that_person() {
        // Person 0 resembles everybody; the others nobody.
        let score = |a: usize, b: usize| {
            if a == b {
                0.8
            } else if a.min(b) == 0 {
                0.6
            } else {
                0.1
            }
        };
        let all: Vec<_> = (0..20).flat_map(|a| (0..20).map(move |b| pair(a, b, score(a, b)))).collect();
        let rates = rates(&all, 20, &[0.05], 0.5).expect("both kinds");
        let left = rates.at[0].left_out.expect("few persons");
        assert!(left.lowest < 0.2 && left.highest > 0.59, "{left:?}");
        // Drawn without person 0 the line lies low, and all 19 pairs of that person pass it.
        assert!((left.fmr - 1.0 / 20.0).abs() < 1e-9 && left.fnmr == 0.0, "{left:?}");
    }

    #[test]
    fn one_kind_alone_has_no_rates() {
        assert_eq!(rates(&[pair(0, 0, 0.5)], 1, &[], 0.5), None);
        assert_eq!(rates(&[pair(0, 1, 0.5)], 2, &[], 0.5), None);
    }
}
