//! Stonehand makes newspapers from a folder of Markdown stories.

pub mod diag;
pub mod grid;
pub mod language;
pub mod names;
pub mod words;

pub mod content;
pub mod lineup;
pub mod picture;

pub mod compose;
pub mod export;
pub mod galley;
pub mod makeup;
pub mod typeset;

pub mod editor;
pub mod review;

pub mod site;
pub mod web;

pub mod build;
pub mod serve;
