//! Every weight of the make-up: what a page and an edition pay for.
//!
//! The search takes the plan that costs least. The unit is a *point* of cost:
//!
//! - a name that ends in `_ROW`, `_COLUMN`, `_STEP` or `_CELL` is in points for each of these;
//! - a name that ends in `_ROWS`, `_COLUMNS`, `_POINTS` or `_SHARE` is no price but where one begins;
//! - a price below or above a share is for the whole of it: a page that lacks a tenth pays a tenth;
//! - any other is in points for each time that it happens.
//!
//! The groups are those that an editor thinks in: white, legs, heads, what is left out, pictures,
//! jumps, the module on its page, the page as a whole, the edition, pins. What a plan may not do at
//! any price is in `limits.rs`, how much is tried in `effort.rs`.
//!
//! To compare: a row of white at a page's foot costs about 2, a page that looks right 10 to 25 in
//! all. A page of more than 40 is printed only where there is no other.

/// What can't be made costs so much: no sum with it is worth anything.
pub(crate) const IMPOSSIBLE: f32 = f32::INFINITY;

/// White.
pub(super) mod white {
    /// A row above a head, where rounding to rows belongs.
    pub(crate) const ABOVE_HEAD: f32 = 0.5;
    /// A row below a picture.
    pub(crate) const UNDER_ART: f32 = 0.25;
    /// A row at the end of a text.
    pub(crate) const AT_END: f32 = 0.2;
    /// A row at the end of a text that is too short for several legs.
    pub(crate) const AT_END_OF_SHORT: f32 = 0.15;
    /// A text that ends with more white than a module's slack. Then each of the first rows of it,
    /// which still look like a wide margin, and each row beyond them.
    pub(crate) const LOOSE: f32 = 3.0;
    pub(crate) const LOOSE_ROW: f32 = 0.6;
    pub(crate) const LOOSE_FIRST_ROWS: u16 = 5;
    pub(crate) const LOOSE_ROW_MORE: f32 = 0.4;
    /// A row that the plan has to tell of, once pages are compared.
    pub(crate) const TOLD_ROW: f32 = 0.5;
    /// A row at the foot of a page. A few are a page's breath; each of more is part of a hole.
    pub(crate) const FOOT_ROW: f32 = 1.8;
    pub(crate) const FOOT_BREATH_ROWS: u16 = 3;
    pub(crate) const FOOT_HOLE_ROW: f32 = 4.0;
    /// A row at the foot of the last page, which may end early.
    pub(crate) const LAST_FOOT_ROW: f32 = 0.3;
    /// A text that ends early above white at a page's foot: more rows than these in one column
    /// look like a hole, and each of them costs.
    pub(crate) const COLUMN_HOLE_ROWS: u16 = 4;
    pub(crate) const COLUMN_HOLE_ROW: f32 = 4.0;
    /// The share of a page inside that its modules fill (gaps take the rest), and the price of what
    /// is missing.
    pub(crate) const FULL_SHARE: f32 = 0.9;
    pub(crate) const EMPTY: f32 = 120.0;
    /// The same of the last page.
    pub(crate) const LAST_FULL_SHARE: f32 = 0.8;
    pub(crate) const LAST_EMPTY: f32 = 30.0;
}

