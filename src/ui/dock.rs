//! The trainer's controls in training mode: which visit is played, and the card in the trainer's hand.

/// What the training band can ask for; the window does not know how it is done.
pub trait Dock: Send + Sync {
    /// Key of the title of the scenario being played.
    fn scenario_key(&self) -> String;

    /// Whether the virtual card lies on the reader.
    fn card_placed(&self) -> bool;

    /// Goes on to the next scenario.
    fn next_scenario(&self);

    /// Puts the card on the reader or takes it off.
    fn move_card(&self);
}

/// What the training band shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DockView {
    /// Key of the scenario's title.
    pub scenario_key: String,
    /// Whether the card lies on the reader.
    pub card_placed: bool,
}

impl DockView {
    /// What `dock` shows now.
    pub fn of(dock: &dyn Dock) -> Self {
        Self { scenario_key: dock.scenario_key(), card_placed: dock.card_placed() }
    }
}

/// What the trainer did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DockInput {
    /// The card, on or off.
    Card,
    /// The next scenario.
    Scenario,
}
