//! Values that must not be seen: secrets wiped on drop, and personal data that hides from `Debug`.
//!
//! A [`Secret`] has no `Debug`, `Display`, `Clone` or serde on purpose.

use zeroize::Zeroize;

/// A value that is wiped when dropped and can only be read through [`Secret::expose`].
///
/// It lies in one place of its own from the beginning to the end: whoever passes it on, through a channel or otherwise,
/// passes on where it is and leaves no copy in a slot or a frame of the stack.
pub struct Secret<T: Zeroize>(Box<T>);

impl<T: Zeroize> Secret<T> {
    /// Takes the value in; the caller keeps no copy. An array is better taken by [`Secret::copied`]: it would lie on the
    /// caller's stack before.
    pub fn new(value: T) -> Self {
        Self(Box::new(value))
    }

    /// The value, for the one place that uses it.
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// The value, to fill or change it in place.
    pub fn expose_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<const N: usize> Secret<[u8; N]> {
    /// A copy of `N` bytes from where they are to its own place; `None` when there are more or fewer.
    pub fn copied(bytes: &[u8]) -> Option<Self> {
        let mut place = Box::new([0; N]);
        (bytes.len() == N).then(|| {
            place.copy_from_slice(bytes);
            Self(place)
        })
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The four-digit user-authentication PIN, as ASCII digits.
pub type Pin = Secret<[u8; 4]>;

/// 照合番号B, as fourteen ASCII digits.
pub type CodeB = Secret<[u8; 14]>;

/// The portrait exactly as the card holds it: a JP2 file.
pub type Portrait = Secret<Vec<u8>>;

/// A name as the card has it printed: a small picture of black ink on white. Wiped when dropped, never shown by `Debug`.
pub struct PrintedName {
    width: u32,
    height: u32,
    ink: Secret<Vec<u8>>,
}

impl PrintedName {
    /// `width` × `height` pixels, row by row, 0 paper and 255 ink; `None` when there are more or fewer, or none.
    pub fn new(width: u32, height: u32, ink: Secret<Vec<u8>>) -> Option<Self> {
        let pixels = u64::from(width) * u64::from(height);
        let fits = pixels > 0 && ink.expose().len() as u64 == pixels;
        fits.then_some(Self { width, height, ink })
    }

    /// Pixels from left to right.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels from top to bottom.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The pixels, row by row, 0 paper and 255 ink.
    pub fn ink(&self) -> &[u8] {
        self.ink.expose()
    }
}

impl std::fmt::Debug for PrintedName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<printed name>")
    }
}

/// Personal data that may be shown to its owner or handed over, but never printed by `Debug`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Personal<T>(pub T);

impl<T> std::fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<personal>")
    }
}
