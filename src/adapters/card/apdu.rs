//! Command and response APDUs, short and extended (ISO/IEC 7816-4).

use zeroize::Zeroizing;

/// How many response bytes a command asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// None.
    Nothing,
    /// 1 to 256 bytes in the short form.
    Short(u16),
    /// 1 to 65536 bytes in the extended form.
    Extended(u32),
}

/// One command. Its data may be a secret, so they are wiped on drop and it has no `Debug`.
pub struct Command {
    /// Class byte.
    pub cla: u8,
    /// Instruction.
    pub ins: u8,
    /// First parameter.
    pub p1: u8,
    /// Second parameter.
    pub p2: u8,
    /// Command data, up to 65535 bytes.
    pub data: Zeroizing<Vec<u8>>,
    /// What is asked for.
    pub expected: Expected,
}

/// Instructions that the card knows.
pub mod ins {
    pub const VERIFY: u8 = 0x20;
    /// CHANGE REFERENCE DATA.
    pub const CHANGE: u8 = 0x24;
    /// PERFORM SECURITY OPERATION: compute a digital signature.
    pub const SIGN: u8 = 0x2A;
    pub const EXTERNAL_AUTHENTICATE: u8 = 0x82;
    /// The card takes a terminal's certificate (class 80).
    pub const SET_PUBLIC_KEY: u8 = 0xA2;
    /// Opens secure messaging (class 80).
    pub const SET_SESSION_KEY: u8 = 0xAE;
    pub const GET_DATA: u8 = 0xCA;
    pub const GET_CHALLENGE: u8 = 0x84;
    pub const INTERNAL_AUTHENTICATE: u8 = 0x88;
    pub const SELECT: u8 = 0xA4;
    pub const READ_BINARY: u8 = 0xB0;
    pub const READ_RECORD: u8 = 0xB2;
    pub const GET_RESPONSE: u8 = 0xC0;
}

/// Why bytes are no command APDU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the lengths in the command APDU do not fit")]
pub struct BadLength;

impl Command {
    /// A command without data and answer.
    pub fn bare(cla: u8, ins: u8, p1: u8, p2: u8) -> Self {
        Self { cla, ins, p1, p2, data: Zeroizing::new(Vec::new()), expected: Expected::Nothing }
    }

    /// The same with data.
    pub fn with(mut self, data: &[u8]) -> Self {
        self.data = Zeroizing::new(data.to_vec());
        self
    }

    /// The same with an answer.
    pub fn expecting(mut self, expected: Expected) -> Self {
        self.expected = expected;
        self
    }

    /// The bytes on the wire; extended when data or answer need it.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        // Reserved in full, so that a growing vector leaves no copy of a secret behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(self.data.len() + 9));
        bytes.extend([self.cla, self.ins, self.p1, self.p2]);
        let extended = self.data.len() > 255 || matches!(self.expected, Expected::Extended(_));
        if extended {
            bytes.push(0);
        }
        if !self.data.is_empty() {
            if extended {
                bytes.push((self.data.len() >> 8) as u8);
            }
            bytes.push(self.data.len() as u8);
            bytes.extend_from_slice(&self.data);
        }
        match self.expected {
            Expected::Nothing => {}
            Expected::Short(count) if !extended => bytes.push(count as u8),
            Expected::Short(count) => bytes.extend(count.to_be_bytes()),
            Expected::Extended(count) => bytes.extend((count as u16).to_be_bytes()),
        }
        bytes
    }

    /// Reads a command as a card does.
    ///
    /// # Errors
    /// When the bytes follow none of the seven forms.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadLength> {
        let (&[cla, ins, p1, p2], body) = bytes.split_first_chunk::<4>().ok_or(BadLength)?;
        let (data, expected) = match body {
            [] => (&[][..], Expected::Nothing),
            [le] => (&[][..], short(*le)),
            [0, rest @ ..] if rest.len() >= 2 => extended_body(rest)?,
            [lc, rest @ ..] => {
                let (data, le) = rest.split_at_checked(usize::from(*lc)).ok_or(BadLength)?;
                match le {
                    [] if *lc > 0 => (data, Expected::Nothing),
                    [le] if *lc > 0 => (data, short(*le)),
                    _ => return Err(BadLength),
                }
            }
        };
        Ok(Self { cla, ins, p1, p2, data: Zeroizing::new(data.to_vec()), expected })
    }
}

fn short(le: u8) -> Expected {
    Expected::Short(if le == 0 { 256 } else { u16::from(le) })
}

fn extended(le: [u8; 2]) -> Expected {
    let count = u32::from(u16::from_be_bytes(le));
    Expected::Extended(if count == 0 { 65_536 } else { count })
}

fn extended_body(rest: &[u8]) -> Result<(&[u8], Expected), BadLength> {
    let (&length, rest) = rest.split_first_chunk::<2>().ok_or(BadLength)?;
    if rest.is_empty() {
        return Ok((&[], extended(length)));
    }
    let (data, le) = rest.split_at_checked(usize::from(u16::from_be_bytes(length))).ok_or(BadLength)?;
    match le {
        [] => Ok((data, Expected::Nothing)),
        [high, low] => Ok((data, extended([*high, *low]))),
        _ => Err(BadLength),
    }
}

