//! Finds and reads front matter without fences: the first lines of a file, as in Pelican,
//! `MultiMarkdown`, Nikola and Pandoc.

use std::ops::Range;

use super::delimiters::in_remark;
use super::found::{Fences, Style, Syntax, Trouble};
use crate::content::dates;
use crate::content::story::known;
use crate::content::story::standing::keys;
use crate::content::syntax::spelling;
use crate::content::syntax::tree::{Entry, Node, Value};
use crate::content::syntax::yaml;

/// The longest key in bytes.
const LONGEST_KEY: usize = 32;

/// A line with a key and a value.
struct Line<'s> {
    key: &'s str,
    /// The byte offset of the key in the file.
    key_at: usize,
    /// The bytes of the value in the file, including continuation lines.
    value: Range<usize>,
}

/// Finds front matter without fences. `first` is the file's first line that is not blank or a
/// comment.
pub(super) fn find(
    source: &str,
    first: Range<usize>,
    late: bool,
) -> Result<Option<Fences>, Trouble> {
    let line = source[first.clone()].trim_start();
    let style = match line {
        _ if line.starts_with(".. ") => Style::Dotted,
        _ if line.starts_with("% ") => Style::Percent,
        _ if line.starts_with("#+") => Style::Org,
        _ if line.starts_with(':') => Style::Colons,
        _ => Style::Plain,
    };
    let (end, after) = end_of(source, first.start);
    let block = first.start..end;
    let (lines, whole) = lines(&source[block.clone()], block.start, style);
    let fences = |syntax| {
        let rest = &source[after.unwrap_or(block.end)..];
        let end = after.unwrap_or(block.end);
        let blank = rest.len() - rest.trim_start_matches(['\n', '\r', ' ', '\t']).len();
        // The first line of the body keeps its indentation, which may mean something in Markdown.
        let body = rest[..blank].rfind('\n').map_or(end, |n| end + n + 1);
        let odd = after.is_some() || syntax == Syntax::Yaml;
        Fences { syntax, inside: block.clone(), body, place: first.clone(), late, odd }
    };
    match sureness(&lines, whole, style, source) {
        Sureness::Sure => Ok(Some(fences(Syntax::Lines(style)))),
        Sureness::Doubtful
            if !whole && style == Style::Plain && is_yaml(&source[block.clone()], block.start) =>
        {
            Ok(Some(fences(Syntax::Yaml)))
        }
        Sureness::Doubtful => Err(Trouble::Doubtful(first, style)),
        Sureness::None => Ok(None),
    }
}

/// Finds front matter in the comment at the beginning of a file: lines in the style of Nikola,
/// certain lines without fences, or lines between two rules.
pub(super) fn in_comment(source: &str, start: usize) -> Option<Fences> {
    let rest = source[start..].trim_start();
    let open = source.len() - rest.len();
    let inside = rest.strip_prefix("<!--")?;
    let from = open + "<!--".len();
    let until = from + inside.find("-->")?;
    let after = until + "-->".len();
    let body = source[after..].find('\n').map_or(source.len(), |n| after + n + 1);
    let body = if source[after..body].trim().is_empty() { body } else { after };
    let found = |syntax, inside| {
        Some(Fences { syntax, inside, body, place: open..from, late: false, odd: false })
    };
    if let Some(inside) = in_remark(source, from..until) {
        return found(Syntax::Yaml, inside);
    }
    let text = &source[from..until];
    let (dotted, whole) = lines(text, from, Style::Dotted);
    if whole && !dotted.is_empty() {
        return found(Syntax::Lines(Style::Dotted), from..until);
    }
    // A comment of one line is only a comment.
    let (plain, whole) = lines(text, from, Style::Plain);
    let several = plain.len() > 1 && text.trim_start_matches(' ').starts_with(['\n', '\r']);
    if several && matches!(sureness(&plain, whole, Style::Plain, source), Sureness::Sure) {
        return found(Syntax::Lines(Style::Plain), from..until);
    }
    (several && is_yaml(text, from)).then(|| found(Syntax::Yaml, from..until))?
}

