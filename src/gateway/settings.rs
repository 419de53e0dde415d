//! What a tester can change while the gateway runs: scripted faults, people's answers, the service's mode.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::time::Duration;

use crate::adapters::qualification::contract::{Mode, ProblemName};
use crate::listening::Limits;
use crate::people::insurance::Standing;

/// Which requests a fault meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Every request.
    Any,
    /// `GET /v1/service-status`.
    Status,
    /// `POST /v1/card-challenges`.
    Challenge,
    /// `POST /v1/qualification-checks`.
    Check,
    /// `GET /v1/qualification-checks/{id}`.
    Poll,
    /// `PUT …/consents`.
    Consents,
    /// `POST /v1/card-registrations`.
    Registration,
    /// `POST /v1/card-registration-inquiries`.
    Inquiry,
    /// Batches.
    Batch,
    /// `POST /v1/reference-number-registrations`.
    Reference,
}

const ROUTES: [(&str, Route); 10] = [
    ("any", Route::Any),
    ("status", Route::Status),
    ("challenge", Route::Challenge),
    ("check", Route::Check),
    ("poll", Route::Poll),
    ("consents", Route::Consents),
    ("registration", Route::Registration),
    ("inquiry", Route::Inquiry),
    ("batch", Route::Batch),
    ("reference", Route::Reference),
];

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// No answer ever; the request is not carried out.
    Hang,
    /// The request is carried out late.
    Delay(Duration),
    /// The connection is cut before the request is carried out.
    Reset,
    /// The request is carried out, then the connection is cut without an answer.
    LoseAnswer,
    /// The request is carried out, the answer is no JSON.
    Garbage,
    /// The request is carried out, the answer is larger than the contract allows.
    Oversize,
    /// The request is carried out, the answer has odd optional members: a birth date without day, an address of `null`.
    Odd,
    /// A check is answered with 202 and must be asked for again.
    Processing,
    /// That problem; the request is not carried out.
    Problem(ProblemName),
}

/// A scripted fault, written `ROUTE=KIND[*TIMES]`: `check=hang`, `check=delay:1500`, `any=upstream-failed*2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Which requests.
    pub route: Route,
    /// What goes wrong.
    pub kind: FaultKind,
    /// How many of them; `None` for all.
    pub times: Option<u32>,
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (route, rest) = text.split_once('=').ok_or_else(|| format!("{text:?} is not ROUTE=KIND[*TIMES]"))?;
        let (kind, times) = match rest.split_once('*') {
            Some((kind, times)) => {
                (kind, Some(times.parse().map_err(|_| format!("{times:?} is not a number of times"))?))
            }
            None => (rest, None),
        };
        let names = || ROUTES.map(|(name, _)| name).join(", ");
        let found = ROUTES.iter().find(|(name, _)| *name == route);
        let (_, route) = found.ok_or_else(|| format!("{route:?} is none of {}", names()))?;
        Ok(Self { route: *route, kind: kind.parse()?, times })
    }
}

impl FromStr for FaultKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(milliseconds) = text.strip_prefix("delay:") {
            let wrong = || format!("{milliseconds:?} is not a number of milliseconds");
            return Ok(Self::Delay(Duration::from_millis(milliseconds.parse().map_err(|_| wrong())?)));
        }
        let plain = [
            ("hang", Self::Hang),
            ("reset", Self::Reset),
            ("lose-answer", Self::LoseAnswer),
            ("garbage", Self::Garbage),
            ("oversize", Self::Oversize),
            ("odd", Self::Odd),
            ("processing", Self::Processing),
        ];
        let problem = || ProblemName::ALL.iter().find(|name| name.slug() == text).map(|name| Self::Problem(*name));
        let known = plain.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind);
        known.or_else(problem).ok_or_else(|| {
            let names = plain.map(|(name, _)| name).join(", ");
            format!("{text:?} is none of {names}, delay:MS, or the name of a problem such as upstream-failed")
        })
    }
}

/// What the insurer says of a person, other than usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Say {
    /// 1 有効.
    Valid,
    /// 2 無効.
    Invalid,
    /// 3 無効 (新しい資格あり).
    Superseded,
    /// 4 該当資格なし.
    NotFound,
    /// 5 複数該当.
    Multiple,
    /// The card is registered.
    Registered,
    /// The card is not registered.
    Unregistered,
    /// The card is not registered and cannot be yet: its certificate was renewed today.
    NotYet,
    /// The certificate is on the list of revoked ones.
    Revoked,
    /// What is said of another person, `n01` to the last one of `gateway people`.
    Of(String),
}

impl Say {
    /// Whose answer stands in.
    pub fn stand_in(&self) -> Option<&String> {
        if let Self::Of(id) = self { Some(id) } else { None }
    }
}

