//! What a file is, told by its first bytes.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat, ImageReader, Limits};
use serde::{Deserialize, Serialize};

use super::error::PictureError;
use super::jpeg;

/// No side of a picture may be longer, in pixels.
pub(super) const MAX_SIDE: u32 = 30_000;
/// No picture may have more pixels.
pub(super) const MAX_PIXELS: u64 = 200_000_000;
/// What decoding one picture may take, in bytes: room for the largest picture in
/// colour and not much more.
pub(super) const MAX_BYTES: u64 = 640 << 20;

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
            "picture-empty",
            format!("this picture has no pixels: {width} by {height}"),
            "Export it anew.",
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
        [b'B', b'M', ..] if bytes.len() > 26 => Format::Bmp,
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Format::Tiff,
        _ => return Err(not_a_picture(bytes)),
    };
    Ok(format)
}

/// Says what a file is instead, as far as that can be told.
fn not_a_picture(bytes: &[u8]) -> PictureError {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let brand = bytes.get(4..8).filter(|kind| *kind == b"ftyp").and_then(|_| bytes.get(8..12));
    let (what, hint) = match brand {
        _ if bytes.is_empty() => ("this file is empty", "Copy or download it again."),
        Some(b"avif" | b"avis") => {
            ("this is an AVIF picture, which isn't read", "Save it as a JPEG or PNG.")
        }
        Some(b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1") => {
            ("this is a HEIC picture, which isn't read", "Save it as a JPEG.")
        }
        Some(_) => ("this is a video and no picture", "Take a still from it as a JPEG."),
        None if start.starts_with("%pdf") => {
            ("this is a PDF and no picture", "Export the page as a JPEG or PNG.")
        }
        None if start.contains("<svg") => {
            ("this is an SVG drawing, which isn't read here", "Export it as a PNG.")
        }
        None if start.starts_with("<!doctype") || start.starts_with('<') => (
            "this is a web page and no picture",
            "The download went wrong: fetch the picture itself.",
        ),
        None if start.starts_with("version https://git-lfs") => {
            ("this is a pointer of Git LFS and no picture", "Run `git lfs pull`.")
        }
        None => (
            "this file is no picture of a known format",
            "JPEG, PNG, WebP, GIF, BMP and TIFF are read.",
        ),
    };
    PictureError::new("picture-unknown-format", what, hint)
}
