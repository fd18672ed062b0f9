//! Builds the tree of blocks from Markdown and raw HTML alike.
//!
//! Both say the same few things: a block opens or closes, a line goes on, text comes. HTML is
//! often unbalanced, so closing looks for what it closes and does nothing where it finds nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::inlines::{LOST_PICTURE, flatten, is_caption, tidy, trim_breaks, visible, without_emphasis};
use super::pictures::Mention;
use super::pull;
use super::runs::{LONGEST_RUN, Map};
use super::scope::Scope;
use super::story::{Align, Block, Inline, PullQuote, Run};
use super::tags::{MASK, Masked, TagKind};
use super::words;

/// Deeper blocks are set as if they were at this depth: no page shows more.
const MOST_DEPTH: usize = 64;

/// The same for emphasis in emphasis.
const MOST_INLINES: usize = 32;

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
    /// A heading.
    Heading(u8),
    /// A picture with its caption.
    Figure(Vec<Inline>),
    /// The caption.
    Caption,
    /// Text whose line ends count.
    Pre(Vec<Run>),
    /// Anything else that only groups.
    Group,
}

/// A table as far as it was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct TableParts {
    /// The alignment of each column.
    pub(crate) align: Vec<Align>,
    /// The head row.
    pub(crate) head: Vec<Vec<Inline>>,
    /// The other rows.
    pub(crate) rows: Vec<Vec<Vec<Inline>>>,
    /// The row that is open.
    pub(crate) row: Vec<Vec<Inline>>,
    /// Whether the open row is the head.
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
    /// A link; without an address it is plain text.
    Link(Option<String>),
}

struct Frame {
    kind: Kind,
    blocks: Vec<Block>,
    markdown: bool,
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
    frames: Vec<Frame>,
    line: Vec<Inline>,
    open: Vec<OpenStyle>,
    too_deep: Vec<(std::mem::Discriminant<Kind>, bool)>,
    ignored_styles: Vec<std::mem::Discriminant<Style>>,
    pending: Vec<Block>,
    /// Whether a picture began the line that is open.
    pictured: bool,
    labels: Vec<String>,
    definitions: BTreeMap<String, (Vec<Block>, Range<usize>)>,
    quotes: Vec<PullQuote>,
    first_quote: usize,
}

impl<'b, 'a> Builder<'b, 'a> {
    /// Begins with an empty body; `first_quote` is the number of its first pull-quote.
    pub(crate) fn new(scope: &'b mut Scope<'a>, map: &'b Map, masked: &'b Masked, first_quote: usize) -> Self {
        Self {
            scope,
            map,
            masked,
            skip_until: 0,
            never_closed: BTreeSet::new(),
            frames: vec![Frame { kind: Kind::Root, blocks: vec![], markdown: true }],
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
            notes.push(self.definitions.remove(label).map(|(blocks, _)| blocks).unwrap_or_default());
        }
        for (label, (blocks, range)) in std::mem::take(&mut self.definitions) {
            self.scope
                .warning("unused-note", range, format!("nothing in the story refers to the note “{label}”"))
                .add_hint(format!("it is printed as the last note; write [^{label}] where it belongs"));
            notes.push(blocks);
        }
        notes.iter_mut().for_each(without_lost);
        Built { blocks, notes, quotes: self.quotes }
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
        self.flush();
        self.open.clear();
        self.ignored_styles.clear();
    }

    fn paragraph(&mut self, line: Vec<Inline>) {
        let before = self.frames.last().and_then(|frame| frame.blocks.last());
        if let Some(Block::Picture(number)) = before.filter(|_| self.pictured) {
            let number = *number;
            if is_caption(&line) && self.scope.pictures.wants_caption(number) {
                self.scope.pictures.set_caption(number, without_emphasis(line));
                return;
            }
        }
        self.push(Block::Paragraph(line));
    }

    fn push(&mut self, block: Block) {
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
        if self.frames.len() >= MOST_DEPTH {
            self.too_deep.push((std::mem::discriminant(&kind), markdown));
            if self.scope.first("too-deep") {
                let place = self.place(&at);
                self.scope
                    .warning("too-deep", place, format!("this is nested more than {MOST_DEPTH} deep"))
                    .add_hint("what is deeper is printed at that depth; nest it less");
            }
            return;
        }
        self.frames.push(Frame { kind, blocks: vec![], markdown });
    }

