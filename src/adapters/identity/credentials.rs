//! The credentials in use: loaded again when their files change, and judged by the days they still hold.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use super::{Identity, Pins, Place, Root, StartError};
use crate::adapters::qualification::contract::identity_files as files;
use crate::bounded;
use crate::domain::japan;
use crate::domain::staff_news::{Certificate, StaffNews};

/// Days before its end from which a certificate is spoken of, and from which more urgently.
const WARN_DAYS: [i64; 3] = [60, 30, 7];

/// How long a connection and one request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waits {
    /// TCP and TLS.
    pub connect: Duration,
    /// One request as a whole, unless the request says another time.
    pub request: Duration,
}

/// What connections are made with now.
#[derive(Clone)]
pub struct Current {
    /// Makes connections with these credentials.
    pub http: reqwest::Client,
    /// Facility code of the terminal's certificate.
    pub facility_code: String,
    /// Terminal id of the terminal's certificate.
    pub terminal_id: String,
    /// Last second of the terminal's certificate.
    pub terminal_until: Timestamp,
    /// The roots that are believed; at least one.
    pub roots: Vec<Root>,
    /// How many pins restrict the roots.
    pub pins: usize,
    tls: rustls::ClientConfig,
    any_day: rustls::ClientConfig,
    digest: [u8; 32],
}

/// An identity directory and what was last loaded from it.
pub struct Credentials {
    place: Place,
    pins: Pins,
    waits: Waits,
    current: Mutex<Arc<Current>>,
    /// Files that cannot be used, and why.
    broken: Mutex<Option<([u8; 32], StartError)>>,
}

impl Credentials {
    /// Loads them for the first time.
    ///
    /// # Errors
    /// When they cannot be used.
    pub fn load(place: Place, pins: Pins, waits: Waits) -> Result<Self, StartError> {
        let digest = digest(&place);
        let current = Mutex::new(Arc::new(current(Identity::at(&place, &pins)?, &pins, waits, digest)?));
        Ok(Self { place, pins, waits, current, broken: Mutex::default() })
    }

    /// What was loaded last.
    pub fn now(&self) -> Arc<Current> {
        Arc::clone(&self.current.lock())
    }

    /// Why files that lie there now are not in use.
    pub fn trouble(&self) -> Option<StartError> {
        self.broken.lock().as_ref().map(|(_, error)| error.clone())
    }

    /// Looks at the files; changed ones are used from the next connection on. Broken ones are told once, and the old
    /// ones stay.
    pub fn refresh(&self) -> Arc<Current> {
        let (known, digest) = (self.now(), digest(&self.place));
        if digest == known.digest {
            *self.broken.lock() = None;
            return known;
        }
        if self.broken.lock().as_ref().is_some_and(|(told, _)| *told == digest) {
            return known;
        }
        match self.renewed(&known, digest) {
            Ok(renewed) => {
                tracing::info!(until = %renewed.terminal_until, "changed certificates are in use from now on");
                let renewed = Arc::new(renewed);
                *self.current.lock() = Arc::clone(&renewed);
                *self.broken.lock() = None;
                renewed
            }
            Err(error) => {
                tracing::error!(%error, remedy = error.remedy, "changed certificates cannot be used; the old ones stay");
                *self.broken.lock() = Some((digest, error));
                known
            }
        }
    }

    /// Lets the connections go that lie open, with the answers in their buffers; the next request makes a new one.
    pub fn let_go(&self) {
        let mut current = self.current.lock();
        match client(&current.tls, self.waits) {
            Ok(http) => *current = Arc::new(Current { http, ..(**current).clone() }),
            Err(error) => tracing::error!(%error, "connections stay open until they end by themselves"),
        }
    }

    /// Makes a connection on which a gateway is believed whatever the dates of its certificate. What it says there is a
    /// doubt at most: a key that was stolen years ago may speak.
    pub fn on_any_day(&self) -> Option<reqwest::Client> {
        client(&self.now().any_day, self.waits).ok()
    }

    fn renewed(&self, known: &Current, digest: [u8; 32]) -> Result<Current, StartError> {
        let renewed = current(Identity::at(&self.place, &self.pins)?, &self.pins, self.waits, digest)?;
        if (&renewed.facility_code, &renewed.terminal_id) != (&known.facility_code, &known.terminal_id) {
            return Err(StartError::new(
                format!("the new certificate is of terminal {}-{}", renewed.facility_code, renewed.terminal_id),
                "start the program again if that is meant; else put this terminal's certificate there",
            ));
        }
        Ok(renewed)
    }
}

fn current(identity: Identity, pins: &Pins, waits: Waits, digest: [u8; 32]) -> Result<Current, StartError> {
    let Identity { facility_code, terminal_id, terminal_until, roots, tls, any_day } = identity;
    let http = client(&tls, waits)?;
    Ok(Current { http, facility_code, terminal_id, terminal_until, roots, pins: pins.count(), tls, any_day, digest })
}

