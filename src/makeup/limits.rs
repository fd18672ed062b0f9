//! The limits of the make-up: what no plan may break, and what no module or page may exceed.
//!
//! These are rules, not weights: the search keeps them and [`check`](super::check) holds a plan
//! against them. What a plan merely pays for is in `cost.rs`.

use super::model::Rows;

// Legs.

/// The least rows of a leg (about an inch). A shorter text is one leg.
pub(crate) const LEG_LEAST: Rows = 7;
/// The most rows of a leg.
pub(crate) const LEG_MOST: Rows = 70;
/// The most rows of white in a column of a module that nothing has to tell of.
pub(crate) const SLACK_MOST: Rows = 2;
/// The most rows of white at the end of a text that fits in no other way; the plan tells of it.
pub(crate) const LOOSE_MOST: Rows = 4;
/// The most rows of white at the end of a text on a last page.
pub(crate) const ROOMY_MOST: Rows = 24;

// Jumps.

/// The least rows of text before a jump.
pub(crate) const BEFORE_JUMP: u32 = 28;
/// The least rows of text after a jump.
pub(crate) const AFTER_JUMP: u32 = 40;
/// A text of fewer rows is never cut, not even where nothing else fits.
pub(crate) const FORCED_JUMP: u32 = 14;

// Heads.

/// The rows at a page's foot that no head should stand in: what is below it looks lost.
pub(crate) const FOOT_ROWS: Rows = 14;
/// The lines that a head should have at the most.
pub(crate) const HEAD_LINES_MOST: u8 = 4;
/// Where nothing else fits, the two smallest heads may have so many lines more than
/// [`head_lines`].
pub(crate) const HEAD_LINES_MORE: u8 = 2;

/// The lines that a head over `span` columns may have on a page of `columns`.
#[must_use]
pub(crate) fn head_lines(span: u8, columns: u8) -> u8 {
    match span {
        1 => HEAD_LINES_MOST,
        _ if span >= 5 || (columns == 3 && span == columns) => 2,
        _ => 3,
    }
}

// Modules.

/// The most columns of a rail.
pub(crate) const RAIL_MOST: u8 = 2;
/// The rows that a box keeps free at its head, and again at its foot.
pub(crate) const BOX_ROWS: Rows = 1;
/// The most pictures of a module.
pub(crate) const PICTURES_MOST: usize = 5;
/// The most legs of a module.
pub(crate) const LEGS_MOST: usize = 3 * COLUMNS_MOST;
/// The part of its page that a story takes at least which the editor wants large: a third.
pub(crate) const LARGE: u32 = 3;
/// The part that a story takes at most which the editor wants small: an eighth.
pub(crate) const SMALL: u32 = 8;

// Pictures.

/// The least and the most rows of a mug shot.
pub(crate) const MUG_ROWS: (Rows, Rows) = (14, 18);
/// The greatest part of a page's height that a picture takes.
pub(crate) const PICTURE_HEIGHT: f64 = 0.62;
/// The width over the height of a picture that is cropped: the widest and the narrowest shape.
pub(crate) const PICTURE_SHAPES: (f64, f64) = (2.0, 0.8);
/// The least rows of a picture.
pub(crate) const PICTURE_ROWS: f64 = 2.0;
/// The least part of its area that any crop keeps, whatever the picture says.
pub(crate) const CROP_LEAST: f64 = 0.3;
/// The width over the height of a picture, and the least part that its crops keep, where what is
/// said of it makes no sense: as a narrower shape than this.
pub(crate) const UNKNOWN_ASPECT: f64 = 1.5;
pub(crate) const UNKNOWN_KEEP: f64 = 0.7;
pub(crate) const ASPECT_LEAST: f64 = 0.01;
/// By how much less of a picture than its least share a locked page may show: the cells are
/// whole rows.
pub(crate) const LOCKED_CROP: f64 = 0.06;

// Pages.

/// The most columns of a page.
pub(crate) const COLUMNS_MOST: usize = 8;
/// The most parts that the solver makes a page of: its modules, and the ads in a corner.
pub(crate) const PARTS_MOST: usize = 8;
/// The most modules that a page is put together from: a part is left for ads in a corner.
pub(crate) const MODULES_MOST: usize = PARTS_MOST - 1;
/// With fewer columns, no story of a page stands at double measure, and none is a stub.
pub(crate) const MANY_COLUMNS: u8 = 4;

// Ads.

/// Rows that a page must have left for stories; with fewer it is the advertiser's alone.
pub(crate) const BESIDE_ADS: Rows = 24;
/// Columns beside a corner of ads that stories need.
pub(crate) const BESIDE_CORNER: u8 = 1;
/// A filler hides white of at most this part of a page: a quarter. More is not worth hiding.
pub(crate) const FILLED_MOST: Rows = 4;
