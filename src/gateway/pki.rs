//! Development certificates: one authority, one server, one terminal. TLS only; cards have their own authority.

use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use jiff::ToSpan;
use jiff::civil::Date;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, RevocationReason, RevokedCertParams,
    SanType, SerialNumber, SigningKey, date_time_ymd,
};
use x509_cert::crl::CertificateList;
use x509_cert::der::Decode;

use crate::adapters::qualification::contract::{
    identity_files as files, is_facility_code, is_terminal_id, terminal_uri,
};
use crate::certificates::{self, Certificate, FileError};

/// Longest life of a server or terminal certificate, in days.
const LEAF_DAYS: i32 = 397;
/// Life of the development authority, in days.
const CA_DAYS: i32 = 3 * 365;
/// Days until the next list of revoked certificates is due.
const LIST_DAYS: i32 = 90;

/// Which certificate below the authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// The gateway's.
    Server,
    /// The terminal's.
    Terminal,
}

impl std::str::FromStr for Leaf {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "server" => Ok(Self::Server),
            "terminal" => Ok(Self::Terminal),
            _ => Err(format!("{word:?} is neither server nor terminal")),
        }
    }
}

impl Leaf {
    fn files(self) -> (&'static str, &'static str) {
        match self {
            Self::Server => (files::SERVER, files::SERVER_KEY),
            Self::Terminal => (files::TERMINAL, files::TERMINAL_KEY),
        }
    }
}

