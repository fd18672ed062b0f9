//! A picture made ready for a page.

use crate::diag::Code;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::colour::to_srgb;
use super::crop::Crop;
use super::decode::{Raster, decode};
use super::encode::encode;
use super::error::PictureError;
use super::probe::{Format, probe};
use super::resample::resample;

/// What kind of picture it is, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Continuous tones.
    #[default]
    Photo,
    /// Lines, letters and flat areas: charts, screenshots, drawings.
    Graphic,
}

/// What a page needs of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Wanted {
    /// The part to show, in pixels of the picture as it is seen.
    pub crop: Crop,
    /// The width that fills the place at the wanted resolution, in pixels.
    pub width_px: u32,
    /// The height, in pixels. Its ratio to the width should be the crop's: the crop is
    /// scaled evenly, and fitted exactly only where the two differ by a pixel or 1 %.
    pub height_px: u32,
    /// What kind of picture it is: a hint for how it is kept.
    pub kind: Kind,
}

/// How prepared pixels are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutputFormat {
    /// Baseline JPEG, grey or sRGB.
    Jpeg,
    /// PNG, grey or sRGB, without alpha.
    Png,
}

/// A picture ready for a page: upright, cropped, in sRGB or grey, without metadata.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    /// The file.
    pub bytes: Vec<u8>,
    /// What it is.
    pub format: OutputFormat,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// By how much it would have to be enlarged to reach the wanted resolution; 1 where it has it.
    pub enlarged: f64,
}

/// A picture of more pixels waits for other such pictures, so that threads at work
/// together don't need the memory of several large ones at once.
pub(super) const LARGE: u64 = 40_000_000;

/// Held while a large picture is decoded. Nothing under it starts other threads' work.
pub(super) static LARGE_PICTURE: Mutex<()> = Mutex::new(());

/// Makes a picture ready for a page.
///
/// Steps: decode, crop, scale down (bicubic), turn upright, convert to sRGB, encode.
/// Colours are converted after scaling, when there are fewest pixels to convert. A
/// picture is never enlarged: one that has fewer pixels than wanted keeps them.
///
/// # Errors
/// Where [`probe`] fails, the file is cut off or damaged, decoding it needs too much
/// memory, the crop isn't inside the picture, or nothing is wanted of it.
pub fn prepare(bytes: &[u8], wanted: &Wanted) -> Result<Prepared, PictureError> {
    let head = probe(bytes)?;
    let Wanted { crop, width_px, height_px, kind } = *wanted;
    check_crop(crop, [head.width, head.height])?;
    let (size, enlarged) = scaled_size(crop, [width_px, height_px])?;
    // A GIF or BMP is a drawing more often than not, whatever the caller supposes.
    let drawn = matches!(head.format, Format::Gif | Format::Bmp | Format::Png);
    let kind = if drawn { Kind::Graphic } else { kind };
    let (raster, profile) = {
        let large = u64::from(head.width) * u64::from(head.height) > LARGE;
        let _turn = large.then(|| LARGE_PICTURE.lock().unwrap_or_else(PoisonError::into_inner));
        let scale = f64::from(size[0]) / f64::from(crop.width);
        let decoded = decode(bytes, kind, scale)?;
        let scaled = resample(decoded.raster, decoded.orientation, crop, size)
            .ok_or_else(|| PictureError::broken(head.format, "it can't be scaled"))?;
        (scaled, decoded.profile)
    };
    let raster: Raster = to_srgb(raster, profile.as_deref());
    let (width, height) = (raster.width, raster.height);
    let (bytes, format) = encode(raster, kind)?;
    Ok(Prepared { bytes, format, width, height, enlarged })
}

/// The size in pixels to make, and the factor that is missing to what is wanted.
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
        "make the paper again: the picture may have changed meanwhile",
    ))
}
