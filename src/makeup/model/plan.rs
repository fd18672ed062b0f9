//! What the make-up answers: the plan of an edition, and what it gave up.

use serde::{Deserialize, Serialize};

/// A count of rows of the grid.
pub type Rows = u16;

/// The plan of an edition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Its pages in order.
    pub pages: Vec<PagePlan>,
    /// What had to be given up, worst first.
    pub given_up: Vec<GivenUp>,
    /// How far the search for it got.
    pub search: Search,
}

/// How far the search for a plan got, and how near the plan is to a lower bound of the cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Search {
    /// The number of pages that were solved, including those only tried.
    pub solved: u32,
    /// The cost of the plan: of its pages and of the order of its stories.
    pub cost: f64,
    /// A lower bound of the cost of any plan of the shapes that were tried: each story in its cheapest
    /// shape, on as few pages as hold all lines. Such a plan need not exist.
    pub bound: f64,
}

/// The plan of a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PagePlan {
    /// Its number, from 1.
    pub number: u16,
    /// The section it belongs to; none on the front page and on pages that several sections share.
    pub section: Option<u16>,
    /// Whether a section starts here, with its head.
    pub section_head: bool,
    /// The first row that modules may use.
    pub top: Rows,
    /// The row after the last one that modules may use.
    pub foot: Rows,
    /// Its modules, the heaviest first.
    pub modules: Vec<Module>,
    /// Its advertisements and fillers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ads: Vec<PlacedAd>,
    /// Its cost.
    pub cost: f64,
}

/// A rectangle of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cells {
    /// The first column.
    pub column: u8,
    /// The first row of the page's live area.
    pub row: Rows,
    /// Columns.
    pub columns: u8,
    /// Rows.
    pub rows: Rows,
}

/// One story, or a part of one, on a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Module {
    /// The story: its index in [`super::Edition::items`].
    pub item: usize,
    /// The rectangle it takes.
    pub cells: Cells,
    /// Its rank on the page: 0 leads.
    pub rank: u8,
    /// Which part of the story this is, from 0.
    pub part: u16,
    /// The page of the part before it.
    pub from: Option<u16>,
    /// The page of the next part.
    pub to: Option<u16>,
    /// The step of its head in [`super::Item::heads`]; none in a remainder, which has a jump head.
    pub head_step: Option<usize>,
    /// In a remainder: the index of its head in [`super::Item::jump_heads`].
    #[serde(default, skip_serializing_if = "is_usual")]
    pub jump_step: u8,
    /// The columns that each of its legs takes: more than one if the text is set wider.
    #[serde(default = "single", skip_serializing_if = "is_single")]
    pub measure: u8,
    /// Whether the short headline is printed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub short_head: bool,
    /// Whether it stands in a box: then its first and its last rows are white.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub boxed: bool,
    /// Where the head, or the jump head, stands.
    pub head: Cells,
    /// Where the deck stands, if it is printed.
    pub deck: Option<Cells>,
    /// Its pictures.
    pub pictures: Vec<PlacedPicture>,
    /// Its pull-quotes.
    pub quotes: Vec<PlacedQuote>,
    /// Its legs in the order of reading.
    pub legs: Vec<Leg>,
    /// Where the jump line stands.
    pub jump_line: Option<Cells>,
}

/// The measure of most modules.
fn single() -> u8 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants it so")]
fn is_usual(step: &u8) -> bool {
    *step == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants it so")]
fn is_single(measure: &u8) -> bool {
    *measure == 1
}

/// A picture at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedPicture {
    /// Its index in [`super::Item::pictures`].
    pub picture: usize,
    /// The picture itself.
    pub cells: Cells,
    /// Its caption, right below.
    pub caption: Cells,
}

/// An advertisement at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedAd {
    /// Its index in [`super::Edition::ads`].
    pub ad: usize,
    /// Where it stands.
    pub cells: Cells,
}

/// A pull-quote at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedQuote {
    /// Its index in [`super::Item::quotes`].
    pub quote: usize,
    /// Where it stands.
    pub cells: Cells,
}

/// A leg: one column of a story's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// Where it stands: one column.
    pub cells: Cells,
    /// Its first slice.
    pub first: usize,
    /// The slice after its last.
    pub end: usize,
}

/// Something the plan had to give up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GivenUp {
    /// The page, if it concerns one.
    pub page: Option<u16>,
    /// The story, if it concerns one.
    pub item: Option<usize>,
    /// What was given up.
    pub what: Sacrifice,
    /// How much, in the unit of its kind: rows, pictures, points, a number.
    pub amount: f64,
}

/// The kinds of things that a plan may give up. The amount is in parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sacrifice {
    /// A story is not on the page it is pinned to (the page it is on).
    PinPage,
    /// A story does not span the columns it is pinned to (those it spans).
    PinColumns,
    /// A story that should stay on one page continues on another.
    PinJump,
    /// A story doesn't stand at the place on its page that it is pinned to.
    PinPosition,
    /// A story is not as large as it is pinned to be (points of its head).
    PinSize,
    /// A story is not on the page of a story with which it should stand (that story's page).
    PinWith,
    /// A story shares a page with one from which it should be apart (that page).
    PinApart,
    /// The wanted number of pages could not be kept.
    PageCount,
    /// White was left at the foot of a module (rows).
    White,
    /// An advertisement stands on another page than it was booked for (its number in the list).
    Ad,
    /// A picture was left out.
    Picture,
    /// A quote was left out.
    Quote,
    /// A deck was left out.
    Deck,
    /// A story was jumped more than once.
    SecondJump,
    /// A leg is shorter or longer than the rules allow (rows).
    Leg,
    /// Heads of like size stand side by side.
    Tombstone,
    /// A heavier story has a smaller head than a lighter one on its page.
    Hierarchy,
    /// A head, or a jump head, ends in the last `FOOT_ROWS` rows of a page (the rows below it).
    LowHead,
    /// A head has more than `HEAD_LINES_MOST` lines (its lines).
    LongHead,
}

impl Sacrifice {
    /// Whether it is a pin of the editor's.
    #[must_use]
    pub(crate) fn is_pin(self) -> bool {
        use Sacrifice::{PinApart, PinColumns, PinJump, PinPage, PinPosition, PinSize, PinWith};
        matches!(self, PinPage | PinColumns | PinJump | PinPosition | PinSize | PinWith | PinApart)
    }
}
