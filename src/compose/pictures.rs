//! The pictures of a plan, cropped to their places and brought to the wanted
//! resolution.

use std::collections::BTreeSet;

use rayon::prelude::*;
use typst::foundations::Bytes;

use super::sheet::{Composition, picture_box};
use crate::content::model::PictureRef;
use crate::diag::{Code, Diagnostic};
use crate::grid::{Box, Grid};
use crate::lineup::Edition;
use crate::makeup::model::{Cells, PlacedPicture, Plan};
use crate::picture::{
    Cache, Crop, Kind, OutputFormat, PictureError, Wanted, crop_for, prepare_cached,
};

/// More than this and a picture looks soft in print.
pub(crate) const MOST_ENLARGED: f64 = 1.25;

/// A picture ready for its place.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The story's place in the edition.
    pub item: usize,
    /// The picture's place in the story.
    pub picture: usize,
    /// Its virtual file.
    pub file: String,
    /// The file's bytes.
    pub bytes: Bytes,
    /// The share of its area that the crop keeps.
    pub kept: f64,
    /// By how much it is enlarged for the wanted resolution; 1 where it isn't.
    pub enlarged: f64,
}

/// The pictures of printed stories that stand nowhere: the story's place in the edition, the
/// picture's in the story, and the page that the story begins on.
pub fn unplaced(edition: &Edition, plan: &Plan) -> Vec<(usize, usize, u16)> {
    let modules = || plan.pages.iter().flat_map(|page| page.modules.iter().map(move |m| (page, m)));
    let placed: BTreeSet<(usize, usize)> = modules()
        .flat_map(|(_, module)| module.pictures.iter().map(|one| (module.item, one.picture)))
        .collect();
    let mut all = vec![];
    for (item, story) in edition.stories.iter().enumerate() {
        let Some((page, _)) = modules().find(|(_, module)| module.item == item) else { continue };
        let numbers = (0..story.pictures.len()).filter(|number| !placed.contains(&(item, *number)));
        all.extend(numbers.map(|number| (item, number, page.number)));
    }
    all
}

/// Something about a picture at its place.
#[derive(Debug, Clone)]
pub struct PictureTrouble {
    /// The story's place in the edition.
    pub item: usize,
    /// What to say of it; an error if the picture can't be used.
    pub diagnostic: Diagnostic,
}

/// Prepares every picture of a plan, at `resolution` pixels an inch.
pub fn prepare(
    composition: &Composition,
    resolution: u16,
    cache: &Cache,
) -> (Vec<Prepared>, Vec<PictureTrouble>) {
    let places: Vec<(u16, usize, &PlacedPicture)> = composition
        .plan
        .pages
        .iter()
        .flat_map(|page| page.modules.iter().map(move |module| (page.number, module)))
        .flat_map(|(page, module)| module.pictures.iter().map(move |p| (page, module.item, p)))
        .collect();
    let file = |place: usize| {
        let (_, item, placed) = places[place];
        &composition.edition.stories[item].pictures[placed.picture]
    };
    // The largest first, so that no thread is left with one of them when the others are done.
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|&place| {
        let [width, height] = file(place).pixels.map(u64::from);
        (std::cmp::Reverse(width * height), place)
    });
    let mut results: Vec<_> = order
        .par_iter()
        .with_max_len(1)
        .map(|&place| {
            let (page, item, placed) = places[place];
            let result = one(composition.grid, page, item, placed, file(place), resolution, cache);
            (place, result)
        })
        .collect();
    results.sort_by_key(|(place, _)| *place);
    let mut prepared = vec![];
    let mut troubles = vec![];
    for (_, (one, trouble)) in results {
        prepared.extend(one);
        troubles.extend(trouble);
    }
    (prepared, troubles)
}

fn one(
    grid: &Grid,
    page: u16,
    item: usize,
    placed: &PlacedPicture,
    picture: &PictureRef,
    resolution: u16,
    cache: &Cache,
) -> (Option<Prepared>, Option<PictureTrouble>) {
    let place = picture_box(grid, page, placed.cells);
    let trouble = |diagnostic| PictureTrouble { item, diagnostic };
    match fit(picture, &place, page, resolution, cache) {
        Ok(Fitted { bytes, ending, kept, enlarged, trouble: said }) => {
            let file = format!("picture/{item}-{}.{ending}", placed.picture);
            let picture = placed.picture;
            (Some(Prepared { item, picture, file, bytes, kept, enlarged }), said.map(trouble))
        }
        Err(diagnostic) => (None, Some(trouble(diagnostic))),
    }
}

/// A picture cropped and scaled for a place.
pub(super) struct Fitted {
    pub(super) bytes: Bytes,
    /// The ending of a file of its kind.
    pub(super) ending: &'static str,
    pub(super) kept: f64,
    pub(super) enlarged: f64,
    /// What there is to say about it.
    pub(super) trouble: Option<Diagnostic>,
}

/// Makes a picture ready for its place on a page.
pub(super) fn fit(
    picture: &PictureRef,
    place: &Box,
    page: u16,
    resolution: u16,
    cache: &Cache,
) -> Result<Fitted, Diagnostic> {
    let refuse = |error: PictureError| error.diagnostic(&picture.src.text, picture.src.span);
    let bytes =
        std::fs::read(&picture.path).map_err(|error| refuse(PictureError::unreadable(&error)))?;
    let crop = crop_in(picture, place);
    let shown = f64::from(crop.width) / f64::from(crop.height);
    let pixels = f64::from(resolution) / 72.0;
    let fitted = place.w.min(place.h * shown) * pixels;
    let wanted = Wanted {
        crop,
        width_px: (fitted.round() as u32).max(1),
        height_px: ((fitted / shown).round() as u32).max(1),
        kind: if picture.whole { Kind::Graphic } else { Kind::Photo },
    };
    let made = prepare_cached(cache, &bytes, &wanted).map_err(refuse)?;
    let ending = match made.format {
        OutputFormat::Jpeg => "jpg",
        OutputFormat::Png => "png",
    };
    let trouble = (made.enlarged > MOST_ENLARGED).then(|| {
        let what = format!(
            "the picture “{}” has too few pixels for its place on page {page}: it is printed at \
             {:.0} dots per inch instead of {resolution}",
            picture.src.text,
            f64::from(resolution) / made.enlarged,
        );
        Diagnostic::warning(Code::LowResolution, picture.src.span, what)
            .hint("use a larger file, or give the story fewer columns")
    });
    let kept = crop.share(picture.pixels);
    Ok(Fitted { bytes: Bytes::new(made.bytes), ending, kept, enlarged: made.enlarged, trouble })
}

/// What is shown of a picture in its cells on a page.
pub fn crop_at(grid: &Grid, page: u16, cells: Cells, picture: &PictureRef) -> Crop {
    crop_in(picture, &picture_box(grid, page, cells))
}

fn crop_in(picture: &PictureRef, place: &Box) -> Crop {
    let [width, height] = picture.pixels.map(f64::from);
    let (ratio, keep) =
        if picture.whole { (width / height, 1.0) } else { (place.w / place.h, keep_of(picture)) };
    crop_for(picture.pixels, ratio, picture.focus, keep)
}

/// The least share of its area a crop keeps of a picture.
pub(crate) fn keep_of(picture: &PictureRef) -> f64 {
    match (picture.whole, picture.focus) {
        (true, _) => 1.0,
        (false, Some(_)) => 0.55,
        (false, None) => 0.7,
    }
}
