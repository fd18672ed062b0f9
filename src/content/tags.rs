//! Other programs' markup in Markdown: tags, shortcodes, comments, boxes, wikilinks, components and
//! attribute lists. They are found before the Markdown is read, and masked so that every other byte
//! stays where it was.

mod addresses;
mod attributes;
mod bbcode;
mod boxes;
mod brackets;
mod comments;
mod components;
mod directives;
mod fences;
mod ground;
mod lines;
mod other;
mod pairs;
mod private;
mod wiki;

use crate::diag::Code;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::math;
use super::tag_args::Parts;
use directives::Pairs;
use ground::Ground;

pub(crate) use addresses::address;
pub(crate) use boxes::NOTICE;

/// Stands for each byte of a tag that is met again as text.
pub(crate) const MASK: char = '\u{1}';

/// Stands for a blank in an address.
pub(crate) const BLANK: char = '\u{7f}';

/// No tag is longer, in bytes.
const LONGEST_TAG: usize = 8_000;

/// No attribute list, no label of a box and no wikilink is longer, in bytes.
const LONGEST_LIST: usize = 500;

/// A tag that was masked.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) kind: TagKind,
}

/// What a tag is. Ranges are bytes of the text.
#[derive(Debug, Clone)]
pub(crate) enum TagKind {
    /// It names a picture.
    Picture(Parts),
    /// It is a picture of this address, with this alternative text.
    Embed {
        /// The address.
        src: Range<usize>,
        /// What is seen.
        alt: Option<Range<usize>>,
    },
    /// It prints a value of the front matter, if there is one of this key.
    Page {
        /// The key.
        key: String,
        /// As a person would name it.
        name: String,
    },
    /// It prints something we don't know.
    Unknown {
        /// As a person would name it.
        name: String,
    },
    /// A component of a site, which shows something we don't know.
    Component {
        /// As it is written.
        name: String,
    },
    /// A list of attributes, which tells a site how to show what stands beside it.
    Attributes {
        /// As it is written.
        name: String,
        /// What is seen on the picture before it.
        alt: Option<Range<usize>>,
        /// Whether a reader misses anything without it.
        matters: bool,
        /// The line under that picture.
        caption: Option<Range<usize>>,
    },
    /// A link to another note.
    Wiki {
        /// The note's name and the heading in it.
        to: Range<usize>,
        /// What the link says, in pieces.
        words: Vec<Range<usize>>,
    },
    /// The heading of a box.
    Title(Range<usize>),
    /// A note that is written where its mark belongs.
    Note(Range<usize>),
    /// A component names a picture, and its caption stands in it.
    Framed(Parts),
    /// Letters that are raised, or lowered.
    Shifted {
        /// The letters.
        text: Range<usize>,
        /// Whether they are raised.
        up: bool,
    },
    /// A picture with its caption begins.
    Figure {
        /// The caption, if the tag holds it.
        caption: Option<Range<usize>>,
    },
    /// A picture with its caption ends.
    FigureEnd,
    /// The line under the picture above.
    Caption(Range<usize>),
    /// Words begin that a mark is about.
    Begin(Mark),
    /// They end.
    End(Mark),
    /// It is printed as text.
    Written(String),
    /// It is raw HTML.
    Html,
    /// A formula, as it is written between its marks.
    Math(String),
    /// Nothing is lost by leaving it out.
    Quiet,
}

/// What a pair of tags around words makes of them.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    /// Emphasis.
    Emph,
    /// Strong emphasis.
    Strong,
    /// Struck out.
    Strike,
    /// A link to this address.
    Link(Range<usize>),
    /// A quotation of this person.
    Quote(Option<Range<usize>>),
}

/// Something that is wrong with a tag.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// Its kind.
    pub(crate) code: Code,
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// What is wrong.
    pub(crate) what: String,
    /// What to do.
    pub(crate) hint: &'static str,
}

/// A text with its tags masked.
#[derive(Debug, Default)]
pub(crate) struct Masked {
    /// As long as the text it was made from, byte for byte.
    pub(crate) text: String,
    /// The tags by their place.
    pub(crate) tags: Vec<Tag>,
    /// What is wrong with tags.
    pub(crate) faults: Vec<Fault>,
    /// Where items of lists begin that are boxes.
    pub(crate) boxes: BTreeSet<usize>,
    /// What stands between two tags that became the fences of a listing.
    listings: Vec<Range<usize>>,
}

