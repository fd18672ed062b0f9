//! The alternatives of a page as lines for a person: a sketch of each, side by side, and a table of
//! what they cost.

use stonehand::makeup::model::Cells;
use stonehand::review::{PageAlternatives, PageReview};

use super::page_cells::{given_up, heads};
use super::text_table::table;

/// The height of a sketch in lines, without its name.
const LINES: u16 = 12;
/// What stands between two sketches.
const BETWEEN: &str = "    ";

/// The lines about one page: what can be chosen for it.
pub(super) fn lines(found: &PageAlternatives) -> Vec<String> {
    let PageAlternatives { page, locked, now, others } = found;
    if *locked {
        return vec![format!(
            "Page {page} is locked. Release it first: `stonehand release {page}`."
        )];
    }
    if others.is_empty() {
        return vec![format!("Page {page}: no other layout keeps the rules.")];
    }
    let mut out = vec![format!("Page {page} and its alternatives")];
    let ways = || others.iter().map(|way| (way.name.to_string(), &way.page));
    let all: Vec<(String, &PageReview)> = [("now".into(), now)].into_iter().chain(ways()).collect();
    let sketches: Vec<Vec<String>> =
        all.iter().map(|(name, page)| sketch(name, page, &letters(now, page))).collect();
    for line in 0..=usize::from(LINES) {
        let parts: Vec<&str> = sketches.iter().map(|sketch| sketch[line].as_str()).collect();
        out.push(format!("  {}", parts.join(BETWEEN)).trim_end().to_string());
    }
    for (letter, module) in letters(now, now).into_iter().zip(&now.modules) {
        out.push(format!("  {letter} {}", module.story));
    }
    let mut rows =
        vec![["", "Extra cost", "Headlines", "Fill", "Art", "Given up"].map(String::from).to_vec()];
    let more = others.iter().map(|way| format!("{:.1}", way.more));
    for ((name, page), more) in all.iter().zip([String::new()].into_iter().chain(more)) {
        rows.push(vec![
            format!("  {name}"),
            more,
            heads(page),
            format!("{:.0} %", (100.0 * page.fill).floor()),
            format!("{:.0} %", 100.0 * page.art_share),
            given_up(page),
        ]);
    }
    out.extend(table(&rows, &[1, 3, 4]));
    out.push(format!("  To choose one: stonehand lock {page} --alternative a"));
    out
}

/// The letters of a page's modules. A story has the same letter in every sketch: that of its place
/// on the page as it would be printed.
fn letters(now: &PageReview, page: &PageReview) -> Vec<char> {
    let letter = |story: &str| {
        let at = now.modules.iter().position(|module| module.story == story);
        at.and_then(|at| ('A'..='Z').nth(at)).unwrap_or('?')
    };
    page.modules.iter().map(|module| letter(&module.story)).collect()
}

/// A page drawn in letters, one letter for each story, and blocks where pictures stand. The first
/// line is its name.
fn sketch(name: &str, page: &PageReview, letters: &[char]) -> Vec<String> {
    let all = || page.modules.iter().map(|module| module.cells);
    let top = all().map(|cells| cells.row).min().unwrap_or(0);
    let foot = all().map(|cells| cells.row + cells.rows).max().unwrap_or(0);
    let columns = all().map(|cells| cells.column + cells.columns).max().unwrap_or(0);
    let has = |cells: &Cells, column: u8, row: u16| {
        (cells.column..cells.column + cells.columns).contains(&column)
            && (cells.row..cells.row + cells.rows).contains(&row)
    };
    let cell = |column: u8, row: u16| {
        let here = page.modules.iter().position(|module| has(&module.cells, column, row));
        match here.map(|at| (&page.modules[at], letters.get(at))) {
            Some((module, _)) if module.art.iter().any(|art| has(art, column, row)) => '▒',
            Some((_, Some(&letter))) => letter,
            _ => ' ',
        }
    };
    let line = |line: u16| {
        // The middle of what the line stands for.
        let row = top
            + (u32::from(foot - top) * (2 * u32::from(line) + 1) / (2 * u32::from(LINES))) as u16;
        (0..columns).map(|column| cell(column, row).to_string()).collect::<Vec<_>>().join(" ")
    };
    let width = (usize::from(columns) * 2).saturating_sub(1);
    let mut out = vec![format!("{name:<width$}")];
    out.extend((0..LINES).map(line));
    out
}
