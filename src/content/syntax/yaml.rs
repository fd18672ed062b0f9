//! Reads YAML into a tree with places.

use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};

use super::tree::{Entry, Node, SyntaxError, Value};

/// The most values that are read, far more than any front matter has. Values that aliases repeat
/// count too, so that a few lines can't fill the memory.
const MOST_NODES: usize = 20_000;

/// The most bytes that anchors and aliases may copy.
const MOST_BYTES: usize = 1 << 20;

/// The deepest nesting that is read; front matter is never deeper.
const MOST_DEPTH: usize = 32;

/// Reads YAML. `base` is the byte offset in the file at which `text` begins.
pub(crate) fn parse(text: &str, base: usize) -> Result<Node, SyntaxError> {
    let mut reader = YamlReader {
        base,
        text,
        anchors: BTreeMap::new(),
        stack: vec![],
        root: None,
        nodes: 0,
        bytes: 0,
    };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or(0..0);
                reader.event(event, range.start + base..range.end + base)?;
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
                return Err(SyntaxError { range: reader.place(at + base), message: error.info() });
            }
        }
    }
    Ok(reader.root.unwrap_or(Node { value: Value::Null, range: base..base + text.len() }))
}

/// Builds the tree from the parser's events.
struct YamlReader<'t> {
    base: usize,
    text: &'t str,
    anchors: BTreeMap<usize, Node>,
    stack: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    /// The bytes that anchors and aliases copy, beyond what is written.
    bytes: usize,
}

/// A list or group whose end has not been read yet.
struct Open {
    node: Node,
    anchor: usize,
    key: Option<(String, Range<usize>)>,
}

impl YamlReader<'_> {
    fn place(&self, at: usize) -> Range<usize> {
        let end = (at + 1).min(self.base + self.text.len());
        at.min(end)..end
    }

    fn fail(range: Range<usize>, message: &str) -> SyntaxError {
        SyntaxError { range, message: message.into() }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), SyntaxError> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if style == ScalarStyle::Plain
                    && (anchor != 0 || tag.is_some())
                    && let Some(start) = self.begun_by_a_sign(range.start)
                {
                    let sign = self.text[start - self.base..range.start - self.base].trim_end();
                    let (whole, end) = if range.is_empty() {
                        (sign.to_owned(), start + sign.len())
                    } else {
                        (format!("{sign} {text}"), range.end)
                    };
                    return self.put(Node { value: Value::Scalar(whole), range: start..end });
                }
                let empty = style == ScalarStyle::Plain
                    && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let value = if empty { Value::Null } else { Value::Scalar(text.into_owned()) };
                let node = Node { value, range };
                self.remember(anchor, &node)?;
                self.put(node)
            }
            Event::SequenceStart(_, anchor, _) => self.open(Value::List(vec![]), anchor, range),
            Event::MappingStart(_, anchor, _) => self.open(Value::Map(vec![]), anchor, range),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.stack.pop() else { return Ok(()) };
                let mut node = open.node;
                node.range.end = range.end.max(node.range.start);
                self.remember(open.anchor, &node)?;
                self.put(node)
            }
            Event::Alias(id) => match self.anchors.get(&id) {
                Some(node) => {
                    self.nodes += count(node);
                    self.bytes += weight(node);
                    let node = node.clone();
                    self.put(node)
                }
                None => Err(Self::fail(range, "this alias stands inside the value that it names")),
            },
            _ => Ok(()),
        }
    }

    /// Where a plain text begins if YAML takes its first word for an anchor or a tag, but the
    /// writer meant text: `&Co opens`, `!important news`.
    fn begun_by_a_sign(&self, at: usize) -> Option<usize> {
        let before = self.text.get(..at - self.base)?.trim_end();
        let start = before
            .rfind(char::is_whitespace)
            .map_or(0, |blank| blank + before[blank..].chars().next().map_or(1, char::len_utf8));
        let word = &before[start..];
        let is_meant = match word.strip_prefix('&') {
            Some(name) => self.text.contains(&format!("*{name}")),
            None => !word.starts_with('!') || word.starts_with("!!") || word.starts_with("!<"),
        };
        (!is_meant).then_some(self.base + start)
    }

    fn remember(&mut self, anchor: usize, node: &Node) -> Result<(), SyntaxError> {
        if anchor != 0 {
            self.bytes += weight(node);
            self.bounded(&node.range)?;
            self.anchors.insert(anchor, node.clone());
        }
        Ok(())
    }

    fn bounded(&self, range: &Range<usize>) -> Result<(), SyntaxError> {
        if self.nodes > MOST_NODES || self.bytes > MOST_BYTES {
            return Err(Self::fail(range.clone(), "this holds too many values"));
        }
        Ok(())
    }

    fn open(
        &mut self,
        value: Value,
        anchor: usize,
        range: Range<usize>,
    ) -> Result<(), SyntaxError> {
        if self.stack.len() >= MOST_DEPTH {
            return Err(Self::fail(range, "this is nested too deeply"));
        }
        self.stack.push(Open { node: Node { value, range }, anchor, key: None });
        Ok(())
    }

    fn put(&mut self, node: Node) -> Result<(), SyntaxError> {
        self.nodes += 1;
        self.bounded(&node.range)?;
        let Some(open) = self.stack.last_mut() else {
            // Only the first document is front matter.
            self.root.get_or_insert(node);
            return Ok(());
        };
        match &mut open.node.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => match open.key.take() {
                Some((key, key_range)) => entries.push(Entry { key, key_range, node }),
                None => {
                    let key = match node.value {
                        Value::Scalar(text) => text,
                        Value::Null => String::new(),
                        _ => return Err(Self::fail(node.range, "a key must be a word")),
                    };
                    open.key = Some((key, node.range));
                }
            },
            Value::Null | Value::Scalar(_) => {}
        }
        Ok(())
    }
}

