//! Builds the kiosk's sound from its settings; what becomes of it goes to the log.

use std::sync::Arc;

use crate::adapters::sound::{DeviceSound, Outputs, RecordedSound};
use crate::config;
use crate::ports::{Sound, SoundEvent, SoundOutbox, Volume};

use super::CliError;
use super::wire::assets_folder;

/// The sound that the settings describe; none when they switch it off.
///
/// # Errors
/// When there is no thread for it. A missing device is no error: the kiosk runs on without sound.
pub fn of(settings: &config::Sound) -> Result<Option<Arc<dyn Sound>>, CliError> {
    if settings.off {
        return Ok(None);
    }
    let outputs = Outputs { speaker: settings.speaker.clone(), headphones: settings.headphones.clone() };
    let sound = DeviceSound::start(assets_folder().join("sounds"), outputs, settings.volume(), log());
    let sound =
        sound.map_err(|error| CliError::missing(format!("no thread for sound: {error}"), "close other programs"))?;
    Ok(Some(Arc::new(sound)))
}

/// The sound of training: this PC's usual output, or the log where there is none.
///
/// # Errors
/// When there is no thread for it.
pub fn training() -> Result<Arc<dyn Sound>, CliError> {
    let settings = config::Sound::default();
    if let (true, Some(sound)) = (DeviceSound::has_output(), of(&settings)?) {
        return Ok(sound);
    }
    tracing::warn!("this PC has no sound output: what would be heard is written to the log");
    let told = SoundOutbox::new(|event| match event {
        SoundEvent::Saying(clip) => tracing::info!(clip = clip.0, "would say"),
        SoundEvent::Signalled(earcon) => tracing::info!(?earcon, "would signal"),
        event => write(event),
    });
    Ok(Arc::new(RecordedSound::new(assets_folder().join("sounds"), told)))
}

fn log() -> SoundOutbox {
    SoundOutbox::new(write)
}

fn write(event: SoundEvent) {
    match event {
        SoundEvent::Lost(output, why) => tracing::warn!(?output, "no sound, the kiosk goes on without it: {why}"),
        SoundEvent::Back(output) => tracing::info!(?output, "sound is back"),
        SoundEvent::Unplayable(name, why) => tracing::error!(name, "a clip cannot be played: {why}"),
        SoundEvent::Saying(_) | SoundEvent::Signalled(_) | SoundEvent::Said | SoundEvent::BrokenOff => {
            tracing::debug!(?event, "sound");
        }
    }
}

impl config::Sound {
    /// How loud a visit begins.
    pub fn volume(&self) -> Volume {
        self.volume.and_then(Volume::new).unwrap_or_default()
    }
}
