//! Stories as an editor judges them, and their jumps.

use super::form::{JumpReview, StoryReview};
use super::head_fit::{HeadPlace, Written, head_fit};
use super::text_fit::text_fit;
use crate::compose::Composition;
use crate::content::model::plain;
use crate::makeup::model::{Module, PagePlan};

/// The modules of a story with their pages, the one with the head first.
pub(super) fn modules_of<'a>(
    composition: &'a Composition,
    item: usize,
) -> Vec<(&'a PagePlan, &'a Module)> {
    let pages = composition.plan.pages.iter();
    let all = pages.flat_map(|page| page.modules.iter().map(move |module| (page, module)));
    let mut own: Vec<_> = all.filter(|(_, module)| module.item == item).collect();
    own.sort_by_key(|(_, module)| module.part);
    own
}

/// Reviews one story.
pub(super) fn story_review(composition: &Composition, item: usize) -> StoryReview {
    let Composition { edition, galleys, grid, .. } = composition;
    let (story, galley) = (&edition.stories[item], &galleys[item]);
    let own = modules_of(composition, item);
    let headline = plain(&story.headline);
    // The head of a rail is a label, which no editor rewrites.
    let first = own.first().filter(|_| !edition.is_rail(item));
    let head = first.and_then(|(page, module)| {
        let short = story.short_headline.as_ref().filter(|_| module.short_head);
        let printed = short.map_or(&headline, |short| &short.text);
        let stand = HeadPlace {
            step: module.head_step?,
            rank: module.rank,
            page: page.number,
            span: module.head.columns,
            columns: grid.columns,
            short: module.short_head,
        };
        let written = Written {
            characters: printed.chars().count() as u32,
            words: printed.split_whitespace().count(),
        };
        head_fit(&galley.heads, written, stand, |span| grid.span(span))
    });
    let modules: Vec<&Module> = own.iter().map(|(_, module)| *module).collect();
    StoryReview {
        story: story.key.clone(),
        headline,
        priority: edition.priorities[item],
        pages: own.iter().map(|(page, _)| page.number).collect(),
        head,
        text: text_fit(story, galley, &modules),
    }
}

/// All jumps, by the page that they begin on.
pub(super) fn jumps(composition: &Composition) -> Vec<JumpReview> {
    let lines =
        |module: &Module| -> u32 { module.legs.iter().map(|leg| u32::from(leg.cells.rows)).sum() };
    let mut all = vec![];
    for (item, story) in composition.edition.stories.iter().enumerate() {
        let own = modules_of(composition, item);
        for (at, two) in own.windows(2).enumerate() {
            all.push(JumpReview {
                story: story.key.clone(),
                from: two[0].0.number,
                to: two[1].0.number,
                lines_before: own[..=at].iter().map(|(_, module)| lines(module)).sum(),
                lines_after: own[at + 1..].iter().map(|(_, module)| lines(module)).sum(),
            });
        }
    }
    all.sort_by_key(|jump| (jump.from, jump.to));
    all
}
