//! Finds locked pages that can't be kept.
//!
//! [`loose`] checks each against the stories as they are now, before the make-up. A lock is untrusted
//! input: no number in it is used unchecked. [`broken`] checks the finished plan against the rules: for
//! example, a lock is broken if an earlier part of its story found no place before it.

use std::collections::{BTreeMap, BTreeSet};

use crate::makeup::editor::locked::{parts, same, slices, stands};
use crate::makeup::limits::LOCKED_CROP;
use crate::makeup::model::{
    Cells, Edition, GivenUp, Item, ItemKind, Leg, LockedPage, Module, PagePlan, PlacedAd,
    PlacedPicture, Plan, Sacrifice, Search,
};
use crate::makeup::rules::rulebook;

/// A locked page that can't be kept as it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Loose {
    /// The page.
    pub page: u16,
    /// The story that is the reason, if one is: its index in [`Edition::items`].
    pub item: Option<usize>,
    /// Why.
    pub why: Why,
}

/// Why a locked page can't be kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// The story's last part has this many slices of text too few, or too many if the number is
    /// negative.
    Text(i64),
    /// Its text takes other rows than the legs have.
    Lines,
    /// Its head takes another number of rows.
    Head,
    /// Its deck takes another number of rows, is new, or is gone.
    Deck,
    /// A picture, by its number in the story, is gone or has another shape or caption.
    Picture(usize),
    /// A pull-quote, by its number in the story, is gone or takes another number of rows.
    Quote(usize),
    /// An advertisement of the page is gone or has another size.
    Ad,
    /// A rule of the make-up, as a sentence.
    Rule(String),
    /// There are too few pages before it for it to have its number.
    Number,
}

/// The locked pages that can't be kept, because their stories have changed since. Pages are untrusted
/// input; a page that is not in the result can be made up and printed safely.
#[must_use]
pub fn loose(edition: &Edition) -> Vec<Loose> {
    let mut out = Vec::new();
    let mut numbers = BTreeSet::new();
    for locked in &edition.locked {
        let page = locked.page.number;
        let mut say = |item, why| out.push(Loose { page, item, why });
        if page == 0 || !numbers.insert(page) {
            say(None, Why::Rule(format!("page {page} is locked twice")));
        }
        if let Some(what) = out_of_bounds(edition, &locked.page) {
            say(None, Why::Rule(what));
            continue;
        }
        let known = out.len();
        for module in &locked.page.modules {
            let of = |why| Loose { page, item: Some(module.item), why };
            out.extend(misfits(edition, locked, module).into_iter().map(of));
        }
        let ads = locked.page.ads.iter();
        let other = |placed: &PlacedAd| {
            let ad = &edition.ads[placed.ad];
            let columns = ad.columns.min(edition.format.columns);
            columns != placed.cells.columns || ad.rows < placed.cells.rows
        };
        if ads.clone().any(other) {
            out.push(Loose { page, item: None, why: Why::Ad });
        }
        if out.len() == known {
            let rule = |what| Loose { page, item: None, why: Why::Rule(what) };
            out.extend(rules(edition, locked).into_iter().map(rule));
        }
    }
    if out.is_empty() {
        for item in (0..edition.items.len()).filter(|item| stands(edition, *item)) {
            out.extend(torn(edition, item));
        }
    }
    out
}

