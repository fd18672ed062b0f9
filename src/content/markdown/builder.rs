//! Builds the tree of blocks, for Markdown and raw HTML alike.
//!
//! Both readers call the same few methods: a block opens or closes, a line continues, text follows.
//! HTML is often unbalanced, so closing looks for the block that it closes and does nothing if it
//! finds none.

mod closing;
mod from_tags;
mod line;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::html_elements::OpenElements;
use super::table_rows::{ReadCell, ReadRow, Shape};
use super::tags::{Masked, TagKind};
use crate::content::model::inlines::{
    LOST_PICTURE, is_caption, is_short, tidy, trim_breaks, without_emphasis, without_lost,
};
use crate::content::model::style::Style;
use crate::content::model::visible;
use crate::content::model::{Align, Block, Inline, PullQuote, block_runs};
use crate::content::syntax::runs::Map;
use crate::content::syntax::scope::Scope;
use crate::diag::{Code, Span};

/// The most blocks of any kind that are open at a time.
const MOST_DEPTH: usize = 64;

/// The deepest nesting of lists, quotes and notes. Deeper ones are set as if they were at this
/// depth. Typst fails at about 27 levels in the built-in themes, earlier with emphasis inside, and
/// no page can show that many.
const MOST_NESTED: usize = 12;

/// The deepest nesting of emphasis and other inlines.
const MOST_INLINES: usize = 12;

/// A block that is open.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum BlockKind {
    /// The body of the story.
    Root,
    /// A block quote.
    Quote,
    /// A list, with its items so far.
    List {
        /// The first number, if the list is numbered.
        start: Option<u64>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// An item of a list.
    Item,
    /// A table.
    Table(TableParts),
    /// A cell of a table.
    Cell,
    /// The text of a footnote: its label, and its place in the file.
    Note(String, Range<usize>),
    /// A heading: its level, and the anchor that the writer gave it.
    Heading(u8, Option<String>),
    /// A picture with its caption. Holds the caption so far.
    Figure(Vec<Inline>),
    /// The caption of a figure or table.
    Caption,
    /// Preformatted text, in which line ends count.
    Pre(Vec<PreLine>),
    /// Any other element that only groups blocks.
    Group,
}

/// A line of preformatted text, as far as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PreLine {
    /// Its text, including the line's end.
    pub(crate) text: String,
    /// Its bytes in the file.
    pub(crate) place: Range<usize>,
}

/// A table, as far as it is read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct TableParts {
    /// The alignment of each column.
    pub(crate) align: Vec<Align>,
    /// Its rows.
    pub(crate) rows: Vec<ReadRow>,
    /// The cells of the open row.
    pub(crate) row: Vec<ReadCell>,
    /// How many columns and rows the open cell takes, and whether it is a heading.
    pub(crate) shape: Shape,
    /// Whether the open row belongs to the table's head.
    pub(crate) in_head: bool,
}

struct Frame {
    kind: BlockKind,
    blocks: Vec<Block>,
    markdown: bool,
    /// Whether the text never closes this block. It then ends with the block of HTML that it stands
    /// in.
    forgotten: bool,
}

/// A footnote's text.
struct Definition {
    /// The label, as written.
    label: String,
    blocks: Vec<Block>,
    /// The note's bytes in the file.
    place: Range<usize>,
}

struct OpenStyle {
    style: Style,
    before: Vec<Inline>,
    depth: usize,
}

/// The result of the builder.
#[derive(Debug, Default)]
pub(crate) struct Built {
    /// The body.
    pub(crate) blocks: Vec<Block>,
    /// The footnotes, in the order in which the body first refers to them.
    pub(crate) notes: Vec<Vec<Block>>,
    /// The body's pull-quotes.
    pub(crate) quotes: Vec<PullQuote>,
    /// The spans of the blocks that the writer marked as optional.
    pub(crate) optional: Vec<Span>,
}

