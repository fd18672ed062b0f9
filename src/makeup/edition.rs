//! The edition: which stories go to which page.
//!
//! Steps:
//! 1. the front page takes the heaviest stories of all sections; long ones are cut, so that it
//!    fills exactly;
//! 2. section by section, each page takes the heaviest stories that are left and as many
//!    others as fill it: subsets of the queue's head are ranked by estimated area, and the page
//!    solver tries the best of them; where none fits, one story is cut for a jump;
//! 3. what is left of a section goes to a pool that shares pages with later sections;
//! 4. the last page takes what is left and may end early.

use std::collections::BTreeMap;

use super::build::{self, Made};
use super::fill::Tail;
use super::maker::{Ask, Cell, Draft, Maker};
use super::model::{Edition, GivenUp, Plan, Rows, Sacrifice};
use super::zone::Unit;

/// Cells of the queue's head that a page chooses from.
const WINDOW: usize = 10;
/// Pages tried before stories are cut.
const TRIES: usize = 24;

/// Makes an edition up: every story of it is placed, whatever has to be given up for it.
#[must_use]
pub fn make_up(edition: &Edition) -> Plan {
    if edition.items.is_empty() || edition.format.columns == 0 {
        return Plan { pages: Vec::new(), given_up: Vec::new() };
    }
    let mut desk = Desk::new(edition);
    let mut best: Option<(f32, Vec<Made>, Vec<Unit>)> = None;
    let rounds = match edition.items.len() {
        0..=45 => STYLES.len(),
        46..=150 => 2,
        _ => 1,
    };
    for style in &STYLES[..rounds] {
        desk.restart(*style);
        desk.run();
        let cost = desk.price();
        if best.as_ref().is_none_or(|b| cost < b.0) {
            best = Some((cost, std::mem::take(&mut desk.made), desk.maker.units.clone()));
        }
    }
    if let Some((_, made, units)) = best {
        desk.made = made;
        desk.maker.units = units;
    }
    let mut pages: Vec<_> = (1..).zip(&desk.made).map(|(n, m)| build::page(&desk.maker, m, n)).collect();
    build::link(&mut pages);
    let mut given_up = build::given_up(&desk.maker, &pages, &desk.made);
    let n = pages.len() as u16;
    let multiple = edition.pages.multiple.max(1);
    if edition.pages.wanted.is_some_and(|w| w != n) || n % multiple != 0 {
        given_up.push(GivenUp { page: None, item: None, what: Sacrifice::PageCount, amount: f64::from(n) });
    }
    Plan { pages, given_up }
}

/// A page that was chosen: the draft and the cells it used.
struct Choice {
    draft: Draft,
    cells: Vec<Cell>,
    score: f32,
}

/// How far the search for a page may go.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Whole,
    Cut,
    Plain,
    Free,
    Forced,
}

/// What an attempt at an edition prefers: the better of a few is taken.
#[derive(Clone, Copy)]
struct Style {
    /// What each story more on a page is worth.
    crowd: f32,
    /// What a page's area may differ from the likely one.
    strict: f32,
    /// What skipping a heavier story costs.
    skip: f32,
}

const STYLES: [Style; 4] = [
    Style { crowd: 2.0, strict: 9.0, skip: 0.3 },
    Style { crowd: 3.0, strict: 14.0, skip: 0.3 },
    Style { crowd: 1.0, strict: 9.0, skip: 0.15 },
    Style { crowd: 2.0, strict: 5.0, skip: 0.5 },
];

struct Desk<'a> {
    maker: Maker<'a>,
    style: Style,
    /// The pages there are to be, where the editor or the format has a say.
    goal: Option<u16>,
    /// The queues and pins before the first page.
    first: (Vec<Vec<Cell>>, BTreeMap<u16, Vec<Cell>>),
    /// What is left of each section, the heaviest first, remainders last.
    queues: Vec<Vec<Cell>>,
    started: Vec<bool>,
    /// What is left of sections that are done.
    pool: Vec<Cell>,
    /// What must stand on the next page.
    next: Vec<Cell>,
    pinned: BTreeMap<u16, Vec<Cell>>,
    made: Vec<Made>,
    /// Cells that pages had, and cells that were estimated for what went onto them.
    had: f32,
    thought: f32,
    /// Likely areas of the units: inside a page and at its head.
    likely: Vec<(f32, f32)>,
}

