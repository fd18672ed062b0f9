//! An edition as an editor should see it before it is printed: how full its pages are, what is wrong
//! with them, worst first, and what can be done.
//!
//! [`review`] looks at a finished plan and changes nothing. Whether the plan keeps the hard rules is
//! for [`makeup::check`](crate::makeup::check) to say; a review repeats what that finds.

mod alternatives;
mod finding;
mod findings;
mod form;
mod head_fit;
mod page_review;
mod picture_fit;
mod rounding;
#[cfg(test)]
mod sample;
mod since_last;
mod story_review;
mod text_fit;
mod white;

pub use alternatives::page_alternatives;
pub use finding::{Finding, FindingKind, Level, Unit};
pub use form::{
    GivenUpHere, JumpReview, Material, ModuleReview, PageAlternatives, PageReview, Review,
    StoryReview, Way,
};
pub use head_fit::HeadFit;
pub use picture_fit::PictureFit;
pub use since_last::{Change, Comparison, PageChange, SinceLast};
pub use text_fit::{Cut, TextFit};
pub use white::white;

use crate::compose::Composition;
use crate::export::report;
use form::VERSION;
use page_review::page_review;
use story_review::{jumps, story_review};

/// Reviews an edition.
pub fn review(material: &Material) -> Review {
    let Material { composition, pictures, said, left_out, last, .. } = material;
    let Composition { edition, grid, plan, .. } = composition;
    let report = report(composition, pictures);
    let keys: Vec<String> = edition.stories.iter().map(|story| story.key.clone()).collect();
    let grid = serde_json::to_value(grid).unwrap_or_default();
    let mut review = Review {
        version: VERSION,
        title: edition.title(),
        date: report.date.clone(),
        words: report.words,
        pages: plan.pages.iter().map(|page| page_review(composition, page, &report)).collect(),
        findings: vec![],
        stories: (0..keys.len()).map(|item| story_review(composition, item)).collect(),
        pictures: picture_fit::pictures(composition, pictures, said),
        jumps: jumps(composition),
        search: report.search,
        since_last: since_last::since_last(&plan.pages, &keys, &grid, *last),
        left_out: left_out.to_vec(),
        alternatives: vec![],
        pins: vec![],
        pins_not_priced: 0,
    };
    review.findings = findings::findings(material, &review);
    review
}
