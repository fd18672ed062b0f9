//! Builds the tree of blocks from Markdown and raw HTML alike.
//!
//! Both say the same few things: a block opens or closes, a line goes on, text comes. HTML is
//! often unbalanced, so closing looks for what it closes and does nothing where it finds nothing.

mod closing;
mod line;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::elements::OpenElements;
use super::inlines::{
    LOST_PICTURE, is_caption, is_short, tidy, trim_breaks, visible, without_emphasis,
};
use super::runs::Map;
use super::scope::Scope;
use super::story::{Align, Block, Inline, LinkTo, PullQuote, block_runs};
use super::table::{ReadCell, ReadRow, Shape};
use super::tags::{Masked, TagKind};
use crate::diag::{Code, Span};
use closing::without_lost;

/// No more blocks are open at a time, whatever they are.
const MOST_DEPTH: usize = 64;

/// Deeper lists, quotes and notes are set as if they were at this depth. Typst takes some 27 levels
/// in the themes that we have, fewer where there is emphasis in them, and no page shows as many.
const MOST_NESTED: usize = 12;

/// The same for emphasis in emphasis.
const MOST_INLINES: usize = 12;

/// A block that is open.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// The body.
    Root,
    /// A block quote.
    Quote,
    /// A list with its items so far.
    List {
        /// The first number.
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
    /// A footnote's text.
    Note(String, Range<usize>),
    /// A heading and the name that the writer gave it.
    Heading(u8, Option<String>),
    /// A picture with its caption.
    Figure(Vec<Inline>),
    /// The caption.
    Caption,
    /// Text whose line ends count.
    Pre(Vec<PreLine>),
    /// Anything else that only groups.
    Group,
}

/// A line of text whose line ends count, as far as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PreLine {
    /// Its text, the line's end included.
    pub(crate) text: String,
    /// Where it stands in the file.
    pub(crate) place: Range<usize>,
}

/// A table as far as it was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct TableParts {
    /// The alignment of each column.
    pub(crate) align: Vec<Align>,
    /// Its rows.
    pub(crate) rows: Vec<ReadRow>,
    /// The cells of the row that is open.
    pub(crate) row: Vec<ReadCell>,
    /// How the cell that is open stands in it.
    pub(crate) shape: Shape,
    /// Whether the open row is in the head.
    pub(crate) in_head: bool,
}

/// An inline that is open.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Style {
    /// Emphasis.
    Emph,
    /// Strong emphasis.
    Strong,
    /// Struck out.
    Strike,
    /// Raised.
    Super,
    /// Lowered.
    Sub,
    /// Code.
    Code,
    /// A link; one that leads nowhere is plain text.
    Link(Option<LinkTo>),
}

struct Frame {
    kind: Kind,
    blocks: Vec<Block>,
    markdown: bool,
    /// Whether nothing in the text closes it, so that it ends with the lines it stands in.
    forgotten: bool,
}

/// The text of a note.
struct Definition {
    /// Its label as it is written.
    label: String,
    blocks: Vec<Block>,
    /// Where it stands in the file.
    place: Range<usize>,
}

struct OpenStyle {
    style: Style,
    before: Vec<Inline>,
    depth: usize,
}

/// What was built.
#[derive(Debug, Default)]
pub(crate) struct Built {
    /// The body.
    pub(crate) blocks: Vec<Block>,
    /// The notes in the order of their first mention.
    pub(crate) notes: Vec<Vec<Block>>,
    /// The body's pull-quotes.
    pub(crate) quotes: Vec<PullQuote>,
    /// Where the blocks stand that may go.
    pub(crate) optional: Vec<Span>,
}

/// Builds blocks.
pub(crate) struct Builder<'b, 'a> {
    /// The file.
    pub(crate) scope: &'b mut Scope<'a>,
    /// From the text that is read to the file.
    pub(crate) map: &'b Map,
    /// The text that is read, its tags masked.
    pub(crate) masked: &'b Masked,
    /// Text before this byte is inside of something that is not printed.
    pub(crate) skip_until: usize,
    /// Elements without an end tag in the rest of the text, so that it is searched once.
    pub(crate) never_closed: BTreeSet<String>,
    /// The elements that blocks of HTML opened.
    pub(crate) elements: OpenElements,
    /// The `div`s that are open: whether each is a picture with its caption.
    pub(crate) divs: Vec<bool>,
    frames: Vec<Frame>,
    line: Vec<Inline>,
    open: Vec<OpenStyle>,
    /// The blocks that are open and too deep to be set as what they are, each with whether Markdown
    /// opened it.
    too_deep: Vec<(Kind, bool)>,
    ignored_styles: Vec<std::mem::Discriminant<Style>>,
    pending: Vec<Block>,
    /// The picture that was met last.
    last_picture: Option<usize>,
    /// Whether a picture began the line that is open.
    pictured: bool,
    labels: Vec<String>,
    definitions: BTreeMap<String, Definition>,
    quotes: Vec<PullQuote>,
    first_quote: usize,
    /// The mark that the next block may go, until that comes.
    may_go: Option<Range<usize>>,
    optional: Vec<Span>,
}

