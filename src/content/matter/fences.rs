//! Where front matter stands, and in which syntax.

use std::ops::Range;

use super::super::json_tree;
use super::super::known;
use super::super::tree::SyntaxError;
use super::header;

/// How front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Yaml,
    Toml,
    /// One JSON object.
    Json,
    /// What stands between the braces of a JSON object.
    JsonInside,
    /// Lines of a name and a value, without anything around them.
    Lines(header::Style),
}

/// Front matter in a file, in bytes.
#[derive(Debug)]
pub(super) struct Fences {
    pub(super) syntax: Syntax,
    pub(super) inside: Range<usize>,
    /// Where the body begins.
    pub(super) body: usize,
    /// The line that opens it.
    pub(super) place: Range<usize>,
    /// Whether something stands above it.
    pub(super) late: bool,
    /// Whether its fences are not those that other programs take.
    pub(super) odd: bool,
}

/// What can be wrong with the fences.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The first line goes on after the marker.
    NotAlone(Range<usize>),
    /// Nothing closes it.
    Unclosed(Range<usize>),
    /// It is in a language that is not read: its name.
    Language(Range<usize>, String),
    /// It stands in a listing.
    InCode(Range<usize>),
    /// It is JSON, but not sound.
    Json(Range<usize>, SyntaxError),
    /// The text begins with what may be a head without fences: it is printed.
    Doubtful(Range<usize>, header::Style),
}

/// Signs that are or look like dashes.
const DASHES: [char; 7] = ['-', '‐', '‑', '–', '—', '―', '−'];

/// Signs that nobody sees, which editors and web pages leave behind.
pub(super) const INVISIBLE: [char; 9] = [
    '\u{feff}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{ad}',
    '\u{180e}',
];

/// A line without blanks and invisible signs around it.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || INVISIBLE.contains(&c))
}

/// A file's beginning, as far as nothing in it is printed.
struct Head<'s> {
    source: &'s str,
    /// Where the first line begins that is neither blank nor a remark.
    first: usize,
    /// Whether remarks stand above it.
    remarks: bool,
    /// Whether anything stands above it, be it blank lines.
    late: bool,
}

/// Finds front matter at a file's beginning.
pub(super) fn find(source: &str) -> Result<Option<Fences>, Trouble> {
    let start = source.len() - source.trim_start_matches('\u{feff}').len();
    let text = &source[start..];
    if let Some(fences) = header::in_comment(source, start) {
        let next = bare(&source[fences.body..]).lines().next().unwrap_or_default();
        // What stands in a remark above front matter is what somebody took out of it.
        if fences.syntax == Syntax::Lines(header::Style::Dotted) || marker(next).is_none() {
            return Ok(Some(fences));
        }
    }
    let (past, remarks) = past_remarks(text);
    let blank = text[past..].len() - text[past..].trim_start().len();
    let line_start = text[past..past + blank].rfind('\n').map_or(past, |n| past + n + 1);
    let head = Head { source, first: start + line_start, remarks, late: line_start > 0 };
    let place = line_at(source, head.first);
    let line = bare(&source[place.clone()]);
    if let Some(run) = marker(line) {
        return head.fenced(place, run);
    }
    if line.starts_with('{') {
        return head.json(place);
    }
    if line.starts_with("```") || line.starts_with("~~~") {
        return head.listing(place);
    }
    header::find(source, place, head.late)
}

/// A line's bytes without its end.
fn line_at(source: &str, from: usize) -> Range<usize> {
    let line = source[from..].lines().next().unwrap_or_default();
    from..from + line.len()
}

/// Where the line after a place begins.
fn next_line(source: &str, at: usize) -> usize {
    source[at..].find('\n').map_or(source.len(), |n| at + n + 1)
}

/// Where a text goes on after its first blank lines and remarks, and whether there are remarks.
fn past_remarks(text: &str) -> (usize, bool) {
    let mut at = 0;
    let mut remarks = false;
    loop {
        let rest = text[at..].trim_start();
        let here = text.len() - rest.len();
        let around = [
            ("<!--", "-->"),
            ("{#", "#}"),
            ("{{/*", "*/}}"),
            ("{% comment %}", "{% endcomment %}"),
        ];
        let block = around.iter().find_map(|(open, close)| {
            let inside = rest.strip_prefix(open)?;
            Some(open.len() + inside.find(close)? + close.len())
        });
        // A link that is nowhere shown is how Markdown itself writes a remark.
        let link = || {
            let line = rest.lines().next().unwrap_or_default();
            let is = ["[//]: #", "[comment]: #", "[//]: <>", "[comment]: <>"];
            is.iter().any(|start| line.starts_with(start)).then_some(line.len())
        };
        let Some(length) = block.or_else(link) else { return (at, remarks) };
        at = here + length;
        remarks = true;
    }
}

