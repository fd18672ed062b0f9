//! Recognizes files that are no readable picture, so that the message can say what they are.

use crate::diag::Code;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::error::PictureError;

/// The bytes at a file's beginning that are examined.
const START: usize = 1024;

/// File types that aren't read and are recognized by a few bytes: where these begin, the bytes, what
/// the file is, and what to do.
const SIGNS: &[(usize, &[u8], &str, &str)] = &[
    (0, b"\0\0\0\x0cJXL ", "a JPEG XL picture", AS_PICTURE),
    (0, b"\xff\x0a", "a JPEG XL picture", AS_PICTURE),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture", AS_PICTURE),
    (0, b"\xff\x4f\xff\x51", "a JPEG 2000 picture", AS_PICTURE),
    (0, b"\0\0\x01\0", "an icon (ICO)", AS_PICTURE),
    (0, b"\0\0\x02\0", "an icon (CUR)", AS_PICTURE),
    (0, b"8BPS", "a Photoshop file", AS_PICTURE),
    (0, b"gimp xcf", "a GIMP file", AS_PICTURE),
    (0, b"%PDF", "a PDF", AS_PAGE),
    (0, b"%!PS", "a PostScript file", AS_PAGE),
    (0, b"\xc5\xd0\xd3\xc6", "a PostScript file (EPS)", AS_PAGE),
    (0, b"FUJIFILMCCD-RAW", "a camera's raw file", AS_RAW),
    (0, b"IIRO", "a camera's raw file", AS_RAW),
    (0, b"IIRS", "a camera's raw file", AS_RAW),
    (0, b"MMOR", "a camera's raw file", AS_RAW),
    (0, b"IIU\0", "a camera's raw file", AS_RAW),
    (8, b"AVI ", "a video", AS_STILL),
    (0, b"\x1a\x45\xdf\xa3", "a video", AS_STILL),
    (0, b"FLV\x01", "a video", AS_STILL),
    (0, b"\0\0\x01\xba", "a video", AS_STILL),
    (0, b"OggS", "a video or a sound", AS_STILL),
    (8, b"WAVE", "a sound file", AS_STILL),
    (0, b"ID3", "a sound file", AS_STILL),
    // MP3 and AAC begin with a frame where nothing is said of the piece.
    (0, b"\xff\xfb", "a sound file", AS_STILL),
    (0, b"\xff\xfa", "a sound file", AS_STILL),
    (0, b"\xff\xf3", "a sound file", AS_STILL),
    (0, b"\xff\xf2", "a sound file", AS_STILL),
    (0, b"\xff\xf1", "a sound file", AS_STILL),
    (0, b"\xff\xf9", "a sound file", AS_STILL),
    (0, b"fLaC", "a sound file", AS_STILL),
    (0, b"MThd", "a sound file", AS_STILL),
    (8, b"AIFF", "a sound file", AS_STILL),
    (4, b"moov", "a video", AS_STILL),
    (4, b"mdat", "a video", AS_STILL),
    (4, b"wide", "a video", AS_STILL),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a video or a sound", AS_STILL),
];

/// File types that nobody means as a picture: their first bytes, what the file is, what to do.
const STRANGERS: &[(&[u8], &str, &str)] = &[
    (b"PK\x03\x04", "a ZIP archive or an office document", "take the picture out of it"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"Rar!", "a RAR archive", "take the picture out of it"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "take the picture out of it"),
    (b"\0\x05\x16\x07", "a metadata file made by a Mac", "copy the picture itself"),
];

const AS_PICTURE: &str = "save it as a JPEG or PNG";
const AS_PAGE: &str = "export the page as a JPEG or PNG";
const AS_RAW: &str = "develop it and save it as a JPEG";
const AS_STILL: &str = "use a still from it as a JPEG, or remove it";

/// Whether a file is a PDF, by its first bytes and not by its name.
pub(crate) fn is_pdf(path: &Path) -> bool {
    let mut start = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start == *b"%PDF"
}

/// The error for a file that is no readable picture: it says what the file is, if that can be told.
pub(super) fn not_a_picture(bytes: &[u8]) -> PictureError {
    if bytes.is_empty() {
        return broken("this file is empty", "copy or download it again");
    }
    let signs = SIGNS.iter();
    let mut known =
        signs.filter(|(at, sign, ..)| bytes.get(*at..).is_some_and(|b| b.starts_with(sign)));
    if let Some((_, _, what, hint)) = known.next() {
        return unread(what, hint);
    }
    if is_raw(bytes) {
        return unread("a camera's raw file", AS_RAW);
    }
    if let Some((what, hint)) = boxed(bytes) {
        return unread(what, hint);
    }
    if let Some((_, what, hint)) = STRANGERS.iter().find(|(sign, ..)| bytes.starts_with(sign)) {
        return broken(&format!("this is {what}, not a picture"), hint);
    }
    text(bytes)
}

