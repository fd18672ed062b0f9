//! Finds the front matter at the beginning of a file, and its syntax.

use std::ops::Range;

use super::delimiters::{
    bare, closing, has_known_key, key_of, line_at, looks_like_keys, marker, next_line,
};
use super::found::{Fences, Style, Syntax, Trouble};
use super::header;
use crate::content::story::known;
use crate::content::syntax::json_tree;
use crate::content::syntax::spelling;

/// The beginning of a file, before anything that is printed.
struct Head<'s> {
    source: &'s str,
    /// The byte offset of the first line that is neither blank nor a comment.
    first: usize,
    /// Whether there are comments before it.
    remarks: bool,
    /// Whether there is anything before it, even blank lines.
    late: bool,
}

/// Finds the front matter at the beginning of a file.
pub(super) fn find(source: &str) -> Result<Option<Fences>, Trouble> {
    let start = source.len() - source.trim_start_matches('\u{feff}').len();
    let text = &source[start..];
    if let Some(fences) = header::in_comment(source, start) {
        let next = bare(&source[fences.body..]).lines().next().unwrap_or_default();
        // Lines in a comment above front matter are keys that somebody commented out.
        if fences.syntax == Syntax::Lines(Style::Dotted) || marker(next).is_none() {
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

/// Skips blank lines and comments. Returns the byte offset after them, and whether there were
/// comments.
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
        // A link reference that leads nowhere serves as a comment in Markdown.
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
                // A text may begin with a rule of dashes or a table. Only keys after it show that
                // it is front matter.
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
        // No other program accepts these fences, so only known keys show that it is front matter.
        if !usual && after.is_empty() && !has_known_key(&source[inside.clone()]) {
            return Ok(None);
        }
        let braced = source[inside.clone()].trim_start().starts_with('{');
        let syntax = if syntax == Syntax::JsonInside && braced { Syntax::Json } else { syntax };
        let odd = run != 3 || sign == '—' || !line.starts_with(text);
        let body = next_line(source, close.end);
        Ok(Some(Fences { syntax, inside, body, place, late: self.late, odd }))
    }

    /// Finds JSON without fences: an object at the beginning of the file.
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

    /// Reports front matter that is wrapped in a fenced code block.
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

/// Whether a text that begins with a brace is meant as JSON. Prose never has a quoted name and a
/// colon after the brace, nor a brace alone on a line above such a name.
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
                || name.is_some_and(|name| known::is_known(&spelling::normal(name))))
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
