//! Code B is read from the card's print: by a camera that sees the card where it lies, begun when it is placed, so that most patients
//! never wait for it; or by one that the patient shows the card's front. Once per visit; what is not sure is not said, and the patient
//! types.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use uketsuke_code_b::{Hints, Models, PrintReader, ReadError, Seen, Vote};
use uketsuke_nets::{Loading, Worker};

use crate::domain::code_b::Print;
use crate::domain::failure::Failure;
use crate::domain::ids::{EffectId, ReceptionId, Ticket};
use crate::domain::staff_news::StaffNews;
use crate::ports::{
    Camera, CodeBReply, CodeBSource, Diagnose, Finding, Frame, FrameSlot, Observation, Outbox, Reply, Report,
};

/// How long a card is looked at where it lies.
pub const BUDGET: Duration = Duration::from_secs(8);
/// So many cards that refuse what was read end reading for the day.
const MOST_REFUSALS: u8 = 2;
/// A look that nobody has asked for yet: its pictures go into the slot.
const NOBODY: Ticket = Ticket { reception: ReceptionId::NOBODY, effect: EffectId(0) };
/// Whoever needs the networks waits so long for them.
const LOADING_PATIENCE: Duration = Duration::from_secs(30);

/// What the reader is made of.
pub struct Parts {
    /// The camera that sees the card, made for the outbox that its failures go to.
    pub camera: Box<dyn FnOnce(Outbox) -> Arc<dyn Camera>>,
    /// The same camera looks at the face.
    pub one_camera: bool,
    /// Asked for at each card.
    pub way: Ways,
    /// How long a card is looked at where it lies; the usual time is [`BUDGET`].
    pub budget: Duration,
    /// Folder of all models; without it the usual place.
    pub models: Option<PathBuf>,
    /// The civil day.
    pub today: Today,
}

/// How the card comes before the camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It lies on the reader, and the camera sees it there.
    Lying,
    /// The patient shows its front.
    Shown,
}

/// Asks for the way.
pub type Ways = Box<dyn Fn() -> Way + Send + Sync>;

/// Asks for the civil day.
pub type Today = Arc<dyn Fn() -> Date + Send + Sync>;

/// Reads code B by a camera.
pub struct ReadCodeB {
    worker: Worker<Cards, String>,
    camera: Arc<dyn Camera>,
    one_camera: bool,
    way: Ways,
    budget: Duration,
    today: Today,
    outbox: Outbox,
}

/// Beside the cards the name of the networks.
type Shared = uketsuke_nets::Shared<Cards, String>;
type State = uketsuke_nets::State<Cards, String>;

#[derive(Default)]
struct Cards {
    /// From the look at a card to the end of its visit.
    visit: Option<Visit>,
    refusals: Refusals,
}

struct Visit {
    look: Look,
    stage: Stage,
    /// Who waits for the code.
    waiting: Option<Ticket>,
    /// The code was handed out and the card has not refused it.
    given: bool,
}

/// One look at a card.
#[derive(Clone)]
struct Look {
    frames: FrameSlot,
    /// What the camera is opened for.
    ticket: Ticket,
    budget: Duration,
}

enum Stage {
    Wanted,
    Looking,
    Known(Print),
    Nothing,
}

/// Codes that cards have refused on one day.
#[derive(Default)]
struct Refusals {
    day: Option<Date>,
    count: u8,
}

impl Refusals {
    fn add(&mut self, today: Date) {
        let before = if self.day == Some(today) { self.count } else { 0 };
        *self = Self { day: Some(today), count: before.saturating_add(1) };
    }

    fn too_many(&self, today: Date) -> bool {
        self.day == Some(today) && self.count >= MOST_REFUSALS
    }
}

impl Visit {
    fn wanted(look: Look, waiting: Option<Ticket>) -> Self {
        Self { look, stage: Stage::Wanted, waiting, given: false }
    }

    /// What was read, once.
    fn hand_out(&mut self) -> CodeBReply {
        match std::mem::replace(&mut self.stage, Stage::Nothing) {
            Stage::Known(print) => {
                self.given = true;
                CodeBReply::Read(print)
            }
            _ => CodeBReply::Unknown,
        }
    }
}

/// Whether the camera is open for a look, and for that one.
fn opened_for(shared: &Shared, ticket: Ticket) -> bool {
    ticket == NOBODY || shared.lock().own.visit.as_ref().is_some_and(|visit| visit.look.ticket == ticket)
}

/// Ends the look that was made into `frames`, unless its visit is over.
fn looked(shared: &Shared, frames: &FrameSlot, found: Option<Print>, outbox: &Outbox) {
    frames.close();
    let mut state = shared.lock();
    let Some(visit) = state.own.visit.as_mut().filter(|visit| visit.look.frames.is_same(frames)) else { return };
    visit.stage = found.map_or(Stage::Nothing, Stage::Known);
    let Some(ticket) = visit.waiting.take() else { return };
    let reply = visit.hand_out();
    drop(state);
    outbox.answer(ticket, Ok(Reply::CodeB(reply)));
}

