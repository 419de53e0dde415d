//! The closed list of everything that staff are told. Whoever has something to tell names an entry; what becomes of it is
//! the desk's.
//!
//! Each entry has a code for support and the document, two texts (`staff-news-<slug>` says what happened,
//! `staff-news-<slug>-do` what to do), a severity, and says when the same may be told again. Its values are codes, counts,
//! days and names that gateway and kiosk gave to a request: nothing of a patient.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

use super::failure::Failure;
use super::ids::Moment;
use super::qualification::Validity;
use super::session::SituationName;

/// What news ask of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Good to know.
    Note,
    /// To be looked at today.
    Task,
    /// Something is lost or does not work until somebody acts.
    Alarm,
    /// Somebody is to go to the kiosk now.
    Call,
}

/// When the same news, with the same values in the same visit, may be told again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeats {
    /// Whenever it happens.
    Always,
    /// Not within a minute.
    OnceAMinute,
    /// Not on the same day.
    OnceADay,
}

/// The shortest time between two calls.
const MINUTE: Duration = Duration::from_secs(60);

impl Repeats {
    /// Whether what was told at `before` may be told again at `now`.
    pub fn allow(self, before: Moment, now: Moment) -> bool {
        match self {
            Repeats::Always => true,
            Repeats::OnceAMinute => now.steady.saturating_sub(before.steady) >= MINUTE,
            Repeats::OnceADay => now.civil().date() != before.civil().date(),
        }
    }
}

/// What was asked of the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// A check.
    Check,
    /// A registration.
    Registration,
    /// The recording of consents.
    Consents,
}

/// Where the kiosk keeps what must not be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// Requests whose answer is not handed over yet.
    Journal,
    /// Patients who were taken in while the service was down.
    Queue,
    /// Files that wait for the receipt computer.
    Spool,
    /// What the desk has not heard yet.
    Desk,
}

/// Whose certificate comes to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certificate {
    /// This terminal's.
    Terminal,
    /// That of a root of the gateway.
    Root,
}

/// What an entry has besides its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Stable code for staff, support and the document, `S-101` …
    pub code: &'static str,
    /// The name used in text keys.
    pub slug: &'static str,
    /// What it asks of staff.
    pub severity: Severity,
    /// When the same may be told again.
    pub repeats: Repeats,
    /// Names of its values, as its texts take them.
    pub values: &'static [&'static str],
}

/// One value of some news, for words and logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Why.
    Failure(Failure),
    /// How many.
    Count(usize),
    /// On which day.
    Day(Date),
    /// When.
    Time(Timestamp),
    /// A name or a word: ASCII letters, digits and `-_.+` alone.
    Name(String),
}

/// Most letters of a name.
const LONGEST: usize = 64;

impl Value {
    /// Names come from outside: whatever could be words of a person or a line of a log is replaced.
    fn name(text: &str) -> Self {
        let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+') { c } else { '?' };
        Value::Name(text.chars().take(LONGEST).map(plain).collect())
    }

    /// The bare word of an enum, `notFound` as `notfound`.
    fn word(word: &impl std::fmt::Debug) -> Self {
        Value::name(&format!("{word:?}").to_lowercase())
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Failure(failure) => f.write_str(failure.code()),
            Value::Count(count) => write!(f, "{count}"),
            Value::Day(day) => write!(f, "{day}"),
            Value::Time(time) => write!(f, "{time}"),
            Value::Name(name) => f.write_str(name),
        }
    }
}

/// How each type of a value is shown.
macro_rules! values {
    ($($type:ty: $value:ident => $shown:expr;)*) => {
        $(impl From<&$type> for Value {
            fn from($value: &$type) -> Self { $shown }
        })*
    };
}

values! {
    Failure: failure => Value::Failure(*failure);
    usize: count => Value::Count(*count);
    Date: day => Value::Day(*day);
    Timestamp: time => Value::Time(*time);
    String: name => Value::name(name);
    Option<String>: name => Value::name(name.as_deref().unwrap_or("-"));
    bool: yes => Value::word(yes);
    Request: request => Value::word(request);
    Certificate: certificate => Value::word(certificate);
    Store: store => Value::word(store);
    Validity: validity => Value::word(validity);
    SituationName: at => Value::word(at);
}

