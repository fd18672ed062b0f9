//! A page as an editor judges it.

use super::form::{GivenUpHere, ModuleReview, PageReview};
use super::rounding::thousandths;
use super::white::{area, white};
use crate::compose::Composition;
use crate::export::Report;
use crate::makeup::model::PagePlan;

/// Reviews one page; `report` has its art and its price.
pub(super) fn page_review(
    composition: &Composition,
    page: &PagePlan,
    report: &Report,
) -> PageReview {
    let Composition { edition, galleys, grid, format, plan } = composition;
    let empty = area(&white(page, grid.columns, format.gap));
    let all = f64::from(grid.columns) * f64::from(page.foot.saturating_sub(page.top)).max(1.0);
    let mut sections: Vec<u16> =
        page.modules.iter().map(|module| edition.section_of[module.item]).collect();
    sections.sort_unstable();
    sections.dedup();
    let title = |section: u16| edition.sections.get(usize::from(section)).cloned();
    let key = |item: usize| edition.stories[item].key.clone();
    // What a story gave up on no page of its own counts where its head stands.
    let here = |item: usize| page.modules.iter().any(|m| m.item == item && m.part == 0);
    let given_up = plan.given_up.iter().filter(|given| match given.page {
        Some(number) => number == page.number,
        None => given.item.is_some_and(here),
    });
    let modules = page.modules.iter().map(|module| ModuleReview {
        story: key(module.item),
        head: module.head_step.map(|step| galleys[module.item].heads[step].size),
        from: module.from,
        to: module.to,
        cells: module.cells,
        art: module.pictures.iter().map(|picture| picture.cells).collect(),
    });
    let reported = report.by_page.iter().find(|reported| reported.page == page.number);
    PageReview {
        page: page.number,
        sections: sections.into_iter().filter_map(title).collect(),
        modules: modules.collect(),
        fill: thousandths(1.0 - f64::from(empty) / all),
        white: empty,
        art_share: reported.map_or(0.0, |reported| reported.art_share),
        cost: reported.map_or(0.0, |reported| reported.cost),
        given_up: given_up
            .map(|given| GivenUpHere {
                what: given.what,
                story: given.item.map(key),
                amount: given.amount,
            })
            .collect(),
    }
}
