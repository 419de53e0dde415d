//! The program itself with a secret in every place where one can be wrong: what it writes says what is wrong, and no piece
//! of the secret.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;

use uketsuke::gateway::pki;

/// Looks like no other text.
const SECRET: &str = "Qz7xK9vW2mLp4711";
/// A PIN with a digit too many, a code of staff, a code B that is none: digits that no message has by itself.
const DIGITS: &str = "86420975";

/// Keys and certificates, made once: each file of them waits for the disk.
static PKI: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let today = uketsuke::domain::japan::day(jiff::Timestamp::now());
    pki::write(&folder.path().join("pki"), &pki::Order::development(today)).unwrap();
    folder
});

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(place.path("pki")).unwrap();
        for file in std::fs::read_dir(PKI.path().join("pki")).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), place.path("pki").join(file.file_name())).unwrap();
        }
        place.settings("url='https://127.0.0.1:1'", "");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn settings(&self, url: &str, more: &str) {
        let (state, drop_folder) = (self.path("state"), self.path("drop"));
        let text = format!(
            "[site]\nfacility_code='1310000001'\nterminal_id='T001'\n[state]\nfolder={state:?}\n[staff]\nfile={:?}\n\
             [handoff]\nfolder={drop_folder:?}\n[gateway]\nidentity={:?}\n{url}\n{more}\n",
            self.path("staff.toml"),
            self.path("pki"),
        );
        std::fs::write(self.path("uketsuke.toml"), text).unwrap();
    }

    /// Everything that the program writes, on the terminal and in its own folder.
    fn runs(&self, words: &[&str], sent: &[u8]) -> String {
        let mut command = crate::site::uketsuke();
        command.env("UKETSUKE_LOG", "trace").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        // No secret is in a model, and loading them takes longer than all else.
        command.env("UKETSUKE_MODELS", self.path("no-models"));
        command.args(words).args(["--config", &self.path("uketsuke.toml").to_string_lossy()]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        // It may refuse its arguments before it reads.
        let _ = child.stdin.take().expect("its input").write_all(sent);
        let output = child.wait_with_output().expect("it ends");
        assert!(!output.status.success(), "{words:?} is refused");
        let mut written = [output.stdout, output.stderr].concat();
        files_below(&self.path("state"), &mut written);
        String::from_utf8_lossy(&written).into_owned()
    }
}

fn files_below(folder: &Path, into: &mut Vec<u8>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, into);
        } else {
            into.extend(std::fs::read(&path).unwrap_or_default());
        }
    }
}

/// Nothing of the secret, forwards, in pieces of six signs.
fn shows_nothing(written: &str, secret: &str, case: &str) {
    for n in 0..=secret.len() - 6 {
        assert!(!written.contains(&secret[n..n + 6]), "{case}: {written}");
    }
}

#[test]
fn no_command_writes_a_secret_that_it_refuses() {
    println!("{} secrets in wrong places, none written", places());
}

