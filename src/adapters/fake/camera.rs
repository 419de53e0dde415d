//! A scriptable camera.

use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::ports::{Camera, Frame, FrameSlot, Outbox};

use super::{Fake, Scripted};

/// Frames on their way into a slot.
pub struct Shots {
    /// Where they go.
    pub slot: FrameSlot,
    /// In order; the slot keeps the newest.
    pub frames: Vec<Frame>,
}

/// The camera port, scriptable. Requests are counted as `()`, there is one kind.
pub enum CameraPort {}

/// A scriptable camera. Usually: one grey frame at once, more by [`FakeCamera::publish`].
/// A scripted `never` opens the slot and leaves it empty.
pub type FakeCamera = Fake<CameraPort>;

impl Scripted for CameraPort {
    type Kind = ();
    type Command = FrameSlot;
    type Reply = Shots;
    /// The slot opened last.
    type Memory = Option<FrameSlot>;

    const SUBJECT: &'static str = "camera";

    fn kind(_: &FrameSlot) {}

    fn usual(_: &mut Option<FrameSlot>, slot: &FrameSlot) -> Result<Shots, Failure> {
        Ok(Shots { slot: slot.clone(), frames: grey(640, 480).into_iter().collect() })
    }

    fn send(outbox: &Outbox, ticket: Ticket, answer: Result<Shots, Failure>) {
        match answer {
            Ok(shots) => {
                for frame in shots.frames {
                    shots.slot.publish(frame);
                }
            }
            Err(failure) => outbox.answer(ticket, Err(failure)),
        }
    }
}

fn grey(width: u32, height: u32) -> Option<Frame> {
    let length = usize::try_from(u64::from(width) * u64::from(height) * 3).ok()?;
    Frame::new(width, height, vec![0x80; length])
}

impl FakeCamera {
    /// Puts one more frame into the slot opened last; false when there is none or it is closed.
    pub fn publish(&self, frame: Frame) -> bool {
        self.with_memory(|slot| slot.clone()).is_some_and(|slot| slot.publish(frame))
    }

    /// Whether the slot opened last is still open.
    pub fn is_open(&self) -> bool {
        self.with_memory(|slot| slot.as_ref().is_some_and(|slot| !slot.is_closed()))
    }
}

impl Camera for FakeCamera {
    fn open(&self, ticket: Ticket, slot: FrameSlot) {
        self.with_memory(|last| *last = Some(slot.clone()));
        self.take(ticket, slot);
    }
}
