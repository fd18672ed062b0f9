//! What stands inside a Liquid tag or a shortcode: its name, its arguments.

use std::ops::Range;

/// A tag taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Parts {
    /// Its name, with a slash before it where it closes a pair.
    pub(crate) name: String,
    /// Its arguments in their order.
    pub(crate) args: Vec<Arg>,
}

/// One argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arg {
    /// Its name in small letters; none where it has only a place.
    pub(crate) name: Option<String>,
    /// Its bytes in the text, quotes left out.
    pub(crate) value: Range<usize>,
    /// Whether it stood in quotes.
    pub(crate) quoted: bool,
}

impl Parts {
    /// The value of the first argument that has one of these names.
    pub(crate) fn named(&self, names: &[&str]) -> Option<Range<usize>> {
        names.iter().find_map(|name| {
            let arg = self.args.iter().find(|arg| arg.name.as_deref() == Some(*name))?;
            (!arg.value.is_empty()).then(|| arg.value.clone())
        })
    }

    /// The arguments that have only a place.
    pub(crate) fn placed(&self) -> Vec<&Arg> {
        self.args.iter().filter(|arg| arg.name.is_none()).collect()
    }
}

/// Takes the inside of a tag apart; `inside` is where it stands in `text`.
pub(crate) fn parse(text: &str, inside: Range<usize>) -> Parts {
    let mut words = Words { text, at: inside.start, end: inside.end };
    let mut parts = Parts::default();
    let Some(first) = words.next_word() else { return parts };
    parts.name = text[first.value.clone()].to_ascii_lowercase();
    if parts.name == "/"
        && let Some(closed) = words.next_word()
    {
        parts.name.push_str(&text[closed.value].to_ascii_lowercase());
    }
    while let Some(word) = words.next_word() {
        if !word.quoted && words.equals() {
            let value = words.next_word();
            let name = text[word.value.clone()].to_ascii_lowercase();
            let (value, quoted) =
                value.map_or((word.value.end..word.value.end, false), |v| (v.value, v.quoted));
            parts.args.push(Arg { name: Some(name), value, quoted });
        } else {
            parts.args.push(word);
        }
    }
    parts
}

/// Cuts a tag's inside into words.
struct Words<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl Words<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn skip(&mut self, blank: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(blank).len();
    }

    /// Steps over `=` or `:` after a name.
    fn equals(&mut self) -> bool {
        let rest = self.rest();
        let trimmed = rest.trim_start();
        if !trimmed.starts_with(['=', ':']) {
            return false;
        }
        self.at += rest.len() - trimmed.len() + 1;
        self.skip(char::is_whitespace);
        true
    }

    fn next_word(&mut self) -> Option<Arg> {
        self.skip(|c| c.is_whitespace() || matches!(c, ',' | '|'));
        let rest = self.rest();
        let first = rest.chars().next()?;
        let start = self.at;
        let close = match first {
            '"' | '\'' | '`' => Some(first),
            '“' | '”' => Some('”'),
            _ => None,
        };
        if let Some(close) = close {
            let from = start + first.len_utf8();
            let mut escaped = false;
            for (at, c) in self.text[from..self.end].char_indices() {
                if c == close && !escaped {
                    self.at = from + at + c.len_utf8();
                    return Some(Arg { name: None, value: from..from + at, quoted: true });
                }
                escaped = c == '\\' && !escaped;
            }
            // The quote never closes: the rest is the word.
            self.at = self.end;
            return Some(Arg { name: None, value: from..self.end, quoted: true });
        }
        let stop = |c: char| c.is_whitespace() || matches!(c, ',' | '|' | '=' | '"');
        let mut length = rest.find(stop).unwrap_or(rest.len());
        // A colon ends a name, but not the `https:` of an address.
        let colon =
            rest[..length].find(':').filter(|at| *at > 0 && !rest[*at..].starts_with("://"));
        length = colon.unwrap_or(length);
        let length = length.max(first.len_utf8());
        self.at = start + length;
        Some(Arg { name: None, value: start..start + length, quoted: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_places() {
        let text = r#"figure src = "a b.jpg" alt="x \"y\"" width=3 'c'"#;
        let parts = parse(text, 0..text.len());
        assert_eq!(parts.name, "figure");
        assert_eq!(parts.named(&["src"]).map(|r| &text[r]), Some("a b.jpg"));
        assert_eq!(parts.named(&["alt"]).map(|r| &text[r]), Some(r#"x \"y\""#));
        assert_eq!(parts.placed().len(), 1);
    }
}
