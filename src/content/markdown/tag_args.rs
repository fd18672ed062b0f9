//! Parses the inside of a Liquid tag or a shortcode into its name and arguments.

use std::ops::Range;

/// A parsed tag.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Parts {
    /// Its name in small letters, with a slash before it if the tag closes a pair.
    pub(crate) name: String,
    /// Its arguments, in their order.
    pub(crate) args: Vec<Arg>,
}

/// One argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arg {
    /// Its name in small letters; `None` for a positional argument.
    pub(crate) name: Option<String>,
    /// The bytes of its value in the text, without quotes.
    pub(crate) value: Range<usize>,
    /// Whether the value is quoted.
    pub(crate) quoted: bool,
}

impl Parts {
    /// The value of the first of these names that is given and not empty.
    pub(crate) fn named(&self, names: &[&str]) -> Option<Range<usize>> {
        names.iter().find_map(|name| {
            let arg = self.args.iter().find(|arg| arg.name.as_deref() == Some(*name))?;
            (!arg.value.is_empty()).then(|| arg.value.clone())
        })
    }

    /// The positional arguments.
    pub(crate) fn placed(&self) -> Vec<&Arg> {
        self.args.iter().filter(|arg| arg.name.is_none()).collect()
    }
}

/// Parses the inside of a tag. `inside` is its bytes in `text`.
pub(crate) fn parse(text: &str, inside: Range<usize>) -> Parts {
    let mut words = Words { text, at: inside.start, end: inside.end };
    let mut parts = Parts::default();
    // The form of a call: `figure(src="quay.jpg")`.
    let written = text.get(inside.clone()).unwrap_or_default();
    let name = written.trim_start();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '-' | '.');
    let length = name.find(|c| !is_name(c)).unwrap_or(0);
    let trimmed = written.trim_end();
    if length > 0 && name[length..].starts_with('(') && trimmed.ends_with(')') {
        parts.name = name[..length].to_ascii_lowercase();
        let from = inside.start + written.len() - name.len() + length + 1;
        parts.args = arguments(text, from..(inside.start + trimmed.len() - 1).max(from));
        return parts;
    }
    let Some(first) = words.next_word() else { return parts };
    parts.name = text[first.value.clone()].to_ascii_lowercase();
    if parts.name == "/"
        && let Some(closed) = words.next_word()
    {
        parts.name.push_str(&text[closed.value].to_ascii_lowercase());
    }
    parts.args = words.arguments();
    parts
}

/// The arguments in a part of a text.
pub(crate) fn arguments(text: &str, inside: Range<usize>) -> Vec<Arg> {
    Words { text, at: inside.start, end: inside.end }.arguments()
}

/// Splits the inside of a tag into words.
struct Words<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl Words<'_> {
    fn arguments(&mut self) -> Vec<Arg> {
        let mut all = vec![];
        while let Some(word) = self.next_word() {
            if !word.quoted && self.equals() {
                let value = self.next_word();
                let name = self.text[word.value.clone()].to_ascii_lowercase();
                let (value, quoted) =
                    value.map_or((word.value.end..word.value.end, false), |v| (v.value, v.quoted));
                all.push(Arg { name: Some(name), value, quoted });
            } else {
                all.push(word);
            }
        }
        all
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn skip(&mut self, blank: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(blank).len();
    }

    /// Skips the `=` or `:` after a name. Returns whether there is one.
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
            // The quote is never closed: it takes all that is left.
            self.at = self.end;
            return Some(Arg { name: None, value: from..self.end, quoted: true });
        }
        let stop = |c: char| c.is_whitespace() || matches!(c, ',' | '|' | '=' | '"');
        let mut length = rest.find(stop).unwrap_or(rest.len());
        // A colon ends a name, except in an address such as `https://…`.
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
