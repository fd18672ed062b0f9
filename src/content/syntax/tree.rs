//! The tree of front matter and settings, the same for YAML, TOML and JSON. Every value has its
//! place in the file.

use std::ops::Range;

/// A value with its place in the file.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// The value.
    pub(crate) value: Value,
    /// Its bytes in the file.
    pub(crate) range: Range<usize>,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// Nothing was written.
    Null,
    /// A text, number, date or truth value. YAML leaves it to the reader to tell these apart, and
    /// so does this tree.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of the file, repeated keys included.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: String,
    /// The key's bytes in the file.
    pub(crate) key_range: Range<usize>,
    /// The value.
    pub(crate) node: Node,
}

/// A syntax error.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    /// Its bytes in the file.
    pub(crate) range: Range<usize>,
    /// The parser's message.
    pub(crate) message: String,
}

impl Node {
    /// The kind of value, in words for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "empty",
            Value::Scalar(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a group of keys",
        }
    }
}
