//! Repair: when pages are made one after the other, the last ones get what fitted nowhere else. So
//! two or three pages at a time are made anew from the stories on them. This is a
//! large-neighbourhood search with the page solver as its oracle.
//!
//! Steps:
//! 1. The pairs of pages are sorted, the most expensive first. When no pair can be improved, the most
//!    expensive pages are tried with two others near them.
//! 2. What stands on them is dealt out anew. A story that jumped from one of them to another is whole
//!    again. Deals whose estimated areas fit the pages are solved; a story that is too long for its
//!    page is cut for a jump to a later one.
//! 3. A deal that costs less replaces the pages, and the other pairs with these pages are tried again,
//!    until nothing is gained or enough was tried.

use std::collections::{BTreeMap, BTreeSet};

use crate::makeup::cost::pin;
use crate::makeup::draft::{ANY_SIZE, Ask, Draft, Lot, MadePage, Stand, Tail};
use crate::makeup::edition::attempt::Attempt;
use crate::makeup::effort::repair as tried;
use crate::makeup::limits::MODULES_MOST;

/// One way to deal out the stories of some pages.
struct Deal {
    /// What stands on each page.
    parts: Vec<Vec<Lot>>,
    cut: Option<Cut>,
}

/// A story that may be cut.
#[derive(Clone, Copy)]
struct Cut {
    unit: usize,
    /// The page on which it begins and the one that gets the rest, by their indexes in the deal.
    from: usize,
    to: usize,
}

/// The pages of a deal, solved.
struct Dealt {
    drafts: Vec<Draft>,
    cost: f32,
}

