//! Tidies a body once the front matter is known: headline, pictures shown twice, blocks without
//! content, the count of words.

use super::super::dates;
use super::matter;
use crate::content::model::visible;
use crate::content::model::{Block, Inline, plain};
use crate::content::syntax::scope::Scope;
use crate::content::syntax::wording;
use crate::diag::Code;

/// Takes the headline from the first heading of the body if the front matter has none, or else from
/// the file's name. The latter is reported if `told` holds the parts of the file. Also removes a
/// first heading that repeats the headline.
pub(super) fn take_headline(
    scope: &mut Scope<'_>,
    headline: &mut Vec<Inline>,
    body: &mut Vec<Block>,
    path: &str,
    start: usize,
    told: Option<&matter::Parts>,
) {
    if visible(headline) {
        let repeated = matches!(body.first(), Some(Block::Subhead { text, .. }) if wording::squash(&plain(text)) == wording::squash(&plain(headline)));
        if repeated {
            body.remove(0);
        }
        return;
    }
    let stem = wording::key_of(path);
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
    // Front matter that can't be read may have a headline.
    if told.is_some_and(|parts| !parts.has_front || parts.front.is_some()) {
        scope
            .warning(
                Code::NoHeadline,
                start.min(scope.source.len())..(start + 1).min(scope.source.len()),
                "this story has no headline; its file name is printed instead",
            )
            .add_hint("write `headline: …` in its front matter");
    }
    let run = scope.run(wording::capital(spoken.trim()), start..start + 1);
    *headline = vec![Inline::Text(run)];
}

/// The index of the heading that is the headline, which is the first one. A heading of level 2 or
/// lower below text is a subhead of that text, so the file's name is better if it has words.
fn heading(body: &[Block], named: bool) -> Option<usize> {
    let first = body.iter().position(|block| matches!(block, Block::Subhead { .. }))?;
    let top = matches!(body[first], Block::Subhead { level: 1, .. });
    let silent = |block: &Block| matches!(block, Block::Picture(_)) || is_bare(block);
    (top || !named || body[..first].iter().all(silent)).then_some(first)
}

/// A file's name as words, without its date and the number that orders it: `The wall` for
/// `2026-11-24-the-wall` and `03_the_wall`. The number in `68 ways to cross` is part of the words.
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

/// Removes blocks without content, such as rules and empty lists, if the body has no text.
pub(super) fn clear(blocks: &mut Vec<Block>) {
    let is_picture = |block: &Block| matches!(block, Block::Picture(_));
    if blocks.iter().all(|block| is_picture(block) || is_bare(block)) {
        blocks.retain(is_picture);
    }
}

/// Whether a block has nothing to read or see.
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

/// Removes repeated pictures, so that each is printed once.
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

/// The number of words in blocks.
pub(super) fn count_words(blocks: &[Block]) -> usize {
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) | Block::Subhead { text, .. } => wording::count(&plain(text)),
            Block::List { items, .. } => items.iter().map(|item| count_words(item)).sum(),
            Block::Quote(inner) => count_words(inner),
            Block::Code(lines) => lines.iter().map(|run| wording::count(&run.text)).sum(),
            Block::Table(table) => {
                table.rows.iter().flatten().map(|cell| wording::count(&plain(cell))).sum()
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
