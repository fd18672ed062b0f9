//! Prepares the pictures of a plan: crops them to their places and scales them to the wanted
//! resolution.

use std::collections::BTreeSet;

use rayon::prelude::*;
use typst::foundations::Bytes;

use super::composition::{Composition, picture_box};
use super::prepared::PreparedPicture;
use crate::content::model::PictureRef;
use crate::diag::{Code, Diagnostic};
use crate::grid::{Box, Grid};
use crate::lineup::Edition;
use crate::makeup::model::{Cells, PlacedPicture, Plan};
use crate::picture::policy::{MOST_ENLARGED, least_kept, pixels_per_point};
use crate::picture::{
    Cache, Crop, OutputFormat, PictureError, PictureKind, Wanted, crop_for, prepare_cached,
};

/// The pictures of printed stories for which the plan has no place: the story's index in the
/// edition, the picture's index in the story, and the page that the story begins on.
pub(crate) fn unplaced(edition: &Edition, plan: &Plan) -> Vec<(usize, usize, u16)> {
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

/// What is wrong with a picture at its place.
#[derive(Debug, Clone)]
pub(crate) struct PictureTrouble {
    /// The story's index in the edition.
    pub item: usize,
    /// An error if the picture can't be used, else a warning.
    pub diagnostic: Diagnostic,
}

/// Prepares every picture of a plan, at `resolution` pixels an inch.
pub(crate) fn prepare_pictures(
    composition: &Composition,
    resolution: u16,
    cache: &Cache,
) -> (Vec<PreparedPicture>, Vec<PictureTrouble>) {
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
    // The largest first, so that no thread still works at one of them when the others are done.
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
            let result = prepare_picture(
                composition.grid,
                page,
                item,
                placed,
                file(place),
                resolution,
                cache,
            );
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

fn prepare_picture(
    grid: &Grid,
    page: u16,
    item: usize,
    placed: &PlacedPicture,
    picture: &PictureRef,
    resolution: u16,
    cache: &Cache,
) -> (Option<PreparedPicture>, Option<PictureTrouble>) {
    let place = picture_box(grid, page, placed.cells);
    let trouble = |diagnostic| PictureTrouble { item, diagnostic };
    match fit(picture, &place, page, resolution, cache) {
        Ok(Fitted { bytes, ending, kept, enlarged, trouble: said }) => {
            let file = format!("picture/{item}-{}.{ending}", placed.picture);
            let picture = placed.picture;
            (
                Some(PreparedPicture { item, picture, file, bytes, kept, enlarged }),
                said.map(trouble),
            )
        }
        Err(diagnostic) => (None, Some(trouble(diagnostic))),
    }
}

/// A picture cropped and scaled for a place.
pub(super) struct Fitted {
    pub(super) bytes: Bytes,
    /// The ending of its file name.
    pub(super) ending: &'static str,
    pub(super) kept: f64,
    pub(super) enlarged: f64,
    /// A warning, if it has too few pixels.
    pub(super) trouble: Option<Diagnostic>,
}

/// Crops and scales a picture for a place on a page, at `resolution` pixels an inch.
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
    let fitted = place.w.min(place.h * shown) * pixels_per_point(f64::from(resolution));
    let wanted = Wanted {
        crop,
        width_px: (fitted.round() as u32).max(1),
        height_px: ((fitted / shown).round() as u32).max(1),
        kind: if picture.whole { PictureKind::Graphic } else { PictureKind::Photo },
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

/// The part of a picture that is shown in its cells on a page.
pub(crate) fn crop_at(grid: &Grid, page: u16, cells: Cells, picture: &PictureRef) -> Crop {
    crop_in(picture, &picture_box(grid, page, cells))
}

fn crop_in(picture: &PictureRef, place: &Box) -> Crop {
    let [width, height] = picture.pixels.map(f64::from);
    let (ratio, keep) = if picture.whole {
        (width / height, 1.0)
    } else {
        (place.w / place.h, least_kept(picture.whole, picture.focus))
    };
    crop_for(picture.pixels, ratio, picture.focus, keep)
}
