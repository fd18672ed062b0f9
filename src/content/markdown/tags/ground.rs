//! Surveys a text before its tags are read: where it has code, raw HTML, links and headings, and
//! which footnotes it defines.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::stretch::{LONGEST_LIST, ahead};
use crate::content::markdown::extensions::options;
use crate::content::markdown::html_elements::{OpenElements, lines_of_markdown};

/// The start tags of elements that only group others. Lines of Markdown right below one are read as
/// Markdown.
const HOLDERS: [&str; 8] =
    ["<article", "<aside", "<center", "<details", "<div", "<main", "<section", "<header"];

/// Elements whose content is shown as it is written, or is not text.
const AS_WRITTEN: [&str; 9] =
    ["code", "kbd", "listing", "pre", "samp", "script", "style", "textarea", "xmp"];

/// The parts of a text in which tags are not read, or are read in another way, each list sorted by
/// place.
#[derive(Debug, Default)]
pub(super) struct Ground {
    /// Code, in which nothing is a tag.
    pub(super) code: Vec<Range<usize>>,
    /// Blocks of raw HTML.
    pub(super) html: Vec<Range<usize>>,
    /// The labels of the defined footnotes, in small letters.
    pub(super) notes: BTreeSet<String>,
    /// The byte offsets at which links begin.
    pub(super) links: Vec<usize>,
    /// The headings.
    pub(super) heads: Vec<Range<usize>>,
    /// The start and end tags of elements that hold Markdown.
    pub(super) markdown: Vec<Range<usize>>,
}

impl Ground {
    /// Surveys a text. A comment that is never closed would make all text after it HTML, so it does
    /// not count as a comment here.
    pub(super) fn survey(text: &str) -> Self {
        let mut ground = Self::default();
        let mut elements = OpenElements::default();
        let mut shown: Option<(String, usize)> = None;
        let open = &*without_open_comments(text);
        let text = &*ground.without_markdown_tags(open);
        let mut headed = None;
        for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
            match event {
                Event::Code(_) => ground.code.push(range),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => ground.code.push(range),
                // Lines inside HTML may be indented by any depth.
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))
                    if !elements.hold(text, range.start) =>
                {
                    ground.code.push(range);
                }
                Event::Start(Tag::HtmlBlock) => ground.html.push(range),
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    ground.notes.insert(label.to_lowercase());
                }
                Event::Start(Tag::Link { .. }) => ground.links.push(range.start),
                Event::Start(Tag::Heading { .. }) => headed = Some(range),
                Event::End(pulldown_cmark::TagEnd::Heading(_)) => {
                    ground.heads.extend(headed.take());
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    for (at, name, closes) in tags_of(&html) {
                        ground.element(&mut elements, &mut shown, range.start + at, (name, closes));
                    }
                }
                _ => {}
            }
        }
        ground.links.sort_unstable();
        ground.code.sort_by_key(|range| (range.start, range.end));
        ground.code = merged(std::mem::take(&mut ground.code));
        ground
    }

    /// Blanks the tags of elements that hold Markdown, because they would make their content HTML.
    fn without_markdown_tags<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if !(text.contains(" markdown") || HOLDERS.iter().any(|name| text.contains(name))) {
            return text.into();
        }
        let mut open: Vec<(String, bool)> = vec![];
        for (at, name, closes) in tags_of(text) {
            let name = name.to_ascii_lowercase();
            let tag = ahead(text, at, LONGEST_LIST);
            let Some(length) = tag.find('>') else { continue };
            let tag = &tag[..=length];
            let range = at..at + tag.len();
            if !closes {
                let says = tag.split([' ', '\n', '=', '>']).any(|word| word == "markdown")
                    || begins_markdown(text, at, tag);
                if says {
                    self.markdown.push(range);
                }
                if says || open.iter().any(|(known, _)| *known == name) {
                    open.push((name, says));
                }
            } else if let Some(found) = open.iter().rposition(|(known, _)| *known == name) {
                if open[found].1 {
                    self.markdown.push(range);
                }
                open.truncate(found);
            }
        }
        let mut bytes = text.as_bytes().to_vec();
        for tag in &self.markdown {
            for byte in &mut bytes[tag.clone()] {
                *byte = if matches!(*byte, b'\n' | b'\r') { *byte } else { b' ' };
            }
        }
        String::from_utf8(bytes).map_or(text.into(), Cow::Owned)
    }

    fn element(
        &mut self,
        elements: &mut OpenElements,
        shown: &mut Option<(String, usize)>,
        at: usize,
        (name, closes): (&str, bool),
    ) {
        let name = name.to_ascii_lowercase();
        if closes {
            elements.end(&name);
            if shown.as_ref().is_some_and(|(open, _)| *open == name)
                && let Some((_, start)) = shown.take()
            {
                self.code.push(start..at);
            }
            return;
        }
        elements.start(&name, false);
        if shown.is_none() && AS_WRITTEN.contains(&name.as_str()) {
            *shown = Some((name, at));
        }
    }

    /// The range that contains a byte offset, if one does.
    pub(super) fn within(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
        let next = ranges.partition_point(|range| range.end <= at);
        ranges.get(next).filter(|range| range.contains(&at))
    }
}

/// Merges ranges that overlap. They must be sorted.
fn merged(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = vec![];
    for range in ranges {
        match out.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => out.push(range),
        }
    }
    out
}

/// The tags in a piece of HTML: where each begins, its name, and whether it is an end tag.
fn tags_of(html: &str) -> Vec<(usize, &str, bool)> {
    let mut found = vec![];
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let closes = rest.starts_with('/');
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            found.push((at, &rest[..length], closes));
        }
    }
    found
}

/// Whether a tag stands alone on its line, and the lines below it, up to a blank one, are certainly
/// Markdown, whose marks no browser would read.
fn begins_markdown(text: &str, at: usize, tag: &str) -> bool {
    let holds = HOLDERS
        .iter()
        .any(|name| tag.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '>', '\n'])));
    let hidden = tag.contains("hidden") || tag.contains("none");
    let before = text[..at].trim_end_matches([' ', '\t']);
    let below = text[at + tag.len()..].trim_start_matches([' ', '\t', '\r']).strip_prefix('\n');
    let Some(below) = below.filter(|_| before.is_empty() || before.ends_with('\n')) else {
        return false;
    };
    if !holds || hidden {
        return false;
    }
    let lines = ahead(below, 0, LONGEST_LIST * 8).lines();
    let mut lines = lines.take_while(|line| !line.trim().is_empty());
    // Lines in other elements belong to these.
    let shown = |line: &str| {
        let small = line.to_ascii_lowercase();
        AS_WRITTEN.iter().any(|name| small.contains(&format!("<{name}")))
    };
    !lines.clone().any(shown) && lines_of_markdown(&mut lines) > 0
}

/// The text, with the opening marks of comments that are never closed made harmless.
fn without_open_comments(text: &str) -> Cow<'_, str> {
    let closed = text.rfind("-->").unwrap_or(0);
    let (head, rest) = text.split_at(closed);
    if rest.contains("<!--") {
        return format!("{head}{}", rest.replace("<!--", "x!--")).into();
    }
    text.into()
}
