//! Operations on inlines that were read: blanks are tidied, blocks flattened to a line, captions
//! recognised.

use super::{Block, Inline, visible};

/// The index of a picture that could not be found or read. It stands in the tree until the body is
/// finished.
pub(crate) const LOST_PICTURE: usize = usize::MAX;

/// The inlines inside this one, for changing; `None` for a kind that has none.
pub(crate) fn inner_mut(inline: &mut Inline) -> Option<&mut Vec<Inline>> {
    match inline {
        Inline::Emph(inner)
        | Inline::Strong(inner)
        | Inline::Strike(inner)
        | Inline::Super(inner)
        | Inline::Sub(inner)
        | Inline::Link { text: inner, .. } => Some(inner),
        Inline::Text(_) | Inline::Code(_) | Inline::Note(_) | Inline::Break => None,
    }
}

/// Removes blanks at both ends of a line, repeated blanks inside it, and inlines that are empty
/// then.
pub(crate) fn tidy(line: &mut Vec<Inline>) {
    let mut after_blank = true;
    tidy_front(line, &mut after_blank);
    while trim_end(line) {}
}

fn blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

fn tidy_front(line: &mut Vec<Inline>, after_blank: &mut bool) {
    line.retain_mut(|inline| match inline {
        Inline::Text(run) => {
            let mut text = String::with_capacity(run.text.len());
            for c in run.text.chars() {
                if !blank(c) {
                    text.push(c);
                } else if !*after_blank {
                    text.push(' ');
                }
                *after_blank = blank(c);
            }
            run.text = text;
            !run.text.is_empty()
        }
        Inline::Code(run) => {
            *after_blank = run.text.ends_with(blank);
            !run.text.is_empty()
        }
        Inline::Note(_) => {
            *after_blank = false;
            true
        }
        Inline::Break => {
            *after_blank = true;
            true
        }
        other => {
            let Some(inside) = inner_mut(other) else { return true };
            tidy_front(inside, after_blank);
            !inside.is_empty()
        }
    });
}

/// Trims the end of a line once. Returns whether there may be more to trim.
fn trim_end(line: &mut Vec<Inline>) -> bool {
    let Some(last) = line.last_mut() else { return false };
    let empty = match last {
        Inline::Text(run) => {
            let length = run.text.trim_end_matches(blank).len();
            run.text.truncate(length);
            run.text.is_empty()
        }
        Inline::Break => true,
        // Code of blanks alone would take a line of its own after a break.
        Inline::Code(run) => run.text.chars().all(blank),
        Inline::Note(_) => false,
        other => inner_mut(other).is_some_and(|inside| {
            while trim_end(inside) {}
            inside.is_empty()
        }),
    };
    if empty {
        line.pop();
    }
    empty
}

/// Removes line breaks at the start of a line.
pub(crate) fn trim_breaks(line: &mut Vec<Inline>) {
    let first =
        line.iter().position(|inline| !matches!(inline, Inline::Break)).unwrap_or(line.len());
    line.drain(..first);
}

/// The text of blocks as one line, with breaks between the blocks. Pictures and pull-quotes go to
/// `pictures`.
pub(crate) fn flatten(blocks: Vec<Block>, pictures: &mut Vec<Block>) -> Vec<Inline> {
    let mut line = vec![];
    for block in blocks {
        let part = match block {
            Block::Paragraph(text) | Block::Subhead { text, .. } => text,
            Block::Quote(inner) => flatten(inner, pictures),
            Block::List { items, .. } => {
                join(items.into_iter().map(|item| flatten(item, pictures)).collect())
            }
            Block::Code(lines) => {
                join(lines.into_iter().map(|run| vec![Inline::Code(run)]).collect())
            }
            Block::Table(table) => join(table.rows.into_iter().flatten().collect()),
            Block::Picture(_) | Block::PullQuote(_) => {
                pictures.push(block);
                continue;
            }
            Block::Rule => continue,
        };
        if visible(&part) {
            if !line.is_empty() {
                line.push(Inline::Break);
            }
            line.extend(part);
        }
    }
    line
}

fn join(parts: Vec<Vec<Inline>>) -> Vec<Inline> {
    let mut line = vec![];
    for part in parts.into_iter().filter(|part| visible(part)) {
        if !line.is_empty() {
            line.push(Inline::Break);
        }
        line.extend(part);
    }
    line
}

/// Whether a paragraph may be a caption: all of it is emphasised, and it has at most 60 words.
pub(crate) fn is_caption(line: &[Inline]) -> bool {
    let mut emphasised = false;
    for inline in line {
        match inline {
            Inline::Emph(_) => emphasised = true,
            Inline::Text(run) if run.text.trim().is_empty() => {}
            _ => return false,
        }
    }
    emphasised && super::plain(line).split_whitespace().count() <= 60
}

/// Whether a line may be the description of a picture: it has at most 20 words and no links.
pub(crate) fn is_short(line: &[Inline]) -> bool {
    fn linked(line: &[Inline]) -> bool {
        line.iter().any(|inline| match inline {
            Inline::Link { .. } => true,
            Inline::Emph(inner) | Inline::Strong(inner) => linked(inner),
            _ => false,
        })
    }
    super::plain(line).split_whitespace().count() <= 20 && !linked(line)
}

/// A caption without the emphasis around it, because the theme styles captions itself.
pub(crate) fn without_emphasis(line: Vec<Inline>) -> Vec<Inline> {
    line.into_iter()
        .flat_map(|inline| match inline {
            Inline::Emph(inner) => inner,
            other => vec![other],
        })
        .collect()
}

/// Removes the places of pictures that could not be found or read, and blocks that are empty then.
pub(crate) fn without_lost(blocks: &mut Vec<Block>) {
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
