//! What the make-up is given: an edition in numbers.

use serde::{Deserialize, Serialize};

use super::plan::{GivenUp, Module, PagePlan, Rows};

/// An edition to make up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// The grid of its pages.
    pub format: Format,
    /// The stories, in any order. The plan refers to them by their index here.
    pub items: Vec<Item>,
    /// The number of sections. Items name them from 0, in the paper's order.
    pub sections: u16,
    /// The wished number of pages.
    pub pages: PageCount,
    /// The most stories on the front page.
    pub front_stories: u8,
    /// The advertisements, which are placed before any story.
    #[serde(default)]
    pub ads: Vec<Ad>,
    /// The locked pages, each number at most once.
    #[serde(default)]
    pub locked: Vec<LockedPage>,
    /// The edition's day, counted from any day. Archetypes take turns by it.
    #[serde(default)]
    pub day: u32,
}

/// A locked page, which is laid in as it was made before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LockedPage {
    /// Its plan. The page numbers of its jumps are adapted to the rest of the edition.
    pub page: PagePlan,
    /// What its modules gave up: white and legs that break the rules.
    pub given_up: Vec<GivenUp>,
}

/// An advertisement. One that is as wide as the page is a strip at its foot; any other stands in
/// the outer corner of the foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ad {
    /// The columns it spans.
    pub columns: u8,
    /// Rows it takes.
    pub rows: Rows,
    /// The page on which it must stand, from 1; without one, it goes to any page inside with room.
    pub page: Option<u16>,
    /// Whether it is a filler: an ad of the paper's own, printed only where a page would have white.
    pub filler: bool,
}

/// The grid of a page and the bands that are taken before any story is placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Format {
    /// Columns.
    pub columns: u8,
    /// Rows of the live area, top margin to foot margin.
    pub rows: Rows,
    /// Rows between a module and the one below it (the rule stands there).
    pub gap: Rows,
    /// Rows taken at the top of the front page (skyline, nameplate, date line).
    pub front_top: Rows,
    /// Rows taken at the foot of the front page (the index).
    pub front_foot: Rows,
    /// Rows taken at the top of a page inside (the folio).
    pub inside_top: Rows,
    /// Rows taken at the top of the first page of a section (folio and section head).
    pub section_top: Rows,
    /// The sections that have a front of their own, with a larger head.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fronts: Vec<u16>,
    /// Rows taken at the top of such a front (folio and head).
    #[serde(default)]
    pub section_front_top: Rows,
    /// Rows taken at the foot of the last page (the imprint).
    pub last_foot: Rows,
    /// Width of a column over the height of a row.
    pub column_in_rows: f64,
    /// Width of a gutter over the height of a row.
    pub gutter_in_rows: f64,
    /// The largest head on the front page, in points: a step of the ladder.
    pub head_most_front: f32,
    /// The largest head inside, in points: a step of the ladder below the front page's.
    pub head_most_inside: f32,
}

impl Format {
    /// Rows taken at the top of the page on which a section begins with its head.
    #[must_use]
    pub(crate) fn top_of_section(&self, section: Option<u16>) -> Rows {
        let front = section.is_some_and(|section| self.fronts.contains(&section));
        if front { self.section_front_top } else { self.section_top }
    }
}

/// The wished number of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageCount {
    /// This number, if possible. The edition gets as many pages as it needs.
    pub wanted: Option<u16>,
    /// A multiple of this.
    pub multiple: u16,
}

/// One story as the make-up sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its section.
    pub section: u16,
    /// Its index in the order of weight, from 0 for the heaviest. No two items have the same.
    pub order: u16,
    /// Its priority, from 1 (leads) to 9, from which the order was made.
    pub priority: u8,
    /// The heads it can have: one for each step of the ladder, smallest first.
    pub heads: Vec<Head>,
    /// How the smallest head sets at each span if it takes more lines than a head should; empty if that
    /// is unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rough: Vec<Option<HeadSetting>>,
    /// Its deck.
    pub deck: Option<Deck>,
    /// Its body, set to one column.
    pub galley: Galley,
    /// Its body in wider legs, if it may stand in such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wide: Option<Wide>,
    /// Its pictures, the most important first.
    pub pictures: Vec<Picture>,
    /// Its pull-quotes, each one column wide, in the order of preference.
    pub quotes: Vec<Quote>,
    /// The heads of its remainder: the usual one, then larger ones for a remainder that leads its page.
    pub jump_heads: Vec<JumpSize>,
    /// The page it must be on, from 1.
    pub page: Option<u16>,
    /// The columns it must span.
    pub columns: Option<u8>,
    /// Whether it may be continued on another page.
    pub may_jump: bool,
    /// What else the editor wants of it.
    #[serde(default)]
    pub hand: Hand,
    /// Its kind.
    #[serde(default)]
    pub kind: ItemKind,
    /// Whether it stands in a box.
    #[serde(default)]
    pub boxed: bool,
}

/// A text set to legs of several columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wide {
    /// The columns that each leg takes.
    pub measure: u8,
    /// Whether it should always stand in such legs, because its tables are cramped in one column. A text
    /// without such tables has them only if it leads a page.
    #[serde(default)]
    pub wanted: bool,
    /// The text.
    pub galley: Galley,
}

/// The head of a remainder at one size, with “From page 1” beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JumpSize {
    /// Its size in points.
    pub size: f32,
    /// Its rows by span (index 0 is one column); 0 if it doesn't fit.
    pub rows: Vec<Rows>,
}

