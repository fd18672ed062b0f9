//! Where stories stand in print: from there the web has their order and their weight.

use crate::compose::Composition;

/// A story's place in print.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PrintPlace {
    /// The slot of the story.
    pub(super) slot: usize,
    /// The pages that it stands on, in the order of reading.
    pub(super) pages: Vec<u16>,
    /// Its rank on the first of them, from 0.
    pub(super) rank: u8,
    /// Columns it spans there.
    pub(super) columns: u8,
    /// The size of its head in points; none in a brief.
    pub(super) head: Option<f32>,
    /// Whether it stands in a rail.
    pub(super) brief: bool,
}

/// The places of all stories in the order of print: page by page, the heaviest story of a page first, the
/// briefs of a rail in their order.
pub(super) fn places(composition: &Composition) -> Vec<PrintPlace> {
    let Composition { edition, galleys, plan, .. } = composition;
    let mut places: Vec<PrintPlace> = vec![];
    for page in &plan.pages {
        for module in &page.modules {
            let mut stand = |slot: usize, head: Option<f32>, brief: bool| {
                if let Some(known) = places.iter_mut().find(|place| place.slot == slot) {
                    known.pages.push(page.number);
                    known.pages.dedup();
                    return;
                }
                let (pages, rank, columns) = (vec![page.number], module.rank, module.cells.columns);
                places.push(PrintPlace { slot, pages, rank, columns, head, brief });
            };
            if edition.is_rail(module.item) {
                let briefs = composition.briefs_of(module);
                briefs
                    .into_iter()
                    .filter(|(_, legs)| !legs.is_empty())
                    .for_each(|(slot, _)| stand(slot, None, true));
            } else {
                let head = module.head_step.map(|step| galleys[module.item].heads[step].size);
                stand(module.item, head, false);
            }
        }
    }
    places
}
