//! What is done to a body once its front matter is known.

use super::super::dates;
use super::super::inlines::visible;
use super::super::matter;
use super::super::scope::Scope;
use super::super::story::{Block, Inline, plain};
use super::super::words;
use super::key_of;
use crate::diag::Code;

/// Where front matter has no headline, the first heading is it; else the file's name has to do, and
/// that is said if it is `told` what the story consists of.
pub(super) fn take_headline(
    scope: &mut Scope<'_>,
    headline: &mut Vec<Inline>,
    body: &mut Vec<Block>,
    path: &str,
    start: usize,
    told: Option<&matter::Parts>,
) {
    if visible(headline) {
        let repeated = matches!(body.first(), Some(Block::Subhead { text, .. }) if words::squash(&plain(text)) == words::squash(&plain(headline)));
        if repeated {
            body.remove(0);
        }
        return;
    }
    let stem = key_of(path);
    let mut names = stem.rsplit('/');
    let last = names.next().unwrap_or_default();
    let name = if last.starts_with("index") { names.next().unwrap_or(last) } else { last };
    let spoken = spoken(name);
    if let Some(first) = heading(body, spoken.contains(char::is_alphabetic))
        && let Block::Subhead { text, .. } = body.remove(first)
    {
        *headline = text;
        return;
    }
    // Where front matter can't be read, the headline may well stand in it.
    if told.is_some_and(|parts| !parts.has_front || parts.front.is_some()) {
        scope
            .warning(
                Code::NoHeadline,
                start.min(scope.source.len())..(start + 1).min(scope.source.len()),
                "this story has no headline; its file name is printed instead",
            )
            .add_hint("write `headline: …` in its front matter");
    }
    let run = scope.run(words::capital(spoken.trim()), start..start + 1);
    *headline = vec![Inline::Text(run)];
}

/// The heading that is the headline: the first one. Below text, a heading of a lower level is a
/// subhead of that text, and the file's name says more if it is made of words.
fn heading(body: &[Block], named: bool) -> Option<usize> {
    let first = body.iter().position(|block| matches!(block, Block::Subhead { .. }))?;
    let top = matches!(body[first], Block::Subhead { level: 1, .. });
    let silent = |block: &Block| matches!(block, Block::Picture(_)) || is_bare(block);
    (top || !named || body[..first].iter().all(silent)).then_some(first)
}

/// A file's name as words, without its date and the number that orders it: `The wall` of
/// `2026-11-24-the-wall` and of `03_the_wall`. The number of `68 ways to cross` is one of its words.
fn spoken(name: &str) -> String {
    let dated = dates::of_name(name).map_or(0, |(_, length)| length);
    let mut rest = name[dated..].trim_start_matches(['-', '_', ' ', '.']);
    loop {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let word = rest[digits..].starts_with(' ') && digits < 8 && !rest.starts_with('0');
        let after = rest[digits..].trim_start_matches(['-', '_', ' ', '.']);
        let year = digits == 4 && !after.starts_with(|c: char| c.is_ascii_digit());
        if digits == 0 || word || year || after.is_empty() || after.len() + digits == rest.len() {
            break;
        }
        rest = after;
    }
    let spoken = rest.replace(['-', '_'], " ");
    if spoken.trim().is_empty() { name.to_owned() } else { spoken }
}

/// Takes away what holds nothing, where there is no text beside it: an ornament, a list without a
/// word.
pub(super) fn clear(blocks: &mut Vec<Block>) {
    let is_picture = |block: &Block| matches!(block, Block::Picture(_));
    if blocks.iter().all(|block| is_picture(block) || is_bare(block)) {
        blocks.retain(is_picture);
    }
}

/// Whether a block holds nothing to read or to see.
fn is_bare(block: &Block) -> bool {
    match block {
        Block::Rule => true,
        Block::Paragraph(text) | Block::Subhead { text, .. } => !visible(text),
        Block::List { items, .. } => items.iter().flatten().all(is_bare),
        Block::Quote(inner) => inner.iter().all(is_bare),
        Block::Code(lines) => lines.iter().all(|run| run.text.trim().is_empty()),
        Block::Table(table) => table.rows.iter().flatten().all(|cell| !visible(cell)),
        Block::Picture(_) | Block::PullQuote(_) => false,
    }
}

/// A picture that the body shows twice is printed once.
pub(super) fn once_each(blocks: &mut Vec<Block>) {
    fn walk(blocks: &mut Vec<Block>, seen: &mut Vec<usize>) {
        blocks.retain_mut(|block| match block {
            Block::Picture(number) => {
                let first = !seen.contains(number);
                seen.push(*number);
                first
            }
            Block::Quote(inner) => {
                walk(inner, seen);
                true
            }
            Block::List { items, .. } => {
                items.iter_mut().for_each(|item| walk(item, seen));
                true
            }
            _ => true,
        });
    }
    walk(blocks, &mut vec![]);
}

/// The words of blocks.
pub(super) fn count_words(blocks: &[Block]) -> usize {
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) | Block::Subhead { text, .. } => words::count(&plain(text)),
            Block::List { items, .. } => items.iter().map(|item| count_words(item)).sum(),
            Block::Quote(inner) => count_words(inner),
            Block::Code(lines) => lines.iter().map(|run| words::count(&run.text)).sum(),
            Block::Table(table) => {
                table.rows.iter().flatten().map(|cell| words::count(&plain(cell))).sum()
            }
            Block::Rule | Block::Picture(_) | Block::PullQuote(_) => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn a_name_is_spoken_without_what_orders_it() {
        for (name, words) in [
            ("2026-11-24-the-wall", "the wall"),
            ("2026-11-24 The wall", "The wall"),
            ("03_the_wall", "the wall"),
            ("03 The wall", "The wall"),
            ("1. The wall", "The wall"),
            ("12-the-wall", "the wall"),
            ("202611241530 The wall", "The wall"),
            ("68 ways to cross", "68 ways to cross"),
            ("2025-in-review", "2025 in review"),
            ("2026-11-the-wall", "the wall"),
            ("2026-11-24", "2026-11-24"),
            ("1911", "1911"),
        ] {
            assert_eq!(spoken(name), words, "{name}");
        }
    }
}
