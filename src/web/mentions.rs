//! What the blocks of a story mention: notes, pictures, quotes, links, levels of subheads.

use std::collections::BTreeSet;

use crate::content::model::{Block, Inline, LinkTo, Story};

/// Whether a note has a mark in the text of its story.
pub(super) fn is_named(story: &Story, number: u32) -> bool {
    let mut found = false;
    inlines(&story.body, &mut |inline| found |= *inline == Inline::Note(number));
    found
}

/// The pictures and the pull-quotes that blocks name.
pub(super) fn mentioned(blocks: &[Block], found: &mut (BTreeSet<usize>, BTreeSet<usize>)) {
    for block in blocks {
        match block {
            Block::Picture(number) => {
                found.0.insert(*number);
            }
            Block::PullQuote(number) => {
                found.1.insert(*number);
            }
            block => inside(block).for_each(|blocks| mentioned(blocks, found)),
        }
    }
}

/// The levels of the subheads among blocks.
pub(super) fn levels(blocks: &[Block], found: &mut BTreeSet<u8>) {
    for block in blocks {
        if let Block::Subhead { level, .. } = block {
            found.insert(*level);
        }
        inside(block).for_each(|blocks| levels(blocks, found));
    }
}

/// Calls back for every inline of blocks, the outer ones first.
fn inlines(blocks: &[Block], each: &mut impl FnMut(&Inline)) {
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Subhead { text, .. } => line(text, each),
            Block::Table(table) => table.rows.iter().flatten().for_each(|cell| line(cell, each)),
            block => inside(block).for_each(|blocks| inlines(blocks, each)),
        }
    }
}

fn line(text: &[Inline], each: &mut impl FnMut(&Inline)) {
    for inline in text {
        each(inline);
        if let Some(inner) = inline.inner() {
            line(inner, each);
        }
    }
}

/// The keys of the stories that a story's text links to.
pub(super) fn linked(story: &Story) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut each = |inline: &Inline| {
        if let Inline::Link { to: LinkTo::Story { key, .. }, .. } = inline {
            found.insert(key.clone());
        }
    };
    inlines(&story.body, &mut each);
    story.notes.iter().for_each(|note| inlines(note, &mut each));
    found
}

/// The blocks inside a block.
fn inside(block: &Block) -> impl Iterator<Item = &Vec<Block>> {
    let (items, quote): (&[Vec<Block>], Option<&Vec<Block>>) = match block {
        Block::List { items, .. } => (items, None),
        Block::Quote(blocks) => (&[], Some(blocks)),
        _ => (&[], None),
    };
    items.iter().chain(quote)
}

/// The text of a story's body and notes, for the search, with spaces between blocks.
pub(super) fn plain_text(story: &Story) -> String {
    let mut out = String::new();
    blocks_text(&story.body, &mut out);
    story.notes.iter().for_each(|blocks| blocks_text(blocks, &mut out));
    out.trim().to_owned()
}

fn blocks_text(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Subhead { text, .. } => line_text(text, out),
            Block::Table(table) => {
                table.rows.iter().flatten().for_each(|cell| line_text(cell, out));
            }
            Block::Code(lines) => lines.iter().for_each(|line| {
                out.push_str(&line.text);
                out.push(' ');
            }),
            block => inside(block).for_each(|blocks| blocks_text(blocks, out)),
        }
    }
}

fn line_text(text: &[Inline], out: &mut String) {
    let shown = std::cell::RefCell::new(&mut *out);
    crate::content::model::runs(
        text,
        &mut |run| shown.borrow_mut().push_str(&run.text),
        &mut || shown.borrow_mut().push(' '),
    );
    out.push(' ');
}
