//! A clinic with its parts as separate processes: certificates, gateway, card, drop folder, and the command itself.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use encoding_rs::SHIFT_JIS;
use serde_json::Value;
use uketsuke::domain::consent::{Consent, ConsentAnswer, Scope};
use uketsuke::people::{Person, by_id};

use crate::service::{READER, Vcard, until};

/// Where another build of the program lies that is to be tested in the place of this one.
const OTHER_BUILD: &str = "UKETSUKE_PROGRAM";

/// The file of the program under test.
pub fn program() -> PathBuf {
    std::env::var_os(OTHER_BUILD).map_or_else(|| env!("CARGO_BIN_EXE_uketsuke").into(), PathBuf::from)
}

/// The program under test.
pub fn uketsuke() -> Command {
    Command::new(program())
}

/// One of the synthetic people.
pub fn person(id: &str) -> Person {
    by_id(id).unwrap()
}

/// The recorded frames of one of them.
pub fn clip(id: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/people").join(id).join("clip")
}

/// What a log of any part must not hold of this person.
pub fn personal_data(id: &str) -> Vec<String> {
    let person = person(id);
    let insurances = uketsuke::people::insurance::all().unwrap();
    let insurance = insurances.into_iter().find(|insurance| insurance.person == id).unwrap();
    let birth = [person.birth.to_string(), person.birth.strftime("%Y%m%d").to_string()];
    let code_b = person.code_b();
    let own = [person.name, person.kana, person.address, person.serial, code_b, insurance.insurer_name];
    own.into_iter().chain(birth).chain([insurance.insurer_number]).collect()
}

/// A running `uketsuke gateway serve`.
pub struct Gateway {
    child: Option<Child>,
    address: SocketAddr,
    dir: PathBuf,
}

/// What the gateway has recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub challenges: u32,
    pub checks: u32,
    pub consents: u32,
    pub registrations: u32,
}

/// Nothing.
pub const NOTHING: Counts = Counts { challenges: 0, checks: 0, consents: 0, registrations: 0 };

impl Gateway {
    fn start(dir: &Path, faults: &[&str]) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut gateway = Self { child: None, address, dir: dir.to_owned() };
        gateway.spawn(faults);
        gateway
    }

    fn spawn(&mut self, faults: &[&str]) {
        let log = File::options().create(true).append(true).open(self.log_file()).unwrap();
        let mut command = uketsuke();
        command.args(["gateway", "serve", "--listen", &self.address.to_string()]);
        command.arg("--pki").arg(self.dir.join("pki")).arg("--db").arg(self.database());
        // Tests ask more often than one terminal does.
        command.args(["--rate-limit", "0"]);
        command.args(faults.iter().flat_map(|fault| ["--fault", fault]));
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        self.child = Some(child);
        let address = line.trim().strip_prefix("https://").unwrap_or_else(|| panic!("no address: {}", self.log()));
        self.address = address.parse().unwrap();
    }

    /// Ends it at once, as a power cut does.
    pub fn kill(&mut self) {
        let mut child = self.child.take().expect("a running gateway");
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Starts it at the same address over the same database, now without faults.
    pub fn start_again(&mut self) {
        self.spawn(&[]);
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    fn log_file(&self) -> PathBuf {
        self.dir.join("gateway.log")
    }

    fn database(&self) -> PathBuf {
        self.dir.join("gateway.sqlite")
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_file()).unwrap()
    }

    /// The requests it has logged so far.
    pub fn requests(&self) -> Vec<Value> {
        let log = self.log();
        let lines = log.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
        lines.map(|line| line["fields"].clone()).filter(|fields| fields["message"] == "request").collect()
    }

    /// Waits until a request has met the scripted fault.
    pub fn is_in_trouble(&self) {
        until("the scripted fault", || self.log().contains("scripted fault").then_some(()));
    }

    /// Waits until its database holds this: what is carried out late announces itself to nobody.
    pub fn comes_to(&self, expected: Counts) {
        until(&format!("{expected:?}"), || (self.counts() == expected).then_some(()));
    }

    /// The names of the checks that it has counted.
    pub fn check_ids(&self) -> Vec<String> {
        let database = rusqlite::Connection::open(self.database()).unwrap();
        let mut query = database.prepare("SELECT id FROM checks WHERE body IS NOT NULL").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    /// What its database holds.
    pub fn counts(&self) -> Counts {
        let database = rusqlite::Connection::open(self.database()).unwrap();
        let count = |rows: &str| -> u32 {
            database.query_row(&format!("SELECT count(*) FROM {rows}"), [], |row| row.get(0)).unwrap()
        };
        Counts {
            challenges: count("challenges"),
            checks: count("checks WHERE body IS NOT NULL"),
            consents: count("consents"),
            registrations: count("registrations"),
        }
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        if self.child.is_some() {
            self.kill();
        }
        if std::thread::panicking() {
            eprintln!("--- log of the gateway\n{}", self.log());
        }
    }
}

/// Everything of one clinic in one temporary folder.
pub struct Site {
    pub gateway: Gateway,
    dir: tempfile::TempDir,
}

impl Site {
    /// Certificates and a gateway that makes no trouble.
    pub fn new() -> Self {
        Self::with(&[])
    }

    /// Certificates and a gateway with these faults.
    pub fn with(faults: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let pki = uketsuke().args(["gateway", "pki"]).arg(dir.path().join("pki")).output().unwrap();
        assert!(pki.status.success(), "{}", String::from_utf8_lossy(&pki.stderr));
        std::fs::create_dir(dir.path().join("drop")).unwrap();
        std::fs::create_dir(dir.path().join("twin")).unwrap();
        Self { gateway: Gateway::start(dir.path(), faults), dir }
    }

    /// A place for files of the test.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The folder that serves gateway and terminal.
    pub fn identity(&self) -> PathBuf {
        self.path("pki")
    }

    /// Puts that person's card on the reader.
    pub fn place(&self, person: &str, faults: &[&str]) -> Vcard {
        let log = self.path("card.log");
        let mut arguments = vec!["--person", person, "--log", log.to_str().unwrap()];
        arguments.extend(faults.iter().flat_map(|fault| ["--fault", fault]));
        Vcard::placed(&arguments)
    }

    /// What the card that was placed last has exchanged.
    pub fn card_log(&self) -> String {
        std::fs::read_to_string(self.path("card.log")).unwrap_or_default()
    }

    /// What the receipt computer sees: names that do not start with a dot.
    pub fn files(&self) -> Vec<String> {
        files_in(&self.path("drop"))
    }

    /// The XML files among them, read.
    pub fn handed_over(&self) -> Vec<HandedOver> {
        handed_over_in(&self.path("drop"))
    }

    /// `uketsuke checkin` with the options of this site and these further ones, `input` on its standard input.
    pub fn checkin(&self, further: &[&str], input: &str) -> Checkin {
        self.checkin_at(READER, further, input)
    }

    /// The same at another reader.
    pub fn checkin_at(&self, reader: &str, further: &[&str], input: &str) -> Checkin {
        let mut command = uketsuke();
        command.args(["checkin", "--json", "--reader", reader, "--gateway", &self.gateway.url()]);
        command.arg("--identity").arg(self.identity()).arg("--drop").arg(self.path("drop"));
        command.arg("--twin").arg(self.path("twin")).args(further);
        Checkin::run(command, input)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- log of the card\n{}--- drop folder: {:?}", self.card_log(), self.files());
        }
    }
}

