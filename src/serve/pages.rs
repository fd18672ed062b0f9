//! The pictures of the pages, and what is laid over them.

use std::sync::Arc;

use rayon::prelude::*;
use typst_layout::{Page, PagedDocument};
use typst_utils::hash128;

use crate::compose::Composition;
use crate::export::{Mark, layers, overlay, page_svg};
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
    /// Its picture in layers, the lowest first.
    pub(super) layers: Vec<Layer>,
    /// What is laid over it.
    pub(super) overlay: Arc<Body>,
}

/// A layer of a page's picture.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    /// A hash of what it was drawn from: the same one, the same picture.
    drawn_from: u128,
    /// The picture.
    pub(super) picture: Arc<Body>,
}

impl Shown {
    /// Everything that can be asked for of it.
    pub(super) fn bodies(&self) -> impl Iterator<Item = &Arc<Body>> {
        self.layers.iter().map(|layer| &layer.picture).chain([&self.overlay])
    }

    /// The hashes of its layers.
    pub(super) fn hashes(&self) -> Vec<&str> {
        self.layers.iter().map(|layer| layer.picture.hash.as_str()).collect()
    }
}

/// Draws the pages of a document. What is as it was in `before` is not drawn again.
pub(super) fn draw(
    composition: &Composition,
    document: &PagedDocument,
    gap: u16,
    marks: &[Mark],
    before: &[Shown],
) -> Vec<Shown> {
    let pages: Vec<(&PagePlan, &Page)> =
        composition.plan.pages.iter().zip(document.pages()).collect();
    let one = |(plan, page): &(&PagePlan, &Page)| {
        let old = before.iter().find(|old| old.number == plan.number);
        let known = old.map_or(&[][..], |old| old.layers.as_slice());
        let layers = layers(page).iter().map(|page| layer(page, known)).collect();
        let white = white(plan, composition.grid.columns, gap);
        let over = overlay(composition, plan, &page.frame, &white, marks);
        let overlay = kept(old.iter().map(|old| &old.overlay), Body::new(over.into_bytes()));
        let size = [page.frame.width().to_pt(), page.frame.height().to_pt()];
        Shown { number: plan.number, size, layers, overlay }
    };
    pages.par_iter().with_max_len(1).map(one).collect()
}

fn layer(page: &Page, known: &[Layer]) -> Layer {
    let drawn_from = hash128(page);
    if let Some(old) = known.iter().find(|old| old.drawn_from == drawn_from) {
        return old.clone();
    }
    // One whose places in the stories' files have moved looks as it did before.
    let picture = Body::new(page_svg(page).into_bytes());
    Layer { drawn_from, picture: kept(known.iter().map(|old| &old.picture), picture) }
}

/// The old bytes where the new ones are the same.
fn kept<'a>(mut old: impl Iterator<Item = &'a Arc<Body>>, new: Body) -> Arc<Body> {
    old.find(|old| old.hash == new.hash).map_or_else(|| Arc::new(new), Arc::clone)
}

/// The numbers of the pages that look other than before, and of those that are gone.
pub(super) fn changed(before: &[Shown], now: &[Shown]) -> Vec<u16> {
    let same = |page: &Shown, other: &Shown| {
        page.number == other.number && page.hashes() == other.hashes()
    };
    let fresh = now.iter().filter(|page| !before.iter().any(|old| same(page, old)));
    let gone = before.iter().filter(|old| !now.iter().any(|page| page.number == old.number));
    fresh.chain(gone).map(|page| page.number).collect()
}