/// Reads the lines. `base` is the byte offset in the file at which `text` begins.
pub(super) fn parse(text: &str, base: usize, style: Style) -> Node {
    let (lines, _) = lines(text, base, style);
    let one = |line: Line<'_>| {
        let Line { key, key_at, value } = line;
        let written = &text[value.start - base..value.end - base];
        let node = match () {
            () if spelling::is_one(key, &["authors"]) => list(written, value),
            // A writer who forgets the fences of YAML still writes values in YAML.
            () if written.starts_with(['"', '\'', '[']) => yaml::parse(written, value.start)
                .unwrap_or_else(|_| Node { value: Value::Scalar(joined(written)), range: value }),
            () if written.is_empty() => Node { value: Value::Null, range: value },
            () => Node { value: Value::Scalar(joined(written)), range: value },
        };
        Entry { key: key.to_owned(), key_range: key_at..key_at + key.len().max(1), node }
    };
    let entries = lines.into_iter().map(one).collect();
    Node { value: Value::Map(entries), range: base..base + text.len() }
}

/// The lines of one value, joined by spaces.
fn joined(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// A list of names, separated by semicolons or, if there are none, by commas.
fn list(text: &str, range: Range<usize>) -> Node {
    let sign = if text.contains(';') { ';' } else { ',' };
    let mut at = range.start;
    let mut items = vec![];
    for part in text.split(sign) {
        let start = at + part.len() - part.trim_start().len();
        let end = start + part.trim().len();
        if start < end {
            items.push(Node { value: Value::Scalar(joined(part.trim())), range: start..end });
        }
        at += part.len() + sign.len_utf8();
    }
    Node { value: Value::List(items), range }
}

/// Where the block of lines ends: at the first blank line, or at a line of dashes. For a line of
/// dashes, also returns where the next line begins.
fn end_of(source: &str, from: usize) -> (usize, Option<usize>) {
    let mut at = from;
    for line in source[from..].split_inclusive('\n') {
        let text = line.trim_end();
        if text.is_empty() {
            break;
        }
        if at > from && text.len() >= 3 && text.bytes().all(|byte| byte == b'-') {
            return (at, Some(at + line.len()));
        }
        at += line.len();
    }
    (at, None)
}

/// Whether lines are keys and values of YAML, which may hold a list.
fn is_yaml(text: &str, base: usize) -> bool {
    let Ok(Node { value: Value::Map(entries), .. }) = yaml::parse(text, base) else { return false };
    let known = |entry: &&Entry| known::is_known(&spelling::normal(&entry.key));
    entries.len() > 1 && entries.iter().all(|entry| known(&entry))
}

/// Splits a text into lines with keys, up to the first line that does not fit. Also returns whether
/// all lines fit.
fn lines(text: &str, base: usize, style: Style) -> (Vec<Line<'_>>, bool) {
    let mut found: Vec<Line<'_>> = vec![];
    let mut at = base;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        if let Some(one) = key_line(line, start, style, found.len()) {
            found.push(one);
        } else if let Some(last) = found.last_mut()
            && line.starts_with(if style == Style::Percent { " " } else { "    " })
        {
            last.value.end = start + line.trim_end().len();
        } else {
            return (found, false);
        }
    }
    (found, true)
}