/// The wished place, size and company of an item. All of them concern the page on which the story
/// begins, except `apart`, which concerns all its pages.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Hand {
    /// Its place on its page.
    pub position: Option<Position>,
    /// Its size.
    pub size: Option<Size>,
    /// The items that must begin on the same page.
    pub with: Vec<usize>,
    /// The items that must not share a page with it.
    pub apart: Vec<usize>,
}

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Above or below all other stories in its columns.
    pub edge: Option<Edge>,
    /// At one of the sides of the page.
    pub flank: Option<Flank>,
}

/// The upper or the lower edge of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Edge {
    /// No story above it.
    Top,
    /// No story below it.
    Foot,
}

/// A side of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Flank {
    /// Away from the spine.
    Outer,
    /// At the spine.
    Inner,
}

/// The wished size of a story.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// At least a third of a page.
    Large,
    /// At most an eighth of a page.
    Small,
    /// A head of this size in points: the nearest step of the ladder is taken.
    Head(f32),
}

/// The kind of an item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemKind {
    /// A story.
    #[default]
    Story,
    /// Briefs below each other under one head. A rail is at most `RAIL_MOST` columns wide, and
    /// its legs may be as long as the page: it is no grey text.
    Rail,
    /// A picture that stands by itself: its headline is in its caption, and it has no head.
    Picture,
}

/// A head at one size.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Its size in points.
    pub size: f32,
    /// How it sets at each span (index 0 is one column); none if it can't.
    pub set: Vec<Option<HeadSetting>>,
    /// How the short headline sets at each span; empty if there is none.
    #[serde(default)]
    pub short: Vec<Option<HeadSetting>>,
}

impl Item {
    /// The step of its heads that is nearest to a size in points; none if it has no heads.
    #[must_use]
    pub(crate) fn step_near(&self, points: f32) -> Option<usize> {
        let off = |k: &usize| (self.heads[*k].size - points).abs();
        (0..self.heads.len()).min_by(|a, b| off(a).total_cmp(&off(b)))
    }

    /// Its text in legs of a number of columns. For a measure at which it isn't set, its text in one
    /// column.
    #[must_use]
    pub(crate) fn text(&self, measure: u8) -> &Galley {
        self.wide.as_ref().filter(|_| measure > 1).map_or(&self.galley, |wide| &wide.galley)
    }

    /// How the head of a module of this item sets; none if it has no head or no setting there.
    #[must_use]
    pub(crate) fn setting(&self, module: &Module) -> Option<HeadSetting> {
        let head = self.heads.get(module.head_step?)?;
        let settings = if module.short_head { &head.short } else { &head.set };
        settings.get(usize::from(module.head.columns).checked_sub(1)?).copied().flatten()
    }

    /// The rows of the head of a remainder over a number of columns; none if it doesn't fit.
    #[must_use]
    pub(crate) fn jump_rows(&self, step: u8, columns: u8) -> Option<Rows> {
        let head = self.jump_heads.get(usize::from(step))?;
        let rows = head.rows.get(usize::from(columns).checked_sub(1)?).or(head.rows.last());
        rows.copied().filter(|rows| *rows > 0)
    }
}

/// How a head sets at one size and span.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct HeadSetting {
    /// The rows it takes with its kicker and its white.
    pub rows: Rows,
    /// Lines of the headline.
    pub lines: u8,
    /// The last line's width over the longest one's.
    pub last_line: f32,
    /// Whether the last line is a single word (and not the only line).
    pub last_word_alone: bool,
    /// The number of lines, except the last, that end in an article or a preposition.
    pub bad_ends: u8,
    /// The longest line's width over the span's.
    pub fill: f32,
    /// White beside its lines, in columns times rows.
    pub white: f32,
    /// The largest rectangle of that white which looks like a hole, in columns times rows, or 0.
    pub hole: f32,
}

/// A deck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deck {
    /// Its rows by span (index 0 is one column).
    pub rows: Vec<Rows>,
    /// Whether it may be left out.
    pub droppable: bool,
}

/// A body, line by line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Galley {
    /// Its slices from top to bottom.
    pub slices: Vec<Slice>,
}

/// A piece of a galley that is never cut: a line, as a rule.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Slice {
    /// Rows of white before it, which vanish at the top of a leg.
    pub gap: Rows,
    /// The rows it takes itself, at least one.
    pub rows: Rows,
    /// The cost of ending a leg after it; none if no leg may end there.
    pub break_after: Option<f32>,
    /// Whether the story may be cut for a jump after it (in the middle of a
    /// paragraph, at a line without a hyphen).
    pub jump_after: bool,
    /// Whether it breaks up the grey: a subhead, a list, a table, a quotation.
    pub relief: bool,
    /// The rows that are repeated above it if a leg begins with it: the head of its table.
    #[serde(default)]
    pub again: Rows,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// Width over height.
    pub aspect: f64,
    /// Whether it must not be cropped.
    pub whole: bool,
    /// The least share of its area that a crop keeps.
    pub keep: f64,
    /// The most columns for which it has the pixels, at least 1.
    pub most_columns: u8,
    /// The most rows for which it has the pixels, at least 1.
    pub most_rows: Rows,
    /// The columns that it needs for its letters to be read; 0 if it is no graphic.
    #[serde(default)]
    pub readable: u8,
    /// The rows of caption, credit and the white around them, by span (index 0 is one column).
    pub caption: Vec<Rows>,
    /// Whether it is a mug shot: one column by some `MUG_ROWS` rows.
    #[serde(default)]
    pub mug: bool,
}

/// A pull-quote.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Rows it takes in one column with its rules and white.
    pub rows: Rows,
}
