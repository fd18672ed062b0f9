//! Cuts a body that was set in one long column into slices, and says after which of them a leg may
//! end.

use std::collections::BTreeMap;

use super::parts::{Parts, UnitKind};
use crate::grid::Grid;
use crate::makeup::model::{Galley as Slices, Rows, Slice};
use crate::typeset::{Ink, LongWord, MeasuredPart, Trouble};

/// The cost of ending a leg at a line that ends in a hyphen.
const HYPHEN_COST: f32 = 0.3;
/// The cost of ending a leg inside a table, a list or a listing.
const INSIDE_COST: f32 = 0.2;
/// The cost of beginning a leg with a paragraph of one line.
const ONE_LINE_COST: f32 = 1.0;
/// The cost of ending a leg below a subhead that has two lines of text or fewer.
const SHORT_END_COST: f32 = 1.0;
/// A table of this many rows or fewer is never cut.
const WHOLE_TABLE_ROWS: u16 = 24;
/// How far a baseline may stand from its usual place in a row, in points.
const OFF_GRID_PT: f64 = 0.1;

/// A body cut into slices.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The slices, for the make-up.
    pub slices: Slices,
    /// Which piece of each run stands in which slice, sorted by run and place.
    pub stretches: Vec<Stretch>,
    /// How far the baseline of running text lies below its row's upper edge, in points.
    pub baseline: f64,
    /// Words that are wider than the measure, and by how many points.
    pub overfull: Vec<(LongWord, f64)>,
}

impl Body {
    /// Lets legs and jumps end after any slice.
    pub(super) fn end_anywhere(&mut self) {
        for slice in &mut self.slices.slices {
            slice.break_after = Some(0.0);
            slice.jump_after = true;
        }
        if let Some(last) = self.slices.slices.last_mut() {
            last.jump_after = false;
        }
    }
}

/// A piece of a run that stands in one slice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// First byte of the run in its file.
    pub start: u32,
    /// The byte after its last one there.
    pub end: u32,
    /// The piece's first byte in the run's printed text.
    pub from: u32,
    /// The byte after its last one.
    pub to: u32,
    /// The index of the slice.
    pub slice: u32,
    /// The row within the slice.
    pub row: u16,
    /// How far the baseline lies below that row's upper edge, in points.
    pub baseline: f64,
    /// How far it begins from the leg's left edge, in points.
    pub x: f64,
}

/// One row of the long column in which a body was set.
#[derive(Default)]
struct Row {
    inked: bool,
    unit: Option<usize>,
    hyphenated: bool,
    right: f64,
    inks: Vec<Ink>,
}

/// Cuts a body that was set in one long column, `measure` columns of the page wide.
///
/// Steps:
/// 1. The ink is sorted into rows by its baseline.
/// 2. Rows of one unit that follow each other are the unit's lines. Empty rows before them are its
///    gap.
/// 3. Each line is a slice, or each unit if it is never cut.
/// 4. A leg may end after a slice if two lines of the paragraph stand on either side, and never
///    under a subhead or a byline.
///
/// # Errors
/// If a line is off the grid, which is a fault of the theme.
pub(super) fn cut(
    piece: &MeasuredPart,
    parts: &Parts,
    grid: &Grid,
    measure: u8,
) -> Result<Body, Vec<Trouble>> {
    let mut rows = rows_of(piece, parts, grid);
    while rows.last().is_some_and(|row| !row.inked) {
        rows.pop();
    }
    let sorts = by_sort(&rows, parts);
    // The first sort is running text, where there is any.
    let baseline = sorts.values().next().map(|rows| baseline_of(rows, grid));
    let mut body = Body { baseline: baseline.unwrap_or_default(), ..Body::default() };
    if let Some(trouble) = sorts.values().find_map(|rows| off_grid(rows, grid)) {
        return Err(vec![trouble]);
    }
    let mut kinds: Vec<Option<UnitKind>> = vec![];
    let mut heads: Vec<Rows> = vec![];
    let mut at = 0;
    let mut gap = 0;
    while at < rows.len() {
        if !rows[at].inked {
            gap += 1;
            at += 1;
            continue;
        }
        let end = unit_end(&rows, at);
        push_unit(&mut body, &rows[at..end], at, gap, parts, (grid, measure));
        heads.resize(body.slices.slices.len(), head_rows(&rows[at..end], parts));
        kinds.resize(body.slices.slices.len(), rows[at].unit.map(|unit| parts.units[unit]));
        gap = 0;
        at = end;
    }
    keep_tables_whole(&mut body.slices, &kinds, &heads);
    forbid_slivers(&mut body.slices, &kinds);
    let count = body.slices.slices.len();
    if let Some(last) = body.slices.slices.last_mut() {
        last.break_after = Some(0.0);
        last.jump_after = false;
    }
    forbid_short_tail(&mut body.slices, count);
    body.stretches.sort_by_key(|s| (s.start, s.end, s.from));
    Ok(body)
}

