//! The official software's answers to requests: waited for, told to staff where they refuse, removed where they do not.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};

use encoding_rs::{Encoding, UTF_8};
use jiff::{SignedDuration, Timestamp};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::domain::staff_news::StaffNews;
use crate::ports::Outbox;

use super::config::Answers;
use super::ground::Ground;
use super::place::Prepared;

/// In the folder of requests: each line a request whose answer is open, behind the second in which it was written.
const OPEN: &str = "open";
/// Largest answer that is read; a real one has a few hundred bytes.
const MOST_BYTES: u64 = 1 << 20;

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    Registered,
    /// With its code.
    Refused(String),
    /// The insurer's side is still at work, or the file is not whole yet.
    Later,
}

/// A request whose answer is open.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    name: String,
    at: Timestamp,
}

/// Waits for answers.
pub struct Watch {
    answers: Answers,
    /// The kiosk's own folder of requests.
    home: PathBuf,
    outbox: Outbox,
    open: Vec<Asked>,
}

impl Watch {
    /// Goes on with what an earlier run left open.
    pub fn new(answers: Answers, home: PathBuf, outbox: Outbox) -> Self {
        let text = fs::read_to_string(home.join(OPEN)).unwrap_or_default();
        let asked = |line: &str| {
            let (second, name) = line.split_once(' ')?;
            Some(Asked { name: name.into(), at: Timestamp::from_second(second.parse().ok()?).ok()? })
        };
        let open = text.lines().filter_map(asked).collect();
        Self { answers, home, outbox, open }
    }

