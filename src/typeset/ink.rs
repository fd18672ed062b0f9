//! Reads composed frames: where the glyphs of each run stand.

use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Transform};
use typst::syntax::{FileId, Span};
use typst::text::TextItem;

use super::own_elements::PartElem;
use super::soften::LongWord;
use super::span::source_of;

const SOFT_HYPHEN: &str = "\u{ad}";
const HYPHEN: &str = "-";

/// A stretch of type on one line that comes from one run, or from the theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Ink {
    /// The start of its baseline, in points from the frame's left edge.
    pub x: f64,
    /// Its baseline, in points from the frame's upper edge.
    pub y: f64,
    /// Its width in points.
    pub width: f64,
    /// The size of the type in points.
    pub size: f64,
    /// Its place in a story; none for what the theme adds.
    pub source: Option<InkSource>,
    /// The printed text.
    pub text: String,
    /// Whether one of its glyphs is the face's sign for a missing letter.
    pub tofu: bool,
    /// Whether it ends in a hyphen that a line break added.
    pub hyphenated: bool,
}

/// The place of a stretch in a run of a story.
#[derive(Debug, Clone, PartialEq)]
pub struct InkSource {
    /// The file of the story's slot.
    pub file: FileId,
    /// The run's first byte in the file.
    pub start: u32,
    /// The byte after the run's last one.
    pub end: u32,
    /// The stretch's first byte in the run's printed text.
    pub from: u32,
    /// The byte after its last one.
    pub to: u32,
}

/// How far a line may exceed its measure, in points: punctuation hangs.
const HANGING_PT: f64 = 5.0;

impl Ink {
    /// Its longest word, if the stretch is wider than a place of this width in points.
    pub(crate) fn sticking_out(&self, width: f64) -> Option<LongWord> {
        let InkSource { start, end, .. } = *self.source.as_ref()?;
        if self.x + self.width <= width + HANGING_PT {
            return None;
        }
        let word = self.text.split_whitespace().max_by_key(|word| word.chars().count())?;
        Some(LongWord { start, end, word: word.into() })
    }

    /// Whether it is a repeated hyphen: some languages (Portuguese, Polish, Czech, …) repeat a written
    /// hyphen at which a line ended at the start of the next line. Typst gives it the place of the
    /// text that follows it, so it is recognized by the run's text, which has no hyphen there.
    pub(crate) fn is_repeated_hyphen(&self, run: &str) -> bool {
        let Some(source) = &self.source else { return false };
        self.text == HYPHEN && run.get(source.from as usize..source.to as usize) != Some(HYPHEN)
    }
}

/// What [`walk`] meets in a frame.
pub enum Met<'a> {
    /// The begin of a part, with its upper left corner.
    Enter(&'a PartElem, Point),
    /// A stretch of type.
    Ink(Ink),
    /// A picture, with its upper left corner and its size.
    Picture(Point, typst::layout::Size),
}

/// Walks through a frame in the order of drawing.
pub fn walk(frame: &Frame, met: &mut impl FnMut(Met)) {
    let mut before = None;
    each(frame, Transform::identity(), &mut |at, item| match item {
        FrameItem::Text(text) => stretches(text, at, &mut before, &mut |ink| met(Met::Ink(ink))),
        FrameItem::Image(_, size, _) => met(Met::Picture(at, *size)),
        FrameItem::Tag(Tag::Start(content, _)) => {
            if let Some(part) = content.to_packed::<PartElem>() {
                met(Met::Enter(part, at));
            }
        }
        _ => {}
    });
}

/// Visits every item of a frame, and those of its groups, with its place. Text that is clipped away
/// is left out.
fn each<'a>(frame: &'a Frame, transform: Transform, met: &mut impl FnMut(Point, &'a FrameItem)) {
    inside(frame, transform, None, met);
}

fn inside<'a>(
    frame: &'a Frame,
    transform: Transform,
    clip: Option<Rect>,
    met: &mut impl FnMut(Point, &'a FrameItem),
) {
    for (position, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let inner = transform
                    .pre_concat(Transform::translate(position.x, position.y))
                    .pre_concat(group.transform);
                let own = group.clip.as_ref().map(|curve| {
                    let Rect { min, max } = curve.bbox(None);
                    Rect { min: min.transform(inner), max: max.transform(inner) }
                });
                let clip = match (clip, own) {
                    (Some(a), Some(b)) => {
                        Some(Rect { min: a.min.max(b.min), max: a.max.min(b.max) })
                    }
                    (a, b) => a.or(b),
                };
                inside(&group.frame, inner, clip, met);
            }
            FrameItem::Text(text) => {
                let at = position.transform(transform);
                let shows = |clip: Rect| {
                    let (top, bottom) = (at.y - text.size * ASCENT, at.y + text.size * DESCENT);
                    top < clip.max.y && bottom > clip.min.y
                };
                if clip.is_none_or(shows) {
                    met(at, item);
                }
            }
            _ => met(position.transform(transform), item),
        }
    }
}

