//! Whoever could want to hurt a reception, one file each, against the program as it is built: a gateway, whoever sits before the
//! real one, a card, an account that may write in the drop folder, a clock, somebody who shortens the audit log, a curious
//! look at memory, an installer's slip, a patient who plays staff.
//!
//! Each attack is a named row with its outcome and verdict. The quick rows run in the suite; `./x attack` runs all of them
//! against the release build and prints the table.

mod audit;
mod card;
mod clock;
mod crowd;
mod folder;
mod gateway;
mod kills;
mod report;
mod rogue;
mod secrets;
mod soak;
mod staff;
mod victim;
