//! The official XML, as receipt computers read it.
//!
//! The form of the file is that of a check at a face-authentication card reader (`OQSsiquc01res_face_…`). The official
//! interface specification is not public; names, codes and order follow public programs that speak with the real system.

mod certificates;
mod cp932;
mod document;
mod kana;
mod xml;

use std::io;

use crate::ports::DeliveryOrder;

use super::form::{File, Form, Sender};

/// Character code of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// CP932, Microsoft's Shift_JIS; what it cannot hold becomes ●.
    #[default]
    ShiftJis,
    /// UTF-8 without byte order mark.
    Utf8,
}

impl Encoding {
    /// As the file names it itself.
    fn label(self) -> &'static str {
        match self {
            Encoding::ShiftJis => "Shift_JIS",
            Encoding::Utf8 => "UTF-8",
        }
    }
}

/// The official XML in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OfficialXml {
    /// Character code.
    pub encoding: Encoding,
}

impl Form for OfficialXml {
    fn ending(&self) -> &'static str {
        "xml"
    }

    fn label(&self) -> &'static str {
        match self.encoding {
            Encoding::ShiftJis => "XML in Shift_JIS",
            Encoding::Utf8 => "XML in UTF-8",
        }
    }

    fn write(&self, order: &DeliveryOrder, sender: Sender<'_>) -> io::Result<Vec<File>> {
        let tree = document::document(order, sender.facility_code, self.encoding);
        let bytes = xml::bytes(&tree, self.encoding)?.into();
        Ok(vec![File { ending: self.ending().into(), bytes }])
    }
}