/// Parses a line with a key.
fn key_line(line: &str, start: usize, style: Style, number: usize) -> Option<Line<'_>> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let inner = line.trim();
    let here = start + line.len() - line.trim_start().len();
    let placed = |key, key_at, value_at: usize| {
        let value = &line[value_at - start..];
        let from = value_at + value.len() - value.trim_start().len();
        let value = from.min(value_at + value.trim_end().len())..value_at + value.trim_end().len();
        Line { key, key_at, value }
    };
    if style == Style::Percent {
        let key = ["title", "authors", "date"].get(number)?;
        let rest = inner.strip_prefix('%')?;
        return (rest.is_empty() || rest.starts_with(' ')).then(|| placed(key, here, here + 1));
    }
    let (before, after) = match style {
        Style::Plain | Style::Percent => ("", ":"),
        Style::Dotted => (".. ", ":"),
        Style::Org => ("#+", ":"),
        Style::Colons => (":", ":"),
    };
    let rest = inner.strip_prefix(before)?;
    let (key, value) = rest.split_once(after)?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let is_key = key.starts_with(char::is_alphabetic)
        && key.len() <= LONGEST_KEY
        && key.chars().all(plain)
        && (value.is_empty() || value.starts_with([' ', '\t']))
        && (style != Style::Plain || indent <= 3);
    let key_at = here + before.len();
    is_key.then(|| placed(key.trim_end(), key_at, key_at + key.len() + after.len()))
}

/// How certain it is that lines are front matter.
enum Sureness {
    Sure,
    Doubtful,
    None,
}

