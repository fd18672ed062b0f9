//! Finds the markup of other programs in Markdown: tags, shortcodes, comments, boxes, wiki links,
//! components and attribute lists. They are masked before the Markdown is read, in such a way that
//! every other byte keeps its place. A new kind of tag gets a file here and a line in `tag_at`.

mod addresses;
mod attributes;
mod bbcode;
mod boxes;
mod brackets;
mod colons;
mod comments;
mod components;
mod directives;
mod fences;
mod ground;
mod lines;
mod masked;
mod other;
mod pairs;
mod private;
mod stretch;
mod wiki;

use std::collections::BTreeSet;
use std::ops::Range;

use ground::Ground;
use tag_finder::TagFinder;

pub(crate) use addresses::address;
pub(crate) use boxes::NOTICE;
pub(crate) use masked::{BLANK, Fault, MASK, Mark, Masked, Tag, TagKind};

/// Masks the tags of a text. `page` looks up a text of the front matter; `mdx` is whether the file
/// is MDX.
pub(crate) fn mask(text: &str, page: &dyn Fn(&str) -> Option<String>, mdx: bool) -> Masked {
    let mut out = Masked::default();
    let fences::Fences { text, hidden } = fences::read(text);
    let text = &*text;
    let plain = text.replace([MASK, BLANK], "\u{2}");
    let mut bytes = plain.into_bytes();
    for (range, name) in hidden {
        out.tags.push(Tag { range, kind: TagKind::Unknown { name } });
    }
    const MARKS: [char; 18] =
        ['{', '%', '[', '<', '=', '!', ':', '?', '^', '\\', '$', '/', '~', '@', '+', '`', '#', '|'];
    if text.contains(MARKS) || text.contains("import ") || text.contains("export ") {
        let ground = Ground::survey(text);
        let mut finder = TagFinder {
            text,
            ground: &ground,
            page,
            until: None,
            mdx: mdx.then(Vec::new),
            missing: BTreeSet::new(),
            paragraph: 0..0,
            closings: None,
            opened: BTreeSet::new(),
            pairs: None,
            frames: BTreeSet::new(),
            slashed: BTreeSet::new(),
            out: &mut out,
            bytes: &mut bytes,
        };
        finder.run();
    }
    out.tags.sort_by_key(|tag| tag.range.start);
    out.text = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    out
}

/// The bytes of the listings that stand between tags.
pub(crate) fn listings(text: &str) -> Vec<Range<usize>> {
    mask(text, &|_| None, false).listings
}

impl<'a> TagFinder<'a> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            if let Some(code) = Ground::within(&self.ground.code, at) {
                at = code.end.max(at + 1);
                continue;
            }
            let starts = at == 0 || self.text.as_bytes()[at - 1] == b'\n';
            let read = if starts && self.until.is_none() { self.line_at(at) } else { None };
            at = match read.or_else(|| self.tag_at(at)) {
                Some(end) => end.max(at + 1),
                None => self.next_place(at),
            };
        }
    }

    /// The next byte offset at which a tag or a line may begin.
    fn next_place(&self, at: usize) -> usize {
        let first = self.text[at..].chars().next();
        let from = at + first.map_or(1, char::len_utf8);
        if first == Some('\n') {
            return from;
        }
        let marks =
            ['\n', '~', '{', '%', '[', '!', '<', ']', '=', '^', '*', '$', '\\', ':', '@', '+', '('];
        let found = self.text[from..].find(marks).map_or(self.text.len(), |found| from + found);
        if self.text[found..].starts_with('\n') { found + 1 } else { found }
    }

    /// Reads the tag that begins at a byte offset, if one does. Returns where it ends.
    fn tag_at(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let begins = |mark: &str| rest.starts_with(mark);
        if begins("{%") {
            return self.paired(at, 2, "%}");
        } else if begins("{{{<") || begins("{{{%") {
            return self.escaped_shortcode(at);
        } else if begins("{{<") || begins("{{%") {
            let marks = if begins("{{<") { ">}}" } else { "%}}" };
            return self.comment_in_tag(at).or_else(|| self.paired(at, 3, marks));
        }
        if let Some(until) = self.until {
            // A tag that keeps the template language out of a listing is not a listing itself.
            let around = begins("[") && matches!(until, "endraw" | "endverbatim");
            return if around { self.listing(at) } else { None };
        }
        if self.is_escaped(at) {
            return None;
        }
        if begins("$") || begins("\\") {
            let formula = self.formula(at);
            if formula.is_none() && begins("$") {
                return Some(at + rest.len() - rest.trim_start_matches('$').len());
            }
            formula.or_else(|| self.escaped_bracket(at))
        } else if begins("{") {
            self.comment(at).or_else(|| self.brace(at))
        } else if begins("<%") {
            self.comment(at).or_else(|| self.program(at))
        } else if begins("%%") || begins("<!--") {
            self.comment(at)
        } else if begins("(") {
            self.inline_property(at)
        } else if begins("++") {
            self.keys(at)
        } else if begins("@") {
            self.cross_reference(at)
        } else if begins(":::image ") {
            self.learn_picture(at)
        } else if begins(":") {
            self.text_directive(at)
        } else if begins("![[") || begins("[[") {
            self.wiki(at)
        } else if begins("^[") {
            self.inline_note(at)
        } else if begins("^") {
            self.block_name(at).or_else(|| self.shifted(at))
        } else if begins("~") {
            self.shifted(at)
        } else if begins("[") {
            self.bracket(at)
        } else if begins("](") {
            self.inline_address(at)
        } else if begins("<") {
            self.tagged_autolink(at).or_else(|| self.html(at))
        } else if begins("==") {
            self.marked(at)
        } else {
            None
        }
    }

    /// Reads what a single brace opens.
    fn brace(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        if rest.starts_with("{{") {
            self.output(at)
        } else if rest.starts_with("{:") {
            let known = self.extension(at).or_else(|| self.block_of_svelte(at));
            known.or_else(|| self.attributes(at))
        } else {
            let known = self.edited(at).or_else(|| self.block_of_svelte(at));
            let known = known.or_else(|| self.role(at));
            known.or_else(|| self.bare_attributes(at)).or_else(|| self.expression(at))
        }
    }
}

pub(crate) mod tag_finder;
#[cfg(test)]
mod tests;
