//! APDU traffic as text, to see afterwards what a card and the client said to each other, and to say it again in a test.
//!
//! A line is a command (`>`) or an answer (`<`) in hexadecimal; `[n secret]` stands for so many bytes of a secret, which are
//! never written. Beside cards of the test authority nothing else that a card gives after a secret opened it is written
//! either, nor a certificate or a signature: `[n personal]` stands for it. Such a recording shows the course and cannot be
//! replayed.

use std::collections::VecDeque;

use data_encoding::HEXUPPER_PERMISSIVE as HEX;
use uketsuke::adapters::card::{Channel, ChannelError, files};
use zeroize::Zeroizing;

/// Why a text is no recording.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct RecordingError {
    line: usize,
    why: &'static str,
}

/// What was sent, as far as it may be known.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sent {
    /// The bytes; those of a secret are missing.
    bytes: Vec<u8>,
    /// How many bytes of a secret followed.
    secret: usize,
}

impl Sent {
    fn of(command: &[u8]) -> Self {
        let secret = secret_of(command);
        let open = command.len() - secret;
        Self { bytes: command.get(..open).unwrap_or_default().to_vec(), secret }
    }
}

/// How many bytes at the end of this command are a secret: the data of VERIFY and of what changes a secret.
fn secret_of(command: &[u8]) -> usize {
    match command {
        [_, 0x20 | 0x24 | 0x32, _, _, _, data @ ..] => data.len(),
        _ => 0,
    }
}

/// One exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Turn {
    sent: Sent,
    /// `None` when the card left instead of answering.
    answer: Option<Vec<u8>>,
}

/// A recorded course that answers as the card did, as long as it is asked the same.
pub struct Replay {
    turns: VecDeque<Turn>,
    extended: bool,
}

impl Replay {
    /// Reads a recording; a first line `short` says that the reader passed short APDUs only.
    ///
    /// # Errors
    /// The first line that is none of a recording.
    pub fn parse(text: &str) -> Result<Self, RecordingError> {
        let (mut turns, mut extended) = (VecDeque::new(), true);
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
        while let Some((at, line)) = lines.next() {
            let wrong = |why| RecordingError { line: at + 1, why };
            if line == "short" {
                extended = false;
                continue;
            }
            let sent = line.strip_prefix("> ").and_then(sent).ok_or_else(|| wrong("no command"))?;
            let (_, answer) = lines.next().ok_or_else(|| wrong("no answer follows"))?;
            let answer = match answer {
                "< gone" => None,
                answer => Some(answer.strip_prefix("< ").and_then(bytes).ok_or_else(|| wrong("no answer follows"))?),
            };
            turns.push_back(Turn { sent, answer });
        }
        Ok(Self { turns, extended })
    }

    /// How many exchanges were not asked for.
    pub fn left(&self) -> usize {
        self.turns.len()
    }
}

fn sent(text: &str) -> Option<Sent> {
    let (open, secret) = text.split_once(" [").map_or((text, None), |(open, secret)| (open, Some(secret)));
    let secret = match secret {
        Some(count) => count.strip_suffix(" secret]")?.parse().ok()?,
        None => 0,
    };
    Some(Sent { bytes: bytes(open)?, secret })
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    HEX.decode(digits.as_bytes()).ok()
}

impl Channel for Replay {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        let turn = self.turns.pop_front().ok_or(ChannelError::CardGone)?;
        let asked = Sent::of(command);
        if asked != turn.sent {
            return Err(ChannelError::Mute(format!("the recording has another command here: {}", line_of(&turn.sent))));
        }
        turn.answer.map(Zeroizing::new).ok_or(ChannelError::CardGone)
    }

    fn extended_length(&self) -> bool {
        self.extended
    }
}

fn line_of(sent: &Sent) -> String {
    match sent.secret {
        0 => HEX.encode(&sent.bytes),
        secret => format!("{} [{secret} secret]", HEX.encode(&sent.bytes)),
    }
}

