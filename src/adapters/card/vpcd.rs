//! Lets the virtual card join a running pcscd through the vpcd driver (vsmartcard), over TCP.
//!
//! The driver listens and speaks first. Frames are a two-byte big-endian length and a payload: one byte is control, anything
//! else a command APDU. Source: vsmartcard's api.txt and a bench with version 3.3.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Condvar, Mutex, MutexGuard};
use zeroize::Zeroizing;

use super::virtual_card::{Exchange, VirtualCard};

/// Where the driver listens unless told otherwise.
pub const DEFAULT_PORT: u16 = 35963;

const POWER_OFF: u8 = 0;
const POWER_ON: u8 = 1;
const RESET: u8 = 2;
const GET_ATR: u8 = 4;

/// How long to wait before knocking again at a driver that is not there.
const KNOCK_AGAIN: Duration = Duration::from_millis(300);

/// Where and how to join.
#[derive(Debug, Clone)]
pub struct VpcdOptions {
    /// Host of the driver.
    pub host: String,
    /// Its port: 35963 for the first slot, 35964 for the second.
    pub port: u16,
    /// What the card says at power-on.
    pub atr: &'static [u8],
    /// End with the first connection instead of joining again.
    pub once: bool,
}

/// What happens on the link, for a log and for the person at the terminal.
pub enum LinkEvent<'a> {
    /// The card lies on the virtual reader.
    Joined(SocketAddr),
    Exchanged(&'a Exchange),
    /// The driver is not there or went away; it is being waited for.
    Waiting(&'a io::Error),
}

/// Why the link ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkEnd {
    /// It was told to stop.
    Stopped,
    /// The card's fault took it off the reader.
    CardPulled,
    /// The driver closed the connection, and one was enough.
    Closed,
}

#[derive(Default)]
struct StopState {
    stopped: bool,
    open: Option<TcpStream>,
}

/// Ends a link from another thread, at once.
#[derive(Clone, Default)]
pub struct LinkStop(Arc<(Mutex<StopState>, Condvar)>);

impl LinkStop {
    /// Takes the card off the reader and ends the link.
    pub fn stop(&self) {
        let mut state = self.state();
        state.stopped = true;
        if let Some(open) = state.open.take()
            && let Err(error) = open.shutdown(Shutdown::Both)
        {
            tracing::debug!(%error, "shutdown");
        }
        self.0.1.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, StopState> {
        self.0.0.lock()
    }

    fn stopped(&self) -> bool {
        self.state().stopped
    }

    /// Remembers the open connection; false when already stopped.
    fn open(&self, stream: Option<TcpStream>) -> bool {
        let mut state = self.state();
        state.open = stream;
        !state.stopped
    }

    /// Waits; true when stopped meanwhile.
    fn wait(&self, pause: Duration) -> bool {
        let mut state = self.state();
        self.0.1.wait_while_for(&mut state, |state| !state.stopped, pause);
        state.stopped
    }
}

/// Joins and serves until stopped, pulled, or (with `once`) closed.
///
/// # Errors
/// With `once`, when the driver cannot be reached at all.
pub fn serve(
    card: &mut VirtualCard,
    options: &VpcdOptions,
    stop: &LinkStop,
    mut tell: impl FnMut(LinkEvent<'_>),
) -> io::Result<LinkEnd> {
    loop {
        let joined = join(options).and_then(|stream| Ok((stream.try_clone()?, stream)));
        let ended = match joined {
            Ok((handle, mut stream)) => {
                if !stop.open(Some(handle)) {
                    return Ok(LinkEnd::Stopped);
                }
                tell(LinkEvent::Joined(stream.peer_addr()?));
                let ended = exchange_all(card, &mut Prompt(&mut stream), options.atr, &mut tell);
                stop.open(None);
                card.power_off();
                ended
            }
            Err(error) if options.once => return Err(error),
            Err(error) => Err(error),
        };
        if stop.stopped() {
            return Ok(LinkEnd::Stopped);
        }
        match ended {
            Ok(end) => return Ok(end),
            Err(_) if options.once => return Ok(LinkEnd::Closed),
            Err(error) => tell(LinkEvent::Waiting(&error)),
        }
        if stop.wait(KNOCK_AGAIN) {
            return Ok(LinkEnd::Stopped);
        }
    }
}

fn join(options: &VpcdOptions) -> io::Result<TcpStream> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, format!("{} has no address", options.host));
    for address in (options.host.as_str(), options.port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, Duration::from_secs(2)) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Serves one connection; `Ok` only when the card was pulled, else how the connection ended.
///
/// # Errors
/// Always in the end: how the connection ended.
pub fn exchange_all(
    card: &mut VirtualCard,
    stream: &mut (impl Read + Write),
    atr: &[u8],
    tell: &mut impl FnMut(LinkEvent<'_>),
) -> io::Result<LinkEnd> {
    loop {
        let frame = receive(stream)?;
        match frame.as_slice() {
            [POWER_OFF] => card.power_off(),
            [POWER_ON] => card.power_on(),
            [RESET] => card.reset(),
            [GET_ATR] => send(stream, atr)?,
            [] => return Err(io::ErrorKind::UnexpectedEof.into()),
            [other] => tracing::debug!(other, "unknown control byte"),
            command => {
                let response = Zeroizing::new(card.apdu(command));
                std::thread::sleep(card.delay(command.len() + response.len()));
                if let Some(exchange) = card.log().iter().next_back() {
                    tell(LinkEvent::Exchanged(exchange));
                }
                if card.is_gone() {
                    return Ok(LinkEnd::CardPulled);
                }
                // A mute card: the driver gets a status word that no card sends, for it knows no silence.
                send(stream, if response.is_empty() { &[0x00, 0x00] } else { &response })?;
            }
        }
    }
}

fn receive(stream: &mut impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut length = [0; 2];
    stream.read_exact(&mut length)?;
    let mut frame = Zeroizing::new(vec![0; usize::from(u16::from_be_bytes(length))]);
    stream.read_exact(&mut frame)?;
    Ok(frame)
}

/// The driver sends length and body apart and waits for the acknowledgement between them; unless it is sent at once, every
/// APDU costs 40 ms.
struct Prompt<'a>(&'a mut TcpStream);

impl Read for Prompt<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[cfg(target_os = "linux")]
        socket2::SockRef::from(&*self.0).set_tcp_quickack(true)?;
        self.0.read(buffer)
    }
}

