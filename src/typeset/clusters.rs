//! Joins letters that are built of several glyphs.
//!
//! If a face lacks a letter with two accents, the shaper builds it of the letter and a mark that
//! stands higher or lower. Typst then cuts the text at every glyph off the baseline, and each piece
//! carries the text of the whole letter: a screen reader would read “Tấấn”. Here the pieces are joined
//! into one text whose glyphs have offsets. The exporters draw the two alike.

use typst::ecow::EcoVec;
use typst::layout::{Abs, Em, Frame, FrameItem, Point};
use typst::text::{Glyph, TextItem};
use typst_layout::PagedDocument;

/// The greatest gap between two pieces that belong together, in points: what rounding may add up to.
const SEAM_PT: f64 = 0.01;

/// The same document with the pieces of each run joined.
pub(super) fn joined(document: PagedDocument) -> PagedDocument {
    let mut changed = false;
    let mut pages = EcoVec::with_capacity(document.pages().len());
    for page in document.pages() {
        let mut page = page.clone();
        if let Some(frame) = joined_frame(&page.frame) {
            page.frame = frame;
            changed = true;
        }
        pages.push(page);
    }
    if !changed {
        return document;
    }
    let mut document = document;
    let info = std::mem::take(document.info_mut());
    PagedDocument::new(pages, info)
}

/// The frame with the pieces of each run joined; none if there is nothing to join.
fn joined_frame(frame: &Frame) -> Option<Frame> {
    let mut changed = false;
    let mut items: Vec<(Point, FrameItem)> = Vec::with_capacity(frame.items().len());
    // The baseline of the last item's run, if that item was joined.
    let mut baseline: Option<Abs> = None;
    for (at, item) in frame.items() {
        let item = match item {
            FrameItem::Group(group) => match joined_frame(&group.frame) {
                Some(inner) => {
                    changed = true;
                    let mut group = group.clone();
                    group.frame = inner;
                    FrameItem::Group(group)
                }
                None => item.clone(),
            },
            _ => item.clone(),
        };
        if let FrameItem::Text(text) = &item
            && let Some((start, FrameItem::Text(before))) = items.last_mut()
            && let Some(shared) = seam(*start, before, *at, text, baseline)
        {
            join(start, before, *at, text, shared);
            baseline = Some(start.y);
            changed = true;
            continue;
        }
        baseline = None;
        items.push((*at, item));
    }
    if !changed {
        return None;
    }
    let mut out = frame.clone();
    out.clear();
    out.push_multiple(items);
    Some(out)
}

/// Whether a text continues the one before it; then, how many of its bytes that one holds already. The
/// first seam of a run is between a letter and its mark; after that, any text that follows without a
/// gap belongs to the run.
fn seam(
    start: Point,
    before: &TextItem,
    at: Point,
    text: &TextItem,
    baseline: Option<Abs>,
) -> Option<usize> {
    let TextItem { font, size, fill, stroke, lang, region, text: _, glyphs } = text;
    let like = font == &before.font
        && size == &before.size
        && fill == &before.fill
        && stroke == &before.stroke
        && lang == &before.lang
        && region == &before.region;
    let gap = at.x - start.x - before.width();
    let (last, first) = (before.glyphs.last()?, glyphs.first()?);
    if !like || gap.to_pt().abs() > SEAM_PT || (at.y - start.y).abs() > *size {
        return None;
    }
    let one_letter = last.span == first.span
        && !last.span.0.is_detached()
        && before.text.get(last.range()) == text.text.get(first.range());
    if one_letter {
        return Some(last.range().len());
    }
    baseline.is_some_and(|baseline| (at.y - baseline).to_pt().abs() <= SEAM_PT).then_some(0)
}

/// Adds a text to the one before it, which holds its first `shared` bytes already. The joined text
/// stands on the baseline of its letters. If it begins with a mark, as in scripts from right to left,
/// that is the baseline of the added text.
fn join(start: &mut Point, before: &mut TextItem, at: Point, text: &TextItem, shared: usize) {
    if before.width() <= Abs::zero() {
        let rise = Em::from_abs(at.y - start.y, text.size);
        before.glyphs.iter_mut().for_each(|glyph| glyph.y_offset += rise);
        start.y = at.y;
    }
    let rise = Em::from_abs(start.y - at.y, text.size);
    let end = before.text.len();
    let offset = end - shared;
    before.text.push_str(text.text.get(shared..).unwrap_or_default());
    before.glyphs.extend(text.glyphs.iter().map(|glyph| {
        let range = glyph.range();
        Glyph {
            y_offset: glyph.y_offset + rise,
            range: narrow(range.start + offset)..narrow(range.end + offset),
            ..glyph.clone()
        }
    }));
}

fn narrow(byte: usize) -> u16 {
    u16::try_from(byte).unwrap_or(u16::MAX)
}
