//! The pages as pictures, and what is laid over them.

use std::sync::Arc;

use rayon::prelude::*;
use typst_layout::{Page, PagedDocument};
use typst_utils::hash128;

use crate::compose::Composition;
use crate::export::{Mark, layers, overlay, page_svg};
use crate::makeup::model::PagePlan;
use crate::review::white;

use super::answer::HashedBytes;

/// A page as it is shown.
#[derive(Debug, Clone)]
pub(super) struct ShownPage {
    /// Its number.
    pub(super) number: u16,
    /// Its width and height in points.
    pub(super) size: [f64; 2],
    /// Its picture in layers, the lowest first.
    pub(super) layers: Vec<Layer>,
    /// What is laid over it.
    pub(super) overlay: Arc<HashedBytes>,
}

/// A layer of a page's picture.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    /// A hash of what it was drawn from: equal hashes have equal pictures.
    drawn_from: u128,
    /// The picture.
    pub(super) picture: Arc<HashedBytes>,
}

impl ShownPage {
    /// Its files, which the server can be asked for.
    pub(super) fn bodies(&self) -> impl Iterator<Item = &Arc<HashedBytes>> {
        self.layers.iter().map(|layer| &layer.picture).chain([&self.overlay])
    }

    /// The hashes of its layers.
    pub(super) fn hashes(&self) -> Vec<&str> {
        self.layers.iter().map(|layer| layer.picture.hash.as_str()).collect()
    }
}

/// Draws the pages of a document. Layers that have not changed since `before` are not drawn again.
/// `gap` is the white between modules in rows, `marks` are the flags of stories.
pub(super) fn draw(
    composition: &Composition,
    document: &PagedDocument,
    gap: u16,
    marks: &[Mark],
    before: &[ShownPage],
) -> Vec<ShownPage> {
    let pages: Vec<(&PagePlan, &Page)> =
        composition.plan.pages.iter().zip(document.pages()).collect();
    let one = |(plan, page): &(&PagePlan, &Page)| {
        let old = before.iter().find(|old| old.number == plan.number);
        let known = old.map_or(&[][..], |old| old.layers.as_slice());
        let layers = layers(page).iter().map(|page| layer(page, known)).collect();
        let white = white(plan, composition.grid.columns, gap);
        let over = overlay(composition, plan, &page.frame, &white, marks);
        let overlay = kept(old.iter().map(|old| &old.overlay), HashedBytes::new(over.into_bytes()));
        let size = [page.frame.width().to_pt(), page.frame.height().to_pt()];
        ShownPage { number: plan.number, size, layers, overlay }
    };
    pages.par_iter().with_max_len(1).map(one).collect()
}

/// A layer: one of `known` if it was drawn from the same, else a new one.
fn layer(page: &Page, known: &[Layer]) -> Layer {
    let drawn_from = hash128(page);
    if let Some(old) = known.iter().find(|old| old.drawn_from == drawn_from) {
        return old.clone();
    }
    // Where only places in the stories' files have moved, the picture comes out as before.
    let picture = HashedBytes::new(page_svg(page).into_bytes());
    Layer { drawn_from, picture: kept(known.iter().map(|old| &old.picture), picture) }
}

/// The new bytes, or the old ones if these are the same.
fn kept<'a>(
    mut old: impl Iterator<Item = &'a Arc<HashedBytes>>,
    new: HashedBytes,
) -> Arc<HashedBytes> {
    old.find(|old| old.hash == new.hash).map_or_else(|| Arc::new(new), Arc::clone)
}

/// The numbers of the pages that look different now, and of those that are gone.
pub(super) fn changed(before: &[ShownPage], now: &[ShownPage]) -> Vec<u16> {
    let same = |page: &ShownPage, other: &ShownPage| {
        page.number == other.number && page.hashes() == other.hashes()
    };
    let fresh = now.iter().filter(|page| !before.iter().any(|old| same(page, old)));
    let gone = before.iter().filter(|old| !now.iter().any(|page| page.number == old.number));
    fresh.chain(gone).map(|page| page.number).collect()
}
