//! The keyed hash that binds one line to the one before.

use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// A link of the chain, as 64 hexadecimal digits in a line.
pub type Link = [u8; 32];

/// What stands before the first line of all.
pub const ORIGIN: Link = [0; 32];

/// What the text of a line ends in, before its link.
const SEAM: &str = ",\"mac\":\"";

/// The key of one log.
pub struct Chain(Zeroizing<Vec<u8>>);

impl Chain {
    /// A chain of that key.
    pub fn new(key: Zeroizing<Vec<u8>>) -> Self {
        Self(key)
    }

    fn mac(&self, parts: &[&[u8]]) -> Link {
        // HMAC takes keys of any length; with a key it cannot take, nothing would verify.
        let Ok(mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return ORIGIN };
        parts.iter().fold(mac, |mac, part| mac.chain_update(part)).finalize().into_bytes().into()
    }

    /// The link of a line with this text, after the line with that link.
    pub fn link(&self, before: Link, text: &str) -> Link {
        self.mac(&[b"line", &before, text.as_bytes()])
    }

    /// The link of what the head says.
    pub fn head(&self, number: u64, last: Link) -> Link {
        self.mac(&[b"head", &number.to_be_bytes(), &last])
    }
}

/// Joins the text of a JSON object and its link to one line.
pub fn join(text: &str, link: Link) -> String {
    format!("{}{SEAM}{}\"}}\n", text.strip_suffix('}').unwrap_or(text), hex(link))
}

/// The text and the link of a line without its end; `None` when it has another form.
pub fn split(line: &str) -> Option<(String, Link)> {
    let (text, rest) = line.rsplit_once(SEAM)?;
    let link = unhex(rest.strip_suffix("\"}")?)?;
    Some((format!("{text}}}"), link))
}

/// 64 lower-case hexadecimal digits.
pub fn hex(link: Link) -> String {
    HEXLOWER.encode(&link)
}

/// The link of 64 lower-case hexadecimal digits.
pub fn unhex(text: &str) -> Option<Link> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}