fn unread(what: &str, hint: &str) -> PictureError {
    PictureError::unread(format!("this is {what}, which Stonehand can't read"), hint)
}

fn broken(what: &str, hint: &str) -> PictureError {
    PictureError::new(Code::PictureUnknownFormat, what, hint)
}

/// What a file of boxes (ISO/IEC 14496-12) is, by the brands in its first one.
fn boxed(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.get(4..8) != Some(b"ftyp") {
        return None;
    }
    let length = u32::from_be_bytes(*bytes.first_chunk()?) as usize;
    let brands = bytes.get(8..length.clamp(12, START).min(bytes.len()))?;
    let has = |names: &[&[u8; 4]]| {
        brands.chunks_exact(4).any(|brand| names.iter().any(|name| *name == brand))
    };
    // An AVIF may begin with the brand that it shares with HEIF.
    Some(if has(&[b"avif", b"avis"]) {
        ("an AVIF picture", AS_PICTURE)
    } else if has(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"]) {
        ("a HEIC picture", "save it as a JPEG; a phone can also be set to take JPEGs")
    } else if has(&[b"crx "]) {
        ("a camera's raw file", AS_RAW)
    } else {
        ("a video", AS_STILL)
    })
}

/// Whether a TIFF file is a camera's raw picture. Canon's have a mark of their own; DNG files have a
/// tag that says so; in the others, the first page is a thumbnail with the real picture as its
/// sub-page.
pub(super) fn is_raw(bytes: &[u8]) -> bool {
    let little = match bytes {
        [b'I', b'I', 42, 0, _, _, _, _, b'C', b'R', ..] => return true,
        [b'I', b'I', 42, 0, ..] => true,
        [b'M', b'M', 0, 42, ..] => false,
        _ => return false,
    };
    let number = |at: usize, length: usize| {
        let bytes = bytes.get(at..at.checked_add(length)?)?.iter();
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if little { bytes.rev().fold(0, add) } else { bytes.fold(0, add) })
    };
    let Some(start) = number(4, 4) else { return false };
    let entries = number(start, 2).unwrap_or(0);
    let (mut reduced, mut below) = (false, false);
    for entry in 0..entries {
        let at = start + 2 + 12 * entry;
        match number(at, 2) {
            Some(DNG_VERSION) => return true,
            Some(NEW_SUBFILE) => reduced = number(at + 8, 4).is_some_and(|value| value & 1 == 1),
            Some(SUB_IFDS) => below = true,
            Some(_) => {}
            None => return false,
        }
    }
    reduced && below
}

const NEW_SUBFILE: usize = 254;
const SUB_IFDS: usize = 330;
const DNG_VERSION: usize = 50706;

/// The error for a text file, or for a file that can't be recognized.
fn text(bytes: &[u8]) -> PictureError {
    let start = &bytes[..bytes.len().min(START)];
    if start.iter().all(|byte| *byte == 0) {
        return broken("this file holds nothing but zeros", "copy or download it again");
    }
    let lower = String::from_utf8_lossy(start).to_ascii_lowercase();
    let lower = lower.trim_start_matches('\u{feff}').trim_start();
    if lower.starts_with("version https://git-lfs") {
        let what = "this is a Git LFS pointer, not a picture";
        return broken(what, "run `git lfs pull` to fetch the picture itself");
    }
    let is_page = lower.starts_with("<!doctype html") || lower.starts_with("<html");
    if lower.contains("<svg") && !is_page {
        let what = "this is an SVG drawing, which Stonehand can't read";
        return PictureError::unread(what, "export it as a PNG");
    }
    if lower.starts_with('<') {
        let hint = "download the picture itself";
        return broken("this is a web page, not a picture", hint);
    }
    // The bytes examined may end in the middle of a letter.
    let whole = match std::str::from_utf8(start) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    let control = |byte: &u8| *byte < 32 && !matches!(byte, b'\n' | b'\r' | b'\t' | 0x0c);
    if whole && !start.iter().any(control) {
        return broken("this is a text file, not a picture", "copy or download the picture again");
    }
    broken(
        "this file is not a picture in a known format",
        "save it again as JPEG, PNG, WebP, GIF, BMP or TIFF",
    )
}