    /// Whether a block of a kind is open, counting from the innermost up to a barrier.
    pub(crate) fn is_open(&self, wanted: impl Fn(&Kind) -> bool, barrier: impl Fn(&Kind) -> bool) -> bool {
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

    /// Closes the innermost block of a kind; HTML can't close what Markdown opened.
    pub(crate) fn close(&mut self, wanted: impl Fn(&Kind) -> bool, sample: &Kind, markdown: bool) {
        self.flush();
        if self.too_deep.last() == Some(&(std::mem::discriminant(sample), markdown)) {
            self.too_deep.pop();
            return;
        }
        let found = self.frames.iter().rposition(|frame| wanted(&frame.kind) && frame.markdown == markdown);
        let Some(found) = found.filter(|found| *found > 0) else { return };
        if !markdown && self.frames[found + 1..].iter().any(|frame| frame.markdown) {
            return;
        }
        while self.frames.len() > found {
            self.close_top();
        }
    }

    fn close_top(&mut self) {
        self.flush();
        let Some(Frame { kind, mut blocks, .. }) = self.frames.pop() else { return };
        let depth = self.frames.len();
        self.open.retain(|open| open.depth <= depth);
        match kind {
            Kind::Root | Kind::Group => blocks.into_iter().for_each(|block| self.push(block)),
            Kind::Quote => self.end_quote(blocks),
            Kind::List { start, items } => {
                if !items.is_empty() {
                    self.push(Block::List { start, items });
                }
            }
            Kind::Item => self.end_item(blocks),
            Kind::Table(parts) => self.end_table(parts, blocks),
            Kind::Cell => {
                let mut pictures = vec![];
                let cell = flatten(blocks, &mut pictures);
                if let Some(frame) = self.frames.last_mut() {
                    frame.blocks.extend(pictures);
                    if let Kind::Table(parts) = &mut frame.kind {
                        parts.row.push(cell);
                    } else if visible(&cell) {
                        frame.blocks.push(Block::Paragraph(cell));
                    }
                }
            }
            Kind::Note(label, at) => {
                self.definitions.insert(label, (blocks, at));
            }
            Kind::Heading(level) => {
                let mut pictures = vec![];
                let text = flatten(std::mem::take(&mut blocks), &mut pictures);
                if visible(&text) {
                    self.push(Block::Subhead { level, text });
                }
                pictures.into_iter().for_each(|block| self.push(block));
            }
            Kind::Figure(caption) => self.end_figure(blocks, caption),
            Kind::Caption => self.end_caption(blocks),
            Kind::Pre(lines) => {
                if lines.iter().any(|line| !line.text.trim().is_empty()) {
                    self.push(Block::Code(lines));
                }
            }
        }
    }

    fn end_quote(&mut self, mut blocks: Vec<Block>) {
        match pull::read(&mut blocks, self.scope) {
            Some(quote) => {
                let number = self.first_quote + self.quotes.len();
                self.quotes.push(quote);
                self.push(Block::PullQuote(number));
            }
            None if !blocks.is_empty() => self.push(Block::Quote(blocks)),
            None => {}
        }
    }

    fn end_item(&mut self, blocks: Vec<Block>) {
        if blocks.is_empty() {
            return;
        }
        match self.frames.last_mut().map(|frame| &mut frame.kind) {
            Some(Kind::List { items, .. }) => items.push(blocks),
            _ => self.push(Block::List { start: None, items: vec![blocks] }),
        }
    }

    /// Ends the open row of the innermost table.
    pub(crate) fn end_row(&mut self) {
        self.flush();
        let Some(Frame { kind: Kind::Table(parts), .. }) = self.frames.last_mut() else { return };
        let row = std::mem::take(&mut parts.row);
        if !row.iter().any(|cell| visible(cell)) {
            return;
        }
        if parts.in_head && parts.head.is_empty() && parts.rows.is_empty() {
            parts.head = row;
        } else {
            parts.rows.push(row);
        }
    }

    /// The innermost block, if it is a table.
    pub(crate) fn table(&mut self) -> Option<&mut TableParts> {
        match self.frames.last_mut().map(|frame| &mut frame.kind) {
            Some(Kind::Table(parts)) => Some(parts),
            _ => None,
        }
    }

    fn end_table(&mut self, mut parts: TableParts, blocks: Vec<Block>) {
        if !parts.row.is_empty() {
            let row = std::mem::take(&mut parts.row);
            parts.rows.push(row);
        }
        let (pictures, text): (Vec<_>, Vec<_>) = blocks.into_iter().partition(|block| matches!(block, Block::Picture(_)));
        text.into_iter().for_each(|block| self.push(block));
        let TableParts { mut align, mut head, mut rows, .. } = parts;
        let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
        align.resize(columns, Align::Start);
        if !head.is_empty() {
            head.resize(columns, vec![]);
        }
        rows.iter_mut().for_each(|row| row.resize(columns, vec![]));
        if columns > 0 {
            self.push(Block::Table { align, head, rows });
        }
        pictures.into_iter().for_each(|block| self.push(block));
    }

    fn end_figure(&mut self, blocks: Vec<Block>, caption: Vec<Inline>) {
        let last = blocks.iter().rev().find_map(|block| match block {
            Block::Picture(number) => Some(*number),
            _ => None,
        });
        blocks.into_iter().for_each(|block| self.push(block));
        if !visible(&caption) {
            return;
        }
        match last {
            Some(number) if self.scope.pictures.wants_caption(number) => self.scope.pictures.set_caption(number, caption),
            _ => self.push(Block::Paragraph(caption)),
        }
    }

    fn end_caption(&mut self, blocks: Vec<Block>) {
        let mut pictures = vec![];
        let caption = flatten(blocks, &mut pictures);
        pictures.into_iter().for_each(|block| self.push(block));
        if !visible(&caption) {
            return;
        }
        if let Some(Frame { kind: Kind::Figure(all), .. }) = self.frames.last_mut() {
            if !all.is_empty() {
                all.push(Inline::Break);
            }
            all.extend(caption);
            return;
        }
        match self.frames.last().and_then(|frame| frame.blocks.last()) {
            Some(Block::Picture(number)) if self.scope.pictures.wants_caption(*number) => {
                let number = *number;
                self.scope.pictures.set_caption(number, caption);
            }
            _ => self.push(Block::Paragraph(caption)),
        }
    }

    /// Opens an inline.
    pub(crate) fn style(&mut self, style: Style) {
        if self.open.len() >= MOST_INLINES {
            self.ignored_styles.push(std::mem::discriminant(&style));
            return;
        }
        let before = std::mem::take(&mut self.line);
        self.open.push(OpenStyle { style, before, depth: self.frames.len() });
    }

    /// Closes the innermost inline of a kind.
    pub(crate) fn end_style(&mut self, sample: &Style) {
        let kind = std::mem::discriminant(sample);
        if self.ignored_styles.last() == Some(&kind) {
            self.ignored_styles.pop();
            return;
        }
        let Some(found) = self.open.iter().rposition(|open| std::mem::discriminant(&open.style) == kind) else { return };
        while self.open.len() > found {
            if let Some(open) = self.open.pop() {
                self.wrap(open);
            }
        }
    }

    fn wrap(&mut self, open: OpenStyle) {
        let inner = std::mem::replace(&mut self.line, open.before);
        if inner.is_empty() {
            return;
        }
        match open.style {
            Style::Emph => self.line.push(Inline::Emph(inner)),
            Style::Strong => self.line.push(Inline::Strong(inner)),
            Style::Strike => self.line.push(Inline::Strike(inner)),
            Style::Super => self.line.push(Inline::Super(inner)),
            Style::Sub => self.line.push(Inline::Sub(inner)),
            Style::Link(Some(url)) => self.line.push(Inline::Link { url, text: inner }),
            Style::Code | Style::Link(None) => self.line.extend(inner),
        }
    }

    /// A break inside of a line.
    pub(crate) fn line_break(&mut self) {
        if self.frames.last().is_some_and(|frame| matches!(frame.kind, Kind::Pre(_))) {
            return;
        }
        self.line.push(Inline::Break);
    }

    /// The mark of a note.
    pub(crate) fn note(&mut self, label: &str) {
        let number = self.labels.iter().position(|known| known == label).unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.labels.len() - 1
        });
        self.line.push(Inline::Note(u32::try_from(number + 1).unwrap_or(u32::MAX)));
    }

    /// Text; where it holds masked tags, they are met here.
    pub(crate) fn text(&mut self, text: &str, range: Range<usize>) {
        if range.start < self.skip_until {
            return;
        }
        if let Some(Frame { kind: Kind::Pre(_), .. }) = self.frames.last() {
            self.code(text, range);
            return;
        }
        if !text.contains(MASK) {
            self.plain(text, range);
            return;
        }
        let same = self.masked.text.get(range.clone()) == Some(text);
        let mut at = 0;
        let mut tag = self.masked.tags.partition_point(|tag| tag.range.start < range.start);
        while at < text.len() {
            let rest = &text[at..];
            let length = rest.find(MASK).unwrap_or(rest.len());
            if length > 0 {
                let place = if same { range.start + at..range.start + at + length } else { range.clone() };
                self.plain(&rest[..length], place);
                at += length;
                continue;
            }
            let Some(next) = self.masked.tags.get(tag).filter(|next| next.range.start < range.end.max(range.start + 1)) else {
                at += 1;
                continue;
            };
            let (kind, place) = (next.kind.clone(), next.range.clone());
            at += rest.bytes().take(place.len()).take_while(|byte| *byte == MASK as u8).count().max(1);
            tag += 1;
            self.tag(kind, &place);
        }
    }

    fn tag(&mut self, kind: TagKind, place: &Range<usize>) {
        match kind {
            TagKind::Picture(parts) => {
                if let Some(mention) = Mention::of_tag(&parts, place, self.scope, self.map) {
                    self.picture(mention);
                }
            }
            TagKind::Page { key, .. } => {
                let line = self.scope.page(&key);
                self.line.extend(line);
            }
            TagKind::Unknown { .. } | TagKind::Quiet => {}
        }
    }

    fn plain(&mut self, text: &str, range: Range<usize>) {
        let code = self.open.iter().any(|open| open.style == Style::Code);
        let text = if code { words::printable(text) } else { words::with_emoji(words::printable(text)) };
        let mut rest = &*text;
        let mut start = range.start;
        while !rest.is_empty() {
            let mut length = rest.len().min(LONGEST_RUN);
            while !rest.is_char_boundary(length) {
                length -= 1;
            }
            let last = length == rest.len();
            let end = if last { range.end } else { (start + length).min(range.end) };
            let place = self.place(&(start..end));
            let run = self.scope.run(&rest[..length], place);
            self.line.push(if code { Inline::Code(run) } else { Inline::Text(run) });
            rest = &rest[length..];
            start = end;
        }
    }

    /// Code inside of a line.
    pub(crate) fn inline_code(&mut self, text: &str, range: Range<usize>) {
        if range.start >= self.skip_until {
            let place = self.place(&range);
            let run = self.scope.run(words::printable(text), place);
            self.line.push(Inline::Code(run));
        }
    }

    /// Lines of a block of code.
    pub(crate) fn code(&mut self, text: &str, range: Range<usize>) {
        let same = text.len() == range.len();
        let mut start = 0;
        let mut lines = vec![];
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            let place = if same { range.start + start..range.start + end } else { range.clone() };
            let place = self.place(&place);
            let shown = words::code_line(line);
            lines.push((self.scope.run(shown, place), line.ends_with('\n')));
            start = end;
        }
        let Some(Frame { kind: Kind::Pre(all), .. }) = self.frames.last_mut() else { return };
        for (run, _) in lines {
            all.push(run);
        }
    }

    /// A picture: where text stands before it on its line, after that.
    pub(crate) fn picture(&mut self, mention: Mention) {
        let number = self.scope.add_picture(mention).unwrap_or(LOST_PICTURE);
        let begun = visible(&self.line) || self.open.iter().any(|open| visible(&open.before));
        if begun {
            self.pending.push(Block::Picture(number));
        } else {
            self.push(Block::Picture(number));
            self.pictured = true;
        }
    }

    /// An emphasised paragraph right after a picture is its caption; the last paragraph of a story
    /// is a note about the story instead, and after a picture that could not be had it stays text.
    fn captions(&mut self, blocks: &mut Vec<Block>) {
        let mut at = 0;
        while at + 2 < blocks.len() {
            let number = match (&blocks[at], &blocks[at + 1]) {
                (Block::Picture(number), Block::Paragraph(line)) if *number != LOST_PICTURE && is_caption(line) => Some(*number),
                _ => None,
            };
            at += 1;
            let Some(number) = number.filter(|number| self.scope.pictures.wants_caption(*number)) else { continue };
            if let Block::Paragraph(line) = blocks.remove(at) {
                self.scope.pictures.set_caption(number, without_emphasis(line));
            }
        }
    }
}

/// Takes out what stood for pictures that could not be had.
fn without_lost(blocks: &mut Vec<Block>) {
    blocks.retain_mut(|block| match block {
        Block::Picture(number) => *number != LOST_PICTURE,
        Block::Quote(inner) => {
            without_lost(inner);
            !inner.is_empty()
        }
        Block::List { items, .. } => {
            items.retain_mut(|item| {
                without_lost(item);
                !item.is_empty()
            });
            !items.is_empty()
        }
        _ => true,
    });
}
