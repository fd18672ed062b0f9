//! Drafts pages: finds the best pages that can be made of given stories.

use std::sync::Arc;

use crate::makeup::cost::{IMPOSSIBLE, head, leg, pin, white};
use crate::makeup::draft::{
    Ask, Draft, Heading, Lot, RANKS, Role, Shape, Side, Sides, Stand, Tail, Zone,
};
use crate::makeup::effort::page as tried;
use crate::makeup::limits::PARTS_MOST;
use crate::makeup::model::{ItemKind, Rows};
use crate::makeup::page::solver::PageTask;
use crate::makeup::page::workshop::Workshop;
use crate::makeup::shape::shapes::{ShapeTable, box_rows};

impl Ask {
    /// The cost of rows of white at the foot. A few are cheap; more look like a hole.
    pub(crate) fn white(self, rows: Rows) -> f32 {
        if self.last {
            white::LAST_FOOT_ROW * f32::from(rows)
        } else {
            white::FOOT_ROW * f32::from(rows)
                + white::FOOT_HOLE_ROW * f32::from(rows.saturating_sub(white::FOOT_BREATH_ROWS))
        }
    }
}

impl Draft {
    /// The cuts for jumps.
    fn ends(&self) -> Vec<u32> {
        let cut = self.stands.iter().filter(|s| s.zone.tail == Tail::Cut);
        cut.map(|s| s.zone.end).collect()
    }
}

