//! The exact solver of one page.
//!
//! A page is cut like a sheet of paper, edge to edge: every part is either one module, or two
//! parts one above the other, or two parts side by side. `F[set][width][height]` is the least
//! cost of a rectangle that holds exactly the modules of a set; it is found from the smaller
//! sets upwards (after Gange, Marriott and Stuckey, *Optimal Guillotine Layout*, 2012).
//!
//! Steps:
//! 1. a set of one module takes the costs of its shapes;
//! 2. a larger set is split in two in every way, the part with its heaviest module first, and
//!    for every width the parts are *stacked* (heights and the gap add up, the heavier part on
//!    top) or *joined* (widths add up at one height); heads of like size whose tops would stand
//!    side by side are priced on the way, from the sizes at the top edge of the best solutions.
//!    A part that belongs in the outer corner of the foot stays in the lower and the outer part of
//!    every split;
//! 3. of the whole set, the best few ways at the page's width and height are traced back, and
//!    the caller judges them as pages.

use std::sync::Arc;

use crate::makeup::cost::{IMPOSSIBLE, head, page};
use crate::makeup::draft::{Side, Sides, Spot};
use crate::makeup::effort::{HAIR, TABLOID_CELLS, TRACE_HAIR, page as tried};
use crate::makeup::limits::PARTS_MOST;
use crate::makeup::model::Rows;
use crate::makeup::page::tombstone::like_size;
use crate::makeup::shape::shapes::ShapeTable;

/// A page to solve. Its parts come heaviest first.
pub(crate) struct PageTask<'a> {
    pub columns: u8,
    pub rows: Rows,
    pub gap: Rows,
    pub parts: &'a [Arc<ShapeTable>],
    /// Whether the whole height is to be filled.
    pub exact: bool,
    /// The height by which the tables are indexed.
    pub table_rows: Rows,
    /// The most that a page may cost. More expensive pages are not searched for.
    pub limit: f32,
    /// Whether the last part is no story but the ads, which belong in the outer corner of the foot.
    pub corner: Option<Side>,
    /// The sides that parts keep to.
    pub sides: Sides,
}

/// One way to fill the page.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub cost: f32,
    pub spots: Vec<Spot>,
}

/// The solver, with its tables kept from page to page.
#[derive(Clone, Default)]
pub(crate) struct Solver {
    cost: Vec<f32>,
    edge: Vec<u32>,
    least: Vec<u32>,
    most: Vec<u32>,
    /// The least cost of each part.
    cheap: Vec<f32>,
    limit: f32,
    /// Of each set, the least and the greatest area and the least cost of all other parts.
    others: Vec<(usize, usize, f32)>,
    /// The least cost of each set at each width.
    low: Vec<f32>,
    lo: Vec<u16>,
    hi: Vec<u16>,
    columns: usize,
    stride: usize,
    gap: usize,
    parts: usize,
    every: bool,
    exact: bool,
    order: Order,
    /// Pages solved so far.
    pub solved: u32,
    /// The same, weighted by effort: a page of six modules on a tabloid's grid counts as a half.
    pub effort: f32,
}

/// How the parts of a split stand to each other.
#[derive(Clone, Copy, Default)]
struct Order {
    /// The set of the part in the corner, 0 where there is none.
    corner: usize,
    /// Whether that corner is at the reading edge.
    left: bool,
    sides: Sides,
}

impl Order {
    /// Which of two parts stands above the other: the heavier one, unless the editor wants it otherwise.
    /// None if neither may.
    fn stack(self, a: usize, b: usize) -> Option<(usize, usize)> {
        let Sides { tops, feet, .. } = self.sides;
        // A part that must stand at the foot may stand on the ads there.
        let may = |up: usize, down: usize| {
            down & tops == 0 && (up & feet == 0 || down == self.corner) && up & self.corner == 0
        };
        if may(a, b) {
            return Some((a, b));
        }
        may(b, a).then_some((b, a))
    }

    /// Whether the heavier of two parts stands to the right of the other. None if it may stand on neither
    /// side.
    fn join(self, a: usize, b: usize) -> Option<bool> {
        let Sides { lefts, rights, .. } = self.sides;
        let may = |l: usize, r: usize| {
            let corner = if self.left { r } else { l };
            l & rights == 0 && r & lefts == 0 && corner & self.corner == 0
        };
        if may(a, b) {
            return Some(false);
        }
        may(b, a).then_some(true)
    }
}

#[derive(Clone, Copy)]
enum Split {
    Leaf,
    Stack(usize, usize),
    Join(usize, usize),
}

/// The heads at the top left and at the top right of a rectangle, in points: an edge.
fn edge(left: u8, right: u8) -> u32 {
    u32::from(left) << u8::BITS | u32::from(right)
}

/// The head at the left of an edge.
fn at_left(edge: u32) -> u8 {
    (edge >> u8::BITS) as u8
}