/// Builds the tree of a body.
pub(crate) struct Builder<'b, 'a> {
    /// The state of the file that is read.
    pub(crate) scope: &'b mut Scope<'a>,
    /// Maps the text to its bytes in the file.
    pub(crate) map: &'b Map,
    /// The text, with its tags masked.
    pub(crate) masked: &'b Masked,
    /// Text before this byte offset stands inside an element that is not printed.
    pub(crate) skip_until: usize,
    /// The names of elements that have no end tag in the rest of the text, so that the search is
    /// made only once for each name.
    pub(crate) never_closed: BTreeSet<String>,
    /// The elements that blocks of HTML have opened.
    pub(crate) elements: OpenElements,
    /// The `div`s that are open: for each, whether it is a figure.
    pub(crate) divs: Vec<bool>,
    frames: Vec<Frame>,
    line: Vec<Inline>,
    open: Vec<OpenStyle>,
    /// The open blocks that are too deep and are not set as what they are. The `bool` says whether
    /// Markdown opened the block.
    too_deep: Vec<(BlockKind, bool)>,
    ignored_styles: Vec<std::mem::Discriminant<Style>>,
    pending: Vec<Block>,
    /// The index of the last picture.
    last_picture: Option<usize>,
    /// Whether the open line began with a picture.
    pictured: bool,
    labels: Vec<String>,
    definitions: BTreeMap<String, Definition>,
    quotes: Vec<PullQuote>,
    first_quote: usize,
    /// The mark that makes the next block optional, until that block comes.
    may_go: Option<Range<usize>>,
    optional: Vec<Span>,
}

impl<'b, 'a> Builder<'b, 'a> {
    /// Starts with an empty body. `first_quote` is the index that its first pull-quote gets.
    pub(crate) fn new(
        scope: &'b mut Scope<'a>,
        map: &'b Map,
        masked: &'b Masked,
        first_quote: usize,
    ) -> Self {
        Self {
            scope,
            map,
            masked,
            skip_until: 0,
            never_closed: BTreeSet::new(),
            elements: OpenElements::default(),
            divs: vec![],
            last_picture: None,
            frames: vec![Frame {
                kind: BlockKind::Root,
                blocks: vec![],
                markdown: true,
                forgotten: false,
            }],
            line: vec![],
            open: vec![],
            too_deep: vec![],
            ignored_styles: vec![],
            pending: vec![],
            pictured: false,
            labels: vec![],
            definitions: BTreeMap::new(),
            quotes: vec![],
            first_quote,
            may_go: None,
            optional: vec![],
        }
    }

    /// Closes everything, adds the footnotes, and returns the body.
    pub(crate) fn finish(mut self) -> Built {
        self.too_deep.clear();
        while self.frames.len() > 1 {
            self.close_top();
        }
        self.flush();
        let mut blocks = self.frames.pop().map(|frame| frame.blocks).unwrap_or_default();
        self.captions(&mut blocks);
        without_lost(&mut blocks);
        let mut notes: Vec<Vec<Block>> = vec![];
        for label in &self.labels {
            let found = self.definitions.remove(label);
            notes.push(found.map(|found| found.blocks).unwrap_or_default());
        }
        let unused = std::mem::take(&mut self.definitions).into_values();
        for Definition { label, blocks, place } in unused {
            self.scope
                .warning(
                    Code::UnusedNote,
                    place,
                    format!("the story never refers to the note “{label}”; it is printed as the last note"),
                )
                .add_hint(format!(
                    "write [^{label}] in the text where the note belongs"
                ));
            notes.push(blocks);
        }
        notes.iter_mut().for_each(without_lost);
        if let Some(mark) = self.may_go.take() {
            self.useless_mark(mark);
        }
        Built { blocks, notes, quotes: self.quotes, optional: self.optional }
    }

