//! Builds the card-verifiable certificate of the test card face issuer, 7F21, laid out as on the public cards:
//! 5F4E { issuer key id 16, subject key id 16, 90 exponent, 91 modulus } and 5F37 signature, 568 bytes.

use rsa::pkcs1v15::SigningKey;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use rsa::{RsaPrivateKey, RsaPublicKey};
use sha2::Sha256;

use super::PeopleError;

/// Names the key that signs the issuer's certificate. The first digit tells hierarchies apart; 9 is nobody's.
pub const TEST_FACE_CA_ID: [u8; 16] = *b"9000023\x08\x05001\0\0\0\0";

/// Names the key that signs the test card faces.
const TEST_FACE_ISSUER_ID: [u8; 16] = *b"9922121\x08\x05000\0\0\0\0";

/// An RSA-2048 public key as cards write it: 90 exponent, 91 modulus, 265 bytes.
pub fn public_key_tlv(key: &RsaPublicKey) -> Vec<u8> {
    let (exponent, modulus) = (key.e().to_bytes_be(), key.n().to_bytes_be());
    let mut tlv = vec![0x90, exponent.len() as u8];
    tlv.extend(exponent);
    tlv.push(0x91);
    tlv.extend(long_length(modulus.len()));
    tlv.extend(modulus);
    tlv
}

fn long_length(length: usize) -> [u8; 3] {
    [0x82, (length >> 8) as u8, length as u8]
}

/// The certificate of `issuer`, signed by `authority`.
pub(super) fn build(issuer: &RsaPublicKey, authority: &RsaPrivateKey) -> Result<Vec<u8>, PeopleError> {
    let mut body = [TEST_FACE_CA_ID, TEST_FACE_ISSUER_ID].concat();
    body.extend(public_key_tlv(issuer));
    let signature = SigningKey::<Sha256>::new(authority.clone()).try_sign(&body)?.to_vec();
    let mut inner = vec![0x5F, 0x4E];
    inner.extend(long_length(body.len()));
    inner.extend(body);
    inner.extend([0x5F, 0x37]);
    inner.extend(long_length(signature.len()));
    inner.extend(signature);
    let mut certificate = vec![0x7F, 0x21];
    certificate.extend(long_length(inner.len()));
    certificate.extend(inner);
    Ok(certificate)
}
