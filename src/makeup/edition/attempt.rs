//! An attempt at an edition: what is left to place, the pages made so far, and the area that stories
//! are likely to take.

use std::collections::BTreeMap;

use crate::makeup::draft::{LaidAside, Lot, MadePage, PageChoice, Room, Stand, Tail};
use crate::makeup::editor::company::Company;
use crate::makeup::editor::locked;
use crate::makeup::effort::attempt::{STYLES, Style};
use crate::makeup::effort::{TABLOID_CELLS, attempt, bundle, choice, page as tried};
use crate::makeup::limits::FORCED_JUMP;
use crate::makeup::model::Edition;
use crate::makeup::page::workshop::Workshop;

/// An edition while it is made up.
#[derive(Clone)]
pub(crate) struct Attempt<'a> {
    /// Finds and keeps the shapes of units.
    pub(crate) workshop: Workshop<'a>,
    /// What it prefers.
    pub(crate) style: Style,
    /// The number of pages that the editor or the format wants, if either does.
    pub(crate) goal: Option<u16>,
    /// What is left of each section, the heaviest first, remainders last.
    pub(crate) queues: Vec<Vec<Lot>>,
    /// The sections that have begun.
    pub(crate) started: Vec<bool>,
    /// What is left of sections whose own pages are done. It shares pages with other sections.
    pub(crate) pool: Vec<Lot>,
    /// What must stand on the next page.
    pub(crate) next: Vec<Lot>,
    /// What is wanted on each page, by the page's number.
    pub(crate) pinned: BTreeMap<u16, Vec<Lot>>,
    /// The ads of each page. From the next page on, only the booked ones are settled.
    pub(crate) ads: BTreeMap<u16, Vec<usize>>,
    /// The fillers that are not used yet, the largest first.
    pub(crate) fillers: Vec<usize>,
    /// The pages made so far.
    pub(crate) made: Vec<MadePage>,
    /// The locked pages that are still to be laid in, by their numbers.
    pub(crate) locked: BTreeMap<u16, LaidAside>,
    /// Which stories must or may not share a page.
    pub(crate) company: Company,
    /// The cells of the grid that pages had, and those that were estimated for what went onto them.
    pub(crate) had: f32,
    pub(crate) thought: f32,
    /// The likely area of each unit in cells of the grid: within a page, and at its head.
    pub(crate) likely: Vec<(f32, f32)>,
}