/// A marker of front matter that a line begins with, and its length in bytes.
fn marker(line: &str) -> Option<(char, usize)> {
    let run = |c: char| line.len() - line.trim_start_matches(c).len();
    match line.chars().next()? {
        c @ ('-' | '+' | ';') if run(c) >= 3 => Some((c, run(c))),
        // One that came out too short.
        '-' if line == "--" => Some(('—', line.len())),
        c if c != '-' && DASHES.contains(&c) => {
            let long = line.len() - line.trim_start_matches(DASHES).len();
            Some(('—', long))
        }
        _ => None,
    }
}

impl Head<'_> {
    fn fenced(
        &self,
        place: Range<usize>,
        (sign, run): (char, usize),
    ) -> Result<Option<Fences>, Trouble> {
        let source = self.source;
        let line = &source[place.clone()];
        let text = bare(line);
        let after = text[run..].trim();
        let from = next_line(source, place.start);
        let usual = run == 3 && !self.remarks && line.starts_with(text) && sign != '—';
        let syntax = match (sign, after.to_ascii_lowercase().as_str()) {
            ('+', "" | "toml") | ('-', "toml") => Syntax::Toml,
            (';', "" | "json") => Syntax::JsonInside,
            ('-', "json" | "json5") => Syntax::Json,
            ('-' | '—', "") | ('-', "yaml" | "yml") => Syntax::Yaml,
            ('-', "js" | "javascript" | "coffee" | "cson" | "coffeescript" | "jsonc" | "csv") => {
                return Err(Trouble::Language(place, after.to_owned()));
            }
            _ => {
                // A rule of dashes or a table may begin a text; keys after it tell of front matter.
                let closing = closing(source, from, sign);
                let keys = closing.is_some_and(|close| looks_like_keys(&source[from..close.start]));
                return if keys && sign != '—' {
                    Err(Trouble::NotAlone(place))
                } else {
                    Ok(None)
                };
            }
        };
        let Some(close) = closing(source, from, sign) else {
            let rest = &source[from..];
            let sure = if usual { looks_like_keys(rest) } else { has_known_key(rest) };
            let told = sure && matches!(syntax, Syntax::Yaml | Syntax::Toml) && sign != '—';
            return if told || !after.is_empty() {
                Err(Trouble::Unclosed(place))
            } else {
                Ok(None)
            };
        };
        let inside = from..close.start;
        // What no program takes for front matter is none unless its keys leave no doubt.
        if !usual && after.is_empty() && !has_known_key(&source[inside.clone()]) {
            return Ok(None);
        }
        let braced = source[inside.clone()].trim_start().starts_with('{');
        let syntax = if syntax == Syntax::JsonInside && braced { Syntax::Json } else { syntax };
        let odd = run != 3 || sign == '—' || !line.starts_with(text);
        let body = next_line(source, close.end);
        Ok(Some(Fences { syntax, inside, body, place, late: self.late, odd }))
    }

    /// JSON without fences: an object that the file begins with.
    fn json(&self, place: Range<usize>) -> Result<Option<Fences>, Trouble> {
        let source = self.source;
        let line = &source[place.clone()];
        let start = place.start + line.len() - line.trim_start().len();
        let rest = &source[start..];
        if !looks_like_json(rest) {
            return Ok(None);
        }
        match json_tree::end_of(rest, start) {
            Ok(end) => {
                let after = line_at(source, end);
                let blank = source[after.clone()].trim().is_empty();
                let body = if blank { next_line(source, end) } else { end };
                let inside = start..end;
                let syntax = Syntax::Json;
                Ok(Some(Fences { syntax, inside, body, place, late: self.late, odd: false }))
            }
            Err(error) => Err(Trouble::Json(start..source.len(), error)),
        }
    }

    /// Front matter that a listing was put around: the fence of the listing is no front matter's.
    fn listing(&self, place: Range<usize>) -> Result<Option<Fences>, Trouble> {
        let source = self.source;
        let name = source[place.clone()].trim().trim_start_matches(['`', '~']).trim();
        let from = next_line(source, place.start);
        let inside = line_at(source, from);
        let named = matches!(name, "" | "yaml" | "yml" | "toml" | "md" | "markdown" | "mdx");
        let fence = marker(source[inside.clone()].trim()).filter(|(sign, run)| {
            matches!(sign, '-' | '+') && *run == source[inside.clone()].trim().len()
        });
        let keys = fence.and_then(|(sign, _)| {
            let from = next_line(source, from);
            let close = closing(source, from, sign)?;
            has_known_key(&source[from..close.start]).then_some(())
        });
        if named && keys.is_some() { Err(Trouble::InCode(place)) } else { Ok(None) }
    }
}

