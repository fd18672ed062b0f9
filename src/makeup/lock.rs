//! Locked pages: laid in as they were made once, whatever the rest of the edition does.
//!
//! Steps:
//! 1. [`loose`] holds each locked page against the stories as they are now, before anything is
//!    made up: every number in it is taken for anybody's;
//! 2. the parts of stories that locked pages show never come to the queues. What such a story
//!    has before, between and behind them becomes pieces of its own, which end or begin where the
//!    locked parts do, and are wanted on the pages where they were;
//! 3. when its number comes up, a locked page is laid in;
//! 4. [`broken`] holds the finished plan against the rules: a piece that found no place in front
//!    of its locked part, say, breaks the lock.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Made;
use super::check;
use super::desk::Desk;
use super::draft::{Draft, Stand};
use super::fill::Tail;
use super::limits::LOCKED_CROP;
use super::maker::{Cell, Maker};
use super::model::{
    Cells, Edition, GivenUp, Item, ItemKind, LockedPage, Module, PagePlan, PlacedPicture, Plan,
    Rows, Sacrifice,
};
use super::shapes::{Heading, Shape};
use super::zone::{Unit, Zone};

/// A locked page that can't stand as it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Loose {
    /// The page.
    pub page: u16,
    /// The story at fault, where it is one's: its place in [`Edition::items`].
    pub item: Option<usize>,
    /// Why.
    pub why: Why,
}

/// Why a locked page can't stand.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// The story's last part holds so many slices of text too few; too many where it is less
    /// than 0.
    Text(i64),
    /// Its lines break into other rows than the legs have.
    Lines,
    /// Its head takes other rows.
    Head,
    /// Its deck takes other rows, is new, or is gone.
    Deck,
    /// A picture, by its number in the story, is gone or has another shape or caption.
    Picture(usize),
    /// A pull-quote, by its number in the story, is gone or takes other rows.
    Quote(usize),
    /// An advertisement of the page is gone or has another size.
    Ad,
    /// A rule of the make-up, as a sentence.
    Rule(String),
    /// The pages before it have become too few for it to have its number.
    Number,
}

/// A locked page, ready to be laid in.
#[derive(Debug, Clone)]
pub(crate) struct LaidAside {
    /// Its place in [`Edition::locked`].
    at: usize,
    /// The units that its modules are.
    units: Vec<usize>,
}

/// Whether a story, or a part of it, stands on a locked page.
pub(crate) fn stands(ed: &Edition, item: usize) -> bool {
    ed.locked.iter().any(|locked| locked.page.modules.iter().any(|m| m.item == item))
}

/// Whether a page shows what a locked one does. The pages that jumps name are the edition's.
pub(crate) fn same(page: &PagePlan, locked: &PagePlan) -> bool {
    let bare = |page: &PagePlan| {
        let modules = page.modules.iter();
        let modules =
            modules.map(|m| Module { part: m.part.min(1), from: None, to: None, ..m.clone() });
        PagePlan { modules: modules.collect(), ..page.clone() }
    };
    bare(page) == bare(locked)
}

/// A locked page as the plan has it: its parts are numbered as the edition's are.
pub(crate) fn page(maker: &Maker, stands: &[Stand], locked: &PagePlan) -> PagePlan {
    let mut page = locked.clone();
    for (module, stand) in page.modules.iter_mut().zip(stands) {
        let unit = &maker.units[stand.unit];
        (module.part, module.from, module.to) = (unit.part, unit.from, None);
    }
    page
}

/// The parts of a story that locked pages show, in the order of the pages.
fn parts(ed: &Edition, item: usize) -> Vec<(usize, &PagePlan, &Module)> {
    let all = ed.locked.iter().enumerate();
    let mut parts: Vec<_> = all
        .flat_map(|(at, locked)| locked.page.modules.iter().map(move |m| (at, &locked.page, m)))
        .filter(|(_, _, m)| m.item == item)
        .collect();
    parts.sort_by_key(|(_, page, _)| page.number);
    parts
}

/// The slices of a part: its first and the one after its last.
fn slices(item: &Item, module: &Module) -> (usize, usize) {
    let none = if module.part == 0 { 0 } else { item.text(module.measure).slices.len() };
    let first = module.legs.first().map_or(none, |leg| leg.first);
    (first, module.legs.last().map_or(first, |leg| leg.end))
}