/// What the two status bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 9000.
    Done,
    /// 61xx: so many more bytes wait (0 stands for 256).
    More(u8),
    /// 6282: the file ended before the asked length.
    EndOfFile,
    /// 63Cx: wrong secret, or the answer to the empty query.
    TriesLeft(u8),
    /// 6300: wrong secret, and no limit to the tries.
    Wrong,
    /// 6700.
    WrongLength,
    /// 6982: a secret has not been verified.
    NotVerified,
    /// 6983 and 6984: the secret is blocked.
    Blocked,
    /// 6A82, 6A83 and 6A88: no such file, application, record or object.
    NotFound,
    /// 6B00: the offset lies past the end.
    OutsideFile,
    /// 6Cxx: the right length to ask for.
    AskFor(u8),
    /// 6D00 and 6E00: instruction or class not known.
    NotSupported,
    /// 6F00: seen on the first command after power-up.
    Unspecific,
    /// Anything else, as it came.
    Other(u16),
}

impl Status {
    /// Reads a status word.
    pub fn of(word: u16) -> Self {
        match word.to_be_bytes() {
            [0x90, 0x00] => Status::Done,
            [0x61, count] => Status::More(count),
            [0x62, 0x82] => Status::EndOfFile,
            [0x63, x] if x & 0xF0 == 0xC0 => Status::TriesLeft(x & 0x0F),
            [0x63, 0x00] => Status::Wrong,
            [0x67, 0x00] => Status::WrongLength,
            [0x69, 0x82] => Status::NotVerified,
            [0x69, 0x83 | 0x84] => Status::Blocked,
            [0x6A, 0x82 | 0x83 | 0x88] => Status::NotFound,
            [0x6B, 0x00] => Status::OutsideFile,
            [0x6C, count] => Status::AskFor(count),
            [0x6D | 0x6E, 0x00] => Status::NotSupported,
            [0x6F, 0x00] => Status::Unspecific,
            _ => Status::Other(word),
        }
    }
}

/// One answer; its data may be personal, so they are wiped on drop and it has no `Debug`.
pub struct Response {
    /// Response data.
    pub data: Zeroizing<Vec<u8>>,
    /// The status word as it came.
    pub word: u16,
}

impl Response {
    /// Splits what came from the reader; `None` when it has no status word.
    pub fn decode(mut bytes: Zeroizing<Vec<u8>>) -> Option<Self> {
        let word = u16::from_be_bytes(*bytes.last_chunk::<2>()?);
        let length = bytes.len() - 2;
        bytes.truncate(length);
        Some(Self { data: bytes, word })
    }

    /// The meaning of the status word.
    pub fn status(&self) -> Status {
        Status::of(self.word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(command: &Command) -> String {
        command.encode().iter().map(|b| format!("{b:02X}")).collect()
    }

    #[test]
    fn every_form_is_encoded() {
        let bare = || Command::bare(0x00, 0xB0, 0x82, 0x00);
        assert_eq!(hex(&bare()), "00B08200");
        assert_eq!(hex(&bare().expecting(Expected::Short(256))), "00B0820000");
        assert_eq!(hex(&bare().expecting(Expected::Short(32))), "00B0820020");
        assert_eq!(hex(&bare().expecting(Expected::Extended(65_536))), "00B08200000000");
        assert_eq!(hex(&bare().with(&[1, 2])), "00B08200020102");
        assert_eq!(hex(&bare().with(&[1, 2]).expecting(Expected::Short(256))), "00B0820002010200");
        assert_eq!(hex(&bare().with(&[1, 2]).expecting(Expected::Extended(256))), "00B0820000000201020100");
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        for data in [vec![], vec![7; 1], vec![7; 255], vec![7; 256], vec![7; 2000]] {
            for expected in [Expected::Nothing, Expected::Short(256), Expected::Short(1), Expected::Extended(65_536)] {
                let command = Command::bare(0x80, 0x2A, 0, 0x80).with(&data).expecting(expected);
                let decoded = Command::decode(&command.encode()).unwrap();
                assert_eq!(*decoded.data, data);
                let wide = data.len() > 255;
                let read = match expected {
                    Expected::Short(count) if wide => Expected::Extended(u32::from(count)),
                    other => other,
                };
                assert_eq!(decoded.expected, read, "{} {expected:?}", data.len());
            }
        }
    }

    #[test]
    fn broken_lengths_are_refused() {
        for bytes in
            [&[][..], &[0, 1, 2], &[0, 0xA4, 4, 0, 2, 1], &[0, 0xA4, 4, 0, 1, 1, 1, 1], &[0, 0xB0, 0, 0, 0, 0, 2, 1]]
        {
            assert!(Command::decode(bytes).is_err(), "{bytes:02X?}");
        }
    }

    #[test]
    fn status_words_have_their_meaning() {
        assert_eq!(Status::of(0x63CA), Status::TriesLeft(10));
        assert_eq!(Status::of(0x6983), Status::Blocked);
        assert_eq!(Status::of(0x6984), Status::Blocked);
        assert_eq!(Status::of(0x6300), Status::Wrong);
        assert!(Response::decode(Zeroizing::new(vec![0x90])).is_none());
    }
}
