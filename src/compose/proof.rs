//! Checks the composed frames against the plan: every byte of every part that the plan prints stands
//! there exactly once, every line of a body on its planned row, and heads and decks in their cells.

use std::collections::{BTreeMap, BTreeSet};

use typst_layout::PagedDocument;

use super::composition::Composition;
use super::overprint::{Stray, strays};
use crate::content::model::{Story, runs};
use crate::diag::{Code, Diagnostic, Span};
use crate::galley::{Galley, Parts, Printed, StoryPart, Stretch};
use crate::makeup::model::{Leg, Module};
use crate::typeset::{
    Ink, InkSource, Met, capitals, file_id, has_ink, source_of, story_path, walk,
};

/// How far a line may stand from its planned place, in points.
const TOLERANCE: f64 = 0.25;

/// Something on the pages that differs from the plan: a fault of the program or of the theme, never
/// of the story.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The story's key.
    pub story: String,
    /// The run of text.
    pub span: Span,
    /// What is wrong: the end of a sentence that begins with the text.
    pub message: String,
}

impl Fault {
    /// The fault as an error.
    pub(crate) fn diagnostic(&self) -> Diagnostic {
        let what = format!("this text of “{}” {}", self.story, self.message);
        Diagnostic::error(Code::PageDiffersFromPlan, self.span, what).hint(
            "this is a fault of Stonehand or of the theme, not of the story: please report it",
        )
    }
}

/// A piece of a run as it is printed on a page.
struct PrintedPiece {
    page: u16,
    ink: Ink,
    from: u32,
    to: u32,
}

/// Checks composed pages against the plan, and looks for texts that touch.
pub fn check(composition: &Composition, document: &PagedDocument) -> Vec<Fault> {
    let mut faults = against_plan(composition, document);
    // A text in a wrong place touches others for that reason: one fault a story is enough.
    let known: BTreeSet<String> = faults.iter().map(|fault| fault.story.clone()).collect();
    let more = in_the_way(composition, document).into_iter().filter_map(Result::ok);
    faults.extend(more.filter(|fault| !known.contains(&fault.story)));
    faults
}

/// The texts of the page's furniture that touch others or stand off the sheet. They are printed, with
/// a warning each.
pub(crate) fn touching_furniture(
    composition: &Composition,
    document: &PagedDocument,
) -> Vec<Diagnostic> {
    in_the_way(composition, document).into_iter().filter_map(Result::err).collect()
}

/// The texts that touch others or stand off the sheet: at most one fault of each story, and a warning
/// for each text of furniture.
fn in_the_way(
    composition: &Composition,
    document: &PagedDocument,
) -> Vec<Result<Fault, Diagnostic>> {
    let mut out: Vec<Result<Fault, Diagnostic>> = vec![];
    for (index, page) in document.pages().iter().enumerate() {
        for Stray { text, message } in strays(&page.frame, index as u16 + 1) {
            let key = text.within.map(|part| part.key.as_str()).unwrap_or_default();
            let story = composition.edition.slots().find(|story| story.key == key);
            let Some(story) = story else {
                let what = format!("this text of the page’s furniture {message}");
                out.push(Err(Diagnostic::warning(Code::Overprint, None, what)
                    .hint("shorten it, or correct the theme")));
                continue;
            };
            let known = |one: &Result<Fault, _>| {
                one.as_ref().is_ok_and(|fault: &Fault| fault.story == story.key)
            };
            if out.iter().any(known) {
                continue;
            }
            let source = text.item.glyphs.iter().find_map(|glyph| source_of(glyph.span.0));
            // Text that the theme added is reported at its story's headline.
            let mut head = None;
            runs(&story.headline, &mut |run| head = head.or(Some(run.span)), &mut || {});
            let whole = Span { file: story.file, start: 0, end: 0 };
            let span = source.map_or(head.unwrap_or(whole), |(_, range)| Span {
                start: range.start,
                end: range.end,
                ..whole
            });
            out.push(Ok(Fault { story: story.key.clone(), span, message }));
        }
    }
    out
}

