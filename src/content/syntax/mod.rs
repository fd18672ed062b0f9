//! Reads one file: its text and places, YAML, TOML and JSON as one kind of tree, and typed values.

pub(crate) mod emoji;
pub(crate) mod encoding;
pub(crate) mod fields;
pub(crate) mod json_tree;
pub(crate) mod language_key;
pub(crate) mod runs;
pub(crate) mod scope;
pub(crate) mod slips;
pub(crate) mod spelling;
pub(crate) mod toml_tree;
pub(crate) mod tree;
pub(crate) mod wording;
pub(crate) mod yaml;
