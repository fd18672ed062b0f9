//! The state of the search for tags, and the steps that all readers of tags share.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::colons::Pairs;
use super::ground::Ground;
use super::masked::{Fault, MASK, Masked, Tag, TagKind};
use super::stretch::{LONGEST_LIST, ahead};
use crate::diag::Code;

/// Goes through a text from tag to tag. Each reader adds what it finds to `out` and masks it in
/// `bytes`.
pub(super) struct TagFinder<'a> {
    pub(super) text: &'a str,
    pub(super) ground: &'a Ground,
    pub(super) page: &'a dyn Fn(&str) -> Option<String>,
    /// The tag that ends the current text in which nothing is a tag.
    pub(super) until: Option<&'static str>,
    /// The names that the text imports, with the bytes of their files, if the text is MDX.
    pub(super) mdx: Option<Vec<(String, Range<usize>)>>,
    /// Marks that the rest of the text does not have, so that the search is made only once for
    /// each.
    pub(super) missing: BTreeSet<String>,
    /// From a byte offset to the end of its paragraph: the last result of `paragraph_end`.
    pub(super) paragraph: Range<usize>,
    /// The byte offset of the last closing tag of each name, as `[/name` or `</name`.
    pub(super) closings: Option<BTreeMap<String, usize>>,
    /// The components and tags in brackets that were opened.
    pub(super) opened: BTreeSet<String>,
    /// The pairs of fences of colons, once they are needed.
    pub(super) pairs: Option<Pairs>,
    /// The byte offsets of fences that end a figure.
    pub(super) frames: BTreeSet<usize>,
    /// The byte offsets of fences of slashes that end a block.
    pub(super) slashed: BTreeSet<usize>,
    pub(super) out: &'a mut Masked,
    pub(super) bytes: &'a mut Vec<u8>,
}

impl<'a> TagFinder<'a> {
    /// Whether a backslash escapes the character at a byte offset.
    pub(super) fn is_escaped(&self, at: usize) -> bool {
        let before = self.text.as_bytes()[..at].iter().rev();
        before.take_while(|byte| **byte == b'\\').take(LONGEST_LIST).count() % 2 == 1
    }

    /// Where these marks stand next in the rest of the text.
    pub(super) fn find(&mut self, from: usize, marks: &str) -> Option<usize> {
        if self.missing.contains(marks) {
            return None;
        }
        let found = self.text.get(from..).and_then(|rest| rest.find(marks));
        if found.is_none() {
            self.missing.insert(marks.to_owned());
        }
        found.map(|at| from + at)
    }

    /// Whether a closing tag such as `[/name` or `</Name` follows after a byte offset.
    pub(super) fn closes_below(&mut self, at: usize, tag: &str) -> bool {
        let closings = self.closings.get_or_insert_with(|| {
            let marks = ["[/", "</"].into_iter().flat_map(|mark| self.text.match_indices(mark));
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
            let named = marks.map(|(at, mark)| {
                let rest = ahead(self.text, at + 2, LONGEST_LIST);
                let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
                (format!("{mark}{name}"), at)
            });
            let mut last = BTreeMap::new();
            named.for_each(|(name, at)| {
                let found = last.entry(name).or_insert(at);
                *found = (*found).max(at);
            });
            last
        });
        closings.get(tag).is_some_and(|last| *last >= at)
    }

    /// Where the paragraph around a byte offset ends.
    pub(super) fn paragraph_end(&mut self, at: usize) -> usize {
        if !self.paragraph.contains(&at) {
            self.paragraph = at..self.end_of_paragraph(at);
        }
        self.paragraph.end
    }

    pub(super) fn end_of_paragraph(&self, at: usize) -> usize {
        let mut end = at;
        for line in self.text[at..].split_inclusive('\n') {
            let blank = line.trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty();
            if blank && end > at {
                return end;
            }
            end += line.len();
        }
        self.text.len()
    }

    /// The rest of the line, at most `LONGEST_LIST` bytes of it.
    pub(super) fn line(&self, at: usize) -> &'a str {
        ahead(self.text, at, LONGEST_LIST).lines().next().unwrap_or_default()
    }

    pub(super) fn fault(
        &mut self,
        code: Code,
        range: Range<usize>,
        what: impl Into<String>,
        hint: &'static str,
    ) {
        self.out.faults.push(Fault { code, range, what: what.into(), hint });
    }

    pub(super) fn blank(&mut self, range: Range<usize>) -> usize {
        for byte in &mut self.bytes[range.clone()] {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        range.end
    }

    /// Masks a tag that leaves nothing in the text.
    pub(super) fn hide(&mut self, range: Range<usize>, kind: TagKind) -> usize {
        let end = range.end;
        let in_html = Ground::within(&self.ground.html, range.start).is_some();
        let leaves = matches!(kind, TagKind::Picture(_) | TagKind::Page { .. });
        if leaves || in_html || !self.alone(&range) {
            return self.show(range, kind);
        }
        // A tag alone on its line becomes a blank line, so that the paragraphs around it stay
        // apart.
        self.blank(range.clone());
        self.out.tags.push(Tag { range, kind });
        end
    }

    /// Masks a tag that the builder handles in its place in the text.
    pub(super) fn show(&mut self, range: Range<usize>, kind: TagKind) -> usize {
        self.bytes[range.clone()].fill(MASK as u8);
        let end = range.end;
        self.out.tags.push(Tag { range, kind });
        end
    }

    pub(super) fn alone(&self, range: &Range<usize>) -> bool {
        let before = self.text[..range.start].trim_end_matches([' ', '\t']);
        let after = self.text[range.end..].trim_start_matches([' ', '\t', '\r']);
        (before.is_empty() || before.ends_with('\n'))
            && (after.is_empty() || after.starts_with('\n'))
    }
}
