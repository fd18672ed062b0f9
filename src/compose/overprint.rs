//! Finds texts that touch each other or stand off the sheet, by what the frames draw.

use typst::layout::{Frame, Rect, Size};

use crate::typeset::{PlacedText, placed_texts, source_of};

/// How far letters of two parts may overlap, in points: swashes and rounding.
const OVERLAP_ALLOWED: f64 = 0.5;
/// How far a letter may stand off the sheet, in points.
const OFF_SHEET_ALLOWED: f64 = 1.0;

/// A text that touches another or stands off the sheet.
pub(super) struct Stray<'a> {
    /// The text.
    pub(super) text: PlacedText<'a>,
    /// What is wrong: the end of a sentence that begins with the text.
    pub(super) message: String,
}

/// The texts of a page that touch another or stand off the sheet. Texts of one part may touch: the
/// lines of a headline stand close, and an accent may meet a descender.
pub(super) fn strays(frame: &Frame, page: u16) -> Vec<Stray<'_>> {
    let mut all: Vec<PlacedText> = placed_texts(frame)
        .into_iter()
        .filter(|one| one.item.text.contains(|c: char| !c.is_whitespace()))
        .collect();
    all.sort_by(|a, b| a.at.y.cmp(&b.at.y).then(a.at.x.cmp(&b.at.x)));
    let boxes: Vec<Rect> = all.iter().map(PlacedText::bounds).collect();
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|a, b| boxes[*a].min.y.cmp(&boxes[*b].min.y));
    let mut found: Vec<(usize, String)> = vec![];
    for (at, &one) in order.iter().enumerate() {
        if is_off(boxes[one], frame.size()) {
            found.push((
                one,
                format!("stands off the sheet on page {page}: “{}”", all[one].item.text),
            ));
        }
        for &other in &order[at + 1..] {
            if boxes[other].min.y >= boxes[one].max.y {
                break;
            }
            let apart = all[one].part != all[other].part || all[one].part == 0;
            if apart && overlap(boxes[one], boxes[other]) && touch(&all[one], &all[other]) {
                let message = format!(
                    "stands in another’s place on page {page}: “{}” and “{}” touch",
                    all[one].item.text, all[other].item.text
                );
                // Furniture is blamed before a story, since setting the story differently wouldn't
                // help; among stories, what the theme adds is blamed before what a writer wrote.
                let blamed =
                    !is_storys(&all[other]) || (is_storys(&all[one]) && is_themes(&all[other]));
                let stray = if blamed { other } else { one };
                found.push((stray, message));
            }
        }
    }
    let mut all: Vec<Option<PlacedText>> = all.into_iter().map(Some).collect();
    let take = |(at, message): (usize, String)| Some(Stray { text: all[at].take()?, message });
    found.into_iter().filter_map(take).collect()
}

/// Whether a text belongs to a story. Furniture is in no part, or in a part of its own.
fn is_storys(text: &PlacedText) -> bool {
    text.within.is_some_and(|part| !["front", "last", "ad"].contains(&part.key.as_str()))
}

/// Whether a text is the theme's own: no letter of it comes from a story's file.
fn is_themes(text: &PlacedText) -> bool {
    text.item.glyphs.iter().all(|glyph| source_of(glyph.span.0).is_none())
}

fn overlap(a: Rect, b: Rect) -> bool {
    let wide = a.max.x.min(b.max.x) - a.min.x.max(b.min.x);
    let high = a.max.y.min(b.max.y) - a.min.y.max(b.min.y);
    wide.to_pt() > OVERLAP_ALLOWED && high.to_pt() > OVERLAP_ALLOWED
}

fn touch(a: &PlacedText, b: &PlacedText) -> bool {
    let theirs = b.letters();
    a.letters().into_iter().any(|one| theirs.iter().any(|other| overlap(one, *other)))
}

fn is_off(text: Rect, sheet: Size) -> bool {
    let (x, y) = (sheet.x.to_pt(), sheet.y.to_pt());
    text.min.x.to_pt() < -OFF_SHEET_ALLOWED
        || text.max.x.to_pt() > x + OFF_SHEET_ALLOWED
        || text.min.y.to_pt() < -OFF_SHEET_ALLOWED
        || text.max.y.to_pt() > y + OFF_SHEET_ALLOWED
}
