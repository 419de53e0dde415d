//! Requests to register a clinic's own number of a patient, through the folder from which the official software takes them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::adapters::sealed::make_folder;
use crate::domain::japan;
use crate::domain::reference_number::ReferenceOrder;

use super::config::DropConfig;
use super::ground::{Ground, Thing, unforeseen};
use super::leftovers::Mark;
use super::names::compact_date;
use super::official::reference_request;
use super::place::Prepared;
use super::placing::{Arrival, Hand, TEMPORARY};
use super::store::access;

/// Most requests of one day: the name has four digits for them.
const MOST: u32 = 9_999;

/// A folder in the kiosk's own: what a delivery leaves is removed without regard to requests.
const HOME: &str = "requests";

/// In it: the day and how many requests were made on it.
const COUNT: &str = "count";

/// Writes a request; gives its file.
///
/// # Errors
/// What the file system says, or that the day's numbers are used up.
pub fn request(config: &DropConfig, folder: &Path, order: &ReferenceOrder) -> io::Result<PathBuf> {
    let bytes = reference_request(order, &config.facility_code, &unforeseen()?)?;
    let home = home(config);
    make_folder(&home)?;
    let (own, ground, mark) = (Ground::open(&home)?, Ground::open(folder)?, Mark::of(&home)?);
    // What a crash left: requests are made one at a time.
    for name in own.names()?.into_iter().filter_map(|name| name.into_string().ok()).filter(|n| n.ends_with(TEMPORARY)) {
        own.remove(&name)?;
    }
    let hand =
        Hand { own: &own, folder: &ground, arrival: Arrival::Link, access: access(config)?, prefix: mark.prefix() };
    let day = compact_date(japan::day(Timestamp::now()));
    loop {
        let name = format!("OQSsiimm01req_{day}{:04}.xml", next(&home, &day)?);
        // The answer has the request's number, so a number is never used twice, also when its file was taken.
        if ground.thing(&name)? == Thing::Nothing {
            match hand.prepare(&bytes)?.claim(&name) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                claimed => return claimed.map(|()| folder.join(name)),
            }
        }
    }
}

/// The kiosk's own folder of requests.
pub fn home(config: &DropConfig) -> PathBuf {
    config.own.join(HOME)
}

/// The next number of the day, noted before it is used.
fn next(home: &Path, day: &str) -> io::Result<u32> {
    let file = home.join(COUNT);
    let text = fs::read_to_string(&file).unwrap_or_default();
    let before = text.split_once(' ').filter(|(of, _)| *of == day).and_then(|(_, count)| count.parse().ok());
    let number: u32 = before.unwrap_or(0) + 1;
    if number > MOST {
        return Err(io::Error::other("the request numbers of this day are used up"));
    }
    Prepared::write_private(file.with_extension("tmp"), format!("{day} {number}").as_bytes())?.replace(&file)?;
    Ok(number)
}
