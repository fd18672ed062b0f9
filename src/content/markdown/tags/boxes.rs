//! Reads boxes: notes, tips and warnings that a site sets apart from the text. Their text is
//! printed, and their heading, if they have one, on a line of its own. Add the name of a box to
//! `NAMES`.

use crate::diag::Code;
use std::ops::Range;

use super::masked::{Tag, TagKind};
use super::stretch::{LONGEST_LIST, ahead};
use super::tag_finder::TagFinder;
use crate::content::markdown::tag_args::Parts;

/// The code for reports about a notice's marks.
pub(crate) const NOTICE: Code = Code::NoticeMark;

/// The names of boxes.
const NAMES: [&str; 29] = [
    "abstract",
    "admonition",
    "aside",
    "attention",
    "bug",
    "callout",
    "caution",
    "danger",
    "details",
    "error",
    "example",
    "failure",
    "faq",
    "hint",
    "important",
    "info",
    "infobox",
    "note",
    "notice",
    "panel",
    "question",
    "quote",
    "seealso",
    "success",
    "summary",
    "tip",
    "todo",
    "warn",
    "warning",
];

/// Whether this is the name of a box: `note`, `callout-tip`, `alert`.
pub(super) fn is_box(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let mut parts = name.split(['-', '_']);
    name == "alert" || parts.any(|part| NAMES.contains(&part))
}

