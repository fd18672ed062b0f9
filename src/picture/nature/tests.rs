use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::*;

/// Pixels that look random and are always the same.
fn noise(x: u32, y: u32) -> u32 {
    let mut n = x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77);
    n ^= n >> 15;
    n = n.wrapping_mul(0x2c1b_3c6d);
    n ^ n >> 12
}

fn grey(value: u32) -> Rgb<u8> {
    Rgb([value.min(255) as u8; 3])
}

/// A crossword of `n` squares of `side` pixels.
fn crossword(n: u32, side: u32) -> RgbImage {
    RgbImage::from_fn(n * side, n * side, |x, y| {
        let line = x % side == 0 || y % side == 0;
        let black = noise(x / side, y / side).is_multiple_of(5);
        let number = side > 20 && x % side < side / 4 && y % side < side / 3 && x * y % 3 == 0;
        grey(if line || black || number { 0 } else { 255 })
    })
}

fn bars() -> RgbImage {
    RgbImage::from_fn(900, 500, |x, y| {
        let bar = x / 50;
        if x % 50 > 10 && y > 40 + noise(bar, 3) % 400 {
            let colour = noise(bar, 9);
            return Rgb([colour as u8, (colour >> 8) as u8, (colour >> 16) as u8]);
        }
        Rgb([245, 240, 230])
    })
}

fn line_chart() -> RgbImage {
    RgbImage::from_fn(1000, 600, |x, y| {
        let at = 300.0 + 160.0 * (f64::from(x) / 70.0).sin() + 60.0 * (f64::from(x) / 13.0).sin();
        if (f64::from(y) - at).abs() < 5.0 {
            return Rgb([200, 30, 30]);
        }
        grey(if y % 100 == 0 { 215 } else { 255 })
    })
}

/// A page of what looks like words.
fn words() -> RgbImage {
    RgbImage::from_fn(1000, 1300, |x, y| {
        let inside = x > 60 && x < 940 && y % 24 < 12 && !noise(x / 11, y / 24).is_multiple_of(6);
        grey(if inside && noise(x / 3, y / 4).is_multiple_of(2) { 20 } else { 255 })
    })
}

fn dots() -> RgbImage {
    RgbImage::from_fn(660, 660, |x, y| grey(255 * (noise(x / 20, y / 20) % 2)))
}

/// A map of plain regions with lines across.
fn map() -> RgbImage {
    RgbImage::from_fn(1000, 700, |x, y| {
        if (x * 3 + y).is_multiple_of(230) || (y * 2).abs_diff(x) < 6 {
            return grey(90);
        }
        let region = noise(x / 250, (y + x / 5) / 230) % 6;
        Rgb([250 - 20 * region as u8, 225 + 5 * region as u8, 180 + 12 * region as u8])
    })
}

/// A landscape: a sky that goes over into a hill, with the grain of a camera.
fn landscape() -> RgbImage {
    RgbImage::from_fn(900, 600, |x, y| {
        let grain = noise(x, y) % 7;
        let hill = 330.0 + 60.0 * (f64::from(x) / 190.0).sin();
        let light = if f64::from(y) < hill { 120 + y / 4 } else { 40 + noise(x / 2, y / 2) % 60 };
        Rgb([(light + grain) as u8, (light + grain / 2 + 10) as u8, (light + 30).min(255) as u8])
    })
}

/// A ball before a plain ground: flat, and without a sharp edge.
fn ball(ground: u32) -> RgbImage {
    RgbImage::from_fn(900, 700, |x, y| {
        let far = (f64::from(x) - 450.0).hypot(f64::from(y) - 350.0);
        let light = 200.0 - far / 2.0 + f64::from(noise(x, y) % 5);
        let share = ((165.0 - far) / 30.0).clamp(0.0, 1.0);
        grey((light * share + f64::from(ground) * (1.0 - share)) as u32)
    })
}

