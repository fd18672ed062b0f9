//! How a story's text fits its place, and where it could be cut from the end.

use serde::Serialize;

use super::white::Occupied;
use crate::content::model::{Block, Inline, Story, runs};
use crate::galley::{Galley, Optional, optional};
use crate::makeup::model::{Cells, Leg, Module, Rows, Slice};

/// How a text fits its place, in lines. A line is a row of the grid; the white above subheads counts
/// too.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TextFit {
    /// Lines that the text has.
    pub lines: u32,
    /// Empty lines after its end: so many more would fit.
    pub short: u32,
    /// Lines that had to go to other pages: so many are too many for the first.
    pub over: u32,
    /// Empty cells elsewhere in its modules: above and beside its parts.
    pub white: u32,
    /// The nearest clean cut, if there is one.
    pub cut: Option<Cut>,
    /// Its paragraphs that the writer marked as optional.
    pub optional: Vec<Optional>,
}

/// A cut from the end of a text: whole paragraphs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cut {
    /// The lines that are cut.
    pub lines: u32,
    /// The first words of what is cut.
    pub from: String,
    /// The lines that are empty afterwards, when the module is made as low as it can be; 0 or 1 after a
    /// clean cut.
    pub leaves: u32,
}

/// The most lines that are empty after a clean cut: as many as the make-up leaves under any leg.
const CLEAN: u32 = 1;
/// The most that is cut to even out legs, as a share of the lines of a text.
const MOST_CUT: f64 = 0.34;
/// The words of a paragraph by which it is named.
const FIRST_WORDS: usize = 5;

/// Judges a story's text by its modules, the one with the head first.
pub(super) fn text_fit(story: &Story, galley: &Galley, modules: &[&Module]) -> TextFit {
    let slices = &galley.body.slices.slices;
    let mut fit = TextFit {
        lines: lines(slices),
        short: 0,
        over: 0,
        white: 0,
        cut: None,
        optional: optional(story, galley),
    };
    for module in modules {
        let (after, elsewhere) = empty(module);
        fit.white += elsewhere;
        // More text fills only what is empty after the text's end.
        if module.to.is_none() {
            fit.short += after;
        } else {
            fit.white += after;
        }
    }
    for leg in modules.iter().skip(1).flat_map(|module| &module.legs) {
        fit.over += u32::from(leg.cells.rows);
    }
    if let Some(first) = modules.first() {
        let rooms = rooms(first);
        let least = if modules.len() > 1 { Wanted::OnePage } else { Wanted::EvenLegs };
        fit.cut = cut(&body(story, galley), &rooms, least);
    }
    fit
}

/// The rows that slices take below each other.
fn lines(slices: &[Slice]) -> u32 {
    let all: u32 = slices.iter().map(|slice| u32::from(slice.gap) + u32::from(slice.rows)).sum();
    all - slices.first().map_or(0, |slice| u32::from(slice.gap))
}

/// The empty cells of a module: after the end of its text, and elsewhere.
fn empty(module: &Module) -> (u32, u32) {
    let cells = module.cells;
    let (right, foot) = (cells.column + cells.columns, cells.row + cells.rows);
    let taken = Occupied::of(module, right, foot);
    let end = module.legs.last().map(|leg| (leg.cells.column, leg.cells.row + leg.cells.rows));
    let (mut after, mut elsewhere) = (0, 0);
    for column in cells.column..right {
        for row in (cells.row..foot).filter(|row| taken.is_free(column, *row)) {
            match end {
                Some((last, under)) if column > last || (column == last && row >= under) => {
                    after += 1;
                }
                _ => elsewhere += 1,
            }
        }
    }
    (after, elsewhere)
}

/// The room of a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Room {
    /// Rows down to what stands below it.
    rows: Rows,
    /// Whether it is the lowest leg of its column: where the module's foot is raised, this leg gets
    /// shorter, and art below it moves up.
    last: bool,
}

/// The room of each leg of a module. The row of a jump line counts as room: a text that ends here has
/// none.
fn rooms(module: &Module) -> Vec<Room> {
    let foot = module.cells.row + module.cells.rows;
    let mut still = module.clone();
    still.jump_line = None;
    let taken = Occupied::of(&still, module.cells.column + module.cells.columns, foot);
    let room = |leg: &Leg| {
        let Cells { column, row, rows, .. } = leg.cells;
        let end = row + rows;
        let more = (end..foot).take_while(|row| taken.is_free(column, *row)).count() as Rows;
        let below = |other: &Leg| other.cells.column == column && other.cells.row >= end;
        Room { rows: rows + more, last: !module.legs.iter().any(below) }
    };
    module.legs.iter().map(room).collect()
}

/// What a cut is to achieve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// All legs end on one row.
    EvenLegs,
    /// What is left fits on the page where it begins.
    OnePage,
}

