//! Reads paragraphs that are tables in other dialects: rows without a head (kramdown), grid tables,
//! and line blocks, whose line ends count (Pandoc).

use std::ops::Range;

use super::builder::{BlockKind, Builder, TableParts};
use super::within;

/// The lines of a paragraph with their places, without blanks at their ends and quote marks before
/// them.
fn lines_of(text: &str, start: usize) -> Vec<(Range<usize>, &str)> {
    let mut all = vec![];
    let mut at = start;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start_matches([' ', '\t', '>']);
        let from = at + line.len() - body.len();
        let body = body.trim_end();
        all.push((from..from + body.len(), body));
        at += line.len();
    }
    all
}

/// Whether a line is a rule between the rows of a grid table.
fn is_rule(line: &str) -> bool {
    line.len() > 2
        && line.starts_with('+')
        && line.ends_with('+')
        && line.chars().all(|c| matches!(c, '+' | '-' | '=' | ':'))
}

/// Reads a paragraph that consists only of table rows or of a line block. Returns false for any
/// other paragraph.
pub(super) fn read(builder: &mut Builder<'_, '_>, range: &Range<usize>) -> bool {
    let masked = builder.masked;
    let Some(text) = masked.text.get(range.clone()) else { return false };
    if !text.starts_with(['|', '+']) || range.start < builder.skip_until {
        return false;
    }
    let lines = lines_of(text, range.start);
    let bars = lines.iter().all(|(_, line)| line.starts_with('|'));
    let ends = lines.iter().all(|(_, line)| line.len() > 1 && line.ends_with('|'));
    if is_rule(lines[0].1) && lines.len() > 2 {
        let grid = lines.iter().all(|(_, line)| is_rule(line) || line.starts_with('|'));
        return grid && read_grid(builder, &lines, range);
    }
    if bars && ends {
        let rows: Vec<Vec<Vec<Range<usize>>>> = lines.iter().map(row_of).collect();
        if rows.iter().any(|row| row.len() < 2) {
            return false;
        }
        table(builder, rows, 0, range);
        return true;
    }
    let spaced = |line: &str| line == "|" || line.starts_with("| ");
    if bars && lines.iter().all(|(_, line)| spaced(line)) {
        for (number, (line, _)) in lines.iter().enumerate() {
            if number > 0 {
                builder.line_break();
            }
            within(builder, line.start + 1..line.end);
        }
        builder.end_paragraph();
        return true;
    }
    false
}

/// The cells of a row. A cell may consist of several pieces of text.
fn row_of((place, line): &(Range<usize>, &str)) -> Vec<Vec<Range<usize>>> {
    let cells = cells_beyond(line, 0);
    let piece = |cell: Range<usize>| place.start + cell.start..place.start + cell.end;
    cells.into_iter().map(|cell| Vec::from([piece(cell)])).collect()
}

fn read_grid(
    builder: &mut Builder<'_, '_>,
    lines: &[(Range<usize>, &str)],
    range: &Range<usize>,
) -> bool {
    let columns = lines[0].1.matches('+').count() - 1;
    let mut rows: Vec<Vec<Vec<Range<usize>>>> = vec![];
    let mut heads = 0;
    let mut begins = true;
    for line in lines {
        if is_rule(line.1) {
            if line.1.contains('=') && heads == 0 {
                heads = rows.len();
            }
            begins = true;
            continue;
        }
        let mut cells = bars_of(line);
        cells.resize_with(columns.max(cells.len()), Vec::new);
        match rows.last_mut().filter(|_| !begins) {
            Some(row) => {
                for (cell, more) in row.iter_mut().zip(cells) {
                    cell.extend(more);
                }
            }
            None => rows.push(cells),
        }
        begins = false;
    }
    if rows.is_empty() {
        return false;
    }
    // A grid without a head has only the rule of its first line above the rows.
    table(builder, rows, heads, range);
    true
}

/// The cells of one line of a grid table, including empty ones.
fn bars_of((place, line): &(Range<usize>, &str)) -> Vec<Vec<Range<usize>>> {
    let inner = line.trim_start_matches('|');
    let mut at = place.start + line.len() - inner.len();
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells = vec![];
    for cell in inner.split('|') {
        let from = at + cell.len() - cell.trim_start().len();
        let to = at + cell.trim_end().len();
        let piece = (from < to).then_some(from..to);
        cells.push(piece.into_iter().collect());
        at += cell.len() + 1;
    }
    cells
}

fn table(
    builder: &mut Builder<'_, '_>,
    rows: Vec<Vec<Vec<Range<usize>>>>,
    heads: usize,
    range: &Range<usize>,
) {
    builder.open(BlockKind::Table(TableParts::default()), true, range.clone());
    for (number, row) in rows.into_iter().enumerate() {
        if let Some(table) = builder.table() {
            table.in_head = number < heads;
        }
        for cell in row {
            let place = cell.first().cloned().unwrap_or(range.start..range.start);
            builder.open(BlockKind::Cell, true, place);
            for (piece, part) in cell.into_iter().enumerate() {
                if piece > 0 {
                    builder.text(" ", part.start..part.start);
                }
                within(builder, part);
            }
            builder.end_paragraph();
            builder.close(&BlockKind::Cell, true);
        }
        builder.end_row();
    }
    let sample = BlockKind::Table(TableParts::default());
    builder.close(&sample, true);
}

/// The cells of a row after the first `columns` ones, without empty ones at the end.
pub(super) fn cells_beyond(row: &str, columns: usize) -> Vec<Range<usize>> {
    let trimmed = row.trim();
    let mut start = row.len() - row.trim_start().len();
    let end = start + trimmed.len();
    if trimmed.starts_with('|') {
        start += 1;
    }
    let mut cells = vec![];
    let mut escaped = false;
    let first = start;
    for (at, c) in row[first..end].char_indices().map(|(at, c)| (at + first, c)) {
        if c == '|' && !escaped {
            cells.push(start..at);
            start = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    cells.push(start..end.max(start));
    let mut beyond = cells.split_off(columns.min(cells.len()));
    while beyond.last().is_some_and(|cell| row[cell.clone()].trim().is_empty()) {
        beyond.pop();
    }
    for cell in &mut beyond {
        let text = &row[cell.clone()];
        *cell =
            cell.start + text.len() - text.trim_start().len()..cell.start + text.trim_end().len();
    }
    beyond
}
