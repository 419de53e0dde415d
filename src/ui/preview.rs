//! Brings the camera's frames to the window: mirrored, at most 480 lines, some 20 a second, stale ones dropped.

use std::time::{Duration, Instant};

use bytes::Bytes;
use iced::futures::SinkExt;
use iced::futures::channel::mpsc::Sender;
use iced::widget::image::Handle as Picture;
use tokio::sync::watch;
use zeroize::Zeroize;

use super::message::Message;
use crate::domain::secret::PrintedName;
use crate::runtime::{Frame, FrameSlot};

/// Most lines of a picture.
const LARGEST: u32 = 480;
/// Time between two pictures on the average: of a camera with 30 frames a second, two of three are shown.
const PACE: Duration = Duration::from_millis(50);
/// How long a thread waits for a frame before it looks whether anybody still watches.
const PATIENCE: Duration = Duration::from_millis(500);

/// Pixels that are wiped when the last picture that shows them is dropped.
struct Wiped(Vec<u8>);

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Width and height of the shown part: the oval of a face stands upright, a card lies.
const OF_FACE: (u32, u32) = (4, 5);
const OF_CARD: (u32, u32) = (4, 3);

/// The middle of the frame as the patient sees themselves in a mirror, small enough for the renderer.
pub fn mirrored(frame: &Frame) -> Picture {
    middle(frame, OF_FACE)
}

/// The same for a card, which takes the whole width of most pictures.
pub fn mirrored_card(frame: &Frame) -> Picture {
    middle(frame, OF_CARD)
}

fn middle(frame: &Frame, shown: (u32, u32)) -> Picture {
    let step = frame.height().div_ceil(LARGEST).max(1);
    let height = (frame.height() / step).max(1);
    let width = (height * shown.0 / shown.1).clamp(1, (frame.width() / step).max(1));
    let left = (frame.width() / step - width.min(frame.width() / step)) / 2;
    let row = frame.width() as usize * 3;
    let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
    for line in frame.rgb().chunks_exact(row).step_by(step as usize).take(height as usize) {
        let pixels = line.chunks_exact(3).step_by(step as usize).skip(left as usize).take(width as usize);
        for pixel in pixels.rev() {
            rgba.extend_from_slice(pixel);
            rgba.push(u8::MAX);
        }
    }
    Picture::from_rgba(width, height, Bytes::from_owner(Wiped(rgba)))
}

/// What is printed on the card, black on white as it is there, whatever colours the window has.
pub fn printed(print: &PrintedName) -> Picture {
    let rgba = print.ink().iter().flat_map(|ink| [u8::MAX - ink, u8::MAX - ink, u8::MAX - ink, u8::MAX]).collect();
    Picture::from_rgba(print.width(), print.height(), Bytes::from_owner(Wiped(rgba)))
}

/// Sends a picture for every frame of whichever camera runs, and none when it stops. Ends with the runtime.
pub async fn forward(mut slots: watch::Receiver<Option<FrameSlot>>, mut out: Sender<Message>) {
    loop {
        let slot = slots.borrow_and_update().clone();
        let Some(slot) = slot else {
            if slots.changed().await.is_err() {
                return;
            }
            continue;
        };
        watch_slot(&slot, &mut slots, &mut out).await;
        if out.send(Message::Preview(None)).await.is_err() || slots.has_changed().is_err() {
            return;
        }
    }
}

/// Forwards one camera's frames until it stops or another takes its place.
async fn watch_slot(slot: &FrameSlot, slots: &mut watch::Receiver<Option<FrameSlot>>, out: &mut Sender<Message>) {
    // One place: a picture the window has not taken yet is replaced by waiting, not queued.
    let (pictures, mut newest) = tokio::sync::mpsc::channel::<Picture>(1);
    let source = slot.clone();
    let thread = std::thread::Builder::new().name("preview".into()).spawn(move || pump(&source, &pictures));
    if let Err(error) = thread {
        tracing::error!(%error, "no thread for the preview");
    }
    loop {
        tokio::select! {
            picture = newest.recv() => match picture {
                Some(picture) => {
                    if out.send(Message::Preview(Some(picture))).await.is_err() {
                        return;
                    }
                }
                // The camera was closed: wait until the runtime says so too.
                None => {
                    let _ = slots.changed().await;
                    return;
                }
            },
            _ = slots.changed() => return,
        }
    }
}

fn pump(slot: &FrameSlot, pictures: &tokio::sync::mpsc::Sender<Picture>) {
    let (mut seen, mut due) = (0, Instant::now());
    while !pictures.is_closed() && !slot.is_closed() {
        let Some((number, frame)) = slot.wait_newer(seen, PATIENCE) else { continue };
        seen = number;
        let picture = if slot.is_whole() { mirrored_card(&frame) } else { mirrored(&frame) };
        drop(frame);
        if pictures.blocking_send(picture).is_err() {
            return;
        }
        let now = Instant::now();
        // A late picture brings the next one forward, by at most one pace.
        due = (due + PACE).max(now.checked_sub(PACE).unwrap_or(now));
        std::thread::sleep(due.saturating_duration_since(now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixels(picture: &Picture) -> (u32, u32, Vec<u8>) {
        match picture {
            Picture::Rgba { width, height, pixels, .. } => (*width, *height, pixels.to_vec()),
            _ => panic!("a picture of pixels"),
        }
    }

    #[test]
    fn left_and_right_are_swapped() {
        let line = [0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0];
        let frame = Frame::new(4, 3, line.repeat(3)).expect("twelve pixels");
        let (width, height, rgba) = pixels(&mirrored(&frame));
        assert_eq!((width, height), (2, 3));
        assert_eq!(rgba, [4, 5, 6, 255, 1, 2, 3, 255].repeat(3));
    }

    #[test]
    fn a_large_frame_is_made_small() {
        let frame = Frame::new(1280, 720, vec![7; 1280 * 720 * 3]).expect("a frame");
        let (width, height, rgba) = pixels(&mirrored(&frame));
        assert_eq!((width, height), (288, 360));
        assert_eq!(rgba.len(), 288 * 360 * 4);
        let narrow = Frame::new(2, 9, vec![7; 2 * 9 * 3]).expect("a frame");
        assert_eq!(pixels(&mirrored(&narrow)).0, 2);
        let size = |width, height| {
            let frame = Frame::new(width, height, vec![0; (width * height * 3) as usize]).expect("a frame");
            let (width, height, _) = pixels(&mirrored_card(&frame));
            (width, height)
        };
        assert_eq!([size(640, 480), size(1280, 720)], [(640, 480), (480, 360)], "a card lies");
    }

    #[tokio::test]
    async fn frames_arrive_and_end_with_the_camera() {
        use iced::futures::StreamExt;
        let (slots, watched) = watch::channel(None);
        let (out, mut heard) = iced::futures::channel::mpsc::channel(4);
        let task = tokio::spawn(forward(watched, out));
        for _ in 0..2 {
            let slot = FrameSlot::new();
            assert!(slot.publish(Frame::new(8, 8, vec![1; 8 * 8 * 3]).expect("a frame")));
            slots.send_replace(Some(slot.clone()));
            assert!(matches!(heard.next().await, Some(Message::Preview(Some(_)))));
            slot.close();
            slots.send_replace(None);
            assert!(matches!(heard.next().await, Some(Message::Preview(None))));
        }
        drop(slots);
        task.await.expect("the forwarder ends with the runtime");
    }
}
