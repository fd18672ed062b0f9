//! The desk: what is left to place, what has been placed, and how much room it is likely to take.

use std::collections::BTreeMap;

use super::build::Made;
use super::cost::{edition, jump, leg, page, pin, white};
use super::draft::{Draft, Stand};
use super::effort::attempt::{STYLES, Style};
use super::effort::{TABLOID_CELLS, attempt, bundle, choice, page as tried};
use super::fill::Tail;
use super::hand::Company;
use super::judge::{Rect, alike};
use super::limits::{FORCED_JUMP, MODULES_MOST, PARTS_MOST};
use super::lock::{self, LaidAside};
use super::maker::{Cell, Maker};
use super::model::{Edition, ItemKind, Rows};
use super::room::Room;
use super::select::Choice;

/// The state of an edition in the making.
#[derive(Clone)]
pub(crate) struct Desk<'a> {
    pub(crate) maker: Maker<'a>,
    pub(crate) style: Style,
    /// The pages there are to be, where the editor or the format has a say.
    pub(crate) goal: Option<u16>,
    /// What is left of each section, the heaviest first, remainders last.
    pub(crate) queues: Vec<Vec<Cell>>,
    pub(crate) started: Vec<bool>,
    /// What is left of sections that are done.
    pub(crate) pool: Vec<Cell>,
    /// What must stand on the next page.
    pub(crate) next: Vec<Cell>,
    pub(crate) pinned: BTreeMap<u16, Vec<Cell>>,
    /// The ads of each page, from the next one on settled as far as booked.
    pub(crate) ads: BTreeMap<u16, Vec<usize>>,
    /// The fillers that are not used yet, the largest first.
    pub(crate) fillers: Vec<usize>,
    pub(crate) made: Vec<Made>,
    /// The pages that are laid in as they were made once, until they are.
    pub(crate) locked: BTreeMap<u16, LaidAside>,
    /// Which stories belong together.
    pub(crate) company: Company,
    /// Cells that pages had, and cells that were estimated for what went onto them.
    pub(crate) had: f32,
    pub(crate) thought: f32,
    /// Likely areas of the units: inside a page and at its head.
    pub(crate) likely: Vec<(f32, f32)>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(ed: &'a Edition) -> Self {
        let maker = Maker::new(ed);
        let n = ed
            .items
            .iter()
            .map(|i| i.section as usize + 1)
            .max()
            .unwrap_or(1)
            .max(ed.sections as usize);
        let mut queues = vec![Vec::new(); n];
        let mut pinned: BTreeMap<u16, Vec<Cell>> = BTreeMap::new();
        let company = Company::of(ed);
        let mut order: Vec<usize> = (0..ed.items.len()).collect();
        order.sort_by_key(|&k| (ed.items[k].order, k));
        for k in order.into_iter().filter(|k| !lock::stands(ed, *k)) {
            match company.page(ed, k) {
                Some(p) if p > 0 => pinned.entry(p).or_default().push(Cell::One(k)),
                _ => queues[ed.items[k].section as usize].push(Cell::One(k)),
            }
        }
        let mut desk = Self {
            maker,
            started: vec![false; n],
            queues,
            pool: Vec::new(),
            next: Vec::new(),
            pinned,
            ads: BTreeMap::new(),
            fillers: Vec::new(),
            made: Vec::new(),
            had: choice::LEARNED_PAGES,
            thought: choice::LEARNED_PAGES,
            likely: Vec::new(),
            style: STYLES[0],
            goal: None,
            locked: BTreeMap::new(),
            company,
        };
        desk.set_locked_aside();
        desk.estimate();
        desk.goal = desk.wanted();
        desk.allot_ads();
        desk.lock_ads();
        desk
    }

    /// The number of pages to aim at: the wanted one, or the likeliest multiple.
    pub(crate) fn wanted(&self) -> Option<u16> {
        let count = self.maker.ed.pages;
        let multiple = count.multiple.max(1);
        if let Some(w) = count.wanted {
            return Some(w);
        }
        if multiple == 1 {
            return None;
        }
        let area = self.area_left() + self.ads_area_of_all() + self.locked_area();
        let likely = (area / self.page_area()).max(1.0);
        let steps = (likely / f32::from(multiple)).round().max(1.0);
        Some(steps as u16 * multiple)
    }

    /// How much work an attempt is: about the number of stories on a tabloid's pages.
    pub(crate) fn load(&self) -> usize {
        let items = self.maker.ed.items.len();
        let rows: usize = (0..items).map(|u| self.maker.rows(u) as usize).sum();
        let f = &self.maker.ed.format;
        let page = f32::from(f.columns) * f32::from(f.rows) / TABLOID_CELLS;
        ((items + rows / attempt::LOAD_ROWS) as f32 * page * page) as usize
    }

    /// An edition made in a style.
    pub(crate) fn attempt(&self, style: Style) -> Self {
        let mut desk = Self { style, ..self.clone() };
        desk.run();
        desk
    }

    /// Makes all pages.
    fn run(&mut self) {
        let pages = (self.area_left() / self.page_area().max(1.0)) as usize;
        let most = attempt::PAGES
            + attempt::PAGES_STORY * self.maker.ed.items.len()
            + pages * attempt::PAGES_TIMES
            + self.maker.ed.ads.len();
        if self.lay_in() {
            self.bundle_all();
        } else {
            self.front();
        }
        loop {
            if self.lay_in() {
                continue;
            }
            if self.left() == 0 || self.made.len() >= most {
                break;
            }
            self.inside();
        }
        self.advertise_rest();
    }

    /// What the pages made so far cost together.
    pub(crate) fn price(&self) -> f32 {
        let last = self.made.len().saturating_sub(1);
        let pages =
            self.made.iter().enumerate().map(|(at, made)| self.page_price(made, at == last));
        let missed = self.goal.is_some_and(|g| g as usize != self.made.len());
        pages.sum::<f32>()
            + self.disorder(&[])
            + edition::UNPLACED * self.left() as f32
            + if missed { edition::OTHER_COUNT } else { 0.0 }
    }

    /// What it costs that sections are strewn over more pages inside than they need, begin out
    /// of their order, or print what is heavy behind what is light, and that stories stand off
    /// the pages they are pinned to; with some pages made anew.
    pub(crate) fn disorder(&self, anew: &[(usize, &Draft)]) -> f32 {
        let mut stands: Vec<(u16, usize, u8, f32)> = Vec::new();
        let mut cost = self.ill_company(anew);
        for (at, made) in self.made.iter().enumerate().skip(1) {
            let draft = anew.iter().find(|(page, _)| *page == at).map_or(&made.draft, |(_, d)| d);
            for s in draft.stands.iter().filter(|s| self.maker.units[s.unit].part == 0) {
                let item = self.maker.item(s.unit);
                let area = f32::from(s.w) * f32::from(s.h + self.maker.ed.format.gap);
                stands.push((item.section, at, item.priority, area));
                cost += if self.misses(s, at).is_some() { pin::MISSED } else { 0.0 };
            }
        }
        stands.sort_by_key(|stand| (stand.0, stand.1));
        let mut latest = 0;
        for section in stands.chunk_by(|a, b| a.0 == b.0) {
            let (first, last) = (section[0].1, section[section.len() - 1].1);
            let area: f32 = section.iter().map(|s| s.3).sum();
            let needed = (area / self.page_area() + edition::STREWN_PART).ceil();
            cost += edition::STREWN * ((last - first + 1) as f32 - needed).max(0.0);
            cost += if first < latest { edition::STREWN } else { 0.0 };
            latest = latest.max(first);
            for (k, a) in section.iter().enumerate() {
                let behind = section[k + 1..].iter().filter(|b| b.1 > a.1 && b.2 + 1 < a.2);
                cost += edition::BEHIND * behind.count() as f32;
            }
        }
        cost + self.likeness(anew) + self.scattered(anew)
    }

    /// What it costs that the jumps of a page lead to several others: a reader turns to one.
    fn scattered(&self, anew: &[(usize, &Draft)]) -> f32 {
        let mut on: Vec<(usize, usize)> = Vec::new();
        for (at, made) in self.made.iter().enumerate() {
            let draft = anew.iter().find(|(page, _)| *page == at).map_or(&made.draft, |(_, d)| d);
            let units = draft.stands.iter().map(|s| &self.maker.units[s.unit]);
            on.extend(units.map(|unit| (unit.item, at)));
        }
        on.sort_unstable();
        let parts = on.windows(2).filter(|pair| pair[0].0 == pair[1].0 && pair[0].1 < pair[1].1);
        let mut jumps: Vec<(usize, usize)> = parts.map(|pair| (pair[0].1, pair[1].1)).collect();
        jumps.sort_unstable();
        jumps.dedup();
        let more = jumps.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        jump::SCATTERED * more.count() as f32
    }

    /// What it costs that facing pages are made up alike.
    fn likeness(&self, anew: &[(usize, &Draft)]) -> f32 {
        let rects = |at: usize| -> Vec<Rect> {
            let made = &self.made[at].draft;
            let draft = anew.iter().find(|(page, _)| *page == at).map_or(made, |(_, d)| d);
            draft.stands.iter().map(|s| (s.x, s.y, s.w, s.h)).collect()
        };
        let facing = (1..self.made.len().saturating_sub(1)).step_by(2);
        let same = facing.filter(|&at| alike(&rects(at), &rects(at + 1)) > page::ALIKE_SHARE);
        page::ALIKE * same.count() as f32
    }

    /// The page that a story is pinned to, if it begins on another one, the one at `at`.
    pub(crate) fn misses(&self, s: &Stand, at: usize) -> Option<u16> {
        let first = self.maker.units[s.unit].part == 0;
        self.maker.item(s.unit).page.filter(|&page| first && usize::from(page) != at + 1)
    }

    /// What a page costs.
    pub(crate) fn page_price(&self, made: &Made, last: bool) -> f32 {
        let stands = &made.draft.stands;
        let loose: Rows = stands.iter().map(|s| s.zone.white()).sum();
        let forced = stands.iter().any(|s| s.zone.forced);
        if stands.is_empty() {
            // Its advertisers pay for it.
            return page::PAGE;
        }
        let ads = made.corner.map_or(0.0, |c| f32::from(c.w) * f32::from(c.h));
        let used: f32 = stands.iter().map(|s| f32::from(s.w) * f32::from(s.h)).sum::<f32>() + ads;
        let columns = f32::from(self.maker.ed.format.columns);
        let full = used / (columns * f32::from(made.foot.saturating_sub(made.top).max(1)));
        // A page inside is full but for its gaps; the last one may end early.
        let empty = if last {
            white::LAST_EMPTY * (white::LAST_FULL_SHARE - full)
        } else {
            white::EMPTY * (white::FULL_SHARE - full)
        };
        // A story that goes on a second time is lost to most readers.
        let lost = |s: &&Stand| s.zone.tail == Tail::Cut && self.maker.units[s.unit].part > 0;
        let again = stands.iter().filter(lost).count() as f32;
        let whole = stands.iter().filter(|s| self.maker.units[s.unit].part == 0);
        let mut sections: Vec<u16> = whole.map(|s| self.maker.item(s.unit).section).collect();
        sections.sort_unstable();
        sections.dedup();
        let rails = stands.iter().filter(|s| self.maker.item(s.unit).kind == ItemKind::Rail);
        made.draft.cost
            + page::PAGE
            + white::TOLD_ROW * f32::from(loose)
            + if forced { leg::FORCED_PAGE } else { 0.0 }
            + jump::SECOND * again
            + edition::MIXED * (sections.len().saturating_sub(1)) as f32
            + edition::RAILS * (rails.count().saturating_sub(1)) as f32
            + empty.max(0.0)
    }

    pub(crate) fn page_area(&self) -> f32 {
        let f = &self.maker.ed.format;
        f32::from(f.columns) * f32::from(f.rows - f.inside_top.min(f.rows - 1) + f.gap)
    }

    /// Cells of the grid that a unit is likely to take, its gap included.
    pub(crate) fn unit_area(&self, unit: usize, lead: bool) -> f32 {
        self.likely.get(unit).map_or(tried::UNKNOWN_CELLS, |l| if lead { l.1 } else { l.0 })
    }

    /// Estimates the areas of units that are new.
    pub(crate) fn estimate(&mut self) {
        for unit in self.likely.len()..self.maker.units.len() {
            let (_, plain) = self.maker.areas(unit, false);
            let (_, lead) = self.maker.areas(unit, true);
            self.likely.push((plain, lead.max(plain)));
        }
    }

    pub(crate) fn area(&self, cell: &Cell, lead: bool) -> f32 {
        match cell {
            Cell::One(u) => self.unit_area(*u, lead),
            Cell::Group(g) => g.iter().map(|&u| self.unit_area(u, false)).sum(),
        }
    }

    pub(crate) fn areas(&self, cells: &[Cell]) -> f32 {
        cells.iter().map(|c| self.area(c, false)).sum()
    }

    pub(crate) fn left(&self) -> usize {
        self.queues.iter().map(Vec::len).sum::<usize>()
            + self.pool.len()
            + self.next.len()
            + self.pinned.values().map(Vec::len).sum::<usize>()
    }

    pub(crate) fn area_left(&self) -> f32 {
        self.queues.iter().map(|q| self.areas(q)).sum::<f32>()
            + self.areas(&self.pool)
            + self.areas(&self.next)
            + self.pinned.values().map(|q| self.areas(q)).sum::<f32>()
    }

    /// Bundles small stories where a page would hold more than the solver takes.
    pub(crate) fn bundle(&self, cells: Vec<Cell>) -> Vec<Cell> {
        let page = self.page_area();
        let pages = (self.areas(&cells) / page).max(1.0);
        let target = (bundle::PARTS * pages).ceil() as usize;
        if cells.len() <= target.max(MODULES_MOST) {
            return cells;
        }
        let small = |c: &Cell| match c {
            Cell::One(u) => {
                let unit = &self.maker.units[*u];
                unit.part == 0
                    && unit.until.is_none()
                    && !self.is_pinned(unit.item)
                    && self.area(c, false) < page / bundle::STORY_PART
            }
            Cell::Group(_) => false,
        };
        let mut keep = Vec::new();
        let mut bag: Vec<usize> = Vec::new();
        let mut groups = Vec::new();
        let mut count = cells.len();
        for (k, c) in cells.into_iter().enumerate().rev() {
            if count > target && k >= bundle::LEADS && small(&c) {
                if let Cell::One(u) = c {
                    let area = self.unit_area(u, false);
                    let sum: f32 = bag.iter().map(|&b| self.unit_area(b, false)).sum();
                    let full = !bag.is_empty() && sum + area > page / bundle::PART;
                    if bag.len() >= bundle::STORIES || full {
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

    pub(crate) fn lit(&self, cell: &Cell) -> bool {
        match cell {
            Cell::One(u) => self.maker.lit(*u),
            Cell::Group(_) => false,
        }
    }

    /// The units of cells.
    pub(crate) fn units(cells: &[Cell]) -> Vec<usize> {
        cells
            .iter()
            .flat_map(|c| match c {
                Cell::One(u) => vec![*u],
                Cell::Group(g) => g.clone(),
            })
            .collect()
    }

    /// The units of some cells that may be cut, the longest first.
    pub(crate) fn cuttable(&self, cells: &[Cell], any: bool) -> Vec<usize> {
        let mut out: Vec<usize> = cells
            .iter()
            .filter_map(|c| match c {
                Cell::One(u) => Some(*u),
                Cell::Group(_) => None,
            })
            .filter(|&u| {
                let part = self.maker.units[u].part;
                let huge = self.maker.rows(u) as f32 > bundle::HUGE * self.page_area();
                let may = self.maker.item(u).may_jump && (part == 0 || huge);
                (may && self.maker.can_cut(u)) || (any && self.maker.rows(u) >= FORCED_JUMP)
            })
            .collect();
        out.sort_by_key(|&u| (std::cmp::Reverse(self.maker.rows(u)), u));
        out
    }

    /// Takes cells off the queues; what else was bundled with them stays, unbundled.
    pub(crate) fn remove(&mut self, cells: &[Cell]) {
        let units = Self::units(cells);
        let clear = |q: &mut Vec<Cell>| {
            let old = std::mem::take(q);
            for cell in old {
                let own = Self::units(std::slice::from_ref(&cell));
                if own.iter().any(|u| units.contains(u)) {
                    let rest = own.into_iter().filter(|u| !units.contains(u));
                    q.extend(rest.map(Cell::One));
                } else {
                    q.push(cell);
                }
            }
        };
        self.queues.iter_mut().for_each(clear);
        clear(&mut self.pool);
        clear(&mut self.next);
        self.pinned.values_mut().for_each(clear);
        self.pinned.retain(|_, q| !q.is_empty());
    }

    /// Takes a chosen page into the edition; remainders are queued.
    pub(crate) fn take(&mut self, choice: Choice, room: Room, head: Option<u16>) {
        let thought = self.areas(&choice.cells);
        self.remove(&choice.cells);
        let number = self.made.len() as u16 + 1;
        let mut sections: Vec<u16> =
            choice.draft.stands.iter().map(|s| self.maker.item(s.unit).section).collect();
        sections.dedup();
        let cut: Vec<_> = choice.draft.stands.iter().filter(|s| self.goes_on(s)).cloned().collect();
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
            let corner = room.corner.map_or(0.0, |c| f32::from(c.w) * f32::from(c.h + f.gap));
            let had = f32::from(f.columns) * f32::from(room.rows() + f.gap) - corner;
            self.had += had / self.page_area();
            self.thought += thought / self.page_area();
        }
        let section =
            if sections.len() == 1 && number > 1 { sections.first().copied() } else { None };
        let Room { top, foot, corner, ads } = room;
        self.made.push(Made {
            draft: choice.draft,
            top,
            foot,
            section: head.or(section),
            section_head: head.is_some(),
            corner,
            ads,
            locked: None,
        });
    }

    /// Whether what is left of a story is still to be placed.
    pub(crate) fn goes_on(&self, s: &Stand) -> bool {
        s.zone.tail == Tail::Cut && self.maker.units[s.unit].until.is_none()
    }

    pub(crate) fn bundle_all(&mut self) {
        for q in 0..self.queues.len() {
            let cells = std::mem::take(&mut self.queues[q]);
            self.queues[q] = self.bundle(cells);
        }
    }

    /// All that is left, small stories bundled until the solver can take it.
    pub(crate) fn gathered(&mut self) -> Vec<Cell> {
        let cells = self.everything();
        if cells.len() <= PARTS_MOST { cells } else { self.bundle(cells) }
    }

    pub(crate) fn section(&self, cell: &Cell) -> usize {
        Self::units(std::slice::from_ref(cell))
            .first()
            .map_or(0, |&u| self.maker.item(u).section as usize)
    }

    /// All that is left, in order.
    pub(crate) fn everything(&self) -> Vec<Cell> {
        let mut out = self.next.clone();
        out.extend(self.pinned.values().flatten().cloned());
        out.extend(self.pool.iter().cloned());
        out.extend(self.queues.iter().flatten().cloned());
        out
    }
}
