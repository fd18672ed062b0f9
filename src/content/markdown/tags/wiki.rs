//! Reads wiki links and embedded pictures, highlighted words, block ids, subscripts and
//! superscripts, and inline footnotes.

use std::ops::Range;

use super::masked::TagKind;
use super::stretch::{LONGEST_LIST, shorten};
use super::tag_finder::TagFinder;

/// The extensions of picture files.
const PICTURES: [&str; 11] =
    ["jpg", "jpeg", "png", "gif", "webp", "svg", "bmp", "tif", "tiff", "avif", "heic"];

impl TagFinder<'_> {
    /// Reads `[[Page]]`, `[[Page#Heading|words]]`, `![[quay.jpg|300]]`.
    pub(super) fn wiki(&mut self, at: usize) -> Option<usize> {
        let embeds = self.text[at..].starts_with('!');
        let from = at + 2 + usize::from(embeds);
        let line = self.line(from);
        let inside = &line[..line.find("]]")?];
        let end = from + inside.len() + 2;
        let outside = self.text[end..].chars().next();
        let first = inside.chars().next().filter(|c| !c.is_whitespace())?;
        // `[[1]](address)` and `[[a, b], [c]]` are not wiki links.
        if inside.contains(['[', ']']) || matches!(outside, Some('(' | '[' | ']' | ':')) {
            return None;
        }
        // `[[name]]` with `[name]: address` further down is a link in brackets.
        if !embeds && self.ground.links.binary_search(&(at + 1)).is_ok() {
            return None;
        }
        let contents = ["toc", "_toc_"].contains(&inside.to_ascii_lowercase().as_str());
        if contents {
            return Some(self.hide(at..end, TagKind::Quiet));
        }
        if !inside.contains(char::is_alphabetic) || first == '|' {
            return None;
        }
        // In a table, the bar is escaped.
        let bar = inside.find('|');
        let target = inside[..bar.unwrap_or(inside.len())].trim_end_matches('\\');
        let to = from..from + target.trim_end().len();
        let words = bar.map(|bar| from + bar + 1..from + inside.len());
        if embeds {
            return Some(self.embed(at..end, to, words));
        }
        let said = words.filter(|words| !self.text[words.clone()].trim().is_empty());
        let words = said.map_or_else(|| self.name(to.clone()), |words| vec![words]);
        Some(self.show(at..end, TagKind::Wiki { to, words }))
    }

    fn embed(
        &mut self,
        whole: Range<usize>,
        to: Range<usize>,
        words: Option<Range<usize>>,
    ) -> usize {
        let name = &self.text[to.clone()];
        let file = name.split('#').next().unwrap_or(name);
        let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        if !ending.is_some_and(|ending| PICTURES.contains(&ending.as_str())) {
            let name = format!("![[{}]]", shorten(name));
            return self.hide(whole, TagKind::Unknown { name });
        }
        // The last part may be a size.
        let alt = words.and_then(|words| {
            let mut end = words.end;
            let text = &self.text[words.clone()];
            let last = text.rfind('|').map_or(0, |bar| bar + 1);
            let size = |c: char| c.is_ascii_digit() || matches!(c, 'x' | '%' | ' ');
            if text[last..].chars().all(size) {
                end = words.start + last.saturating_sub(1);
            }
            (words.start < end).then_some(words.start..end)
        });
        let src = to.start..to.start + file.len();
        self.show(whole, TagKind::Embed { src, alt })
    }

    /// The text of a link without words of its own: the note's name and the heading.
    fn name(&self, to: Range<usize>) -> Vec<Range<usize>> {
        let text = &self.text[to.clone()];
        let cut = text.find('#').unwrap_or(text.len());
        let note = &text[..cut];
        let start = note.rfind('/').map_or(0, |slash| slash + 1);
        let note = note.strip_suffix(".md").unwrap_or(note);
        let mut pieces = vec![];
        if start < note.len() {
            pieces.push(to.start + start..to.start + note.len());
        }
        let last = text.rfind('#').map(|at| to.start + at + 1).filter(|from| *from < to.end);
        if let Some(from) = last
            && !self.text[from..].starts_with('^')
        {
            pieces.push(from..to.end);
        }
        if pieces.is_empty() { vec![to] } else { pieces }
    }

    /// Reads `==marked words==`. Print does not highlight them.
    pub(super) fn marked(&mut self, at: usize) -> Option<usize> {
        let signs = self.text[at..].bytes().take_while(|byte| *byte == b'=').count();
        let from = at + signs;
        let edited = self.text[from..].starts_with('}');
        if signs != 2 || edited || self.text[..at].ends_with(char::is_alphanumeric) {
            return Some(from);
        }
        let line = self.line(from);
        let inside = line.find("==").map(|found| &line[..found]).filter(|inside| {
            let ends = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
            ends(inside.chars().next()) && ends(inside.chars().next_back())
        });
        let Some(inside) = inside else { return Some(from) };
        let close = from + inside.len();
        let goes_on = self.text[close + 2..].chars().next();
        if goes_on.is_some_and(|c| c.is_alphanumeric() || c == '=') {
            return Some(from);
        }
        self.show(at..from, TagKind::Quiet);
        self.show(close..close + 2, TagKind::Quiet);
        Some(from)
    }

    /// Reads `^37066d` at the end of a paragraph, an id that links lead to.
    pub(super) fn block_name(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at).trim_end();
        let name = &line[1..];
        let end = at + line.len();
        let alone = self.alone(&(at..end));
        let is_name = !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && (alone || name.len() >= 3)
            && (alone
                || name.contains(|c: char| c.is_ascii_digit() || c == '-')
                || name.len() == 6);
        if !is_name || !self.text[..at].ends_with([' ', '\n']) {
            return None;
        }
        let name = line.to_owned();
        Some(
            self.hide(
                at..end,
                TagKind::Attributes { name, alt: None, caption: None, matters: false },
            ),
        )
    }

    /// Reads subscripts and superscripts of Pandoc: `H~2~O`, `m^2^`.
    pub(super) fn shifted(&mut self, at: usize) -> Option<usize> {
        let mark = self.text[at..].chars().next()?;
        let line = self.line(at);
        let inside = &line[1..1 + line[1..].find(mark)?];
        let is_short = (1..=8).contains(&inside.len())
            && inside.chars().all(|c| c.is_alphanumeric() || matches!(c, '+' | '-' | '−'));
        let end = at + inside.len() + 2;
        let behind = self.text[..at].ends_with(|c: char| c.is_alphanumeric() || c == ')');
        if !is_short || !behind || self.text[end..].starts_with(mark) {
            return None;
        }
        let text = at + 1..end - 1;
        Some(self.show(at..end, TagKind::Shifted { text, up: mark == '^' }))
    }

    /// Reads `^[A note.]`.
    pub(super) fn inline_note(&mut self, at: usize) -> Option<usize> {
        let from = at + 2;
        let end = self.paragraph_end(at);
        let mut depth = 0usize;
        for (found, c) in self.text[from..end].char_indices().take(LONGEST_LIST * 16) {
            match c {
                '[' => depth += 1,
                ']' if depth > 0 => depth -= 1,
                ']' if self.text[from..from + found].trim().is_empty() => return None,
                ']' => {
                    return Some(
                        self.show(at..from + found + 1, TagKind::Note(from..from + found)),
                    );
                }
                _ => {}
            }
        }
        None
    }
}
