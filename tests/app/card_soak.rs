//! Receptions in a row through a real pcscd, with a fault in every third: none gets stuck, nothing grows, and no try is spent
//! on a card whose counter is at the stop.
//!
//! Fifty in the ordinary run; `./x soak N` makes more. `UKETSUKE_SOAK` is the number, `UKETSUKE_SOAK_SEED` the seed of the
//! faults.

use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::service::{Pcscd, READER, isolated};
use uketsuke::adapters::card::CardTrust;
use uketsuke::adapters::card::pcsc::{PcscReader, ReaderOptions};
use uketsuke::adapters::card::trust::system_today;
use uketsuke::adapters::card::virtual_card::{ATR_CONTACTLESS, Fault, VirtualCard};
use uketsuke::adapters::card::vpcd::{self, DEFAULT_PORT, LinkStop, VpcdOptions};
use uketsuke::domain::card::{CardFacts, CardKind};
use uketsuke::domain::code_b::STOP_AT_TRIES;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::qualification::{Authentication, Challenge};
use uketsuke::domain::secret::Secret;
use uketsuke::people::authority::TestAuthority;
use uketsuke::people::{Person, all};
use uketsuke::ports::{CardCommand, CardReader, CardReply, Observation, Outbox, Report};

/// A step that takes longer than this is stuck.
const PATIENCE: Duration = Duration::from_secs(30);
/// Receptions before the first measurement: buffers, threads and the service's own tables settle.
const WARM_UP: u64 = 15;

/// Numbers that only depend on their seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn fault(&mut self) -> Fault {
        match self.roll(14) {
            0..=4 => Fault::PulledAfter(1 + self.roll(14) as u32),
            5 => Fault::PulledMidRead,
            6 => Fault::First6F00,
            7 => Fault::PinBlocked,
            8 => Fault::CodeBTries(self.roll(STOP_AT_TRIES.into()) as u8),
            9 => Fault::Mute,
            10 => Fault::CorruptedPortrait,
            11 => Fault::ShortOnly,
            12 => Fault::PastGraceCertificate,
            _ => Fault::OtherCard,
        }
    }
}

/// A card that joined the virtual reader, and the thread that answers for it.
struct Placed {
    stop: LinkStop,
    thread: JoinHandle<VirtualCard>,
}

fn place(authority: &TestAuthority, person: &Person, faults: &[Fault]) -> Placed {
    let mut card = VirtualCard::new(authority, person, system_today(), faults).unwrap();
    let stop = LinkStop::default();
    let its_stop = stop.clone();
    let options = VpcdOptions { host: "127.0.0.1".into(), port: DEFAULT_PORT, atr: ATR_CONTACTLESS, once: false };
    let thread = std::thread::spawn(move || {
        vpcd::serve(&mut card, &options, &its_stop, |_| {}).unwrap();
        card
    });
    Placed { stop, thread }
}

struct Kiosk {
    reader: PcscReader,
    reports: Receiver<Report>,
    effects: u64,
    on_reader: bool,
}

impl Kiosk {
    fn new(authority: &TestAuthority) -> Self {
        let (tell, reports) = channel();
        let outbox = Outbox::new(move |report| tell.send(report).unwrap_or_default());
        let today = system_today();
        let trust = CardTrust::default().with_test_cards(authority, today).unwrap().on(today);
        let options = ReaderOptions { name: Some(READER.into()), trust };
        Self { reader: PcscReader::start(options, outbox).unwrap(), reports, effects: 0, on_reader: false }
    }

