//! The picture that pages elsewhere show where somebody shares a story: its headline, set by the theme
//! over the story's own picture or on the paper's colour.

use std::path::Path;

use rayon::prelude::*;
use serde_json::json;
use typst::foundations::Bytes;
use typst_render::RenderOptions;

use crate::content::model::{PictureRef, Story, plain};
use crate::diag::{Code, Diagnostic};
use crate::language::{primary, region};
use crate::lineup::Edition;
use crate::picture::policy::may_be_background;
use crate::picture::{
    Cache, PictureKind, Wanted, coded, crop_for, kept, prepare_cached, same_picture,
};
use crate::typeset::{CARD, MemoryWorld, Theme, data_file, source};
use crate::web::{SHARE, ShareFile};

/// To be raised whenever the same card comes out with other bytes: it is part of the cache's key.
const VERSION: u32 = 1;
/// Pixels for each point of the card.
const DENSITY: f64 = 2.0;
/// The Typst file that calls the theme's `share`.
const DRIVER: &str = include_str!("../../templates/print/share.typ");

/// Makes the pictures of all stories. A fault of the theme is one warning, however many stories it
/// meets.
pub(crate) fn shares(
    edition: &Edition,
    theme: &Theme,
    cache: &Cache,
) -> (Vec<ShareFile>, Vec<Diagnostic>) {
    let stories: Vec<&Story> = edition.written().collect();
    let made: Vec<Result<ShareFile, String>> = stories
        .par_iter()
        .with_max_len(1)
        .map(|story| share_file(edition, story, theme, cache))
        .collect();
    let mut files = vec![];
    let mut said = vec![];
    for one in made {
        match one {
            Ok(file) => files.push(file),
            Err(why) => {
                let what = format!("the theme can't make the pictures for shared links: {why}");
                let one = Diagnostic::warning(Code::ThemeShare, None, what);
                said.push(
                    one.hint("correct its function `share`; docs/themes.md lists what it is given"),
                );
            }
        }
    }
    said.dedup();
    (files, said)
}

/// Makes the picture of one story, or takes it from the cache.
fn share_file(
    edition: &Edition,
    story: &Story,
    theme: &Theme,
    cache: &Cache,
) -> Result<ShareFile, String> {
    let carries =
        |picture: &&PictureRef| may_be_background(picture.pixels[0], picture.whole, picture.mug);
    let picture = story.pictures.first().filter(carries);
    let picture = picture.and_then(|picture| Some((picture, read(&picture.path)?)));
    let headline = match &story.web_headline {
        Some(run) => run.text.clone(),
        None => plain(&story.headline),
    };
    let section = story.section.as_ref().map(|name| {
        let listed = edition.paper.sections.iter().find(|section| section.name == *name);
        listed.map_or(name.as_str(), |section| section.title.as_str())
    });
    let data = json!({
        "width": f64::from(SHARE.0) / DENSITY, "height": f64::from(SHARE.1) / DENSITY,
        "paper": edition.paper_data(),
        "picture": picture.is_some(),
        "story": {
            "headline": headline, "kicker": story.kicker.as_ref().map(|run| &run.text),
            "section": section, "lang": story.lang.as_deref().map(primary),
            "region": story.lang.as_deref().and_then(region),
        },
    });
    let mut hasher = blake3::Hasher::new();
    let crop = picture.as_ref().map(|(picture, bytes)| (picture.focus, same_picture(bytes)));
    for part in [DRIVER, CARD, &data.to_string(), &format!("share {VERSION} {crop:?}")] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.update(theme.fingerprint());
    let key = *hasher.finalize().as_bytes();
    let bytes = kept(cache, &key, || {
        let picture = picture.map(|(picture, bytes)| background(picture, &bytes, cache));
        set(theme, data, picture.transpose()?)
    })?;
    let name = blake3::Hash::from_bytes(key).to_hex().as_str()[..16].to_owned();
    Ok(ShareFile { story: story.key.clone(), name: format!("share/{name}.jpg"), bytes })
}

fn read(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

/// A picture cropped for the card.
fn background(picture: &PictureRef, bytes: &[u8], cache: &Cache) -> Result<Vec<u8>, String> {
    let (width_px, height_px) = SHARE;
    let ratio = f64::from(width_px) / f64::from(height_px);
    let crop = crop_for(picture.pixels, ratio, picture.focus, 0.0);
    let wanted = Wanted { crop, width_px, height_px, kind: PictureKind::Photo };
    let made = prepare_cached(cache, bytes, &wanted);
    made.map(|made| made.bytes)
        .map_err(|error| error.diagnostic(&picture.src.text, picture.src.span).message)
}

/// Has the theme set a card, and encodes it as JPEG.
fn set(
    theme: &Theme,
    data: serde_json::Value,
    picture: Option<Vec<u8>>,
) -> Result<Vec<u8>, String> {
    let driver = source("share.typ", DRIVER);
    let mut world = MemoryWorld::new(theme, &driver).with("share.json", data_file(data));
    if let Some(picture) = picture {
        world = world.with("share-picture", Bytes::new(picture));
    }
    let document = world
        .set()
        .map_err(|all| all.first().map_or_else(String::new, |trouble| theme.said(trouble)))?;
    let page = document.pages().first().ok_or("it has no page")?;
    let options = RenderOptions { pixel_per_pt: DENSITY.into(), ..RenderOptions::default() };
    let pixels = typst_render::render(page, &options);
    let (samples, _) = pixels.data().as_chunks::<4>();
    let rgb: Vec<u8> = samples.iter().flat_map(|&[r, g, b, _]| [r, g, b]).collect();
    coded(rgb, pixels.width(), pixels.height()).map_err(|error| error.to_string())
}
