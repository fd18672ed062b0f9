//! Turns drafts into the plan: modules in cells, with their legs.

use crate::makeup::draft::{Heading, MadePage, Stand, Tail};
use crate::makeup::editor::locked;
use crate::makeup::effort::HUNDREDTHS;
use crate::makeup::model::{Cells, Leg, Module, PagePlan, PlacedPicture, PlacedQuote, Rows};
use crate::makeup::page::workshop::Workshop;
use crate::makeup::shape::shapes::box_rows;

/// The modules of a page, the heaviest first.
pub(crate) fn page(workshop: &Workshop, made: &MadePage, number: u16) -> PagePlan {
    if let Some(at) = made.locked {
        return locked::as_planned(workshop, &made.draft.stands, &workshop.ed.locked[at].page);
    }
    let modules = made.draft.stands.iter().map(|s| module(workshop, s, made.top)).collect();
    PagePlan {
        number,
        section: made.section,
        section_head: made.section_head,
        top: made.top,
        foot: made.foot,
        modules,
        ads: made.ads.clone(),
        cost: told(made.draft.cost),
    }
}

fn module(workshop: &Workshop, s: &Stand, top: Rows) -> Module {
    let unit = &workshop.units[s.unit];
    let item = workshop.item(s.unit);
    let z = &s.zone;
    let y = top + s.y;
    let white = box_rows(item, unit);
    let zone = y + (s.h - z.b) - white;
    let k = s.w as usize - 1;
    let deck_rows = match (&item.deck, s.shape.deck) {
        (Some(d), true) => d.rows.get(k).or(d.rows.last()).copied().unwrap_or(0),
        _ => 0,
    };
    let head_rows = (s.h - z.b) - deck_rows - Rows::from(s.shape.slack) - 2 * white;
    let down = if s.over { z.tops[0] + z.art_slack } else { 0 };
    let head_row = y + white + Rows::from(s.shape.slack) + down;
    let cells =
        |column: u8, row: Rows, columns: u8, rows: Rows| Cells { column, row, columns, rows };
    let pictures = z
        .pictures()
        .iter()
        .enumerate()
        .map(|(k, p)| {
            let row = if k == 0 && s.over { y + white } else { zone + p.row };
            PlacedPicture {
                picture: p.picture as usize,
                cells: cells(s.x + p.column, row, p.columns, p.rows),
                caption: cells(s.x + p.column, row + p.rows, p.columns, p.caption),
            }
        })
        .collect();
    Module {
        item: unit.item,
        cells: cells(s.x, y, s.w, s.h),
        rank: s.rank,
        part: unit.part,
        from: unit.from,
        to: None,
        measure: z.measure,
        head_step: match s.shape.heading {
            Heading::Step(step) => Some(step.into()),
            Heading::None | Heading::Jump(_) => None,
        },
        jump_step: match s.shape.heading {
            Heading::Jump(step) => step,
            Heading::None | Heading::Step(_) => 0,
        },
        short_head: s.shape.short,
        boxed: white > 0,
        head: cells(s.x, head_row, s.w, head_rows),
        deck: (deck_rows > 0 && s.shape.deck)
            .then(|| cells(s.x, head_row + head_rows, s.w, deck_rows)),
        pictures,
        quotes: z
            .quote()
            .iter()
            .map(|(quote, q)| PlacedQuote {
                quote: *quote as usize,
                cells: cells(s.x + q.column, zone + q.row, 1, q.rows),
            })
            .collect(),
        legs: legs(workshop, s, zone),
        jump_line: (z.tail == Tail::Cut).then(|| cells(s.x + s.w - 1, y + s.h - 1 - white, 1, 1)),
    }
}

fn legs(workshop: &Workshop, s: &Stand, zone: Rows) -> Vec<Leg> {
    let unit = &workshop.units[s.unit];
    let z = &s.zone;
    let text = workshop.text(unit.item, z.measure);
    let mut out = Vec::new();
    if unit.start >= text.len() {
        return out;
    }
    let Some(runs) = z.runs(z.least(), Rows::MAX) else {
        return out;
    };
    let mut left = z.short_legs(&runs);
    let runs = &runs.runs[..runs.n];
    let heights: Vec<Rows> = runs.iter().map(|r| r.2).collect();
    let forced = if z.forced { text.force(unit.start, &heights, z.tail, true) } else { None };
    let mut i = unit.start;
    for (k, &(column, row, rows)) in runs.iter().enumerate() {
        let end = if let Some(ends) = &forced {
            ends[k]
        } else if k + 1 == runs.len() {
            z.end as usize
        } else {
            text.leg_or_short(i, rows, &mut left).map_or(i, |x| x.0)
        };
        if end > i {
            let cells = Cells {
                column: s.x + column,
                row: zone + row,
                columns: z.measure,
                rows: text.rows(i, end) as Rows,
            };
            out.push(Leg { cells, first: i, end });
        }
        i = end;
    }
    out
}

/// A cost rounded to hundredths, as the plan has it.
pub(crate) fn told(cost: f32) -> f64 {
    f64::from((cost * HUNDREDTHS).round()) / f64::from(HUNDREDTHS)
}

/// Enters the pages that the parts of jumped stories come from and go to.
pub(crate) fn link(pages: &mut [PagePlan]) {
    let mut next: Vec<(usize, u16, u16)> = Vec::new();
    for p in pages.iter() {
        next.extend(p.modules.iter().map(|m| (m.item, m.part, p.number)));
    }
    next.sort_unstable();
    for p in pages.iter_mut() {
        for m in &mut p.modules {
            let find = |part: u16| next.iter().find(|x| x.0 == m.item && x.1 == part).map(|x| x.2);
            if m.jump_line.is_some() {
                m.to = find(m.part + 1);
            }
            if m.part > 0 {
                m.from = find(m.part - 1);
            }
        }
    }
}
