//! The other ways to make pages up, as an editor should see them.

use serde::Serialize;

use super::{PageReview, page_review};
use crate::compose::Composition;
use crate::export::report;
use crate::makeup;
use crate::makeup::model::Plan;

/// The most alternatives of a page: more are no choice but a search.
pub const MOST_ALTERNATIVES: usize = 3;

/// The ways in which one page could be made up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageAlternatives {
    /// Its number.
    pub page: u16,
    /// Whether it is locked, so that there is nothing to choose.
    pub locked: bool,
    /// The page as it would be printed.
    pub now: PageReview,
    /// The others, the cheapest first.
    pub others: Vec<Way>,
}

/// Another way to make a page up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    /// What it is called: `a` and so on.
    pub name: char,
    /// What the edition costs more with it, in the solver's terms.
    pub more: f64,
    /// The page.
    #[serde(flatten)]
    pub page: PageReview,
    /// The whole edition with it.
    #[serde(skip)]
    pub plan: Plan,
}

/// The alternatives of some pages of a plan; of pages that there are not, none.
pub fn page_alternatives(
    composition: &Composition,
    seen: &makeup::Edition,
    pages: &[u16],
) -> Vec<PageAlternatives> {
    let looked_at = |composition: &Composition, number: u16| -> Option<PageReview> {
        let page = composition.plan.pages.iter().find(|page| page.number == number)?;
        Some(page_review(composition, page, &report(composition, &[])))
    };
    let of = |&number: &u16| {
        let now = looked_at(composition, number)?;
        let found = makeup::alternatives(seen, number, MOST_ALTERNATIVES);
        let others = ('a'..).zip(found).filter_map(|(name, other)| {
            let makeup::Alternative { plan, more } = other;
            let page = looked_at(&Composition { plan: &plan, ..*composition }, number)?;
            Some(Way { name, more, page, plan })
        });
        let locked = seen.locked.iter().any(|locked| locked.page.number == number);
        Some(PageAlternatives { page: number, locked, now, others: others.collect() })
    };
    pages.iter().filter_map(of).collect()
}