/// Numbers that no grid has, and indexes of things that don't exist.
fn out_of_bounds(ed: &Edition, page: &PagePlan) -> Option<String> {
    let f = &ed.format;
    let off = |cells: &Cells| {
        cells.columns == 0
            || u16::from(cells.column) + u16::from(cells.columns) > u16::from(f.columns)
            || u32::from(cells.row) + u32::from(cells.rows) > u32::from(f.rows)
    };
    if page.top >= page.foot || page.foot > f.rows || !page.cost.is_finite() {
        return Some(format!("a page has no rows {} to {}", page.top, page.foot));
    }
    if page.section.is_some_and(|section| section >= ed.sections) {
        return Some("it belongs to no section of the paper".into());
    }
    let mut seen = BTreeSet::new();
    for m in &page.modules {
        if m.item >= ed.items.len() || !seen.insert(m.item) {
            return Some("a story stands on it twice, or is not in the edition".into());
        }
        let all = [Some(m.cells), Some(m.head), m.deck, m.jump_line];
        let pictures = m.pictures.iter().flat_map(|p| [p.cells, p.caption]);
        let quotes = m.quotes.iter().map(|q| q.cells);
        let legs = m.legs.iter().map(|leg| leg.cells);
        if all.into_iter().flatten().chain(pictures).chain(quotes).chain(legs).any(|c| off(&c)) {
            return Some("something on it lies outside the grid".into());
        }
        if m.legs.iter().any(|leg| leg.first >= leg.end) {
            return Some("a leg on it has no text".into());
        }
        if m.legs.windows(2).any(|two| two[0].end != two[1].first) {
            return Some("its legs do not follow each other".into());
        }
        if m.legs.is_empty() && (m.part > 0 || m.jump_line.is_some()) {
            return Some("a part of a story on it has no text".into());
        }
    }
    let ads = page.ads.iter();
    if ads.clone().any(|ad| ad.ad >= ed.ads.len() || off(&ad.cells)) {
        return Some("an ad on it lies outside the grid, or is not in the edition".into());
    }
    let mut seen = BTreeSet::new();
    ads.clone().any(|ad| !seen.insert(ad.ad)).then(|| "an ad stands on it twice".into())
}

/// In what a story differs from its locked module.
fn misfits(ed: &Edition, locked: &LockedPage, module: &Module) -> Vec<Why> {
    let item = &ed.items[module.item];
    let k = usize::from(module.cells.columns) - 1;
    let mut out = text_misfits(item, module);
    let head = match module.head_step {
        Some(step) => {
            let set = |step: usize| {
                let head = item.heads.get(step)?;
                let settings = if module.short_head { &head.short } else { &head.set };
                settings.get(k).copied().flatten()
            };
            // A head without a setting at this span was printed all the same.
            let nowhere = (0..item.heads.len()).all(|step| set(step).is_none());
            step < item.heads.len()
                && (nowhere || set(step).is_some_and(|set| set.rows == module.head.rows))
        }
        None if item.kind == ItemKind::Picture => module.head.rows == 0,
        None => {
            let rows = item.jump_rows(module.jump_step, module.cells.columns);
            rows == Some(module.head.rows) || rows.is_none() && module.jump_step == 0
        }
    };
    if !head {
        out.push(Why::Head);
    }
    if module.boxed != (item.boxed && module.part == 0) {
        out.push(Why::Rule("a story's box is new or gone".into()));
    }
    let deck = match (&module.deck, &item.deck) {
        (Some(cells), Some(deck)) => {
            module.part == 0 && deck.rows.get(k).or(deck.rows.last()) == Some(&cells.rows)
        }
        (Some(_), None) => false,
        (None, Some(deck)) => deck.droppable || module.part > 0,
        (None, None) => true,
    };
    if !deck {
        out.push(Why::Deck);
    }
    let mut seen = BTreeSet::new();
    let pictures = module.pictures.iter();
    let wrong = pictures.filter(|p| !seen.insert(p.picture) || !shows(ed, item, p));
    out.extend(wrong.map(|p| Why::Picture(p.picture)));
    let mut seen = BTreeSet::new();
    let quotes = module.quotes.iter().filter(|q| {
        !seen.insert(q.quote) || item.quotes.get(q.quote).is_none_or(|own| own.rows != q.cells.rows)
    });
    out.extend(quotes.map(|q| Why::Quote(q.quote)));
    // The page itself tells what it gave up of its stories.
    let strange = |given: &&GivenUp| given.item.is_some_and(|item| item >= ed.items.len());
    let strange = locked.given_up.iter().find(strange);
    out.extend(
        strange.map(|_| Why::Rule("it gave up something of a story that is not there".into())),
    );
    out
}

