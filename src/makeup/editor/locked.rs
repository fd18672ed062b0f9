//! The contents of locked pages: which parts of which stories stand on them.

use crate::makeup::draft::Stand;
use crate::makeup::model::{Edition, Item, Module, PagePlan};
use crate::makeup::page::workshop::Workshop;

/// Whether a story, or a part of it, stands on a locked page.
pub(crate) fn stands(ed: &Edition, item: usize) -> bool {
    ed.locked.iter().any(|locked| locked.page.modules.iter().any(|m| m.item == item))
}

/// Whether a page is like a locked one. The page numbers of jumps may differ.
pub(crate) fn same(page: &PagePlan, locked: &PagePlan) -> bool {
    let bare = |page: &PagePlan| {
        let modules = page.modules.iter();
        let modules =
            modules.map(|m| Module { part: m.part.min(1), from: None, to: None, ..m.clone() });
        PagePlan { modules: modules.collect(), ..page.clone() }
    };
    bare(page) == bare(locked)
}

/// A locked page as the plan has it: its parts are numbered as the edition's are.
pub(crate) fn as_planned(workshop: &Workshop, stands: &[Stand], locked: &PagePlan) -> PagePlan {
    let mut page = locked.clone();
    for (module, stand) in page.modules.iter_mut().zip(stands) {
        let unit = &workshop.units[stand.unit];
        (module.part, module.from, module.to) = (unit.part, unit.from, None);
    }
    page
}

/// The parts of a story that locked pages show, in the order of the pages.
pub(crate) fn parts(ed: &Edition, item: usize) -> Vec<(usize, &PagePlan, &Module)> {
    let all = ed.locked.iter().enumerate();
    let mut parts: Vec<_> = all
        .flat_map(|(at, locked)| locked.page.modules.iter().map(move |m| (at, &locked.page, m)))
        .filter(|(_, _, m)| m.item == item)
        .collect();
    parts.sort_by_key(|(_, page, _)| page.number);
    parts
}

/// The slices of a part: its first and the one after its last.
pub(crate) fn slices(item: &Item, module: &Module) -> (usize, usize) {
    let none = if module.part == 0 { 0 } else { item.text(module.measure).slices.len() };
    let first = module.legs.first().map_or(none, |leg| leg.first);
    (first, module.legs.last().map_or(first, |leg| leg.end))
}
