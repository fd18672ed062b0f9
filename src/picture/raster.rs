//! Decoded pixels.

/// What the samples of a pixel mean. Each is one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PixelLayout {
    /// One sample.
    Grey,
    /// Red, green, blue.
    Rgb,
    /// Luma and two chromas, as a JPEG keeps them (ITU-T T.871).
    Ycc,
    /// Cyan, magenta, yellow, black; 0 is no ink.
    Cmyk,
}

impl PixelLayout {
    /// The number of samples, and bytes, of a pixel.
    pub(super) fn channels(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb | Self::Ycc => 3,
            Self::Cmyk => 4,
        }
    }
}

/// Pixels, rows from the top, without padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raster {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) layout: PixelLayout,
    pub(super) data: Vec<u8>,
}

impl Raster {
    /// None if the data are not exactly as long as the size needs.
    pub(super) fn new(width: u32, height: u32, layout: PixelLayout, data: Vec<u8>) -> Option<Self> {
        let expected = width as usize * height as usize * layout.channels();
        (data.len() == expected).then_some(Self { width, height, layout, data })
    }
}
