//! From a file's bytes to pixels, which are not turned upright yet.

use std::sync::{Mutex, MutexGuard, PoisonError};

use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder};

use super::error::PictureError;
use super::format::{FileFormat, PictureKind};
use super::jpeg::{self, Detail};
use super::policy::LARGE_PIXELS;
use super::probe::{Decoder, Opened, Probe};
use super::raster::{PixelLayout, Raster};

/// A photograph that is scaled to this share of its size or less is decoded without the last bits of
/// its detail, which nobody would see.
const WITHOUT_LAST_BIT: f64 = 0.55;
/// One that is scaled to this share or less is decoded without all bits but the first.
const WITHOUT_MORE_BITS: f64 = 0.25;

/// A decoded picture, and what is still to be applied to it.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The pixels as stored.
    pub(super) raster: Raster,
    /// How they are turned.
    pub(super) orientation: Orientation,
    /// The colour profile of the pixels; without one, they are sRGB.
    pub(super) profile: Option<Vec<u8>>,
}

/// Held while a large picture is decoded. Nothing under it starts other threads' work.
static LARGE_PICTURE: Mutex<()> = Mutex::new(());

/// Waits until a picture may be decoded: of large ones, only one at a time may, as long as its
/// caller holds what is given back.
pub(super) fn wait_for_memory(head: &Probe) -> Option<MutexGuard<'static, ()>> {
    let is_large = u64::from(head.width) * u64::from(head.height) > LARGE_PIXELS;
    is_large.then(|| LARGE_PICTURE.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Decodes a picture of any format; what is transparent becomes white.
///
/// The picture will be scaled to `scale` of its size. A photograph that is scaled down far is
/// decoded without the detail that nobody would see then, and stays in a JPEG's own colours, since
/// it will be a JPEG again.
pub(super) fn decode(
    opened: Opened<'_>,
    kind: PictureKind,
    scale: f64,
) -> Result<Decoded, PictureError> {
    let Opened { head, orientation, bytes, decoder } = opened;
    let format = head.format;
    let mut decoder = match decoder {
        Decoder::Jpeg(header) => return decode_jpeg(bytes, &header, kind, scale),
        Decoder::Other(decoder) => decoder,
    };
    if format == FileFormat::WebP && is_cut_off(bytes) {
        return Err(PictureError::truncated(format));
    }
    // A damaged profile is no reason to refuse a picture.
    let profile = decoder.icc_profile().unwrap_or(None);
    let image = DynamicImage::from_decoder(decoder)
        .map_err(|error| PictureError::from_image(format, &error))?;
    Ok(Decoded { raster: flatten(image), orientation, profile })
}

fn decode_jpeg(
    bytes: &[u8],
    header: &jpeg::Header,
    kind: PictureKind,
    scale: f64,
) -> Result<Decoded, PictureError> {
    let spare = match kind {
        PictureKind::Photo if scale <= WITHOUT_MORE_BITS => Some(Detail::MoreBits),
        PictureKind::Photo if scale <= WITHOUT_LAST_BIT => Some(Detail::LastBit),
        _ => None,
    };
    let bytes = match spare {
        Some(detail) => jpeg::without(bytes, header, detail),
        None => bytes.into(),
    };
    let (raster, profile) = jpeg::decode(&bytes, header, kind)?;
    Ok(Decoded { raster, orientation: header.orientation, profile })
}

/// Whether a WebP file is shorter than its header says. The decoder reports that like any other
/// damage.
fn is_cut_off(bytes: &[u8]) -> bool {
    match bytes.get(4..8) {
        Some(&[a, b, c, d]) => u64::from(u32::from_le_bytes([a, b, c, d])) + 8 > bytes.len() as u64,
        _ => true,
    }
}

/// The pixels with eight bits a sample and on white where they are transparent. Grey stays grey.
fn flatten(image: DynamicImage) -> Raster {
    let (width, height) = (image.width(), image.height());
    let (layout, data) = match image.color() {
        ColorType::L8 | ColorType::L16 => (PixelLayout::Grey, image.into_luma8().into_raw()),
        ColorType::La8 | ColorType::La16 => {
            (PixelLayout::Grey, on_white::<2>(&image.into_luma_alpha8().into_raw()))
        }
        ColorType::Rgba8 | ColorType::Rgba16 | ColorType::Rgba32F => {
            (PixelLayout::Rgb, on_white::<4>(&image.into_rgba8().into_raw()))
        }
        _ => (PixelLayout::Rgb, image.into_rgb8().into_raw()),
    };
    Raster { width, height, layout, data }
}

/// Lays pixels on white. Each has `N` samples; the last one is alpha, which is dropped.
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
