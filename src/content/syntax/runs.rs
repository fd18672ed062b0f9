//! Maps decoded text back to its bytes in the file, and gives each run a span of its own.

use std::collections::BTreeSet;
use std::ops::Range;

/// The longest run in bytes. Longer ones are cut, so that each keeps a span close to its words.
pub(crate) const LONGEST_RUN: usize = 60_000;

/// Maps byte offsets in a text to byte offsets in the file it was read from.
#[derive(Debug, Clone)]
pub(crate) enum Map {
    /// The text stands in the file unchanged, from this offset on.
    Shift(usize),
    /// The offset in the file of every byte of the text, and of its end.
    Table(Vec<usize>),
}

impl Map {
    /// The offset in the file of a byte of the text.
    pub(crate) fn at(&self, offset: usize) -> usize {
        match self {
            Self::Shift(base) => base + offset,
            Self::Table(table) => table.get(offset).or(table.last()).copied().unwrap_or_default(),
        }
    }

    /// The bytes of the file in which a part of the text is written.
    pub(crate) fn range(&self, range: Range<usize>) -> Range<usize> {
        self.at(range.start)..self.at(range.end)
    }

    /// The map of the part of the text that begins at `offset`.
    pub(crate) fn from(&self, offset: usize) -> Self {
        match self {
            Self::Shift(base) => Self::Shift(base + offset),
            Self::Table(table) => {
                Self::Table(table.get(offset.min(table.len())..).unwrap_or_default().to_vec())
            }
        }
    }

    /// Finds a decoded text in the bytes that it was decoded from. Quotation marks around it,
    /// escapes, folded lines and indentation are skipped.
    pub(crate) fn align(text: &str, source: &str, range: Range<usize>) -> Self {
        let written = source.get(range.clone()).unwrap_or_default();
        if let Some(at) = written.find(text).filter(|_| !text.contains('\n')) {
            return Self::Shift(range.start + at);
        }
        let mut table = Vec::with_capacity(text.len() + 1);
        let mut at = if written.starts_with(['"', '\'']) { 1 } else { 0 };
        for wanted in text.chars() {
            at += steps_before(wanted, &written[at..]);
            let length = length_of(wanted, &written[at..]);
            for byte in 0..wanted.len_utf8() {
                table.push(range.start + (at + byte.min(length)).min(written.len()));
            }
            at = (at + length).min(written.len());
        }
        table.push(range.start + at);
        Self::Table(table)
    }
}

/// How many bytes of `rest` come before the next character of the decoded text.
fn steps_before(wanted: char, rest: &str) -> usize {
    if wanted.is_whitespace()
        || rest.starts_with(wanted)
        || rest.starts_with('\\') && !escaped_end(rest)
    {
        return 0;
    }
    for (at, c) in rest.char_indices() {
        let here = &rest[at..];
        if c == wanted || (c == '\\' && !escaped_end(here)) {
            return at;
        }
        if !(c.is_whitespace()
            || matches!(c, '|' | '>' | '-' | '+' | '\\')
            || c.is_ascii_digit() && at < 4)
        {
            break;
        }
    }
    // Not found: skip nothing, so that the following characters can still be found.
    0
}

/// A backslash at the end of a line joins two lines and is not text.
fn escaped_end(rest: &str) -> bool {
    rest.starts_with("\\\n") || rest.starts_with("\\\r")
}

/// How many bytes of `rest` encode the character.
fn length_of(wanted: char, rest: &str) -> usize {
    if let Some(escape) =
        rest.strip_prefix('\\').filter(|_| wanted != '\\' || rest.starts_with("\\\\"))
    {
        let surrogates =
            wanted.len_utf16() == 2 && escape.get(5..).is_some_and(|next| next.starts_with("\\u"));
        let length = match escape.chars().next() {
            Some('x') => 4,
            Some('u') if surrogates => 12,
            Some('u') => 6,
            Some('U') => 10,
            Some(c) => 1 + c.len_utf8(),
            None => 1,
        };
        return floor(rest, length);
    }
    if wanted.is_whitespace() {
        let blank = rest.len() - rest.trim_start().len();
        // A blank is written as one blank, except that a folded line's end and the indentation
        // after it make one blank.
        let folded = rest[..blank].contains('\n');
        return if folded && wanted == ' ' {
            blank
        } else {
            rest.chars().next().map_or(0, |c| if c.is_whitespace() { c.len_utf8() } else { 0 })
        };
    }
    if wanted == '\'' && rest.starts_with("''") {
        return 2;
    }
    if rest.starts_with(wanted) { wanted.len_utf8() } else { 0 }
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The spans that the runs of a file have taken.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    taken: BTreeSet<(usize, usize)>,
}

impl Claims {
    /// Takes a span for a run: the one that it was written at. If another run has that one (after
    /// an alias or an escape), takes a free span near it.
    pub(crate) fn claim(&mut self, range: Range<usize>, file_len: usize) -> Range<usize> {
        let start = range.start.min(file_len.saturating_sub(1));
        let end = range.end.clamp(start + 1, file_len.max(start + 1));
        if self.taken.insert((start, end)) {
            return start..end;
        }
        for from in start..end.min(start + 64) {
            for to in (from + 1..=end.min(from + 64)).rev() {
                if self.taken.insert((from, to)) {
                    return from..to;
                }
            }
        }
        let mut end = end + 1;
        while !self.taken.insert((start, end)) {
            end += 1;
        }
        start..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices(text: &str, source: &str) -> Vec<String> {
        let map = Map::align(text, source, 0..source.len());
        text.char_indices()
            .map(|(at, c)| source[map.range(at..at + c.len_utf8())].to_owned())
            .collect()
    }

    #[test]
    fn escapes_and_folds_are_found() {
        assert_eq!(slices("a\"b", r#""a\"b""#), ["a", "\\\"", "b"]);
        assert_eq!(slices("it's", "'it''s'"), ["i", "t", "''", "s"]);
        assert_eq!(slices("a b", "\"a\n   b\""), ["a", "\n   ", "b"]);
        assert_eq!(slices("🚀x", r#""\uD83D\uDE80x""#), ["\\uD83D\\uDE80", "x"]);
    }

    #[test]
    fn no_place_is_given_twice() {
        let mut claims = Claims::default();
        let places: BTreeSet<_> =
            (0..10).map(|_| claims.claim(3..6, 100)).map(|r| (r.start, r.end)).collect();
        assert_eq!(places.len(), 10);
    }
}