/// The head at the right of an edge.
fn at_right(edge: u32) -> u8 {
    edge as u8
}

/// The cost of the two heads at which two edges meet.
fn meeting(left: u32, right: u32) -> f32 {
    let (a, b) = (f32::from(at_right(left)), f32::from(at_left(right)));
    match like_size(a, b) {
        false => 0.0,
        true if a.max(b) < head::SMALL_POINTS => head::TOMBSTONE_JOINED_SMALL,
        true => head::TOMBSTONE_JOINED,
    }
}

impl Solver {
    fn row(&self, set: usize, w: usize) -> usize {
        (set * (self.columns + 1) + w) * self.stride
    }

    fn range(&self, set: usize, w: usize) -> (usize, usize) {
        let k = set * (self.columns + 1) + w;
        (self.lo[k] as usize, self.hi[k] as usize)
    }

    /// Fills the tables of a task for all sets. The set of all parts is solved at the page's width alone,
    /// unless `every` width is wanted.
    pub(crate) fn run(&mut self, task: &PageTask, every: bool) {
        let n = task.parts.len().min(PARTS_MOST);
        let grid = f32::from(task.columns) * f32::from(task.rows) / TABLOID_CELLS;
        self.solved += 1;
        self.effort +=
            tried::WORK + tried::WORK_BASE.powi(n as i32) / tried::WORK_PART * grid * grid;
        (self.columns, self.stride) = (task.columns as usize, task.rows as usize + 1);
        (self.gap, self.parts) = (task.gap as usize, n);
        (self.every, self.exact) = (every, task.exact);
        self.order = Order {
            corner: if task.corner.is_some() { 1 << (n - 1) } else { 0 },
            left: task.corner == Some(Side::Left),
            sides: task.sides,
        };
        self.least.clear();
        self.least.extend(task.parts[..n].iter().map(|p| p.least));
        self.most.clear();
        self.most.extend(task.parts[..n].iter().map(|p| p.most));
        self.cheap.clear();
        self.cheap.extend(task.parts[..n].iter().map(|p| p.cheapest));
        self.limit = task.limit;
        self.sum_up();
        let cells = (1 << n) * (self.columns + 1);
        self.cost.clear();
        self.cost.resize(cells * self.stride, IMPOSSIBLE);
        self.edge.clear();
        self.edge.resize(cells * self.stride, 0);
        self.low.clear();
        self.low.resize(cells, IMPOSSIBLE);
        self.lo.clear();
        self.lo.resize(cells, u16::MAX);
        self.hi.clear();
        self.hi.resize(cells, 0);
        for (k, part) in task.parts[..n].iter().enumerate() {
            self.leaf(1 << k, part, task.table_rows as usize + 1);
        }
        let full = (1usize << n) - 1;
        for set in 1..=full {
            if set & (set - 1) == 0 {
                continue;
            }
            let first = if set == full && !every { self.columns } else { 1 };
            for w in first..=self.columns {
                self.combine(set, w);
            }
        }
    }

    /// Sums up the areas and costs of the parts outside each set.
    fn sum_up(&mut self) {
        let n = self.parts;
        self.others.clear();
        self.others.extend((0..1usize << n).map(|set| {
            let mut sums = (0, 0, 0.0);
            for k in (0..n).filter(|k| set >> k & 1 == 0) {
                sums.0 += self.least[k] as usize;
                sums.1 += self.most[k] as usize;
                sums.2 += self.cheap[k];
            }
            sums
        }));
    }

    /// The heights that a set may have at a width if the other parts are to fit on the page too: the areas
    /// of all rectangles, each with its gap, add up to the page.
    fn heights(&self, set: usize, w: usize) -> (usize, usize) {
        let rows = self.stride - 1;
        if self.every {
            return (1, rows);
        }
        let (least, most, _) = self.others[set];
        let page = self.columns * (rows + self.gap);
        let highest = (page.saturating_sub(least) / w).saturating_sub(self.gap).min(rows);
        let lowest = if self.exact {
            page.saturating_sub(most).div_ceil(w).saturating_sub(self.gap)
        } else {
            1
        };
        (lowest.max(1), highest)
    }

    /// The most that a set may cost, since the other parts cost something too.
    fn most_cost(&self, set: usize) -> f32 {
        let others = self.others[set].2;
        // If one of them has no shape, there is no page.
        if others < IMPOSSIBLE { self.limit - others + HAIR } else { -IMPOSSIBLE }
    }

    fn leaf(&mut self, set: usize, table: &ShapeTable, stride: usize) {
        let most_cost = self.most_cost(set);
        for w in 1..=self.columns {
            let at = self.row(set, w);
            let (least, most) = self.heights(set, w);
            let most = most.min(stride - 1);
            for h in least..most + 1 {
                let c = table.cost[w * stride + h];
                if c < most_cost {
                    let points = table.shape[w * stride + h].points;
                    self.cost[at + h] = c;
                    self.edge[at + h] = edge(points, points);
                }
            }
            if least <= most {
                self.bound(set, w, least, most);
            }
        }
    }

