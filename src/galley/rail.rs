//! Sets a rail: the bodies of its briefs below each other, under one head.

use rayon::prelude::*;
use typst::syntax::Source as TypstSource;

use super::model::{BriefGalley, Galley, Setting};
use super::parts::Parts;
use super::setter::{Job, StorySetter};
use crate::content::model::Story;
use crate::makeup::limits::RAIL_MOST;
use crate::typeset::Trouble;

/// The largest size of a rail's head, in points: it is a label and no headline.
const HEAD_MOST_PT: f32 = 24.0;
/// Rows of white between two briefs.
const BRIEF_GAP_ROWS: u16 = 1;

/// Sets and measures a rail and its briefs. The briefs have the slots from `first` on.
///
/// Steps:
/// 1. The rail's head is set at the sizes and spans that it may have.
/// 2. Each brief is compiled by itself and cut into slices as any body is.
/// 3. The slices are put below each other. Between two briefs there is a row of white, and a leg may
///    end there.
///
/// # Errors
/// What Typst reports.
pub(super) fn rail(
    (story, slot): (&Story, usize),
    jump_head: &str,
    (briefs, first): (&[Story], usize),
    setting: &Setting,
    driver: &TypstSource,
) -> Result<Galley, Vec<Trouble>> {
    let mut setter = StorySetter::new((story, slot), jump_head.to_owned(), false, setting, driver);
    let pieces = pieces(setting);
    let document = setter.set(&pieces)?;
    setter.read(&pieces, &document)?;
    let mut rail = setter.galley;
    rail.parts = Parts::of_story(story, 0);
    let set: Vec<_> = briefs
        .par_iter()
        .with_max_len(1)
        .enumerate()
        .map(|(number, brief)| {
            let slot = (brief, first + number);
            let mut setter = StorySetter::new(slot, String::new(), false, setting, driver);
            let document = setter.set(&[Job::Brief])?;
            setter.read(&[Job::Brief], &document)?;
            Ok::<_, Vec<Trouble>>(setter.galley)
        })
        .collect();
    for brief in set {
        append(&mut rail, brief?);
    }
    Ok(rail)
}

/// The heads of a rail and of its remainder, at the sizes and spans that they may have.
fn pieces(setting: &Setting) -> Vec<Job> {
    let Setting { theme, grid, .. } = setting;
    let sizes = theme.contract.ladder.iter().enumerate().filter(|(_, size)| **size <= HEAD_MOST_PT);
    let spans = 1..=grid.columns.min(RAIL_MOST);
    let heads = sizes.flat_map(|(step, _)| spans.clone().map(move |span| (step, span)));
    let heads = heads.map(|(step, span)| Job::RailHead { step, span });
    heads.chain((1..=grid.columns).map(|span| Job::JumpHead { step: 0, span })).collect()
}

/// Puts a brief below those that the rail has.
fn append(rail: &mut Galley, brief: Galley) {
    let Galley { body, parts, .. } = brief;
    let slices = &mut rail.body.slices.slices;
    let first = slices.len();
    rail.body.baseline = body.baseline;
    slices.extend(body.slices.slices);
    if let Some(slice) = slices.get_mut(first).filter(|_| first > 0) {
        slice.gap = slice.gap.max(BRIEF_GAP_ROWS);
    }
    for slice in &mut slices[first..] {
        // No jump begins in a rail: briefs are short.
        slice.jump_after = false;
        slice.relief = true;
    }
    let mut stretches = body.stretches;
    stretches.iter_mut().for_each(|stretch| stretch.slice += first as u32);
    let (end, overfull) = (slices.len(), body.overfull);
    rail.briefs.push(BriefGalley { first, end, parts, stretches, overfull });
}