impl Desk<'_> {
    /// Makes the locked pages ready, and puts what else their stories have where it is wanted.
    pub(crate) fn set_locked_aside(&mut self) {
        let ed = self.maker.ed;
        for (at, locked) in ed.locked.iter().enumerate() {
            let units = vec![0; locked.page.modules.len()];
            self.locked.insert(locked.page.number, LaidAside { at, units });
            let section = locked.page.section.filter(|_| locked.page.section_head);
            if let Some(started) = section.and_then(|s| self.started.get_mut(usize::from(s))) {
                *started = true;
            }
        }
        for item in (0..ed.items.len()).filter(|item| stands(ed, *item)) {
            self.piece_out(item);
        }
    }

    /// The units of one story that stands on locked pages.
    fn piece_out(&mut self, item: usize) {
        let ed = self.maker.ed;
        let own = &ed.items[item];
        let parts = parts(ed, item);
        let shown = |number: usize| {
            parts.iter().any(|(_, _, m)| m.pictures.iter().any(|p| p.picture == number))
        };
        let quoted = |number: usize| {
            parts.iter().any(|(_, _, m)| m.quotes.iter().any(|q| q.quote == number))
        };
        // What no locked page shows goes to the first piece.
        let mut pictures: Vec<u16> =
            (0..own.pictures.len()).filter(|p| !shown(*p)).map(|p| p as u16).collect();
        let mut quotes: Vec<u16> =
            (0..own.quotes.len()).filter(|q| !quoted(*q)).map(|q| q as u16).collect();
        let (mut start, mut part, mut from) = (0, 0, None);
        for (k, (_, page, module)) in parts.iter().enumerate() {
            let (first, end) = slices(own, module);
            if first > start {
                let (pictures, quotes) =
                    (std::mem::take(&mut pictures), std::mem::take(&mut quotes));
                let until = Some(first as u32);
                let unit = Unit { item, start, part, from, until, pictures, quotes };
                let unit = self.maker.add(unit);
                let wanted = if part == 0 { module.from } else { parts[k - 1].2.to };
                self.want(unit, wanted.filter(|wanted| *wanted < page.number));
                (part, from) = (part + 1, wanted);
            }
            let unit = Unit {
                item,
                start: first,
                part,
                from,
                until: module.jump_line.map(|_| end as u32),
                pictures: module.pictures.iter().map(|p| p.picture as u16).collect(),
                quotes: module.quotes.iter().map(|q| q.quote as u16).collect(),
            };
            let unit = self.maker.add(unit);
            let place = page.modules.iter().position(|m| std::ptr::eq(m, *module));
            if let Some((laid, place)) = self.locked.get_mut(&page.number).zip(place) {
                laid.units[place] = unit;
            }
            (start, part, from) = (end, part + 1, Some(page.number));
            if k + 1 == parts.len() && module.jump_line.is_some() {
                let (pictures, quotes) =
                    (std::mem::take(&mut pictures), std::mem::take(&mut quotes));
                let unit = Unit { item, start, part, from, until: None, pictures, quotes };
                let unit = self.maker.add(unit);
                self.want(unit, module.to.filter(|wanted| *wanted > page.number));
            }
        }
    }

    /// Puts a piece where it is wanted, if that is no locked page.
    fn want(&mut self, unit: usize, page: Option<u16>) {
        match page.filter(|page| *page > 0 && !self.locked.contains_key(page)) {
            Some(page) => self.pinned.entry(page).or_default().push(Cell::One(unit)),
            None => self.next.push(Cell::One(unit)),
        }
    }

    /// Takes the ads of locked pages, which stand there and nowhere else, out of what is spread
    /// over the others.
    pub(crate) fn lock_ads(&mut self) {
        let ed = self.maker.ed;
        let placed = |ad: &usize| ed.locked.iter().any(|l| l.page.ads.iter().any(|p| p.ad == *ad));
        self.ads.values_mut().for_each(|ads| ads.retain(|ad| !placed(ad)));
        self.ads.retain(|_, ads| !ads.is_empty());
        self.fillers.retain(|ad| !placed(ad));
    }

    /// Cells of the pages that are locked and not laid in yet.
    pub(crate) fn locked_area(&self) -> f32 {
        self.locked.len() as f32 * self.page_area()
    }

    /// The pages that are made, or locked and so as good as made.
    pub(crate) fn settled_pages(&self) -> u16 {
        (self.made.len() + self.locked.len()) as u16
    }

    /// Whether there is a locked page behind one.
    pub(crate) fn locked_behind(&self, number: u16) -> bool {
        self.locked.range(number + 1..).next().is_some()
    }

    /// Lays the next page in, if it is a locked one.
    pub(crate) fn lay_in(&mut self) -> bool {
        let number = self.made.len() as u16 + 1;
        let Some(LaidAside { at, units }) = self.locked.remove(&number) else { return false };
        let page = &self.maker.ed.locked[at].page;
        let stands =
            page.modules.iter().zip(units).map(|(module, unit)| stand(module, unit, page.top));
        let draft = Draft { cost: page.cost as f32, white: 0, stands: stands.collect() };
        self.made.push(Made {
            draft,
            top: page.top,
            foot: page.foot,
            section: page.section,
            section_head: page.section_head,
            corner: None,
            ads: page.ads.clone(),
            locked: Some(at),
        });
        // What was wanted here, or booked, goes to the next page that is open.
        self.next.extend(self.pinned.remove(&number).into_iter().flatten());
        self.put_off_ads(number);
        true
    }
}

