//! Finds the pins that a plan doesn't keep, by what they mean and not by how the search tried to keep
//! them.

use crate::makeup::draft::Side;
use crate::makeup::editor::sides::outer;
use crate::makeup::model::{
    Edge, Edition, Flank, Module, PagePlan, Plan, Position, Sacrifice, Size,
};
use crate::makeup::shape::shapes::has_share;

/// A pin that a plan doesn't keep.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refused {
    pub item: usize,
    pub what: Sacrifice,
    /// What the plan has instead, in the unit of its kind.
    pub amount: f64,
}

/// The pins that a plan doesn't keep.
pub(crate) fn refused(edition: &Edition, pages: &[PagePlan]) -> Vec<Refused> {
    let begins = |item: usize| {
        pages.iter().find_map(|page| {
            let mut modules = page.modules.iter();
            Some((page, modules.find(|m| m.item == item && m.part == 0)?))
        })
    };
    let mut out = Vec::new();
    for (k, item) in edition.items.iter().enumerate() {
        let Some((page, m)) = begins(k) else { continue };
        let number = page.number;
        let mut say = |what, amount: f64| out.push(Refused { item: k, what, amount });
        if item.page.is_some_and(|wanted| wanted != number) {
            say(Sacrifice::PinPage, f64::from(number));
        }
        if item.columns.is_some_and(|columns| columns != m.cells.columns) {
            say(Sacrifice::PinColumns, f64::from(m.cells.columns));
        }
        if !item.may_jump && m.jump_line.is_some() {
            say(Sacrifice::PinJump, 1.0);
        }
        if item.hand.position.is_some_and(|wanted| !stands_at(edition, page, m, wanted)) {
            say(Sacrifice::PinPosition, 1.0);
        }
        let head = m.head_step.and_then(|step| item.heads.get(step)).map_or(0.0, |head| head.size);
        let sized = match item.hand.size {
            Some(Size::Head(points)) => item.step_near(points) == m.head_step,
            Some(size) => has_share(&edition.format, m.cells.columns, m.cells.rows, size),
            None => true,
        };
        if !sized {
            say(Sacrifice::PinSize, f64::from(head));
        }
        let with = item.hand.with.iter().filter_map(|mate| begins(*mate));
        for (other, _) in with.filter(|(other, _)| other.number != number) {
            say(Sacrifice::PinWith, f64::from(other.number));
        }
        for foe in item.hand.apart.iter().filter(|foe| **foe != k) {
            let both = |page: &&PagePlan| {
                [k, *foe].iter().all(|one| page.modules.iter().any(|m| m.item == *one))
            };
            if let Some(page) = pages.iter().find(both) {
                say(Sacrifice::PinApart, f64::from(page.number));
            }
        }
    }
    out
}

/// Whether a module stands at its wished place: with no story above it or below it, at the outer or
/// the inner edge.
fn stands_at(edition: &Edition, page: &PagePlan, m: &Module, wanted: Position) -> bool {
    let others = || page.modules.iter().map(|other| other.cells).filter(|cells| *cells != m.cells);
    let (left, right) = (m.cells.column, m.cells.column + m.cells.columns);
    let mut over = others().filter(|c| c.column < right && left < c.column + c.columns);
    let edge = match wanted.edge {
        Some(Edge::Top) => !over.any(|c| c.row < m.cells.row),
        Some(Edge::Foot) => !over.any(|c| c.row > m.cells.row),
        None => true,
    };
    let at = |side: Side| match side {
        Side::Left => left == 0,
        Side::Right => right == edition.format.columns,
    };
    let inner = if outer(page.number) == Side::Left { Side::Right } else { Side::Left };
    let flank = match wanted.flank {
        Some(Flank::Outer) => at(outer(page.number)),
        Some(Flank::Inner) => at(inner),
        None => true,
    };
    edge && flank
}

/// The cost of all pages of a plan.
#[must_use]
pub fn cost(plan: &Plan) -> f64 {
    plan.pages.iter().map(|page| page.cost).sum()
}