impl Attempt<'_> {
    /// Makes pages anew, a few at a time, where that lowers their cost.
    pub(crate) fn repair(&mut self) {
        let start = self.workshop.effort();
        let mut done: BTreeSet<Vec<usize>> = BTreeSet::new();
        while self.workshop.effort() - start < tried::EFFORT {
            let Some(pages) = self.worst_pair(&done).or_else(|| self.worst_three(&done)) else {
                return;
            };
            done.insert(pages.clone());
            if self.remake(&pages) {
                // Pairs with these pages may now be improved in another way.
                done.retain(|other| !other.iter().any(|page| pages.contains(page)));
                done.insert(pages);
            }
        }
    }

    /// The cost of each page.
    fn prices(&self) -> Vec<f32> {
        let n = self.made.len();
        (0..n).map(|at| self.page_price(&self.made[at], at + 1 == n)).collect()
    }

    /// The most expensive pair of pages inside that was not tried yet.
    fn worst_pair(&self, done: &BTreeSet<Vec<usize>>) -> Option<Vec<usize>> {
        let (n, price) = (self.made.len(), self.prices());
        let pairs = (1..n).flat_map(|p| (p + 1..n).map(move |q| (p, q)));
        let worth = |(p, q): (usize, usize)| {
            let missed = f32::from(self.missed(p, q));
            let near = q - p <= tried::REACH || missed > 0.0;
            near.then(|| price[p] + price[q] - (q - p) as f32 + pin::MISSED * missed)
        };
        pairs
            .filter(|&(p, q)| self.may_trade(p, q))
            .filter_map(|pair| Some((pair, worth(pair)?)))
            .filter(|((p, q), _)| !done.contains(&vec![*p, *q]))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
            .map(|((p, q), _)| vec![p, q])
    }

    /// The most expensive three pages near each other, at least one of which costs much.
    fn worst_three(&self, done: &BTreeSet<Vec<usize>>) -> Option<Vec<usize>> {
        let (n, price) = (self.made.len(), self.prices());
        let near = |p: usize, far: usize| p + 1..n.min(p + far + 1);
        let threes = (1..n).flat_map(|p| {
            near(p, tried::REACH)
                .flat_map(move |q| near(q, p + tried::REACH - q).map(move |r| [p, q, r]))
        });
        let worth = |three: &[usize; tried::PAGES]| {
            let all = three.iter().map(|&at| price[at]);
            let worst = all.clone().fold(0.0, f32::max);
            // Only what a page costs beyond the usual can be gained.
            (worst > tried::FINE)
                .then(|| worst + tried::OTHERS * all.sum::<f32>() - (three[2] - three[0]) as f32)
        };
        threes
            .filter(|[p, q, r]| self.may_trade(*p, *q) && self.may_trade(*q, *r))
            .filter(|[p, _, r]| self.may_trade(*p, *r))
            .filter_map(|three| Some((three, worth(&three)?)))
            .filter(|(three, _)| !done.contains(&three.to_vec()))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
            .map(|(three, _)| three.to_vec())
    }

    /// The number of stories that stand on one page of a pair and are wanted on the other.
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
        if first.locked.is_some() || second.locked.is_some() {
            return false;
        }
        // A section's first page holds no other section, and no page before it holds the section.
        if first.section_head || second.section_head {
            return first.section.is_some() && first.section == second.section;
        }
        true
    }

    /// Makes some pages anew. Returns whether that lowered their cost.
    fn remake(&mut self, pages: &[usize]) -> bool {
        let last = self.made.len() - 1;
        let price = |attempt: &Self, at: usize| attempt.page_price(&attempt.made[at], at == last);
        let now = pages.iter().map(|&at| price(self, at)).sum::<f32>() + self.disorder(&[]);
        let lots = self.thrown_together(pages);
        let lots = self.bundle(lots);
        if lots.len() > tried::CELLS[pages.len() - 2] {
            return false;
        }
        let mut best: Option<Dealt> = None;
        for deal in self.deals(&lots, pages) {
            let limit = best.as_ref().map_or(now - tried::GAIN, |dealt| dealt.cost);
            let known = self.workshop.units.len();
            match self.try_deal(deal, pages, limit) {
                Some(dealt) => best = Some(dealt),
                None => {
                    while self.workshop.units.len() > known {
                        self.workshop.forget();
                    }
                    self.likely.truncate(known);
                }
            }
        }
        let Some(Dealt { drafts, .. }) = best else { return false };
        self.estimate();
        for (&at, draft) in pages.iter().zip(drafts) {
            self.made[at].draft = draft;
        }
        self.name_pages();
        for &at in pages {
            let sections: Vec<u16> = (self.made[at].draft.stands.iter())
                .map(|s| self.workshop.item(s.unit).section)
                .collect();
            let one = sections.iter().all(|s| *s == sections[0]);
            if !self.made[at].section_head {
                self.made[at].section = one.then(|| sections[0]);
            }
        }
        true
    }

    /// What stands on some pages, to be dealt out anew. A story that jumped from one of them to another
    /// is whole again; one that continues elsewhere keeps its cut.
    pub(crate) fn thrown_together(&mut self, pages: &[usize]) -> Vec<Lot> {
        let stands: Vec<Stand> =
            pages.iter().flat_map(|&at| self.made[at].draft.stands.clone()).collect();
        let units = &self.workshop.units;
        let rest_of = |s: &Stand| {
            let next = (units[s.unit].item, units[s.unit].part + 1);
            let rest = |t: &&Stand| (units[t.unit].item, units[t.unit].part) == next;
            stands.iter().find(rest).filter(|_| s.zone.tail == Tail::Cut)
        };
        let rests: Vec<usize> = stands.iter().filter_map(|s| Some(rest_of(s)?.unit)).collect();
        let mut whole = Vec::new();
        for s in stands.iter().filter(|s| !rests.contains(&s.unit)) {
            let parts: Vec<&Stand> = std::iter::successors(Some(s), |s| rest_of(s)).collect();
            let mut unit = units[s.unit].clone();
            let last = parts[parts.len() - 1];
            unit.until = (last.zone.tail == Tail::Cut).then_some(last.zone.end);
            if unit.until.is_some() {
                // The rest, on another page, shows the pictures and quotes that these parts don't.
                let shown = parts.iter().flat_map(|s| s.zone.pictures());
                unit.pictures = shown.map(|p| p.picture).collect();
                unit.quotes = parts.iter().filter_map(|s| s.zone.quote()).map(|q| q.0).collect();
            } else {
                for part in &parts[1..] {
                    unit.pictures.extend(&units[part.unit].pictures);
                    unit.quotes.extend(&units[part.unit].quotes);
                }
            }
            unit.pictures.sort_unstable();
            unit.quotes.sort_unstable();
            unit.pictures.dedup();
            unit.quotes.dedup();
            whole.push((s.unit, unit));
        }
        let lot = |(old, unit)| {
            let same = unit == self.workshop.units[old];
            Lot::One(if same { old } else { self.workshop.add(unit) })
        };
        let lots = whole.into_iter().map(lot).collect();
        self.estimate();
        lots
    }

    /// The deals of lots to some pages whose areas fit best.
    fn deals(&self, lots: &[Lot], pages: &[usize]) -> Vec<Deal> {
        let gap = self.workshop.ed.format.gap;
        let columns = f32::from(self.workshop.ed.format.columns);
        let room = |at: usize| {
            let made = &self.made[at];
            let corner = made.corner.map_or(0.0, |c| f32::from(c.w) * f32::from(c.h + gap));
            columns * f32::from(made.foot - made.top + gap) - corner
        };
        let rooms: Vec<f32> = pages.iter().map(|&at| room(at)).collect();
        let count = pages.len();
        let ends = pages[count - 1] + 1 == self.made.len();
        let areas: Vec<f32> = lots.iter().map(|c| self.area(c, false)).collect();
        let total: f32 = areas.iter().sum();
        // What the pages held so far shows by how much the estimates are off.
        let scale = if ends { 1.0 } else { rooms.iter().sum::<f32>() / total.max(1.0) };
        let stays: Vec<Vec<bool>> = (lots.iter())
            .map(|c| pages.iter().map(|&page| self.may_stand(c, page)).collect())
            .collect();
        let lit: Vec<bool> = lots.iter().map(|c| self.lit(c)).collect();
        let off = |fill: f32, page: usize| {
            if ends && page + 1 == count {
                (fill - 1.0).max(0.0) + tried::LAST_OFF * (tried::LAST_FILL - fill).max(0.0)
            } else {
                (fill - 1.0).abs()
            }
        };
        let mut found: Vec<(f32, Vec<usize>, Option<Cut>)> = Vec::new();
        let mut on = vec![0; lots.len()];
        loop {
            let mut sums = [(0.0f32, 0usize, false); tried::PAGES];
            for (k, &page) in on.iter().enumerate() {
                let sum = &mut sums[page];
                *sum = (sum.0 + areas[k], sum.1 + 1, sum.2 || lit[k]);
            }
            let sums = &sums[..count];
            let fits = sums.iter().all(|sum| sum.1 <= MODULES_MOST);
            let stay = || on.iter().enumerate().all(|(k, &page)| stays[k][page]);
            if fits && stay() && self.may_deal(lots, &on) {
                let dark = tried::DARK * sums.iter().filter(|sum| !sum.2).count() as f32;
                let fill: Vec<f32> =
                    sums.iter().zip(&rooms).map(|(sum, room)| sum.0 * scale / room).collect();
                let whole: f32 = (0..count).map(|page| tried::OFF * off(fill[page], page)).sum();
                // A page may get nothing but the remainder of a story before it.
                if whole + dark < tried::OFF_MOST && sums.iter().all(|sum| sum.1 > 0) {
                    found.push((whole + dark, on.clone(), None));
                }
                self.cuts(lots, &on, &fill, &rooms, scale, |cut, over| {
                    let others = (0..count).filter(|&page| page != cut.from);
                    let filled = |page: usize| {
                        fill[page] + if page == cut.to { over / rooms[page] } else { 0.0 }
                    };
                    let open = (0..count).any(|page| sums[page].1 == 0 && page != cut.to);
                    let rest: f32 = others.map(|page| tried::OFF * off(filled(page), page)).sum();
                    if !open {
                        found.push((tried::CUT + dark + rest, on.clone(), Some(cut)));
                    }
                });
            }
            // The next way to deal.
            let Some(k) = on.iter().position(|&page| page + 1 < count) else { break };
            on[k] += 1;
            on[..k].fill(0);
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found.truncate(tried::DEALS);
        let deal = |(_, on, cut): (f32, Vec<usize>, Option<Cut>)| {
            let part = |page: usize| {
                let own = lots.iter().zip(&on).filter(|(_, at)| **at == page);
                own.map(|(lot, _)| lot.clone()).collect()
            };
            Deal { parts: (0..count).map(part).collect(), cut }
        };
        found.into_iter().map(deal).collect()
    }

    /// Calls `each` with every cut that relieves a page to which too much is dealt: its longest story
    /// is cut, and the remainder, of so many cells of the grid, goes to a later page.
    fn cuts(
        &self,
        lots: &[Lot],
        on: &[usize],
        fill: &[f32],
        rooms: &[f32],
        scale: f32,
        mut each: impl FnMut(Cut, f32),
    ) {
        for from in 0..fill.len() - 1 {
            if fill[from] <= tried::OVERFULL {
                continue;
            }
            let own: Vec<Lot> =
                lots.iter().zip(on).filter(|(_, at)| **at == from).map(|x| x.0.clone()).collect();
            let Some(&unit) = self.cuttable(&own, false).first() else { continue };
            let over = (fill[from] - 1.0) * rooms[from];
            if over < tried::CUT_SHARE * self.unit_area(unit, false) * scale {
                for to in from + 1..fill.len() {
                    each(Cut { unit, from, to }, over);
                }
            }
        }
    }

    /// Whether a lot may stand on a page.
    fn may_stand(&self, lot: &Lot, page: usize) -> bool {
        Self::units(std::slice::from_ref(lot)).iter().all(|&u| {
            let unit = &self.workshop.units[u];
            let (item, part) = (unit.item, unit.part);
            let page_of = |part: u16| {
                self.made.iter().position(|made| {
                    let units = made.draft.stands.iter().map(|s| &self.workshop.units[s.unit]);
                    units.into_iter().any(|u| u.item == item && u.part == part)
                })
            };
            // After its earlier parts, and before its later ones.
            let after = part == 0 || page_of(part - 1).is_none_or(|at| at < page);
            let before = unit.until.is_none() || page_of(part + 1).is_none_or(|at| page < at);
            let pinned = self.workshop.item(u).page.filter(|_| part == 0);
            // A pin that the story misses already doesn't bind it.
            let keeps = pinned.is_none_or(|pin| {
                let pin = usize::from(pin);
                pin == page + 1 || page_of(0).is_none_or(|at| at + 1 != pin)
            });
            after && before && keeps
        })
    }

    /// Solves the pages of a deal, if they cost less than `limit` together. A story is cut where its
    /// remainder fits its page best.
    fn try_deal(&mut self, deal: Deal, pages: &[usize], limit: f32) -> Option<Dealt> {
        let Deal { mut parts, cut } = deal;
        self.place(&mut parts, cut, pages, &mut Vec::new(), 0.0, limit)
    }

    /// Solves the pages of a deal after those that are solved already, whose cost is given.
    fn place(
        &mut self,
        parts: &mut [Vec<Lot>],
        cut: Option<Cut>,
        pages: &[usize],
        placed: &mut Vec<Draft>,
        spent: f32,
        limit: f32,
    ) -> Option<Dealt> {
        let k = placed.len();
        if k == pages.len() {
            let anew: Vec<(usize, &Draft)> = pages.iter().copied().zip(placed.iter()).collect();
            let cost = spent + self.disorder(&anew);
            return (cost < limit).then(|| Dealt { drafts: placed.clone(), cost });
        }
        let last = pages[k] + 1 == self.made.len();
        let here = cut.filter(|cut| cut.from == k);
        let cuts: Vec<usize> = here.iter().map(|cut| cut.unit).collect();
        let mut drafts = self.solve(&parts[k], &cuts, pages[k], last, limit - spent);
        drafts.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        drafts.truncate(if here.is_some() { tried::CUTS } else { 1 });
        let mut best: Option<Dealt> = None;
        for draft in drafts {
            let limit = best.as_ref().map_or(limit, |dealt| dealt.cost);
            let spent = spent + self.with_draft(pages[k], &draft, last);
            if spent >= limit {
                continue;
            }
            let fresh = |s: &&Stand| Some(s.unit) == here.map(|cut| cut.unit);
            let stand = draft.stands.iter().find(fresh).filter(|s| s.zone.tail == Tail::Cut);
            let rest = here.zip(stand.cloned()).map(|(cut, stand)| {
                let rest = self.workshop.remainder(&stand, pages[k] as u16 + 1);
                parts[cut.to].push(Lot::One(rest));
                cut.to
            });
            placed.push(draft);
            let dealt = self.place(parts, cut, pages, placed, spent, limit);
            placed.pop();
            if let Some(to) = rest {
                parts[to].pop();
            }
            match dealt {
                Some(dealt) => best = Some(dealt),
                None if rest.is_some() => self.workshop.forget(),
                None => {}
            }
        }
        best
    }

    /// Numbers the parts of every text anew, and enters for each the page of the part before it.
    pub(crate) fn name_pages(&mut self) {
        let mut seen: BTreeMap<usize, (u16, u16)> = BTreeMap::new();
        for (number, made) in (1..).zip(&self.made) {
            for s in &made.draft.stands {
                let item = self.workshop.units[s.unit].item;
                let before = seen.get(&item).copied();
                let part = before.map_or(0, |(part, _)| part + 1);
                self.workshop.number(s.unit, part, before.map(|(_, page)| page));
                seen.insert(item, (part, number));
            }
        }
    }

    fn with_draft(&self, at: usize, draft: &Draft, last: bool) -> f32 {
        self.page_price(&MadePage { draft: draft.clone(), ..self.made[at].clone() }, last)
    }

    /// The pages of exactly these lots: full, or with some white at the foot.
    fn solve(
        &mut self,
        lots: &[Lot],
        cuts: &[usize],
        at: usize,
        last: bool,
        limit: f32,
    ) -> Vec<Draft> {
        self.workshop.page = at as u16 + 1;
        let MadePage { top, foot, corner, .. } = self.made[at];
        let full = Ask { last, ..Ask::inside(foot - top, corner) };
        let asks = if last {
            vec![Ask { free: true, ..full }, Ask { free: true, roomy: true, ..full }]
        } else {
            let free = Ask { scheme: 2, free: true, ..full };
            let mut asks = vec![full, Ask { scheme: 1, ..full }, free];
            // A text that can't be threaded by the rules is threaded by force on any page.
            if self.made[at].draft.stands.iter().any(|s| s.zone.forced) {
                asks.push(Ask { scheme: ANY_SIZE, forced: true, ..free });
            }
            asks
        };
        for ask in asks {
            let drafts = self.workshop.drafts(lots, cuts, ask, limit);
            if !drafts.is_empty() {
                return drafts;
            }
        }
        Vec::new()
    }
}
