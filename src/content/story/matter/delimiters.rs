//! Recognises the lines that open and close front matter, and lines with keys.

use std::ops::Range;

use crate::content::story::known;
use crate::content::syntax::spelling;

/// The bytes of front matter between two rules in the comment at the beginning of a file. `inside`
/// is the bytes of the comment's text.
pub(super) fn in_remark(source: &str, inside: Range<usize>) -> Option<Range<usize>> {
    let text = &source[inside.clone()];
    let from = inside.start + text.len() - text.trim_start().len();
    let Some(('-', 3)) = marker(source[line_at(source, from)].trim()) else { return None };
    let from = next_line(source, from);
    let close = closing(source, from, '-').filter(|close| close.end <= inside.end)?;
    has_known_key(&source[from..close.start]).then_some(from..close.start)
}

/// Characters that are dashes or look like one.
pub(super) const DASHES: [char; 7] = ['-', '‐', '‑', '–', '—', '―', '−'];

/// Invisible characters, which editors and web pages leave in a text.
pub(super) const INVISIBLE: [char; 9] = [
    '\u{feff}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{ad}',
    '\u{180e}',
];

/// The bytes of the line that begins at `from`, without its end.
pub(super) fn line_at(source: &str, from: usize) -> Range<usize> {
    let line = source[from..].lines().next().unwrap_or_default();
    from..from + line.len()
}

/// Where the line after a byte offset begins.
pub(super) fn next_line(source: &str, at: usize) -> usize {
    source[at..].find('\n').map_or(source.len(), |n| at + n + 1)
}

/// The fence at the start of a line: its character, and its length in bytes. Dashes other than
/// hyphens are returned as `—`.
pub(super) fn marker(line: &str) -> Option<(char, usize)> {
    let run = |c: char| line.len() - line.trim_start_matches(c).len();
    match line.chars().next()? {
        c @ ('-' | '+' | ';') if run(c) >= 3 => Some((c, run(c))),
        // Two hyphens are a fence that is too short.
        '-' if line == "--" => Some(('—', line.len())),
        c if c != '-' && DASHES.contains(&c) => {
            let long = line.len() - line.trim_start_matches(DASHES).len();
            Some(('—', long))
        }
        _ => None,
    }
}

/// The bytes of the line that closes the front matter, without its end.
pub(super) fn closing(source: &str, from: usize, sign: char) -> Option<Range<usize>> {
    let mut at = from;
    for line in source[from..].split_inclusive('\n') {
        let text = line.trim_end();
        let inner = bare(line);
        let closes = match sign {
            // At the margin, a line of dashes can't be part of a YAML value.
            '-' => {
                let dashes = inner.len() >= 3 && inner.bytes().all(|byte| byte == b'-');
                dashes && at_margin(text, text.trim_start()) || text == "..."
            }
            '—' => !inner.is_empty() && inner.chars().all(|c| DASHES.contains(&c)),
            sign => inner.len() >= 3 && inner.chars().all(|c| c == sign),
        };
        if closes {
            return Some(at..at + text.len());
        }
        at += line.len();
    }
    None
}

/// Whether a text begins like keys and values, and has at least one known key.
pub(super) fn has_known_key(text: &str) -> bool {
    let known = |line| key_of(line).is_some_and(|key| known::is_known(&spelling::normal(key)));
    let braced = text.trim_start().starts_with('{');
    (looks_like_keys(text) || braced)
        && text.lines().any(|line| known(line.trim_start().trim_start_matches(['{', '['])))
}

/// The key in a line such as `name: value` or `name = value`.
pub(super) fn key_of(line: &str) -> Option<&str> {
    let line = line.trim_start_matches('\u{feff}').trim_start();
    let name = line.split([':', '=']).next().filter(|name| name.len() < line.len())?;
    let name = name.trim().trim_matches(['"', '\'']);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!name.is_empty() && name.chars().all(plain)).then_some(name)
}

pub(super) fn looks_like_keys(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| {
        // A line such as `[extra]` begins a table in TOML.
        key_of(line).is_some() || line.starts_with('[') && line.trim_end().ends_with(']')
    })
}

/// A line without blanks and invisible characters at its ends.
pub(super) fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || INVISIBLE.contains(&c))
}

/// Whether a line is indented by at most three columns. One further to the right may be part of a
/// value of several lines.
pub(super) fn at_margin(line: &str, inner: &str) -> bool {
    line.len() - inner.len() <= 3 && !line.starts_with('\t')
}