    /// The bytes in the file of these bytes of the text.
    pub(crate) fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.map.range(range.clone())
    }

    /// Ends the line and adds its text as a paragraph. Open styles continue on the next line.
    pub(crate) fn flush(&mut self) {
        let mut again = vec![];
        while let Some(open) = self.open.pop() {
            again.push((open.style.clone(), open.depth));
            self.wrap(open);
        }
        let mut line = std::mem::take(&mut self.line);
        tidy(&mut line);
        trim_breaks(&mut line);
        if visible(&line) {
            self.paragraph(line);
        }
        self.pictured = false;
        for block in std::mem::take(&mut self.pending) {
            self.push(block);
        }
        let depth = self.frames.len();
        for (style, opened) in again.into_iter().rev().filter(|(_, opened)| *opened <= depth) {
            self.open.push(OpenStyle { style, before: vec![], depth: opened });
        }
    }

    /// Ends the paragraph, with all styles that are still open.
    pub(crate) fn end_paragraph(&mut self) {
        self.close_forgotten();
        self.flush();
        self.open.clear();
        self.ignored_styles.clear();
    }

    fn paragraph(&mut self, line: Vec<Inline>) {
        let before = self.frames.last().and_then(|frame| frame.blocks.last());
        if let Some(Block::Picture(number)) = before.filter(|_| self.pictured) {
            let number = *number;
            // A picture that could not be found or read takes its caption along, but no longer
            // text.
            let lost = number == LOST_PICTURE && !is_short(&line);
            if is_caption(&line) && !lost && self.scope.pictures.wants_caption(number) {
                self.scope.pictures.set_caption(number, without_emphasis(line));
                return;
            }
        }
        self.push(Block::Paragraph(line));
    }

    /// Whether text keeps its line ends and blanks, as in a listing.
    pub(crate) fn is_verbatim(&self) -> bool {
        let pre = self.frames.last().is_some_and(|frame| matches!(frame.kind, BlockKind::Pre(_)));
        pre || self.open.iter().any(|open| open.style == Style::Code)
    }

    /// Marks the next block as optional.
    pub(crate) fn mark_optional(&mut self, range: Range<usize>) {
        let before = self.may_go.take();
        let nested = self.frames.len() > 1;
        before.into_iter().chain(nested.then(|| range.clone())).for_each(|m| self.useless_mark(m));
        if !nested {
            self.may_go = Some(range);
        }
    }

    fn useless_mark(&mut self, mark: Range<usize>) {
        let place = self.place(&mark);
        self.scope
            .warning(
                Code::UselessMark,
                place,
                "this mark of optional text has nothing below it to mark",
            )
            .add_hint(
                "put the mark on a line of its own above a paragraph, outside lists and quotes",
            );
    }

    /// Records the span of a block of the body if it is marked as optional.
    fn note_optional(&mut self, block: &Block) {
        if self.frames.len() > 1 || self.may_go.is_none() {
            return;
        }
        let mut spans = vec![];
        block_runs(block, &mut |run| spans.push(run.span));
        let first = spans.iter().min_by_key(|span| span.start).copied();
        let end = spans.iter().map(|span| span.end).max();
        if let Some((first, end)) = first.zip(end) {
            self.may_go = None;
            self.optional.push(Span { end, ..first });
        }
    }

    fn push(&mut self, block: Block) {
        self.note_optional(&block);
        let Some(frame) = self.frames.last_mut() else { return };
        match &mut frame.kind {
            BlockKind::List { items, .. } => items.push(vec![block]),
            _ => frame.blocks.push(block),
        }
    }

    /// Adds a block that has no content to open, such as a rule.
    pub(crate) fn leaf(&mut self, block: Block) {
        self.flush();
        self.push(block);
    }

    /// Opens a block. `markdown` is whether Markdown opens it, not HTML.
    pub(crate) fn open(&mut self, kind: BlockKind, markdown: bool, at: Range<usize>) {
        self.flush();
        let nests = |kind: &BlockKind| {
            matches!(kind, BlockKind::Quote | BlockKind::List { .. } | BlockKind::Note(..))
        };
        let depth = self.frames.iter().filter(|frame| nests(&frame.kind)).count();
        // If the list is too deep to be set as a list, neither are its items.
        let in_flat_list = kind == BlockKind::Item
            && self.too_deep.last().is_some_and(|(kind, _)| matches!(kind, BlockKind::List { .. }));
        if self.frames.len() >= MOST_DEPTH || nests(&kind) && depth >= MOST_NESTED || in_flat_list {
            self.too_deep.push((kind, markdown));
            self.say_too_deep(&at);
            return;
        }
        self.frames.push(Frame { kind, blocks: vec![], markdown, forgotten: false });
    }

    /// Warns once per file that the story is nested too deep.
    fn say_too_deep(&mut self, at: &Range<usize>) {
        if self.scope.first("too-deep") {
            let place = self.place(at);
            self.scope
                .warning(
                    Code::TooDeep,
                    place,
                    format!("lists or quotes are nested more than {MOST_NESTED} levels deep; what is deeper is printed at that level"),
                )
                .add_hint("nest them less deeply");
        }
    }

    /// Whether a block of this kind is open. The search goes from the innermost block outwards and
    /// ends at a barrier or at a block that Markdown opened.
    pub(crate) fn is_open(
        &self,
        wanted: impl Fn(&BlockKind) -> bool,
        barrier: impl Fn(&BlockKind) -> bool,
    ) -> bool {
        for (kind, markdown) in self.too_deep.iter().rev() {
            if wanted(kind) {
                return true;
            }
            if *markdown || barrier(kind) {
                return false;
            }
        }
        for frame in self.frames.iter().rev() {
            if wanted(&frame.kind) {
                return true;
            }
            if frame.markdown || barrier(&frame.kind) {
                return false;
            }
        }
        false
    }

    /// Whether an element that begins at `range` has an end tag after it.
    pub(crate) fn is_closed(&mut self, name: &str, range: &Range<usize>) -> bool {
        if self.elements.ends_after(&self.masked.text, name, range.start) {
            return true;
        }
        // The end tag of an element that holds Markdown was masked, so look at the file.
        self.masked.tags.iter().any(|tag| {
            matches!(tag.kind, TagKind::Html)
                && tag.range.start > range.start
                && self.scope.source.get(self.place(&tag.range)).is_some_and(|written| {
                    let end = written.strip_prefix("</").unwrap_or_default();
                    end.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name))
                })
        })
    }

    /// Makes the block that HTML opened last end with the block of HTML that it stands in.
    pub(crate) fn ends_with_its_block(&mut self) {
        let last = self.frames.last_mut().filter(|frame| !frame.markdown);
        if let Some(frame) = last.filter(|_| self.too_deep.is_empty()) {
            frame.forgotten = true;
        }
    }

    /// Closes the blocks that HTML opened in the current block and that have no end tag.
    pub(crate) fn close_forgotten(&mut self) {
        let outer = self.frames.iter().rposition(|frame| frame.markdown).unwrap_or(0);
        let inner = &self.frames[outer + 1..];
        if let Some(first) = inner.iter().position(|frame| frame.forgotten) {
            while self.frames.len() > outer + 1 + first {
                self.close_top();
            }
        }
    }

    /// Closes the innermost block of this kind that the same reader opened, Markdown or HTML. HTML
    /// can't close a block around one that Markdown opened.
    pub(crate) fn close(&mut self, sample: &BlockKind, markdown: bool) {
        self.flush();
        let same =
            |kind: &BlockKind| std::mem::discriminant(kind) == std::mem::discriminant(sample);
        if self.too_deep.last().is_some_and(|(kind, by)| same(kind) && *by == markdown) {
            self.too_deep.pop();
            return;
        }
        let found =
            self.frames.iter().rposition(|frame| same(&frame.kind) && frame.markdown == markdown);
        let Some(found) = found.filter(|found| *found > 0) else { return };
        if !markdown && self.frames[found + 1..].iter().any(|frame| frame.markdown) {
            return;
        }
        while self.frames.len() > found {
            self.close_top();
        }
    }
}
