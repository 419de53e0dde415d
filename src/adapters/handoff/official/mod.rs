//! The official XML, as receipt computers read it.
//!
//! The form of the file is that of a check at a face-authentication card reader (`OQSsiquc01res_face_…`). The official
//! interface specification is not public; names, codes and order follow public programs that speak with the real system.

mod certificates;
mod cp932;
mod document;
mod kana;
mod label;
mod request;
mod xml;

use std::io;

use crate::domain::qualification::Qualification;
use crate::ports::DeliveryOrder;

use super::form::{File, Form, Sender};

pub use label::Encoding;
pub use request::reference_request;

/// How the insurances of an answer become files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Results {
    /// All in one file, as the insurer gave them.
    #[default]
    OneFile,
    /// A file for each.
    OnePerResult,
    /// The first alone.
    First,
}

/// Where the list of results stands; public samples of such files differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BodyOrder {
    /// Behind status and validity; the header names time, date, facility, identifier, way, segment, code.
    #[default]
    ResultsLast,
    /// Before them; the header names time, code, segment, date, way, identifier, facility.
    ResultsFirst,
}

/// The official XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OfficialXml {
    /// Character code.
    pub encoding: Encoding,
    /// How many files.
    pub results: Results,
    /// Order of the elements.
    pub order: BodyOrder,
}

impl OfficialXml {
    /// All results in one file of that character code.
    pub fn of(encoding: Encoding) -> Self {
        Self { encoding, ..Self::default() }
    }
}

/// A text as programs on Windows read it in CP932, with one ● for each character that it cannot hold.
pub fn fit_for_windows(text: &str) -> String {
    cp932::fit(text, Encoding::ShiftJisOfWindows)
}

impl Form for OfficialXml {
    fn ending(&self) -> &'static str {
        "xml"
    }

    fn label(&self) -> &'static str {
        match self.encoding {
            Encoding::ShiftJis => "XML in Shift_JIS, JIS X 0208 alone",
            Encoding::Windows31J => "XML in Windows-31J",
            Encoding::ShiftJisOfWindows => "XML in Shift_JIS as Windows reads it",
            Encoding::Utf8 => "XML in UTF-8",
        }
    }

    fn write(&self, order: &DeliveryOrder, sender: Sender<'_>) -> io::Result<Vec<File>> {
        let all = order.answer.qualifications.as_slice();
        let parts: Vec<&[Qualification]> = match self.results {
            Results::OneFile => vec![all],
            Results::OnePerResult => all.chunks(1).collect(),
            Results::First => all.chunks(1).take(1).collect(),
        };
        let one = |results: &[Qualification]| {
            let tree = document::document(order, results, sender.facility_code, self);
            let bytes = xml::bytes(&tree, self.encoding)?.into();
            Ok(File { ending: self.ending().into(), bytes })
        };
        parts.into_iter().map(one).collect()
    }
}
