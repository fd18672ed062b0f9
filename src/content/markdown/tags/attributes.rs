//! Reads attribute lists, which tell a site how to show the text beside them. They are not printed;
//! they are reported if a reader of the paper would miss something. The lists of what matters are
//! `LOOKS` and `UNSEEN`.

use std::ops::Range;

use super::ground::Ground;
use super::masked::TagKind;
use super::stretch::{LONGEST_LIST, LONGEST_TAG, ahead, behind, shorten};
use super::tag_finder::TagFinder;

impl TagFinder<'_> {
    /// Reads `{: .class}`, on a line of its own or after the text that it belongs to.
    pub(super) fn attributes(&mut self, at: usize) -> Option<usize> {
        let line = self.line(at);
        let end = at + line.find('}')? + 1;
        let inside = &self.text[at + 2..end - 1];
        let first = inside.trim_start().chars().next()?;
        if !(matches!(first, '.' | '#') || first.is_alphabetic()) {
            return None;
        }
        // A list that a table of contents replaces has no text of its own.
        if inside.trim_start().starts_with("toc") {
            let before = self.text[..at].trim_end();
            let start = before.rfind('\n').map_or(0, |n| n + 1);
            if before[start..].trim_start_matches(['*', '-', '+', '1', '.', ' ']).len() <= 20 {
                self.blank(start..before.len());
            }
        }
        let kind = self.list(at..end, at + 2..end - 1);
        Some(self.hide(at..end, kind))
    }

    /// Reads `{.class #name key=value}`, as Pandoc and others write it, if the braces hold nothing
    /// else. A list without a class or an id must directly follow the text that it belongs to.
    pub(super) fn bare_attributes(&mut self, at: usize) -> Option<usize> {
        // An alternative text may be long.
        let most = if self.text[..at].ends_with(')') { LONGEST_TAG } else { LONGEST_LIST };
        let line = ahead(self.text, at, most).lines().next().unwrap_or_default();
        let words = words(line.strip_prefix('{')?)?;
        let end = at + 1 + words.end;
        let inside = at + 1..end - 1;
        let in_head = Ground::within(&self.ground.heads, at).is_some();
        let ours = |word: &&str| is_attribute(word) || in_head && *word == "-";
        if words.all.is_empty() || !words.all.iter().all(ours) {
            return None;
        }
        let named = words.all.iter().any(|word| word.starts_with(['.', '#', '-']))
            || self.alone(&(at..end)) && self.has_neighbour(at, end);
        let behind_it = self.text[..at].ends_with([')', ']', '`', '*', '_', '>', '"']);
        if !named && !behind_it {
            return None;
        }
        // The Markdown parser reads the id of a heading.
        let ends_line = self.text[end..].lines().next().is_none_or(|rest| rest.trim().is_empty());
        if in_head && ends_line && words.all.iter().any(|word| word.starts_with('#')) {
            return Some(end);
        }
        let kind = self.list(at..end, inside);
        self.unbracket(at);
        Some(self.hide(at..end, kind))
    }

    /// Whether there is a line of text right above or below a list that stands on a line of its
    /// own.
    fn has_neighbour(&self, at: usize, end: usize) -> bool {
        let above = self.text[..at].trim_end_matches([' ', '\t']);
        let above = above.strip_suffix('\n').unwrap_or("");
        let below = self.text[end..].split_once('\n').map_or("", |(_, below)| below);
        let is_text = |line: Option<&str>| line.is_some_and(|line| !line.trim().is_empty());
        is_text(above.rsplit('\n').next()) || is_text(below.split('\n').next())
    }

    fn list(&self, range: Range<usize>, inside: Range<usize>) -> TagKind {
        let name = shorten(&self.text[range]);
        let value_of = |keys: &[&str]| {
            keys.iter().find_map(|key| {
                let text = &self.text[inside.clone()];
                let at = text
                    .find(key)
                    .filter(|at| *at == 0 || text[..*at].ends_with(char::is_whitespace))?;
                let value = &text[at + key.len()..];
                let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
                let length = value[1..].find(mark)?;
                let start = inside.start + at + key.len() + 1;
                (length > 0).then_some(start..start + length)
            })
        };
        let alt = value_of(&["fig-alt=", "alt="]);
        let (caption, matters) = (value_of(&["fig-cap="]), matters(&self.text[inside]));
        TagKind::Attributes { name, alt, caption, matters }
    }

    /// Removes the brackets of `[words]{.class}`, which only mark what the list is about.
    fn unbracket(&mut self, at: usize) {
        let Some(before) = behind(self.text, at, LONGEST_LIST * 4).strip_suffix(']') else {
            return;
        };
        let base = at - 1 - before.len();
        let mut depth = 0usize;
        for (found, c) in before.char_indices().rev() {
            match c {
                '\n' if before[..found].ends_with('\n') => return,
                ']' => depth += 1,
                '[' if depth > 0 => depth -= 1,
                '[' => {
                    let open = base + found;
                    let plain = self.bytes[open] == b'['
                        && !before[..found].ends_with(['!', '\\', '^', ']']);
                    // `[words][name]` is a link to an address that stands elsewhere, so its
                    // brackets stay.
                    if plain && self.bytes[at - 1] == b']' {
                        self.show(open..open + 1, TagKind::Quiet);
                        self.show(at - 1..at, TagKind::Quiet);
                    }
                    return;
                }
                _ => {}
            }
        }
    }
}