/// The line that closes front matter: its bytes without its end.
fn closing(source: &str, from: usize, sign: char) -> Option<Range<usize>> {
    let mut at = from;
    for line in source[from..].split_inclusive('\n') {
        let text = line.trim_end();
        let inner = bare(line);
        let closes = match sign {
            // A line of dashes can be no part of YAML that stands at the margin.
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

/// Whether a line begins in one of its first three columns: further to the right it may belong to a
/// text of several lines.
fn at_margin(line: &str, inner: &str) -> bool {
    line.len() - inner.len() <= 3 && !line.starts_with('\t')
}

/// The name that a line gives a value, as in `name: value` or `name = value`.
fn key_of(line: &str) -> Option<&str> {
    let line = line.trim_start_matches('\u{feff}').trim_start();
    let name = line.split([':', '=']).next().filter(|name| name.len() < line.len())?;
    let name = name.trim().trim_matches(['"', '\'']);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!name.is_empty() && name.chars().all(plain)).then_some(name)
}

fn looks_like_keys(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| {
        // `[extra]` and its like begin a table of TOML.
        key_of(line).is_some() || line.starts_with('[') && line.trim_end().ends_with(']')
    })
}

/// Front matter in the remark that a file begins with: its lines, or what stands between two rules
/// there. `inside` is what the remark holds.
pub(super) fn in_remark(source: &str, inside: Range<usize>) -> Option<Range<usize>> {
    let text = &source[inside.clone()];
    let from = inside.start + text.len() - text.trim_start().len();
    let Some(('-', 3)) = marker(source[line_at(source, from)].trim()) else { return None };
    let from = next_line(source, from);
    let close = closing(source, from, '-').filter(|close| close.end <= inside.end)?;
    has_known_key(&source[from..close.start]).then_some(from..close.start)
}

/// Whether a text begins as keys and values do, and one of the keys is known.
fn has_known_key(text: &str) -> bool {
    let known = |line| key_of(line).is_some_and(|key| known::is_known(&known::normal(key)));
    let braced = text.trim_start().starts_with('{');
    (looks_like_keys(text) || braced)
        && text.lines().any(|line| known(line.trim_start().trim_start_matches(['{', '['])))
}

/// Whether a text that begins with a brace is meant as JSON: no prose has a name in quotation marks
/// and a colon there, and none has a brace alone above such lines.
fn looks_like_json(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('{') else { return false };
    let first = inside.trim_start();
    let alone = inside.lines().next().is_some_and(|line| line.trim().is_empty());
    let quoted = |marks: [char; 2]| {
        let rest = first.strip_prefix(marks[0])?;
        let (name, rest) = rest.split_once(marks[1])?;
        (!name.contains('\n') && rest.trim_start().starts_with(':')).then_some(())
    };
    if first.starts_with('}') {
        return alone || inside.trim_end_matches(['\n', '\r']).lines().next() == Some("}");
    }
    let straight = quoted(['"', '"']).is_some();
    let other = [['\'', '\''], ['“', '”'], ['”', '”'], ['„', '“']];
    let name = first.lines().next().and_then(key_of);
    straight
        || alone
            && (other.into_iter().any(|marks| quoted(marks).is_some())
                || name.is_some_and(|name| known::is_known(&known::normal(name))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Option<(String, String)> {
        let fences = find(text).ok().flatten()?;
        Some((text[fences.inside].to_owned(), text[fences.body..].to_owned()))
    }

    #[test]
    fn front_matter_is_found() {
        for (text, inside) in [
            ("---\ntitle: A\n---\nb", "title: A\n"),
            ("\u{feff}---\r\ntitle: A\r\n---  \r\nb", "title: A\r\n"),
            ("---\ntitle: A\n...\nb", "title: A\n"),
            ("+++\ntitle = 'A'\n+++\nb", "title = 'A'\n"),
            ("---\n---\nb", ""),
            ("\n\n---\ntitle: A\n---\nb", "title: A\n"),
            ("-----\ntitle: A\n-----\nb", "title: A\n"),
            ("---\ntitle: A\n-----\nb", "title: A\n"),
            ("  ---\n  title: A\n  ---\nb", "  title: A\n"),
            ("———\ntitle: A\n———\nb", "title: A\n"),
            ("—\ntitle: A\n—\nb", "title: A\n"),
            ("--\ntitle: A\n--\nb", "title: A\n"),
            ("\u{200b}---\ntitle: A\n---\nb", "title: A\n"),
            ("\u{feff}\u{2060}---\u{200b}\ntitle: A\n---\nb", "title: A\n"),
            ("\u{a0}---\ntitle: A\n---\u{a0}\nb", "title: A\n"),
            ("---\ntitle: A\n\u{200b}---\nb", "title: A\n"),
            ("<!--\ntitle: A\ndate: 2026-03-02\n-->\nb", "\ntitle: A\ndate: 2026-03-02\n"),
            ("<!--\n---\ntitle: A\ntags: [a]\n---\n-->\nb", "title: A\ntags: [a]\n"),
            ("<!--\n---\nold: x\ntitle: B\n---\n-->\n---\ntitle: A\n---\nb", "title: A\n"),
            ("<!--\ntitle: B\ndate: 2026-03-02\n-->\n\n---\ntitle: A\n---\nb", "title: A\n"),
            ("<!-- (c) the Echo -->\n---\ntitle: A\n---\nb", "title: A\n"),
            ("<!-- one\n--- -->\n\n<!-- two -->\n---\ntitle: A\n---\nb", "title: A\n"),
            ("{# remark #}\n+++\ntitle = 'A'\n+++\nb", "title = 'A'\n"),
            ("[//]: # (remark)\n---\ntitle: A\n---\nb", "title: A\n"),
            ("---json\n{\"title\": \"A\"}\n---\nb", "{\"title\": \"A\"}\n"),
            ("--- yaml\ntitle: A\n---\nb", "title: A\n"),
            ("---toml\ntitle = 'A'\n---\nb", "title = 'A'\n"),
            (";;;\n\"title\": \"A\"\n;;;\nb", "\"title\": \"A\"\n"),
            ("{\"title\": \"A}\"}\nb", "{\"title\": \"A}\"}"),
            ("\n{\n  \"x\": {}\n}\r\nb", "{\n  \"x\": {}\n}"),
            ("---\ntext: |\n  a\n    -----\n  b\n---\nb", "text: |\n  a\n    -----\n  b\n"),
        ] {
            assert_eq!(cut(text), Some((inside.into(), "b".into())), "{text:?}");
        }
    }

    #[test]
    fn text_is_no_front_matter() {
        for text in [
            "",
            "---",
            "---\n\nA rule, then text.\n",
            "-----\n\nA rule: then text.\n\n-----\nMore.\n",
            "-----\nNote: the bridge is closed\n-----\n",
            "<!-- remark -->\n---\nThe bridge: it is closed\n---\n",
            "— said the clerk\n",
            "—\nA dash, then text.\n",
            "--\nA dash, then text: more.\n--\n",
            "<!-- Note: ask Ann\nPlace: the hall -->\nText.\n",
            "<!--\n---\nThe bridge: it is closed\n---\n-->\nText.\n",
            "--- | ---\ntitle: A\n",
            "{% include a.html %}\n",
            "{{< figure src=\"a.jpg\" >}}\n",
            "{.class #name}\n",
            "{\"Quoted\" in braces}\n",
            "{ note: the bridge is closed }\n",
            "+++ and so on\n",
            "```yaml\ntitle: A\n```\n",
            "<!-- never closed\n---\ntitle: A\n---\n",
        ] {
            assert!(matches!(find(text), Ok(None)), "{text:?}: {:?}", find(text));
        }
    }

    #[test]
    fn what_is_nearly_front_matter_is_told() {
        assert!(matches!(find("---\na: 1\n"), Err(Trouble::Unclosed(_))));
        assert!(matches!(find("-----\ntitle: A\n\nb"), Err(Trouble::Unclosed(_))));
        assert!(matches!(find("---json\n{}\n"), Err(Trouble::Unclosed(_))));
        assert!(matches!(find("---x\na: 1\n---\n"), Err(Trouble::NotAlone(_))));
        assert!(matches!(find("---js\n{}\n---\n"), Err(Trouble::Language(..))));
        assert!(matches!(
            find("```markdown\n---\ntitle: A\n---\nb\n```\n"),
            Err(Trouble::InCode(_))
        ));
        for json in [
            "{\n  \"title\": \"A\",\n}\nb",
            "{\n  title: \"A\"\n}\nb",
            "{\n  'title': 'A'\n}\nb",
            "{\n  “title”: “A”\n}\nb",
            "{\"title\": \"A\"\n\nb",
        ] {
            assert!(matches!(find(json), Err(Trouble::Json(..))), "{json}");
        }
    }
}
