//! The one task that owns the state: takes inputs, reports and deadlines in turn, calls `step`, carries out effects.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::domain::failure::Failure;
use crate::domain::ids::{EffectId, ReceptionId, Ticket};
use crate::domain::session::{
    Action, Answer, Effect, Event, Hand, Happening, Keypad, PatientInput, SituationName, State, step,
};
use crate::domain::staff_news::StaffNews;
use crate::domain::standing::Step;
use crate::ports::{AuditEvent, News, Observation, Operator, Reply, Report};

use super::errand::Errands;
use super::follow::Follow;
use super::ledger::Ledger;
use super::perform::{self, Outcome};
use super::record::{self, Recorder};
use super::resume::Resume;
use super::vault::Vault;
use super::view::view_of;
use super::{HandleServer, Input, Options, Ports, desk};

/// How long the card gets to be released, and the last check to be settled, when the whole program ends.
const LAST_RELEASE: Duration = Duration::from_secs(2);

pub(super) struct Task {
    state: State,
    ports: Ports,
    options: Options,
    window: HandleServer,
    ledger: Ledger,
    vault: Vault,
    resume: Resume,
    recorder: Recorder,
    follow: Follow,
    errands: Errands,
    queue: VecDeque<Happening>,
    /// The patient wants to see what they type.
    showing: bool,
}

impl Task {
    pub(super) fn new(state: State, ports: Ports, options: Options, window: HandleServer) -> Self {
        let (ledger, vault, resume) = (Ledger::default(), Vault::new(), Resume::default());
        let (recorder, queue) = (Recorder::default(), VecDeque::new());
        let (follow, errands) = (Follow::new(&ports, options.training), Errands::default());
        Self { state, ports, options, window, ledger, vault, resume, recorder, follow, errands, queue, showing: false }
    }

    pub(super) async fn run(mut self, mut inbox: mpsc::Receiver<Box<Report>>) {
        record::record(&self.ports, None, Operator::Kiosk, AuditEvent::Started);
        self.follow.begins(&self.ports, &self.state);
        self.observe();
        loop {
            let due = self.ledger.next_due();
            tokio::select! {
                input = self.window.inputs.recv() => match input {
                    Some(input) => self.input(*input),
                    None => break,
                },
                report = inbox.recv() => match report {
                    Some(report) => self.report(*report),
                    None => break,
                },
                () = tokio::time::sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => self.overdue(),
            }
            self.drain();
            self.show_digits();
        }
        self.end(inbox).await;
    }

    /// The program ends: nothing is kept, the card is powered down.
    async fn end(mut self, mut inbox: mpsc::Receiver<Box<Report>>) {
        self.vault.wipe();
        self.window.digits.send_replace(None);
        self.window.name.send_replace(None);
        self.ports.face.forget();
        let ticket = Ticket { reception: ReceptionId::NOBODY, effect: EffectId(u64::MAX) };
        self.ports.card.submit(ticket, crate::ports::CardCommand::Release);
        let mut released = false;
        let last_answers = async {
            while !released || self.ledger.settles() {
                match inbox.recv().await.map(|report| *report) {
                    Some(Report::Answered(answered, _)) if answered == ticket => released = true,
                    Some(Report::Answered(answered, _)) if self.ledger.action(answered).is_some() => {
                        self.ledger.close(answered.effect);
                    }
                    Some(_) => {}
                    None => break,
                }
            }
        };
        if tokio::time::timeout(LAST_RELEASE, last_answers).await.is_err() {
            let settled = !self.ledger.settles();
            tracing::warn!(released, settled, "not everything was confirmed before the program ended");
        }
        record::record(&self.ports, None, Operator::Kiosk, AuditEvent::Stopped);
    }

    fn input(&mut self, input: Input) {
        match input {
            Input::Digit(digit) => {
                if let Some(keypad) = self.state.keypad().filter(Keypad::has_room)
                    && self.vault.push_digit(keypad.part, digit)
                {
                    self.queue.push_back(Happening::Patient(PatientInput::DigitTyped));
                }
            }
            Input::Patient(PatientInput::DigitTyped) => {}
            Input::Patient(input) => {
                match (input, self.state.keypad()) {
                    (PatientInput::DigitErased, Some(keypad)) => self.vault.pop_digit(keypad.part),
                    (PatientInput::DigitsCleared, Some(keypad)) => self.vault.clear_digits(keypad.part),
                    _ => {}
                }
                self.queue.push_back(Happening::Patient(input));
            }
            Input::ShowDigits(show) => self.showing = show && self.patients_keypad().is_some(),
            Input::MachineTyped => {
                desk::tell(&self.ports, self.state.reception().map(|reception| reception.id), StaffNews::MachineTyped);
            }
            Input::Shown { language, text_size } => self.follow.is_shown(&self.ports, language, text_size),
            Input::Panel(touch) => self.queue.push_back(Happening::Panel(touch)),
            Input::Staff(command) => {
                let order = self.recorder.order_at_kiosk(&self.state, command);
                self.queue.extend(order.map(Happening::Staff));
            }
        }
    }

