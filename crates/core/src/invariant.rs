//! What the code itself promises. Only a defect of the program breaks it: no patient, device, server or file does.

/// Ends the program, because a promise of the code does not hold. The task that owns the state breaks off, the vault is
/// wiped on the way, the window closes, and the service starts the program again. What may be expected to fail is a
/// [`Failure`](crate::domain::failure::Failure) instead.
#[macro_export]
macro_rules! broken_invariant {
    ($($promise:tt)+) => { $crate::invariant::broken(format_args!($($promise)+)) };
}

/// The end of [`broken_invariant!`], which names the place.
#[cold]
#[track_caller]
#[expect(clippy::panic, reason = "the one place that may")]
pub fn broken(promise: std::fmt::Arguments<'_>) -> ! {
    panic!("broken invariant: {promise}")
}
