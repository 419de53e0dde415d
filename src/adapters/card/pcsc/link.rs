//! One exclusive burst with the card in a PC/SC reader.

use std::ffi::{CStr, CString};
use std::time::{Duration, Instant};

use pcsc::{Card, Context, Disposition, Error, Protocols, ReaderState, Scope, ShareMode, State};
use zeroize::Zeroizing;

use super::super::{Channel, ChannelError};
use super::keypad;
use super::rule::ReaderRule;

/// How long to wait for another program to let the card go before sharing it.
const EXCLUSIVE_WITHIN: Duration = Duration::from_millis(600);
/// How often to ask meanwhile; PC/SC has no event for it.
const ASK_AGAIN: Duration = Duration::from_millis(50);
/// How long a reader may take to notice that the card left in the middle of an exchange.
const NOTICE_REMOVAL: Duration = Duration::from_millis(700);

/// Every reader by name; none is an empty list.
pub(super) fn readers(context: &Context) -> Result<Vec<CString>, Error> {
    match context.list_readers_owned() {
        Err(Error::NoReadersAvailable) => Ok(Vec::new()),
        other => other,
    }
}

/// What a PC/SC error means to a burst.
pub(super) fn meaning(error: Error) -> ChannelError {
    match error {
        Error::NoSmartcard | Error::RemovedCard => ChannelError::CardGone,
        Error::ResetCard | Error::UnpoweredCard => ChannelError::CardReset,
        Error::SharingViolation => ChannelError::Busy,
        Error::UnknownReader | Error::ReaderUnavailable | Error::NoReadersAvailable => {
            ChannelError::ReaderGone(error.to_string())
        }
        Error::NoService | Error::ServiceStopped | Error::Shutdown | Error::CommError | Error::InternalError => {
            ChannelError::ServiceStopped(error.to_string())
        }
        // The service is there and does not serve this account: to a patient the same as none.
        Error::SecurityViolation | Error::NoAccess => ChannelError::ServiceStopped(error.to_string()),
        Error::InvalidHandle | Error::SystemCancelled => ChannelError::ServiceStopped(error.to_string()),
        other => ChannelError::Mute(other.to_string()),
    }
}

struct Wire<'a> {
    card: &'a Card,
    context: &'a Context,
    reader: &'a CStr,
    largest: u32,
    /// The control code that lets the reader's own keypad take the PIN.
    keypad: Option<u32>,
    buffer: Zeroizing<Vec<u8>>,
}

impl Channel for Wire<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        let failed = match self.card.transmit(command, &mut self.buffer) {
            Ok(response) if response.len() >= 2 => return Ok(Zeroizing::new(response.to_vec())),
            // Some drivers report a card that left as an empty response.
            Ok(_) => ChannelError::Mute("an empty response".into()),
            Err(error) => meaning(error),
        };
        match failed {
            ChannelError::Mute(_) if left(self.context, self.reader) => Err(ChannelError::CardGone),
            other => Err(other),
        }
    }

    fn extended_length(&self) -> bool {
        self.largest > 256
    }

    fn largest_answer(&self) -> u32 {
        self.largest
    }

    fn has_keypad(&self) -> bool {
        self.keypad.is_some()
    }

    fn verify_on_keypad(&mut self) -> Option<Result<Zeroizing<Vec<u8>>, ChannelError>> {
        let code = self.keypad?;
        let typed = self.card.control(code.into(), &keypad::order(), &mut self.buffer);
        Some(typed.map(|answer| Zeroizing::new(answer.to_vec())).map_err(meaning))
    }
}

/// Whether a failed exchange was the card leaving: readers tell only a moment later.
fn left(context: &Context, reader: &CStr) -> bool {
    let mut state = [ReaderState::new(reader, State::PRESENT)];
    let deadline = Instant::now() + NOTICE_REMOVAL;
    while let Some(rest) = deadline.checked_duration_since(Instant::now()) {
        if context.get_status_change(rest, &mut state).is_err() {
            return false;
        }
        if state.iter().any(|state| state.event_state().contains(State::EMPTY)) {
            return true;
        }
        state.iter_mut().for_each(ReaderState::sync_current_state);
    }
    false
}

/// Connects, runs one burst nobody can interrupt, and lets go. `run` says whether the card must be powered down.
///
/// # Errors
/// When no connection came about; `run` was not called then.
pub fn with_card<T>(
    context: &Context,
    reader: &CStr,
    run: impl FnOnce(&mut dyn Channel) -> (T, bool),
) -> Result<T, ChannelError> {
    let (mut card, exclusive) = connect(context, reader)?;
    let features = Features::of(&card);
    let (largest, keypad) = (features.largest_answer(&card), features.code(keypad::VERIFY_PIN_DIRECT));
    let buffer = Zeroizing::new(vec![0; pcsc::MAX_BUFFER_SIZE_EXTENDED]);
    let (outcome, power_down) = if exclusive {
        run(&mut Wire { card: &card, context, reader, largest, keypad, buffer })
    } else {
        let transaction = card.transaction().map_err(meaning)?;
        run(&mut Wire { card: &transaction, context, reader, largest, keypad, buffer })
    };
    let disposition = if power_down { Disposition::UnpowerCard } else { Disposition::LeaveCard };
    if let Err((_, error)) = card.disconnect(disposition) {
        tracing::debug!(%error, "disconnect");
    }
    Ok(outcome)
}

