//! The window's place on its monitor.

use iced::{Point, Size, Task, window};

use super::App;
use crate::ui::Monitor;
use crate::ui::message::Message;

impl App {
    /// The window's size in the panel's own pixels.
    pub(super) fn wanted(&self) -> Size {
        let (width, height) = self.options.size.unwrap_or((1080, 1920));
        Size::new(width as f32, height as f32)
    }

    /// Asks for the monitor that the window stands on.
    pub(super) fn looks_at_monitor(&self, id: window::Id) -> Task<Message> {
        // The size comes in pixels of the window's scale, which is the desktop's and ours.
        let ours = self.scale;
        window::scale_factor(id).then(move |scale| {
            window::monitor_size(id).map(move |size| {
                let monitor = size.map(|size| Monitor { size: size * ours, scale });
                Message::Monitor(id, monitor)
            })
        })
    }

    /// The monitor is known: the window gets its place on it.
    pub(super) fn fits(&mut self, id: window::Id, monitor: Monitor) -> Task<Message> {
        if self.options.fullscreen {
            // Where no window manager heeds the wish for the whole screen, the window keeps another size.
            return Task::batch([window::move_to(id, Point::ORIGIN), window::resize(id, monitor.size)]);
        }
        let Some(fit) = self.options.fit else { return Task::none() };
        self.scale = fit.scale(self.wanted(), monitor);
        let at = fit.place(self.wanted() * self.scale, monitor);
        Task::batch([window::move_to(id, at), Task::done(Message::Scaled(id))])
    }
}
