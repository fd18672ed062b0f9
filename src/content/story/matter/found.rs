//! The types for front matter that was found: its syntax, its bounds, and what may be wrong with
//! them.

use std::ops::Range;

use crate::content::syntax::tree::SyntaxError;

/// The syntax of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Yaml,
    Toml,
    /// A JSON object.
    Json,
    /// The inside of a JSON object, without the braces.
    JsonInside,
    /// Lines of a name and a value each, without fences.
    Lines(Style),
}

/// The bounds of front matter in a file, in bytes.
#[derive(Debug)]
pub(super) struct Fences {
    pub(super) syntax: Syntax,
    pub(super) inside: Range<usize>,
    /// The start of the body.
    pub(super) body: usize,
    /// The line that opens the front matter.
    pub(super) place: Range<usize>,
    /// Whether anything stands above it.
    pub(super) late: bool,
    /// Whether other programs would not accept its fences.
    pub(super) odd: bool,
}

/// What can be wrong with the fences.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The opening line has other text after the fence.
    NotAlone(Range<usize>),
    /// The front matter is never closed.
    Unclosed(Range<usize>),
    /// The front matter is in a language that is not read. Holds its name.
    Language(Range<usize>, String),
    /// The front matter stands in a fenced code block.
    InCode(Range<usize>),
    /// The JSON is not valid.
    Json(Range<usize>, SyntaxError),
    /// The text begins with what may be front matter without fences; it is printed.
    Doubtful(Range<usize>, Style),
}

/// The styles of front matter without fences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// `Title: …`, up to the first blank line (Pelican, `MultiMarkdown`).
    Plain,
    /// `.. title: …`, in a comment or not (Nikola).
    Dotted,
    /// `% …`: title, authors and date, in this order (Pandoc).
    Percent,
    /// `#+TITLE: …`, which is the form of Org, not Markdown.
    Org,
    /// `:title: …`, which is the form of `reStructuredText` and `AsciiDoc`, not Markdown.
    Colons,
}
