//! Nothing of a key stands in what is said of a file that is refused.

use std::collections::HashSet;

use uketsuke::certificates::{certificates, private_key, public_keys, revoked_lists};

use super::keys::{made, openssl};
use super::spelt::every;
use super::{Place, input, said};

/// So many signs in a row of a key are a piece of it.
const PIECE: usize = 8;

/// Keys of each kind, as text.
fn keys() -> Vec<String> {
    let p256 = made("-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
    let rsa = made("-algorithm RSA -pkeyopt rsa_keygen_bits:2048");
    let all = [
        input("key.one-line.pem"),
        input("key.encrypted.pem"),
        openssl("ec", &p256),
        openssl("rsa -traditional", &rsa),
        openssl("rsa -traditional -aes128 -passout pass:secret", &rsa),
        made("-algorithm ED25519"),
        made("-algorithm ED448"),
        made("-algorithm EC -pkeyopt ec_paramgen_curve:P-521"),
    ];
    all.into_iter().map(|key| String::from_utf8(key).expect("PEM")).collect()
}

/// What happens to it on its way: signs that get lost, doubled or changed, markers that are misspelled or gone.
fn damaged(key: &str) -> Vec<Vec<u8>> {
    let begin = key.find("-----BEGIN").expect("a BEGIN");
    let body = begin + key[begin + 10..].find("-----").expect("its end") + 15;
    let mut all: Vec<String> = Vec::new();
    for part in 1..12 {
        let at = body + (key.len() - body) * part / 14;
        for put in ["", "-", "_", "é", "=", "\u{0}", "%", "\\", "BEGIN", "-----", "\u{3042}", "-----END "] {
            all.push(format!("{}{put}{}", &key[..at], &key[at + 1..]));
        }
        all.push(key[..at].to_owned());
        all.push(key[at..].to_owned());
    }
    for (from, to) in [
        ("-----BEGIN ", ""),
        ("PRIVATE", "PRIVAT"),
        ("-----END", "-----EN"),
        ("-----BEGIN", "-----BEGIN CERTIFICATE-----\n-----BEGIN"),
        ("KEY-----", ""),
        ("-----", "\""),
        ("-----", ""),
        ("\n", ":"),
        ("-----END", "-----BEGIN"),
        ("PRIVATE KEY", "CERTIFICATE"),
        ("PRIVATE KEY", "PUBLIC KEY"),
        ("PRIVATE KEY", "X509 CRL"),
    ] {
        all.push(key.replace(from, to));
        all.push(key.replacen(from, to, 1));
    }
    all.into_iter().map(String::into_bytes).collect()
}

/// The pieces of a key: of its base64 as it stands there, and of its bytes in hexadecimal.
fn pieces(key: &str) -> HashSet<String> {
    let lines = key.split("-----").filter(|part| part.len() > 60);
    let bodies: Vec<String> =
        lines.map(|part| part.chars().filter(|c| c.is_ascii_alphanumeric() || "+/=".contains(*c)).collect()).collect();
    let windows = |body: &String| {
        (0..body.len().saturating_sub(PIECE)).map(|n| body[n..n + PIECE].to_owned()).collect::<Vec<_>>()
    };
    bodies.iter().flat_map(windows).collect()
}

#[test]
fn no_refusal_of_a_key_file_shows_a_piece_of_it() {
    let place = Place::new();
    let (mut files, mut refused) = (0, 0);
    for key in keys() {
        let pieces = pieces(&key);
        assert!(pieces.len() > 20);
        let shown = |text: &str| {
            let signs: Vec<char> = text.chars().collect();
            signs.windows(PIECE).map(|signs| signs.iter().collect::<String>()).find(|part| pieces.contains(part))
        };
        let spelt = every(&key).into_iter().map(|(_, bytes)| bytes).step_by(7);
        for bytes in damaged(&key).into_iter().chain(spelt) {
            let file = place.file(&bytes);
            files += 1;
            let errors = [
                private_key(&file).err(),
                certificates(&file).err(),
                public_keys(&file).err(),
                revoked_lists(&file).err(),
            ];
            for error in errors.into_iter().flatten() {
                refused += 1;
                let text = said(&error);
                assert_eq!(shown(&text), None, "{text}");
            }
        }
    }
    println!("{files} neighbours of key files, {refused} refusals, none shows a piece of a key");
    assert!(files >= 200 && refused >= 200);
}

/// The library that read them before shows the key, so the search can find one.
#[test]
fn the_search_finds_what_a_library_says() {
    use rustls::pki_types::PrivateKeyDer;
    use rustls::pki_types::pem::PemObject;
    let key = String::from_utf8(input("key.one-line.pem")).expect("PEM");
    let text = PrivateKeyDer::from_pem_slice(key.as_bytes()).expect_err("it takes no single line").to_string();
    let decoded = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|error| format!("{error:?}")).expect_err("so");
    let all = format!("{text}{decoded}");
    let bytes = pieces(&key).iter().any(|piece| all.contains(piece.as_str()) || all.contains(&in_numbers(piece)));
    assert!(bytes, "{all}");
}

/// How `Debug` writes bytes.
fn in_numbers(piece: &str) -> String {
    piece.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ")
}
