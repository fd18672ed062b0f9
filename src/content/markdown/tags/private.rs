//! Reads editing marks (`CriticMarkup`), and leaves out text that is meant only for its writers.

use crate::diag::Code;
use std::ops::Range;

use super::ground::Ground;
use super::masked::TagKind;
use super::stretch::{LONGEST_TAG, ahead};
use super::tag_finder::TagFinder;

/// The opening and closing editing marks.
const MARKS: [(&str, &str); 5] =
    [("{++", "++}"), ("{==", "==}"), ("{--", "--}"), ("{>>", "<<}"), ("{~~", "~~}")];

/// The names of tags, boxes and components that hold text only for the writers.
const PRIVATE: [&str; 12] = [
    "comment",
    "content-hidden",
    "draft",
    "fixme",
    "hidden",
    "hide",
    "internal",
    "notes",
    "private",
    "remark",
    "speaker-notes",
    "todo",
];

/// Whether a pair of tags of this name hides its content.
pub(super) fn is_private(name: &str) -> bool {
    PRIVATE.contains(&name)
}

impl TagFinder<'_> {
    /// Reads editing marks: `{++added++}`, `{--deleted--}`, `{~~first~>second~~}`, `{==marked==}`,
    /// `{>>a remark<<}`. The text is printed as if all changes were accepted.
    pub(super) fn edited(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let (open, close) = MARKS.into_iter().find(|(open, _)| rest.starts_with(open))?;
        let from = at + open.len();
        let inside = ahead(self.text, from, LONGEST_TAG);
        let inside = inside.find(close).map(|end| &inside[..end]);
        let Some(inside) = inside.filter(|inside| !inside.contains(open)) else {
            return (open == "{>>").then(|| self.never_closed(at..from));
        };
        let end = from + inside.len();
        let first = match open {
            "{++" | "{==" => from,
            "{~~" => from + inside.find("~>")? + 2,
            _ => return Some(self.hide(at..end + close.len(), TagKind::Quiet)),
        };
        self.show(at..first, TagKind::Quiet);
        self.show(end..end + close.len(), TagKind::Quiet);
        Some(first)
    }

    /// Reads a remark on a line of its own: `% a remark`.
    pub(super) fn remark(&mut self, start: usize, at: usize) -> Option<usize> {
        let line = self.text[at..].lines().next().unwrap_or_default().trim_end();
        let said = line.strip_prefix('%')?;
        let counts = self.text[..start].trim_end().ends_with(|c: char| c.is_ascii_digit());
        let in_html = Ground::within(&self.ground.html, at).is_some();
        if start != at || !(said.is_empty() || said.starts_with(' ')) || counts || in_html {
            return None;
        }
        Some(self.private(at..at + 1, at..at + line.len()))
    }

    /// Leaves out text that is hidden on its own site, and reports the place.
    pub(super) fn private(&mut self, mark: Range<usize>, whole: Range<usize>) -> usize {
        self.fault(
            Code::HiddenText,
            mark,
            "this text is marked as hidden and is left out",
            "if it should be printed, remove the mark or put a backslash before it",
        );
        self.hide(whole, TagKind::Quiet)
    }
}
