//! From pixels to the bytes of a JPEG or PNG.

use crate::diag::Code;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, SamplingFactor};

use super::error::PictureError;
use super::format::{OutputFormat, PictureKind};
use super::raster::{PixelLayout, Raster};

/// JPEG quality of photographs: good enough for newsprint and screens. Above it, files grow faster
/// than they look better.
const PHOTO_QUALITY: u8 = 82;
/// JPEG quality of graphics: losses show sooner at letters and lines than in faces.
const GRAPHIC_QUALITY: u8 = 90;
/// A graphic is tried as a PNG if at least this share of its pixels equal their left neighbour.
const FLAT: f64 = 0.5;

/// Encodes pixels for a page: a graphic as a PNG if that is smaller, anything else as a JPEG.
pub(super) fn encode(
    mut raster: Raster,
    kind: PictureKind,
) -> Result<(Vec<u8>, OutputFormat), PictureError> {
    let png_color = match raster.layout {
        PixelLayout::Grey => Some(ExtendedColorType::L8),
        PixelLayout::Rgb => Some(ExtendedColorType::Rgb8),
        PixelLayout::Cmyk => Some(ExtendedColorType::Cmyk8),
        PixelLayout::Ycc => None,
    };
    let png_color =
        png_color.filter(|_| kind == PictureKind::Graphic && flat_share(&raster) >= FLAT);
    let Some(png_color) = png_color else {
        // The eye sees half as much detail in colour, so half of it is kept.
        if raster.layout == PixelLayout::Ycc {
            mean_chroma(&mut raster);
        }
        let bytes = jpeg(&raster, PHOTO_QUALITY, SamplingFactor::R_4_2_0)?;
        return Ok((bytes, OutputFormat::Jpeg));
    };
    // Red letters on blue would bleed if colour had fewer pixels.
    let as_jpeg = jpeg(&raster, GRAPHIC_QUALITY, SamplingFactor::R_4_4_4)?;
    let as_png = png(&raster, png_color)?;
    // This PNG is packed fast. In the PDF it is packed well and about a quarter smaller.
    if as_png.len() / 4 * 3 <= as_jpeg.len() {
        return Ok((as_png, OutputFormat::Png));
    }
    Ok((as_jpeg, OutputFormat::Jpeg))
}

/// Encodes RGB pixels as a JPEG whose colour has as many pixels as its luma, which keeps the edges
/// of letters.
///
/// # Errors
/// If the pixels are not as many as the size needs.
pub(crate) fn coded(rgb: Vec<u8>, width: u32, height: u32) -> Result<Vec<u8>, PictureError> {
    let raster = Raster::new(width, height, PixelLayout::Rgb, rgb);
    let raster = raster.ok_or_else(|| PictureError::too_large(width, height))?;
    jpeg(&raster, PHOTO_QUALITY, SamplingFactor::R_4_4_4)
}

/// Encodes pixels as a JPEG, graphics too.
pub(super) fn encode_jpeg(raster: &Raster, kind: PictureKind) -> Result<Vec<u8>, PictureError> {
    match kind {
        PictureKind::Photo => jpeg(raster, PHOTO_QUALITY, SamplingFactor::R_4_2_0),
        PictureKind::Graphic => jpeg(raster, GRAPHIC_QUALITY, SamplingFactor::R_4_4_4),
    }
}

fn jpeg(raster: &Raster, quality: u8, sampling: SamplingFactor) -> Result<Vec<u8>, PictureError> {
    let color = match raster.layout {
        PixelLayout::Grey => ColorType::Luma,
        PixelLayout::Rgb => ColorType::Rgb,
        PixelLayout::Ycc => ColorType::Ycbcr,
        PixelLayout::Cmyk => ColorType::Cmyk,
    };
    let (Ok(width), Ok(height)) = (u16::try_from(raster.width), u16::try_from(raster.height))
    else {
        return Err(PictureError::too_large(raster.width, raster.height));
    };
    let mut out = Vec::with_capacity(raster.data.len() / 8);
    let mut encoder = Encoder::new(&mut out, quality);
    encoder.set_sampling_factor(sampling);
    // By default the encoder takes one pixel of four, which shifts the colour of fine patterns. In
    // luma and chroma that pixel has the mean of the four already (`mean_chroma`).
    if raster.layout != PixelLayout::Ycc {
        encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    }
    encoder.encode(&raster.data, width, height, color).map_err(unencoded)?;
    Ok(out)
}

/// Gives the first of every two by two pixels the mean chroma of the four.
fn mean_chroma(raster: &mut Raster) {
    let row = raster.width as usize * 3;
    for rows in raster.data.chunks_exact_mut(2 * row) {
        let (upper, lower) = rows.split_at_mut(row);
        for (two, below) in upper.chunks_exact_mut(6).zip(lower.chunks_exact(6)) {
            for chroma in [1, 2] {
                let sum = [two[chroma], two[chroma + 3], below[chroma], below[chroma + 3]];
                let sum: u16 = sum.into_iter().map(u16::from).sum();
                two[chroma] = ((sum + 2) / 4) as u8;
            }
        }
    }
}

fn png(raster: &Raster, color: ExtendedColorType) -> Result<Vec<u8>, PictureError> {
    let mut out = Vec::with_capacity(raster.data.len() / 8);
    // The PDF packs the pixels anew; here they are packed to tell how flat they are.
    PngEncoder::new_with_quality(&mut out, CompressionType::Fast, FilterType::Adaptive)
        .write_image(&raster.data, raster.width, raster.height, color)
        .map_err(unencoded)?;
    Ok(out)
}

fn unencoded(error: impl std::fmt::Display) -> PictureError {
    PictureError::new(
        Code::PictureNotWritten,
        format!("this picture can't be written for the page ({error})"),
        "this is a fault of Stonehand: please report it; another size or crop of the picture may work",
    )
}

/// The share of pixels that equal their left neighbour.
fn flat_share(raster: &Raster) -> f64 {
    let channels = raster.layout.channels();
    let mut equal = 0_usize;
    for row in raster.data.chunks_exact(raster.width as usize * channels) {
        let neighbours = row.chunks_exact(channels).zip(row.chunks_exact(channels).skip(1));
        equal += neighbours.filter(|(left, right)| left == right).count();
    }
    equal as f64 / (f64::from(raster.width) * f64::from(raster.height))
}
