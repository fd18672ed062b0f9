//! Dresses a layout: finds the shape of every module again, and has the page priced as a whole.

use crate::makeup::cost::{IMPOSSIBLE, art, head, jump, page, white};
use crate::makeup::draft::{Ask, Draft, Heading, Lot, Role, Spot, Stand, Tail};
use crate::makeup::effort::HAIR;
use crate::makeup::limits::FOOT_ROWS;
use crate::makeup::model::Rows;
use crate::makeup::page::archetype::prior;
use crate::makeup::page::judge::{Rect, SeenModule, judge};
use crate::makeup::page::workshop::Workshop;
use crate::makeup::shape::head_sizes::points;
use crate::makeup::shape::shapes::box_rows;

/// The cost of a column of white at a page's foot below a text that ends early.
fn below(stands: &[Stand], h: Rows, white: Rows) -> f32 {
    let at_foot = stands.iter().filter(|s| white > 0 && s.y + s.h == h);
    let most = at_foot.map(|s| s.zone.end_slack).max().unwrap_or(0);
    let hole = (white + most).saturating_sub(white::COLUMN_HOLE_ROWS.max(white));
    white::COLUMN_HOLE_ROW * f32::from(hole)
}

/// The cost of heads that stand low on a page, where there should be none.
fn low(stands: &[Stand], rows: Rows) -> f32 {
    let whole = |s: &&Stand| s.shape.heading != Heading::None;
    let text = |s: &Stand| s.y + s.h - if s.over { 0 } else { s.zone.b };
    let heads = stands.iter().filter(whole);
    head::LOW * heads.filter(|s| text(s) + FOOT_ROWS > rows).count() as f32
}

/// The cost of more than one jump on the front page.
fn jumps(stands: &[Stand]) -> f32 {
    let cut = stands.iter().filter(|s| s.zone.tail == Tail::Cut).count();
    jump::FRONT_MORE * cut.saturating_sub(1) as f32
}

impl Workshop<'_> {
    /// Finds the shape of every module of a layout and prices the page.
    pub(crate) fn dress(
        &mut self,
        lots: &[Lot],
        roles: &[Role],
        spots: &[Spot],
        cost: f32,
        h: Rows,
        ask: Ask,
    ) -> Option<Draft> {
        let mut stands = Vec::with_capacity(spots.len());
        // The part after all lots is the corner of ads.
        for s in spots.iter().filter(|s| s.part < lots.len()) {
            match &lots[s.part] {
                Lot::One(u) => stands.push(self.stand(*u, roles[s.part], *s)?),
                Lot::Group(g) => {
                    let g = g.clone();
                    self.group_table(&g, ask);
                    self.solve_group(&g, ask);
                    let inner = self.inner.layouts(s.w, s.h, 1, 0.0).into_iter().next()?;
                    for t in inner.spots {
                        let spot = Spot { x: s.x + t.x, y: s.y + t.y, ..t };
                        stands.push(self.stand(g[t.part], Self::small(ask, false), spot)?);
                    }
                }
            }
        }
        stands.sort_by_key(|s| self.weight(s.unit));
        for (k, s) in stands.iter_mut().enumerate() {
            s.rank = k.min(u8::MAX.into()) as u8;
        }
        let white = ask.rows - h;
        let mut draft = Draft { cost: 0.0, white, stands };
        draft.cost = cost
            + self.polish(&mut draft.stands, h, ask)
            + ask.white(white)
            + below(&draft.stands, h, white)
            + low(&draft.stands, ask.rows)
            + self.prior(&draft.stands, h, ask)
            + if ask.front { jumps(&draft.stands) } else { 0.0 }
            + head::SCHEME * f32::from(ask.scheme);
        Some(draft)
    }

    /// The cost of a difference from the archetype whose turn it is. A page of one or two stories has no
    /// choice and costs nothing.
    fn prior(&self, stands: &[Stand], rows: Rows, ask: Ask) -> f32 {
        if ask.last || stands.len() < page::ARCHETYPE_MODULES {
            return 0.0;
        }
        let modules: Vec<Rect> = stands.iter().map(|s| (s.x, s.y, s.w, s.h)).collect();
        prior(&modules, self.ed.day, self.page, self.ed.format.columns, rows)
    }

    fn stand(&mut self, unit: usize, role: Role, s: Spot) -> Option<Stand> {
        let table = self.table(unit, role);
        let k = s.w as usize * (self.ed.format.rows as usize + 1) + s.h as usize;
        if table.cost[k] >= IMPOSSIBLE {
            return None;
        }
        let shape = table.shape[k];
        let mut at = shape.zone as usize;
        for zones in self.sets(unit, role).iter().flatten() {
            if let Some(zone) = zones.get(at) {
                return Some(Stand {
                    unit,
                    rank: 0,
                    x: s.x,
                    y: s.y,
                    w: s.w,
                    h: s.h,
                    shape,
                    zone: *zone,
                    over: false,
                });
            }
            at -= zones.len();
        }
        None
    }

    /// Chooses the modules whose picture stands above the head, over the module's whole width, and
    /// prices the page.
    fn polish(&self, stands: &mut [Stand], rows: Rows, ask: Ask) -> f32 {
        let mut best = self.price(stands, rows, ask);
        for k in 0..stands.len() {
            if !stands[k].zone.roofed() {
                continue;
            }
            stands[k].over = true;
            let cost = self.price(stands, rows, ask) + art::ABOVE_HEAD;
            if cost < best - HAIR {
                best = cost;
            } else {
                stands[k].over = false;
            }
        }
        best
    }

    fn price(&self, stands: &[Stand], rows: Rows, ask: Ask) -> f32 {
        let lit = stands.iter().position(|s| self.lit(s.unit));
        let mut seen: Vec<SeenModule> =
            stands.iter().enumerate().map(|(k, s)| self.seen(s, lit == Some(k))).collect();
        seen.extend(ask.corner.map(|c| {
            let column = if c.left { 0 } else { self.ed.format.columns - c.w };
            SeenModule::bare((column, rows.saturating_sub(c.h), c.w, c.h))
        }));
        judge(&seen, self.ed.format.columns, rows, ask.front)
    }

    fn seen(&self, s: &Stand, dominant: bool) -> SeenModule {
        let item = self.item(s.unit);
        let white = box_rows(item, &self.units[s.unit]);
        let zone_top = s.y + (s.h - s.zone.b) - white;
        let head = white
            + if s.over { s.zone.tops[0] + s.zone.art_slack } else { 0 }
            + Rows::from(s.shape.slack);
        let arts = s
            .zone
            .pictures()
            .iter()
            .enumerate()
            .filter(|(_, p)| !item.pictures[p.picture as usize].mug)
            .map(|(k, p)| {
                let row = if k == 0 && s.over { s.y + white } else { zone_top + p.row };
                (s.x + p.column, row, p.columns, p.rows)
            })
            .collect();
        let points = points(item, s.shape.heading);
        let label = s.shape.heading == Heading::USUAL_JUMP;
        let boxed = white > 0;
        SeenModule { rect: (s.x, s.y, s.w, s.h), points, label, head, arts, dominant, boxed }
    }
}
