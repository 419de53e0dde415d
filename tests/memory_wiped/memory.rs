//! Another process's memory and a folder's files, searched for many things at once.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::needles::Needle;

/// Bytes that are passed over at once when they are all zero, as most are.
const PAGE: usize = 4096;

/// Needles by their first bytes.
pub struct Search<'a> {
    needles: &'a [Needle],
    /// Whether one begins with these two bytes: looked at for every byte, so it must be quick even unoptimised.
    begins: Vec<bool>,
    longest: usize,
}

/// What was found, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub what: String,
    pub place: String,
}

impl<'a> Search<'a> {
    pub fn new(needles: &'a [Needle]) -> Self {
        let mut begins = vec![false; 1 << 16];
        for needle in needles {
            begins[usize::from(u16::from_le_bytes([needle.bytes[0], needle.bytes[1]]))] = true;
        }
        let longest = needles.iter().map(|needle| needle.bytes.len()).max().unwrap_or_default();
        Self { needles, begins, longest }
    }

    /// Every needle in these bytes that begins before `end`.
    fn bytes(&self, bytes: &[u8], end: usize, place: impl Fn(usize) -> String, found: &mut Vec<Found>) {
        let (end, zeros) = (end.min(bytes.len().saturating_sub(1)), [0; PAGE]);
        let mut at = 0;
        while at < end {
            if bytes.get(at..at + PAGE) == Some(&zeros) {
                at += PAGE;
                continue;
            }
            let until = end.min(at + PAGE);
            while at < until {
                if self.begins[bytes[at] as usize | (bytes[at + 1] as usize) << 8] {
                    let here = self.needles.iter().filter(|needle| bytes[at..].starts_with(&needle.bytes));
                    found.extend(here.map(|needle| Found { what: needle.what.clone(), place: place(at) }));
                }
                at += 1;
            }
        }
    }

    /// Everything in the writable memory of that process, heap, stacks and data alike.
    pub fn process(&self, id: u32) -> Vec<Found> {
        let memory = File::open(format!("/proc/{id}/mem")).expect("the memory of our own child");
        let maps = std::fs::read_to_string(format!("/proc/{id}/maps")).expect("its map");
        let (mut found, mut chunk) = (Vec::new(), vec![0u8; 1 << 20]);
        for region in maps.lines().filter(|line| line.contains(" rw")) {
            let range = region.split(' ').next().and_then(|range| range.split_once('-')).expect("a range");
            let [start, end] = [range.0, range.1].map(|hex| u64::from_str_radix(hex, 16).expect("an address"));
            let mut place = start;
            while place < end {
                let want = chunk.len().min((end - place) as usize);
                let Ok(read) = memory.read_at(&mut chunk[..want], place) else { break };
                let last = place + read as u64 >= end || read <= self.longest;
                let until = if last { read } else { read - self.longest };
                let name = region.split_whitespace().nth(5).unwrap_or("heap");
                self.bytes(&chunk[..read], until, |at| format!("{:x} ({name})", place + at as u64), &mut found);
                if last {
                    break;
                }
                place += until as u64;
            }
        }
        found
    }

    /// Everything in the files below a folder; those of `left_out` are somebody else's.
    pub fn folder(&self, folder: &Path, left_out: &dyn Fn(&Path) -> bool) -> Vec<Found> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if left_out(&path) {
                continue;
            }
            if path.is_dir() {
                found.extend(self.folder(&path, left_out));
            } else if let Ok(bytes) = std::fs::read(&path) {
                self.bytes(&bytes, bytes.len(), |at| format!("{} at {at}", path.display()), &mut found);
            }
        }
        found
    }
}
