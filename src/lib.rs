//! Stonehand makes newspapers from a folder of Markdown stories.

pub mod diag;
pub mod grid;
pub(crate) mod language;
pub(crate) mod names;
pub(crate) mod words;

pub mod content;
pub mod lineup;
pub mod picture;

pub mod compose;
pub mod export;
pub(crate) mod galley;
pub mod makeup;
pub mod typeset;

pub mod editor;
pub mod review;

pub mod site;
pub mod web;

pub mod build;
pub mod serve;
