//! Front matter as it is found in a file.

use std::ops::Range;

use crate::content::syntax::tree::SyntaxError;

/// How front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Yaml,
    Toml,
    /// One JSON object.
    Json,
    /// What stands between the braces of a JSON object.
    JsonInside,
    /// Lines of a name and a value, without anything around them.
    Lines(Style),
}

/// Front matter in a file, in bytes.
#[derive(Debug)]
pub(super) struct Fences {
    pub(super) syntax: Syntax,
    pub(super) inside: Range<usize>,
    /// Where the body begins.
    pub(super) body: usize,
    /// The line that opens it.
    pub(super) place: Range<usize>,
    /// Whether something stands above it.
    pub(super) late: bool,
    /// Whether its fences are not those that other programs take.
    pub(super) odd: bool,
}

/// What can be wrong with the fences.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The first line goes on after the marker.
    NotAlone(Range<usize>),
    /// Nothing closes it.
    Unclosed(Range<usize>),
    /// It is in a language that is not read: its name.
    Language(Range<usize>, String),
    /// It stands in a listing.
    InCode(Range<usize>),
    /// It is JSON, but not sound.
    Json(Range<usize>, SyntaxError),
    /// The text begins with what may be a head without fences: it is printed.
    Doubtful(Range<usize>, Style),
}

/// How lines of front matter without fences look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// `Title: …`, up to the first blank line (Pelican, `MultiMarkdown`).
    Plain,
    /// `.. title: …`, in a remark or not (Nikola).
    Dotted,
    /// `% …`: title, authors and date in this order (Pandoc).
    Percent,
    /// `#+TITLE: …`, which is Org's and no Markdown.
    Org,
    /// `:title: …`, which is that of `reStructuredText` and `AsciiDoc` and no Markdown.
    Colons,
}
