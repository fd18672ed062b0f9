//! Removes places to break from a document's text. They are spaces of no width, which a reader would
//! copy along with an address and paste into a browser.

use std::borrow::Cow;

use typst::layout::{Em, Frame, FrameItem};
use typst::text::{Glyph, TextItem};
use typst_layout::{Page, PagedDocument};

use crate::typeset::BREAK;

/// The document without places to break. Nothing moves by that.
pub(super) fn copied(document: &PagedDocument) -> Cow<'_, PagedDocument> {
    if !document.pages().iter().any(|page| breaks(&page.frame)) {
        return Cow::Borrowed(document);
    }
    let bare = |page: &Page| Page { frame: without(&page.frame), ..page.clone() };
    let pages = document.pages().iter().map(bare).collect();
    let mut bare = PagedDocument::new(pages, typst::model::DocumentInfo::default());
    *bare.info_mut() = typst::model::Document::info(document).clone();
    Cow::Owned(bare)
}

fn breaks(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Text(text) => text.text.contains(BREAK),
        FrameItem::Group(group) => breaks(&group.frame),
        _ => false,
    })
}

fn without(frame: &Frame) -> Frame {
    if !breaks(frame) {
        return frame.clone();
    }
    let mut out = frame.clone();
    out.clear();
    for (at, item) in frame.items() {
        let mut item = item.clone();
        match &mut item {
            FrameItem::Text(text) => strip(text),
            FrameItem::Group(group) => group.frame = without(&group.frame),
            _ => {}
        }
        out.push(*at, item);
    }
    out
}

/// Removes the places to break from shaped text, unless one of them has a width.
fn strip(text: &mut TextItem) {
    let width = BREAK.len_utf8();
    let places: Vec<usize> = text.text.match_indices(BREAK).map(|(at, _)| at).collect();
    let moved = |byte: u16| {
        let before = places.iter().filter(|at| **at < usize::from(byte)).count();
        u16::try_from(usize::from(byte) - before * width).unwrap_or(byte)
    };
    let bare = |glyph: &Glyph| moved(glyph.range.start) == moved(glyph.range.end);
    if text.glyphs.iter().any(|glyph| bare(glyph) && glyph.x_advance != Em::zero()) {
        return;
    }
    text.glyphs.retain(|glyph| !bare(glyph));
    for glyph in &mut text.glyphs {
        glyph.range = moved(glyph.range.start)..moved(glyph.range.end);
    }
    text.text = text.text.as_str().replace(BREAK, "").into();
}