/// The next look; `None` when the source is dropped.
fn next_look(shared: &Shared) -> Option<Look> {
    let mut state = shared.lock();
    loop {
        if state.closed {
            return None;
        }
        if let Some(visit) = state.own.visit.as_mut().filter(|visit| matches!(visit.stage, Stage::Wanted)) {
            visit.stage = Stage::Looking;
            return Some(visit.look.clone());
        }
        shared.wait(&mut state);
    }
}

impl ReadCodeB {
    /// Starts the thread, which loads the networks and then looks at each card.
    pub fn start(parts: Parts, outbox: Outbox) -> Self {
        let Parts { camera, one_camera, way, budget, models, today } = parts;
        let shared = Arc::<Shared>::default();
        let camera = camera(failures(shared.clone(), outbox.clone()));
        let serve = {
            let (camera, today, outbox) = (camera.clone(), today.clone(), outbox.clone());
            move |shared: &Shared, reader: Result<PrintReader, String>| match reader {
                Ok(reader) => serve(shared, reader, &*camera, &*today, &outbox),
                Err(cause) => give_up(shared, &cause, &outbox),
            }
        };
        let worker = Worker::start("code-b", shared, move || load(models.as_deref()), serve);
        Self { worker, camera, one_camera, way, budget, today, outbox }
    }

    /// The camera, for whatever else it looks at.
    pub fn camera(&self) -> Arc<dyn Camera> {
        Arc::clone(&self.camera)
    }

    /// Whether a card can be read now.
    fn reads(&self, state: &State) -> bool {
        !matches!(state.loading, Loading::Failed(_)) && !state.own.refusals.too_many((self.today)())
    }

    /// Waits until the networks are ready or not usable: a command serves one visit and begins it then.
    pub fn wait_until_loaded(&self) {
        drop(self.worker.loaded(LOADING_PATIENCE));
    }
}

/// The camera's failures end the look that it was opened for; whatever else it says is not the source's.
fn failures(shared: Arc<Shared>, outbox: Outbox) -> Outbox {
    Outbox::new(move |report| {
        let (ticket, failure) = match report {
            Report::Answered(ticket, Err(failure)) if opened_for(&shared, ticket) => (ticket, failure),
            report => return outbox.send(report),
        };
        outbox.tell(StaffNews::CardCameraOut { failure });
        let mut state = shared.lock();
        let Some(visit) = state.own.visit.as_mut().filter(|visit| visit.look.ticket == ticket) else { return };
        visit.look.frames.close();
        let waiting = visit.waiting.take_if(|waiting| *waiting == ticket);
        drop(state);
        if let Some(ticket) = waiting {
            outbox.answer(ticket, Err(failure));
        }
    })
}

impl CodeBSource for ReadCodeB {
    fn submit(&self, ticket: Ticket, may_read: bool) {
        let mut state = self.worker.lock();
        let reply = match state.own.visit.as_mut().filter(|_| may_read) {
            _ if (self.way)() == Way::Shown => match may_read && self.reads(&state) {
                true => CodeBReply::CardWanted,
                false => CodeBReply::Unknown,
            },
            Some(visit) if matches!(visit.stage, Stage::Wanted | Stage::Looking) => {
                visit.waiting = Some(ticket);
                return;
            }
            Some(visit) => visit.hand_out(),
            None => CodeBReply::Unknown,
        };
        drop(state);
        self.outbox.answer(ticket, Ok(Reply::CodeB(reply)));
    }

    fn look(&self, ticket: Ticket, frames: FrameSlot, budget: Duration) {
        self.forget();
        let mut state = self.worker.lock();
        if self.reads(&state) {
            state.own.visit = Some(Visit::wanted(Look { frames, ticket, budget }, Some(ticket)));
            self.worker.shared().tell();
        } else {
            drop(state);
            self.outbox.answer(ticket, Ok(Reply::CodeB(CodeBReply::Unknown)));
        }
    }

    fn card_placed(&self) {
        if (self.way)() == Way::Shown {
            return;
        }
        self.forget();
        let mut state = self.worker.lock();
        if self.reads(&state) {
            let look = Look { frames: FrameSlot::new(), ticket: NOBODY, budget: self.budget };
            state.own.visit = Some(Visit::wanted(look, None));
            self.worker.shared().tell();
        }
    }

    fn refused(&self) {
        let (today, mut state) = ((self.today)(), self.worker.lock());
        let cards = &mut state.own;
        let Some(visit) = cards.visit.as_mut().filter(|visit| visit.given) else { return };
        (visit.given, visit.stage) = (false, Stage::Nothing);
        cards.refusals.add(today);
        let off = cards.refusals.too_many(today);
        drop(state);
        if off {
            self.outbox.tell(StaffNews::PrintReadingOff);
        }
    }

