//! The editor's hand: which stories stand together or apart, where on its page one stands, and
//! how large it is.

use super::cost::pin;
use super::desk::Desk;
use super::draft::Draft;
use super::limits::{LARGE, MODULES_MOST, SMALL};
use super::maker::{Cell, Maker};
use super::model::{
    Edge, Edition, Flank, Format, Hand, Item, Module, PagePlan, Plan, Position, Rows, Sacrifice,
    Size,
};
use super::page::Side;

/// Which stories belong together, and which never do.
#[derive(Debug, Clone, Default)]
pub(crate) struct Company {
    /// The stories that each item is to share a page with, directly or by another.
    mates: Vec<Vec<usize>>,
    /// The stories that each item shares no page with.
    foes: Vec<Vec<usize>>,
    /// Whether there is anything to keep.
    any: bool,
    /// Whether stories may stand without their mates, since nothing else fits.
    pub(crate) alone: bool,
}

impl Company {
    pub(crate) fn of(ed: &Edition) -> Self {
        let n = ed.items.len();
        let (mut mates, mut foes) = (vec![Vec::new(); n], vec![Vec::new(); n]);
        let mut group: Vec<usize> = (0..n).collect();
        let mut any = false;
        for (k, item) in ed.items.iter().enumerate() {
            for &other in item.hand.with.iter().filter(|other| **other < n) {
                let (a, b) = (group[k].min(group[other]), group[k].max(group[other]));
                group.iter_mut().filter(|g| **g == b).for_each(|g| *g = a);
                any = true;
            }
            for &other in item.hand.apart.iter().filter(|other| **other < n && **other != k) {
                foes[k].push(other);
                foes[other].push(k);
                any = true;
            }
        }
        for k in (0..n).filter(|_| any) {
            mates[k] = (0..n).filter(|other| *other != k && group[*other] == group[k]).collect();
        }
        Self { mates, foes, any, alone: false }
    }

    /// Lets stories stand without their mates; whether that is a change.
    pub(crate) fn let_alone(&mut self) -> bool {
        let change = self.any && !self.alone;
        self.alone |= change;
        change
    }

    /// The page that an item is pinned to, itself or by one of its mates.
    pub(crate) fn page(&self, ed: &Edition, item: usize) -> Option<u16> {
        let mates = self.mates[item].iter().map(|mate| ed.items[*mate].page);
        ed.items[item].page.or_else(|| mates.flatten().next())
    }
}

impl Desk<'_> {
    /// Whether the editor had a hand in where an item stands.
    pub(crate) fn is_pinned(&self, item: usize) -> bool {
        let Item { columns, hand: Hand { position, size, .. }, .. } = &self.maker.ed.items[item];
        let company = !self.company.mates[item].is_empty() || !self.company.foes[item].is_empty();
        columns.is_some() || position.is_some() || size.is_some() || company
    }

    fn items_of(&self, cells: &[Cell]) -> Vec<(usize, bool)> {
        let units = Self::units(cells).into_iter().map(|u| &self.maker.units[u]);
        units.map(|unit| (unit.item, unit.part == 0)).collect()
    }

    /// Whether cells may share a page: the one place that says so.
    pub(crate) fn may_share(&self, cells: &[Cell]) -> bool {
        if !self.company.any {
            return true;
        }
        let items = self.items_of(cells);
        let foes = |item: usize| &self.company.foes[item];
        !items.iter().any(|(a, _)| items.iter().any(|(b, _)| foes(*a).contains(b)))
    }

    /// Whether cells of one page leave no mate behind among the cells of another.
    fn keeps_mates(&self, cells: &[Cell], others: &[Cell]) -> bool {
        if !self.company.any {
            return true;
        }
        let others = self.items_of(others);
        let left = |item: usize| {
            self.company.mates[item].iter().any(|mate| others.contains(&(*mate, true)))
        };
        !self.items_of(cells).iter().any(|(item, first)| *first && left(*item))
    }

    /// Whether cells may be dealt out to pages, each to the one that `on` names.
    pub(crate) fn may_deal(&self, cells: &[Cell], on: &[usize]) -> bool {
        if !self.company.any {
            return true;
        }
        let side = |own: bool, page: usize| -> Vec<Cell> {
            let there = cells.iter().zip(on).filter(|(_, at)| (**at == page) == own);
            there.map(|(cell, _)| cell.clone()).collect()
        };
        on.iter().all(|&page| {
            let own = side(true, page);
            self.may_share(&own) && self.keeps_mates(&own, &side(false, page))
        })
    }

    /// Cells of one page with the mates that are to stand with them; none where these are too
    /// many, or some of them may not share a page.
    pub(crate) fn completed(&self, mut cells: Vec<Cell>) -> Option<Vec<Cell>> {
        if !self.company.any {
            return Some(cells);
        }
        if !self.company.alone {
            let here = self.items_of(&cells);
            let mut wanted: Vec<usize> = here
                .iter()
                .filter(|(_, first)| *first)
                .flat_map(|(item, _)| self.company.mates[*item].iter().copied())
                .filter(|mate| !here.contains(&(*mate, true)))
                .collect();
            wanted.sort_unstable();
            wanted.dedup();
            if !wanted.is_empty() {
                let mate = |cell: &Cell| match cell {
                    Cell::One(u) => {
                        let unit = &self.maker.units[*u];
                        unit.part == 0 && wanted.contains(&unit.item)
                    }
                    Cell::Group(_) => false,
                };
                cells.extend(self.everything().into_iter().filter(mate));
            }
        }
        (cells.len() <= MODULES_MOST && self.may_share(&cells)).then_some(cells)
    }

    /// What it costs that stories stand without their mates or with their foes, with some pages
    /// made anew.
    pub(crate) fn ill_company(&self, anew: &[(usize, &Draft)]) -> f32 {
        if !self.company.any {
            return 0.0;
        }
        let mut firsts = vec![None; self.maker.ed.items.len()];
        let mut cost = 0.0;
        for (at, made) in self.made.iter().enumerate() {
            let draft = anew.iter().find(|(page, _)| *page == at).map_or(&made.draft, |(_, d)| d);
            let cells: Vec<Cell> = draft.stands.iter().map(|s| Cell::One(s.unit)).collect();
            cost += if self.may_share(&cells) { 0.0 } else { pin::MISSED };
            for (item, _) in self.items_of(&cells).into_iter().filter(|(_, first)| *first) {
                firsts[item] = Some(at);
            }
        }
        for (item, at) in firsts.iter().enumerate().filter(|(_, at)| at.is_some()) {
            let mates = self.company.mates[item].iter().filter(|mate| **mate > item);
            cost += pin::MISSED * mates.filter(|mate| firsts[**mate] != *at).count() as f32;
        }
        cost
    }
}

