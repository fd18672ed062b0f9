//! Pull-quotes: block quotes that open with `[!pull]`.

use super::inlines::{inner_mut, tidy, trim_breaks, visible};
use super::scope::Scope;
use super::story::{Block, Inline, PullQuote, Run, plain};

/// Reads a block quote's mark. A pull-quote is taken out of the blocks; of any other kind the mark
/// alone is taken away.
pub(crate) fn read(blocks: &mut Vec<Block>, scope: &mut Scope<'_>) -> Option<PullQuote> {
    let Some(Block::Paragraph(first)) = blocks.first_mut() else { return None };
    let opening = plain(first);
    let mark = opening.strip_prefix("[!")?;
    let (name, _) = mark.split_once(']')?;
    if name.is_empty() || !name.chars().all(char::is_alphabetic) {
        return None;
    }
    let mut left = name.len() + 3;
    strip(first, &mut left);
    tidy(first);
    trim_breaks(first);
    let pull = name.eq_ignore_ascii_case("pull");
    if !visible(first) {
        blocks.remove(0);
    }
    if !pull {
        return None;
    }
    let mut lines: Vec<Vec<Inline>> = vec![];
    for block in std::mem::take(blocks) {
        let mut pictures = vec![];
        let line = super::inlines::flatten(vec![block], &mut pictures);
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

/// Takes the first bytes of a line's text away.
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

/// Cuts at the ends of the lines as they were written; each keeps the blank that ended it.
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

/// Who said it, where the line begins with a dash.
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
    super::story::runs(line, &mut |run| found = found.or(Some(run)), &mut || {});
    found
}

fn last_run(line: &[Inline]) -> Option<&Run> {
    let mut found = None;
    super::story::runs(line, &mut |run| found = Some(run), &mut || {});
    found
}

/// Takes quotation marks away that stand around the whole: the theme sets its own.
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
