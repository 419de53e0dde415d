//! Sound through real devices, on a thread of its own. A device is open only while something is heard; one that is
//! missing or pulled out is tried again at the next command, and nothing else happens.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};

use super::clips::{ClipError, Clips, Samples};
use super::device::{self, Notice};
use super::mixer::Mixer;
use crate::ports::sound::Output;
use crate::ports::{Audible, Diagnose, Finding, Health, Sound, SoundCommand, SoundEvent, SoundOutbox, Volume};

/// Commands that may wait; more means that nobody hears them in time anyway.
const QUEUE: usize = 64;
/// How long a device stays open in case more is to be heard.
const LINGER: Duration = Duration::from_secs(3);
/// How long a device that failed is left alone.
const RETRY: Duration = Duration::from_secs(2);

/// Which devices sound comes out of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outputs {
    /// Part of the loudspeaker's name; the system's default output without it.
    pub speaker: Option<String>,
    /// Part of the headphones' name; speech then comes out there alone, never aloud.
    pub headphones: Option<String>,
}

enum Order {
    Command(SoundCommand),
    Notice(Output, Notice),
    End,
}

/// Sound through the devices of this PC. Dropping it ends its thread and closes the devices.
pub struct DeviceSound {
    orders: SyncSender<Order>,
    folder: PathBuf,
    outputs: Outputs,
    speech_lost: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl DeviceSound {
    /// Starts the thread; no device is opened before something is to be heard.
    ///
    /// # Errors
    /// When there is no thread for it.
    pub fn start(folder: PathBuf, outputs: Outputs, volume: Volume, outbox: SoundOutbox) -> std::io::Result<Self> {
        let (orders, inbox) = sync_channel(QUEUE);
        let speech_lost = Arc::new(AtomicBool::new(false));
        let player = Player {
            clips: Clips::open(&folder),
            speaker: Line::new(Output::Speaker, outputs.speaker.clone(), volume),
            headphones: outputs.headphones.clone().map(|name| Line::new(Output::Headphones, Some(name), volume)),
            orders: orders.clone(),
            outbox,
            speech_lost: Arc::clone(&speech_lost),
        };
        let thread = std::thread::Builder::new().name("sound".into()).spawn(move || player.run(&inbox))?;
        Ok(Self { orders, folder, outputs, speech_lost, thread: Some(thread) })
    }
}

impl DeviceSound {
    /// Whether this PC has a sound output that opens.
    pub fn has_output() -> bool {
        look_at("loudspeaker", None).health == Health::Good
    }
}

impl Drop for DeviceSound {
    fn drop(&mut self) {
        if self.orders.send(Order::End).is_ok()
            && let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the sound thread had broken off");
        }
    }
}

impl Sound for DeviceSound {
    fn submit(&self, command: SoundCommand) {
        if self.orders.try_send(Order::Command(command)).is_err() {
            tracing::warn!("a sound was lost: the sound thread is busy or gone");
        }
    }

    fn audible(&self) -> Audible {
        if self.speech_lost.load(Ordering::Relaxed) { Audible::NoDevice } else { Audible::Yes }
    }
}

impl Diagnose for DeviceSound {
    fn diagnose(&self) -> Vec<Finding> {
        let mut findings = vec![look_at("loudspeaker", self.outputs.speaker.as_deref())];
        if let Some(name) = &self.outputs.headphones {
            findings.push(look_at("headphones", Some(name)));
        }
        findings.push(Clips::finding(&Clips::open(&self.folder)));
        findings
    }
}

/// Opens the device for a moment.
fn look_at(subject: &'static str, name: Option<&str>) -> Finding {
    let silence = Arc::new(Mutex::new(Mixer::new(0.0)));
    let opened = device::find(name).and_then(|device| {
        let found = device::name(&device);
        device::play(&device, silence, |_| {}).map(|_| found)
    });
    match opened {
        Ok(found) => Finding::good(subject, found),
        Err(error) => {
            let remedy = "check the cable and the name in [sound], or set off = true; the kiosk runs on without sound, \
                          but a patient who cannot see it cannot use it alone";
            Finding::warning(subject, error.to_string(), remedy)
        }
    }
}