macro_rules! staff_news {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$of:meta])* $value:ident: $type:ty),* })?
        = $code:literal, $slug:literal, $severity:ident, $repeats:ident;)*) => {
        /// One entry of the closed list, with its values.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum StaffNews { $($(#[$doc])* $name $({ $($(#[$of])* $value: $type,)* })?,)* }

        impl StaffNews {
            /// Every entry, in the order of the document.
            pub const ALL: &'static [Kind] =
                &[$(staff_news!(@kind $code, $slug, $severity, $repeats, $($($value)*)?),)*];

            /// What the entry has besides its values.
            pub fn kind(&self) -> &'static Kind {
                match self {
                    $(StaffNews::$name { .. } => &staff_news!(@kind $code, $slug, $severity, $repeats, $($($value)*)?),)*
                }
            }

            /// Its values by name.
            pub fn values(&self) -> Vec<(&'static str, Value)> {
                match self {
                    $(StaffNews::$name { $($($value,)*)? } => vec![$($((stringify!($value), Value::from($value)),)*)?],)*
                }
            }
        }
    };
    (@kind $code:literal, $slug:literal, $severity:ident, $repeats:ident, $($value:ident)*) => {
        Kind {
            code: $code,
            slug: $slug,
            severity: Severity::$severity,
            repeats: Repeats::$repeats,
            values: &[$(stringify!($value)),*],
        }
    };
}

