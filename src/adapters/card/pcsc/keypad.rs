//! A reader's own keypad: the patient types the PIN there, and this PC never sees it (PC/SC part 10).

/// FEATURE_VERIFY_PIN_DIRECT.
pub(super) const VERIFY_PIN_DIRECT: u8 = 0x06;

/// Seconds until the reader gives up on the first digit, and on each one after it.
const PATIENCE: [u8; 2] = [60, 30];
/// VERIFY for the current file with room for four digits; the reader writes them over the filler.
const COMMAND: [u8; 9] = [0x00, 0x20, 0x00, 0x80, 0x04, 0xFF, 0xFF, 0xFF, 0xFF];

/// The order to the reader (PIN_VERIFY_STRUCTURE): exactly four digits as ASCII from the first byte of the command's data,
/// finished by the last digit or the key for "enter", with the reader's own message in Japanese.
pub(super) fn order() -> Vec<u8> {
    let mut order = PATIENCE.to_vec();
    // ASCII, positions counted in bytes; a block of four bytes; no length byte; at most and at least four digits.
    order.extend([0x82, 0x04, 0x00, 0x04, 0x04]);
    // Full or entered; one message; Japanese; the first message; no prologue of an older protocol.
    order.extend([0x03, 0x01, 0x11, 0x04, 0x00, 0x00, 0x00, 0x00]);
    order.extend((COMMAND.len() as u32).to_le_bytes());
    order.extend(COMMAND);
    order
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_order_has_the_layout_of_the_standard() {
        let order = super::order();
        assert_eq!(order.len(), 19 + 9);
        assert_eq!(order[15..19], [9, 0, 0, 0], "the command's length, little endian");
        assert_eq!(order[19..24], [0x00, 0x20, 0x00, 0x80, 0x04]);
        assert_eq!((order[5], order[6]), (4, 4), "four digits at most and at least");
    }
}
