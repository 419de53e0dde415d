//! A card that answers what it wants: through a real card service, to the program as a process of its own.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;

use parking_lot::Mutex;
use uketsuke::adapters::card::virtual_card::{ATR_CONTACTLESS, VirtualCard};
use uketsuke::adapters::card::vpcd::DEFAULT_PORT;
use uketsuke::people::authority::TestAuthority;

use super::report::Report;
use super::victim::{BY_PIN, Ground, Victim};
use crate::service::{Pcscd, isolated, until, wait_for_card, wait_until_empty};
use crate::site::{Site, clip, person};

/// What the card says to a command, in the place of what an honest one would; `None` says nothing, ever.
type Says = Box<dyn FnMut(&[u8], Vec<u8>) -> Option<Vec<u8>> + Send>;

/// A card that lies on the virtual reader.
struct Hostile {
    line: TcpStream,
    thread: Option<JoinHandle<()>>,
    /// Commands that it got.
    asked: Arc<Mutex<usize>>,
}

impl Hostile {
    fn placed(id: &str, mut says: Says) -> Self {
        let today = uketsuke::domain::japan::day(jiff::Timestamp::now());
        let mut card = VirtualCard::new(&TestAuthority::load().unwrap(), &person(id), today, &[]).unwrap();
        let line = until("the driver listens", || TcpStream::connect(("127.0.0.1", DEFAULT_PORT)).ok());
        line.set_nodelay(true).unwrap();
        let mut its_line = line.try_clone().unwrap();
        let asked: Arc<Mutex<usize>> = Arc::default();
        let count = Arc::clone(&asked);
        let thread = std::thread::spawn(move || {
            // Ends with the connection: when the card is pulled, or the service ends.
            while let Ok(frame) = frame(&mut its_line) {
                let answer = match frame.as_slice() {
                    [0] => {
                        card.power_off();
                        continue;
                    }
                    [1] => {
                        card.power_on();
                        continue;
                    }
                    [2] => {
                        card.reset();
                        continue;
                    }
                    [4] => ATR_CONTACTLESS.to_vec(),
                    [_] | [] => continue,
                    command => {
                        *count.lock() += 1;
                        let honest = card.apdu(command);
                        match says(command, honest) {
                            Some(answer) => answer,
                            None => continue,
                        }
                    }
                };
                let length = u16::try_from(answer.len()).expect("a frame").to_be_bytes();
                if its_line.write_all(&[&length[..], &answer].concat()).is_err() {
                    return;
                }
            }
        });
        wait_for_card();
        Self { line, thread: Some(thread), asked }
    }

    fn pulled(mut self) -> usize {
        let _ = self.line.shutdown(Shutdown::Both);
        self.thread.take().expect("a thread").join().unwrap();
        *self.asked.lock()
    }
}

fn frame(line: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut length = [0; 2];
    line.read_exact(&mut length)?;
    let mut frame = vec![0; usize::from(u16::from_be_bytes(length))];
    line.read_exact(&mut frame)?;
    Ok(frame)
}

fn is_read(command: &[u8]) -> bool {
    command.get(1) == Some(&0xB0)
}

/// The honest answer with something of its data changed.
fn of_data(mut change: impl FnMut(&mut Vec<u8>) + Send + 'static) -> Says {
    Box::new(move |command, honest| {
        if !is_read(command) || honest.len() <= 2 {
            return Some(honest);
        }
        let (data, word) = honest.split_at(honest.len() - 2);
        let mut data = data.to_vec();
        change(&mut data);
        Some([&data, word].concat())
    })
}

