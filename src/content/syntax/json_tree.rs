//! Reads JSON into the same tree as YAML.

use std::ops::Range;

use serde::de::IgnoredAny;
use serde_json::Deserializer;

use super::tree::{Entry, Node, SyntaxError, Value};

/// The deepest nesting that is read; front matter is never deeper.
const MOST_DEPTH: usize = 32;

/// The byte offset in the file at which the first JSON value of a text ends, or what is wrong with
/// it. `base` is the offset at which `text` begins.
pub(crate) fn end_of(text: &str, base: usize) -> Result<usize, SyntaxError> {
    let mut values = Deserializer::from_str(text).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Err(error)) => Err(fault(text, base, &error)),
        Some(Ok(_)) => Ok(base + values.byte_offset()),
        None => Ok(base),
    }
}

/// Reads a text that is one JSON value. `base` is the byte offset in the file at which `text`
/// begins.
pub(crate) fn parse(text: &str, base: usize) -> Result<Node, SyntaxError> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Err(fault(text, base, &error));
    }
    let mut reader = JsonReader { text, base, at: 0, depth: 0 };
    reader.value()
}

/// The parser's message without its line and column, which the diagnostic shows already.
fn fault(text: &str, base: usize, error: &serde_json::Error) -> SyntaxError {
    let whole = error.to_string();
    let message = whole.rfind(" at line ").map_or(whole.as_str(), |at| &whole[..at]).to_owned();
    let line: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut at = (line + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    SyntaxError { range: base + at..base + end, message }
}

/// Reads a text that is known to be valid JSON.
struct JsonReader<'t> {
    text: &'t str,
    base: usize,
    at: usize,
    /// How many lists and groups are open.
    depth: usize,
}

impl JsonReader<'_> {
    fn peek(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied().unwrap_or_default()
    }

    fn value(&mut self) -> Result<Node, SyntaxError> {
        let first = self.peek();
        let start = self.at;
        if self.depth > MOST_DEPTH {
            let range = self.base + start..self.base + start + 1;
            return Err(SyntaxError { range, message: "this is nested too deeply".into() });
        }
        self.depth += 1;
        let value = match first {
            b'{' => self.group()?,
            b'[' => self.list()?,
            b'"' => Value::Scalar(self.string().0),
            _ => self.word(),
        };
        self.depth -= 1;
        Ok(Node { value, range: self.base + start..self.base + self.at })
    }

    fn group(&mut self) -> Result<Value, SyntaxError> {
        let mut entries = vec![];
        self.at += 1;
        while self.peek() == b'"' {
            let (key, key_range) = self.string();
            if self.peek() == b':' {
                self.at += 1;
            }
            entries.push(Entry { key, key_range, node: self.value()? });
            if self.peek() == b',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Ok(Value::Map(entries))
    }

    fn list(&mut self) -> Result<Value, SyntaxError> {
        let mut items = vec![];
        self.at += 1;
        while !matches!(self.peek(), b']' | 0) {
            items.push(self.value()?);
            if self.peek() == b',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Ok(Value::List(items))
    }

    fn string(&mut self) -> (String, Range<usize>) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        self.at += 1;
        while !matches!(bytes.get(self.at), Some(b'"') | None) {
            self.at += if bytes[self.at] == b'\\' { 2 } else { 1 };
        }
        self.at = (self.at + 1).min(bytes.len());
        // Half of a surrogate pair is not a character: such a text stays as written.
        let written = &self.text[start..self.at];
        let raw = |_| written.trim_matches('"').to_owned();
        let text = serde_json::from_str(written).unwrap_or_else(raw);
        (text, self.base + start..self.base + self.at)
    }

    /// Reads a number, a truth value or `null`.
    fn word(&mut self) -> Value {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, ',' | ']' | '}'));
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len();
        if word == "null" { Value::Null } else { Value::Scalar(word.to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree as one line, each value with the text at its place.
    fn shown(node: &Node, source: &str) -> String {
        let list = |items: Vec<String>| items.join(", ");
        match &node.value {
            Value::Null => "nothing".into(),
            Value::Scalar(text) => format!("{text}={}", &source[node.range.clone()]),
            Value::List(items) => {
                format!("[{}]", list(items.iter().map(|item| shown(item, source)).collect()))
            }
            Value::Map(entries) => {
                let one = |entry: &Entry| {
                    let key = &source[entry.key_range.clone()];
                    format!("{key} {}: {}", entry.key, shown(&entry.node, source))
                };
                format!("{{{}}}", list(entries.iter().map(one).collect()))
            }
        }
    }

    #[test]
    fn values_have_their_places() {
        for (text, wanted) in [
            (r#"{"a": "b"}"#, r#"{"a" a: b="b"}"#),
            (r#"{ "a" :[ 1 ,true,null, {}] }"#, r#"{"a" a: [1=1, true=true, nothing, {}]}"#),
            ("{\n\t\"a\": 1.10,\n\t\"a\": -2e3\n}", r#"{"a" a: 1.10=1.10, "a" a: -2e3=-2e3}"#),
            (
                r#"{"\u00e9\"\\": "\ud83d\ude80]}"}"#,
                "{\"\\u00e9\\\"\\\\\" é\"\\: 🚀]}=\"\\ud83d\\ude80]}\"}",
            ),
            ("{}", "{}"),
        ] {
            let source = format!("éé{text}");
            let Ok(node) = parse(text, 4) else { panic!("{text}") };
            assert_eq!(shown(&node, &source), wanted, "{text}");
            assert_eq!(end_of(&format!("{text}\n\nText."), 4).ok(), Some(4 + text.len()), "{text}");
        }
    }

    #[test]
    fn faults_have_their_places() {
        for (text, wanted) in [
            ("{\"a\": 1,\n}", "}"),
            ("{\"é\": é}", "é"),
            ("{\n  \"a\" \"b\"\n}", "\""),
            ("{\"a\": [1, 2}", "}"),
            ("{\"a\": 1", "1"),
            (&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)), "["),
        ] {
            let Err(SyntaxError { range, message }) = parse(text, 0) else { panic!("{text}") };
            assert_eq!(&text[range], wanted, "{text:.20}: {message}");
            assert!(!message.contains("line"), "{message}");
        }
    }
}
