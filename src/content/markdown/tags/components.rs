//! Reads components of sites, as in MDX, and HTML elements that hold Markdown.

use std::ops::Range;

use super::ground::Ground;
use super::masked::{Tag, TagKind};
use super::pairs::{is_picture, key_of, quoted};
use super::private::is_private;
use super::stretch::{LONGEST_LIST, LONGEST_TAG, ahead, shorten};
use super::tag_finder::TagFinder;
use crate::content::markdown::html_elements;
use crate::content::markdown::tag_args::{Arg, Parts};

/// Elements that only group others. If their tags stand alone on a line, they are not part of the
/// text.
const HOLDERS: [&str; 9] =
    ["article", "aside", "center", "details", "div", "footer", "header", "main", "section"];

/// The parsed opening tag of a component.
struct Opening {
    name: String,
    args: Vec<Arg>,
    /// Whether the tag closes itself.
    whole: bool,
    end: usize,
}

impl TagFinder<'_> {
    /// Reads what an angle bracket begins.
    pub(super) fn html(&mut self, at: usize) -> Option<usize> {
        let found = self.ground.markdown.binary_search_by_key(&at, |tag| tag.start);
        if let Some(tag) = found.ok().map(|found| self.ground.markdown[found].clone()) {
            return Some(self.around_markdown(tag));
        }
        self.prefixed(at).or_else(|| self.component(at))
    }

    /// Reads the tag of an element that holds Markdown. If the tag has a line of its own, it must
    /// not make the lines beside it HTML.
    fn around_markdown(&mut self, range: Range<usize>) -> usize {
        let tag = &self.text[range.clone()];
        let name = tag.trim_start_matches(['<', '/']);
        let plain = HOLDERS.iter().any(|holder| {
            name.strip_prefix(holder).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        if plain && self.alone(&range) {
            self.blank(range.clone());
            self.out.tags.push(Tag { range: range.clone(), kind: TagKind::Quiet });
            return range.end;
        }
        self.show(range, TagKind::Html)
    }

    /// Reads elements of other XML vocabularies, such as `<o:p>` and `<fb:like href="x">`, which
    /// Markdown may take for an address.
    fn prefixed(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at + 1..];
        let closes = rest.starts_with('/');
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let is_part = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphabetic())
                && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '.');
        let name = &rest[..rest.find(|c| !is_name(c))?];
        let (prefix, last) = name.split_once(':')?;
        if !is_part(prefix) || !is_part(last) || Ground::within(&self.ground.html, at).is_some() {
            return None;
        }
        let from = at + 1 + usize::from(closes) + name.len();
        let tag = ahead(self.text, from, LONGEST_TAG);
        let length = tag.find('>').filter(|end| !tag[..*end].contains(['<', '\n']))?;
        let end = from + length + 1;
        let inside = tag[..length].trim();
        if closes {
            let ours = inside.is_empty() && self.opened.contains(&format!("<{name}"));
            return ours.then(|| self.hide(at..end, TagKind::Quiet));
        }
        let whole = inside.ends_with('/');
        if !whole && !self.closes_below(end, &format!("</{name}")) {
            return None;
        }
        self.opened.insert(format!("<{name}"));
        let says = inside.contains('=');
        let name = format!("<{name}>");
        let kind = if says { TagKind::Component { name } } else { TagKind::Quiet };
        Some(self.hide(at..end, kind))
    }

    /// Reads a component: `<Figure src="quay.jpg" />`. Its name begins with a capital letter.
    fn component(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at + 1..];
        if let Some(name) = rest.strip_prefix('/') {
            let name = name_of(name);
            let end = at + 2 + name.len();
            let closes = self.text[end..].trim_start().starts_with('>');
            let ours = closes && self.opened.contains(&format!("<{name}"));
            let end = self.text[end..].find('>').map(|found| end + found + 1)?;
            if ours && self.opened.remove(&format!("<{name}>")) {
                return Some(self.show(at..end, TagKind::FigureEnd));
            }
            return ours.then(|| self.hide(at..end, TagKind::Quiet));
        }
        if rest.starts_with(|c: char| c.is_ascii_lowercase()) {
            return self.braced_html(at);
        }
        if !rest.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let after = rest[name_of(rest).len()..].chars().next();
        if !after.is_some_and(|c| c.is_whitespace() || matches!(c, '/' | '>' | '{')) {
            return None;
        }
        let Opening { name, args, whole, end } = self.opening(at)?;
        let small = name.to_ascii_lowercase();
        let is_html = html_elements::is_known(&small) && small != "figure" && small != "image";
        if is_html && (small == "img" || !args.iter().any(|arg| self.is_braced(&arg.value)))
            || name.len() > 1
                && name.chars().all(|c| c.is_ascii_uppercase())
                && html_elements::is_known(&small)
        {
            return None;
        }
        let closed = !whole && self.closes_below(end, &format!("</{name}"));
        if args.is_empty() && !whole && !closed {
            return None;
        }
        if closed && is_private(&small) {
            let closing = format!("</{name}");
            let from = end + self.text[end..].find(&closing)?;
            let last = from + self.text[from..].find('>')? + 1;
            return Some(self.private(at..end, at..last));
        }
        if closed {
            self.opened.insert(format!("<{name}"));
        }
        let parts = Parts { name: small, args };
        let source = parts.named(&["src", "image", "img", "url", "file", "path"]);
        let shows = source.is_some_and(|source| !self.is_braced(&source));
        if shows && (is_picture(&parts.name, &parts, self.text)) {
            if closed {
                self.opened.insert(format!("<{name}>"));
                return Some(self.show(at..end, TagKind::Framed(parts)));
            }
            return Some(self.show(at..end, TagKind::Picture(parts)));
        }
        if let Some(title) = self.title_of(&parts).filter(|title| !self.is_braced(title)) {
            return Some(self.show(at..end, TagKind::Title(title)));
        }
        // Nothing is lost with a component that is only a wrapper around text.
        if closed && parts.args.is_empty() {
            return Some(self.hide(at..end, TagKind::Quiet));
        }
        let name = format!("<{name}>");
        Some(self.hide(at..end, TagKind::Component { name }))
    }

    /// Reads an HTML element with expressions in its attributes, which Markdown does not accept as
    /// HTML: `<img src={require('./quay.jpg').default} />`.
    fn braced_html(&mut self, at: usize) -> Option<usize> {
        let tag = ahead(self.text, at, LONGEST_LIST);
        let braced = tag.find("={")?;
        if tag.find('>').is_some_and(|end| end < braced) || tag[..braced].contains("\n\n") {
            return None;
        }
        let Opening { name, args, end, .. } = self.opening(at)?;
        let is_picture = name == "img";
        let parts = Parts { name, args };
        if !is_picture {
            return Some(self.show(at..end, TagKind::Quiet));
        }
        let source = parts.named(&["src"]).filter(|source| !self.is_braced(source));
        let kind = match source {
            Some(_) => TagKind::Picture(parts),
            None => TagKind::Component { name: "<img>".into() },
        };
        Some(self.show(at..end, kind))
    }

    /// Whether a value is an expression that is not known here.
    fn is_braced(&self, value: &Range<usize>) -> bool {
        self.text[..value.start].ends_with('{')
    }

    /// Parses an opening tag.
    fn opening(&self, at: usize) -> Option<Opening> {
        let text = ahead(self.text, at, LONGEST_TAG);
        let name = name_of(&text[1..]).to_owned();
        let mut args = vec![];
        let mut here = 1 + name.len();
        loop {
            here += text[here..].len() - text[here..].trim_start().len();
            let rest = &text[here..];
            if rest.starts_with("/>") {
                return Some(Opening { name, args, whole: true, end: at + here + 2 });
            }
            if rest.starts_with('>') {
                return Some(Opening { name, args, whole: false, end: at + here + 1 });
            }
            if rest.starts_with('{') {
                here += braced(rest)?;
                continue;
            }
            let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/' | '>'))?;
            let key = &rest[..length];
            if !key.starts_with(|c: char| c.is_alphabetic() || matches!(c, ':' | '@' | '_')) {
                return None;
            }
            here += length;
            let Some(value) = text[here..].strip_prefix('=') else {
                args.push(Arg {
                    name: Some(key.to_ascii_lowercase()),
                    value: at + here..at + here,
                    quoted: false,
                });
                continue;
            };
            here += 1;
            let mark = value.chars().next()?;
            let (inside, length) = match mark {
                '"' | '\'' => {
                    let length = value[1..].find(mark)?;
                    (at + here + 1..at + here + 1 + length, length + 2)
                }
                '{' => {
                    let length = braced(value)?;
                    (self.known(at + here + 1..at + here + length - 1), length)
                }
                _ => return None,
            };
            args.push(Arg { name: Some(key.to_ascii_lowercase()), value: inside, quoted: true });
            here += length;
        }
    }

    /// The text that an expression stands for: a quoted text, or the name of an imported file.
    fn known(&self, inside: Range<usize>) -> Range<usize> {
        let text = &self.text[inside.clone()];
        let start = inside.start + text.len() - text.trim_start().len();
        let written = text.trim();
        if quoted(written).is_some() {
            return start + 1..start + written.len() - 1;
        }
        let named = written.strip_suffix(".src").unwrap_or(written);
        let imports = self.mdx.iter().flatten();
        if let Some((_, file)) = imports.rev().find(|(name, _)| name == named) {
            return file.clone();
        }
        // `require('./quay.jpg')` names a file.
        let mark = written.find(['"', '\'']);
        let file = mark.and_then(|at| {
            let rest = &written[at + 1..];
            let file = &rest[..rest.find(written[at..].chars().next()?)?];
            let is_call = written[..at].ends_with('(') && file.contains('.');
            is_call.then_some(start + at + 1..start + at + 1 + file.len())
        });
        file.unwrap_or(inside)
    }

    /// Reads an expression in an MDX file: `{props.title}`.
    pub(super) fn expression(&mut self, at: usize) -> Option<usize> {
        self.mdx.as_ref()?;
        if Ground::within(&self.ground.html, at).is_some() && self.in_address(at) {
            return None;
        }
        let text = ahead(self.text, at, LONGEST_TAG);
        let end = at + braced(text)?;
        if self.text[at..end].contains("\n\n") {
            return None;
        }
        let inside = self.text[at + 1..end - 1].trim();
        let name = shorten(&self.text[at..end]);
        let kind = match (quoted(inside), key_of(inside)) {
            (Some(text), _) => TagKind::Written(text.to_owned()),
            (None, Some(key)) => TagKind::Page { key, name },
            (None, None) => TagKind::Unknown { name },
        };
        Some(self.hide(at..end, kind))
    }
}

fn name_of(text: &str) -> &str {
    let length = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_')));
    &text[..length.unwrap_or(text.len())]
}

/// The length in bytes of the expression that begins with a brace.
fn braced(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"' | '`') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') if depth == 1 => return Some(at + 1),
            (None, '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