fn count(node: &Node) -> usize {
    match &node.value {
        Value::Null | Value::Scalar(_) => 1,
        Value::List(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::Map(entries) => 1 + entries.iter().map(|entry| count(&entry.node)).sum::<usize>(),
    }
}

/// The bytes of text that a copy of the node takes.
fn weight(node: &Node) -> usize {
    match &node.value {
        Value::Null => 0,
        Value::Scalar(text) => text.len(),
        Value::List(items) => items.iter().map(weight).sum(),
        Value::Map(entries) => {
            entries.iter().map(|entry| entry.key.len() + weight(&entry.node)).sum()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubled_keys_are_both_there() {
        let tree = parse("a: 1\na: 2\n", 10).map(|node| node.value);
        let Ok(Value::Map(entries)) = tree else { panic!("no map") };
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[1].node.range, 18..19);
    }

    #[test]
    fn no_first_word_is_taken_for_a_sign() {
        for (text, wanted) in [
            ("a: !important news\nb: x", "!important news"),
            ("a: &Co opens", "&Co opens"),
            ("a: &Co", "&Co"),
            ("a: !wow", "!wow"),
            ("a: &b Ann\nc: *b", "Ann"),
            ("a: !!str 12", "12"),
            ("a: ! quiet", "! quiet"),
            ("a: \"&Co\"", "&Co"),
        ] {
            let tree = parse(text, 7).map(|node| node.value);
            let Ok(Value::Map(entries)) = tree else { panic!("{text}: {tree:?}") };
            let Value::Scalar(read) = &entries[0].node.value else { panic!("{text}") };
            assert_eq!(read, wanted, "{text}");
            let range = entries[0].node.range.clone();
            let written = &text[range.start - 7..range.end - 7];
            assert_eq!(written.trim_matches('"'), wanted, "{text}");
        }
        let list = parse("- !a b\n- &c d", 0).map(|node| node.value);
        let Ok(Value::List(items)) = list else { panic!("no list") };
        assert!(matches!(&items[1].value, Value::Scalar(text) if text == "&c d"));
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let mut text = String::from("a: &a [x,x,x,x,x,x,x,x,x,x]\n");
        for (name, last) in
            ["b", "c", "d", "e", "f", "g"].iter().zip(["a", "b", "c", "d", "e", "f"])
        {
            text += &format!(
                "{name}: &{name} [*{last},*{last},*{last},*{last},*{last},*{last},*{last},*{last}]\n"
            );
        }
        assert!(parse(&text, 0).is_err());
    }

    #[test]
    fn long_texts_are_not_unfolded_without_end() {
        let long = "x".repeat(1000);
        let bombs = [
            format!("a: &a {long}\nb: [{}]\n", "*a,".repeat(5000)),
            format!("a: &a {{{long}: 1}}\nb: [{}]\n", "*a,".repeat(5000)),
            format!(
                "{}a: 1\n",
                (0..2000).map(|n| format!("k{n}: &a{n} \"{long}\"\n")).collect::<String>()
            ),
        ];
        for bomb in bombs {
            let error = parse(&bomb, 0).err().map(|error| error.message);
            assert_eq!(error.as_deref(), Some("this holds too many values"));
        }
        assert!(parse(&format!("a: &a {long}\nb: *a\nc: [*a, *a]\n"), 0).is_ok());
    }
}