/// Where the pages differ from the plan: at most one fault of each story.
fn against_plan(composition: &Composition, document: &PagedDocument) -> Vec<Fault> {
    let texts = texts(composition);
    let mut slots = BTreeMap::new();
    for slot in 0..texts.len() {
        slots.insert(file_id(&story_path(slot)).into_raw().get(), slot);
    }
    let mut found: Vec<BTreeMap<(u32, u32), Vec<PrintedPiece>>> =
        texts.iter().map(|_| BTreeMap::new()).collect();
    for (index, page) in document.pages().iter().enumerate() {
        walk(&page.frame, &mut |met| {
            let Met::Ink(ink) = met else { return };
            let Some(InkSource { file, start, end, from, to }) = ink.source else { return };
            if from == to {
                return;
            }
            let Some(&slot) = slots.get(&file.into_raw().get()) else { return };
            let piece = PrintedPiece { page: index as u16 + 1, ink, from, to };
            found[slot].entry((start, end)).or_default().push(piece);
        });
    }
    let mut faults = vec![];
    for (text, found) in texts.iter().zip(&mut found) {
        let item = text.item;
        let modules: Vec<(u16, &Module)> = composition
            .plan
            .pages
            .iter()
            .flat_map(|page| page.modules.iter().map(move |module| (page.number, module)))
            .filter(|(_, module)| module.item == item)
            .collect();
        let file = text.story.file;
        for run in &text.parts.runs {
            let mut pieces = found.remove(&(run.start, run.end)).unwrap_or_default();
            pieces.retain(|piece| !piece.ink.is_repeated_hyphen(&run.text));
            let again = take_repeated(composition, text, &modules, run, &mut pieces);
            let span = Span { file, start: run.start, end: run.end };
            let message = if planned(run.part, &modules) {
                again
                    .or_else(|| covers_once(run, &pieces))
                    .or_else(|| stands_on_its_rows(composition, text, &modules, run, &pieces))
                    .or_else(|| stands_in_its_cells(composition, text, &modules, run.part, &pieces))
            } else if pieces.is_empty() {
                None
            } else {
                Some("is on a page though the plan leaves it out".into())
            };
            if let Some(message) = message {
                // One fault moves everything after it, so the first is enough.
                let story = text.story.key.clone();
                faults.push(Fault { story, span, message });
                break;
            }
        }
    }
    faults
}

/// The text of one story's or brief's file, and the galley it is printed from.
struct PlannedText<'a> {
    /// The index of the story, or of the rail that it is a brief of.
    item: usize,
    story: &'a Story,
    parts: &'a Parts,
    stretches: &'a [Stretch],
    galley: &'a Galley,
}

/// The texts of an edition, in the order of their slots.
fn texts<'a>(composition: &'a Composition) -> Vec<PlannedText<'a>> {
    let items = || composition.galleys.iter().enumerate();
    let whole =
        items().map(|(item, galley)| (item, galley, &galley.parts, &galley.body.stretches[..]));
    let briefs = items().flat_map(|(item, galley)| {
        galley.briefs.iter().map(move |one| (item, galley, &one.parts, &one.stretches[..]))
    });
    let slots = composition.edition.slots();
    let text = |((item, galley, parts, stretches), story)| PlannedText {
        item,
        story,
        parts,
        stretches,
        galley,
    };
    whole.chain(briefs).zip(slots).map(text).collect()
}

