//! The types that the rooms of the make-up share, from a story's zone to a finished page. Data alone.
//!
//! A *unit* is a story, or what is left of one after a jump. A *lot* is a unit or a bundle of small
//! units that are placed together. A *zone* is its text and pictures in
//! some columns and rows, a *shape* the zone with a head above it. A unit in its shape at a place is
//! a *stand*, and a page of stands a *draft*.

use crate::makeup::limits::{COLUMNS_MOST, LEGS_MOST, PICTURES_MOST};
use crate::makeup::model::{PlacedAd, Rows};

/// What is to be set: a story, or what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Its place in the edition's items.
    pub item: usize,
    /// Its first slice.
    pub start: usize,
    /// Which part of the story it is.
    pub part: u16,
    /// The page the part before it stands on.
    pub from: Option<u16>,
    /// The slice it is cut before, where what follows stands on another page already.
    pub until: Option<u32>,
    /// The pictures it may show, the most important first.
    pub pictures: Vec<u16>,
    /// The quotes it may show.
    pub quotes: Vec<u16>,
}

/// How the last leg ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tail {
    /// With the galley's last slice.
    End,
    /// At a cut, to be continued elsewhere.
    Cut,
}

/// A picture in a zone; rows count from the zone's top.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PicAt {
    /// Its place in the item's pictures.
    pub picture: u16,
    /// Its first column in the zone.
    pub column: u8,
    /// The columns it spans.
    pub columns: u8,
    /// Its first row.
    pub row: Rows,
    /// Its rows.
    pub rows: Rows,
    /// The rows of its caption, right below.
    pub caption: Rows,
    /// Whether it stands at the foot of its columns.
    pub at_foot: bool,
}

/// What stands between two legs of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inset {
    /// A quote: its place in the item's quotes.
    Quote(u16),
    /// A mug shot: its place in the zone's pictures. It has a row of white above it.
    Mug(u8),
}

/// A quote or a mug shot inside a column of a zone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InsetAt {
    /// What it is.
    pub inset: Inset,
    /// Its column in the zone.
    pub column: u8,
    /// Its first row, from the top of the zone.
    pub row: Rows,
    /// Its rows, white included.
    pub rows: Rows,
}

/// One way to set a text in `w` columns.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Zone {
    /// Columns that it spans.
    pub w: u8,
    /// Rows of the zone, from below head and deck to the module's foot.
    pub b: Rows,
    /// Rows taken by art at the top of each column, white below it included.
    pub tops: [Rows; COLUMNS_MOST],
    /// Rows taken by art at the foot of each column, white above it included.
    pub feet: [Rows; COLUMNS_MOST],
    /// Its pictures: the first `n_pics` of these.
    pub pics: [PicAt; PICTURES_MOST],
    /// How many pictures it has.
    pub n_pics: u8,
    /// What stands between two legs, if anything does.
    pub inset: Option<InsetAt>,
    /// Rows of white between a caption at the top and the text below it.
    pub art_slack: Rows,
    /// Rows left over at the end of the last leg or below art that has no text under it.
    pub end_slack: Rows,
    /// Whether legs before the last one end a row early.
    pub short: bool,
    /// How the text ends.
    pub tail: Tail,
    /// The slice after the last one set here.
    pub end: u32,
    /// Columns that each leg takes.
    pub measure: u8,
    /// Whether the text stands in the first column alone.
    pub single: bool,
    /// Whether the legs were threaded by force.
    pub forced: bool,
    /// What it costs, whatever the module's rank.
    pub cost: f32,
}

/// A run of a column that text stands in: column, first row, rows.
pub(crate) type Run = (u8, Rows, Rows);

/// The runs of a zone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Runs {
    /// The first `n` of these.
    pub runs: [Run; LEGS_MOST],
    /// How many there are.
    pub n: usize,
    /// Rows of columns under art that are too few for a leg.
    pub lost: Rows,
}

/// Ranks that are told apart; lighter ones are alike.
pub(crate) const RANKS: u8 = 6;

/// Schemes of head sizes, from the boldest to the one that takes anything.
pub(crate) const SCHEMES: u8 = 5;
/// The one that takes anything.
pub(crate) const ANY_SIZE: u8 = SCHEMES - 1;

/// What a shape's cost depends on beside the item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Role {
    /// Its rank on the page, at most `RANKS - 1`.
    pub rank: u8,
    /// Whether its picture is to dominate the page.
    pub dominant: bool,
    /// Whether the page is the front.
    pub front: bool,
    /// The scheme of head sizes.
    pub scheme: u8,
    /// Whether no whole story on the page is lighter.
    pub last: bool,
    /// Whether it may be cut for a jump.
    pub cut: bool,
    /// Whether a text may end with much white.
    pub roomy: bool,
    /// Whether legs may be threaded by force.
    pub forced: bool,
}

/// What heads a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heading {
    /// Nothing: a picture by itself has its headline in its caption.
    None,
    /// The story's head, at a step of the ladder of sizes.
    Step(u8),
    /// The head of a remainder: its place in the item's jump heads. The first is the usual one.
    Jump(u8),
}

impl Heading {
    /// The usual head of a remainder.
    pub(crate) const USUAL_JUMP: Self = Self::Jump(0);
}

