//! A My Number Card in software: a state machine that answers APDUs the way the public cards were seen to answer.
//!
//! Its people and its authority are the synthetic ones, so nothing it says is worth anything outside demo, training and
//! tests. It holds a 12-digit place holder for foreign clients, with a wrong check digit. Its user-authentication key signs after
//! the PIN, or after a terminal of the test authority proved itself, which is simulated: see `institution`.

mod content;
mod fault;
mod institution;
mod log;
mod reader;
mod security;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::people::authority::TestAuthority;
use crate::people::{PeopleError, Person};

use super::apdu::{Command, Expected, ins};
use super::files::{self, Aid, Ef};
use content::{CARD_KEY, Content, Node};
use institution::Terminal;

pub use fault::{Fault, Link, UnknownFault};
pub use log::{ApduLog, Exchange};
pub use reader::{Keys, VirtualReader};

/// ATR of a card in a contact reader.
pub const ATR_CONTACT: &[u8] = &[0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14];
/// ATR that a contactless reader makes for a type B card.
pub const ATR_CONTACTLESS: &[u8] = &[0x3B, 0x88, 0x80, 0x01, 0x00, 0x00, 0x41, 0xE0, 0xB3, 0x81, 0xA1, 0x00, 0x3B];

/// Largest response data of one short READ over a channel that wants GET RESPONSE.
const GET_RESPONSE_PIECE: usize = 256;

/// Where sources disagree, so that a client can be shown to be safe either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switches {
    /// Selecting an application forgets what was verified in it.
    pub select_logs_out: bool,
    /// A warm reset forgets what was verified. (Measured on public cards: it does not.)
    pub reset_logs_out: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self { select_logs_out: true, reset_logs_out: false }
    }
}

/// One card. Its retry counters live as long as it does.
pub struct VirtualCard {
    content: Content,
    data_objects: BTreeMap<u16, Vec<u8>>,
    contact_atr: Vec<u8>,
    faults: Vec<Fault>,
    switches: Switches,
    application: Option<Aid>,
    file: Option<Ef>,
    verified: BTreeSet<(Aid, Ef)>,
    fresh: bool,
    gone: bool,
    /// Commands since it was put on.
    commands: u32,
    challenge: Option<Vec<u8>>,
    terminal: Terminal,
    pending: Zeroizing<Vec<u8>>,
    log: ApduLog,
}

impl VirtualCard {
    /// A person's card with certificates of that day and these faults.
    ///
    /// # Errors
    /// When the compiled-in keys do not work.
    pub fn new(authority: &TestAuthority, person: &Person, today: Date, faults: &[Fault]) -> Result<Self, PeopleError> {
        Ok(Self {
            content: content::build(authority, person, today, faults)?,
            data_objects: content::data_objects(authority, person, faults)?,
            contact_atr: ATR_CONTACT.get(1..).unwrap_or_default().to_vec(),
            faults: faults.to_vec(),
            switches: Switches::default(),
            application: None,
            file: None,
            verified: BTreeSet::new(),
            fresh: true,
            gone: false,
            commands: 0,
            challenge: None,
            terminal: Terminal::default(),
            pending: Zeroizing::new(Vec::new()),
            log: ApduLog::default(),
        })
    }

    /// The same card under the other reading of the sources.
    pub fn with_switches(mut self, switches: Switches) -> Self {
        self.switches = switches;
        self
    }

    /// Gives power: nothing is selected, nothing verified.
    pub fn power_on(&mut self) {
        self.power_off();
        self.fresh = true;
    }

    /// Takes power away: forgets everything but the counters.
    pub fn power_off(&mut self) {
        self.deselect();
        self.verified.clear();
    }

    /// Warm reset.
    pub fn reset(&mut self) {
        self.deselect();
        if self.switches.reset_logs_out {
            self.verified.clear();
        }
    }

    fn deselect(&mut self) {
        self.application = None;
        self.file = None;
        self.challenge = None;
        self.terminal = Terminal::default();
        self.pending.clear();
    }

    /// The card lies on the reader again after it was pulled.
    pub fn put_back(&mut self) {
        self.gone = false;
        self.commands = 0;
    }

    /// Whether the card left while it was being read.
    pub fn is_gone(&self) -> bool {
        self.gone
    }

