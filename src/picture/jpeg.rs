//! JPEG: the header, and the pixels as they are stored.
//!
//! `image` converts four-colour JPEGs to RGB without their profile and as if Adobe had written all
//! of them, and fills what a cut-off file lacks with grey. So the markers are read here (ITU-T T.81,
//! annex B), and the decoder is asked for raw samples.

use crate::diag::Code;
use std::borrow::Cow;

use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::error::PictureError;
use super::format::{FileFormat, PictureKind};
use super::policy::{MOST_DECODED_BYTES, MOST_SIDE_PX};
use super::raster::{PixelLayout, Raster};

/// What the markers before the first scan say.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// Stored width in pixels.
    pub(super) width: u32,
    /// Stored height in pixels.
    pub(super) height: u32,
    /// The number of colour components: 1, 3 or 4 as a rule.
    pub(super) components: u8,
    /// The identifier of the first component, as a rule the luma.
    luma: u8,
    /// Whether the picture comes in several scans, whose coefficients the decoder keeps in memory.
    pub(super) progressive: bool,
    /// Whether the file has Adobe's marker: then its four-colour samples are inverted.
    pub(super) adobe: bool,
    /// How the stored pixels are turned.
    pub(super) orientation: Orientation,
    /// Where the first scan's marker stands.
    scan: usize,
}

/// Reads the markers up to the first scan.
pub(super) fn header(bytes: &[u8]) -> Result<Header, PictureError> {
    let mut frame = None;
    let mut adobe = false;
    let mut orientation = Orientation::NoTransforms;
    let mut at = 2;
    loop {
        let marker_at = next_marker(bytes, at).ok_or(PictureError::truncated(FileFormat::Jpeg))?;
        let marker = bytes[marker_at + 1];
        at = marker_at + 2;
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            continue;
        }
        if marker == 0xd9 {
            return Err(PictureError::broken(FileFormat::Jpeg, "there is no picture in it"));
        }
        let body = segment(bytes, at).ok_or(PictureError::truncated(FileFormat::Jpeg))?;
        at += 2 + body.len();
        match (marker, body) {
            (0xda, _) => {
                let (width, height, components, luma, progressive) = frame.ok_or_else(|| {
                    PictureError::broken(FileFormat::Jpeg, "its header lacks the picture's size")
                })?;
                let scan = marker_at;
                return Ok(Header {
                    width,
                    height,
                    components,
                    luma,
                    progressive,
                    adobe,
                    orientation,
                    scan,
                });
            }
            // C4, C8 and CC share the range of the frame headers but are something else.
            (0xc0..=0xcf, &[_, h1, h0, w1, w0, components, luma, ..])
                if !matches!(marker, 0xc4 | 0xc8 | 0xcc) =>
            {
                let width = u32::from(u16::from_be_bytes([w1, w0]));
                let height = u32::from(u16::from_be_bytes([h1, h0]));
                frame = Some((width, height, components, luma, marker == 0xc2));
            }
            (0xe1, [b'E', b'x', b'i', b'f', 0, 0, exif @ ..]) => {
                orientation = Orientation::from_exif_chunk(exif).unwrap_or(orientation);
            }
            (0xee, [b'A', b'd', b'o', b'b', b'e', ..]) => adobe = true,
            _ => {}
        }
    }
}

/// The next marker at or after a byte. Bytes between segments are skipped, as libjpeg does.
fn next_marker(bytes: &[u8], from: usize) -> Option<usize> {
    let marks = memchr::memchr_iter(0xff, bytes.get(from..)?).map(|at| from + at);
    marks.into_iter().find(|at| bytes.get(at + 1).is_some_and(|next| !matches!(next, 0x00 | 0xff)))
}

/// The body of the segment whose length is at a byte.
fn segment(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
    bytes.get(at + 2..at + length.max(2))
}

/// Whether the end-of-image marker follows the scans.
fn is_complete(bytes: &[u8], header: &Header) -> bool {
    let mut at = header.scan;
    while let Some(marker_at) = next_marker(bytes, at) {
        at = marker_at + 2;
        match bytes[marker_at + 1] {
            0xd9 => return true,
            // Restart markers stand alone inside a scan.
            0x01 | 0xd0..=0xd7 => {}
            // Only what may stand between scans has a length worth trusting.
            0xc4 | 0xda | 0xdb | 0xdd | 0xe0..=0xef | 0xfe => match segment(bytes, at) {
                Some(body) => at += 2 + body.len(),
                None => return false,
            },
            _ => {}
        }
    }
    false
}

