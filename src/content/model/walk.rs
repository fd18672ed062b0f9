//! Walks over a story's tree in reading order: collects its text, visits its runs.

use super::blocks::{Block, Inline, Run};

/// The text of inlines, without markup.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    runs(inlines, &mut |run| out.push_str(&run.text), &mut || {});
    out
}

/// Calls `run` for every run and `end` for every line break, in order.
pub fn runs<'a>(inlines: &'a [Inline], run: &mut impl FnMut(&'a Run), end: &mut impl FnMut()) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => run(text),
            Inline::Break => end(),
            other => runs(other.inner().unwrap_or_default(), run, end),
        }
    }
}

/// Calls `run` for every run of a block, in order. Pictures and pull-quotes have no runs here.
pub fn block_runs<'a>(block: &'a Block, run: &mut dyn FnMut(&'a Run)) {
    let mut line = |text: &'a [Inline]| runs(text, &mut |one| run(one), &mut || {});
    match block {
        Block::Paragraph(text) | Block::Subhead { text, .. } => line(text),
        Block::Table(table) => table.rows.iter().flatten().for_each(|cell| line(cell)),
        Block::Code(lines) => lines.iter().for_each(run),
        Block::Quote(inner) => inner.iter().for_each(|block| block_runs(block, run)),
        Block::List { items, .. } => {
            items.iter().flatten().for_each(|block| block_runs(block, run));
        }
        Block::Rule | Block::Picture(_) | Block::PullQuote(_) => {}
    }
}

pub(super) fn inline_runs_mut(inlines: &mut [Inline], each: &mut dyn FnMut(&mut Run)) {
    for inline in inlines {
        match inline {
            Inline::Text(run) | Inline::Code(run) => each(run),
            Inline::Emph(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Super(inner)
            | Inline::Sub(inner)
            | Inline::Link { text: inner, .. } => inline_runs_mut(inner, each),
            Inline::Note(_) | Inline::Break => {}
        }
    }
}

pub(super) fn block_runs_mut(blocks: &mut [Block], each: &mut dyn FnMut(&mut Run)) {
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Subhead { text, .. } => inline_runs_mut(text, each),
            Block::List { items, .. } => {
                items.iter_mut().for_each(|item| block_runs_mut(item, each));
            }
            Block::Quote(inner) => block_runs_mut(inner, each),
            Block::Code(lines) => lines.iter_mut().for_each(&mut *each),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flatten();
                cells.for_each(|cell| inline_runs_mut(cell, each));
            }
            Block::Rule | Block::Picture(_) | Block::PullQuote(_) => {}
        }
    }
}

/// Whether a line prints anything.
pub(crate) fn visible(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Text(run) | Inline::Code(run) => run.text.chars().any(|c| !c.is_whitespace()),
        Inline::Note(_) => true,
        Inline::Break => false,
        other => other.inner().is_some_and(visible),
    })
}