/// The lengths of legs, and how text is threaded through them.
pub(super) mod leg {
    /// A row that a leg lacks to this length: a stub is hard to read across.
    pub(crate) const SHORT_ROWS: u16 = 10;
    pub(crate) const SHORT_ROW: f32 = 0.05;
    /// A row that a leg has beyond this length: a long column tires. It does so more where it
    /// stands alone.
    pub(crate) const LONG_ROWS: u16 = 40;
    pub(crate) const LONG_ROW: f32 = 0.06;
    pub(crate) const LONG_ROW_ALONE: f32 = 0.1;
    /// A leg that ends a row early, since no break is allowed at its foot.
    pub(crate) const ROW_EARLY: f32 = 0.8;
    /// A row of text that stands in the first of several columns, a column of white beside it.
    pub(crate) const BESIDE_SHORT: f32 = 0.15;
    /// Text without head, picture, quote or subhead over so many columns is grey beyond so many
    /// rows; what it costs for each so many rows.
    pub(crate) const GREY_COLUMNS: usize = 3;
    pub(crate) const GREY_ROWS: u16 = 30;
    pub(crate) const GREY_STEP_ROWS: f32 = 5.0;
    pub(crate) const GREY_STEP: f32 = 0.5;
    /// Legs of double measure for the story that leads a page: a gain, since they set it apart.
    pub(crate) const DOUBLE_MEASURE: f32 = -1.0;
    /// Tables that stand in one column and belong in several.
    pub(crate) const CRAMPED_TABLE: f32 = 15.0;
    /// A row of white beside a table, for each column.
    pub(crate) const BESIDE_TABLE: f32 = 0.15;
    /// A text that is threaded by force: its legs end where they may and not where they are full.
    pub(crate) const FORCED: f32 = 8.0;
    /// A row of white in all that this leaves.
    pub(crate) const FORCED_ROW: f32 = 0.5;
    /// A row of it beyond so many below one leg, which look like a hole.
    pub(crate) const FORCED_HOLE_ROWS: u32 = 4;
    pub(crate) const FORCED_HOLE_ROW: f32 = 1.5;
    /// The most that white beside a picture costs: less than leaving the picture out.
    pub(crate) const FORCED_BESIDE_ART: f32 = 9.0;
    /// A leg that ends right under a subhead.
    pub(crate) const UNDER_SUBHEAD: f32 = 20.0;
    /// A page on which any text is forced, once pages are compared.
    pub(crate) const FORCED_PAGE: f32 = 40.0;
    /// A text that no page holds and that sticks out of its own.
    pub(crate) const BURST: f32 = 100.0;
}

/// Heads: their sizes, their lines, and heads beside each other.
pub(super) mod head {
    /// A head is as large as over the whole width where it spans more than this share of it; and
    /// as over much of it from this share, or so many columns, on.
    pub(crate) const WHOLE_WIDTH: f32 = 0.81;
    pub(crate) const MUCH_WIDTH: f32 = 0.55;
    pub(crate) const MUCH_COLUMNS: u8 = 3;
    /// A step of the ladder between a head and the one it would like.
    pub(crate) const STEP_OFF: f32 = 0.3;
    /// The same in the scheme that takes any size: a page is better left with white on it than
    /// filled with shouting.
    pub(crate) const STEP_ASTRAY: f32 = 1.5;
    /// A step that a page's leading head is smaller than so many steps below what it would like.
    pub(crate) const LEAD_STEPS: f32 = 2.0;
    pub(crate) const LEAD_STEP_SMALL: f32 = 2.0;
    /// A remainder that leads its page under a head of the usual size.
    pub(crate) const SMALL_JUMP_HEAD: f32 = 1.5;
    /// The short headline in place of the whole one.
    pub(crate) const SHORT_HEADLINE: f32 = 6.0;
    /// A headline that costs less fits well: then the short one is not taken at its span.
    pub(crate) const FITS_WELL: f32 = 1.0;
    /// A line more than a head over its span should have.
    pub(crate) const LINE_MORE: f32 = 5.0;
    /// A last line of less than this share of the longest one.
    pub(crate) const LAST_LINE_SHARE: f32 = 1.0 / 3.0;
    pub(crate) const LAST_LINE_THIN: f32 = 2.0;
    /// A last line of one word.
    pub(crate) const LAST_WORD_ALONE: f32 = 1.5;
    /// A line that ends in an article or a preposition.
    pub(crate) const BAD_END: f32 = 0.5;
    /// A cell (a column by a row) of white beside the lines; and where that looks like a hole.
    pub(crate) const WHITE_CELL: f32 = 0.2;
    pub(crate) const HOLE: f32 = 10.0;
    /// A head that has too many lines at every size, and is printed all the same.
    pub(crate) const TOO_LONG: f32 = 12.0;
    /// Head and deck that take more than this share of a module, where it is no brief.
    pub(crate) const HEAVY_SHARE: f32 = 0.35;
    pub(crate) const HEAVY_ROWS: u16 = 20;
    pub(crate) const HEAVY: f32 = 1.0;
    /// Each scheme of head sizes beyond the boldest one, which gives a page its play.
    pub(crate) const SCHEME: f32 = 2.0;
    /// A head in a page's last rows.
    pub(crate) const LOW: f32 = 4.0;
    /// A second head of more than this share of the first one's size: nothing leads then.
    pub(crate) const SECOND_SHARE: f32 = 0.78;
    pub(crate) const SECOND_LARGE: f32 = 1.5;
    /// A size of heads on a page beyond so many.
    pub(crate) const SIZES_MOST: usize = 4;
    /// The points of the usual head of a remainder beside other heads. It is set like a label, and
    /// is none of the sizes that give a page its order.
    pub(crate) const JUMP_HEAD_POINTS: u8 = 20;

