//! The costs of an attempt's pages, of each and of all together.

use crate::makeup::cost::{edition, jump, leg, page, pin, white};
use crate::makeup::draft::{Draft, MadePage, Stand, Tail};
use crate::makeup::edition::attempt::Attempt;
use crate::makeup::model::{ItemKind, Rows};
use crate::makeup::page::judge::{Rect, shared_make_up};

impl Attempt<'_> {
    /// The cost of all pages made so far.
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

    /// What a page costs.
    pub(crate) fn page_price(&self, made: &MadePage, last: bool) -> f32 {
        let stands = &made.draft.stands;
        let loose: Rows = stands.iter().map(|s| s.zone.white()).sum();
        let forced = stands.iter().any(|s| s.zone.forced);
        if stands.is_empty() {
            // A page of ads alone costs nothing: its advertisers pay for it.
            return page::PAGE;
        }
        let ads = made.corner.map_or(0.0, |c| f32::from(c.w) * f32::from(c.h));
        let used: f32 = stands.iter().map(|s| f32::from(s.w) * f32::from(s.h)).sum::<f32>() + ads;
        let columns = f32::from(self.workshop.ed.format.columns);
        let full = used / (columns * f32::from(made.foot.saturating_sub(made.top).max(1)));
        // A page inside is full except for its gaps. The last one may end early.
        let empty = if last {
            white::LAST_EMPTY * (white::LAST_FULL_SHARE - full)
        } else {
            white::EMPTY * (white::FULL_SHARE - full)
        };
        // A story that goes on a second time is lost to most readers.
        let lost = |s: &&Stand| s.zone.tail == Tail::Cut && self.workshop.units[s.unit].part > 0;
        let again = stands.iter().filter(lost).count() as f32;
        let whole = stands.iter().filter(|s| self.workshop.units[s.unit].part == 0);
        let mut sections: Vec<u16> = whole.map(|s| self.workshop.item(s.unit).section).collect();
        sections.sort_unstable();
        sections.dedup();
        let rails = stands.iter().filter(|s| self.workshop.item(s.unit).kind == ItemKind::Rail);
        made.draft.cost
            + page::PAGE
            + white::TOLD_ROW * f32::from(loose)
            + if forced { leg::FORCED_PAGE } else { 0.0 }
            + jump::SECOND * again
            + edition::MIXED * (sections.len().saturating_sub(1)) as f32
            + edition::RAILS * (rails.count().saturating_sub(1)) as f32
            + empty.max(0.0)
    }

    /// The cost of the edition's order: of sections on more pages than they need, sections that begin
    /// too early, light stories before heavy ones, missed pins, facing pages that look alike, and
    /// jumps to several pages. `anew` has drafts that replace pages made so far, each with its page.
    pub(crate) fn disorder(&self, anew: &[(usize, &Draft)]) -> f32 {
        let mut stands: Vec<(u16, usize, u8, f32)> = Vec::new();
        let mut cost = self.ill_company(anew);
        for (at, made) in self.made.iter().enumerate().skip(1) {
            let draft = anew.iter().find(|(page, _)| *page == at).map_or(&made.draft, |(_, d)| d);
            for s in draft.stands.iter().filter(|s| self.workshop.units[s.unit].part == 0) {
                let item = self.workshop.item(s.unit);
                let area = f32::from(s.w) * f32::from(s.h + self.workshop.ed.format.gap);
                stands.push((item.section, at, item.priority, area));
                cost += if self.misses(s, at).is_some() { pin::MISSED } else { 0.0 };
            }
        }
        stands.sort_by_key(|stand| (stand.0, stand.1));
        let mut latest = 0;
        for section in stands.chunk_by(|a, b| a.0 == b.0) {
            let (first, last) = (section[0].1, section[section.len() - 1].1);
            let area: f32 = section.iter().map(|s| s.3).sum();
            let needed = (area / self.page_area() + edition::SCATTERED_PART).ceil();
            cost += edition::SCATTERED * ((last - first + 1) as f32 - needed).max(0.0);
            cost += if first < latest { edition::SCATTERED } else { 0.0 };
            latest = latest.max(first);
            for (k, a) in section.iter().enumerate() {
                let behind = section[k + 1..].iter().filter(|b| b.1 > a.1 && b.2 + 1 < a.2);
                cost += edition::BEHIND * behind.count() as f32;
            }
        }
        cost + self.likeness(anew) + self.scattered(anew)
    }

    /// The cost of jumps from one page to several others: a reader should turn to one.
    fn scattered(&self, anew: &[(usize, &Draft)]) -> f32 {
        let mut on: Vec<(usize, usize)> = Vec::new();
        for (at, made) in self.made.iter().enumerate() {
            let draft = anew.iter().find(|(page, _)| *page == at).map_or(&made.draft, |(_, d)| d);
            let units = draft.stands.iter().map(|s| &self.workshop.units[s.unit]);
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

    /// The cost of facing pages that are made up alike.
    fn likeness(&self, anew: &[(usize, &Draft)]) -> f32 {
        let rects = |at: usize| -> Vec<Rect> {
            let made = &self.made[at].draft;
            let draft = anew.iter().find(|(page, _)| *page == at).map_or(made, |(_, d)| d);
            draft.stands.iter().map(|s| (s.x, s.y, s.w, s.h)).collect()
        };
        let facing = (1..self.made.len().saturating_sub(1)).step_by(2);
        let same =
            facing.filter(|&at| shared_make_up(&rects(at), &rects(at + 1)) > page::ALIKE_SHARE);
        page::ALIKE * same.count() as f32
    }

    /// The page that a story is pinned to, if it begins on another one: the page at index `at`.
    pub(crate) fn misses(&self, s: &Stand, at: usize) -> Option<u16> {
        let first = self.workshop.units[s.unit].part == 0;
        self.workshop.item(s.unit).page.filter(|&page| first && usize::from(page) != at + 1)
    }
}