    /// Until nobody can ask any more; names of requests come in.
    pub fn run(mut self, asked: &Receiver<String>) {
        loop {
            let next = match self.open.is_empty() {
                true => asked.recv().map_err(|_| RecvTimeoutError::Disconnected),
                false => asked.recv_timeout(self.answers.pause),
            };
            match next {
                Ok(name) => self.open.push(Asked { name, at: Timestamp::now() }),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.look(Timestamp::now());
            self.remember();
        }
    }

    fn look(&mut self, now: Timestamp) {
        let (answers, outbox) = (&self.answers, &self.outbox);
        self.open.retain(|asked| {
            let code = match read(&answers.folder, &asked.name) {
                Answer::Registered => {
                    tracing::info!(request = asked.name, "a number is registered");
                    return false;
                }
                Answer::Refused(code) => Some(code),
                // A clock that was turned back makes nobody wait for ever.
                Answer::Later if (now.duration_since(asked.at)).abs() < patience(answers) => return true,
                Answer::Later => None,
            };
            outbox.tell(StaffNews::NumberNotRegistered { request: asked.name.clone(), answer: code });
            false
        });
    }

    fn remember(&self) {
        let lines: String =
            self.open.iter().map(|asked| format!("{} {}\n", asked.at.as_second(), asked.name)).collect();
        let file = self.home.join(OPEN);
        let written = Prepared::write_private(file.with_extension("new"), lines.as_bytes());
        if let Err(error) = written.and_then(|prepared| prepared.replace(&file)) {
            tracing::warn!(%error, "that answers are open cannot be noted");
        }
    }
}

fn patience(answers: &Answers) -> SignedDuration {
    SignedDuration::try_from(answers.patience).unwrap_or(SignedDuration::MAX)
}

/// The answer to that request; a good one is removed, a refusal is left for whoever looks into it.
fn read(folder: &Path, request: &str) -> Answer {
    let name = request.replacen("req_", "res_", 1);
    let found = Ground::open(folder).and_then(|folder| Ok((folder.read(&name, MOST_BYTES)?, folder)));
    let (bytes, folder) = match found {
        Ok((Some(bytes), folder)) => (bytes, folder),
        Ok((None, _)) => return Answer::Later,
        Err(error) => {
            tracing::debug!(%error, "the folder of answers cannot be read");
            return Answer::Later;
        }
    };
    let answer = decode(&bytes).and_then(|text| understood(&text)).unwrap_or(Answer::Later);
    if answer == Answer::Registered
        && let Err(error) = folder.remove(&name)
    {
        tracing::warn!(%error, "an answer cannot be removed");
    }
    answer
}

/// The text by the label of its declaration; `None` where bytes do not belong to it.
fn decode(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..200.min(bytes.len()))?;
    let head: String = head.iter().map(|byte| char::from(*byte)).collect();
    let label = head.split_once("encoding=").and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
    let encoding = label.map_or(Some(UTF_8), |label| Encoding::for_label(label.as_bytes()))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// What the codes say; `None` for what is no whole answer. Segment 1 is done, 2 still at work, 9 failed; in the body, 1 is
/// registered.
fn understood(text: &str) -> Option<Answer> {
    let (mut reader, mut at, mut codes) = (Reader::from_str(text), String::new(), [const { String::new() }; 4]);
    const NAMES: [&str; 4] = ["SegmentOfResult", "ProcessingResultStatus", "ProcessingResultCode", "ErrorCode"];
    let mut whole = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => at = start.name().as_ref().to_owned(),
            Event::Text(value) => {
                if let Some(code) = NAMES.iter().zip(&mut codes).find_map(|(name, code)| (at == *name).then_some(code))
                {
                    code.push_str(value.trim());
                }
            }
            Event::End(end) => {
                whole |= end.name().as_ref() == "XmlMsg";
                at.clear();
            }
            Event::DocType(_) => return None,
            Event::Eof => break,
            _ => {}
        }
    }
    let [segment, status, code, error] = codes;
    let named = [code, error, format!("segment-{segment}")].into_iter().find(|code| !code.is_empty());
    Some(match (segment.as_str(), status.as_str()) {
        _ if !whole => return None,
        ("1", "1" | "") => Answer::Registered,
        ("2" | "", _) => Answer::Later,
        _ => Answer::Refused(named.unwrap_or_default()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(segment: &str, rest: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"Shift_JIS\" standalone=\"no\"?>\r\n<XmlMsg>\r\n\t<MessageHeader>\
             <SegmentOfResult>{segment}</SegmentOfResult></MessageHeader><MessageBody>{rest}</MessageBody></XmlMsg>"
        )
    }

    #[test]
    fn an_answer_is_what_its_codes_say() {
        let refused = |code: &str| Some(Answer::Refused(code.into()));
        let status = |status| format!("<ProcessingResultStatus>{status}</ProcessingResultStatus>");
        let coded = status(2) + "<ProcessingResultCode>E123</ProcessingResultCode>";
        for (text, said) in [
            (answer("1", &status(1)), Some(Answer::Registered)),
            (answer("1", ""), Some(Answer::Registered)),
            (answer("2", ""), Some(Answer::Later)),
            (answer("1", &coded), refused("E123")),
            (answer("1", &status(2)), refused("segment-1")),
            (answer("9", "<ErrorCode>EC042</ErrorCode>"), refused("EC042")),
            (answer("9", ""), refused("segment-9")),
            (answer("", &status(1)), Some(Answer::Later)),
            ("<!DOCTYPE x>".to_owned() + &answer("1", ""), None),
        ] {
            assert_eq!(understood(&text), said, "{text}");
        }
    }

    #[test]
    fn half_an_answer_is_none_wherever_it_is_cut() {
        let text = answer("9", "<ErrorCode>EC042</ErrorCode><ErrorMessage>登録できません</ErrorMessage>");
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(&text);
        let said = |bytes: &[u8]| decode(bytes).and_then(|text| understood(&text));
        assert_eq!(said(&bytes), Some(Answer::Refused("EC042".into())));
        for end in 0..bytes.len() {
            assert_eq!(said(bytes.get(..end).expect("a part")), None, "{end}");
        }
    }
}
