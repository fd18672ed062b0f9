//! Pages as small pictures, held against those that were looked at and kept.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{GrayImage, Luma};
use typst_layout::{Page, PagedDocument};
use typst_render::RenderOptions;

/// Where the kept pictures lie.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/png");
/// Where pictures that differ are laid out beside the kept ones.
const LIVE: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/suite");
/// Pixels a point: letters are no more than a texture, but their place and weight show.
const SCALE: f64 = 0.4;
/// Greys that are told apart.
const GREYS: u8 = 5;
/// Bytes that a kept picture may have.
const MOST_BYTES: u64 = 20 * 1024;
/// How far a pixel may be off, of 255: machines round the edges of letters differently.
const NEAR: u8 = 60;
/// The share of pixels that may be further off.
const STRAY: f64 = 0.0005;

/// Holds the pages of a case against its kept pictures, or keeps them; says how many they are.
///
/// # Errors
/// The pages that differ, with the place of a picture that shows how.
pub(crate) fn pages(name: &str, document: &PagedDocument, keep: bool) -> Result<String, String> {
    let mut wrong = vec![];
    for (index, page) in document.pages().iter().enumerate() {
        let file = format!("{}-{}.png", slug(name), index + 1);
        let came = picture(page);
        let kept = Path::new(KEPT).join(&file);
        if keep {
            fs::create_dir_all(KEPT).map_err(|error| error.to_string())?;
            fs::write(&kept, png(&came)?).map_err(|error| error.to_string())?;
            continue;
        }
        let expected =
            image::open(&kept).map_err(|error| format!("{}: {error}", kept.display()))?;
        let expected = expected.to_luma8();
        if !alike(&expected, &came) {
            wrong.push(lay_out(&file, &expected, &came)?);
        }
    }
    let pages = document.pages().len();
    if wrong.is_empty() {
        return Ok(format!("{pages} {}\n", if pages == 1 { "page" } else { "pages" }));
    }
    Err(format!("pages look different: kept, new and what differs in\n{}", wrong.join("\n")))
}

/// What is wrong with the kept pictures: of no case that `names` gives with its count of pages, or
/// too large.
pub(crate) fn strays(names: &[(String, String)]) -> Result<(), String> {
    let count = |text: &str| text.split(' ').next().and_then(|count| count.parse().ok());
    let expected: BTreeSet<String> = names
        .iter()
        .flat_map(|(name, text)| {
            let pages: usize = count(text).unwrap_or(0);
            (1..=pages).map(|page| format!("{}-{page}.png", slug(name)))
        })
        .collect();
    let mut wrong = vec![];
    for entry in fs::read_dir(KEPT).map_err(|error| error.to_string())?.flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        if !expected.contains(&file) {
            wrong.push(format!("{file} belongs to no case"));
        }
        if entry.metadata().is_ok_and(|about| about.len() > MOST_BYTES) {
            wrong.push(format!("{file} is larger than {MOST_BYTES} bytes"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// A case's name as the beginning of a file's.
fn slug(name: &str) -> String {
    let words: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    words.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase()
}

fn picture(page: &Page) -> GrayImage {
    let options = RenderOptions { pixel_per_pt: SCALE.into(), ..RenderOptions::default() };
    let pixels = typst_render::render(page, &options);
    let (samples, _) = pixels.data().as_chunks::<4>();
    let grey = |&[r, g, b, _]: &[u8; 4]| {
        let luma = (u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1000;
        let step = 255 / u32::from(GREYS);
        ((luma + step / 2) / step * step) as u8
    };
    let data = samples.iter().map(grey).collect();
    GrayImage::from_raw(pixels.width(), pixels.height(), data).unwrap_or_default()
}

fn alike(expected: &GrayImage, came: &GrayImage) -> bool {
    let off = expected.iter().zip(came.iter()).filter(|(a, b)| a.abs_diff(**b) > NEAR).count();
    expected.dimensions() == came.dimensions() && (off as f64) <= STRAY * came.len() as f64
}

/// The kept picture, the new one and where they differ, side by side.
fn lay_out(file: &str, expected: &GrayImage, came: &GrayImage) -> Result<String, String> {
    let width = expected.width().max(came.width());
    let height = expected.height().max(came.height());
    let at = |picture: &GrayImage, x, y| {
        picture.get_pixel_checked(x, y).map_or(255, |&Luma([grey])| grey)
    };
    let shown = GrayImage::from_fn(3 * width, height, |x, y| {
        let (kept, new) = (at(expected, x % width, y), at(came, x % width, y));
        Luma([[kept, new, 255 - kept.abs_diff(new)][(x / width) as usize]])
    });
    let path = PathBuf::from(LIVE).join(file);
    fs::create_dir_all(LIVE).map_err(|error| error.to_string())?;
    fs::write(&path, png(&shown)?).map_err(|error| error.to_string())?;
    Ok(path.display().to_string())
}

fn png(picture: &GrayImage) -> Result<Vec<u8>, String> {
    let mut out = Cursor::new(vec![]);
    let encoder =
        PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::NoFilter);
    picture.write_with_encoder(encoder).map_err(|error| error.to_string())?;
    Ok(out.into_inner())
}
