//! What is done to the letters of a line.

use super::LinkTo;

/// An inline that is open.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Style {
    /// Emphasis.
    Emph,
    /// Strong emphasis.
    Strong,
    /// Struck out.
    Strike,
    /// Raised.
    Super,
    /// Lowered.
    Sub,
    /// Code.
    Code,
    /// A link; one that leads nowhere is plain text.
    Link(Option<LinkTo>),
}
