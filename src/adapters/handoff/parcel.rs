//! One delivery, written out: what the files will hold and what their name is made of.

use std::io;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::ports::DeliveryOrder;

use super::config::DropConfig;
use super::form::File;

/// The files of one check.
pub struct Parcel {
    pub check: String,
    /// The earlier check whose files these take the place of.
    pub replaces: Option<String>,
    /// When the check was processed, to the second.
    pub processed_at: Timestamp,
    /// The file that the receipt computer waits for.
    pub main: File,
    /// Those that lie beside it.
    pub beside: Vec<File>,
}

/// The first line of a packed parcel; the files follow.
#[derive(Serialize, Deserialize)]
struct Label {
    check: String,
    replaces: Option<String>,
    second: i64,
    /// Ending and length of each file, the main one first.
    #[serde(default)]
    files: Vec<(String, usize)>,
    /// As versions before this one had it instead, for what they left in a spool.
    #[serde(default, skip_serializing)]
    xml: Option<usize>,
    #[serde(default, skip_serializing)]
    twin: Option<usize>,
}

impl Label {
    fn files(self) -> Vec<(String, usize)> {
        let (xml, twin) = (self.xml.map(|length| ("xml", length)), self.twin.map(|length| ("json", length)));
        let before = xml.into_iter().chain(twin).map(|(ending, length)| (ending.to_owned(), length));
        self.files.into_iter().chain(before).collect()
    }
}

impl Parcel {
    /// Writes an order out.
    ///
    /// # Errors
    /// None that data can cause.
    pub fn of(order: &DeliveryOrder, config: &DropConfig) -> io::Result<Self> {
        let mut files = config.form.write(order, config.sender())?.into_iter();
        let main = files.next().ok_or_else(|| io::Error::other("the form writes no file"))?;
        let mut beside: Vec<File> = files.collect();
        for form in &config.beside {
            beside.extend(form.write(order, config.sender())?);
        }
        Ok(Self {
            check: order.answer.check_id.clone(),
            replaces: order.replaces.clone(),
            processed_at: order.answer.processed_at,
            main,
            beside,
        })
    }

    /// Every file, the main one first.
    pub fn files(&self) -> impl DoubleEndedIterator<Item = &File> {
        std::iter::once(&self.main).chain(&self.beside)
    }

    /// As bytes, for the spool.
    ///
    /// # Errors
    /// None that data can cause.
    pub fn pack(&self) -> io::Result<Zeroizing<Vec<u8>>> {
        let label = Label {
            check: self.check.clone(),
            replaces: self.replaces.clone(),
            second: self.processed_at.as_second(),
            files: self.files().map(|file| (file.ending.clone(), file.bytes.len())).collect(),
            xml: None,
            twin: None,
        };
        let mut packed = Zeroizing::new(serde_json::to_vec(&label)?);
        packed.push(b'\n');
        self.files().for_each(|file| packed.extend_from_slice(&file.bytes));
        Ok(packed)
    }

    /// Back from its bytes; `None` when they are no packed parcel.
    pub fn unpack(bytes: &[u8]) -> Option<Self> {
        let end = bytes.iter().position(|b| *b == b'\n')?;
        let label: Label = serde_json::from_slice(bytes.get(..end)?).ok()?;
        let (check, replaces) = (label.check.clone(), label.replaces.clone());
        let processed_at = Timestamp::from_second(label.second).ok()?;
        let (mut rest, mut files) = (bytes.get(end + 1..)?, Vec::new());
        for (ending, length) in label.files() {
            let (own, after) = rest.split_at_checked(length)?;
            files.push(File { ending, bytes: Zeroizing::new(own.to_vec()) });
            rest = after;
        }
        let mut files = files.into_iter();
        let (main, beside) = (files.next()?, files.collect());
        rest.is_empty().then_some(Self { check, replaces, processed_at, main, beside })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_version_before_left_is_the_same_delivery() {
        let twin = "{\"name\":\"佐倉\"}";
        let label = |twin: &str| {
            format!("{{\"check\":\"c\",\"replaces\":\"b\",\"second\":1795131000,\"xml\":4,\"twin\":{twin}}}\n")
        };
        let found = Parcel::unpack(format!("{}<a/>{twin}", label("17")).as_bytes()).expect("a parcel");
        assert_eq!((found.check.as_str(), found.replaces.as_deref()), ("c", Some("b")));
        assert_eq!(found.processed_at, Timestamp::constant(1_795_131_000, 0));
        let files: Vec<_> = found.files().map(|file| (file.ending.as_str(), file.bytes.as_slice())).collect();
        assert_eq!(files, [("xml", &b"<a/>"[..]), ("json", twin.as_bytes())]);
        let alone = Parcel::unpack(format!("{}<a/>", label("null")).as_bytes()).expect("a parcel");
        assert!(alone.main.bytes.as_slice() == b"<a/>" && alone.beside.is_empty());
        assert!(Parcel::unpack(format!("{}<a/", label("null")).as_bytes()).is_none(), "torn");
    }

    #[test]
    fn any_files_come_back_in_their_order() {
        let file = |ending: &str, text: &str| File { ending: ending.into(), bytes: text.as_bytes().to_vec().into() };
        let beside = vec![file("json", ""), file("2.csv", "c\nd")];
        let processed_at = Timestamp::constant(1_795_131_000, 0);
        let parcel = Parcel { check: "c".into(), replaces: None, processed_at, main: file("csv", "a\nb"), beside };
        let packed = parcel.pack().expect("packed");
        let found = Parcel::unpack(&packed).expect("a parcel");
        assert!(found.main == parcel.main && found.beside == parcel.beside);
        assert!(Parcel::unpack(&packed[..packed.len() - 1]).is_none() && Parcel::unpack(b"{}\n").is_none());
    }
}
