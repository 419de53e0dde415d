//! The suites: what every adapter of a port must do, whatever is behind it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use jiff::Timestamp;
use uketsuke::domain::card::CardFaceFacts;
use uketsuke::domain::consent::{Choices, ConsentAnswer, comprehensive};
use uketsuke::domain::face::{Evidence, Rule};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::japan;
use uketsuke::domain::qualification::{Authentication, CardProof, Challenge, QualificationAnswer, Validity};
use uketsuke::domain::secret::{Portrait, Secret};
use uketsuke::domain::session::SituationName;
use uketsuke::domain::staff_news::{Certificate, StaffNews};
use uketsuke::ports::{
    Audit, AuditEntry, AuditEvent, Camera, CardCommand, CardReader, CardReply, Clock, CodeBSource, Delivery,
    DeliveryOrder, Diagnose, FaceCommand, FaceEngine, FaceReply, FrameSlot, Handoff, Health, News, Operator, Outbox,
    QualificationCommand, QualificationReply, QualificationService, Receipt, Reply, Report, StaffCodes, StaffDesk,
    StaffNotice,
};

/// Longest wait for anything that must come; a passing suite never waits it out.
const PATIENCE: Duration = Duration::from_secs(30);

/// An outbox and where its reports arrive.
pub fn listen() -> (Outbox, Receiver<Report>) {
    let (sender, reports) = channel();
    // A device may report after its suite has ended; nobody needs to hear it.
    (Outbox::new(move |report| drop(sender.send(report))), reports)
}

fn ticket(effect: u64) -> Ticket {
    Ticket { reception: ReceptionId(1), effect: EffectId(effect) }
}

/// The next report that is an answer.
fn next(reports: &Receiver<Report>) -> Report {
    loop {
        match reports.recv_timeout(PATIENCE).expect("an answer in time") {
            Report::Seen(_) => {}
            answer => return answer,
        }
    }
}

/// No answer is left over.
fn nothing_more(reports: &Receiver<Report>) {
    let left = reports.try_iter().filter(|report| !matches!(report, Report::Seen(_))).count();
    assert_eq!(left, 0, "a ticket was answered twice");
}

/// `diagnose` says something, and what to do whenever all is not well.
pub fn findings(port: &(impl Diagnose + ?Sized)) {
    let findings = port.diagnose();
    assert!(!findings.is_empty(), "diagnose says nothing");
    for finding in findings {
        assert!(!finding.subject.is_empty() && !finding.detail.is_empty(), "{finding:?}");
        assert!(finding.health == Health::Good || !finding.remedy.is_empty(), "no remedy: {finding:?}");
    }
}

/// A card reader with a genuine card of a known person on it.
pub struct CardRig {
    pub port: Arc<dyn CardReader>,
    pub reports: Receiver<Report>,
    pub code_b: [u8; 14],
    pub pin: [u8; 4],
}

impl CardRig {
    fn ask(&self, effect: u64, command: CardCommand) -> Result<CardReply, Failure> {
        self.port.submit(ticket(effect), command);
        self.answer(effect)
    }

    fn answer(&self, effect: u64) -> Result<CardReply, Failure> {
        match next(&self.reports) {
            Report::Answered(t, answer) if t == ticket(effect) => {
                answer.map(|reply| reply.try_as_card().expect("answered as another port"))
            }
            Report::Answered(t, _) => panic!("answered {t:?} instead of {effect}"),
            _ => panic!("not an answer"),
        }
    }

    fn open_card_face(&self, effect: u64) -> CardFaceFacts {
        match self.ask(effect, CardCommand::OpenCardFace { code_b: Secret::new(self.code_b) }) {
            Ok(CardReply::CardFace { facts, portrait, .. }) => {
                assert_eq!(facts.has_portrait, portrait.is_some());
                facts
            }
            _ => panic!("the card face does not open"),
        }
    }
}

fn challenge() -> Challenge {
    Challenge { id: "a challenge".into(), nonce: (0..32).collect() }
}

