//! Files that nobody takes: told after a while, removed after a longer one where the site says so. Both count the time
//! that this program watched, whatever the clock says.

use std::time::{Duration, Instant};

use super::config::Stay;
use super::index::Entry;

/// One file.
struct File {
    entry: Entry,
    since: Instant,
    told: bool,
}

/// What lies in the drop folder.
pub struct Lying {
    stay: Stay,
    files: Vec<File>,
    taken: usize,
    /// When staff were told last.
    told_at: Option<Instant>,
}

/// What a look found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Files that lie there too long, if staff are to hear of them now.
    pub too_long: Option<usize>,
    /// Files that were taken in time, since the program started.
    pub taken: usize,
    /// Files to be removed.
    pub remove: Vec<Entry>,
    /// Files that were taken since the last look, in time or late.
    pub gone: Vec<Entry>,
    /// Files that lie there too long since this look.
    pub late: Vec<Entry>,
}

impl Lying {
    /// Nothing lies there yet.
    pub fn new(stay: Stay) -> Self {
        Self { stay, files: Vec::new(), taken: 0, told_at: None }
    }

    /// Watches a delivery from now on.
    pub fn watch(&mut self, entry: Entry, now: Instant) {
        let watches = self.stay.tell_after.is_some() || self.stay.remove_after.is_some();
        if watches && !self.files.iter().any(|file| file.entry.stem == entry.stem) {
            self.files.push(File { entry, since: now, told: false });
        }
    }

    /// How long until something is to be looked at; `None` while nothing is.
    pub fn rest(&self, now: Instant) -> Option<Duration> {
        self.files.iter().filter_map(|file| self.due(file)).min().map(|due| due.saturating_duration_since(now))
    }

    fn due(&self, file: &File) -> Option<Instant> {
        let tell = self.stay.tell_after.filter(|_| !file.told);
        [tell, self.stay.remove_after].into_iter().flatten().min().map(|after| file.since + after)
    }

    /// Looks at what is due; `lies` says whether a file is still there.
    pub fn look(&mut self, now: Instant, lies: impl Fn(&Entry) -> bool) -> Look {
        let (mut look, mut rest) = (Look::default(), Vec::new());
        let is_over = |after: Option<Duration>, file: &File| after.is_some_and(|after| file.since + after <= now);
        let mut new = false;
        for mut file in std::mem::take(&mut self.files) {
            if self.due(&file).is_none_or(|due| due > now) && !file.told {
                rest.push(file);
            } else if !lies(&file.entry) {
                self.taken += usize::from(!file.told);
                look.gone.push(file.entry);
            } else if is_over(self.stay.remove_after, &file) {
                look.remove.push(file.entry);
            } else {
                if !file.told {
                    look.late.push(file.entry.clone());
                }
                new |= !file.told;
                file.told = true;
                rest.push(file);
            }
        }
        self.files = rest;
        look.taken = self.taken;
        // One word for all that lie there, and not again before as much time has passed.
        let pause = self.stay.tell_after.unwrap_or_default();
        if new && self.told_at.is_none_or(|at| at + pause <= now) {
            self.told_at = Some(now);
            look.too_long = Some(self.files.iter().filter(|file| file.told).count());
        }
        look
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    const MINUTE: Duration = Duration::from_secs(60);

    fn entry(check: &str) -> Entry {
        Entry::new(check, check, "xml", Timestamp::UNIX_EPOCH)
    }

    fn stay(tell: u32, remove: u32) -> Stay {
        let minutes = |n: u32| (n > 0).then(|| MINUTE * n);
        Stay { tell_after: minutes(tell), remove_after: minutes(remove) }
    }

    #[test]
    fn staff_hear_once_of_all_that_lie_too_long() {
        let (start, mut lying) = (Instant::now(), Lying::new(stay(30, 0)));
        assert_eq!(lying.rest(start), None);
        for n in 0..5 {
            lying.watch(entry(&n.to_string()), start + MINUTE * n);
        }
        assert_eq!(lying.rest(start), Some(MINUTE * 30));
        let lies = |entry: &Entry| entry.check != "3";
        assert_eq!(lying.look(start + MINUTE * 29, lies), Look::default());
        assert_eq!(lying.look(start + MINUTE * 30, lies).too_long, Some(1));
        for n in 31..60 {
            assert_eq!(lying.look(start + MINUTE * n, lies).too_long, None, "{n}");
        }
        lying.watch(entry("late"), start + MINUTE * 31);
        let look = lying.look(start + MINUTE * 61, lies);
        assert_eq!((look.too_long, look.taken), (Some(5), 1));
    }

    #[test]
    fn what_is_removed_is_named_once_and_never_by_the_clock() {
        let (start, mut lying) = (Instant::now(), Lying::new(stay(30, 60)));
        lying.watch(entry("a"), start);
        lying.watch(entry("a"), start + MINUTE);
        assert_eq!(lying.look(start + MINUTE * 30, |_| true).too_long, Some(1));
        assert_eq!(lying.rest(start + MINUTE * 30), Some(MINUTE * 30));
        assert_eq!(lying.look(start + MINUTE * 60, |_| true).remove, [entry("a")]);
        assert_eq!(lying.rest(start + MINUTE * 60), None);
    }

    #[test]
    fn whatever_the_order_each_file_ends_taken_told_or_removed() {
        let mut ends = [0, 0, 0];
        for (tell, remove, takes) in (0..10).flat_map(|t| (0..10).flat_map(move |r| (0..4).map(move |k| (t, r, k)))) {
            let (start, mut lying) = (Instant::now(), Lying::new(stay(tell, remove)));
            lying.watch(entry("a"), start);
            let (mut told, mut removed) = (0, 0);
            for n in 0..40 {
                let look = lying.look(start + MINUTE * n, |_| removed == 0 && n < takes * 10);
                told += usize::from(look.too_long.is_some());
                removed += look.remove.len();
            }
            assert!(told <= 1 && removed <= 1, "{tell} {remove} {takes}");
            assert!(removed == 0 || (remove > 0 && takes * 10 > remove), "{tell} {remove} {takes}");
            ends[removed.max(usize::from(told > 0) * 2).min(2)] += 1;
        }
        println!("400 stays: {ends:?} quiet, removed unsaid, told");
        assert!(ends.iter().all(|count| *count > 0), "{ends:?}");
    }
}
