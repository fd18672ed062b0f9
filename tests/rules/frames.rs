//! What stands on composed pages: read from the frames that are drawn, and from nothing else.

use std::collections::BTreeMap;

use stonehand::typeset::{PartElem, source_of, story_path};
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::syntax::Span;
use typst::text::TextItem;
use typst_layout::PagedDocument;

/// A rectangle in points from the sheet's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) foot: f64,
}

impl Rect {
    /// Whether two of them share more than a hair.
    pub(crate) fn meets(&self, other: &Self, hair: f64) -> bool {
        self.right.min(other.right) - self.left.max(other.left) > hair
            && self.foot.min(other.foot) - self.top.max(other.top) > hair
    }

    pub(crate) fn join(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            foot: self.foot.max(other.foot),
        }
    }
}

/// A page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) number: u16,
    pub(crate) parts: Vec<Part>,
    pub(crate) legs: Vec<Leg>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) images: Vec<Image>,
}

/// A part of a story or of the furniture, by its name.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) key: String,
    pub(crate) role: String,
}

/// One column of a text.
#[derive(Debug)]
pub(crate) struct Leg {
    /// The part whose text it is.
    pub(crate) part: usize,
    pub(crate) rect: Rect,
}

/// A stretch of type on one line, of one run of a story or of none.
#[derive(Debug)]
pub(crate) struct Mark {
    pub(crate) part: Option<usize>,
    pub(crate) leg: Option<usize>,
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// From its first letter or figure to its last: punctuation may hang over the ends.
    pub(crate) letters: Option<(f64, f64)>,
    /// The baseline.
    pub(crate) y: f64,
    pub(crate) size: f64,
    pub(crate) text: String,
    pub(crate) source: Option<Source>,
}

impl Mark {
    /// Where its letters stand: from the capitals' height to a little below the baseline.
    pub(crate) fn rect(&self) -> Rect {
        let (left, right) = self.letters.unwrap_or((self.left, self.right));
        // Capitals and most letters end on the baseline, and a drop cap's line has one below it.
        let hangs = |c: char| "gjpqyQ,;()[]{}|/_".contains(c) || !c.is_ascii();
        let below = if self.text.contains(hangs) { 0.16 } else { 0.0 };
        Rect { left, top: self.y - 0.66 * self.size, right, foot: self.y + below * self.size }
    }

    /// Whether it shows anything.
    pub(crate) fn is_seen(&self) -> bool {
        !self.text.trim_matches(['\u{200b}', ' ', '\u{a0}']).is_empty()
    }
}

/// The bytes of a story that a stretch prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Source {
    /// The story's place in the edition.
    pub(crate) story: usize,
    /// The run's bytes in its file.
    pub(crate) span: (u32, u32),
    /// The first byte of the run's text.
    pub(crate) from: u32,
}

/// A picture.
#[derive(Debug)]
pub(crate) struct Image {
    pub(crate) part: Option<usize>,
    pub(crate) rect: Rect,
}

/// Reads all pages of an edition of so many stories.
pub(crate) fn read(document: &PagedDocument, stories: usize) -> Vec<Page> {
    let slots = (0..stories).map(|slot| (story_path(slot), slot)).collect();
    let mut files = Files { slots, known: BTreeMap::new() };
    let one = |(number, page): (u16, &typst_layout::Page)| {
        let page_of = Page { number, ..Page::default() };
        let mut reader =
            Reader { page: page_of, files: &mut files, open: vec![], leg: None, over: None };
        reader.frame(&page.frame, Transform::identity(), None);
        reader.page
    };
    (1..).zip(document.pages()).map(one).collect()
}

/// Which file is which story's.
struct Files {
    slots: BTreeMap<String, usize>,
    known: BTreeMap<u16, Option<usize>>,
}

impl Files {
    fn story(&mut self, span: Span) -> Option<(usize, (u32, u32))> {
        let (file, range) = source_of(span)?;
        let slots = &self.slots;
        let find = || slots.get(file.get().vpath().get_without_slash()).copied();
        let slot = *self.known.entry(file.into_raw().get()).or_insert_with(find);
        Some((slot?, (range.start, range.end)))
    }
}

struct Reader<'a> {
    page: Page,
    files: &'a mut Files,
    /// The parts that have begun and not ended.
    open: Vec<(Option<Location>, usize)>,
    leg: Option<usize>,
    /// The letter with its marks that the last run of type ended in.
    over: Option<(Source, usize)>,
}