    fn take(&mut self, what: &str) -> Report {
        let report = self.reports.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("stuck: {what}"));
        match &report {
            Report::Seen(Observation::CardPlaced) => self.on_reader = true,
            Report::Seen(Observation::CardGone | Observation::ReaderLost(_)) => self.on_reader = false,
            _ => {}
        }
        report
    }

    fn until_card(&mut self, there: bool) {
        while self.on_reader != there {
            self.take(if there { "the card is not seen" } else { "the card is not seen to go" });
        }
    }

    fn ask(&mut self, command: CardCommand) -> Result<CardReply, Failure> {
        self.effects += 1;
        let ticket = Ticket { reception: ReceptionId(1), effect: EffectId(self.effects) };
        self.reader.submit(ticket, command);
        loop {
            if let Report::Answered(of, answer) = self.take("a command has no answer") {
                assert_eq!(of, ticket);
                return answer.map(|reply| reply.try_as_card().unwrap());
            }
        }
    }

    fn facts(&mut self) -> Result<CardFacts, Failure> {
        match self.ask(CardCommand::Identify)? {
            CardReply::Identified(facts) => Ok(facts),
            _ => panic!("another answer"),
        }
    }

    /// What the core does with a card: look, face or PIN as the counters allow, release at the end whatever came.
    fn reception(&mut self, person: &Person, by_face: bool) -> Result<(), Failure> {
        let ended = self.visit(person, by_face);
        assert!(matches!(self.ask(CardCommand::Release), Ok(CardReply::Released)));
        ended
    }

    fn visit(&mut self, person: &Person, by_face: bool) -> Result<(), Failure> {
        let facts = self.facts()?;
        if facts.kind != CardKind::MyNumber {
            return Err(Failure::NotMyNumberCard);
        }
        let challenge = || Challenge { id: "c-1".into(), nonce: vec![3; 32] };
        // Even where the counter says stop, the adapter is asked: it must hold by itself.
        let reply = if by_face {
            let code_b = Secret::new(person.code_b().as_bytes().try_into().unwrap());
            match self.ask(CardCommand::OpenCardFace { code_b })? {
                CardReply::CardFace { facts, .. } if !facts.authenticity.may_serve() => {
                    return Err(Failure::CardFaceInvalid);
                }
                CardReply::CardFace { .. } => self.ask(CardCommand::ProveWithoutPin {
                    challenge: challenge(),
                    authentication: Authentication::Face,
                })?,
                _ => panic!("the right code was refused"),
            }
        } else {
            let pin = Secret::new(person.pin.as_bytes().try_into().unwrap());
            self.ask(CardCommand::SignWithPin { pin, challenge: challenge() })?
        };
        assert!(matches!(reply, CardReply::Proof(_)));
        Ok(())
    }
}

/// Secrets that went to this card: application by application, the sort by their length.
fn secrets_sent(card: &VirtualCard) -> usize {
    card.log().iter().filter(|exchange| exchange.header[1] == 0x20 && exchange.sent > 0).count()
}

/// Open handles, threads, and resident kilobytes of this process.
fn load() -> (usize, usize, u64) {
    let handles = std::fs::read_dir("/proc/self/fd").unwrap().count();
    let threads = std::fs::read_dir("/proc/self/task").unwrap().count();
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    (handles, threads, resident.trim().trim_end_matches(" kB").parse().unwrap())
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().map_or(otherwise, |text| text.parse().expect(variable))
}

#[test]
fn receptions_in_a_row_get_stuck_nowhere_and_grow_nothing() {
    if !isolated() {
        return;
    }
    let (count, seed) = (number("UKETSUKE_SOAK", 50), number("UKETSUKE_SOAK_SEED", 20_261_120));
    assert!(count > 2 * WARM_UP, "at least {} receptions", 2 * WARM_UP + 1);
    let _pcscd = Pcscd::start();
    let (authority, people, mut dice) = (TestAuthority::load().unwrap(), all().unwrap(), Dice(seed | 1));
    let mut kiosk = Kiosk::new(&authority);
    let (mut done, mut before, mut half) = (0, None, 0);
    for round in 0..count {
        if round == WARM_UP {
            before = Some(load());
        }
        if round == WARM_UP + (count - WARM_UP) / 2 {
            half = load().2;
        }
        let person = &people[dice.roll(people.len() as u64) as usize];
        let (by_face, fault) = (dice.roll(2) == 0, (round % 3 == 2).then(|| dice.fault()));
        let placed = place(&authority, person, fault.as_slice());
        kiosk.until_card(true);
        let ended = kiosk.reception(person, by_face);
        placed.stop.stop();
        let card = placed.thread.join().unwrap();
        kiosk.until_card(false);
        let told =
            format!("{round}: {} by {} with {fault:?}: {ended:?}", person.id, if by_face { "face" } else { "PIN" });
        println!("{told}");
        match fault {
            None => assert_eq!(ended, Ok(()), "{told}"),
            Some(Fault::CodeBTries(left)) if by_face => {
                assert_eq!(ended, Err(Failure::CodeBBlocked), "{told}");
                assert_eq!(secrets_sent(&card), 0, "{told}: a try was spent of {left}");
            }
            Some(Fault::PinBlocked) if !by_face => {
                assert_eq!((ended, secrets_sent(&card)), (Err(Failure::PinBlocked), 0), "{told}");
            }
            Some(_) => assert!(secrets_sent(&card) <= 1, "{told}: a secret went twice"),
        }
        assert!(!card.is_open(), "{told}: the card was left open");
        done += usize::from(ended.is_ok());
    }
    let (handles, threads, resident) = before.unwrap();
    let after = load();
    println!(
        "{count} receptions, {done} to the end; handles {handles} then {}, threads {threads} then {}, resident {resident} kB after {WARM_UP}, \
         {half} kB half-way, {} kB at the end",
        after.0, after.1, after.2
    );
    assert!(after.0 <= handles && after.1 <= threads, "handles or threads grew");
    // The allocator keeps pages of its own; a leak of one portrait a reception would be far more.
    assert!(after.2 <= half.max(resident) + 2048, "memory grew");
    assert_eq!(kiosk.facts().err(), Some(Failure::CardGone), "the reader still works");
}