/// Whether the plan prints a part of a story.
fn planned(part: StoryPart, modules: &[(u16, &Module)]) -> bool {
    let mut modules = modules.iter().map(|(_, module)| module);
    match part {
        StoryPart::Head => modules.any(|module| module.head_step.is_some() && !module.short_head),
        StoryPart::ShortHead => modules.any(|module| module.short_head),
        StoryPart::Kicker => modules.any(|module| module.head_step.is_some()),
        StoryPart::Text => true,
        StoryPart::Deck => modules.any(|module| module.deck.is_some()),
        StoryPart::Caption(index) => {
            modules.any(|module| module.pictures.iter().any(|p| p.picture == index))
        }
        StoryPart::Quote(index) => {
            modules.any(|module| module.quotes.iter().any(|q| q.quote == index))
        }
    }
}

/// Checks that the pieces cover the run exactly once; what is wrong, if they don't.
fn covers_once(run: &Printed, pieces: &[PrintedPiece]) -> Option<String> {
    let mut ranges: Vec<(usize, usize)> =
        pieces.iter().map(|p| (p.from as usize, p.to as usize)).collect();
    ranges.sort_unstable();
    let wrong = covered(&run.text, &ranges)?;
    // A capital may have more or fewer bytes than its small letter.
    let capitals = capitals(&run.text);
    (capitals.len() == run.text.len() || covered(&capitals, &ranges).is_some()).then_some(wrong)
}

/// Checks that ranges of bytes, in order, cover a text exactly once; what is wrong, if they don't.
/// White space at a line's end and characters without ink may be missing.
fn covered(text: &str, ranges: &[(usize, usize)]) -> Option<String> {
    let silent =
        |from: usize, to: usize| text.get(from..to).is_some_and(|gap| !gap.contains(has_ink));
    let mut at = 0;
    for &(from, to) in ranges {
        if from < at && to > from {
            let twice = text.get(from..to.min(at)).unwrap_or_default();
            return Some(format!("“{}” is printed twice", clip(twice)));
        }
        if from > at && !silent(at, from) {
            return Some(format!("“{}” is not on any page", clip(&text[at..from])));
        }
        at = at.max(to);
    }
    if at < text.len() && !silent(at, text.len()) {
        return Some(format!("“{}” is not on any page", clip(text.get(at..).unwrap_or_default())));
    }
    None
}

fn clip(text: &str) -> String {
    let mut out: String = text.trim().chars().take(60).collect();
    if out.chars().count() < text.trim().chars().count() {
        out.push('…');
    }
    out
}

/// Checks that every piece of a body stands where the plan has its slice; what is wrong, if one
/// doesn't.
fn stands_on_its_rows(
    composition: &Composition,
    text: &PlannedText,
    modules: &[(u16, &Module)],
    run: &Printed,
    pieces: &[PrintedPiece],
) -> Option<String> {
    if run.part != StoryPart::Text {
        return None;
    }
    let grid = composition.grid;
    for piece in pieces {
        let key = (run.start, run.end, piece.from);
        let known = text.stretches.binary_search_by_key(&key, |s| (s.start, s.end, s.from));
        let Ok(at) = known else {
            return Some("has other lines on the page than in its galley".into());
        };
        let stretch = &text.stretches[at];
        let slice = stretch.slice as usize;
        let leg = modules.iter().find_map(|(page, module)| {
            let leg = module.legs.iter().find(|leg| (leg.first..leg.end).contains(&slice))?;
            Some((*page, leg))
        });
        let Some((page, leg)) = leg else {
            return Some("belongs to no leg of the plan".into());
        };
        let place = grid.place(page, leg.cells);
        let row = f64::from(rows_before(text.galley, leg, slice) + stretch.row);
        let y = place.y + row * grid.row + stretch.baseline;
        let x = place.x + stretch.x;
        if piece.page != page {
            return Some(format!("stands on page {} and not on page {page}", piece.page));
        }
        if (piece.ink.y - y).abs() > TOLERANCE || (piece.ink.x - x).abs() > 2.0 * TOLERANCE {
            return Some(format!(
                "stands {:.1} pt below and {:.1} pt beside its place on page {page}",
                piece.ink.y - y,
                piece.ink.x - x
            ));
        }
    }
    None
}

