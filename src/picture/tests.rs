//! Pictures made here, prepared, and looked at pixel by pixel.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, ImageReader, Luma, LumaA, Rgb, RgbImage, Rgba};

use super::format::FileFormat;
use super::prepare::{Prepared, prepare};
use super::probe::{Probe, probe};
use super::*;
use crate::diag::Severity;

/// Four flat quarters in CMYK with Adobe's marker, samples inverted.
const CMYK_ADOBE: [u8; 189] = [
    255, 216, 255, 238, 0, 14, 65, 100, 111, 98, 101, 0, 100, 0, 0, 0, 0, 0, 255, 219, 0, 67, 0, 3,
    2, 2, 3, 2, 2, 3, 3, 3, 3, 4, 3, 3, 4, 5, 8, 5, 5, 4, 4, 5, 10, 7, 7, 6, 8, 12, 10, 12, 12, 11,
    10, 11, 11, 13, 14, 18, 16, 13, 14, 17, 14, 11, 11, 16, 22, 16, 17, 19, 20, 21, 21, 21, 12, 15,
    23, 24, 22, 20, 24, 18, 20, 21, 20, 255, 192, 0, 20, 8, 0, 16, 0, 16, 4, 67, 17, 0, 77, 17, 0,
    89, 17, 0, 75, 17, 0, 255, 196, 0, 23, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9,
    10, 8, 255, 196, 0, 20, 16, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 218, 0, 14,
    4, 67, 0, 77, 0, 89, 0, 75, 0, 0, 63, 0, 170, 106, 166, 238, 133, 29, 103, 164, 6, 133, 145,
    80, 25, 233, 1, 255, 217,
];

/// The same without the marker, samples as they are.
const CMYK_PLAIN: [u8; 173] = [
    255, 216, 255, 219, 0, 67, 0, 3, 2, 2, 3, 2, 2, 3, 3, 3, 3, 4, 3, 3, 4, 5, 8, 5, 5, 4, 4, 5,
    10, 7, 7, 6, 8, 12, 10, 12, 12, 11, 10, 11, 11, 13, 14, 18, 16, 13, 14, 17, 14, 11, 11, 16, 22,
    16, 17, 19, 20, 21, 21, 21, 12, 15, 23, 24, 22, 20, 24, 18, 20, 21, 20, 255, 192, 0, 20, 8, 0,
    16, 0, 16, 4, 67, 17, 0, 77, 17, 0, 89, 17, 0, 75, 17, 0, 255, 196, 0, 23, 0, 1, 1, 1, 1, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 10, 8, 255, 196, 0, 20, 16, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 255, 218, 0, 14, 4, 67, 0, 77, 0, 89, 0, 75, 0, 0, 63, 0, 149, 73, 84,
    225, 68, 223, 104, 84, 6, 122, 150, 168, 26, 21, 1, 255, 217,
];

/// Red, green, blue and yellow quarters: any turn or flip shows.
fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([220, 30, 30]),
        (false, true) => Rgb([30, 200, 30]),
        (true, false) => Rgb([30, 30, 220]),
        (false, false) => Rgb([220, 220, 30]),
    })
}

fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(vec![]);
    image.into().write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// Puts an EXIF block with nothing but an orientation behind a JPEG's first marker.
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

fn whole(bytes: &[u8], width_px: u32, height_px: u32) -> Wanted {
    let Probe { width, height, .. } = probe(bytes).unwrap();
    Wanted { crop: Crop::whole([width, height]), width_px, height_px, kind: PictureKind::Photo }
}

fn opened(prepared: &Prepared) -> DynamicImage {
    let image = ImageReader::new(Cursor::new(&prepared.bytes))
        .with_guessed_format()
        .unwrap()
        .decode()
        .unwrap();
    assert_eq!((image.width(), image.height()), (prepared.width, prepared.height));
    image
}

#[track_caller]
fn assert_near(image: &RgbImage, at: (f64, f64), expected: [u8; 3], tolerance: u8) {
    let x = (at.0 * f64::from(image.width())) as u32;
    let y = (at.1 * f64::from(image.height())) as u32;
    let found = image.get_pixel(x, y).0;
    let far = found.iter().zip(expected).any(|(a, b)| a.abs_diff(b) > tolerance);
    assert!(!far, "{found:?} at {x}, {y} where {expected:?} was expected");
}

