//! What Typst reports of a document that it can't compile.

/// An error that Typst reports.
#[derive(Debug, Clone)]
pub struct Trouble {
    /// The message.
    pub message: String,
    /// Typst's own hints.
    pub hints: Vec<String>,
    /// Its place: the virtual path of a file and the bytes in it.
    pub place: Option<(String, std::ops::Range<usize>)>,
}
