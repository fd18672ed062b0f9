//! An edition as an editor should see it before it is printed: how full its pages are, what is
//! wrong with them, worst first, and what can be done.
//!
//! [`review`] looks at a finished plan and changes nothing. Whether a plan keeps the hard rules
//! is [`makeup::check`]'s to say; what it says is taken in here.

mod alternatives;
mod findings;
mod heads;
mod last;
mod pictures;
#[cfg(test)]
mod sample;
mod text;
mod white;

use serde::Serialize;
use serde_json::Value;

pub use alternatives::{MOST_ALTERNATIVES, PageAlternatives, Way, page_alternatives};
pub use findings::{Finding, Kind, Level, Unit};
pub use heads::HeadFit;
pub use last::{Change, PageChange, SinceLast, State};
pub use pictures::PictureFit;
pub use text::{Cut, TextFit};
pub use white::white;

use crate::compose::{Composition, PreparedPicture};
use crate::content::story::plain;
use crate::diag::Diagnostic;
use crate::editor::pins::Price;
use crate::export::{LeftOut, Report, report};
use crate::makeup;
use crate::makeup::model::{Cells, Module, PagePlan, Sacrifice, Search};
use pictures::thousandths;

/// The version of a review.
const VERSION: u32 = 1;

/// What a review is made from.
pub struct Material<'a> {
    /// The stories, the page and the plan.
    pub composition: &'a Composition<'a>,
    /// The edition as the make-up saw it.
    pub seen: &'a makeup::Edition,
    /// The pictures at their places.
    pub pictures: &'a [PreparedPicture],
    /// What was said of the stories.
    pub said: &'a [Diagnostic],
    /// The stories that are not in the edition.
    pub left_out: &'a [LeftOut],
    /// The edition's `plan.json` as it was last published, where there is one.
    pub last: Option<&'a Value>,
}

/// A review of one edition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Review {
    /// The version of this form.
    pub version: u32,
    /// The edition's title.
    pub title: String,
    /// Its date.
    pub date: Option<String>,
    /// Words in the bodies.
    pub words: usize,
    /// Page by page.
    pub pages: Vec<PageReview>,
    /// What is wrong, worst first.
    pub findings: Vec<Finding>,
    /// Story by story, heaviest first.
    pub stories: Vec<StoryReview>,
    /// Picture by picture, in the order of the plan.
    pub pictures: Vec<PictureFit>,
    /// Every jump.
    pub jumps: Vec<JumpReview>,
    /// How far the search for the plan got.
    pub search: Search,
    /// What differs from the plan as it was last published.
    pub since_last: SinceLast,
    /// The stories that are not in the edition, and why.
    pub left_out: Vec<LeftOut>,
    /// The other ways to make pages up. It is for the caller to have them looked for.
    pub alternatives: Vec<PageAlternatives>,
    /// What the editor's pins cost, the heaviest story's first. It is for the caller to have them
    /// priced.
    pub pins: Vec<Price>,
    /// The pins beyond those.
    pub pins_not_priced: usize,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageReview {
    /// Its number.
    pub page: u16,
    /// Its sections, by their titles.
    pub sections: Vec<String>,
    /// Its stories and remainders, heaviest first.
    pub modules: Vec<ModuleReview>,
    /// The share of its columns and rows that is used.
    pub fill: f64,
    /// Empty cells, a column by a row.
    pub white: u32,
    /// The share of its columns and rows that pictures take.
    pub art_share: f64,
    /// What it costs in the solver's terms.
    pub cost: f64,
    /// What was given up on it, worst first.
    pub given_up: Vec<GivenUpHere>,
}

/// A story, or a part of one, on a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModuleReview {
    /// The story.
    pub story: String,
    /// The size of its head in points; none in a remainder.
    pub head: Option<f32>,
    /// The page the part before it stands on.
    pub from: Option<u16>,
    /// The page it goes on on.
    pub to: Option<u16>,
    /// Where it stands.
    pub cells: Cells,
    /// Where its pictures stand.
    pub art: Vec<Cells>,
}

/// Something that was given up on a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GivenUpHere {
    /// What.
    pub what: Sacrifice,
    /// The story, where it is one's.
    pub story: Option<String>,
    /// How much, in the unit that the kind has.
    pub amount: f64,
}

/// A story.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoryReview {
    /// Its key.
    pub story: String,
    /// Its headline.
    pub headline: String,
    /// Its priority.
    pub priority: u8,
    /// The pages it stands on.
    pub pages: Vec<u16>,
    /// How its headline fits.
    pub head: Option<HeadFit>,
    /// How its text fits.
    pub text: TextFit,
}

