//! Shows those who follow the kiosk from afar where it stands: what the session says of itself, with what the vault and the
//! window add. Where nobody follows, nothing of it is put together.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::domain::failure::Failure;
use crate::domain::ids::ReceptionId;
use crate::domain::qualification::{Difference, QualificationAnswer};
use crate::domain::session::{Now, ReaderState, Reception, State};
use crate::domain::standing::{Change, FileState, Follower, Standing, Step};
use crate::domain::validity::grace_end;
use crate::ports::{Checked, DeskNews, DeskReport, Diagnose, Finding, HandoffNews, Shown};

use super::Ports;

/// What a step shows.
pub(super) struct Follow {
    follows: bool,
    follower: Follower,
    shown: Shown,
    /// Where the kiosk stands, as it was said last.
    stands: Option<(Option<ReceptionId>, Standing)>,
    lamps: Lamps,
}

impl Follow {
    pub(super) fn new(ports: &Ports, training: bool) -> Self {
        Self {
            follows: ports.desk.follows(),
            follower: Follower::default(),
            shown: Shown { language: "ja", text_size: 100, training },
            stands: None,
            lamps: Lamps::default(),
        }
    }

    /// The kiosk has begun.
    pub(super) fn begins(&mut self, ports: &Ports, state: &State) {
        if self.follows {
            self.stand(ports, None, Standing::of(state));
            self.alarmed(ports, state);
        }
    }

    /// One step of the session, before its effects are carried out.
    pub(super) fn stepped(&mut self, ports: &Ports, answer: Option<&QualificationAnswer>, step: Step<'_>) {
        if !self.follows {
            return;
        }
        let Step { before, after, .. } = step;
        for (visit, change) in self.follower.stepped(step) {
            match change {
                Change::Stands(standing) => self.stand(ports, visit, standing),
                Change::Checked { registered_now } => {
                    if let (Some(answer), Some(reception)) = (answer, before.reception()) {
                        let checked = Box::new(checked(answer, reception, registered_now));
                        show(ports, visit, DeskNews::Checked(checked));
                    }
                }
                Change::Consents(consents) => show(ports, visit, DeskNews::Consents(consents)),
                Change::File { check_id, state } => show(ports, visit, DeskNews::File { check_id, state }),
                Change::Ended { received, failure, took } => {
                    self.lamps.wanted |= failure.is_some_and(|failure| failure != Failure::Cancelled);
                    let seconds = u32::try_from(took.as_secs()).unwrap_or(u32::MAX);
                    show(ports, visit, DeskNews::Ended { received, failure, seconds });
                }
            }
        }
        let reader = |state: &State| matches!(state.kiosk.reader, ReaderState::Ready);
        self.lamps.wanted |= reader(before) != reader(after);
        self.lamps.look(ports, after);
    }

    fn stand(&mut self, ports: &Ports, visit: Option<ReceptionId>, standing: Standing) {
        show(ports, visit, DeskNews::Stands(standing.clone(), self.shown.clone()));
        self.stands = Some((visit, standing));
    }

    /// The patient chose how the kiosk is shown.
    pub(super) fn is_shown(&mut self, ports: &Ports, language: &'static str, text_size: u16) {
        let shown = Shown { language, text_size, ..self.shown.clone() };
        if shown == self.shown {
            return;
        }
        self.shown = shown;
        if let Some((visit, standing)) = self.stands.take().filter(|_| self.follows) {
            self.stand(ports, visit, standing);
        }
    }

    /// A file that had to wait came somewhere, long after its visit.
    pub(super) fn handed(&mut self, ports: &Ports, news: &HandoffNews) {
        let (check_id, state) = match news {
            HandoffNews::DeliveredLate { check_id, .. } => (check_id, FileState::Written),
            HandoffNews::GivenUp { check_id, .. } | HandoffNews::Removed { check_id } => (check_id, FileState::GivenUp),
            HandoffNews::Taken { check_id } => (check_id, FileState::Taken),
            HandoffNews::NotTaken { check_id } => (check_id, FileState::NotTaken),
        };
        if self.follows {
            show(ports, None, DeskNews::File { check_id: check_id.clone(), state });
        }
    }

