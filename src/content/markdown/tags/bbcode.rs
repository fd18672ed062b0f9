//! Reads `BBCode`, the tags of forums (`[b]`, `[url=…]`, `[quote="…"]`), and the blocks of `PyMdown`
//! between slashes.

use std::ops::Range;

use super::ground::Ground;
use super::masked::{Mark, TagKind};
use super::stretch::{LONGEST_TAG, ahead};
use super::tag_finder::TagFinder;

impl TagFinder<'_> {
    /// Reads a forum tag if it is closed further down. Other tags in brackets are left to other
    /// readers.
    pub(super) fn forum(&mut self, at: usize) -> Option<usize> {
        let tag = ahead(self.text, at, LONGEST_TAG);
        let inside = &tag[1..tag.find(']')?];
        let end = at + inside.len() + 2;
        let length = inside.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(inside.len());
        let (name, rest) = inside.split_at(length);
        let name = name.to_ascii_lowercase();
        let given = rest.strip_prefix('=');
        if !(rest.is_empty() || given.is_some()) || name.is_empty() {
            return None;
        }
        if self.text[end..].starts_with(['(', ':'])
            || Ground::within(&self.ground.code, at).is_some()
        {
            return None;
        }
        let close = self.forum_end(end, &inside[..length])?;
        let value = given.map(|value| {
            let from = end - 1 - value.len();
            let bare = value.trim_matches(['"', '\'']);
            let from = from + usize::from(bare.len() < value.len());
            from..from + bare.len()
        });
        let mark = match (&*name, value.clone()) {
            ("b", None) => Mark::Strong,
            ("i", None) => Mark::Emph,
            ("s" | "strike", None) => Mark::Strike,
            ("url" | "email", Some(to)) => Mark::Link(to),
            ("url" | "email", None) => Mark::Link(end..close.start),
            ("quote", by) => Mark::Quote(by.map(|by| self.first_of(by))),
            ("img", None) => {
                let kind = TagKind::Embed { src: end..close.start, alt: None };
                return Some(self.show(at..close.end, kind));
            }
            ("details" | "spoiler", Some(title)) => {
                self.opened_pair(close, TagKind::Quiet);
                return Some(self.show(at..end, TagKind::Title(title)));
            }
            ("color" | "size" | "font" | "center" | "left" | "right" | "u" | "highlight", _) => {
                self.opened_pair(close, TagKind::Quiet);
                let name = format!("[{name}]");
                return Some(self.hide(at..end, TagKind::Unknown { name }));
            }
            _ => return None,
        };
        self.opened_pair(close, TagKind::End(mark.clone()));
        Some(self.show(at..end, TagKind::Begin(mark)))
    }

    /// Masks the tag that closes another one.
    fn opened_pair(&mut self, close: Range<usize>, kind: TagKind) {
        let quiet = matches!(kind, TagKind::Quiet);
        if quiet {
            self.hide(close, kind)
        } else {
            self.show(close, kind)
        };
    }

    /// The bytes of the closing tag of this name.
    fn forum_end(&mut self, from: usize, name: &str) -> Option<Range<usize>> {
        if !self.closes_below(from, &format!("[/{name}")) {
            return None;
        }
        let close = format!("[/{name}]");
        let found = from + self.text[from..].find(&close)?;
        (self.bytes[found] == b'[').then(|| found..found + close.len())
    }

    /// The name in a quote's tag: the part before the comma.
    fn first_of(&self, value: Range<usize>) -> Range<usize> {
        let text = &self.text[value.clone()];
        value.start..value.start + text.find(',').unwrap_or(text.len())
    }

    /// Reads the fence of a `PyMdown` block: `/// note | Mind`, `/// caption`, `///`.
    pub(super) fn slashes(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at).trim_end();
        let marks = line.len() - line.trim_start_matches('/').len();
        let inside = line[marks..].trim();
        if marks < 3 || Ground::within(&self.ground.html, at).is_some() {
            return None;
        }
        let fence = "/".repeat(marks);
        if inside.is_empty() {
            return self
                .slashed
                .remove(&at)
                .then(|| self.hide(at..at + line.len(), TagKind::Quiet));
        }
        let (name, title) = match inside.split_once('|') {
            Some((name, title)) => (name.trim_end(), title.trim()),
            None => (inside, ""),
        };
        let is_name = !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let close = self.slash_end(at + line.len(), &fence)?;
        if !is_name {
            return None;
        }
        if name.ends_with("caption") {
            let text = at + line.len()..close.start;
            return Some(self.show(at..close.end, TagKind::Caption(text)));
        }
        self.slashed.insert(close.start);
        let end = at + line.len();
        let title = end - title.len()..end;
        let kind = match title.is_empty() || matches!(name, "html" | "define") {
            true => TagKind::Quiet,
            false => TagKind::Title(title),
        };
        match kind {
            TagKind::Quiet => self.hide(at..end, kind),
            kind => self.show(at..end, kind),
        };
        // Indented lines right below are options of the block.
        let mut last = end;
        let mut here = end + self.text[end..].find('\n').map_or(0, |n| n + 1);
        for line in self.text[here..close.start].split_inclusive('\n') {
            if !line.starts_with("    ") || !line.contains(':') {
                break;
            }
            here += line.len();
            last = here - 1;
        }
        Some(self.blank(end..last))
    }

    fn slash_end(&self, from: usize, fence: &str) -> Option<Range<usize>> {
        let mut at = from;
        let mut depth = 0usize;
        for line in ahead(self.text, from, LONGEST_TAG * 4).split_inclusive('\n') {
            let body = line.trim_start_matches([' ', '\t', '>']);
            let start = at + line.len() - body.len();
            at += line.len();
            let body = body.trim_end();
            if body == fence {
                if depth == 0 {
                    return Some(start..start + body.len());
                }
                depth -= 1;
            } else if body.strip_prefix(fence).is_some_and(|rest| rest.starts_with(' ')) {
                depth += 1;
            }
        }
        None
    }

    /// Reads `--8<-- "part.md"`, in whose place another program puts a file.
    pub(super) fn snippet(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at).trim_end();
        if !line.starts_with("--8<--") {
            return None;
        }
        let name = super::stretch::shorten(line);
        let end = at + line.len();
        Some(self.hide(at..end, TagKind::Unknown { name }))
    }
}