/// A module of a locked page as the desk sees it: what stands in it is not looked at.
fn stand(module: &Module, unit: usize, top: Rows) -> Stand {
    let Cells { column, row, columns, rows } = module.cells;
    let end = module.legs.last().map_or(0, |leg| leg.end);
    let tail = if module.jump_line.is_some() { Tail::Cut } else { Tail::End };
    let measure = module.measure;
    let zone = Zone { tail, measure, forced: false, cost: 0.0, ..Zone::burst(columns, rows, end) };
    let jump = Heading::Jump(module.jump_step);
    let heading = module.head_step.map_or(jump, |step| Heading::Step(step as u8));
    let shape = Shape {
        zone: 0,
        heading,
        short: module.short_head,
        deck: module.deck.is_some(),
        slack: 0,
        points: 0,
    };
    let (x, y) = (column, row.saturating_sub(top));
    Stand { unit, rank: module.rank, x, y, w: columns, h: rows, shape, zone, over: false }
}

/// The locked pages that can't stand: those whose stories are others than they were locked with.
/// Pages may come from anywhere; a page that is not named here may be made up and printed.
#[must_use]
pub fn loose(edition: &Edition) -> Vec<Loose> {
    let mut out = Vec::new();
    let mut numbers = BTreeSet::new();
    for locked in &edition.locked {
        let page = locked.page.number;
        let mut say = |item, why| out.push(Loose { page, item, why });
        if page == 0 || !numbers.insert(page) {
            say(None, Why::Rule(format!("page {page} is locked twice")));
        }
        if let Some(what) = out_of_bounds(edition, &locked.page) {
            say(None, Why::Rule(what));
            continue;
        }
        let known = out.len();
        for module in &locked.page.modules {
            let of = |why| Loose { page, item: Some(module.item), why };
            out.extend(misfits(edition, locked, module).into_iter().map(of));
        }
        let ads = locked.page.ads.iter();
        let other = |placed: &super::model::PlacedAd| {
            let ad = &edition.ads[placed.ad];
            let columns = ad.columns.min(edition.format.columns);
            columns != placed.cells.columns || ad.rows < placed.cells.rows
        };
        if ads.clone().any(other) {
            out.push(Loose { page, item: None, why: Why::Ad });
        }
        if out.len() == known {
            let rule = |what| Loose { page, item: None, why: Why::Rule(what) };
            out.extend(rules(edition, locked).into_iter().map(rule));
        }
    }
    if out.is_empty() {
        for item in (0..edition.items.len()).filter(|item| stands(edition, *item)) {
            out.extend(torn(edition, item));
        }
    }
    out
}

