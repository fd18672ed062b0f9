//! Lays out a table: from rows of cells that span columns and rows to a table with a cell for every
//! column.

use std::collections::BTreeSet;

use crate::content::model::{Align, Inline, visible};
use crate::content::model::{CellSpan, Table};

/// A cell as it was read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReadCell {
    /// Its text.
    pub(crate) text: Vec<Inline>,
    /// The columns and rows that it takes.
    pub(crate) shape: Shape,
}

/// What a cell says about its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The number of columns that it takes.
    pub(crate) columns: usize,
    /// The number of rows that it takes; 0 means all remaining ones.
    pub(crate) rows: usize,
    /// Whether it is a heading cell.
    pub(crate) heading: bool,
}

impl Default for Shape {
    fn default() -> Self {
        Self { columns: 1, rows: 1, heading: false }
    }
}

/// A row as it was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct ReadRow {
    /// The cells that begin in this row.
    pub(crate) cells: Vec<ReadCell>,
    /// Whether the row is marked as part of the head.
    pub(crate) in_head: bool,
}

/// The most columns that a cell can take; nobody could read a wider table.
const COLUMNS_MOST: usize = 64;

/// Lays out rows as a table. Returns `None` if it has nothing visible.
///
/// The steps are those of browsers: (1) the rows of the head are separated from the others; (2)
/// each cell takes the first free place in its row; (3) rows and columns in which no cell begins
/// are removed.
pub(crate) fn lay_out(align: Vec<Align>, read: Vec<ReadRow>) -> Option<Table> {
    let heads = heads(&read);
    let (mut table, mut begun) = placed(read, heads);
    for row in (0..table.rows.len()).rev() {
        if !table.rows[row].iter().any(|cell| visible(cell)) {
            drop_row(&mut table, row);
            begun.remove(row);
        }
    }
    let begun: BTreeSet<usize> = begun.into_iter().flatten().collect();
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    table.align = align;
    table.align.resize(width, Align::Start);
    table.rows.iter_mut().for_each(|row| row.resize(width, vec![]));
    for column in (0..width).rev() {
        if !begun.contains(&column) {
            drop_column(&mut table, column);
        }
    }
    table.spans.retain(|span| span.rows > 1 || span.columns > 1);
    (table.width() > 0).then_some(table)
}

/// How many rows are the head: those that are marked, or else the first ones with only heading
/// cells, and as many more as these cells reach into.
fn heads(read: &[ReadRow]) -> usize {
    let said = read.iter().take_while(|row| row.in_head).count();
    if said > 0 {
        return said;
    }
    let heading =
        |row: &&ReadRow| !row.cells.is_empty() && row.cells.iter().all(|cell| cell.shape.heading);
    let mut heads = read.iter().take_while(heading).count();
    let mut row = 0;
    while row < heads {
        let deepest = read[row].cells.iter().map(|cell| cell.shape.rows).max().unwrap_or(1);
        heads = heads.max((row + deepest).min(read.len()));
        row += 1;
    }
    // If all rows would be the head, only the first one is.
    if heads == read.len() { heads.min(1) } else { heads }
}

/// Puts each cell in its place. Also returns, for each row, the columns in which cells begin.
fn placed(read: Vec<ReadRow>, heads: usize) -> (Table, Vec<Vec<usize>>) {
    let count = read.len();
    let mut begun = vec![];
    let mut table = Table { heads, ..Table::default() };
    // For each column, how many more rows are covered from above.
    let mut covered: Vec<usize> = vec![];
    for (row, ReadRow { cells, .. }) in read.into_iter().enumerate() {
        let end = if row < heads { heads } else { count };
        if row == heads {
            covered.clear();
        }
        let mut line: Vec<Vec<Inline>> = vec![];
        let mut free: Vec<bool> = covered.iter().map(|rows| *rows == 0).collect();
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        let mut column = 0;
        let mut begins = vec![];
        for ReadCell { text, shape } in cells {
            while free.get(column) == Some(&false) {
                column += 1;
            }
            let most = shape.columns.clamp(1, COLUMNS_MOST);
            let columns = (column..column + most)
                .take_while(|&at| free.get(at).copied().unwrap_or(true))
                .count();
            let rows = if shape.rows == 0 { end - row } else { shape.rows.min(end - row) };
            let last = column + columns;
            line.resize(line.len().max(last), vec![]);
            covered.resize(covered.len().max(last), 0);
            free.resize(covered.len(), true);
            line[column] = text;
            covered[column..last].fill(rows - 1);
            free[column..last].fill(false);
            if rows > 1 || columns > 1 {
                table.spans.push(CellSpan { row, column, rows, columns });
            }
            begins.push(column);
            column = last;
        }
        table.rows.push(line);
        begun.push(begins);
    }
    (table, begun)
}

