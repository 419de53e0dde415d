//! The marker segments before the scan.

/// Bytes that do not belong there, as some cameras put them between two segments.
const STRAY: usize = 16;

/// One segment.
pub(super) struct Segment<'a> {
    pub(super) marker: u8,
    pub(super) content: &'a [u8],
}

impl Segment<'_> {
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend([0xFF, self.marker]);
        // It was read with this length.
        out.extend(u16::try_from(self.content.len() + 2).unwrap_or_default().to_be_bytes());
        out.extend_from_slice(self.content);
    }
}

/// Goes through the segments of a picture.
pub(super) struct Segments<'a>(&'a [u8]);

impl<'a> Segments<'a> {
    /// `None` when it does not begin as a JPEG does.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        bytes.strip_prefix(&[0xFF, 0xD8]).map(Self)
    }

    /// The next one; `None` when it is cut off or nothing like one follows.
    pub(super) fn next(&mut self) -> Option<Segment<'a>> {
        let stray = self.0.iter().take(STRAY + 1).position(|byte| *byte == 0xFF)?;
        let rest = self.0.get(stray..)?;
        let fills = rest.iter().take_while(|byte| **byte == 0xFF).count();
        let (marker, rest) = rest.get(fills..)?.split_first()?;
        let (length, rest) = rest.split_first_chunk()?;
        let length = usize::from(u16::from_be_bytes(*length)).checked_sub(2)?;
        let (content, after) = rest.split_at_checked(length)?;
        self.0 = after;
        Some(Segment { marker: *marker, content })
    }

    /// What follows the last one.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.0
    }
}
