//! Keys of every kind that tools make, by OpenSSL: read, or refused with the cause and the command that helps.

use std::io::Write;
use std::process::{Command, Stdio};

use uketsuke::certificates::private_key;

use super::{Place, input, said};

/// What `openssl` answers to those words.
pub fn openssl(words: &str, sent: &[u8]) -> Vec<u8> {
    let mut child = Command::new("openssl")
        .args(words.split(' '))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("openssl is there");
    child.stdin.take().expect("its input").write_all(sent).expect("sent");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "openssl {words}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A key of that kind, PKCS #8.
pub fn made(kind: &str) -> Vec<u8> {
    openssl(&format!("genpkey {kind}"), b"")
}

const P256: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
const RSA: &str = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";

#[test]
fn keys_that_serve_are_read_in_every_form() {
    let place = Place::new();
    let p256 = made(P256);
    let rsa = made(RSA);
    let mut count = 0;
    let mut reads = |name: &str, bytes: &[u8]| {
        private_key(&place.file(bytes)).unwrap_or_else(|error| panic!("{name}: {error}"));
        count += 1;
    };
    reads("P-256", &p256);
    reads("P-384", &made("-algorithm EC -pkeyopt ec_paramgen_curve:P-384"));
    reads("Ed25519", &made("-algorithm ED25519"));
    reads("RSA", &rsa);
    reads("RSA 3072", &made("-algorithm RSA -pkeyopt rsa_keygen_bits:3072"));
    reads("SEC 1", &openssl("ec", &p256));
    reads("SEC 1 behind its parameters", &openssl("ecparam -name prime256v1 -genkey", b""));
    reads("PKCS #1", &openssl("rsa -traditional", &rsa));
    reads("PKCS #8 DER", &openssl("pkey -outform DER", &p256));
    reads("SEC 1 DER", &openssl("ec -outform DER", &p256));
    reads("PKCS #1 DER", &openssl("rsa -traditional -outform DER", &rsa));
    reads("PKCS #1 that calls itself PKCS #8", &relabelled(&openssl("rsa -traditional", &rsa), "RSA ", ""));
    reads("PKCS #8 that calls itself PKCS #1", &relabelled(&rsa, "", "RSA "));
    reads("with words before it", &openssl("pkey -text", &p256));
    reads("with its public key behind it", &[p256.clone(), openssl("pkey -pubout", &p256)].concat());
    println!("{count} forms of keys, all read");
}

fn relabelled(pem: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(pem).into_owned();
    text.replace(&format!("{from}PRIVATE KEY"), &format!("{to}PRIVATE KEY")).into_bytes()
}

#[test]
fn keys_that_do_not_serve_are_refused_with_what_helps() {
    let place = Place::new();
    let p256 = made(P256);
    let self_signed = openssl("req -x509 -new -key /dev/stdin -subj /CN=a", &p256);
    let both = [p256.clone(), self_signed.clone()].concat();
    let p12 = openssl("pkcs12 -export -passout pass:secret", &[p256.clone(), self_signed.clone()].concat());
    let rsa = made(RSA);
    let ssh =
        b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU=\n-----END OPENSSH PRIVATE KEY-----\n";
    let cases: [(&str, Vec<u8>, &str, &str); 21] = [
        ("the trial", input("key.encrypted.pem"), "locked with a password", "openssl pkey -in"),
        ("PKCS #8", openssl("pkcs8 -topk8 -v2 aes256 -passout pass:secret", &p256), "locked", "openssl pkey -in"),
        (
            "PKCS #8 DER",
            openssl("pkcs8 -topk8 -v2 aes256 -outform DER -passout pass:secret", &p256),
            "locked",
            "openssl pkey",
        ),
        ("old form", openssl("rsa -traditional -aes128 -passout pass:secret", &rsa), "locked", "openssl pkey -in"),
        (
            "old form, on one line",
            without_lines(&openssl("rsa -traditional -aes128 -passout pass:secret", &rsa)),
            "locked",
            "openssl pkey",
        ),
        ("SEC 1 locked", openssl("ec -aes128 -passout pass:secret", &p256), "locked", "openssl pkey -in"),
        ("PKCS #12", p12, "PKCS #12", "openssl pkcs12 -in"),
        ("SSH", ssh.to_vec(), "OpenSSH", "ssh-keygen -p"),
        ("PuTTY", b"PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n".to_vec(), "PuTTY", "puttygen"),
        ("JWK", b"{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"AAAA\"}".to_vec(), "JWK", "PEM"),
        ("P-521", made("-algorithm EC -pkeyopt ec_paramgen_curve:P-521"), "on P-521", "openssl genpkey"),
        ("secp256k1", made("-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1"), "secp256k1", "openssl genpkey"),
        ("curve written out", openssl("ec -param_enc explicit", &p256), "curve", "openssl"),
        (
            "curve written out, PKCS #8",
            made(&format!("{P256} -pkeyopt ec_param_enc:explicit")),
            "written out",
            "openssl pkey -in",
        ),
        (
            "RSA 1024",
            made("-algorithm RSA -pkeyopt rsa_keygen_bits:1024"),
            "an RSA key of 1024 bits",
            "openssl genpkey",
        ),
        ("Ed448", made("-algorithm ED448"), "Ed448", "openssl genpkey"),
        ("X25519", made("-algorithm X25519"), "agreeing", "openssl genpkey"),
        ("RSA-PSS", made("-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048"), "PSS", "openssl genpkey"),
        ("two keys", [p256.clone(), rsa].concat(), "2 private keys", "alone"),
        ("a certificate", self_signed, "holds no private key, but 1 × CERTIFICATE", "alone"),
        ("cut off", p256[..p256.len() / 2].to_vec(), "cut off", "anew"),
    ];
    for (name, bytes, cause, remedy) in &cases {
        let error = private_key(&place.file(bytes)).expect_err(name);
        assert!(error.cause.contains(cause) && error.remedy.contains(remedy), "{name}: {}", said(&error));
        assert!(!error.remedy.contains("FILE"), "the remedy names the file: {}", error.remedy);
    }
    private_key(&place.file(&both)).expect("a key and a certificate in one file");
    println!("{} kinds of files that hold no key that serves, each named", cases.len());
}

fn without_lines(pem: &[u8]) -> Vec<u8> {
    pem.iter().filter(|byte| **byte != b'\n').copied().collect()
}

/// What OpenSSL's own commands of the remedies make of a locked key is read.
#[test]
fn the_remedy_helps() {
    let place = Place::new();
    let locked = openssl("pkcs8 -topk8 -v2 aes256 -passout pass:secret", &made(P256));
    assert!(private_key(&place.file(&locked)).is_err());
    private_key(&place.file(&openssl("pkey -passin pass:secret", &locked))).expect("without its password");
}
