//! How much a portrait read costs, counted on the virtual card: our way beside the way public clients read. The tests and
//! `benches/peer-jpki` count with it.
#![allow(dead_code, reason = "each program uses its part")]

use std::time::Duration;

use jiff::civil::Date;
use zeroize::Zeroizing;

use uketsuke::adapters::card::apdu::{Command, Expected, Response, Status, ins};
use uketsuke::adapters::card::client::{Checked, Client};
use uketsuke::adapters::card::virtual_card::{Fault, Link, VirtualCard};
use uketsuke::adapters::card::{CardError, Channel, ChannelError, Step, files, tlv};
use uketsuke::domain::secret::CodeB;
use uketsuke::people::Person;
use uketsuke::people::authority::TestAuthority;

/// How the card face is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadWay {
    /// This client, reader with extended length.
    OursExtended,
    /// This client, reader with short APDUs only.
    OursShort,
    /// As jpki/myna reads a file: a header of 7 bytes, then blocks of 256, after an explicit SELECT.
    MynaBlocks,
}

/// What one portrait read took, from SELECT of the application to the last byte of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadCost {
    /// Exchanges, those for code B included.
    pub apdus: usize,
    /// Exchanges that read the card face file alone.
    pub face_reads: usize,
    /// Bytes that they brought.
    pub bytes: usize,
    /// What the link takes for them, by its own figures.
    pub took: Duration,
}

struct Wire {
    card: VirtualCard,
    extended: bool,
    /// When each exchange was over on the link.
    over: Vec<Duration>,
}

impl Channel for Wire {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        let response = Zeroizing::new(self.card.apdu(command));
        let before = self.over.last().copied().unwrap_or_default();
        self.over.push(before + self.card.delay(command.len() + response.len()));
        Ok(response)
    }

    fn extended_length(&self) -> bool {
        self.extended
    }
}

/// Reads that person's card face once over that link. The issuer's certificate, which
/// our client reads next and others do not, is not counted.
///
/// # Errors
/// When the virtual card cannot be made or read.
pub fn portrait_read(
    person: &Person,
    today: Date,
    way: ReadWay,
    link: Link,
) -> Result<ReadCost, Box<dyn std::error::Error>> {
    let card = VirtualCard::new(&TestAuthority::load()?, person, today, &[Fault::SlowLink(link)])?;
    let extended = way == ReadWay::OursExtended;
    let mut wire = Wire { card, extended, over: Vec::new() };
    let mut code = [0; 14];
    code.iter_mut().zip(person.code_b().bytes()).for_each(|(place, digit)| *place = digit);
    match way {
        ReadWay::MynaBlocks => read_in_blocks(&mut wire, &code)?,
        ReadWay::OursExtended | ReadWay::OursShort => match Client::new(&mut wire).open_card_face(&CodeB::new(code))? {
            Checked::Right(_) => {}
            Checked::Wrong(_) => return Err("the virtual card refused code B".into()),
        },
    }
    let issuer = [0x00, ins::READ_BINARY, files::VISUAL_ISSUER.short().unwrap_or_default(), 0];
    let face: Vec<_> = wire.card.log().iter().take_while(|exchange| exchange.header != issuer).collect();
    let reads = || face.iter().filter(|exchange| exchange.header[1] == ins::READ_BINARY);
    Ok(ReadCost {
        apdus: face.len(),
        face_reads: reads().count(),
        bytes: reads().map(|exchange| exchange.received).sum(),
        took: face.len().checked_sub(1).and_then(|last| wire.over.get(last).copied()).unwrap_or_default(),
    })
}

/// SELECT application, SELECT code B, VERIFY, SELECT file, READ 7, READ 256 …
fn read_in_blocks(wire: &mut Wire, code: &[u8; 14]) -> Result<(), CardError> {
    let mut send = |command: Command| -> Result<Response, CardError> {
        let bytes = wire.transmit(&command.encode())?;
        let response = Response::decode(bytes)
            .ok_or_else(|| CardError::Garbled { step: Step::File, why: "it has no status word".into() })?;
        match response.status() {
            Status::Done => Ok(response),
            _ => Err(CardError::Refused { step: Step::File, word: response.word }),
        }
    };
    send(Command::bare(0x00, ins::SELECT, 0x04, 0x0C).with(&files::VISUAL))?;
    send(Command::bare(0x00, ins::SELECT, 0x02, 0x0C).with(&files::VISUAL_CODE_B.0.to_be_bytes()))?;
    send(Command::bare(0x00, ins::VERIFY, 0x00, 0x80).with(code))?;
    send(Command::bare(0x00, ins::SELECT, 0x02, 0x0C).with(&files::VISUAL_FACE.0.to_be_bytes()))?;
    let read = |offset: usize, count: u16| {
        let [high, low] = (offset as u16).to_be_bytes();
        Command::bare(0x00, ins::READ_BINARY, high, low).expecting(Expected::Short(count))
    };
    let header = send(read(0, 7))?;
    let garbled = |error: tlv::TlvError| CardError::Garbled { step: Step::CardFace, why: error.to_string() };
    let total = tlv::file_length(&header.data, files::TAG_FACE).map_err(garbled)?;
    let mut got = header.data.len();
    while got < total {
        got += send(read(got, (total - got).min(256) as u16))?.data.len();
    }
    Ok(())
}
