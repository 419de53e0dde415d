//! What the window hears and says.

use iced::widget::image;
use iced::{Size, window};

use super::keys::Ask;
use super::{Change, Monitor, Overlay};
use crate::domain::session::{PanelTouch, PatientInput};
use crate::domain::staff_order::StaffCommand;
use crate::runtime::{Glimpse, View};

/// One thing that happened to the window. Digits come one by one; no message holds a PIN.
#[derive(Debug, Clone)]
pub enum Message {
    /// The runtime shows something new.
    View(View),
    /// The runtime has ended: there is nothing to show any more.
    Ended,
    /// A new camera picture, already mirrored; none when the camera stopped.
    Preview(Option<image::Handle>),
    /// The name as the card has it printed, while a name is shown; else none.
    Name(Option<image::Handle>),
    /// The patient touched something.
    Touched(PatientInput),
    /// Staff at their panel order something.
    Ordered(StaffCommand),
    /// Staff touched something else of their panel.
    Panel(PanelTouch),
    /// The patient typed one digit, 0 to 9.
    Digit(u8),
    /// A machine types or touches, no hand: nothing of it may stay.
    Machine,
    /// What is typed, for the patient's own eyes; none when it is hidden again.
    Digits(Option<Glimpse>),
    /// The patient wants to see what they type, or no longer.
    ShowDigits(bool),
    /// The digits of the keypad in an order of chance, or back in the usual one.
    ShuffleKeys,
    /// A panel opens over the screen; the open one closes.
    Open(Overlay),
    /// The panel closes; the screen below shows again.
    CloseOverlay,
    /// The patient sets something for themselves.
    Prefer(Change),
    /// Nobody came after something was set on the idle screen: everything is as the site wants it again.
    Abandoned(u64),
    /// The trainer did something.
    Dock(super::DockInput),
    /// A key asks for something that no finger could press.
    Ask(Ask),
    /// Keys are out of use: a finger or the mouse came.
    Touch,
    /// A slow picture moves on.
    Tick(std::time::Instant),
    /// The window has another size.
    Resized(Size),
    /// The window is there.
    Opened(window::Id),
    /// The monitor it is on, where the system knows one.
    Monitor(window::Id, Option<Monitor>),
    /// Everything has another scale.
    Scaled(window::Id),
}

/// An element of this window.
pub type Element = iced::Element<'static, Message>;
