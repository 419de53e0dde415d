//! What the card does with secrets and keys: VERIFY, their change, signatures, challenges.

use rsa::rand_core::{CryptoRng, Error as NoiseError, RngCore};
use rsa::{Pkcs1v15Sign, Pss, RsaPrivateKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::super::apdu::{Command, Expected};
use super::super::authenticity::digest_info;
use super::super::files::{self, Ef};
use super::content::{CARD_KEY, Node};
use super::{VirtualCard, word};

/// How many bytes PKCS#1 v1.5 leaves for data under a key of 2048 bits.
const LARGEST_PLAIN: usize = 245;

impl VirtualCard {
    /// The file that P2 names: the current one, or one by its short identifier.
    pub(super) fn referenced(&self, p2: u8) -> Result<Ef, u16> {
        match p2 {
            0x80 => self.file.ok_or(0x6986),
            0x81..=0x9E => Ok(Ef(u16::from(p2 & 0x1F))),
            _ => Err(0x6A86),
        }
    }

    fn secret(&mut self, file: Ef) -> Result<(&mut Zeroizing<Vec<u8>>, &mut u8, u8), u16> {
        let application = self.application.ok_or(0x6986_u16)?;
        match self.content.get_mut(&application).and_then(|files| files.get_mut(&file)).ok_or(0x6A82_u16)? {
            Node::Secret { value, left, full } => Ok((value, left, *full)),
            _ => Err(0x6981),
        }
    }

    pub(super) fn verify(&mut self, command: &Command) -> Result<Vec<u8>, u16> {
        let file = self.referenced(command.p2)?;
        let application = self.application.ok_or(0x6986_u16)?;
        let (value, left, full) = self.secret(file)?;
        if command.data.is_empty() {
            return Err(0x63C0 | u16::from(*left));
        }
        if *left == 0 {
            return Err(0x6984);
        }
        if **value == *command.data {
            *left = full;
            self.verified.insert((application, file));
            return Ok(word(0x9000));
        }
        *left -= 1;
        let answer = 0x63C0 | u16::from(*left);
        self.verified.remove(&(application, file));
        Err(answer)
    }

    pub(super) fn change(&mut self, command: &Command) -> Result<Vec<u8>, u16> {
        let file = self.referenced(command.p2)?;
        self.secret(file)?;
        self.opened(&[file])?;
        if command.data.is_empty() {
            return Err(0x6700);
        }
        *self.secret(file)?.0 = command.data.clone();
        Ok(word(0x9000))
    }

    pub(super) fn sign(&mut self, command: &Command) -> Result<Vec<u8>, u16> {
        let visual_default = command.p2 == 0x00 && self.application == Some(files::VISUAL);
        let file = if visual_default { CARD_KEY } else { self.referenced(command.p2)? };
        let (key, by) = match self.node(file).ok_or(0x6A82_u16)? {
            Node::Key { key, opened_by } => (key, *opened_by),
            _ => return Err(0x6981),
        };
        self.opened(by)?;
        let data = command.data.as_slice();
        let is_hash = data.len() == 32;
        match command.p1 {
            // Pads whatever it gets.
            0x00 if (1..=LARGEST_PLAIN).contains(&data.len()) => signature(key, data),
            0x01 if !data.is_empty() => signature(key, &Sha256::digest(data)),
            0x02 if is_hash => signature(key, &[digest_info(&[]).get(..19).unwrap_or_default(), data].concat()),
            0x03 if !data.is_empty() => signature(key, &digest_info(data)),
            0x04 if is_hash => pss_signature(key, data),
            0x05 if !data.is_empty() => pss_signature(key, &Sha256::digest(data)),
            0x00..=0x05 => Err(0x6700),
            _ => Err(0x6A86),
        }
    }

    pub(super) fn internal_authenticate(&mut self, command: &Command) -> Result<Vec<u8>, u16> {
        let file = self.referenced(command.p2)?;
        match self.node(file).ok_or(0x6A82_u16)? {
            Node::Key { key, opened_by: [] } if (1..=255).contains(&command.data.len()) => {
                signature(key, &digest_info(&command.data))
            }
            Node::Key { opened_by: [], .. } => Err(0x6700),
            _ => Err(0x6985),
        }
    }

    /// GET CHALLENGE; the card remembers what it gave until the next command that uses it.
    pub(super) fn give_challenge(&mut self, command: &Command) -> Result<Vec<u8>, u16> {
        let Expected::Short(count) = command.expected else { return Err(0x6985) };
        let mut challenge = vec![0; usize::from(count)];
        getrandom::fill(&mut challenge).map_err(|_| 0x6F00_u16)?;
        let answer = [&challenge, &[0x90, 0x00][..]].concat();
        self.challenge = Some(challenge);
        Ok(answer)
    }

    /// Secure messaging is not simulated: the key message is refused as a card refuses one that it cannot open.
    pub(super) fn refuse_session(&self) -> Result<Vec<u8>, u16> {
        match self.application {
            None => Err(0x6986),
            Some(files::TEXT) => self.opened(&[files::TEXT_PIN]).and(Err(0x6A80)),
            Some(_) => Err(0x6982),
        }
    }
}

fn signature(key: &RsaPrivateKey, data: &[u8]) -> Result<Vec<u8>, u16> {
    let mut bytes = key.sign(Pkcs1v15Sign::new_unprefixed(), data).map_err(|_| 0x6F00_u16)?;
    bytes.extend(word(0x9000));
    Ok(bytes)
}

/// RSASSA-PSS over a SHA-256 hash with a random salt of 32 bytes.
fn pss_signature(key: &RsaPrivateKey, hash: &[u8]) -> Result<Vec<u8>, u16> {
    let mut noise = Noise::default();
    let mut bytes = key.sign_with_rng(&mut noise, Pss::new::<Sha256>(), hash).map_err(|_| 0x6F00_u16)?;
    if noise.failed {
        return Err(0x6F00);
    }
    bytes.extend(word(0x9000));
    Ok(bytes)
}

/// The system's random numbers in the form that the signature wants, which cannot say on the spot that there are none.
#[derive(Default)]
struct Noise {
    failed: bool,
}

impl RngCore for Noise {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.fill_bytes(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.failed |= getrandom::fill(bytes).is_err();
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), NoiseError> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl CryptoRng for Noise {}
