//! A clip as a camera shows it: pictures at a rate, decoded when they are due, forward and backward without an end.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use uketsuke_core::ports::{Frame, FrameSlot};
use uketsuke_face::decode_picture;

use crate::lab::{Stop, pictures_in};

/// The files of a clip, in memory.
pub struct Clip(Vec<(PathBuf, Vec<u8>)>);

impl Clip {
    pub fn read(folder: &Path) -> Result<Self, Stop> {
        let read = |path: PathBuf| match std::fs::read(&path) {
            Ok(bytes) => Ok((path, bytes)),
            Err(error) => Err(Stop::new(format!("{}: {error}", path.display()), "check the folder")),
        };
        Ok(Self(pictures_in(folder)?.into_iter().map(read).collect::<Result<_, _>>()?))
    }

    /// Every picture decoded.
    pub fn frames(self) -> Result<Vec<Arc<Frame>>, Stop> {
        self.0.iter().map(|(path, bytes)| Ok(Arc::new(decoded(path, bytes)?))).collect()
    }

    /// Plays until the slot is closed; the first try (0) begins at the start, any other in the middle.
    pub fn play(self, number: u8, rate: u32, slot: FrameSlot) -> JoinHandle<Result<(), Stop>> {
        std::thread::spawn(move || {
            let interval = Duration::from_secs(1) / rate;
            let mut due = Instant::now();
            for (path, bytes) in (0..).map_while(|n| nth(&self.0, number, n)) {
                let frame = decoded(path, bytes)?;
                // No frame ever has this number: the wait ends by time or by closing.
                let _ = slot.wait_newer(u64::MAX, due.saturating_duration_since(Instant::now()));
                due = (due + interval).max(Instant::now());
                if !slot.publish(frame) {
                    break;
                }
            }
            Ok(())
        })
    }
}

fn decoded(path: &Path, bytes: &[u8]) -> Result<Frame, Stop> {
    decode_picture(path, bytes).map_err(|error| Stop::new(error.to_string(), "check the picture"))
}

/// What a try sees as the picture `n`: the first try (0) begins at the start of the clip, any other in its middle.
pub fn nth<T>(clip: &[T], number: u8, n: usize) -> Option<&T> {
    let start = if number == 0 { 0 } else { clip.len() / 2 };
    clip.get(forth_and_back(start + n, clip.len()))
}

/// The place of the frame `n` when a clip of `length` frames is read forward, backward and so on.
fn forth_and_back(n: usize, length: usize) -> usize {
    let round = (2 * length).saturating_sub(2).max(1);
    let n = n % round;
    n.min(round - n)
}
