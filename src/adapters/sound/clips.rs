//! The committed clips: Ogg Opus files, each that of the hash in the program's list.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::clip_list;
use crate::ports::Finding;

/// Samples a second of every decoded clip; Opus knows no other rate.
pub const RATE: u32 = 48_000;

/// Decoded samples of one clip at [`RATE`].
pub type Samples = Arc<[f32]>;

/// The longest packet of Opus, 120 ms, in samples.
const LONGEST_PACKET: usize = RATE as usize * 120 / 1000;

/// The folder of the clips.
pub struct Clips {
    folder: PathBuf,
    /// SHA-256 in hexadecimal, by file name.
    hashes: HashMap<String, String>,
}

/// Why a clip cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ClipError {
    /// No such file, or not readable.
    #[error("{}: {}", .0.display(), .1)]
    Read(PathBuf, std::io::Error),
    /// The list of clips cannot be read.
    #[error("the list of clips: {0}")]
    List(&'static str),
    /// The list does not have it.
    #[error("{0} is not in the list of clips")]
    Unlisted(String),
    /// Another file than the one in the list.
    #[error("{0} is not the file that the list of clips has")]
    Changed(String),
    /// Not Ogg Opus with one channel.
    #[error("{0}: {1}")]
    Format(String, String),
}

impl Clips {
    /// Those that lie in `folder`.
    ///
    /// # Errors
    /// When the program's list of clips cannot be read.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Clips, ClipError> {
        let clips = clip_list::listed().map_err(ClipError::List)?;
        let hashes = clips.iter().map(|clip| (clip.file.clone(), clip.sha256.clone())).collect();
        Ok(Clips { folder: folder.into(), hashes })
    }

    /// The samples of one clip, one channel at [`RATE`]; `name` has no ending.
    ///
    /// # Errors
    /// When the file is missing, changed or broken.
    pub fn load(&self, name: &str) -> Result<Samples, ClipError> {
        let file = format!("{name}.opus");
        let data = self.read(&file)?;
        decode(data).map(Samples::from).map_err(|cause| ClipError::Format(file, cause))
    }

    /// Whether a clip is there and unchanged; quicker than to load it.
    ///
    /// # Errors
    /// When it is not.
    pub fn check(&self, name: &str) -> Result<(), ClipError> {
        self.read(&format!("{name}.opus")).map(|_| ())
    }

    fn read(&self, file: &str) -> Result<Vec<u8>, ClipError> {
        let pinned = self.hashes.get(file).ok_or_else(|| ClipError::Unlisted(file.to_owned()))?;
        let path = self.folder.join(Path::new(file));
        let data = std::fs::read(&path).map_err(|error| ClipError::Read(path, error))?;
        let hash = format!("{:x}", Sha256::digest(&data));
        if hash == *pinned { Ok(data) } else { Err(ClipError::Changed(file.to_owned())) }
    }

    /// Every clip of the list, by its name without ending.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.hashes.keys().filter_map(|file| file.strip_suffix(".opus"))
    }

    /// One line for `doctor`: all files there and unchanged, or the first that is not.
    pub fn finding(opened: &Result<Clips, ClipError>) -> Finding {
        const REMEDY: &str =
            "install the program's assets again; until then the kiosk is silent where clips are missing";
        let clips = match opened {
            Ok(clips) => clips,
            Err(error) => return Finding::bad("sound clips", error.to_string(), REMEDY),
        };
        match clips.hashes.keys().find_map(|file| clips.read(file).err()) {
            Some(error) => Finding::bad("sound clips", error.to_string(), REMEDY),
            None => Finding::good("sound clips", format!("{} in {}", clips.hashes.len(), clips.folder.display())),
        }
    }
}

/// The samples of an Ogg Opus file with one channel.
fn decode(data: Vec<u8>) -> Result<Vec<f32>, String> {
    let mut reader = ogg::PacketReader::new(std::io::Cursor::new(data));
    let mut next = || reader.read_packet().map_err(|error| error.to_string());
    let head = next()?.ok_or("the file is empty")?;
    let (Some(b"OpusHead"), Some(channels), Some([low, high])) =
        (head.data.get(..8), head.data.get(9), head.data.get(10..12))
    else {
        return Err("not Ogg Opus".to_owned());
    };
    if *channels != 1 {
        return Err(format!("{channels} channels instead of one"));
    }
    let skip = usize::from(u16::from_le_bytes([*low, *high]));
    next()?.ok_or("the file ends after its head")?;
    let mut decoder = rusty_opus::OpusDecoder::new(RATE as i32, 1).map_err(|error| error.to_string())?;
    let mut packet = vec![0.0; LONGEST_PACKET];
    let mut samples = Vec::new();
    while let Some(coded) = next()? {
        let count = decoder.decode(&coded.data, LONGEST_PACKET, &mut packet).map_err(|error| error.to_string())?;
        samples.extend_from_slice(packet.get(..count).unwrap_or_default());
    }
    samples.drain(..skip.min(samples.len()));
    Ok(samples)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{Earcon, Health};

    fn shipped() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sounds")
    }

    #[test]
    fn every_signal_decodes_and_is_heard() {
        let clips = Clips::open(shipped()).expect("the shipped clips");
        for earcon in Earcon::ALL {
            let samples = clips.load(earcon.file()).expect("a signal");
            let peak = samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
            assert!(peak > 0.05 && peak <= 1.0, "{earcon:?} peaks at {peak}");
        }
    }

    #[test]
    fn speech_decodes_whole() {
        let clips = Clips::open(shipped()).expect("the shipped clips");
        let longest = clips
            .names()
            .max_by_key(|name| std::fs::metadata(shipped().join(format!("{name}.opus"))).map_or(0, |m| m.len()));
        let samples = clips.load(longest.expect("a clip")).expect("speech");
        assert!(samples.len() > RATE as usize, "{} samples", samples.len());
        assert!(samples.iter().all(|sample| sample.is_finite() && sample.abs() <= 1.5));
    }

    #[test]
    fn what_is_missing_or_changed_is_told_apart() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(Clips::finding(&Clips::open(folder.path())).health, Health::Bad, "no file is there");
        let hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
        let hashes = HashMap::from([("a.opus".to_owned(), hash.to_owned())]);
        let opened = Ok(Clips { folder: folder.path().into(), hashes });
        let clips = opened.as_ref().expect("clips");
        assert!(matches!(clips.load("b"), Err(ClipError::Unlisted(_))));
        assert!(matches!(clips.load("a"), Err(ClipError::Read(..))));
        std::fs::write(folder.path().join("a.opus"), "other").expect("a file");
        assert!(matches!(clips.load("a"), Err(ClipError::Changed(_))));
        assert_eq!(Clips::finding(&opened).health, Health::Bad);
        std::fs::write(folder.path().join("a.opus"), "hello").expect("a file");
        assert!(matches!(clips.load("a"), Err(ClipError::Format(..))));
        assert_eq!(Clips::finding(&opened).health, Health::Good);
    }
}