/// The detail that a photograph which is scaled down can do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// The last bit of the luma's coefficients: half a step of the quantisation, and up to a third of
    /// the decoding time. In 24 photographs scaled to 0.55 with it and without, the PSNR between the
    /// two was 42 dB or more, 46 in the median; writing them as JPEG again costs more (32 to 41 dB).
    LastBit,
    /// All bits of the coefficients but the first ones: half of the decoding time or more. In 20
    /// photographs scaled to a quarter or less, the PSNR was 40 dB or more, 46 in the median; writing
    /// them as JPEG again costs more (31 to 36 dB).
    MoreBits,
}

/// A progressive JPEG without the scans that hold the given detail. Without such scans, the file is
/// left as it is.
pub(super) fn without<'a>(bytes: &'a [u8], header: &Header, detail: Detail) -> Cow<'a, [u8]> {
    if !header.progressive || header.components != 3 {
        return Cow::Borrowed(bytes);
    }
    let mut out = vec![];
    let mut kept = 0;
    let mut at = header.scan;
    while let Some(marker_at) = next_marker(bytes, at) {
        at = marker_at + 2;
        let marker = bytes[marker_at + 1];
        if marker == 0xd9 {
            break;
        }
        if matches!(marker, 0x01 | 0xd0..=0xd7) {
            continue;
        }
        let Some(body) = segment(bytes, at) else { return Cow::Borrowed(bytes) };
        at += 2 + body.len();
        // A scan of one component, not of its mean, that adds a bit to those of earlier scans.
        let spare = matches!(*body, [1, component, _, start, _, bits]
        if start > 0 && bits >> 4 > 0 && match detail {
            Detail::LastBit => component == header.luma && bits & 15 == 0,
            Detail::MoreBits => true,
        });
        if marker == 0xda && spare {
            let end = scan_end(bytes, at);
            out.extend_from_slice(&bytes[kept..marker_at]);
            (kept, at) = (end, end);
        }
    }
    if kept == 0 {
        return Cow::Borrowed(bytes);
    }
    out.extend_from_slice(&bytes[kept..]);
    Cow::Owned(out)
}

/// The place of the marker behind a scan's data.
fn scan_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(marker_at) = next_marker(bytes, at) {
        if !matches!(bytes[marker_at + 1], 0x01 | 0xd0..=0xd7) {
            return marker_at;
        }
        at = marker_at + 2;
    }
    bytes.len()
}

/// Decodes to grey, RGB or CMYK (0 is no ink), and gives the profile's bytes too. The pixels are not
/// turned upright. A photograph without a profile stays in luma and chroma.
pub(super) fn decode(
    bytes: &[u8],
    header: &Header,
    kind: PictureKind,
) -> Result<(Raster, Option<Vec<u8>>), PictureError> {
    let pixels = u64::from(header.width) * u64::from(header.height);
    // Coefficients of a progressive picture are 16 bits wide.
    let per_sample = if header.progressive { 3 } else { 1 };
    let needed = pixels * u64::from(header.components.max(1)) * per_sample;
    if needed > MOST_DECODED_BYTES {
        return Err(PictureError::new(
            Code::PictureTooLarge,
            format!(
                "this JPEG of {} by {} pixels needs too much memory",
                header.width, header.height
            ),
            "scale it down, or save it as a baseline JPEG (not progressive)",
        ));
    }
    let complete = is_complete(bytes, header);
    if !complete && header.progressive {
        return Err(PictureError::truncated(FileFormat::Jpeg));
    }
    // Some cameras forget the end marker: such a file is good if all its data are there,
    // which the decoder notices in its strict mode alone.
    let side = MOST_SIDE_PX as usize;
    let options = DecoderOptions::default()
        .set_strict_mode(!complete)
        .set_max_width(side)
        .set_max_height(side);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let fail = |error: DecodeErrors| explain(&error, complete);
    decoder.decode_headers().map_err(fail)?;
    let space = decoder.input_colorspace().unwrap_or(ColorSpace::YCbCr);
    let (output, layout) = match space {
        ColorSpace::Luma => (ColorSpace::Luma, PixelLayout::Grey),
        ColorSpace::CMYK | ColorSpace::YCCK => (space, PixelLayout::Cmyk),
        ColorSpace::YCbCr if kind == PictureKind::Photo && decoder.icc_profile().is_none() => {
            (ColorSpace::YCbCr, PixelLayout::Ycc)
        }
        _ => (ColorSpace::RGB, PixelLayout::Rgb),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(output));
    let mut data = decoder.decode().map_err(fail)?;
    let profile = decoder.icc_profile();
    if space == ColorSpace::YCCK {
        ycck_to_cmyk(&mut data);
    }
    // Adobe stores ink inverted: 255 is bare paper. Nobody else does.
    if layout == PixelLayout::Cmyk && header.adobe {
        data.iter_mut().for_each(|sample| *sample = 255 - *sample);
    }
    let raster = Raster::new(header.width, header.height, layout, data)
        .ok_or_else(|| PictureError::broken(FileFormat::Jpeg, "its size and its data disagree"))?;
    Ok((raster, profile))
}