/// Checks that a head or a deck stands in its cells, and a head in no more lines than planned; what
/// is wrong, if it doesn't. A brief's head is a part of its text and not checked here.
fn stands_in_its_cells(
    composition: &Composition,
    text: &PlannedText,
    modules: &[(u16, &Module)],
    part: StoryPart,
    pieces: &[PrintedPiece],
) -> Option<String> {
    if !std::ptr::eq(text.parts, &text.galley.parts) {
        return None;
    }
    let cells = |module: &Module| match part {
        StoryPart::Head | StoryPart::ShortHead | StoryPart::Kicker => {
            module.head_step.map(|_| module.head)
        }
        StoryPart::Deck => module.deck,
        _ => None,
    };
    let (page, module, cells) =
        modules.iter().find_map(|(page, module)| Some((*page, *module, cells(module)?)))?;
    let place = composition.grid.place(page, cells);
    let rows = place.y - TOLERANCE..=place.y + place.h + TOLERANCE;
    if let Some(piece) =
        pieces.iter().find(|piece| piece.page != page || !rows.contains(&piece.ink.y))
    {
        let off = piece.ink.y - place.y;
        return Some(format!(
            "stands {off:.1} pt below the top of its {:.1} pt on page {page}",
            place.h
        ));
    }
    if part == StoryPart::Kicker || part == StoryPart::Deck {
        return None;
    }
    let head = text.galley.heads.get(module.head_step?)?;
    let settings = if module.short_head { &head.short } else { &head.set };
    let planned = settings.get(usize::from(cells.columns) - 1).copied().flatten()?.lines;
    let mut baselines: Vec<i64> =
        pieces.iter().map(|piece| (piece.ink.y * 2.0).round() as i64).collect();
    baselines.sort_unstable();
    baselines.dedup_by(|a, b| (*a - *b).abs() <= 2);
    (baselines.len() > usize::from(planned))
        .then(|| format!("is set in {} lines where the plan has {planned}", baselines.len()))
}

/// Removes the pieces of a table's head that are repeated where a leg begins within the table;
/// what is wrong, if one is missing there.
fn take_repeated(
    composition: &Composition,
    text: &PlannedText,
    modules: &[(u16, &Module)],
    run: &Printed,
    pieces: &mut Vec<PrintedPiece>,
) -> Option<String> {
    if !run.again {
        return None;
    }
    let grid = composition.grid;
    let slices = &text.galley.body.slices.slices;
    let own = |stretch: &&Stretch| (stretch.start, stretch.end) == (run.start, run.end);
    let stretches: Vec<&Stretch> = text.stretches.iter().filter(own).collect();
    let head = stretches.first()?.slice as usize;
    let in_table =
        |at: usize| slices.get(at).is_some_and(|slice| slice.again > 0 && slice.gap == 0);
    for (page, module) in modules {
        for leg in module.legs.iter().filter(|leg| leg.first > head) {
            if !(head + 1..=leg.first).all(in_table) {
                continue;
            }
            let place = grid.place(*page, leg.cells);
            for stretch in &stretches {
                let y = place.y + f64::from(stretch.row) * grid.row + stretch.baseline;
                let x = place.x + stretch.x;
                let found = pieces.iter().position(|piece| {
                    (piece.page, piece.from, piece.to) == (*page, stretch.from, stretch.to)
                        && (piece.ink.y - y).abs() <= TOLERANCE
                        && (piece.ink.x - x).abs() <= 2.0 * TOLERANCE
                });
                let Some(found) = found else {
                    return Some(format!("is not at the head of its table again on page {page}"));
                };
                pieces.remove(found);
            }
        }
    }
    None
}

/// The rows of a leg above one of its slices.
fn rows_before(galley: &Galley, leg: &Leg, slice: usize) -> u16 {
    let slices = &galley.body.slices.slices;
    let mut rows = slices[leg.first].again;
    for index in leg.first..slice {
        rows += slices[index].rows + slices[index + 1].gap;
    }
    rows
}
