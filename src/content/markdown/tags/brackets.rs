//! Reads shortcodes in square brackets, as `WordPress` has them, and finds references to missing
//! footnotes.

use crate::diag::Code;
use std::ops::Range;

use super::ground::Ground;
use super::masked::TagKind;
use super::stretch::shorten;
use super::tag_finder::TagFinder;
use crate::content::markdown::tag_args;

/// Shortcodes that need no attributes. Other words in brackets without attributes are text.
const BARE: [&str; 6] = ["audio", "caption", "embed", "gallery", "playlist", "video"];

/// Shortcodes that hold the address of what they show, instead of text.
const WHOLE: [&str; 5] = ["audio", "embed", "playlist", "video", "youtube"];

/// Shortcodes that hold a listing if both tags stand on lines of their own: that of Grav, and those
/// of `WordPress`, which may be named after a language.
const LISTINGS: [&str; 24] = [
    "bash",
    "code",
    "codeblock",
    "crayon",
    "css",
    "highlight",
    "html",
    "java",
    "javascript",
    "js",
    "json",
    "listing",
    "php",
    "plain",
    "pre",
    "prism",
    "python",
    "ruby",
    "shell",
    "source",
    "sourcecode",
    "sql",
    "xml",
    "yaml",
];

impl TagFinder<'_> {
    /// Reads what an opening bracket begins.
    pub(super) fn bracket(&mut self, at: usize) -> Option<usize> {
        if self.text[at..].starts_with("[^") {
            return self.note_mark(at);
        }
        if let Some(end) = self.listing(at) {
            return Some(end);
        }
        if let Some(end) = self.extension_of_learn(at).or_else(|| self.inline_property(at)) {
            return Some(end);
        }
        if let Some(end) = self.forum(at) {
            return Some(end);
        }
        let line = self.line(at);
        let inside = &line[1..line.find(']')?];
        self.shortcode(at..at + inside.len() + 2, inside, at + 1)
    }

    /// Reads `\[caption id="a"\]`, a shortcode that an export has escaped.
    pub(super) fn escaped_bracket(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at);
        let inside = line.strip_prefix("\\[")?;
        let inside = &inside[..inside.find("\\]")?];
        let name = inside.trim_start_matches('/');
        let length = name.find(|c: char| !(c.is_ascii_lowercase() || c == '_'));
        let known = BARE.contains(&&name[..length.unwrap_or(name.len())]);
        if !known || inside.contains(['[', ']']) {
            return None;
        }
        self.shortcode(at..at + inside.len() + 4, inside, at + 2)
    }

    /// Reads the extensions of Microsoft Learn: `[!INCLUDE [words](part.md)]`, `[!VIDEO …]`,
    /// `[!div class="x"]`.
    fn extension_of_learn(&mut self, at: usize) -> Option<usize> {
        const NAMES: [&str; 6] = ["include", "video", "div", "code", "notebook", "embed"];
        let line = self.line(at);
        let inside = line.strip_prefix("[!")?;
        let word = inside.find(|c: char| !c.is_ascii_alphabetic())?;
        let name = inside[..word].to_ascii_lowercase();
        let goes_on = inside[word..].starts_with([' ', '-', '[']);
        if !NAMES.contains(&&*name) || !goes_on {
            return None;
        }
        let mut depth = 0usize;
        let close = line.char_indices().find_map(|(found, c)| {
            match c {
                '[' => depth += 1,
                ']' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(found)
        })?;
        let shown = format!("[!{}]", &inside[..word]);
        let mut end = at + close + 1;
        // The address of a listing follows the brackets.
        if self.text[end..].starts_with('(') {
            end += self.line(end).find(')')? + 1;
        }
        let kind = if name == "div" { TagKind::Quiet } else { TagKind::Unknown { name: shown } };
        Some(self.hide(at..end, kind))
    }

    /// Reads a shortcode. `from` is the byte offset of its inside.
    fn shortcode(&mut self, range: Range<usize>, inside: &str, from: usize) -> Option<usize> {
        let Range { start: at, end } = range;
        let rest = &self.text[end..];
        if inside.contains('[') || rest.starts_with(['(', ':', '{']) {
            return None;
        }
        let refers = rest.starts_with('[') && !rest.starts_with("[/");
        let cites = inside.trim_start_matches('-').starts_with('@') && inside.len() > 2;
        // `[@ferry]` is a link to a profile if its address stands further down.
        if cites && self.ground.links.binary_search(&at).is_ok() {
            return None;
        }
        if cites {
            self.fault(
                Code::UndefinedReference,
                at..end,
                "only the program that this was written for can look up this reference; it is printed as it is written",
                "name the work in a note or a link",
            );
            return None;
        }
        let name = inside.trim_start_matches('/');
        let length = name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')));
        let (name, attributes) = name.split_at(length.unwrap_or(name.len()));
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
            return None;
        }
        let name = name.to_owned();
        if inside.starts_with('/') {
            let ours = attributes.is_empty() && self.opened.contains(&format!("[{name}"));
            let kind = if name.ends_with("caption") { TagKind::FigureEnd } else { TagKind::Quiet };
            return ours.then(|| self.show_or_hide(at..end, kind));
        }
        let spaced = attributes.starts_with(char::is_whitespace) || attributes.starts_with('/');
        if !(attributes.is_empty() || spaced) {
            return None;
        }
        let parts = tag_args::parse(self.text, from..from + inside.len());
        let first = attributes.split_whitespace().next().unwrap_or_default();
        let has_attributes = first.split_once('=').is_some_and(|(key, value)| {
            // Web addresses contain equals signs too.
            let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
            !value.is_empty()
                && key.starts_with(|c: char| c.is_ascii_alphabetic())
                && key.chars().all(named)
        });
        let closed = self.closes_below(end, &format!("[/{name}"));
        let close = closed.then(|| {
            let from = end + self.text[end..].find(&format!("[/{name}"))?;
            let bracket = from + self.text[from..].find(']')?;
            Some((from, bracket + 1))
        });
        let close = close.flatten();
        let known = BARE.contains(&name.as_str()) && self.alone(&(at..end)) && name != "caption";
        let is_bare = attributes.trim_matches(['/', ' ']).is_empty() && (close.is_some() || known);
        if !has_attributes && (!is_bare || refers && !closed) {
            return None;
        }
        let shown = format!("[{}]", shorten(&name));
        if name.ends_with("caption") && close.is_some() {
            self.opened.insert(format!("[{name}"));
            return Some(
                self.show(at..end, TagKind::Figure { caption: parts.named(&["caption"]) }),
            );
        }
        if let Some(close) = close.filter(|_| WHOLE.contains(&name.as_str())) {
            return Some(self.hide(at..close.1, TagKind::Unknown { name: shown }));
        }
        self.opened.insert(format!("[{name}"));
        Some(self.hide(at..end, TagKind::Unknown { name: shown }))
    }

    /// Turns two tags into the fences of the listing between them, if each stands on a line of its
    /// own.
    pub(super) fn listing(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at);
        let inside = line.strip_prefix('[')?.split_once(']')?.0;
        let name = inside.split([' ', '\t', '=']).next()?;
        if !LISTINGS.contains(&name) || !self.closes_below(at, &format!("[/{name}")) {
            return None;
        }
        let open = at..at + inside.len() + 2;
        let closing = format!("[/{name}]");
        let from = open.end + self.text[open.end..].find(&closing)?;
        let close = from..from + closing.len();
        if !self.alone(&open) || !self.alone(&close) {
            return None;
        }
        let inside = open.end..close.start;
        let ticks = self.text[inside.clone()].lines().any(|line| line.trim().starts_with("```"));
        let fence = if ticks { b"~~~" } else { b"```" };
        self.out.listings.push(inside);
        self.code_fence(open, fence);
        Some(self.code_fence(close, fence))
    }

    fn show_or_hide(&mut self, range: Range<usize>, kind: TagKind) -> usize {
        match kind {
            TagKind::FigureEnd => self.show(range, kind),
            kind => self.hide(range, kind),
        }
    }

    /// Reports a footnote reference `[^name]` without a footnote. It is printed as it is written.
    fn note_mark(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at);
        let label = &line[2..line.find(']')?];
        let end = at + label.len() + 3;
        let is_label = !label.is_empty()
            && !label.contains(|c: char| c.is_whitespace() || matches!(c, '[' | '^'));
        let defines = self.text[end..].starts_with(':');
        let in_html = Ground::within(&self.ground.html, at).is_some();
        if is_label && !defines && !in_html && !self.ground.notes.contains(&label.to_lowercase()) {
            let what = format!("there is no note “{label}”; the mark is printed as text");
            self.fault(
                Code::UndefinedNote,
                at..end,
                what,
                "write the note on a line of its own: [^name]: its text",
            );
        }
        None
    }
}
