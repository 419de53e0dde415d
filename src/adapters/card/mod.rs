//! Card reader port over PC/SC, and the virtual card.
