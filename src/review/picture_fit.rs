//! How pictures fit their places: what stands with them, and what was cut off.

use serde::Serialize;

use super::rounding::thousandths;
use crate::compose::{Composition, PreparedPicture, crop_at};
use crate::content::model::{PictureRef, plain};
use crate::diag::{Code, Diagnostic};
use crate::makeup::model::PlacedPicture;
use crate::picture::Crop;

/// A picture at its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PictureFit {
    /// The story.
    pub story: String,
    /// The file as the story names it.
    pub src: String,
    /// The page.
    pub page: u16,
    /// Columns it spans.
    pub columns: u8,
    /// Rows it takes.
    pub rows: u16,
    /// Whether it has a caption.
    pub caption: bool,
    /// Whether it has a credit.
    pub credit: bool,
    /// Whether the story has an alternative text for it; otherwise the program finds one.
    pub alt: bool,
    /// Whether the story names its focus: the point that a crop must keep.
    pub has_focus: bool,
    /// The share of its area that the crop keeps, 0 to 1.
    pub kept: f64,
    /// The factor by which it is enlarged for the wanted resolution; 1 where it isn't.
    pub enlarged: f64,
    /// Its resolution in print, in dots per inch.
    pub resolution: u32,
    /// The distance of its focus from the nearest edge where something was cut off, as a share of the
    /// crop's side: 0.5 is the middle, below 0 the focus itself was cut off. None without a focus, or
    /// where nothing was cut off.
    pub focus: Option<f64>,
}

/// The pictures of an edition in the order of the plan. Which of them have no alternative text of
/// their own is known from the diagnostics.
pub(super) fn pictures(
    composition: &Composition,
    prepared: &[PreparedPicture],
    said: &[Diagnostic],
) -> Vec<PictureFit> {
    let Composition { edition, grid, plan, .. } = composition;
    let mut all = vec![];
    for page in &plan.pages {
        for module in &page.modules {
            let story = &edition.stories[module.item];
            for placed in &module.pictures {
                let picture = &story.pictures[placed.picture];
                let crop = crop_at(grid, page.number, placed.cells, picture);
                let is_it = |one: &&PreparedPicture| {
                    (one.item, one.picture) == (module.item, placed.picture)
                };
                let enlarged = prepared.iter().find(is_it).map_or(1.0, |one| one.enlarged);
                let resolution = f64::from(edition.paper.resolution) / enlarged.max(1e-6);
                let PlacedPicture { cells, .. } = placed;
                all.push(PictureFit {
                    story: story.key.clone(),
                    src: picture.src.text.clone(),
                    page: page.number,
                    columns: cells.columns,
                    rows: cells.rows,
                    caption: !plain(&picture.caption).trim().is_empty(),
                    credit: picture.credit.is_some(),
                    alt: !has_no_alt(picture, said),
                    has_focus: picture.focus.is_some(),
                    kept: thousandths(crop.share(picture.pixels)),
                    enlarged: thousandths(enlarged),
                    resolution: resolution.round() as u32,
                    focus: picture
                        .focus
                        .and_then(|focus| from_edge(crop, picture.pixels, focus))
                        .map(thousandths),
                });
            }
        }
    }
    all
}

fn has_no_alt(picture: &PictureRef, said: &[Diagnostic]) -> bool {
    said.iter().any(|one| one.code == Code::MissingAlt && one.span == Some(picture.src.span))
}

/// The distance of a focus from the nearest edge where something was cut off, as a share of the crop's
/// side.
fn from_edge(crop: Crop, pixels: [u32; 2], focus: [f64; 2]) -> Option<f64> {
    let sides = [
        (crop.left, crop.width, pixels[0], focus[0]),
        (crop.top, crop.height, pixels[1], focus[1]),
    ];
    let mut nearest: Option<f64> = None;
    for (start, length, whole, focus) in sides {
        let at = (focus * f64::from(whole) - f64::from(start)) / f64::from(length.max(1));
        let cut = [(start > 0, at), (start + length < whole, 1.0 - at)];
        for (_, distance) in cut.into_iter().filter(|(is_cut, _)| *is_cut) {
            nearest = Some(nearest.map_or(distance, |known| known.min(distance)));
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_edge_that_cuts_can_be_too_near() {
        let crop = Crop { left: 0, top: 0, width: 600, height: 400 };
        // Nothing is cut off at the left, so the focus may stand there.
        assert_eq!(from_edge(crop, [1000, 400], [0.06, 0.0]), Some(0.9));
        let at = from_edge(crop, [1000, 400], [0.55, 0.5]).unwrap();
        assert!((at - 50.0 / 600.0).abs() < 1e-9, "{at}");
        assert!(from_edge(crop, [1000, 400], [0.7, 0.5]).unwrap() < 0.0);
        assert_eq!(from_edge(Crop::whole([1000, 400]), [1000, 400], [0.0, 0.0]), None);
    }
}