fn by_face() -> CardCommand {
    CardCommand::ProveWithoutPin { challenge: challenge(), authentication: Authentication::Face }
}

pub fn card_reader(rig: &CardRig) {
    findings(&*rig.port);
    assert!(matches!(rig.ask(1, CardCommand::Identify), Ok(CardReply::Identified(_))));
    rig.open_card_face(2);
    match rig.ask(3, by_face()) {
        Ok(CardReply::Proof(proof)) => {
            assert_eq!((proof.authentication, proof.challenge_id), (Authentication::Face, challenge().id));
            assert!(!proof.certificate.is_empty() && proof.card_face.is_some());
        }
        _ => panic!("no proof by face"),
    }
    match rig.ask(4, CardCommand::SignWithPin { pin: Secret::new(rig.pin), challenge: challenge() }) {
        Ok(CardReply::Proof(proof)) => {
            assert_eq!((proof.authentication, proof.challenge_id), (Authentication::Pin, challenge().id));
            assert!(!proof.certificate.is_empty() && proof.signature.is_some_and(|s| !s.is_empty()));
        }
        _ => panic!("no proof by PIN"),
    }
    // Forgotten on release, although the same card still lies there.
    rig.open_card_face(5);
    assert!(matches!(rig.ask(6, CardCommand::Release), Ok(CardReply::Released)));
    assert!(rig.ask(7, by_face()).is_err(), "the card face was remembered");
    // Release may be repeated, and a queue is answered in order.
    rig.port.submit(ticket(8), CardCommand::Release);
    rig.port.submit(ticket(9), CardCommand::Identify);
    rig.port.submit(ticket(10), CardCommand::Release);
    assert!(matches!(rig.answer(8), Ok(CardReply::Released)));
    assert!(matches!(rig.answer(9), Ok(CardReply::Identified(_))));
    assert!(matches!(rig.answer(10), Ok(CardReply::Released)));
    nothing_more(&rig.reports);
}

/// A qualification service that knows the card which `prove` speaks for.
pub struct QualificationRig {
    pub port: Arc<dyn QualificationService>,
    pub reports: Receiver<Report>,
    /// The card's answer to a challenge.
    pub prove: Box<dyn Fn(&Challenge) -> CardProof>,
    /// Makes the next check hang.
    pub stall: Box<dyn Fn()>,
}

impl QualificationRig {
    fn ask(&self, effect: u64, command: QualificationCommand) -> Result<QualificationReply, Failure> {
        self.port.submit(ticket(effect), command);
        self.answer(effect)
    }

    fn answer(&self, effect: u64) -> Result<QualificationReply, Failure> {
        match next(&self.reports) {
            Report::Answered(t, answer) if t == ticket(effect) => {
                answer.map(|reply| reply.try_as_qualification().expect("answered as another port"))
            }
            Report::Answered(t, _) => panic!("answered {t:?} instead of {effect}"),
            _ => panic!("not an answer"),
        }
    }

    fn challenge(&self, effect: u64) -> Challenge {
        match self.ask(effect, QualificationCommand::FetchChallenge) {
            Ok(QualificationReply::Challenge(challenge)) => challenge,
            _ => panic!("no challenge"),
        }
    }
}

