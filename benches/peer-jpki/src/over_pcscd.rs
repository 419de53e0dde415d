//! Both clients read through PC/SC, jpki with the PC/SC code that it ships; the card counts what reaches it.

use std::rc::Rc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jpki::ap::SurfaceAp;
use jpki::ap::surface::Pin;
use uketsuke::adapters::card::client::{Checked, Client};
use uketsuke::adapters::card::pcsc::with_named_card;
use uketsuke::adapters::card::virtual_card::{ATR_CONTACT, Exchange, Fault, VirtualCard};
use uketsuke::adapters::card::vpcd::{self, DEFAULT_PORT, LinkEvent, LinkStop, VpcdOptions};
use uketsuke::domain::secret::{CodeB, Secret};
use uketsuke::people::Person;
use uketsuke::people::authority::TestAuthority;

use super::{Failed, LINK, Row, face_part, rounds};

/// How long pcscd may take to show a card that joined.
const PATIENCE: Duration = Duration::from_secs(20);

/// An exchange and when the card had answered it.
type Counted = (Instant, Exchange);

/// When the first APDU went out, and the portrait; or why there is none.
type Read = Result<(Instant, Vec<u8>), Failed>;

pub fn rows(person: &Person, today: Date) -> Result<Vec<Row>, Failed> {
    let mut card = VirtualCard::new(&TestAuthority::load()?, person, today, &[Fault::SlowLink(LINK)])?;
    let (counter, counted) = channel();
    let stop = LinkStop::default();
    let options = VpcdOptions { host: "127.0.0.1".into(), port: DEFAULT_PORT, atr: ATR_CONTACT, once: false };
    std::thread::scope(|scope| {
        let card = scope.spawn(|| {
            vpcd::serve(&mut card, &options, &stop, |event| {
                if let LinkEvent::Exchanged(exchange) = event {
                    // Nobody counts any more once the rows are complete.
                    let _ = counter.send((Instant::now(), exchange.clone()));
                }
            })
        });
        let rows = wait_for_card().and_then(|()| read_all(person, &counted));
        stop.stop();
        match card.join() {
            Ok(served) => served.map(|_| ())?,
            Err(_) => return Err("the card broke off".into()),
        }
        rows
    })
}

/// Asks until PC/SC connects to the card.
fn wait_for_card() -> Result<(), Failed> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match with_named_card(None, |_| ((), true)) {
            Ok(_) => return Ok(()),
            Err(error) if Instant::now() >= deadline => {
                return Err(format!("the card cannot be reached: {error}").into());
            }
            Err(_) => std::thread::sleep(Duration::from_millis(50)),
        }
    }
}

fn read_all(person: &Person, counted: &Receiver<Counted>) -> Result<Vec<Row>, Failed> {
    let count = |name, read: &dyn Fn(&Person) -> Read| {
        rounds(name, || {
            counted.try_iter().for_each(drop);
            let (start, portrait) = read(person)?;
            if portrait != person.portrait() {
                return Err(format!("{name}: what came is not the portrait").into());
            }
            let exchanges: Vec<Counted> = counted.try_iter().collect();
            let (apdus, face_reads, bytes) = face_part(exchanges.iter().map(|(_, exchange)| exchange));
            let last = apdus.checked_sub(1).and_then(|last| exchanges.get(last)).map(|(at, _)| *at);
            let took = last.map(|at| at.saturating_duration_since(start)).ok_or("the card counted nothing")?;
            Ok(Row { name, apdus, face_reads, bytes, took })
        })
    };
    Ok(vec![
        count("uketsuke, extended length", &|person| read_with_uketsuke(person, false))?,
        count("uketsuke, short APDUs only", &|person| read_with_uketsuke(person, true))?,
        count("jpki 0.4.3 with its own PC/SC transport", &read_with_jpki)?,
    ])
}

/// From the first APDU on: connecting is not counted, for neither client.
fn read_with_uketsuke(person: &Person, short_only: bool) -> Read {
    let code = <[u8; 14]>::try_from(person.code_b().as_bytes())?;
    let code: CodeB = Secret::new(code);
    let (_, (start, opened)) = with_named_card(None, |channel| {
        let client = Client::new(channel);
        let mut client = if short_only { client.short_only() } else { client };
        let start = Instant::now();
        ((start, client.open_card_face(&code)), true)
    })?;
    match opened? {
        Checked::Right((_, Some(portrait))) => Ok((start, portrait.expose().to_vec())),
        Checked::Right((_, None)) => Err("uketsuke: the card has no portrait".into()),
        Checked::Wrong(_) => Err("uketsuke: the card refused code B".into()),
    }
}

fn read_with_jpki(person: &Person) -> Read {
    let context = jpki::pcsc::Context::try_new()?;
    let card = context.open()?.connect(context)?;
    let client = Rc::new(jpki::Card::new(Box::new(card)));
    let start = Instant::now();
    let surface = SurfaceAp::open((), client).map_err(|error| format!("jpki: {error}"))?;
    let face =
        surface.read_surface((), Pin::B(person.code_b().into_bytes())).map_err(|error| format!("jpki: {error}"))?;
    Ok((start, face.photo))
}
