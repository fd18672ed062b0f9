//! Reads block quotes that begin with a mark such as `[!note]`: `[!pull]` is a pull-quote, all
//! others are boxes.

use crate::content::model::inlines::{inner_mut, tidy, trim_breaks};
use crate::content::model::visible;
use crate::content::model::{Block, Inline, PullQuote, Run, plain};
use crate::content::syntax::scope::Scope;

/// Reads the mark of a block quote. Returns a pull-quote and empties `blocks`. For a box of another
/// kind, removes the mark and makes the rest of its line a heading.
pub(crate) fn read(blocks: &mut Vec<Block>, scope: &mut Scope<'_>) -> Option<PullQuote> {
    let Some(Block::Paragraph(first)) = blocks.first_mut() else { return None };
    let opening = plain(first);
    let mark = opening.strip_prefix("[!")?;
    let (name, rest) = mark.split_once(']')?;
    // What follows a bar says how the box looks.
    let kind = name.split('|').next().unwrap_or_default();
    if kind.is_empty() || !kind.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
        return None;
    }
    // `+` or `-` says whether the box is folded on a screen.
    let folds = usize::from(rest.starts_with(['-', '+']));
    let mut left = name.len() + 3 + folds;
    strip(first, &mut left);
    if !kind.eq_ignore_ascii_case("pull") {
        set_heading(blocks, scope.source);
        return None;
    }
    tidy(first);
    trim_breaks(first);
    if !visible(first) {
        blocks.remove(0);
    }
    let mut lines: Vec<Vec<Inline>> = vec![];
    for block in std::mem::take(blocks) {
        let mut pictures = vec![];
        let line = crate::content::model::inlines::flatten(vec![block], &mut pictures);
        lines.extend(split_lines(line, scope.source));
    }
    lines.retain(|line| visible(line));
    let by = lines.last().and_then(|line| attribution(line));
    if by.is_some() && lines.len() > 1 {
        lines.pop();
    }
    let mut text: Vec<Inline> = vec![];
    for line in lines {
        text.extend(line);
    }
    tidy(&mut text);
    unquote(&mut text);
    visible(&text).then_some(PullQuote { text, by })
}

/// Makes the first line of a box its heading, if text follows it.
fn set_heading(blocks: &mut Vec<Block>, source: &str) {
    if !matches!(blocks.first(), Some(Block::Paragraph(_))) {
        return;
    }
    let Block::Paragraph(first) = blocks.remove(0) else { return };
    let mut lines = split_lines(first, source).into_iter();
    let mut heading = lines.next().unwrap_or_default();
    let mut rest: Vec<Inline> = lines.flatten().collect();
    for line in [&mut heading, &mut rest] {
        tidy(line);
        trim_breaks(line);
    }
    let follows = visible(&rest) || !blocks.is_empty();
    if visible(&rest) {
        blocks.insert(0, Block::Paragraph(rest));
    }
    if visible(&heading) {
        let heading = if follows { vec![Inline::Strong(heading)] } else { heading };
        blocks.insert(0, Block::Paragraph(heading));
    }
}

/// Removes the first `left` bytes of a line's text.
fn strip(line: &mut Vec<Inline>, left: &mut usize) {
    line.retain_mut(|inline| {
        if *left == 0 {
            return true;
        }
        match inline {
            Inline::Text(run) | Inline::Code(run) => {
                let cut = run.text.len().min(*left);
                *left -= cut;
                run.text = run.text.get(cut..).unwrap_or_default().to_owned();
                !run.text.is_empty()
            }
            other => match inner_mut(other) {
                Some(inner) => {
                    strip(inner, left);
                    !inner.is_empty()
                }
                None => true,
            },
        }
    });
}

/// Splits a line at the line ends of the file. Each part keeps the blank that stands for its line
/// end.
fn split_lines(line: Vec<Inline>, source: &str) -> Vec<Vec<Inline>> {
    let mut lines = vec![vec![]];
    for inline in line {
        let ends = match &inline {
            Inline::Break => true,
            Inline::Text(run) if run.text == " " => source
                .get(run.span.start as usize..run.span.end as usize)
                .is_some_and(|s| s.contains('\n')),
            _ => false,
        };
        if let Some(last) = lines.last_mut() {
            last.push(inline);
        }
        if ends {
            lines.push(vec![]);
        }
    }
    lines
}

/// The speaker, if the line begins with a dash.
fn attribution(line: &[Inline]) -> Option<Run> {
    let text = plain(line);
    let name =
        text.trim().strip_prefix(['—', '–', '―']).or_else(|| text.trim().strip_prefix("--"))?;
    let first = first_run(line)?;
    let last = last_run(line)?;
    let mut span = first.span;
    span.end = last.span.end.max(span.start + 1);
    let name = name.trim_start_matches('-').trim();
    Some(Run { text: name.to_owned(), span })
}

fn first_run(line: &[Inline]) -> Option<&Run> {
    let mut found = None;
    crate::content::model::runs(line, &mut |run| found = found.or(Some(run)), &mut || {});
    found
}

fn last_run(line: &[Inline]) -> Option<&Run> {
    let mut found = None;
    crate::content::model::runs(line, &mut |run| found = Some(run), &mut || {});
    found
}

/// Removes quotation marks around the whole text, because the theme sets its own.
pub(crate) fn unquote(text: &mut Vec<Inline>) {
    let whole = plain(text);
    let whole = whole.trim();
    let pairs = [('“', '”'), ('"', '"'), ('„', '“'), ('«', '»'), ('»', '«')];
    let around = pairs.iter().any(|(open, close)| {
        whole
            .strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close))
            .is_some_and(|inside| !inside.contains([*open, *close]))
    });
    if !around {
        return;
    }
    if let Some(Inline::Text(run)) = text.first_mut() {
        run.text = run.text.trim_start().chars().skip(1).collect();
    }
    if let Some(Inline::Text(run)) = text.last_mut() {
        let trimmed = run.text.trim_end().to_owned();
        run.text = trimmed.strip_suffix(['”', '"', '“', '»', '«']).unwrap_or(&trimmed).to_owned();
    }
    text.retain(|inline| !matches!(inline, Inline::Text(run) if run.text.is_empty()));
}