pub fn qualification(rig: &QualificationRig) {
    findings(&*rig.port);
    let (first, second) = (rig.challenge(1), rig.challenge(2));
    assert_eq!((first.nonce.len(), second.nonce.len()), (32, 32));
    assert!(first.id != second.id && first.nonce != second.nonce, "a nonce was given twice");

    let check = |challenge: &Challenge| QualificationCommand::Check { proof: (rig.prove)(challenge), renews: None };
    let answer = match rig.ask(3, check(&second)) {
        Ok(QualificationReply::Answer(answer)) => answer,
        _ => panic!("no answer to the check"),
    };
    assert!(!answer.check_id.is_empty());
    assert_eq!(answer.validity == Validity::Valid, !answer.qualifications.is_empty());

    for effect in [4, 5] {
        let save = QualificationCommand::SaveConsents {
            check_id: answer.check_id.clone(),
            consents: comprehensive(ConsentAnswer::Given),
            at: answer.processed_at,
        };
        assert!(matches!(rig.ask(effect, save), Ok(QualificationReply::ConsentsSaved)), "consents may be repeated");
    }

    for effect in [10, 11] {
        let settle = QualificationCommand::Settle { check_id: answer.check_id.clone(), delivered: true };
        assert!(matches!(rig.ask(effect, settle), Ok(QualificationReply::Settled)), "settling may be repeated");
    }

    let third = rig.challenge(12);
    match rig.ask(13, QualificationCommand::Inquire { proof: (rig.prove)(&third) }) {
        Ok(QualificationReply::Status(status)) => {
            assert!(!status.may_register() || status.registered_at.is_none(), "{status:?}");
        }
        _ => panic!("no answer to the inquiry"),
    }

    (rig.stall)();
    rig.port.submit(ticket(6), check(&first));
    rig.port.cancel(ticket(6));
    assert!(rig.answer(6).is_err_and(|failure| failure == Failure::Cancelled));
    // Cancelling what is over, or never was, changes nothing.
    rig.port.cancel(ticket(6));
    rig.port.cancel(ticket(99));
    rig.challenge(7);
    nothing_more(&rig.reports);
}

/// A face engine, a portrait it can read and a camera that shows that person.
pub struct FaceRig {
    pub port: Arc<dyn FaceEngine>,
    pub reports: Receiver<Report>,
    pub portrait: Box<dyn Fn() -> Portrait>,
    pub camera: Arc<dyn Camera>,
}

impl FaceRig {
    fn attempt(&self, effect: u64, frames: &FrameSlot) -> Result<Evidence, Failure> {
        let portrait = Arc::new((self.portrait)());
        let (frames, rule) = (frames.clone(), Rule::default());
        match self.ask(effect, FaceCommand::Match { portrait, frames, rule })? {
            FaceReply::Seen(evidence) => Ok(evidence),
            FaceReply::Prepared => panic!("an attempt answered as a template"),
        }
    }

    fn prepare(&self, effect: u64, portrait: Portrait) -> Result<(), Failure> {
        match self.ask(effect, FaceCommand::Prepare { portrait: Arc::new(portrait) })? {
            FaceReply::Prepared => Ok(()),
            FaceReply::Seen(_) => panic!("a template answered as an attempt"),
        }
    }

    fn ask(&self, effect: u64, command: FaceCommand) -> Result<FaceReply, Failure> {
        self.port.submit(ticket(effect), command);
        match next(&self.reports) {
            Report::Answered(t, answer) if t == ticket(effect) => {
                answer.map(|reply| reply.try_as_face().expect("answered as another port"))
            }
            _ => panic!("another answer"),
        }
    }
}

pub fn face_engine(rig: &FaceRig) {
    findings(&*rig.port);
    rig.prepare(5, (rig.portrait)()).expect("the template is made");
    let frames = FrameSlot::new();
    rig.camera.open(ticket(1), frames.clone());
    let evidence = rig.attempt(2, &frames).expect("the right person is seen");
    assert!((-1.0..=1.0).contains(&evidence.score) && (0.0..=1.0).contains(&evidence.liveness), "{evidence:?}");
    assert!(evidence.good_frames <= evidence.seen_frames);
    frames.close();
    // A closed slot ends the attempt: cancelled, or nobody seen, never a match.
    match rig.attempt(3, &frames) {
        Err(failure) => assert_eq!(failure, Failure::Cancelled),
        Ok(evidence) => assert_eq!(evidence.good_frames, 0),
    }
    rig.port.forget();
    rig.port.forget();
    let again = FrameSlot::new();
    again.close();
    let _ended = rig.attempt(4, &again);
    nothing_more(&rig.reports);
}

