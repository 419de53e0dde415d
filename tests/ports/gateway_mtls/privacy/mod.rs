//! Nothing of any synthetic person in logs, problem bodies, journal, audit log or any other file of the kiosk's own.
//!
//! Whole receptions through runtime, virtual card, real client, gateway, handoff and audit log, with everything logged
//! that can be; then every byte is searched for every person in every spelling.

mod kiosk;
mod needles;

use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tracing_subscriber::fmt::format::FmtSpan;
use uketsuke::adapters::identity::{Identity, Pins};
use uketsuke::adapters::qualification::contract::{
    DemographicsRequest, InsuredNumberRequest, Mode, SearchReason, SexWord, WireDate,
};
use uketsuke::adapters::qualification::queue::{Ask, Queue, QueueConfig, Seen};
use uketsuke::gateway::settings::{Say, Settings};
use uketsuke::people::insurance::Insurance;
use uketsuke::people::insured::{self, Patient};
use uketsuke::people::{self, Sex, insurance};

use self::kiosk::{DESK, Kiosk, PIN};
use self::needles::{Haystack, Kind, Needles};
use super::support::Rig;

/// Everything that is logged while it is there.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Listens to every target at the most verbose level, spans included.
    fn start() -> Self {
        let log = Self::default();
        let writer = log.clone();
        let lines = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_span_events(FmtSpan::FULL);
        let lines = lines.with_ansi(false).with_writer(move || writer.clone()).finish();
        tracing::subscriber::set_global_default(lines).unwrap();
        log
    }

    fn taken(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

/// Everybody: those with a card and those whom only their insurer knows.
fn everybody() -> Vec<(Patient, Insurance)> {
    let with_card = insurance::all().unwrap().into_iter();
    let with_card = with_card.map(|insurance| (Patient::from(&people::by_id(&insurance.person).unwrap()), insurance));
    with_card.chain(insured::all().unwrap()).collect()
}

/// Requests that hold a person's data and are refused.
fn refused_requests(patient: &Patient, insurance: &Insurance) -> Vec<String> {
    let number = json!({"insurerNumber": insurance.insurer_number, "symbol": insurance.symbol,
        "number": insurance.number, "branchNumber": insurance.branch, "birthDate": patient.birth.to_string()});
    let four = json!({"name": patient.name, "nameKana": patient.kana, "birthDate": patient.birth.to_string(),
        "sex": "female", "address": patient.address, "reason": "systemFailure"});
    let request = |method: &str, member: &str, what: &Value| json!({"facilityCode": "1310000001", "checkDate": "2026-11-20", "method": method, member: what});
    let mut unknown_member = number.clone();
    unknown_member[&patient.name] = patient.address.clone().into();
    let mut wrong_digit = number.clone();
    let digits = &insurance.insurer_number;
    let (body, last) = digits.split_at(digits.len() - 1);
    wrong_digit["insurerNumber"] = format!("{body}{}", (last.parse::<u8>().unwrap() + 1) % 10).into();
    let mut wrong_types = four.clone();
    (wrong_types["sex"], wrong_types["birthDate"]) = (patient.name.clone().into(), patient.address.clone().into());
    let torn = request("demographics", "demographics", &four).to_string();
    vec![
        request("insuredNumber", "insuredNumber", &unknown_member).to_string(),
        request("insuredNumber", "insuredNumber", &wrong_digit).to_string(),
        request(&patient.name, "insuredNumber", &number).to_string(),
        request("demographics", "demographics", &four).to_string(),
        request("demographics", "demographics", &wrong_types).to_string(),
        torn.chars().take(torn.chars().count() - 20).collect(),
        format!("[\"{}\"]", patient.name),
    ]
}

/// What the gateway says to them, headers included.
fn problems(rig: &Rig) -> Vec<u8> {
    let tls = Identity::load(&rig.identity, &Pins::default()).unwrap().tls;
    let http = reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().build().unwrap();
    let url = format!("{}/v1/qualification-checks", rig.url());
    let mut said = Vec::new();
    for body in everybody().iter().flat_map(|(patient, insurance)| refused_requests(patient, insurance)) {
        let request = http.post(&url).header("x-terminal-id", "T001").header("content-type", "application/json");
        let request = request.header("idempotency-key", format!("\"{}\"", uuid::Uuid::new_v4())).body(body.clone());
        let (status, headers, answer) = rig.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            (answer.status(), format!("{:?}", answer.headers()), answer.bytes().await.unwrap())
        });
        assert!(status.is_client_error(), "{status} to {body}");
        said.extend_from_slice(headers.as_bytes());
        said.extend_from_slice(&answer);
        said.push(b'\n');
    }
    said
}

