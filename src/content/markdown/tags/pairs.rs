//! Reads Liquid tags, shortcodes, tags that print a value, and kramdown's extensions.

use crate::diag::Code;
use std::ops::Range;

use super::masked::TagKind;
use super::private::is_private;
use super::stretch::{LONGEST_LIST, LONGEST_TAG, ahead, shorten};
use super::tag_finder::TagFinder;
use crate::content::markdown::tag_args;
use crate::content::markdown::tag_args::Parts;
use crate::content::syntax::spelling;

/// Tags that hold text in which nothing is a tag, and the tags that end it.
const AS_WRITTEN: [(&str, &str); 2] = [("raw", "endraw"), ("verbatim", "endverbatim")];

/// Tags in whose place a site puts a table of contents; they have no text of their own.
const CONTENTS: [&str; 4] = ["toc", "tableofcontents", "table_of_contents", "contents"];

impl TagFinder<'_> {
    /// Finds the closing marks of a tag in the same paragraph, and reports a tag without them.
    fn close(&mut self, at: usize, from: usize, marks: &str) -> Option<usize> {
        let rest = ahead(self.text, from, LONGEST_TAG);
        let paragraph = rest.find("\n\n").or_else(|| rest.find("\r\n\r\n")).unwrap_or(rest.len());
        let found = rest[..paragraph].find(marks);
        if found.is_none() {
            self.fault(
                Code::UnclosedTag,
                at..from,
                "this tag is not closed in its paragraph; it is printed as text",
                "close it; if it should be printed, put it between backticks",
            );
        }
        found.map(|at| from + at)
    }

    /// Reads `{% … %}`, `{{< … >}}`, `{{% … %}}`.
    pub(super) fn paired(&mut self, at: usize, open: usize, marks: &str) -> Option<usize> {
        let liquid = marks == "%}";
        let close = if self.until.is_some() {
            at + open + ahead(self.text, at + open, LONGEST_LIST).find(marks)?
        } else {
            self.close(at, at + open, marks)?
        };
        let end = close + marks.len();
        let mut inside = at + open..close;
        // The hyphens of `{%- … -%}` remove blanks around the tag.
        if self.text[inside.clone()].starts_with('-') {
            inside.start += 1;
        }
        if !inside.is_empty() && self.text[inside.clone()].ends_with('-') {
            inside.end -= 1;
        }
        let written = self.text[inside.clone()].trim();
        // `{{</* … */>}}` shows a shortcode as an example.
        if let Some(shown) = written.strip_prefix("/*").and_then(|rest| rest.strip_suffix("*/")) {
            if self.until.is_some() || self.in_address(at) {
                return None;
            }
            let shown = format!("{}{shown}{marks}", &self.text[at..at + open]);
            return Some(self.show(at..end, TagKind::Written(shown)));
        }
        let parts = tag_args::parse(self.text, inside.clone());
        if self.until.is_some_and(|until| parts.name != until) {
            return None;
        }
        if liquid && written.starts_with('#') {
            return Some(self.hide(at..end, TagKind::Quiet));
        }
        let range = at..end;
        match parts.name.as_str() {
            "comment" | "doc" if liquid || parts.name == "comment" => {
                let closing = if liquid { format!("end{}", parts.name) } else { "/comment".into() };
                let alone = written.ends_with('/');
                return Some(match self.end_tag(end, &closing) {
                    _ if alone => self.hide(range, TagKind::Quiet),
                    Some(close) => self.hide(at..close, TagKind::Quiet),
                    None => self.never_closed(range),
                });
            }
            "endraw" | "endverbatim" => self.until = None,
            "endhighlight" | "/highlight" if self.until.take().is_some() => {
                return Some(self.code_fence(range, b"```"));
            }
            name if liquid && AS_WRITTEN.iter().any(|(raw, _)| *raw == name) => {
                let ends = AS_WRITTEN.iter().find(|(raw, _)| *raw == name).map(|(_, end)| *end);
                return self.opens(range, ends?);
            }
            "highlight" => {
                return self.opens(range, if liquid { "endhighlight" } else { "/highlight" });
            }
            name if is_private(name) => {
                let closing = if liquid { format!("end{name}") } else { format!("/{name}") };
                return match self.end_tag(end, &closing) {
                    Some(close) => Some(self.private(range, at..close)),
                    None => self.tag(range, open, marks, parts),
                };
            }
            _ => return self.tag(range, open, marks, parts),
        }
        Some(self.hide(range, TagKind::Quiet))
    }

    /// Reads `{{{< … >}}}`, with which Quarto shows a shortcode as an example. One pair of braces
    /// is the escape.
    pub(super) fn escaped_shortcode(&mut self, at: usize) -> Option<usize> {
        let marks = if self.text[at..].starts_with("{{{<") { ">}}}" } else { "%}}}" };
        if self.until.is_some() || self.in_address(at) {
            return None;
        }
        let end = self.close(at, at + 4, marks)? + marks.len();
        let shown = self.text[at + 1..end - 1].to_owned();
        Some(self.show(at..end, TagKind::Written(shown)))
    }

    /// Reads `{{/* name(…) */}}`, with which Zola shows a shortcode as an example. Anything but a
    /// call is a comment.
    pub(super) fn escaped_call(&mut self, at: usize) -> Option<usize> {
        let rest = self.text[at..].strip_prefix("{{/*")?;
        let length = ahead(rest, 0, LONGEST_LIST).find("*/}}")?;
        let call = rest[..length].trim();
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':');
        let name = call.find('(').filter(|_| call.ends_with(')') && !call.contains('\n'))?;
        if name == 0 || !call[..name].chars().all(is_name) || self.until.is_some() {
            return None;
        }
        let end = at + 4 + length + 4;
        Some(self.show(at..end, TagKind::Written(format!("{{{{ {call} }}}}"))))
    }

    /// Starts text in which nothing is a tag, if a tag ends it.
    fn opens(&mut self, range: Range<usize>, ends: &'static str) -> Option<usize> {
        let Some(close) = self.end_tag(range.end, ends) else {
            self.fault(
                Code::UnclosedTag,
                range.clone(),
                "this tag is never closed; it is left out",
                "close it; if it should be printed, put it between backticks",
            );
            return Some(self.hide(range, TagKind::Quiet));
        };
        self.until = Some(ends);
        Some(match ends {
            "endhighlight" | "/highlight" => {
                self.out.listings.push(range.end..close);
                self.code_fence(range, b"```")
            }
            _ => self.hide(range, TagKind::Quiet),
        })
    }

    /// Where the tag of this name ends: `endraw` finds `{% endraw %}`, `/comment` finds
    /// `{{< /comment >}}`.
    fn end_tag(&mut self, from: usize, name: &str) -> Option<usize> {
        let (opens, word) = match name.strip_prefix('/') {
            Some(word) => (&["{{<", "{{%"][..], word),
            None => (&["{%"][..], name),
        };
        let mut at = from;
        while let Some(found) = self.find(at, word) {
            at = found + word.len();
            let before = self.text[from..found].trim_end_matches([' ', '\t', '\n', '\r', '-']);
            let before = match name.starts_with('/') {
                true => match before.strip_suffix('/') {
                    Some(before) => before.trim_end(),
                    None => continue,
                },
                false => before,
            };
            let closes =
                ahead(self.text, at, LONGEST_LIST).trim_start_matches([' ', '\t', '\n', '\r', '-']);
            let marks = ["%}}", ">}}", "%}"].iter().find(|marks| closes.starts_with(**marks));
            if let Some(marks) = marks.filter(|_| opens.iter().any(|open| before.ends_with(open))) {
                return Some(self.text[at..].find(marks)? + at + marks.len());
            }
        }
        None
    }

    /// Reads any other tag.
    fn tag(
        &mut self,
        range: Range<usize>,
        open: usize,
        marks: &str,
        parts: Parts,
    ) -> Option<usize> {
        let at = range.start;
        if self.in_address(at) {
            return Some(self.tag_in_attribute(at));
        }
        let name = parts.name.as_str();
        if is_picture(name, &parts, self.text) {
            return Some(self.show(range, TagKind::Picture(parts)));
        }
        if name.starts_with('/') || name.starts_with("end") || CONTENTS.contains(&name) {
            return Some(self.hide(range, TagKind::Quiet));
        }
        if let Some(title) = self.title_of(&parts) {
            return Some(self.show(range, TagKind::Title(title)));
        }
        let name = format!("{} {name} {marks}", &self.text[at..at + open]);
        Some(self.hide(range, TagKind::Unknown { name }))
    }

    /// Reads `{{ … }}`.
    pub(super) fn output(&mut self, at: usize) -> Option<usize> {
        if self.in_address(at) {
            return Some(self.tag_in_attribute(at));
        }
        if self.text[at..].starts_with("{{{")
            && let Some(length) = self.line(at).find("}}}")
        {
            let end = at + length + 3;
            let name = shorten(&self.text[at..end]);
            return Some(self.hide(at..end, TagKind::Unknown { name }));
        }
        let end = self.close(at, at + 2, "}}")? + 2;
        let inside = self.text[at + 2..end - 2].trim_matches('-').trim();
        if inside.starts_with('!') || inside.eq_ignore_ascii_case("toc") {
            return Some(self.hide(at..end, TagKind::Quiet));
        }
        let called = tag_args::parse(self.text, at + 2..end - 2);
        let called_picture = inside.contains('(')
            && inside.ends_with(')')
            && is_picture(&called.name, &called, self.text);
        let picture = inside.contains("img") && inside.contains("src=");
        let name = format!("{{{{ {} }}}}", shorten(inside));
        let kind = if called_picture {
            TagKind::Picture(called)
        } else if picture {
            TagKind::Picture(tag_args::parse(self.text, at + 2..end - 2))
        } else if let Some(key) = key_of(inside) {
            TagKind::Page { key, name }
        } else if let Some(shown) = quoted(inside) {
            TagKind::Written(shown.to_owned())
        } else {
            TagKind::Unknown { name }
        };
        Some(self.hide(at..end, kind))
    }

    /// Reads kramdown's `{::comment}`, `{::nomarkdown}`, `{::options … /}` and their closing tags.
    pub(super) fn extension(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at + 2..];
        let line = self.line(at);
        let end = at + line.find('}')? + 1;
        let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if let Some(name) = rest.strip_prefix('/') {
            let name = &name[..end - 1 - (at + 3)];
            return is_name(name).then(|| self.hide(at..end, TagKind::Quiet));
        }
        let name = rest.strip_prefix(':')?;
        let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.is_empty() {
            return None;
        }
        let alone = self.text[..end - 1].ends_with('/');
        if name == "comment" && !alone {
            let named = self.find(end, "{:/comment}");
            let bare = self.find(end, "{:/}");
            let close = match (named, bare) {
                (Some(a), Some(b)) => Some(if a < b { a + 11 } else { b + 4 }),
                (a, b) => a.map(|a| a + 11).or(b.map(|b| b + 4)),
            };
            return Some(match close {
                Some(close) => self.hide(at..close, TagKind::Quiet),
                None => self.never_closed(at..end),
            });
        }
        Some(self.hide(at..end, TagKind::Quiet))
    }

    /// Replaces the tag that begins or ends a listing by a code fence.
    pub(super) fn code_fence(&mut self, range: Range<usize>, fence: &[u8; 3]) -> usize {
        let end = self.blank(range.clone());
        self.bytes[range.start..range.start + 3].copy_from_slice(fence);
        end
    }
}