/// What of a body matters for a cut.
struct Body<'a> {
    slices: &'a [Slice],
    /// The first slice that can't be cut: facts, notes and corrections stay.
    tail: usize,
    /// For each slice that begins a paragraph, the paragraph's first words.
    openings: Vec<Option<String>>,
}

fn body<'a>(story: &Story, galley: &'a Galley) -> Body<'a> {
    let slices = &galley.body.slices.slices[..];
    let mut units: Vec<Option<usize>> = vec![None; slices.len()];
    for stretch in &galley.body.stretches {
        let runs = &galley.parts.runs;
        let at = runs.partition_point(|run| run.start < stretch.start);
        let unit = runs[at..].iter().take_while(|run| run.start == stretch.start);
        let unit = unit.filter_map(|run| run.unit).next();
        if let Some(known) = units.get_mut(stretch.slice as usize) {
            *known = known.or(unit);
        }
    }
    let tail = tail_unit(story, galley)
        .and_then(|tail| units.iter().position(|unit| unit.is_some_and(|unit| unit >= tail)))
        .unwrap_or(slices.len());
    let openings = (0..slices.len()).map(|at| {
        let begins = at == 0 || units[at] != units[at - 1];
        let unit = units[at].filter(|_| begins)?;
        let text = galley.parts.runs.iter().filter(|run| run.unit == Some(unit));
        let text: String = text.map(|run| run.text.as_str()).collect();
        Some(text.split_whitespace().take(FIRST_WORDS).collect::<Vec<_>>().join(" "))
    });
    Body { slices, tail, openings: openings.collect() }
}

/// The first unit of what follows the text itself: facts, notes, corrections.
fn tail_unit(story: &Story, galley: &Galley) -> Option<usize> {
    let mut found = None;
    let mut note = |start: u32, end: u32| {
        let unit = galley.parts.find(start, end).and_then(|run| run.unit);
        found = [found, unit].into_iter().flatten().min();
    };
    let mut inlines = |all: &[Inline]| {
        runs(all, &mut |run| note(run.span.start, run.span.end), &mut || {});
    };
    if let Some(facts) = &story.facts {
        facts.items.iter().for_each(|item| inlines(item));
    }
    for block in story.notes.iter().flatten() {
        if let Block::Paragraph(text) = block {
            inlines(text);
        }
    }
    let title = story.facts.as_ref().and_then(|facts| facts.title.as_ref());
    for run in story.corrections.iter().chain(title) {
        note(run.span.start, run.span.end);
    }
    found
}

/// The nearest clean cut.
///
/// Steps: (1) the end of each paragraph is tried, from the last one up; (2) the text that is left is
/// run through the module's legs again, with their feet raised together as far as possible; (3) the
/// first cut that leaves the legs even is taken or, if there is none, the nearest one.
fn cut(body: &Body, rooms: &[Room], wanted: Wanted) -> Option<Cut> {
    let Body { slices, tail, openings } = body;
    let all = lines(slices);
    let most = (f64::from(all) * MOST_CUT).max(12.0) as u32;
    let mut nearest: Option<Cut> = None;
    for end in (1..*tail).rev() {
        let Some(from) = &openings[end] else { continue };
        if slices[end - 1].break_after.is_none() {
            continue;
        }
        let left: Vec<Slice> = slices[..end].iter().chain(&slices[*tail..]).copied().collect();
        let gone = all - lines(&left);
        if wanted == Wanted::EvenLegs && gone > most {
            break;
        }
        let leaves = match wanted {
            Wanted::OnePage => flow(&left, rooms, 0),
            Wanted::EvenLegs => lowest(&left, rooms),
        };
        let Some(leaves) = leaves else { continue };
        let cut = Cut { lines: gone, from: from.clone(), leaves };
        if wanted == Wanted::OnePage || leaves <= CLEAN {
            return Some(cut);
        }
        nearest = nearest.or(Some(cut));
    }
    nearest
}

/// The lines that are empty when all feet are raised as far as the text allows.
fn lowest(slices: &[Slice], rooms: &[Room]) -> Option<u32> {
    let feet = rooms.iter().filter(|room| room.last).map(|room| room.rows);
    let most = feet.min().unwrap_or(0);
    // A break may be forbidden at one height and allowed above and below it.
    (0..most).rev().find_map(|raised| flow(slices, rooms, raised))
}

