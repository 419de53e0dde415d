//! The recorded camera: order, pace, and what is wrong with a folder.

use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use image::{Rgb, RgbImage};
use uketsuke::adapters::camera::{Pace, RecordedCamera};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::ports::{Camera, Diagnose, FrameSlot, Health, Outbox, Report};

const TICKET: Ticket = Ticket { reception: ReceptionId(3), effect: EffectId(4) };
const LONG: Duration = Duration::from_secs(30);

fn picture(folder: &Path, name: &str, red: u8) {
    RgbImage::from_pixel(8, 6, Rgb([red, 0, 0])).save(folder.join(name)).expect("written");
}

fn camera(folder: &Path, pace: Pace) -> (RecordedCamera, mpsc::Receiver<Report>) {
    let (send, reports) = mpsc::channel();
    (RecordedCamera::new(folder, pace, Outbox::new(move |report| drop(send.send(report)))), reports)
}

#[test]
fn lock_step_shows_every_picture_in_order_again_and_again() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, red) in [("b.png", 20), ("a.png", 10), ("c.PNG", 30)] {
        picture(folder.path(), name, red);
    }
    std::fs::write(folder.path().join("notes.txt"), "no picture").expect("written");
    let (camera, _reports) = camera(folder.path(), Pace::LockStep);
    let slot = FrameSlot::new();
    camera.open(TICKET, slot.clone());
    let (mut seen, mut newest) = (Vec::new(), 0);
    for _ in 0..7 {
        let (number, frame) = slot.take_newer(newest, LONG).expect("a frame");
        newest = number;
        seen.push(frame.rgb()[0]);
    }
    assert_eq!(seen, [10, 20, 30, 10, 20, 30, 10]);
    assert_eq!(camera.diagnose()[0].health, Health::Good);
    slot.close();
}

#[test]
fn a_rate_is_kept_whether_anybody_looks_or_not() {
    let folder = tempfile::tempdir().expect("a folder");
    picture(folder.path(), "a.png", 10);
    let (camera, _reports) = camera(folder.path(), Pace::Rate(50.0));
    let slot = FrameSlot::new();
    let start = Instant::now();
    camera.open(TICKET, slot.clone());
    let (number, _) = slot.take_newer(9, LONG).expect("the tenth frame");
    assert!(number >= 10 && start.elapsed() >= Duration::from_millis(170), "{number} in {:?}", start.elapsed());
    slot.close();
}

#[test]
fn the_thread_ends_when_the_slot_closes() {
    let folder = tempfile::tempdir().expect("a folder");
    picture(folder.path(), "a.png", 10);
    for pace in [Pace::LockStep, Pace::Rate(0.01)] {
        let (camera, reports) = camera(folder.path(), pace);
        let slot = FrameSlot::new();
        camera.open(TICKET, slot.clone());
        slot.wait_newer(0, LONG).expect("the first frame");
        slot.close();
        drop(camera);
        assert!(
            reports.recv_timeout(LONG).is_err_and(|error| error == mpsc::RecvTimeoutError::Disconnected),
            "{pace:?}"
        );
    }
}

#[test]
fn a_folder_that_is_no_camera_says_why() {
    let empty = tempfile::tempdir().expect("a folder");
    let broken = tempfile::tempdir().expect("a folder");
    std::fs::write(broken.path().join("a.jpg"), b"\xFF\xD8\xFF\xE0 garbage").expect("written");
    let missing = empty.path().join("missing");
    for (folder, failure) in [
        (empty.path(), Failure::CameraGone),
        (missing.as_path(), Failure::CameraGone),
        (broken.path(), Failure::CameraNoPicture),
    ] {
        let (camera, reports) = camera(folder, Pace::Rate(30.0));
        camera.open(TICKET, FrameSlot::new());
        let report = reports.recv_timeout(LONG).expect("a report");
        assert!(matches!(report, Report::Answered(TICKET, Err(f)) if f == failure), "{folder:?}");
        let finding = camera.diagnose().remove(0);
        assert_eq!(finding.health, Health::Bad);
        assert!(!finding.remedy.is_empty() && finding.detail.contains(folder.to_str().expect("a name")), "{finding:?}");
    }
}