fn rows_of(piece: &MeasuredPart, parts: &Parts, grid: &Grid) -> Vec<Row> {
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    piece.inks(|mut ink| {
        let run = ink.source.as_ref().and_then(|s| parts.find(s.start, s.end));
        if run.is_some_and(|run| ink.is_repeated_hyphen(&run.text)) {
            ink.source = None;
        }
        let row = rows.entry((ink.y / grid.row).floor().max(0.0) as usize).or_default();
        row.inked = true;
        let unit = run.filter(|_| ink.source.is_some()).and_then(|run| run.unit);
        row.unit = row.unit.or(unit);
        let right = ink.x + ink.width;
        if right >= row.right {
            row.right = right;
            row.hyphenated = ink.hyphenated;
        }
        row.inks.push(ink);
    });
    let count = rows.keys().next_back().map_or(0, |last| last + 1);
    (0..count).map(|index| rows.remove(&index).unwrap_or_default()).collect()
}

/// The sorts of text that a theme may set in different sizes and at different heights in their rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum TextSort {
    /// Running text.
    Text,
    Subhead,
    Code,
    Byline,
    /// Facts, notes and corrections.
    Aside,
    Table,
    /// What the theme adds: a rule, an ornament.
    None,
}

/// The rows with ink, by their sort.
fn by_sort<'a>(rows: &'a [Row], parts: &Parts) -> BTreeMap<TextSort, Vec<&'a Row>> {
    let mut sorts: BTreeMap<TextSort, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.inked) {
        let sort = row.unit.map_or(TextSort::None, |unit| match parts.units[unit] {
            _ if unit >= parts.asides => TextSort::Aside,
            UnitKind::Text | UnitKind::Capped(_) | UnitKind::Relief => TextSort::Text,
            UnitKind::Subhead => TextSort::Subhead,
            UnitKind::Code => TextSort::Code,
            UnitKind::Byline => TextSort::Byline,
            UnitKind::Row => TextSort::Table,
        });
        sorts.entry(sort).or_default().push(row);
    }
    sorts
}

/// The size of most of the ink of some rows, in hundredths of a point.
fn size_of(rows: &[&Row]) -> i64 {
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for ink in rows.iter().flat_map(|row| &row.inks) {
        *sizes.entry((ink.size * 100.0) as i64).or_default() += ink.text.len();
    }
    sizes.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(size, _)| size)
}

/// How far the baseline lies below its row's upper edge, in points: that of most of the ink in the
/// commonest size.
fn baseline_of(rows: &[&Row], grid: &Grid) -> f64 {
    let size = size_of(rows);
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    let inks = rows.iter().flat_map(|row| &row.inks);
    for ink in inks.filter(|ink| (ink.size * 100.0) as i64 == size) {
        *counts.entry((ink.y.rem_euclid(grid.row) * 100.0).round() as i64).or_default() +=
            ink.text.len();
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(y, _)| y as f64 / 100.0)
}

