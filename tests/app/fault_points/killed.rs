//! Each step, killed and started again.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use uketsuke::domain::consent::ConsentAnswer;

use crate::service::{Pcscd, READER, Vcard, isolated, wait_until_empty};
use crate::site::{Counts, NOTHING, Site, uketsuke};

/// Longer than any step takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// Names the place where the program waits to be killed.
const PLACE: &str = "UKETSUKE_FAULT_POINT";
/// What staff read of anything begins so.
const TOLD: &str = "code=\"S-";
/// That the file cannot hold some signs of an answer; it says nothing of what became of the visit.
const SIGNS: &str = "code=\"S-212\"";
/// The code of a visit that broke off and was finished at the next start.
const FINISHED: &str = "code=\"S-401\"";
/// What the log says of one whose file was there already.
const WAS_THERE: &str = "a visit broke off after its file had been handed over";

/// What must be there after the restart of a program that was killed at a place.
#[derive(Clone, Copy)]
enum After {
    /// Nothing had been written down: nothing was counted, nothing is told, the patient starts again.
    Nothing,
    /// The check is finished without its patient; the file says what the gateway knows of consents.
    Finished(ConsentAnswer),
    /// The file was there; only the journal did not know it yet.
    WasThere,
    /// All was done; there is nothing to finish.
    Settled,
}

use After::{Finished, Nothing, Settled, WasThere};
use ConsentAnswer::{Given, NotAnswered};

/// A `uketsuke checkin` whose standard error is read line by line.
struct Visit {
    child: Child,
    errors: Receiver<String>,
    /// Lines of standard error so far.
    said: Vec<String>,
}

impl Visit {
    fn start(site: &Site, place: Option<&str>) -> Self {
        let mut command: Command = uketsuke();
        command.args(["checkin", "--json", "--reader", READER, "--gateway", &site.gateway.url()]);
        command.arg("--identity").arg(site.identity()).arg("--drop").arg(site.path("drop"));
        command.arg("--twin").arg(site.path("twin"));
        command.args(["--method", "pin", "--pin", "-", "--consent", "all"]);
        command.env("UKETSUKE_LOG", "info").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        match place {
            Some(place) => command.env(PLACE, place),
            None => command.env_remove(PLACE),
        };
        let mut child = command.spawn().expect("it starts");
        // On the command line it would ask for a card at once.
        child.stdin.take().unwrap().write_all(b"1234\n").unwrap();
        let (tell, errors) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        Self { child, errors, said: Vec::new() }
    }

    /// Waits until it says such a line on standard error.
    fn says(&mut self, what: &str) -> bool {
        while !self.said.last().is_some_and(|line| line.contains(what)) {
            match self.errors.recv_timeout(PATIENCE) {
                Ok(line) => self.said.push(line),
                Err(error) => panic!("{what:?} was not said ({error}), only {:#?}", self.said),
            }
        }
        true
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Its end, and everything it said on standard error.
    fn ends(mut self) -> Vec<String> {
        let mut stdout = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        let status = self.child.wait().unwrap();
        self.said.extend(self.errors.iter());
        assert_eq!(status.code(), Some(0), "stdout\n{stdout}stderr\n{:#?}", self.said);
        self.said
    }
}

fn place(site: &Site, person: &str) -> Vcard {
    site.place(person, &[])
}

/// One clinic in which the program is killed once, at `place`.
struct Killed {
    site: Site,
    _pcscd: Pcscd,
}

impl Killed {
    fn at(place_of_death: &str) -> Self {
        let (pcscd, site) = (Pcscd::start(), Site::new());
        let card = place(&site, "p03");
        let mut visit = Visit::start(&site, Some(place_of_death));
        visit.says(&format!("fault point {place_of_death}"));
        visit.kill();
        card.pull();
        wait_until_empty();
        Self { site, _pcscd: pcscd }
    }

