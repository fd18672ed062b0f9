//! The pictures of the pages, and what is laid over them.

use rayon::prelude::*;
use typst_layout::{Page, PagedDocument};
use typst_utils::hash128;

use std::sync::Arc;

use crate::compose::Composition;
use crate::export::{Mark, overlay, page_svg};
use crate::makeup::model::PagePlan;
use crate::review::white;

use super::answer::Body;

/// A page as it is shown.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// Its number.
    pub(super) number: u16,
    /// Its width and height in points.
    pub(super) size: [f64; 2],
    /// A hash of what it was drawn from: the same one, the same picture.
    frame: u128,
    /// Its picture.
    pub(super) picture: Arc<Body>,
    /// What is laid over it.
    pub(super) overlay: Arc<Body>,
}

/// Draws the pages of a document. Those that are as they were in `before` are not drawn again.
pub(super) fn draw(
    composition: &Composition,
    document: &PagedDocument,
    gap: u16,
    marks: &[Mark],
    before: &[Shown],
) -> Vec<Shown> {
    let pages: Vec<(&PagePlan, &Page)> =
        composition.plan.pages.iter().zip(document.pages()).collect();
    pages
        .par_iter()
        .with_max_len(1)
        .map(|(plan, page)| {
            let frame = hash128(*page);
            let old = before.iter().find(|old| old.number == plan.number);
            // A page whose places in the stories' files have moved looks as it did before.
            let picture = old.filter(|old| old.frame == frame).map(|old| Arc::clone(&old.picture));
            let picture = picture.unwrap_or_else(|| {
                kept(old.map(|old| &old.picture), Body::new(page_svg(page).into_bytes()))
            });
            let white = white(plan, composition.grid.columns, gap);
            let over = overlay(composition, plan, &page.frame, &white, marks);
            let overlay = kept(old.map(|old| &old.overlay), Body::new(over.into_bytes()));
            let size = [page.frame.width().to_pt(), page.frame.height().to_pt()];
            Shown { number: plan.number, size, frame, picture, overlay }
        })
        .collect()
}

/// The old bytes where the new ones are the same.
fn kept(old: Option<&Arc<Body>>, new: Body) -> Arc<Body> {
    match old {
        Some(old) if old.hash == new.hash => Arc::clone(old),
        _ => Arc::new(new),
    }
}

/// The numbers of the pages that look other than before, and of those that are gone.
pub(super) fn changed(before: &[Shown], now: &[Shown]) -> Vec<u16> {
    let same = |page: &Shown, other: &Shown| {
        page.number == other.number && page.picture.hash == other.picture.hash
    };
    let fresh = now.iter().filter(|page| !before.iter().any(|old| same(page, old)));
    let gone = before.iter().filter(|old| !now.iter().any(|page| page.number == old.number));
    fresh.chain(gone).map(|page| page.number).collect()
}
