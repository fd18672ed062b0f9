//! `report.json`: what was made, and what had to be given up.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::compose::{Composition, PreparedPicture, unplaced};
use crate::content::Reason;
use crate::content::model::plain;
use crate::makeup::model::{GivenUp, Sacrifice, Search};

/// The version of `plan.json` and `report.json`.
pub(super) const VERSION: u32 = 1;

/// The report of one edition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The version of the format.
    pub version: u32,
    /// The edition's date.
    pub date: Option<String>,
    /// The number of pages.
    pub pages: usize,
    /// The number of printed stories.
    pub stories: usize,
    /// The number of words in their bodies.
    pub words: usize,
    /// The number of printed pictures.
    pub pictures: usize,
    /// The number of pictures whose alternative text the program had to find.
    pub alts_filled: usize,
    /// Stories that continue on another page.
    pub jumps: Vec<Jump>,
    /// Stories that are printed under their short headline.
    pub short_heads: Vec<ShortHead>,
    /// Briefs, and the rails in which they stand.
    pub briefs: Vec<Brief>,
    /// What the plan had to give up.
    pub given_up: Vec<GivenUpReport>,
    /// How far the search for the plan got: the pages solved, the cost of the plan, and a lower bound
    /// of the cost of any plan.
    pub search: Search,
    /// Stories that are not in the edition, and why.
    pub left_out: Vec<LeftOut>,
    /// Stories whose pages differed from the plan, which is a fault of the program, and which were
    /// set again.
    pub set_again: Vec<SetAgain>,
    /// Pictures of printed stories for which there was no room.
    pub left_pictures: Vec<LeftPicture>,
    /// The pages.
    pub by_page: Vec<PageReport>,
    /// The printed pictures.
    pub by_picture: Vec<PictureReport>,
    /// The number of warnings.
    pub warnings: usize,
}

/// A jump.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Jump {
    /// The story.
    pub story: String,
    /// The page on which it is cut.
    pub from: u16,
    /// The page on which it continues.
    pub to: u16,
}

/// A story that is printed under its short headline.
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
    /// The page on which it begins.
    pub page: u16,
    /// The rail, by its key in the plan.
    pub rail: String,
}

/// Something that the plan had to give up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GivenUpReport {
    /// What was given up.
    pub what: Sacrifice,
    /// The page.
    pub page: Option<u16>,
    /// The story.
    pub story: Option<String>,
    /// How much, in the unit of its kind.
    pub amount: f64,
}

/// A story that is not in the edition, or not whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The story; or what else is left out: an ad, a piece of furniture, the lock of a page.
    pub story: String,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why something is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutReason {
    /// What the reading of the story found, or a fault that was found in it later
    /// ([`Reason::Broken`]).
    Read(Reason),
    /// A picture can't be printed; the story is printed without it.
    BrokenPicture,
    /// An ad can't be printed.
    BrokenAd,
    /// A piece of the front page's furniture can't be printed.
    BrokenFurniture,
    /// A locked page can't stand; it was made anew.
    BrokenLock,
    /// No way was found to set the story: a fault of the program.
    ProgramFault,
}

impl LeftOutReason {
    /// Its name in `report.json` and in what people are told.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Read(Reason::Draft) => "draft",
            Self::Read(Reason::Embargo) => "embargo",
            Self::Read(Reason::Future) => "future",
            Self::Read(Reason::Expired) => "expired",
            Self::Read(Reason::Hidden) => "hidden",
            Self::Read(Reason::Broken) => "broken",
            Self::Read(Reason::Empty) => "empty",
            Self::Read(Reason::Held) => "held",
            Self::Read(Reason::Killed) => "killed",
            Self::BrokenPicture => "broken picture",
            Self::BrokenAd => "broken ad",
            Self::BrokenFurniture => "broken furniture",
            Self::BrokenLock => "broken lock",
            Self::ProgramFault => "broken by a fault of the program",
        }
    }

    /// Whether something is broken, and nobody chose to leave it out.
    pub fn is_broken(self) -> bool {
        match self {
            Self::Read(reason) => reason == Reason::Broken,
            Self::BrokenPicture
            | Self::BrokenAd
            | Self::BrokenFurniture
            | Self::BrokenLock
            | Self::ProgramFault => true,
        }
    }
}

impl fmt::Display for LeftOutReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for LeftOutReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A story that was set again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAgain {
    /// The story.
    pub story: String,
    /// How its pages differed from the plan.
    pub fault: String,
    /// How it was set again.
    pub set: String,
}

/// A picture for which there was no room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftPicture {
    /// The story.
    pub story: String,
    /// The file, as the story names it.
    pub src: String,
    /// The page on which the story begins.
    pub page: u16,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageReport {
    /// Its number.
    pub page: u16,
    /// Its cost in the make-up.
    pub cost: f64,
    /// The headlines of its stories, the heaviest first, with their sizes in points.
    pub heads: Vec<(String, Option<f32>)>,
    /// The share of its area that pictures take, 0 to 1.
    pub art_share: f64,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PictureReport {
    /// The story.
    pub story: String,
    /// The file as the story names it.
    pub src: String,
    /// The share of its area that the crop keeps, 0 to 1.
    pub kept: f64,
    /// The factor by which it lacks pixels for the wanted resolution; 1 if it has enough.
    pub enlarged: f64,
}

/// The report of a composition. The caller fills in what only the build knows: `left_out`,
/// `set_again`, `warnings`, `alts_filled`.
pub(crate) fn report(composition: &Composition, pictures: &[PreparedPicture]) -> Report {
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

/// A cost rounded to hundredths.
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