/// Staff take everybody in while the service is down; then it is asked.
fn queue_everybody(rig: &Rig, haystacks: &mut Vec<Haystack>) {
    let config = QueueConfig::new(rig.dir.path().join("queue.sqlite"));
    let mut queue = Queue::open(&config.database).unwrap();
    let now = (rig.clock.now())();
    for (patient, insurance) in everybody() {
        let birth_date = WireDate(patient.birth);
        let by_number = InsuredNumberRequest {
            insurer_number: insurance.insurer_number,
            symbol: insurance.symbol,
            number: insurance.number,
            branch_number: insurance.branch,
            birth_date,
        };
        let by_facts = DemographicsRequest {
            name: patient.name,
            name_kana: Some(patient.kana),
            birth_date,
            sex: if patient.sex == Sex::Male { SexWord::Male } else { SexWord::Female },
            address: patient.address,
            reason: SearchReason::SystemFailure,
        };
        for ask in [Ask::InsuredNumber(by_number), Ask::Demographics(by_facts)] {
            // What cannot be asked for is refused, and that is printed too.
            if let Err(error) = queue.add(&ask, Seen::Certificate, now) {
                tracing::debug!(%error, ?error, "not taken in");
            }
        }
    }
    assert!(queue.list().unwrap().len() > 60);
    own_files(rig.dir.path(), haystacks);
    drop(queue);
    rig.gateway().change(|settings| (settings.mode, settings.faults) = (Mode::Degraded, Vec::new()));
    let client = rig.client();
    rig.runtime.block_on(client.service.check_queue(&config)).unwrap();
    rig.gateway().change(|settings| settings.mode = Mode::Normal);
}

/// Every file below that folder that no receipt computer reads and that is not the gateway's own.
fn own_files(folder: &Path, found: &mut Vec<Haystack>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let for_others = (folder.ends_with("drop") && !name.starts_with('.')) || name.starts_with("gateway.sqlite");
        if path.ends_with(DESK) {
            // It only grows: it is looked at once.
        } else if path.is_dir() {
            own_files(&path, found);
        } else if !for_others {
            let is_text = name.ends_with(".jsonl") || name.ends_with("index");
            let kind = if is_text { Kind::Text } else { Kind::Binary };
            match std::fs::read(&path) {
                Ok(bytes) => found.push(Haystack { name, kind, bytes }),
                // A temporary file that has got its name meanwhile.
                Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{}", path.display()),
            }
        }
    }
}

/// Who is found where.
fn found(needles: &Needles, haystacks: &[Haystack]) -> Vec<String> {
    haystacks.iter().flat_map(|haystack| needles.search(haystack)).collect()
}

