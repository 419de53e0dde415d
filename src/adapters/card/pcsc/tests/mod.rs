//! The adapter on a fake service: what no virtual reader can show. Untested on devices; `docs/card.md` says so.

mod fake;

use std::sync::mpsc::Receiver as Reports;

use pcsc::Error;

use self::fake::{FakeService, World};
use super::*;
use crate::domain::qualification::Challenge;
use crate::domain::secret::Secret;
use crate::domain::staff_news::StaffNews;
use crate::ports::{CardReply, Observation, Report};

const READER: &str = "Fake reader";

struct Desk {
    world: FakeService,
    reader: PcscReader,
    reports: Reports<Report>,
    effects: u64,
}

impl Desk {
    fn on(world: FakeService) -> Self {
        Self::with(world, [HELD_AFTER, HELD_AFTER_TYPING])
    }

    fn with(world: FakeService, held_after: [Duration; 2]) -> Self {
        let (tell, reports) = channel();
        let outbox = Outbox::new(move |report| tell.send(report).unwrap_or_default());
        let service = world.clone();
        let reader = PcscReader::start_on(move || service.clone(), ReaderOptions::default(), outbox, held_after);
        let reader = reader.unwrap();
        Self { world, reader, reports, effects: 0 }
    }

    /// With a card on a reader that works.
    fn ready() -> Self {
        let desk = Self::on(FakeService::new());
        assert_eq!(desk.seen(), Observation::ReaderReady);
        assert_eq!(desk.seen(), Observation::CardPlaced);
        desk
    }

    fn seen(&self) -> Observation {
        match self.reports.recv_timeout(Duration::from_secs(20)).unwrap() {
            Report::Seen(observation) => observation,
            _ => panic!("an answer instead of an observation"),
        }
    }

    fn told(&self) -> StaffNews {
        match self.reports.recv_timeout(Duration::from_secs(20)).unwrap() {
            Report::News(crate::ports::News::Staff(news)) => news,
            _ => panic!("something else than news"),
        }
    }

    fn ask(&mut self, command: CardCommand) -> Result<CardReply, Failure> {
        use crate::domain::ids::{EffectId, ReceptionId};
        self.effects += 1;
        self.reader.submit(Ticket { reception: ReceptionId(1), effect: EffectId(self.effects) }, command);
        loop {
            if let Report::Answered(_, answer) = self.reports.recv_timeout(Duration::from_secs(20)).unwrap() {
                return answer.map(|reply| reply.try_as_card().unwrap());
            }
        }
    }

    fn signs(&mut self) -> bool {
        let pin = Secret::new(*b"1234");
        matches!(self.ask(CardCommand::SignWithPin { pin, challenge: challenge() }), Ok(CardReply::Proof(_)))
    }

    fn verifies(&self) -> usize {
        let sent = |world: &mut World| {
            let card = world.card.as_ref().unwrap();
            card.log().iter().filter(|exchange| exchange.header[1] == 0x20 && exchange.sent > 0).count()
        };
        self.world.change(sent)
    }
}

fn challenge() -> Challenge {
    Challenge { id: "c-1".into(), nonce: vec![5; 32] }
}

#[test]
fn a_reader_that_is_listed_and_not_there_is_lost_and_not_asked_in_a_circle() {
    for state in [State::UNAVAILABLE, State::UNKNOWN, State::IGNORE] {
        let desk = Desk::ready();
        desk.world.change(|world| world.readers[0].1 = state);
        assert_eq!(desk.seen(), Observation::ReaderLost(Failure::ReaderGone));
        // Another reader comes: an event that must wake the watch, and no reason to announce anything.
        desk.world.change(|world| world.readers.push(("SAM 0".into(), State::EMPTY, 0)));
        desk.world.change(|world| world.readers[0].1 = State::PRESENT);
        desk.world.change(|world| world.readers.truncate(1));
        assert_eq!(desk.seen(), Observation::ReaderReady);
        assert_eq!(desk.seen(), Observation::CardPlaced);
        let lists = desk.world.change(|world| world.lists);
        assert!(lists < 20, "{lists} looks at the list of readers");
    }
}

