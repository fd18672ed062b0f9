//! Reads TOML into the same tree as YAML.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::tree::{Entry, Node, SyntaxError, Value};

/// Reads TOML. `base` is the byte offset in the file at which `text` begins.
pub(crate) fn parse(text: &str, base: usize) -> Result<Node, SyntaxError> {
    match DeTable::parse(text) {
        Ok(table) => {
            Ok(Node { value: map(table.get_ref(), text, base), range: base..base + text.len() })
        }
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            Err(SyntaxError {
                range: span.start + base..span.end + base,
                message: error.message().to_owned(),
            })
        }
    }
}

fn map(table: &DeTable<'_>, text: &str, base: usize) -> Value {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_range: shift(&key.span(), base),
            node: node(value, text, base),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_range.start);
    Value::Map(entries)
}

fn node(value: &Spanned<DeValue<'_>>, text: &str, base: usize) -> Node {
    let span = value.span();
    let written = || text.get(span.clone()).unwrap_or_default().to_owned();
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Scalar(text.to_string()),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| node(item, text, base)).collect())
        }
        DeValue::Table(table) => map(table, text, base),
        _ => Value::Scalar(written()),
    };
    Node { value, range: shift(&span, base) }
}

fn shift(range: &Range<usize>, base: usize) -> Range<usize> {
    range.start + base..range.end + base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_text_as_written() {
        let Ok(Node { value: Value::Map(entries), .. }) =
            parse("title = \"A\"\ndate = 2020-01-02\n", 4)
        else {
            panic!("no map")
        };
        let Value::Scalar(date) = &entries[1].node.value else { panic!("no scalar") };
        assert_eq!(date, "2020-01-02");
        assert_eq!(entries[1].node.range, 23..33);
    }
}
