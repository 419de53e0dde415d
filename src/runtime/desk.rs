//! Telling staff: each notice gets its time and its visit, and what would only repeat is left out.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::domain::ids::{Moment, ReceptionId};
use crate::domain::staff_news::StaffNews;
use crate::domain::staff_order::{OrderId, Refusal};
use crate::ports::{Clock, DeskReport, Diagnose, Finding, HandoffNews, StaffDesk, StaffNotice};

use super::Ports;

/// Tells staff what happened in that visit, or outside any.
pub(super) fn tell(ports: &Ports, reception: Option<ReceptionId>, news: StaffNews) {
    ports.desk.tell(StaffNotice { at: ports.clock.now(), reception, news });
}

/// What staff are told of a file that had to wait; of one that is taken, or not yet, they hear by count.
pub(super) fn of_handoff(news: HandoffNews) -> Option<StaffNews> {
    Some(match news {
        HandoffNews::DeliveredLate { check_id, waiting, .. } => StaffNews::FileCameLate { check_id, waiting },
        HandoffNews::GivenUp { check_id, kept_at: since } => StaffNews::FileGivenUp { check_id, since },
        HandoffNews::Removed { check_id } => StaffNews::FileRemoved { check_id },
        HandoffNews::Taken { .. } | HandoffNews::NotTaken { .. } => return None,
    })
}

/// A desk that is told the same again only when its entry of the list allows it.
pub(super) struct Unrepeated {
    desk: Arc<dyn StaffDesk>,
    clock: Arc<dyn Clock>,
    /// What may not be told again yet.
    told: Mutex<Vec<Told>>,
}

struct Told {
    at: Moment,
    reception: Option<ReceptionId>,
    news: StaffNews,
}

impl Unrepeated {
    pub(super) fn new(desk: Arc<dyn StaffDesk>, clock: Arc<dyn Clock>) -> Self {
        Self { desk, clock, told: Mutex::default() }
    }

    /// Whether it is new enough; remembers that it was told.
    fn is_new(&self, reception: Option<ReceptionId>, news: &StaffNews) -> bool {
        let at = self.clock.moment();
        let mut told = self.told.lock();
        told.retain(|told| !told.news.kind().repeats.allow(told.at, at));
        let new = !told.iter().any(|told| told.reception == reception && told.news == *news);
        if new && !news.kind().repeats.allow(at, at) {
            told.push(Told { at, reception, news: news.clone() });
        }
        new
    }
}

impl StaffDesk for Unrepeated {
    fn tell(&self, notice: StaffNotice) {
        if self.is_new(notice.reception, &notice.news) {
            self.desk.tell(notice);
        }
    }

    fn answer(&self, order: OrderId, outcome: Result<(), Refusal>) {
        self.desk.answer(order, outcome);
    }

    fn follows(&self) -> bool {
        self.desk.follows()
    }

    fn show(&self, report: Box<DeskReport>) {
        self.desk.show(report);
    }
}

impl Diagnose for Unrepeated {
    fn diagnose(&self) -> Vec<Finding> {
        self.desk.diagnose()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::domain::staff_news::Certificate;

    /// Notices that came through.
    #[derive(Default)]
    struct Heard(Mutex<Vec<StaffNotice>>);

    impl StaffDesk for Heard {
        fn tell(&self, notice: StaffNotice) {
            self.0.lock().push(notice);
        }

        fn answer(&self, _: OrderId, _: Result<(), Refusal>) {}
    }

    impl Diagnose for Heard {
        fn diagnose(&self) -> Vec<Finding> {
            Vec::new()
        }
    }

    /// A clock that stands until it is moved on.
    struct Standing(Mutex<Timestamp>);

    impl Clock for Standing {
        fn steady(&self) -> Duration {
            self.now().duration_since(Timestamp::UNIX_EPOCH).unsigned_abs()
        }

        fn now(&self) -> Timestamp {
            *self.0.lock()
        }
    }

    impl Diagnose for Standing {
        fn diagnose(&self) -> Vec<Finding> {
            Vec::new()
        }
    }

    struct Room {
        heard: Arc<Heard>,
        clock: Arc<Standing>,
        desk: Unrepeated,
    }

    impl Room {
        fn new() -> Self {
            let (heard, clock) = (Arc::new(Heard::default()), Arc::new(Standing(Mutex::new(Timestamp::UNIX_EPOCH))));
            let desk = Unrepeated::new(heard.clone(), clock.clone());
            Self { heard, clock, desk }
        }

        fn later(&self, by: SignedDuration) {
            let mut now = self.clock.0.lock();
            *now += by;
        }

        /// How many notices have come through after this one.
        fn told(&self, reception: u64, news: &StaffNews) -> usize {
            let (at, reception) = (self.clock.now(), Some(ReceptionId(reception)));
            self.desk.tell(StaffNotice { at, reception, news: news.clone() });
            self.heard.0.lock().len()
        }
    }

    #[test]
    fn a_call_is_not_repeated_within_a_minute_of_the_same_visit() {
        let room = Room::new();
        let call = StaffNews::CalledByPatient;
        assert_eq!([room.told(1, &call), room.told(1, &call)], [1, 1]);
        room.later(SignedDuration::from_secs(59));
        assert_eq!(room.told(1, &call), 1);
        assert_eq!(room.told(2, &call), 2, "another visit calls");
        assert_eq!(room.told(1, &StaffNews::CardLeft), 3, "another reason");
        room.later(SignedDuration::from_secs(1));
        assert_eq!([room.told(1, &call), room.told(1, &call)], [4, 4], "still nobody came");
    }

    #[test]
    fn a_certificate_is_spoken_of_once_a_day() {
        let room = Room::new();
        let until = jiff::civil::date(1970, 2, 1);
        let news = StaffNews::CertificateToOrder { certificate: Certificate::Root, until };
        assert_eq!([room.told(1, &news), room.told(1, &news)], [1, 1]);
        let other = StaffNews::CertificateToOrder { certificate: Certificate::Terminal, until };
        assert_eq!(room.told(1, &other), 2);
        room.later(SignedDuration::from_hours(24));
        assert_eq!(room.told(1, &news), 3);
    }

    #[test]
    fn what_happens_again_is_told_again_and_not_remembered() {
        let room = Room::new();
        let waits = StaffNews::FilesWait { waiting: 1 };
        assert_eq!([room.told(1, &waits), room.told(1, &waits)], [1, 2]);
        assert!(room.desk.told.lock().is_empty());
        room.told(1, &StaffNews::CardLeft);
        room.later(SignedDuration::from_mins(1));
        room.told(2, &waits);
        assert!(room.desk.told.lock().is_empty(), "what may be told again is forgotten");
    }
}