/// How high letters reach above their baseline, in ems,
const ASCENT: f64 = 0.75;
/// and how deep below it.
const DESCENT: f64 = 0.25;

/// A piece of shaped text on a page, and the part that it belongs to.
pub(crate) struct PlacedText<'a> {
    /// The start of its baseline on the page.
    pub at: Point,
    /// The text.
    pub item: &'a TextItem,
    /// The number of its part, from 1 in the order of drawing; 0 if it is in no part.
    pub part: usize,
    /// Its part.
    pub within: Option<&'a PartElem>,
}

impl PlacedText<'_> {
    /// Roughly the box of its letters.
    pub(crate) fn bounds(&self) -> Rect {
        let size = self.item.size;
        let min = Point::new(self.at.x, self.at.y - size * ASCENT);
        let max = Point::new(self.at.x + self.item.width(), self.at.y + size * DESCENT);
        Rect { min, max }
    }

    /// The exact boxes of its letters.
    pub(crate) fn letters(&self) -> Vec<Rect> {
        let TextItem { font, size, glyphs, .. } = self.item;
        let mut x = self.at.x;
        let mut out = Vec::with_capacity(glyphs.len());
        for glyph in glyphs {
            let em = |units: i16| font.to_em(units).at(*size);
            if let Some(r) = font.ttf().glyph_bounding_box(ttf_parser::GlyphId(glyph.id)) {
                let left = x + glyph.x_offset.at(*size);
                let y = self.at.y - glyph.y_offset.at(*size);
                out.push(Rect {
                    min: Point::new(left + em(r.x_min), y - em(r.y_max)),
                    max: Point::new(left + em(r.x_max), y - em(r.y_min)),
                });
            }
            x += glyph.x_advance.at(*size);
        }
        out
    }
}

/// All text of a page in the order of drawing.
pub(crate) fn placed_texts(frame: &Frame) -> Vec<PlacedText<'_>> {
    let mut out = vec![];
    let mut open: Vec<(Location, usize, &PartElem)> = vec![];
    let mut parts = 0;
    each(frame, Transform::identity(), &mut |at, item| match item {
        FrameItem::Text(item) => {
            let (part, within) = open.last().map_or((0, None), |(_, n, part)| (*n, Some(*part)));
            out.push(PlacedText { at, item, part, within });
        }
        FrameItem::Tag(Tag::Start(content, _)) => {
            if let (Some(part), Some(at)) = (content.to_packed::<PartElem>(), content.location()) {
                parts += 1;
                open.push((at, parts, part));
            }
        }
        FrameItem::Tag(Tag::End(at, ..)) => {
            open.retain(|(location, ..)| location != at);
        }
        _ => {}
    });
    out
}

/// One of the parts that stand below each other in a frame that is set to be measured. Places in it
/// count from its upper edge.
#[derive(Debug)]
pub(crate) struct MeasuredPart<'a> {
    top: Abs,
    /// Its height in points, down to the next part.
    pub height: f64,
    texts: Vec<(Point, &'a TextItem)>,
}

/// The parts of a frame, from top to bottom.
pub(crate) fn measured_parts(frame: &Frame) -> Vec<MeasuredPart<'_>> {
    let mut pieces: Vec<MeasuredPart> = vec![];
    each(frame, Transform::identity(), &mut |at, item| match item {
        FrameItem::Tag(Tag::Start(content, _)) if content.is::<PartElem>() => {
            if let Some(before) = pieces.last_mut() {
                before.height = (at.y - before.top).to_pt();
            }
            let height = (frame.height() - at.y).to_pt();
            pieces.push(MeasuredPart { top: at.y, height, texts: vec![] });
        }
        FrameItem::Text(text) => {
            if let Some(piece) = pieces.last_mut() {
                piece.texts.push((at - Point::with_y(piece.top), text));
            }
        }
        _ => {}
    });
    pieces
}

