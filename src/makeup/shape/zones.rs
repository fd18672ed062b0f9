//! Finds the zones of a text: every height in which it can be threaded exactly.

use crate::makeup::cost::{art as art_cost, jump, leg, pin, text as text_cost, white};
use crate::makeup::draft::{Inset, InsetAt, Runs, Tail, Unit, Zone};
use crate::makeup::effort::zone as tried;
use crate::makeup::limits::{
    AFTER_JUMP, BEFORE_JUMP, COLUMNS_MOST, FORCED_JUMP, LEG_LEAST, LEG_MOST, LEGS_MOST, LOOSE_MOST,
    RAIL_MOST, ROOMY_MOST, SLACK_MOST,
};
use crate::makeup::model::{Format, Item, ItemKind, Rows};
use crate::makeup::shape::crops::{picture_rows, thin};
use crate::makeup::shape::threading::IndexedText;

/// How strictly legs are threaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Threading {
    /// By the rules.
    Strict,
    /// With much white at the end of the last leg, for the last page.
    Roomy,
    /// By force: legs end where they may, with white at their feet.
    Forced,
}

/// Finds all the zones of one unit.
///
/// All combinations are tried of a span, a place and height of the main picture, a place of a further
/// picture or a quote, and rows of slack under the art. The zone's height follows from the rows of the
/// text. The galley is threaded through the legs, and the zone is kept if every leg ends where it may.
/// Of the zones with the same span, height and span of the picture, the cheapest is kept.
pub(crate) struct Finder<'a> {
    pub(crate) format: &'a Format,
    pub(crate) item: &'a Item,
    text: &'a IndexedText,
    pub(crate) unit: &'a Unit,
    pub(crate) tail: Tail,
    pub(crate) forced: bool,
    loose: Rows,
    limit: Rows,
    total: u32,
    /// The number of gaps that may vanish at the tops of legs.
    gaps: u32,
    /// The cost of a text in other columns than it is pinned to or than its tables need.
    unpinned: f32,
    best: Vec<u32>,
    zones: Vec<Zone>,
}

const SPANS: usize = COLUMNS_MOST + 1;

impl<'a> Finder<'a> {
    /// Finds the zones of a unit that are at most `limit` rows high.
    pub(crate) fn find(
        format: &'a Format,
        item: &'a Item,
        text: &'a IndexedText,
        unit: &'a Unit,
        tail: Tail,
        way: Threading,
    ) -> Vec<Zone> {
        let limit = format.rows;
        let size = SPANS * SPANS * (limit as usize + 1);
        let mut f = Self {
            format,
            item,
            text,
            unit,
            tail,
            forced: way == Threading::Forced,
            loose: if way == Threading::Roomy { ROOMY_MOST } else { LOOSE_MOST },
            limit,
            total: text.rows(unit.start, text.len()),
            gaps: text.gaps_from(unit.start),
            unpinned: 0.0,
            best: vec![u32::MAX; size],
            zones: Vec::new(),
        };
        let columns = format.columns.min(COLUMNS_MOST as u8);
        let short = f.total < if f.forced { FORCED_JUMP } else { BEFORE_JUMP + AFTER_JUMP };
        if tail == Tail::Cut && short {
            return f.zones;
        }
        let pinned = item.columns.filter(|c| unit.part == 0 && (1..=columns).contains(c));
        let rail = item.kind == ItemKind::Rail && !f.forced;
        if rail && tail == Tail::Cut {
            return f.zones;
        }
        let widest = if rail { columns.min(RAIL_MOST) } else { columns };
        for w in 1..=widest {
            let kept = pinned.is_none_or(|p| p == w);
            f.unpinned = if kept { 0.0 } else { pin::MISSED };
            let cramped = unit.part == 0 && item.wide.as_ref().is_some_and(|wide| wide.wanted);
            f.unpinned += if cramped { leg::CRAMPED_TABLE } else { 0.0 };
            // If nothing else fits, a story may stand in other columns than it is pinned to.
            if kept || f.forced {
                f.span(w);
            }
        }
        f.zones
    }

    fn blank(&self, w: u8) -> Zone {
        let single = self.total < u32::from(LEG_LEAST);
        Zone { single, forced: self.forced, ..Zone::bare(w, self.tail, self.unit.start) }
    }

