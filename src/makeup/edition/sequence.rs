//! Makes the pages one after the other: the front page, the first page of each section, the pages that
//! sections share, the last page.

use crate::makeup::cost::IMPOSSIBLE;
use crate::makeup::draft::{Ask, Lot, PageChoice, Room};
use crate::makeup::edition::attempt::Attempt;
use crate::makeup::edition::select::Latitude;
use crate::makeup::effort::{choice, section};
use crate::makeup::limits::{MODULES_MOST, PARTS_MOST};

impl Attempt<'_> {
    /// Makes the front page.
    pub(crate) fn front(&mut self) {
        self.workshop.page = 1;
        self.settle_ads(1);
        let room = self.front_room();
        let must = self.pinned.get(&1).cloned().unwrap_or_default();
        let mut all: Vec<Lot> = self.queues.iter().flatten().cloned().collect();
        all.sort_by_key(|c| match c {
            Lot::One(u) => self.workshop.weight(*u),
            Lot::Group(_) => (true, 0, 0),
        });
        let ask = Ask { front: true, ..Ask::inside(room.rows(), room.corner) };
        let best = self.heaviest(&must, &all, ask);
        if let Some(c) = best {
            self.take(c, room, None);
            return self.bundle_all();
        }
        self.bundle_all();
        let queued = self.queues.iter().flatten().cloned();
        let all: Vec<Lot> = must.into_iter().chain(queued).collect();
        if all.len() <= PARTS_MOST
            && let Some((draft, room)) = self.last_in(&all, &room)
        {
            let choice = PageChoice { draft, lots: all, score: 0.0 };
            return self.take(choice, room, None);
        }
        if self.put_off_ads(1) {
            return self.front();
        }
        self.finish(&all, room.clone(), room, ask);
    }

    /// The best front page of the heaviest stories. The lightest of them may be replaced by one of the
    /// next two.
    fn heaviest(&mut self, must: &[Lot], all: &[Lot], ask: Ask) -> Option<PageChoice> {
        let most = (self.workshop.ed.front_stories.max(1) as usize).clamp(1, MODULES_MOST);
        let mut best: Option<PageChoice> = None;
        let total = all.len() + must.len();
        let room = most.saturating_sub(must.len()).min(all.len());
        // A small front page may hold one story alone.
        let large = self.workshop.ed.format.columns >= choice::FRONT_COLUMNS;
        let least = if large { choice::FRONT_STORIES } else { 1 };
        for n in (room.min(least)..=room).rev() {
            for variant in 0..choice::FRONT_VARIANTS {
                let mut lots = must.to_vec();
                lots.extend(all[..n.saturating_sub(usize::from(variant > 0))].iter().cloned());
                if variant > 0 {
                    let Some(c) = all.get(n + variant - 1) else {
                        continue;
                    };
                    lots.push(c.clone());
                }
                let Some(lots) = self.completed(lots) else { continue };
                let cuts = self.cuttable(&lots, false);
                if lots.is_empty() || (lots.len() == total && cuts.is_empty()) {
                    continue;
                }
                let alone = if lots.len() == 1 { choice::FRONT_ALONE } else { 0.0 };
                let score = variant as f32 + alone - choice::FRONT_STORY * lots.len() as f32;
                let mut schemes = (0..choice::FRONT_SCHEMES).map(|scheme| {
                    self.workshop.draft(&lots, &cuts, Ask { scheme, ..ask }, IMPOSSIBLE)
                });
                let Some(draft) = schemes.find_map(|d| d) else {
                    continue;
                };
                let score = score + draft.cost;
                if best.as_ref().is_none_or(|b| score < b.score) {
                    best = Some(PageChoice { draft, lots, score });
                }
            }
        }
        best
    }

    /// Fills a page with as many of some lots as fit. If these are all that is left, the page has the
    /// room `end`.
    fn finish(&mut self, lots: &[Lot], room: Room, end: Room, ask: Ask) {
        let all = self.everything();
        let lots = if lots.is_empty() { &all[..] } else { lots };
        if lots.is_empty() {
            return;
        }
        let last = Ask { rows: end.rows(), corner: end.corner, ..ask };
        if let Some((c, ends)) = self.force(lots, ask, last) {
            return self.take(c, if ends { end } else { room }, None);
        }
        // A bundle that doesn't fit is taken apart.
        let loose: Vec<Lot> = Self::units(&lots[..1]).into_iter().map(Lot::One).collect();
        let first = lots[..1].to_vec();
        self.remove(&first);
        self.pool.splice(0..0, loose.iter().cloned());
        if let Some((c, ends)) = self.force(&loose, ask, last) {
            return self.take(c, if ends { end } else { room }, None);
        }
        if let Some(&unit) = Self::units(&loose[..1]).first() {
            let draft = self.workshop.burst(unit, end.rows());
            self.take(PageChoice { draft, lots: loose[..1].to_vec(), score: 0.0 }, end, None);
        }
    }

    /// Makes the next page inside.
    pub(crate) fn inside(&mut self) {
        let number = self.made.len() as u16 + 1;
        self.workshop.page = number;
        if self.settle_ads(number).full {
            return self.advertise();
        }
        self.fill_page(number);
        // A story that missed its pinned page goes to the next one.
        let late = self.pinned.remove(&number);
        self.next.extend(late.into_iter().flatten());
    }

    fn fill_page(&mut self, number: u16) {
        let room = self.inside_room(number);
        let end = self.last_room(number);
        let area = self.page_area();
        let pins = self.pinned.get(&number).cloned().unwrap_or_default();
        let mut must = self.next.clone();
        must.extend(pins.iter().cloned());
        let base = Ask::inside(room.rows(), room.corner);
        if self.area_left() < choice::ONE_PAGE * area {
            let lots = self.gathered();
            if let Some((draft, end)) = self.last_in(&lots, &end) {
                let score = draft.cost;
                return self.take(PageChoice { draft, lots, score }, end, None);
            }
        }
        let (window, head) = self.window(area);
        if let Some(s) = head {
            let start = self.section_room(number, s);
            let own = |c: &&Lot| self.section(c) == s as usize || pins.contains(c);
            let own: Vec<Lot> = must.iter().filter(own).cloned().collect();
            let ask = Ask { rows: start.rows(), corner: start.corner, ..base };
            let inside: Vec<Lot> = window.iter().filter(|c| !own.contains(c)).cloned().collect();
            if let Some(c) = self.choose(&own, &inside, ask, false) {
                self.started[s as usize] = true;
                return self.take(c, start, Some(s));
            }
        }
        let window: Vec<Lot> = window.into_iter().filter(|c| !must.contains(c)).collect();
        let mut room = room;
        let mut pick = self.shared(&must, &pins, &window, base);
        if pick.as_ref().is_none_or(|pick| pick.draft.cost > choice::DULL || pick.draft.white > 0) {
            let limit = pick.as_ref().map_or(IMPOSSIBLE, |pick| pick.score);
            let filled = self.with_filler(number, limit, |attempt, ask| {
                attempt.shared(&must, &pins, &window, ask)
            });
            if let Some((choice, with)) = filled {
                (pick, room) = (Some(choice), with);
            }
        }
        for c in &window {
            let s = self.section(c);
            self.started[s] = true;
        }
        match pick {
            Some(c) => self.take(c, room, None),
            // The page gets no ads rather than a bad layout.
            None if self.put_off_ads(number) => self.fill_page(number),
            None => {
                let all: Vec<Lot> = must.into_iter().chain(window).collect();
                match self.hard(number, &all, base) {
                    Some((choice, room)) => self.take(choice, room, None),
                    None => self.finish(&all, room, end, base),
                }
            }
        }
    }

    /// A page for a text that can't be threaded by the rules: beside the stories that go best with it, or
    /// with a filler.
    fn hard(&mut self, number: u16, lots: &[Lot], ask: Ask) -> Option<(PageChoice, Room)> {
        let (first, others) = lots.split_at_checked(1)?;
        let page = self.page_area();
        let subsets = self.subsets(first, others, page, false);
        for level in [Latitude::Free, Latitude::Forced] {
            let plain = self.search(&subsets, ask, level);
            let limit = plain.as_ref().map_or(IMPOSSIBLE, |choice| choice.score);
            let filled = self
                .with_filler(number, limit, |attempt, ask| attempt.search(&subsets, ask, level));
            let found = filled.or_else(|| Some((plain?, self.inside_room(number))));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// A page that sections may share: chosen from the window, then from a wider one, then without
    /// insisting on what should stand here.
    fn shared(
        &mut self,
        must: &[Lot],
        pins: &[Lot],
        window: &[Lot],
        ask: Ask,
    ) -> Option<PageChoice> {
        let mut pick = self.choose(must, window, ask, false);
        if pick.as_ref().is_none_or(|p| p.score > choice::POOR) {
            let mut wide: Vec<Lot> = window.iter().take(choice::WIDER_OWN).cloned().collect();
            let queued = self.queues.iter().flat_map(|q| q.iter().skip(choice::WIDER_SKIPPED));
            let others = self.pool.iter().chain(queued);
            let new = others.filter(|c| !wide.contains(c) && !must.contains(c));
            let new: Vec<Lot> = new.take(choice::WIDER_OTHERS).cloned().collect();
            wide.extend(new);
            if let Some(c) = self.choose(must, &wide, ask, false)
                && pick.as_ref().is_none_or(|p| c.score < p.score)
            {
                pick = Some(c);
            }
        }
        // What an editor wants here outweighs remainders that should stand here.
        for kept in [pins, &[]] {
            if pick.is_none() && kept.len() < must.len() {
                let loose = must.iter().filter(|c| !kept.contains(c)).chain(window);
                let loose: Vec<Lot> = loose.cloned().collect();
                pick = self.choose(kept, &loose, ask, false);
            }
        }
        pick
    }

    /// The lots that the next page chooses from, and the section that begins on it, if one does.
    pub(crate) fn window(&mut self, area: f32) -> (Vec<Lot>, Option<u16>) {
        loop {
            let open: Vec<usize> =
                (0..self.queues.len()).filter(|&s| !self.queues[s].is_empty()).collect();
            let Some(&cur) = open.first() else {
                let mut all = self.pool.clone();
                all.extend(self.pinned.values().flatten().cloned());
                return (all, None);
            };
            let own = self.areas(&self.queues[cur]);
            if self.areas(&self.pool) > section::POOL * area && open.len() < 2 {
                let mut all = self.pool.clone();
                all.extend(self.queues[cur].iter().cloned());
                return (all, None);
            }
            if !self.started[cur] && own >= section::OWN * area {
                let mut all = self.queues[cur].clone();
                all.truncate(choice::WINDOW - 1);
                if self.made.len() > 1 {
                    all.extend(self.pool.iter().find(|c| self.section(c) == cur).cloned());
                }
                return (all, Some(cur as u16));
            }
            if own >= section::OWN * area {
                let mut all = self.queues[cur].clone();
                all.truncate(choice::WINDOW - section::FROM_POOL);
                all.extend(self.pool.iter().take(section::FROM_POOL).cloned());
                return (all, None);
            }
            if own < section::REST * area
                && open.len() > 1
                && !self.started[open[1]]
                && self.areas(&self.queues[open[1]]) >= section::OWN * area
            {
                let mut lots = std::mem::take(&mut self.queues[cur]);
                self.pool.append(&mut lots);
                continue;
            }
            // The rest of this section shares its page with others.
            let mut all = self.queues[cur].clone();
            all.extend(self.pool.iter().take(section::FROM_POOL_SHARED).cloned());
            for &s in &open[1..] {
                let large = self.areas(&self.queues[s]) > section::LARGE * area;
                let heavy = if large { section::KEPT } else { 0 };
                all.extend(self.queues[s].iter().skip(heavy).cloned());
            }
            return (all, None);
        }
    }
}
