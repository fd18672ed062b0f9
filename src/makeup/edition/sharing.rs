//! Keeps the editor's wishes about company while pages are made: which stories may share a page, and
//! the cost of plans that don't keep that.

use crate::makeup::cost::pin;
use crate::makeup::draft::{Draft, Lot};
use crate::makeup::edition::attempt::Attempt;
use crate::makeup::limits::MODULES_MOST;
use crate::makeup::model::{Hand, Item};

impl Attempt<'_> {
    /// Whether an editor's wish concerns the place of an item.
    pub(crate) fn is_pinned(&self, item: usize) -> bool {
        let Item { columns, hand: Hand { position, size, .. }, .. } = &self.workshop.ed.items[item];
        let company = !self.company.mates[item].is_empty() || !self.company.foes[item].is_empty();
        columns.is_some() || position.is_some() || size.is_some() || company
    }

    fn items_of(&self, lots: &[Lot]) -> Vec<(usize, bool)> {
        let units = Self::units(lots).into_iter().map(|u| &self.workshop.units[u]);
        units.map(|unit| (unit.item, unit.part == 0)).collect()
    }

    /// Whether lots may share a page. Nothing else decides that.
    pub(crate) fn may_share(&self, lots: &[Lot]) -> bool {
        if !self.company.any {
            return true;
        }
        let items = self.items_of(lots);
        let foes = |item: usize| &self.company.foes[item];
        !items.iter().any(|(a, _)| items.iter().any(|(b, _)| foes(*a).contains(b)))
    }

    /// Whether no mate of one page's lots is among the lots of another page.
    fn keeps_mates(&self, lots: &[Lot], others: &[Lot]) -> bool {
        if !self.company.any {
            return true;
        }
        let others = self.items_of(others);
        let left = |item: usize| {
            self.company.mates[item].iter().any(|mate| others.contains(&(*mate, true)))
        };
        !self.items_of(lots).iter().any(|(item, first)| *first && left(*item))
    }

    /// Whether lots may be dealt out to pages, each to the page that `on` gives.
    pub(crate) fn may_deal(&self, lots: &[Lot], on: &[usize]) -> bool {
        if !self.company.any {
            return true;
        }
        let side = |own: bool, page: usize| -> Vec<Lot> {
            let there = lots.iter().zip(on).filter(|(_, at)| (**at == page) == own);
            there.map(|(lot, _)| lot.clone()).collect()
        };
        on.iter().all(|&page| {
            let own = side(true, page);
            self.may_share(&own) && self.keeps_mates(&own, &side(false, page))
        })
    }

    /// The lots of a page with their mates; none if these are too many, or if some of them may not share
    /// a page.
    pub(crate) fn completed(&self, mut lots: Vec<Lot>) -> Option<Vec<Lot>> {
        if !self.company.any {
            return Some(lots);
        }
        if !self.company.alone {
            let here = self.items_of(&lots);
            let mut wanted: Vec<usize> = here
                .iter()
                .filter(|(_, first)| *first)
                .flat_map(|(item, _)| self.company.mates[*item].iter().copied())
                .filter(|mate| !here.contains(&(*mate, true)))
                .collect();
            wanted.sort_unstable();
            wanted.dedup();
            if !wanted.is_empty() {
                let mate = |lot: &Lot| match lot {
                    Lot::One(u) => {
                        let unit = &self.workshop.units[*u];
                        unit.part == 0 && wanted.contains(&unit.item)
                    }
                    Lot::Group(_) => false,
                };
                lots.extend(self.everything().into_iter().filter(mate));
            }
        }
        (lots.len() <= MODULES_MOST && self.may_share(&lots)).then_some(lots)
    }

    /// The cost of stories that stand without their mates or with their foes, when some pages are made
    /// anew.
    pub(crate) fn ill_company(&self, anew: &[(usize, &Draft)]) -> f32 {
        if !self.company.any {
            return 0.0;
        }
        let mut firsts = vec![None; self.workshop.ed.items.len()];
        let mut cost = 0.0;
        for (at, made) in self.made.iter().enumerate() {
            let draft = anew.iter().find(|(page, _)| *page == at).map_or(&made.draft, |(_, d)| d);
            let lots: Vec<Lot> = draft.stands.iter().map(|s| Lot::One(s.unit)).collect();
            cost += if self.may_share(&lots) { 0.0 } else { pin::MISSED };
            for (item, _) in self.items_of(&lots).into_iter().filter(|(_, first)| *first) {
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