    fn forget(&self) {
        let Some(visit) = self.worker.lock().own.visit.take() else { return };
        visit.look.frames.close();
        if let Some(ticket) = visit.waiting {
            self.outbox.answer(ticket, Err(Failure::Cancelled));
        }
    }
}

impl ReadCodeB {
    /// How the camera sees it, for the doctor.
    fn seen(&self) -> &'static str {
        match ((self.way)(), self.one_camera) {
            (Way::Lying, false) => "by a camera above the reader",
            (Way::Lying, true) => "by the camera for faces, which sees the reader",
            (Way::Shown, false) => "shown to a camera of its own",
            (Way::Shown, true) => "shown to the camera for faces",
        }
    }
}

impl Diagnose for ReadCodeB {
    fn diagnose(&self) -> Vec<Finding> {
        let state = self.worker.loaded(LOADING_PATIENCE);
        let (models, off) = (state.loading.clone(), state.own.refusals.too_many((self.today)()));
        drop(state);
        let models = match models {
            Loading::Ready(title) if off => Finding::warning(
                "code-b",
                format!("{title}; off for today, as two cards refused what was read"),
                "clean the lens of the camera that reads the card and look after its light; it reads again tomorrow",
            ),
            Loading::Ready(title) => {
                Finding::good("code-b", format!("read from the card's print, {}; {title}", self.seen()))
            }
            Loading::Running => Finding::warning("code-b", "networks still loading", "wait, then check again"),
            Loading::Failed(cause) => Finding::bad(
                "code-b",
                cause,
                "put back the files of models/code-b as delivered, or correct models.folder in the settings; until then the \
                 patient types code B",
            ),
        };
        // A camera that looks at faces as well has a line of its own.
        let camera = if self.one_camera { Vec::new() } else { self.camera.diagnose() };
        let camera = camera.into_iter().map(|finding| Finding { subject: "card camera", ..finding });
        std::iter::once(models).chain(camera).collect()
    }
}

impl Drop for ReadCodeB {
    fn drop(&mut self) {
        // A look under way ends with its frames; the worker waits for it.
        self.forget();
    }
}

fn serve(
    shared: &Shared,
    mut reader: PrintReader,
    camera: &dyn Camera,
    today: &(dyn Fn() -> Date + Send + Sync),
    outbox: &Outbox,
) {
    while let Some(Look { frames, ticket, budget }) = next_look(shared) {
        camera.open(ticket, frames.clone());
        let hints = Told { ticket, outbox, hints: Hints::default() };
        let found = look(&mut reader, (&frames, budget), today(), hints).unwrap_or_else(|error| {
            tracing::error!("the network runtime failed: {error:#}");
            None
        });
        reader.wipe();
        looked(shared, &frames, found, outbox);
    }
}

/// A card that came while the networks loaded is nobody's to read.
fn give_up(shared: &Shared, cause: &str, outbox: &Outbox) {
    tracing::error!(cause, "the networks that read the card's print are not usable: the patient types code B");
    let frames = shared.lock().own.visit.as_ref().map(|visit| visit.look.frames.clone());
    if let Some(frames) = frames {
        looked(shared, &frames, None, outbox);
    }
}

fn load(models: Option<&Path>) -> Result<(PrintReader, String), String> {
    let models = Models::load(models).map_err(|error| error.to_string())?;
    let reader = PrintReader::new(&models).map_err(|error| format!("{error:#}"))?;
    Ok((reader, models.title().to_owned()))
}

/// Tells whoever shows the card what would help.
struct Told<'a> {
    ticket: Ticket,
    outbox: &'a Outbox,
    hints: Hints,
}

impl Told<'_> {
    fn about(&mut self, frame: &Frame, seen: &Seen) {
        // Nobody stands before a camera that looks by itself.
        if let Some(hint) = self.hints.after(frame, seen).filter(|_| self.ticket != NOBODY) {
            self.outbox.send(Report::Seen(Observation::PrintHint(self.ticket, hint)));
        }
    }
}

/// Looks until the code is sure, the time is over or nobody wants it any more.
fn look(
    reader: &mut PrintReader,
    (frames, budget): (&FrameSlot, Duration),
    today: Date,
    mut told: Told<'_>,
) -> Result<Option<Print>, ReadError> {
    let (start, mut newest, mut vote) = (Instant::now(), 0, Vote::default());
    loop {
        let left = budget.saturating_sub(start.elapsed());
        let Some((number, frame)) = frames.take_newer(newest, left).filter(|_| !left.is_zero()) else {
            return Ok(None);
        };
        newest = number;
        let at = start.elapsed();
        let seen = reader.read(&frame, today)?;
        told.about(&frame, &seen);
        vote.add(at, &seen);
        if let Some(print) = vote.answer() {
            tracing::info!(ms = start.elapsed().as_millis(), pictures = number, "code B was read from the print");
            return Ok(Some(print));
        }
    }
}
