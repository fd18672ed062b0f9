//! What the web edition is made of, and what can be wrong with it.

/// A file of the web edition: its path below the folder that it goes to, and its bytes.
pub(crate) type File = (String, Vec<u8>);

/// A fault in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The template, as `templates/web/article.html`.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}