/// Puts a secret in every place where one can be wrong; how many there are.
pub fn places() -> usize {
    let mut cases = 0;
    let mut refuses = |case: &str, prepare: &dyn Fn(&Place), words: &[&str], sent: &str, says: &str| {
        let place = Place::new();
        prepare(&place);
        let pki = place.path("pki").to_string_lossy().into_owned();
        let words: Vec<&str> = words.iter().map(|word| if *word == "PKI" { pki.as_str() } else { *word }).collect();
        let written = place.runs(&words, sent.as_bytes());
        assert!(written.contains(says), "{case} says {says:?}: {written}");
        shows_nothing(&written, SECRET, case);
        shows_nothing(&written, DIGITS, case);
        cases += 1;
    };
    let nothing = |_: &Place| {};
    let key = |place: &Place, name: &str, text: String| std::fs::write(place.path("pki").join(name), text).unwrap();
    let in_a_line = format!("-----BEGIN PRIVATE KEY-----{SECRET}{SECRET}-----END PRIVATE KEY-----");
    let damaged = format!("-----BEGIN PRIVATE KEY-----\n{SECRET}é\n-----END PRIVATE KEY-----\n");
    let checkin = ["checkin", "--gateway", "https://127.0.0.1:1", "--identity", "PKI", "--drop", "PKI", "--method"];
    for (how, text) in [("on a line", &in_a_line), ("damaged", &damaged), ("bare", &SECRET.to_owned())] {
        let terminal = |place: &Place| key(place, "terminal.key.pem", text.clone());
        refuses(&format!("terminal key, {how}"), &terminal, &["doctor"], "", "terminal.key.pem");
        refuses(&format!("terminal key, {how}, queue"), &terminal, &["queue", "retry"], "", "");
        let server = |place: &Place| key(place, "server.key.pem", text.clone());
        let serve = ["gateway", "serve", "--pki", "PKI", "--listen", "127.0.0.1:0"];
        refuses(&format!("server key, {how}"), &server, &serve, "", "server.key.pem");
        let authority = |place: &Place| key(place, "ca.key.pem", text.clone());
        refuses(
            &format!("authority key, {how}"),
            &authority,
            &["gateway", "pki", "PKI", "--renew", "terminal"],
            "",
            "ca.key.pem",
        );
    }
    for (how, url, says) in [
        ("in the address", format!("url='https://user:{SECRET}@127.0.0.1:1'"), "holds a name or a password"),
        ("in what is no address", format!("url='https://user:{SECRET}@[127.0.0.1:1'"), "no address"),
        ("in a wrong type", format!("url=['https://user:{SECRET}@127.0.0.1:1']"), "another value is expected"),
        ("as an unknown key", format!("url='https://127.0.0.1:1'\n{SECRET}='a'"), "no key that is known"),
        (
            "in a line that is no TOML",
            format!("url='https://127.0.0.1:1'\nproxy=https://user:{SECRET}@proxy"),
            "line 13",
        ),
    ] {
        refuses(how, &|place: &Place| place.settings(&url, ""), &["doctor"], "", says);
    }
    for (how, text) in [
        ("as its hash", format!("[staff]\nfront='{DIGITS}'\n")),
        ("as a name", format!("[staff]\n{DIGITS}='front'\n")),
        ("outside the table", format!("front='{DIGITS}'\n")),
        ("as a key outside", format!("{DIGITS}='front'\n")),
        ("as a number", format!("[staff]\nfront={DIGITS}\n")),
        ("in a line that is no TOML", format!("[staff]\nfront={DIGITS}'\n")),
    ] {
        let staff = |place: &Place| std::fs::write(place.path("staff.toml"), &text).unwrap();
        refuses(&format!("staff code {how}"), &staff, &["staff", "list"], "", "staff.toml");
        refuses(&format!("staff code {how}, set"), &staff, &["staff", "set", "front"], "402817\n", "staff.toml");
    }
    let typed = format!("{DIGITS}\n");
    refuses(
        "a PIN that is too long",
        &nothing,
        &[&checkin[..], &["pin", "--pin", "-"]].concat(),
        &typed,
        "is not 4 digits",
    );
    refuses(
        "a code B that is too short",
        &nothing,
        &[&checkin[..], &["face", "--code-b", "-"]].concat(),
        &typed,
        "is not 14 digits",
    );
    refuses(
        "a PIN without its option",
        &nothing,
        &[&checkin[..], &["pin", DIGITS]].concat(),
        "",
        "unexpected argument",
    );
    refuses("a PIN for a method", &nothing, &[&checkin[..], &[DIGITS]].concat(), "", "invalid value");
    refuses("a staff code", &nothing, &["staff", "set", "front"], &typed, "not six digits");
    let short = |place: &Place| {
        std::fs::create_dir(place.path("state")).unwrap();
        std::fs::write(place.path("state/queue.sqlite"), "").unwrap();
    };
    let person = format!("{{\"kind\":\"{SECRET}\",\"name\":[\"{SECRET}\"],\"birthDate\":\"{DIGITS}\"}}");
    refuses(
        "a queue entry",
        &short,
        &["queue", "add", "--seen", "certificate", "--stdin"],
        &person,
        "standard input, line",
    );
    assert!(cases >= 30);
    cases
}
