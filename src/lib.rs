//! Stonehand makes newspapers: Markdown in, made-up pages out.

pub mod diag;
pub mod content;
pub mod makeup;
