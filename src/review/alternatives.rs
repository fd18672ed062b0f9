//! Other ways to make pages up, as an editor should see them.

use super::form::{PageAlternatives, PageReview, Way};
use super::page_review::page_review;
use crate::compose::Composition;
use crate::export::report;
use crate::makeup;

/// The most alternatives of a page: more of them are hard to compare.
const MOST_ALTERNATIVES: usize = 3;

/// The alternatives of some pages of a plan. Numbers of pages that don't exist are passed over.
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
