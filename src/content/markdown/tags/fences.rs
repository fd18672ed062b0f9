//! Reads fenced code blocks that are directives (boxes, pictures, formulas), and fences of colons
//! that are listings. Each gets the fences of its real kind before anything else is read, without
//! moving a byte.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::boxes::is_box;
use crate::content::markdown::extensions::options;

/// Directives that hold a listing.
const LISTINGS: [&str; 8] = [
    "code",
    "code-block",
    "code-cell",
    "sourcecode",
    "parsed-literal",
    "literalinclude",
    "eval-rst",
    "mermaid",
];

/// Directives between backticks that are neither boxes nor listings.
const DIRECTIVES: [&str; 33] = [
    "bibliography",
    "button",
    "button-link",
    "button-ref",
    "card",
    "carousel",
    "contents",
    "definition",
    "deprecated",
    "dropdown",
    "embed",
    "epigraph",
    "exercise",
    "figure",
    "figure-md",
    "glossary",
    "grid",
    "grid-item",
    "grid-item-card",
    "highlights",
    "iframe",
    "image",
    "include",
    "index",
    "margin",
    "pull-quote",
    "sidebar",
    "tab-item",
    "tab-set",
    "theorem",
    "toctree",
    "topic",
    "versionadded",
];

/// The deepest nesting of directives that is read.
const DEEPEST: usize = 8;

/// A text whose directives have the fences of their kind.
pub(super) struct Fences<'t> {
    /// The text, as long as the original.
    pub(super) text: Cow<'t, str>,
    /// Listings that are hidden on their own site, each with its name. In the text they are blank.
    pub(super) hidden: Vec<(Range<usize>, String)>,
}

/// Gives the directives of a text the fences of their kind.
pub(super) fn read(text: &str) -> Fences<'_> {
    let mut fences = Fences { text: text.into(), hidden: vec![] };
    let has = |marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
    if has(&[":::{", "::: {"]) {
        fences.colons();
    }
    if has(&["```", "~~~"]) && (has(&["{"]) || has(&["math"])) || has(&["{code", "{math"]) {
        for _ in 0..DEEPEST {
            if !fences.once() {
                break;
            }
        }
    }
    fences
}

/// A parsed listing.
struct Listing<'t> {
    text: &'t str,
    /// The bytes of the opening marks.
    open: Range<usize>,
    /// The bytes of the closing marks, if there are any.
    close: Option<Range<usize>>,
    /// The text after the opening marks.
    info: &'t str,
    /// The bytes of its lines.
    inside: Range<usize>,
}

impl<'t> Listing<'t> {
    fn at(text: &'t str, range: Range<usize>) -> Option<Self> {
        let written = &text[range.clone()];
        let from = range.start + written.find(['`', '~'])?;
        let mark = text[from..].chars().next()?;
        let count = text[from..].chars().take_while(|c| *c == mark).count();
        let line_end = text[from..range.end].find('\n').map_or(range.end, |n| from + n + 1);
        let info = text[from + count..line_end].trim();
        let written = text[line_end..range.end].trim_end();
        let last_start = line_end + written.rfind('\n').map_or(0, |n| n + 1);
        let last = text[last_start..line_end + written.len()].trim_start_matches([' ', '\t', '>']);
        let end = line_end + written.len();
        let closes = last.len() >= count && last.chars().all(|c| c == mark);
        let close = (closes && !last.is_empty()).then(|| end - last.len()..end);
        let inside = line_end..close.as_ref().map_or(range.end, |_| last_start.max(line_end));
        Some(Self { text, open: from..from + count, close, info, inside })
    }

    /// The name and the argument of `{name} argument`.
    fn directive(&self) -> Option<(&'t str, &'t str)> {
        let (name, rest) = self.info.strip_prefix('{')?.split_once('}')?;
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_:+".contains(c));
        (is_name && !name.is_empty()).then_some((name, rest.trim()))
    }

    /// The option lines at its start: the byte offset of the last one, and the text of all.
    fn options(&self, is_option: impl Fn(&str) -> bool) -> Option<(usize, &'t str)> {
        let mut last = None;
        let mut at = self.inside.start;
        for line in self.text[self.inside.clone()].split_inclusive('\n') {
            let body = line.trim_start_matches([' ', '\t', '>']);
            if !is_option(body.trim_end()) {
                break;
            }
            last = Some(at + line.len() - body.len());
            at += line.len();
        }
        last.map(|last| (last, &self.text[self.inside.start..at]))
    }
}

/// Whether a line is an option: `:name: value`.
pub(super) fn is_option(line: &str) -> bool {
    line.strip_prefix(':').and_then(|rest| rest.split_once(':')).is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    })
}

/// Whether a line is an option of a code cell: `#| name: value`, and the same in other languages.
fn is_cell_option(line: &str) -> bool {
    ["#| ", "//| ", "--| ", "%%| "].iter().any(|mark| line.starts_with(mark))
}