    // Tombstones: heads of like size side by side, which read as one.

    /// Heads are of like size where the larger one is less than so many times the smaller.
    pub(crate) const LIKE_SIZE: f32 = 1.4;
    /// Heads stand side by side where their tops are no more than so many rows apart.
    pub(crate) const SIDE_BY_SIDE_ROWS: u16 = 3;
    /// Heads below this size, in points, shout less.
    pub(crate) const SMALL_POINTS: f32 = 15.0;
    /// Two of them, as the solver sees them while it joins parts of a page: small, or larger.
    pub(crate) const TOMBSTONE_JOINED_SMALL: f32 = 1.0;
    pub(crate) const TOMBSTONE_JOINED: f32 = 3.0;
    /// More on the finished page: where a box or a picture above a head parts them, where they are
    /// small, else. A head of more rows below its module's top stands under a picture.
    pub(crate) const UNDER_ART_ROWS: u16 = 3;
    pub(crate) const TOMBSTONE_PARTED: f32 = 1.0;
    pub(crate) const TOMBSTONE_SMALL: f32 = 1.5;
    pub(crate) const TOMBSTONE: f32 = 2.0;
}

/// Decks and pull-quotes that are left out.
pub(super) mod text {
    /// A deck; and that of a light story or of one in a single column, where it is hardly missed.
    pub(crate) const NO_DECK: f32 = 0.6;
    pub(crate) const NO_DECK_LIGHT: f32 = 0.1;
    pub(crate) const LIGHT_RANK: u8 = 4;
    /// A story is to have a pull-quote for each so many rows of text.
    pub(crate) const QUOTE_ROWS: u32 = 80;
    /// A story without any: the first quote lights a long text up, and so does each more, a little.
    pub(crate) const NO_QUOTE: f32 = 2.6;
    pub(crate) const QUOTE_LESS: f32 = 0.4;
    /// A quote that has no room in legs of several columns.
    pub(crate) const QUOTE_IN_WIDE: f32 = 2.0;
}

/// Pictures: their crops, places and sizes.
pub(super) mod art {
    /// What a crop costs that cuts off so much of a picture, beginning with what nobody sees.
    pub(crate) const CROPS: [(f64, f64); 3] = [(0.015, 0.0), (0.07, 0.1), (0.15, 0.3)];
    /// A crop that cuts off more; and more for the share beyond, as if all were cut.
    pub(crate) const CROP_DEEP: f64 = 0.6;
    pub(crate) const CROP_DEEPER: f64 = 2.0;
    /// Each column that a graphic lacks for its letters to be read.
    pub(crate) const UNREADABLE: f32 = 1.0;
    /// A picture over the last columns, over the first ones, where it parts head and text, and in
    /// the middle.
    pub(crate) const PLACES: [f32; 3] = [0.0, 0.5, 0.1];
    /// A mug shot at the foot of a column.
    pub(crate) const MUG_AT_FOOT: f32 = 1.5;
    /// A second picture as wide as the first.
    pub(crate) const SECOND_WIDE: f32 = 0.5;
    /// Pictures at the foot of a module that end in different rows.
    pub(crate) const UNALIGNED: f32 = 0.7;
    /// A picture that stands above its head and not below it.
    pub(crate) const ABOVE_HEAD: f32 = 0.3;

    // Pictures that are left out.

    /// The first picture of a story, and the second.
    pub(crate) const NO_FIRST: f32 = 20.0;
    pub(crate) const NO_SECOND: f32 = 18.0;
    /// A further one.
    pub(crate) const NO_FURTHER: f32 = 16.0;
    /// One that what follows on another page can still show.
    pub(crate) const PUT_OFF: f32 = 0.3;
    /// More where its caption says something.
    pub(crate) const NO_CAPTION: f32 = 10.0;

    // The picture that is to dominate a page.

    /// A column less than this part of its module's width.
    pub(crate) const LEAD_WIDTH: (f32, f32) = (2.0, 3.0);
    pub(crate) const LEAD_COLUMN_LESS: f32 = 2.0;
    /// A column less than so many, on pages of many columns and of few.
    pub(crate) const LEAD_COLUMNS: (f32, f32) = (3.0, 2.0);
    pub(crate) const LEAD_COLUMN_FEW: f32 = 2.0;
    /// The least and the greatest share of the page that it takes, on the front and inside, and the
    /// prices of less and of more.
    pub(crate) const LEAD_SHARE_FRONT: (f32, f32) = (0.14, 0.34);
    pub(crate) const LEAD_SHARE_INSIDE: (f32, f32) = (0.12, 0.27);
    pub(crate) const LEAD_SMALL: f32 = 30.0;
    pub(crate) const LEAD_LARGE: f32 = 60.0;

