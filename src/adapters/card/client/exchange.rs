//! How the client talks: whole files in the fewest exchanges, answers in pieces, one repetition where a card needs it.

use std::time::Instant;

use zeroize::Zeroizing;

use super::super::apdu::{Command, Expected, Response, Status, ins};
use super::super::error::{CardError, Result, Step, garbled};
use super::super::files::Ef;
use super::super::tlv::TlvError;
use super::super::{Channel, ChannelError};
use super::Client;

impl<C: Channel> Client<C> {
    /// Reads a whole file of the selected application: one extended READ where reader and card allow it, else exact short
    /// blocks. `total` tells the file's length from its first bytes. `None` when there is no such file.
    pub(super) fn read_file(
        &mut self,
        step: Step,
        file: Ef,
        total: impl Fn(&[u8]) -> std::result::Result<usize, TlvError>,
    ) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let Some(mut content) = self.read_beginning(step, file)? else { return Ok(None) };
        let total = total(&content).map_err(|error| garbled(step, error.to_string()))?;
        // In full now, so that growing leaves no copy behind.
        let mut whole = Zeroizing::new(Vec::with_capacity(total.max(content.len())));
        whole.append(&mut content);
        // Files of more would need another offset form, which no file of this card does.
        while whole.len() < total {
            let offset = u16::try_from(whole.len()).ok().filter(|offset| *offset < 0x8000);
            let [high, low] = offset.ok_or_else(|| garbled(step, "the file is too long"))?.to_be_bytes();
            let largest = if self.extended { self.channel.largest_answer() } else { 256 };
            let count = u32::try_from(total - whole.len()).unwrap_or(u32::MAX).min(largest);
            let expected = if count > 256 {
                Expected::Extended(count)
            } else {
                Expected::Short(u16::try_from(count).unwrap_or(256))
            };
            let read = Command::bare(0x00, ins::READ_BINARY, high, low).expecting(expected);
            let response = self.exchange(&read)?;
            match response.status() {
                Status::Done | Status::EndOfFile if !response.data.is_empty() => {
                    whole.extend_from_slice(&response.data)
                }
                Status::Done | Status::EndOfFile | Status::OutsideFile => {
                    return Err(garbled(step, "the file ends before its content"));
                }
                _ => return Err(CardError::Refused { step, word: response.word }),
            }
        }
        whole.truncate(total);
        Ok(Some(whole))
    }

    /// The first piece of a file, as large as possible; the file becomes the current one.
    fn read_beginning(&mut self, step: Step, file: Ef) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let short_id = file.short().unwrap_or_default();
        if self.extended {
            match self.read_extended(step, short_id) {
                Err(CardError::Channel(ChannelError::Mute(_))) => {}
                Err(CardError::Refused { word, .. }) if Status::of(word) != Status::NotVerified => {}
                // A reset is what some readers make of it; the burst is over then.
                Err(reset @ CardError::Channel(ChannelError::CardReset)) => {
                    self.extended_failed = true;
                    return Err(reset);
                }
                other => return other,
            }
            (self.extended, self.extended_failed) = (false, true);
        }
        let read = Command::bare(0x00, ins::READ_BINARY, short_id, 0).expecting(Expected::Short(256));
        let response = self.exchange(&read)?;
        match response.status() {
            Status::Done | Status::EndOfFile => Ok(Some(response.data)),
            Status::NotFound => Ok(None),
            _ => Err(CardError::Refused { step, word: response.word }),
        }
    }

    fn read_extended(&mut self, step: Step, short_id: u8) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let read = Command::bare(0x00, ins::READ_BINARY, short_id, 0)
            .expecting(Expected::Extended(self.channel.largest_answer()));
        let response = self.exchange(&read)?;
        match response.status() {
            Status::Done | Status::EndOfFile => Ok(Some(response.data)),
            Status::NotFound => Ok(None),
            _ => Err(CardError::Refused { step, word: response.word }),
        }
    }

    /// One exchange without a secret: fetches what waits (61xx), asks again with the right length (6Cxx), and repeats
    /// once what a freshly powered card refuses without cause (6F00).
    pub(super) fn exchange(&mut self, command: &Command) -> Result<Response> {
        let mut response = self.transmit(command)?;
        if response.status() == Status::Unspecific {
            response = self.transmit(command)?;
        }
        if let Status::AskFor(count) = response.status() {
            let again = Command::bare(command.cla, command.ins, command.p1, command.p2)
                .with(&command.data)
                .expecting(Expected::Short(waiting(count)));
            response = self.transmit(&again)?;
        }
        let mut collected = Zeroizing::new(Vec::new());
        while let Status::More(count) = response.status() {
            let nothing_new = response.data.is_empty() && !collected.is_empty();
            if nothing_new || collected.len() > 0x1_0000 {
                return Err(garbled(Step::File, "it does not end"));
            }
            collected.extend_from_slice(&response.data);
            let get = Command::bare(0x00, ins::GET_RESPONSE, 0, 0).expecting(Expected::Short(waiting(count)));
            response = self.transmit(&get)?;
        }
        if !collected.is_empty() {
            collected.extend_from_slice(&response.data);
            response.data = collected;
        }
        Ok(response)
    }

    pub(super) fn transmit(&mut self, command: &Command) -> Result<Response> {
        if !self.budget.spend(Instant::now()) {
            return Err(garbled(Step::File, "it goes on without end"));
        }
        let bytes = self.channel.transmit(&command.encode())?;
        Response::decode(bytes).ok_or_else(|| garbled(Step::File, "it has no status word"))
    }
}

/// 61xx and 6Cxx write 256 as 00.
fn waiting(count: u8) -> u16 {
    if count == 0 { 256 } else { u16::from(count) }
}