    fn span(&mut self, w: u8) {
        let bare = self.blank(w);
        // A picture by itself can't do without it.
        let alone = self.item.kind == ItemKind::Picture;
        if !alone || self.unit.pictures.is_empty() {
            self.with_quotes(&bare, self.dropped(0));
        }
        let Some(&first) = self.unit.pictures.first() else {
            return;
        };
        let pic = &self.item.pictures[first as usize];
        let (mut all, mut some) = (Vec::new(), Vec::new());
        let many = self.unit.pictures.len() > 1;
        if pic.mug {
            self.with_mug(&bare, 0);
        }
        for p in if alone { w } else { 1 }..=w.min(pic.most_columns.max(1)) {
            picture_rows(self.format, pic, p, &mut all);
            let fine = match (self.tail, self.forced) {
                (Tail::End, false) => tried::FIRST_HEIGHTS,
                _ => tried::FIRST_HEIGHTS_CUT,
            };
            thin(&all, fine, &mut some);
            let places = [w - p, 0, (w - p) / 2];
            let n = if p == w {
                1
            } else if w - p >= 2 {
                places.len()
            } else {
                2
            };
            // With further pictures, there are enough shapes.
            let few = |i: usize| i % 2 == usize::from(some.len() > 1);
            for (k, &column) in places[..n].iter().enumerate() {
                let off = art_cost::PLACES[k];
                for (i, &(rows, crop)) in some.iter().enumerate() {
                    let mut z = bare;
                    self.add(&mut z, first, column, p, rows, true);
                    z.cost = crop + off;
                    self.with_quotes(&z, self.dropped(1));
                    if many && few(i) && k < 2 && !self.forced && self.tail == Tail::End {
                        self.extras(&z, 1);
                    }
                }
            }
        }
    }

    /// Tries a zone without a quote and with one.
    pub(crate) fn with_quotes(&mut self, z: &Zone, dropped: f32) {
        let allowed = self.total / text_cost::QUOTE_ROWS;
        let wanted = (self.unit.quotes.len() as u32).min(allowed);
        let without = match wanted {
            0 => 0.0,
            _ => text_cost::NO_QUOTE + text_cost::QUOTE_LESS * wanted as f32,
        };
        self.sound(z, dropped + without);
        if wanted == 0 || self.forced || z.inset.is_some() {
            return;
        }
        let quote = self.unit.quotes[0];
        let rows = self.item.quotes[quote as usize].rows;
        for column in [z.w / 2, z.w - 1, 0] {
            if column < z.w / 2 && z.w < tried::WIDE
                || (column == z.w - 1 && z.w / 2 == column && z.w > 1)
            {
                continue;
            }
            let mut next = *z;
            next.inset = Some(InsetAt { inset: Inset::Quote(quote), column, row: 0, rows });
            self.sound(&next, dropped + text_cost::QUOTE_LESS * (wanted - 1) as f32);
        }
    }

    /// Finds the heights a sketch can have and threads the text through each.
    pub(crate) fn sound(&mut self, z: &Zone, dropped: f32) {
        let w = z.w as usize;
        let taken = |k: usize| u32::from(z.tops[k]) + u32::from(z.feet[k]);
        let floor = (0..w).map(taken).max().unwrap_or(0);
        let quote = z.inset.map_or(0, |q| u32::from(q.rows));
        let room =
            |b: u32| (0..w).map(|k| b.saturating_sub(taken(k))).sum::<u32>().saturating_sub(quote);
        let (least, most) = match self.tail {
            _ if z.single => (self.total, self.total),
            Tail::End => {
                let again = self.text.again_most() * (u32::from(z.w) - 1);
                let white = u32::from(self.loose) + 2 * u32::from(z.main_span());
                (self.total, self.total + white + again)
            }
            Tail::Cut if self.unit.until.is_some() => {
                let end = self.unit.until.map_or(0, |until| until as usize);
                let rows = self.text.rows(self.unit.start, end);
                (rows, rows + u32::from(SLACK_MOST) * u32::from(z.w) + 1)
            }
            Tail::Cut if self.forced => (1, self.total - 1),
            Tail::Cut => (BEFORE_JUMP, self.total.saturating_sub(AFTER_JUMP)),
        };
        if z.single {
            let own = taken(0) + self.total;
            for s in 0..=SLACK_MOST {
                self.thread(z, own.max(floor) as Rows + s, dropped);
            }
            return;
        }
        // Gaps that vanish at the tops of legs make a text shorter by a few rows.
        let fixed = self.tail == Tail::End || self.unit.until.is_some();
        let loss = if fixed && !z.single { self.gaps.min(w as u32 + 1) } else { 0 };
        let mut b = floor.max((least.saturating_sub(loss) + quote) / w as u32);
        while b <= u32::from(self.limit) {
            let r = room(b);
            // With tall slices, much of a leg may be white. That is better than a second jump.
            if r > most + u32::from(self.forced) * tried::FORCED_WHITE * w as u32 {
                break;
            }
            if r + loss >= least {
                self.thread(z, b as Rows, dropped);
            }
            b += 1;
        }
    }

