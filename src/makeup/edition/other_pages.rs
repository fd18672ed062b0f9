//! Alternatives: other pages that could be made of what stands on one, while the rest of the edition
//! stays as it is.
//!
//! Steps:
//! 1. The edition is made up as usual, and what stands on the page is taken off it. A text that comes
//!    from or goes to another page keeps its cut.
//! 2. The page is solved anew in every scheme of head sizes, full and with white at the foot. Far more
//!    skeletons are dressed than in the search for the best page.
//! 3. Each page is priced as the search prices pages, and checked against the rules together with the
//!    other pages.
//! 4. The cheapest are taken that differ enough from the page that would be printed and from each
//!    other.

use crate::makeup::draft::{Draft, MadePage};
use crate::makeup::edition::attempt::Attempt;
use crate::makeup::edition::laid_out::told;
use crate::makeup::edition::make_up::{plan_of, searched};
use crate::makeup::effort::alternative as tried;
use crate::makeup::model::{Cells, Edition, Module, PagePlan, Plan};
use crate::makeup::rules::rulebook::check;

/// Another way to make a page up.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// The whole edition with it.
    pub plan: Plan,
    /// By how much the edition costs more with it.
    pub more: f64,
}

impl Alternative {
    /// The page.
    #[must_use]
    pub fn page(&self, number: u16) -> Option<&PagePlan> {
        self.plan.pages.iter().find(|page| page.number == number)
    }
}

/// The best other ways to make a page up, at most `most`, the cheapest first. Empty if the page is
/// locked or there is no other way.
#[must_use]
pub fn alternatives(edition: &Edition, number: u16, most: usize) -> Vec<Alternative> {
    if edition.items.is_empty() || edition.format.columns == 0 || edition.format.rows < 2 {
        return Vec::new();
    }
    let (attempt, _) = searched(edition);
    let at = usize::from(number).wrapping_sub(1);
    let open = |made: &MadePage| made.locked.is_none() && !made.draft.stands.is_empty();
    if !attempt.made.get(at).is_some_and(open) {
        return Vec::new();
    }
    let mut filled = attempt.clone();
    filled.fill_white();
    let now = plan_of(&filled, 0);
    let broken = check(edition, &now);
    let price = attempt.price();
    let mut work = attempt.clone();
    let mut drafts: Vec<(f32, Draft)> = Vec::new();
    for draft in work.rivals(at) {
        let mut attempt = work.clone();
        attempt.made[at].draft = draft.clone();
        let cost = attempt.price();
        if cost - price < tried::MORE {
            drafts.push((cost, draft));
        }
    }
    drafts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut found: Vec<Alternative> = Vec::new();
    for (cost, draft) in drafts.into_iter().take(tried::HELD) {
        let plan = with(&work, &filled, at, draft);
        let page = &plan.pages[at];
        let known = found.iter().map(|one| &one.plan.pages[at]).chain([&now.pages[at]]);
        if known.into_iter().any(|other| shared(page, other) > tried::SAME) {
            continue;
        }
        if check(edition, &plan).iter().all(|rule| broken.contains(rule)) {
            let more = told(cost - price);
            found.push(Alternative { plan, more });
        }
        if found.len() == most {
            break;
        }
    }
    found
}

/// The plan with another draft of a page. Its white is filled with the fillers that other pages leave.
fn with(work: &Attempt, filled: &Attempt, at: usize, draft: Draft) -> Plan {
    let mut attempt = work.clone();
    for (page, of) in attempt.made.iter_mut().zip(&filled.made) {
        page.ads.clone_from(&of.ads);
    }
    attempt.made[at].ads.clone_from(&work.made[at].ads);
    let used = |k: &usize| {
        filled
            .made
            .iter()
            .enumerate()
            .any(|(page, made)| page != at && made.ads.iter().any(|ad| ad.ad == *k))
    };
    attempt.fillers.retain(|k| !used(k));
    attempt.made[at].draft = draft;
    attempt.name_pages();
    attempt.fill_white_of(at);
    plan_of(&attempt, 0)
}

/// The share of its cells in which a page shows the same as another: text, head or art of the same
/// story.
fn shared(page: &PagePlan, other: &PagePlan) -> f32 {
    let (all, there) = (parts(page), parts(other));
    let common = all.iter().map(|(kind, cells)| {
        let alike = there.iter().filter(|(k, _)| k == kind).map(|(_, there)| both(cells, there));
        alike.sum::<f32>()
    });
    common.sum::<f32>() / all.iter().map(|(_, cells)| both(cells, cells)).sum::<f32>().max(1.0)
}

/// What stands in which cells of a page: the story, and whether it is text, head or art.
fn parts(page: &PagePlan) -> Vec<((usize, u8), Cells)> {
    let of = |m: &Module| {
        let heads = [m.head].into_iter().chain(m.deck).map(|cells| (0, cells));
        let art = m.pictures.iter().map(|p| (1, p.cells));
        let text = m.legs.iter().map(|leg| (2, leg.cells));
        let item = m.item;
        let parts: Vec<_> =
            heads.chain(art).chain(text).map(|(kind, cells)| ((item, kind), cells)).collect();
        parts
    };
    page.modules.iter().flat_map(of).collect()
}

/// Cells that two places have in common.
fn both(a: &Cells, b: &Cells) -> f32 {
    let along =
        |a: (u16, u16), b: (u16, u16)| (a.0 + a.1).min(b.0 + b.1).saturating_sub(a.0.max(b.0));
    let wide = along((a.column.into(), a.columns.into()), (b.column.into(), b.columns.into()));
    f32::from(wide) * f32::from(along((a.row, a.rows), (b.row, b.rows)))
}