/// A camera that works, or one that fails on the first opening.
pub struct CameraRig {
    pub port: Arc<dyn Camera>,
    pub reports: Receiver<Report>,
}

pub fn camera(rig: &CameraRig) {
    findings(&*rig.port);
    for effect in [1, 2] {
        let slot = FrameSlot::new();
        rig.port.open(ticket(effect), slot.clone());
        let (number, frame) = slot.take_newer(0, PATIENCE).expect("a frame in time");
        assert!(number > 0 && frame.width() > 0 && frame.height() > 0);
        slot.close();
        assert!(slot.take_newer(0, Duration::ZERO).is_none(), "a frame is left in a closed slot");
    }
    nothing_more(&rig.reports);
}

pub fn broken_camera(rig: &CameraRig, expected: Failure) {
    let slot = FrameSlot::new();
    rig.port.open(ticket(1), slot.clone());
    match next(&rig.reports) {
        Report::Answered(t, Err(failure)) => assert_eq!((t, failure), (ticket(1), expected)),
        _ => panic!("another report"),
    }
    assert!(slot.wait_newer(0, Duration::ZERO).is_none());
    slot.close();
    nothing_more(&rig.reports);
}

/// A handoff that has not yet seen `answer`, which is valid.
pub struct HandoffRig {
    pub port: Arc<dyn Handoff>,
    pub reports: Receiver<Report>,
    pub answer: QualificationAnswer,
}

impl HandoffRig {
    fn deliver(&self, effect: u64, answer: QualificationAnswer) -> Result<Receipt, Failure> {
        let consented_at = Some(answer.processed_at);
        let choices = Choices::of(comprehensive(ConsentAnswer::Given));
        let order = DeliveryOrder { answer, choices, consented_at, entered_by: None, replaces: None };
        self.port.submit(ticket(effect), order);
        match next(&self.reports) {
            Report::Answered(t, Ok(Reply::Handoff(Delivery::Done(receipt)))) if t == ticket(effect) => Ok(receipt),
            Report::Answered(t, Err(failure)) if t == ticket(effect) => Err(failure),
            _ => panic!("another answer"),
        }
    }
}

pub fn handoff(rig: &HandoffRig) {
    findings(&*rig.port);
    assert_eq!(rig.answer.validity, Validity::Valid);
    let first = rig.deliver(1, rig.answer.clone()).expect("delivered");
    assert!(!first.duplicate);
    let again = rig.deliver(2, rig.answer.clone()).expect("delivered before");
    assert_eq!(again, Receipt { file: first.file.clone(), duplicate: true });
    let other = QualificationAnswer { check_id: format!("{}-other", rig.answer.check_id), ..rig.answer.clone() };
    let second = rig.deliver(3, other.clone()).expect("delivered");
    assert!(!second.duplicate && second.file != first.file, "{second:?}");
    let negative = [Validity::Invalid, Validity::Superseded, Validity::NotFound, Validity::Multiple, Validity::Unknown];
    for (effect, validity) in (4..).zip(negative) {
        let answer = QualificationAnswer { check_id: format!("negative-{effect}"), validity, ..other.clone() };
        assert_eq!(rig.deliver(effect, answer), Err(Failure::NotConfirmed), "{validity:?}");
    }
    findings(&*rig.port);
    nothing_more(&rig.reports);
}

/// An audit log is told any number of things at once and holds all of them, in order; `events` reads them back.
pub fn audit(log: &(impl Audit + ?Sized), events: impl Fn(usize) -> Vec<String>) {
    findings(log);
    let at = Timestamp::UNIX_EPOCH;
    let all = [
        (AuditEvent::ReceptionStarted, "receptionStarted"),
        (AuditEvent::Failed(Failure::PinWrong), "failed"),
        (AuditEvent::ReceptionEnded { delivered: false }, "receptionEnded"),
    ];
    for (event, _) in all.iter().cycle().take(300) {
        let reception = Some(ReceptionId(1));
        log.record(AuditEntry { at, reception, operator: Operator::Patient, event: event.clone() });
    }
    let expected: Vec<_> = all.iter().cycle().take(300).map(|(_, name)| (*name).to_owned()).collect();
    assert_eq!(events(300), expected);
    findings(log);
}