/// What no grid has, and what would be looked up where there is nothing.
fn out_of_bounds(ed: &Edition, page: &PagePlan) -> Option<String> {
    let f = &ed.format;
    let off = |cells: &Cells| {
        cells.columns == 0
            || u16::from(cells.column) + u16::from(cells.columns) > u16::from(f.columns)
            || u32::from(cells.row) + u32::from(cells.rows) > u32::from(f.rows)
    };
    if page.top >= page.foot || page.foot > f.rows || !page.cost.is_finite() {
        return Some(format!("rows {} to {} are none of a page", page.top, page.foot));
    }
    if page.section.is_some_and(|section| section >= ed.sections) {
        return Some("it belongs to no section of the paper".into());
    }
    let mut seen = BTreeSet::new();
    for m in &page.modules {
        if m.item >= ed.items.len() || !seen.insert(m.item) {
            return Some("a story stands on it twice, or is none of the edition's".into());
        }
        let all = [Some(m.cells), Some(m.head), m.deck, m.jump_line];
        let pictures = m.pictures.iter().flat_map(|p| [p.cells, p.caption]);
        let quotes = m.quotes.iter().map(|q| q.cells);
        let legs = m.legs.iter().map(|leg| leg.cells);
        if all.into_iter().flatten().chain(pictures).chain(quotes).chain(legs).any(|c| off(&c)) {
            return Some("something on it lies outside of the grid".into());
        }
        if m.legs.iter().any(|leg| leg.first >= leg.end) {
            return Some("a leg on it has no text".into());
        }
        if m.legs.windows(2).any(|two| two[0].end != two[1].first) {
            return Some("its legs do not follow each other".into());
        }
        if m.legs.is_empty() && (m.part > 0 || m.jump_line.is_some()) {
            return Some("a part of a story on it has no text".into());
        }
    }
    let ads = page.ads.iter();
    if ads.clone().any(|ad| ad.ad >= ed.ads.len() || off(&ad.cells)) {
        return Some("an ad on it lies outside of the grid, or is none of the edition's".into());
    }
    let mut seen = BTreeSet::new();
    ads.clone().any(|ad| !seen.insert(ad.ad)).then(|| "an ad stands on it twice".into())
}

/// What of a story is no longer as its locked module has it.
fn misfits(ed: &Edition, locked: &LockedPage, module: &Module) -> Vec<Why> {
    let item = &ed.items[module.item];
    let k = usize::from(module.cells.columns) - 1;
    let mut out = text_misfits(item, module);
    let head = match module.head_step {
        Some(step) => {
            let set = |step: usize| {
                let head = item.heads.get(step)?;
                let settings = if module.short_head { &head.short } else { &head.set };
                settings.get(k).copied().flatten()
            };
            // A head that sets nowhere at this span stood there all the same.
            let nowhere = (0..item.heads.len()).all(|step| set(step).is_none());
            step < item.heads.len()
                && (nowhere || set(step).is_some_and(|set| set.rows == module.head.rows))
        }
        None if item.kind == ItemKind::Picture => module.head.rows == 0,
        None => {
            let rows = item.jump_rows(module.jump_step, module.cells.columns);
            rows == Some(module.head.rows) || rows.is_none() && module.jump_step == 0
        }
    };
    if !head {
        out.push(Why::Head);
    }
    if module.boxed != (item.boxed && module.part == 0) {
        out.push(Why::Rule("a story's box is new or gone".into()));
    }
    let deck = match (&module.deck, &item.deck) {
        (Some(cells), Some(deck)) => {
            module.part == 0 && deck.rows.get(k).or(deck.rows.last()) == Some(&cells.rows)
        }
        (Some(_), None) => false,
        (None, Some(deck)) => deck.droppable || module.part > 0,
        (None, None) => true,
    };
    if !deck {
        out.push(Why::Deck);
    }
    let mut seen = BTreeSet::new();
    let pictures = module.pictures.iter();
    let wrong = pictures.filter(|p| !seen.insert(p.picture) || !shows(ed, item, p));
    out.extend(wrong.map(|p| Why::Picture(p.picture)));
    let mut seen = BTreeSet::new();
    let quotes = module.quotes.iter().filter(|q| {
        !seen.insert(q.quote) || item.quotes.get(q.quote).is_none_or(|own| own.rows != q.cells.rows)
    });
    out.extend(quotes.map(|q| Why::Quote(q.quote)));
    // What a page gave up is told of the stories on it.
    let strange = |given: &&GivenUp| given.item.is_some_and(|item| item >= ed.items.len());
    let strange = locked.given_up.iter().find(strange);
    out.extend(strange.map(|_| Why::Rule("it gave up something of no story".into())));
    out
}

