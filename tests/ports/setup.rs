//! `uketsuke setup` as a process: answers from a file and from standard input, wrong ones, an end in the middle, settings that were
//! there before.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

const EXAMPLE: &str = include_str!("../../packaging/linux/uketsuke.toml");

/// A place with the folders that a site names; its gateway is nobody.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = tempfile::tempdir().expect("a folder");
        for name in ["identity", "drop"] {
            fs::create_dir(place.path().join(name)).expect("a folder");
        }
        Self(place)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn settings(&self) -> PathBuf {
        self.path("etc/uketsuke.toml")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.settings()).expect("the settings")
    }

    /// Answers of a site with another one in their place.
    fn answers(&self, instead: (&str, &str)) -> PathBuf {
        let text = format!(
            "facility_code = '１３１００００００１'\nterminal_id = 'T001'\ngateway = 'https://localhost:1/'\nidentity = '{}'\nfolder = '{}'\n",
            self.path("identity").display(),
            self.path("drop").display(),
        );
        let path = self.path("site.toml");
        fs::write(&path, text.replace(instead.0, instead.1)).expect("written");
        path
    }

    fn setup(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_uketsuke"));
        command.args(["setup", "--config"]).arg(self.settings()).args(arguments);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        // One that wants no input may have closed it already.
        let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
        child.wait_with_output().expect("it ends")
    }

    fn from(&self, answers: &Path, more: &[&str]) -> Output {
        let file = answers.to_str().expect("UTF-8");
        self.setup(&[&["--from", file, "--no-tries"], more].concat(), "")
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn ended(output: &Output, code: i32) -> String {
    let said = said(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

/// Every line of the one that is not in the other.
fn without<'a>(one: &'a str, other: &str) -> Vec<&'a str> {
    one.lines().filter(|line| !other.lines().any(|o| o == *line)).collect()
}

#[test]
fn a_file_of_answers_becomes_the_example_with_them() {
    let place = Place::new();
    ended(&place.from(&place.answers(("", "")), &[]), 0);
    let text = place.text();
    let gone = without(EXAMPLE, &text);
    assert!(gone.iter().all(|line| !line.starts_with('#')), "every comment stays: {gone:?}");
    let new = without(&text, EXAMPLE);
    assert!(
        new.contains(&"facility_code = \"1310000001\"") && new.contains(&"url = \"https://localhost:1\""),
        "{new:?}"
    );
    // What the example names of a reader, a camera and a panel is nobody's.
    for key in ["# name = \"ACS", "# id = \"usb-046d_HD", "# size = ", "# diagonal_inches = "] {
        assert!(new.iter().any(|line| line.starts_with(key)), "{key}: {new:?}");
    }
    assert_eq!(new.len(), gone.len());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(place.settings()).expect("there").permissions().mode() & 0o777, 0o640);
    }
    // The same answers again change nothing.
    assert!(ended(&place.from(&place.answers(("", "")), &[]), 0).contains("already"));
    assert!(!place.path("etc/uketsuke.toml.before").exists());
}

#[test]
fn settings_that_are_there_are_kept_until_replacing_is_said() {
    let place = Place::new();
    ended(&place.from(&place.answers(("", "")), &[]), 0);
    let own = place.text().replace("max_tries = 2", "max_tries = 3 # ours");
    fs::write(place.settings(), &own).expect("written");
    let other = place.answers(("T001", "T002"));
    let refused = ended(&place.from(&other, &[]), 2);
    assert!(refused.contains("site.terminal_id: \"T001\" → \"T002\"") && refused.contains("--replace"), "{refused}");
    assert_eq!(place.text(), own);
    ended(&place.from(&other, &["--replace"]), 0);
    assert_eq!(place.text(), own.replace("T001", "T002"));
    assert_eq!(fs::read_to_string(place.path("etc/uketsuke.toml.before")).expect("kept"), own);
}

#[test]
fn wrong_answers_of_a_file_are_named_and_nothing_is_written() {
    for (instead, sense) in [
        (("１３１００００００１", "131"), "ten digits"),
        (("T001", "front 1_"), "terminal_id"),
        (("https://localhost:1/", "http://localhost"), "gateway"),
        (("https://localhost:1/", "https://user:secret@localhost"), "gateway"),
        (("facility_code", "faculty_code"), "line 1"),
        (("folder = '/", "folder = '"), "folder"),
        (("terminal_id", "inches = 'wide'\nterminal_id"), "inches"),
        (("terminal_id", "inches = 1.0\nterminal_id"), "diagonal_inches"),
        (("terminal_id", "language = 'tlh'\nterminal_id"), "language"),
    ] {
        let place = Place::new();
        let said = ended(&place.from(&place.answers(instead), &[]), 2);
        assert!(said.contains(sense) && said.contains("remedy"), "{instead:?}: {said}");
        assert!(!said.contains("secret"), "{said}");
        assert!(!place.settings().exists());
    }
    let place = Place::new();
    ended(&place.from(Path::new("/nowhere/site.toml"), &[]), 2);
}

