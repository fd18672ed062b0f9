//! Reads composed frames: which glyphs of which run stand where.

use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Transform};
use typst::syntax::{FileId, Span};
use typst::text::TextItem;

use super::own_elements::PartElem;
use super::soften::LongWord;
use super::span::source_of;

const SOFT_HYPHEN: &str = "\u{ad}";
const HYPHEN: &str = "-";

/// A stretch of one line that comes from one run, or from no writer at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Ink {
    /// The baseline's start, in points from the frame's upper left corner.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// Its width in points.
    pub width: f64,
    /// The size of the type in points.
    pub size: f64,
    /// Where it was written.
    pub source: Option<InkSource>,
    /// What stands there.
    pub text: String,
    /// Whether a glyph of it is the face's sign for "no such letter".
    pub tofu: bool,
    /// Whether it ends in a hyphen that the line break put there.
    pub hyphenated: bool,
}

/// The place of a stretch in a run.
#[derive(Debug, Clone, PartialEq)]
pub struct InkSource {
    /// The slot's file.
    pub file: FileId,
    /// The run's first byte in the file.
    pub start: u32,
    /// The byte after the run's last one.
    pub end: u32,
    /// The first byte of the run's printed text.
    pub from: u32,
    /// The byte after the last one.
    pub to: u32,
}

/// How far the last letter of a line may stand outside of its measure, in points: punctuation hangs.
const OUTSIDE: f64 = 5.0;

impl Ink {
    /// The word of it that sticks out of a place of such a width in points, if one does.
    pub fn sticking_out(&self, width: f64) -> Option<LongWord> {
        let InkSource { start, end, .. } = *self.source.as_ref()?;
        if self.x + self.width <= width + OUTSIDE {
            return None;
        }
        let word = self.text.split_whitespace().max_by_key(|word| word.chars().count())?;
        Some(LongWord { start, end, word: word.into() })
    }

    /// Whether it is the hyphen that some languages (Portuguese, Polish, Czech, …) repeat at the
    /// start of a line where the line before it ended at a written one. The typesetter gives it the
    /// place of what stands behind its own line: so it is known by the run's text, which has
    /// something else there.
    pub fn is_repeated_hyphen(&self, run: &str) -> bool {
        let Some(source) = &self.source else { return false };
        self.text == HYPHEN && run.get(source.from as usize..source.to as usize) != Some(HYPHEN)
    }
}

/// What is met on the way through a frame.
pub enum Met<'a> {
    /// A part begins, its upper left corner here.
    Enter(&'a PartElem, Point),
    /// A stretch of type.
    Ink(Ink),
    /// A picture, its upper left corner and size in points.
    Picture(Point, typst::layout::Size),
}

/// Goes through a frame in the order of drawing.
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

/// Every item of a frame but its groups, and where it stands. Text that is clipped away is none.
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

/// How high and how deep letters reach from their baseline, in ems.
const ASCENT: f64 = 0.75;
const DESCENT: f64 = 0.25;

/// A run of shaped text on a page, and what it belongs to.
pub struct PlacedText<'a> {
    /// The start of its baseline, from the page's upper left corner.
    pub at: Point,
    /// The text.
    pub item: &'a TextItem,
    /// The number of the part that it is in, from 1 in the order of drawing; 0 where it is in none.
    pub part: usize,
    /// That part.
    pub within: Option<&'a PartElem>,
}

impl PlacedText<'_> {
    /// The box that its letters stand in, roughly.
    pub fn bounds(&self) -> Rect {
        let size = self.item.size;
        let min = Point::new(self.at.x, self.at.y - size * ASCENT);
        let max = Point::new(self.at.x + self.item.width(), self.at.y + size * DESCENT);
        Rect { min, max }
    }

    /// The boxes of its letters.
    pub fn letters(&self) -> Vec<Rect> {
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
pub fn placed_texts(frame: &Frame) -> Vec<PlacedText<'_>> {
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

/// One of the parts that stand below each other in a frame, and its type. Places count from its
/// upper edge.
#[derive(Debug)]
pub struct MeasuredPart<'a> {
    top: Abs,
    /// Its height in points: the next one begins below.
    pub height: f64,
    texts: Vec<(Point, &'a TextItem)>,
}

/// The parts of a frame, from top to bottom.
pub fn measured_parts(frame: &Frame) -> Vec<MeasuredPart<'_>> {
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
    /// Every stretch of type in it, in the order of drawing.
    pub fn inks(&self, mut met: impl FnMut(Ink)) {
        let mut before = None;
        for (at, text) in &self.texts {
            stretches(text, *at, &mut before, &mut met);
        }
    }

    /// Its words of one size of type, and the widest space between two, in points.
    pub fn words(&self, size: f64) -> (Vec<Word>, f64) {
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
pub struct Word {
    /// The word.
    pub text: String,
    /// Its width in points.
    pub width: f64,
    /// The baseline it stands on, in points from the frame's upper edge.
    pub y: f64,
    /// The spaces before it: none where a line ended inside of it.
    pub spaces: usize,
}

/// The last letter met: its place in its run, its bytes, and where it ends.
struct Cluster {
    span: (Span, u16),
    bytes: usize,
    end: Point,
}

/// How far from the end of a letter another glyph of it may stand, in points.
const SEAM: f64 = 0.5;

impl Cluster {
    /// Whether a glyph that begins here is one more of the same letter.
    fn goes_on(&self, other: &Self, at: Point, size: Abs) -> bool {
        let gap = at - self.end;
        self.span == other.span
            && self.bytes == other.bytes
            && gap.x.to_pt().abs() <= SEAM
            && gap.y.abs() < size
    }
}

/// Cuts a run of shaped text where its source changes.
///
/// A letter and its marks may be several glyphs, in several runs even, each of which stands for
/// all of them: the first counts. `before` is the last one met.
fn stretches(item: &TextItem, at: Point, before: &mut Option<Cluster>, met: &mut impl FnMut(Ink)) {
    let mut x = at.x;
    let mut current: Option<Ink> = None;
    for glyph in &item.glyphs {
        let width = glyph.x_advance.at(item.size);
        let text = &item.text[glyph.range()];
        let begin = Point::new(x, at.y);
        // A hyphen of a line break has the place of what follows it, and what no writer wrote none.
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
            // The hyphen of a line break is set as a soft one; no writer wrote it.
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
