//! What the page of the preview is told: one JSON object, sent whole at every change.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::compose::Composition;
use crate::content::model::plain;
use crate::export::{LeftOut, Mark};

use super::pages;
use super::problems::Problem;

/// A story in the list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Line {
    /// The story's key.
    pub(super) key: String,
    /// Its headline, plain.
    headline: String,
    /// Its section.
    section: Option<String>,
    /// The pages that it stands on, in the order of reading.
    pages: Vec<u16>,
    /// Where it begins on the first of them, as shares of the page's width and height.
    at: Option<[f64; 2]>,
    /// Its priority, 1 to 9; none in a brief.
    priority: Option<u8>,
    /// The words of its body.
    words: usize,
    /// Why no build prints it yet: a flag of a word or two.
    mark: Option<String>,
}

/// The list of an edition's stories, in the order of print. `marks` are the flags of stories that must
/// not be published yet.
pub(super) fn lines(composition: &Composition, marks: &[Mark]) -> Vec<Line> {
    let Composition { edition, grid, plan, .. } = composition;
    let mut places: BTreeMap<usize, (Vec<u16>, [f64; 2])> = BTreeMap::new();
    let mut order = vec![];
    let mut put = |slot: usize, page: u16, cells| {
        let at = grid.place(page, cells);
        let place = places.entry(slot).or_insert_with(|| {
            order.push(slot);
            (vec![], [at.x / grid.width, at.y / grid.height])
        });
        place.0.push(page);
    };
    for page in &plan.pages {
        for module in &page.modules {
            if !edition.is_rail(module.item) {
                put(module.item, page.number, module.cells);
            }
            for (slot, legs) in composition.briefs_of(module) {
                legs.iter().for_each(|leg| put(slot, page.number, leg.cells));
            }
        }
    }
    let stories: Vec<_> = edition.slots().collect();
    let line = |slot: usize| {
        let story = stories[slot];
        let (mut pages, at) = places.get(&slot).cloned().unwrap_or_default();
        pages.dedup();
        let mark = marks.iter().find(|mark| mark.story == story.key);
        Line {
            key: story.key.clone(),
            headline: plain(&story.headline),
            section: story.section.clone(),
            at: (!pages.is_empty()).then_some(at),
            pages,
            priority: edition.priorities.get(slot).copied(),
            words: story.words,
            mark: mark.map(|mark| mark.word.clone()),
        }
    };
    order.into_iter().map(line).collect()
}

/// The edition, as the page of the preview shows it.
#[derive(Debug, Clone, Default)]
pub(super) struct PreviewState {
    /// The number of makes, failed ones included.
    pub(super) make: u64,
    /// The make that the pages come from; 0 where there are none.
    pub(super) pages_of: u64,
    /// The make that the web edition comes from.
    pub(super) web_of: u64,
    /// The make that the PDF comes from.
    pub(super) pdf_of: u64,
    /// Whether the edition is being made.
    pub(super) making: bool,
    /// The edition's title.
    pub(super) title: String,
    /// Its pages.
    pub(super) pages: Vec<pages::ShownPage>,
    /// Its stories.
    pub(super) lines: Vec<Line>,
    /// The addresses of its stories in the web edition, by key.
    pub(super) addresses: BTreeMap<String, String>,
    /// What is not in it.
    pub(super) left_out: Vec<LeftOut>,
    /// What is wrong with it.
    pub(super) problems: Vec<Problem>,
    /// What is wrong with its web edition or its PDF.
    pub(super) later_problems: Vec<Problem>,
    /// Whether the last make failed.
    pub(super) failed: bool,
}

impl PreviewState {
    /// The JSON that the page of the preview reads.
    pub(super) fn json(&self) -> Value {
        let Self { make, pages_of, web_of, pdf_of, making, failed, title, .. } = self;
        let pages = self.pages.iter().map(|page| {
            let on = self.lines.iter().filter(|line| line.pages.contains(&page.number));
            let heads: Vec<&str> = on.map(|line| line.headline.as_str()).collect();
            json!({
                "number": page.number, "width": page.size[0], "height": page.size[1],
                "layers": page.hashes(), "overlay": page.overlay.hash, "stories": heads,
            })
        });
        let stories = self.lines.iter().map(|line| {
            let mut story = json!(line);
            story["web"] = json!(self.addresses.get(&line.key));
            story
        });
        json!({
            "make": make, "pages_of": pages_of, "web_of": web_of, "pdf_of": pdf_of,
            "making": making, "failed": failed, "title": title,
            "pages": pages.collect::<Vec<_>>(),
            "stories": stories.collect::<Vec<_>>(),
            "left_out": self.left_out,
            "problems": self.problems.iter().chain(&self.later_problems).collect::<Vec<_>>(),
        })
    }
}