#[test]
fn other_readers_come_and_go_without_a_word_about_our_card() {
    let desk = Desk::ready();
    // The watch has taken note of a change when it has read the list again; sooner, the next change could undo it unseen.
    let noted = |change: fn(&mut World)| {
        let lists = desk.world.change(|world| {
            change(world);
            world.lists
        });
        while desk.world.change(|world| world.lists) == lists {
            std::thread::yield_now();
        }
    };
    for _ in 0..3 {
        noted(|world| world.readers.push(("Other reader".into(), State::PRESENT, 1)));
        noted(|world| world.readers.truncate(1));
    }
    desk.world.change(|world| world.readers[0].1 = State::EMPTY);
    assert_eq!(desk.seen(), Observation::CardGone, "the first word since");
}

#[test]
fn a_card_on_another_reader_is_said_while_none_lies_on_ours() {
    let world = FakeService::new();
    world.change(|world| {
        world.readers[0].1 = State::EMPTY;
        world.readers.push(("Other reader 0".into(), State::EMPTY, 0));
        world.readers.push(("Yubico YubiKey CCID 00".into(), State::EMPTY, 0));
    });
    let desk = Desk::on(world);
    assert_eq!(desk.seen(), Observation::ReaderReady);
    // The list is read again once the first look at all of them is done.
    while desk.world.change(|world| world.lists) < 2 {
        std::thread::yield_now();
    }
    desk.world.change(|world| world.readers[2].1 = State::PRESENT);
    desk.world.change(|world| world.readers[1].1 = State::PRESENT);
    assert_eq!(
        desk.told(),
        StaffNews::CardOnOtherReader { reader: "Other_reader_0".into() },
        "and not that of the key"
    );
}

#[test]
fn a_service_that_refuses_this_account_is_not_one_that_does_not_run() {
    for error in [Error::SecurityViolation, Error::NoAccess] {
        let finding = no_service(error);
        assert!(finding.detail.contains("refuses this account") && finding.remedy.contains("account"), "{finding:?}");
        let world = FakeService::new();
        world.change(|world| world.refusal = Some(error));
        let desk = Desk::on(world);
        assert_eq!(desk.told(), StaffNews::CardServiceRefuses);
        assert_eq!(desk.seen(), Observation::ReaderLost(Failure::CardServiceStopped));
        // The account is let in: no restart is needed.
        desk.world.change(|world| world.refusal = None);
        let mut seen = desk.reports.iter().filter_map(|report| match report {
            Report::Seen(observation) => Some(observation),
            _ => None,
        });
        assert_eq!(seen.next(), Some(Observation::ReaderReady));
    }
    assert!(no_service(Error::NoService).detail.contains("no answer"));
}

#[test]
fn a_card_pulled_and_put_back_between_two_looks_is_gone_and_placed() {
    let desk = Desk::ready();
    desk.world.change(|world| world.readers[0].2 += 2);
    assert_eq!(desk.seen(), Observation::CardGone);
    assert_eq!(desk.seen(), Observation::CardPlaced);
}

#[test]
fn our_reader_is_unplugged_and_plugged_in_again() {
    let mut desk = Desk::ready();
    let reader = desk.world.change(|world| world.readers.remove(0));
    // Between two looks at the list the card is missed first.
    let first = desk.seen();
    let lost = if first == Observation::CardGone { desk.seen() } else { first };
    assert_eq!(lost, Observation::ReaderLost(Failure::ReaderGone), "and with it the card");
    assert_eq!(desk.ask(CardCommand::Identify).err(), Some(Failure::ReaderGone));
    desk.world.change(|world| world.readers.push(reader));
    assert_eq!(desk.seen(), Observation::ReaderReady);
    assert_eq!(desk.seen(), Observation::CardPlaced);
    assert!(desk.signs());
}