impl Workshop<'_> {
    fn lot_weight(&self, lot: &Lot) -> (bool, bool, u16, usize) {
        let (later, order, unit) = match lot {
            Lot::One(u) => self.weight(*u),
            Lot::Group(g) => g.iter().map(|&u| self.weight(u)).min().unwrap_or((true, 0, 0)),
        };
        (matches!(lot, Lot::Group(_)), later, order, unit)
    }

    /// The lots in the order of weight; none if there are no lots, or more than the solver takes.
    fn in_order(&self, lots: &[Lot], ask: Ask) -> Option<Vec<Lot>> {
        let most = PARTS_MOST - usize::from(ask.corner.is_some());
        if lots.is_empty() || lots.len() > most {
            return None;
        }
        let mut lots = lots.to_vec();
        lots.sort_by_key(|c| self.lot_weight(c));
        Some(lots)
    }

    /// The best page of exactly the given lots. Units in `cuts` may be cut. None if every page costs
    /// `limit` or more.
    pub(crate) fn draft(
        &mut self,
        lots: &[Lot],
        cuts: &[usize],
        ask: Ask,
        limit: f32,
    ) -> Option<Draft> {
        let drafts = self.drafts(lots, cuts, ask, limit);
        drafts.into_iter().min_by(|a, b| a.cost.total_cmp(&b.cost))
    }

    /// The pages of exactly the given lots that cost less than `limit`: for each place of a cut, the
    /// cheapest.
    pub(crate) fn drafts(
        &mut self,
        lots: &[Lot],
        cuts: &[usize],
        ask: Ask,
        limit: f32,
    ) -> Vec<Draft> {
        let Some(lots) = self.in_order(lots, ask) else { return Vec::new() };
        let sides = self.sides(&lots);
        let drafts = self.drafts_at(&lots, cuts, ask, limit, sides);
        let more = !ask.free && ask.scheme == 0;
        if !drafts.is_empty() || !sides.any() || more {
            return drafts;
        }
        // If nothing fits and no freer ask is left, the wished sides are given up.
        let mut drafts = self.drafts_at(&lots, cuts, ask, limit - pin::MISPLACED, Sides::default());
        drafts.iter_mut().for_each(|draft| draft.cost += pin::MISPLACED);
        drafts
    }

    /// The pages of exactly the given lots, none of them cut, in many skeletons: at most `most` for each
    /// height, each at most `within` more expensive than the best.
    pub(crate) fn skeletons(
        &mut self,
        lots: &[Lot],
        ask: Ask,
        most: usize,
        within: f32,
    ) -> Vec<Draft> {
        let Some(lots) = self.in_order(lots, ask) else { return Vec::new() };
        let sides = self.sides(&lots);
        let mut found = Vec::new();
        self.dressed(&lots, &[], ask, IMPOSSIBLE, sides, (most, within), |draft| {
            found.push(draft);
        });
        found
    }

    /// The same for lots in the order of weight, with the sides to which each is kept.
    fn drafts_at(
        &mut self,
        lots: &[Lot],
        cuts: &[usize],
        ask: Ask,
        limit: f32,
        sides: Sides,
    ) -> Vec<Draft> {
        let mut found: Vec<(Vec<u32>, Draft)> = Vec::new();
        self.dressed(lots, cuts, ask, limit, sides, tried::SKELETONS, |draft| {
            let ends = draft.ends();
            match found.iter_mut().find(|(known, _)| *known == ends) {
                Some((_, known)) if known.cost <= draft.cost => {}
                Some((_, known)) => *known = draft,
                None => found.push((ends, draft)),
            }
        });
        found.into_iter().map(|(_, draft)| draft).collect()
    }

    /// Calls `each` with every page that costs less than `limit`. `reach` is how many skeletons of a height
    /// are dressed, and by how much each may cost more than the best.
    #[expect(clippy::too_many_arguments, reason = "a page is asked for with all of them")]
    fn dressed(
        &mut self,
        lots: &[Lot],
        cuts: &[usize],
        ask: Ask,
        limit: f32,
        sides: Sides,
        reach: (usize, f32),
        mut each: impl FnMut(Draft),
    ) {
        let (roles, mut parts) = self.parts(lots, cuts, ask);
        let format = &self.ed.format;
        parts.extend(
            ask.corner.map(|corner| Arc::new(ShapeTable::fixed(format, corner.w, corner.h))),
        );
        let least: u32 = parts.iter().map(|p| p.least).fold(0, |a, b| a.saturating_add(b));
        let most: u32 = parts.iter().map(|p| p.most).sum();
        let page = u32::from(format.columns) * u32::from(ask.rows + format.gap);
        if least > page || (most < page && !ask.free) {
            return;
        }
        let task = PageTask {
            columns: format.columns,
            rows: ask.rows,
            gap: format.gap,
            parts: &parts,
            exact: !ask.free,
            table_rows: format.rows,
            limit: limit - head::SCHEME * f32::from(ask.scheme),
            corner: ask.corner.map(|corner| if corner.left { Side::Left } else { Side::Right }),
            sides,
        };
        self.solver.run(&task, false);
        for h in self.heights(ask, reach.0 / tried::HEIGHT_SHARE) {
            for layout in self.solver.layouts(format.columns, h, reach.0, reach.1) {
                let draft = self.dress(lots, &roles, &layout.spots, layout.cost, h, ask);
                draft.filter(|d| d.cost < limit).into_iter().for_each(&mut each);
            }
        }
    }

    /// The roles of a page's lots, the heaviest first, and their shapes.
    fn parts(
        &mut self,
        lots: &[Lot],
        cuts: &[usize],
        ask: Ask,
    ) -> (Vec<Role>, Vec<Arc<ShapeTable>>) {
        let lit = lots.iter().position(|c| match c {
            Lot::One(u) => self.lit(*u),
            Lot::Group(_) => false,
        });
        // Members of a group have the smallest heads, and so have all lighter lots.
        let grouped = lots
            .iter()
            .filter_map(|c| match c {
                Lot::Group(g) => g.iter().map(|&u| self.weight(u)).min(),
                Lot::One(_) => None,
            })
            .min();
        let whole = |c: &Lot| matches!(c, Lot::One(u) if self.units[*u].part == 0);
        let last = lots.iter().rposition(whole).filter(|_| grouped.is_none());
        let mut roles = Vec::with_capacity(lots.len());
        let mut parts = Vec::with_capacity(lots.len());
        for (k, lot) in lots.iter().enumerate() {
            let mut role = Self::small(ask, false);
            match lot {
                Lot::One(u) => {
                    if grouped.is_none_or(|g| self.weight(*u) < g) {
                        role.rank = (k as u8).min(RANKS - 1);
                    }
                    role.dominant = lit == Some(k);
                    role.last = last == Some(k);
                    role.cut = cuts.contains(u);
                    parts.push(self.table(*u, role));
                }
                Lot::Group(g) => parts.push(self.group_table(g, ask)),
            }
            roles.push(role);
        }
        (roles, parts)
    }

    /// The heights of the page just solved that are traced back, the cheapest first.
    fn heights(&self, ask: Ask, most: usize) -> Vec<Rows> {
        if !ask.free {
            return vec![ask.rows];
        }
        let columns = self.ed.format.columns;
        let mut best: Vec<(f32, Rows)> = (1..=ask.rows)
            .map(|h| (self.solver.cost_at(columns, h) + ask.white(ask.rows - h), h))
            .filter(|x| x.0 < IMPOSSIBLE)
            .collect();
        best.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        best.into_iter().take(most).map(|x| x.1).collect()
    }

    /// A page for a unit that fits on no page: its text exceeds the page, but it is printed.
    pub(crate) fn burst(&self, unit: usize, rows: Rows) -> Draft {
        let item = self.item(unit);
        let w = self.ed.format.columns;
        let k = w as usize - 1;
        let (heading, head) = if item.kind == ItemKind::Picture {
            (Heading::None, 0)
        } else if self.units[unit].part > 0 {
            (Heading::USUAL_JUMP, item.jump_rows(0, w).unwrap_or(2))
        } else {
            let set = item.heads.iter().position(|h| h.set.get(k).is_some_and(Option::is_some));
            let step = set.unwrap_or(0);
            let rows = item
                .heads
                .get(step)
                .and_then(|h| h.set.get(k).copied().flatten())
                .map_or(2, |s| s.rows);
            (Heading::Step(step as u8), rows)
        };
        let white = 2 * box_rows(item, &self.units[unit]);
        let b = rows.saturating_sub(head + white).max(1);
        let zone = Zone::burst(w, b, self.texts[self.units[unit].item].len());
        let shape = Shape { zone: 0, heading, short: false, deck: false, slack: 0, points: 0 };
        let h = b + head + white;
        let stand = Stand { unit, rank: 0, x: 0, y: 0, w, h, shape, zone, over: false };
        Draft { cost: leg::BURST, white: 0, stands: vec![stand] }
    }
}
