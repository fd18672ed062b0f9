//! Reads the addresses of pictures and links that hold tags or blanks, which Markdown does not
//! accept.

use crate::diag::Code;
use std::ops::Range;

use super::masked::{BLANK, MASK, TagKind};
use super::pairs::key_of;
use super::stretch::{LONGEST_LIST, LONGEST_TAG, ahead, behind};
use super::tag_finder::TagFinder;
use crate::content::markdown::tag_args;

/// An address as the Markdown parser returns it, with the placeholders removed.
pub(crate) fn address(read: &str) -> String {
    read.replace(MASK, "").replace(BLANK, " ").trim().to_owned()
}

impl TagFinder<'_> {
    /// Whether a byte offset lies in the address in an HTML attribute.
    pub(super) fn in_address(&self, at: usize) -> bool {
        self.attribute_at(at).is_some()
    }

    /// Where the value of the HTML attribute around a byte offset begins, and the quote that ends
    /// it, if any.
    fn attribute_at(&self, at: usize) -> Option<(usize, Option<char>)> {
        let before = behind(self.text, at, LONGEST_TAG / 4);
        let base = at - before.len();
        let tag = before
            .rfind('<')
            .filter(|tag| before[tag + 1..].starts_with(|c: char| c.is_ascii_alphabetic()))?;
        let mut quote: Option<(usize, char)> = None;
        let mut braces = 0usize;
        let mut last = tag;
        for (found, c) in before[tag..].char_indices().map(|(n, c)| (tag + n, c)) {
            match (quote, c) {
                _ if braces > 0
                    || before[found..].starts_with("{{")
                    || before[found..].starts_with("{%") =>
                {
                    match c {
                        '{' => braces += 1,
                        '}' => braces = braces.saturating_sub(1),
                        _ => {}
                    }
                }
                (Some((_, mark)), c) if c == mark => quote = None,
                (None, '"' | '\'') => quote = Some((found + 1, c)),
                (None, '>') => return None,
                (None, '=') => last = found + 1,
                _ => {}
            }
        }
        match quote {
            Some((start, mark)) => Some((base + start, Some(mark))),
            None if last == tag || before[last..].contains("\n\n") => None,
            None => {
                let bare = !before[last..].trim().contains(char::is_whitespace);
                let value = bare && !before[last..].trim().is_empty();
                Some((if value { base + last } else { at }, None))
            }
        }
    }

    /// Reads a tag in the value of an attribute, and replaces the whole value by what its tags
    /// stand for.
    pub(super) fn tag_in_attribute(&mut self, at: usize) -> usize {
        let Some((start, mark)) = self.attribute_at(at) else { return at + 2 };
        let rest = ahead(self.text, start, LONGEST_TAG);
        let end = start
            + value_length(rest, |c| match mark {
                Some(mark) => c == mark,
                None => c.is_whitespace() || c == '>',
            });
        let value = self.filled(start..end);
        self.set_address(start..end, &value);
        end.max(at + 2)
    }

    /// An address with its tags replaced: by the quoted text in them, by the name of a file, or by
    /// a text of the front matter. A tag for the address of the site itself becomes empty.
    fn filled(&self, range: Range<usize>) -> String {
        let mut out = String::new();
        let mut at = range.start;
        while at < range.end {
            let rest = &self.text[at..range.end];
            let Some(found) = rest.find("{{").into_iter().chain(rest.find("{%")).min() else {
                out.push_str(rest);
                break;
            };
            out.push_str(&rest[..found]);
            let length = tag_length(&rest[found..]);
            out.push_str(&self.value_of(at + found..at + found + length));
            at += found + length;
        }
        out
    }

    fn value_of(&self, tag: Range<usize>) -> String {
        let marks = |c: char| matches!(c, '{' | '}' | '%' | '<' | '>' | '-') || c.is_whitespace();
        let written = &self.text[tag.clone()];
        let inside = written.trim_matches(marks);
        let key = key_of(inside.split('|').next().unwrap_or_default().trim());
        if let Some(value) = key.and_then(|key| (self.page)(&key)) {
            return value;
        }
        let quoted = inside.find(['"', '\'']).and_then(|at| {
            let mark = inside[at..].chars().next()?;
            let rest = &inside[at + 1..];
            Some(&rest[..rest.find(mark)?])
        });
        if let Some(quoted) = quoted {
            return quoted.to_owned();
        }
        let start = tag.start + written.len() - written.trim_start_matches(marks).len();
        let parts = tag_args::parse(self.text, start..start + inside.len());
        let names = ["ref", "relref", "link", "post_url", "asset_path", "asset", "static", "url"];
        let file = parts.placed().first().map(|arg| self.text[arg.value.clone()].to_owned());
        file.filter(|_| names.contains(&parts.name.as_str())).unwrap_or_default()
    }

    /// Writes an address in the place of one that is at least as long. The rest of that place
    /// becomes blank.
    fn set_address(&mut self, range: Range<usize>, value: &str) {
        let value = value.trim();
        let value = if value.len() > range.len() { "" } else { value };
        self.blank(range.clone());
        for (at, byte) in value.bytes().enumerate() {
            let blank = byte.is_ascii_whitespace();
            self.bytes[range.start + at] = if blank { BLANK as u8 } else { byte };
        }
    }

    /// Reads the address of `](…)` if it holds tags or blanks, because Markdown would take it for
    /// text.
    pub(super) fn inline_address(&mut self, at: usize) -> Option<usize> {
        let from = at + 2;
        let rest = ahead(self.text, from, LONGEST_TAG / 4);
        let data = rest.trim_start().starts_with("data:");
        let rest = if data { &self.text[from..] } else { rest };
        let mut depth = 0usize;
        let mut quote = false;
        let length = value_length(rest, |c| {
            match c {
                '"' => quote = !quote,
                '(' if !quote => depth += 1,
                ')' if !quote && depth == 0 => return true,
                ')' if !quote => depth -= 1,
                _ => {}
            }
            if data {
                // Ends at a character that is neither base64 nor a blank between its lines.
                return !(c.is_ascii_alphanumeric()
                    || c.is_whitespace()
                    || "+/=;:,.-_%".contains(c));
            }
            c == '\n'
        });
        let is_picture = self.is_picture_before(at);
        if !rest[length..].starts_with(')') {
            if is_picture {
                self.fault(
                    Code::UnclosedPicture,
                    at..from,
                    "the address of this picture is not closed on its line; it is printed as text",
                    "put a closing bracket after the address",
                );
            }
            return None;
        }
        let inside = &rest[..length];
        if inside.trim_start().starts_with('<') && !inside.contains("{{") {
            return None;
        }
        // A size may follow the title.
        let titled = without_size(inside);
        if titled.len() < inside.len() && titled.ends_with(['"', '\'']) {
            self.blank(from + titled.len()..from + inside.len());
            return Some(self.inline_address_of(from, titled).unwrap_or(from + titled.len()));
        }
        self.inline_address_of(from, inside)
    }

    /// Rewrites an address without what Markdown does not accept. `inside` is all between the
    /// brackets.
    fn inline_address_of(&mut self, from: usize, inside: &str) -> Option<usize> {
        let at = from - 2;
        let is_picture = self.is_picture_before(at);
        let data = inside.trim_start().starts_with("data:");
        let (address, title) = cut_title(inside);
        let is_tagged = ["{{", "{%"].iter().any(|mark| address.contains(mark));
        let bare = without_size(address);
        let is_sized = bare.len() < address.len();
        let bare_end = from + bare.len();
        let value = self.filled(from..bare_end);
        let has_blank = value.trim().contains(char::is_whitespace);
        let meant =
            is_tagged || is_sized || data && has_blank || has_blank && is_file(&value, is_picture);
        if !meant {
            return None;
        }
        let value = if data { value.split_whitespace().collect() } else { value };
        self.set_address(from..from + address.len(), &value);
        let end = from + inside.len() - title.len();
        Some(end.max(at + 2))
    }

    /// Reads `<{{ page.address }}>` and `<https://a.example/{{ x }}>`, of which the site makes a
    /// link. Here the tag is reported and the rest is text, so the angle brackets must not be
    /// printed.
    pub(super) fn tagged_autolink(&mut self, at: usize) -> Option<usize> {
        let from = at + 1;
        let rest = self.line(from);
        let begins = rest.starts_with("{{") && !rest.starts_with("{{{");
        let scheme = rest.find("://").filter(|found| {
            *found > 0 && rest[..*found].bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if !begins && scheme.is_none() {
            return None;
        }
        let length = value_length(rest, |c| c == '>' || c == '<' || c.is_whitespace());
        let inside = &rest[..length];
        if !rest[length..].starts_with('>') || !inside.contains("{{") {
            return None;
        }
        // The tags within are read later, each in its own place.
        self.show(at..from, TagKind::Quiet);
        self.show(from + length..from + length + 1, TagKind::Quiet);
        Some(from)
    }

    /// Whether the brackets that end at a byte offset are those of a picture.
    fn is_picture_before(&self, at: usize) -> bool {
        let before = behind(self.text, at, LONGEST_LIST);
        let line = before.rsplit("\n\n").next().unwrap_or_default();
        let mut depth = 0usize;
        for (found, c) in line.char_indices().rev() {
            match c {
                ']' => depth += 1,
                '[' if depth == 0 => return line[..found].ends_with('!'),
                '[' => depth -= 1,
                _ => {}
            }
        }
        false
    }

    /// Reads the address of `[name]: …` at the beginning of a line.
    pub(super) fn reference(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at);
        let label = line.find("]:").filter(|_| line.starts_with('[') && !line.starts_with("[^"))?;
        let from = at + label + 2;
        let rest = &line[label + 2..];
        let (address, _) = cut_title(rest);
        let value = self.filled(from..from + address.len());
        let is_tagged = address.contains("{{") || address.contains("{%");
        let has_blank =
            value.trim().contains(char::is_whitespace) && !value.trim().starts_with('<');
        if !(is_tagged || has_blank && is_file(&value, false)) {
            return None;
        }
        let blanks = address.len() - address.trim_start().len();
        self.set_address(from + blanks..from + address.len(), &value);
        Some(from + address.len())
    }
}