impl<'b, 'a> Builder<'b, 'a> {
    /// Begins with an empty body; `first_quote` is the number of its first pull-quote.
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
                kind: Kind::Root,
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

    /// Ends the body.
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

    /// The bytes of the file for bytes of the text.
    pub(crate) fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.map.range(range.clone())
    }

    /// Ends the line; what is on it becomes a paragraph.
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

    /// Ends the line and whatever was left open on it.
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
            // A picture that could not be had takes its caption along, but nothing longer.
            let lost = number == LOST_PICTURE && !is_short(&line);
            if is_caption(&line) && !lost && self.scope.pictures.wants_caption(number) {
                self.scope.pictures.set_caption(number, without_emphasis(line));
                return;
            }
        }
        self.push(Block::Paragraph(line));
    }

    /// Whether text is taken as it is written, as in a listing.
    pub(crate) fn is_verbatim(&self) -> bool {
        let pre = self.frames.last().is_some_and(|frame| matches!(frame.kind, Kind::Pre(_)));
        pre || self.open.iter().any(|open| open.style == Style::Code)
    }

    /// Marks the next block as one that may go.
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

    /// Notes where a block of the body stands, if it was marked.
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
            Kind::List { items, .. } => items.push(vec![block]),
            _ => frame.blocks.push(block),
        }
    }

    /// A block without an inside.
    pub(crate) fn leaf(&mut self, block: Block) {
        self.flush();
        self.push(block);
    }

    /// Opens a block.
    pub(crate) fn open(&mut self, kind: Kind, markdown: bool, at: Range<usize>) {
        self.flush();
        let nests = |kind: &Kind| matches!(kind, Kind::Quote | Kind::List { .. } | Kind::Note(..));
        let depth = self.frames.iter().filter(|frame| nests(&frame.kind)).count();
        // The items of a list that is no list are none.
        let in_flat_list = kind == Kind::Item
            && self.too_deep.last().is_some_and(|(kind, _)| matches!(kind, Kind::List { .. }));
        if self.frames.len() >= MOST_DEPTH || nests(&kind) && depth >= MOST_NESTED || in_flat_list {
            self.too_deep.push((kind, markdown));
            self.say_too_deep(&at);
            return;
        }
        self.frames.push(Frame { kind, blocks: vec![], markdown, forgotten: false });
    }

    /// Says once where a story is nested too deep.
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

    /// Whether a block of a kind is open, counting from the innermost up to a barrier.
    pub(crate) fn is_open(
        &self,
        wanted: impl Fn(&Kind) -> bool,
        barrier: impl Fn(&Kind) -> bool,
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

    /// Whether an element that begins there is closed anywhere below.
    pub(crate) fn is_closed(&mut self, name: &str, range: &Range<usize>) -> bool {
        if self.elements.ends_after(&self.masked.text, name, range.start) {
            return true;
        }
        // The end of an element in which Markdown stands was masked.
        self.masked.tags.iter().any(|tag| {
            matches!(tag.kind, TagKind::Html)
                && tag.range.start > range.start
                && self.scope.source.get(self.place(&tag.range)).is_some_and(|written| {
                    let end = written.strip_prefix("</").unwrap_or_default();
                    end.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name))
                })
        })
    }

    /// Lets the block that HTML opened last end with the lines it stands in.
    pub(crate) fn ends_with_its_block(&mut self) {
        let last = self.frames.last_mut().filter(|frame| !frame.markdown);
        if let Some(frame) = last.filter(|_| self.too_deep.is_empty()) {
            frame.forgotten = true;
        }
    }

    /// Closes what HTML opened in the lines that end here and nothing else closes.
    pub(crate) fn close_forgotten(&mut self) {
        let outer = self.frames.iter().rposition(|frame| frame.markdown).unwrap_or(0);
        let inner = &self.frames[outer + 1..];
        if let Some(first) = inner.iter().position(|frame| frame.forgotten) {
            while self.frames.len() > outer + 1 + first {
                self.close_top();
            }
        }
    }

    /// Closes the innermost block of a kind; HTML can't close what Markdown opened.
    pub(crate) fn close(&mut self, wanted: impl Fn(&Kind) -> bool, sample: &Kind, markdown: bool) {
        self.flush();
        let same = |kind: &Kind| std::mem::discriminant(kind) == std::mem::discriminant(sample);
        if self.too_deep.last().is_some_and(|(kind, by)| same(kind) && *by == markdown) {
            self.too_deep.pop();
            return;
        }
        let found =
            self.frames.iter().rposition(|frame| wanted(&frame.kind) && frame.markdown == markdown);
        let Some(found) = found.filter(|found| *found > 0) else { return };
        if !markdown && self.frames[found + 1..].iter().any(|frame| frame.markdown) {
            return;
        }
        while self.frames.len() > found {
            self.close_top();
        }
    }
}
