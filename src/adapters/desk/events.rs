//! A stream of server-sent events, as far as commands need it: the data of each event, whatever pieces it comes in.

/// Longest event; a command has some hundred bytes.
const LONGEST: usize = 64 << 10;

/// What has come of an event that is not whole yet.
#[derive(Default)]
pub struct Events {
    line: Vec<u8>,
    data: String,
    /// The last piece ended with a carriage return: a line feed that follows belongs to it.
    returned: bool,
}

impl Events {
    /// The data of the events that `piece` makes whole; `None` when one has no end.
    pub fn feed(&mut self, piece: &[u8]) -> Option<Vec<String>> {
        let mut whole = Vec::new();
        for byte in piece {
            let after_return = std::mem::replace(&mut self.returned, *byte == b'\r');
            match byte {
                b'\n' if after_return => {}
                b'\n' | b'\r' => whole.extend(self.ends_line()),
                byte => self.line.push(*byte),
            }
            if self.line.len() + self.data.len() > LONGEST {
                return None;
            }
        }
        Some(whole)
    }

    /// An empty line ends an event; comments and other fields say nothing.
    fn ends_line(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            let mut data = std::mem::take(&mut self.data);
            data.pop();
            return (!data.is_empty()).then_some(data);
        }
        let line = String::from_utf8_lossy(&line);
        if let Some(data) = line.strip_prefix("data:") {
            self.data.push_str(data.strip_prefix(' ').unwrap_or(data));
            self.data.push('\n');
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_whole_whatever_pieces_they_come_in() {
        let stream =
            ": here\n\ndata: {\"a\":1}\n\nevent: x\r\ndata:one\r\ndata: two\r\nid: 7\r\n\r\n:\n\ndata\n\ndata: 松\r\r";
        for size in 1..stream.len() {
            let mut events = Events::default();
            let pieces = stream.as_bytes().chunks(size);
            let whole: Vec<_> = pieces.flat_map(|piece| events.feed(piece).expect("it has an end")).collect();
            assert_eq!(whole, ["{\"a\":1}", "one\ntwo", "松"], "in pieces of {size}");
        }
    }

    #[test]
    fn an_event_without_an_end_is_given_up() {
        let mut events = Events::default();
        let fed = (0..=LONGEST / 1_000).map(|_| events.feed(&[b'x'; 1_000])).collect::<Vec<_>>();
        assert!(fed.last().is_some_and(Option::is_none) && fed.first().is_some_and(Option::is_some));
        let mut events = Events::default();
        assert!((0..LONGEST).any(|_| events.feed(b"data: x\n").is_none()));
    }
}
