//! The log of exchanges: what was asked and how it was answered, never what a secret or a file holds.

use std::collections::VecDeque;
use std::fmt;

use super::super::apdu::{Command, Expected, ins};

/// Exchanges kept per card; older ones are dropped.
const KEPT: usize = 4096;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// CLA, INS, P1, P2.
    pub header: [u8; 4],
    /// Bytes of command data.
    pub sent: usize,
    /// The command data, unless they may be a secret.
    pub data: Option<Vec<u8>>,
    /// What was asked for, 0 for nothing.
    pub asked: u32,
    /// Bytes of response data.
    pub received: usize,
    /// Status word; `None` when the card left instead of answering.
    pub word: Option<u16>,
}

impl Exchange {
    pub(super) fn new(command: &Command, response: &[u8]) -> Self {
        // Only what selects or signs is kept: data of VERIFY and of every change of a secret are secrets.
        let open = matches!(command.ins, ins::SELECT | ins::SIGN);
        Self {
            header: [command.cla, command.ins, command.p1, command.p2],
            sent: command.data.len(),
            data: open.then(|| command.data.to_vec()),
            asked: match command.expected {
                Expected::Nothing => 0,
                Expected::Short(count) => u32::from(count),
                Expected::Extended(count) => count,
            },
            received: response.len().saturating_sub(2),
            word: response.last_chunk::<2>().map(|word| u16::from_be_bytes(*word)),
        }
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [cla, ins, p1, p2] = self.header;
        write!(f, "> {cla:02X} {ins:02X} {p1:02X} {p2:02X}")?;
        match &self.data {
            Some(data) if !data.is_empty() => {
                write!(f, " [")?;
                data.iter().try_for_each(|byte| write!(f, "{byte:02X}"))?;
                write!(f, "]")?;
            }
            None if self.sent > 0 => write!(f, " [{} bytes masked]", self.sent)?,
            _ => {}
        }
        if self.asked > 0 {
            write!(f, " le={}", self.asked)?;
        }
        match self.word {
            Some(word) => write!(f, " < {} bytes {word:04X}", self.received),
            None => write!(f, " < card gone"),
        }
    }
}

/// The latest exchanges of a card.
#[derive(Debug, Clone, Default)]
pub struct ApduLog(VecDeque<Exchange>);

impl ApduLog {
    pub(super) fn push(&mut self, exchange: Exchange) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(exchange);
    }

    /// Oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Exchange> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was exchanged.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets them.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_masked_and_a_name_is_not() {
        let verify = Command::bare(0, ins::VERIFY, 0, 0x80).with(b"1234");
        assert_eq!(Exchange::new(&verify, &[0x90, 0]).to_string(), "> 00 20 00 80 [4 bytes masked] < 0 bytes 9000");
        let change = Command::bare(0, ins::CHANGE, 1, 0x80).with(b"1234");
        assert!(!format!("{:?}", Exchange::new(&change, &[0x90, 0])).contains("49"));
        let select = Command::bare(0, ins::SELECT, 2, 0x0C).with(&[0, 0x18]);
        assert_eq!(Exchange::new(&select, &[0x90, 0]).to_string(), "> 00 A4 02 0C [0018] < 0 bytes 9000");
        assert_eq!(Exchange::new(&select, &[]).to_string(), "> 00 A4 02 0C [0018] < card gone");
    }
}