    /// The keypad whose digits may be seen: the patient's own.
    fn patients_keypad(&self) -> Option<Keypad> {
        self.state.keypad().filter(|keypad| keypad.hand == Hand::Patient)
    }

    /// Lets the window have the typed digits while the patient wants to see them, and nothing else.
    fn show_digits(&mut self) {
        let glimpse = self.patients_keypad().filter(|_| self.showing).map(|keypad| self.vault.glimpse(keypad.part));
        if glimpse.is_some() || self.window.digits.borrow().is_some() {
            self.window.digits.send_replace(glimpse);
        }
    }

    fn report(&mut self, report: Report) {
        match report {
            Report::Seen(observation) => self.seen(observation),
            Report::News(news) => self.hear(news),
            Report::Ordered(order) => self.queue.push_back(Happening::Staff(order)),
            Report::Answered(ticket, outcome) if self.errands.own(ticket.effect) => {
                self.errands.answered(&self.ports, ticket.effect, outcome);
            }
            Report::Answered(ticket, outcome) if ticket.reception == ReceptionId::NOBODY => {
                self.resume.answered(&self.ports, ticket.effect, outcome);
            }
            Report::Answered(ticket, outcome) => self.answered(ticket, outcome),
        }
    }

    fn hear(&mut self, news: News) {
        match news {
            News::Handoff(news) => {
                if let Some(event) = record::of_news(&news) {
                    record::record(&self.ports, None, Operator::Kiosk, event);
                }
                self.follow.handed(&self.ports, &news);
                if let Some(news) = desk::of_handoff(news) {
                    desk::tell(&self.ports, None, news);
                }
            }
            News::Queue { entry, step } => {
                record::record(&self.ports, None, Operator::Staff, AuditEvent::Queue { entry, step });
            }
            News::Staff(news) => {
                if let Some(event) = record::of_alarm(&news) {
                    record::record(&self.ports, None, Operator::Kiosk, event);
                    self.follow.alarmed(&self.ports, &self.state);
                }
                desk::tell(&self.ports, None, news);
            }
            News::Errand { order, by, errand } => {
                record::record(&self.ports, None, Operator::Staff, record::of_errand(by, &errand));
                self.errands.begin(&self.ports, order, *errand);
            }
            News::StaffCode { owner } => self.recorder.code_taken(&self.ports, &self.state, owner),
            News::Resumed(visit) => self.resume.hand_over(&self.ports, *visit),
        }
    }

    fn answered(&mut self, ticket: Ticket, outcome: Result<Reply, Failure>) {
        if self.ledger.action(ticket).is_none() {
            tracing::debug!(effect = ticket.effect.0, "an answer came for nobody and was dropped");
            return;
        }
        let Some((_, action)) = self.ledger.close(ticket.effect) else { return };
        self.recorder.answered(&self.ports, &self.state, &outcome);
        let answer = perform::answer(&mut self.vault, &action, outcome);
        if matches!(answer, Answer::CodeBWrong(_)) {
            self.ports.code_b.refused();
        }
        self.queue.push_back(Happening::Ended(ticket.effect, answer));
    }

    fn seen(&mut self, observation: Observation) {
        let happening = match observation {
            Observation::CardPlaced => Happening::CardPlaced,
            Observation::CardGone => Happening::CardGone,
            Observation::ReaderReady => Happening::ReaderReady,
            Observation::ReaderLost(failure) => Happening::ReaderLost(failure),
            Observation::FaceHint(ticket, hint) if self.ledger.action(ticket).is_some() => Happening::FaceHint(hint),
            Observation::FaceProgress(ticket, percent) if self.ledger.action(ticket).is_some() => {
                Happening::FaceProgress(percent)
            }
            Observation::PrintHint(ticket, hint) if self.ledger.action(ticket).is_some() => Happening::PrintHint(hint),
            Observation::FaceHint(..) | Observation::FaceProgress(..) | Observation::PrintHint(..) => return,
        };
        self.queue.push_back(happening);
    }