/// What the receipt computer sees in a drop folder: names that do not start with a dot.
pub fn files_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with('.'));
    // In the order of their times; of two of one second the later one has a counter behind the terminal.
    names.sort_by_key(|name| (name.rsplit('_').next().map(str::to_owned), name.len()));
    names
}

/// The XML files among them, read.
pub fn handed_over_in(folder: &Path) -> Vec<HandedOver> {
    let files = files_in(folder).into_iter().filter(|name| name.ends_with(".xml"));
    let bytes = files.map(|name| std::fs::read(folder.join(name)).unwrap());
    bytes.map(|bytes| HandedOver::read(&bytes)).collect()
}

/// What a whole file for the receipt computer says.
pub struct HandedOver {
    pub check_id: String,
    pub name: String,
    /// Given and refused ones.
    pub consents: Vec<Consent>,
}

impl HandedOver {
    fn read(bytes: &[u8]) -> Self {
        let (text, _, wrong) = SHIFT_JIS.decode(bytes);
        assert!(!wrong && text.starts_with("<?xml ") && text.trim_end().ends_with("</XmlMsg>"), "half a file: {text}");
        let leaf = |name: &str| {
            let (_, rest) = text.split_once(&format!("<{name}>"))?;
            rest.split_once(&format!("</{name}>")).map(|(value, _)| value.to_owned())
        };
        let consent = |(scope, prefix): (Scope, &str)| {
            let answer = match leaf(&format!("{prefix}ConsFlg")).as_deref() {
                None => return None,
                Some("1") => ConsentAnswer::Given,
                Some("0") => ConsentAnswer::Refused,
                Some(other) => panic!("{prefix}: {other}"),
            };
            Some(Consent { scope, answer })
        };
        let scopes = [
            (Scope::SpecificHealthCheckup, "SpecificHealthCheckupsInfo"),
            (Scope::Pharmaceutical, "PharmacistsInfo"),
            (Scope::Diagnosis, "DiagnosisInfo"),
            (Scope::Operation, "OperationInfo"),
        ];
        Self {
            check_id: leaf("ArbitraryFileIdentifier").expect("the check"),
            name: leaf("Name").expect("a name"),
            consents: scopes.into_iter().filter_map(consent).collect(),
        }
    }
}

/// A command that has ended.
pub struct Checkin {
    pub exit: Option<i32>,
    /// The lines of standard output.
    pub lines: Vec<Value>,
    pub stdout: String,
    pub stderr: String,
}

impl Checkin {
    /// Runs it to its end.
    pub fn run(mut command: Command, input: &str) -> Self {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut stdin = child.stdin.take().unwrap();
        // A command that wants no input may have closed it already.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        let lines = stdout.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        Self { exit: output.status.code(), lines, stdout, stderr }
    }

    /// The states in order, each once.
    pub fn states(&self) -> Vec<&str> {
        let mut states: Vec<_> = self.lines.iter().filter_map(|line| line["state"].as_str()).collect();
        states.dedup();
        states
    }

    /// The first line that names a failure.
    pub fn failure(&self) -> &str {
        // What is shown before the reader is known is no outcome of the visit.
        let during = self.lines.iter().filter(|line| !line["reception"].is_null());
        during.filter_map(|line| line["failure"].as_str()).next().unwrap_or_default()
    }

    /// Fails with everything the command said unless it ended so.
    pub fn ended(&self, exit: i32) -> &Self {
        assert_eq!(self.exit, Some(exit), "{self}");
        self
    }
}

impl fmt::Display for Checkin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n--- exit code {:?}, stdout\n{}--- stderr\n{}", self.exit, self.stdout, self.stderr)
    }
}