#[test]
fn every_format_is_read_by_its_content() {
    for (format, expected) in [
        (ImageFormat::Jpeg, FileFormat::Jpeg),
        (ImageFormat::Png, FileFormat::Png),
        (ImageFormat::WebP, FileFormat::WebP),
        (ImageFormat::Gif, FileFormat::Gif),
        (ImageFormat::Bmp, FileFormat::Bmp),
        (ImageFormat::Tiff, FileFormat::Tiff),
    ] {
        let bytes = file(quarters(64, 48), format);
        let found = probe(&bytes).unwrap();
        assert_eq!(
            (found.format, found.width, found.height, found.orientation),
            (expected, 64, 48, 1)
        );
        let prepared = prepare(&bytes, &whole(&bytes, 32, 24)).unwrap();
        assert_eq!((prepared.width, prepared.height, prepared.enlarged), (32, 24, 1.0));
        let image = opened(&prepared).into_rgb8();
        assert_near(&image, (0.2, 0.2), [220, 30, 30], 8);
        assert_near(&image, (0.8, 0.2), [30, 200, 30], 8);
        assert_near(&image, (0.2, 0.8), [30, 30, 220], 8);
        assert_near(&image, (0.8, 0.8), [220, 220, 30], 8);
    }
}

#[test]
fn every_orientation_comes_upright_whole_and_cropped() {
    let upright = DynamicImage::from(quarters(96, 64));
    for number in 1..=8 {
        let orientation = image::metadata::Orientation::from_exif(number).unwrap();
        // Quarter turns are undone by the opposite one, all others by themselves.
        let undone = match number {
            6 => image::metadata::Orientation::Rotate270,
            8 => image::metadata::Orientation::Rotate90,
            _ => orientation,
        };
        let mut stored = upright.clone();
        stored.apply_orientation(undone);
        let bytes = with_orientation(&file(stored.into_rgb8(), ImageFormat::Jpeg), number);
        let found = probe(&bytes).unwrap();
        assert_eq!((found.width, found.height, found.orientation), (96, 64, number));
        let image = opened(&prepare(&bytes, &whole(&bytes, 48, 32)).unwrap()).into_rgb8();
        assert_near(&image, (0.2, 0.2), [220, 30, 30], 12);
        assert_near(&image, (0.8, 0.2), [30, 200, 30], 12);
        assert_near(&image, (0.2, 0.8), [30, 30, 220], 12);
        // A crop that holds the upper right quarter and a strip of the lower one.
        let crop = Crop { left: 56, top: 0, width: 40, height: 48 };
        let wanted = Wanted { crop, width_px: 40, height_px: 48, kind: PictureKind::Photo };
        let image = opened(&prepare(&bytes, &wanted).unwrap()).into_rgb8();
        assert_near(&image, (0.1, 0.1), [30, 200, 30], 12);
        assert_near(&image, (0.9, 0.5), [30, 200, 30], 12);
        assert_near(&image, (0.5, 0.9), [220, 220, 30], 12);
    }
}

#[test]
fn ink_is_read_inverted_only_where_adobe_wrote_it() {
    for bytes in [&CMYK_ADOBE[..], &CMYK_PLAIN[..]] {
        let image = opened(&prepare(bytes, &whole(bytes, 16, 16)).unwrap()).into_rgb8();
        assert_near(&image, (0.2, 0.2), [235, 235, 198], 8);
        assert_near(&image, (0.8, 0.2), [51, 235, 198], 8);
        assert_near(&image, (0.2, 0.8), [235, 88, 198], 8);
        assert_near(&image, (0.8, 0.8), [51, 88, 198], 8);
    }
}

#[test]
fn sixteen_bits_and_grey_stay_what_they_look_like() {
    let deep =
        image::ImageBuffer::<Luma<u16>, _>::from_fn(40, 20, |x, _| Luma([(x as u16) * 1600]));
    let bytes = file(deep, ImageFormat::Png);
    let prepared = prepare(&bytes, &whole(&bytes, 40, 20)).unwrap();
    let image = opened(&prepared);
    assert_eq!(image.color(), image::ColorType::L8);
    for x in [0_u32, 13, 39] {
        let expected = u8::try_from((x * 1600 + 128) / 257).unwrap();
        assert!(image.as_luma8().unwrap().get_pixel(x, 10).0[0].abs_diff(expected) <= 4);
    }
    let bytes = file(GrayImage::from_pixel(30, 30, Luma([77])), ImageFormat::Jpeg);
    let prepared = prepare(&bytes, &whole(&bytes, 10, 10)).unwrap();
    assert_eq!(prepared.format, OutputFormat::Jpeg);
    assert_eq!(opened(&prepared).color(), image::ColorType::L8);
}

#[test]
fn what_is_transparent_becomes_white() {
    let clear =
        image::RgbaImage::from_fn(40, 40, |x, _| Rgba([200, 0, 0, if x < 20 { 0 } else { 128 }]));
    let bytes = file(clear, ImageFormat::Png);
    let image = opened(&prepare(&bytes, &whole(&bytes, 40, 40)).unwrap()).into_rgb8();
    assert_near(&image, (0.2, 0.5), [255, 255, 255], 3);
    assert_near(&image, (0.8, 0.5), [227, 127, 127], 3);
    let clear = image::ImageBuffer::from_pixel(9, 9, LumaA([0_u8, 51]));
    let bytes = file(clear, ImageFormat::Png);
    let image = opened(&prepare(&bytes, &whole(&bytes, 9, 9)).unwrap()).into_rgb8();
    assert_near(&image, (0.5, 0.5), [204, 204, 204], 2);
}