fn drop_row(table: &mut Table, row: usize) {
    table.rows.remove(row);
    table.heads -= usize::from(row < table.heads);
    table.spans.retain_mut(|span| {
        if span.row == row {
            // The row has no text, so the cell has none either in the rows that it covers below.
            span.rows -= 1;
            return span.rows > 0;
        }
        if span.row > row {
            span.row -= 1;
        } else if row < span.row + span.rows {
            span.rows -= 1;
        }
        true
    });
}

fn drop_column(table: &mut Table, column: usize) {
    table.align.remove(column);
    table.rows.iter_mut().for_each(|row| {
        row.remove(column);
    });
    for span in &mut table.spans {
        if span.column > column {
            span.column -= 1;
        } else if column < span.column + span.columns {
            span.columns -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::model::{Run, plain};
    use crate::diag::{FileNo, Span};

    /// Parses rows written as `text` or `text/columns/rows`, with `!` before a heading cell and `^`
    /// before a row of the head.
    fn read(written: &str) -> Vec<ReadRow> {
        let cell = |text: &str| {
            let (text, heading) = (text.trim_start_matches('!'), text.starts_with('!'));
            let mut parts = text.split('/');
            let said = parts.next().unwrap_or_default();
            let mut number = || parts.next().and_then(|n| n.parse().ok()).unwrap_or(1);
            let shape = Shape { columns: number(), rows: number(), heading };
            let span = Span { file: FileNo(0), start: 0, end: 1 };
            let run = Inline::Text(Run { text: said.into(), span });
            ReadCell { text: if said.is_empty() { vec![] } else { vec![run] }, shape }
        };
        let row = |line: &str| ReadRow {
            in_head: line.starts_with('^'),
            cells: line.trim_start_matches('^').split_whitespace().map(cell).collect(),
        };
        written.lines().map(row).collect()
    }

    fn shown(written: &str) -> String {
        let table = lay_out(vec![], read(written)).unwrap_or_default();
        let mut out = vec![format!("{}x{}", table.heads, table.width())];
        for row in 0..table.rows.len() {
            let cells = table.cells(row).map(|cell| {
                let more = if (cell.rows, cell.columns) == (1, 1) {
                    String::new()
                } else {
                    format!("/{}/{}", cell.columns, cell.rows)
                };
                format!("{}:{}{more}", cell.column, plain(cell.text))
            });
            out.push(cells.collect::<Vec<_>>().join(" "));
        }
        out.join("; ")
    }

    #[test]
    fn cells_keep_their_columns() {
        for (written, table) in [
            ("a b\nc d", "0x2; 0:a 1:b; 0:c 1:d"),
            ("!a !b\nc d e", "1x3; 0:a 1:b 2:; 0:c 1:d 2:e"),
            (
                "!Team/1/2 !Goals/2\n!For !Against\nRovers 2 1",
                "2x3; 0:Team/1/2 1:Goals/2/1; 1:For 2:Against; 0:Rovers 1:2 2:1",
            ),
            // A heading cell reaches into rows of plain cells.
            ("!a/1/2 !b/2\nc d\ne f g", "2x3; 0:a/1/2 1:b/2/1; 1:c 2:d; 0:e 1:f 2:g"),
            ("a/1/3 b\nc\nd\ne f", "0x2; 0:a/1/3 1:b; 1:c; 1:d; 0:e 1:f"),
            // A cell takes all remaining rows, but does not leave the head.
            ("^a/1/0 b\n^c\nd/1/0 e\nf", "2x2; 0:a/1/2 1:b; 1:c; 0:d/1/2 1:e; 1:f"),
            ("a/2/2 b\nc\nd e f", "0x3; 0:a/2/2 2:b; 2:c; 0:d 1:e 2:f"),
            // A row in which no cell begins, and columns in which none begins.
            ("a/1/2 b/1/2\n\nc d", "0x2; 0:a 1:b; 0:c 1:d"),
            ("a/9 b\nc/9 d", "0x2; 0:a 1:b; 0:c 1:d"),
            ("a/2\nb c", "0x2; 0:a/2/1; 0:b 1:c"),
            // A cell that is too wide ends at a cell that reaches down beside it.
            ("a b/1/2\nc/5 d\ne", "0x3; 0:a 1:b/1/2 2:; 0:c 2:d; 0:e 1: 2:"),
            ("a/1/99 b/999999\nc", "0x2; 0:a/1/2 1:b; 1:c"),
            ("!a !b\n!c !d", "1x2; 0:a 1:b; 0:c 1:d"),
            ("!a b\n!c d", "0x2; 0:a 1:b; 0:c 1:d"),
            ("", "0x0"),
        ] {
            assert_eq!(shown(written), table, "{written}");
        }
    }

    #[test]
    fn a_row_knows_what_hangs_into_it() {
        let table = lay_out(vec![], read("a/1/2 b\nc\nd e")).unwrap_or_default();
        assert_eq!([0, 1, 2].map(|row| table.is_joined(row)), [false, true, false]);
    }
}
