//! The styles of a line's text that Markdown and HTML open and close.

use super::LinkTo;

/// An inline that is open.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Style {
    /// Emphasis.
    Emph,
    /// Strong emphasis.
    Strong,
    /// Text that is struck through.
    Strike,
    /// Superscript.
    Super,
    /// Subscript.
    Sub,
    /// Code.
    Code,
    /// A link; without a target it is plain text.
    Link(Option<LinkTo>),
}