/// How a card behaves, and whether the visit is by face.
fn cards() -> Vec<(&'static str, bool, Says)> {
    let to_reads = |answer: fn(&[u8]) -> Vec<u8>| -> Says {
        Box::new(move |command, honest| Some(if is_read(command) { answer(command) } else { honest }))
    };
    vec![
        ("there is always more: 61FF to everything", false, Box::new(|_, _| Some(vec![0x61, 0xFF]))),
        ("another length, please: 6CFF to everything", false, Box::new(|_, _| Some(vec![0x6C, 0xFF]))),
        ("one byte and 6101 to everything", false, Box::new(|_, _| Some(vec![0x30, 0x61, 0x01]))),
        ("its files in drips of one byte", false, to_reads(|_| vec![0x30, 0x90, 0x00])),
        ("its files in drips, by face", true, to_reads(|_| vec![0x30, 0x90, 0x00])),
        ("65,000 bytes to everything", false, Box::new(|_, _| Some([&[0x41; 65_000][..], &[0x90, 0x00]].concat()))),
        ("65,000 bytes to each read, by face", true, to_reads(|_| [&[0x41; 65_000][..], &[0x90, 0x00]].concat())),
        ("9000 and nothing to everything", false, Box::new(|_, _| Some(vec![0x90, 0x00]))),
        ("one byte to everything", false, Box::new(|_, _| Some(vec![0x90]))),
        (
            "a length of four gigabytes in its files",
            false,
            of_data(|data| {
                if data.len() > 6 && data[0] == 0x30 {
                    data.splice(1..2, [0x84, 0xFF, 0xFF, 0xFF, 0xFF]);
                }
            }),
        ),
        (
            "an indefinite length in its files",
            true,
            of_data(|data| {
                if data.len() > 2 {
                    data[1] = 0x80;
                }
            }),
        ),
        ("tags without end in its files", true, of_data(|data| data.fill(0x7F))),
        (
            "noise in the place of its files",
            true,
            of_data({
                let mut seed: u32 = 20_261_201;
                move |data| {
                    for byte in data {
                        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        *byte = (seed >> 24) as u8;
                    }
                }
            }),
        ),
        (
            "one bit of its portrait turned",
            true,
            of_data({
                let mut read = 0;
                move |data| {
                    read += data.len();
                    if read > 4_000
                        && let Some(byte) = data.first_mut()
                    {
                        *byte ^= 1;
                    }
                }
            }),
        ),
        (
            "a portrait of 60,000 by 60,000",
            true,
            of_data(|data| {
                if let Some(at) = data.windows(4).position(|four| four == b"ihdr") {
                    data[at + 4..at + 12].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
                }
            }),
        ),
    ]
}

/// Another person's card is put on while the first one's visit lasts.
fn swapped(site: &Site) -> String {
    let ground = Ground::new(site);
    let first = site.place("p01", &["slow-link=120"]);
    let mut command = ground.command(&site.gateway.url());
    command.args(BY_PIN);
    let visit = std::thread::spawn(move || Victim::run(command, "1234\n"));
    until("the first card is read", || site.card_log().contains('>').then_some(()));
    first.pull();
    wait_until_empty();
    let second = site.place("p02", &[]);
    let victim = visit.join().unwrap();
    second.pull();
    wait_until_empty();
    // Whoever noticed first: the visit ends, or begins anew with the second card, whose owner has the same PIN here.
    match victim.exit {
        Some(0) => {
            let names: Vec<_> = ground.handed_over().into_iter().map(|file| file.name).collect();
            assert_eq!(names.len(), 1, "{names:?}");
            let squeezed = |name: &str| name.replace(['\u{3000}', ' '], "");
            assert_eq!(squeezed(&names[0]), squeezed(&person("p02").name), "{}", victim.said());
            "served as a visit of the second card alone".into()
        }
        _ => ground.refused(&victim, &["card-gone", "card-swapped", "card-unreadable"]),
    }
}

/// A card that takes a command and never answers: the visit ends by its own deadline while the card lies there.
fn silent(site: &Site) -> String {
    let ground = Ground::new(site);
    let card = Hostile::placed("p01", Box::new(|_, _| None));
    let victim = ground.honest_visit();
    // It ended before the card was taken off.
    card.pulled();
    wait_until_empty();
    ground.refused(&victim, &["card-unreadable"])
}

/// What a visit comes to with such a card: no file, whoever it was.
fn refused(site: &Site, by_face: bool, says: Says) -> String {
    let ground = Ground::new(site);
    let card = Hostile::placed("p01", says);
    let victim = if by_face {
        let mut command = ground.command(&site.gateway.url());
        command.args(["--method", "face", "--code-b", "-", "--camera"]).arg(clip("p01"));
        Victim::run(command, &person("p01").code_b())
    } else {
        ground.honest_visit()
    };
    let asked = card.pulled();
    wait_until_empty();
    assert_ne!(victim.exit, Some(0), "{}", victim.said());
    assert_eq!(ground.files(), [""; 0]);
    assert!(!victim.failure().is_empty(), "{}", victim.said());
    format!("refused: {}, after {asked} commands, {} MiB", victim.failure(), victim.peak_mib)
}

#[test]
fn a_hostile_card() {
    if !isolated() {
        return;
    }
    let (_pcscd, site) = (Pcscd::start(), Site::new());
    let mut report = Report::of("card");
    for (n, (what, by_face, says)) in cards().into_iter().enumerate() {
        let play = || refused(&site, by_face, says);
        if n % 2 == 0 { report.attack(what, play) } else { report.long_attack(what, play) }
    }
    report.attack("no answer at all, and it stays on the reader", || silent(&site));
    report.attack("another person's card in the middle", || swapped(&site));
    report.attack("none: the next patient is served", || {
        let (ground, _card) = (Ground::new(&site), site.place("p02", &[]));
        ground.served(&ground.honest_visit())
    });
    report.ends();
}
