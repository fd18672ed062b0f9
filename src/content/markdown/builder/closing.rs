//! Closes blocks: turns what was read into a block of the story, and gives pictures their captions.

use crate::diag::Code;
use std::collections::btree_map::Entry;
use std::ops::Range;

use super::{BlockKind, Builder, Definition, Frame, PreLine, TableParts};
use crate::content::markdown::pull;
use crate::content::markdown::table_rows;
use crate::content::markdown::table_rows::{ReadCell, ReadRow};
use crate::content::model::inlines::{
    LOST_PICTURE, flatten, is_caption, is_short, without_emphasis,
};
use crate::content::model::visible;
use crate::content::model::{Block, Inline, block_runs};
use crate::content::syntax::wording;

/// The most characters of a subhead. A longer one is a paragraph that was marked as a subhead.
const LONGEST_SUBHEAD: usize = 300;

impl Builder<'_, '_> {
    pub(super) fn close_top(&mut self) {
        self.flush();
        let Some(Frame { kind, mut blocks, .. }) = self.frames.pop() else { return };
        let depth = self.frames.len();
        self.open.retain(|open| open.depth <= depth);
        match kind {
            BlockKind::Root | BlockKind::Group => {
                blocks.into_iter().for_each(|block| self.push(block));
            }
            BlockKind::Quote => self.end_quote(blocks),
            BlockKind::List { start, items } => {
                if !items.is_empty() {
                    self.push(Block::List { start, items });
                }
            }
            BlockKind::Item => self.end_item(blocks),
            BlockKind::Table(parts) => self.end_table(parts, blocks),
            BlockKind::Cell => {
                let mut pictures = vec![];
                let cell = flatten(blocks, &mut pictures);
                if let Some(frame) = self.frames.last_mut() {
                    frame.blocks.extend(pictures);
                    if let BlockKind::Table(parts) = &mut frame.kind {
                        let shape = std::mem::take(&mut parts.shape);
                        parts.row.push(ReadCell { text: cell, shape });
                    } else if visible(&cell) {
                        frame.blocks.push(Block::Paragraph(cell));
                    }
                }
            }
            BlockKind::Note(label, place) => self.define(label, blocks, place),
            BlockKind::Heading(..) if characters(&blocks) > LONGEST_SUBHEAD => {
                self.long_subhead(blocks);
            }
            BlockKind::Heading(level, id) => {
                let mut pictures = vec![];
                let text = flatten(std::mem::take(&mut blocks), &mut pictures);
                if visible(&text) {
                    self.push(Block::Subhead { level, id, text });
                }
                pictures.into_iter().for_each(|block| self.push(block));
            }
            BlockKind::Figure(caption) => self.end_figure(blocks, caption),
            BlockKind::Caption => self.end_caption(blocks),
            BlockKind::Pre(lines) => {
                if lines.iter().any(|line| !line.text.trim().is_empty()) {
                    let run =
                        |line: PreLine| self.scope.run(wording::code_line(&line.text), line.place);
                    let lines = lines.into_iter().map(run).collect();
                    self.push(Block::Code(lines));
                }
            }
        }
    }

    /// A subhead stands in one piece above its text, so one as long as a paragraph becomes a
    /// paragraph.
    fn long_subhead(&mut self, blocks: Vec<Block>) {
        let mut first = None;
        blocks
            .iter()
            .for_each(|block| block_runs(block, &mut |run| first = first.or(Some(run.span))));
        if let Some(span) = first {
            let place = span.start as usize..span.end as usize;
            let what = format!(
                "this subhead has more than {LONGEST_SUBHEAD} characters; it is printed as text"
            );
            self.scope
                .warning(Code::LongSubhead, place, what)
                .add_hint("shorten it, or remove its heading mark");
        }
        for block in blocks {
            match block {
                Block::Paragraph(line) => self.push(Block::Paragraph(vec![Inline::Strong(line)])),
                other => self.push(other),
            }
        }
    }

    /// Adds the text of a footnote. Of two footnotes with the same label, the first counts.
    pub(super) fn define(&mut self, label: String, blocks: Vec<Block>, place: Range<usize>) {
        if blocks.is_empty() {
            let what = format!("the note “{label}” is empty; only its number is printed");
            self.scope
                .warning(Code::EmptyNote, place.clone(), what)
                .add_hint("write its text, or remove the note and its mark in the story");
        }
        match self.definitions.entry(label.to_lowercase()) {
            Entry::Vacant(free) => {
                free.insert(Definition { label, blocks, place });
            }
            Entry::Occupied(_) => {
                self.scope
                    .warning(
                        Code::DuplicateNote,
                        place,
                        format!(
                            "the note “{label}” is defined a second time; this text is left out"
                        ),
                    )
                    .add_hint("give each note a label of its own; until then the first one counts");
            }
        }
    }

