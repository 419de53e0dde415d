//! Whether there is a display to open the window on. The window toolkit ends the program with a panic where there is none,
//! so the kiosk asks before.

/// Why no window can be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DisplayError {
    /// Neither X11 nor Wayland is named in the environment.
    #[error("there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set")]
    None,
    /// The named display does not answer.
    #[error("the display {name} does not answer: {cause}")]
    Silent {
        /// As the environment names it.
        name: String,
        /// What the system said.
        cause: String,
    },
}

/// Looks for the display that the window toolkit would take.
///
/// # Errors
/// When there is none, or it does not answer.
#[cfg(all(unix, not(target_os = "macos")))]
pub fn reachable() -> Result<(), DisplayError> {
    let named = |key| std::env::var(key).ok().filter(|name| !name.is_empty());
    if named("WAYLAND_SOCKET").is_some() {
        return Ok(());
    }
    match (named("WAYLAND_DISPLAY"), named("DISPLAY")) {
        (Some(name), _) => wayland(&name, named("XDG_RUNTIME_DIR").unwrap_or_default()),
        (None, Some(name)) => x11(&name),
        (None, None) => Err(DisplayError::None),
    }
}

/// Every session of these systems has one.
///
/// # Errors
/// Never.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub fn reachable() -> Result<(), DisplayError> {
    Ok(())
}

#[cfg(all(unix, not(target_os = "macos")))]
fn wayland(name: &str, runtime: String) -> Result<(), DisplayError> {
    let socket = std::path::Path::new(&runtime).join(name);
    let answer = std::os::unix::net::UnixStream::connect(socket);
    answer.map(drop).map_err(|error| DisplayError::Silent { name: name.into(), cause: error.to_string() })
}

#[cfg(all(unix, not(target_os = "macos")))]
fn x11(name: &str) -> Result<(), DisplayError> {
    let answer = x11rb::connect(Some(name));
    answer.map(drop).map_err(|error| DisplayError::Silent { name: name.into(), cause: error.to_string() })
}

/// Left, top, width and height in pixels of what the bars of an X11 desktop leave; `None` where nobody says so, as without a
/// window manager, under Wayland and on Windows.
#[cfg(all(unix, not(target_os = "macos")))]
pub fn work_area() -> Option<[u32; 4]> {
    use x11rb::connection::Connection;
    use x11rb::protocol::xproto::{AtomEnum, ConnectionExt};

    if std::env::var_os("WAYLAND_DISPLAY").is_some_and(|name| !name.is_empty()) {
        return None;
    }
    let (display, screen) = x11rb::connect(None).ok()?;
    let root = display.setup().roots.get(screen)?.root;
    let atom = display.intern_atom(true, b"_NET_WORKAREA").ok()?.reply().ok()?.atom;
    let area = display.get_property(false, root, atom, AtomEnum::CARDINAL, 0, 4).ok()?.reply().ok()?;
    <[u32; 4]>::try_from(area.value32()?.collect::<Vec<_>>())
        .ok()
        .filter(|[_, _, width, height]| *width.min(height) > 0)
}

/// Only X11 desktops say so.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub fn work_area() -> Option<[u32; 4]> {
    None
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    #[test]
    fn a_display_that_does_not_answer_is_named() {
        for error in [x11(":4095"), x11("no display"), wayland("wayland-none", "/nonexistent".into())] {
            assert!(matches!(error, Err(DisplayError::Silent { .. })), "{error:?}");
        }
    }

    #[test]
    fn a_wayland_display_is_a_socket_in_the_runtime_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let _display = std::os::unix::net::UnixListener::bind(folder.path().join("wayland-7")).expect("a socket");
        assert_eq!(wayland("wayland-7", folder.path().display().to_string()), Ok(()));
    }
}
