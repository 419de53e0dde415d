//! How large a window with the proportions of a panel is on an ordinary monitor.

use iced::{Point, Rectangle, Size};

/// Height of a title bar, in logical pixels.
const TITLE: f32 = 40.0;
/// What bars of the desktop take of a monitor of which only the size is known, as a part of its height.
const BARS: f32 = 0.05;

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Left, top, width and height, in the monitor's own pixels, of what the desktop's bars leave, where the system says so.
    pub work_area: Option<[u32; 4]>,
    /// Not larger than asked for.
    pub at_most: bool,
}

/// The monitor that the window is on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Monitor {
    /// In the desktop's logical pixels.
    pub size: Size,
    /// How many of its own pixels a logical one is.
    pub scale: f32,
}

impl Fit {
    /// What is left for the window below its title bar, in the desktop's logical pixels.
    fn room(&self, monitor: Monitor) -> Rectangle {
        let Size { width, height } = monitor.size;
        let area = self.work_area.map_or(Rectangle { x: 0.0, y: 0.0, width, height: height * (1.0 - BARS) }, |area| {
            let [x, y, wide, high] = area.map(|pixels| pixels as f32 / monitor.scale.max(0.1));
            // Of several monitors it may be the area of all.
            Rectangle { x, y, width: wide.min(width), height: high.min(height) }
        });
        Rectangle { height: (area.height - TITLE).max(1.0), ..area }
    }

    /// How many times as large a window of `wanted` is shown, so that all of it is seen.
    pub fn scale(&self, wanted: Size, monitor: Monitor) -> f32 {
        let room = self.room(monitor);
        let scale = (room.width / wanted.width).min(room.height / wanted.height);
        if self.at_most { scale.min(1.0) } else { scale }
    }

    /// Where a window of that size stands: in the middle, its title bar on the monitor.
    pub fn place(&self, window: Size, monitor: Monitor) -> Point {
        let room = self.room(monitor);
        let middle = |from: f32, room: f32, window: f32| from + ((room - window) / 2.0).max(0.0);
        Point::new(middle(room.x, room.width, window.width), middle(room.y, room.height, window.height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PANELS: [(f32, f32); 4] = [(1080.0, 1920.0), (1280.0, 800.0), (1920.0, 1080.0), (800.0, 1280.0)];

    #[test]
    fn every_panel_is_whole_and_in_proportion_on_every_monitor() {
        let monitors = [
            (1024, 768),
            (1280, 720),
            (1280, 800),
            (1280, 1024),
            (1366, 768),
            (1440, 900),
            (1536, 864),
            (1600, 900),
            (1680, 1050),
            (1920, 1080),
            (1920, 1200),
            (2256, 1504),
            (2560, 1440),
            (2880, 1800),
            (3440, 1440),
            (3840, 2160),
            (5120, 2880),
            (1080, 1920),
            (1200, 1920),
        ];
        let mut tried = 0;
        for (width, height) in monitors {
            for desktop_scale in [1.0, 1.25, 1.5, 2.0] {
                for bars in [None, Some(48), Some(96)] {
                    let size = Size::new(width as f32, height as f32) * (1.0 / desktop_scale);
                    let monitor = Monitor { size, scale: desktop_scale };
                    let work_area = bars.map(|bars| [0, bars, width, height - bars]);
                    for (panel_width, panel_height) in PANELS {
                        for at_most in [false, true] {
                            let fit = Fit { work_area, at_most };
                            let panel = Size::new(panel_width, panel_height);
                            let shown = panel * fit.scale(panel, monitor);
                            let at = fit.place(shown, monitor);
                            let top = bars.map_or(0.0, |bars| bars as f32 / desktop_scale);
                            let below = if bars.is_none() { size.height * BARS } else { 0.0 };
                            let seen = at.x + shown.width <= size.width + 0.1
                                && at.y >= top
                                && at.y + TITLE + shown.height <= size.height - below + 0.1;
                            assert!(seen, "{panel:?} on {monitor:?}: {shown:?} at {at:?}");
                            let same = (shown.width / shown.height - panel_width / panel_height).abs() < 0.001;
                            assert!(same && (!at_most || shown.width <= panel_width + 0.1), "{shown:?}");
                            let whole = shown.width > size.width - 1.0
                                || shown.height + TITLE > size.height - top - below - 1.0;
                            assert!(at_most || whole, "{panel:?} could be larger on {monitor:?}: {shown:?}");
                            tried += 1;
                        }
                    }
                }
            }
        }
        println!("{tried} monitors");
        assert!(tried >= 200, "{tried}");
    }
}