    /// Notes the heights between `least` and `most` that a set can have at a width.
    fn bound(&mut self, set: usize, w: usize, least: usize, most: usize) {
        let at = self.row(set, w);
        let row = &self.cost[at + least..at + most + 1];
        let k = set * (self.columns + 1) + w;
        if let Some(lo) = row.iter().position(|&c| c < IMPOSSIBLE) {
            let hi = row.iter().rposition(|&c| c < IMPOSSIBLE).unwrap_or(lo);
            self.lo[k] = (least + lo) as u16;
            self.hi[k] = (least + hi) as u16;
            self.low[k] = row[lo..=hi].iter().fold(IMPOSSIBLE, |a, &b| a.min(b));
        }
    }

    fn combine(&mut self, set: usize, w: usize) {
        let low = set & set.wrapping_neg();
        let rest = set ^ low;
        let at = self.row(set, w);
        let (least, most) = self.heights(set, w);
        if least > most {
            return;
        }
        let most_cost = self.most_cost(set);
        let (free, mut sub) = self.splits(rest);
        let order = self.order;
        // Larger sets lie behind smaller ones, so the target can be split off.
        let (done, open) = self.cost.split_at_mut(at);
        let (edges, open_edges) = self.edge.split_at_mut(at);
        let (stride, columns, gap) = (self.stride, self.columns, self.gap);
        let cell = |s: usize, w: usize| s * (columns + 1) + w;
        loop {
            // `a` holds the heaviest module; `b` is never empty.
            let (a, b) = (low | sub, rest ^ sub);
            let stack = order.stack(a, b);
            let (up, down) = stack.unwrap_or((a, b));
            let (ka, kb) = (cell(up, w), cell(down, w));
            if stack.is_some() && self.lo[ka] != u16::MAX && self.lo[kb] != u16::MAX {
                let (fa, fb) = (&done[ka * stride..][..stride], &done[kb * stride..][..stride]);
                let (lo, hi) = (self.lo[kb] as usize, self.hi[kb] as usize);
                let dear = most_cost - self.low[kb];
                for h1 in self.lo[ka] as usize..=self.hi[ka] as usize {
                    let c = fa[h1];
                    let base = h1 + gap;
                    if c >= dear {
                        continue;
                    }
                    if base > most {
                        break;
                    }
                    let top = hi.min(most - base);
                    if top < lo {
                        continue;
                    }
                    let tag = edges[ka * stride + h1];
                    let target = &mut open[base + lo..=base + top];
                    let tags = &mut open_edges[base + lo..=base + top];
                    for ((t, g), &v) in target.iter_mut().zip(tags).zip(&fb[lo..=top]) {
                        let v = c + v;
                        let better = v < *t;
                        *t = if better { v } else { *t };
                        *g = if better { tag } else { *g };
                    }
                }
            }
            let join = order.join(a, b);
            let mirrored = join == Some(true);
            for w1 in (1..w).filter(|_| join.is_some()) {
                let (ka, kb) = (cell(a, w1), cell(b, w - w1));
                if self.lo[ka] == u16::MAX || self.lo[kb] == u16::MAX {
                    continue;
                }
                let (lo, hi) =
                    (self.lo[ka].max(self.lo[kb]) as usize, self.hi[ka].min(self.hi[kb]) as usize);
                for h in lo.max(least)..=hi.min(most) {
                    let v = done[ka * stride + h] + done[kb * stride + h];
                    if v < open[h] {
                        let (l, r) = (edges[ka * stride + h], edges[kb * stride + h]);
                        let (l, r) = if mirrored { (r, l) } else { (l, r) };
                        let v = v + page::JOIN + meeting(l, r);
                        if v < open[h] {
                            open[h] = v;
                            open_edges[h] = edge(at_left(l), at_right(r));
                        }
                    }
                }
            }
            if sub == 0 {
                break;
            }
            sub = (sub - 1) & free;
        }
        for v in &mut open[least..=most] {
            if *v >= most_cost {
                *v = IMPOSSIBLE;
            }
        }
        self.bound(set, w, least, most);
    }

    /// The parts that may stand with the heaviest one of a set when it is split, and the most of
    /// them: never all, and never the one in the corner.
    fn splits(&self, rest: usize) -> (usize, usize) {
        let free = rest & !self.order.corner;
        (free, if free < rest { free } else { (rest - 1) & rest })
    }

    /// The least cost of all parts in a rectangle.
    pub(crate) fn cost_at(&self, w: u8, h: Rows) -> f32 {
        if h as usize >= self.stride || w as usize > self.columns {
            return IMPOSSIBLE;
        }
        self.cost[self.row((1 << self.parts) - 1, w as usize) + h as usize]
    }

