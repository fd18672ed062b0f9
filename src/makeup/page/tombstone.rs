//! Tombstones: heads of like size side by side, which a reader takes for one headline.
//!
//! Only this file says what a tombstone is. The solver asks it while it joins parts of a page,
//! `judge.rs` asks it about the finished page, and the plan lists the tombstones that are left.

use crate::makeup::cost::head::{LIKE_SIZE, SIDE_BY_SIDE_ROWS};
use crate::makeup::model::Rows;

/// A head as its neighbours see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeadAt {
    /// The first column of its module.
    pub column: u8,
    /// The columns of its module.
    pub columns: u8,
    /// Its first row.
    pub row: Rows,
    /// Its size in points, 0 where there is none or where it is a label.
    pub points: f32,
}

/// Whether two sizes, in points, are alike. What has no size is like none.
pub(crate) fn like_size(a: f32, b: f32) -> bool {
    let (large, small) = if a > b { (a, b) } else { (b, a) };
    small > 0.0 && large / small < LIKE_SIZE
}

/// Whether two heads of a page make a tombstone.
pub(crate) fn tombstone(a: HeadAt, b: HeadAt) -> bool {
    let beside = a.column + a.columns == b.column || b.column + b.columns == a.column;
    beside && a.row.abs_diff(b.row) <= SIDE_BY_SIDE_ROWS && like_size(a.points, b.points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_like_size_side_by_side_make_a_tombstone() {
        let head = |column, row, points| HeadAt { column, columns: 2, row, points };
        let first = head(0, 10, 24.0);
        for (other, is_one) in [
            (head(2, 10, 24.0), true),
            (head(2, 13, 19.0), true),
            (head(2, 14, 24.0), false),
            (head(2, 10, 39.0), false),
            (head(2, 10, 0.0), false),
            (head(3, 10, 24.0), false),
            (head(0, 10, 24.0), false),
        ] {
            assert_eq!(tombstone(first, other), is_one, "{other:?}");
            assert_eq!(tombstone(other, first), is_one, "{other:?}");
        }
    }
}
