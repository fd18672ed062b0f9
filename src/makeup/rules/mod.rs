//! Checks whether a plan keeps the rules, and whether locked pages can be kept.

pub(super) mod loose;
pub(super) mod rulebook;