#[test]
fn a_profile_is_applied_and_a_broken_one_passed_over() {
    let mut wide = moxcms::ColorProfile::new_display_p3();
    wide.description = None;
    let encode = |profile: &[u8]| {
        use image::ImageEncoder;
        let mut out = vec![];
        let mut encoder = image::codecs::png::PngEncoder::new(&mut out);
        encoder.set_icc_profile(profile.to_vec()).unwrap();
        let image = RgbImage::from_pixel(20, 20, Rgb([100, 200, 100]));
        encoder.write_image(&image, 20, 20, image::ExtendedColorType::Rgb8).unwrap();
        out
    };
    let bytes = encode(&wide.encode().unwrap());
    let image = opened(&prepare(&bytes, &whole(&bytes, 20, 20)).unwrap()).into_rgb8();
    // Worked out by the matrices of CSS Color 4.
    assert_near(&image, (0.5, 0.5), [45, 203, 86], 3);
    let bytes = encode(b"no profile at all");
    let image = opened(&prepare(&bytes, &whole(&bytes, 20, 20)).unwrap()).into_rgb8();
    assert_near(&image, (0.5, 0.5), [100, 200, 100], 2);
}

#[test]
fn files_cut_off_say_so() {
    const ALL: [ImageFormat; 6] = [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::WebP,
        ImageFormat::Gif,
        ImageFormat::Bmp,
        ImageFormat::Tiff,
    ];
    let busy = RgbImage::from_fn(200, 200, |x, y| {
        Rgb([(x * y % 251) as u8, (x * 7) as u8, (y * 5) as u8])
    });
    for format in ALL {
        let bytes = file(busy.clone(), format);
        let wanted = whole(&bytes, 100, 100);
        for share in [3, 2] {
            let cut = &bytes[..bytes.len() - bytes.len() / share];
            let error = prepare(cut, &wanted).unwrap_err();
            assert!(error.code == "picture-truncated", "{format:?}: {error:?}");
            assert!(!error.hint.is_empty());
        }
    }
    // All the data are there, and only the end marker is not: cameras do that.
    let bytes = file(busy, ImageFormat::Jpeg);
    prepare(&bytes[..bytes.len() - 2], &whole(&bytes, 100, 100)).unwrap();
}

#[test]
fn what_is_no_picture_is_named() {
    for (bytes, word) in [
        (&b""[..], "empty"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"<html><body><svg>", "web page"),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?><error/>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "Git LFS"),
        (&[0; 4000], "zeros"),
        (b"PK\x03\x04 and so on", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"BM is a way to begin a text of more than 26 letters", "a text"),
        (b"just words", "a text"),
        (b"{\"error\": \"not found \xe2\x80", "a text"),
        (b"\x01\x02\x03\x04", "known format"),
    ] {
        let error = probe(bytes).unwrap_err();
        assert!(error.what.contains(word) && !error.unread, "{error:?}");
        let said = error.diagnostic("a.jpg", None);
        assert_eq!(said.code, "picture-unknown-format");
        assert!(said.message.starts_with("`a.jpg` can't be printed: ") && said.hints.len() == 1);
    }
}