/// The length of a value in bytes. Tags in it are skipped.
fn value_length(text: &str, mut ends: impl FnMut(char) -> bool) -> usize {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if text[at..].starts_with("{{") || text[at..].starts_with("{%") {
            at += tag_length(&text[at..]);
            continue;
        }
        if ends(c) {
            return at;
        }
        at += c.len_utf8();
    }
    text.len()
}

/// The length in bytes of the tag at the start of a text.
fn tag_length(text: &str) -> usize {
    let line = ahead(text, 0, LONGEST_LIST);
    let close = if text.starts_with("{%") { "%}" } else { "}}" };
    line.find(close).map_or(2, |found| found + 2).min(text.len())
}

/// Splits an address from the title after it and the blanks between them.
fn cut_title(inside: &str) -> (&str, &str) {
    let trimmed = inside.trim_end();
    for mark in ['"', '\''] {
        let Some(body) = trimmed.strip_suffix(mark) else { continue };
        let start = body.find(mark).filter(|at| body[..*at].ends_with(char::is_whitespace));
        // A tag before the title may have quotation marks too.
        let start = start
            .or_else(|| body.rfind(mark).filter(|at| body[..*at].ends_with(char::is_whitespace)));
        if let Some(start) = start.filter(|at| !is_in_tag(&body[..*at])) {
            let address = inside[..start].trim_end();
            return inside.split_at(address.len());
        }
    }
    inside.split_at(trimmed.len())
}

