//! Prepares a picture for its place on a page.

use crate::diag::Code;
use serde::{Deserialize, Serialize};

use super::colour::to_srgb;
use super::crop::Crop;
use super::decode::{decode, wait_for_memory};
use super::encode::encode;
use super::error::PictureError;
use super::format::{FileFormat, OutputFormat, PictureKind};
use super::probe::open;
use super::raster::Raster;
use super::resample::resample;

/// What a page needs of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Wanted {
    /// The part to show, in pixels of the upright picture.
    pub crop: Crop,
    /// The width of the place at the wanted resolution, in pixels.
    pub width_px: u32,
    /// The height of the place, in pixels. Its ratio to the width should be the crop's: both sides
    /// are scaled by one factor, and a side gets exactly the wanted pixels only if it differs from
    /// them by a pixel or 1 %.
    pub height_px: u32,
    /// Photograph or graphic, which decides how the picture is coded.
    pub kind: PictureKind,
}

/// A prepared picture: upright, cropped, in sRGB or grey, without metadata.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Prepared {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Its format.
    pub format: OutputFormat,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// The factor by which it lacks pixels for the wanted resolution; 1 if it has enough.
    pub enlarged: f64,
}

/// Prepares a picture for a page.
///
/// Steps: decode, crop, scale down (bicubic), turn upright, convert to sRGB, encode. Colours are
/// converted after scaling, when the pixels are fewest. A picture is never enlarged: one with fewer
/// pixels than wanted keeps those it has.
///
/// # Errors
/// If [`probe`](super::probe::probe) fails, if the file is cut off or damaged, if decoding it needs
/// too much memory, if the crop isn't inside the picture, or if the place has no pixels.
pub(crate) fn prepare(bytes: &[u8], wanted: &Wanted) -> Result<Prepared, PictureError> {
    let opened = open(bytes)?;
    let head = opened.head;
    let Wanted { crop, width_px, height_px, kind } = *wanted;
    check_crop(crop, [head.width, head.height])?;
    let (size, enlarged) = scaled_size(crop, [width_px, height_px])?;
    // A GIF, BMP or PNG is a graphic more often than not, whatever the caller supposes.
    let drawn = matches!(head.format, FileFormat::Gif | FileFormat::Bmp | FileFormat::Png);
    let kind = if drawn { PictureKind::Graphic } else { kind };
    let (raster, profile) = {
        let _turn = wait_for_memory(&head);
        let scale = f64::from(size[0]) / f64::from(crop.width);
        let decoded = decode(opened, kind, scale)?;
        let scaled = resample(decoded.raster, decoded.orientation, crop, size)
            .ok_or_else(|| PictureError::broken(head.format, "it can't be scaled"))?;
        (scaled, decoded.profile)
    };
    let raster: Raster = to_srgb(raster, profile.as_deref());
    let (width, height) = (raster.width, raster.height);
    let (bytes, format) = encode(raster, kind)?;
    Ok(Prepared { bytes, format, width, height, enlarged })
}

/// The size to scale a crop to, in pixels, and the factor by which it lacks pixels.
fn scaled_size(crop: Crop, wanted: [u32; 2]) -> Result<([u32; 2], f64), PictureError> {
    if wanted.contains(&0) {
        return Err(PictureError::new(
            Code::PictureEmpty,
            format!("there is no room for this picture: {} by {} pixels", wanted[0], wanted[1]),
            "give it a place of some width and height",
        ));
    }
    let has = [crop.width, crop.height];
    let factor = |axis: usize| f64::from(wanted[axis]) / f64::from(has[axis]);
    let scale = factor(0).max(factor(1));
    if scale >= 1.0 {
        return Ok((has, scale));
    }
    let side = |axis: usize| {
        let even = (f64::from(has[axis]) * scale).round();
        let asked = f64::from(wanted[axis]);
        let near = (even - asked).abs() <= (asked * 0.01).max(1.0);
        (if near { asked } else { even }).clamp(1.0, f64::from(has[axis])) as u32
    };
    Ok(([side(0), side(1)], 1.0))
}

fn check_crop(crop: Crop, pixels: [u32; 2]) -> Result<(), PictureError> {
    let inside = |start: u32, length: u32, side: u32| {
        length > 0 && start.checked_add(length).is_some_and(|end| end <= side)
    };
    if inside(crop.left, crop.width, pixels[0]) && inside(crop.top, crop.height, pixels[1]) {
        return Ok(());
    }
    Err(PictureError::new(
        Code::PictureCrop,
        format!(
            "the crop of {} by {} pixels at {}, {} is not inside the picture of {} by {}",
            crop.width, crop.height, crop.left, crop.top, pixels[0], pixels[1]
        ),
        "build the paper again: the picture may have changed in the meantime",
    ))
}
