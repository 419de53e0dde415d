//! A virtual card at the end of a wire without a reader.

use jiff::civil::date;
use uketsuke::adapters::card::virtual_card::{Fault, VirtualCard};
use uketsuke::adapters::card::{Channel, ChannelError};
use uketsuke::people::authority::TestAuthority;
use uketsuke::people::{Person, by_id};
use zeroize::Zeroizing;

/// Whose card it is.
pub fn person() -> Person {
    by_id("p01").unwrap()
}

/// That person's card.
pub fn card_with(faults: &[Fault]) -> VirtualCard {
    VirtualCard::new(&TestAuthority::load().unwrap(), &person(), date(2026, 11, 20), faults).unwrap()
}

/// The wire.
pub struct Wire {
    /// What lies at its end.
    pub card: VirtualCard,
    /// Whether it passes extended APDUs.
    pub extended: bool,
}

impl Channel for Wire {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        Ok(Zeroizing::new(self.card.apdu(command)))
    }

    fn extended_length(&self) -> bool {
        self.extended
    }
}
