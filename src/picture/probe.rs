//! What a file is, told by its first bytes.

use crate::diag::Code;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat, ImageReader, Limits};
use serde::{Deserialize, Serialize};

use super::error::PictureError;
use super::foreign::{is_raw, not_a_picture};
use super::jpeg;

/// No side of a picture may be longer, in pixels.
pub(super) const MAX_SIDE: u32 = 30_000;
/// No picture may have more pixels.
pub(super) const MAX_PIXELS: u64 = 200_000_000;
/// What decoding one picture may take, in bytes: room for the largest picture in
/// colour and not much more.
pub(super) const MAX_BYTES: u64 = 640 << 20;

/// No picture's file may be larger, in bytes.
const MAX_FILE: u64 = 1 << 30;
/// Bytes of a file in which a JPEG has its header, as a rule.
const HEAD: u64 = 64 << 10;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// JPEG, of any colour model.
    Jpeg,
    /// PNG.
    Png,
    /// WebP; the first picture of an animation.
    WebP,
    /// GIF; the first picture of an animation.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// TIFF; the first page.
    Tiff,
}

impl Format {
    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Gif => "GIF",
            Self::Bmp => "BMP",
            Self::Tiff => "TIFF",
        }
    }

    fn in_image(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
            Self::WebP => ImageFormat::WebP,
            Self::Gif => ImageFormat::Gif,
            Self::Bmp => ImageFormat::Bmp,
            Self::Tiff => ImageFormat::Tiff,
        }
    }
}

/// What a picture's header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Probe {
    /// What the file is, whatever its name says.
    pub format: Format,
    /// Its width in pixels as it is seen, the camera's rotation applied.
    pub width: u32,
    /// Its height in pixels as it is seen.
    pub height: u32,
    /// How the stored pixels are turned: EXIF's number, 1 (upright) to 8.
    pub orientation: u8,
}

/// Reads what a picture is from its header, by its content and not by its name.
///
/// # Errors
/// Where the bytes are no picture of a known format, the header is damaged, or the
/// picture is larger than 30,000 pixels a side or 200 million in all.
pub fn probe(bytes: &[u8]) -> Result<Probe, PictureError> {
    let format = sniff(bytes)?;
    let (size, orientation) = if format == Format::Jpeg {
        let header = jpeg::header(bytes)?;
        ((header.width, header.height), header.orientation)
    } else {
        let mut decoder = decoder(bytes, format)?;
        (decoder.dimensions(), orientation(&mut decoder))
    };
    check_size(size.0, size.1)?;
    let (width, height) = if swaps(orientation) { (size.1, size.0) } else { size };
    Ok(Probe { format, width, height, orientation: orientation.to_exif() })
}

/// The same of a file, of which no more is read than it takes.
///
/// # Errors
/// Those of [`probe`], and where the file can't be read.
pub fn probe_file(path: &Path) -> Result<Probe, PictureError> {
    let mut file = File::open(path).map_err(|error| PictureError::unreadable(&error))?;
    let mut bytes = vec![];
    let mut read = |bytes: &mut Vec<u8>, most: u64| {
        (&mut file).take(most).read_to_end(bytes).map_err(|error| PictureError::unreadable(&error))
    };
    read(&mut bytes, HEAD)?;
    // What a camera writes before a JPEG's header may be long, and other formats keep what tells
    // how they are turned at their end.
    let format = sniff(&bytes)?;
    if format == Format::Jpeg
        && let Ok(head) = probe(&bytes)
    {
        return Ok(head);
    }
    read(&mut bytes, MAX_FILE)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(PictureError::new(
            Code::PictureTooLarge,
            "this file is larger than 1 GB",
            "save it as a JPEG with fewer pixels",
        ));
    }
    probe(&bytes)
}

/// How a picture that is no JPEG is turned; a damaged EXIF block is no reason to refuse it.
pub(super) fn orientation(decoder: &mut impl ImageDecoder) -> Orientation {
    // Some writers put JPEG's prefix before the block in WebP and PNG files too.
    if let Ok(Some(exif)) = decoder.exif_metadata()
        && let Some(exif) = exif.strip_prefix(b"Exif\0\0")
    {
        return Orientation::from_exif_chunk(exif).unwrap_or(Orientation::NoTransforms);
    }
    decoder.orientation().unwrap_or(Orientation::NoTransforms)
}

/// Whether an orientation exchanges width and height.
pub(super) fn swaps(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// Refuses what would fill the memory, and pictures without pixels.
pub(super) fn check_size(width: u32, height: u32) -> Result<(), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::new(
            Code::PictureEmpty,
            format!("this picture has no pixels: {width} by {height}"),
            "export it again",
        ));
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > MAX_SIDE || height > MAX_SIDE || pixels > MAX_PIXELS {
        return Err(PictureError::too_large(width, height));
    }
    Ok(())
}

/// A decoder of any format but JPEG, its limits set, its header read.
pub(super) fn decoder(
    bytes: &[u8],
    format: Format,
) -> Result<impl ImageDecoder + '_, PictureError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format.in_image());
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    reader.into_decoder().map_err(|error| PictureError::from_image(format, &error))
}

/// The format of a file by its first bytes.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, PictureError> {
    let format = match bytes {
        [0xff, 0xd8, 0xff, ..] => Format::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Format::Png,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Format::WebP,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Format::Gif,
        _ if is_bitmap(bytes) => Format::Bmp,
        // Raw pictures of cameras are TIFF files too, whose first page is a thumbnail.
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] if !is_raw(bytes) => Format::Tiff,
        _ => return Err(not_a_picture(bytes)),
    };
    Ok(format)
}

/// Whether a file is a Windows bitmap. Two letters alone could be the beginning of any text: the
/// length of its second header is one of a few.
fn is_bitmap(bytes: &[u8]) -> bool {
    bytes.starts_with(b"BM")
        && bytes.len() > 26
        && matches!(bytes[14], 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124)
        && bytes[15..18] == [0, 0, 0]
}
