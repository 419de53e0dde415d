//! A real pcscd with the vpcd driver, and virtual cards that join it, for tests.
//!
//! Where the system allows it, a test runs again inside its own mount and network namespace, so it neither disturbs nor
//! meets any other pcscd. Elsewhere a lock lets one test at a time have the one place that pcscd's socket can be.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use pcsc::{Context, ReaderState, Scope, State};

/// The first slot of the vpcd driver, where `uketsuke vcard` joins.
pub const READER: &str = "Virtual PCD 00 00";
const SOCKET: &str = "/run/pcscd/pcscd.comm";
const INSIDE: &str = "UKETSUKE_TEST_NAMESPACE";
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs the calling test in namespaces of its own. True inside, where the test goes on; false outside, where the inner
/// run has passed and nothing is left to do.
pub fn isolated() -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let set_up = "mkdir -p /run/pcscd && mount -t tmpfs none /run/pcscd && ip link set lo up";
    let unshare = |rest: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(["--mount", "--net", "sh", "-c"]).args(rest);
        command
    };
    let possible = unshare(&[set_up]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !possible.is_ok_and(|status| status.success()) {
        eprintln!("no namespaces here: the test uses the machine's own pcscd socket and vpcd port");
        return true;
    }
    let name = std::thread::current().name().expect("the test harness names its threads").to_owned();
    let inner = unshare(&[&format!("{set_up} && exec \"$0\" --exact \"$1\" --nocapture")])
        .arg(std::env::current_exe().expect("own program"))
        .arg(&name)
        .env(INSIDE, "1")
        .status()
        .expect("unshare runs");
    assert!(inner.success(), "{name} failed inside its namespaces");
    false
}

/// A running pcscd.
pub struct Pcscd {
    child: Option<Child>,
    _turn: File,
}

impl Pcscd {
    /// Starts it and waits until it answers and shows its virtual readers.
    pub fn start() -> Self {
        let lock = std::env::temp_dir().join("uketsuke-pcscd.lock");
        let turn = File::options().create(true).append(true).open(lock).expect("lock file");
        // Inside its own namespaces a test meets nobody.
        if std::env::var_os(INSIDE).is_none() {
            turn.lock().expect("lock");
        }
        let mut pcscd = Self { child: None, _turn: turn };
        pcscd.start_again();
        pcscd
    }

    /// Starts it after [`Self::stop`].
    pub fn start_again(&mut self) {
        assert!(
            Context::establish(Scope::User).is_err(),
            "another pcscd runs here: stop it (systemctl stop pcscd.socket pcscd)"
        );
        let driver = Path::new("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");
        assert!(driver.exists(), "the vpcd driver is missing: apt install vsmartcard-vpcd");
        let child = Command::new("pcscd")
            .args(["--foreground", "--error"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("pcscd does not start ({error}): apt install pcscd"));
        self.child = Some(child);
        let context = until("pcscd answers", || Context::establish(Scope::User).ok());
        until("pcscd shows its readers", || {
            let readers = context.list_readers_owned().unwrap_or_default();
            readers.iter().any(|reader| reader.to_bytes() == READER.as_bytes()).then_some(())
        });
    }

    /// Stops it, as `systemctl stop` does.
    pub fn stop(&mut self) {
        let Some(mut child) = self.child.take() else { return };
        terminate(&child);
        until("pcscd ends", || child.try_wait().expect("its state"));
        until("its socket goes", || (!Path::new(SOCKET).exists()).then_some(()));
    }
}

impl Drop for Pcscd {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            terminate(&child);
            child.wait().expect("pcscd ends");
        }
    }
}

fn terminate(child: &Child) {
    let sent = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill");
    assert!(sent.success());
}

/// Asks until there is an answer; for processes, which send no event when they are ready.
pub fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < deadline, "{what}: not within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A running `uketsuke vcard`.
pub struct Vcard {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Vcard {
    /// Starts it with these further arguments and waits until it has joined.
    pub fn spawn(arguments: &[&str]) -> Self {
        let mut child = Command::new(crate::site::program())
            .arg("vcard")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("uketsuke vcard starts");
        let lines = BufReader::new(child.stdout.take().expect("its output"));
        let mut vcard = Self { child, lines };
        let line = vcard.line();
        assert!(line.contains("lies on the virtual reader"), "{line:?}");
        vcard
    }

    /// Starts it and waits until pcscd shows its card.
    pub fn placed(arguments: &[&str]) -> Self {
        let vcard = Self::spawn(arguments);
        wait_for_card();
        vcard
    }

    /// The next line it prints.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("its output");
        line
    }

    /// Takes the card off by ending the process at once.
    pub fn pull(mut self) {
        self.child.kill().expect("kill");
        self.child.wait().expect("its end");
    }

    /// Interrupts it as Ctrl-C does; gives its exit code.
    pub fn interrupt(mut self) -> Option<i32> {
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().expect("kill");
        assert!(sent.success());
        self.child.wait().expect("its end").code()
    }

    /// Waits for its own end; gives its exit code.
    pub fn wait(mut self) -> Option<i32> {
        self.child.wait().expect("its end").code()
    }
}

impl Drop for Vcard {
    fn drop(&mut self) {
        // Already ended in the tests that end it themselves.
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            self.child.kill().expect("kill");
            self.child.wait().expect("its end");
        }
    }
}

/// Sleeps until the first virtual reader shows a card.
pub fn wait_for_card() {
    wait_until(State::PRESENT);
}

/// Sleeps until the first virtual reader shows that it is empty; pcscd notices a card that left only after a moment.
pub fn wait_until_empty() {
    wait_until(State::EMPTY);
}

fn wait_until(wanted: State) {
    let context = Context::establish(Scope::User).expect("pcscd answers");
    let name = std::ffi::CString::new(READER).expect("a name");
    let mut states = [ReaderState::new(name, State::UNAWARE)];
    let deadline = Instant::now() + PATIENCE;
    loop {
        let rest = deadline.checked_duration_since(Instant::now()).expect("the reader changes in time");
        context.get_status_change(rest, &mut states).expect("status of the reader");
        if states.iter().any(|state| state.event_state().contains(wanted)) {
            return;
        }
        states.iter_mut().for_each(ReaderState::sync_current_state);
    }
}

/// Runs a tool of that Debian package and gives what it prints; fails when it fails.
pub fn tool(package: &str, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{program} does not start ({error}): apt install {package}"));
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program} {arguments:?}: {}\n{out}{err}", output.status);
    format!("{out}{err}")
}