    /// Threads the text through a zone of `b` rows with each slack under the art.
    fn thread(&mut self, z: &Zone, b: Rows, dropped: f32) {
        let arts = z.tops[..z.w as usize].iter().any(|&t| t > 0);
        let few = z.n_pics < tried::MANY_PICTURES;
        let most = if arts && z.inset.is_none() && !self.forced && few { SLACK_MOST } else { 0 };
        for slack in 0..=most {
            let mut next = *z;
            next.b = b;
            next.art_slack = slack;
            for k in 0..next.n_pics as usize {
                let p = &mut next.pics[k];
                if p.at_foot {
                    p.row = b.saturating_sub(p.rows + p.caption);
                }
            }
            if let Some(q) = z.inset {
                self.inset_rows(&next, q, dropped);
            } else {
                self.pour(&next, dropped);
            }
        }
    }

    /// Tries a quote or a mug shot at several heights of its column.
    fn inset_rows(&mut self, z: &Zone, q: InsetAt, dropped: f32) {
        let k = q.column as usize;
        let (top, foot) = (z.tops[k], z.b.saturating_sub(z.feet[k]));
        if foot < top + q.rows + 2 * LEG_LEAST {
            return;
        }
        let play = foot - top - q.rows;
        for part in tried::INSET_PLACES {
            let mut next = *z;
            let row = top + play * part / tried::INSET_PARTS;
            next.inset = Some(InsetAt { row, ..q });
            if let Inset::Mug(at) = q.inset {
                next.pics[at as usize].row = row + 1;
            }
            let before = self.zones.len();
            self.pour(&next, dropped);
            if self.zones.len() > before {
                break;
            }
        }
    }

    /// The cost of rows of white in a text that is threaded by force; `hole` is the most below one leg.
    fn forced_white(&self, z: &Zone, all: u32, hole: u32) -> f32 {
        let white = leg::FORCED_ROW * all as f32
            + leg::FORCED_HOLE_ROW * hole.saturating_sub(leg::FORCED_HOLE_ROWS) as f32;
        // White beside a picture is better than a page without the picture.
        let shows = z.n_pics > 0 && self.tail == Tail::End;
        if shows { white.min(leg::FORCED_BESIDE_ART) } else { white }
    }

