//! What a review is made from, and its form.

use serde::Serialize;
use serde_json::Value;

use super::finding::Finding;
use super::head_fit::HeadFit;
use super::picture_fit::PictureFit;
use super::since_last::SinceLast;
use super::text_fit::TextFit;
use crate::compose::{Composition, PreparedPicture};
use crate::diag::Diagnostic;
use crate::editor::pin_outcomes::Price;
use crate::export::LeftOut;
use crate::makeup;
use crate::makeup::model::{Cells, Plan, Sacrifice, Search};

/// The version of the form of a review.
pub(super) const VERSION: u32 = 1;

/// What a review is made from.
pub struct Material<'a> {
    /// The stories, the page and the plan.
    pub composition: &'a Composition<'a>,
    /// The edition as the make-up saw it.
    pub seen: &'a makeup::Edition,
    /// The pictures, prepared for their places.
    pub pictures: &'a [PreparedPicture],
    /// The diagnostics of the stories.
    pub said: &'a [Diagnostic],
    /// What is not in the edition.
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
    /// How far the search for the plan came.
    pub search: Search,
    /// What differs from the plan as it was last published.
    pub since_last: SinceLast,
    /// What is not in the edition, and why.
    pub left_out: Vec<LeftOut>,
    /// Other ways to make pages up, where the caller had them looked for.
    pub alternatives: Vec<PageAlternatives>,
    /// What the editor's pins cost, the heaviest story's first, where the caller had them priced.
    pub pins: Vec<Price>,
    /// The number of pins that were not priced.
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
    /// The share of its cells that is used, 0 to 1.
    pub fill: f64,
    /// Its empty cells: a cell is a column by a row.
    pub white: u32,
    /// The share of its cells that pictures take, 0 to 1.
    pub art_share: f64,
    /// Its price by the make-up's costs.
    pub cost: f64,
    /// What was given up on it, worst first.
    pub given_up: Vec<GivenUpHere>,
}

/// A story, or a part of one, on a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModuleReview {
    /// The story.
    pub story: String,
    /// The size of its head in points; none where the story goes on from another page.
    pub head: Option<f32>,
    /// The page that it comes from.
    pub from: Option<u16>,
    /// The page that it goes on to.
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
    /// The story, where it belongs to one.
    pub story: Option<String>,
    /// How much, in the unit of that kind.
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
    /// The pages that it stands on, in the order of reading.
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
    /// Lines of its text on that page and those before it.
    pub lines_before: u32,
    /// Lines of its text after the jump.
    pub lines_after: u32,
}

/// The ways in which one page could be made up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageAlternatives {
    /// Its number.
    pub page: u16,
    /// Whether it is locked: then there is nothing to choose.
    pub locked: bool,
    /// The page as it would be printed.
    pub now: PageReview,
    /// The others, the cheapest first.
    pub others: Vec<Way>,
}

/// Another way to make a page up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    /// Its letter: `a` and so on.
    pub name: char,
    /// By how much the price of the edition rises with it.
    pub more: f64,
    /// The page made up that way.
    #[serde(flatten)]
    pub page: PageReview,
    /// The plan of the whole edition with it.
    #[serde(skip)]
    pub plan: Plan,
}