    pub(super) fn end_quote(&mut self, mut blocks: Vec<Block>) {
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

    pub(super) fn end_item(&mut self, blocks: Vec<Block>) {
        if blocks.is_empty() {
            return;
        }
        match self.frames.last_mut().map(|frame| &mut frame.kind) {
            Some(BlockKind::List { items, .. }) => items.push(blocks),
            _ => self.push(Block::List { start: None, items: vec![blocks] }),
        }
    }

    /// Ends the open row of the innermost table.
    pub(crate) fn end_row(&mut self) {
        self.flush();
        let Some(Frame { kind: BlockKind::Table(parts), .. }) = self.frames.last_mut() else {
            return;
        };
        let cells = std::mem::take(&mut parts.row);
        if !cells.is_empty() {
            parts.rows.push(ReadRow { cells, in_head: parts.in_head });
        }
    }

    /// The innermost block, if it is a table.
    pub(crate) fn table(&mut self) -> Option<&mut TableParts> {
        match self.frames.last_mut().map(|frame| &mut frame.kind) {
            Some(BlockKind::Table(parts)) => Some(parts),
            _ => None,
        }
    }

    pub(super) fn end_table(&mut self, mut parts: TableParts, blocks: Vec<Block>) {
        if !parts.row.is_empty() {
            let cells = std::mem::take(&mut parts.row);
            parts.rows.push(ReadRow { cells, in_head: parts.in_head });
        }
        let (pictures, text): (Vec<_>, Vec<_>) =
            blocks.into_iter().partition(|block| matches!(block, Block::Picture(_)));
        text.into_iter().for_each(|block| self.push(block));
        if let Some(table) = table_rows::lay_out(parts.align, parts.rows) {
            self.push(Block::Table(table));
        }
        pictures.into_iter().for_each(|block| self.push(block));
    }

    pub(super) fn end_figure(&mut self, blocks: Vec<Block>, caption: Vec<Inline>) {
        let last = blocks.iter().rev().find_map(|block| match block {
            Block::Picture(number) => Some(*number),
            _ => None,
        });
        let (blocks, caption) = with_caption(blocks, caption);
        blocks.into_iter().for_each(|block| self.push(block));
        if !visible(&caption) {
            return;
        }
        match last {
            Some(number) if self.scope.pictures.wants_caption(number) => {
                self.scope.pictures.set_caption(number, caption);
            }
            _ => self.push(Block::Paragraph(caption)),
        }
    }

    pub(super) fn end_caption(&mut self, blocks: Vec<Block>) {
        let mut pictures = vec![];
        let caption = flatten(blocks, &mut pictures);
        pictures.into_iter().for_each(|block| self.push(block));
        if !visible(&caption) {
            return;
        }
        if let Some(Frame { kind: BlockKind::Figure(all), .. }) = self.frames.last_mut() {
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

    /// Makes an emphasised paragraph right after a picture its caption. The last paragraph of a
    /// story is a note about the story instead. After a picture that could not be found or read,
    /// the paragraph stays text.
    pub(super) fn captions(&mut self, blocks: &mut Vec<Block>) {
        let mut at = 0;
        while at + 2 < blocks.len() {
            let number = match (&blocks[at], &blocks[at + 1]) {
                (Block::Picture(number), Block::Paragraph(line))
                    if *number != LOST_PICTURE && is_caption(line) =>
                {
                    Some(*number)
                }
                _ => None,
            };
            at += 1;
            let Some(number) = number.filter(|number| self.scope.pictures.wants_caption(*number))
            else {
                continue;
            };
            if let Block::Paragraph(line) = blocks.remove(at) {
                self.scope.pictures.set_caption(number, without_emphasis(line));
            }
        }
    }
}

/// The number of characters in blocks.
fn characters(blocks: &[Block]) -> usize {
    let mut count = 0;
    blocks.iter().for_each(|block| block_runs(block, &mut |run| count += run.text.chars().count()));
    count
}

/// Splits the blocks of a figure into blocks and caption. If no caption is marked, a line of text
/// beside a single picture is its caption.
fn with_caption(mut blocks: Vec<Block>, caption: Vec<Inline>) -> (Vec<Block>, Vec<Inline>) {
    let lost = |number: usize| number == LOST_PICTURE;
    let short = match &blocks[..] {
        [Block::Picture(number), Block::Paragraph(line)]
        | [Block::Paragraph(line), Block::Picture(number)] => is_short(line) || !lost(*number),
        _ => false,
    };
    if visible(&caption) || !short {
        return (blocks, caption);
    }
    let at = blocks.iter().position(|block| matches!(block, Block::Paragraph(_)));
    match at.map(|at| blocks.remove(at)) {
        Some(Block::Paragraph(line)) => (blocks, without_emphasis(line)),
        _ => (blocks, caption),
    }
}