/// Answers each ticket once: yes to the code of staff, no to another one.
pub fn staff_codes(port: &dyn StaffCodes, reports: &Receiver<Report>, right: [u8; 6]) {
    for (effect, code, expected) in [(1, right, true), (2, *b"999998", false), (3, right, true)] {
        port.submit(ticket(effect), Secret::new(code));
        let mut report = next(reports);
        if let Report::News(News::StaffCode { owner }) = report {
            assert!(expected && !owner.is_empty(), "whose it is comes with a right one alone");
            report = next(reports);
        }
        match report {
            Report::Answered(answered, Ok(Reply::StaffCode(is_staffs))) => {
                assert_eq!((answered, is_staffs), (ticket(effect), expected));
            }
            _ => panic!("no verdict on a code"),
        }
    }
    nothing_more(reports);
    findings(port);
}

/// Says so instead of calling a code wrong.
pub fn staff_codes_that_cannot_be_compared(port: &dyn StaffCodes, reports: &Receiver<Report>) {
    port.submit(ticket(9), Secret::new(*b"402817"));
    assert!(matches!(next(reports), Report::Answered(answered, Err(_)) if answered == ticket(9)));
    assert!(port.diagnose().iter().any(|finding| finding.health == Health::Bad));
    findings(port);
}

/// Every notice is taken, in order, from whichever thread it comes; `codes` gives what was told so far.
pub fn staff_desk(desk: &(impl StaffDesk + ?Sized), codes: impl Fn() -> Vec<String>) {
    findings(desk);
    let check_id = || "c-1".to_owned();
    let all = [
        StaffNews::CalledByPatient,
        StaffNews::VisitEnded { failure: Failure::PinBlocked, at: SituationName::EnterPin },
        StaffNews::FileCameLate { check_id: check_id(), waiting: 2 },
        StaffNews::FileGivenUp { check_id: check_id(), since: Timestamp::UNIX_EPOCH },
        StaffNews::CertificateEnded { certificate: Certificate::Root, until: jiff::civil::date(2026, 11, 20) },
    ];
    let told: Vec<_> = all.iter().cycle().take(300).collect();
    for (n, news) in (0..).zip(&told) {
        let reception = (n % 2 == 0).then_some(ReceptionId(n));
        desk.tell(StaffNotice { at: Timestamp::UNIX_EPOCH, reception, news: (*news).clone() });
    }
    let expected: Vec<_> = told.iter().map(|news| news.kind().code.to_owned()).collect();
    assert_eq!(codes(), expected);
    findings(desk);
}

pub fn code_b(source: &impl CodeBSource, reports: &Receiver<Report>) {
    findings(source);
    for effect in [1, 2] {
        source.card_placed();
        source.submit(ticket(effect), true);
        assert!(matches!(next(reports), Report::Answered(t, Ok(Reply::CodeB(_))) if t == ticket(effect)));
    }
    // Whoever is asked to look looks, and closes the pictures; hints name the look.
    let frames = FrameSlot::whole();
    source.look(ticket(3), frames.clone(), PATIENCE);
    assert!(matches!(next(reports), Report::Answered(t, Ok(Reply::CodeB(_))) if t == ticket(3)));
    source.forget();
    source.forget();
    nothing_more(reports);
}

pub fn clock(clock: &impl Clock) {
    findings(clock);
    let mut last = clock.steady();
    for _ in 0..1_000 {
        let now = clock.steady();
        assert!(now >= last, "went back from {last:?} to {now:?}");
        last = now;
    }
    // Midnight may pass between two readings, so one of two neighbouring days is right.
    let (before, moment, after) = (japan::day(clock.now()), clock.moment(), japan::day(clock.now()));
    assert!(before <= moment.civil().date() && moment.civil().date() <= after);
    assert!(moment.steady >= last);
}