/// What is left out of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Secrets alone: for cards of the test authority, where nothing is anybody's.
    Secrets,
    /// Secrets and everything personal.
    Personal,
}

/// Writes down what passes through a channel.
pub struct Recorder<C> {
    inner: C,
    cut: Cut,
    text: String,
}

impl<C: Channel> Recorder<C> {
    /// Over that channel.
    pub fn new(inner: C, cut: Cut) -> Self {
        let text = if inner.extended_length() { String::new() } else { "short\n".to_owned() };
        Self { inner, cut, text }
    }

    /// What was written so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn answer(&self, command: &[u8], answer: &[u8]) -> String {
        let data = answer.len().saturating_sub(2);
        // The label is the same on every card of its kind; all else that a card gives may name its owner.
        let label = [0x00, 0xB0, files::JPKI_TOKEN.short().unwrap_or_default()];
        if data == 0 || self.cut == Cut::Secrets || command.starts_with(&label) {
            return HEX.encode(answer);
        }
        format!("[{data} personal] {}", HEX.encode(answer.get(data..).unwrap_or_default()))
    }
}

impl<C: Channel> Channel for Recorder<C> {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        let answer = self.inner.transmit(command);
        let said = match &answer {
            Ok(answer) => self.answer(command, answer),
            Err(ChannelError::CardGone) => "gone".to_owned(),
            Err(error) => format!("# {error}"),
        };
        self.text += &format!("> {}\n< {said}\n", line_of(&Sent::of(command)));
        answer
    }

    fn extended_length(&self) -> bool {
        self.inner.extended_length()
    }

    fn largest_answer(&self) -> u32 {
        self.inner.largest_answer()
    }
}

mod tests {
    use super::*;

    #[test]
    fn a_secret_is_counted_and_not_written() {
        let verify = [&[0x00, 0x20, 0x00, 0x80, 0x04][..], b"1234"].concat();
        assert_eq!(line_of(&Sent::of(&verify)), "0020008004 [4 secret]");
        assert_eq!(line_of(&Sent::of(&[0x00, 0x20, 0x00, 0x80])), "00200080");
        assert_eq!(line_of(&Sent::of(&[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x18])), "00A4020C020018");
    }

    #[test]
    fn a_recording_answers_what_it_was_asked_and_nothing_else() {
        let text = "# a card\nshort\n> 00B0860020\n< 41429000\n> 0020008004 [4 secret]\n< 63C2\n> 00B0000000\n< gone\n";
        let mut replay = Replay::parse(text).unwrap();
        assert!(!replay.extended_length());
        assert_eq!(*replay.transmit(&[0x00, 0xB0, 0x86, 0x00, 0x20]).unwrap(), [0x41, 0x42, 0x90, 0x00]);
        let verify = [&[0x00, 0x20, 0x00, 0x80, 0x04][..], b"9999"].concat();
        assert_eq!(*replay.transmit(&verify).unwrap(), [0x63, 0xC2]);
        assert_eq!(replay.left(), 1);
        assert_eq!(replay.transmit(&[0x00, 0xB0, 0, 0, 0]).unwrap_err(), ChannelError::CardGone);
        let mut replay = Replay::parse(text).unwrap();
        assert!(
            matches!(replay.transmit(&[0x00, 0xB0, 0, 0, 0]), Err(ChannelError::Mute(why)) if why.contains("00B0860020"))
        );
    }

    #[test]
    fn what_is_no_recording_is_refused_with_its_line() {
        for (text, line) in [("noise", 1), ("> 00A4\n", 1), ("> 00A4\n> 00A4\n", 1), ("# c\n> 0\n< 9000", 2)] {
            assert_eq!(Replay::parse(text).err().map(|error| error.line), Some(line), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text: String) {
            drop(Replay::parse(&text));
        }
    }
}
