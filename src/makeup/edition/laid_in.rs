//! Lays locked pages in as they are, whatever becomes of the rest of the edition.
//!
//! The parts of stories on locked pages never come to the queues. What such a story has before,
//! between and after them becomes units that end or begin where the locked parts do, and that are
//! wanted on the pages where they were before. When its number comes up, a locked page is laid in.

use crate::makeup::draft::{
    Draft, Heading, LaidAside, Lot, MadePage, Shape, Stand, Tail, Unit, Zone,
};
use crate::makeup::edition::attempt::Attempt;
use crate::makeup::editor::locked::{parts, slices, stands};
use crate::makeup::model::{Cells, Module, Rows};

impl Attempt<'_> {
    /// Prepares the locked pages, and puts the other parts of their stories where they are wanted.
    pub(crate) fn set_locked_aside(&mut self) {
        let ed = self.workshop.ed;
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
        let ed = self.workshop.ed;
        let own = &ed.items[item];
        let parts = parts(ed, item);
        let shown = |number: usize| {
            parts.iter().any(|(_, _, m)| m.pictures.iter().any(|p| p.picture == number))
        };
        let quoted = |number: usize| {
            parts.iter().any(|(_, _, m)| m.quotes.iter().any(|q| q.quote == number))
        };
        // Pictures and quotes that no locked page shows go to the first unit.
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
                let unit = self.workshop.add(unit);
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
            let unit = self.workshop.add(unit);
            let place = page.modules.iter().position(|m| std::ptr::eq(m, *module));
            if let Some((laid, place)) = self.locked.get_mut(&page.number).zip(place) {
                laid.units[place] = unit;
            }
            (start, part, from) = (end, part + 1, Some(page.number));
            if k + 1 == parts.len() && module.jump_line.is_some() {
                let (pictures, quotes) =
                    (std::mem::take(&mut pictures), std::mem::take(&mut quotes));
                let unit = Unit { item, start, part, from, until: None, pictures, quotes };
                let unit = self.workshop.add(unit);
                self.want(unit, module.to.filter(|wanted| *wanted > page.number));
            }
        }
    }

    /// Puts a unit on the page where it is wanted, unless that is a locked page.
    fn want(&mut self, unit: usize, page: Option<u16>) {
        match page.filter(|page| *page > 0 && !self.locked.contains_key(page)) {
            Some(page) => self.pinned.entry(page).or_default().push(Lot::One(unit)),
            None => self.next.push(Lot::One(unit)),
        }
    }

    /// Removes the ads of locked pages from those that are spread over the other pages.
    pub(crate) fn lock_ads(&mut self) {
        let ed = self.workshop.ed;
        let placed = |ad: &usize| ed.locked.iter().any(|l| l.page.ads.iter().any(|p| p.ad == *ad));
        self.ads.values_mut().for_each(|ads| ads.retain(|ad| !placed(ad)));
        self.ads.retain(|_, ads| !ads.is_empty());
        self.fillers.retain(|ad| !placed(ad));
    }

    /// The area of the locked pages that are not laid in yet, in cells of the grid.
    pub(crate) fn locked_area(&self) -> f32 {
        self.locked.len() as f32 * self.page_area()
    }

    /// The number of pages that are made or locked.
    pub(crate) fn settled_pages(&self) -> u16 {
        (self.made.len() + self.locked.len()) as u16
    }

    /// Whether there is a locked page after the one of this number.
    pub(crate) fn locked_behind(&self, number: u16) -> bool {
        self.locked.range(number + 1..).next().is_some()
    }

    /// Lays the next page in, if it is locked. Returns whether it was.
    pub(crate) fn lay_in(&mut self) -> bool {
        let number = self.made.len() as u16 + 1;
        let Some(LaidAside { at, units }) = self.locked.remove(&number) else { return false };
        let page = &self.workshop.ed.locked[at].page;
        let stands =
            page.modules.iter().zip(units).map(|(module, unit)| stand(module, unit, page.top));
        let draft = Draft { cost: page.cost as f32, white: 0, stands: stands.collect() };
        self.made.push(MadePage {
            draft,
            top: page.top,
            foot: page.foot,
            section: page.section,
            section_head: page.section_head,
            corner: None,
            ads: page.ads.clone(),
            locked: Some(at),
        });
        // Stories and ads that were wanted on this page go to the next open one.
        self.next.extend(self.pinned.remove(&number).into_iter().flatten());
        self.put_off_ads(number);
        true
    }
}

/// A module of a locked page as a stand. Its contents are not judged.
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