/// One output: what it plays, and its device while open.
struct Line {
    output: Output,
    name: Option<String>,
    mixer: Arc<Mutex<Mixer>>,
    stream: Option<cpal::Stream>,
    failed_at: Option<Instant>,
}

impl Line {
    fn new(output: Output, name: Option<String>, volume: Volume) -> Line {
        let mixer = Arc::new(Mutex::new(Mixer::new(volume.gain())));
        Line { output, name, mixer, stream: None, failed_at: None }
    }

    fn mixer(&self) -> MutexGuard<'_, Mixer> {
        self.mixer.lock()
    }

    /// Opens the device unless it is open or has failed just now; what there is to tell about that.
    fn open(&mut self, orders: &SyncSender<Order>) -> Option<SoundEvent> {
        if self.stream.is_some() || self.failed_at.is_some_and(|at| at.elapsed() < RETRY) {
            return None;
        }
        let (orders, output) = (orders.clone(), self.output);
        let tell = move |notice| {
            // A full queue means that commands follow: they find out themselves how the device is.
            let _ = orders.try_send(Order::Notice(output, notice));
        };
        let opened =
            device::find(self.name.as_deref()).and_then(|device| device::play(&device, Arc::clone(&self.mixer), tell));
        match opened {
            Ok(stream) => {
                self.stream = Some(stream);
                self.failed_at.take().map(|_| SoundEvent::Back(output))
            }
            Err(error) => self.lose(error.to_string()),
        }
    }

    /// The device is gone: what was to be heard is dropped. An event only when it was not known yet.
    fn lose(&mut self, why: String) -> Option<SoundEvent> {
        self.stream = None;
        self.mixer().clear();
        self.failed_at.replace(Instant::now()).is_none().then_some(SoundEvent::Lost(self.output, why))
    }
}

/// The thread's own.
struct Player {
    clips: Result<Clips, ClipError>,
    speaker: Line,
    headphones: Option<Line>,
    orders: SyncSender<Order>,
    outbox: SoundOutbox,
    speech_lost: Arc<AtomicBool>,
}

