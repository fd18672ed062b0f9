//! Front matter and settings as one tree with places, whatever syntax they were written in.

use std::ops::Range;

/// A value with its place in the file.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) value: Value,
    /// Its bytes in the file.
    pub(crate) range: Range<usize>,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// Nothing was written.
    Null,
    /// A text, number, date or truth value: YAML leaves the difference to its reader, and so do we.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in their order, doubled keys too.
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

/// Why a tree could not be read: the place and what the parser says.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    /// Where, in bytes of the file.
    pub(crate) range: Range<usize>,
    /// The parser's own words.
    pub(crate) message: String,
}

impl Node {
    /// What it is, in words for a person.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "empty",
            Value::Scalar(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a group of keys",
        }
    }
}
