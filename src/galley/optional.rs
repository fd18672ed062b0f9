//! The paragraphs that a writer marked as optional, measured in lines.

use serde::Serialize;

use super::model::Galley;
use crate::content::model::Story;
use crate::diag::Span;

/// The words that are quoted to say which paragraph is meant.
const FIRST_WORDS: usize = 5;

/// A paragraph that its writer marked as optional.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Optional {
    /// The lines that the story loses without it, with the white above it.
    pub lines: u32,
    /// Its first words.
    pub from: String,
    /// Where it stands.
    #[serde(skip)]
    pub place: Span,
}

/// The optional paragraphs of a story, in the order of its text. Those of a rail's briefs are not
/// listed.
pub(crate) fn optional(story: &Story, galley: &Galley) -> Vec<Optional> {
    let slices = &galley.body.slices.slices;
    let one = |place: &Span| {
        let within = |start: u32| (place.start..place.end).contains(&start);
        let stretches = galley.body.stretches.iter().filter(|stretch| within(stretch.start));
        let mut own: Vec<usize> = stretches.map(|stretch| stretch.slice as usize).collect();
        own.sort_unstable();
        own.dedup();
        let rows = own.iter().filter_map(|at| slices.get(*at));
        let lines = rows.map(|slice| u32::from(slice.gap) + u32::from(slice.rows)).sum();
        let runs = galley.parts.runs.iter().filter(|run| within(run.start));
        let text: String = runs.map(|run| run.text.as_str()).collect();
        let from = text.split_whitespace().take(FIRST_WORDS).collect::<Vec<_>>().join(" ");
        Optional { lines, from, place: *place }
    };
    story.optional.iter().map(one).filter(|one| one.lines > 0).collect()
}