impl<'a> Attempt<'a> {
    /// Puts every story into the queue of its section, or to the page that it is pinned to.
    pub(crate) fn new(ed: &'a Edition) -> Self {
        let workshop = Workshop::new(ed);
        let n = ed
            .items
            .iter()
            .map(|i| i.section as usize + 1)
            .max()
            .unwrap_or(1)
            .max(ed.sections as usize);
        let mut queues = vec![Vec::new(); n];
        let mut pinned: BTreeMap<u16, Vec<Lot>> = BTreeMap::new();
        let company = Company::new(ed);
        let mut order: Vec<usize> = (0..ed.items.len()).collect();
        order.sort_by_key(|&k| (ed.items[k].order, k));
        for k in order.into_iter().filter(|k| !locked::stands(ed, *k)) {
            match company.page(ed, k) {
                Some(p) if p > 0 => pinned.entry(p).or_default().push(Lot::One(k)),
                _ => queues[ed.items[k].section as usize].push(Lot::One(k)),
            }
        }
        let mut attempt = Self {
            workshop,
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
        attempt.set_locked_aside();
        attempt.estimate();
        attempt.goal = attempt.wanted();
        attempt.allot_ads();
        attempt.lock_ads();
        attempt
    }

    /// The number of pages to aim at: the wanted number, or the likeliest multiple of the number that
    /// the count must be a multiple of. None if the count is free.
    pub(crate) fn wanted(&self) -> Option<u16> {
        let count = self.workshop.ed.pages;
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

    /// How much work an attempt is, in about the number of a tabloid's stories.
    pub(crate) fn load(&self) -> usize {
        let items = self.workshop.ed.items.len();
        let rows: usize = (0..items).map(|u| self.workshop.rows(u) as usize).sum();
        let f = &self.workshop.ed.format;
        let page = f32::from(f.columns) * f32::from(f.rows) / TABLOID_CELLS;
        ((items + rows / attempt::LOAD_ROWS) as f32 * page * page) as usize
    }

    /// An edition made in a style.
    pub(crate) fn made_in(&self, style: Style) -> Self {
        let mut attempt = Self { style, ..self.clone() };
        attempt.run();
        attempt
    }

    /// Makes all pages.
    fn run(&mut self) {
        let pages = (self.area_left() / self.page_area().max(1.0)) as usize;
        let most = attempt::PAGES
            + attempt::PAGES_STORY * self.workshop.ed.items.len()
            + pages * attempt::PAGES_TIMES
            + self.workshop.ed.ads.len();
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

    pub(crate) fn page_area(&self) -> f32 {
        let f = &self.workshop.ed.format;
        f32::from(f.columns) * f32::from(f.rows - f.inside_top.min(f.rows - 1) + f.gap)
    }

    /// The cells of the grid that a unit is likely to take, with its gap.
    pub(crate) fn unit_area(&self, unit: usize, lead: bool) -> f32 {
        self.likely.get(unit).map_or(tried::UNKNOWN_CELLS, |l| if lead { l.1 } else { l.0 })
    }

    /// Estimates the areas of units that are new.
    pub(crate) fn estimate(&mut self) {
        for unit in self.likely.len()..self.workshop.units.len() {
            let (_, plain) = self.workshop.areas(unit, false);
            let (_, lead) = self.workshop.areas(unit, true);
            self.likely.push((plain, lead.max(plain)));
        }
    }

    pub(crate) fn area(&self, lot: &Lot, lead: bool) -> f32 {
        match lot {
            Lot::One(u) => self.unit_area(*u, lead),
            Lot::Group(g) => g.iter().map(|&u| self.unit_area(u, false)).sum(),
        }
    }

    pub(crate) fn areas(&self, lots: &[Lot]) -> f32 {
        lots.iter().map(|c| self.area(c, false)).sum()
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

    pub(crate) fn lit(&self, lot: &Lot) -> bool {
        match lot {
            Lot::One(u) => self.workshop.lit(*u),
            Lot::Group(_) => false,
        }
    }

    /// The units of lots.
    pub(crate) fn units(lots: &[Lot]) -> Vec<usize> {
        lots.iter()
            .flat_map(|c| match c {
                Lot::One(u) => vec![*u],
                Lot::Group(g) => g.clone(),
            })
            .collect()
    }

    /// The units of some lots that may be cut, the longest first.
    pub(crate) fn cuttable(&self, lots: &[Lot], any: bool) -> Vec<usize> {
        let mut out: Vec<usize> = lots
            .iter()
            .filter_map(|c| match c {
                Lot::One(u) => Some(*u),
                Lot::Group(_) => None,
            })
            .filter(|&u| {
                let part = self.workshop.units[u].part;
                let huge = self.workshop.rows(u) as f32 > bundle::HUGE * self.page_area();
                let may = self.workshop.item(u).may_jump && (part == 0 || huge);
                (may && self.workshop.can_cut(u)) || (any && self.workshop.rows(u) >= FORCED_JUMP)
            })
            .collect();
        out.sort_by_key(|&u| (std::cmp::Reverse(self.workshop.rows(u)), u));
        out
    }

    /// Removes lots from the queues. Units that were bundled with them stay, unbundled.
    pub(crate) fn remove(&mut self, lots: &[Lot]) {
        let units = Self::units(lots);
        let clear = |q: &mut Vec<Lot>| {
            let old = std::mem::take(q);
            for lot in old {
                let own = Self::units(std::slice::from_ref(&lot));
                if own.iter().any(|u| units.contains(u)) {
                    let rest = own.into_iter().filter(|u| !units.contains(u));
                    q.extend(rest.map(Lot::One));
                } else {
                    q.push(lot);
                }
            }
        };
        self.queues.iter_mut().for_each(clear);
        clear(&mut self.pool);
        clear(&mut self.next);
        self.pinned.values_mut().for_each(clear);
        self.pinned.retain(|_, q| !q.is_empty());
    }

    /// Adds a chosen page to the edition, and puts the remainders of its jumps into the queues.
    pub(crate) fn take(&mut self, choice: PageChoice, room: Room, head: Option<u16>) {
        let thought = self.areas(&choice.lots);
        self.remove(&choice.lots);
        let number = self.made.len() as u16 + 1;
        let mut sections: Vec<u16> =
            choice.draft.stands.iter().map(|s| self.workshop.item(s.unit).section).collect();
        sections.dedup();
        let cut: Vec<_> = choice.draft.stands.iter().filter(|s| self.goes_on(s)).cloned().collect();
        for s in cut {
            let rest = self.workshop.remainder(&s, number);
            self.estimate();
            if number == 1 {
                self.pool.push(Lot::One(rest));
            } else {
                self.next.push(Lot::One(rest));
            }
        }
        let cuts = self.next.len();
        if number > 1 && cuts == 0 && choice.draft.white == 0 {
            let f = &self.workshop.ed.format;
            let corner = room.corner.map_or(0.0, |c| f32::from(c.w) * f32::from(c.h + f.gap));
            let had = f32::from(f.columns) * f32::from(room.rows() + f.gap) - corner;
            self.had += had / self.page_area();
            self.thought += thought / self.page_area();
        }
        let section =
            if sections.len() == 1 && number > 1 { sections.first().copied() } else { None };
        let Room { top, foot, corner, ads } = room;
        self.made.push(MadePage {
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
        s.zone.tail == Tail::Cut && self.workshop.units[s.unit].until.is_none()
    }

    pub(crate) fn section(&self, lot: &Lot) -> usize {
        Self::units(std::slice::from_ref(lot))
            .first()
            .map_or(0, |&u| self.workshop.item(u).section as usize)
    }

    /// All that is left, in order.
    pub(crate) fn everything(&self) -> Vec<Lot> {
        let mut out = self.next.clone();
        out.extend(self.pinned.values().flatten().cloned());
        out.extend(self.pool.iter().cloned());
        out.extend(self.queues.iter().flatten().cloned());
        out
    }
}
