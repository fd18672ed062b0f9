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

use std::collections::BTreeMap;

use super::build::Made;
use super::desk::{Desk, MISSED};
use super::fill::Tail;
use super::maker::{Ask, Cell, Draft, Stand};
use super::shapes::NO;

/// How much is tried: pages solved, each weighed by what its stories make it cost.
const EFFORT: f32 = 200.0;
/// Places to cut a story in that are tried.
const CUTS: usize = 6;
/// Deals that are solved for a pair of pages.
const DEALS: usize = 16;
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
        let price: Vec<f32> =
            (0..n).map(|at| self.page_price(&self.made[at], at + 1 == n)).collect();
        let pairs = (1..n).flat_map(|p| (p + 1..n).map(move |q| (p, q)));
        let worth = |(p, q): (usize, usize)| {
            let missed = f32::from(self.missed(p, q));
            let near = q - p <= REACH || missed > 0.0;
            near.then(|| price[p] + price[q] - (q - p) as f32 + MISSED * missed)
        };
        pairs
            .filter(|pair| !done.contains(pair) && self.may_trade(pair.0, pair.1))
            .filter_map(|pair| Some((pair, worth(pair)?)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
            .map(|(pair, _)| pair)
    }

    /// Stories that stand on one page of a pair and are wanted on the other.
    fn missed(&self, p: usize, q: usize) -> u8 {
        let wanted = |at: usize, number: usize| {
            let stands = &self.made[at].draft.stands;
            stands.iter().filter(|s| self.misses(s, at) == Some(number as u16)).count() as u8
        };
        wanted(p, q + 1) + wanted(q, p + 1)
    }

    /// Whether stories may go from one page to the other and back.
    fn may_trade(&self, p: usize, q: usize) -> bool {
        let (first, second) = (&self.made[p], &self.made[q]);
        if first.draft.stands.is_empty() || second.draft.stands.is_empty() {
            return false;
        }
        // A section's first page is its own, and nothing of the section stands before it.
        if first.section_head || second.section_head {
            return first.section.is_some() && first.section == second.section;
        }
        true
    }

    /// Makes two pages anew; whether they are better for it.
    fn remake(&mut self, p: usize, q: usize) -> bool {
        let last = q + 1 == self.made.len();
        let now = self.page_price(&self.made[p], false)
            + self.page_price(&self.made[q], last)
            + self.disorder(&[]);
        let cells = self.thrown_together(p, q);
        let cells = self.bundle(cells);
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
        self.estimate();
        self.made[p].draft = first;
        self.made[q].draft = second;
        self.name_pages();
        for at in [p, q] {
            let sections: Vec<u16> = (self.made[at].draft.stands.iter())
                .map(|s| self.maker.item(s.unit).section)
                .collect();
            let one = sections.iter().all(|s| *s == sections[0]);
            if !self.made[at].section_head {
                self.made[at].section = one.then(|| sections[0]);
            }
        }
        true
    }

    /// What stands on two pages, ready to be dealt out anew: a story jumped from one to the other
    /// is whole again, one that goes on elsewhere keeps its cut.
    fn thrown_together(&mut self, p: usize, q: usize) -> Vec<Cell> {
        let stands: Vec<Stand> =
            [p, q].iter().flat_map(|&at| self.made[at].draft.stands.clone()).collect();
        let units = &self.maker.units;
        let rest_of = |s: &Stand| {
            let next = (units[s.unit].item, units[s.unit].part + 1);
            stands.iter().map(|t| t.unit).find(|&t| (units[t].item, units[t].part) == next)
        };
        let rests: Vec<Option<usize>> = stands
            .iter()
            .map(|s| if s.zone.tail == Tail::Cut { rest_of(s) } else { None })
            .collect();
        let mut cells = Vec::new();
        for (s, rest) in stands.iter().zip(&rests) {
            if rests.contains(&Some(s.unit)) {
                continue;
            }
            let old = &self.maker.units[s.unit];
            let mut unit = old.clone();
            if let Some(rest) = rest {
                let on = stands.iter().find(|t| t.unit == *rest && t.zone.tail == Tail::Cut);
                let rest = &self.maker.units[*rest];
                unit.until = on.map(|t| t.zone.end);
                // What goes on a second time shows its other pictures there.
                let shown = |s: &Stand| -> Vec<u16> {
                    s.zone.pictures().iter().map(|p| p.picture).collect()
                };
                if let Some(t) = on {
                    unit.pictures = [shown(s), shown(t)].concat();
                    unit.quotes =
                        s.zone.quote().iter().chain(&t.zone.quote()).map(|q| q.0).collect();
                } else {
                    unit.pictures.extend(&rest.pictures);
                    unit.quotes.extend(&rest.quotes);
                }
                unit.pictures.sort_unstable();
                unit.quotes.sort_unstable();
                unit.pictures.dedup();
                unit.quotes.dedup();
            } else if s.zone.tail == Tail::Cut {
                // The rest shows what this part does not.
                unit.until = Some(s.zone.end);
                unit.pictures = s.zone.pictures().iter().map(|p| p.picture).collect();
                unit.quotes = s.zone.quote().iter().map(|q| q.0).collect();
                unit.pictures.sort_unstable();
            }
            cells.push(Cell::One(if unit == *old { s.unit } else { self.maker.add(unit) }));
        }
        self.estimate();
        cells
    }

    /// The ways to deal cells out to two pages whose areas fit best.
    fn deals(&self, cells: &[Cell], p: usize, q: usize) -> Vec<Deal> {
        let gap = self.maker.ed.format.gap;
        let columns = f32::from(self.maker.ed.format.columns);
        let room = |made: &Made| {
            let corner = made.corner.map_or(0.0, |c| f32::from(c.w) * f32::from(c.h + gap));
            columns * f32::from(made.foot - made.top + gap) - corner
        };
        let rooms = [room(&self.made[p]), room(&self.made[q])];
        let last = q + 1 == self.made.len();
        let areas: Vec<f32> = cells.iter().map(|c| self.area(c, false)).collect();
        let total: f32 = areas.iter().sum();
        // What both pages took so far tells how much the estimates are off.
        let scale = if last { 1.0 } else { (rooms[0] + rooms[1]) / total.max(1.0) };
        let stays = |c: &Cell, page: usize| self.may_stand(c, page);
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
                if last {
                    (fill - 1.0).max(0.0) + 0.3 * (0.6 - fill).max(0.0)
                } else {
                    (fill - 1.0).abs()
                }
            };
            let whole = 10.0 * (off(fill, false) + off(rest, last)) + dark;
            if whole < 8.0 {
                out.push(Deal {
                    score: whole,
                    first: first.clone(),
                    second: second.clone(),
                    cut: None,
                });
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

    /// Whether a cell may stand on a page.
    fn may_stand(&self, cell: &Cell, page: usize) -> bool {
        Self::units(std::slice::from_ref(cell)).iter().all(|&u| {
            let unit = &self.maker.units[u];
            let (item, part) = (unit.item, unit.part);
            let page_of = |part: u8| {
                self.made.iter().position(|made| {
                    let units = made.draft.stands.iter().map(|s| &self.maker.units[s.unit]);
                    units.into_iter().any(|u| u.item == item && u.part == part)
                })
            };
            // Behind what comes before it, and before what comes behind it.
            let after = part == 0 || page_of(part - 1).is_none_or(|at| at < page);
            let before = unit.until.is_none() || page_of(part + 1).is_none_or(|at| page < at);
            let pinned = self.maker.item(u).page.filter(|_| part == 0);
            // A pin that is not kept as it is doesn't hold.
            let keeps = pinned.is_none_or(|pin| {
                let pin = usize::from(pin);
                pin == page + 1 || page_of(0).is_none_or(|at| at + 1 != pin)
            });
            after && before && keeps
        })
    }

    /// Solves both pages of a deal, if they cost less than `limit` together: a cut is made
    /// where what is left fits the second page best.
    fn try_deal(&mut self, deal: &Deal, p: usize, q: usize, limit: f32) -> Option<Pair> {
        let last = q + 1 == self.made.len();
        let cuts: Vec<usize> = deal.cut.into_iter().collect();
        let mut firsts = self.solve(&deal.first, &cuts, p, false, limit);
        firsts.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        firsts.truncate(CUTS);
        let mut best: Option<Pair> = None;
        for first in firsts {
            let limit = best.as_ref().map_or(limit, |pair| pair.cost);
            let cost = self.with_draft(p, &first, false);
            if cost >= limit {
                continue;
            }
            let mut cells = deal.second.clone();
            let fresh =
                |s: &&Stand| s.zone.tail == Tail::Cut && self.maker.units[s.unit].until.is_none();
            let cut = first.stands.iter().find(fresh).cloned();
            if let Some(s) = &cut {
                cells.push(Cell::One(self.maker.remainder(s, p as u16 + 1)));
            }
            let seconds = self.solve(&cells, &[], q, last, limit - cost);
            let second = seconds.into_iter().min_by(|a, b| a.cost.total_cmp(&b.cost));
            let pair = second.map(|second| {
                let cost = cost
                    + self.with_draft(q, &second, last)
                    + self.disorder(&[(p, &first), (q, &second)]);
                Pair { first, second, cost }
            });
            match pair.filter(|pair| pair.cost < limit) {
                Some(pair) => best = Some(pair),
                None if cut.is_some() => self.maker.forget(),
                None => {}
            }
        }
        best
    }

    /// Numbers the parts of every text anew, and tells each the page that the one before it
    /// stands on.
    fn name_pages(&mut self) {
        let mut seen: BTreeMap<usize, (u8, u16)> = BTreeMap::new();
        for (number, made) in (1..).zip(&self.made) {
            for s in &made.draft.stands {
                let item = self.maker.units[s.unit].item;
                let before = seen.get(&item).copied();
                let part = before.map_or(0, |(part, _)| part + 1);
                self.maker.number(s.unit, part, before.map(|(_, page)| page));
                seen.insert(item, (part, number));
            }
        }
    }

    fn with_draft(&self, at: usize, draft: &Draft, last: bool) -> f32 {
        self.page_price(&Made { draft: draft.clone(), ..self.made[at].clone() }, last)
    }

    /// Pages from exactly these cells: full, or with some white at the foot.
    fn solve(
        &mut self,
        cells: &[Cell],
        cuts: &[usize],
        at: usize,
        last: bool,
        limit: f32,
    ) -> Vec<Draft> {
        let Made { top, foot, corner, .. } = self.made[at];
        let full = Ask { last, ..Ask::inside(foot - top, corner) };
        let asks = if last {
            vec![Ask { free: true, ..full }, Ask { free: true, roomy: true, ..full }]
        } else {
            vec![full, Ask { scheme: 1, ..full }, Ask { scheme: 2, free: true, ..full }]
        };
        for ask in asks {
            let drafts = self.maker.drafts(cells, cuts, ask, limit.min(NO));
            if !drafts.is_empty() {
                return drafts;
            }
        }
        Vec::new()
    }
}