impl Reader<'_> {
    /// Reads a frame of which no more is seen than what lies in `seen`.
    fn frame(&mut self, frame: &Frame, transform: Transform, seen: Option<Rect>) {
        for (position, item) in frame.items() {
            let at = position.transform(transform);
            match item {
                FrameItem::Group(group) => {
                    let inner = transform
                        .pre_concat(Transform::translate(position.x, position.y))
                        .pre_concat(group.transform);
                    // A thread gives each of its legs a parent, and nothing else in it does.
                    let part = self.open.last().map(|(_, part)| *part);
                    let text = part.filter(|part| self.page.parts[*part].role == "text");
                    let leg = text.filter(|_| self.leg.is_none() && group.parent.is_some());
                    if let Some(part) = leg {
                        let size = group.frame.size();
                        let end = Point::new(size.x, size.y).transform(inner);
                        let rect = rect(Point::zero().transform(inner), end);
                        self.leg = Some(self.page.legs.len());
                        self.page.legs.push(Leg { part, rect });
                    }
                    let cut = group.clip.as_ref().map(|_| {
                        let size = group.frame.size();
                        let end = Point::new(size.x, size.y).transform(inner);
                        rect(Point::zero().transform(inner), end)
                    });
                    self.frame(&group.frame, inner, cut.or(seen));
                    if leg.is_some() {
                        self.leg = None;
                    }
                }
                FrameItem::Text(text) => {
                    let y = at.y.to_pt();
                    if seen.is_none_or(|seen| (seen.top..=seen.foot).contains(&y)) {
                        self.text(text, at);
                    }
                }
                FrameItem::Image(_, size, _) => {
                    let end = (*position + size.to_point()).transform(transform);
                    let part = self.open.last().map(|(_, part)| *part);
                    self.page.images.push(Image { part, rect: rect(at, end) });
                }
                FrameItem::Tag(Tag::Start(content, _)) => {
                    if let Some(part) = content.to_packed::<PartElem>() {
                        self.open.push((content.location(), self.page.parts.len()));
                        let (key, role) = (part.key.to_string(), part.role.to_string());
                        self.page.parts.push(Part { key, role });
                    }
                }
                FrameItem::Tag(Tag::End(location, ..))
                    if self.open.last().is_some_and(|(open, _)| *open == Some(*location)) =>
                {
                    self.open.pop();
                }
                _ => {}
            }
        }
    }

    /// Cuts shaped text where what it prints changes.
    fn text(&mut self, item: &TextItem, at: Point) {
        let (part, leg) = (self.open.last().map(|(_, part)| *part), self.leg);
        let mut x = at.x;
        let mut before = None;
        // A mark that another face has is a run of type of its own.
        let mut over = self.over.take();
        for glyph in &item.glyphs {
            let left = x;
            x += glyph.x_advance.at(item.size);
            let text = &item.text[glyph.range()];
            let lettered = text.contains(char::is_alphanumeric);
            let source = self.files.story(glyph.span.0).map(|(story, span)| Source {
                story,
                span,
                from: u32::from(glyph.span.1),
            });
            // A letter and its marks may be several glyphs that each stand for all of it.
            let cluster = (source, glyph.range());
            let marked = text.chars().nth(1).is_some();
            let whole = source.filter(|_| marked).map(|source| (source, text.len()));
            let again = source.is_some() && before.as_ref() == Some(&cluster)
                || whole.is_some() && over == whole;
            (before, over) = (Some(cluster), whole);
            if let Some(last) = self.page.marks.last_mut().filter(|_| again || left != at.x) {
                let follows = match (last.source, source) {
                    (None, None) => true,
                    (Some(a), Some(b)) => {
                        let end = a.from as usize + last.text.len();
                        (a.story, a.span) == (b.story, b.span) && end == b.from as usize
                    }
                    _ => false,
                };
                if again || follows {
                    last.right = x.to_pt();
                    if lettered {
                        let first = last.letters.map_or(left.to_pt(), |(first, _)| first);
                        last.letters = Some((first, last.right));
                    }
                    if !again {
                        last.text.push_str(text);
                    }
                    continue;
                }
            }
            let (left, right, y) = (left.to_pt(), x.to_pt(), at.y.to_pt());
            let (size, text) = (item.size.to_pt(), text.to_string());
            let letters = lettered.then_some((left, right));
            self.page.marks.push(Mark { part, leg, left, right, letters, y, size, text, source });
        }
        self.over = over;
    }
}

fn rect(start: Point, end: Point) -> Rect {
    Rect { left: start.x.to_pt(), top: start.y.to_pt(), right: end.x.to_pt(), foot: end.y.to_pt() }
}
