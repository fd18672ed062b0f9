//! Company kept while pages are made: what may share a page, and what it costs where that is not so.

use crate::makeup::cost::pin;
use crate::makeup::draft::{Cell, Draft};
use crate::makeup::edition::attempt::Attempt;
use crate::makeup::limits::MODULES_MOST;
use crate::makeup::model::{Hand, Item};

impl Attempt<'_> {
    /// Whether the editor had a hand in where an item stands.
    pub(crate) fn is_pinned(&self, item: usize) -> bool {
        let Item { columns, hand: Hand { position, size, .. }, .. } = &self.workshop.ed.items[item];
        let company = !self.company.mates[item].is_empty() || !self.company.foes[item].is_empty();
        columns.is_some() || position.is_some() || size.is_some() || company
    }

    fn items_of(&self, cells: &[Cell]) -> Vec<(usize, bool)> {
        let units = Self::units(cells).into_iter().map(|u| &self.workshop.units[u]);
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
                        let unit = &self.workshop.units[*u];
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
        let mut firsts = vec![None; self.workshop.ed.items.len()];
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
