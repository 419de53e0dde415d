//! One delivery, written out: what the files will hold and what their name is made of.

use std::io;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::ports::DeliveryOrder;

use super::config::DropConfig;
use super::document::document;
use super::{json, xml};

/// The files of one check.
pub struct Parcel {
    pub check: String,
    /// The earlier check whose files these take the place of.
    pub replaces: Option<String>,
    /// When the check was processed, to the second.
    pub processed_at: Timestamp,
    /// The XML file.
    pub xml: Zeroizing<Vec<u8>>,
    /// The JSON twin.
    pub twin: Option<Zeroizing<Vec<u8>>>,
}

/// The first line of a packed parcel; the files follow.
#[derive(Serialize, Deserialize)]
struct Label {
    check: String,
    replaces: Option<String>,
    second: i64,
    xml: usize,
    twin: Option<usize>,
}

impl Parcel {
    /// Writes an order out.
    ///
    /// # Errors
    /// None that data can cause.
    pub fn of(order: &DeliveryOrder, config: &DropConfig) -> io::Result<Self> {
        let tree = document(order, &config.facility_code, config.encoding);
        let twin = config.json_twin.then(|| json::bytes(order, config)).transpose()?;
        Ok(Self {
            check: order.answer.check_id.clone(),
            replaces: order.replaces.clone(),
            processed_at: order.answer.processed_at,
            xml: Zeroizing::new(xml::bytes(&tree, config.encoding)?),
            twin: twin.map(Zeroizing::new),
        })
    }

    /// As bytes, for the spool.
    ///
    /// # Errors
    /// None that data can cause.
    pub fn pack(&self) -> io::Result<Zeroizing<Vec<u8>>> {
        let label = serde_json::to_vec(&Label {
            check: self.check.clone(),
            replaces: self.replaces.clone(),
            second: self.processed_at.as_second(),
            xml: self.xml.len(),
            twin: self.twin.as_ref().map(|twin| twin.len()),
        })?;
        let twin: &[u8] = self.twin.as_ref().map_or(&[], |twin| twin.as_slice());
        Ok(Zeroizing::new([label.as_slice(), b"\n", self.xml.as_slice(), twin].concat()))
    }

    /// Back from its bytes; `None` when they are no packed parcel.
    pub fn unpack(bytes: &[u8]) -> Option<Self> {
        let end = bytes.iter().position(|b| *b == b'\n')?;
        let label: Label = serde_json::from_slice(bytes.get(..end)?).ok()?;
        let (xml, rest) = bytes.get(end + 1..)?.split_at_checked(label.xml)?;
        if rest.len() != label.twin.unwrap_or(0) {
            return None;
        }
        let owned = |bytes: &[u8]| Zeroizing::new(bytes.to_vec());
        let processed_at = Timestamp::from_second(label.second).ok()?;
        let (check, replaces) = (label.check, label.replaces);
        Some(Self { check, replaces, processed_at, xml: owned(xml), twin: label.twin.map(|_| owned(rest)) })
    }
}
