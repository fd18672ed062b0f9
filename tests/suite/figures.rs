//! Figures of a plan, held against bounds: how many pages and jumps, how much white and art, and
//! whether heads follow the weight of their stories. They show whether an edition is made up well
//! where its exact places are nobody's rule.
//!
//! A line is `name least..most`. Where an expectation is written anew, a bound that holds stays.

use std::fmt::Write;

use stonehand::build::Planned;
use stonehand::makeup::model::{Cells, Module, PagePlan};

/// The figures of a plan, each with how far its bounds are set where they are written anew.
fn all(planned: &Planned) -> Vec<(&'static str, u32, u32)> {
    let Planned { seen, plan, .. } = planned;
    let modules = || plan.pages.iter().flat_map(|page| &page.modules);
    let size = |cells: &Cells| u32::from(cells.columns) * u32::from(cells.rows);
    let room = |page: &PagePlan| u32::from(seen.format.columns) * u32::from(page.foot - page.top);
    let rooms: u32 = plan.pages.iter().map(room).sum();
    let taken: u32 = modules().map(|module| size(&module.cells)).sum();
    let ads: u32 = plan.pages.iter().flat_map(|page| &page.ads).map(|ad| size(&ad.cells)).sum();
    let art: u32 = modules().flat_map(|m| &m.pictures).map(|picture| size(&picture.cells)).sum();
    let part = |cells: u32| 100 * cells / rooms.max(1);
    let points = |module: &Module| {
        let heads = &seen.items[module.item].heads;
        module.head_step.and_then(|step| heads.get(step)).map(|head| head.size)
    };
    let (mut pairs, mut in_order) = (0, 0);
    for page in &plan.pages {
        for (at, heavy) in page.modules.iter().enumerate() {
            for light in &page.modules[at + 1..] {
                if let (Some(first), Some(second)) = (points(heavy), points(light)) {
                    pairs += 1;
                    in_order += u32::from(first >= second);
                }
            }
        }
    }
    let jumps = modules().filter(|module| module.to.is_some()).count() as u32;
    vec![
        ("columns", u32::from(seen.format.columns), 0),
        ("pages", plan.pages.len() as u32, 0),
        ("jumps", jumps, 0),
        ("given up", plan.given_up.len() as u32, 1),
        ("white in percent", part(rooms.saturating_sub(taken + ads)), 5),
        ("art in percent", part(art), 5),
        ("heads in order in percent", (100 * in_order).checked_div(pairs).unwrap_or(100), 0),
    ]
}

/// The bounds of a line: its name, the least and the most.
fn bounds(line: &str) -> Option<(&str, u32, u32)> {
    let (name, range) = line.rsplit_once(' ')?;
    let (least, most) = range.split_once("..")?;
    Some((name, least.parse().ok()?, most.parse().ok()?))
}

/// What is expected, with bounds for every figure: the same where all hold.
pub(crate) fn held(planned: &Planned, expected: &str) -> String {
    let mut out = String::new();
    for (name, figure, off) in all(planned) {
        let known = expected.lines().filter_map(bounds).find(|(known, ..)| *known == name);
        let (least, most) = match known {
            Some((_, least, most)) if (least..=most).contains(&figure) => (least, most),
            _ => (figure.saturating_sub(off), figure + off),
        };
        let _ = writeln!(out, "{name} {least}..{most}");
    }
    out
}
