//! Stonehand makes newspapers: Markdown in, made-up pages out.

pub mod diag;
pub mod grid;
pub mod words;

pub mod content;
pub mod galley;
pub mod makeup;
pub mod typeset;