impl<'a> Desk<'a> {
    fn new(ed: &'a Edition) -> Self {
        let maker = Maker::new(ed);
        let n = ed.items.iter().map(|i| i.section as usize + 1).max().unwrap_or(1).max(ed.sections as usize);
        let mut queues = vec![Vec::new(); n];
        let mut pinned: BTreeMap<u16, Vec<Cell>> = BTreeMap::new();
        let mut order: Vec<usize> = (0..ed.items.len()).collect();
        order.sort_by_key(|&k| (ed.items[k].order, k));
        for k in order {
            match ed.items[k].page {
                Some(p) if p > 0 => pinned.entry(p).or_default().push(Cell::One(k)),
                _ => queues[ed.items[k].section as usize].push(Cell::One(k)),
            }
        }
        let mut desk = Self {
            maker,
            first: (queues.clone(), pinned.clone()),
            started: vec![false; n],
            queues,
            pool: Vec::new(),
            next: Vec::new(),
            pinned,
            made: Vec::new(),
            had: 4.0,
            thought: 4.0,
            likely: Vec::new(),
            style: STYLES[0],
            goal: None,
        };
        desk.estimate();
        desk.goal = desk.wanted();
        desk
    }

    /// The number of pages to aim at: the wanted one, or the likeliest multiple.
    fn wanted(&self) -> Option<u16> {
        let count = self.maker.ed.pages;
        let multiple = count.multiple.max(1);
        if let Some(w) = count.wanted {
            return Some(w);
        }
        if multiple == 1 {
            return None;
        }
        let likely = (self.area_left() / self.page_area()).max(1.0);
        let steps = (likely / f32::from(multiple)).round().max(1.0);
        Some(steps as u16 * multiple)
    }

    /// Starts over in a style.
    fn restart(&mut self, style: Style) {
        let items = self.maker.ed.items.len();
        while self.maker.units.len() > items {
            self.maker.forget();
        }
        self.likely.truncate(items);
        (self.queues, self.pinned) = self.first.clone();
        self.started.fill(false);
        self.pool.clear();
        self.next.clear();
        self.made.clear();
        (self.had, self.thought) = (4.0, 4.0);
        self.style = style;
    }

    /// Makes all pages.
    fn run(&mut self) {
        let pages = (self.area_left() / self.page_area().max(1.0)) as usize;
        let most = 20 + 4 * self.maker.ed.items.len() + pages * 3;
        self.front();
        while self.left() > 0 && self.made.len() < most {
            self.inside();
        }
    }

    /// What the pages made so far cost together.
    fn price(&self) -> f32 {
        self.made
            .iter()
            .map(|m| {
                let loose: Rows = m.draft.stands.iter().map(|s| s.zone.white()).sum();
                let forced = m.draft.stands.iter().any(|s| s.zone.forced);
                m.draft.cost + 8.0 + 0.5 * f32::from(loose) + if forced { 20.0 } else { 0.0 }
            })
            .sum::<f32>()
            + 1000.0 * self.left() as f32
            + if self.goal.is_some_and(|g| g as usize != self.made.len()) { 200.0 } else { 0.0 }
    }

    fn page_area(&self) -> f32 {
        let f = &self.maker.ed.format;
        f32::from(f.columns) * f32::from(f.rows - f.inside_top.min(f.rows - 1) + f.gap)
    }

    /// Cells of the grid that a unit is likely to take, its gap included.
    fn unit_area(&self, unit: usize, lead: bool) -> f32 {
        self.likely.get(unit).map_or(60.0, |l| if lead { l.1 } else { l.0 })
    }

