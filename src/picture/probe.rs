//! The one place that reads the header of a picture file: what the file is, by its content and
//! not by its name, how large the picture is, and how it is turned.

use crate::diag::Code;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageReader, Limits};
use serde::{Deserialize, Serialize};

use super::error::PictureError;
use super::foreign::{is_raw, not_a_picture};
use super::format::FileFormat;
use super::jpeg;
use super::policy::{MOST_DECODED_BYTES, MOST_FILE_BYTES, MOST_PIXELS, MOST_SIDE_PX};

/// The bytes at a file's beginning in which a JPEG has its header, as a rule.
const JPEG_HEAD_BYTES: u64 = 64 << 10;

/// What a picture's header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Probe {
    /// The file's format, by its content.
    pub format: FileFormat,
    /// The width in pixels of the upright picture.
    pub width: u32,
    /// The height in pixels of the upright picture.
    pub height: u32,
    /// How the stored pixels are turned: EXIF's number, from 1 (upright) to 8.
    pub orientation: u8,
}

/// Reads a picture's header.
///
/// # Errors
/// If the bytes are no picture of a format that is read, if the header is damaged, or if the picture
/// has more pixels than `policy.rs` allows.
pub(crate) fn probe(bytes: &[u8]) -> Result<Probe, PictureError> {
    open(bytes).map(|opened| opened.head)
}

/// A picture file whose header was read and whose pixels are still to be decoded.
pub(super) struct Opened<'a> {
    /// What its header says.
    pub(super) head: Probe,
    /// How the stored pixels are turned.
    pub(super) orientation: Orientation,
    /// The whole file.
    pub(super) bytes: &'a [u8],
    /// What decodes the pixels.
    pub(super) decoder: Decoder<'a>,
}

/// What decodes the pixels of a file.
pub(super) enum Decoder<'a> {
    /// `jpeg.rs`, which has read the header.
    Jpeg(jpeg::Header),
    /// A decoder of `image`.
    Other(Box<dyn ImageDecoder + 'a>),
}

/// Reads a picture's header and keeps what decodes the pixels.
///
/// # Errors
/// Those of [`probe`].
pub(super) fn open(bytes: &[u8]) -> Result<Opened<'_>, PictureError> {
    let format = sniff(bytes)?;
    let (size, orientation, decoder) = if format == FileFormat::Jpeg {
        let header = jpeg::header(bytes)?;
        ((header.width, header.height), header.orientation, Decoder::Jpeg(header))
    } else {
        let mut decoder = other_decoder(bytes, format)?;
        let (size, orientation) = (decoder.dimensions(), orientation(&mut decoder));
        (size, orientation, Decoder::Other(Box::new(decoder)))
    };
    check_size(size.0, size.1)?;
    let (width, height) = if swaps(orientation) { (size.1, size.0) } else { size };
    let head = Probe { format, width, height, orientation: orientation.to_exif() };
    Ok(Opened { head, orientation, bytes, decoder })
}

/// Reads the header of a picture file, and no more of the file than that takes.
///
/// # Errors
/// Those of [`probe`], and if the file can't be read.
pub(crate) fn probe_file(path: &Path) -> Result<Probe, PictureError> {
    let mut file = File::open(path).map_err(|error| PictureError::unreadable(&error))?;
    let mut bytes = vec![];
    let mut read = |bytes: &mut Vec<u8>, most: u64| {
        (&mut file).take(most).read_to_end(bytes).map_err(|error| PictureError::unreadable(&error))
    };
    read(&mut bytes, JPEG_HEAD_BYTES)?;
    // A camera may write much before a JPEG's header, and other formats have their orientation at
    // their end: then the whole file is read.
    let format = sniff(&bytes)?;
    if format == FileFormat::Jpeg
        && let Ok(head) = probe(&bytes)
    {
        return Ok(head);
    }
    read(&mut bytes, MOST_FILE_BYTES)?;
    if bytes.len() as u64 > MOST_FILE_BYTES {
        return Err(PictureError::new(
            Code::PictureTooLarge,
            "this file is larger than 1 GB",
            "save it as a JPEG with fewer pixels",
        ));
    }
    probe(&bytes)
}

/// How a picture that is no JPEG is turned. A damaged EXIF block is passed over.
fn orientation(decoder: &mut impl ImageDecoder) -> Orientation {
    // Some programs put JPEG's prefix before the EXIF block of WebP and PNG files too.
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

/// Refuses pictures without pixels, and those that would fill the memory.
fn check_size(width: u32, height: u32) -> Result<(), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::new(
            Code::PictureEmpty,
            format!("this picture has no pixels: {width} by {height}"),
            "export it again",
        ));
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > MOST_SIDE_PX || height > MOST_SIDE_PX || pixels > MOST_PIXELS {
        return Err(PictureError::too_large(width, height));
    }
    Ok(())
}

/// The decoder of any format but JPEG: its limits are set and the header is read.
fn other_decoder(bytes: &[u8], format: FileFormat) -> Result<impl ImageDecoder + '_, PictureError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format.in_image());
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_DECODED_BYTES);
    reader.limits(limits);
    reader.into_decoder().map_err(|error| PictureError::from_image(format, &error))
}

/// The format of a file by its first bytes.
fn sniff(bytes: &[u8]) -> Result<FileFormat, PictureError> {
    let format = match bytes {
        [0xff, 0xd8, 0xff, ..] => FileFormat::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => FileFormat::Png,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => FileFormat::WebP,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => FileFormat::Gif,
        _ if is_bitmap(bytes) => FileFormat::Bmp,
        // Raw pictures of cameras are TIFF files too, whose first page is a thumbnail.
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] if !is_raw(bytes) => FileFormat::Tiff,
        _ => return Err(not_a_picture(bytes)),
    };
    Ok(format)
}

/// Whether a file is a Windows bitmap. A text may begin with the same two letters, so the length of
/// the second header is checked too: only a few values exist.
fn is_bitmap(bytes: &[u8]) -> bool {
    bytes.starts_with(b"BM")
        && bytes.len() > 26
        && matches!(bytes[14], 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124)
        && bytes[15..18] == [0, 0, 0]
}