/// What to certify.
#[derive(Debug, Clone)]
pub struct Order {
    /// Ten digits.
    pub facility_code: String,
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
    /// What is there is of another kind than what is written here.
    #[error("{0}: {1}")]
    Read(PathBuf, String),
    /// What is there cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Makes the certificates and writes them into `dir`; gives what was written.
///
/// # Errors
/// When the order is wrong, files are there already, or they cannot be written.
pub fn write(dir: &Path, order: &Order) -> Result<Vec<PathBuf>, PkiError> {
    check(order)?;
    let contents = make(order)?;
    std::fs::create_dir_all(dir).map_err(|error| PkiError::Write(dir.to_owned(), error))?;
    let there = contents.iter().map(|(name, _)| dir.join(name)).find(|path| path.exists());
    if let Some(there) = there.filter(|_| !order.force) {
        return Err(PkiError::Exists(there));
    }
    write_all(dir, contents)
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

fn make(order: &Order) -> Result<Vec<(&'static str, String)>, PkiError> {
    let authority = CertifiedIssuer::self_signed(authority_params(order.today)?, KeyPair::generate()?)?;
    let mut contents = vec![
        (files::CA, authority.pem()),
        (files::CA_KEY, authority.key().serialize_pem()),
        (files::REVOKED, revoked_list(&authority, Vec::new(), 1, order.today)?),
    ];
    for leaf in [Leaf::Server, Leaf::Terminal] {
        contents.extend(make_leaf(leaf, order, &authority)?);
    }
    Ok(contents)
}

fn make_leaf(
    leaf: Leaf,
    order: &Order,
    authority: &Issuer<'_, impl SigningKey>,
) -> Result<[(&'static str, String); 2], PkiError> {
    let params = match leaf {
        Leaf::Server => server_params(order)?,
        Leaf::Terminal => terminal_params(order)?,
    };
    let (key, (certificate_file, key_file)) = (KeyPair::generate()?, leaf.files());
    Ok([(certificate_file, params.signed_by(&key, authority)?.pem()), (key_file, key.serialize_pem())])
}

fn server_params(order: &Order) -> Result<CertificateParams, PkiError> {
    let mut server = leaf_params("uketsuke development gateway", ExtendedKeyUsagePurpose::ServerAuth, order.today)?;
    for host in &order.hosts {
        server.subject_alt_names.push(match host.parse() {
            Ok(address) => SanType::IpAddress(address),
            Err(_) => SanType::DnsName(host.as_str().try_into()?),
        });
    }
    Ok(server)
}

fn terminal_params(order: &Order) -> Result<CertificateParams, PkiError> {
    let mut terminal = leaf_params("uketsuke development terminal", ExtendedKeyUsagePurpose::ClientAuth, order.today)?;
    let uri = terminal_uri(&order.facility_code, &order.terminal_id);
    terminal.subject_alt_names.push(SanType::URI(uri.as_str().try_into()?));
    Ok(terminal)
}

/// Issues one certificate anew, with a new key, below the authority that is there; the other files stay.
///
/// # Errors
/// When the order is wrong, or the authority cannot be read, or a file cannot be written.
pub fn renew(dir: &Path, leaf: Leaf, order: &Order) -> Result<Vec<PathBuf>, PkiError> {
    check(order)?;
    let contents = make_leaf(leaf, order, &authority_in(dir)?)?;
    write_all(dir, contents)
}

/// Puts one certificate on the authority's list of revoked ones.
///
/// # Errors
/// When something that is there cannot be read, or the list cannot be written.
pub fn revoke(dir: &Path, leaf: Leaf, today: Date) -> Result<Vec<PathBuf>, PkiError> {
    let (authority, (file, list_file)) = (authority_in(dir)?, (dir.join(leaf.files().0), dir.join(files::REVOKED)));
    let unreadable = |path: &Path| PkiError::Read(path.to_owned(), "it is damaged".into());
    let certificate = only(certificates::certificates(&file)?, &file)?;
    let certificate = Certificate::read(&certificate).map_err(|_| unreadable(&file))?;
    let old = only(certificates::revoked_lists(&list_file)?, &list_file)?;
    let old = CertificateList::from_der(&old).map_err(|_| unreadable(&list_file))?.tbs_cert_list;
    let mut serials: Vec<SerialNumber> = old
        .revoked_certificates
        .unwrap_or_default()
        .iter()
        .map(|entry| SerialNumber::from_slice(entry.serial_number.as_bytes()))
        .collect();
    serials.push(SerialNumber::from_slice(certificate.serial()));
    let number = u64::try_from(serials.len()).unwrap_or(u64::MAX).saturating_add(1);
    write_all(dir, [(files::REVOKED, revoked_list(&authority, serials, number, today)?)])
}

fn authority_in(dir: &Path) -> Result<Issuer<'static, KeyPair>, PkiError> {
    let key = KeyPair::try_from(&certificates::private_key(&dir.join(files::CA_KEY))?)?;
    let file = dir.join(files::CA);
    Ok(Issuer::from_ca_cert_der(&only(certificates::certificates(&file)?, &file)?, key)?)
}

/// The one thing that a file written here holds.
fn only<T>(found: Vec<T>, file: &Path) -> Result<T, PkiError> {
    let (count, mut found) = (found.len(), found.into_iter());
    let one = found.next().filter(|_| count == 1);
    one.ok_or_else(|| PkiError::Read(file.to_owned(), format!("it holds {count} of them instead of one")))
}

fn revoked_list(
    authority: &Issuer<'_, impl SigningKey>,
    serials: Vec<SerialNumber>,
    number: u64,
    today: Date,
) -> Result<String, PkiError> {
    let from = today.checked_sub(1.day())?;
    let time = |day| {
        let (year, month, day) = ymd(day);
        date_time_ymd(year, month, day)
    };
    let entry = |serial_number| RevokedCertParams {
        serial_number,
        revocation_time: time(from),
        reason_code: Some(RevocationReason::Superseded),
        invalidity_date: None,
    };
    let params = CertificateRevocationListParams {
        this_update: time(from),
        next_update: time(from.checked_add(LIST_DAYS.days())?),
        crl_number: SerialNumber::from(number),
        issuing_distribution_point: None,
        revoked_certs: serials.into_iter().map(entry).collect(),
        key_identifier_method: KeyIdMethod::Sha256,
    };
    Ok(params.signed_by(authority)?.pem()?)
}

fn authority_params(today: Date) -> Result<CertificateParams, PkiError> {
    let mut params = dated("uketsuke development authority", today, CA_DAYS)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}

fn leaf_params(name: &str, purpose: ExtendedKeyUsagePurpose, today: Date) -> Result<CertificateParams, PkiError> {
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
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    let (year, month, day) = ymd(from);
    params.not_before = date_time_ymd(year, month, day);
    let (year, month, day) = ymd(until);
    params.not_after = date_time_ymd(year, month, day);
    Ok(params)
}

/// Year, month and day for [`date_time_ymd`].
fn ymd(day: Date) -> (i32, u8, u8) {
    (day.year().into(), day.month().unsigned_abs(), day.day().unsigned_abs())
}

fn write_all(dir: &Path, contents: impl IntoIterator<Item = (&'static str, String)>) -> Result<Vec<PathBuf>, PkiError> {
    let write = |(name, text): (&str, String)| {
        let path = dir.join(name);
        write_file(&path, &text).map_err(|error| PkiError::Write(path.clone(), error))?;
        Ok(path)
    };
    contents.into_iter().map(write).collect()
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
    fn seven_files_are_written_and_leaves_end_in_time() {
        let dir = tempfile::tempdir().unwrap();
        let written = write(dir.path(), &order()).unwrap();
        assert_eq!(written.len(), 7);
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
    fn a_renewed_certificate_is_another_one_of_the_same_authority() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), &order()).unwrap();
        let read = |name: &str| std::fs::read(dir.path().join(name)).unwrap();
        let before = (read(files::CA), read(files::SERVER), read(files::TERMINAL));
        assert_eq!(renew(dir.path(), Leaf::Terminal, &order()).unwrap().len(), 2);
        assert_eq!((read(files::CA), read(files::SERVER)), (before.0, before.1));
        assert_ne!(read(files::TERMINAL), before.2);
    }

    #[test]
    fn revoked_certificates_stay_on_the_list() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(revoke(dir.path(), Leaf::Server, order().today), Err(PkiError::File(_))));
        write(dir.path(), &order()).unwrap();
        for (count, leaf) in [(1, Leaf::Server), (2, Leaf::Terminal)] {
            revoke(dir.path(), leaf, order().today).unwrap();
            let lists = certificates::revoked_lists(&dir.path().join(files::REVOKED)).unwrap();
            let list = CertificateList::from_der(&lists[0]).unwrap().tbs_cert_list;
            assert_eq!(list.revoked_certificates.unwrap().len(), count);
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
