//! The camera and the newest-wins slot its frames go through. Opened only while a face is looked for.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use zeroize::Zeroize;

use crate::domain::ids::Ticket;

/// One picture, RGB, 8 bits a channel, rows from the top, no padding; wiped when dropped.
pub struct Frame {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl Frame {
    /// A frame of `width` × `height`; `None` when `rgb` has another length than `3 * width * height`.
    pub fn new(width: u32, height: u32, rgb: Vec<u8>) -> Option<Self> {
        let expected = usize::try_from(u64::from(width) * u64::from(height) * 3).ok()?;
        (rgb.len() == expected && expected > 0).then_some(Self { width, height, rgb })
    }

    /// Pixels across.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels down.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The pixels.
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.rgb.zeroize();
    }
}

#[derive(Default)]
struct Slot {
    frame: Option<Arc<Frame>>,
    number: u64,
    taken: u64,
    closed: bool,
    whole: bool,
}

/// The newest frame and its number. Camera, face engine and preview share clones of it.
#[derive(Clone, Default)]
pub struct FrameSlot(Arc<(Mutex<Slot>, Condvar)>);

impl FrameSlot {
    /// An empty, open slot.
    pub fn new() -> Self {
        Self::default()
    }

    /// One whose onlookers are to see the whole picture and not only its middle.
    pub fn whole() -> Self {
        let slot = Self::default();
        slot.lock().whole = true;
        slot
    }

    /// Whether onlookers are to see the whole picture.
    pub fn is_whole(&self) -> bool {
        self.lock().whole
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Slot> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Replaces the frame; false when the slot is closed.
    pub fn publish(&self, frame: Frame) -> bool {
        let mut slot = self.lock();
        if slot.closed {
            return false;
        }
        slot.frame = Some(Arc::new(frame));
        slot.number += 1;
        self.0.1.notify_all();
        true
    }

    /// Waits until the engine has taken the last frame, then publishes (lock-step, for tests); false when closed.
    pub fn publish_after_taken(&self, frame: Frame) -> bool {
        let mut slot = self.lock();
        while !slot.closed && slot.taken < slot.number {
            slot = self.0.1.wait(slot).unwrap_or_else(PoisonError::into_inner);
        }
        drop(slot);
        self.publish(frame)
    }

    /// The first frame newer than number `after`, marked as taken; `None` on time-out or when closed.
    pub fn take_newer(&self, after: u64, patience: Duration) -> Option<(u64, Arc<Frame>)> {
        let found = self.wait_newer(after, patience)?;
        let mut slot = self.lock();
        slot.taken = slot.taken.max(found.0);
        self.0.1.notify_all();
        Some(found)
    }

    /// The first frame newer than number `after`, for a mere onlooker; `None` on time-out or when closed.
    pub fn wait_newer(&self, after: u64, patience: Duration) -> Option<(u64, Arc<Frame>)> {
        let waits = |slot: &mut Slot| !slot.closed && slot.number <= after;
        let waited = self.0.1.wait_timeout_while(self.lock(), patience, waits);
        let (slot, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if slot.closed || slot.number <= after {
            return None;
        }
        slot.frame.clone().map(|frame| (slot.number, frame))
    }

    /// Whether both are clones of one slot.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether it was closed.
    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Drops the frame and wakes everybody who waits; nothing can be published any more.
    pub fn close(&self) {
        let mut slot = self.lock();
        slot.closed = true;
        slot.frame = None;
        self.0.1.notify_all();
    }
}

/// A camera.
pub trait Camera: super::Diagnose + Send + Sync {
    /// Starts publishing frames into `slot` until it is closed; only a failure is an answer to the ticket.
    fn open(&self, ticket: Ticket, slot: FrameSlot);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "somebody else waits")]

    use super::*;

    fn frame(v: u8) -> Frame {
        Frame::new(2, 1, vec![v; 6]).expect("six bytes")
    }

    #[test]
    fn wrong_length_is_no_frame() {
        assert!(Frame::new(2, 2, vec![0; 11]).is_none());
        assert!(Frame::new(0, 0, vec![]).is_none());
    }

    #[test]
    fn the_newest_frame_wins() {
        let slot = FrameSlot::new();
        assert!(slot.publish(frame(1)));
        assert!(slot.publish(frame(2)));
        let (number, newest) = slot.take_newer(0, Duration::ZERO).expect("a frame");
        assert_eq!((number, newest.rgb()[0]), (2, 2));
        assert!(slot.take_newer(number, Duration::ZERO).is_none());
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "somebody has to wait")]
    fn closing_drops_the_frame_and_wakes_waiters() {
        let slot = FrameSlot::new();
        slot.publish(frame(1));
        let waiter = std::thread::spawn({
            let slot = slot.clone();
            move || slot.take_newer(1, Duration::from_secs(60)).is_none()
        });
        slot.close();
        assert!(waiter.join().expect("the waiter ends"));
        assert!(!slot.publish(frame(2)));
        assert!(slot.wait_newer(0, Duration::ZERO).is_none());
    }
}