    /// How long an exchange of so many bytes takes on this card's link.
    pub fn delay(&self, bytes: usize) -> Duration {
        let slow = |fault: &Fault| if let Fault::SlowLink(link) = fault { Some(link.takes(bytes)) } else { None };
        self.faults.iter().find_map(slow).unwrap_or_default()
    }

    /// What was asked so far, without secrets.
    pub fn log(&self) -> &ApduLog {
        &self.log
    }

    /// Forgets what was asked so far.
    pub fn clear_log(&mut self) {
        self.log.clear();
    }

    /// Whether a secret has been verified since power-on and not been forgotten.
    pub fn is_open(&self) -> bool {
        !self.verified.is_empty()
    }

    /// Answers one command APDU. An empty answer means that the card is gone.
    pub fn apdu(&mut self, bytes: &[u8]) -> Vec<u8> {
        let Ok(command) = Command::decode(bytes) else { return word(0x6700) };
        let response = self.answer(&command);
        self.log.push(Exchange::new(&command, &response));
        response
    }

    fn answer(&mut self, command: &Command) -> Vec<u8> {
        if self.gone || self.has(Fault::Mute) {
            return Vec::new();
        }
        self.commands = self.commands.saturating_add(1);
        if self.has(Fault::PulledAfter(self.commands)) {
            self.gone = true;
            return Vec::new();
        }
        let first = std::mem::take(&mut self.fresh);
        if first && self.has(Fault::First6F00) {
            return word(0x6F00);
        }
        let response = self.dispatch(command).unwrap_or_else(word);
        if self.gone { Vec::new() } else { self.in_pieces(command, response) }
    }

    fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }

    /// Over T=0 a response waits for GET RESPONSE.
    fn in_pieces(&mut self, command: &Command, response: Vec<u8>) -> Vec<u8> {
        if !self.has(Fault::GetResponse) || response.len() <= 2 || command.ins == ins::GET_RESPONSE {
            return response;
        }
        let length = response.len() - 2;
        self.pending = Zeroizing::new(response);
        self.pending.truncate(length);
        self.announce()
    }

    fn announce(&self) -> Vec<u8> {
        match self.pending.len() {
            0 => word(0x9000),
            waiting => word(0x6100 | waiting.min(GET_RESPONSE_PIECE) as u16 & 0xFF),
        }
    }

    fn dispatch(&mut self, command: &Command) -> Result<Vec<u8>, u16> {
        let pair = (command.cla, command.ins);
        match pair {
            (0x00, ins::SELECT) => self.select(command),
            (0x00, ins::READ_BINARY) => self.read_binary(command),
            (0x00, ins::READ_RECORD) => self.read_record(command),
            (0x00, ins::VERIFY) => self.verify(command),
            (0x00, ins::CHANGE) if command.p1 == 0x01 => self.change(command),
            (0x80, 0x32) => self.change(command),
            (0x80, ins::SIGN) => self.sign(command),
            (0x00, ins::INTERNAL_AUTHENTICATE) => self.internal_authenticate(command),
            (0x00, ins::GET_CHALLENGE) => self.give_challenge(command),
            (0x00, ins::GET_DATA) => self.get_data(command),
            (0x80, ins::SET_PUBLIC_KEY) => self.take_terminal_certificate(command),
            (0x00, ins::EXTERNAL_AUTHENTICATE) => self.authenticate_terminal(command),
            (0x80, ins::SET_SESSION_KEY) => self.refuse_session(),
            (0x00, ins::GET_RESPONSE) => Ok(self.get_response(command)),
            // The mark that an iPhone knows and a plastic card does not.
            (0x80, 0xFC) if self.has(Fault::IPhone) => Ok(word(0x9000)),
            (0x80, 0xFC) => Err(0x6700),
            // Secure messaging without a session.
            (0x08 | 0x0C, _) if self.application.is_some() => Err(0x69FC),
            (0x00 | 0x80, _) => Err(0x6D00),
            _ => Err(0x6E00),
        }
    }

    fn get_response(&mut self, command: &Command) -> Vec<u8> {
        let asked = asked(command).unwrap_or(GET_RESPONSE_PIECE).min(self.pending.len());
        let rest = Zeroizing::new(self.pending.split_off(asked));
        let mut piece = std::mem::replace(&mut self.pending, rest).to_vec();
        piece.extend(self.announce());
        piece
    }

    fn select(&mut self, command: &Command) -> Result<Vec<u8>, u16> {
        match (command.p1, command.data.as_slice()) {
            (0x00, []) if self.application.is_none() => Err(0x6A86),
            (0x00, []) => Ok(word(0x9000)),
            (0x04, name) if name == files::ISSUER_DOMAIN && !self.data_objects.is_empty() => {
                self.application = None;
                self.file = None;
                Ok(word(0x9000))
            }
            (0x04, name) => {
                let aid = self.content.keys().copied().find(|aid| aid == name).ok_or(0x6A82_u16)?;
                if self.switches.select_logs_out {
                    self.verified.retain(|(application, _)| *application != aid);
                }
                self.application = Some(aid);
                self.file = None;
                Ok(word(0x9000))
            }
            (0x02, &[high, low]) => {
                let file = Ef(u16::from_be_bytes([high, low]));
                self.node(file).filter(|_| file != CARD_KEY).ok_or(0x6A82_u16)?;
                self.file = Some(file);
                Ok(word(0x9000))
            }
            (0x00 | 0x02, _) => Err(0x6A82),
            _ => Err(0x6A86),
        }
    }

    /// Data objects lie beside the applications, the contact ATR everywhere. What does not fit into a short answer is given to
    /// an extended command only.
    fn get_data(&self, command: &Command) -> Result<Vec<u8>, u16> {
        let tag = u16::from_be_bytes([command.p1, command.p2]);
        let object = match tag {
            0x5F51 if !self.data_objects.is_empty() => &self.contact_atr,
            _ => self.data_objects.get(&tag).filter(|_| self.application.is_none()).ok_or(0x6A88_u16)?,
        };
        let asked = asked(command).ok_or(0x6700_u16)?;
        if object.len() > asked {
            return Err(0x6700);
        }
        Ok([object, &[0x90, 0x00][..]].concat())
    }

    fn node(&self, file: Ef) -> Option<&Node> {
        self.content.get(&self.application?)?.get(&file)
    }

    fn opened(&self, by: &[Ef]) -> Result<(), u16> {
        let application = self.application.ok_or(0x6986_u16)?;
        let open = by.is_empty() || by.iter().any(|secret| self.verified.contains(&(application, *secret)));
        if open { Ok(()) } else { Err(0x6982) }
    }

    fn read_binary(&mut self, command: &Command) -> Result<Vec<u8>, u16> {
        if self.has(Fault::ShortOnly) && matches!(command.expected, Expected::Extended(_)) {
            return Err(0x6700);
        }
        let (file, offset) = if command.p1 & 0x80 != 0 {
            (Ef(u16::from(command.p1 & 0x1F)), usize::from(command.p2))
        } else {
            (self.file.ok_or(0x6986_u16)?, usize::from(u16::from_be_bytes([command.p1, command.p2])))
        };
        let (content, by) = match self.node(file).ok_or(0x6A82_u16)? {
            Node::Binary { content, opened_by } => (content, *opened_by),
            _ => return Err(0x6981),
        };
        self.opened(by)?;
        let rest = content.get(offset..).ok_or(0x6B00_u16)?;
        let asked = asked(command).ok_or(0x6700_u16)?;
        let piece = rest.get(..asked.min(rest.len())).unwrap_or_default();
        let response = [piece, &[0x90, 0x00]].concat();
        // Half a card face is enough to show that it was being read.
        let pulled = file == files::VISUAL_FACE && offset + piece.len() > content.len() / 2;
        self.gone = self.has(Fault::PulledMidRead) && self.application == Some(files::VISUAL) && pulled;
        self.file = Some(file);
        Ok(response)
    }

    fn read_record(&mut self, command: &Command) -> Result<Vec<u8>, u16> {
        let file = match command.p2 >> 3 {
            0 => self.file.ok_or(0x6986_u16)?,
            short => Ef(u16::from(short)),
        };
        match self.node(file).ok_or(0x6A82_u16)? {
            Node::Record { content } if command.p1 == 1 && command.p2 & 0x07 == 0x04 => {
                Ok([content, &[0x90, 0x00][..]].concat())
            }
            Node::Record { .. } => Err(0x6A83),
            _ => Err(0x6981),
        }
    }
}

fn word(status: u16) -> Vec<u8> {
    status.to_be_bytes().to_vec()
}

fn asked(command: &Command) -> Option<usize> {
    match command.expected {
        Expected::Nothing => None,
        Expected::Short(count) => Some(usize::from(count)),
        Expected::Extended(count) => usize::try_from(count).ok(),
    }
}

#[cfg(test)]
mod tests;
