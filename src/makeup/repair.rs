//! Repair: pages made one after the other leave their trouble to the last ones. Two pages at a
//! time are made anew from what stands on both.
//!
//! Steps:
//! 1. the pairs of pages are put in order, those that cost most together first;
//! 2. what stands on a pair is thrown together, a story that was jumped from one to the other
//!    being whole again, and dealt out anew: the deals whose estimated areas fit both pages are
//!    solved, the story that sticks out of the first page being cut for a jump to the second;
//! 3. a deal that costs less than what stands there takes its place, and the pages' other pairs
//!    are looked at again, until nothing is gained or enough has been tried.

use super::build::Made;
use super::desk::Desk;
use super::fill::Tail;
use super::maker::{Ask, Cell, Draft, Stand};
use super::model::Rows;
use super::shapes::NO;

/// How much is tried: pages solved, each weighed by what its stories make it cost.
const EFFORT: f32 = 260.0;
/// Deals that are solved for a pair of pages.
const DEALS: usize = 10;
/// Pages further apart than this keep what they have.
const REACH: usize = 4;
/// Least that a new deal has to gain.
const GAIN: f32 = 0.5;
/// Most stories of two pages that are dealt out anew.
const CELLS_MOST: usize = 12;

/// One way to deal two pages' stories out.
struct Deal {
    score: f32,
    first: Vec<Cell>,
    second: Vec<Cell>,
    /// The story that may be cut on the first page.
    cut: Option<usize>,
}

/// Two pages as they are to be.
struct Pair {
    first: Draft,
    second: Draft,
    cost: f32,
}

