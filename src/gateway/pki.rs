//! Development certificates: one authority, one server, one terminal. TLS only; cards have their own authority.

use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use jiff::ToSpan;
use jiff::civil::Date;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, SanType, date_time_ymd,
};

use crate::adapters::qualification::contract::{
    identity_files as files, is_facility_code, is_terminal_id, terminal_uri,
};

/// Longest life of a server or terminal certificate, in days.
const LEAF_DAYS: i32 = 397;
/// Life of the development authority, in days.
const CA_DAYS: i32 = 3 * 365;

/// What to certify.
#[derive(Debug, Clone)]
pub struct Order {
    /// Ten digits.
    pub facility_code: String,
    /// Of the terminal.
    pub terminal_id: String,
    /// Names and addresses of the gateway.
    pub hosts: Vec<String>,
    /// First day.
    pub today: Date,
    /// Replace what is there.
    pub force: bool,
}

impl Order {
    /// The usual development certificates: this machine, one facility, one terminal.
    pub fn development(today: Date) -> Self {
        Self {
            facility_code: "1310000001".into(),
            terminal_id: "T001".into(),
            hosts: vec!["localhost".into(), "127.0.0.1".into()],
            today,
            force: false,
        }
    }
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum PkiError {
    /// The facility code is wrong.
    #[error("the facility code is not ten digits")]
    Facility,
    /// The terminal id is wrong.
    #[error("the terminal id is not 1 to 32 letters, digits or hyphens")]
    Terminal,
    /// No host, or one that is neither a name nor an address.
    #[error("{0:?} is neither a host name nor an IP address")]
    Host(String),
    /// Something is there already.
    #[error("{0} exists already")]
    Exists(PathBuf),
    /// The directory or a file cannot be written.
    #[error("{0}: {1}")]
    Write(PathBuf, std::io::Error),
    /// A date outside what a certificate can hold.
    #[error("date: {0}")]
    Date(#[from] jiff::Error),
    /// A certificate cannot be made.
    #[error("certificate: {0}")]
    Certificate(#[from] rcgen::Error),
}

/// Makes the certificates and writes them into `dir`; gives what was written.
///
/// # Errors
/// When the order is wrong, files are there already, or they cannot be written.
pub fn write(dir: &Path, order: &Order) -> Result<Vec<PathBuf>, PkiError> {
    check(order)?;
    let contents = make(order)?;
    std::fs::create_dir_all(dir).map_err(|error| PkiError::Write(dir.to_owned(), error))?;
    let targets: Vec<(PathBuf, String)> = contents.into_iter().map(|(name, text)| (dir.join(name), text)).collect();
    if !order.force
        && let Some((there, _)) = targets.iter().find(|(path, _)| path.exists())
    {
        return Err(PkiError::Exists(there.clone()));
    }
    for (path, text) in &targets {
        write_file(path, text).map_err(|error| PkiError::Write(path.clone(), error))?;
    }
    Ok(targets.into_iter().map(|(path, _)| path).collect())
}

fn check(order: &Order) -> Result<(), PkiError> {
    if !is_facility_code(&order.facility_code) {
        return Err(PkiError::Facility);
    }
    if !is_terminal_id(&order.terminal_id) {
        return Err(PkiError::Terminal);
    }
    let name_like = |host: &str| {
        let label = |l: &str| (1..=63).contains(&l.len()) && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        host.parse::<IpAddr>().is_ok() || host.split('.').all(label)
    };
    match order.hosts.iter().find(|host| !name_like(host)) {
        Some(host) => Err(PkiError::Host(host.clone())),
        None if order.hosts.is_empty() => Err(PkiError::Host(String::new())),
        None => Ok(()),
    }
}

fn make(order: &Order) -> Result<[(&'static str, String); 6], PkiError> {
    let authority = CertifiedIssuer::self_signed(authority_params(order.today)?, KeyPair::generate()?)?;
    let server_key = KeyPair::generate()?;
    let mut server = leaf("uketsuke development gateway", ExtendedKeyUsagePurpose::ServerAuth, order.today)?;
    for host in &order.hosts {
        server.subject_alt_names.push(match host.parse() {
            Ok(address) => SanType::IpAddress(address),
            Err(_) => SanType::DnsName(host.as_str().try_into()?),
        });
    }
    let terminal_key = KeyPair::generate()?;
    let mut terminal = leaf("uketsuke development terminal", ExtendedKeyUsagePurpose::ClientAuth, order.today)?;
    let uri = terminal_uri(&order.facility_code, &order.terminal_id);
    terminal.subject_alt_names.push(SanType::URI(uri.as_str().try_into()?));
    Ok([
        (files::CA, authority.pem()),
        (files::CA_KEY, authority.key().serialize_pem()),
        (files::SERVER, server.signed_by(&server_key, &authority)?.pem()),
        (files::SERVER_KEY, server_key.serialize_pem()),
        (files::TERMINAL, terminal.signed_by(&terminal_key, &authority)?.pem()),
        (files::TERMINAL_KEY, terminal_key.serialize_pem()),
    ])
}

fn authority_params(today: Date) -> Result<CertificateParams, PkiError> {
    let mut params = dated("uketsuke development authority", today, CA_DAYS)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}

fn leaf(name: &str, purpose: ExtendedKeyUsagePurpose, today: Date) -> Result<CertificateParams, PkiError> {
    let mut params = dated(name, today, LEAF_DAYS)?;
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![purpose];
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

/// From yesterday, so that no time zone makes it begin in the future, `days` days long.
fn dated(name: &str, today: Date, days: i32) -> Result<CertificateParams, PkiError> {
    let from = today.checked_sub(1.day())?;
    let until = from.checked_add(days.days())?;
    let time = |day: Date| date_time_ymd(day.year().into(), day.month().unsigned_abs(), day.day().unsigned_abs());
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    (params.not_before, params.not_after) = (time(from), time(until));
    Ok(params)
}

/// Writes beside and renames, so that a running program never reads half a file; keys are private from the start.
fn write_file(path: &Path, text: &str) -> std::io::Result<()> {
    let fresh = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let private = path.to_string_lossy().ends_with(".key.pem");
        options.mode(if private { 0o600 } else { 0o644 });
    }
    let mut file = options.open(&fresh)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&fresh, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use x509_cert::der::DecodePem;

    fn order() -> Order {
        Order::development(date(2026, 11, 20))
    }

    #[test]
    fn six_files_are_written_and_leaves_end_in_time() {
        let dir = tempfile::tempdir().unwrap();
        let written = write(dir.path(), &order()).unwrap();
        assert_eq!(written.len(), 6);
        for (name, until) in [(files::TERMINAL, "2027-12-21"), (files::SERVER, "2027-12-21"), (files::CA, "2029-11-18")]
        {
            let pem = std::fs::read(dir.path().join(name)).unwrap();
            let certificate = x509_cert::Certificate::from_pem(pem).unwrap();
            let end = certificate.tbs_certificate.validity.not_after.to_string();
            assert!(end.starts_with(until), "{name}: {end}");
        }
    }

    #[test]
    fn nothing_is_overwritten_without_force() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), &order()).unwrap();
        let before = std::fs::read(dir.path().join(files::CA)).unwrap();
        assert!(matches!(write(dir.path(), &order()), Err(PkiError::Exists(_))));
        assert_eq!(std::fs::read(dir.path().join(files::CA)).unwrap(), before);
        write(dir.path(), &Order { force: true, ..order() }).unwrap();
        assert_ne!(std::fs::read(dir.path().join(files::CA)).unwrap(), before);
    }

    #[cfg(unix)]
    #[test]
    fn keys_are_private() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        for path in write(dir.path(), &order()).unwrap() {
            let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            let private = path.to_string_lossy().ends_with(".key.pem");
            assert_eq!(mode, if private { 0o600 } else { 0o644 }, "{}", path.display());
        }
    }

    #[test]
    fn wrong_orders_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let refused = |order: Order| write(dir.path(), &order).unwrap_err().to_string();
        assert!(refused(Order { facility_code: "131".into(), ..order() }).contains("facility"));
        assert!(refused(Order { terminal_id: "a b".into(), ..order() }).contains("terminal"));
        assert!(refused(Order { hosts: vec!["a host".into()], ..order() }).contains("host"));
        assert!(refused(Order { hosts: vec![], ..order() }).contains("host"));
        assert!(std::fs::read_dir(dir.path()).unwrap().next().is_none());
    }
}
