//! The operating system's sound devices through cpal: found by name, opened while something is played.

use std::sync::Arc;

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{Device, ErrorKind, FromSample, SampleFormat, SizedSample, Stream, StreamConfig};
use parking_lot::Mutex;

use super::mixer::Mixer;

/// Why no sound comes out.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// The PC has no output at all, or no default one.
    #[error("this PC has no sound output")]
    None,
    /// No device has that name.
    #[error("there is no sound output named `{0}`; there are {1}")]
    NotFound(String, String),
    /// The device does not open.
    #[error("the sound output does not open: {0}")]
    Open(#[from] cpal::Error),
    /// A sample format that nobody uses.
    #[error("the sound output wants samples of a kind that is not served: {0}")]
    Format(SampleFormat),
}

/// The name of `device` for people.
pub fn name(device: &Device) -> String {
    device.description().map_or_else(|_| "?".to_owned(), |description| description.name().to_owned())
}

/// The names of every output.
pub fn names() -> Vec<String> {
    cpal::default_host().output_devices().map(|devices| devices.map(|d| name(&d)).collect()).unwrap_or_default()
}

/// The output whose name contains `wanted`; the default one without a name.
///
/// # Errors
/// When there is none.
pub fn find(wanted: Option<&str>) -> Result<Device, DeviceError> {
    let host = cpal::default_host();
    let Some(wanted) = wanted else { return host.default_output_device().ok_or(DeviceError::None) };
    let found = host.output_devices()?.find(|device| name(device).contains(wanted));
    found.ok_or_else(|| {
        let names = names();
        let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        DeviceError::NotFound(wanted.to_owned(), names)
    })
}

/// What an open output tells.
pub enum Notice {
    /// Everything has been played.
    Drained,
    /// The device is gone or broken, and why.
    Lost(String),
}

/// Opens `device` and plays `mixer` until the stream is dropped. `tell` is called from the device's own thread and must
/// not block.
///
/// # Errors
/// When the device does not open.
pub fn play(
    device: &Device,
    mixer: Arc<Mutex<Mixer>>,
    tell: impl Fn(Notice) + Clone + Send + 'static,
) -> Result<Stream, DeviceError> {
    let supported = device.default_output_config()?;
    let config = supported.config();
    let stream = match supported.sample_format() {
        SampleFormat::F32 => stream::<f32>(device, config, mixer, tell),
        SampleFormat::F64 => stream::<f64>(device, config, mixer, tell),
        SampleFormat::I16 => stream::<i16>(device, config, mixer, tell),
        SampleFormat::I32 => stream::<i32>(device, config, mixer, tell),
        SampleFormat::I24 => stream::<cpal::I24>(device, config, mixer, tell),
        SampleFormat::U16 => stream::<u16>(device, config, mixer, tell),
        SampleFormat::U8 => stream::<u8>(device, config, mixer, tell),
        other => return Err(DeviceError::Format(other)),
    }?;
    stream.play()?;
    Ok(stream)
}

fn stream<T: SizedSample + FromSample<f32>>(
    device: &Device,
    config: StreamConfig,
    mixer: Arc<Mutex<Mixer>>,
    tell: impl Fn(Notice) + Clone + Send + 'static,
) -> Result<Stream, cpal::Error> {
    let (rate, channels) = (config.sample_rate, usize::from(config.channels.max(1)));
    let lost = tell.clone();
    let mut told = true;
    let fill = move |out: &mut [T], _: &cpal::OutputCallbackInfo| {
        let mut mixer = mixer.lock();
        let was_idle = mixer.is_idle();
        for frame in out.chunks_mut(channels) {
            frame.fill(T::from_sample(mixer.next(rate)));
        }
        // One more buffer of silence after the last sample: then the device has played it.
        if was_idle && !told {
            tell(Notice::Drained);
        }
        told = was_idle;
    };
    let failed = move |error: cpal::Error| {
        if !matches!(error.kind(), ErrorKind::Xrun | ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied) {
            lost(Notice::Lost(error.to_string()));
        }
    };
    device.build_output_stream(config, fill, failed, None)
}
