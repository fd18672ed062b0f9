//! Chooses what stands on the next page: ranks subsets of what is left by estimated area and asks the
//! page solver for the best of them.

use crate::makeup::cost::IMPOSSIBLE;
use crate::makeup::draft::{ANY_SIZE, Ask, Draft, Lot, PageChoice, Room, Tail};
use crate::makeup::edition::attempt::Attempt;
use crate::makeup::effort::{choice as tried, page};
use crate::makeup::limits::MODULES_MOST;

/// How far the search for a page may go.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Latitude {
    Whole,
    Cut,
    Plain,
    Free,
    Forced,
    /// Even stories that an editor forbids to cut are cut.
    Ruthless,
}

impl Attempt<'_> {
    /// The subsets of the window that may fill a page, the likeliest first.
    pub(crate) fn subsets(
        &self,
        must: &[Lot],
        window: &[Lot],
        page: f32,
        all: bool,
    ) -> Vec<(f32, Vec<Lot>)> {
        let window = &window[..window.len().min(tried::WINDOW)];
        let n = window.len();
        let mut out = Vec::new();
        let total = self.area_left();
        // What is left is spread evenly over the pages it will take.
        let (low, high) = tried::LEARNED;
        let scale = (self.had / self.thought).clamp(low, high);
        let ads = self.ads_area_left();
        let likely = ((total * scale + ads) / self.page_area()).round().max(1.0);
        let pages = self
            .goal
            .map_or(likely, |g| f32::from(g.saturating_sub(self.settled_pages())).max(1.0));
        let everything = self.everything();
        let lit_share = everything.iter().filter(|c| self.lit(c)).count() as f32 / total.max(1.0);
        let free = (pages * self.page_area() - ads).max(tried::FREE_LEAST * self.page_area());
        let (low, high) = tried::TARGET;
        let target = (total / free).clamp(low / scale, high / scale);
        let fixed = self.areas(must);
        let areas: Vec<f32> = window.iter().map(|c| self.area(c, false)).collect();
        let lead = window.first().map_or(0.0, |c| self.area(c, true) - areas[0]);
        for mask in 0u32..1 << n {
            let count = mask.count_ones() as usize + must.len();
            if count == 0 || count > MODULES_MOST || (n > 0 && must.is_empty() && mask & 1 == 0) {
                continue;
            }
            if !all
                && count == n + must.len()
                && total <= fixed + areas.iter().sum::<f32>() + tried::SAME_CELLS
            {
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
            let mut score = self.style.strict * (fill - target).abs()
                + self.style.skip * skipped as f32
                - self.style.crowd * count as f32;
            let old =
                (0..n).filter(|k| mask >> k & 1 == 1 && self.pool.contains(&window[*k])).count();
            score -= tried::WAITED * old as f32;
            let chosen =
                || must.iter().chain((0..n).filter(|k| mask >> k & 1 == 1).map(|k| &window[k]));
            let first = chosen().position(|c| self.lit(c)).unwrap_or(usize::MAX);
            score += tried::FIRST_PICTURE[first.min(tried::FIRST_PICTURE.len() - 1)];
            // The pictures should be spread over all pages.
            let bright = chosen().filter(|c| self.lit(c)).count() as f32;
            score += tried::PICTURES_UNEVEN * (bright - lit_share * sum).abs();
            if count < tried::FEW {
                score += tried::FEW_STORIES;
            } else if count > tried::MANY {
                score += tried::MANY_STORIES * (count - tried::MANY) as f32;
            }
            let mut lots = must.to_vec();
            lots.extend((0..n).filter(|k| mask >> k & 1 == 1).map(|k| window[k].clone()));
            let few = lots.len();
            let Some(lots) = self.completed(lots) else { continue };
            let sum = sum + self.areas(&lots[few..]);
            if sum / page > tried::FILL_LEAST {
                out.push((score, lots));
            }
        }
        out.sort_by(|a, b| a.0.total_cmp(&b.0));
        out
    }

    /// Searches for the page at one level.
    pub(crate) fn search(
        &mut self,
        subsets: &[(f32, Vec<Lot>)],
        ask: Ask,
        level: Latitude,
    ) -> Option<PageChoice> {
        let mut best: Option<PageChoice> = None;
        let effort = match level {
            Latitude::Whole | Latitude::Plain | Latitude::Free => tried::EFFORT,
            Latitude::Cut | Latitude::Forced | Latitude::Ruthless => tried::EFFORT / 2.0,
        };
        let start = self.workshop.effort();
        for (score, lots) in subsets.iter().take(tried::SUBSETS) {
            let done = self.workshop.effort() - start;
            if done >= effort || best.as_ref().is_some_and(|b| b.score < score + tried::LEAD) {
                break;
            }
            let cuts = if level == Latitude::Whole {
                Vec::new()
            } else {
                self.cuttable(lots, level == Latitude::Ruthless)
            };
            let rounds: Vec<(Vec<usize>, Ask)> = match level {
                Latitude::Whole => vec![(Vec::new(), ask)],
                Latitude::Cut => {
                    cuts.iter().take(tried::CUT_EACH).map(|&u| (vec![u], ask)).collect()
                }
                Latitude::Plain => {
                    page::FULL_SCHEMES.map(|scheme| (cuts.clone(), Ask { scheme, ..ask })).to_vec()
                }
                Latitude::Free => page::FREE_SCHEMES
                    .map(|scheme| (cuts.clone(), Ask { scheme, free: true, ..ask }))
                    .to_vec(),
                Latitude::Forced | Latitude::Ruthless => {
                    vec![(cuts, Ask { scheme: ANY_SIZE, free: true, forced: true, ..ask })]
                }
            };
            for (cuts, ask) in rounds {
                let dear = match level {
                    Latitude::Whole => tried::DEAR_WHOLE,
                    Latitude::Cut | Latitude::Plain => tried::DEAR,
                    _ => IMPOSSIBLE,
                };
                let limit = best.as_ref().map_or(dear, |b| b.score - score);
                let Some(draft) = self.workshop.draft(lots, &cuts, ask, limit) else {
                    continue;
                };
                let score = score + draft.cost;
                if best.as_ref().is_some_and(|b| score >= b.score) {
                    continue;
                }
                let score = score + self.outlook(lots, &draft);
                if best.as_ref().is_none_or(|b| score < b.score) {
                    best = Some(PageChoice { draft, lots: lots.clone(), score });
                }
            }
        }
        best
    }

    /// The cost of the last page, if only that one is left after a draft.
    pub(crate) fn outlook(&mut self, lots: &[Lot], draft: &Draft) -> f32 {
        let mut rest: Vec<Lot> =
            self.everything().into_iter().filter(|c| !lots.contains(c)).collect();
        let cut: Vec<_> = draft.stands.iter().filter(|s| self.goes_on(s)).cloned().collect();
        let area = self.areas(&rest)
            + cut.iter().map(|s| self.workshop.rows(s.unit) as f32 / 2.0).sum::<f32>();
        if rest.len() + cut.len() == 0
            || rest.len() + cut.len() > MODULES_MOST
            || area > tried::ONE_PAGE * self.page_area()
        {
            return 0.0;
        }
        let number = self.made.len() as u16 + 1;
        for s in &cut {
            rest.push(Lot::One(self.workshop.remainder(s, number)));
        }
        let room = self.last_room(number + 1);
        let ask =
            Ask { free: true, last: true, roomy: true, ..Ask::inside(room.rows(), room.corner) };
        if !self.may_share(&rest) {
            return 0.0;
        }
        self.workshop.page = number + 1;
        let last = self.workshop.draft(&rest, &[], ask, IMPOSSIBLE);
        self.workshop.page = number;
        for _ in &cut {
            self.workshop.forget();
        }
        last.map_or(tried::NO_LAST, |d| d.cost - tried::LAST_STORY * rest.len() as f32)
    }

    /// Chooses a page from the window, at the first level that finds one.
    pub(crate) fn choose(
        &mut self,
        must: &[Lot],
        window: &[Lot],
        ask: Ask,
        all: bool,
    ) -> Option<PageChoice> {
        let f = &self.workshop.ed.format;
        let corner = ask.corner.map_or(0.0, |c| f32::from(c.w) * f32::from(c.h + f.gap));
        let page = f32::from(f.columns) * f32::from(ask.rows + f.gap) - corner;
        let subsets = self.subsets(must, window, page, all);
        let mut best: Option<PageChoice> = None;
        for level in [Latitude::Whole, Latitude::Cut, Latitude::Plain, Latitude::Free] {
            if let Some(c) = self.search(&subsets, ask, level)
                && best.as_ref().is_none_or(|b| c.score < b.score)
            {
                best = Some(c);
            }
            let n = best.as_ref().map_or(0, |b| b.lots.len());
            if best
                .as_ref()
                .is_some_and(|b| b.score < tried::GOOD - n as f32 || level > Latitude::Whole)
            {
                break;
            }
        }
        if best.is_none() && self.company.let_alone() {
            best = self.choose(must, window, ask, all);
            self.company.alone = false;
        }
        best
    }

    /// A page of the first lots, whatever has to be given up. `last` is the ask for a last page.
    pub(crate) fn force(
        &mut self,
        lots: &[Lot],
        ask: Ask,
        last: Ask,
    ) -> Option<(PageChoice, bool)> {
        for level in [Latitude::Free, Latitude::Forced, Latitude::Ruthless] {
            for n in (1..=lots.len().min(tried::FORCED_TOGETHER)).rev() {
                if !self.may_share(&lots[..n]) {
                    continue;
                }
                let ends = n == lots.len() && n == self.left();
                let sets = [(0.0, lots[..n].to_vec())];
                if let Some(c) = self.search(&sets, if ends { last } else { ask }, level) {
                    return Some((c, ends));
                }
            }
        }
        None
    }

    /// The last page, beside the ads in its corner or else above them, and the room it has.
    pub(crate) fn last_in(&mut self, lots: &[Lot], room: &Room) -> Option<(Draft, Room)> {
        if !self.may_share(lots) {
            return None;
        }
        if let Some(draft) = self.last(lots, room) {
            return Some((draft, room.clone()));
        }
        let above = room.above_corner(self.workshop.ed.format.gap)?;
        Some((self.last(lots, &above)?, above))
    }

    /// The last page of these lots, if they fit on one.
    fn last(&mut self, lots: &[Lot], room: &Room) -> Option<Draft> {
        let ask = Ask {
            front: self.made.is_empty(),
            free: true,
            last: true,
            ..Ask::inside(room.rows(), room.corner)
        };
        let mut best: Option<Draft> = None;
        for (scheme, roomy) in page::LAST_SCHEMES {
            if best.as_ref().is_some_and(|b| b.cost < tried::GOOD_LAST) {
                break;
            }
            let limit = best.as_ref().map_or(IMPOSSIBLE, |b| b.cost);
            best = self.workshop.draft(lots, &[], Ask { scheme, roomy, ..ask }, limit).or(best);
        }
        best.or_else(|| {
            let forced = Ask { scheme: ANY_SIZE, roomy: true, forced: true, ..ask };
            let d = self.workshop.draft(lots, &[], forced, IMPOSSIBLE)?;
            d.stands.iter().all(|s| s.zone.tail == Tail::End).then_some(d)
        })
    }
}