    /// The head at the top left of the best solution of a rectangle, in points.
    pub(crate) fn points_at(&self, w: u8, h: Rows) -> u8 {
        at_left(self.edge[self.row((1 << self.parts) - 1, w as usize) + h as usize])
    }

    /// Every way to make up a rectangle from two parts, in a fixed order.
    fn ways(&self, set: usize, w: usize, h: usize, mut each: impl FnMut(f32, Split) -> bool) {
        if set & (set - 1) == 0 {
            each(self.cost[self.row(set, w) + h], Split::Leaf);
            return;
        }
        let low = set & set.wrapping_neg();
        let rest = set ^ low;
        let (free, mut sub) = self.splits(rest);
        let order = self.order;
        loop {
            let (a, b) = (low | sub, rest ^ sub);
            let stack = order.stack(a, b);
            let (up, down) = stack.unwrap_or((a, b));
            let (fa, fb) = (self.row(up, w), self.row(down, w));
            let (lo, hi) = self.range(up, w);
            for h1 in (lo..=hi).filter(|_| stack.is_some()) {
                let Some(h2) = h.checked_sub(h1 + self.gap) else {
                    break;
                };
                let v = self.cost[fa + h1] + self.cost[fb + h2];
                if h2 > 0 && v < IMPOSSIBLE && each(v, Split::Stack(up, h1)) {
                    return;
                }
            }
            let join = order.join(a, b);
            let mirrored = join == Some(true);
            for w1 in (1..w).filter(|_| join.is_some()) {
                let (ka, kb) = (self.row(a, w1) + h, self.row(b, w - w1) + h);
                let v = self.cost[ka] + self.cost[kb];
                if v < IMPOSSIBLE {
                    let (l, r) = if mirrored { (kb, ka) } else { (ka, kb) };
                    let v = v + page::JOIN + meeting(self.edge[l], self.edge[r]);
                    if each(v, Split::Join(a, w1)) {
                        return;
                    }
                }
            }
            if sub == 0 {
                return;
            }
            sub = (sub - 1) & free;
        }
    }

    fn trace(&self, set: usize, w: usize, h: usize, x: u8, y: Rows, out: &mut Vec<Spot>) {
        let want = self.cost[self.row(set, w) + h];
        let mut found = None;
        let mut near = f32::MAX;
        self.ways(set, w, h, |v, way| {
            if (v - want).abs() < near {
                near = (v - want).abs();
                found = Some(way);
            }
            near < TRACE_HAIR
        });
        if let Some(way) = found {
            self.follow(way, set, w, h, x, y, out);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "a cell of the table has so many coordinates")]
    fn follow(
        &self,
        way: Split,
        set: usize,
        w: usize,
        h: usize,
        x: u8,
        y: Rows,
        out: &mut Vec<Spot>,
    ) {
        match way {
            Split::Leaf => out.push(Spot {
                part: set.trailing_zeros() as usize,
                x,
                y,
                w: w as u8,
                h: h as Rows,
            }),
            Split::Stack(a, h1) => {
                self.trace(a, w, h1, x, y, out);
                let down = h1 + self.gap;
                self.trace(set ^ a, w, h - down, x, y + down as Rows, out);
            }
            Split::Join(a, w1) => {
                let mirrored = self.order.join(a, set ^ a) == Some(true);
                let (xa, xb) = if mirrored { (w - w1, 0) } else { (0, w1) };
                self.trace(a, w1, h, x + xa as u8, y, out);
                self.trace(set ^ a, w - w1, h, x + xb as u8, y, out);
            }
        }
    }

    /// The best `most` ways to make up the whole set at a width and height, within `within` of
    /// the best, cheapest first.
    pub(crate) fn layouts(&self, w: u8, h: Rows, most: usize, within: f32) -> Vec<Layout> {
        let full = (1usize << self.parts) - 1;
        if self.cost_at(w, h) >= IMPOSSIBLE {
            return Vec::new();
        }
        let mut ways = Vec::new();
        self.ways(full, w as usize, h as usize, |v, way| {
            ways.push((v, way));
            false
        });
        ways.sort_by(|a, b| a.0.total_cmp(&b.0));
        let best = ways.first().map_or(0.0, |x| x.0);
        ways.truncate(most);
        ways.retain(|x| x.0 <= best + within);
        let mut out = Vec::with_capacity(ways.len());
        for (cost, way) in ways {
            let mut spots = Vec::with_capacity(self.parts);
            self.follow(way, full, w as usize, h as usize, 0, 0, &mut spots);
            if !out.iter().any(|l: &Layout| l.spots == spots) {
                out.push(Layout { cost, spots });
            }
        }
        out
    }
}
