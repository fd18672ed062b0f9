//! Between the editor's wishes and a finished plan: pins that were kept or refused, and locked pages.

pub mod locks;
pub mod pin_outcomes;