/// The conversation up to the last question; on a machine without reader and camera nothing is asked about them, and where
/// there are some an empty line takes the first.
fn conversation(place: &Place, last: &str) -> Output {
    let (identity, folder) = (place.path("identity"), place.path("drop"));
    let lines = [
        "12345",
        "1310000001",
        "T 001?",
        "front-2",
        "xx",
        "en",
        "1080",
        "1920×1080",
        "ftp://gateway",
        "https://localhost:1",
        "here",
        identity.to_str().expect("UTF-8"),
        folder.to_str().expect("UTF-8"),
        last,
    ];
    place.setup(&["--language", "en", "--no-tries"], &lines.join("\n"))
}

#[test]
fn a_conversation_asks_again_until_an_answer_can_be() {
    if asks_for_devices() {
        println!("not tried: this machine has a reader or a camera, whose questions this conversation does not have");
        return;
    }
    let place = Place::new();
    let said = ended(&conversation(&place, "maybe\ny\n"), 0);
    for again in [
        "It has ten digits.",
        "1 to 32 letters",
        "no such language",
        "as 1080x1920",
        "begins with https://",
        "whole path",
        "Answer y or n",
    ] {
        assert!(said.contains(again), "{again}: {said}");
    }
    let text = place.text();
    for line in ["terminal_id = \"front-2\"", "language = \"en\"", "size = \"1920x1080\""] {
        assert!(text.contains(line), "{line}");
    }
    let place = Place::new();
    let japanese = place.setup(&["--no-tries"], "3\n1\n");
    assert!(ended(&japanese, 1).contains("医療機関コード"), "the answers end, and nothing is written");
    assert!(!place.settings().exists());
    let place = Place::new();
    assert!(ended(&conversation(&place, "n\n"), 1).contains("nothing was written"));
    assert!(!place.settings().exists());
    assert!(ended(&conversation(&place, ""), 1).contains("nothing was written"));
    assert!(!place.settings().exists());
}

fn asks_for_devices() -> bool {
    let place = Place::new();
    let said = said(&place.setup(&["--language", "en", "--no-tries"], "1310000001\nT1\nja\nauto\n"));
    !(said.contains("No card reader was found") && said.contains("No camera was found"))
}

#[test]
fn what_does_not_work_yet_is_told_and_the_settings_are_written() {
    let place = Place::new();
    let file = place.answers(("", ""));
    let output = place.setup(&["--from", file.to_str().expect("UTF-8")], "");
    let page = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(matches!(output.status.code(), Some(2 | 3)), "{}", said(&output));
    assert!(page.contains("FAILED") && page.contains("certificates and gateway"), "{page}");
    assert!(place.settings().exists());
}

/// A reference gateway of its own, ended with the test.
struct Gateway(Child, String);

impl Gateway {
    fn start(place: &Place) -> Self {
        let program = env!("CARGO_BIN_EXE_uketsuke");
        let identity = place.path("identity");
        let made = Command::new(program).args(["gateway", "pki"]).arg(&identity).output().expect("it runs");
        assert!(made.status.success(), "{}", said(&made));
        let mut command = Command::new(program);
        command.args(["gateway", "serve", "--listen", "127.0.0.1:0", "--pki"]).arg(identity);
        command.arg("--db").arg(place.path("gateway.sqlite"));
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("its address");
        Self(child, line.trim().to_owned())
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_gateway_and_a_folder_that_work_are_good_lines() {
    let place = Place::new();
    let gateway = Gateway::start(&place);
    let file = place.answers(("https://localhost:1/", &gateway.1));
    // The example names an account's group and folder that only an installed kiosk has.
    let state = place.path("state").display().to_string();
    let own = EXAMPLE.replace("group = \"receipt\"", "").replace("/var/lib/uketsuke", &state);
    fs::create_dir(place.path("etc")).expect("a folder");
    fs::create_dir(place.path("state")).expect("a folder");
    fs::write(place.settings(), own).expect("written");
    let output = place.setup(&["--replace", "--from", file.to_str().expect("UTF-8")], "");
    let page = String::from_utf8_lossy(&output.stdout).into_owned();
    let failed = |subject: &str| page.lines().any(|line| line.starts_with("FAILED") && line.contains(subject));
    assert!(!failed("gateway") && !failed("handoff") && page.contains("ok       gateway"), "{page}{}", said(&output));
}
