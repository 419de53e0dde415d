//! What the portrait costs on the virtual card: uketsuke beside the public client jpki, in one run.
//!
//! `peer-jpki in-process` gives both clients the card itself and works out what a contactless link takes for what they exchange.
//! `peer-jpki pcscd` lets the card join a running pcscd and reads it through PC/SC, jpki with its own PC/SC code.

mod direct;
mod over_pcscd;
#[path = "../../../tests/card/portrait_read.rs"]
mod portrait_read;

use std::process::ExitCode;
use std::time::Duration;

use jiff::civil::Date;
use uketsuke::adapters::card::files;
use uketsuke::adapters::card::virtual_card::{Exchange, Link};
use uketsuke::people::{self, Person};

/// A contactless card: ten milliseconds for every exchange, and 106 kbit/s.
const LINK: Link = Link::CONTACTLESS;
/// Reads of each way; the median of their times counts.
const ROUNDS: usize = 5;
/// Whose card.
const PERSON: &str = "p03";

type Failed = Box<dyn std::error::Error>;

/// One way of reading.
struct Row {
    name: &'static str,
    apdus: usize,
    face_reads: usize,
    bytes: usize,
    took: Duration,
}

fn main() -> ExitCode {
    let mode = std::env::args().nth(1);
    let rows = match mode.as_deref() {
        Some("in-process") => person().and_then(|(person, today)| direct::rows(&person, today)),
        Some("pcscd") => person().and_then(|(person, today)| over_pcscd::rows(&person, today)),
        _ => {
            eprintln!("peer-jpki: say in-process or pcscd");
            return ExitCode::from(2);
        }
    };
    match rows {
        Ok(rows) => {
            print(&rows);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("peer-jpki: {error}");
            ExitCode::FAILURE
        }
    }
}

fn person() -> Result<(Person, Date), Failed> {
    let today = uketsuke::domain::japan::day(jiff::Timestamp::now());
    Ok((people::by_id(PERSON)?, today))
}

/// The first row is what the others are compared with.
fn print(rows: &[Row]) {
    println!(
        "{:44} {:>6} {:>11} {:>7} {:>8} {:>8} {:>7}",
        "", "APDUs", "file reads", "bytes", "ms", "APDUs ×", "time ×"
    );
    let Some(first) = rows.first() else { return };
    for row in rows {
        let (apdus, took) = (row.apdus as f64 / first.apdus as f64, row.took.as_secs_f64() / first.took.as_secs_f64());
        let ms = row.took.as_secs_f64() * 1e3;
        println!(
            "{:44} {:>6} {:>11} {:>7} {ms:>8.1} {apdus:>8.2} {took:>7.2}",
            row.name, row.apdus, row.face_reads, row.bytes
        );
    }
}

/// Runs one way `ROUNDS` times; the counts must not differ, the median of the times is kept.
fn rounds(name: &'static str, mut read: impl FnMut() -> Result<Row, Failed>) -> Result<Row, Failed> {
    let mut rows = (0..ROUNDS).map(|_| read()).collect::<Result<Vec<_>, _>>()?;
    rows.sort_by_key(|row| row.took);
    let same = rows.windows(2).all(|pair| matches!(pair, [a, b] if a.apdus == b.apdus && a.bytes == b.bytes));
    if !same {
        return Err(format!("{name}: the rounds differ in what they exchanged").into());
    }
    Ok(Row { name, ..rows.swap_remove(ROUNDS / 2) })
}

/// Reads of the card face among these exchanges: how many, and the bytes they brought. What comes after it, the issuer's
/// certificate that only uketsuke reads, is cut off: the first number is how many exchanges remain.
fn face_part<'a>(exchanges: impl Iterator<Item = &'a Exchange>) -> (usize, usize, usize) {
    const READ_BINARY: u8 = 0xB0;
    let issuer = [0x00, READ_BINARY, files::VISUAL_ISSUER.short().unwrap_or_default(), 0];
    let kept: Vec<_> = exchanges.take_while(|exchange| exchange.header != issuer).collect();
    let reads = || kept.iter().filter(|exchange| exchange.header[1] == READ_BINARY);
    (kept.len(), reads().count(), reads().map(|exchange| exchange.received).sum())
}
