//! How many requests one terminal may make: a bucket that fills steadily and holds one second's worth and a few more.

use std::collections::BTreeMap;
use std::time::Instant;

use parking_lot::Mutex;

/// Requests that may come at once, in seconds' worth.
const BURST_SECONDS: f64 = 3.0;

/// A limit a terminal.
pub struct RateLimit {
    per_second: Option<f64>,
    buckets: Mutex<BTreeMap<(String, String), Bucket>>,
}

struct Bucket {
    left: f64,
    at: Instant,
}

impl RateLimit {
    /// So many requests a second; `None` for no limit.
    pub fn new(per_second: Option<u32>) -> Self {
        Self { per_second: per_second.map(f64::from), buckets: Mutex::default() }
    }

    /// Takes one request of a terminal in; false when it is one too many.
    pub fn admit(&self, terminal: (&str, &str)) -> bool {
        self.admit_at(terminal, Instant::now())
    }

    fn admit_at(&self, (facility, terminal): (&str, &str), now: Instant) -> bool {
        let Some(rate) = self.per_second else { return true };
        let full = rate * BURST_SECONDS;
        let mut buckets = self.buckets.lock();
        let key = (facility.to_owned(), terminal.to_owned());
        let bucket = buckets.entry(key).or_insert(Bucket { left: full, at: now });
        let gained = now.saturating_duration_since(bucket.at).as_secs_f64() * rate;
        (bucket.left, bucket.at) = ((bucket.left + gained).min(full), now);
        if bucket.left < 1.0 {
            return false;
        }
        bucket.left -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_burst_is_taken_in_and_a_flood_is_not() {
        let (limit, start) = (RateLimit::new(Some(2)), Instant::now());
        let taken = |after: u64, terminal: &str| limit.admit_at(("f", terminal), start + Duration::from_millis(after));
        assert_eq!((0..10).filter(|_| taken(0, "t")).count(), 6);
        assert!(taken(0, "other"));
        assert!(!taken(400, "t"));
        assert!(taken(600, "t"));
        assert_eq!((0..20).filter(|_| taken(3_600_000, "t")).count(), 6);
    }

    #[test]
    fn without_a_limit_everything_is_taken_in() {
        let limit = RateLimit::new(None);
        assert!((0..1000).all(|_| limit.admit(("f", "t"))));
    }
}