#[test]
fn nothing_of_anybody_is_logged_answered_or_kept() {
    let log = Log::start();
    let rig = Rig::with(Settings { rate_limit: None, ..Settings::default() }, true);
    let needles = Needles::of(&everybody(), PIN);
    let mut haystacks = Vec::new();
    let kiosk = Kiosk::start(&rig);
    // Everybody with a card, undisturbed and with the gateway in trouble.
    let troubles =
        ["", "check=garbage*1", "check=lose-answer*3", "check=upstream-failed*1", "consents=internal-error*3"];
    for (person, trouble) in people::all().unwrap().iter().flat_map(|person| troubles.map(|trouble| (person, trouble)))
    {
        let fault = (!trouble.is_empty()).then(|| trouble.parse().unwrap());
        rig.gateway().change(|settings| settings.faults = fault.into_iter().collect());
        kiosk.visit(person);
        own_files(rig.dir.path(), &mut haystacks);
    }
    // The drop folder is away: their files wait in the kiosk, sealed.
    let (drop_folder, away) = (rig.dir.path().join("drop"), rig.dir.path().join("away"));
    std::fs::rename(&drop_folder, &away).unwrap();
    rig.gateway().change(|settings| settings.faults.clear());
    people::all().unwrap().iter().for_each(|person| kiosk.visit(person));
    let kept = rig.dir.path().join("spool");
    assert!(std::fs::read_dir(&kept).unwrap().count() > 4);
    own_files(&kept, &mut haystacks);
    std::fs::rename(&away, &drop_folder).unwrap();
    // Everybody whom only their insurer knows, by the card of one who can stand in.
    let card = people::by_id("p02").unwrap();
    for (patient, _) in insured::all().unwrap() {
        rig.gateway().change(|settings| {
            settings.faults.clear();
            settings.people = [("p02".to_owned(), Say::Of(patient.id.clone()))].into();
        });
        kiosk.visit(&card);
    }
    let files = std::fs::read_dir(rig.dir.path().join("drop")).unwrap().count();
    assert!(files > 8, "receptions end with files: {files}");
    // While it is open, with what SQLite keeps beside it.
    own_files(&rig.dir.path().join(DESK), &mut haystacks);
    kiosk.end();
    queue_everybody(&rig, &mut haystacks);
    haystacks.push(Haystack { name: "problems".into(), kind: Kind::Text, bytes: problems(&rig) });
    own_files(rig.dir.path(), &mut haystacks);
    haystacks.push(Haystack { name: "log".into(), kind: Kind::Text, bytes: log.taken() });
    assert_eq!(found(&needles, &haystacks), Vec::<String>::new());
    let size: usize = haystacks.iter().map(|haystack| haystack.bytes.len()).sum();
    println!("{} spellings of {} people in {size} bytes: none", needles.count(), everybody().len());
    for must in
        ["desk.sqlite", "desk.sqlite-wal", "journal.sqlite", "journal.sqlite-wal", "queue.sqlite", "problems", "log"]
    {
        assert!(haystacks.iter().any(|h| h.name == must && !h.bytes.is_empty()), "{must} was searched");
    }
    assert!(haystacks.iter().any(|h| h.name.ends_with(".jsonl")), "the audit log was searched");
    let text = String::from_utf8(log.taken()).unwrap();
    assert!(text.contains("TRACE") && text.contains("uketsuke::gateway") && text.contains("uketsuke::runtime"));
    // One line too many, and the search says so.
    tracing::trace!(name = card.name, "planted");
    let planted = [Haystack { name: "log".into(), kind: Kind::Text, bytes: log.taken() }];
    assert!(!found(&needles, &planted).is_empty());
}

#[test]
fn every_spelling_of_everybody_is_found_where_it_is_planted() {
    let needles = Needles::of(&everybody(), PIN);
    let noise = b"2026-11-20T00:00:00Z DEBUG uketsuke::adapters::qualification: attempt path=/v1/qualification-checks ";
    for (kind, spelling) in needles.spellings() {
        let bytes = [noise.as_slice(), spelling, b" outcome=answered\n"].concat();
        let found = needles.search(&Haystack { name: "planted".into(), kind, bytes });
        assert!(!found.is_empty(), "{:?}", String::from_utf8_lossy(spelling));
    }
    let clean = Haystack { name: "clean".into(), kind: Kind::Text, bytes: noise.repeat(3) };
    assert_eq!(needles.search(&clean), Vec::<String>::new());
}