/// Finds a line whose baseline isn't where that of its sort is: some block above it is not a whole
/// number of rows high.
fn off_grid(rows: &[&Row], grid: &Grid) -> Option<Trouble> {
    let (size, baseline) = (size_of(rows), baseline_of(rows, grid));
    let off = |ink: &&Ink| (ink.y.rem_euclid(grid.row) - baseline).abs();
    let ink = rows.iter().find_map(|row| {
        let mut inks = row.inks.iter().filter(|ink| (ink.size * 100.0) as i64 == size);
        // Raised and lowered type is off the baseline on purpose, beside type that isn't.
        let worst = inks.clone().find(|ink| (OFF_GRID_PT..2.0).contains(&off(ink)));
        let first = inks.clone().next().filter(|_| inks.all(|ink| off(&ink) > OFF_GRID_PT));
        worst.or(first)
    })?;
    let place = ink.source.as_ref().map(|source| {
        let path = source.file.get().vpath().get_without_slash().to_string();
        (path, source.start as usize..source.end as usize)
    });
    Some(Trouble {
        message: "a line stands off the grid: something above it in the theme is not a whole \
                  number of rows high"
            .into(),
        hints: vec!["give every block of a body a height and spacing in whole rows".into()],
        place,
    })
}

/// The row after the last one of the unit that begins at a row.
fn unit_end(rows: &[Row], at: usize) -> usize {
    let unit = rows[at].unit;
    let mut end = at + 1;
    while unit.is_some() && rows.get(end).is_some_and(|row| row.inked && row.unit == unit) {
        end += 1;
    }
    end
}

/// How many rows of a unit are the head of a table.
fn head_rows(rows: &[Row], parts: &Parts) -> Rows {
    let again = |ink: &Ink| {
        let source = ink.source.as_ref();
        source.and_then(|s| parts.find(s.start, s.end)).is_some_and(|run| run.again)
    };
    let last = rows.iter().rposition(|row| row.inks.iter().any(again));
    last.map_or(0, |last| last as Rows + 1)
}

/// Adds the slices of a unit. `top` is its first row in the column, `gap` the empty rows above it.
fn push_unit(body: &mut Body, rows: &[Row], top: usize, gap: u16, parts: &Parts, of: (&Grid, u8)) {
    let kind = rows[0].unit.map(|unit| parts.units[unit]);
    let lines = rows.len();
    // The lines of the first slice: a cap and the lines beside it stay together, as does a unit that
    // is never cut.
    let first = match kind {
        Some(UnitKind::Subhead | UnitKind::Byline | UnitKind::Row) => lines,
        Some(UnitKind::Capped(beside)) => usize::from(beside).clamp(1, lines),
        _ => 1,
    };
    for (index, row) in rows.iter().enumerate() {
        let opens = index == 0;
        if opens || index >= first {
            let after = if opens { first } else { index + 1 };
            let inside = after < lines;
            // Below a cap and the lines beside it there is at least one more line.
            let least = if let Some(UnitKind::Capped(beside)) = kind { beside.into() } else { 1 };
            let two_each = after > least && lines - after >= 2;
            let hyphenated = rows[after - 1].hyphenated;
            let break_after = match kind {
                // Ink of no unit is the theme's ornament between two parts.
                None | Some(UnitKind::Subhead | UnitKind::Byline) => None,
                Some(UnitKind::Text | UnitKind::Capped(_) | UnitKind::Relief)
                    if inside && !two_each =>
                {
                    None
                }
                Some(UnitKind::Text | UnitKind::Capped(_)) if hyphenated => Some(HYPHEN_COST),
                Some(UnitKind::Relief | UnitKind::Code | UnitKind::Row) => Some(INSIDE_COST),
                _ => Some(0.0),
            };
            let text = matches!(kind, Some(UnitKind::Text | UnitKind::Capped(_)));
            let jump_after = text && inside && two_each && !hyphenated;
            let relief =
                opens && matches!(kind, Some(UnitKind::Subhead | UnitKind::Relief | UnitKind::Row));
            let gap = if opens { gap } else { 0 };
            let rows = if opens { first as u16 } else { 1 };
            body.slices.slices.push(Slice { gap, rows, break_after, jump_after, relief, again: 0 });
        }
        let slice = body.slices.slices.len() - 1;
        let in_slice = if index < first { index } else { 0 };
        note_ink(body, row, (top + index) as f64, slice, in_slice, of);
    }
}