fn text_misfits(item: &Item, module: &Module) -> Vec<Why> {
    let slices = &item.text(module.measure).slices;
    let end = module.legs.last().map_or(0, |leg| leg.end);
    // A part without legs has nothing but its pictures.
    let over = slices.len() as i64 - end as i64;
    let whole = module.jump_line.is_none();
    if end > slices.len() || (whole && over != 0) || (!whole && over == 0) {
        return vec![Why::Text(over)];
    }
    let rows = |first: usize, end: usize| {
        let run = &slices[first..end];
        let all: u32 = run.iter().map(|s| u32::from(s.gap) + u32::from(s.rows)).sum();
        all - u32::from(run[0].gap) + u32::from(run[0].again)
    };
    let fits = |leg: &Leg| rows(leg.first, leg.end) == u32::from(leg.cells.rows);
    if module.legs.iter().all(fits) { vec![] } else { vec![Why::Lines] }
}

/// Whether a story still has the picture that a place was made for.
fn shows(ed: &Edition, item: &Item, placed: &PlacedPicture) -> bool {
    let Some(picture) = item.pictures.get(placed.picture) else { return false };
    let Cells { columns, rows, .. } = placed.cells;
    let k = usize::from(columns) - 1;
    let caption = picture.caption.get(k).or(picture.caption.last()).copied().unwrap_or(0);
    let f = &ed.format;
    let width = f64::from(columns) * f.column_in_rows + f64::from(columns - 1) * f.gutter_in_rows;
    let aspect = width / f64::from(rows.max(1));
    let kept = (aspect / picture.aspect).min(picture.aspect / aspect);
    caption == placed.caption.rows && (picture.whole || kept + LOCKED_CROP >= picture.keep)
}

/// The rules that a locked page breaks by itself. Those about the order of heads don't count, since
/// weights may have changed since.
fn rules(ed: &Edition, locked: &LockedPage) -> Vec<String> {
    let heads = GivenUp {
        page: Some(locked.page.number),
        item: None,
        what: Sacrifice::Hierarchy,
        amount: 0.0,
    };
    let given_up = locked.given_up.iter().cloned().chain([heads]).collect();
    let plan = Plan { pages: vec![], given_up, search: Search::default() };
    rulebook::parts_wrong(ed, &plan, &locked.page)
}

/// Whether the locked parts of a story are out of order.
fn torn(ed: &Edition, item: usize) -> Option<Loose> {
    let own = &ed.items[item];
    let parts = parts(ed, item);
    let mut at = 0;
    let mut pictures = BTreeSet::new();
    for (k, (_, page, module)) in parts.iter().enumerate() {
        let (first, end) = slices(own, module);
        let begins = (module.part == 0) == (first == 0);
        let last = k + 1 == parts.len();
        let twice = module.pictures.iter().any(|p| !pictures.insert(p.picture));
        if first < at || !begins || twice || (!last && module.jump_line.is_none()) {
            let why = Why::Rule("its part of a story does not continue where it should".into());
            return Some(Loose { page: page.number, item: Some(item), why });
        }
        at = end;
    }
    None
}

/// The locked pages around which no valid plan was found.
#[must_use]
pub fn broken(edition: &Edition, plan: &Plan) -> Vec<Loose> {
    let mut out = Vec::new();
    let mut torn: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for locked in &edition.locked {
        let number = locked.page.number;
        let Some(page) = plan.pages.get(usize::from(number).wrapping_sub(1)) else {
            out.push(Loose { page: number, item: None, why: Why::Number });
            continue;
        };
        if !same(page, &locked.page) {
            out.push(Loose { page: number, item: None, why: Why::Number });
            continue;
        }
        let rule = |what| Loose { page: number, item: None, why: Why::Rule(what) };
        out.extend(rulebook::page_wrong(edition, plan, page).into_iter().take(1).map(rule));
        for module in &page.modules {
            let wrong = torn.entry(module.item).or_insert_with(|| {
                let mut wrong = Vec::new();
                rulebook::story(edition, plan, module.item, &mut wrong);
                wrong
            });
            let why = |what: &String| Why::Rule(what.clone());
            let first = wrong.first().map(why);
            out.extend(first.map(|why| Loose { page: number, item: Some(module.item), why }));
        }
    }
    out
}