/// Runs slices through legs whose feet are raised by some rows. Returns the lines that are empty after
/// the end; none where the slices don't fit. A leg ends on its last row or on the one above it.
fn flow(slices: &[Slice], rooms: &[Room], raised: Rows) -> Option<u32> {
    let mut at = 0;
    let mut left: u32 = 0;
    for room in rooms {
        let raised = if room.last { raised } else { 0 };
        let room = u32::from(room.rows.saturating_sub(raised));
        if at == slices.len() {
            left += room;
            continue;
        }
        let mut used = 0;
        let mut legal = None;
        for (index, slice) in slices.iter().enumerate().skip(at) {
            let above = if index == at { slice.again } else { slice.gap };
            used += u32::from(slice.rows) + u32::from(above);
            if used > room {
                break;
            }
            if slice.break_after.is_some() || index + 1 == slices.len() {
                legal = Some((index + 1, used));
            }
        }
        let (next, used) = legal?;
        if next < slices.len() && used + 1 < room {
            return None;
        }
        left += if next == slices.len() { room - used } else { 0 };
        at = next;
    }
    (at == slices.len()).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::sample;

    /// Paragraphs of so many lines.
    fn body_of(paragraphs: &[usize]) -> (Vec<Slice>, Vec<Option<String>>) {
        let mut slices = vec![];
        let mut openings = vec![];
        for (number, lines) in paragraphs.iter().enumerate() {
            for line in 0..*lines {
                let legal = (line > 0 && line + 2 < *lines) || line + 1 == *lines;
                slices.push(Slice {
                    gap: 0,
                    rows: 1,
                    break_after: legal.then_some(0.0),
                    jump_after: false,
                    relief: false,
                    again: 0,
                });
                openings.push((line == 0).then(|| format!("Paragraph {number}")));
            }
        }
        (slices, openings)
    }

    /// Legs beside each other.
    fn beside(rows: &[Rows]) -> Vec<Room> {
        rows.iter().map(|rows| Room { rows: *rows, last: true }).collect()
    }

    fn cut_of(paragraphs: &[usize], kept: usize, rooms: &[Rows], wanted: Wanted) -> Option<Cut> {
        let rooms = &beside(rooms)[..];
        let (slices, openings) = body_of(paragraphs);
        let tail = slices.len() - kept;
        cut(&Body { slices: &slices, tail, openings }, rooms, wanted)
    }

    #[test]
    fn legs_end_one_row_higher_where_a_break_is_forbidden() {
        let (slices, _) = body_of(&[6, 6, 6]);
        assert_eq!(flow(&slices, &beside(&[9, 9]), 0), Some(0));
        // A leg of eleven rows would leave one line of a paragraph behind.
        assert_eq!(flow(&slices, &beside(&[11, 9]), 0), Some(1));
        assert_eq!(flow(&slices, &beside(&[9, 8]), 0), None);
        assert_eq!(flow(&slices, &beside(&[6, 6, 6, 6]), 0), Some(6));
    }

    #[test]
    fn the_nearest_cut_that_leaves_even_legs_is_found() {
        // 38 lines in two legs of 20: without the last four they end at 17 rows each.
        let cut = cut_of(&[8, 6, 8, 6, 6, 4], 0, &[20, 20], Wanted::EvenLegs).unwrap();
        assert_eq!((cut.lines, cut.leaves, &*cut.from), (4, 0, "Paragraph 5"));
        // An odd number is one row short at best, which is clean.
        let cut = cut_of(&[9, 9, 9, 8, 5], 0, &[14, 14, 14], Wanted::EvenLegs).unwrap();
        assert_eq!((cut.lines, cut.leaves), (5, 1));
        // A nearer one would leave two empty.
        let cut = cut_of(&[9, 10, 9, 6, 6], 0, &[14, 14, 14], Wanted::EvenLegs).unwrap();
        assert_eq!((cut.lines, cut.leaves), (12, 1));
        let cut = cut_of(&[31, 4], 0, &[12, 12, 12], Wanted::EvenLegs).unwrap();
        assert_eq!((cut.lines, cut.leaves), (4, 2), "none is clean: the nearest");
    }

    #[test]
    fn only_the_last_leg_of_a_column_gives_way() {
        let (slices, _) = body_of(&[6, 6, 6]);
        // A quote parts the first column: above it six rows, below it four.
        let mut rooms = beside(&[6, 6, 8]);
        rooms[0].last = false;
        assert_eq!(lowest(&slices, &rooms), Some(2));
        assert_eq!(lowest(&slices, &beside(&[9, 11])), Some(0));
    }

    #[test]
    fn a_jump_is_spared_by_the_fewest_lines_that_make_room() {
        let cut = cut_of(&[8, 6, 8, 6, 6, 4], 0, &[16, 16], Wanted::OnePage).unwrap();
        assert_eq!((cut.lines, cut.leaves, &*cut.from), (10, 4, "Paragraph 4"));
        assert_eq!(cut_of(&[40], 0, &[10], Wanted::OnePage), None);
    }

    #[test]
    fn facts_and_corrections_are_never_cut() {
        let cut = cut_of(&[8, 8, 8, 4], 4, &[10, 10], Wanted::OnePage).unwrap();
        assert_eq!((cut.lines, &*cut.from), (8, "Paragraph 2"));
    }

    #[test]
    fn white_after_the_end_is_told_from_white_elsewhere() {
        let page = sample::page();
        assert_eq!(empty(&page.modules[0]), (3, 0));
        assert_eq!(empty(&page.modules[1]), (0, 0));
        assert_eq!(rooms(&page.modules[0]), beside(&[24, 24]));
    }
}
