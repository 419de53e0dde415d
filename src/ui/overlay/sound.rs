//! What is heard: nothing to set yet besides what this panel says.

use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::metrics::Role;

/// The choices.
pub fn view(look: Look) -> Element {
    let p = look.palette();
    look.ink(Role::Body, look.word("sound-none"), p.ink_soft).into()
}