    /// Something is told that a part of the kiosk may be the cause of.
    pub(super) fn alarmed(&mut self, ports: &Ports, state: &State) {
        if self.follows {
            self.lamps.wanted = true;
            self.lamps.look(ports, state);
        }
    }
}

fn show(ports: &Ports, reception: Option<ReceptionId>, what: DeskNews) {
    ports.desk.show(Box::new(DeskReport { at: ports.clock.now(), reception, what }));
}

/// What staff at the desk need of an answer.
fn checked(answer: &QualificationAnswer, visit: &Reception, registered_now: bool) -> Checked {
    let first = answer.qualifications.first();
    let until = visit.card.as_ref().and_then(|card| card.certificate_until);
    let grace = answer.notices.iter().any(|notice| notice.code == "certificateExpiredGrace");
    let of_the_name = |member: &str| matches!(member, "qualifications.0.name" | "qualifications.0.nameKana");
    let lost =
        answer.as_received.iter().filter(|other| of_the_name(&other.member)).filter_map(|other| match &other.why {
            Difference::Signs(signs) => Some(signs.iter().copied()),
            Difference::LeftOut => None,
        });
    Checked {
        check_id: answer.check_id.clone(),
        name: first.map(|one| one.name.clone()).unwrap_or_default(),
        kana: first.and_then(|one| one.name_kana.clone()),
        lost_signs: lost.flatten().collect(),
        sex: first.map(|one| one.sex.clone()).unwrap_or_default(),
        birth_date: first.map(|one| one.birth_date.clone()).unwrap_or_default(),
        validity: answer.validity,
        valid_from: first.and_then(|one| one.valid_from),
        valid_until: first.and_then(|one| one.valid_to),
        copayment_percent: first
            .and_then(|one| one.elderly.as_ref().and_then(|elderly| elderly.ratio_percent).or(one.ratio_percent)),
        certificate_until: until,
        grace_until: until.filter(|_| grace).map(grace_end),
        registered_now,
        chart_number: answer.reference_number.clone(),
    }
}

/// How the parts do: looked at when something gave a reason to and nobody is being received, told when it is another.
#[derive(Default)]
struct Lamps {
    wanted: bool,
    /// What was told last; locked as long as a look runs.
    told: Arc<Mutex<Vec<Finding>>>,
}

impl Lamps {
    /// A patient is not disturbed: some looks open a device.
    fn look(&mut self, ports: &Ports, state: &State) {
        if !self.wanted || matches!(state.now, Now::Visit(_)) {
            return;
        }
        let (told, ports) = (Arc::clone(&self.told), ports.clone());
        let looking = std::thread::Builder::new().name("lamps".into()).spawn(move || {
            // One look at a time; the one that runs already sees what this one would.
            let Some(mut told) = told.try_lock() else { return };
            let findings = findings(&ports);
            if *told != findings {
                told.clone_from(&findings);
                show(&ports, None, DeskNews::Lamps(findings));
            }
        });
        match looking {
            Ok(_) => self.wanted = false,
            Err(error) => tracing::warn!(%error, "no thread to look at the parts of the kiosk; later again"),
        }
    }
}

/// Every part but the desk, which sees for itself whether it hears the kiosk.
fn findings(ports: &Ports) -> Vec<Finding> {
    let parts: [&dyn Diagnose; 9] = [
        &*ports.card,
        &*ports.camera,
        &*ports.face,
        &*ports.code_b,
        &*ports.qualification,
        &*ports.handoff,
        &*ports.clock,
        &*ports.staff,
        &*ports.audit,
    ];
    parts.iter().flat_map(|part| part.diagnose()).collect()
}
