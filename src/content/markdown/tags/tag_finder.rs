//! The state of a walk from tag to tag, and its steps.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::colons::Pairs;
use super::ground::Ground;
use super::masked::{Fault, MASK, Masked, Tag, TagKind};
use super::stretch::{LONGEST_LIST, ahead};
use crate::diag::Code;

/// Walks a text from tag to tag.
pub(super) struct TagFinder<'a> {
    pub(super) text: &'a str,
    pub(super) ground: &'a Ground,
    pub(super) page: &'a dyn Fn(&str) -> Option<String>,
    /// The tag that ends text in which nothing is a tag.
    pub(super) until: Option<&'static str>,
    /// What the text imports by name, if it is written for MDX.
    pub(super) mdx: Option<Vec<(String, Range<usize>)>>,
    /// Marks that the rest of the text has not, so that it is searched once.
    pub(super) missing: BTreeSet<String>,
    /// From a byte to the end of its paragraph, as it was looked for last.
    pub(super) paragraph: Range<usize>,
    /// Where the last tag of a name closes, as `[/name` or `</name`.
    pub(super) closings: Option<BTreeMap<String, usize>>,
    /// Components and bracketed tags that were opened.
    pub(super) opened: BTreeSet<String>,
    /// The pairs of fences of colons.
    pub(super) pairs: Option<Pairs>,
    /// Where fences stand that end a picture with its caption.
    pub(super) frames: BTreeSet<usize>,
    /// Where fences of slashes stand that end a block.
    pub(super) slashed: BTreeSet<usize>,
    pub(super) out: &'a mut Masked,
    pub(super) bytes: &'a mut Vec<u8>,
}

impl<'a> TagFinder<'a> {
    /// Whether a backslash takes the meaning of what stands here.
    pub(super) fn is_escaped(&self, at: usize) -> bool {
        let before = self.text.as_bytes()[..at].iter().rev();
        before.take_while(|byte| **byte == b'\\').take(LONGEST_LIST).count() % 2 == 1
    }

    /// Where some closing marks stand in the rest of the text.
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

    /// Whether a tag such as `[/name]` or `</Name>` stands behind a byte.
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

    /// Where the paragraph ends that a byte is in.
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

    /// The rest of the line, but not much of it.
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

    /// Masks a tag that leaves nothing behind.
    pub(super) fn hide(&mut self, range: Range<usize>, kind: TagKind) -> usize {
        let end = range.end;
        let in_html = Ground::within(&self.ground.html, range.start).is_some();
        let leaves = matches!(kind, TagKind::Picture(_) | TagKind::Page { .. });
        if leaves || in_html || !self.alone(&range) {
            return self.show(range, kind);
        }
        // Alone on its line it is a blank line: what stands around it stays two paragraphs.
        self.blank(range.clone());
        self.out.tags.push(Tag { range, kind });
        end
    }

    /// Masks a tag that is met again as text.
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
