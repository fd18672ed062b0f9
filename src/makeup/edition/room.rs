//! The room that ads leave for stories on each page.

use crate::makeup::cost::page as page_cost;
use crate::makeup::draft::{Ask, Draft, MadePage, PageChoice, Room};
use crate::makeup::edition::ad_places::{AdBlock, allot};
use crate::makeup::edition::attempt::Attempt;
use crate::makeup::effort::choice as tried;
use crate::makeup::limits::FILLED_MOST;
use crate::makeup::model::{Edition, Rows};

/// The rows of a page's foot that the imprint takes, if there are rows above it.
fn foot(rows: Rows, imprint: Rows, top: Rows) -> Rows {
    rows - imprint.min(rows.saturating_sub(top + 1))
}

impl Attempt<'_> {
    /// Spreads the ads over the pages that stories and ads are likely to take.
    pub(crate) fn allot_ads(&mut self) {
        let ed: &Edition = self.workshop.ed;
        let area = self.area_left() + self.ads_area_of_all() + self.locked_area();
        let likely = (area / self.page_area()).ceil();
        self.ads = allot(ed, self.goal.unwrap_or(likely.max(1.0) as u16));
        let size = |k: &usize| u32::from(ed.ads[*k].columns) * u32::from(ed.ads[*k].rows);
        self.fillers = (0..ed.ads.len()).filter(|&k| ed.ads[k].filler).collect();
        self.fillers.sort_by_key(|k| (std::cmp::Reverse(size(k)), *k));
    }

    /// The area of all ads in cells of the grid, wherever they stand. Fillers don't count.
    pub(crate) fn ads_area_of_all(&self) -> f32 {
        let f = &self.workshop.ed.format;
        let ads = self.workshop.ed.ads.iter().filter(|ad| !ad.filler);
        ads.map(|ad| f32::from(ad.columns) * f32::from(ad.rows + f.gap)).sum()
    }

    /// The area of the ads from the next page on, in cells of the grid.
    pub(crate) fn ads_area_left(&self) -> f32 {
        let f = &self.workshop.ed.format;
        let next = self.made.len() as u16 + 1;
        let ads = self.ads.range(next..).flat_map(|(_, ads)| ads).map(|&k| self.workshop.ed.ads[k]);
        ads.map(|ad| f32::from(ad.columns) * f32::from(ad.rows + f.gap)).sum()
    }

    /// Decides which ads stand on a page. Those that find no place there go to the next page. The front
    /// page always keeps room for stories.
    pub(crate) fn settle_ads(&mut self, number: u16) -> AdBlock {
        let f = self.workshop.ed.format.clone();
        let head = f.section_top.max(f.section_front_top).max(f.inside_top);
        let top = if number == 1 { f.front_top } else { head };
        let foot = if number == 1 { f.front_foot } else { 0 }.max(f.last_foot);
        let rows = f.rows.saturating_sub(top + foot);
        let on = self.ads.remove(&number).unwrap_or_default();
        let (block, mut left_over) = AdBlock::lay_out(&self.workshop.ed.ads, &on, &f, number, rows);
        if number == 1 && block.full {
            left_over = on;
            let next = self.ads.entry(2).or_default();
            next.splice(0..0, left_over);
            return AdBlock::default();
        }
        if !block.is_empty() {
            self.ads.insert(number, block.ads().collect());
        }
        if !left_over.is_empty() {
            self.ads.entry(number + 1).or_default().splice(0..0, left_over);
        }
        block
    }

    /// Moves the ads of a page to the next one.
    pub(crate) fn put_off_ads(&mut self, number: u16) -> bool {
        let ads = self.ads.remove(&number).unwrap_or_default();
        let some = !ads.is_empty();
        if some {
            self.ads.entry(number + 1).or_default().splice(0..0, ads);
        }
        some
    }

    /// The room for stories on a page whose rows begin at `top` and end at `floor`.
    pub(crate) fn room(&self, number: u16, top: Rows, floor: Rows) -> Room {
        let ed = self.workshop.ed;
        let on = self.ads.get(&number).map_or(&[][..], Vec::as_slice);
        let rows = floor.saturating_sub(top);
        let (block, _) = AdBlock::lay_out(&ed.ads, on, &ed.format, number, rows);
        let foot = (floor - block.strips(rows)).max(top + 1).min(floor);
        Room { top, foot, corner: block.corner, ads: block.placed(&ed.ads, floor) }
    }

    /// The room of a page inside.
    pub(crate) fn inside_room(&self, number: u16) -> Room {
        let f = &self.workshop.ed.format;
        self.room(number, f.inside_top.min(f.rows - 1), f.rows)
    }

    /// The room of a page inside, if it is the last one.
    pub(crate) fn last_room(&self, number: u16) -> Room {
        if self.locked_behind(number) {
            return self.inside_room(number);
        }
        let f = &self.workshop.ed.format;
        let top = f.inside_top.min(f.rows - 1);
        self.room(number, top, foot(f.rows, f.last_foot, top))
    }

    /// The room of a section's first page.
    pub(crate) fn section_room(&self, number: u16, section: u16) -> Room {
        let f = &self.workshop.ed.format;
        self.room(number, f.top_of_section(Some(section)).min(f.rows - 1), f.rows)
    }

    /// The room of the front page.
    pub(crate) fn front_room(&self) -> Room {
        let f = &self.workshop.ed.format;
        let top = f.front_top.min(f.rows - 1);
        self.room(1, top, foot(f.rows, f.front_foot, top))
    }

    /// Fills the white at the foot of pages with fillers, after the last page was made anew.
    pub(crate) fn fill_white(&mut self) {
        (0..self.made.len()).for_each(|at| self.fill_white_of(at));
    }

    /// Fills the white of one page.
    pub(crate) fn fill_white_of(&mut self, at: usize) {
        let ed = self.workshop.ed;
        let made = &mut self.made[at];
        let white = made.draft.white;
        // Beside a corner of ads, the story ends where the corner ends.
        if made.locked.is_some() || made.corner.is_some() || white <= ed.format.gap {
            return;
        }
        let (rows, number) = (made.foot - made.top, at as u16 + 1);
        let lay_out = |on: &[usize]| AdBlock::lay_out(&ed.ads, on, &ed.format, number, rows);
        let mut on: Vec<usize> = Vec::new();
        for &k in &self.fillers {
            let with: Vec<usize> = on.iter().copied().chain([k]).collect();
            let (block, left_over) = lay_out(&with);
            let high = block.foot + block.corner.map_or(0, |c| c.h + ed.format.gap);
            if left_over.is_empty() && !block.full && high <= white.min(rows / FILLED_MOST) {
                on = with;
            }
        }
        made.ads.extend(lay_out(&on).0.placed(&ed.ads, made.foot));
        self.fillers.retain(|k| !on.contains(k));
    }

    /// A page inside with a filler in its corner, if it costs less than `limit`. `choose` makes the
    /// page for an ask.
    pub(crate) fn with_filler(
        &mut self,
        number: u16,
        limit: f32,
        mut choose: impl FnMut(&mut Self, Ask) -> Option<PageChoice>,
    ) -> Option<(PageChoice, Room)> {
        if self.ads.contains_key(&number) {
            return None;
        }
        let mut best: Option<(PageChoice, Room, usize)> = None;
        let mut tried: Vec<(u8, Rows)> = Vec::new();
        for k in self.fillers.clone() {
            let size = (self.workshop.ed.ads[k].columns, self.workshop.ed.ads[k].rows);
            if tried.len() >= tried::FILLERS || tried.contains(&size) {
                continue;
            }
            tried.push(size);
            self.ads.insert(number, vec![k]);
            let room = self.inside_room(number);
            let choice = choose(self, Ask::inside(room.rows(), room.corner));
            self.ads.remove(&number);
            let least = best.as_ref().map_or(limit, |best| best.0.score);
            if let Some(mut choice) = choice {
                choice.score += page_cost::FILLER;
                if choice.score < least {
                    best = Some((choice, room, k));
                }
            }
        }
        let (choice, room, k) = best?;
        self.fillers.retain(|&other| other != k);
        self.ads.insert(number, vec![k]);
        Some((choice, room))
    }

    /// A page of ads alone.
    pub(crate) fn advertise(&mut self) {
        let room = self.last_room(self.made.len() as u16 + 1);
        let draft = Draft { cost: 0.0, white: 0, stands: Vec::new() };
        let Room { top, foot, corner, ads } = room;
        self.made.push(MadePage {
            draft,
            top,
            foot,
            section: None,
            section_head: false,
            corner,
            ads,
            locked: None,
        });
    }

    /// This attempt with the ads that `made` has after its last story booked for that story's page:
    /// otherwise they would stand on pages of ads alone. An ad that fills a page stays. None if there
    /// is no other ad after the last story.
    pub(crate) fn with_ads_nearer(&self, made: &Self) -> Option<Self> {
        let ed = self.workshop.ed;
        let last = made.made.iter().rposition(|page| !page.draft.stands.is_empty())?;
        if made.made[last].locked.is_some() {
            return None;
        }
        let mut far: Vec<usize> = vec![];
        for (number, page) in (1..).zip(&made.made).skip(last + 1) {
            let on: Vec<usize> = page.ads.iter().map(|ad| ad.ad).collect();
            let rows = page.foot.saturating_sub(page.top);
            let full = || AdBlock::lay_out(&ed.ads, &on, &ed.format, number, rows).0.full;
            if page.locked.is_none() && !full() {
                far.extend(on);
            }
        }
        if far.is_empty() {
            return None;
        }
        let mut nearer = self.clone();
        nearer.ads.values_mut().for_each(|on| on.retain(|ad| !far.contains(ad)));
        nearer.ads.retain(|_, on| !on.is_empty());
        nearer.ads.entry(last as u16 + 1).or_default().extend(far);
        Some(nearer)
    }

    /// Makes pages for the ads that are left when all stories are placed. Each page takes at least one.
    pub(crate) fn advertise_rest(&mut self) {
        for _ in 0..=self.workshop.ed.ads.len() {
            let number = self.made.len() as u16 + 1;
            let later = self.ads.split_off(&number);
            let rest: Vec<usize> = later.into_values().flatten().collect();
            if rest.is_empty() {
                return;
            }
            self.ads.insert(number, rest);
            self.settle_ads(number);
            self.advertise();
        }
    }
}