#[test]
fn a_service_that_comes_back_as_another_process_is_used_with_a_new_connection() {
    let mut desk = Desk::ready();
    assert!(desk.signs());
    desk.world.change(|world| world.running = false);
    assert_eq!(desk.seen(), Observation::ReaderLost(Failure::CardServiceStopped));
    desk.world.change(|world| (world.running, world.process) = (true, 1));
    assert_eq!(desk.seen(), Observation::ReaderReady);
    assert_eq!(desk.seen(), Observation::CardPlaced);
    assert!(desk.signs(), "the worker's old handle is dead");
}

#[test]
fn a_reader_reset_by_another_program_is_asked_again_and_no_secret_is_sent_twice() {
    for trouble in [ChannelError::CardReset, ChannelError::Mute("moved".into())] {
        let mut desk = Desk::ready();
        desk.world.change(|world| world.failures.push_back(trouble.clone()));
        assert!(desk.signs(), "{trouble}");
        assert_eq!(desk.verifies(), 1);
    }
    let mut desk = Desk::ready();
    desk.world.change(|world| world.refusals.push_back(ChannelError::CardReset));
    assert!(desk.signs(), "reset while it was being connected");
}

#[test]
fn a_keypad_takes_the_pin_without_this_pc_seeing_it() {
    let mut desk = Desk::ready();
    let mut sign = |keypad| {
        desk.world.change(|world| world.keypad = keypad);
        desk.ask(CardCommand::SignWithKeypad { challenge: challenge() })
    };
    assert!(matches!(sign(Some(b"1234")), Ok(CardReply::Proof(proof)) if proof.signature.is_some()));
    assert!(matches!(sign(Some(b"9999")), Ok(CardReply::PinWrong(crate::domain::card::Tries::Left(2)))));
    assert_eq!(sign(Some(b"")).err(), Some(Failure::TimedOut));
    assert_eq!(sign(None).err(), Some(Failure::ReaderGone), "a reader without keypad");
    let mut told = |keypad| {
        desk.world.change(|world| world.keypad = keypad);
        matches!(desk.ask(CardCommand::Identify), Ok(CardReply::Identified(facts)) if facts.keypad)
    };
    assert!(told(Some(b"")) && !told(None), "the kiosk knows where the PIN is typed");
}

#[test]
fn plugged_in_without_driver_is_told_apart_from_not_there() {
    let reader = usb::UsbReader { name: "Sony RC-S380".into(), driver: "none".into() };
    let (found, remedy) = no_reader(Some(vec![reader]));
    assert!(found.contains("plugged in and has no driver") && remedy.contains("none"));
    assert!(no_reader(Some(Vec::new())).0.contains("none is plugged in"));
    assert!(no_reader(None).0.contains("not told apart"));
}

#[test]
fn a_card_that_never_answers_keeps_nobody_waiting() {
    let mut desk = Desk::with(FakeService::new(), [Duration::ZERO; 2]);
    assert_eq!((desk.seen(), desk.seen()), (Observation::ReaderReady, Observation::CardPlaced));
    desk.world.change(|world| world.silent = true);
    use crate::domain::ids::{EffectId, ReceptionId};
    let lost = Ticket { reception: ReceptionId(1), effect: EffectId(90) };
    desk.reader.submit(lost, CardCommand::Identify);
    let mut world = desk.world.0.0.lock();
    desk.world.0.1.wait_while(&mut world, |world| world.unanswered == 0);
    drop(world);
    // The card lies there and holds the reader: the visit is released, the next one is told at once, and so are staff.
    assert!(matches!(desk.ask(CardCommand::Release), Ok(CardReply::Released)));
    assert!(matches!(desk.ask(CardCommand::Identify), Err(Failure::CardUnreadable)));
    desk.reader.submit(lost, CardCommand::Identify);
    assert_eq!(desk.told(), StaffNews::CardHoldsReader);
    // And the program ends, the thread that waits behind it.
    drop(desk.reader);
    desk.world.change(|world| world.silent = false);
}