    fn pour(&mut self, z: &Zone, dropped: f32) {
        if self.total == 0 {
            self.keep(*z, z.cost + dropped);
            return;
        }
        let least = z.least();
        let rail = self.item.kind == ItemKind::Rail;
        let most = if self.forced || rail { Rows::MAX } else { LEG_MOST };
        let Some(runs) = z.runs(least, most) else {
            return;
        };
        if runs.n == 0 || runs.lost + z.art_slack > SLACK_MOST {
            return;
        }
        let mut rows = [0; LEGS_MOST];
        let mut cost = dropped + z.cost + white::UNDER_ART * f32::from(z.art_slack + runs.lost);
        for (k, run) in runs.runs[..runs.n].iter().enumerate() {
            rows[k] = run.2;
            // Briefs have heads of their own, which break up the grey.
            cost += leg_cost(if rail { run.2.min(leg::SHORT_ROWS) } else { run.2 }, z.w);
        }
        let mut next = *z;
        if z.single {
            let left = u32::from(rows[0]).saturating_sub(self.total);
            next.end = self.text.len() as u32;
            next.end_slack = (left as Rows).min(SLACK_MOST.saturating_sub(z.art_slack));
            cost += white::AT_END_OF_SHORT * left as f32;
        } else if self.forced {
            let Some(ends) = self.text.force(self.unit.start, &rows[..runs.n], self.tail, false)
            else {
                return;
            };
            next.end = ends[runs.n - 1] as u32;
            let (mut all, mut hole, mut start) = (0, 0, self.unit.start);
            for (&rows, &end) in rows.iter().zip(&ends) {
                let left = u32::from(rows).saturating_sub(self.text.rows(start, end));
                (all, hole, start) = (all + left, hole.max(left), end);
            }
            cost += leg::FORCED + self.forced_white(z, all, hole);
            let lost = ends.iter().filter(|&&end| self.text.is_under_subhead(end)).count();
            cost += leg::UNDER_SUBHEAD * lost as f32;
        } else {
            let slack = if z.n_pics > 1 || z.inset.is_some() {
                SLACK_MOST - z.art_slack
            } else {
                self.loose
            };
            let (legs, left) = (&rows[..runs.n], z.short_legs(&runs));
            let Some(p) = self.text.pour(self.unit.start, legs, self.tail, slack, left) else {
                return;
            };
            if self.unit.until.is_some_and(|until| until != p.end as u32) {
                return;
            }
            next.end = p.end as u32;
            next.end_slack = p.slack.max(runs.lost);
            next.short = p.short > 0;
            cost += p.cost + white::AT_END * f32::from(p.slack);
            if p.slack + z.art_slack > SLACK_MOST {
                let first = white::LOOSE_FIRST_ROWS;
                cost += white::LOOSE
                    + white::LOOSE_ROW * f32::from(p.slack.min(first))
                    + white::LOOSE_ROW_MORE * f32::from(p.slack.saturating_sub(first));
            }
        }
        if self.tail == Tail::Cut {
            let here = self.text.rows(self.unit.start, next.end as usize) as f32;
            cost += jump::BEFORE_LITTLE * (jump::BEFORE_SHARE - here / self.total as f32).max(0.0)
                + jump::BEFORE_ROW * (jump::BEFORE_ROWS - here).max(0.0);
            cost += jump::STUMP_ROW * (BEFORE_JUMP as f32 - here).max(0.0);
            let page = f32::from(LEG_MOST - jump::REST_LEG_LESS) * f32::from(self.format.columns);
            cost +=
                jump::REST_ROW * (self.total as f32 - here - page).clamp(0.0, jump::REST_ROWS_MOST);
        }
        if z.single {
            cost += leg::BESIDE_SHORT * f32::from(z.w - 1) * self.total as f32;
        } else {
            cost += self.grey(z, &runs, next.end as usize);
        }
        self.keep(next, cost);
    }

    /// The cost of a large grey area: columns side by side that nothing breaks up.
    fn grey(&self, z: &Zone, runs: &Runs, end: usize) -> f32 {
        if usize::from(z.w) < leg::GREY_COLUMNS
            || z.inset.is_some()
            || self.text.relieved(self.unit.start, end)
        {
            return 0.0;
        }
        let mut tall = [0; COLUMNS_MOST];
        for r in &runs.runs[..runs.n] {
            tall[r.0 as usize] = tall[r.0 as usize].max(r.2);
        }
        let lowest = |tall: &[Rows]| tall.iter().copied().min().unwrap_or(0);
        let least = tall[..z.w as usize].windows(leg::GREY_COLUMNS).map(lowest).max().unwrap_or(0);
        f32::from(least.saturating_sub(leg::GREY_ROWS)) / leg::GREY_STEP_ROWS * leg::GREY_STEP
    }

    fn keep(&mut self, mut z: Zone, cost: f32) {
        if z.b > self.limit {
            return;
        }
        let cost = cost + self.unpinned;
        z.cost = cost;
        let key = (z.b as usize * SPANS + z.w as usize) * SPANS + z.main_span() as usize;
        let at = self.best[key];
        if at == u32::MAX {
            self.best[key] = self.zones.len() as u32;
            self.zones.push(z);
        } else if cost < self.zones[at as usize].cost {
            self.zones[at as usize] = z;
        }
    }
}

/// The cost of a leg's length in a module of `w` columns.
fn leg_cost(rows: Rows, w: u8) -> f32 {
    if rows < leg::SHORT_ROWS {
        leg::SHORT_ROW * f32::from(leg::SHORT_ROWS - rows)
    } else if rows > leg::LONG_ROWS {
        let row = if w == 1 { leg::LONG_ROW_ALONE } else { leg::LONG_ROW };
        row * f32::from(rows - leg::LONG_ROWS)
    } else {
        0.0
    }
}
