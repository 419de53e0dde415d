//! Every spelling of a file with two roots, and of a key.

use uketsuke::certificates::{certificates, private_key, public_keys, revoked_lists};

use super::spelt::every;
use super::{Place, input, said};

/// The two roots of the input, without what happened to it.
fn two_roots() -> String {
    String::from_utf8(input("two-roots.bom.pem")).expect("UTF-8").trim_start_matches('\u{feff}').to_owned()
}

#[test]
fn two_roots_behind_a_byte_order_mark_are_two() {
    let place = Place::new();
    let found = certificates(&place.file(&input("two-roots.bom.pem"))).expect("read");
    assert_eq!(found.len(), 2, "the first of them was lost once");
}

#[test]
fn a_key_on_one_line_is_read() {
    private_key(&Place::new().file(&input("key.one-line.pem"))).expect("read");
}

#[test]
fn every_spelling_of_two_roots_gives_both() {
    let place = Place::new();
    let wanted = certificates(&place.file(two_roots().as_bytes())).expect("read");
    let spellings = every(&two_roots());
    for (name, bytes) in &spellings {
        let found = certificates(&place.file(bytes)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(found == wanted, "{name}: {} of {}", found.len(), wanted.len());
    }
    println!("{} spellings of two roots, all read", spellings.len());
    assert!(spellings.len() >= 200);
}

#[test]
fn every_spelling_of_a_key_gives_the_key() {
    let place = Place::new();
    let plain = String::from_utf8(input("key.one-line.pem")).expect("UTF-8");
    let plain = plain.trim().replace("KEY-----M", "KEY-----\nM").replace("-----END", "\n-----END") + "\n";
    let wanted = private_key(&place.file(plain.as_bytes())).expect("read");
    let spellings = every(&plain);
    for (name, bytes) in &spellings {
        let found = private_key(&place.file(bytes)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(found == wanted, "{name}");
    }
    println!("{} spellings of a key, all read", spellings.len());
    assert!(spellings.len() >= 200);
}

/// Two certificates, one lost sign: both are read or the file is refused; never one of them alone.
#[test]
fn a_damaged_file_never_gives_fewer() {
    let (place, text) = (Place::new(), two_roots());
    let first_end = text.find("-----END CERTIFICATE-----").expect("an end") + "-----END CERTIFICATE-----".len();
    let (mut read, mut refused) = (0, 0);
    let mut look = |name: String, damaged: &str| match certificates(&place.file(damaged.as_bytes())) {
        Ok(found) => {
            assert_eq!(found.len(), 2, "{name}");
            read += 1;
        }
        Err(error) => {
            assert!(error.cause.contains("line ") || error.cause.contains("certificate "), "{name}: {error}");
            refused += 1;
        }
    };
    for at in 1..text.len() {
        look(format!("sign {at} lost"), &format!("{}{}", &text[..at], &text[at + 1..]));
        // Cut off right behind the first block, it is a file of one.
        if !(first_end - 3..=first_end + 1).contains(&at) {
            look(format!("cut off after {at}"), &text[..at]);
        }
    }
    for (what, with) in [
        ("-----BEGIN CERTIFICATE-----\n", ""),
        ("-----END CERTIFICATE-----\n", ""),
        ("-----BEGIN CERTIFICATE-----", "BEGIN CERTIFICATE"),
        ("-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFCATE-----"),
        ("CERTIFICATE-----", "CERT-----"),
        ("-----END CERTIFICATE-----", "-----END RSA CERTIFICATE-----"),
        ("\nMII", "\n# MII"),
        ("MII", "M-II"),
    ] {
        look(format!("{what:?} made {with:?} once"), &text.replacen(what, with, 1));
        look(format!("{what:?} made {with:?}"), &text.replace(what, with));
    }
    println!("{} damaged files of two roots: {refused} refused, {read} read whole", refused + read);
    assert!(refused > 200);
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let place = Place::new();
    let key = input("key.one-line.pem");
    let p7 = b"-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----\n";
    let cases: [(&[u8], &str, &str); 7] = [
        (b"", "empty", "anew"),
        (b" \r\n ", "empty", "anew"),
        (b"hello", "no BEGIN line", "anew"),
        (b"\0\x01\x02\x03\0\0\0", "neither PEM nor", "anew"),
        (&key, "holds no certificate, but 1 × PRIVATE KEY", "its name stands for"),
        (p7, "PKCS #7", "openssl pkcs7 -print_certs"),
        (
            b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
            "certificate 1, which begins in line 1",
            "anew",
        ),
    ];
    for (bytes, cause, remedy) in cases {
        let error = certificates(&place.file(bytes)).expect_err(cause);
        assert!(said(&error).contains(cause) && error.remedy.contains(remedy), "{}", said(&error));
    }
    assert!(
        revoked_lists(&place.file(&input("two-roots.bom.pem"))).expect_err("no list").cause.contains("2 × CERTIFICATE")
    );
    assert!(public_keys(&place.file(&input("two-roots.bom.pem"))).expect_err("no key").cause.contains("no public key"));
    let nowhere = certificates(std::path::Path::new("/nowhere/ca.pem")).expect_err("missing");
    assert!(said(&nowhere).contains("/nowhere/ca.pem"));
}

/// One certificate in each container that holds nothing but certificates.
#[test]
fn certificates_in_other_clothes_are_read() {
    let place = Place::new();
    let both = certificates(&place.file(two_roots().as_bytes())).expect("read");
    let der = both[0].as_ref();
    let base64 = data_encoding::BASE64.encode(der);
    let aux =
        data_encoding::BASE64.encode(&[der, b"\x30\x0c\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x01"].concat());
    let one_after_the_other = [der, both[1].as_ref()].concat();
    for (name, bytes, count) in [
        ("DER", der.to_vec(), 1),
        ("DER and a line end", [der, b"\r\n"].concat(), 1),
        ("two DER", one_after_the_other, 2),
        ("base64 alone", base64.clone().into_bytes(), 1),
        (
            "trusted",
            format!("-----BEGIN TRUSTED CERTIFICATE-----\n{aux}\n-----END TRUSTED CERTIFICATE-----").into_bytes(),
            1,
        ),
        ("X509", format!("-----BEGIN X509 CERTIFICATE-----\n{base64}\n-----END X509 CERTIFICATE-----").into_bytes(), 1),
    ] {
        let found = certificates(&place.file(&bytes)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(found[0] == both[0] && found.len() == count, "{name}");
    }
    let more = format!("-----BEGIN CERTIFICATE-----\n{aux}\n-----END CERTIFICATE-----");
    assert!(certificates(&place.file(more.as_bytes())).is_err(), "something stands behind a certificate");
    assert!(certificates(&place.file(&der[..der.len() - 1])).is_err(), "cut off");
}