    /// The program is started again; what it finds is what `after` says, and the next patient is served.
    fn recovers(self, after: After) {
        let site = &self.site;
        let mut again = Visit::start(site, None);
        let consents = match after {
            Finished(consents) => again.says(FINISHED).then_some(consents),
            WasThere => again.says(WAS_THERE).then_some(Given),
            Nothing | Settled => None,
        };
        if let Some(consents) = consents {
            let files = site.handed_over();
            assert_eq!(files.len(), 1, "{:?}", site.files());
            let answers = files.iter().flat_map(|file| &file.consents).map(|consent| consent.answer);
            assert!(answers.clone().all(|answer| answer == consents), "{:?}", answers.collect::<Vec<_>>());
        }
        let before = usize::from(!matches!(after, Nothing));
        let next = place(site, "p01");
        let said = again.ends();
        assert_eq!(
            said.iter().filter(|line| line.contains(TOLD) && !line.contains(SIGNS)).count(),
            told(after),
            "{said:#?}"
        );
        assert_eq!(site.handed_over().len(), before + 1, "{:?}", site.files());
        let twins = std::fs::read_dir(site.path("twin")).unwrap().map(|entry| entry.unwrap().path());
        let mut twins: Vec<_> = twins.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
        twins.sort();
        let files = site.files();
        let mut stems: Vec<&str> = files.iter().filter_map(|name| name.strip_suffix(".xml")).collect();
        stems.sort_unstable();
        assert_eq!((twins, files.len()), (stems.iter().map(|s| (*s).to_owned()).collect(), before + 1), "{files:?}");
        let consents = match after {
            Finished(Given) | WasThere | Settled => 8,
            _ => 4,
        };
        let counts = site.gateway.counts();
        assert_eq!(counts, Counts { checks: before as u32 + 1, challenges: 2, consents, ..NOTHING });
        next.pull();
        wait_until_empty();
        // The third start finds nothing any more.
        let third = Visit::start(site, None);
        let _card = place(site, "p02");
        let said = third.ends();
        assert!(!said.iter().any(|line| line.contains(TOLD)), "{said:#?}");
        assert_eq!(site.handed_over().len(), before + 2);
        assert_eq!(site.gateway.counts().checks, before as u32 + 2);
    }
}

/// The gateway is still at work when the program dies: it finishes the check for nobody, and the next start fetches it.
#[test]
fn while_the_gateway_works() {
    if !isolated() {
        return;
    }
    let (_pcscd, site) = (Pcscd::start(), Site::with(&["check=delay:1500*1"]));
    let card = place(&site, "p03");
    let visit = Visit::start(&site, None);
    site.gateway.is_in_trouble();
    visit.kill();
    card.pull();
    wait_until_empty();
    let mut again = Visit::start(&site, None);
    again.says(FINISHED);
    assert_eq!((site.handed_over().len(), site.gateway.counts().checks), (1, 1));
    let _next = place(&site, "p01");
    again.ends();
    assert_eq!((site.handed_over().len(), site.gateway.counts().checks), (2, 2));
}

/// How many lines staff read.
fn told(after: After) -> usize {
    match after {
        Finished(_) => 1,
        Nothing | WasThere | Settled => 0,
    }
}

/// A test for each place; `isolated` runs it again in namespaces of its own.
macro_rules! killed {
    ($($name:ident: $place:literal => $after:expr;)*) => {$(
        #[test]
        fn $name() {
            if isolated() {
                Killed::at($place).recovers($after);
            }
        }
    )*};
}

killed! {
    before_the_check_is_journaled: "check-before-journal" => Nothing;
    before_the_check_is_sent: "check-journaled" => Finished(NotAnswered);
    before_the_answer_is_read: "check-sent" => Finished(NotAnswered);
    before_the_answer_is_journaled: "check-answered" => Finished(NotAnswered);
    after_the_answer_is_journaled: "check-noted" => Finished(NotAnswered);
    before_the_consents_are_journaled: "consents-before-journal" => Finished(NotAnswered);
    before_the_consents_are_sent: "consents-journaled" => Finished(Given);
    before_the_consents_are_confirmed: "consents-sent" => Finished(Given);
    before_the_consents_are_cleared: "consents-answered" => Finished(Given);
    after_the_consents: "consents-cleared" => Finished(Given);
    before_the_file_is_written: "handoff-before-file" => Finished(Given);
    before_the_name_is_noted: "handoff-file-written" => Finished(Given);
    before_the_file_has_its_name: "handoff-begun" => Finished(Given);
    when_the_twin_has_its_name: "handoff-beside-named" => Finished(Given);
    before_the_delivery_is_noted: "handoff-named" => WasThere;
    after_the_delivery_is_noted: "handoff-noted" => WasThere;
    before_it_is_settled: "settle-before" => WasThere;
    after_it_is_settled: "settle-done" => Settled;
}