    // Any other picture.

    /// A column more than so many, on pages of many columns and of few.
    pub(crate) const OTHER_COLUMNS: (f32, f32) = (2.0, 1.0);
    pub(crate) const OTHER_COLUMN_MORE: f32 = 1.6;
    /// A column more than one in a story of this rank or a lighter one.
    pub(crate) const LIGHT_RANK: u8 = 3;
    pub(crate) const LIGHT_COLUMN_MORE: f32 = 0.4;
    /// The share of the page that it may take, and the price of more.
    pub(crate) const OTHER_SHARE: f32 = 0.055;
    pub(crate) const OTHER_LARGE: f32 = 30.0;
    /// A picture of one column in a module of so many.
    pub(crate) const STAMP_SPAN: f32 = 3.0;
    pub(crate) const STAMP: f32 = 0.4;

    // The pictures of a page.

    /// A page without any.
    pub(crate) const NONE: f32 = 2.0;
    /// The largest one stands with another story than the heaviest one that has a picture.
    pub(crate) const WRONG_LEAD: f32 = 4.0;
    /// The largest one is less than so many times the next: the price of each time that it lacks,
    /// and the most that is paid.
    pub(crate) const LEAD_TIMES: f32 = 2.0;
    pub(crate) const NO_LEAD: f32 = 3.0;
    /// Its centre lies below this share of the page's height.
    pub(crate) const LOW_SHARE: f32 = 0.6;
    pub(crate) const LOW: f32 = 2.0;
    /// The least share of a front page that its largest picture takes, and the price of less: a tame
    /// front sells nothing.
    pub(crate) const FRONT_SHARE: f32 = 0.16;
    pub(crate) const FRONT_TAME: f32 = 60.0;
    /// The least and the greatest share of a page that all pictures take, on the front and inside,
    /// and the prices of less and of more.
    pub(crate) const SHARE_FRONT: (f32, f32) = (0.24, 0.42);
    pub(crate) const SHARE_INSIDE: (f32, f32) = (0.15, 0.38);
    pub(crate) const TOO_LITTLE: f32 = 20.0;
    pub(crate) const TOO_MUCH: f32 = 40.0;
    /// Pictures of two stories that touch: side by side over more than so many rows, or above each
    /// other with no more rows between them.
    pub(crate) const TOUCHING: f32 = 2.0;
    pub(crate) const TOUCHING_ROWS: i32 = 2;
    pub(crate) const TOUCHING_GAP_ROWS: i32 = 6;
}

/// Jumps.
pub(super) mod jump {
    /// A story that goes on on another page, from the front page and from one inside.
    pub(crate) const FRONT: f32 = 3.0;
    pub(crate) const INSIDE: f32 = 5.0;
    /// Each jump from the front page beyond the first: readers are sent away once more.
    pub(crate) const FRONT_MORE: f32 = 5.0;
    /// The share of a story that stands before its jump, and the price of less.
    pub(crate) const BEFORE_SHARE: f32 = 0.45;
    pub(crate) const BEFORE_LITTLE: f32 = 4.0;
    /// A row that it has too few for a start that is worth reading.
    pub(crate) const BEFORE_ROWS: f32 = 60.0;
    pub(crate) const BEFORE_ROW: f32 = 0.06;
    /// A row that it has too few for any jump: only a text that is threaded by force starts so.
    pub(crate) const STUMP_ROW: f32 = 1.5;
    /// A row of the rest that no page can take in legs that can be read, and the most rows that
    /// are counted. Such legs are so many rows shorter than the longest.
    pub(crate) const REST_ROW: f32 = 0.25;
    pub(crate) const REST_ROWS_MOST: f32 = 60.0;
    pub(crate) const REST_LEG_LESS: u16 = 3;
    /// A story that goes on a second time: it is lost to most readers.
    pub(crate) const SECOND: f32 = 120.0;
    /// The jumps of a page lead to one page more: a reader turns to one.
    pub(crate) const SCATTERED: f32 = 4.0;
}

