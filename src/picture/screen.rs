//! Prepares a picture for the web edition: several sizes and shapes, as WebP and as JPEG.
//!
//! Only the pixels are taken from the file. What a camera wrote beside them, such as the place where
//! a picture was taken, is not published.

use crate::diag::Code;
use serde::{Deserialize, Serialize};
use webp::{Encoder, WebPConfig};

use super::cache::{Cache, same_picture};
use super::colour::to_srgb;
use super::crop::{Crop, crop_for};
use super::decode::{decode, wait_for_memory};
use super::encode::encode_jpeg;
use super::error::PictureError;
use super::format::PictureKind;
use super::probe::open;
use super::raster::{PixelLayout, Raster};
use super::resample::resample;

/// To be raised whenever [`screen`] gives other bytes: it is a part of the cache's keys.
const VERSION: u32 = 2;
/// Pictures are first scaled to this length of their longer side, in pixels; all files are made from
/// that.
const BASE_SIDE_PX: u32 = 2000;
/// WebP quality of photographs. Above it, files grow faster than they look better.
const PHOTO_QUALITY: f32 = 70.0;
/// WebP quality of graphics: losses show sooner at letters and lines.
const GRAPHIC_QUALITY: f32 = 86.0;
/// The encoder's effort, 0 to 6. Each step above takes half as long again and saves a few percent.
const EFFORT: i32 = 2;

/// The shape of a file: which part of the picture it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScreenShape {
    /// All of it.
    Whole,
    /// 3:2, beside a headline.
    Teaser,
    /// 1:1, for other people's pages.
    Square,
    /// 4:3, for other people's pages.
    Classic,
    /// 16:9, for other people's pages.
    Wide,
}

impl ScreenShape {
    /// Its name in a file's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Teaser => "3x2",
            Self::Square => "1x1",
            Self::Classic => "4x3",
            Self::Wide => "16x9",
        }
    }

    /// Width over height; none for the picture's own ratio.
    fn ratio(self) -> Option<f64> {
        match self {
            Self::Whole => None,
            Self::Teaser => Some(1.5),
            Self::Square => Some(1.0),
            Self::Classic => Some(4.0 / 3.0),
            Self::Wide => Some(16.0 / 9.0),
        }
    }

    /// The widths of its WebP files and that of its JPEG, in pixels.
    fn widths(self) -> (&'static [u32], u32) {
        match self {
            Self::Whole => (&[480, 720, 1440], 960),
            Self::Teaser => (&[320, 640, 1200], 640),
            Self::Square => (&[], 800),
            Self::Classic | Self::Wide => (&[], 1200),
        }
    }
}

/// How a file for the screen is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Coding {
    /// WebP, lossy.
    Webp,
    /// JPEG, for programs that read nothing newer.
    Jpeg,
}

/// What the web edition needs of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ScreenWanted {
    /// The point that crops keep, in fractions from the left and the top.
    pub focus: Option<[f64; 2]>,
    /// Whether it must not be cropped: then it has one shape.
    pub whole: bool,
    /// Whether it leads its story: then other pages show it too.
    pub leads: bool,
}

/// One file made of a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScreenFile {
    /// Its shape.
    pub shape: ScreenShape,
    /// Its coding.
    pub coding: Coding,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Makes a picture's files for the web edition. None is larger than the picture.
///
/// # Errors
/// If the picture can't be read; see [`probe`](super::probe::probe).
pub(crate) fn screen(bytes: &[u8], wanted: &ScreenWanted) -> Result<Vec<ScreenFile>, PictureError> {
    let base = base(bytes)?;
    let pixels = [base.width, base.height];
    let mut files = vec![];
    for &shape in shapes(wanted) {
        let crop = match shape.ratio() {
            Some(ratio) => crop_for(pixels, ratio, wanted.focus, 0.0),
            None => Crop::whole(pixels),
        };
        let (webps, jpeg) = shape.widths();
        // A picture that is smaller than all of them has one file of its own width.
        let mut widths: Vec<u32> = webps.iter().map(|&width| width.min(crop.width)).collect();
        widths.dedup();
        for width in widths {
            let raster = scaled(&base, crop, width)?;
            files.push(file(shape, Coding::Webp, &raster, webp(&raster, wanted.whole)?));
        }
        let raster = scaled(&base, crop, jpeg.min(crop.width))?;
        let (width, height) = (raster.width, raster.height);
        let bytes = encode_jpeg(
            &raster,
            if wanted.whole { PictureKind::Graphic } else { PictureKind::Photo },
        )?;
        files.push(ScreenFile { shape, coding: Coding::Jpeg, width, height, bytes });
    }
    Ok(files)
}