/// A jump.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JumpReview {
    /// The story.
    pub story: String,
    /// From which page.
    pub from: u16,
    /// To which page.
    pub to: u16,
    /// Lines of its text before the jump.
    pub lines_before: u32,
    /// Lines after it.
    pub lines_after: u32,
}

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
        pictures: pictures::pictures(composition, pictures, said),
        jumps: jumps(composition),
        search: report.search,
        since_last: last::since_last(&plan.pages, &keys, &grid, *last),
        left_out: left_out.to_vec(),
        alternatives: vec![],
        pins: vec![],
        pins_not_priced: 0,
    };
    review.findings = findings::findings(material, &review);
    review
}

/// The modules of a story, the one with the head first, with their pages.
fn modules_of<'a>(composition: &'a Composition, item: usize) -> Vec<(&'a PagePlan, &'a Module)> {
    let pages = composition.plan.pages.iter();
    let all = pages.flat_map(|page| page.modules.iter().map(move |module| (page, module)));
    let mut own: Vec<_> = all.filter(|(_, module)| module.item == item).collect();
    own.sort_by_key(|(_, module)| module.part);
    own
}

fn page_review(composition: &Composition, page: &PagePlan, report: &Report) -> PageReview {
    let Composition { edition, galleys, grid, format, plan } = composition;
    let empty = white::area(&white(page, grid.columns, format.gap));
    let all = f64::from(grid.columns) * f64::from(page.foot.saturating_sub(page.top)).max(1.0);
    let mut sections: Vec<u16> =
        page.modules.iter().map(|module| edition.section_of[module.item]).collect();
    sections.sort_unstable();
    sections.dedup();
    let title = |section: u16| edition.sections.get(usize::from(section)).cloned();
    let key = |item: usize| edition.stories[item].key.clone();
    // What a story gave up without a page stands where its head is.
    let here = |item: usize| page.modules.iter().any(|m| m.item == item && m.part == 0);
    let given_up = plan.given_up.iter().filter(|given| match given.page {
        Some(number) => number == page.number,
        None => given.item.is_some_and(here),
    });
    let modules = page.modules.iter().map(|module| ModuleReview {
        story: key(module.item),
        head: module.head_step.map(|step| galleys[module.item].heads[step].size),
        from: module.from,
        to: module.to,
        cells: module.cells,
        art: module.pictures.iter().map(|picture| picture.cells).collect(),
    });
    let reported = report.by_page.iter().find(|reported| reported.page == page.number);
    PageReview {
        page: page.number,
        sections: sections.into_iter().filter_map(title).collect(),
        modules: modules.collect(),
        fill: thousandths(1.0 - f64::from(empty) / all),
        white: empty,
        art_share: reported.map_or(0.0, |reported| reported.art_share),
        cost: reported.map_or(0.0, |reported| reported.cost),
        given_up: given_up
            .map(|given| GivenUpHere {
                what: given.what,
                story: given.item.map(key),
                amount: given.amount,
            })
            .collect(),
    }
}

fn story_review(composition: &Composition, item: usize) -> StoryReview {
    let Composition { edition, galleys, grid, .. } = composition;
    let (story, galley) = (&edition.stories[item], &galleys[item]);
    let own = modules_of(composition, item);
    let headline = plain(&story.headline);
    // The head of a rail is a label: nobody is to write it otherwise.
    let first = own.first().filter(|_| !edition.is_rail(item));
    let head = first.and_then(|(page, module)| {
        let short = story.short_headline.as_ref().filter(|_| module.short_head);
        let printed = short.map_or(&headline, |short| &short.text);
        let stand = heads::Stand {
            step: module.head_step?,
            rank: module.rank,
            page: page.number,
            span: module.head.columns,
            columns: grid.columns,
            short: module.short_head,
        };
        let written = heads::Written {
            characters: printed.chars().count() as u32,
            words: printed.split_whitespace().count(),
        };
        heads::head_fit(&galley.heads, written, stand, |span| grid.span(span))
    });
    let modules: Vec<&Module> = own.iter().map(|(_, module)| *module).collect();
    StoryReview {
        story: story.key.clone(),
        headline,
        priority: edition.priorities[item],
        pages: own.iter().map(|(page, _)| page.number).collect(),
        head,
        text: text::text_fit(story, galley, &modules),
    }
}

fn jumps(composition: &Composition) -> Vec<JumpReview> {
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
