//! What an edition is composed from, and where parts of it stand on their pages.

use crate::galley::{BriefGalley, Galley};
use crate::grid::{Box, Grid};
use crate::lineup::Edition;
use crate::makeup::model::{Cells, Format, Leg, Module, Plan, Slice};
use crate::typeset::Theme;

/// How far a picture's upper edge stands below that of its first row, in points: level with the
/// capitals of the line beside it.
pub(super) const PICTURE_DROP: f64 = 2.0;

/// All that an edition is composed from.
pub struct Composition<'a> {
    /// The stories and the paper.
    pub edition: &'a Edition,
    /// The stories' galleys.
    pub galleys: &'a [Galley],
    /// The grid of its pages.
    pub grid: &'a Grid,
    /// The bands of its pages that no story may use.
    pub format: &'a Format,
    /// The plan.
    pub plan: &'a Plan,
}

impl Composition<'_> {
    /// The briefs of a module: the slot of each, and its parts of the module's legs. Empty if the
    /// module is no rail.
    pub fn briefs_of(&self, module: &Module) -> Vec<(usize, Vec<Leg>)> {
        let galley = &self.galleys[module.item];
        let slots = self.edition.slots_of(module.item).zip(&galley.briefs);
        let one = |(slot, brief)| {
            let legs = module.legs.iter().filter_map(|leg| in_brief(galley, brief, leg));
            (slot, legs.collect())
        };
        slots.map(one).collect()
    }

    /// The columns that the weather takes of the front page's foot; 0 without weather.
    pub(super) fn weather_columns(&self, theme: &Theme) -> u8 {
        let room = theme.contract.weather.filter(|_| self.edition.paper.weather.is_some());
        room.map_or(0, |room| room.columns.clamp(1, self.grid.columns.max(2) - 1))
    }

    /// The key of the story or brief in a slot.
    pub fn key(&self, slot: usize) -> Option<&String> {
        self.edition.slots().nth(slot).map(|story| &story.key)
    }
}

/// Where a picture stands on the sheet.
pub(super) fn picture_box(grid: &Grid, page: u16, cells: Cells) -> Box {
    let place = grid.place(page, cells);
    Box { y: place.y + PICTURE_DROP, h: place.h - PICTURE_DROP, ..place }
}

/// The part of a leg that a brief has, if it has any.
pub(super) fn in_brief(galley: &Galley, brief: &BriefGalley, leg: &Leg) -> Option<Leg> {
    let (first, end) = (leg.first.max(brief.first), leg.end.min(brief.end));
    if first >= end {
        return None;
    }
    let slices = &galley.body.slices.slices;
    let above =
        rows(slices, leg.first, first) + if first > leg.first { slices[first].gap } else { 0 };
    // The head of a table is repeated at the top of a leg, never within one.
    let again = if first > leg.first { slices[first].again } else { 0 };
    let (row, rows) = (leg.cells.row + above, rows(slices, first, end) - again);
    Some(Leg { cells: Cells { row, rows, ..leg.cells }, first, end })
}

/// The rows that slices take at the top of a leg.
fn rows(slices: &[Slice], first: usize, end: usize) -> u16 {
    let all = slices[first..end].iter().enumerate();
    // Above a leg's first line, the gap is left out and a table's head is repeated.
    all.map(|(at, slice)| slice.rows.saturating_add(if at == 0 { slice.again } else { slice.gap }))
        .fold(0, u16::saturating_add)
}