/// Connects exclusively, or, when another program keeps the card open, shares it (a transaction then protects the burst).
fn connect(context: &Context, reader: &CStr) -> Result<(Card, bool), ChannelError> {
    let deadline = Instant::now() + EXCLUSIVE_WITHIN;
    loop {
        match context.connect(reader, ShareMode::Exclusive, Protocols::ANY) {
            Ok(card) => return Ok((card, true)),
            Err(Error::SharingViolation) if Instant::now() < deadline => std::thread::sleep(ASK_AGAIN),
            Err(Error::SharingViolation) => break,
            Err(error) => return Err(not_connected(error, context, reader)),
        }
    }
    match context.connect(reader, ShareMode::Shared, Protocols::ANY) {
        Ok(card) => Ok((card, false)),
        Err(error) => Err(not_connected(error, context, reader)),
    }
}

/// A card that is just leaving first looks like one that has no power or does not answer.
fn not_connected(error: Error, context: &Context, reader: &CStr) -> ChannelError {
    match meaning(error) {
        ChannelError::Mute(_) | ChannelError::CardReset if left(context, reader) => ChannelError::CardGone,
        other => other,
    }
}

/// The function number of CM_IOCTL_GET_FEATURE_REQUEST (PC/SC part 10).
const GET_FEATURES: u16 = 3400;
/// FEATURE_GET_TLV_PROPERTIES.
const TLV_PROPERTIES: u8 = 0x12;
/// dwMaxAPDUDataSize: 0 for short APDUs only, else the largest data, little endian.
const MAX_APDU_DATA_SIZE: u8 = 0x0A;

/// What a reader and its driver offer besides exchanging APDUs: a row of tag, length and control code.
struct Features(Vec<u8>);

impl Features {
    fn of(card: &Card) -> Self {
        let mut buffer = [0; 512];
        Self(card.control(pcsc::ctl_code(GET_FEATURES.into()), &[], &mut buffer).unwrap_or_default().to_vec())
    }

    /// The control code of a feature; `None` when the reader has it not.
    fn code(&self, feature: u8) -> Option<u32> {
        property(&self.0, feature).map(u32::from_be_bytes)
    }

    /// The most data that reader and driver pass in one answer: what they say, and the most there can be when they say
    /// nothing (drivers other than libccid; the client falls back to short APDUs when the first extended one fails).
    fn largest_answer(&self, card: &Card) -> u32 {
        let Some(code) = self.code(TLV_PROPERTIES) else { return 0x1_0000 };
        let mut buffer = [0; 512];
        let properties = card.control(code.into(), &[], &mut buffer).unwrap_or_default();
        property(properties, MAX_APDU_DATA_SIZE).map_or(0x1_0000, |size| u32::from_le_bytes(size).clamp(256, 0x1_0000))
    }
}

/// The four-byte value of that tag in a row of tag, length, value.
fn property(mut row: &[u8], tag: u8) -> Option<[u8; 4]> {
    while let [found, length, rest @ ..] = row {
        let value = rest.get(..usize::from(*length))?;
        if *found == tag {
            return value.try_into().ok();
        }
        row = rest.get(usize::from(*length)..)?;
    }
    None
}

/// One burst with the card in the reader of that name, for commands that are not the kiosk.
///
/// # Errors
/// When service, reader or card is missing.
pub fn with_named_card<T>(
    name: Option<&str>,
    run: impl FnOnce(&mut dyn Channel) -> (T, bool),
) -> Result<(String, T), ChannelError> {
    let context = Context::establish(Scope::User).map_err(meaning)?;
    let readers = readers(&context).map_err(meaning)?;
    let reader = ReaderRule::named(name).choose(&readers).ok_or_else(|| {
        let listed = readers.iter().map(|reader| reader.to_string_lossy()).collect::<Vec<_>>().join(", ");
        ChannelError::ReaderGone(match name {
            Some(name) if !listed.is_empty() => format!("none is called {name:?}; there are: {listed}"),
            _ => "none is connected".into(),
        })
    })?;
    let outcome = with_card(&context, reader, run)?;
    Ok((reader.to_string_lossy().into_owned(), outcome))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_found_and_broken_rows_are_not() {
        let row = [0x01, 0x01, 0x00, 0x0A, 0x04, 0x00, 0x00, 0x01, 0x00];
        assert_eq!(property(&row, 0x0A).map(u32::from_le_bytes), Some(0x1_0000));
        assert_eq!(property(&row, 0x0B), None);
        assert_eq!(property(&row[..7], 0x0A), None);
    }
}
