//! Polish: once every story has its page, pages are made once more from what stands on them. Far more
//! skeletons are tried than there is time for while pages are chosen, and each is judged by the full
//! score.

use crate::makeup::draft::{Ask, Draft, MadePage};
use crate::makeup::edition::attempt::Attempt;
use crate::makeup::effort::{page, polish as tried};

impl Attempt<'_> {
    /// Makes each page anew from what stands on it, if another skeleton makes the edition cheaper.
    pub(crate) fn polish(&mut self) {
        let last = self.made.len().saturating_sub(1);
        for at in 0..self.made.len() {
            if self.made[at].locked.is_some() || self.made[at].draft.stands.is_empty() {
                continue;
            }
            if at > 0 && self.page_price(&self.made[at], at == last) < tried::FINE {
                continue;
            }
            let known = self.workshop.units.len();
            let now = self.page_price(&self.made[at], at == last) + self.disorder(&[]);
            let mut best: Option<(f32, Draft)> = None;
            // A page that is full stays full.
            let white = self.made[at].draft.white;
            for draft in self.rivals(at).into_iter().filter(|draft| draft.white <= white) {
                let limit = best.as_ref().map_or(now - tried::GAIN, |best| best.0);
                let page = MadePage { draft, ..self.made[at].clone() };
                let cost = self.page_price(&page, at == last) + self.disorder(&[(at, &page.draft)]);
                if cost < limit {
                    best = Some((cost, page.draft));
                }
            }
            match best {
                Some((_, draft)) => {
                    self.made[at].draft = draft;
                    self.name_pages();
                }
                None => {
                    while self.workshop.units.len() > known {
                        self.workshop.forget();
                    }
                    self.likely.truncate(known);
                }
            }
        }
    }

    /// Every page that could be made of what stands on one without forcing a text into its place.
    pub(crate) fn rivals(&mut self, at: usize) -> Vec<Draft> {
        let lots = self.thrown_together(&[at]);
        let lots = self.bundle(lots);
        self.workshop.page = at as u16 + 1;
        let MadePage { top, foot, corner, .. } = self.made[at];
        let last = at + 1 == self.made.len();
        let full = Ask { last, front: at == 0, ..Ask::inside(foot - top, corner) };
        let free = Ask { free: true, ..full };
        let mut asks = page::FULL_SCHEMES.map(|scheme| Ask { scheme, ..full }).to_vec();
        asks.extend(page::FREE_SCHEMES.map(|scheme| Ask { scheme, ..free }));
        if last {
            asks.push(Ask { roomy: true, ..free });
        }
        let (most, within) = page::SKELETONS_POLISHED;
        let found =
            asks.into_iter().flat_map(|ask| self.workshop.skeletons(&lots, ask, most, within));
        found.collect()
    }
}