/// Classes that change how text looks or whether it is visible.
const LOOKS: [&str; 18] = [
    "smallcaps",
    "sc",
    "small-caps",
    "underline",
    "ul",
    "mark",
    "highlight",
    "strike",
    "strikethrough",
    "hidden",
    "hide",
    "d-none",
    "invisible",
    "visually-hidden",
    "sr-only",
    "content-hidden",
    "no-print",
    "noprint",
];

/// Attributes that have no effect that a reader of the paper could see.
const UNSEEN: [&str; 22] = [
    "id",
    "target",
    "rel",
    "loading",
    "decoding",
    "role",
    "tabindex",
    "download",
    "referrerpolicy",
    "fetchpriority",
    "hreflang",
    "sizes",
    "srcset",
    "crossorigin",
    "itemprop",
    "itemscope",
    "itemtype",
    "alt",
    "fig-alt",
    "lightbox",
    "group",
    "toc",
];

/// Whether readers miss something without an attribute list. Ids and most classes are for a site's
/// style sheet, other attributes for a browser.
fn matters(inside: &str) -> bool {
    let Some(words) = words(&format!("{inside}}}")).map(|words| words.all.join("\u{1}")) else {
        return true;
    };
    let is_look = |class: &str| LOOKS.contains(&class.to_ascii_lowercase().as_str());
    words.split('\u{1}').any(|word| match word.strip_prefix(['.', '#']) {
        // `.a.b#c` has three names.
        Some(names) => word.starts_with('.') && names.split(['.', '#']).any(is_look),
        None if matches!(word, "-" | ":" | "") => false,
        None => {
            let (key, value) = word.split_once('=').unwrap_or((word, ""));
            let key = key.to_ascii_lowercase();
            let quiet = ["data-", "aria-", "on"].iter().any(|start| key.starts_with(start))
                || UNSEEN.contains(&key.as_str());
            let classes = value.trim_matches(['"', '\'']).split_whitespace();
            if key == "class" { classes.into_iter().any(is_look) } else { !quiet }
        }
    })
}

/// The words in braces.
struct Words<'a> {
    all: Vec<&'a str>,
    /// The byte offset after the closing brace.
    end: usize,
}

/// The words up to the closing brace. Quoted text is one word.
fn words(text: &str) -> Option<Words<'_>> {
    let mut all = vec![];
    let mut start = None;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '}') => {
                all.extend(start.map(|start| &text[start..at]));
                return Some(Words { all, end: at + 1 });
            }
            (None, '{') => return None,
            (None, c) if c.is_whitespace() => {
                all.extend(start.take().map(|start: usize| &text[start..at]));
            }
            (None, c) => {
                start = start.or(Some(at));
                let opens = matches!(c, '"' | '\'') && text[..at].ends_with('=');
                quote = opens.then_some(c);
            }
        }
    }
    None
}

fn is_attribute(word: &str) -> bool {
    let is_name = |name: &str| {
        let mut letters = name.chars();
        letters.next().is_some_and(char::is_alphabetic)
            && letters.all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
    };
    match word.strip_prefix(['.', '#']) {
        Some(name) => is_name(name),
        None => {
            word.strip_prefix('=').is_some_and(is_name)
                || word
                    .split_once('=')
                    .is_some_and(|(key, value)| is_name(key) && !value.is_empty())
        }
    }
}