fn text_misfits(item: &Item, module: &Module) -> Vec<Why> {
    let slices = &item.text(module.measure).slices;
    let end = module.legs.last().map_or(0, |leg| leg.end);
    // A part without legs has its pictures alone.
    let over = slices.len() as i64 - end as i64;
    let whole = module.jump_line.is_none();
    if end > slices.len() || (whole && over != 0) || (!whole && over == 0) {
        return vec![Why::Text(over)];
    }
    let rows = |first: usize, end: usize| {
        let run = &slices[first..end];
        let all: u32 = run.iter().map(|s| u32::from(s.gap) + u32::from(s.rows)).sum();
        all - u32::from(run[0].gap) + u32::from(run[0].again)
    };
    let fits = |leg: &super::model::Leg| rows(leg.first, leg.end) == u32::from(leg.cells.rows);
    if module.legs.iter().all(fits) { vec![] } else { vec![Why::Lines] }
}

/// Whether a story still has the picture that a place is cut for.
fn shows(ed: &Edition, item: &Item, placed: &PlacedPicture) -> bool {
    let Some(picture) = item.pictures.get(placed.picture) else { return false };
    let Cells { columns, rows, .. } = placed.cells;
    let k = usize::from(columns) - 1;
    let caption = picture.caption.get(k).or(picture.caption.last()).copied().unwrap_or(0);
    let f = &ed.format;
    let width = f64::from(columns) * f.column_in_rows + f64::from(columns - 1) * f.gutter_in_rows;
    let aspect = width / f64::from(rows.max(1));
    let kept = (aspect / picture.aspect).min(picture.aspect / aspect);
    caption == placed.caption.rows && (picture.whole || kept + LOCKED_CROP >= picture.keep)
}

/// The rules that a locked page breaks by itself. Weights may have changed since it was made, so
/// that its heads need not follow them.
fn rules(ed: &Edition, locked: &LockedPage) -> Vec<String> {
    let heads = GivenUp {
        page: Some(locked.page.number),
        item: None,
        what: Sacrifice::Hierarchy,
        amount: 0.0,
    };
    let given_up = locked.given_up.iter().cloned().chain([heads]).collect();
    let plan = Plan { pages: vec![], given_up, search: super::model::Search::default() };
    check::parts_wrong(ed, &plan, &locked.page)
}

/// Whether the locked parts of a story do not follow each other.
fn torn(ed: &Edition, item: usize) -> Option<Loose> {
    let own = &ed.items[item];
    let parts = parts(ed, item);
    let mut at = 0;
    let mut pictures = BTreeSet::new();
    for (k, (_, page, module)) in parts.iter().enumerate() {
        let (first, end) = slices(own, module);
        let begins = (module.part == 0) == (first == 0);
        let last = k + 1 == parts.len();
        let twice = module.pictures.iter().any(|p| !pictures.insert(p.picture));
        if first < at || !begins || twice || (!last && module.jump_line.is_none()) {
            let why = Why::Rule("what it shows of a story does not go on where it should".into());
            return Some(Loose { page: page.number, item: Some(item), why });
        }
        at = end;
    }
    None
}

/// The locked pages that the finished plan could not be made up around.
#[must_use]
pub fn broken(edition: &Edition, plan: &Plan) -> Vec<Loose> {
    let mut out = Vec::new();
    let mut torn: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for locked in &edition.locked {
        let number = locked.page.number;
        let Some(page) = plan.pages.get(usize::from(number).wrapping_sub(1)) else {
            out.push(Loose { page: number, item: None, why: Why::Number });
            continue;
        };
        if !same(page, &locked.page) {
            out.push(Loose { page: number, item: None, why: Why::Number });
            continue;
        }
        let rule = |what| Loose { page: number, item: None, why: Why::Rule(what) };
        out.extend(check::page_wrong(edition, plan, page).into_iter().take(1).map(rule));
        for module in &page.modules {
            let wrong = torn.entry(module.item).or_insert_with(|| {
                let mut wrong = Vec::new();
                check::story(edition, plan, module.item, &mut wrong);
                wrong
            });
            let why = |what: &String| Why::Rule(what.clone());
            let first = wrong.first().map(why);
            out.extend(first.map(|why| Loose { page: number, item: Some(module.item), why }));
        }
    }
    out
}