/// The sides of its page that each part keeps to, as sets of parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sides {
    pub tops: usize,
    pub feet: usize,
    pub lefts: usize,
    pub rights: usize,
}

impl Sides {
    pub(crate) fn any(self) -> bool {
        self != Self::default()
    }
}

/// The side of a page's outer edge: pages of even numbers have it at the reading edge.
pub(crate) fn outer(number: u16) -> Side {
    if number.is_multiple_of(2) { Side::Left } else { Side::Right }
}

impl Maker<'_> {
    /// Where the editor wants the cells of the page that is being made.
    pub(crate) fn sides(&self, cells: &[Cell]) -> Sides {
        let mut sides = Sides::default();
        for (k, cell) in cells.iter().enumerate() {
            let Cell::One(unit) = cell else { continue };
            let position = self.item(*unit).hand.position.filter(|_| self.units[*unit].part == 0);
            let Some(Position { edge, flank }) = position else { continue };
            match edge {
                Some(Edge::Top) => sides.tops |= 1 << k,
                Some(Edge::Foot) => sides.feet |= 1 << k,
                None => {}
            }
            let outside = outer(self.page);
            match flank.map(|flank| (flank == Flank::Outer) == (outside == Side::Left)) {
                Some(true) => sides.lefts |= 1 << k,
                Some(false) => sides.rights |= 1 << k,
                None => {}
            }
        }
        sides
    }
}

/// Whether a module of these columns and rows has the size the editor wants.
pub(crate) fn has_share(format: &Format, columns: u8, rows: Rows, size: Size) -> bool {
    let page = u32::from(format.columns) * u32::from(format.rows + format.gap);
    let own = u32::from(columns) * u32::from(rows + format.gap);
    match size {
        Size::Large => own * LARGE >= page,
        Size::Small => own * SMALL <= page,
        Size::Head(_) => true,
    }
}

/// The step of an item's heads that is nearest to a size in points.
pub(crate) fn step_of(item: &Item, points: f32) -> Option<usize> {
    let off = |k: &usize| (item.heads[*k].size - points).abs();
    (0..item.heads.len()).min_by(|a, b| off(a).total_cmp(&off(b)))
}

/// A pin that a plan does not keep.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refused {
    pub item: usize,
    pub what: Sacrifice,
    /// What there is in its place, as the kind has it.
    pub amount: f64,
}

/// The pins that a plan does not keep: written from what they mean, not from the solver.
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
            Some(Size::Head(points)) => step_of(item, points) == m.head_step,
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

/// Whether a module stands where it is wanted: no story above it, none below it, at the outer or
/// at the inner edge.
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

/// What an edition costs in the solver's terms: its pages together.
#[must_use]
pub fn cost(plan: &Plan) -> f64 {
    plan.pages.iter().map(|page| page.cost).sum()
}