/// The same as [`screen`], looked up in the cache first and kept there.
///
/// # Errors
/// Those of [`screen`].
pub(crate) fn screen_cached(
    cache: &Cache,
    bytes: &[u8],
    wanted: &ScreenWanted,
) -> Result<Vec<ScreenFile>, PictureError> {
    let key = screen_key(bytes, wanted);
    if let Some(files) = cache.get_bytes(&key).and_then(|entry| parse(&entry)) {
        return Ok(files);
    }
    let files = screen(bytes, wanted)?;
    // The picture is good without the cache.
    let _ = cache.put_bytes(&key, &render(&files));
    Ok(files)
}

/// The cache's key of a picture's files: a hash of its bytes, of what is wanted and of the version.
pub(crate) fn screen_key(bytes: &[u8], wanted: &ScreenWanted) -> [u8; 32] {
    let ScreenWanted { focus, whole, leads } = *wanted;
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"screen");
    hasher.update(&VERSION.to_le_bytes());
    hasher.update(&same_picture(bytes));
    for part in focus.unwrap_or([-1.0, -1.0]) {
        hasher.update(&part.to_le_bytes());
    }
    hasher.update(&[u8::from(whole), u8::from(leads)]);
    *hasher.finalize().as_bytes()
}

fn shapes(wanted: &ScreenWanted) -> &'static [ScreenShape] {
    use ScreenShape::{Classic, Square, Teaser, Whole, Wide};
    match (wanted.leads, wanted.whole) {
        (true, false) => &[Whole, Teaser, Square, Classic, Wide],
        _ => &[Whole],
    }
}

/// The picture upright, in sRGB, and no larger than [`BASE_SIDE_PX`].
fn base(bytes: &[u8]) -> Result<Raster, PictureError> {
    let opened = open(bytes)?;
    let head = opened.head;
    let longest = head.width.max(head.height).max(1);
    let scale = (f64::from(BASE_SIDE_PX) / f64::from(longest)).min(1.0);
    let side = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
    let size = [side(head.width), side(head.height)];
    let (raster, profile) = {
        let _turn = wait_for_memory(&head);
        // As a graphic, a picture is decoded to RGB, which both encoders take.
        let decoded = decode(opened, PictureKind::Graphic, scale)?;
        let whole = Crop::whole([head.width, head.height]);
        let scaled = resample(decoded.raster, decoded.orientation, whole, size)
            .ok_or_else(|| PictureError::broken(head.format, "it can't be scaled"))?;
        (scaled, decoded.profile)
    };
    Ok(to_srgb(raster, profile.as_deref()))
}

/// A part of the base, scaled to a width in pixels.
fn scaled(base: &Raster, crop: Crop, width: u32) -> Result<Raster, PictureError> {
    let height = f64::from(crop.height) * f64::from(width) / f64::from(crop.width);
    let size = [width, (height.round() as u32).max(1)];
    let upright = image::metadata::Orientation::NoTransforms;
    resample(base.clone(), upright, crop, size).ok_or_else(unmade)
}

fn file(shape: ScreenShape, coding: Coding, raster: &Raster, bytes: Vec<u8>) -> ScreenFile {
    ScreenFile { shape, coding, width: raster.width, height: raster.height, bytes }
}

fn webp(raster: &Raster, graphic: bool) -> Result<Vec<u8>, PictureError> {
    let rgb: std::borrow::Cow<'_, [u8]> = match raster.layout {
        PixelLayout::Grey => {
            raster.data.iter().flat_map(|&grey| [grey; 3]).collect::<Vec<u8>>().into()
        }
        _ => raster.data.as_slice().into(),
    };
    let mut config = WebPConfig::new().map_err(|()| unmade())?;
    config.quality = if graphic { GRAPHIC_QUALITY } else { PHOTO_QUALITY };
    config.method = EFFORT;
    let encoder = Encoder::from_rgb(&rgb, raster.width, raster.height);
    Ok(encoder.encode_advanced(&config).map_err(|_| unmade())?.to_vec())
}