/// Whether options say that a listing is hidden: `echo=FALSE`, `#| include: false`.
fn is_hidden(options: &str) -> bool {
    let plain: String = options.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_ascii_lowercase().replace('=', ":");
    ["echo:false", "include:false", "echo:f,", "include:f,", "echo:f}", "include:f}"]
        .iter()
        .any(|said| plain.contains(said))
}

impl Fences<'_> {
    /// Makes `:::{code-block} python` a listing.
    fn colons(&mut self) {
        let text = &*self.text;
        let mut bytes = text.as_bytes().to_vec();
        let mut open: Option<(usize, usize)> = None;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let body = line.trim_start_matches([' ', '\t', '>']);
            let start = at + line.len() - body.len();
            at += line.len();
            let rest = body.trim_start_matches(':');
            let marks = body.len() - rest.len();
            let rest = rest.trim();
            match open {
                Some((from, count)) if marks == count && rest.is_empty() => {
                    bytes[from..from + count].fill(b'`');
                    bytes[start..start + count].fill(b'`');
                    open = None;
                }
                Some(_) => {}
                None if marks >= 3 => {
                    let name = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
                    let holds =
                        name.is_some_and(|(name, _)| LISTINGS.contains(&name) || name == "math");
                    open = holds.then_some((start, marks));
                }
                None => {}
            }
        }
        self.set(bytes);
    }

    /// Goes through all listings once. Returns whether it changed any; a changed one may hold
    /// others.
    fn once(&mut self) -> bool {
        let text = &*self.text;
        let mut bytes = text.as_bytes().to_vec();
        let mut hidden = vec![];
        for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
            if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) = event
                && let Some(listing) = Listing::at(text, range.clone())
            {
                change(&listing, &range, &mut bytes, &mut hidden);
            }
        }
        let changed = bytes != text.as_bytes();
        self.hidden.extend(hidden);
        self.set(bytes);
        changed
    }

    fn set(&mut self, bytes: Vec<u8>) {
        if let Ok(text) = String::from_utf8(bytes)
            && *text != *self.text
        {
            self.text = Cow::Owned(text);
        }
    }
}

/// Gives one listing the fences of its kind.
fn change(
    listing: &Listing<'_>,
    range: &Range<usize>,
    bytes: &mut [u8],
    hidden: &mut Vec<(Range<usize>, String)>,
) {
    let named = listing.directive();
    let name = named.map_or("", |(name, _)| name).to_ascii_lowercase();
    if name == "math" || listing.info == "math" {
        let whole = &listing.text[listing.inside.clone()];
        let close = listing.close.clone().filter(|_| !whole.trim().contains("\n\n"));
        if let Some(close) = close {
            let line = listing.text[listing.open.start..].find('\n').unwrap_or(0);
            blank(bytes, listing.open.start..listing.open.start + line);
            if let Some((_, options)) = listing.options(is_option) {
                blank(bytes, listing.inside.start..listing.inside.start + options.len());
            }
            blank(bytes, close.clone());
            bytes[listing.open.start..listing.open.start + 2].fill(b'$');
            bytes[close.start..close.start + 2].fill(b'$');
        }
        return;
    }
    if DIRECTIVES.contains(&&*name) || is_box(&name) && !name.contains(':') {
        if let Some(close) = listing.close.clone() {
            bytes[listing.open.clone()].fill(b':');
            bytes[close].fill(b':');
        }
        return;
    }
    let options = if LISTINGS.contains(&&*name) {
        listing.options(is_option)
    } else if listing.info.starts_with('{') && !listing.info.starts_with(['.', '#', '=']) {
        let found = listing.options(is_cell_option);
        if is_hidden(listing.info) || found.is_some_and(|(_, options)| is_hidden(options)) {
            let end = listing.close.as_ref().map_or(range.end, |close| close.end);
            blank(bytes, listing.open.start..end);
            let name = listing.info.trim_start_matches('{');
            let name = name.split([' ', ',', '}']).next().unwrap_or_default();
            hidden.push((listing.open.start..end, format!("```{{{name}}}")));
            return;
        }
        found
    } else {
        None
    };
    // The listing begins below its options.
    if let Some((last, all)) = options {
        let count = listing.open.len();
        let end = listing.inside.start + all.trim_end().len();
        if end.saturating_sub(last) >= count {
            let marks = listing.text.as_bytes()[listing.open.clone()].to_vec();
            blank(bytes, listing.open.start..end);
            bytes[last..last + count].copy_from_slice(&marks);
        }
    }
}

/// Blanks bytes, except line ends and the quote marks at the start of lines.
fn blank(bytes: &mut [u8], range: Range<usize>) {
    let mut begins = false;
    for byte in &mut bytes[range] {
        match *byte {
            b'\n' => begins = true,
            b'\r' => {}
            b'>' | b' ' if begins => {}
            _ => {
                begins = false;
                *byte = b' ';
            }
        }
    }
}
