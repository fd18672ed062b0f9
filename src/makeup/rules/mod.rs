//! Whether a plan keeps the rules, and whether a locked page can stand.

pub(super) mod loose;
pub(super) mod rulebook;