fn client(tls: &rustls::ClientConfig, waits: Waits) -> Result<reqwest::Client, StartError> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls.clone())
        .https_only(true)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(waits.connect)
        .timeout(waits.request)
        .pool_idle_timeout(Duration::from_secs(30))
        .user_agent(concat!("uketsuke/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| StartError::new(format!("TLS: {error}"), "check the identity directory"))
}

/// Over the contents of all files; a missing one counts as empty.
fn digest(place: &Place) -> [u8; 32] {
    let mut digest = Sha256::new();
    let own = [files::TERMINAL, files::TERMINAL_KEY].map(|name| place.folder.join(name));
    for file in [place.roots()].into_iter().chain(own).chain(place.revoked()) {
        let contents = zeroize::Zeroizing::new(bounded::read(&file).unwrap_or_default());
        digest.update((contents.len() as u64).to_be_bytes());
        digest.update(&*contents);
    }
    digest.finalize().into()
}

/// How near the end of a certificate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// More than sixty days.
    Far,
    /// At most sixty days: order a new one.
    Sixty,
    /// At most thirty days: put it in.
    Thirty,
    /// At most seven days: at once.
    Seven,
    /// It has ended.
    Ended,
}

/// How near `until` is.
pub fn nearness(until: Timestamp, now: Timestamp) -> Nearness {
    let left = until.duration_since(now);
    let within = |days: i64| left <= jiff::SignedDuration::from_hours(24 * days);
    let [sixty, thirty, seven] = WARN_DAYS;
    match () {
        () if until <= now => Nearness::Ended,
        () if within(seven) => Nearness::Seven,
        () if within(thirty) => Nearness::Thirty,
        () if within(sixty) => Nearness::Sixty,
        () => Nearness::Far,
    }
}

impl Current {
    /// What staff are to know of how long the certificates still hold.
    pub fn ends(&self, now: Timestamp) -> Vec<StaffNews> {
        let of = |certificate, until| ends(certificate, until, now);
        let roots = self.roots.iter().map(|root| root.until).min();
        let root = roots.and_then(|until| of(Certificate::Root, until));
        of(Certificate::Terminal, self.terminal_until).into_iter().chain(root).collect()
    }
}

fn ends(certificate: Certificate, until: Timestamp, now: Timestamp) -> Option<StaffNews> {
    let (nearness, until) = (nearness(until, now), japan::day(until));
    match nearness {
        Nearness::Far => None,
        Nearness::Sixty => Some(StaffNews::CertificateToOrder { certificate, until }),
        Nearness::Thirty => Some(StaffNews::CertificateToChange { certificate, until }),
        Nearness::Seven => Some(StaffNews::CertificateInLastDays { certificate, until }),
        Nearness::Ended => Some(StaffNews::CertificateEnded { certificate, until }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_comes_nearer_in_steps() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let near = |seconds: i64| nearness(now + jiff::SignedDuration::from_secs(seconds), now);
        const DAY: i64 = 86_400;
        assert_eq!([near(60 * DAY + 1), near(60 * DAY)], [Nearness::Far, Nearness::Sixty]);
        assert_eq!([near(30 * DAY + 1), near(30 * DAY)], [Nearness::Sixty, Nearness::Thirty]);
        assert_eq!([near(7 * DAY + 1), near(7 * DAY)], [Nearness::Thirty, Nearness::Seven]);
        assert_eq!([near(1), near(0), near(-DAY)], [Nearness::Seven, Nearness::Ended, Nearness::Ended]);
    }

    #[test]
    fn staff_hear_of_each_step_with_the_last_day_in_japan() {
        let now: Timestamp = "2026-10-01T00:00:00Z".parse().unwrap();
        let until = |text: &str| ends(Certificate::Root, text.parse().unwrap(), now);
        let (certificate, day) = (Certificate::Root, |month, day| jiff::civil::date(2026, month, day));
        assert_eq!(until("2026-12-01T00:00:00Z"), None);
        // 15:00 in Greenwich is the next day in Japan.
        let to_order = StaffNews::CertificateToOrder { certificate, until: day(11, 30) };
        assert_eq!(until("2026-11-29T15:00:00Z"), Some(to_order));
        let to_change = StaffNews::CertificateToChange { certificate, until: day(10, 20) };
        assert_eq!(until("2026-10-20T00:00:00Z"), Some(to_change));
        let last_days = StaffNews::CertificateInLastDays { certificate, until: day(10, 2) };
        assert_eq!(until("2026-10-02T00:00:00Z"), Some(last_days));
        let ended = StaffNews::CertificateEnded { certificate, until: day(9, 30) };
        assert_eq!(until("2026-09-30T00:00:00Z"), Some(ended));
    }
}