/// Judges whether lines are front matter, because prose may have lines of a word and a colon too.
/// They certainly are if a title is among them, alone or with another key that all generators know;
/// or if all keys are known, two or more are typical of front matter, and one of these gives
/// authors, tags, categories or a slug.
fn sureness(lines: &[Line<'_>], whole: bool, style: Style, source: &str) -> Sureness {
    let has = |names: &[&str]| lines.iter().any(|line| spelling::is_one(line.key, names));
    let titled = has(known::HEADLINE);
    match style {
        Style::Dotted | Style::Percent if whole && !lines.is_empty() => return Sureness::Sure,
        Style::Org | Style::Colons if titled => return Sureness::Doubtful,
        Style::Plain if !lines.is_empty() => {}
        _ => return Sureness::None,
    }
    let is_date = |line: &Line<'_>| {
        let day = dates::read(&source[line.value.clone()]);
        spelling::is_one(line.key, keys::DATE) && !matches!(day, dates::Read::Unreadable)
    };
    let telling = [known::AUTHORS, known::TAGS, known::CATEGORIES, &["slug"][..]];
    let others = [known::STANDFIRST, known::SUMMARY, &["kicker", "section", "status", "lang"][..]];
    let count = |groups: &[&[&str]]| {
        lines
            .iter()
            .filter(|line| groups.iter().any(|names| spelling::is_one(line.key, names)))
            .count()
    };
    let (telling, dates) = (count(&telling), lines.iter().filter(|line| is_date(line)).count());
    let core = telling + dates + count(&others);
    let all_known = lines.iter().all(|line| known::is_known(&spelling::normal(line.key)));
    let begins = lines.first().is_some_and(|line| spelling::is_one(line.key, known::HEADLINE));
    if whole && titled && (core > 0 || lines.len() == 1)
        || whole && telling > 0 && core > 1 && all_known
    {
        Sureness::Sure
    } else if begins || core > 1 && whole {
        Sureness::Doubtful
    } else {
        Sureness::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::story::matter::bounds::find;

    fn read(text: &str) -> Option<(String, String)> {
        let fences = find(text).ok().flatten()?;
        let Syntax::Lines(style) = fences.syntax else { return None };
        let node = parse(&text[fences.inside.clone()], fences.inside.start, style);
        let Value::Map(entries) = node.value else { return None };
        let shown = |node: &Node| match &node.value {
            Value::Scalar(value) => {
                let written = joined(&text[node.range.clone()]);
                assert_eq!(written.trim_matches('"'), *value);
                value.clone()
            }
            _ => String::new(),
        };
        let one = |entry: &Entry| {
            let value = match &entry.node.value {
                Value::List(items) => items.iter().map(shown).collect::<Vec<_>>().join("/"),
                _ => shown(&entry.node),
            };
            format!("{}={value}", entry.key)
        };
        let all: Vec<String> = entries.iter().map(one).collect();
        Some((all.join(" "), text[fences.body..].to_owned()))
    }

    #[test]
    fn heads_without_fences_are_read() {
        for (text, wanted) in [
            ("Title: A b\nDate: 2026-03-02\n\nt", "Title=A b Date=2026-03-02"),
            (
                "title: A: b\nNumber: 6\nAuthors: Ann Bell; Jo Carr\n\n\n\nt",
                "title=A: b Number=6 authors=Ann Bell/Jo Carr",
            ),
            ("Title: A\r\nSummary: One\r\n    and two\r\n\r\nt", "Title=A Summary=One and two"),
            ("Title: A\n\nt", "Title=A"),
            ("Author: Ann Bell\nDate: 2026-03-02\n\nt", "Author=Ann Bell Date=2026-03-02"),
            ("Sub Title: B\nTitle: A\nTags: a, b\n\nt", "Sub Title=B Title=A Tags=a, b"),
            ("<!--\n.. title: A\n.. slug: a-b\n.. date:\n-->\n\nt", "title=A slug=a-b date="),
            (".. title: A\n.. tags: a, b\n\nt", "title=A tags=a, b"),
            (
                "% A b\n% Ann Bell; Jo Carr\n% 2 March 2026\n\nt",
                "title=A b authors=Ann Bell/Jo Carr date=2 March 2026",
            ),
            ("% A\n  b\n%\n% 2026-03-02\n\nt", "title=A b authors= date=2026-03-02"),
        ] {
            let read = read(text).map(|(keys, body)| {
                (keys.replace("Authors", "authors"), body.trim_start().to_owned())
            });
            assert_eq!(read, Some((wanted.into(), "t".into())), "{text:?}");
        }
    }

    #[test]
    fn forgotten_fences_are_odd() {
        let found = |text: &str| find(text).ok().flatten().map(|found| (found.syntax, found.odd));
        let text = "title: A\ntags:\n  - a\n  - b\ndate: 2026-03-02\n\nt";
        assert_eq!(found(text), Some((Syntax::Yaml, true)));
        let text = "title: A\ndate: 2026-03-02\n---\nt";
        assert_eq!(found(text), Some((Syntax::Lines(Style::Plain), true)));
    }

    #[test]
    fn prose_is_no_head() {
        for text in [
            "Note: the bridge is closed\n\nMore.\n",
            "Note: the bridge is closed\nWarning: so is the ford\n\nMore.\n",
            "Date: 24 November 2026\nPlace: the town hall\nTickets: 5 pounds\n\nMore.\n",
            "Summary: nobody knows.\n\nMore.\n",
            "Author: unknown.\n\nMore.\n",
            "The clerk said: it is closed\nand went.\n\nMore.\n",
            "https://example.org/a\n\nMore.\n",
            "12:30 the doors open\n\nMore.\n",
            "# Title: A\n\nMore.\n",
            "- Title: A\n- Date: 2026-03-02\n\nMore.\n",
            "100 % of it\n\nMore.\n",
            "%PATH% is a name\n\nMore.\n",
            ":smile: she said\n\nMore.\n",
            "<!-- a remark: nothing -->\n\nMore.\n",
        ] {
            assert!(matches!(find(text), Ok(None)), "{text:?}: {:?}", find(text));
        }
    }

    #[test]
    fn doubts_are_told() {
        for text in [
            "Title: A\nand on goes the text\n\nMore.\n",
            "Title: Town clerk\nSalary: 30,000\n\nMore.\n",
            "Date: 2026-11-24\nStatus: closed\n\nMore.\n",
            "Author: Ann Bell\nDate: 2026-03-02\nRoom: 5\n\nMore.\n",
            "#+TITLE: A\n#+DATE: 2026-03-02\n\nMore.\n",
            ":title: A\n:date: 2026-03-02\n\nMore.\n",
        ] {
            assert!(matches!(find(text), Err(Trouble::Doubtful(..))), "{text:?}: {:?}", find(text));
        }
    }
}