/// Converts the first three samples of each pixel from Y, Cb, Cr to C, M, Y (ITU-T T.871, with R, G
/// and B counted from 255 down). The fourth sample is black ink already.
fn ycck_to_cmyk(data: &mut [u8]) {
    for pixel in data.chunks_exact_mut(4) {
        let luma = i32::from(pixel[0]) << 16;
        let (blue, red) = (i32::from(pixel[1]) - 128, i32::from(pixel[2]) - 128);
        let half = 1 << 15;
        let cyan = 255 - ((luma + 91_881 * red + half) >> 16);
        let magenta = 255 - ((luma - 22_554 * blue - 46_802 * red + half) >> 16);
        let yellow = 255 - ((luma + 116_130 * blue + half) >> 16);
        for (sample, value) in pixel.iter_mut().zip([cyan, magenta, yellow]) {
            *sample = u8::try_from(value.clamp(0, 255)).unwrap_or(u8::MAX);
        }
    }
}

fn explain(error: &DecodeErrors, complete: bool) -> PictureError {
    match error {
        DecodeErrors::Unsupported(_) => PictureError::new(
            Code::PictureUnsupported,
            "this kind of JPEG can't be read (lossless, arithmetic or hierarchical)",
            "save it as a plain JPEG",
        ),
        _ if !complete => PictureError::truncated(FileFormat::Jpeg),
        _ => PictureError::broken(FileFormat::Jpeg, error),
    }
}

#[cfg(test)]
mod tests {
    use super::{Detail, header, without, ycck_to_cmyk};

    /// A scan of one component with three bytes of data.
    fn scan(component: u8, from: u8, to: u8, bits: u8) -> Vec<u8> {
        vec![0xff, 0xda, 0, 8, 1, component, 0, from, to, bits, 1, 2, 3]
    }

    #[test]
    fn only_bits_that_others_come_before_are_left_out() {
        let frame =
            [0xff, 0xc2, 0, 17, 8, 0, 8, 0, 8, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1].to_vec();
        let tables = [0xff, 0xc4, 0, 4, 9, 9].to_vec();
        let start = [vec![0xff, 0xd8], frame];
        let scans = [
            scan(1, 0, 0, 0x01),
            scan(1, 1, 63, 0x02),
            scan(2, 1, 63, 0x01),
            scan(1, 0, 0, 0x10),
            scan(1, 1, 63, 0x21),
            tables.clone(),
            scan(1, 1, 63, 0x10),
            tables,
            scan(2, 1, 63, 0x10),
            vec![0xff, 0xd9],
        ];
        let file = [&start[..], &scans].concat().concat();
        let kept = [&start[..], &scans[..6], &scans[7..]].concat().concat();
        let head = header(&file).unwrap();
        assert_eq!(without(&file, &head, Detail::LastBit).as_ref(), kept);
        assert_eq!(without(&kept, &head, Detail::LastBit).as_ref(), kept);
        let least = [&start[..], &scans[..4], &scans[5..6], &scans[7..8], &scans[9..]];
        let least = least.concat().concat();
        assert_eq!(without(&file, &head, Detail::MoreBits).as_ref(), least);
        assert_eq!(without(&kept, &head, Detail::MoreBits).as_ref(), least);
    }

    #[test]
    fn luma_and_chroma_become_ink() {
        // Red 0, green 241.6, blue 230 by the formulas of T.871; ink counts down from 255.
        let mut pixels = [168, 163, 8, 200, 128, 128, 128, 7];
        ycck_to_cmyk(&mut pixels);
        assert_eq!(pixels, [255, 13, 25, 200, 127, 127, 127, 7]);
    }
}