impl Player {
    fn run(mut self, inbox: &Receiver<Order>) {
        loop {
            let idle = self.lines().all(|line| line.mixer().is_idle());
            let open = self.lines().any(|line| line.stream.is_some());
            let order = if idle && open {
                inbox.recv_timeout(LINGER)
            } else {
                inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match order {
                Ok(Order::Command(command)) => self.command(command),
                Ok(Order::Notice(_, Notice::Drained)) => self.outbox.send(SoundEvent::Said),
                Ok(Order::Notice(output, Notice::Lost(why))) => self.lost(output, why),
                Err(RecvTimeoutError::Timeout) => self.lines().for_each(|line| line.stream = None),
                Ok(Order::End) | Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn lines(&mut self) -> impl Iterator<Item = &mut Line> {
        std::iter::once(&mut self.speaker).chain(&mut self.headphones)
    }

    fn lost(&mut self, output: Output, why: String) {
        let event = self.lines().find(|line| line.output == output).and_then(|line| line.lose(why));
        self.tell(event);
    }

    fn tell(&mut self, event: Option<SoundEvent>) {
        let speech = self.headphones.as_ref().unwrap_or(&self.speaker);
        self.speech_lost.store(speech.failed_at.is_some(), Ordering::Relaxed);
        if let Some(event) = event {
            self.outbox.send(event);
        }
    }

    fn load(&self, name: &'static str) -> Option<Samples> {
        let loaded = match &self.clips {
            Ok(clips) => clips.load(name).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        loaded.inspect_err(|why| self.outbox.send(SoundEvent::Unplayable(name, why.clone()))).ok()
    }

    fn command(&mut self, command: SoundCommand) {
        match command {
            SoundCommand::Say(clips) => {
                let samples = clips.iter().filter_map(|clip| self.load(clip.0)).collect();
                let orders = self.orders.clone();
                let line = self.headphones.as_mut().unwrap_or(&mut self.speaker);
                line.mixer().say(samples);
                let event = line.open(&orders);
                self.tell(event);
                clips.into_iter().for_each(|clip| self.outbox.send(SoundEvent::Saying(clip)));
            }
            SoundCommand::Signal(earcon) => {
                let Some(samples) = self.load(earcon.file()) else { return };
                self.speaker.mixer().signal(samples);
                let event = self.speaker.open(&self.orders);
                self.tell(event);
                self.outbox.send(SoundEvent::Signalled(earcon));
            }
            SoundCommand::Hush => {
                if self.headphones.as_ref().unwrap_or(&self.speaker).mixer().hush() {
                    self.outbox.send(SoundEvent::BrokenOff);
                }
            }
            SoundCommand::Volume(volume) => self.lines().for_each(|line| line.mixer().set_gain(volume.gain())),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc;

    use super::*;
    use crate::ports::{Clip, Earcon};

    const PATIENCE: Duration = Duration::from_secs(20);

    /// A kiosk whose outputs are not there: no machine has a device of that name.
    fn without_devices() -> (DeviceSound, mpsc::Receiver<SoundEvent>) {
        let (told, events) = mpsc::channel();
        let outbox = SoundOutbox::new(move |event| drop(told.send(event)));
        let nowhere = Some("no device has this name".to_owned());
        let outputs = Outputs { speaker: nowhere.clone(), headphones: nowhere };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sounds");
        (DeviceSound::start(folder, outputs, Volume::default(), outbox).expect("a thread"), events)
    }

    #[test]
    fn a_missing_device_is_told_once_and_everything_goes_on() {
        let (sound, events) = without_devices();
        assert_eq!(sound.audible(), Audible::Yes, "nothing was tried yet");
        for _ in 0..2 {
            sound.submit(SoundCommand::Say(vec![Clip("ja/pin-title")]));
            sound.submit(SoundCommand::Signal(Earcon::Done));
            sound.submit(SoundCommand::Signal(Earcon::Accepted));
        }
        let mut lost = Vec::new();
        let mut signals = 0;
        while signals < 4 {
            match events.recv_timeout(PATIENCE).expect("an event in time") {
                SoundEvent::Lost(output, why) => lost.push((output, why)),
                SoundEvent::Signalled(_) => signals += 1,
                SoundEvent::Saying(_) | SoundEvent::BrokenOff => {}
                other => panic!("{other:?}"),
            }
        }
        let outputs: Vec<Output> = lost.iter().map(|(output, _)| *output).collect();
        assert_eq!(outputs, [Output::Headphones, Output::Speaker], "{lost:?}");
        assert!(lost.iter().all(|(_, why)| why.contains("no device has this name")), "{lost:?}");
        assert_eq!(sound.audible(), Audible::NoDevice);
    }

    #[test]
    fn doctor_names_what_is_missing_and_what_to_do() {
        let (sound, _events) = without_devices();
        let findings = sound.diagnose();
        let health: Vec<(&str, Health)> = findings.iter().map(|f| (f.subject, f.health)).collect();
        let wanted = [("loudspeaker", Health::Warning), ("headphones", Health::Warning), ("sound clips", Health::Good)];
        assert_eq!(health, wanted, "{findings:?}");
        assert!(findings.iter().filter(|f| f.health != Health::Good).all(|f| f.remedy.contains("[sound]")));
    }

    #[test]
    fn a_clip_that_is_not_there_is_told_and_the_next_is_played() {
        let (sound, events) = without_devices();
        sound.submit(SoundCommand::Say(vec![Clip("ja/no-such-clip")]));
        let unplayable = || matches!(events.recv_timeout(PATIENCE), Ok(SoundEvent::Unplayable("ja/no-such-clip", _)));
        assert!(unplayable());
    }
}
