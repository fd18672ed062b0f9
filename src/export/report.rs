//! What was made and what was given up: `report.json`.

use serde::Serialize;

use crate::compose::{Composition, PreparedPicture, unplaced};
use crate::content::story::plain;
use crate::makeup::model::{GivenUp, Sacrifice, Search};

/// The version of `plan.json` and `report.json`.
pub(super) const VERSION: u32 = 1;

/// The report of one edition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The version of this format.
    pub version: u32,
    /// The edition's date.
    pub date: Option<String>,
    /// Pages.
    pub pages: usize,
    /// Stories printed.
    pub stories: usize,
    /// Words in their bodies.
    pub words: usize,
    /// Pictures printed.
    pub pictures: usize,
    /// Pictures whose alternative text the program had to find.
    pub alts_filled: usize,
    /// Stories that go on on another page.
    pub jumps: Vec<Jump>,
    /// Stories that stand under their short headline.
    pub short_heads: Vec<ShortHead>,
    /// Briefs and the rails they stand in.
    pub briefs: Vec<Brief>,
    /// What the plan had to give up.
    pub given_up: Vec<GivenUpReport>,
    /// What was tried for the plan: pages solved, what the plan costs, and what any plan of the
    /// shapes that were looked at costs at least.
    pub search: Search,
    /// Stories that are not in the edition, and why.
    pub left_out: Vec<LeftOut>,
    /// Stories that came out otherwise than planned, which is a fault of the program's, and were
    /// set again.
    pub set_again: Vec<SetAgain>,
    /// Pictures of printed stories that found no room.
    pub left_pictures: Vec<LeftPicture>,
    /// Page by page.
    pub by_page: Vec<PageReport>,
    /// Picture by picture.
    pub by_picture: Vec<PictureReport>,
    /// Warnings.
    pub warnings: usize,
}

/// A jump.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Jump {
    /// The story.
    pub story: String,
    /// From which page.
    pub from: u16,
    /// To which page.
    pub to: u16,
}

/// A story that stands under its short headline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShortHead {
    /// The story.
    pub story: String,
    /// Its page.
    pub page: u16,
    /// The short headline.
    pub headline: String,
}

/// A brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// The story.
    pub story: String,
    /// The page it begins on.
    pub page: u16,
    /// The rail, by its key in the plan.
    pub rail: String,
}

/// Something that was given up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GivenUpReport {
    /// What.
    pub what: Sacrifice,
    /// The page.
    pub page: Option<u16>,
    /// The story.
    pub story: Option<String>,
    /// How much, in the unit that the kind has.
    pub amount: f64,
}

/// A story that is not in the edition, or not whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The story.
    pub story: String,
    /// `draft`, `embargo`, `future`, `expired`, `hidden`, `empty`, `broken`, `held`, `killed`; or `broken picture` where the
    /// story is printed without it, `broken lock` of a page that was made anew, and `broken by a
    /// fault of the program` where no way was found to set a story.
    pub reason: String,
}

/// A story that was set again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAgain {
    /// The story.
    pub story: String,
    /// What was wrong at first.
    pub fault: String,
    /// How it was set then.
    pub set: String,
}