staff_news! {
    /// The patient pressed 職員を呼ぶ.
    CalledByPatient = "S-101", "called-by-patient", Call, OnceAMinute;
    /// Something failed that only staff can go on from.
    HelpNeeded { /** Why. */ failure: Failure } = "S-102", "help-needed", Call, OnceAMinute;
    /// A card lies on the reader long after its visit.
    CardLeft = "S-103", "card-left", Call, OnceAMinute;
    /// Something types or touches faster than a hand; nothing of it was taken.
    MachineTyped = "S-104", "machine-typed", Task, OnceAMinute;
    /// A card was put on a reader that is not the patients'.
    CardOnOtherReader { /** Its name. */ reader: String } = "S-105", "card-on-other-reader", Call, OnceAMinute;
    /// The card service runs and does not serve the kiosk's account.
    CardServiceRefuses = "S-106", "card-service-refuses", Alarm, OnceADay;
    /// A card holds the reader: it neither answers a command nor ends it.
    CardHoldsReader = "S-107", "card-holds-reader", Call, OnceAMinute;

    /// A visit ended early.
    VisitEnded { /** Why. */ failure: Failure, /** Where it stood. */ at: SituationName }
        = "S-201", "visit-ended", Note, Always;
    /// A check was counted and no file follows.
    CountedWithoutFile { /** The gateway's name of the check. */ check_id: String }
        = "S-202", "counted-without-file", Task, Always;
    /// The gateway does not hold the consents, so the file says that nobody answered.
    ConsentsUnsaved { /** Why. */ failure: Failure } = "S-203", "consents-unsaved", Task, Always;
    /// A part of the insurer's answer cannot be read and was left out.
    MemberLeftOut { /** The gateway's name of the check. */ check_id: String, /** Where it stood, by the contract's names. */ member: String }
        = "S-211", "member-left-out", Task, Always;
    /// A text of the insurer's answer holds signs that the file cannot hold.
    SignsLost { /** The gateway's name of the check. */ check_id: String, /** Where, by the contract's names. */ member: String, /** Their code points. */ signs: String }
        = "S-212", "signs-lost", Task, Always;

    /// The drop folder takes no files.
    FilesWait { /** Files that wait in the kiosk. */ waiting: usize } = "S-301", "files-wait", Task, Always;
    /// A file that had to wait was handed over.
    FileCameLate { /** The gateway's name of its check. */ check_id: String, /** Files that still wait. */ waiting: usize }
        = "S-302", "file-came-late", Note, Always;
    /// A file waited longer than the site allows and was set aside.
    FileGivenUp { /** The gateway's name of its check. */ check_id: String, /** Since when it waited. */ since: Timestamp }
        = "S-303", "file-given-up", Alarm, Always;
    /// A kept file cannot be opened and was set aside.
    KeptFileUnreadable { /** Since when it waited. */ since: Timestamp }
        = "S-304", "kept-file-unreadable", Alarm, Always;
    /// Files lie in the drop folder and nobody takes them.
    FilesNotTaken { /** Files that lie there too long. */ files: usize, /** Files taken in time since the program started. */ taken: usize }
        = "S-305", "files-not-taken", Task, Always;
    /// A file that nobody took was removed from the drop folder.
    FileRemoved { /** The gateway's name of its check. */ check_id: String } = "S-306", "file-removed", Alarm, Always;
    /// A reception was not announced to the receipt computer.
    NotAnnounced { /** The gateway's name of its check. */ check_id: String } = "S-307", "not-announced", Task, Always;
    /// A patient's chart number was not registered.
    NumberNotRegistered { /** The request's file. */ request: String, /** The code of the answer; none came without it. */ answer: Option<String> }
        = "S-308", "number-not-registered", Task, Always;

    /// A visit broke off with the program; its file is there now.
    BrokenOffDelivered { /** The gateway's name of its check. */ check_id: String }
        = "S-401", "broken-off-delivered", Task, Always;
    /// The same, and its file waits in the kiosk.
    BrokenOffWaits { /** The gateway's name of its check. */ check_id: String, /** Files that wait. */ waiting: usize }
        = "S-402", "broken-off-waits", Task, Always;
    /// The same, and its file cannot be written; the next start tries again.
    BrokenOffUndelivered { /** The gateway's name of its check. */ check_id: String, /** Why. */ failure: Failure }
        = "S-403", "broken-off-undelivered", Alarm, Always;
    /// A visit broke off with the program; its card is registered and no check was asked for.
    BrokenOffRegistered { /** The request's key. */ key: String } = "S-404", "broken-off-registered", Task, Always;
    /// A visit broke off with the program; its check confirms no insurance.
    BrokenOffUnconfirmed { /** The gateway's name of its check. */ check_id: String, /** What it says. */ validity: Validity }
        = "S-405", "broken-off-unconfirmed", Task, Always;
    /// A visit broke off with the program; the answer to its request cannot be used.
    BrokenOffUnusable { /** What was asked. */ request: Request, /** The request's key. */ key: String }
        = "S-406", "broken-off-unusable", Alarm, Always;

    /// Answered on an earlier day or for a visit that went on, and not handed over before the kiosk stopped.
    AnsweredNotDelivered { /** The gateway's name of the check. */ check_id: String }
        = "S-501", "answered-not-delivered", Task, Always;
    /// A request was counted whose patient did not see the answer.
    CountedUnseen { /** What was asked. */ request: Request, /** The gateway's name of the check. */ check_id: Option<String> }
        = "S-502", "counted-unseen", Task, Always;
    /// A request that was left open was refused and not counted.
    RefusedUncounted { /** What was asked. */ request: Request, /** Why. */ failure: Failure }
        = "S-503", "refused-uncounted", Note, Always;
    /// A request is older than the gateway keeps keys, its outcome unknown.
    OutcomeTooOld { /** What was asked. */ request: Request, /** Its key. */ key: String, /** When. */ sent_at: Timestamp }
        = "S-504", "outcome-too-old", Alarm, Always;
    /// A request in the journal was sealed with another key or changed, its outcome unknown.
    OutcomeUnreadable { /** What was asked. */ request: Request, /** Its key. */ key: String, /** When. */ sent_at: Timestamp }
        = "S-505", "outcome-unreadable", Alarm, Always;
    /// A request was asked for again too often, its outcome unknown.
    OutcomeGivenUp { /** What was asked. */ request: Request, /** Its key. */ key: String, /** Why the last try failed. */ failure: Failure }
        = "S-506", "outcome-given-up", Alarm, Always;

    /// A queued patient's insurance is confirmed; the file is there now.
    QueuedDelivered { /** The gateway's name of the check. */ check_id: String }
        = "S-601", "queued-delivered", Note, Always;
    /// The same, and the file waits in the kiosk.
    QueuedWaits { /** The gateway's name of the check. */ check_id: String, /** Files that wait. */ waiting: usize }
        = "S-602", "queued-waits", Task, Always;
    /// The same, and the file cannot be written; the next start tries again.
    QueuedUndelivered { /** The gateway's name of the check. */ check_id: String, /** Why. */ failure: Failure }
        = "S-603", "queued-undelivered", Alarm, Always;
    /// A queued patient's insurance is not confirmed.
    QueuedUnconfirmed { /** The entry's own name. */ entry: String, /** What the check says. */ validity: Validity }
        = "S-604", "queued-unconfirmed", Task, Always;
    /// A queued patient cannot be checked.
    QueuedGivenUp { /** The entry's own name. */ entry: String } = "S-605", "queued-given-up", Alarm, Always;
    /// An entry of the queue was asked for on more days than the site allows and was set aside.
    QueuedSetAside { /** The entry's own name. */ entry: String } = "S-606", "queued-set-aside", Alarm, Always;

    /// A certificate ends in at most sixty days.
    CertificateToOrder { /** Whose. */ certificate: Certificate, /** Its last day. */ until: Date }
        = "S-701", "certificate-to-order", Task, OnceADay;
    /// A certificate ends in at most thirty days.
    CertificateToChange { /** Whose. */ certificate: Certificate, /** Its last day. */ until: Date }
        = "S-702", "certificate-to-change", Task, OnceADay;
    /// A certificate ends in at most seven days.
    CertificateInLastDays { /** Whose. */ certificate: Certificate, /** Its last day. */ until: Date }
        = "S-703", "certificate-in-last-days", Alarm, OnceADay;
    /// A certificate has ended.
    CertificateEnded { /** Whose. */ certificate: Certificate, /** Its last day. */ until: Date }
        = "S-704", "certificate-ended", Alarm, OnceADay;

    /// The audit log cannot be written; its entries wait.
    AuditUnwritable = "S-801", "audit-unwritable", Alarm, Always;
    /// The audit log is written again.
    AuditWrittenAgain = "S-802", "audit-written-again", Note, Always;
    /// The audit log was not whole when it was opened.
    AuditDamaged {
        /** Part of a line was lost. */ torn: bool,
        /** Whole lines are gone from its end. */ cut_off: bool,
        /** Its key was gone, so that a new one was made. */ new_key: bool
    } = "S-803", "audit-damaged", Alarm, Always;

    /// The clock of the PC is wrong.
    ClockWrong { /** What it shows. */ shown: Timestamp, /** What the gateway says, or the least that it must be. */ known: Timestamp }
        = "S-901", "clock-wrong", Alarm, Always;
    /// The key of a store was gone, so that a new one was made; what it sealed is set aside.
    StoreKeyLost { /** Which. */ store: Store } = "S-902", "store-key-lost", Alarm, Always;
    /// A store could not be read; it was set aside as a whole, and a new one was begun.
    StoreSetAside { /** Which. */ store: Store, /** The name it has now. */ file: String }
        = "S-903", "store-set-aside", Alarm, Always;

    /// Two cards refused a code that was read from their print: it is not read any more today.
    PrintReadingOff = "S-911", "print-reading-off", Task, OnceADay;
    /// The camera above the card gives no picture, so patients type code B.
    CardCameraOut { /** Why. */ failure: Failure } = "S-912", "card-camera-out", Task, OnceADay;
    /// The chip's dates are not those that were read from the print of its card.
    PrintDiffers = "S-913", "print-differs", Task, Always;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_and_slugs_are_unique_and_no_failures() {
        let codes: BTreeSet<_> = StaffNews::ALL.iter().map(|kind| kind.code).collect();
        let slugs: BTreeSet<_> = StaffNews::ALL.iter().map(|kind| kind.slug).collect();
        assert_eq!((codes.len(), slugs.len()), (StaffNews::ALL.len(), StaffNews::ALL.len()));
        assert!(Failure::ALL.iter().all(|failure| !codes.contains(failure.code())));
    }

    #[test]
    fn an_entry_knows_its_kind_and_names_its_values() {
        let news = StaffNews::BrokenOffWaits { check_id: "c-1".into(), waiting: 3 };
        assert_eq!((news.kind().code, news.kind().values), ("S-402", &["check_id", "waiting"][..]));
        assert_eq!(news.values(), [("check_id", Value::Name("c-1".into())), ("waiting", Value::Count(3))]);
        assert_eq!(StaffNews::CardLeft.values(), []);
        assert!(StaffNews::ALL.contains(news.kind()));
    }

    #[test]
    fn names_from_outside_are_cut_to_codes() {
        let shown = |name: &str| Value::from(&name.to_owned()).to_string();
        assert_eq!(shown("佐倉 花子\nWARN 1"), "??????WARN?1");
        assert_eq!(shown(&"x".repeat(LONGEST + 1)).len(), LONGEST);
        assert_eq!(Value::from(&None::<String>).to_string(), "-");
        assert_eq!(Value::from(&Validity::NotFound).to_string(), "notfound");
    }

    #[test]
    fn the_same_is_told_again_after_its_time() {
        let at = |ms, now: &str| Moment { steady: Duration::from_millis(ms), now: now.parse().expect("a time") };
        // Midnight in Japan lies between the first two.
        let first = at(10, "2026-11-30T14:59:30Z");
        let (soon, later) = (at(60_009, "2026-11-30T15:00:00Z"), at(60_010, "2026-11-30T00:00:00Z"));
        let allowed = |repeats: Repeats| [soon, later].map(|now| repeats.allow(first, now));
        assert_eq!(allowed(Repeats::Always), [true, true]);
        assert_eq!(allowed(Repeats::OnceAMinute), [false, true]);
        assert_eq!(allowed(Repeats::OnceADay), [true, false]);
    }
}