fn unmade() -> PictureError {
    PictureError::new(
        Code::PictureNotWritten,
        "this picture can't be written for the web",
        "this is a fault of Stonehand: please report it; another size or crop of the picture may work",
    )
}

/// An entry of the cache: for each file its shape, coding, width, height and length, and its bytes.
fn render(files: &[ScreenFile]) -> Vec<u8> {
    let mut out = vec![];
    for ScreenFile { shape, coding, width, height, bytes } in files {
        out.push(*shape as u8);
        out.push(*coding as u8);
        out.extend_from_slice(&width.to_le_bytes());
        out.extend_from_slice(&height.to_le_bytes());
        out.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        out.extend_from_slice(bytes);
    }
    out
}

fn parse(mut entry: &[u8]) -> Option<Vec<ScreenFile>> {
    let mut files = vec![];
    while !entry.is_empty() {
        let (&[shape, coding], rest) = entry.split_first_chunk::<2>()?;
        let (width, rest) = rest.split_first_chunk::<4>()?;
        let (height, rest) = rest.split_first_chunk::<4>()?;
        let (length, rest) = rest.split_first_chunk::<8>()?;
        let (bytes, rest) =
            rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        use ScreenShape::{Classic, Square, Teaser, Whole, Wide};
        let shape = *[Whole, Teaser, Square, Classic, Wide].get(usize::from(shape))?;
        let coding = *[Coding::Webp, Coding::Jpeg].get(usize::from(coding))?;
        files.push(ScreenFile {
            shape,
            coding,
            width: u32::from_le_bytes(*width),
            height: u32::from_le_bytes(*height),
            bytes: bytes.to_vec(),
        });
        entry = rest;
    }
    Some(files).filter(|files| !files.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture() -> Vec<u8> {
        let image = image::RgbImage::from_fn(700, 500, |x, y| image::Rgb([x as u8, y as u8, 9]));
        let mut out = std::io::Cursor::new(vec![]);
        image.write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
        let plain = out.into_inner();
        // An Exif block with a place in it, right after the start of the file.
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08GPSLatitude 54.1".to_vec();
        let mut bytes = plain[..2].to_vec();
        bytes.extend([0xff, 0xe1]);
        bytes.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        bytes.append(&mut exif);
        bytes.extend(&plain[2..]);
        bytes
    }

    #[test]
    fn a_lead_has_every_shape_and_nothing_is_enlarged() {
        let wanted = ScreenWanted { focus: Some([0.9, 0.5]), whole: false, leads: true };
        let files = screen(&picture(), &wanted).unwrap();
        assert!(files.iter().all(|file| file.width <= 700 && file.height <= 500));
        let sizes = |shape| {
            files
                .iter()
                .filter(move |file| file.shape == shape)
                .map(|file| (file.coding, file.width, file.height))
        };
        let whole: Vec<_> = sizes(ScreenShape::Whole).collect();
        assert_eq!(
            whole,
            [(Coding::Webp, 480, 343), (Coding::Webp, 700, 500), (Coding::Jpeg, 700, 500)]
        );
        let square: Vec<_> = sizes(ScreenShape::Square).collect();
        assert_eq!(square, [(Coding::Jpeg, 500, 500)]);
        let graphic = ScreenWanted { whole: true, ..wanted };
        assert!(
            screen(&picture(), &graphic).unwrap().iter().all(|f| f.shape == ScreenShape::Whole)
        );
    }

    #[test]
    fn what_the_camera_knew_goes_no_further() {
        let bytes = picture();
        let holds = |bytes: &[u8]| bytes.windows(3).any(|part| part == b"GPS");
        assert!(holds(&bytes));
        let wanted = ScreenWanted { focus: None, whole: false, leads: true };
        for file in screen(&bytes, &wanted).unwrap() {
            assert!(!holds(&file.bytes) && !file.bytes.windows(4).any(|part| part == b"Exif"));
        }
    }

    #[test]
    fn what_was_made_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache { dir: Some(folder.path().into()) };
        let wanted = ScreenWanted { focus: None, whole: false, leads: false };
        let made = screen_cached(&cache, &picture(), &wanted).unwrap();
        let key = screen_key(&picture(), &wanted);
        assert_eq!(parse(&cache.get_bytes(&key).unwrap()).unwrap(), made);
        assert_eq!(screen_cached(&cache, &picture(), &wanted).unwrap(), made);
    }
}