/// A picture that found no room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftPicture {
    /// The story.
    pub story: String,
    /// The file as the story names it.
    pub src: String,
    /// The page that the story begins on.
    pub page: u16,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageReport {
    /// Its number.
    pub page: u16,
    /// The solver's cost.
    pub cost: f64,
    /// Its stories, heaviest first, with the size of their heads in points.
    pub heads: Vec<(String, Option<f32>)>,
    /// The share of its area that pictures take.
    pub art_share: f64,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PictureReport {
    /// The story.
    pub story: String,
    /// The file as the story names it.
    pub src: String,
    /// The share of its area that was kept.
    pub kept: f64,
    /// By how much it is enlarged.
    pub enlarged: f64,
}

/// The report of a composition. What only the build knows (`left_out`,
/// `warnings`, `alts_filled`) is for the caller to fill in.
pub fn report(composition: &Composition, pictures: &[PreparedPicture]) -> Report {
    let Composition { edition, plan, .. } = composition;
    let key = |item: usize| edition.stories[item].key.clone();
    let modules = || plan.pages.iter().flat_map(|page| page.modules.iter().map(move |m| (page, m)));
    let jumps = modules()
        .filter_map(|(page, module)| {
            Some(Jump { story: key(module.item), from: page.number, to: module.to? })
        })
        .collect();
    let short_heads =
        modules().filter(|(_, module)| module.short_head).filter_map(|(page, module)| {
            let story = &edition.stories[module.item];
            let headline = story.short_headline.as_ref()?.text.clone();
            Some(ShortHead { story: story.key.clone(), page: page.number, headline })
        });
    let given_up = plan
        .given_up
        .iter()
        .map(|GivenUp { page, item, what, amount }| GivenUpReport {
            what: *what,
            page: *page,
            story: item.map(key),
            amount: *amount,
        })
        .collect();
    let by_picture = pictures
        .iter()
        .map(|picture| PictureReport {
            story: key(picture.item),
            src: edition.stories[picture.item].pictures[picture.picture].src.text.clone(),
            kept: (picture.kept * 1000.0).round() / 1000.0,
            enlarged: (picture.enlarged * 1000.0).round() / 1000.0,
        })
        .collect();
    Report {
        version: VERSION,
        date: edition.date.map(|date| date.to_string()),
        pages: plan.pages.len(),
        stories: edition.written().count(),
        words: edition.written().map(|story| story.words).sum(),
        pictures: pictures.len(),
        alts_filled: 0,
        jumps,
        short_heads: short_heads.collect(),
        briefs: briefs(composition),
        given_up,
        search: Search {
            cost: cents(plan.search.cost),
            bound: cents(plan.search.bound),
            ..plan.search
        },
        left_out: vec![],
        set_again: vec![],
        left_pictures: unplaced(edition, plan)
            .into_iter()
            .map(|(item, number, page)| {
                let src = edition.stories[item].pictures[number].src.text.clone();
                LeftPicture { story: key(item), src, page }
            })
            .collect(),
        by_page: plan.pages.iter().map(|page| page_report(composition, page)).collect(),
        by_picture,
        warnings: 0,
    }
}

fn cents(cost: f64) -> f64 {
    (cost * 100.0).round() / 100.0
}

fn briefs(composition: &Composition) -> Vec<Brief> {
    let mut all = vec![];
    for page in &composition.plan.pages {
        for module in &page.modules {
            for (slot, legs) in composition.briefs_of(module) {
                let known = |brief: &Brief| Some(&brief.story) == composition.key(slot);
                if legs.is_empty() || all.iter().any(known) {
                    continue;
                }
                let rail = composition.edition.stories[module.item].key.clone();
                let story = composition.key(slot).cloned().unwrap_or_default();
                all.push(Brief { story, page: page.number, rail });
            }
        }
    }
    all
}

fn page_report(composition: &Composition, page: &crate::makeup::model::PagePlan) -> PageReport {
    let Composition { edition, galleys, grid, .. } = composition;
    let heads = page.modules.iter().map(|module| {
        let size = module.head_step.map(|step| galleys[module.item].heads[step].size);
        (plain(&edition.stories[module.item].headline), size)
    });
    let art: u32 = page
        .modules
        .iter()
        .flat_map(|module| &module.pictures)
        .map(|picture| u32::from(picture.cells.columns) * u32::from(picture.cells.rows))
        .sum();
    let area = f64::from(grid.columns) * f64::from(page.foot.saturating_sub(page.top)).max(1.0);
    PageReport {
        page: page.number,
        cost: cents(page.cost),
        heads: heads.collect(),
        art_share: (f64::from(art) / area * 1000.0).round() / 1000.0,
    }
}
