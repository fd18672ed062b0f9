//! Reads the comments of all dialects. They are never printed.

use crate::diag::Code;
use std::ops::Range;

use super::masked::TagKind;
use super::stretch::{LONGEST_LIST, behind};
use super::tag_finder::TagFinder;
use crate::content::markdown::html_elements;

/// Opening and closing marks of comments that may run over any number of paragraphs.
const PAIRS: [(&str, &str); 5] =
    [("{/*", "*/}"), ("{{!--", "--}}"), ("{{<!--", "-->}}"), ("<%--", "--%>"), ("<%#", "%>")];

/// The hint for a comment that is never closed.
const CLOSE_IT: &str = "close it; if its mark should be printed, put that between backticks";

impl TagFinder<'_> {
    /// Reads the comment that begins at a byte offset, if one does.
    pub(super) fn comment(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        if rest.starts_with("<!--") {
            return self.html_comment(at);
        }
        if rest.starts_with("%%") {
            return self.percents(at);
        }
        for (open, close) in PAIRS {
            if rest.starts_with(open) {
                return Some(self.until_mark(at, open, close));
            }
        }
        if rest.starts_with("{#") {
            return self.hashes(at);
        }
        self.comment_in_tag(at)
    }

    /// Reads `{{/* … */}}` and `{{- /* … */ -}}`, but not `{{</* … */>}}`, which shows a shortcode
    /// as an example.
    pub(super) fn comment_in_tag(&mut self, at: usize) -> Option<usize> {
        let inside = self.text[at..].strip_prefix("{{")?;
        if inside.starts_with("<!--") {
            return Some(self.until_mark(at, "{{<!--", "-->}}"));
        }
        let opened = inside.trim_start_matches([' ', '-']);
        if !opened.starts_with("/*") {
            return None;
        }
        if let Some(end) = self.escaped_call(at) {
            return Some(end);
        }
        let from = self.text.len() - opened.len();
        let Some(close) = self.find(from + 2, "*/") else {
            return Some(self.never_closed(at..from + 2));
        };
        let end = self.text[close..].find("}}").map_or(close + 2, |found| close + found + 2);
        Some(self.hide(at..end, TagKind::Quiet))
    }

    fn until_mark(&mut self, at: usize, open: &str, close: &str) -> usize {
        let from = at + open.len();
        match self.find(from, close) {
            Some(found) => self.hide(at..found + close.len(), TagKind::Quiet),
            None => self.never_closed(at..from),
        }
    }

    /// Leaves out a comment that is never closed up to the end of its paragraph, so that the text
    /// after that is printed, and reports it.
    pub(super) fn never_closed(&mut self, opening: Range<usize>) -> usize {
        let written = self.text[opening.clone()].to_owned();
        let end = self.paragraph_end(opening.start);
        let end = opening.start + self.text[opening.start..end].trim_end().len();
        self.fault(
            Code::UnclosedComment,
            opening.clone(),
            format!("`{written}` opens a comment that is never closed; it ends with its paragraph"),
            CLOSE_IT,
        );
        self.hide(opening.start..end.max(opening.end), TagKind::Quiet)
    }

    /// Reads `<!-- … -->`.
    fn html_comment(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at + 4..];
        if rest.starts_with('>') || rest.starts_with("->") {
            return None;
        }
        let Some(close) = self.find(at + 4, "-->") else {
            return Some(self.never_closed(at..at + 4));
        };
        let inside = &self.text[at + 4..close];
        if inside.trim() == html_elements::OPTIONAL {
            return Some(close + 3);
        }
        if let Some(second) = inside.find("<!--")
            && inside[..second].contains("\n\n")
        {
            self.fault(
                Code::UnclosedComment,
                at..at + 4,
                "another comment opens before this one is closed; everything up to the end of the second comment is left out",
                CLOSE_IT,
            );
        }
        Some(self.hide(at..close + 3, TagKind::Quiet))
    }

    /// Reads `%% … %%`: within a paragraph, or over several paragraphs if it begins a line. Percent
    /// signs after a number are not a comment.
    fn percents(&mut self, at: usize) -> Option<usize> {
        let signs = self.text[at..].bytes().take_while(|byte| *byte == b'%').count();
        let before = behind(self.text, at, LONGEST_LIST);
        let line = before.rsplit('\n').next().unwrap_or_default();
        let after = self.text[at + signs..].chars().next();
        let in_word = line.ends_with(char::is_alphanumeric);
        let counts = line.trim_end().ends_with(|c: char| c.is_ascii_digit())
            && after.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
        if signs != 2 || in_word || counts {
            return Some(at + signs);
        }
        let begins = line.trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty();
        let end = if begins { self.text.len() } else { self.paragraph_end(at) };
        match self.find(at + 2, "%%").filter(|found| *found < end) {
            Some(found) => Some(self.hide(at..found + 2, TagKind::Quiet)),
            None => {
                self.fault(
                    Code::UnclosedComment,
                    at..at + 2,
                    "`%%` opens a comment that is never closed; it is printed as text",
                    CLOSE_IT,
                );
                Some(at + 2)
            }
        }
    }

    /// Reads `{# … #}`. `{#name}` is an attribute list.
    fn hashes(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at + 2..];
        let brace = self.line(at + 2).find('}').map(|found| at + 2 + found);
        if !rest.starts_with(|c: char| c.is_whitespace() || c == '-') {
            let end = brace.filter(|end| self.text[at + 2..*end].ends_with('#'))?;
            return Some(self.hide(at..end + 1, TagKind::Quiet));
        }
        match self.find(at + 2, "#}") {
            // The end of the next comment is not the end of this one.
            Some(found) if self.text[at + 2..=found].contains("{#") => None,
            Some(found) => Some(self.hide(at..found + 2, TagKind::Quiet)),
            None if brace.is_some() => None,
            None => Some(self.never_closed(at..at + 2)),
        }
    }
}
