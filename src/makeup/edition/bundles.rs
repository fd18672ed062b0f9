//! Bundles small stories where a page would hold more parts than the solver takes.

use crate::makeup::draft::Lot;
use crate::makeup::edition::attempt::Attempt;
use crate::makeup::effort::bundle;
use crate::makeup::limits::{MODULES_MOST, PARTS_MOST};

impl Attempt<'_> {
    /// Bundles small stories if a page would hold more parts than the solver takes.
    pub(crate) fn bundle(&self, lots: Vec<Lot>) -> Vec<Lot> {
        let page = self.page_area();
        let pages = (self.areas(&lots) / page).max(1.0);
        let target = (bundle::PARTS * pages).ceil() as usize;
        if lots.len() <= target.max(MODULES_MOST) {
            return lots;
        }
        let small = |c: &Lot| match c {
            Lot::One(u) => {
                let unit = &self.workshop.units[*u];
                unit.part == 0
                    && unit.until.is_none()
                    && !self.is_pinned(unit.item)
                    && self.area(c, false) < page / bundle::STORY_PART
            }
            Lot::Group(_) => false,
        };
        let mut keep = Vec::new();
        let mut bag: Vec<usize> = Vec::new();
        let mut groups = Vec::new();
        let mut count = lots.len();
        for (k, c) in lots.into_iter().enumerate().rev() {
            if count > target && k >= bundle::LEADS && small(&c) {
                if let Lot::One(u) = c {
                    let area = self.unit_area(u, false);
                    let sum: f32 = bag.iter().map(|&b| self.unit_area(b, false)).sum();
                    let full = !bag.is_empty() && sum + area > page / bundle::PART;
                    if bag.len() >= bundle::STORIES || full {
                        bag.reverse();
                        groups.push(Lot::Group(std::mem::take(&mut bag)));
                    }
                    if !bag.is_empty() {
                        count -= 1;
                    }
                    bag.push(u);
                }
            } else {
                keep.push(c);
            }
        }
        if !bag.is_empty() {
            bag.reverse();
            groups.push(if bag.len() == 1 { Lot::One(bag[0]) } else { Lot::Group(bag) });
        }
        keep.reverse();
        groups.reverse();
        keep.extend(groups);
        keep
    }

    pub(crate) fn bundle_all(&mut self) {
        for q in 0..self.queues.len() {
            let lots = std::mem::take(&mut self.queues[q]);
            self.queues[q] = self.bundle(lots);
        }
    }

    /// All that is left, with small stories bundled until the solver can take it.
    pub(crate) fn gathered(&mut self) -> Vec<Lot> {
        let lots = self.everything();
        if lots.len() <= PARTS_MOST { lots } else { self.bundle(lots) }
    }
}
