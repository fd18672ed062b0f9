//! Stories that are not printed, and why.

use crate::diag::FileNo;

/// A story that is not printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its key.
    pub key: String,
    /// Its file.
    pub file: FileNo,
    /// Why.
    pub reason: Reason,
    /// Why in words: half a sentence that begins with `it`.
    pub why: String,
}

/// Why a story is not printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Its writer marked it as a draft.
    Draft,
    /// It must not be out yet.
    Embargo,
    /// Its day has not come.
    Future,
    /// Its time is over.
    Expired,
    /// It is not for everybody to see.
    Hidden,
    /// It has errors.
    Broken,
    /// There is nothing in it to print.
    Empty,
    /// The desk holds it.
    Held,
    /// The desk killed it.
    Killed,
}