/// Whether a tag is still open at the end of a text.
fn is_in_tag(text: &str) -> bool {
    [("{{", "}}"), ("{%", "%}")].iter().any(|(open, close)| text.rfind(open) > text.rfind(close))
}

/// An address, with or without its title, up to a size for the picture: ` =300x200`, ` width=50%`.
fn without_size(address: &str) -> &str {
    const KEYS: [&str; 8] = ["width", "height", "w", "h", "align", "class", "scale", "style"];
    let mut bare = address.trim_end();
    while let Some((before, word)) = bare.rsplit_once(' ') {
        let sized = word.strip_prefix('=').is_some_and(is_size);
        let keyed = word.split_once('=').is_some_and(|(key, value)| {
            KEYS.contains(&key.trim_start_matches(':')) && !value.contains(' ')
        });
        if !(sized || keyed) || before.trim().is_empty() {
            break;
        }
        bare = before.trim_end();
    }
    if bare.len() < address.trim_end().len() { bare } else { address }
}

/// Whether a text is a size for a picture: `300x200`, `300x`, `50%`.
fn is_size(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, 'x' | '%' | '*'))
}

/// Whether a text with blanks is a file name or an address.
fn is_file(text: &str, is_picture: bool) -> bool {
    let text = text.trim();
    let name = text.rsplit('/').next().unwrap_or_default();
    let name = name.split(['#', '?']).next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let ends = ending.is_some_and(|ending| {
        (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric())
    });
    ends && (is_picture || ending != Some("")) || text.starts_with("http") || text.starts_with('/')
}