fn coded(image: &RgbImage, quality: Option<u8>) -> Vec<u8> {
    let mut out = std::io::Cursor::new(vec![]);
    match quality {
        None => image.write_to(&mut out, ImageFormat::Png).unwrap(),
        Some(quality) => image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, quality)
            .encode_image(image)
            .unwrap(),
    }
    out.into_inner()
}

#[test]
fn what_is_drawn_is_told_from_what_is_taken() {
    for (name, image, drawn) in [
        ("a crossword", crossword(13, 60), true),
        ("a small crossword", crossword(15, 14), true),
        ("a crossword of many squares", crossword(25, 24), true),
        ("bars", bars(), true),
        ("a line chart", line_chart(), true),
        ("a page of words", words(), true),
        ("a code of squares", dots(), true),
        ("a map", map(), true),
        ("a landscape", landscape(), false),
        ("a ball on white", ball(255), false),
        ("a ball in the dark", ball(0), false),
        ("nothing at all", RgbImage::from_pixel(300, 200, grey(200)), false),
    ] {
        for quality in [None, Some(92), Some(75), Some(50)] {
            let bytes = coded(&image, quality);
            let nature = nature(&bytes).unwrap();
            assert_eq!(nature.is_graphic(), drawn, "{name} at {quality:?}: {nature:?}");
            let grey = DynamicImage::ImageRgb8(image.clone()).into_luma8();
            let bytes = coded(&DynamicImage::ImageLuma8(grey).into_rgb8(), quality);
            assert_eq!(is_graphic(&bytes), Ok(drawn), "{name} in grey at {quality:?}");
        }
    }
}

#[test]
fn a_graphic_stays_one_at_any_size() {
    let large = DynamicImage::ImageRgb8(crossword(13, 60));
    for width in [300, 500, 1000, 2400] {
        let scaled = large.resize(width, width, image::imageops::FilterType::CatmullRom);
        assert_eq!(is_graphic(&coded(&scaled.into_rgb8(), Some(80))), Ok(true), "{width}");
    }
}

#[test]
fn the_pictures_of_the_demo_are_what_they_are() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/content/2026-11-24/pictures");
    let drawn = ["goal.jpg", "landings.jpg", "map.jpg"];
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
    files.retain(|file| file.path().extension().is_some_and(|ending| ending == "jpg"));
    assert!(files.len() > 10);
    for file in files {
        let name = file.file_name().into_string().unwrap();
        let nature = nature(&std::fs::read(file.path()).unwrap()).unwrap();
        assert_eq!(nature.is_graphic(), drawn.contains(&name.as_str()), "{name}: {nature:?}");
    }
}

/// `STONEHAND_PICTURES=FOLDER cargo test --lib table_of -- --nocapture --ignored` tells how each
/// picture below a folder is judged, and by what.
#[test]
#[ignore = "it only tells"]
#[allow(clippy::print_stderr, reason = "that is what it is for")]
fn table_of_pictures() {
    let Some(folder) = std::env::var_os("STONEHAND_PICTURES") else { return };
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
        let Ok(bytes) = std::fs::read(entry.path()) else { continue };
        let Ok(nature) = nature(&bytes) else { continue };
        let Nature { flat, hard, edges, common, plain, busy } = nature;
        let what = if nature.is_graphic() { "graphic" } else { "photo" };
        let name = entry.file_name().to_string_lossy();
        eprintln!(
            "{what:8} {flat:.2} {hard:.2} {edges:.2} {common:.2} {plain:.2} {busy:.2} {name}"
        );
    }
}

#[test]
fn what_was_judged_is_known_again() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache { dir: Some(folder.path().into()) };
    for (image, drawn) in [(bars(), true), (landscape(), false)] {
        let bytes = coded(&image, Some(80));
        assert_eq!(is_graphic_cached(&cache, &bytes), Ok(drawn));
        assert_eq!(is_graphic_cached(&cache, &bytes), Ok(drawn));
    }
    let cut = &coded(&bars(), None)[..200];
    assert!(is_graphic_cached(&cache, cut).is_err());
}