impl Desk<'_> {
    /// Makes pages anew, two at a time, where that makes them better.
    pub(crate) fn repair(&mut self) {
        let start = self.maker.effort();
        let mut done: Vec<(usize, usize)> = Vec::new();
        while self.maker.effort() - start < EFFORT {
            let Some((p, q)) = self.worst_pair(&done) else { return };
            done.push((p, q));
            if self.remake(p, q) {
                // Whatever touches these pages may be better now in another way.
                done.retain(|&(a, b)| ![a, b].iter().any(|x| [p, q].contains(x)));
                done.push((p, q));
            }
        }
    }

    /// The pair of pages inside that costs most together and was not tried yet.
    fn worst_pair(&self, done: &[(usize, usize)]) -> Option<(usize, usize)> {
        let n = self.made.len();
        let price: Vec<f32> = (0..n).map(|at| self.page_price(&self.made[at], at + 1 == n)).collect();
        let pairs = (1..n).flat_map(|p| (p + 1..n.min(p + 1 + REACH)).map(move |q| (p, q)));
        pairs
            .filter(|pair| !done.contains(pair) && self.may_trade(pair.0, pair.1))
            .max_by(|a, b| {
                let sum = |x: &(usize, usize)| price[x.0] + price[x.1] - (x.1 - x.0) as f32;
                sum(a).total_cmp(&sum(b)).then(b.cmp(a))
            })
    }

    /// Whether stories may go from one page to the other and back.
    fn may_trade(&self, p: usize, q: usize) -> bool {
        let (first, second) = (&self.made[p], &self.made[q]);
        // A section's first page is its own, and nothing of the section stands before it.
        if first.section_head || second.section_head {
            return first.section.is_some() && first.section == second.section;
        }
        // A jump to some other page fixes where the text was cut.
        let leaves = |made: &Made, to: Option<&Made>| {
            made.draft.stands.iter().any(|s| {
                s.zone.tail == Tail::Cut && to.is_none_or(|to| self.rest_of(s, to).is_none())
            })
        };
        !leaves(first, Some(second)) && !leaves(second, None)
    }

    /// The remainder of a cut text on a page.
    fn rest_of(&self, s: &Stand, on: &Made) -> Option<usize> {
        let unit = &self.maker.units[s.unit];
        on.draft.stands.iter().map(|t| t.unit).find(|&t| {
            let other = &self.maker.units[t];
            other.item == unit.item && other.part == unit.part + 1
        })
    }

    /// Makes two pages anew; whether they are better for it.
    fn remake(&mut self, p: usize, q: usize) -> bool {
        let last = q + 1 == self.made.len();
        let now = self.page_price(&self.made[p], false) + self.page_price(&self.made[q], last);
        let (first, second) = (&self.made[p], &self.made[q]);
        let rests: Vec<usize> = (first.draft.stands.iter())
            .filter(|s| s.zone.tail == Tail::Cut)
            .filter_map(|s| self.rest_of(s, second))
            .collect();
        let stands = first.draft.stands.iter().chain(&second.draft.stands);
        let units: Vec<usize> = stands.map(|s| s.unit).filter(|u| !rests.contains(u)).collect();
        let cells = self.bundle(units.into_iter().map(Cell::One).collect());
        if cells.len() > CELLS_MOST {
            return false;
        }
        let deals = self.deals(&cells, p, q);
        let mut best: Option<Pair> = None;
        for deal in deals {
            let limit = best.as_ref().map_or(now - GAIN, |pair| pair.cost);
            let known = self.maker.units.len();
            match self.try_deal(&deal, p, q, limit) {
                Some(pair) => best = Some(pair),
                None => {
                    while self.maker.units.len() > known {
                        self.maker.forget();
                    }
                    self.likely.truncate(known);
                }
            }
        }
        let Some(Pair { first, second, .. }) = best else { return false };
        self.made[p].draft = first;
        self.made[q].draft = second;
        for at in [p, q] {
            let sections: Vec<u16> =
                (self.made[at].draft.stands.iter()).map(|s| self.maker.item(s.unit).section).collect();
            let one = sections.iter().all(|s| *s == sections[0]);
            self.made[at].section = one.then(|| sections[0]);
        }
        self.estimate();
        true
    }

    /// The ways to deal cells out to two pages whose areas fit best.
    fn deals(&self, cells: &[Cell], p: usize, q: usize) -> Vec<Deal> {
        let gap = self.maker.ed.format.gap;
        let columns = f32::from(self.maker.ed.format.columns);
        let room = |made: &Made| columns * f32::from(made.foot - made.top + gap);
        let rooms = [room(&self.made[p]), room(&self.made[q])];
        let last = q + 1 == self.made.len();
        let areas: Vec<f32> = cells.iter().map(|c| self.area(c, false)).collect();
        let total: f32 = areas.iter().sum();
        // What both pages took so far tells how much the estimates are off.
        let scale = if last { 1.0 } else { (rooms[0] + rooms[1]) / total.max(1.0) };
        let stays = |c: &Cell, page: usize| self.may_stand(c, page, p);
        let mut out = Vec::new();
        for mask in 1u32..(1 << cells.len()) - 1 {
            let part = |side: u32| -> Vec<Cell> {
                let on = (0..cells.len()).filter(|k| mask >> k & 1 == side);
                on.map(|k| cells[k].clone()).collect()
            };
            let sum: f32 = (0..cells.len()).filter(|k| mask >> k & 1 == 1).map(|k| areas[k]).sum();
            let fill = sum * scale / rooms[0];
            let rest = (total - sum) * scale / rooms[1];
            let (first, second) = (part(1), part(0));
            if first.len() > 7
                || second.len() > 7
                || !first.iter().all(|c| stays(c, p))
                || !second.iter().all(|c| stays(c, q))
            {
                continue;
            }
            let lit = |cells: &[Cell]| cells.iter().any(|c| self.lit(c));
            let dark = 3.0 * f32::from(u8::from(!lit(&first)) + u8::from(!lit(&second)));
            let off = |fill: f32, last: bool| {
                if last { (fill - 1.0).max(0.0) + 0.3 * (0.6 - fill).max(0.0) } else { (fill - 1.0).abs() }
            };
            let whole = 10.0 * (off(fill, false) + off(rest, last)) + dark;
            if whole < 8.0 {
                out.push(Deal { score: whole, first: first.clone(), second: second.clone(), cut: None });
            }
            // The first page's longest story sticks out, and what is left of it goes over.
            if fill > 1.03
                && let Some(&unit) = self.cuttable(&first, false).first()
            {
                let own = self.unit_area(unit, false) * scale / rooms[0];
                let over = fill - 1.0;
                if over < 0.75 * own {
                    let score = 5.0 + dark + 10.0 * off(rest + over * rooms[0] / rooms[1], last);
                    out.push(Deal { score, first, second, cut: Some(unit) });
                }
            }
        }
        out.sort_by(|a, b| a.score.total_cmp(&b.score));
        out.truncate(DEALS);
        out
    }

    /// Whether a cell may stand on a page of the pair that begins with page `p`.
    fn may_stand(&self, cell: &Cell, page: usize, p: usize) -> bool {
        Self::units(std::slice::from_ref(cell)).iter().all(|&u| {
            let unit = &self.maker.units[u];
            let after = unit.from.is_none_or(|from| usize::from(from) <= page);
            let section = self.maker.item(u).section;
            let at_home = unit.part > 0
                || self.made[page].draft.stands.iter().any(|s| {
                    self.maker.units[s.unit].part == 0 && self.maker.item(s.unit).section == section
                });
            let pinned = self.maker.item(u).page.filter(|_| unit.part == 0);
            // A pin that can't be kept is no reason to stay.
            let keeps = pinned.is_none_or(|pin| {
                let pin = usize::from(pin);
                pin == page + 1 || !self.stands_on(u, pin) || page == p && pin <= p
            });
            after && at_home && keeps
        })
    }

    fn stands_on(&self, unit: usize, number: usize) -> bool {
        number
            .checked_sub(1)
            .and_then(|at| self.made.get(at))
            .is_some_and(|made| made.draft.stands.iter().any(|s| s.unit == unit))
    }

    /// Solves both pages of a deal, if they cost less than `limit` together.
    fn try_deal(
        &mut self,
        deal: &Deal,
        p: usize,
        q: usize,
        limit: f32,
    ) -> Option<Pair> {
        let last = q + 1 == self.made.len();
        let cuts: Vec<usize> = deal.cut.into_iter().collect();
        let first = self.solve(&deal.first, &cuts, p, false, limit)?;
        let mut cost = self.with_draft(p, &first, false);
        if cost >= limit {
            return None;
        }
        let mut second = deal.second.clone();
        let cut = first.stands.iter().find(|s| s.zone.tail == Tail::Cut).cloned();
        if let Some(s) = cut {
            second.push(Cell::One(self.maker.remainder(&s, p as u16 + 1)));
            self.estimate();
        }
        let second = self.solve(&second, &[], q, last, limit - cost)?;
        cost += self.with_draft(q, &second, last);
        (cost < limit).then_some(Pair { first, second, cost })
    }

    fn with_draft(&self, at: usize, draft: &Draft, last: bool) -> f32 {
        self.page_price(&Made { draft: draft.clone(), ..self.made[at].clone() }, last)
    }

    /// A page from exactly these cells: full, or with some white at its foot.
    fn solve(
        &mut self,
        cells: &[Cell],
        cuts: &[usize],
        at: usize,
        last: bool,
        limit: f32,
    ) -> Option<Draft> {
        let Made { top, foot, .. } = self.made[at];
        let rows: Rows = foot - top;
        let full = Ask { front: false, rows, free: false, last, scheme: 0, roomy: false, forced: false };
        let asks = if last {
            vec![Ask { free: true, ..full }, Ask { free: true, roomy: true, ..full }]
        } else {
            vec![full, Ask { scheme: 1, ..full }, Ask { scheme: 2, free: true, ..full }]
        };
        asks.into_iter().find_map(|ask| {
            self.maker.draft(cells, cuts, ask, limit.min(NO))
        })
    }
}