/// A module on its page: its share and its width.
pub(super) mod module {
    /// The least share of a page of so many columns that its lead takes, and the price of less.
    pub(crate) const LEAD_COLUMNS: f32 = 3.0;
    pub(crate) const LEAD_SHARE: f32 = 0.26;
    pub(crate) const LEAD_SMALL: f32 = 14.0;
    /// A lead of less than this share of the width, and of less than half.
    pub(crate) const LEAD_NARROW_SHARE: f32 = 0.3;
    pub(crate) const LEAD_NARROW: f32 = 6.0;
    pub(crate) const LEAD_HALF_SHARE: f32 = 0.5;
    pub(crate) const LEAD_HALF: f32 = 2.5;
    /// The second and the third story right across the page.
    pub(crate) const ACROSS_SHARE: f32 = 0.9;
    pub(crate) const SECOND_ACROSS: f32 = 0.4;
    pub(crate) const THIRD_ACROSS: f32 = 0.6;
    /// A lighter one of more than this share of the width.
    pub(crate) const LIGHT_SHARE: f32 = 0.7;
    pub(crate) const LIGHT_WIDE: f32 = 0.8;
    /// A row of a story in one column beyond so many: from top to bottom it is dreary.
    pub(crate) const DREARY_ROWS: u16 = 40;
    pub(crate) const DREARY_ROW: f32 = 0.06;
    /// A module of fewer rows than so many for each of its columns.
    pub(crate) const FLAT_ROWS: f32 = 5.0;
    pub(crate) const FLAT: f32 = 0.3;
}

/// A page as a whole.
pub(super) mod page {
    /// Each page: so few that stories have room.
    pub(crate) const PAGE: f32 = 8.0;
    /// Two parts side by side: stacks are plainer.
    pub(crate) const JOIN: f32 = 0.2;
    /// A quarter that no head of so many points and no picture lights up.
    pub(crate) const LIGHT_POINTS: u8 = 24;
    pub(crate) const DARK_QUARTER: f32 = 1.0;
    /// A gutter that no module bridges over more than this share of the height.
    pub(crate) const GUTTER_SHARE: f32 = 0.75;
    pub(crate) const GUTTER: f32 = 2.0;
    /// A break right across between these shares of the height: the page falls into halves.
    pub(crate) const BELT_SHARES: (f32, f32) = (0.45, 0.55);
    pub(crate) const BELT: f32 = 1.0;
    /// Each story of one column more than so many side by side, over more than so many rows.
    pub(crate) const STUBS_MOST: u8 = 2;
    pub(crate) const STUB: f32 = 2.0;
    pub(crate) const STUB_ROWS: i32 = 5;
    /// A page that has nothing in common with the archetype whose turn it is: the front page,
    /// which readers see every day, and one inside.
    pub(crate) const ARCHETYPE_FRONT: f32 = 8.0;
    pub(crate) const ARCHETYPE_INSIDE: f32 = 3.0;
    /// A page of fewer modules has no choice of skeletons.
    pub(crate) const ARCHETYPE_MODULES: usize = 3;
    /// A page that is made with a filler.
    pub(crate) const FILLER: f32 = 6.0;
    /// Facing pages that share more than this of their make-up look alike.
    pub(crate) const ALIKE_SHARE: f32 = 0.7;
    pub(crate) const ALIKE: f32 = 3.0;
}

/// The edition: sections and their order.
pub(super) mod edition {
    /// Each section more on a page.
    pub(crate) const MIXED: f32 = 2.0;
    /// Each rail more on a page: under the same head they read as one that was torn.
    pub(crate) const RAILS: f32 = 20.0;
    /// A page more than a section needs; and a section that begins before the one ahead of it.
    pub(crate) const SCATTERED: f32 = 8.0;
    /// A section may need so much of a page more than its stories take.
    pub(crate) const SCATTERED_PART: f32 = 0.2;
    /// A story that is printed some pages behind a much lighter one of its section.
    pub(crate) const BEHIND: f32 = 1.5;
    /// A story that is not placed yet, and another number of pages than the one aimed at.
    pub(crate) const UNPLACED: f32 = 1000.0;
    pub(crate) const OTHER_COUNT: f32 = 200.0;
}

/// The editor's pins.
pub(super) mod pin {
    /// A story off the page, the columns or the company that it is pinned to.
    pub(crate) const MISSED: f32 = 60.0;
    /// A page on which stories do not stand where the editor wants them.
    pub(crate) const MISPLACED: f32 = 30.0;
}
