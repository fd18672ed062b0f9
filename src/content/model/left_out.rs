//! Stories that an edition leaves out, and why. A new reason is a variant of `Reason`.

use crate::diag::FileNo;

/// A story that is not printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The story's key.
    pub key: String,
    /// The story's file.
    pub file: FileNo,
    /// The kind of reason.
    pub reason: Reason,
    /// The reason in words: half a sentence that begins with `it`.
    pub why: String,
}

/// Why a story is not printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The writer marked it as a draft.
    Draft,
    /// It is under embargo.
    Embargo,
    /// Its date is in the future.
    Future,
    /// Its expiry date has passed.
    Expired,
    /// It is not public.
    Hidden,
    /// It has errors.
    Broken,
    /// It has nothing to print.
    Empty,
    /// The desk holds it for now.
    Held,
    /// The desk killed it.
    Killed,
}
