//! A small page made by hand, for tests.

use crate::makeup::model::{Cells, Head, HeadSetting, Leg, Module, PagePlan};

/// Cells: column, row, columns, rows.
pub(crate) fn cells(column: u8, row: u16, columns: u8, rows: u16) -> Cells {
    Cells { column, row, columns, rows }
}

/// A module of a head and legs.
pub(crate) fn module(item: usize, place: Cells, head: u16, legs: &[u16]) -> Module {
    let mut first = 0;
    let legs = legs.iter().enumerate().map(|(index, &rows)| {
        let leg = Leg {
            cells: cells(place.column + index as u8, place.row + head, 1, rows),
            first,
            end: first + usize::from(rows),
        };
        first = leg.end;
        leg
    });
    Module {
        item,
        cells: place,
        rank: item as u8,
        part: 0,
        from: None,
        to: None,
        measure: 1,
        head_step: Some(0),
        jump_step: 0,
        short_head: false,
        boxed: false,
        head: Cells { rows: head, ..place },
        deck: None,
        pictures: vec![],
        quotes: vec![],
        legs: legs.collect(),
        jump_line: None,
    }
}

/// Three columns of forty rows: a story over two of them that is three lines short, one beside
/// it, and nothing below.
pub(crate) fn page() -> PagePlan {
    PagePlan {
        number: 1,
        section: None,
        section_head: false,
        top: 0,
        foot: 40,
        modules: vec![
            module(0, cells(0, 0, 2, 30), 6, &[24, 21]),
            module(1, cells(2, 0, 1, 30), 5, &[25]),
        ],
        ads: vec![],
        cost: 3.0,
    }
}

/// A head of some size in some lines over one to three columns.
pub(crate) fn head(size: f32, lines: [u8; 3], fill: f32, last_line: f32) -> Head {
    let set = |lines: u8| {
        (lines > 0).then_some(HeadSetting {
            rows: 2 * u16::from(lines),
            lines,
            last_line,
            last_word_alone: false,
            bad_ends: 0,
            fill,
            white: 0.0,
            hole: 0.0,
        })
    };
    Head { size, set: lines.map(set).to_vec(), short: vec![] }
}