/// Masks the tags of a text; `page` knows the values of front matter, `mdx` is whether the file is
/// one of MDX.
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
        let ground = Ground::of(text);
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

/// Where a text has listings between tags.
pub(crate) fn listings(text: &str) -> Vec<Range<usize>> {
    mask(text, &|_| None, false).listings
}

/// Walks a text from tag to tag.
struct TagFinder<'a> {
    text: &'a str,
    ground: &'a Ground,
    page: &'a dyn Fn(&str) -> Option<String>,
    /// The tag that ends text in which nothing is a tag.
    until: Option<&'static str>,
    /// What the text imports by name, if it is written for MDX.
    mdx: Option<Vec<(String, Range<usize>)>>,
    /// Marks that the rest of the text has not, so that it is searched once.
    missing: BTreeSet<String>,
    /// From a byte to the end of its paragraph, as it was looked for last.
    paragraph: Range<usize>,
    /// Where the last tag of a name closes, as `[/name` or `</name`.
    closings: Option<BTreeMap<String, usize>>,
    /// Components and bracketed tags that were opened.
    opened: BTreeSet<String>,
    /// The pairs of fences of colons.
    pairs: Option<Pairs>,
    /// Where fences stand that end a picture with its caption.
    frames: BTreeSet<usize>,
    /// Where fences of slashes stand that end a block.
    slashed: BTreeSet<usize>,
    out: &'a mut Masked,
    bytes: &'a mut Vec<u8>,
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

    /// Where a tag or a line may begin next.
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

    /// Reads a tag that may begin here; returns where it ends.
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
            // What keeps a template's program off a listing is no listing itself.
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

    /// What a single brace opens.
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

    /// Whether a backslash takes the meaning of what stands here.
    fn is_escaped(&self, at: usize) -> bool {
        let before = self.text.as_bytes()[..at].iter().rev();
        before.take_while(|byte| **byte == b'\\').take(LONGEST_LIST).count() % 2 == 1
    }

    /// Where some closing marks stand in the rest of the text.
    fn find(&mut self, from: usize, marks: &str) -> Option<usize> {
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
    fn closes_below(&mut self, at: usize, tag: &str) -> bool {
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
    fn paragraph_end(&mut self, at: usize) -> usize {
        if !self.paragraph.contains(&at) {
            self.paragraph = at..self.end_of_paragraph(at);
        }
        self.paragraph.end
    }

    fn end_of_paragraph(&self, at: usize) -> usize {
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
    fn line(&self, at: usize) -> &'a str {
        ahead(self.text, at, LONGEST_LIST).lines().next().unwrap_or_default()
    }

    fn fault(
        &mut self,
        code: Code,
        range: Range<usize>,
        what: impl Into<String>,
        hint: &'static str,
    ) {
        self.out.faults.push(Fault { code, range, what: what.into(), hint });
    }

    fn blank(&mut self, range: Range<usize>) -> usize {
        for byte in &mut self.bytes[range.clone()] {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        range.end
    }

    /// Masks a tag that leaves nothing behind.
    fn hide(&mut self, range: Range<usize>, kind: TagKind) -> usize {
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
    fn show(&mut self, range: Range<usize>, kind: TagKind) -> usize {
        self.bytes[range.clone()].fill(MASK as u8);
        let end = range.end;
        self.out.tags.push(Tag { range, kind });
        end
    }

    fn alone(&self, range: &Range<usize>) -> bool {
        let before = self.text[..range.start].trim_end_matches([' ', '\t']);
        let after = self.text[range.end..].trim_start_matches([' ', '\t', '\r']);
        (before.is_empty() || before.ends_with('\n'))
            && (after.is_empty() || after.starts_with('\n'))
    }
}

/// The text from a byte on, but not much of it, so that long lines don't take long.
fn ahead(text: &str, from: usize, length: usize) -> &str {
    let mut end = (from + length).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[from..end]
}

/// The text before a byte, but not much of it.
fn behind(text: &str, to: usize, length: usize) -> &str {
    let mut from = to.saturating_sub(length);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..to]
}

fn shorten(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    let short = short.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > 40 { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests;