impl Write for Prompt<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn send(stream: &mut impl Write, payload: &[u8]) -> io::Result<()> {
    let length = u16::try_from(payload.len()).map_err(|_| io::ErrorKind::InvalidData)?;
    let mut frame = Zeroizing::new(Vec::with_capacity(payload.len() + 2));
    frame.extend(length.to_be_bytes());
    frame.extend_from_slice(payload);
    stream.write_all(&frame)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::card::virtual_card::{ATR_CONTACT, Fault};
    use crate::people::{authority::TestAuthority, by_id};
    use std::net::TcpListener;
    use std::sync::mpsc;

    fn card(faults: &[Fault]) -> VirtualCard {
        let today = jiff::civil::date(2026, 11, 20);
        VirtualCard::new(&TestAuthority::load().unwrap(), &by_id("p01").unwrap(), today, faults).unwrap()
    }

    fn frame(stream: &mut TcpStream, payload: &[u8]) {
        send(stream, payload).unwrap();
    }

    fn served<T>(faults: &[Fault], driver: impl FnOnce(TcpStream, &LinkStop) -> T) -> (T, LinkEnd) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let options = VpcdOptions { host: "127.0.0.1".into(), port, atr: ATR_CONTACT, once: true };
        let (stop, mut card) = (LinkStop::default(), card(faults));
        let (its_stop, (ended, end)) = (stop.clone(), mpsc::channel());
        let thread = std::thread::spawn(move || ended.send(serve(&mut card, &options, &its_stop, |_| {}).unwrap()));
        let result = driver(listener.accept().unwrap().0, &stop);
        let end = end.recv_timeout(Duration::from_secs(10)).unwrap();
        thread.join().unwrap().unwrap();
        (result, end)
    }

    #[test]
    fn control_bytes_and_apdus_are_served() {
        let (answers, end) = served(&[], |mut driver, _| {
            for control in [POWER_ON, POWER_OFF, POWER_ON, RESET, 9] {
                frame(&mut driver, &[control]);
            }
            frame(&mut driver, &[GET_ATR]);
            let atr = receive(&mut driver).unwrap().to_vec();
            frame(&mut driver, &[0x00, 0xA4, 0x04, 0x0C, 0x02, 0xA0, 0x00]);
            (atr, receive(&mut driver).unwrap().to_vec())
        });
        assert_eq!(answers, (ATR_CONTACT.to_vec(), vec![0x6A, 0x82]));
        assert_eq!(end, LinkEnd::Closed);
    }

    #[test]
    fn stopping_takes_the_card_off() {
        let (left, end) = served(&[], |mut driver, stop| {
            frame(&mut driver, &[GET_ATR]);
            receive(&mut driver).unwrap();
            stop.stop();
            receive(&mut driver).is_err()
        });
        assert!(left);
        assert_eq!(end, LinkEnd::Stopped);
    }

    #[test]
    fn every_atr_has_its_checksum() {
        use crate::adapters::card::virtual_card::ATR_CONTACTLESS;
        for atr in [ATR_CONTACT, ATR_CONTACTLESS] {
            assert_eq!(atr[1..].iter().fold(0, |sum, byte| sum ^ byte), 0);
        }
    }
}
