//! The opened card face (EF 0002 of the visual application), taken apart; the portrait goes its own way.

use jiff::civil::Date;
use rsa::RsaPublicKey;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::domain::qualification::CardFaceProof;
use crate::domain::secret::{Portrait, PrintedName, Secret};

use super::authenticity;
use super::files::TAG_FACE;
use super::printed_name;
use super::tlv::{self, Tlv, TlvError};

/// What a proof needs of the card face: signed parts and hashes, never the portrait. Wiped on drop.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct CardFace {
    /// DF22 to DF24 as written: birth date, sex, card public key.
    pub(super) basic: Vec<u8>,
    /// SHA-256 over DF25 and DF26 as written.
    pub(super) pictures_hash: [u8; 32],
    /// SHA-256 over DF27 as written.
    pub(super) portrait_hash: [u8; 32],
    /// DF28.
    pub(super) signature: Vec<u8>,
    /// EF 0004.
    pub(super) issuer_certificate: Vec<u8>,
    /// DF25, the picture of the name, until it is taken. That of the address, DF26, is shown nowhere and not kept.
    name_picture: Vec<u8>,
    #[zeroize(skip)]
    card_key: RsaPublicKey,
    #[zeroize(skip)]
    card_until: Date,
}

impl CardFace {
    /// Takes the file apart. A portrait of no bytes is no portrait.
    ///
    /// # Errors
    /// When an object is missing or malformed.
    pub fn parse(file: &[u8], issuer_certificate: &[u8]) -> Result<(Self, Option<Portrait>), TlvError> {
        let objects = tlv::all(tlv::file(file, TAG_FACE)?.value)?;
        let wanted = |tag: u16| tlv::find(&objects, tag).ok_or(TlvError::Missing(tag));
        let joined = |parts: &[Tlv<'_>]| parts.iter().flat_map(|part| part.raw.iter().copied()).collect::<Vec<u8>>();
        let portrait = tlv::find(&objects, 0xDF27);
        let card_key = wanted(0xDF24)?;
        let face = Self {
            basic: joined(&[wanted(0xDF22)?, wanted(0xDF23)?, card_key]),
            name_picture: wanted(0xDF25)?.value.to_vec(),
            pictures_hash: Sha256::new_with_prefix(wanted(0xDF25)?.raw)
                .chain_update(wanted(0xDF26)?.raw)
                .finalize()
                .into(),
            portrait_hash: Sha256::digest(portrait.map_or(&[][..], |part| part.raw)).into(),
            signature: wanted(0xDF28)?.value.to_vec(),
            issuer_certificate: issuer_certificate.to_vec(),
            card_key: authenticity::public_key(card_key.value)?,
            card_until: date(wanted(0xDF29)?.value).ok_or(TlvError::Missing(0xDF29))?,
        };
        let portrait = portrait.filter(|part| !part.value.is_empty());
        Ok((face, portrait.map(|part| Portrait::new(part.value.to_vec()))))
    }

    /// The name as it is printed, once; a picture that cannot be read is none.
    pub fn take_name(&mut self) -> Option<PrintedName> {
        let picture = Zeroizing::new(std::mem::take(&mut self.name_picture));
        printed_name::read(&picture)
    }

    /// The birth date as it is written, when it is eight bytes.
    pub fn birth(&self) -> Option<Secret<[u8; 8]>> {
        let objects = tlv::all(&self.basic).ok()?;
        Secret::copied(tlv::find(&objects, 0xDF22)?.value)
    }

    /// Last valid day of the card (not covered by the issuer's signature).
    pub fn card_until(&self) -> Date {
        self.card_until
    }

    /// Whether the card that signed holds the key that this face names.
    pub fn answered(&self, nonce: &[u8], card_signature: &[u8]) -> bool {
        authenticity::is_signed(&self.card_key, nonce, card_signature)
    }

    /// What goes to the gateway, with the card key's answer to its challenge.
    pub fn proof(&self, card_signature: Vec<u8>) -> CardFaceProof {
        CardFaceProof {
            basic: self.basic.clone(),
            pictures_hash: self.pictures_hash,
            portrait_hash: self.portrait_hash,
            signature: self.signature.clone(),
            issuer_certificate: self.issuer_certificate.clone(),
            card_signature,
        }
    }
}

/// Eight ASCII digits, YYYYMMDD.
fn date(digits: &[u8]) -> Option<Date> {
    let text = std::str::from_utf8(digits).ok().filter(|text| text.len() == 8)?;
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|digits| digits.parse::<i16>().ok());
    let (month, day) = (i8::try_from(part(4..6)?).ok()?, i8::try_from(part(6..8)?).ok()?);
    Date::new(part(0..4)?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_are_dates() {
        assert_eq!(date(b"20350217"), Some(jiff::civil::date(2035, 2, 17)));
        for wrong in [&b"20350230"[..], b"2035021", b"203502177", b"2035-2-1", b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"] {
            assert_eq!(date(wrong), None);
        }
    }

    #[test]
    fn a_face_without_its_objects_is_refused() {
        let file = [0xFF, 0x20, 0x04, 0xDF, 0x22, 0x01, 0x07];
        assert_eq!(CardFace::parse(&file, &[]).err(), Some(TlvError::Missing(0xDF24)));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(mut bytes: Vec<u8>) {
            bytes.splice(0..0, [0xFF, 0x20, 0x81, 0xC0]);
            let _ = CardFace::parse(&bytes, &bytes);
        }
    }
}
