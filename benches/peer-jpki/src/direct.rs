//! Both clients hold the card itself; what a contactless link would take is worked out from what they exchange.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use jiff::civil::Date;
use jpki::ap::SurfaceAp;
use jpki::ap::surface::Pin;
use jpki::nfc::{HandleError, HandlerInCtx};
use uketsuke::adapters::card::virtual_card::{Fault, VirtualCard};
use uketsuke::people::Person;
use uketsuke::people::authority::TestAuthority;

use super::portrait_read::{ReadWay, portrait_read};
use super::{Failed, LINK, Row, face_part, rounds};

pub fn rows(person: &Person, today: Date) -> Result<Vec<Row>, Failed> {
    let ours = |name, way| {
        rounds(name, || {
            let cost = portrait_read(person, today, way, LINK)?;
            Ok(Row { name, apdus: cost.apdus, face_reads: cost.face_reads, bytes: cost.bytes, took: cost.took })
        })
    };
    Ok(vec![
        ours("uketsuke, extended length", ReadWay::OursExtended)?,
        ours("uketsuke, short APDUs only", ReadWay::OursShort)?,
        rounds("jpki 0.4.3, each answer asked for once", || read_with_jpki(person, today))?,
        ours("jpki/myna's access pattern (re-created)", ReadWay::MynaBlocks)?,
    ])
}

/// The card as jpki's transport. jpki first offers a buffer that is too small and asks again: the answer is kept for that, so
/// that no APDU goes out twice.
struct Transport(RefCell<Wire>);

struct Wire {
    card: VirtualCard,
    kept: Option<Vec<u8>>,
    over: Duration,
}

impl HandlerInCtx<()> for Transport {
    fn handle_in_ctx(&self, (): (), command: &[u8], response: &mut [u8]) -> Result<usize, HandleError> {
        let mut wire = self.0.borrow_mut();
        let answer = wire.kept.take().unwrap_or_else(|| {
            let answer = wire.card.apdu(command);
            let took = wire.card.delay(command.len() + answer.len());
            wire.over += took;
            answer
        });
        match response.get_mut(..answer.len()) {
            Some(place) => {
                place.copy_from_slice(&answer);
                Ok(answer.len())
            }
            None => {
                let needed = answer.len();
                wire.kept = Some(answer);
                Err(HandleError::NotEnoughBuffer(needed))
            }
        }
    }
}

/// The card stays in reach for the count after jpki has taken its transport.
struct Shared(Rc<Transport>);

impl HandlerInCtx<()> for Shared {
    fn handle_in_ctx(&self, (): (), command: &[u8], response: &mut [u8]) -> Result<usize, HandleError> {
        self.0.handle_in_ctx((), command, response)
    }
}

fn read_with_jpki(person: &Person, today: Date) -> Result<Row, Failed> {
    let card = VirtualCard::new(&TestAuthority::load()?, person, today, &[Fault::SlowLink(LINK)])?;
    let transport = Rc::new(Transport(RefCell::new(Wire { card, kept: None, over: Duration::ZERO })));
    let client = Rc::new(jpki::Card::new(Box::new(Shared(Rc::clone(&transport)))));
    let surface = SurfaceAp::open((), client).map_err(|error| format!("jpki: {error}"))?;
    let face =
        surface.read_surface((), Pin::B(person.code_b().into_bytes())).map_err(|error| format!("jpki: {error}"))?;
    if face.photo != person.portrait() {
        return Err("jpki: what came is not the portrait".into());
    }
    let wire = transport.0.borrow();
    let (apdus, face_reads, bytes) = face_part(wire.card.log().iter());
    Ok(Row { name: "", apdus, face_reads, bytes, took: wire.over })
}
