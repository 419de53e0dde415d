//! The window's end of the runtime: views come out, the patient's touches go in.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use crate::domain::secret::PrintedName;
use crate::domain::session::{PanelTouch, PatientInput};
use crate::domain::staff_order::StaffCommand;
use crate::ports::FrameSlot;

use super::glimpse::Glimpse;
use super::view::View;

/// What a window can send. A digit goes straight to the vault; the core only hears that one was typed.
pub enum Input {
    /// Anything but a digit.
    Patient(PatientInput),
    /// One digit, 0 to 9.
    Digit(u8),
    /// Whether the patient wants to see what they type.
    ShowDigits(bool),
    /// A machine typed or touched, no hand; nothing of it was taken.
    MachineTyped,
    /// How the window shows the kiosk from now on.
    Shown {
        /// Its language, a tag such as `ja`.
        language: &'static str,
        /// Percent of the plain text size.
        text_size: u16,
    },
    /// Staff whose code opened the kiosk to them order something of the visit.
    Staff(StaffCommand),
    /// They touch something of their panel that is no order.
    Panel(PanelTouch),
}

/// The window's end.
#[derive(Clone)]
pub struct Handle {
    views: watch::Receiver<View>,
    preview: watch::Receiver<Option<FrameSlot>>,
    digits: watch::Receiver<Option<Glimpse>>,
    name: watch::Receiver<Option<Arc<PrintedName>>>,
    inputs: mpsc::Sender<Box<Input>>,
}

/// The runtime's end.
pub struct HandleServer {
    /// Publishes views.
    pub views: watch::Sender<View>,
    /// Publishes the slot of the running camera, or none.
    pub preview: watch::Sender<Option<FrameSlot>>,
    /// Publishes what is typed while the patient wants to see it, or none.
    pub digits: watch::Sender<Option<Glimpse>>,
    /// Publishes the name as the card has it printed while a name is shown, or none.
    pub name: watch::Sender<Option<Arc<PrintedName>>>,
    /// Receives inputs. The places of a channel keep what went through them, so it carries where the digits are.
    pub inputs: mpsc::Receiver<Box<Input>>,
}

impl Handle {
    /// A connected pair that starts with `first`.
    pub fn pair(first: View) -> (Handle, HandleServer) {
        let (view_tx, views) = watch::channel(first);
        let (preview_tx, preview) = watch::channel(None);
        let (digit_tx, digits) = watch::channel(None);
        let (name_tx, name) = watch::channel(None);
        let (inputs, input_rx) = mpsc::channel(64);
        let server =
            HandleServer { views: view_tx, preview: preview_tx, digits: digit_tx, name: name_tx, inputs: input_rx };
        (Handle { views, preview, digits, name, inputs }, server)
    }

    /// The present view.
    pub fn view(&self) -> View {
        self.views.borrow().clone()
    }

    /// To wait for the next view.
    pub fn views(&self) -> watch::Receiver<View> {
        self.views.clone()
    }

    /// To wait for the camera's frames.
    pub fn preview(&self) -> watch::Receiver<Option<FrameSlot>> {
        self.preview.clone()
    }

    /// To wait for the digits that the patient wants to see.
    pub fn digits(&self) -> watch::Receiver<Option<Glimpse>> {
        self.digits.clone()
    }

    /// To wait for the name as the card has it printed.
    pub fn name(&self) -> watch::Receiver<Option<Arc<PrintedName>>> {
        self.name.clone()
    }

    /// Sends one input; false when the runtime is too busy or gone (the touch is then lost, as on a frozen screen).
    pub fn send(&self, input: Input) -> bool {
        self.inputs.try_send(Box::new(input)).is_ok()
    }
}