impl From<Standing> for Say {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Invalid => Self::Invalid,
            Standing::Superseded => Self::Superseded,
            Standing::NotFound => Self::NotFound,
            Standing::Multiple => Self::Multiple,
        }
    }
}

const SAYINGS: [(&str, Say); 9] = [
    ("valid", Say::Valid),
    ("invalid", Say::Invalid),
    ("superseded", Say::Superseded),
    ("not-found", Say::NotFound),
    ("multiple", Say::Multiple),
    ("registered", Say::Registered),
    ("unregistered", Say::Unregistered),
    ("not-yet", Say::NotYet),
    ("revoked", Say::Revoked),
];

/// One person's special answer, written `PERSON=WORD`: `p05=superseded`, or `p05=n23` for the answer of another person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Special {
    /// `p01` …
    pub person: String,
    /// What is said of them.
    pub say: Say,
}

impl FromStr for Special {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (person, word) = text.split_once('=').ok_or_else(|| format!("{text:?} is not PERSON=WORD"))?;
        let names = || SAYINGS.map(|(name, _)| name).join(", ");
        let found = SAYINGS.iter().find(|(name, _)| *name == word).map(|(_, say)| say.clone());
        let is_id = word.len() > 1 && word.starts_with(['n', 'p']) && word.bytes().skip(1).all(|b| b.is_ascii_digit());
        let say = found.or_else(|| is_id.then(|| Say::Of(word.to_owned())));
        let say = say.ok_or_else(|| format!("{word:?} is neither a person nor one of {}", names()))?;
        Ok(Self { person: person.to_owned(), say })
    }
}

/// A mode by its word.
///
/// # Errors
/// When there is none of that name.
pub fn mode(text: &str) -> Result<Mode, String> {
    let modes = [
        ("normal", Mode::Normal),
        ("degraded", Mode::Degraded),
        ("maintenance", Mode::Maintenance),
        ("disaster", Mode::Disaster),
    ];
    let found = modes.iter().find(|(name, _)| *name == text).map(|(_, mode)| *mode);
    found.ok_or_else(|| format!("{text:?} is none of {}", modes.map(|(name, _)| name).join(", ")))
}

/// Everything that can be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Mode of the service; in maintenance only the status answers.
    pub mode: Mode,
    /// Faults, the first that fits counts.
    pub faults: Vec<Fault>,
    /// People's special answers.
    pub people: BTreeMap<String, Say>,
    /// Requests a second that one terminal may make; `None` for no limit.
    pub rate_limit: Option<u32>,
    /// How long and how many its connections may be.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mode: Mode::Normal,
            faults: Vec::new(),
            people: BTreeMap::new(),
            rate_limit: Some(20),
            limits: Limits::default(),
        }
    }
}

impl Settings {
    /// The fault that meets a request of this route, counted down.
    pub fn next_fault(&mut self, route: Route) -> Option<FaultKind> {
        let fits = |fault: &Fault| (fault.route == Route::Any || fault.route == route) && fault.times != Some(0);
        let fault = self.faults.iter_mut().find(|fault| fits(fault))?;
        fault.times = fault.times.map(|times| times - 1);
        Some(fault.kind)
    }

    /// What is specially said of a person.
    pub fn say(&self, person: &str) -> Option<Say> {
        self.people.get(person).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read_from_words() {
        let fault = |text: &str| text.parse::<Fault>();
        assert_eq!(fault("check=hang").unwrap(), Fault { route: Route::Check, kind: FaultKind::Hang, times: None });
        let delay = FaultKind::Delay(Duration::from_millis(1500));
        assert_eq!(fault("any=delay:1500*2").unwrap(), Fault { route: Route::Any, kind: delay, times: Some(2) });
        let problem = FaultKind::Problem(ProblemName::UpstreamFailed);
        assert_eq!(fault("consents=upstream-failed").unwrap().kind, problem);
        for wrong in ["check", "chek=hang", "check=explode", "check=hang*x", "check=delay:soon"] {
            assert!(fault(wrong).is_err(), "{wrong}");
        }
        assert_eq!("p05=superseded".parse::<Special>().unwrap().say, Say::Superseded);
        assert_eq!("p05=n23".parse::<Special>().unwrap().say, Say::Of("n23".into()));
        assert!("p05=odd".parse::<Special>().is_err());
    }

    #[test]
    fn a_fault_is_counted_down() {
        let mut settings = Settings { faults: vec!["check=reset*2".parse().unwrap()], ..Settings::default() };
        assert_eq!(settings.next_fault(Route::Consents), None);
        assert_eq!(settings.next_fault(Route::Check), Some(FaultKind::Reset));
        assert_eq!(settings.next_fault(Route::Check), Some(FaultKind::Reset));
        assert_eq!(settings.next_fault(Route::Check), None);
    }
}