impl TagFinder<'_> {
    /// Reads the fence of a box, alone on its line: `::: note`, `:::note[Title]`,
    /// `::: {.note title="Title"}`.
    pub(super) fn fence(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at).trim_end();
        let inside = line.trim_start_matches(':');
        let marks = line.len() - inside.len();
        let label = inside.trim().trim_end_matches(':').trim_end();
        let range = at..at + line.len();
        if marks < 3 {
            return None;
        }
        let from = at + line.len() - inside.trim_start().len();
        if label.is_empty() || label.starts_with('{') {
            return Some(match self.title_in(from..from + label.len()) {
                Some(title) => self.show(range, TagKind::Title(title)),
                None => self.hide(range, TagKind::Quiet),
            });
        }
        let length = label.find(|c: char| c.is_whitespace() || matches!(c, '[' | '{'));
        let (name, rest) = label.split_at(length.unwrap_or(label.len()));
        let title = from + name.len();
        let title = match rest.chars().next() {
            None => return Some(self.hide(range, TagKind::Quiet)),
            Some('[') => {
                let close = rest.rfind(']')?;
                title + 1..title + close
            }
            Some('{') => match self.title_in(title..title + rest.len()) {
                Some(title) => title,
                None => return Some(self.hide(range, TagKind::Quiet)),
            },
            Some(_) => {
                let words = rest.trim();
                // An unknown name is that of a box if a fence ends it further down.
                let ends = || self.text[at + line.len()..].contains("\n:::");
                if words.is_empty() || !(is_box(name) || ends()) {
                    return None;
                }
                // Attributes may follow the heading, or stand in its place.
                let words = words.split(" {").next().unwrap_or(words);
                if words.starts_with('{') {
                    return Some(self.hide(range, TagKind::Quiet));
                }
                let start = title + rest.len() - rest.trim_start().len();
                self.inside_quotes(start..start + words.trim_end().len())
            }
        };
        Some(self.show(range, TagKind::Title(title)))
    }

    /// The value of `title="…"`.
    fn title_in(&self, range: Range<usize>) -> Option<Range<usize>> {
        let text = &self.text[range.clone()];
        let at = text.find("title=")? + 6;
        let mark = text[at..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let length = text[at + 1..].find(mark)?;
        let start = range.start + at + 1;
        (length > 0).then_some(start..start + length)
    }

    fn inside_quotes(&self, range: Range<usize>) -> Range<usize> {
        let text = &self.text[range.clone()];
        let quoted = text.len() > 1 && text.starts_with('"') && text.ends_with('"');
        if quoted { range.start + 1..range.end - 1 } else { range }
    }

    /// The heading in the tag of a box: `{{< admonition note "Title" >}}`.
    pub(super) fn title_of(&self, parts: &Parts) -> Option<Range<usize>> {
        if !is_box(&parts.name) {
            return None;
        }
        let placed = parts.placed();
        let quoted = placed.iter().rfind(|arg| arg.quoted && !arg.value.is_empty());
        let title = parts.named(&["title", "heading"]).or(quoted.map(|arg| arg.value.clone()))?;
        // In `{{< notice "warning" >}}`, the argument is the kind of box.
        let text = &self.text[title.clone()];
        (!is_box(text) || text.contains(' ')).then_some(title)
    }

    /// Reads `!! Words.`, a line of a notice in Grav, at the start of a paragraph or below another
    /// such line. A masked fence may stand above it. A single mark before a single line may be an
    /// exclamation, so it is printed; the removal of any other mark is reported.
    pub(super) fn notice(&mut self, start: usize, at: usize) -> Option<usize> {
        let marks = |line: &str| {
            let rest = line.trim_start_matches('!');
            let count = line.len() - rest.len();
            // A line that ends otherwise, such as a short exclamation, keeps its marks.
            let words = rest.starts_with(' ') && rest.trim_end().ends_with(['.', ':', ')', '?']);
            (1..=4).contains(&count).then_some(count).filter(|_| words)
        };
        let count = marks(self.line(at))?;
        let above = self.text[..start].lines().next_back().unwrap_or_default();
        let begins = self.bytes[start - (above.len() + 1).min(start)..start]
            .trim_ascii()
            .first()
            .is_none_or(|first| matches!(first, b'`' | b'~' | b'#'));
        let above = above.trim_start_matches([' ', '\t', '>']);
        let follows = marks(above) == Some(count);
        if !(begins || above.trim().is_empty() || follows) {
            return None;
        }
        let mut below = self.text[at..].lines().skip(1);
        let below = below.next().unwrap_or_default().trim_start_matches([' ', '\t', '>']);
        let alone = count == 1 && !follows && !below.starts_with("! ");
        // A writer who uses the other marks means this one as a notice too.
        if alone && !self.text.starts_with("!! ") && self.find(0, "\n!! ").is_none() {
            return None;
        }
        let shown = &self.text[at..at + count];
        let what = format!("`{shown}` is taken for Grav's mark of a notice and is not printed");
        self.fault(NOTICE, at..at + count, what, "if it should be printed, write `\\!`");
        Some(self.show(at..at + count + 1, TagKind::Quiet))
    }

    /// Reads `!!! note "Title"`, `??? tip`, `=== "Tab"`: the indented lines below belong to the
    /// box. In Markdown such lines belong to a list item, so the mark is turned into one, and
    /// recorded as a box.
    pub(super) fn admonition(&mut self, start: usize, at: usize) -> Option<usize> {
        let line = self.line(at).trim_end();
        let rest = ["!!!", "???+", "???", "===!", "===+", "==="]
            .iter()
            .find_map(|marks| line.strip_prefix(marks))?;
        let tab = line.starts_with("===");
        let rest = rest.strip_prefix(' ')?.trim();
        let quote = rest.find('"');
        let kind = rest[..quote.unwrap_or(rest.len())].trim();
        let is_kind = kind
            .split_whitespace()
            .all(|word| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')));
        if !is_kind || tab != kind.is_empty() || quote.is_some() && !rest.ends_with('"') {
            return None;
        }
        // The lines below must be indented four blanks more than the mark.
        let indent = at - start;
        let below = self.text[at..].split_once('\n').map_or("", |(_, below)| below);
        let first = ahead(below, 0, LONGEST_LIST).lines().find(|line| !line.trim().is_empty())?;
        let deep = first.len() - first.trim_start_matches(' ').len();
        if deep < indent + 4 || !self.text[start..at].trim().is_empty() {
            return None;
        }
        let end = at + line.len();
        let title = quote.and_then(|quote| {
            let from = end - (rest.len() - quote) + 1;
            (from < end - 1).then_some(from..end - 1)
        });
        self.bytes[at..at + 4].copy_from_slice(b"+   ");
        self.out.boxes.insert(at);
        self.bytes[at + 4..end].fill(b'\x01');
        let kind = title.map_or(TagKind::Quiet, TagKind::Title);
        self.out.tags.push(Tag { range: at + 4..end, kind });
        Some(end)
    }
}
