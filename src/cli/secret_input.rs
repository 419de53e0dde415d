//! One line of standard input, past the buffer that the standard library keeps as long as the program runs.

use std::fs::File;
use std::io::{self, Read};

use zeroize::Zeroizing;

use super::CliError;

/// The longest line that is read.
const LONGEST: usize = 64;

/// One line, without its end; what is longer is cut off, so that it is refused as too long.
///
/// # Errors
/// When standard input cannot be read.
pub fn line() -> Result<Zeroizing<Vec<u8>>, CliError> {
    let read = standard_input().and_then(|mut input| line_of(&mut input));
    read.map_err(|error| CliError::usage(format!("standard input: {}", error.kind()), "give it on standard input"))
}

/// A handle of our own on standard input, which has no buffer.
fn standard_input() -> io::Result<File> {
    #[cfg(unix)]
    let own = std::os::fd::AsFd::as_fd(&io::stdin()).try_clone_to_owned()?;
    #[cfg(windows)]
    let own = std::os::windows::io::AsHandle::as_handle(&io::stdin()).try_clone_to_owned()?;
    Ok(own.into())
}

/// Byte by byte, so that nothing behind the line is taken, in one place that never grows.
fn line_of(input: &mut impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut line = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut byte = Zeroizing::new([0]);
    while line.len() < LONGEST && input.read(byte.as_mut_slice())? == 1 {
        match byte[0] {
            b'\n' => break,
            b'\r' => {}
            other => line.push(other),
        }
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_is_taken_and_no_more() {
        let mut input = &b"1234\r\nnext"[..];
        assert_eq!(line_of(&mut input).expect("read").as_slice(), b"1234");
        assert_eq!(input, b"next");
        assert_eq!(line_of(&mut input).expect("read").as_slice(), b"next");
        assert!(line_of(&mut input).expect("read").is_empty());
        assert_eq!(line_of(&mut [b'1'; 100].as_slice()).expect("read").len(), LONGEST);
    }
}