/// The key of the front matter that a tag prints.
pub(super) fn key_of(inside: &str) -> Option<String> {
    let named = ["page.", ".Params.", "$frontmatter.", "frontmatter.", "metadata."];
    let key = named.iter().find_map(|name| inside.strip_prefix(name))?;
    key.chars().all(|c| c.is_alphanumeric() || c == '_').then(|| spelling::normal(key))
}

/// The text of a tag that holds only a quoted text.
pub(super) fn quoted(inside: &str) -> Option<&str> {
    let mark = inside.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let text = inside.strip_prefix(mark)?.strip_suffix(mark)?;
    (!text.contains([mark, '\\', '$'])).then_some(text)
}

/// Whether a tag of this name shows a picture.
pub(super) fn is_picture(name: &str, parts: &Parts, text: &str) -> bool {
    let pictorial = |name: &str| {
        let name = name.to_ascii_lowercase();
        ["img", "image", "figure", "photo", "picture"].iter().any(|part| name.contains(part))
            && !name.contains("gallery")
            || name == "figureforgallery"
            || name == "asset"
            || name == "asset-static"
    };
    if name.starts_with('/') || name.starts_with("end") {
        return false;
    }
    let included = || parts.placed().first().is_some_and(|arg| pictorial(&text[arg.value.clone()]));
    pictorial(name) || (name.starts_with("include") || name == "render") && included()
}
