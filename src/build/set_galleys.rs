//! The galleys of an edition: set, measured, and set again where words must be broken or tables turned
//! into lines.

use std::collections::{BTreeMap, BTreeSet};

use super::mend::Stop;
use super::phase::Press;
use super::typst_trouble::{fault_of, from_typst};
use super::without::leave_out;
use crate::content::model::{Block, Inline, Story};
use crate::diag::{Code, Diagnostic, Span};
use crate::export::LeftOut;
use crate::galley::{Galley, Setting, galleys};
use crate::lineup::Edition;
use crate::typeset::{LongWord, Trouble, soften};

/// Stories of this priority or a higher one (1 is the highest) may lead a page, and are set to double
/// measure too.
const MAY_LEAD: u8 = 3;

/// Sets and measures all stories. Stories that can't be set are left out with `keep_going`, and stop
/// the edition without it.
pub(super) fn set_galleys(
    edition: &mut Edition,
    diagnostics: &mut Vec<Diagnostic>,
    left_out: &mut Vec<LeftOut>,
    press: &Press,
) -> Result<Vec<Galley>, Stop> {
    let results = measured(edition, press);
    let mut set = vec![];
    let mut fresh = vec![];
    let mut faults = vec![];
    for (item, (story, result)) in edition.stories.iter().zip(results).enumerate() {
        let mut own = edition.slots_of(item).zip(&edition.briefs[item]).collect::<Vec<_>>();
        own.push((item, story));
        match result {
            Ok(galley) => set.push(galley),
            Err(troubles) => {
                let said = |trouble| from_typst(trouble, press.theme, &own);
                faults.extend(troubles.iter().filter_map(|trouble| fault_of(trouble, &own)));
                fresh.extend(troubles.iter().map(said));
            }
        }
    }
    // A fault in every story is the theme's: setting the stories plainer would not help.
    if !set.is_empty() && !faults.is_empty() {
        return Err(Stop::Faults(faults));
    }
    if fresh.is_empty() && (softened(edition, &set) || untabled(edition, &set, press)) {
        return set_galleys(edition, diagnostics, left_out, press);
    }
    for (item, galley) in set.iter().enumerate() {
        fresh.extend(overfull(&edition.stories[item], &galley.body.overfull));
        for (brief, set) in edition.briefs[item].iter().zip(&galley.briefs) {
            fresh.extend(overfull(brief, &set.overfull));
        }
    }
    diagnostics
        .extend(fresh.iter().filter(|new| !diagnostics.contains(new)).cloned().collect::<Vec<_>>());
    let before = edition.written().count();
    leave_out(edition, diagnostics, left_out, press)?;
    if set.len() < edition.stories.len() {
        if edition.written().count() == before {
            return Err(diagnostics.clone().into());
        }
        // A rail goes on without the brief that was left out, and is set again.
        return set_galleys(edition, diagnostics, left_out, press);
    }
    Ok(set)
}

/// Sets and measures all stories once.
fn measured(edition: &Edition, press: &Press) -> Vec<Result<Galley, Vec<Trouble>>> {
    let setting = Setting {
        theme: press.theme,
        grid: press.grid,
        paper: edition.paper_data(),
        words: edition.words(),
        resolution: edition.paper.resolution,
    };
    galleys(
        &edition.stories,
        &edition.briefs,
        |index| index == 0,
        |index| edition.priorities[index] <= MAY_LEAD,
        &setting,
    )
}

/// Turns all tables of a story into lines of text if it has a row that is higher than half a page:
/// rows are never cut. Returns whether there was one.
fn untabled(edition: &mut Edition, galleys: &[Galley], press: &Press) -> bool {
    let most = press.grid.rows / 2;
    let high = |galley: &Galley| galley.body.slices.slices.iter().any(|slice| slice.rows > most);
    let found = galleys.iter().zip(&edition.stories).filter(|(galley, _)| high(galley));
    let keys: BTreeSet<String> = found.map(|(_, story)| story.key.clone()).collect();
    let mut changed = false;
    edition.change(&mut |story| {
        if keys.contains(&story.key) {
            changed |= as_lines(&mut story.body);
        }
    });
    changed
}

/// Makes a paragraph of each row of tables, a line for each cell. Returns whether there were any.
fn as_lines(blocks: &mut Vec<Block>) -> bool {
    let mut changed = false;
    let before = std::mem::take(blocks);
    for mut block in before {
        match &mut block {
            Block::Table(table) => {
                changed = true;
                for row in &table.rows {
                    let cells = row.iter().filter(|cell| !cell.is_empty());
                    let cells: Vec<&[Inline]> = cells.map(Vec::as_slice).collect();
                    if !cells.is_empty() {
                        blocks.push(Block::Paragraph(cells.join(&Inline::Break)));
                    }
                }
                continue;
            }
            Block::Quote(inner) => changed |= as_lines(inner),
            Block::List { items, .. } => {
                items.iter_mut().for_each(|item| changed |= as_lines(item));
            }
            _ => {}
        }
        blocks.push(block);
    }
    changed
}

/// Gives places to break to words that are wider than their columns. Returns whether any word got
/// one.
fn softened(edition: &mut Edition, galleys: &[Galley]) -> bool {
    let mut long: BTreeMap<String, Vec<LongWord>> = BTreeMap::new();
    for (item, galley) in galleys.iter().enumerate() {
        let of_body = galley.body.overfull.iter().map(|(word, _)| word);
        let own = of_body.chain(&galley.long_words).cloned();
        long.entry(edition.stories[item].key.clone()).or_default().extend(own);
        for (brief, set) in edition.briefs[item].iter().zip(&galley.briefs) {
            let own = set.overfull.iter().map(|(word, _)| word.clone());
            long.entry(brief.key.clone()).or_default().extend(own);
        }
    }
    long.retain(|_, words| !words.is_empty());
    if long.is_empty() {
        return false;
    }
    let lang = edition.paper.lang.clone();
    let mut changed = false;
    edition.change(&mut |story| {
        if let Some(words) = long.get(&story.key) {
            changed |= soften(story, words, &lang);
        }
    });
    changed
}

/// Warnings about words that stick out of their columns.
fn overfull(story: &Story, words: &[(LongWord, f64)]) -> Vec<Diagnostic> {
    let one = |(word, over): &(LongWord, f64)| {
        let span = Span { file: story.file, start: word.start, end: word.end };
        let what = format!("“{}” sticks out of its column by {over:.0} pt", word.word);
        Diagnostic::warning(Code::Overfull, span, what)
            .hint("shorten it, or mark with soft hyphens where it may be broken")
    };
    words.iter().map(one).collect()
}