impl MeasuredPart<'_> {
    /// Visits every stretch of type in it, in the order of drawing.
    pub(crate) fn inks(&self, mut met: impl FnMut(Ink)) {
        let mut before = None;
        for (at, text) in &self.texts {
            stretches(text, *at, &mut before, &mut met);
        }
    }

    /// Its words in a size of type in points, and the widest space between two words in points.
    pub(crate) fn words(&self, size: f64) -> (Vec<Word>, f64) {
        let mut words: Vec<Word> = vec![];
        let mut space: f64 = 0.0;
        let mut open = false;
        let mut spaces = 0;
        for (at, item) in &self.texts {
            if (item.size.to_pt() - size).abs() > 0.01 {
                continue;
            }
            let y = at.y.to_pt();
            let same_line = words.last().is_some_and(|word| (word.y - y).abs() < 0.5);
            spaces = if same_line { spaces } else { spaces.min(1) };
            open &= same_line;
            for glyph in &item.glyphs {
                let width = glyph.x_advance.at(item.size).to_pt();
                let text = &item.text[glyph.range()];
                if text.trim().is_empty() && text != "\u{a0}" {
                    space = space.max(width);
                    open = false;
                    spaces += 1;
                } else if open {
                    if let Some(word) = words.last_mut() {
                        word.text.push_str(text);
                        word.width += width;
                    }
                } else {
                    words.push(Word { text: text.into(), width, y, spaces });
                    (open, spaces) = (true, 0);
                }
            }
        }
        (words, space)
    }
}

/// A word as it is set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Word {
    /// The word.
    pub text: String,
    /// Its width in points.
    pub width: f64,
    /// The baseline it stands on, in points from the frame's upper edge.
    pub y: f64,
    /// The number of spaces before it; 0 if a line ended within the word.
    pub spaces: usize,
}

/// The last letter that was read: its place in its run, its length in bytes, and where it ends.
struct Cluster {
    span: (Span, u16),
    bytes: usize,
    end: Point,
}

/// How far from the end of a letter a further glyph of it may stand, in points.
const GLYPH_GAP_PT: f64 = 0.5;

impl Cluster {
    /// Whether a glyph that begins at a point is a further one of this letter.
    fn goes_on(&self, other: &Self, at: Point, size: Abs) -> bool {
        let gap = at - self.end;
        self.span == other.span
            && self.bytes == other.bytes
            && gap.x.to_pt().abs() <= GLYPH_GAP_PT
            && gap.y.abs() < size
    }
}

/// Cuts shaped text into stretches where its source changes.
///
/// A letter with its marks may be several glyphs, even in several pieces of shaped text, each of
/// which stands for the whole letter: only the first counts. `before` is the last letter read.
fn stretches(item: &TextItem, at: Point, before: &mut Option<Cluster>, met: &mut impl FnMut(Ink)) {
    let mut x = at.x;
    let mut current: Option<Ink> = None;
    for glyph in &item.glyphs {
        let width = glyph.x_advance.at(item.size);
        let text = &item.text[glyph.range()];
        let begin = Point::new(x, at.y);
        // The hyphen of a line break has the place of the text after it, and what the theme adds has
        // no place.
        let own = text != SOFT_HYPHEN && !glyph.span.0.is_detached();
        let end = begin + Point::with_x(width);
        let cluster = own.then_some(Cluster { span: glyph.span, bytes: text.len(), end });
        let goes_on = before.as_ref().zip(cluster.as_ref());
        let goes_on = goes_on.is_some_and(|(a, b)| a.goes_on(b, begin, item.size));
        *before = cluster;
        if goes_on {
            x += width;
            if let Some(ink) = &mut current {
                ink.width += width.to_pt();
                ink.tofu |= glyph.id == 0;
            }
            continue;
        }
        let source = source_of(glyph.span.0).map(|(file, range)| {
            let from = u32::from(glyph.span.1);
            // The hyphen that a line break adds is set as a soft hyphen and has no bytes.
            let to = if text == SOFT_HYPHEN { from } else { from + text.len() as u32 };
            InkSource { file, start: range.start, end: range.end, from, to }
        });
        match current.as_mut().filter(|ink| follows(ink.source.as_ref(), source.as_ref())) {
            Some(ink) => {
                ink.width += width.to_pt();
                ink.text.push_str(text);
                ink.tofu |= glyph.id == 0;
                ink.hyphenated = text == SOFT_HYPHEN;
                if let (Some(known), Some(more)) = (&mut ink.source, source) {
                    known.to = more.to;
                }
            }
            None => {
                if let Some(ink) = current.take() {
                    met(ink);
                }
                current = Some(Ink {
                    x: x.to_pt(),
                    y: at.y.to_pt(),
                    width: width.to_pt(),
                    size: item.size.to_pt(),
                    source,
                    text: text.into(),
                    tofu: glyph.id == 0,
                    hyphenated: text == SOFT_HYPHEN,
                });
            }
        }
        x += width;
    }
    if let Some(ink) = current {
        met(ink);
    }
}

fn follows(before: Option<&InkSource>, after: Option<&InkSource>) -> bool {
    match (before, after) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            (a.file, a.start, a.end) == (b.file, b.start, b.end) && a.to == b.from
        }
        _ => false,
    }
}
