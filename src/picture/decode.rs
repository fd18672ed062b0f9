//! From a file's bytes to pixels, still turned as they were stored.

use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder};

use super::error::PictureError;
use super::jpeg::{self, Detail};
use super::prepare::Kind;
use super::probe::{Format, check_size, decoder, orientation, sniff};

/// Scaled down this far, a photograph shows next to nothing of its last bits.
const COARSE: f64 = 0.55;
/// Scaled down this far, it shows as little of all of them but the first.
const COARSEST: f64 = 0.25;

/// How the samples of a pixel are meant, one byte each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// One sample.
    Grey,
    /// Red, green, blue.
    Rgb,
    /// Luma and two chromas, as a JPEG keeps them (ITU-T T.871).
    Ycc,
    /// Cyan, magenta, yellow, black; 0 is no ink.
    Cmyk,
}

impl Layout {
    /// Bytes a pixel.
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
    pub(super) layout: Layout,
    pub(super) data: Vec<u8>,
}

impl Raster {
    /// None where the data don't fill the size exactly.
    pub(super) fn new(width: u32, height: u32, layout: Layout, data: Vec<u8>) -> Option<Self> {
        let expected = width as usize * height as usize * layout.channels();
        (data.len() == expected).then_some(Self { width, height, layout, data })
    }
}

/// A decoded picture and what is still to be done to it.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The pixels as stored.
    pub(super) raster: Raster,
    /// How they are turned.
    pub(super) orientation: Orientation,
    /// The colour profile they are meant in; none is sRGB.
    pub(super) profile: Option<Vec<u8>>,
}

/// Decodes a picture of any format; what is transparent becomes white. A photograph in a JPEG's
/// own colours stays in them, since it will be a JPEG again; scaled down to `scale` of its size, it
/// may be decoded without what would not be seen.
pub(super) fn decode(bytes: &[u8], kind: Kind, scale: f64) -> Result<Decoded, PictureError> {
    let format = sniff(bytes)?;
    if format == Format::Jpeg {
        let header = jpeg::header(bytes)?;
        check_size(header.width, header.height)?;
        let spare = match kind {
            Kind::Photo if scale <= COARSEST => Some(Detail::MoreBits),
            Kind::Photo if scale <= COARSE => Some(Detail::LastBit),
            _ => None,
        };
        let bytes = match spare {
            Some(detail) => jpeg::without(bytes, &header, detail),
            None => bytes.into(),
        };
        let (raster, profile) = jpeg::decode(&bytes, &header, kind)?;
        return Ok(Decoded { raster, orientation: header.orientation, profile });
    }
    if format == Format::WebP && is_cut_off(bytes) {
        return Err(PictureError::truncated(format));
    }
    let mut decoder = decoder(bytes, format)?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let orientation = orientation(&mut decoder);
    // A damaged profile is no reason to refuse a picture.
    let profile = decoder.icc_profile().unwrap_or(None);
    let image = DynamicImage::from_decoder(decoder)
        .map_err(|error| PictureError::from_image(format, &error))?;
    Ok(Decoded { raster: flatten(image), orientation, profile })
}

/// Whether a WebP file is shorter than it says; its decoder calls that a corrupt bit
/// stream like any other.
fn is_cut_off(bytes: &[u8]) -> bool {
    match bytes.get(4..8) {
        Some(&[a, b, c, d]) => u64::from(u32::from_le_bytes([a, b, c, d])) + 8 > bytes.len() as u64,
        _ => true,
    }
}

/// Eight bits a sample, transparency laid on white, grey kept grey.
fn flatten(image: DynamicImage) -> Raster {
    let (width, height) = (image.width(), image.height());
    let (layout, data) = match image.color() {
        ColorType::L8 | ColorType::L16 => (Layout::Grey, image.into_luma8().into_raw()),
        ColorType::La8 | ColorType::La16 => {
            (Layout::Grey, on_white::<2>(&image.into_luma_alpha8().into_raw()))
        }
        ColorType::Rgba8 | ColorType::Rgba16 | ColorType::Rgba32F => {
            (Layout::Rgb, on_white::<4>(&image.into_rgba8().into_raw()))
        }
        _ => (Layout::Rgb, image.into_rgb8().into_raw()),
    };
    Raster { width, height, layout, data }
}

/// Lays pixels of `N` samples, the last of which is alpha, on white and drops the alpha.
fn on_white<const N: usize>(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() / N * (N - 1));
    for pixel in data.chunks_exact(N) {
        let alpha = u32::from(pixel[N - 1]);
        for sample in &pixel[..N - 1] {
            let mixed = (u32::from(*sample) * alpha + 255 * (255 - alpha) + 127) / 255;
            out.push(u8::try_from(mixed).unwrap_or(u8::MAX));
        }
    }
    out
}
