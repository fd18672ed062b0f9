//! A rail: the galleys of its briefs below each other, under one head.

use rayon::prelude::*;
use typst::syntax::Source as TypstSource;

use super::parts::Parts;
use super::{Galley, Piece, Setter, Setting, Stretch};
use crate::content::model::Story;
use crate::makeup::limits::RAIL_MOST;
use crate::typeset::{LongWord, Trouble};

/// The largest size of a rail's head in points: it is a label and no headline.
const LARGEST: f32 = 24.0;
/// Rows of white between two briefs.
const GAP: u16 = 1;

/// A brief in its rail.
#[derive(Debug, Clone)]
pub struct BriefGalley {
    /// Its first slice in the rail's body.
    pub first: usize,
    /// The slice after its last one.
    pub end: usize,
    /// Its runs.
    pub parts: Parts,
    /// What of each run stands in which slice of the rail's body, sorted by run and place in it.
    pub stretches: Vec<Stretch>,
    /// Lines that stick out of the measure, as in [`Body::overfull`](super::Body::overfull).
    pub overfull: Vec<(LongWord, f64)>,
}

/// Sets and measures a rail and its briefs, which have the slots from `first` on.
///
/// Steps: (1) the head of the rail is set at the sizes and spans that it may have; (2) each brief
/// is set in a compile of its own and cut into slices by the rules for any text; (3) the slices are
/// put below each other, with a row of white and a place to end a leg between any two briefs.
pub(super) fn rail(
    (story, slot): (&Story, usize),
    jump_head: &str,
    (briefs, first): (&[Story], usize),
    setting: &Setting,
    driver: &TypstSource,
) -> Result<Galley, Vec<Trouble>> {
    let mut setter = Setter::new((story, slot), jump_head.to_owned(), false, setting, driver);
    let pieces = pieces(setting);
    let document = setter.set(&pieces)?;
    setter.read(&pieces, &document)?;
    let mut rail = setter.galley;
    rail.parts = Parts::of(story, 0);
    let set: Vec<_> = briefs
        .par_iter()
        .with_max_len(1)
        .enumerate()
        .map(|(number, brief)| {
            let slot = (brief, first + number);
            let mut setter = Setter::new(slot, String::new(), false, setting, driver);
            let document = setter.set(&[Piece::Brief])?;
            setter.read(&[Piece::Brief], &document)?;
            Ok::<_, Vec<Trouble>>(setter.galley)
        })
        .collect();
    for brief in set {
        append(&mut rail, brief?);
    }
    Ok(rail)
}

fn pieces(setting: &Setting) -> Vec<Piece> {
    let Setting { theme, grid, .. } = setting;
    let sizes = theme.contract.ladder.iter().enumerate().filter(|(_, size)| **size <= LARGEST);
    let spans = 1..=grid.columns.min(RAIL_MOST);
    let heads = sizes.flat_map(|(step, _)| spans.clone().map(move |span| (step, span)));
    let heads = heads.map(|(step, span)| Piece::RailHead { step, span });
    heads.chain((1..=grid.columns).map(|span| Piece::JumpHead { step: 0, span })).collect()
}

fn append(rail: &mut Galley, brief: Galley) {
    let Galley { body, parts, .. } = brief;
    let slices = &mut rail.body.slices.slices;
    let first = slices.len();
    rail.body.baseline = body.baseline;
    slices.extend(body.slices.slices);
    if let Some(slice) = slices.get_mut(first).filter(|_| first > 0) {
        slice.gap = slice.gap.max(GAP);
    }
    for slice in &mut slices[first..] {
        // A rail is made of parts that end soon enough.
        slice.jump_after = false;
        slice.relief = true;
    }
    let mut stretches = body.stretches;
    stretches.iter_mut().for_each(|stretch| stretch.slice += first as u32);
    let (end, overfull) = (slices.len(), body.overfull);
    rail.briefs.push(BriefGalley { first, end, parts, stretches, overfull });
}