    /// Estimates the areas of units that are new.
    fn estimate(&mut self) {
        for unit in self.likely.len()..self.maker.units.len() {
            let (_, plain) = self.maker.areas(unit, false);
            let (_, lead) = self.maker.areas(unit, true);
            self.likely.push((plain, lead.max(plain)));
        }
    }

    fn area(&self, cell: &Cell, lead: bool) -> f32 {
        match cell {
            Cell::One(u) => self.unit_area(*u, lead),
            Cell::Group(g) => g.iter().map(|&u| self.unit_area(u, false)).sum(),
        }
    }

    fn areas(&self, cells: &[Cell]) -> f32 {
        cells.iter().map(|c| self.area(c, false)).sum()
    }

    fn left(&self) -> usize {
        self.queues.iter().map(Vec::len).sum::<usize>()
            + self.pool.len()
            + self.next.len()
            + self.pinned.values().map(Vec::len).sum::<usize>()
    }

    fn area_left(&self) -> f32 {
        self.queues.iter().map(|q| self.areas(q)).sum::<f32>()
            + self.areas(&self.pool)
            + self.areas(&self.next)
            + self.pinned.values().map(|q| self.areas(q)).sum::<f32>()
    }

    /// Bundles small stories where a page would hold more than the solver takes.
    fn bundle(&self, cells: Vec<Cell>) -> Vec<Cell> {
        let page = self.page_area();
        let pages = (self.areas(&cells) / page).max(1.0);
        let target = (5.0 * pages).ceil() as usize;
        if cells.len() <= target.max(7) {
            return cells;
        }
        let small = |c: &Cell| match c {
            Cell::One(u) => {
                let unit = &self.maker.units[*u];
                unit.part == 0 && self.maker.item(*u).columns.is_none() && self.area(c, false) < page / 9.0
            }
            Cell::Group(_) => false,
        };
        let mut keep = Vec::new();
        let mut bag: Vec<usize> = Vec::new();
        let mut groups = Vec::new();
        let mut count = cells.len();
        for (k, c) in cells.into_iter().enumerate().rev() {
            if count > target && k >= 2 && small(&c) {
                if let Cell::One(u) = c {
                    let area = self.unit_area(u, false);
                    let sum: f32 = bag.iter().map(|&b| self.unit_area(b, false)).sum();
                    if bag.len() >= 6 || (!bag.is_empty() && sum + area > page / 3.0) {
                        bag.reverse();
                        groups.push(Cell::Group(std::mem::take(&mut bag)));
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
            groups.push(if bag.len() == 1 { Cell::One(bag[0]) } else { Cell::Group(bag) });
        }
        keep.reverse();
        groups.reverse();
        keep.extend(groups);
        keep
    }

    fn lit(&self, cell: &Cell) -> bool {
        match cell {
            Cell::One(u) => !self.maker.units[*u].pictures.is_empty(),
            Cell::Group(_) => false,
        }
    }

    /// The units of cells.
    fn units(cells: &[Cell]) -> Vec<usize> {
        cells
            .iter()
            .flat_map(|c| match c {
                Cell::One(u) => vec![*u],
                Cell::Group(g) => g.clone(),
            })
            .collect()
    }

    /// The units of some cells that may be cut, the longest first.
    fn cuttable(&self, cells: &[Cell], any: bool) -> Vec<usize> {
        let mut out: Vec<usize> = cells
            .iter()
            .filter_map(|c| match c {
                Cell::One(u) => Some(*u),
                Cell::Group(_) => None,
            })
            .filter(|&u| {
                let part = self.maker.units[u].part;
                let huge = self.maker.rows(u) as f32 > 0.9 * self.page_area();
                self.maker.can_cut(u) && (any || (self.maker.item(u).may_jump && (part == 0 || huge)))
            })
            .collect();
        out.sort_by_key(|&u| (std::cmp::Reverse(self.maker.rows(u)), u));
        out
    }

    /// Subsets of the window that may fill a page, the likeliest first.
    fn subsets(&self, must: &[Cell], window: &[Cell], page: f32, all: bool) -> Vec<(f32, Vec<Cell>)> {
        let window = &window[..window.len().min(WINDOW)];
        let n = window.len();
        let mut out = Vec::new();
        let total = self.area_left();
        // What is left is spread evenly over the pages it will take.
        let scale = (self.had / self.thought).clamp(0.75, 1.35);
        let likely = (total * scale / self.page_area()).round().max(1.0);
        let pages = self.goal.map_or(likely, |g| f32::from(g.saturating_sub(self.made.len() as u16)).max(1.0));
        let all_cells = self.everything();
        let lit_share = all_cells.iter().filter(|c| self.lit(c)).count() as f32 / total.max(1.0);
        let target = (total / (pages * self.page_area())).clamp(0.85 / scale, 1.15 / scale);
        let fixed = self.areas(must);
        let areas: Vec<f32> = window.iter().map(|c| self.area(c, false)).collect();
        let lead = window.first().map_or(0.0, |c| self.area(c, true) - areas[0]);
        for mask in 0u32..1 << n {
            let count = mask.count_ones() as usize + must.len();
            if count == 0 || count > 7 || (n > 0 && must.is_empty() && mask & 1 == 0) {
                continue;
            }
            if !all && count == n + must.len() && total <= fixed + areas.iter().sum::<f32>() + 1.0 {
                continue;
            }
            let mut sum = fixed + if mask & 1 == 1 { lead } else { 0.0 };
            let mut skipped = 0;
            let mut open = 0;
            for (k, a) in areas.iter().enumerate() {
                if mask >> k & 1 == 1 {
                    sum += a;
                    skipped += open;
                    open = 0;
                } else {
                    open += 1;
                }
            }
            let fill = sum / page;
            let mut score = self.style.strict * (fill - target).abs() + self.style.skip * skipped as f32 - self.style.crowd * count as f32;
            let old = (0..n).filter(|k| mask >> k & 1 == 1 && self.pool.contains(&window[*k])).count();
            score -= 1.2 * old as f32;
            let chosen = || must.iter().chain((0..n).filter(|k| mask >> k & 1 == 1).map(|k| &window[k]));
            score += [0.0, 0.7, 1.8, 3.0][chosen().position(|c| self.lit(c)).unwrap_or(3).min(3)];
            // The pictures are to last for all pages.
            let bright = chosen().filter(|c| self.lit(c)).count() as f32;
            score += 0.4 * (bright - lit_share * sum).abs();
            if count < 3 {
                score += 1.0;
            } else if count > 5 {
                score += 0.3 * (count - 5) as f32;
            }
            if fill > 0.6 {
                let mut cells = must.to_vec();
                cells.extend((0..n).filter(|k| mask >> k & 1 == 1).map(|k| window[k].clone()));
                out.push((score, cells));
            }
        }
        out.sort_by(|a, b| a.0.total_cmp(&b.0));
        out
    }

    /// Looks for the page at one level.
    fn search(&mut self, subsets: &[(f32, Vec<Cell>)], ask: Ask, level: Level) -> Option<Choice> {
        let mut best: Option<Choice> = None;
        let tries = match level {
            Level::Whole | Level::Plain | Level::Free => TRIES,
            Level::Cut => 16,
            Level::Forced => 12,
        };
        let start = self.maker.solved();
        for (score, cells) in subsets.iter().take(200) {
            let done = self.maker.solved() - start;
            if done as usize >= tries || best.as_ref().is_some_and(|b| b.score < score + 2.0) {
                break;
            }
            let cuts = if level == Level::Whole { Vec::new() } else { self.cuttable(cells, level == Level::Forced) };
            let rounds: Vec<(Vec<usize>, Ask)> = match level {
                Level::Whole => vec![(Vec::new(), ask)],
                Level::Cut => cuts.iter().take(2).map(|&u| (vec![u], ask)).collect(),
                Level::Plain => (0..3).map(|scheme| (cuts.clone(), Ask { scheme, ..ask })).collect(),
                Level::Free => [0, 2].map(|scheme| (cuts.clone(), Ask { scheme, free: true, ..ask })).to_vec(),
                Level::Forced => vec![(cuts, Ask { scheme: 3, free: true, forced: true, ..ask })],
            };
            for (cuts, ask) in rounds {
                let Some(draft) = self.maker.draft(cells, &cuts, ask) else { continue };
                let score = score + draft.cost;
                if best.as_ref().is_some_and(|b| score >= b.score) {
                    continue;
                }
                let score = score + self.outlook(cells, &draft);
                if best.as_ref().is_none_or(|b| score < b.score) {
                    best = Some(Choice { draft, cells: cells.clone(), score });
                }
            }
        }
        best
    }

    /// What the last page will cost, if only that one is left after a draft.
    fn outlook(&mut self, cells: &[Cell], draft: &Draft) -> f32 {
        let mut rest: Vec<Cell> = self.everything().into_iter().filter(|c| !cells.contains(c)).collect();
        let cut: Vec<_> = draft.stands.iter().filter(|s| s.zone.tail == Tail::Cut).cloned().collect();
        let area = self.areas(&rest) + cut.iter().map(|s| self.maker.rows(s.unit) as f32 / 2.0).sum::<f32>();
        if rest.len() + cut.len() == 0 || rest.len() + cut.len() > 7 || area > 1.4 * self.page_area() {
            return 0.0;
        }
        let number = self.made.len() as u16 + 1;
        for s in &cut {
            rest.push(Cell::One(self.maker.remainder(s, number)));
        }
        let f = &self.maker.ed.format;
        let rows = f.rows - (f.inside_top + f.last_foot).min(f.rows - 1);
        let ask = Ask { front: false, rows, free: true, last: true, scheme: 0, roomy: true, forced: false };
        let last = self.maker.draft(&rest, &[], ask);
        for _ in &cut {
            self.maker.forget();
        }
        last.map_or(30.0, |d| d.cost - 2.0 * rest.len() as f32)
    }

    /// Chooses a page from the window, going as far as it must.
    fn choose(&mut self, must: &[Cell], window: &[Cell], ask: Ask, all: bool) -> Option<Choice> {
        let f = &self.maker.ed.format;
        let page = f32::from(f.columns) * f32::from(ask.rows + f.gap);
        let subsets = self.subsets(must, window, page, all);
        let mut best: Option<Choice> = None;
        for level in [Level::Whole, Level::Cut, Level::Plain, Level::Free] {
            if let Some(c) = self.search(&subsets, ask, level) {
                if best.as_ref().is_none_or(|b| c.score < b.score) {
                    best = Some(c);
                }
            }
            let n = best.as_ref().map_or(0, |b| b.cells.len());
            if best.as_ref().is_some_and(|b| b.score < 7.0 - n as f32 || level > Level::Whole) {
                break;
            }
        }
        best
    }

    /// A page of the first cells, whatever it takes. `last` is the ask of a last page.
    fn force(&mut self, cells: &[Cell], ask: Ask, last: Ask) -> Option<(Choice, bool)> {
        for level in [Level::Free, Level::Forced] {
            for n in (1..=cells.len().min(3)).rev() {
                let ends = n == cells.len() && n == self.left();
                let sets = [(0.0, cells[..n].to_vec())];
                if let Some(c) = self.search(&sets, if ends { last } else { ask }, level) {
                    return Some((c, ends));
                }
            }
        }
        None
    }

    fn remove(&mut self, cells: &[Cell]) {
        let units = Self::units(cells);
        let gone = |c: &Cell| !Self::units(std::slice::from_ref(c)).iter().any(|u| units.contains(u));
        for q in &mut self.queues {
            q.retain(gone);
        }
        self.pool.retain(gone);
        self.next.retain(gone);
        for q in self.pinned.values_mut() {
            q.retain(gone);
        }
        self.pinned.retain(|_, q| !q.is_empty());
    }

    /// Takes a chosen page into the edition; remainders are queued.
    fn take(&mut self, choice: Choice, top: Rows, foot: Rows, head: Option<u16>) {
        let thought = self.areas(&choice.cells);
        self.remove(&choice.cells);
        let number = self.made.len() as u16 + 1;
        let mut sections: Vec<u16> = choice.draft.stands.iter().map(|s| self.maker.item(s.unit).section).collect();
        sections.dedup();
        let cut: Vec<_> = choice.draft.stands.iter().filter(|s| s.zone.tail == Tail::Cut).cloned().collect();
        for s in cut {
            let rest = self.maker.remainder(&s, number);
            self.estimate();
            if number == 1 {
                self.pool.push(Cell::One(rest));
            } else {
                self.next.push(Cell::One(rest));
            }
        }
        let cuts = self.next.len();
        if number > 1 && cuts == 0 && choice.draft.white == 0 {
            let f = &self.maker.ed.format;
            self.had += f32::from(f.columns) * f32::from(foot - top + f.gap) / self.page_area();
            self.thought += thought / self.page_area();
        }
        let section = if sections.len() == 1 && number > 1 { sections.first().copied() } else { None };
        self.made.push(Made {
            draft: choice.draft,
            top,
            foot,
            section: head.or(section),
            section_head: head.is_some(),
        });
    }

    /// The front page.
    fn front(&mut self) {
        let f = &self.maker.ed.format;
        let top = f.front_top.min(f.rows - 1);
        let foot = f.rows - f.front_foot.min(f.rows - 1 - top);
        let must = self.pinned.get(&1).cloned().unwrap_or_default();
        let mut all: Vec<Cell> = self.queues.iter().flatten().cloned().collect();
        all.sort_by_key(|c| match c {
            Cell::One(u) => self.maker.weight(*u),
            Cell::Group(_) => (true, 0, 0),
        });
        let ask = Ask { front: true, rows: foot - top, free: false, last: false, scheme: 0, roomy: false, forced: false };
        let most = (self.maker.ed.front_stories.max(1) as usize).clamp(1, 7);
        let mut best: Option<Choice> = None;
        let total = all.len() + must.len();
        let room = most.saturating_sub(must.len()).min(all.len());
        for n in (room.min(3)..=room).rev() {
            for variant in 0..3 {
                let mut cells = must.clone();
                cells.extend(all[..n.saturating_sub(usize::from(variant > 0))].iter().cloned());
                if variant > 0 {
                    let Some(c) = all.get(n + variant - 1) else { continue };
                    cells.push(c.clone());
                }
                if cells.is_empty() {
                    continue;
                }
                let cuts = self.cuttable(&cells, false);
                if cells.len() == total && cuts.is_empty() {
                    continue;
                }
                let score = 1.0 * variant as f32 - 2.5 * cells.len() as f32;
                for scheme in 0..2 {
                    let Some(draft) = self.maker.draft(&cells, &cuts, Ask { scheme, ..ask }) else { continue };
                    let score = score + draft.cost;
                    if best.as_ref().is_none_or(|b| score < b.score) {
                        best = Some(Choice { draft, cells: cells.clone(), score });
                    }
                    break;
                }
            }
        }
        if let Some(c) = best {
            self.take(c, top, foot, None);
            self.bundle_all();
            return;
        }
        self.bundle_all();
        let all: Vec<Cell> = must.into_iter().chain(self.queues.iter().flatten().cloned()).collect();
        if all.len() <= 8 {
            if let Some(draft) = self.last(&all, ask.rows) {
                return self.take(Choice { draft, cells: all, score: 0.0 }, top, foot, None);
            }
        }
        self.finish(&all, top, foot, ask);
    }

    fn bundle_all(&mut self) {
        for q in 0..self.queues.len() {
            let cells = std::mem::take(&mut self.queues[q]);
            self.queues[q] = self.bundle(cells);
        }
    }

    /// Fills a page with as much as can be of some cells, which may be all there is.
    fn finish(&mut self, cells: &[Cell], top: Rows, foot: Rows, ask: Ask) {
        let last_foot = if self.made.is_empty() { 0 } else { self.maker.ed.format.last_foot };
        let end = foot - last_foot.min(foot - top - 1);
        let last = Ask { rows: end - top, ..ask };
        let foot_of = |ends: bool| if ends { end } else { foot };
        if let Some((c, ends)) = self.force(cells, ask, last) {
            return self.take(c, top, foot_of(ends), None);
        }
        // A bundle that doesn't fit is undone.
        let loose: Vec<Cell> = Self::units(&cells[..1]).into_iter().map(Cell::One).collect();
        let first = cells[..1].to_vec();
        self.remove(&first);
        self.pool.splice(0..0, loose.iter().cloned());
        if let Some((c, ends)) = self.force(&loose, ask, last) {
            return self.take(c, top, foot_of(ends), None);
        }
        if let Some(&unit) = Self::units(&loose[..1]).first() {
            let draft = self.maker.burst(unit, end - top);
            self.take(Choice { draft, cells: loose[..1].to_vec(), score: 0.0 }, top, end, None);
        }
    }

    /// The next page inside.
    fn inside(&mut self) {
        let number = self.made.len() as u16 + 1;
        let f = self.maker.ed.format.clone();
        let (top, rows) = (f.inside_top.min(f.rows - 1), f.rows);
        let area = self.page_area();
        let mut must = std::mem::take(&mut self.next);
        self.next = must.clone();
        must.extend(self.pinned.get(&number).cloned().unwrap_or_default());
        let left = self.area_left();
        let base = Ask { front: false, rows: rows - top, free: false, last: false, scheme: 0, roomy: false, forced: false };
        // The last page.
        if left < 1.4 * area {
            let cells = self.gathered();
            let foot = rows - f.last_foot.min(rows - top - 1);
            if let Some(draft) = self.last(&cells, foot - top) {
                let score = draft.cost;
                return self.take(Choice { draft, cells, score }, top, foot, None);
            }
        }
        let (window, head) = self.window(area);
        if let Some(s) = head {
            let start = f.section_top.min(rows - 1);
            let own: Vec<Cell> = must.iter().filter(|c| self.section(c) == s as usize).cloned().collect();
            let ask = Ask { rows: rows - start, ..base };
            let inside: Vec<Cell> = window.iter().filter(|c| !own.contains(c)).cloned().collect();
            if let Some(c) = self.choose(&own, &inside, ask, false) {
                self.started[s as usize] = true;
                return self.take(c, start, rows, Some(s));
            }
        }
        let window: Vec<Cell> = window.into_iter().filter(|c| !must.contains(c)).collect();
        let mut pick = self.choose(&must, &window, base, false);
        if pick.as_ref().is_none_or(|p| p.score > 12.0) {
            let mut wide: Vec<Cell> = window.iter().take(5).cloned().collect();
            let others = self.pool.iter().chain(self.queues.iter().flat_map(|q| q.iter().skip(2)));
            let new: Vec<Cell> = others.filter(|c| !wide.contains(c) && !must.contains(c)).take(5).cloned().collect();
            wide.extend(new);
            if let Some(c) = self.choose(&must, &wide, base, false) {
                if pick.as_ref().is_none_or(|p| c.score < p.score) {
                    pick = Some(c);
                }
            }
        }
        if pick.is_none() && !must.is_empty() {
            let loose: Vec<Cell> = must.iter().chain(&window).cloned().collect();
            pick = self.choose(&[], &loose, base, false);
        }
        for c in &window {
            let s = self.section(c);
            self.started[s] = true;
        }
        match pick {
            Some(c) => self.take(c, top, rows, None),
            None => {
                let all: Vec<Cell> = must.into_iter().chain(window).collect();
                self.finish(&all, top, rows, base);
            }
        }
    }

    /// The last page, if some cells can be that.
    fn last(&mut self, cells: &[Cell], rows: Rows) -> Option<Draft> {
        let ask = Ask { front: self.made.is_empty(), rows, free: true, last: true, scheme: 0, roomy: false, forced: false };
        let mut best: Option<Draft> = None;
        for (scheme, roomy) in [(0, false), (1, false), (0, true), (2, true), (3, true)] {
            if best.as_ref().is_some_and(|b| b.cost < 25.0) {
                break;
            }
            if let Some(d) = self.maker.draft(cells, &[], Ask { scheme, roomy, ..ask }) {
                if best.as_ref().is_none_or(|b| d.cost < b.cost) {
                    best = Some(d);
                }
            }
        }
        best.or_else(|| {
            let forced = Ask { scheme: 3, roomy: true, forced: true, ..ask };
            let d = self.maker.draft(cells, &[], forced)?;
            d.stands.iter().all(|s| s.zone.tail == Tail::End).then_some(d)
        })
    }

    /// All that is left, small stories bundled until the solver can take it.
    fn gathered(&mut self) -> Vec<Cell> {
        let cells = self.everything();
        if cells.len() <= 8 { cells } else { self.bundle(cells) }
    }

    fn section(&self, cell: &Cell) -> usize {
        Self::units(std::slice::from_ref(cell)).first().map_or(0, |&u| self.maker.item(u).section as usize)
    }

    /// All that is left, in order.
    fn everything(&self) -> Vec<Cell> {
        let mut out = self.next.clone();
        out.extend(self.pinned.values().flatten().cloned());
        out.extend(self.pool.iter().cloned());
        out.extend(self.queues.iter().flatten().cloned());
        out
    }

    /// What the next page chooses from, and the section it starts, if it starts one.
    fn window(&mut self, area: f32) -> (Vec<Cell>, Option<u16>) {
        loop {
            let open: Vec<usize> = (0..self.queues.len()).filter(|&s| !self.queues[s].is_empty()).collect();
            let Some(&cur) = open.first() else {
                let mut all = self.pool.clone();
                all.extend(self.pinned.values().flatten().cloned());
                return (all, None);
            };
            let own = self.areas(&self.queues[cur]);
            if self.areas(&self.pool) > 0.9 * area && open.len() < 2 {
                let mut all = self.pool.clone();
                all.extend(self.queues[cur].iter().cloned());
                return (all, None);
            }
            if !self.started[cur] && own >= 0.85 * area {
                let mut all = self.queues[cur].clone();
                all.truncate(WINDOW - 1);
                if self.made.len() > 1 {
                    all.extend(self.pool.iter().find(|c| self.section(c) == cur).cloned());
                }
                return (all, Some(cur as u16));
            }
            if own >= 0.85 * area {
                let mut all = self.queues[cur].clone();
                all.truncate(WINDOW - 2);
                all.extend(self.pool.iter().take(2).cloned());
                return (all, None);
            }
            if own < 0.4 * area && open.len() > 1 && !self.started[open[1]] && self.areas(&self.queues[open[1]]) >= 0.85 * area {
                let mut cells = std::mem::take(&mut self.queues[cur]);
                self.pool.append(&mut cells);
                continue;
            }
            // What is left of this section shares its page.
            let mut all = self.queues[cur].clone();
            all.extend(self.pool.iter().take(4).cloned());
            for &s in &open[1..] {
                let heavy = if self.areas(&self.queues[s]) > 1.5 * area { 2 } else { 0 };
                all.extend(self.queues[s].iter().skip(heavy).cloned());
            }
            return (all, None);
        }
    }
}