/// Notes which pieces of runs stand in a row, and which words are wider than the measure.
fn note_ink(
    body: &mut Body,
    row: &Row,
    number: f64,
    slice: usize,
    in_slice: usize,
    (grid, measure): (&Grid, u8),
) {
    for ink in &row.inks {
        let Some(source) = ink.source.as_ref().filter(|s| s.from < s.to) else { continue };
        body.stretches.push(Stretch {
            start: source.start,
            end: source.end,
            from: source.from,
            to: source.to,
            slice: slice as u32,
            row: in_slice as u16,
            baseline: ink.y - number * grid.row,
            x: ink.x,
        });
        let width = grid.span(measure);
        if let Some(word) = ink.sticking_out(width) {
            body.overfull.push((word, ink.x + ink.width - width));
        }
    }
}

/// Forbids legs to end where only one or two lines would stand between the cut and white above a
/// subhead: they look lost. They may stand at a leg's foot if they are all the text below their
/// subhead, at a cost.
fn forbid_slivers(slices: &mut Slices, kinds: &[Option<UnitKind>]) {
    let slices = &mut slices.slices;
    let count = slices.len();
    for at in 0..count.saturating_sub(1) {
        let mut before = 0;
        for (slice, kind) in slices[..=at].iter().zip(kinds).rev() {
            // A subhead doesn't count: three lines must stand below it.
            before += if *kind == Some(UnitKind::Subhead) { 0 } else { u32::from(slice.rows) };
            if slice.gap > 0 || before >= 3 {
                break;
            }
        }
        let rest = &slices[at + 1..];
        let mut after = u32::from(rest[0].rows);
        let mut end = 1;
        while after < 3 && rest.get(end).is_some_and(|slice| slice.gap == 0) {
            after += u32::from(rest[end].rows);
            end += 1;
        }
        let ends = at + 1 + end == count;
        let at_gap = rest[0].gap > 0;
        let sliver = !at_gap && (before < 3 || (!ends && after < 3));
        // The next slice is a paragraph of one line, and a leg may end before and after it.
        let stub = rest[0].break_after.is_some() && rest.get(1).is_some_and(|s| s.gap > 0);
        let slice = &mut slices[at];
        if sliver {
            slice.break_after = None;
            slice.jump_after = false;
        } else if let Some(cost) = &mut slice.break_after {
            *cost += if stub { ONE_LINE_COST } else { 0.0 }
                + if before < 3 { SHORT_END_COST } else { 0.0 };
        }
    }
}

/// Keeps short tables whole; longer ones may be cut between two rows. Where a leg begins within a
/// table, its head is repeated.
fn keep_tables_whole(slices: &mut Slices, kinds: &[Option<UnitKind>], heads: &[Rows]) {
    let mut at = 0;
    while at < kinds.len() {
        let mut end = at + 1;
        if kinds[at] == Some(UnitKind::Row) {
            while end < kinds.len() && kinds[end] == kinds[at] && slices.slices[end].gap == 0 {
                end += 1;
            }
            let table = &mut slices.slices[at..end];
            let rows: u32 = table.iter().map(|slice| u32::from(slice.rows)).sum();
            let last = table.len() - 1;
            // The head stays with the row below it, however long the table.
            let kept = if rows <= u32::from(WHOLE_TABLE_ROWS) { last } else { 1.min(last) };
            table[..kept].iter_mut().for_each(|slice| slice.break_after = None);
            table[1..].iter_mut().for_each(|slice| slice.again = heads[at]);
        }
        at = end;
    }
}

/// Forbids a leg to end before the last line of a story, which would stand by itself at the next
/// leg's top.
fn forbid_short_tail(slices: &mut Slices, count: usize) {
    if count >= 2 {
        let last = slices.slices[count - 1];
        let before = &mut slices.slices[count - 2];
        if last.rows == 1 && last.gap == 0 {
            before.break_after = None;
            before.jump_after = false;
        }
    }
}