/// One way to print an item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Its zone, in the item's zones (cut zones after the whole ones).
    pub zone: u32,
    /// Its head.
    pub heading: Heading,
    /// Whether the short headline is printed.
    pub short: bool,
    /// Whether the deck is printed.
    pub deck: bool,
    /// Rows of white above the head.
    pub slack: u8,
    /// The head's size, rounded to points; 0 where no head beside it can be its like.
    pub points: u8,
}

/// What is placed as one and stands in one part of a page: a unit, or a bundle of small ones in a
/// rectangle of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lot {
    /// A unit.
    One(usize),
    /// A bundle of units.
    Group(Vec<usize>),
}

/// Where the outer edge of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// The sides of its page that each part keeps to, as sets of parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sides {
    pub tops: usize,
    pub feet: usize,
    pub lefts: usize,
    pub rights: usize,
}

impl Sides {
    pub(crate) fn any(self) -> bool {
        self != Self::default()
    }
}

/// The outer corner of a page's foot, taken by ads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Corner {
    /// Columns.
    pub w: u8,
    /// Rows.
    pub h: Rows,
    /// Whether it is at the reading edge of the page.
    pub left: bool,
}

/// What a page is made for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask {
    /// Whether it is the front page.
    pub front: bool,
    /// Rows that modules may take.
    pub rows: Rows,
    /// Whether the page may end early.
    pub free: bool,
    /// Whether it is the last.
    pub last: bool,
    /// The scheme of head sizes, below [`SCHEMES`].
    pub scheme: u8,
    /// Whether texts may end with much white.
    pub roomy: bool,
    /// Whether texts may be threaded by force.
    pub forced: bool,
    /// What ads take of the foot.
    pub corner: Option<Corner>,
}

impl Ask {
    /// A page inside of so many rows that is to be full.
    pub(crate) fn inside(rows: Rows, corner: Option<Corner>) -> Self {
        Self {
            front: false,
            rows,
            free: false,
            last: false,
            scheme: 0,
            roomy: false,
            forced: false,
            corner,
        }
    }
}

/// A module's place within the rectangle that was solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The part of the page: a module, or the ads in a corner.
    pub part: usize,
    /// The first column.
    pub x: u8,
    /// The first row.
    pub y: Rows,
    /// Columns.
    pub w: u8,
    /// Rows.
    pub h: Rows,
}

/// A unit at its place on a page.
#[derive(Debug, Clone)]
pub(crate) struct Stand {
    /// The unit: its number in the workshop.
    pub unit: usize,
    /// Its rank on the page: 0 leads.
    pub rank: u8,
    /// The first column.
    pub x: u8,
    /// From the first row that modules may use.
    pub y: Rows,
    /// Columns.
    pub w: u8,
    /// Rows.
    pub h: Rows,
    /// How it is printed.
    pub shape: Shape,
    /// Its text and pictures.
    pub zone: Zone,
    /// Whether the picture stands above the head.
    pub over: bool,
}

/// A page that could be printed.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// What it costs.
    pub cost: f32,
    /// Rows left at the foot.
    pub white: Rows,
    /// What stands on it, the heaviest first.
    pub stands: Vec<Stand>,
}

/// The rows of a page that stories may use, and the ads around them.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    /// The first row that stories may use.
    pub top: Rows,
    /// The row after the last one that stories may use.
    pub foot: Rows,
    /// The ads in the corner, if there are any.
    pub corner: Option<Corner>,
    /// All ads of the page, at their places.
    pub ads: Vec<PlacedAd>,
}

impl Room {
    pub(crate) fn rows(&self) -> Rows {
        self.foot - self.top
    }

    /// The same room with nothing beside the ads in the corner; none where there are none.
    pub(crate) fn above_corner(&self, gap: Rows) -> Option<Self> {
        let foot = self.foot.checked_sub(self.corner?.h + gap).filter(|&foot| foot > self.top)?;
        Some(Self { foot, corner: None, ..self.clone() })
    }
}

/// A page that was chosen: the draft and the lots that it used.
pub(crate) struct PageChoice {
    /// The page.
    pub(crate) draft: Draft,
    /// What it is made of.
    pub(crate) lots: Vec<Lot>,
    /// Its rank among the pages that could be chosen: the lower, the better.
    pub(crate) score: f32,
}

/// A page that was decided on.
#[derive(Debug, Clone)]
pub(crate) struct MadePage {
    /// What stands on it.
    pub draft: Draft,
    /// The first row that stories use.
    pub top: Rows,
    /// The row after the last one that they use.
    pub foot: Rows,
    /// The section it belongs to, if it belongs to one.
    pub section: Option<u16>,
    /// Whether a section begins here, with its head.
    pub section_head: bool,
    /// The ads in the corner, if there are any.
    pub corner: Option<Corner>,
    /// All its ads, at their places.
    pub ads: Vec<PlacedAd>,
    /// Its place in the edition's locked pages, if it is one.
    pub locked: Option<usize>,
}

/// A locked page, ready to be laid in.
#[derive(Debug, Clone)]
pub(crate) struct LaidAside {
    /// Its place in the edition's locked pages.
    pub(crate) at: usize,
    /// The units that its modules are.
    pub(crate) units: Vec<usize>,
}
