//! One contract suite per port, written once over a rig and run over every adapter of that port.
//!
//! The rigs of the shipped adapters are below; each suite is a function over a rig, so another adapter needs
//! a rig and one line.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::suite::{self, CameraRig, CardRig, FaceRig, HandoffRig, QualificationRig, listen};
use uketsuke::adapters::audit::{self, AuditConfig, AuditLog};
use uketsuke::adapters::clock::{FixedClock, SystemClock};
use uketsuke::adapters::code_b::{KnownCodeB, TypedCodeB};
use uketsuke::adapters::desk::LogDesk;
use uketsuke::adapters::fake::{
    self, FakeAudit, FakeCamera, FakeCardReader, FakeCodeB, FakeDesk, FakeFaceEngine, FakeHandoff, FakeQualification,
    FakeStaffCodes, Play, QualificationRequest,
};
use uketsuke::adapters::handoff::{DropConfig, DropFolder};
use uketsuke::adapters::staff::{CountedTries, KnownStaffCode, StaffFile, StaffFileCodes};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::{Authentication, CardProof};
use uketsuke::domain::secret::Secret;
use uketsuke::i18n::{Language, Words};
use uketsuke::ports::AuditEvent;

#[test]
fn fake_card_reader() {
    let (outbox, reports) = listen();
    suite::card_reader(&CardRig {
        port: Arc::new(FakeCardReader::new(outbox)),
        reports,
        code_b: *b"55021720352285",
        pin: *b"1234",
    });
}

#[test]
fn fake_qualification() {
    let (outbox, reports) = listen();
    let service = FakeQualification::new(outbox);
    suite::qualification(&QualificationRig {
        port: Arc::new(service.clone()),
        reports,
        prove: Box::new(|challenge| CardProof {
            authentication: Authentication::Pin,
            challenge_id: challenge.id.clone(),
            certificate: vec![1],
            signature: Some(vec![2]),
            card_face: None,
        }),
        stall: Box::new(move || service.on(QualificationRequest::Check, Play::usual().held())),
    });
}

#[test]
fn fake_face_engine() {
    let (outbox, reports) = listen();
    let feeder = FakeCamera::new(outbox.clone());
    suite::face_engine(&FaceRig {
        port: Arc::new(FakeFaceEngine::new(outbox)),
        reports,
        portrait: Box::new(fake::portrait),
        camera: Arc::new(feeder),
    });
}

#[test]
fn fake_camera() {
    let (outbox, reports) = listen();
    suite::camera(&CameraRig { port: Arc::new(FakeCamera::new(outbox)), reports });
}

#[test]
fn fake_camera_that_fails() {
    let (outbox, reports) = listen();
    let camera = FakeCamera::new(outbox);
    camera.on((), Play::fail(Failure::CameraBusy));
    suite::broken_camera(&CameraRig { port: Arc::new(camera), reports }, Failure::CameraBusy);
}

#[test]
fn fake_handoff() {
    let (outbox, reports) = listen();
    suite::handoff(&HandoffRig { port: Arc::new(FakeHandoff::new(outbox)), reports, answer: fake::valid_answer() });
}

#[test]
fn drop_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let (outbox, reports) = listen();
    let port =
        DropFolder::start(DropConfig::new(folder.path(), folder.path().join(".own"), "K1", "1312345678"), outbox)
            .expect("started");
    suite::handoff(&HandoffRig { port: Arc::new(port), reports, answer: fake::valid_answer() });
}

#[test]
fn fake_audit() {
    let log = FakeAudit::default();
    let name = |event: &AuditEvent| match event {
        AuditEvent::ReceptionStarted => "receptionStarted",
        AuditEvent::ReceptionEnded { .. } => "receptionEnded",
        AuditEvent::Failed(_) => "failed",
        _ => "another",
    };
    suite::audit(&log.clone(), |_| log.events().iter().map(|event| name(event).to_owned()).collect());
}

#[test]
fn audit_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let (outbox, _reports) = listen();
    let config = AuditConfig::new(folder.path().join("audit"), "K1");
    let log = AuditLog::start(config.clone(), outbox).expect("started");
    suite::audit(&log, |count| {
        // The first line begins the file; the rest comes from another thread.
        let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
        loop {
            let lines = audit::lines(&config.folder).expect("lines");
            if lines.len() > count || std::time::Instant::now() > until {
                let event = |line: &String| {
                    let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
                    line["event"].as_str().expect("a word").to_owned()
                };
                return lines.iter().skip(1).map(event).collect();
            }
            std::thread::yield_now();
        }
    });
}

#[test]
fn fake_desk() {
    let desk = FakeDesk::default();
    suite::staff_desk(&desk.clone(), || desk.news().iter().map(|news| news.kind().code.to_owned()).collect());
}

#[test]
fn log_desk() {
    let lines = Lines::default();
    let writer = lines.clone();
    let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let code =
        |line: &str| line.split("code=\"").nth(1).expect("a code").split('"').next().expect("its end").to_owned();
    tracing::subscriber::with_default(log, || {
        let desk = LogDesk::new(|news| Words::of(Language::En).staff_news(news));
        suite::staff_desk(&desk, || lines.text().lines().map(code).collect());
    });
    let words = "A file that had to wait was handed over (check c-1, 2 still wait).";
    assert!(lines.text().contains(words), "{}", lines.text());
}

/// What the log says.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().clone()).expect("text")
    }
}

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn every_code_b_source() {
    let (outbox, reports) = listen();
    suite::code_b(&FakeCodeB::new(outbox), &reports);
    let (outbox, reports) = listen();
    suite::code_b(&TypedCodeB::new(outbox), &reports);
    let (outbox, reports) = listen();
    suite::code_b(&KnownCodeB::fixed(Secret::new(*b"55021720352285"), outbox), &reports);
}

#[test]
fn fake_staff_codes() {
    let (outbox, reports) = listen();
    suite::staff_codes(&FakeStaffCodes::new(outbox), &reports, fake::STAFF_CODE);
}

#[test]
fn known_staff_code() {
    let (outbox, reports) = listen();
    suite::staff_codes(&KnownStaffCode::new(Secret::new(*b"402817"), outbox), &reports, *b"402817");
}

#[test]
fn staff_codes_of_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("staff.toml");
    let (outbox, reports) = listen();
    let port = StaffFileCodes::new(path.clone(), CountedTries::new(folder.path().join("tries")), outbox);
    let mut file = StaffFile::default();
    file.set("front", &Secret::new(*b"402817")).expect("set");
    file.write(&path).expect("written");
    suite::staff_codes(&port, &reports, *b"402817");
    std::fs::write(&path, "not a file of codes").expect("written");
    suite::staff_codes_that_cannot_be_compared(&port, &reports);
}

#[test]
fn every_clock() {
    suite::clock(&SystemClock::new());
    let processed_at = fake::valid_answer().processed_at;
    suite::clock(&FixedClock::still(processed_at));
    suite::clock(&FixedClock::running(processed_at));
}

#[test]
fn bad_findings_must_name_a_remedy() {
    use uketsuke::ports::Finding;
    let (outbox, _reports) = listen();
    let camera = FakeCamera::new(outbox);
    camera.set_findings(vec![Finding::bad("camera", "none is connected", "Connect one.")]);
    suite::findings(&camera);
    camera.set_findings(vec![Finding::bad("camera", "none is connected", "")]);
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| suite::findings(&camera)));
    assert!(caught.is_err(), "a finding without remedy passed");
}