/// A TIFF of one page with these tags, each of one number of four bytes.
fn tiff(tags: &[(u16, u32)]) -> Vec<u8> {
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    bytes.extend((tags.len() as u16).to_le_bytes());
    for (tag, value) in tags {
        bytes.extend(tag.to_le_bytes());
        bytes.extend([4, 0, 1, 0, 0, 0]);
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend([0; 4]);
    bytes
}

#[test]
fn what_is_a_file_of_another_kind_is_left_out() {
    let (dng, nef) = (tiff(&[(50706, 1)]), tiff(&[(254, 1), (330, 400)]));
    for (bytes, word) in [
        (&b"%PDF-1.7"[..], "PDF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "PostScript"),
        (b"<?xml version='1.0'?><svg/>", "SVG"),
        (b"<!-- by hand --><svg xmlns='x'>", "SVG"),
        (b"\0\0\0\x14ftypavif\0\0\0\0mif1", "AVIF"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "AVIF"),
        (b"\0\0\0\x14ftypheic\0\0\0\0heic", "HEIC"),
        (b"\0\0\0\x14ftypmif1\0\0\0\0heix", "HEIC"),
        (b"\0\0\0\x14ftypisom\0\0\0\0mp41", "video"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video"),
        (b"\0\0\0\x14ftypcrx \0\0\0\0isom", "raw"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
        (b"\xff\x0a\x10\x20", "JPEG XL"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
        (b"\0\0\x01\0\x01\0", "ICO"),
        (b"8BPS\0\x01", "Photoshop"),
        (b"RIFF\0\0\0\0AVI LIST", "video"),
        (b"\x1a\x45\xdf\xa3", "video"),
        (b"\xff\xf3\x88\xc4\0\0", "sound"),
        (b"\xff\xfb\x90\0\0\0", "sound"),
        (b"\xff\xf1\x50\x80\0\0", "sound"),
        (b"fLaC\0\0\0\x22", "sound"),
        (b"FORM\0\0\0\0AIFF", "sound"),
        (b"\0\0\0\x20moov", "video"),
        (b"\0\0\0\x08wide", "video"),
        (b"II*\0\x10\0\0\0CR\x02\0", "raw"),
        (&dng, "raw"),
        (&nef, "raw"),
    ] {
        let error = probe(bytes).unwrap_err();
        assert!(error.what.contains(word) && error.unread, "{error:?}");
        let said = error.diagnostic("a.jpg", None);
        assert_eq!((said.code.as_str(), said.severity), ("picture-format", Severity::Warning));
    }
    // Many pages, or a small one, are no raw picture.
    assert!(probe(&tiff(&[(254, 1)])).unwrap_err().what.contains("TIFF"));
    let mut bytes = file(quarters(40, 30), ImageFormat::Tiff);
    assert_eq!(probe(&bytes).unwrap().format, FileFormat::Tiff);
    bytes.truncate(60);
    assert!(!probe(&bytes).unwrap_err().unread);
}

#[test]
fn a_file_is_read_as_far_as_it_takes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.dat");
    let probed = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        probe_file(&path)
    };
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff] {
        let bytes = file(quarters(400, 300), format);
        assert_eq!(probed(&bytes), probe(&bytes));
    }
    // A JPEG with much before its header, and one that ends before it.
    let plain = file(quarters(400, 300), ImageFormat::Jpeg);
    let mut long = plain[..2].to_vec();
    for _ in 0..3 {
        long.extend([0xff, 0xe2, 0xff, 0xff]);
        long.extend([7; 0xffff - 2]);
    }
    long.extend(&plain[2..]);
    assert_eq!(probed(&long).unwrap().width, 400);
    assert_eq!(probed(&plain[..20]).unwrap_err().code, "picture-truncated");
    assert_eq!(probed(b"").unwrap_err().code, "picture-unknown-format");
    assert_eq!(probe_file(&folder.path().join("none")).unwrap_err().code, "picture-unreadable");
}

#[test]
fn bombs_are_refused_from_their_header() {
    let mut bytes = file(GrayImage::new(1, 1), ImageFormat::Png);
    bytes[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let sum = !bytes[12..29].iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    });
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(probe(&bytes).unwrap_err().code, "picture-too-large");
    let mut bytes = file(GrayImage::new(8, 8), ImageFormat::Jpeg);
    let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    bytes[frame + 5..frame + 9].copy_from_slice(&[0x75, 0x30, 0x75, 0x30]);
    assert_eq!(probe(&bytes).unwrap_err().code, "picture-too-large");
}

#[test]
fn nothing_is_enlarged_and_wrong_crops_are_errors() {
    let bytes = file(quarters(60, 40), ImageFormat::Png);
    let prepared = prepare(&bytes, &whole(&bytes, 150, 100)).unwrap();
    assert_eq!((prepared.width, prepared.height, prepared.enlarged), (60, 40, 2.5));
    let crop = Crop { left: 30, top: 0, width: 31, height: 40 };
    let wanted = Wanted { crop, width_px: 10, height_px: 10, kind: PictureKind::Photo };
    assert_eq!(prepare(&bytes, &wanted).unwrap_err().code, "picture-crop");
    assert_eq!(prepare(&bytes, &whole(&bytes, 0, 10)).unwrap_err().code, "picture-empty");
}

#[test]
fn flat_graphics_stay_sharp_and_photographs_become_jpeg() {
    let bytes = file(quarters(400, 300), ImageFormat::Png);
    let prepared = prepare(&bytes, &whole(&bytes, 400, 300)).unwrap();
    assert_eq!(prepared.format, OutputFormat::Png);
    assert_eq!(opened(&prepared).into_rgb8(), quarters(400, 300));
    let busy = RgbImage::from_fn(200, 200, |x, y| Rgb([(x + y / 2) as u8, x as u8, y as u8]));
    let bytes = file(busy, ImageFormat::Png);
    assert_eq!(prepare(&bytes, &whole(&bytes, 100, 100)).unwrap().format, OutputFormat::Jpeg);
}
