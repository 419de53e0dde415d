//! What a receipt format is: a delivery written as files.

use std::fmt;
use std::io;

use zeroize::Zeroizing;

use crate::ports::DeliveryOrder;

/// One file of a delivery.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// What follows the dot in its name. A second file of a delivery with the same ending gets a name of its own.
    pub ending: String,
    /// What it holds.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// Who hands over.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// 医療機関等コード.
    pub facility_code: &'a str,
    /// The kiosk.
    pub terminal_id: &'a str,
}

/// One way to write a delivery. Everything behind it (spool, names, folder) knows files alone.
pub trait Form: fmt::Debug + Send + Sync {
    /// The ending of its first file.
    fn ending(&self) -> &'static str;

    /// What its files are called where the folder is looked at, with their character code.
    fn label(&self) -> &'static str;

    /// The files, at least one. Where the form is a site's own, the receipt computer waits for the first of them.
    ///
    /// # Errors
    /// None that data can cause.
    fn write(&self, order: &DeliveryOrder, sender: Sender<'_>) -> io::Result<Vec<File>>;
}