    /// Answers what is due: a timer has run out, anything else has timed out.
    fn overdue(&mut self) {
        while let Some(id) = self.ledger.due_by(Instant::now()) {
            let Some((ticket, action)) = self.ledger.close(id) else { return };
            let answer = if matches!(action, Action::Wait(..)) {
                Answer::TimeUp
            } else {
                tracing::warn!(action = action.as_ref(), "no answer in time");
                perform::abandon(&mut self.vault, &self.ports, ticket, &action);
                Answer::TimedOut
            };
            self.queue.push_back(Happening::Ended(id, answer));
        }
    }

    fn drain(&mut self) {
        while let Some(what) = self.queue.pop_front() {
            let at = self.ports.clock.moment();
            let before = self.state.on_screen().name();
            let (next, effects) = step(&self.state, Event { at, what: what.clone() });
            self.recorder.stepped(&self.ports, &self.state, &what, &next, &effects);
            let answer = self.vault.answer.as_ref();
            let taken = Step { at, before: &self.state, what: &what, after: &next, effects: &effects };
            self.follow.stepped(&self.ports, answer, taken);
            let help = |state: &State| state.reception().map(|visit| visit.help);
            let changed = next.on_screen() != self.state.on_screen() || help(&next) != help(&self.state);
            log_judgement(&self.state, &next);
            self.state = next;
            effects.into_iter().for_each(|effect| self.carry_out(effect));
            if changed {
                self.changed(before);
            }
        }
    }

    fn changed(&mut self, before: SituationName) {
        let now = self.state.on_screen().name();
        if now != before {
            let reception = self.state.reception().map_or(0, |r| r.id.0);
            tracing::info!(reception, from = ?before, to = ?now, "situation");
            // Code B is printed on the card and compared with it; a PIN stays hidden until its owner asks.
            self.showing = now == SituationName::EnterCodeB;
        }
        if self.state.visit().is_none() && !self.vault.is_empty() {
            // Cannot happen by the walks of the test suite; wiping again is safe, silence would not be.
            tracing::error!("the vault was not empty at rest and has been wiped");
            self.vault.wipe();
        }
        self.observe();
    }

    fn observe(&mut self) {
        let at = self.ports.clock.steady();
        if let Some(observer) = self.options.observer.as_mut() {
            observer(&self.state, at);
        }
        // Before the view, so that the screen with the name finds it.
        let naming = matches!(self.state.on_screen().name(), SituationName::ConfirmName | SituationName::Done);
        let name = self.vault.name.clone().filter(|_| naming);
        self.window.name.send_if_modified(|shown| {
            let changed = shown.is_some() != name.is_some();
            *shown = name;
            changed
        });
        self.window.views.send_replace(view_of(&self.state, self.options.training));
        let frames = self.vault.frames.clone();
        self.window.preview.send_if_modified(|shown| {
            let changed = shown.is_some() != frames.is_some() || shown.as_ref().is_some_and(|s| s.is_closed());
            *shown = frames;
            changed
        });
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Perform { id, reception, action, deadline } => {
                let ticket = Ticket { reception, effect: id };
                let wait = if let Action::Wait(_, time) = action { time } else { deadline };
                self.ledger.open(ticket, action.clone(), Instant::now() + wait);
                if let Outcome::Now(answer) = perform::perform(&mut self.vault, &self.ports, ticket, action) {
                    self.ledger.close(id);
                    self.queue.push_back(Happening::Ended(id, answer));
                }
            }
            Effect::Cancel(id) => {
                if let Some((ticket, action)) = self.ledger.close(id) {
                    perform::abandon(&mut self.vault, &self.ports, ticket, &action);
                    self.queue.push_back(Happening::Ended(id, Answer::Cancelled));
                }
            }
        }
    }
}

/// Staff find in the log what a face attempt rested on: numbers only, nothing of the face.
fn log_judgement(before: &State, now: &State) {
    let of = |state: &State| state.reception().and_then(|r| r.face_judgement);
    if let Some(judgement) = of(now).filter(|judgement| of(before) != Some(*judgement)) {
        tracing::info!("face attempt: {judgement}");
    }
}
