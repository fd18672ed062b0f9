//! The cells of a page in which nothing is printed.

use crate::makeup::limits::BOX_ROWS;
use crate::makeup::model::{Cells, Module, PagePlan, Rows};

/// Which cells of a page are taken.
pub(super) struct Occupied {
    columns: u8,
    rows: Rows,
    taken: Vec<bool>,
}

impl Occupied {
    /// An empty page.
    pub(super) fn new(columns: u8, rows: Rows) -> Self {
        Self { columns, rows, taken: vec![false; usize::from(columns) * usize::from(rows)] }
    }

    /// A page with the parts of one module.
    pub(super) fn of(module: &Module, columns: u8, rows: Rows) -> Self {
        let mut all = Self::new(columns, rows);
        parts(module).for_each(|cells| all.take(cells));
        all
    }

    /// Marks cells as taken.
    pub(super) fn take(&mut self, cells: Cells) {
        for column in cells.column..cells.column.saturating_add(cells.columns).min(self.columns) {
            for row in cells.row..cells.row.saturating_add(cells.rows).min(self.rows) {
                self.taken[usize::from(column) * usize::from(self.rows) + usize::from(row)] = true;
            }
        }
    }

    /// Whether a cell is free.
    pub(super) fn is_free(&self, column: u8, row: Rows) -> bool {
        let inside = column < self.columns && row < self.rows;
        inside && !self.taken[usize::from(column) * usize::from(self.rows) + usize::from(row)]
    }

    /// The free runs of rows in each column, between two rows. Runs of neighbouring columns with the same
    /// rows are one rectangle.
    fn free(&self, top: Rows, foot: Rows) -> Vec<Cells> {
        let mut found: Vec<Cells> = vec![];
        for column in 0..self.columns {
            let mut row = top;
            while row < foot {
                let start = row;
                while row < foot && self.is_free(column, row) {
                    row += 1;
                }
                let rows = row - start;
                row += 1;
                if rows == 0 {
                    continue;
                }
                let beside = found.iter_mut().find(|cells| {
                    cells.column + cells.columns == column
                        && (cells.row, cells.rows) == (start, rows)
                });
                match beside {
                    Some(cells) => cells.columns += 1,
                    None => found.push(Cells { column, row: start, columns: 1, rows }),
                }
            }
        }
        found.sort_by_key(|cells| (cells.row, cells.column));
        found
    }
}

/// The cells of a module in which something is printed.
fn parts(module: &Module) -> impl Iterator<Item = Cells> + '_ {
    let Module { cells, head, deck, pictures, quotes, legs, jump_line, boxed, .. } = module;
    // The edges of a box count as printed.
    let foot = (cells.row + cells.rows).saturating_sub(BOX_ROWS);
    let edges = [cells.row, foot].map(|row| Cells { row, rows: BOX_ROWS, ..*cells });
    std::iter::once(*head)
        .chain(edges.into_iter().filter(|_| *boxed))
        .chain(*deck)
        .chain(pictures.iter().flat_map(|picture| [picture.cells, picture.caption]))
        .chain(quotes.iter().map(|quote| quote.cells))
        .chain(legs.iter().map(|leg| leg.cells))
        .chain(*jump_line)
}

/// The cells of a page's ads, each with the gap above it.
fn ads(page: &PagePlan, gap: Rows) -> impl Iterator<Item = Cells> + '_ {
    page.ads.iter().map(move |ad| {
        let up = gap.min(ad.cells.row);
        Cells { row: ad.cells.row - up, rows: ad.cells.rows + up, ..ad.cells }
    })
}

/// The empty rectangles of a page: what no part of a module and no ad takes. The gap below a module,
/// where a rule may stand, does not count.
pub fn white(page: &PagePlan, columns: u8, gap: Rows) -> Vec<Cells> {
    let mut all = Occupied::new(columns, page.foot);
    for module in &page.modules {
        parts(module).for_each(|cells| all.take(cells));
        let Cells { column, row, columns, rows } = module.cells;
        all.take(Cells { column, row: row + rows, columns, rows: gap });
    }
    ads(page, gap).for_each(|cells| all.take(cells));
    all.free(page.top, page.foot)
}

/// The rectangles of a page that belong to no module and no ad.
pub(super) fn bare(page: &PagePlan, columns: u8, gap: Rows) -> Vec<Cells> {
    let mut all = Occupied::new(columns, page.foot);
    for module in &page.modules {
        all.take(Cells { rows: module.cells.rows + gap, ..module.cells });
    }
    ads(page, gap).for_each(|cells| all.take(cells));
    all.free(page.top, page.foot)
}

/// The number of cells of rectangles.
pub(super) fn area(cells: &[Cells]) -> u32 {
    cells.iter().map(|cells| u32::from(cells.columns) * u32::from(cells.rows)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::sample;

    #[test]
    fn white_is_what_no_part_takes() {
        let page = sample::page();
        // The second of two legs ends three rows above the foot; below both modules is a band of
        // ten rows, of which two are the gap.
        assert_eq!(
            white(&page, 3, 2),
            [
                Cells { column: 1, row: 27, columns: 1, rows: 3 },
                Cells { column: 0, row: 32, columns: 3, rows: 8 },
            ]
        );
        assert_eq!(bare(&page, 3, 2), [Cells { column: 0, row: 32, columns: 3, rows: 8 }]);
        assert_eq!(area(&white(&page, 3, 2)), 27);
    }
}
