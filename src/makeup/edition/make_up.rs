//! Makes up the edition: decides which stories go to which page.
//!
//! Steps:
//! 1. The front page takes the heaviest stories of all sections. Long ones are cut, so that it fills
//!    exactly.
//! 2. Section by section, each page takes the heaviest stories that are left and as many others as
//!    fill it. Subsets of the stories at the queue's head are ranked by estimated area, and the page
//!    solver tries the best of them. If none fits, one story is cut for a jump.
//! 3. What is left of a section goes to a pool that shares pages with later sections.
//! 4. The last page takes what is left and may end early.
//! 5. Pages are repaired a few at a time, and the best of the attempts is polished.

use rayon::prelude::*;

use crate::makeup::edition::attempt::Attempt;
use crate::makeup::edition::{laid_out, sacrifices};
use crate::makeup::effort::attempt;
use crate::makeup::effort::attempt::STYLES;
use crate::makeup::model::{Edition, GivenUp, Plan, Sacrifice, Search};

/// Makes an edition up: every story of it is placed, whatever has to be given up for it.
#[must_use]
pub fn make_up(edition: &Edition) -> Plan {
    if edition.items.is_empty() || edition.format.columns == 0 || edition.format.rows < 2 {
        return Plan { pages: Vec::new(), given_up: Vec::new(), search: Search::default() };
    }
    let (mut attempt, solved) = searched(edition);
    attempt.fill_white();
    plan_of(&attempt, solved)
}

/// The best attempt that was found, its white not filled yet, and the pages that were solved for it.
pub(crate) fn searched(edition: &Edition) -> (Attempt<'_>, u32) {
    let base = Attempt::new(edition);
    let (mut attempt, mut solved) = tried(&base);
    if let Some(nearer) = base.with_ads_nearer(&attempt) {
        let (other, more) = tried(&nearer);
        (attempt, solved) = (other, solved + more);
    }
    attempt.polish();
    (attempt, solved)
}

/// The best of the attempts at an edition, before it is polished, and the pages that were solved
/// for them.
fn tried<'a>(base: &Attempt<'a>) -> (Attempt<'a>, u32) {
    // Two styles keep two cores busy. For a very large edition, one style is enough work.
    let styles = if base.load() <= attempt::LOAD_MOST { &STYLES[..] } else { &STYLES[..1] };
    let tries: Vec<Attempt> = styles
        .par_iter()
        .map(|style| {
            let mut attempt = base.made_in(*style);
            attempt.repair();
            attempt
        })
        .collect();
    let solved = tries.iter().map(|attempt| attempt.workshop.solved()).sum::<u32>();
    let best = tries.into_iter().min_by(|a, b| a.price().total_cmp(&b.price()));
    (best.unwrap_or_else(|| base.clone()), solved)
}

/// The plan of a finished attempt.
pub(crate) fn plan_of(attempt: &Attempt, solved: u32) -> Plan {
    let edition = attempt.workshop.ed;
    let (cost, bound) = (f64::from(attempt.price()), f64::from(attempt.bound()));
    let mut pages: Vec<_> =
        (1..).zip(&attempt.made).map(|(n, m)| laid_out::page(&attempt.workshop, m, n)).collect();
    laid_out::link(&mut pages);
    let mut given_up = sacrifices::given_up(&attempt.workshop, &pages, &attempt.made);
    let n = pages.len() as u16;
    let multiple = edition.pages.multiple.max(1);
    if edition.pages.wanted.is_some_and(|w| w != n) || !n.is_multiple_of(multiple) {
        given_up.push(GivenUp {
            page: None,
            item: None,
            what: Sacrifice::PageCount,
            amount: f64::from(n),
        });
    }
    Plan { pages, given_up, search: Search { solved, cost, bound } }
}
